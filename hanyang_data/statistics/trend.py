"""Trend of one short annual series: average growth with the interval its assumption carries, slope, exact test.

Nothing here knows what is measured: all it is told is whether the values are levels, growth rates or shares
in percent. No year is special; :func:`with_and_without` sets the series with and without one beside each other.
"""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, permutations

import numpy as np
import numpy.typing as npt
import pandas as pd
import scipy  # whose parts are imported when they are asked for

from hanyang_data.errors import ParameterError, nearest
from hanyang_data.statistics import small_sample as ss
from hanyang_data.statistics.small_sample import ALPHA, Estimate, Test, permits

FLOOR = {"level": 0, "rate": -100}  # kinds of series of which growth is computed; at or below the floor there is no logarithm
ALL_ORDERS_UP_TO = 8  # 8! = 40,320 permutations


def mean_log_growth(steps: Sequence[float], spans: Sequence[float]) -> Estimate | None:
    """Mean log growth with an exact t interval, as % a year, for a random walk with drift; None below four steps.

    ``spans`` are the years that each difference of logarithms covers, 2 and more across missing years: its variance is larger.
    """
    m = len(steps)
    if m < 4:
        return None
    d, h = np.asarray(steps, dtype=float), np.asarray(spans, dtype=float)
    drift = float(d.sum() / h.sum())
    variance = float(((d - h * drift) ** 2 / h).sum() / (m - 1))
    return _as_growth(drift, math.sqrt(variance / h.sum()), m - 1, "mean log growth, t interval", m)


def log_linear(years: Sequence[float], values: Sequence[float]) -> Estimate | None:
    """Growth of the least-squares line through the logarithms, % a year; None below eight values.

    Its interval is exact for independent errors around a line only; for a random walk with drift the 95% are 53% at
    n = 8, so read it beside `mean_log_growth`.
    """
    n = len(values)
    if not permits("regression", n):
        return None
    from statsmodels.regression.linear_model import OLS  # a second to import, and seldom needed at this length

    x = np.asarray(years, dtype=float) - np.mean(years)  # centred: years near 2,000 condition the normal equations badly
    fit = OLS(np.log(np.asarray(values, dtype=float)), np.column_stack([np.ones(n), x])).fit()
    name = "log-linear trend (OLS), t interval"
    return _as_growth(float(fit.params[1]), float(fit.bse[1]), n - 2, name, n)


def chained(years: Sequence[int], rates: Sequence[float]) -> tuple[list[int], list[float]]:
    """The index that growth rates of consecutive years chain, 100 in the year before the first; empty across a gap.

    Growth in percent of a year is that of the index over the year before, so a year without a rate ends the chain.
    """
    if not len(years) or list(years) != list(range(years[0], years[0] + len(years))) or min(rates) <= FLOOR["rate"]:
        return [], []
    logs = np.cumsum([0.0, *(math.log1p(rate / 100) for rate in rates)])
    return [years[0] - 1, *years], (100 * np.exp(logs)).tolist()


def log_linear_of_index(years: Sequence[int], rates: Sequence[float]) -> Estimate | None:
    """`log_linear` through the index that consecutive growth rates chain; None below eight rates or across a gap.

    ``n`` counts the rates; the base year of the index is one point more.
    """
    index_years, index = chained(years, rates)
    fit = log_linear(index_years, index) if permits("regression", len(rates)) and index else None
    return fit and replace(fit, method="log-linear trend (OLS) of the chained index, t interval", n=len(rates))


def theil_sen(years: Sequence[float], values: Sequence[float]) -> Estimate | None:
    """Median of all slopes between two years (Theil 1950, Sen 1968), years unequally spaced or not; None below five.

    The interval takes the slopes at ranks rounded as scipy does. Without ties these are the ranks of the exact
    distribution of S from n = 5 to 12, with at least 95%; EPA's guidance interpolates between ranks instead.
    """
    if not permits("slope", len(values)):
        return None
    found = scipy.stats.theilslopes(values, years, alpha=1 - ALPHA, method="separate")
    name = "Theil–Sen slope, rank interval"
    return Estimate(float(found.slope), float(found.low_slope), float(found.high_slope), name, len(values))


MANN_KENDALL = {
    "exact": "Mann–Kendall, exact",
    "ties": "Mann–Kendall with ties, exact",
    "draws": "Mann–Kendall with ties, 100,000 random draws",
}


