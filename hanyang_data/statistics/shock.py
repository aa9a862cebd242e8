"""Growth with and without one year: what the averages, the slope and the test owe to it, and the two-year average after it."""

from collections.abc import Sequence
from dataclasses import dataclass

from hanyang_data.statistics import trend
from hanyang_data.statistics.slopes import average_growth
from hanyang_data.statistics.trend import TrendResult

YEAR = 2020


@dataclass(frozen=True)
class ShockResult:
    """One stretch of growth rates with and without a year."""

    year: int  # the year that is taken in and left out
    including: TrendResult  # the trend with it
    excluding: TrendResult  # the trend without it
    two_year_pct: float | None  # geometric average of the year and the next, % a year; None unless both are stated


def analyse(years: Sequence[int], rates: Sequence[float], *, year: int = YEAR) -> ShockResult | None:
    """Set growth with and without ``year`` beside each other (METHODS 1.1 T4); None where the year has no stated rate.

    Leaving a year out is the same regression as a dummy for it (Salkever 1976), and says so less grandly. The two-year average is
    that of the National Bureau of Statistics: sqrt((1+g)(1+g_next)) - 1, in percent. The errors are those of the trend.
    """
    including = trend.analyse(years, rates, kind="rate")
    if year not in including.years:
        return None
    excluding = trend.analyse(years, rates, kind="rate", left_out=[year])
    known = dict(zip(including.years, including.values, strict=True))
    pair = {y: known[y] for y in (year, year + 1) if y in known}
    return ShockResult(year, including, excluding, average_growth(pair, "rate") if len(pair) == 2 else None)
