"""What a handful of annual observations carries: the reporting ladder, reading a series, and the exact statistics on it.

Nothing is estimated below five usable observations.
"""

import math
import numbers
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Context, Decimal
from typing import ClassVar, Literal, NamedTuple, TypeAlias, cast

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy  # whose parts are imported when they are asked for: special is at hand sooner than stats

from hanyang_data.errors import ParameterError
from hanyang_data.words.wording import Text, messages

SAYS = messages(__name__)
Annual: TypeAlias = "Mapping[int, float] | pd.Series[float]"
Permit = Literal["mean", "interval", "slope", "test", "regression"]
ALPHA = 0.05
DRAWS = 100_000  # random permutations where all of them are too many
SEED = 2017
LARGEST = Context(prec=400)  # digits of the largest float, and its decimals
ALL_SIGNS_UP_TO = 20  # about a million patterns
# the smallest number of usable observations from which on each may be computed
LOWEST: dict[Permit, int] = {"mean": 3, "interval": 5, "slope": 5, "test": 5, "regression": 8}


class Refusal(NamedTuple):
    """A method that is refused on short series: its name, from how many observations on it may be used, and why."""

    method: Text
    lowest: int
    reason: Text


# METHODS 1.1 T4, T6, T7, 1.2 and 3 (15). The shares of false alarms are simulated (40,000 draws, a true null, nominal 5%).
LENGTHS = {"hac": 30, "filter": 15, "unknown_break": 30, "bootstrap": 30}
REFUSED = {name: Refusal(lowest=LENGTHS[name], **said) for name, said in SAYS.records("refused").items()}


def permits(what: Permit, n: int) -> bool:
    """Whether ``n`` usable observations carry ``what``."""
    return n >= LOWEST[what]


def smallest_sign_flip_p(n: int) -> float:
    """The smallest two-sided p-value that the signs of ``n`` values can give."""
    return float(2 / 2**n)


def refused(n: int) -> dict[str, Refusal]:
    """The methods that ``n`` usable observations do not carry, by name."""
    return {name: refusal for name, refusal in REFUSED.items() if n < refusal.lowest}


class Range(NamedTuple):
    """Lowest and highest value."""

    low: float
    high: float


@dataclass(frozen=True)
class Estimate:
    """A number with its 95% interval, all three in the same unit; ``n`` counts what it was computed from."""

    value: float
    low: float
    high: float
    method: str
    n: int

    def times(self, factor: float) -> "Estimate":
        """The same in another unit: a share in percent."""
        return replace(self, value=self.value * factor, low=self.low * factor, high=self.high * factor)


@dataclass(frozen=True)
class Test:
    """A two-sided test."""

    __test__: ClassVar[bool] = False  # keeps pytest from collecting it

    statistic: float
    p_value: float
    method: str
    n: int

    @property
    def way(self) -> str:
        """Up or down where the statistic is told from zero at 5%, else open."""
        return "open" if self.p_value > ALPHA else "down" if self.statistic < 0 else "up"


def by_year(series: Annual, what: str) -> dict[int, float]:
    """Year -> value in order of year; a missing value (None, NaN, NA) is NaN.

    A ParameterError for anything but a mapping or Series, a year that is not whole or stands twice, a value that is not finite.
    """
    if not isinstance(series, Mapping | pd.Series):
        raise ParameterError(f"{what} must be a mapping or a Series indexed by year, not {type(series).__name__}")
    found: dict[int, float] = {}
    for label, value in series.items():
        year = whole_year(label, what)
        if year in found:
            raise ParameterError(f"{what}: year {year} stands twice, one value a year is needed")
        missing = value is None or value is pd.NA
        if not missing and (not isinstance(value, numbers.Real | Decimal) or math.isinf(value)):
            raise ParameterError(f"{what} of {year} must be a finite number or missing, not {value!r}")
        found[year] = math.nan if missing else float(value)
    return dict(sorted(found.items()))


def usable(values: Mapping[int, float]) -> dict[int, float]:
    """The observations that are there."""
    return {year: value for year, value in values.items() if not math.isnan(value)}


def whole_year(label: object, what: str) -> int:
    """``label`` as a year; 2020.0 is one, as an index turns float when a frame has gaps; a ParameterError for anything else."""
    whole = isinstance(label, numbers.Integral) or (isinstance(label, float) and label.is_integer())
    if not whole or isinstance(label, bool):
        raise ParameterError(f"{what}: years must be whole numbers, not {label!r}")
    return int(cast(int, label))


def finite(value: object) -> bool:
    """Whether it is a number, and no text that looks like one.

    Example:
        >>> finite(1), finite("1"), finite(math.nan)
        (True, False, False)
    """
    return isinstance(value, numbers.Real) and math.isfinite(value)


