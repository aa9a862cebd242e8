"""Target shortfall: errors and verdicts by type of target, decimals at the boundary, what cannot be judged."""

import math

import pandas as pd
import pytest
from targets_met import READINGS, one

from hanyang_data.errors import ParameterError
from hanyang_data.record.targets import Target, parse
from hanyang_data.statistics import shortfall

NAN = math.nan


# --- errors and verdicts by type (METHODS S1) ---


@pytest.mark.parametrize(
    ("outturn", "wording", "error", "verdicts"),
    [
        (6.5, "6.5%", 0.0, ["met"] * 3),
        (6.4, "6.5%", -0.1, ["missed"] * 3),  # a point has no tolerance
        (6.0, "6%以上", 0.0, ["met"] * 3),  # 以上 includes its number
        (5.9, "6%以上", -0.1, ["missed"] * 3),
        (6.0, "超过6%", 0.0, ["missed"] * 3),  # 超过 does not
        (6.1, "超过6%", 0.1, ["met"] * 3),
        (7.0, "7%左右", 0.0, ["met"] * 3),
        (6.9, "7%左右", -0.1, ["missed", "about_met", "about_met"]),
        (6.75, "7%左右", -0.25, ["missed", "about_met", "about_met"]),  # the band includes its end
        (6.7, "7%左右", -0.3, ["missed", "missed", "about_met"]),
        (6.5, "7%左右", -0.5, ["missed", "missed", "about_met"]),
        (6.4, "7%左右", -0.6, ["missed"] * 3),
        (8.4, "7%左右", 1.4, ["met"] * 3),
        (6.1, "6%—6.5%", 0.0, ["met"] * 3),
        (6.0, "6%—6.5%", 0.0, ["met"] * 3),
        (6.8, "6%—6.5%", 0.3, ["met"] * 3),
        (5.8, "6%—6.5%", -0.2, ["missed"] * 3),
        (5.0, "控制在5%以内", 0.0, ["met"] * 3),
        (5.1, "5%以内", -0.1, ["missed"] * 3),
        (4.8, "5%以内", 0.2, ["met"] * 3),
        (5.6, "控制在5.5%左右", -0.1, ["missed", "about_met", "about_met"]),
        (2.1, "控制在3%左右", 0.9, ["met"] * 3),
    ],
)  # fmt: skip
def test_error_and_verdict_of_rates(outturn, wording, error, verdicts):
    row = one(outturn, wording)
    assert row["error_pp"] == error
    assert math.isnan(row["error_pct"])
    assert row[READINGS].tolist() == verdicts


@pytest.mark.parametrize(("outturn", "error", "verdict"), [(5.0, 0.0, "met"), (5.6, -0.1, "missed"), (4.4, 0.6, "met")])
def test_a_ceiling_of_a_range_is_better_below(outturn, error, verdict):
    row = one(outturn, "5%—5.5%", ceiling=True)
    assert (row["error_pp"], row["verdict_strict"]) == (error, verdict)


@pytest.mark.parametrize(("outturn", "verdict"), [(0.1, "met"), (0.0, "missed"), (-1.6, "missed")])
def test_positive_growth_is_judged_without_an_error(outturn, verdict):
    row = one(outturn, "正增长")
    assert math.isnan(row["error_pp"])
    assert row[READINGS].tolist() == [verdict] * 3


@pytest.mark.parametrize(
    ("outturn", "wording", "error", "verdict"),
    [
        (775, "700亿元", 100 * 75 / 700, "met"),
        (1000, "突破千亿元", 0, "missed"),
        (1.7, "1.9万人", -100 * 0.2 / 1.9, "missed"),
        (690, "700-750亿元", -100 * 10 / 700, "missed"),
        (765, "700-750亿元", 2, "met"),
    ],
)
def test_errors_of_levels_are_percent_of_the_target(outturn, wording, error, verdict):
    row = one(outturn, wording)
    assert row["error_pct"] == pytest.approx(error)
    assert math.isnan(row["error_pp"])
    assert row["verdict_strict"] == verdict


def test_tolerance_of_levels_is_percent_of_the_target():
    assert one(698, "700亿元左右")[READINGS].tolist() == ["missed", "missed", "about_met"]


@pytest.mark.parametrize(("outturn", "wording"), [(7.4 + 0.1, "7.5%"), (0.1 + 0.2, "0.3%"), (1.1 * 3, "3.3%")])
def test_float_noise_invents_no_miss_and_no_hit(outturn, wording):
    assert one(outturn, wording)["error_pp"] == 0
    assert one(outturn, wording)["verdict_strict"] == "met"
    assert one(outturn, "超过" + wording)["verdict_strict"] == "missed"


# --- what cannot be judged ---


