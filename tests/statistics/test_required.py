"""Growth that a plan's level still needs: published answers, arrival, the deflator."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanyang_data.errors import ParameterError
from hanyang_data.statistics import shortfall

NAN = math.nan
rates = st.integers(-100, 200).map(lambda k: k / 10)


def need(**changes):
    return shortfall.required(**{"level": 860, "year": 2023, "target": 1100, "end_year": 2025, "deflator_pct": 1.0} | changes)


@pytest.mark.parametrize(
    ("level", "year", "needed"),
    [
        (109.3, 2011, 6.94),  # Sheng Songcheng, November 2012: 9.3% in 2011, then 6.94% a year doubles 2010 by 2020
        (109.3 * 1.077, 2012, 6.85),  # the same with 7.7% in 2012 (as reported by ProactiveInvestors/MENAFN)
    ],
)
def test_doubling_by_2020_as_published_in_2012(level, year, needed):
    found = need(level=level, year=year, target=200, end_year=2020, deflator_pct=0.0)
    assert round(found.nominal_pct, 2) == needed
    assert found.real_pct == pytest.approx(found.nominal_pct)


def test_the_deflator_is_taken_off_and_shown_a_point_either_side():
    found = need()
    assert found.left == 2
    assert found.nominal_pct == pytest.approx(100 * (math.sqrt(1100 / 860) - 1))
    assert found.real_pct == pytest.approx(100 * ((1 + found.nominal_pct / 100) / 1.01 - 1))
    assert found.real_high_pct == pytest.approx(found.nominal_pct)  # prices that do not rise
    assert found.real_low_pct == pytest.approx(100 * ((1 + found.nominal_pct / 100) / 1.02 - 1))


def test_without_a_year_left_there_is_no_rate():
    assert need(year=2025) is None
    assert need(year=2026) is None


@given(st.integers(1, 3000), st.integers(1, 3000), st.integers(2020, 2024))
def test_growing_as_needed_arrives(level, target, year):
    found = need(level=level, target=target, year=year)
    assert level * (1 + found.nominal_pct / 100) ** found.left == pytest.approx(target)
    assert found.real_low_pct < found.real_pct < found.real_high_pct


@given(st.integers(100, 900), st.integers(1, 100))
def test_a_higher_level_needs_less(level, more):
    assert need(level=level + more).nominal_pct < need(level=level).nominal_pct


def test_the_base_of_a_plan():
    assert shortfall.base_year(2025) == 2020
    with pytest.raises(ParameterError, match="no five-year plan ends in 2024"):
        shortfall.base_year(2024)


@pytest.mark.parametrize("deflator", [-99, -100, math.nan, math.inf])
def test_a_deflator_that_is_none_is_refused(deflator):
    with pytest.raises(ParameterError, match="deflator_pct"):
        need(deflator_pct=deflator)
    with pytest.raises(ParameterError, match="deflator_pct"):
        need(deflator_pct=deflator, year=2025)


def test_a_level_must_be_above_zero():
    with pytest.raises(ParameterError, match="above 0"):
        need(level=0)


def test_average_growth_between_two_levels_counts_the_years():
    """METHODS 0: GDP from 54 to 82.7 trillion over 2013-17 is 8.9% a year, as 5 years of growth lie between."""
    assert shortfall.average_growth(first=54, last=82.7, years=5) == pytest.approx(8.9, abs=0.05)
    assert shortfall.average_growth(first=54, last=54, years=0) is None
    assert shortfall.average_growth(first=0, last=10, years=3) is None


# --- plan arithmetic (METHODS S8) ---


@pytest.mark.parametrize(
    ("target", "elapsed", "years", "needed", "places"),
    [
        (2, [9.3], 10, 6.94, 2),  # Sheng 2012: double 2010 by 2020, after 2011
        (2, [9.3, 7.7], 10, 6.85, 2),  # the same after 2012
        (4, [], 20, 7.2, 1),  # quadruple in 20 years
        (2, [], 15, 4.7, 1),  # double in 15 years
        (2, [9.2, 7.8, 7.7, 7.4, 6.9, 6.7, 6.9], 10, 6.4, 1),  # Yang, December 2017, on first vintages
    ],
)
def test_required_growth_of_methods_s8(target, elapsed, years, needed, places):
    assert round(shortfall.required_growth(target=target, elapsed=elapsed, years=years), places) == needed


@given(st.lists(rates, max_size=4), st.integers(50, 400).map(lambda k: k / 100))
def test_growing_as_required_arrives(elapsed, target):
    needed = shortfall.required_growth(target=target, elapsed=elapsed, years=5)
    reached = math.prod(1 + rate / 100 for rate in [*elapsed, *[needed] * (5 - len(elapsed))])
    assert reached == pytest.approx(target)


@pytest.mark.parametrize(
    ("target", "elapsed", "years", "words"),
    [
        (1.3, [6] * 5, 5, "no year is left"),
        (1.3, [6] * 6, 5, "no year is left"),
        (0, [6], 5, "above 0"),
        (-1.3, [6], 5, "above 0"),
        (NAN, [6], 5, "above 0"),
        (1.3, [-100], 5, "above -100%"),
        (1.3, [NAN], 5, "above -100%"),
        (1.3, [6], 5.5, "whole"),
    ],
)
def test_required_growth_refuses(target, elapsed, years, words):
    with pytest.raises(ParameterError, match=words):
        shortfall.required_growth(target=target, elapsed=elapsed, years=years)


def test_attainment_of_methods_0_and_s2():
    """METHODS 0, decision 7: 3.0 on a target of 5.5 is 97.6% of the targeted level, not 55%."""
    assert shortfall.attainment_pct(outturn=3.0, target=5.5, measure="growth") == pytest.approx(97.6, abs=0.05)
    assert shortfall.attainment_pct(outturn=1.7, target=1.8, measure="level") == pytest.approx(94.4, abs=0.05)
    assert shortfall.attainment_pct(outturn=-8, target=-8, measure="growth") == 100


@pytest.mark.parametrize(
    ("outturn", "target", "measure", "words"),
    [
        (1, 0, "level", "positive level"),
        (1, -5, "level", "positive level"),
        (1, -100, "growth", "positive level"),
        (NAN, 5, "level", "positive level"),
        (1, NAN, "growth", "positive level"),
        (1, 5, "rate", "unknown measure 'rate'"),
    ],
)
def test_attainment_refuses(outturn, target, measure, words):
    with pytest.raises(ParameterError, match=words):
        shortfall.attainment_pct(outturn=outturn, target=target, measure=measure)
