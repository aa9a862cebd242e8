"""Growth gap: the four columns, the chain, the mean, and what the ladder forbids."""

import math

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from hanyang_data.errors import ParameterError
from hanyang_data.statistics import gap

NAN = math.nan
DISTRICT = dict(zip(range(2017, 2025), [7.1, 7.0, 6.9, -8.0, 10.4, 3.2, 5.1, 5.0], strict=True))
CITY = dict(zip(range(2017, 2025), [8.0, 8.0, 7.4, -4.7, 12.2, 4.0, 5.7, 5.2], strict=True))
growth = st.integers(-200, 300).map(lambda k: k / 10)
pairs = st.lists(st.tuples(growth, growth), min_size=1, max_size=9)


def sides(rows, first=2016):
    years = range(first, first + len(rows))
    return [dict(zip(years, side, strict=True)) for side in zip(*rows, strict=True)]


def first(series, n):
    return dict(list(series.items())[:n])


# --- yearly ---


def test_yearly_table_holds_every_year_of_either_side():
    table = gap.analyse({2017: 8.1, 2018: 7.0, 2020: -8.0}, {2017: 8.0, 2018: NAN, 2019: 7.4, 2020: -4.7}).yearly
    assert list(table.columns) == ["district_pct", "city_pct", "gap_pp", "within_rounding"]
    assert table.index.name == "year"
    assert list(table.index) == [2017, 2018, 2019, 2020]
    assert list(table["gap_pp"].dropna().items()) == [(2017, 0.1), (2020, -3.3)]
    assert list(table["within_rounding"]) == [True, False, False, False]


@pytest.mark.parametrize(("district", "within"), [(8.1, True), (7.9, True), (8.0, True), (8.2, False), (7.8, False)])
def test_rounding_is_compared_in_decimals(district, within):
    """In floats 8.1 - 8.0 is a little below 0.1 and 5.7 - 5.6 a little above."""
    assert gap.analyse({2017: district}, {2017: 8.0}).yearly.loc[2017, "within_rounding"] == within
    shifted = gap.analyse({2017: round(district - 2.4, 1)}, {2017: 5.6})
    assert shifted.yearly.loc[2017, "within_rounding"] == within


@given(pairs)
def test_the_gaps_alone_are_those_of_the_analysis(rows):
    pd.testing.assert_frame_equal(gap.yearly(*sides(rows)), gap.analyse(*sides(rows)).yearly)


def test_order_and_container_do_not_matter():
    turned = pd.Series(DISTRICT).iloc[::-1]
    a, b = gap.analyse(turned, pd.Series(CITY)), gap.analyse(DISTRICT, CITY)
    pd.testing.assert_frame_equal(a.yearly, b.yearly)


# --- chain ---


def test_cumulative_gap_by_hand():
    """1.10/1.00 * 1.05/1.10 = 1.05, and 5% is neither the sum of the gaps (10 - 5) by right nor the ratio of rates."""
    result = gap.analyse({2019: 10, 2020: 5}, {2019: 0, 2020: 10})
    assert list(result.cumulative_pct.items()) == [(2019, pytest.approx(10)), (2020, pytest.approx(5))]


def test_chain_is_the_last_unbroken_run():
    result = gap.analyse({2017: 9, 2018: 9, 2020: 10, 2021: 5}, {2017: 1, 2018: 1, 2019: 1, 2020: 0, 2021: 10})
    assert list(result.cumulative_pct.index) == [2020, 2021]
    assert result.cumulative_pct[2021] == pytest.approx(5)
    assert result.n == 4


def test_one_common_year_is_a_chain_of_one():
    result = gap.analyse({2019: 10, 2020: 5}, {2019: NAN, 2020: 5})
    assert list(result.cumulative_pct.items()) == [(2020, 0.0)]


def test_rounding_band_moves_all_rates_by_half_a_digit():
    low, high = gap.analyse({2020: 5.0}, {2020: 4.0}).rounding_band_pp
    assert low == pytest.approx(100 * (1.0495 / 1.0405 - 1))
    assert high == pytest.approx(100 * (1.0505 / 1.0395 - 1))