def exact(value: float, places: int = 6) -> Decimal:
    """The decimal number that was printed; the noise of a computed float beyond six places is not part of it."""
    return Decimal(str(value)).quantize(Decimal(1).scaleb(-places), context=LARGEST)


def t_interval(value: float, error: float, df: int) -> Range:
    """95% interval from a standard error and its degrees of freedom."""
    reach = float(scipy.special.stdtrit(df, 1 - ALPHA / 2)) * error
    return Range(value - reach, value + reach)


def mean_interval(values: Sequence[float]) -> Estimate | None:
    """Arithmetic mean with Student's t interval; None below five values."""
    n = len(values)
    if not permits("interval", n):
        return None
    mean = float(np.mean(values))
    low, high = t_interval(mean, float(np.std(values, ddof=1)) / math.sqrt(n), n - 1)
    return Estimate(mean, low, high, "mean, t interval", n)


def sign_flip(values: Sequence[float]) -> Test | None:
    """Fisher's randomisation test of a zero mean: are the signs of the values arbitrary?

    All 2**n patterns of signs up to n = 20, seeded random ones above. None below six values, where p stays above 5%.
    """
    n = len(values)
    if not permits("test", n) or smallest_sign_flip_p(n) > ALPHA:
        return None
    drawn = n > ALL_SIGNS_UP_TO
    sums = np.zeros(1)
    if drawn:
        sums = np.random.default_rng(SEED).choice((-1, 1), size=(DRAWS, n)) @ np.asarray(values, dtype=float)
    else:
        for value in values:
            sums = np.concatenate((sums + value, sums - value))
    name = "sign-flip test of the mean, " + ("100,000 random draws" if drawn else "exact")
    p_value = share_as_extreme(np.abs(sums), abs(math.fsum(values)), drawn=drawn)
    return Test(math.fsum(values) / n, p_value, name, n)


def share_as_extreme(null: npt.NDArray[np.float64], observed: float, *, drawn: bool) -> float:
    """Share of null values no smaller than the observed one, which counts as one more draw where they are drawn."""
    slack = 1e-9 * max(1.0, observed)  # equal sums of decimals differ in the last bits of a float
    hits = int(np.count_nonzero(null >= observed - slack))
    return (hits + 1) / (len(null) + 1) if drawn else hits / len(null)


def leave_one_out(values: Sequence[float]) -> Range | None:
    """Lowest and highest mean when any one value is left out; None below five values."""
    n = len(values)
    if not permits("interval", n):
        return None
    means = [(math.fsum(values) - value) / (n - 1) for value in values]
    return Range(min(means), max(means))


def hit_rate(hits: int, n: int) -> Estimate | None:
    """Share of hits (0 to 1) with the exact interval of Clopper and Pearson (1934); None below five cases."""
    if not permits("interval", n):
        return None
    low = float(scipy.special.betaincinv(hits, n - hits + 1, ALPHA / 2)) if hits else 0.0
    high = float(scipy.special.betaincinv(hits + 1, n - hits, 1 - ALPHA / 2)) if hits < n else 1.0
    return Estimate(hits / n, low, high, "share, Clopper–Pearson interval", n)


def ranks(value: Sequence[float], low: Sequence[float], high: Sequence[float]) -> pd.DataFrame:
    """Ranks from the highest value down, and the ranks that the intervals allow.

    One ranks behind those whose whole interval lies above its own and before those whose whole interval lies below it; of the
    others nobody can tell. The intervals are taken one by one: two of 95% that part, equal and independent, are of the same
    value in 6 cases of 1,000 (of up to 50 where one is much shorter), so that among thousands some are set apart by chance.

    ``low`` and ``high`` are the ends of 95% intervals. One row each, in the order given: ``rank`` (equal values share the best),
    ``rank_low``, ``rank_high``.

    Example:
        >>> ranks([5, 9, 1], [4, 8, 0], [6, 10, 2]).values.tolist()
        [[2, 2, 2], [1, 1, 1], [3, 3, 3]]
        >>> ranks([5, 9, 1], [3, 6, -1], [7, 12, 3]).values.tolist()
        [[2, 1, 3], [1, 1, 2], [3, 2, 3]]
    """
    middle, lows, highs = (np.asarray(ends, dtype=float) for ends in (value, low, high))
    return pd.DataFrame(
        {
            "rank": 1 + len(middle) - np.searchsorted(np.sort(middle), middle, "right"),
            "rank_low": 1 + len(middle) - np.searchsorted(np.sort(lows), highs, "right"),
            "rank_high": len(middle) - np.searchsorted(np.sort(highs), lows, "left"),
        }
    )
