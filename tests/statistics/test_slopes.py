"""Average growth and slopes against reference answers that others published; the source stands at each."""

import math
from itertools import permutations

import numpy as np
import pytest
from helpers import trend_of_levels, trend_of_rates
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.datasets import longley
from statsmodels.regression.linear_model import OLS

from hanyang_data.statistics import trend

rates = st.lists(st.integers(-200, 200).map(lambda k: k / 10), min_size=5, max_size=8)
# NIST Statistical Reference Datasets, Norris (linear, lower difficulty): x and y of 36 ozone readings
NORRIS_X = [0.2, 337.4, 118.2, 884.6, 10.1, 226.5, 666.3, 996.3, 448.6, 777.0, 558.2, 0.4, 0.6, 775.5, 666.9, 338.0,
            447.5, 11.6, 556.0, 228.1, 995.8, 887.6, 120.2, 0.3, 0.3, 556.8, 339.1, 887.2, 999.0, 779.0, 11.1, 118.3, 229.2,
            669.1, 448.9, 0.5]  # fmt: skip
NORRIS_Y = [0.1, 338.8, 118.1, 888.0, 9.2, 228.1, 668.5, 998.5, 449.1, 778.9, 559.2, 0.3, 0.1, 778.1, 668.8, 339.3, 448.9,
            10.8, 557.7, 228.3, 998.0, 888.8, 119.6, 0.3, 0.6, 557.6, 339.3, 888.0, 998.5, 778.9, 10.2, 117.6, 228.9, 668.4,
            449.2, 0.2]  # fmt: skip


# --- least squares ---


def test_log_linear_has_the_certified_slope_and_error_of_norris():
    """NIST StRD, Norris: B1 = 1.00211681802045, its standard deviation 0.000429796848199937, 34 degrees of freedom."""
    found = trend.log_linear(NORRIS_X, np.exp(np.array(NORRIS_Y) / 100))  # y itself has no exponential
    slope, low, high = (100 * math.log1p(x / 100) for x in (found.value, found.low, found.high))
    assert slope == pytest.approx(1.00211681802045, rel=1e-10)
    reach = stats.t.ppf(0.975, 34) * 0.000429796848199937
    assert (low, high) == pytest.approx((slope - reach, slope + reach), rel=1e-9)


def test_least_squares_beneath_it_has_the_certified_answers_of_longley():
    """NIST StRD, Longley (higher difficulty), the coefficient of YEAR: 1829.15146461355, its deviation 455.478499142212."""
    data = longley.load_pandas().data
    centred = data[["GNPDEFL", "GNP", "UNEMP", "ARMED", "POP", "YEAR"]] - data.drop(columns="TOTEMP").mean()
    fit = OLS(data["TOTEMP"], centred.assign(one=1.0)).fit()
    assert fit.params["YEAR"] == pytest.approx(1829.15146461355, rel=1e-9)
    assert fit.bse["YEAR"] == pytest.approx(455.478499142212, rel=1e-9)
    assert fit.params["GNP"] == pytest.approx(-0.0358191792925910, rel=1e-9)


def test_the_index_of_rates_is_chained_over_consecutive_years_only():
    assert trend.chained([2018, 2019], [10, -50]) == ([2017, 2018, 2019], pytest.approx([100, 110, 55]))
    assert trend.chained([2018, 2020], [10, 10]) == ([], [])
    assert trend.chained([2018, 2019], [10, -100]) == ([], [])
    assert trend.chained([], []) == ([], [])


def test_the_line_through_the_index_of_rates_is_that_through_the_levels_they_grow_to():
    index = [100.0]
    for rate in (growth := [8, 8, 7.4, -4.7, 12.2, 4, 5.7, 5.2]):
        index.append(index[-1] * (1 + rate / 100))
    of_rates = trend.log_linear_of_index(range(2017, 2025), growth)
    of_levels = trend.log_linear(range(2016, 2025), index)
    assert (of_rates.value, of_rates.low, of_rates.high) == pytest.approx((of_levels.value, of_levels.low, of_levels.high))
    assert of_rates.n == 8
    assert "chained index" in of_rates.method
    assert trend.log_linear_of_index(range(2017, 2024), growth[:7]) is None


# --- Mann–Kendall and Theil–Sen ---


