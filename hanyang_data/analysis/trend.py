"""Trend of one short annual series: average growth with the interval its assumption carries, slope, exact test.

Nothing here knows what is measured: all it is told is whether the values are levels (a share is one) or growth rates in
percent. No year is special; call it with and without 2020 and show both.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, permutations

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from hanyang_data.analysis import small_sample as ss
from hanyang_data.analysis.small_sample import Estimate, Test
from hanyang_data.errors import ParameterError, nearest
from hanyang_data.wording import Text, join, number, year_list

FLOOR = {"level": 0, "rate": -100}  # what kinds of series there are; at or below the floor there is no logarithm
ALL_ORDERS_UP_TO = 8  # 8! = 40,320 permutations

SLOPE, NO_TREND = Text("The Theil–Sen slope", "Theil–Sen斜率"), Text("the absence of a trend", "不存在趋势")
NOTHING, ALL_MISSING = Text("no value is given", "未给出任何数值"), Text("{years} missing", "{years}均缺数据")
DIFFERENCE = Text("They differ by {change}.", "两者相差{change}。")
MEAN = Text("The mean is {mean}.", "均值为{mean}。")
EXTREMES = Text("The lowest is {low} ({low_year}), the highest {high} ({high_year}).",
                "最低为{low}（{low_year}年），最高为{high}（{high_year}年）。")  # fmt: skip
GROWTH = {
    "level": Text("From {first} to {last} growth averages {rate} a year ({elapsed} years elapsed).",
                  "{first}年至{last}年年均增速为{rate}（首尾相隔{elapsed}年）。"),
    "rate": Text("The average of the listed years ({years}) is {rate} a year (geometric mean).",
                 "{years}各年增速的几何平均值为{rate}。"),
}  # fmt: skip
RANDOM_WALK = Text("If growth varies independently from year to year, its 95% interval is {span} (n = {n}).",
                   "若各年增速相互独立，其95%区间为{span}（n={n}）。")  # fmt: skip
AROUND_A_LINE = Text("If the level varies independently around a log-linear line, growth is {rate} a year ({span}).",
                     "若各年水平围绕对数线性趋势独立波动，年均增速为{rate}（95%区间{span}）。")  # fmt: skip
# keyed by whether the two intervals differ about zero growth
DEPENDS = {
    False: Text("How precisely growth is known depends on the assumption.", "增速估计的精确程度取决于采用哪种假设。"),
    True: Text("Whether zero growth is ruled out depends on the assumption.", "能否排除零增长取决于采用哪种假设。"),
}
NO_LOG = Text(
    "The value of {years} is at or below {floor} and has no logarithm: average growth that needs one is left out, "
    "look at the change in units.",
    "{years}的数值不高于{floor}，无法取对数，需取对数的年均增速不予计算，请看绝对变化。",
)


@dataclass(frozen=True)
class TrendResult:
    """What one series says about its trend; what its number of observations does not carry is None.

    Args:
        kind: ``level`` or ``rate``.
        n: usable observations.
        years: their years, in order.
        values: their values, in the unit that came in.
        missing: years between the first and the last one given that have no value.
        cagr_pct: average growth, % a year. Of levels: from the first to the last year, over the years elapsed. Of
            rates: geometric mean of the listed rates, that is the average of the listed years.
        mean_log_growth: the same average with its interval, % a year; exact for a random walk with drift.
        log_linear: growth of a log-linear line, % a year, of levels only; exact for independent errors around a line.
        theil_sen: median slope, in the unit of the values a year (of rates: pp a year).
        line: the Theil–Sen line at ``years``, through the medians of years and values.
        mann_kendall: exact test of no trend; the statistic is S, rises less falls over all pairs of years.
        depends_on_assumption: True if the interval of ``log_linear`` leaves out values that that of ``mean_log_growth``
            includes.
        verdict: all of it in words.
    """

    kind: str
    n: int
    years: tuple[int, ...]
    values: tuple[float, ...]
    missing: tuple[int, ...]
    cagr_pct: float | None
    mean_log_growth: Estimate | None
    log_linear: Estimate | None
    theil_sen: Estimate | None
    line: tuple[float, ...] | None
    mann_kendall: Test | None
    depends_on_assumption: bool
    verdict: Text


def analyse(years: Sequence[int], values: Sequence[float], *, kind: str) -> TrendResult:
    """Describe the trend of one annual series.

    Args:
        years: whole years in any order, one a value.
        values: levels in any unit, or rates in percent; NaN is a missing year and stays one.
        kind: ``level`` (also a share or an unemployment rate) or ``rate`` (growth).

    Raises:
        ParameterError: for unequal lengths, years that are not whole or stand twice, infinite values, an unknown kind.
    """
    if kind not in FLOOR:
        raise ParameterError(f"unknown kind {kind!r}: {nearest(kind, FLOOR)}")
    if len(years) != len(values):
        raise ParameterError(f"{len(years)} years and {len(values)} values: one value a year is needed")
    given = ss.by_year(pd.Series(list(values), index=list(years), dtype=object), "values")
    known = ss.usable(given)
    n, ys, xs = len(known), tuple(known), tuple(known.values())
    inference = ss.permits("interval", n) and not _without_log(known, kind)
    growth = mean_log_growth(*_log_steps(ys, xs, kind)) if inference else None
    fit = log_linear(ys, xs) if inference and kind == "level" else None
    slope = theil_sen(ys, xs)
    result = TrendResult(
        kind=kind,
        n=n,
        years=ys,
        values=xs,
        missing=tuple(y for y in range(min(given), max(given) + 1) if y not in known) if given else (),
        cagr_pct=_average_growth(known, kind) if ss.permits("mean", n) else None,
        mean_log_growth=growth,
        log_linear=fit,
        theil_sen=slope,
        line=tuple(float(np.median(xs) + slope.value * (y - np.median(ys))) for y in ys) if slope else None,
        mann_kendall=mann_kendall(xs),
        depends_on_assumption=growth is not None and fit is not None and _excludes(fit, growth),
        verdict=Text("", ""),
    )
    return replace(result, verdict=_verdict(result))


def geometric_mean_pct(rates: Sequence[float]) -> float:
    """Average of growth rates in percent: -30 then +40 is -1.0 a year, not the +5.0 of the arithmetic mean.

    Raises:
        ParameterError: without a rate, or for one of -100% or less.
    """
    average = _average_growth(dict(enumerate(rates)), "rate") if len(rates) else None
    if average is None:
        raise ParameterError(f"no average growth of {list(rates)}: rates above -100% are needed")
    return average


def mean_log_growth(steps: Sequence[float], spans: Sequence[float]) -> Estimate | None:
    """Mean log growth with an exact t interval, as % a year, for a random walk with drift; None below four steps.

    Args:
        steps: differences of logarithms.
        spans: the years each of them covers, 2 and more across missing years. A longer step has a larger variance.
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
    if not ss.permits("regression", n):
        return None
    from statsmodels.regression.linear_model import OLS  # a second to import, and seldom needed at this length

    x = np.asarray(years, dtype=float) - np.mean(
        years
    )  # centred: years near 2,000 condition the normal equations badly
    fit = OLS(np.log(np.asarray(values, dtype=float)), np.column_stack([np.ones(n), x])).fit()
    name = "log-linear trend (OLS), t interval"
    return _as_growth(float(fit.params[1]), float(fit.bse[1]), n - 2, name, n)


