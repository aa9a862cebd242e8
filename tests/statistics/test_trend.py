"""Trend: guards of the ladder, published reference answers, properties."""

import math

import numpy as np
import pytest
from helpers import trend_of_levels, trend_of_rates
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.weightstats import DescrStatsW

from hanyang_data.errors import ParameterError
from hanyang_data.statistics import trend
from hanyang_data.studies.inference import METHODS

NAN = math.nan
INFERENCE = ("mean_log_growth", "log_linear", "theil_sen", "line", "mann_kendall")
levels = st.lists(st.integers(10, 2000).map(float), min_size=5, max_size=8)
rates = st.lists(st.integers(-200, 200).map(lambda k: k / 10), min_size=5, max_size=8)


# --- guards ---


@pytest.mark.parametrize("kind", ["level", "rate"])
@pytest.mark.parametrize("n", range(9))
def test_ladder(kind, n):
    values = [7.1, 8.3, 6.5, 9.2, 7.7, 5.4, 8.8, 6.1][:n]
    result = trend.analyse(range(2017, 2017 + n), values, kind=kind)
    assert result.n == n
    assert (result.cagr_pct is not None) == (n >= 3)
    assert (result.theil_sen is not None) == (result.mann_kendall is not None) == (n >= 5)
    assert (result.mean_log_growth is not None) == (n >= 5)
    assert (result.log_linear is not None) == (n >= 8)
    if n < 5:
        assert all(getattr(result, name) is None for name in INFERENCE)


def test_three_levels_get_the_average_growth_between_first_and_last():
    assert trend_of_levels([775, 700]).cagr_pct is None
    assert trend_of_levels([100, 121, 133.1]).cagr_pct == pytest.approx(15.37, abs=0.005)


def test_three_rates_get_the_geometric_mean():
    assert trend_of_rates([7.1, -8.0, 9.2]).cagr_pct == pytest.approx(100 * ((1.071 * 0.92 * 1.092) ** (1 / 3) - 1))


def test_no_observation_names_the_missing_years():
    assert trend_of_levels([]).years == ()
    nothing = trend_of_rates([NAN, None])
    assert (nothing.n, nothing.missing) == (0, (2017, 2018))


@pytest.mark.parametrize(
    ("years", "values", "kind", "words"),
    [
        ([2017, 2017], [1, 2], "level", "2017 stands twice"),
        ([2017.5, 2018], [1, 2], "level", "whole numbers"),
        ([2017, 2018], [1], "level", "2 years and 1 values"),
        ([2017], [1], "growth", "unknown kind 'growth'"),
        ([2017], [math.inf], "level", "finite"),
    ],
)
def test_refuses(years, values, kind, words):
    with pytest.raises(ParameterError, match=words):
        trend.analyse(years, values, kind=kind)


# --- missing years ---


def test_a_missing_year_is_left_out_and_named():
    result = trend.analyse(range(2017, 2024), [100, 105, NAN, 118, 120, 131, NAN], kind="level")
    same = trend.analyse([2017, 2018, 2020, 2021, 2022], [100, 105, 118, 120, 131], kind="level")
    assert (result.n, result.missing, same.missing) == (5, (2019, 2023), (2019,))
    assert [getattr(result, f) for f in INFERENCE] == [getattr(same, f) for f in INFERENCE]


# --- logarithms that do not exist ---


def test_levels_at_or_below_zero_are_refused_where_logs_are_needed_only():
    result = trend_of_levels([5, 6, -3, 4, 5, 7])
    assert result.mean_log_growth is None
    assert result.log_linear is None
    assert result.theil_sen.value > 0
    assert result.cagr_pct == pytest.approx(100 * ((7 / 5) ** (1 / 5) - 1))  # the ends are positive
    assert trend_of_levels([-5, 6, 7]).cagr_pct is None
    assert trend_of_levels([5, 6, 0]).cagr_pct is None


def test_rates_of_minus_100_have_no_average():
    result = trend_of_rates([5, -100, 6, 7, 8])
    assert result.cagr_pct is None
    assert result.mean_log_growth is None


# --- average growth: reference answers ---


def test_growth_counts_years_elapsed_not_points():
    assert trend.analyse([2020, 2021, 2025], [100, 130, 161.051], kind="level").cagr_pct == pytest.approx(10)


