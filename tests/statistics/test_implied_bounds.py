"""What printed figures imply: by hand where one can reckon it, and in general."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hanyang_data.errors import ParameterError
from hanyang_data.statistics.interval import (
    above_zero,
    between,
    common,
    compound,
    implied_growth,
    implied_level,
    implied_prices,
    printed,
)

LEVELS = st.floats(10, 1e5)
RATES = st.floats(-40, 60)


def one(value):
    return between(value, value)


def test_growth_from_levels_years_apart_is_the_rate_that_leads_from_one_to_the_other():
    found = implied_growth(one(699), one(860), years=3, prices=one(3.93))
    assert float(found.low) == pytest.approx(100 * ((860 / 699 / 1.0393) ** (1 / 3) - 1), abs=1e-5)
    rest = implied_growth(one(790), one(860), prices=one(2.8), known=one(6))
    assert float(rest.low) == pytest.approx(100 * (860 / 790 / 1.028 / 1.06 - 1), abs=1e-5)


@given(LEVELS, RATES, st.floats(-5, 12), st.integers(1, 6))
def test_each_part_of_the_relation_follows_from_the_others(level, rate, rise, years):
    total, prices = compound(*[one(rate)] * years), one(rise)
    later = implied_level(one(level), total, prices=prices, later=True)
    assert float(implied_growth(one(level), later, years=years, prices=prices).low) == pytest.approx(rate, abs=1e-3)
    assert float(implied_prices(one(level), later, total).low) == pytest.approx(rise, abs=1e-3)
    assert float(implied_level(later, total, prices=prices, later=False).low) == pytest.approx(level, rel=1e-5)


def test_a_bound_gives_a_bound_and_keeps_its_open_end():
    over = implied_growth(one(948), printed("over", 1000))
    assert (round(float(over.low), 2), float(over.high), over.above) == (5.49, math.inf, True)
    under = implied_growth(printed("over", 100), one(75.3), known=one(-25.5))
    assert (float(under.low), round(float(under.high), 2), under.below) == (-100, 1.07, True)
    most = above_zero(printed("within", 900))
    fell = implied_growth(one(1000), most)
    assert (float(fell.low), float(fell.high), fell.above) == (-100, -10, True)
    rose = implied_growth(most, one(990))
    assert (float(rose.low), float(rose.high)) == (10, math.inf)
    base = implied_level(one(860), printed("at_least", 6), later=False)
    assert (float(base.low), round(float(base.high), 1)) == (0, 811.3)


def test_a_ceiling_of_a_rate_leaves_anything_above_a_fall_to_nothing():
    """At most 5% from 100: at most 105, and whatever led to 100 was at least 95.24."""
    most, up = printed("within", 5), pytest.approx(4.7619, abs=1e-4)
    assert implied_level(one(100), most, later=True) == between(0, 105, above=True)
    found = implied_level(one(100), most, later=False), implied_growth(one(100), one(110), known=most)
    assert [[float(end) for end in of[:2]] for of in (*found, implied_prices(one(100), one(110), most))] == [
        [pytest.approx(95.2381, abs=1e-4), math.inf], [up, math.inf], [up, math.inf],
    ]  # fmt: skip
    assert compound(most, most) == between(-100, 10.25, above=True)
    assert compound(most, printed("over", 5)) == between(-100, math.inf, above=True)


def test_a_wording_is_what_it_bounds():
    assert printed("positive").low == 0
    assert printed("positive").above
    assert printed("in_step_with_gdp", gdp=one(6)) == one(6)
    assert not printed("in_step_with_gdp").bounded
    assert not printed("none").bounded


def test_routes_that_agree_are_narrowed_and_those_that_do_not_are_named():
    assert common({"a": between(1, 6), "b": between(4, 9), "c": printed("over", 2)})[0] == between(4, 6)
    found, contradicting = common({"a": between(1, 2), "b": between(3, 4), "c": between(1, 4)})
    assert found is None
    assert contradicting == [("a", "b")]


@pytest.mark.parametrize(("earlier", "later", "years"), [(0, 5, 1), (5, -1, 1), (5, 5, 0)])
def test_what_has_no_growth_is_said(earlier, later, years):
    with pytest.raises(ParameterError, match="positive levels"):
        implied_growth(one(earlier), one(later), years=years)
