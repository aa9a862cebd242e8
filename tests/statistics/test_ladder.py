"""What a number of observations carries, and that the reasons for what is refused hold."""

import numpy as np
import pytest
from scipy import stats

from hanyang_data.statistics import small_sample


@pytest.mark.parametrize(("method", "lowest"), [("hac", 30), ("filter", 15), ("unknown_break", 30), ("bootstrap", 30)])
def test_a_method_is_refused_below_its_number_with_the_reason(method, lowest):
    """METHODS 0.2 and 1.1: HAC and unknown breaks below 30, filters below 15; bootstrap intervals 1.2 G5."""
    assert small_sample.refused(lowest - 1)[method].lowest == lowest
    assert method not in small_sample.refused(lowest)


def test_filters_are_never_read_at_the_ends():
    assert "never read the last three years" in small_sample.REFUSED["filter"].reason.en


def test_hac_finds_trends_where_there_are_none():
    """The reason given for HAC (METHODS 1.1 T7): 25% false alarms at n = 8, statsmodels' default, one lag, normal p."""
    rng, n = np.random.default_rng(1), 8
    x = np.column_stack([np.ones(n), np.arange(n) - (n - 1) / 2])
    errors = rng.normal(size=(20_000, n))
    slope = errors @ x[:, 1] / (x[:, 1] @ x[:, 1])
    left = errors - errors.mean(axis=1, keepdims=True) - slope[:, None] * x[:, 1]
    scores = left * x[:, 1]
    middle = (scores**2).sum(axis=1) + (scores[:, 1:] * scores[:, :-1]).sum(axis=1)  # Bartlett weight 1/2, twice
    t = slope * (x[:, 1] @ x[:, 1]) / np.sqrt(middle)
    assert np.mean(np.abs(t) > stats.norm.ppf(0.975)) == pytest.approx(0.255, abs=0.01)
    assert "25%" in small_sample.REFUSED["hac"].reason.en


@pytest.mark.parametrize(("n", "missed"), [(8, 0.12), (5, 0.17)])
def test_bootstrap_intervals_miss_the_mean(n, missed):
    """The reason given for the bootstrap (METHODS 1.2 G5): the percentile interval misses 12% at n = 8, 17% at n = 5."""
    rng = np.random.default_rng(2)
    draws = rng.normal(size=(2_000, n))
    means = np.take_along_axis(draws[:, None, :], rng.integers(0, n, (2_000, 400, n)), axis=2).mean(axis=2)
    low, high = np.percentile(means, [2.5, 97.5], axis=1)
    assert np.mean((low > 0) | (high < 0)) == pytest.approx(missed, abs=0.025)
    assert f"{missed:.0%}" in small_sample.REFUSED["bootstrap"].reason.en