def test_rounding_of_seven_years_of_methods_0():
    """METHODS 0, decision 14: one yearly gap is uncertain by up to 0.1 pp, a 7-year cumulative one by up to 0.7 pp."""
    low, high = gap.analyse(dict.fromkeys(range(2018, 2025), 6.0), dict.fromkeys(range(2018, 2025), 6.0)).rounding_band_pp
    assert (-low, high) == pytest.approx((0.7, 0.7), abs=0.05)


def test_indices_that_rounding_alone_could_explain_have_a_band_around_zero():
    near = gap.analyse({2019: 6.0, 2020: 5.1}, {2019: 6.1, 2020: 5.0}).rounding_band_pp
    assert near.low < 0 < near.high
    assert gap.analyse(DISTRICT, CITY).rounding_band_pp.high < 0


@pytest.mark.parametrize(("district", "city"), [({2020: -100}, {2020: 5}), ({2020: 5}, {2020: -140.5})])
def test_growth_of_minus_100_cannot_be_chained(district, city):
    with pytest.raises(ParameterError, match="in 2020: -100% or less"):
        gap.analyse(district, city)


# --- the ladder ---


@pytest.mark.parametrize("n", range(9))
def test_ladder(n):
    result = gap.analyse(first(DISTRICT, n), first(CITY, n))
    assert result.n == n
    assert (result.mean is not None) == (result.leave_one_out is not None) == (n >= 5)
    assert len(result.chain) == (n + 1 if n else 0)
    assert (result.test is not None) == (n >= 6)
    assert (result.rounding_band_pp is not None) == (n >= 1)
    assert len(result.cumulative_pct) == n


def test_no_common_year_has_no_gap():
    result = gap.analyse({2017: 7.1, 2018: 7.0}, {2019: 8.0, 2020: NAN})
    assert (result.n, result.rounding_band_pp, result.mean) == (0, None, None)
    assert result.cumulative_pct.empty


# --- the mean ---


def test_mean_test_and_leave_one_out_of_eight_years():
    result = gap.analyse(DISTRICT, CITY)
    gaps = [-0.9, -1.0, -0.5, -3.3, -1.8, -0.8, -0.6, -0.2]
    interval = stats.ttest_1samp(gaps, 0).confidence_interval(0.95)
    assert (result.mean.low, result.mean.high) == pytest.approx(tuple(interval))
    assert result.mean.value == pytest.approx(-9.1 / 8)
    assert result.test.p_value == 2 / 2**8  # all eight are negative
    assert result.leave_one_out == pytest.approx((-8.9 / 7, -5.8 / 7))


def test_the_sign_flip_test_of_fishers_darwin_data():
    """Fisher (1935), Design of Experiments, section 21, data as in HistData::ZeaMays: Darwin's 15 pairs of maize, in eighths of
    an inch; 863 of the 32,768 sign patterns reach a sum of 314, and as many one of −314."""
    darwin = [49, -67, 8, 16, 6, 23, 28, 41, 14, 29, 56, 24, 75, 60, -48]
    city = dict.fromkeys(range(1, 16), 0.0)
    result = gap.analyse(dict(zip(range(1, 16), [float(d) for d in darwin], strict=True)), city)
    assert sum(darwin) == 314
    assert result.test.p_value == pytest.approx(1726 / 32768)


@pytest.mark.parametrize(("n", "p"), [(6, 0.03125), (7, 0.015625), (8, 0.0078125)])
def test_the_smallest_p_values_of_the_sign_flip_test(n, p):
    """METHODS 0.1: 2/2^n."""
    assert gap.analyse(first(DISTRICT, n), first(CITY, n)).test.p_value == p


def test_a_margin_of_its_own_is_used():
    near = {year: value + 0.1 * (-1) ** year for year, value in CITY.items()}
    assert [gap.analyse(near, CITY, margin=margin).may_matter for margin in (0.5, 0.05)] == [False, True]
    assert gap.analyse(first(DISTRICT, 4), CITY).may_matter is None
    with pytest.raises(ParameterError, match="margin_pp"):
        gap.analyse(DISTRICT, CITY, margin=0)


# --- the relative index ---


