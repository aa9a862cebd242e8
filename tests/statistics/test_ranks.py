"""Ranks: those that the intervals allow hold the true one, but for the few regions that chance sets apart."""

import numpy as np
import pytest
from scipy import stats

from hanyang_data.statistics.small_sample import ranks


def test_equal_values_share_the_best_rank_and_intervals_that_touch_are_not_apart():
    found = ranks([2, 5, 5, 1], [1, 4, 4, 0.5], [4, 6, 6, 1.5])
    assert found["rank"].tolist() == [3, 1, 1, 4]
    assert found["rank_low"].tolist() == [1, 1, 1, 3]  # the first touches all of them
    assert found["rank_high"].tolist() == [4, 3, 3, 4]
    assert ranks([], [], []).empty


@pytest.mark.parametrize("n", [5, 8, 16])
def test_alike_intervals_of_one_value_part_in_six_cases_of_a_thousand(n):
    chance = np.random.default_rng(17)
    values = chance.normal(size=(200_000, 2))
    half = stats.t.ppf(0.975, n - 1) * np.sqrt(chance.chisquare(n - 1, values.shape) / (n - 1))
    apart = abs(values[:, 0] - values[:, 1]) > half.sum(axis=1)
    assert 0.004 < apart.mean() < 0.007


def test_the_true_rank_of_different_regions_lies_between_those_allowed():
    chance = np.random.default_rng(17)
    true = np.sort(chance.normal(7, 2, 500))[::-1]
    value = true + chance.normal(size=500)
    found = ranks(value, value - 1.96, value + 1.96)
    held = (found["rank_low"] <= np.arange(1, 501)) & (np.arange(1, 501) <= found["rank_high"])
    assert held.mean() >= 0.95
    assert (found["rank_low"] <= found["rank"]).all()
    assert (found["rank"] <= found["rank_high"]).all()
