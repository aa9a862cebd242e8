"""Average growth and slopes against reference answers that others published; the source stands at each."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.datasets import longley
from statsmodels.regression.linear_model import OLS

from hanyang_data.analysis import slopes, trend
from hanyang_data.errors import ParameterError

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
    found = slopes.log_linear(NORRIS_X, np.exp(np.array(NORRIS_Y) / 100))  # y itself has no exponential
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
    assert slopes.chained([2018, 2019], [10, -50]) == ([2017, 2018, 2019], pytest.approx([100, 110, 55]))
    assert slopes.chained([2018, 2020], [10, 10]) == ([], [])
    assert slopes.chained([2018, 2019], [10, -100]) == ([], [])
    assert slopes.chained([], []) == ([], [])


def test_the_line_through_the_index_of_rates_is_that_through_the_levels_they_grow_to():
    index = [100.0]
    for rate in (growth := [8, 8, 7.4, -4.7, 12.2, 4, 5.7, 5.2]):
        index.append(index[-1] * (1 + rate / 100))
    of_rates = slopes.log_linear_of_index(range(2017, 2025), growth)
    of_levels = slopes.log_linear(range(2016, 2025), index)
    assert (of_rates.value, of_rates.low, of_rates.high) == pytest.approx(
        (of_levels.value, of_levels.low, of_levels.high)
    )
    assert of_rates.n == 8
    assert "chained index" in of_rates.method
    assert slopes.log_linear_of_index(range(2017, 2024), growth[:7]) is None


# --- Mann–Kendall and Theil–Sen ---


@pytest.mark.parametrize(
    ("n", "s", "upper_tail"),
    [(5, 6, 0.117), (5, 8, 0.042), (5, 10, 0.0083), (8, 8, 0.199), (8, 12, 0.089), (8, 16, 0.031), (8, 20, 0.0071),
     (8, 28, 2.5e-5)],
)  # fmt: skip
def test_exact_p_of_the_published_table(n, s, upper_tail):
    """Kendall, Rank Correlation Methods (1970), appendix table 1; Gilbert (1987), table A18: P(S ≥ s) under no trend."""
    order = next(o for o in orders_with(n, s))
    found = slopes.mann_kendall(order)
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
    found = slopes.theil_sen(years, values)
    assert found.value == pytest.approx(np.median(pairs)) == pytest.approx((2 / 3 + 6 / 7) / 2)
    assert slopes.mann_kendall(values).statistic == 8
    equal = slopes.theil_sen(range(5), values).value  # what a package without years would say
    assert equal != pytest.approx(found.value)


@pytest.mark.parametrize("n", range(5))
def test_no_slope_test_or_line_below_five(n):
    values = [float(k) for k in range(n)]
    assert slopes.theil_sen(range(n), values) is None
    assert slopes.mann_kendall(values) is None
    assert slopes.log_linear(range(n), values) is None


def test_average_growth_names_what_it_cannot_average():
    with pytest.raises(ParameterError, match="above -100%"):
        slopes.geometric_mean_pct([])


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
    exact, printed = (slopes.geometric_mean_pct(v) for v in (values, [round(value, 1) for value in values]))
    assert abs(exact - printed) < 0.1
    fine, coarse = (slopes.theil_sen(range(len(values)), v) for v in (values, [round(v, 1) for v in values]))
    assert abs(fine.value - coarse.value) <= 0.1 + 1e-9
