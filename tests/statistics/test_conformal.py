"""Promises that few pairs can keep: against simulation, and never more than they can hold."""

import math

import numpy as np
import pytest
from scipy.stats import binom

from hanyang_data.errors import ParameterError
from hanyang_data.statistics.conformal import FEWEST, coverage, promise, widened
from hanyang_data.statistics.interval import between


@pytest.mark.parametrize(("pairs", "level", "rank"), [(5, 5 / 6, 5), (8, 8 / 9, 8), (9, 0.9, 9), (19, 0.9, 18), (99, 0.9, 90)])
def test_the_level_is_what_so_many_pairs_can_hold(pairs, level, rank):
    found = promise([(-1) ** n * float(n) for n in range(1, pairs + 1)])
    assert found.level == pytest.approx(level)
    assert found.radius_pct == rank


def test_below_five_pairs_nothing_is_promised():
    assert promise([1.0] * (FEWEST - 1)) is None


@pytest.mark.parametrize("pairs", [5, 8, 30])
def test_the_promise_is_kept_whatever_the_distribution(pairs):
    draw = np.random.default_rng(1).standard_cauchy((4000, pairs + 1))
    found = [promise(row[:-1].tolist()) for row in draw]
    held = np.mean([abs(row[-1]) <= p.radius_pct for row, p in zip(draw, found, strict=True)])
    assert held == pytest.approx(found[0].level, abs=0.02)


def test_what_the_interval_leaves_out_is_an_error_beyond_the_radius():
    low, high = (float(end) for end in widened(between(12, 12), 4, years=1)[:2])
    assert 1.12 / (1 + low / 100) == pytest.approx(1.04, abs=1e-6)
    assert 1.12 / (1 + high / 100) == pytest.approx(0.96, abs=1e-6)
    years = widened(between(6, 6), 4, years=3)
    assert 1.06**3 / (1 + float(years.low) / 100) ** 3 == pytest.approx(1.04, abs=1e-6)
    assert float(widened(between(800, 800), 4).high) == pytest.approx(800 / 0.96)
    later = widened(between(800, 800), 4, later=True)  # a later level was implied too low by what growth is implied too high
    assert [float(end) for end in later[:2]] == pytest.approx([768, 832])
    assert float(widened(between(3, math.inf), 4, years=1).high) == math.inf
    assert float(widened(between(-100, 3), 4, years=1).low) == -math.inf


@pytest.mark.parametrize("middle", [0.0, 50.0])
def test_one_left_out_at_a_time_is_covered_as_promised_whatever_the_errors(middle):
    """Why the back-test leaves whole districts out: with 30 errors, each held against the others, 27 lie within."""
    errors = list(np.random.default_rng(1).normal(middle, 1, 30))
    radii = [promise(errors[:i] + errors[i + 1 :]).radius_pct for i in range(30)]
    assert sum(abs(error) <= radius for error, radius in zip(errors, radii, strict=True)) == 27


def test_coverage_is_held_against_chance_exactly():
    found = coverage([True] * 6 + [False] * 4, [0.85] * 10)
    assert found.p_value == pytest.approx(binom.cdf(6, 10, 0.85))
    assert coverage([True, False], [0.5, 0.9]).p_value == pytest.approx(0.05 + 0.05 + 0.45)
    assert not coverage([], []).short
    with pytest.raises(ParameterError, match="one promise"):
        coverage([True], [])


def test_an_error_that_is_no_number_is_said():
    with pytest.raises(ParameterError, match="finite"):
        promise([1.0, math.nan, 2.0, 3.0, 4.0, 5.0])
