"""How far a rule is off where the truth was printed too, and the interval that follows: split-conformal, and nothing assumed.

Of m errors of the same kind the k-th smallest one, in absolute size, k = ceil((m + 1) · c), covers one more error of that kind
with probability at least k / (m + 1), whatever their distribution, if the new one might have stood at any place among them
(Vovk, Gammerman and Shafer 2005; Lei, G'Sell, Rinaldo, Tibshirani and Wasserman 2018). So few pairs cannot promise much, and
what they can promise is said.
"""

import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import scipy  # whose parts are imported when they are asked for: special is at hand sooner than stats

from hanyang_data.errors import ParameterError
from hanyang_data.statistics.interval import Interval, between
from hanyang_data.statistics.small_sample import ALPHA

LEVEL = 0.9  # promised where the pairs are enough for it
FEWEST = 5  # pairs; below, the errors are listed and nothing is promised


class Promise(NamedTuple):
    """What calibration pairs allow to promise."""

    radius_pct: float  # the largest error that the promise covers, in percent of the level
    level: float  # the probability promised, k / (m + 1)
    pairs: int  # m


def promise(errors_pct: Sequence[float]) -> Promise | None:
    """The radius within which the errors of ``pairs`` of the same kind promise the next one.

    ``errors_pct`` are implied over printed, less one, in percent, of each pair. Fewer than nine pairs cannot hold 90% and promise
    m / (m + 1), fewer than five nothing. A ParameterError for an error that is no number.

    Example:
        >>> promise([4.0, 0.0, -2.3, -0.2, 0.9, -4.5, 4.9, -4.4])
        Promise(radius_pct=4.9, level=0.8888888888888888, pairs=8)
        >>> promise([1.0, 2.0]) is None
        True
    """
    if not all(map(math.isfinite, errors_pct)):
        raise ParameterError(f"errors are {list(errors_pct)!r}: finite numbers are needed")
    m = len(errors_pct)
    if m < FEWEST:
        return None
    k = min(m, math.ceil(round((m + 1) * LEVEL, 9)))
    return Promise(float(sorted(map(abs, errors_pct))[k - 1]), k / (m + 1), m)


def widened(value: Interval, radius_pct: float, *, years: int = 0, later: bool = False) -> Interval:
    """The numbers that may be true where ``value`` was implied and the relation is off by up to ``radius_pct`` percent.

    An error of e percent: the later level is so much higher than the earlier one, growth and prices make it. Growth and an
    earlier level are then implied too high by as much, a later level too low.

    ``value`` is a level (``years`` 0; ``later`` says whether it is the later one), or growth in % a year averaged over ``years``;
    ``radius_pct`` is of a :class:`Promise`.

    Example:
        >>> [round(float(end), 1) for end in widened(between(11.8, 11.8), 4.5, years=1)[:2]]
        [7.0, 17.1]
    """
    off = radius_pct / 100
    shares = (max(0.0, 1 - off), 1 + off) if later else (1 / (1 + off), 1 / (1 - off) if off < 1 else math.inf)
    ends = [float(end) for end in value[:2]]
    if years:
        totals = [(1 + end / 100) ** years * share for end, share in zip(ends, shares, strict=True)]
        ends = [100 * (total ** (1 / years) - 1) if total else -math.inf for total in totals]  # to fall by 100% bounds nothing
    else:
        ends = [end * share for end, share in zip(ends, shares, strict=True)]
    return between(*ends, above=value.above, below=value.below)


def place(error_pct: float, errors_pct: Sequence[float]) -> int:
    """Which of the sorted errors is the first that covers one more error: 1 for the smallest, m + 1 for none of them.

    Example:
        >>> place(2.5, [4.0, -1.0, 3.0])
        2
    """
    return 1 + sum(abs(error) < abs(error_pct) for error in errors_pct)


class Coverage(NamedTuple):
    """How often intervals held what was printed."""

    cells: int  # intervals that could be held against a printed figure
    covered: int  # those that held it
    promised: float  # the mean probability promised
    p_value: float  # the probability of so few or fewer, were every promise kept

    @property
    def tested(self) -> bool:
        """Whether there was anything to hold against a printed figure, and it did not fall short."""
        return self.cells > 0 and not self.short

    @property
    def short(self) -> bool:
        """Whether the coverage falls short of the promise by more than chance."""
        return self.p_value < ALPHA


class Reliable(NamedTuple):
    """Intervals of one wished level held against what was printed."""

    wished: float  # the level asked for
    kept: Coverage  # how often they held it; ``promised`` is what so many pairs can hold, at least ``wished``
    chance_low: float  # share covered that 19 of 20 draws reach or exceed, were every promise kept
    chance_high: float  # share that 19 of 20 draws do not exceed


def reliability(places: Sequence[int], pairs: Sequence[int], wished: Sequence[float]) -> list[Reliable]:
    """How often intervals of several levels would have held what was printed.

    ``places`` are of :func:`place`, one an estimate; ``pairs`` is how many errors calibrated each; a level that is ``wished`` and
    that an estimate has too few pairs for is tried on the others.

    Example:
        >>> [(round(r.kept.promised, 2), r.kept.covered) for r in reliability([1, 4, 9, 2], [9] * 4, [0.5, 0.9])]
        [(0.5, 3), (0.9, 4)]
    """
    found = []
    for level in wished:
        ranks = [math.ceil(round((m + 1) * level, 9)) for m in pairs]
        tried = [(at, k, m) for at, k, m in zip(places, ranks, pairs, strict=True) if k <= m]
        if tried:
            kept = coverage([at <= k for at, k, _ in tried], [k / (m + 1) for _, k, m in tried])
            chances = scipy.special.bdtr(range(kept.cells + 1), kept.cells, kept.promised)  # of so many or fewer
            low, high = (int(np.searchsorted(chances, q)) / kept.cells for q in (ALPHA, 1 - ALPHA))
            found.append(Reliable(level, kept, low, high))
    return found


def coverage(covered: Sequence[bool], promised: Sequence[float]) -> Coverage:
    """Hold intervals against their promises, each with one of its own (Poisson binomial).

    Intervals that were calibrated on the same errors are not independent, and count here as if they were.

    ``promised`` are their probabilities, in the order of ``covered``; a ParameterError if the two differ in length.

    Example:
        >>> found = coverage([True] * 5 + [False] * 5, [0.9] * 10)
        >>> found.short, round(found.p_value, 4)
        (True, 0.0016)
    """
    if len(covered) != len(promised):
        raise ParameterError(f"{len(covered)} intervals and {len(promised)} promises: give one promise for each interval")
    chances = np.ones(1)  # of 0, 1, 2, … covered
    for probability in promised:
        chances = np.convolve(chances, [1 - probability, probability])
    held = sum(map(bool, covered))
    mean = float(np.mean(promised)) if len(promised) else math.nan
    return Coverage(len(covered), held, mean, min(1.0, float(chances[: held + 1].sum())))


def without_group(errors_pct: Sequence[float], groups: Sequence[str]) -> Coverage:
    """How often a promise held where all errors of a group, such as a district, are left out; of no interval without five others.

    Example:
        >>> without_group([4.1, 1.5, 0.5, 0.4, 0.9], ["a", "a", "b", "b", "c"]).cells
        0
    """
    tried = []
    for error, group in zip(errors_pct, groups, strict=True):
        if found := promise([other for other, of in zip(errors_pct, groups, strict=True) if of != group]):
            tried.append((abs(error) <= found.radius_pct, found.level))
    return coverage([held for held, _ in tried], [level for _, level in tried])
