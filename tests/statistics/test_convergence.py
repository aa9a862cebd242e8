"""Growth against the level before: exact, honest below five, and drawn where it is beyond chance."""

import itertools
import math

import numpy as np
import pytest

import hanyang_data as hd
from hanyang_data.charts.export import export
from hanyang_data.statistics.convergence import analyse, significant
from hanyang_data.studies.convergence import study
from hanyang_data.studies.scope import Scope

NAMES = ["jiangxia", "hongshan", "hanyang", "wuchang", "wuhan_etdz"]


def found(growth, levels=(100, 200, 400, 800, 1600)):
    return analyse(dict(zip(NAMES, levels, strict=True)), dict(zip(NAMES, growth, strict=True)))


def test_five_in_perfect_order_have_the_smallest_exact_p():
    falling = found([9, 8, 7, 6, 5])
    assert (falling.test.statistic, falling.test.p_value) == (-10, pytest.approx(2 / 120))  # 2 of the 5! orders
    assert falling.slope.value == pytest.approx(-1)  # pp with a doubling
    assert significant(falling)
    assert not significant(found([9, 7, 8, 5, 6]))


def test_levels_that_tie_are_tested_among_the_orders_that_there_are():
    """Growth that falls with every rung: of the 7! orders, those that only the two on the same rung change are as extreme."""
    levels, growth = [100, 100, 200, 300, 400, 500, 600], [9, 8, 7, 6, 5, 4, 3]
    tied = analyse(dict(zip("abcdefg", levels, strict=True)), dict(zip("abcdefg", growth, strict=True)))
    assert (tied.test.statistic, tied.test.p_value) == (-20, pytest.approx(4 / math.factorial(7)))
    assert tied.test.method == "Kendall's S with ties, exact"
    rungs, pairs = np.log2(levels), list(itertools.combinations(range(7), 2))
    slopes = [(growth[j] - growth[i]) / (rungs[j] - rungs[i]) for i, j in pairs if rungs[j] > rungs[i]]
    assert tied.slope.value == pytest.approx(np.median(slopes))
    assert significant(found([9, 8, 7, 6, 5], levels=(100, 100, 400, 800, 1600)))  # 4 of the 5! orders
    assert found([9, 8, 7, 6, 5], levels=(100, 100, 100, 800, 1600)).test is None  # 12 of them: no order could be told


def test_ties_among_many_are_drawn_and_said_to_be():
    many = analyse({str(k): 100 + k for k in range(12)}, {str(k): k // 2 for k in range(12)})
    assert many.test.method == "Kendall's S with ties, 100,000 random draws"
    assert significant(many)


def test_below_five_nothing_is_inferred_and_what_is_missing_does_not_count():
    few = analyse({"a": 1, "b": 2, "c": 0, "d": float("nan"), "e": 5}, {"a": 3, "b": 2, "c": 1, "d": 1})
    assert (few.n, few.slope, few.test) == (2, None, None)
    assert few.table.index.tolist() == ["a", "b"]


@pytest.mark.parametrize(
    ("growth", "says"),
    [
        ([9, 8, 7, 6, 5], "lower GDP grew faster"),
        ([5, 6, 7, 8, 9], "lower GDP grew more slowly"),
        ([9, 5, 8, 6, 7], "does not go with the level"),
    ],
)
def test_the_finding_and_the_line_follow_the_test(growth, says, tmp_path):
    scope = Scope("wuhan", "gdp", 2017, 2024)
    result = found(growth)
    assert says in study.headline(scope, 2021, result).en
    chart = study.scatter(scope, 2021, result, scope.outturns("level").assign(region="wuhan"))
    assert len(chart.figure.axes[0].lines) - result.n == significant(result)  # each mark is an artist that answers
    assert export(chart, tmp_path, "f", ["svg", "png"])
    assert ("Dashed" in chart.caption.said) == significant(result)


def test_the_ends_of_the_order_are_told_and_a_fall_is_no_negative_growth():
    flags = {measure: dict.fromkeys(NAMES, "") for measure in ("level", "growth")}
    said = list(study.sentences(Scope("wuhan", "gdp", 2017, 2024), found([9, 8, 7, 6, -5]), 3, flags))
    assert said[0].en.startswith("At twice the level growth is 1.0 pp lower")
    assert said[1].en.startswith("Jiangxia, the lowest (CNY 10 billion the year before), grew 9%; Wuhan Economic")
    assert "fell 5%" in said[1].en
    assert said[-1].en == "3 of 8 districts lack one figure or both."
    assert said[-1].zh == "8个区中3个数据不全。"


@pytest.mark.parametrize(
    ("indicator", "year", "compared", "unlike"),
    [
        ("gdp", 2021, ["jiangxia", "hongshan", "wuchang"], ["wuhan_etdz"]),  # 15 is an estimate, the others were measured
        # Hanyang prints an estimate on a comparable basis, and Wuchang's level of 2022 is on the basis before the break of 2023
        ("budget_revenue", 2023, ["xinzhou", "wuhan_etdz"], ["hanyang", "wuchang"]),
    ],
)
def test_districts_are_compared_where_the_growth_gap_would_compare_them(indicator, year, compared, unlike):
    found = hd.convergence(indicator)
    assert (found.year, found.districts.index.tolist()) == (year, compared)
    assert found.not_computed.index[found.not_computed["unlike"]].tolist() == unlike
    assert f"{len(unlike)} do" in str(found.answer())
    for one in unlike:
        assert math.isnan(hd.growth_gap(indicator, one, compared[0]).yearly.at[year, "gap_pp"])


def test_estimates_are_compared_where_more_districts_have_them():
    first, latest = hd.convergence(vintage="first"), hd.convergence()
    assert set(first.districts.index) == set(latest.districts.index)  # three measured, two estimated


def test_a_district_that_prints_both_is_not_said_to_print_one():
    """GDP 2023: Hanyang, Hongshan and Qiaokou print level and growth; of 2022 no level of theirs is on record."""
    found = hd.convergence("gdp", focus_year=2023)
    assert found.answer().finding == "Fewer than two districts of Wuhan have both GDP of 2022 and growth in 2023 on record"
    assert found.answer("zh").finding == "武汉市同时查到2022年地区生产总值和2023年增速的区不足两个"


def test_what_has_no_level_is_not_compared():
    found = hd.convergence("consumer_prices")
    assert str(found.answer()) == "No districts are compared on consumer prices: a share or a rate has no level that grows"
    assert found.districts.empty
    assert found.not_computed.empty
