"""Growth with and without one year: what the averages, the slope and the test owe to it."""

from collections.abc import Sequence
from dataclasses import dataclass

from hanyang_data.statistics import trend
from hanyang_data.statistics.trend import TrendResult

YEAR = 2020


@dataclass(frozen=True)
class ShockResult:
    """One stretch of growth rates with and without a year."""

    year: int  # the year that is taken in and left out
    including: TrendResult  # the trend with it
    excluding: TrendResult  # the trend without it


def analyse(years: Sequence[int], rates: Sequence[float], *, year: int = YEAR) -> ShockResult | None:
    """Set growth with and without ``year`` beside each other (METHODS 1.1 T4); None where the year has no stated rate.

    Leaving a year out is the same regression as a dummy for it (Salkever 1976), and says so less grandly. The errors are those of
    the trend.
    """
    including = trend.analyse(years, rates, kind="rate")
    if year not in including.years:
        return None
    return ShockResult(year, including, trend.analyse(years, rates, kind="rate", left_out=[year]))