def test_table_is_the_union_of_years_and_every_gap_has_its_reason():
    targets = {2019: parse("6%"), 2020: parse("无"), 2021: parse("与经济增长同步"), 2022: None, 2023: parse("5%")}
    result = shortfall.analyse({2018: 7.0, 2020: 2.3, 2021: 8.1, 2023: 5.2, 2024: NAN}, targets)
    assert list(result.table.index) == [2018, 2019, 2020, 2021, 2023, 2024]
    assert {year: reason.en for year, reason in result.not_evaluable.items()} == {
        2018: "no target in the record",
        2019: "no outturn in the record",
        2020: "wording without a number",
        2021: "measured by GDP growth, not by a number",
        2024: "neither target nor outturn in the record",
    }
    assert (result.n, result.hits) == (1, (1, 1, 1))
    assert (result.table.drop(2023)[READINGS] == "not_evaluable").all(axis=None)
    assert result.not_evaluable[2018].zh == "资料中没有目标"


def test_nothing_at_all():
    result = shortfall.analyse({}, {})
    assert result.table.empty
    assert list(result.table.columns) == [
        "outturn", "target_low", "target_high", "qualifier", "error_pp", "error_pct", "attainment_pct", *READINGS,
    ]  # fmt: skip
    assert result.n == 0


@pytest.mark.parametrize(
    ("outturns", "targets", "words"),
    [
        ({2020: 5.0}, {2020: 5.0}, "make it a Target"),
        ({2020: 5.0}, [parse("5%")], "mapping"),
        ({2020: 5.0}, {"2020": parse("5%")}, "whole numbers"),
        ({2020: 5.0}, pd.Series([parse("5%")] * 2, index=[2020, 2020]), "2020 stands twice"),
        ({2020: 5.0}, {2020: parse("5%"), 2021: parse("700亿元")}, r"CNY_100M \(2021\) and percent \(2020\)"),
        ({2020: 5.0}, {2020: Target(0, 0, "point", unit="count")}, "above 0"),
    ],
)
def test_refuses(outturns, targets, words):
    with pytest.raises(ParameterError, match=words):
        shortfall.analyse(outturns, targets)


def test_targets_without_a_number_have_no_unit_to_mix():
    assert shortfall.analyse({2020: 650, 2021: 660}, {2020: parse("无"), 2021: parse("650亿元")}).n == 1


def test_the_error_of_a_year_in_words():
    result = shortfall.analyse(
        {2020: -8.0, 2021: 10.4, 2022: 1.0}, {2020: parse("7%左右"), 2021: parse("10%"), 2022: parse("正增长")}
    )
    assert result.judged == {2020: "missed", 2021: "met", 2022: "met"}
    assert [result.size(year).en for year in result.judged] == ["−15.0 pp", "+0.4 pp", ""]
    assert result.size(2020).zh == "−15.0个百分点"


# --- at the boundary, and what the table adds ---


@pytest.mark.parametrize(
    ("outturn", "wording", "verdict"),
    [
        (4.7 + 0.3, "5.0%", "met"),
        (4.9 + 0.1, "5%左右", "met"),
        (1.1 + 2.2, "3.3%以内", "met"),  # the float is 3.3000000000000003
        (1.1 + 2.2, "超过3.3%", "missed"),
        (3.30001, "3.3%以内", "missed"),
        (0.1 * 3, "0.3%以上", "met"),
        (4.35 * 100, "435亿元", "met"),  # 434.99999999999994
        (1100.0, "突破1100亿元", "missed"),
        (1100.01, "突破1100亿元", "met"),
        (29.26 + 0.74, "30万人以内", "met"),
        (5.55 * 2, "11.1%左右", "met"),
    ],
)
def test_decimals_decide_at_the_boundary(outturn, wording, verdict):
    assert one(outturn, wording)["verdict_strict"] == verdict


@pytest.mark.parametrize(
    ("outturn", "aim", "found"), [(6.75 - 1e-9, 7, "about_met"), (6.7499, 7, "missed"), (2.05 - 0.25, 2.05, "about_met")]
)
def test_the_band_of_about_ends_on_its_decimal(outturn, aim, found):
    assert one(outturn, f"{aim}%左右")["verdict_about_025"] == found


@pytest.mark.parametrize(
    ("outturn", "wording", "attained"),
    [(1.7, "1.8万人", 94.4), (775, "700-750亿元", 110.7), (1000, "突破千亿元", 100.0), (3.0, "5.5%", NAN), (5, "无", NAN)],
)
def test_attainment_is_a_matter_of_levels(outturn, wording, attained):
    """METHODS S2: levels by ratio, never growth rates by theirs."""
    assert one(outturn, wording)["attainment_pct"] == pytest.approx(attained, abs=0.05, nan_ok=True)
