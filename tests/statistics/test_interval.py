from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanyang_data.record.targets import Target, parse
from hanyang_data.statistics.interval import EVERY, printed
from hanyang_data.statistics.shortfall import analyse

NUMBERS = st.decimals(-50, 50, places=1).map(float)


def judged(outturn, target):
    found = analyse({}, {2021: parse(target)}, bounds={2021: outturn})
    return found.table.at[2021, "verdict_strict"], found.size(2021).en


@pytest.mark.parametrize(
    ("outturn", "target", "verdict", "size"),
    [
        (printed("at_least", 12), "10%左右", "met", "at least +2.0 pp"),
        (printed("over", 1000), "突破千亿元", "not_evaluable", ""),  # another unit: below
        (printed("at_least", 6), "6.5%", "open", "at least −0.5 pp"),
        (printed("within", 3), "5%", "missed", "at most −2.0 pp"),
        (printed("within", 3), "控制在3%左右", "met", ""),
        (printed("within", 2.5), "控制在3%左右", "met", "at least +0.5 pp"),
        (printed("positive"), "正增长", "met", ""),
        (printed("positive"), "5%", "open", "over −5.0 pp"),
        (printed("over", 6), "超过6%", "met", ""),
        (printed("at_least", 6), "超过6%", "open", ""),
        (printed("over", 6), "6%—6.5%", "met", "over 0.0 pp"),
    ],
)
def test_a_bound_is_judged_where_it_decides(outturn, target, verdict, size):
    if verdict == "not_evaluable":
        level = analyse({}, {2018: Target(1000.0, None, "over", unit="CNY_100M")}, bounds={2018: outturn})
        assert level.judged == {2018: "met"}
        return
    found = judged(outturn, target)
    assert found[0] == verdict
    assert found[1] in (size, "")


def test_an_about_that_a_bound_reaches_within_its_tolerance():
    found = analyse({}, {2021: parse("7%左右")}, bounds={2021: printed("at_least", 6.8)})
    row = found.table.loc[2021]
    assert (row["verdict_strict"], row["verdict_about_025"]) == ("open", "about_met")
    assert (found.n, found.not_evaluable[2021].zh) == (0, "完成数只有上/下限，不足以判断")


@given(NUMBERS, NUMBERS)
def test_a_point_is_judged_as_its_number(outturn, target):
    found = analyse({2020: outturn}, {2020: Target(target, target, "point")})
    assert found.judged == {2020: "met" if outturn >= target else "missed"}
    assert found.sizes[2020].low == Decimal(str(outturn)) - Decimal(str(target))


@given(NUMBERS, NUMBERS, NUMBERS)
def test_what_a_bound_decides_holds_for_every_number_it_may_stand_for(bound, above, target):
    """A verdict on "at least 6" is that of 6 and of all numbers above."""
    verdict, _ = judged(printed("at_least", bound), f"{target}%") if target >= 0 else ("open", "")
    if verdict in ("met", "missed"):
        number = bound + abs(above)
        assert analyse({2020: number}, {2020: parse(f"{target}%")}).judged == {2020: verdict}


def test_a_wording_bounds_nothing():
    assert printed("in_step_with_gdp") == EVERY
    assert not EVERY.minus(printed("point", 3.0)).bounded