def test_the_index_starts_at_100_the_year_before_and_widens_with_rounding():
    chain = gap.analyse({2019: 10, 2020: 5}, {2019: 0, 2020: 10}).chain
    assert chain["relative_index"].to_dict() == pytest.approx({2018: 100, 2019: 110, 2020: 105})
    width = chain["high"] - chain["low"]
    assert width[2018] == 0 < width[2019] < width[2020]


def test_two_years_apart_are_not_chained():
    assert list(gap.analyse({2020: -8.0, 2023: 6.0}, {2020: -4.7, 2023: 6.0}).cumulative_pct.index) == [2023]


# --- properties ---


@given(pairs, st.integers(-20, 20).map(lambda k: k / 10))
@settings(max_examples=40)
def test_a_constant_added_to_both_sides_leaves_the_gaps(rows, constant):
    district, city = sides(rows)
    moved = [{year: round(value + constant, 1) for year, value in side.items()} for side in (district, city)]
    here, there = gap.analyse(district, city), gap.analyse(*moved)
    assert list(there.yearly["gap_pp"]) == list(here.yearly["gap_pp"])
    assert there.test == here.test


@given(pairs)
@settings(max_examples=40)
def test_dropping_a_year_gives_one_end_of_leave_one_out(rows):
    district, city = sides(rows)
    if len(rows) >= 6:
        full = gap.analyse(district, city).leave_one_out
        means = [gap.analyse({y: v for y, v in district.items() if y != lost}, city).mean.value for lost in district]
        assert (min(means), max(means)) == pytest.approx(tuple(full), abs=1e-9)


@given(pairs)
@settings(max_examples=40)
def test_what_rounding_hides_stays_in_the_band(rows):
    """Any true rates that print as these lie within the band: here all rounded up from, or down from, half a digit."""
    district, city = sides(rows)
    band = gap.analyse(district, city).rounding_band_pp
    for off in (0.05, -0.05, 0.03):
        true = gap.analyse({y: v + off for y, v in district.items()}, {y: v - off for y, v in city.items()})
        assert band.low - 1e-6 <= true.cumulative_pct.iloc[-1] <= band.high + 1e-6


@given(pairs)
@settings(max_examples=40)
def test_swapping_the_sides_turns_every_sign(rows):
    district, city = sides(rows)
    here, there = gap.analyse(district, city), gap.analyse(city, district)
    assert list(there.yearly["gap_pp"]) == [-g for g in here.yearly["gap_pp"]]
    assert list(there.yearly["within_rounding"]) == list(here.yearly["within_rounding"])
    relative = (1 + here.cumulative_pct / 100) * (1 + there.cumulative_pct / 100)
    assert list(relative) == pytest.approx([1] * len(rows))
    if here.mean:
        assert there.mean.value == pytest.approx(-here.mean.value, abs=1e-9)
        assert (there.mean.low, there.mean.high) == pytest.approx((-here.mean.high, -here.mean.low), abs=1e-9)
    if here.test:
        assert there.test.p_value == pytest.approx(here.test.p_value)


@given(pairs)
@settings(max_examples=40)
def test_the_band_holds_the_final_gap_and_the_logs_add_up(rows):
    district, city = sides(rows)
    result = gap.analyse(district, city)
    assert result.rounding_band_pp.low < result.cumulative_pct.iloc[-1] < result.rounding_band_pp.high
    logs = sum(math.log1p(a / 100) - math.log1p(b / 100) for a, b in rows)  # METHODS G2: additive, exact
    assert math.log1p(result.cumulative_pct.iloc[-1] / 100) == pytest.approx(logs, abs=1e-9)


@given(pairs, st.integers(0, 8))
@settings(max_examples=40)
def test_a_missing_year_restarts_the_chain_after_it(rows, k):
    district, city = sides(rows)
    lost = 2016 + k % len(rows)
    city[lost] = NAN
    result = gap.analyse(district, city)
    later = [year for year in district if year > lost] or [year for year in district if year < lost]
    assert list(result.cumulative_pct.index) == later
    assert result.n == len(rows) - 1
    assert list(gap.analyse({y: v for y, v in district.items() if y != lost}, city).cumulative_pct) == list(result.cumulative_pct)