def theil_sen(years: Sequence[float], values: Sequence[float]) -> Estimate | None:
    """Median of all slopes between two years (Theil 1950, Sen 1968), years unequally spaced or not; None below five.

    The interval takes the slopes at ranks rounded as scipy does. Without ties these are the ranks of the exact
    distribution of S from n = 5 to 12, with at least 95%; EPA's guidance interpolates between ranks instead.
    """
    if not ss.permits("slope", len(values)):
        return None
    found = stats.theilslopes(values, years, alpha=1 - ss.ALPHA, method="separate")
    name = "Theil–Sen slope, rank interval"
    return Estimate(float(found.slope), float(found.low_slope), float(found.high_slope), name, len(values))


def mann_kendall(values: Sequence[float]) -> Test | None:
    """Exact two-sided test of no trend in values that stand in order of time (Mann 1945); None below five.

    Rates rounded to one decimal tie often, and the normal approximation is wrong for them: all permutations are gone
    through up to n = 8, 100,000 seeded random ones above.
    """
    n = len(values)
    if not ss.permits("test", n):
        return None
    series = np.array([[float(ss.exact(value)) for value in values]])
    s = int(_kendall_s(series)[0])
    if len(set(series[0])) == n:
        p_value = float(stats.kendalltau(range(n), series[0], method="exact").pvalue)
        return Test(s, p_value, "Mann–Kendall, exact", n)
    drawn = n > ALL_ORDERS_UP_TO
    if drawn:
        orders = np.random.default_rng(ss.SEED).permuted(np.repeat(series, ss.DRAWS, axis=0), axis=1)
    else:
        orders = series[0][np.array(list(permutations(range(n))))]
    name = "Mann–Kendall with ties, " + ("100,000 random draws" if drawn else "exact")
    p_value = ss.share_as_extreme(np.abs(_kendall_s(orders)), abs(s), drawn=drawn)
    return Test(s, p_value, name, n)


