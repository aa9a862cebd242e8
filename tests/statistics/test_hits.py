"""How often and how far targets were met: hits, their rate, the mean error, and from how many years on."""

import pytest
from targets_met import OUTTURNS, TARGETS

from hanyang_data.record.targets import parse
from hanyang_data.statistics import shortfall


def test_national_hits_of_methods_0():
    """METHODS 0, decision 6: met in 8, 10 or 12 of 13 evaluable years, depending only on the rule."""
    result = shortfall.analyse(OUTTURNS, TARGETS)
    assert result.n == 13
    assert result.hits == (10, 12, 12)
    assert list(result.not_evaluable) == [2020]
    midpoints = TARGETS | {2016: parse("6.75%"), 2019: parse("6.25%")}
    assert shortfall.analyse(OUTTURNS, midpoints).hits.strict == 8


def test_national_mean_error_of_methods_s4():
    """METHODS S4: with range midpoints the mean of 2012-25 is +0.03, -0.55 to 0.61."""
    midpoints = TARGETS | {2016: parse("6.75%"), 2019: parse("6.25%")}
    mean = shortfall.analyse(OUTTURNS, midpoints).mean_error
    assert (mean.value, mean.low, mean.high) == pytest.approx((0.03, -0.55, 0.61), abs=0.005)
    assert mean.n == 13


def test_hit_rate_is_clopper_pearson_of_the_strict_hits():
    """METHODS S3: 6 of 8 is 35% to 97%."""
    outturns = dict.fromkeys(range(2017, 2023), 7.0) | {2023: 5.9, 2024: 5.8}
    result = shortfall.analyse(outturns, dict.fromkeys(range(2017, 2025), parse("6%")))
    assert result.hits.strict == 6
    assert result.hit_rate.value == 0.75
    assert (result.hit_rate.low, result.hit_rate.high) == pytest.approx((0.35, 0.97), abs=0.005)
    assert [year for year, found in result.judged.items() if found == "missed"] == [2023, 2024]


@pytest.mark.parametrize("n", range(9))
def test_ladder(n):
    years = range(2017, 2017 + n)
    outturns = dict(zip(years, [7.0, 6.1, 5.8, 6.6, 6.0, 5.9, 7.2, 6.3], strict=False))
    result = shortfall.analyse(outturns, {year: parse("6%左右") for year in years})
    assert result.n == n
    assert (result.hit_rate is not None) == (result.mean_error is not None) == (n >= 5)
    assert (result.test is not None) == (n >= 6)


def test_mean_error_needs_five_errors_even_where_five_years_are_judged():
    targets = {year: parse("6%") for year in range(2017, 2021)} | {2021: parse("正增长")}
    result = shortfall.analyse(dict.fromkeys(range(2017, 2022), 6.5), targets)
    assert result.hit_rate.n == 5
    assert result.mean_error is None


def test_tolerances_count_where_a_target_says_about():
    assert shortfall.analyse(OUTTURNS, TARGETS).hits[1:] == (12, 12)
    plain = shortfall.analyse(dict.fromkeys(range(2017, 2022), 6.4), dict.fromkeys(range(2017, 2022), parse("6.5%")))
    assert plain.hits == (0, 0, 0)


def test_years_that_cannot_be_judged_are_not_counted_as_observations():
    targets = {2018: parse("7.2%"), 2020: parse("7%左右"), 2021: parse("10%"), 2023: parse("6.5%")}
    result = shortfall.analyse({2017: 7.0, 2020: -8.0, 2023: 6.0}, targets)
    assert (result.n, list(result.judged), list(result.not_evaluable)) == (2, [2020, 2023], [2017, 2018, 2021])


# 95% limits of R's binom.test for k of 10, as printed in R's output and carried by public test suites
CLOPPER_PEARSON = {
    0: (0.0, 0.3084971), 1: (0.002528579, 0.4450161), 2: (0.025210726, 0.5560955), 3: (0.066739511, 0.6524529),
    4: (0.121552258, 0.7376219), 5: (0.187086028, 0.8129140), 6: (0.262378077, 0.8784477), 7: (0.347547150, 0.9332605),
    8: (0.443904538, 0.9747893), 9: (0.554983883, 0.9974714), 10: (0.691502892, 1.0),
}  # fmt: skip


@pytest.mark.parametrize("k", CLOPPER_PEARSON)
def test_hit_rates_of_ten_years_have_the_limits_of_r(k):
    years = range(2015, 2025)
    outturns = {year: 7.0 if rank < k else 5.0 for rank, year in enumerate(years)}
    rate = shortfall.analyse(outturns, dict.fromkeys(years, parse("6%"))).hit_rate
    assert (rate.low, rate.high) == pytest.approx(CLOPPER_PEARSON[k], abs=1e-7)


@pytest.mark.parametrize("n", [5, 6, 7, 8, 10])
def test_all_met_has_the_closed_form_of_clopper_and_pearson(n):
    """n of n: from (alpha/2)^(1/n), as the documentation of R's GenBinomApps gives it, to 1."""
    years = range(2000, 2000 + n)
    rate = shortfall.analyse(dict.fromkeys(years, 7.0), dict.fromkeys(years, parse("6%"))).hit_rate
    assert (rate.low, rate.high) == pytest.approx((0.025 ** (1 / n), 1.0))