def test_nominal_growth_2013_to_2017_of_methods_0():
    """METHODS 0, decision 1: from 54 to 82.7 trillion the ratio gives 8.9% a year."""
    assert trend.analyse([2012, 2014, 2017], [54, 64, 82.7], kind="level").cagr_pct == pytest.approx(8.9, abs=0.05)


def test_geometric_mean_of_methods_1_1():
    """METHODS 1.1: -30% then +40% is -1.0% a year; NBS two-year averages of 2020-21."""
    assert trend.average_growth({2020: -30, 2021: 40}, "rate") == pytest.approx(-1.0, abs=0.05)
    assert trend.average_growth({2020: 2.2, 2021: 8.1}, "rate") == pytest.approx(5.1, abs=0.05)
    assert trend.average_growth({2020: 2.3, 2021: 8.1}, "rate") == pytest.approx(5.2, abs=0.05)


@pytest.mark.parametrize("bad", [{}, {2020: 5, 2021: -100}])
def test_no_average_of_nothing_or_of_a_fall_by_all(bad):
    assert trend.average_growth(bad, "rate") is None


def test_rates_have_an_average_a_year_only_in_years_in_a_row():
    apart = trend.analyse([2017, 2020, 2023], [7, -8, 6], kind="rate")
    assert (apart.cagr_pct, apart.mean_log_growth) == (None, None)
    result = trend.analyse([2017, 2018, 2019], [10, 10, 10], kind="rate")
    assert result.cagr_pct == pytest.approx(10)


# --- T1: mean log growth ---


def test_mean_log_growth_without_gaps_is_the_t_interval_of_the_differences():
    values = [900, 1000, 1050, 700, 800, 830]
    low, high = DescrStatsW(np.diff(np.log(values))).tconfint_mean()
    found = trend_of_levels(values).mean_log_growth
    assert (found.low, found.high) == pytest.approx((100 * math.expm1(low), 100 * math.expm1(high)))
    assert found.n == 6  # the usable figures, as everywhere; the differences are one less


def test_mean_log_growth_by_hand_over_a_missing_year():
    """Steps 1, 1, 2, 1 years of log growth 0.1, 0.2, 0.2, 0.0: drift 0.1, s2 = 0.02/3, t(3) = 3.182."""
    found = trend.mean_log_growth([0.1, 0.2, 0.2, 0.0], [1, 1, 2, 1])
    reach = 3.1824463 * math.sqrt(0.02 / 3 / 5)
    assert found.value == pytest.approx(100 * math.expm1(0.1))
    assert found.high == pytest.approx(100 * math.expm1(0.1 + reach))
    assert trend.mean_log_growth([0.1, 0.2, 0.2], [1, 1, 2]) is None


def test_average_growth_is_the_centre_of_its_interval():
    for result in (trend_of_levels([900, 1000, 1050, 700, 800, 830]), trend_of_rates([7.1, 8.0, -8.0, 10.0, 4.5])):
        assert result.mean_log_growth.value == pytest.approx(result.cagr_pct)


def test_coverage_under_a_random_walk_of_methods_0():
    """METHODS 0, decision 11, and 1.1: T1 covers 95% with missing years too, the log-linear interval 53% at n = 8."""
    rng = np.random.default_rng(1)
    spans = np.array([1, 1, 2, 1, 2, 1, 1])
    t1 = t2 = 0
    for _ in range(3000):
        found = trend.mean_log_growth(rng.normal(0.05 * spans, 0.02 * np.sqrt(spans)), spans)
        walk = trend.log_linear(range(8), np.exp(np.cumsum(rng.normal(0.05, 0.02, 8))))
        t1 += found.low <= 100 * math.expm1(0.05) <= found.high
        t2 += walk.low <= 100 * math.expm1(0.05) <= walk.high
    assert t1 / 3000 == pytest.approx(0.95, abs=0.013)
    assert t2 / 3000 == pytest.approx(0.53, abs=0.03)


# --- T2: log-linear line ---


def test_log_linear_is_ordinary_least_squares_on_the_years():
    years, values = [2015, 2016, 2017, 2018, 2020, 2021, 2022, 2024], [810, 850, 900, 1000, 700, 800, 830, 900]
    line = stats.linregress(years, np.log(values))
    half = stats.t.ppf(0.975, 6) * line.stderr
    found = trend.analyse(years, values, kind="level").log_linear
    expected = [100 * math.expm1(x) for x in (line.slope, line.slope - half, line.slope + half)]
    assert [found.value, found.low, found.high] == pytest.approx(expected)


