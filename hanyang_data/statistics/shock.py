"""Growth with and without one year: what the averages, the slope and the test owe to it, and the two-year average after it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from hanyang_data.statistics import small_sample as ss
from hanyang_data.statistics import trend
from hanyang_data.statistics.trend import TrendResult
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import Text, join

SAYS = messages(__name__)

YEAR = 2020
NAME = SAYS.name

WITH = SAYS["with"]
WITHOUT = SAYS.without
# keyed by whether the two tests come to the same result
TESTS = {True: SAYS["tests.yes"], False: SAYS["tests.no"]}
P = SAYS.p


@dataclass(frozen=True)
class ShockResult:
    """One stretch of growth rates with and without a year.

    Args:
        year: the year that is taken in and left out.
        including: the trend with it.
        excluding: the trend without it.
        two_year_pct: geometric average of the year and the next, % a year; None unless both are stated.
        verdict: all of it in words.
    """

    year: int
    including: TrendResult
    excluding: TrendResult
    two_year_pct: float | None
    verdict: Text


def analyse(years: Sequence[int], rates: Sequence[float], *, year: int = YEAR) -> ShockResult | None:
    """Set growth with and without ``year`` beside each other (METHODS 1.1 T4); None where the year has no stated rate.

    Leaving a year out is the same regression as a dummy for it (Salkever 1976), and says so less grandly. The two-year
    average is that of the National Bureau of Statistics: sqrt((1+g)(1+g_next)) - 1, in percent.

    Args:
        years: whole years, one a rate.
        rates: growth in percent on the year before.
        year: the year in question.

    Raises:
        ParameterError: as of :func:`trend.analyse`.
    """
    including = trend.analyse(years, rates, kind="rate")
    if year not in including.years:
        return None
    excluding = trend.analyse(years, rates, kind="rate", left_out=[year])
    known = dict(zip(including.years, including.values, strict=True))
    pair = [known[y] for y in (year, year + 1) if y in known]
    two = trend.geometric_mean_pct(pair) if len(pair) == 2 and min(pair) > -100 else None
    return ShockResult(year, including, excluding, two, _verdict(year, including, excluding, two))


def _verdict(year: int, a: TrendResult, b: TrendResult, two_year_pct: float | None) -> Text:
    sides = [_average(WITH, year, a), _average(WITHOUT, year, b)]
    parts = [SAYS.both.format(a=_capital(sides[0]), b=sides[1])]
    if a.cagr_pct is None and b.cagr_pct is None:
        parts = [SAYS.neither.format(year=year, a=a.n, b=b.n)]
    if a.theil_sen and b.theil_sen:
        slopes = [ss.amount(r.value, "pp_a_year", decimals=2) for r in (a.theil_sen, b.theil_sen)]
        parts.append(SAYS.slopes.format(a=slopes[0], b=slopes[1], year=year))
    if a.mann_kendall and b.mann_kendall:
        same = (a.mann_kendall.p_value <= ss.ALPHA) == (b.mann_kendall.p_value <= ss.ALPHA)
        p = [P.format(p=ss.p_number(t)) for t in (a.mann_kendall, b.mann_kendall)]
        parts.append(TESTS[same].format(a=p[0], b=p[1]))
    if two_year_pct is not None:
        rate = ss.amount(two_year_pct, "percent", sign=False)
        parts.append(SAYS.two_years.format(year=year, next=year + 1, rate=rate))
    return join(parts)


def _average(which: Text, year: int, r: TrendResult) -> Text:
    name = which.format(year=year)
    if r.cagr_pct is None:
        return SAYS.too_few.format(which=name, n=r.n)
    found = r.mean_log_growth
    span = SAYS.span.format(span=ss.span(found.low, found.high, "percent", sign=False)) if found else Text("", "")
    return SAYS.average.format(which=name, rate=ss.amount(r.cagr_pct, "percent", sign=False), span=span, n=r.n)


def _capital(text: Text) -> Text:
    return Text(text.en[0].upper() + text.en[1:], text.zh)