@pytest.mark.parametrize(
    ("n", "s", "upper_tail"),
    [(5, 6, 0.117), (5, 8, 0.042), (5, 10, 0.0083), (8, 8, 0.199), (8, 12, 0.089), (8, 16, 0.031), (8, 20, 0.0071),
     (8, 28, 2.5e-5)],
)  # fmt: skip
def test_exact_p_of_the_published_table(n, s, upper_tail):
    """Kendall, Rank Correlation Methods (1970), appendix table 1; Gilbert (1987), table A18: P(S ≥ s) under no trend."""
    order = next(o for o in orders_with(n, s))
    found = trend.mann_kendall(order)
    assert found.statistic == s
    assert found.p_value / 2 == pytest.approx(upper_tail, abs=0.0006 if upper_tail > 0.01 else 0.00006)


def orders_with(n, s):
    """A series of n values with the statistic s: start from a rise and swap neighbours, each swap costs two."""
    values = [float(k) for k in range(n)]
    for _ in range((n * (n - 1) // 2 - s) // 2):
        k = next(k for k in range(n - 1) if values[k] < values[k + 1])
        values[k], values[k + 1] = values[k + 1], values[k]
    yield values


def test_ties_and_unequal_spacing_by_hand():
    """Years 2017, 2018, 2020, 2021, 2024 with 3, 3, 5, 5, 9: ten slopes, the middle ones 2/3 and 6/7; S = 8."""
    years, values = [2017, 2018, 2020, 2021, 2024], [3, 3, 5, 5, 9]
    pairs = [(values[j] - values[i]) / (years[j] - years[i]) for j in range(5) for i in range(j)]
    found = trend.theil_sen(years, values)
    assert found.value == pytest.approx(np.median(pairs)) == pytest.approx((2 / 3 + 6 / 7) / 2)
    assert trend.mann_kendall(values).statistic == 8
    equal = trend.theil_sen(range(5), values).value  # what a package without years would say
    assert equal != pytest.approx(found.value)


@pytest.mark.parametrize("n", range(5))
def test_no_slope_test_or_line_below_five(n):
    values = [float(k) for k in range(n)]
    assert trend.theil_sen(range(n), values) is None
    assert trend.mann_kendall(values) is None
    assert trend.log_linear(range(n), values) is None


# --- properties ---


@given(rates, st.integers(-50, 50))
@settings(max_examples=40)
def test_the_base_year_does_not_matter(values, moved):
    here = trend.analyse(range(2017, 2017 + len(values)), values, kind="rate")
    there = trend.analyse(range(2017 + moved, 2017 + moved + len(values)), values, kind="rate")
    assert there.cagr_pct == here.cagr_pct
    assert there.mann_kendall == here.mann_kendall
    assert there.theil_sen.value == pytest.approx(here.theil_sen.value)


@given(st.lists(st.integers(-2000, 2000).map(lambda k: k / 100), min_size=5, max_size=8))
@settings(max_examples=40)
def test_rounding_to_a_tenth_moves_the_average_by_less_than_a_tenth(values):
    """METHODS 0, decision 14: a rate printed to 0.1 pp is uncertain by half of that, and so is an average of them."""
    rounded = [round(value, 1) for value in values]
    exact, printed = (trend.average_growth(dict(enumerate(v)), "rate") for v in (values, rounded))
    assert abs(exact - printed) < 0.1
    fine, coarse = (trend.theil_sen(range(len(values)), v) for v in (values, [round(v, 1) for v in values]))
    assert abs(fine.value - coarse.value) <= 0.1 + 1e-9


# --- T3: Theil–Sen and Mann–Kendall ---

EPA_DATES = [89.6, 90.1, 90.8, 91.1, 92.1, 93.1, 94.1, 95.6, 96.1, 96.3]
EPA_SODIUM = [56, 53, 51, 55, 52, 60, 62, 59, 61, 63]


def test_theil_sen_of_the_epa_sodium_series():
    """METHODS T3, EPA Unified Guidance: 1.333, lower limit at scipy's ranks 0.4545; 1.143 if dates are ignored."""
    found = trend.theil_sen(EPA_DATES, EPA_SODIUM)
    assert found.value == pytest.approx(1.333, abs=0.0005)
    assert found.low == pytest.approx(0.4545, abs=0.0001)
    assert trend.theil_sen(range(10), EPA_SODIUM).value == pytest.approx(1.143, abs=0.0005)


def test_theil_sen_by_hand_over_a_missing_year():
    result = trend.analyse([2017, 2018, 2020, 2021, 2022], [1, 2, 4, 5, 60], kind="level")
    assert result.theil_sen.value == 1  # the last value is an outlier
    assert result.line == (1, 2, 4, 5, 6)


def test_theil_sen_interval_at_n_5_is_all_slopes():
    """At n = 5 the widest interval has 98.3%, the next one 91.7%: only the widest is a 95% interval."""
    result = trend_of_levels([1, 3, 4, 9, 11])
    slopes = [(b - a) / (j - i) for j, b in enumerate([1, 3, 4, 9, 11]) for i, a in enumerate([1, 3, 4, 9, 11]) if i < j]
    assert (result.theil_sen.low, result.theil_sen.high) == (min(slopes), max(slopes))


@pytest.mark.parametrize(("n", "p"), [(5, 0.017), (6, 0.0028), (7, 0.0004), (8, 5e-5)])
def test_smallest_mann_kendall_p_of_methods_0_1(n, p):
    found = trend_of_levels([float(k) for k in range(1, n + 1)]).mann_kendall
    assert found.p_value == pytest.approx(2 / math.factorial(n))
    assert found.p_value == pytest.approx(p, rel=0.03)
    assert found.statistic == n * (n - 1) / 2


def test_mann_kendall_with_ties_of_methods_t3():
    """METHODS T3: 1, 2, 2, 3, 4 has an exact p of 0.033, the normal approximation 0.023."""
    assert trend.mann_kendall([1, 2, 2, 3, 4]).p_value == pytest.approx(0.033, abs=0.0005)


def test_mann_kendall_of_hollander_and_wolfe():
    """METHODS T3, the R help page of cor.test: exact one-sided p 0.0597 at n = 9, 0.0477 by normal approximation."""
    lightness = [44.4, 45.9, 41.9, 53.3, 44.7, 44.1, 50.7, 45.2, 60.1]
    panel = [2.6, 3.1, 2.5, 5.0, 3.6, 4.0, 5.2, 2.8, 3.8]
    found = trend.mann_kendall([score for _, score in sorted(zip(lightness, panel, strict=True))])
    assert found.p_value / 2 == pytest.approx(0.0597, abs=0.00005)


@given(rates)
@settings(max_examples=40)
def test_mann_kendall_is_the_share_of_all_orders(values):
    def s(row):
        return sum(np.sign(b - a) for i, a in enumerate(row) for b in row[i + 1 :])

    orders = [abs(s(row)) for row in permutations(values[:5])]
    expected = sum(found >= abs(s(values[:5])) for found in orders) / len(orders)
    assert trend.mann_kendall(values[:5]).p_value == pytest.approx(expected)


def test_mann_kendall_above_n_8_draws_where_it_ties():
    tied = [1, 2, 2, 3, 4, 3, 5, 6, 5]
    every = np.array([order for order in permutations(range(9)) if order[0] < order[1]])  # half of them, by symmetry
    pairs = [(i, j) for j in range(9) for i in range(j)]
    s = sum(np.sign(np.array(tied)[every[:, j]] - np.array(tied)[every[:, i]]) for i, j in pairs)
    found = trend.mann_kendall(tied)
    assert found.p_value == pytest.approx(np.mean(np.abs(s) >= found.statistic), abs=0.002)
    assert found == trend.mann_kendall(tied)
    assert "random" in found.method
    assert (
        trend.mann_kendall([1, 2, 3, 4, 5, 6, 7, 9, 8]).p_value
        == stats.kendalltau(range(9), [1, 2, 3, 4, 5, 6, 7, 9, 8], method="exact").pvalue
    )


@pytest.mark.parametrize("size", [1e-8, 1e-3, 1e22, 1e300])
def test_a_rise_is_one_in_any_unit_and_the_noise_of_a_float_is_none(size):
    assert trend.mann_kendall([size * k for k in range(1, 9)]).statistic == 28
    assert trend.mann_kendall([0.3 * size, (0.1 + 0.2) * size, 0.6 * size, (0.1 + 0.5) * size, 0.3 * size]).statistic == 2
    assert trend.analyse(range(8), [size * k for k in range(1, 9)], kind="level").n == 8


def test_a_constant_series_has_no_trend():
    result = trend_of_rates([6.0] * 6)
    assert result.mann_kendall.p_value == 1
    assert (result.theil_sen.value, result.mann_kendall.statistic) == (0, 0)


def test_a_fall_has_its_size():
    found = trend_of_rates([9.0, 8.5, 8.1, 7.4, 7.0, 6.2, 5.9])
    assert found.theil_sen.value == pytest.approx(-0.53, abs=0.01)
    assert found.mann_kendall.p_value < 0.001