def _kendall_s(series: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Rises less falls over all pairs, for each row."""
    pairs = combinations(range(series.shape[1]), 2)
    return np.asarray(sum(np.sign(series[:, j] - series[:, i]) for i, j in pairs))


def _as_growth(slope: float, error: float, df: int, method: str, n: int) -> Estimate:
    value, low, high = (100 * math.expm1(x) for x in (slope, *ss.t_interval(slope, error, df)))
    return Estimate(value, low, high, method, n)


def _log_steps(years: Sequence[int], values: Sequence[float], kind: str) -> tuple[Sequence[float], Sequence[float]]:
    if kind == "rate":  # a printed rate is the growth of its own year, whatever year came before it in the list
        return [math.log1p(rate / 100) for rate in values], [1] * len(values)
    return np.diff(np.log(values)).tolist(), np.diff(years).tolist()


def _without_log(known: Mapping[int, float], kind: str) -> list[int]:
    """Years at or below the floor where a logarithm ends."""
    return [year for year, value in known.items() if value <= FLOOR[kind]]


def _average_growth(known: Mapping[int, float], kind: str) -> float | None:
    # of levels only the ends count, and the years elapsed between them, not the number of points
    used = known if kind == "rate" else {year: known[year] for year in (min(known), max(known))}
    if _without_log(used, kind):
        return None
    steps, spans = _log_steps(tuple(used), tuple(used.values()), kind)
    return 100 * math.expm1(math.fsum(steps) / math.fsum(spans))


def _excludes(narrow: Estimate, wide: Estimate) -> bool:
    """Whether the first interval leaves out values of the second, at the one decimal that is printed."""
    return round(narrow.low, 1) > round(wide.low, 1) or round(narrow.high, 1) < round(wide.high, 1)


def _verdict(r: TrendResult) -> Text:
    if not r.n:
        given = ALL_MISSING.format(years=year_list(r.missing)) if r.missing else NOTHING
        return ss.NO_OBSERVATION.format(reasons=given)
    parts = [] if ss.permits("interval", r.n) else _listed(r)
    if r.cagr_pct is not None:
        first, last, rate = r.years[0], r.years[-1], ss.amount(r.cagr_pct, "percent", sign=False)
        years = year_list(r.years)
        parts.append(GROWTH[r.kind].format(first=first, last=last, elapsed=last - first, years=years, rate=rate))
    floored = _without_log(dict(zip(r.years, r.values, strict=True)), r.kind)
    if floored and ss.permits("mean", r.n):
        parts.append(NO_LOG.format(years=year_list(floored), floor=number(FLOOR[r.kind])))
    parts += _intervals(r)
    if r.theil_sen and r.mann_kendall:
        unit: ss.Unit = "pp_a_year" if r.kind == "rate" else "a_year"
        decimals = 2 if r.kind == "rate" else _places(r.values)
        words = ss.Subject(SLOPE, NO_TREND, unit, decimals)
        parts.append(ss.inference(r.theil_sen, r.mann_kendall, r.years, words))
    if r.missing:
        parts.append(ss.MISSING.format(years=year_list(r.missing)))
    return join(parts)


def _listed(r: TrendResult) -> list[Text]:
    """The words for one to four observations."""

    def show(value: float, *, sign: bool = False, decimals: int | None = None) -> Text:
        if r.kind == "rate":
            return ss.amount(value, "percent", sign=sign)
        return Text(*[number(float(ss.exact(value)), decimals, sign=sign)] * 2)

    known = dict(zip(r.years, r.values, strict=True))
    parts = [ss.too_few({year: show(value) for year, value in known.items()})]
    if r.n == 2:
        change = float(ss.exact(r.values[1]) - ss.exact(r.values[0]))
        shown = ss.amount(change, "pp") if r.kind == "rate" else show(change, sign=True)
        parts.append(DIFFERENCE.format(change=shown))
    if ss.permits("mean", r.n):
        if r.kind == "level":  # growth rates are averaged geometrically, in the sentence that follows
            parts.append(MEAN.format(mean=show(float(np.mean(r.values)), decimals=_places(r.values))))
        low, high = min(known, key=known.__getitem__), max(known, key=known.__getitem__)
        parts.append(EXTREMES.format(low=show(known[low]), low_year=low, high=show(known[high]), high_year=high))
    return parts


def _intervals(r: TrendResult) -> list[Text]:
    def span(found: Estimate) -> Text:
        return ss.span(found.low, found.high, "percent", sign=False)

    growth, fit = r.mean_log_growth, r.log_linear
    parts = [RANDOM_WALK.format(span=span(growth), n=growth.n)] if growth else []
    if fit:
        parts.append(AROUND_A_LINE.format(rate=ss.amount(fit.value, "percent", sign=False), span=span(fit)))
    if growth and fit and r.depends_on_assumption:
        zero = [found.low <= 0 <= found.high for found in (growth, fit)]
        parts.append(DEPENDS[zero[0] != zero[1]])
    return parts


def _places(values: Sequence[float]) -> int:
    """Decimals of a computed level: four digits in all, and never more than one beyond what was printed."""
    printed = max(-int(ss.exact(value).normalize().as_tuple().exponent) for value in values)
    return min(max(printed, 0) + 1, max(1, 3 - ss.exact(max(map(abs, values))).adjusted()))
