"""Trend of one short annual series: average growth with the interval its assumption carries, slope, exact test.

Nothing here knows what is measured: all it is told is whether the values are levels, growth rates or shares
in percent. No year is special; :func:`with_and_without` sets the series with and without one beside each other.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from hanyang_data.errors import ParameterError, nearest
from hanyang_data.statistics import slopes
from hanyang_data.statistics import small_sample as ss
from hanyang_data.statistics.ladder import permits
from hanyang_data.statistics.small_sample import Estimate, Test

KINDS = (*slopes.FLOOR, "share")
SHOCK = 2020  # the year that growth is shown with and without


@dataclass(frozen=True)
class TrendResult:
    """What one series says about its trend; what its number of observations does not carry is None."""

    kind: str  # ``level``, ``rate`` or ``share``
    n: int  # usable observations
    years: tuple[int, ...]  # their years, in order
    values: tuple[float, ...]  # their values, in the unit that came in
    missing: tuple[int, ...]  # years between the first and the last one given that have no value
    left_out: tuple[int, ...]  # years that the caller left out though a value is stated
    # average growth, % a year: of levels from the first to the last, over the years elapsed; of rates the geometric mean, where
    # the years follow on one another (less those left out on purpose)
    cagr_pct: float | None
    mean_log_growth: Estimate | None  # the same with its interval, % a year; exact for a random walk with drift
    # growth of a log-linear line, % a year; exact for independent errors around it. Of rates through the index that they chain,
    # where no year is missing
    log_linear: Estimate | None
    theil_sen: Estimate | None  # median slope, in the unit of the values a year (of rates: pp a year)
    line: tuple[float, ...] | None  # the Theil–Sen line at ``years``, through the medians of years and values
    mann_kendall: Test | None  # exact test of no trend; the statistic is S, rises less falls over all pairs of years
    depends_on_assumption: bool  # whether ``log_linear``'s interval leaves out values that ``mean_log_growth``'s includes


def analyse(years: Sequence[int], values: Sequence[float], *, kind: str, left_out: Collection[int] = ()) -> TrendResult:
    """Describe the trend of one annual series.

    Args:
        years: whole years in any order, one a value.
        values: levels in any unit, or rates in percent; NaN is a missing year and stays one.
        kind: ``level``; ``rate`` (growth in percent); ``share`` (a share or an unemployment rate, in percent): it moves by
            points, so that no growth of it is computed.
        left_out: years that are not used though a value is stated; they are named and not called missing.

    Raises:
        ParameterError: for unequal lengths, years that are not whole or stand twice, infinite values, an unknown kind.

    Example:
        >>> found = analyse([2020, 2021, 2022, 2023, 2024], [5, 6, 5.5, 7, 6.5], kind="rate")
        >>> found.n, round(found.cagr_pct, 2)
        (5, 6.0)
    """
    if kind not in KINDS:
        raise ParameterError(f"unknown kind {kind!r}: {nearest(kind, KINDS)}")
    if len(years) != len(values):
        raise ParameterError(f"{len(years)} years and {len(values)} values: one value a year is needed")
    given = ss.by_year(pd.Series(list(values), index=list(years), dtype=object), "values")
    stated = ss.usable(given)
    known = {year: value for year, value in stated.items() if year not in left_out}
    n, ys, xs = len(known), tuple(known), tuple(known.values())
    in_a_row = kind != "rate" or {*range(min(ys), max(ys) + 1)} <= {*ys, *left_out} if ys else False
    inference = permits("interval", n) and kind in slopes.FLOOR and in_a_row and not slopes.without_log(known, kind)
    growth = slopes.mean_log_growth(*slopes.log_steps(ys, xs, kind)) if inference else None
    fit = (slopes.log_linear if kind == "level" else slopes.log_linear_of_index)(ys, xs) if inference else None
    slope = slopes.theil_sen(ys, xs)
    depends = False  # at the one decimal that is printed
    if growth and fit:
        depends = round(fit.low, 1) > round(growth.low, 1) or round(fit.high, 1) < round(growth.high, 1)
    return TrendResult(
        kind=kind,
        n=n,
        years=ys,
        values=xs,
        missing=tuple(y for y in range(min(given), max(given) + 1) if y not in stated) if given else (),
        left_out=tuple(year for year in stated if year not in known),
        cagr_pct=slopes.average_growth(known, kind) if permits("mean", n) and kind in slopes.FLOOR and in_a_row else None,
        mean_log_growth=growth and replace(growth, n=n),
        log_linear=fit,
        theil_sen=slope,
        line=tuple(float(np.median(xs) + slope.value * (y - np.median(ys))) for y in ys) if slope else None,
        mann_kendall=slopes.mann_kendall(xs),
        depends_on_assumption=depends,
    )


def places(values: Sequence[float]) -> int:
    """Decimals of what is computed from values: those they were printed with, and no more than four digits in all."""
    printed = max(-int(ss.exact(value).normalize().as_tuple().exponent) for value in values)
    return min(max(printed, 0), max(0, 3 - ss.exact(max(map(abs, values))).adjusted()))


@dataclass(frozen=True)
class ShockResult:
    """One stretch of growth rates with and without a year."""

    year: int  # the year that is taken in and left out
    including: TrendResult  # the trend with it
    excluding: TrendResult  # the trend without it
    two_year_pct: float | None  # geometric average of the year and the next, % a year; None unless both are stated


def with_and_without(years: Sequence[int], rates: Sequence[float], *, year: int = SHOCK) -> ShockResult | None:
    """Set growth with and without ``year`` beside each other (METHODS 1.1 T4); None where the year has no stated rate.

    Leaving a year out is the same regression as a dummy for it (Salkever 1976), and says so less grandly. The two-year average is
    that of the National Bureau of Statistics: sqrt((1+g)(1+g_next)) - 1, in percent. The errors are those of :func:`analyse`.
    """
    including = analyse(years, rates, kind="rate")
    if year not in including.years:
        return None
    excluding = analyse(years, rates, kind="rate", left_out=[year])
    known = dict(zip(including.years, including.values, strict=True))
    pair = {y: known[y] for y in (year, year + 1) if y in known}
    return ShockResult(year, including, excluding, slopes.average_growth(pair, "rate") if len(pair) == 2 else None)