def test_depends_on_the_assumption():
    wandering = trend_of_levels([100, 107, 108, 116, 115, 124, 126, 133])
    assert wandering.depends_on_assumption
    exponential = trend_of_levels([100 * 1.05**k for k in range(8)])
    assert not exponential.depends_on_assumption


def test_disagreement_about_zero_growth():
    result = trend_of_levels([100, 109, 103, 112, 106, 115, 109, 118])
    assert result.mean_log_growth.low < 0 < result.log_linear.low
    assert result.depends_on_assumption


# --- properties ---


@given(levels, st.randoms())
@settings(max_examples=40)
def test_order_of_rows_does_not_matter(values, random):
    rows = list(zip(range(2017, 2017 + len(values)), values, strict=True))
    shuffled = random.sample(rows, len(rows))
    years, mixed = zip(*shuffled, strict=True)
    assert trend.analyse(years, mixed, kind="level") == trend_of_levels(values)


@given(levels, st.integers(1, 500))
@settings(max_examples=40)
def test_a_constant_added_leaves_slope_and_test(values, constant):
    moved, still = trend_of_levels([v + constant for v in values]), trend_of_levels(values)
    assert moved.theil_sen.value == pytest.approx(still.theil_sen.value)
    assert moved.mann_kendall == still.mann_kendall


@given(levels, st.integers(2, 9))
@settings(max_examples=40)
def test_the_unit_of_a_level_does_not_change_its_growth(values, factor):
    moved, still = trend_of_levels([v * factor for v in values]), trend_of_levels(values)
    for name in ("mean_log_growth", "log_linear"):
        a, b = getattr(moved, name), getattr(still, name)
        assert (a is None) == (b is None)
        if a is None:
            continue
        assert (a.value, a.low, a.high) == pytest.approx((b.value, b.low, b.high), rel=1e-6, abs=1e-6)


@given(rates)
@settings(max_examples=40)
def test_time_reversed_turns_the_slope_around(values):
    there, back = trend_of_rates(values), trend_of_rates(values[::-1])
    assert back.theil_sen.value == pytest.approx(-there.theil_sen.value)
    assert back.mann_kendall.statistic == -there.mann_kendall.statistic
    assert back.mann_kendall.p_value == pytest.approx(there.mann_kendall.p_value)


@given(rates, st.integers(0, 7))
@settings(max_examples=40)
def test_dropping_a_year_is_the_same_as_its_value_missing(values, k):
    k %= len(values)
    years = list(range(2017, 2017 + len(values)))
    dropped = trend.analyse(years[:k] + years[k + 1 :], values[:k] + values[k + 1 :], kind="rate")
    missing = trend.analyse(years, [*values[:k], NAN, *values[k + 1 :]], kind="rate")
    assert dropped.cagr_pct == missing.cagr_pct
    assert [getattr(dropped, f) for f in INFERENCE] == [getattr(missing, f) for f in INFERENCE]


@given(levels)
@settings(max_examples=40)
def test_every_method_has_a_chinese_name(values):
    result = trend_of_levels(values)
    found = (result.mean_log_growth, result.log_linear, result.theil_sen, result.mann_kendall)
    assert all(f.method in METHODS for f in found if f is not None)
    assert (result.log_linear is not None) == (len(values) == 8)


# --- shares ---


def test_a_share_moves_by_points_and_has_no_growth():
    """Made up, eight years with two that are level: 28 pairs, 27 of them rise; the slopes by hand have their median at 1.3."""
    share = dict(zip(range(2012, 2020), [44.6, 46.1, 48.2, 50.5, 51.6, 51.6, 52.2, 53.9], strict=True))
    found = trend.analyse(list(share), list(share.values()), kind="share")
    assert (found.cagr_pct, found.mean_log_growth, found.log_linear) == (None, None, None)
    assert found.theil_sen.value == pytest.approx(1.3, abs=0.05)
    assert found.mann_kendall.statistic == 27
    few = trend.analyse([2021, 2022, 2023, 2024], [62.5, 62.8, 63.1, 63.8], kind="share")
    assert (few.cagr_pct, few.theil_sen) == (None, None)


def test_a_share_of_zero_needs_no_logarithm():
    found = trend.analyse(range(2017, 2023), [0, 0.4, 0.5, 0.9, 1.2, 1.1], kind="share")
    assert found.theil_sen
