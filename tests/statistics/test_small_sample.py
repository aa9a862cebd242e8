"""The ladder and the exact statistics that all analyses share."""

import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.weightstats import DescrStatsW

from hanyang_data.errors import ParameterError
from hanyang_data.statistics import small_sample as ss
from hanyang_data.statistics.small_sample import permits, smallest_sign_flip_p
from hanyang_data.studies.inference import METHODS

tenths = st.integers(-300, 300).map(lambda k: k / 10)


# --- ladder ---


@pytest.mark.parametrize(("what", "first"), [("mean", 3), ("interval", 5), ("slope", 5), ("test", 5), ("regression", 8)])
def test_what_a_rung_permits_starts_where_the_ladder_says(what, first):
    assert [n for n in range(15) if permits(what, n)] == list(range(first, 15))


# --- reading series ---


def test_by_year_sorts_and_keeps_missing_years():
    found = ss.by_year({2020: None, 2018: 7, 2019: pd.NA, 2017: math.nan}, "growth")
    assert list(found) == [2017, 2018, 2019, 2020]
    assert ss.usable(found) == {2018: 7.0}


def test_by_year_takes_series_with_an_index_that_turned_float():
    assert ss.by_year(pd.Series([7.0, 8.0], index=[2018.0, 2019.0]), "growth") == {2018: 7.0, 2019: 8.0}


@pytest.mark.parametrize(
    ("series", "words"),
    [
        ({2018.5: 1.0}, "whole numbers, not 2018.5"),
        ({"2018": 1.0}, "whole numbers, not '2018'"),
        ({True: 1.0}, "whole numbers, not True"),
        (pd.Series([1.0, 2.0], index=[2018, 2018]), "2018 stands twice"),
        ({2018: math.inf}, "finite"),
        ({2018: "7%"}, "finite number or missing, not '7%'"),
        ([7.0, 8.0], "not list"),
    ],
)
def test_by_year_refuses(series, words):
    with pytest.raises(ParameterError, match=words):
        ss.by_year(series, "growth")


def test_exact_is_what_was_printed_not_the_float():
    assert ss.exact(0.1 + 0.2) == ss.exact(0.3)
    assert ss.exact(7.4 + 0.1) == ss.exact(7.5)
    assert ss.exact(7.499999) < ss.exact(7.5)


# --- statistics ---


@given(st.lists(tenths, min_size=5, max_size=12).filter(lambda v: len(set(v)) > 1))
def test_mean_interval_is_that_of_statsmodels(values):
    found = ss.mean_interval(values)
    low, high = DescrStatsW(values).tconfint_mean()
    assert (found.low, found.high) == pytest.approx((low, high), abs=1e-9)
    assert found.value == pytest.approx(np.mean(values), abs=1e-9)
    assert found.n == len(values)


@pytest.mark.parametrize("n", range(5))
def test_nothing_is_inferred_below_five(n):
    values = [float(k) for k in range(n)]
    assert ss.mean_interval(values) is None
    assert ss.leave_one_out(values) is None
    assert ss.sign_flip(values) is None
    assert ss.hit_rate(n, n) is None


@pytest.mark.parametrize(("n", "p"), [(3, 0.250), (4, 0.125), (5, 0.063), (6, 0.031), (7, 0.016), (8, 0.008)])
def test_smallest_sign_flip_p_of_methods_0_1(n, p):
    assert smallest_sign_flip_p(n) == pytest.approx(p, abs=0.0006)


def test_sign_flip_needs_six_because_five_cannot_reach_5_percent():
    assert ss.sign_flip([1.0] * 5) is None
    assert ss.sign_flip([1.0] * 6).p_value == pytest.approx(2 / 64)


@given(st.lists(st.integers(-300, 300), min_size=6, max_size=8))
@settings(max_examples=25)
def test_sign_flip_is_the_permutation_test_of_scipy(values):
    reference = stats.permutation_test((values,), np.mean, permutation_type="samples", n_resamples=np.inf)
    found = ss.sign_flip(values)
    assert found.p_value == pytest.approx(reference.pvalue)
    assert found.statistic == pytest.approx(np.mean(values))


@given(st.lists(st.integers(-300, 300), min_size=6, max_size=9))
def test_sign_flip_of_tenths_is_that_of_the_integers(values):
    """Sums that are equal as decimals must stay equal, where scipy loses them to the last bit."""
    assert ss.sign_flip([k / 10 for k in values]).p_value == ss.sign_flip(values).p_value


def test_sign_flip_counts_equal_sums_as_equal():
    assert ss.sign_flip([0.1, 0.2, -0.3] * 2).p_value == 1  # the floats sum to 5e-17


def test_sign_flip_above_twenty_values_draws_and_repeats_itself():
    far, near = [1.0] * 25, [1.0, -1.0] * 12 + [1.0]
    assert ss.sign_flip(far).p_value == pytest.approx(1 / 100_001)
    assert ss.sign_flip(near) == ss.sign_flip(near)
    assert ss.sign_flip(near).p_value == pytest.approx(1)  # a sum of one is the smallest that 25 ones can have
    assert "random" in ss.sign_flip(far).method


def test_leave_one_out_by_hand():
    assert ss.leave_one_out([1, 2, 3, 4, 10]) == (2.5, 4.75)


@pytest.mark.parametrize(
    ("hits", "n", "low", "high"),  # METHODS 0.1 and S3
    [(5, 5, 0.48, 1), (6, 6, 0.54, 1), (7, 7, 0.59, 1), (8, 8, 0.63, 1), (10, 10, 0.69, 1), (6, 8, 0.35, 0.97)],
)
def test_clopper_pearson_of_methods(hits, n, low, high):
    found = ss.hit_rate(hits, n)
    assert (found.low, found.high) == pytest.approx((low, high), abs=0.005)
    assert found.value == hits / n


@pytest.mark.parametrize(("df", "t"), [(2, 4.30), (3, 3.18), (4, 2.78), (6, 2.45), (7, 2.36)])
def test_t_interval_of_methods_0_1(df, t):
    low, high = ss.t_interval(0.0, 1.0, df)
    assert (-low, high) == pytest.approx((t, t), abs=0.005)


def test_every_method_has_a_chinese_name():
    found = [ss.mean_interval([1, 2, 3, 4, 6]), ss.hit_rate(3, 5), ss.sign_flip([1.0] * 6), ss.sign_flip([1.0] * 25)]
    assert all(f.method in METHODS for f in found)
