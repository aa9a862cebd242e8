"""Were targets unbiased forecasts of outturns? The regression of Mincer and Zarnowitz, under its guards.

A target is a plan and no forecast: a rejection says "not an unbiased forecast", never "irrational".
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from hanyang_data.errors import ParameterError
from hanyang_data.record.targets import Target
from hanyang_data.statistics import small_sample as ss
from hanyang_data.statistics.small_sample import Annual, Estimate, Test
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import Text, number, year_list

SAYS = messages(__name__)

# the guards, judgements of METHODS 1.3 S5: below them slope and constant are not identified
LOWEST_N, LOWEST_DISTINCT, LOWEST_SD = 8, 4, 0.5


class Line(NamedTuple):
    """Constant and slope with their standard errors and 95% intervals."""

    constant: Estimate
    slope: Estimate
    constant_error: float
    slope_error: float


@dataclass(frozen=True)
class Efficiency:
    """The regression, or why there is none.

    Args:
        n: years with a number on both sides.
        line: the fitted line; None where a guard forbids it.
        joint: F test of constant 0 and slope 1 together; None with it.
        verdict: the result or the reason in words.
    """

    n: int
    line: Line | None
    joint: Test | None
    verdict: Text


def mincer_zarnowitz(outturns: Annual, targets: Mapping[int, Target]) -> Efficiency:
    """Regress outturns on targets, ``x = a + b · target + e``, and test a = 0 and b = 1 together.

    A target enters with one number: the middle of a range, the number of a floor or a ceiling. With RSS(a, b) the residual sum
    of squares of the fit and RSS(0, 1) that of the errors themselves, F = ((RSS(0, 1) − RSS(a, b)) / 2) / (RSS(a, b) / (n − 2)).

    Guards: at least 8 years, 4 different targets, and a standard deviation of the targets of 0.5 pp; growth in percent only.

    Args:
        outturns: percent by year; first published ones, as revised data answer another question.
        targets: year → Target, in percent.

    Reference: Mincer and Zarnowitz (1969), as in Franses and Welz (2018).
    """
    done = ss.usable(ss.by_year(outturns, "outturns"))
    if any(aim.unit != "percent" and _number(aim) is not None for aim in targets.values()):
        return Efficiency(0, None, None, SAYS.not_growth)
    aims = {year: value for year, aim in targets.items() if (value := _number(aim)) is not None}
    years = sorted(done.keys() & aims.keys())
    x, y = np.array([aims[year] for year in years]), np.array([done[year] for year in years])
    refusal = _refusal(x)
    if refusal:
        return Efficiency(len(years), None, None, refusal)
    line, joint = _fit(x, y)
    return Efficiency(len(years), line, joint, _words(line, joint, years))


def _number(aim: Target) -> float | None:
    ends = [float(ss.exact(end)) for end in (aim.low, aim.high) if end is not None]
    return sum(ends) / len(ends) if ends else None


def _refusal(x: np.ndarray) -> Text | None:
    n, distinct = len(x), len(set(x.tolist()))
    if n < LOWEST_N:
        return SAYS.too_few.format(least=LOWEST_N, n=n)
    if distinct < LOWEST_DISTINCT:
        return SAYS.too_alike.format(least=LOWEST_DISTINCT, n=distinct)
    sd = round(float(np.std(x, ddof=1)), 6)
    return SAYS.too_close.format(sd=number(sd, 2), least=number(LOWEST_SD)) if sd < LOWEST_SD else None


def _fit(x: np.ndarray, y: np.ndarray) -> tuple[Line, Test]:
    from scipy import stats  # a second to import: only where it is computed with

    n, df = len(x), len(x) - 2
    from_mean = x - x.mean()
    spread = float(from_mean @ from_mean)
    slope = float(from_mean @ y) / spread
    constant = float(y.mean() - slope * x.mean())
    rss = float(np.sum((y - constant - slope * x) ** 2))
    variance = rss / df
    if not math.isfinite(variance):
        raise ParameterError("outturns or targets are too large for a regression")
    errors = math.sqrt(variance * (1 / n + float(x.mean()) ** 2 / spread)), math.sqrt(variance / spread)
    free = float(np.sum((y - x) ** 2))
    f = math.inf if variance == 0 and free > 0 else 0.0 if variance == 0 else (free - rss) / 2 / variance
    estimates = [
        Estimate(value, *ss.t_interval(value, error, df), "OLS, t interval", n)
        for value, error in zip((constant, slope), errors, strict=True)
    ]
    line = Line(estimates[0], estimates[1], *errors)
    return line, Test(f, float(stats.f.sf(f, 2, df)), "joint F test of constant 0 and slope 1", n)


def _words(line: Line, joint: Test, years: list[int]) -> Text:
    small = joint.p_value < 0.001
    shown = number(joint.p_value, 3)
    return SAYS.fitted.format(
        years=year_list(years),
        a=number(line.constant.value, 2),
        b=number(line.slope.value, 2),
        se_a=number(line.constant_error, 2),
        se_b=number(line.slope_error, 2),
        df=joint.n - 2,
        f=number(joint.statistic, 2) if math.isfinite(joint.statistic) else "∞",
        p=SAYS.below_0_001 if small else Text(shown, "=" + shown),
        n=joint.n,
        meaning=SAYS.rejected if joint.p_value <= ss.ALPHA else SAYS.not_rejected,
    )