def mann_kendall(
    values: Sequence[float], order: Sequence[float] = (), *, methods: Mapping[str, str] = MANN_KENDALL
) -> Test | None:
    """Exact two-sided test of no trend in values that stand in order of time (Mann 1945); None below five.

    Or in ``order``, such as the level before of each (Kendall 1938), in which some may tie; ``methods`` name the test.

    Rates rounded to one decimal tie often, and the normal approximation is wrong for them: all permutations are gone through up
    to n = 8, 100,000 seeded random ones above.
    """
    n = len(values)
    if not permits("test", n):
        return None
    order = order or range(n)
    digits = 12 - math.floor(math.log10(max(map(abs, values)) or 1))  # beyond these a float holds noise
    series = np.array([[round(float(value), digits) for value in values]])
    s = int(_kendall_s(series, order)[0])
    if len(set(series[0])) == n == len(set(order)):
        p_value = float(scipy.stats.kendalltau(order, series[0], method="exact").pvalue)
        return Test(s, p_value, methods["exact"], n)
    drawn = n > ALL_ORDERS_UP_TO
    if drawn:
        orders = np.random.default_rng(ss.SEED).permuted(np.repeat(series, ss.DRAWS, axis=0), axis=1)
    else:
        orders = series[0][np.array(list(permutations(range(n))))]
    p_value = ss.share_as_extreme(np.abs(_kendall_s(orders, order)), abs(s), drawn=drawn)
    return Test(s, p_value, methods["draws" if drawn else "ties"], n)


def _kendall_s(series: npt.NDArray[np.float64], order: Sequence[float]) -> npt.NDArray[np.float64]:
    """Rises less falls over all pairs that ``order`` tells apart, for each row."""
    pairs = combinations(range(series.shape[1]), 2)
    return np.asarray(sum(np.sign(series[:, j] - series[:, i]) * np.sign(order[j] - order[i]) for i, j in pairs))


def _as_growth(slope: float, error: float, df: int, method: str, n: int) -> Estimate:
    value, low, high = (100 * math.expm1(x) for x in (slope, *ss.t_interval(slope, error, df)))
    return Estimate(value, low, high, method, n)


def log_steps(years: Sequence[int], values: Sequence[float], kind: str) -> tuple[Sequence[float], Sequence[float]]:
    """Differences of logarithms and the years each of them covers."""
    if kind == "rate":  # a printed rate is the growth of its own year, whatever year came before it in the list
        return [math.log1p(rate / 100) for rate in values], [1] * len(values)
    return np.diff(np.log(values)).tolist(), np.diff(years).tolist()


def without_log(known: Mapping[int, float], kind: str) -> list[int]:
    """Years at or below the floor where a logarithm ends."""
    return [year for year, value in known.items() if value <= FLOOR[kind]]


def average_growth(known: Mapping[int, float], kind: str) -> float | None:
    """Average growth, % a year: geometric over rates, from the first to the last level over the years elapsed.

    -30 then +40 is -1.0 a year, not the +5.0 of the arithmetic mean. None without a value, or for one that has no logarithm.
    """
    if not known:
        return None
    # of levels only the ends count, and the years elapsed between them, not the number of points
    used = known if kind == "rate" else {year: known[year] for year in (min(known), max(known))}
    if without_log(used, kind):
        return None
    steps, spans = log_steps(tuple(used), tuple(used.values()), kind)
    return 100 * math.expm1(math.fsum(steps) / math.fsum(spans))


KINDS = (*FLOOR, "share")
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
    inference = permits("interval", n) and kind in FLOOR and in_a_row and not without_log(known, kind)
    growth = mean_log_growth(*log_steps(ys, xs, kind)) if inference else None
    fit = (log_linear if kind == "level" else log_linear_of_index)(ys, xs) if inference else None
    slope = theil_sen(ys, xs)
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
        cagr_pct=average_growth(known, kind) if permits("mean", n) and kind in FLOOR and in_a_row else None,
        mean_log_growth=growth and replace(growth, n=n),
        log_linear=fit,
        theil_sen=slope,
        line=tuple(float(np.median(xs) + slope.value * (y - np.median(ys))) for y in ys) if slope else None,
        mann_kendall=mann_kendall(xs),
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
    return ShockResult(year, including, excluding, average_growth(pair, "rate") if len(pair) == 2 else None)
