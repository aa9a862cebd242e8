"""What a handful of annual observations carries: the reporting ladder, exact statistics, and the words for both.

The three analyses take their guards, their estimates and their sentences from here, so that eight years read the same
everywhere. Nothing is estimated below five usable observations; the figures are listed instead.
"""

from __future__ import annotations

import math
import numbers
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar, Literal, NamedTuple, TypeAlias, cast

import numpy as np
import numpy.typing as npt
import pandas as pd
from scipy import stats

from hanyang_data.errors import ParameterError
from hanyang_data.wording import Text, number, year_list

Annual: TypeAlias = "Mapping[int, float] | pd.Series[float]"
Permit = Literal["values", "mean", "interval", "slope", "test", "regression", "revisions"]
Unit = Literal["pp", "percent", "pp_a_year", "a_year"]

ALPHA = 0.05
MARGIN_PP = 0.5  # a mean gap or error of this size would matter; a judgement, so it is printed wherever it is used
DRAWS = 100_000  # random permutations where all of them are too many
SEED = 2017
ALL_SIGNS_UP_TO = 20  # about a million patterns


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


@dataclass(frozen=True)
class Test:
    """A two-sided test."""

    __test__: ClassVar[bool] = False  # keeps pytest from collecting it

    statistic: float
    p_value: float
    method: str
    n: int


class Rung(NamedTuple):
    """A rung of the ladder: from ``lowest`` usable observations on, what may be computed, and what that prints."""

    lowest: int
    permits: frozenset[Permit]
    prints: Text


_EXACT: frozenset[Permit] = frozenset({"values", "mean", "interval", "slope", "test"})
LADDER = (
    Rung(0, frozenset(), Text("only why nothing is usable", "只说明为何没有可用数据")),
    Rung(1, frozenset({"values"}), Text("values, their difference", "数值及其差")),
    Rung(3, frozenset({"values", "mean"}), Text("also mean, extremes, average growth", "另列均值、极值、年均增速")),
    Rung(5, _EXACT, Text("also exact intervals and tests, Sen slope", "另列精确区间与检验、Sen斜率")),
    Rung(8, _EXACT | {"regression"}, Text("also a trend regression, one known break", "另列趋势回归、一个已知断点")),
    Rung(11, _EXACT | {"regression", "revisions"}, Text("also revision regressions", "另列修订回归")),
)

# what Estimate.method and Test.method may say, in Chinese
METHODS = {
    "mean, t interval": "均值及t区间",
    "sign-flip test of the mean, exact": "均值的符号翻转检验（精确）",
    "sign-flip test of the mean, 100,000 random draws": "均值的符号翻转检验（10万次随机抽取）",
    "share, Clopper–Pearson interval": "比例及Clopper–Pearson精确区间",
    "mean log growth, t interval": "平均对数增长率及t区间",
    "log-linear trend (OLS), t interval": "对数线性趋势（OLS）及t区间",
    "Theil–Sen slope, rank interval": "Theil–Sen斜率及秩区间",
    "Mann–Kendall, exact": "Mann–Kendall检验（精确）",
    "Mann–Kendall with ties, exact": "有结的Mann–Kendall检验（精确，全排列）",
    "Mann–Kendall with ties, 100,000 random draws": "有结的Mann–Kendall检验（10万次随机抽取）",
}

NO_OBSERVATION = Text("No usable observation: {reasons}.", "没有可用的观测值：{reasons}。")
TOO_FEW = Text(
    "Only {n} comparable {observations} ({years}); no inference is attempted, the figures are listed: {listed}.",
    "可比观测值仅{n}个（{years}），不作统计推断，只列出数值：{listed}。",
)
MISSING = Text("Missing and not interpolated: {years}.", "{years}缺数据，未作插补。")
REJECTED = Text(
    "{what} over {years} is {estimate} ({span}, {p}n = {n}); serial dependence would widen this.",
    "{years}{what}为{estimate}（95%区间{span}，{p}n={n}）；若年度之间存在序列相关，区间还会更宽。",
)
NOT_REJECTED = Text(
    "{what} over {years} is {estimate}. The data do not rule out {null} ({p}n = {n}); "
    "the 95% interval is {span}{margin}.",
    "{years}{what}为{estimate}。现有数据不能排除{null}的可能（{p}n={n}），95%区间为{span}{margin}。",
)
DISAGREE = Text(
    "{what} over {years} is {estimate} ({span}, {p}n = {n}); interval and test disagree about {null}: nothing follows.",
    "{years}{what}为{estimate}（95%区间{span}，{p}n={n}）；对于{null}，区间与检验的结论不一，故不下结论。",
)
MATTERS = Text(", which also includes values that would matter ({margin})", "，其中也包含有实际意义的数值（{margin}）")
IMMATERIAL = Text(", which stays within {margin}", "，未超出{margin}")
NO_TEST = Text(
    "No test is made: {n} signs cannot give a p-value below {p}.", "{n}年的符号检验p值最小也有{p}，不作检验。"
)
EXTREMES = Text("The mean is {mean}, the lowest {low}, the highest {high}.", "均值为{mean}，最低{low}，最高{high}。")
FLIP = Text(
    "On first-published figures {k1} of {n} years met the target, on revised figures {k2}; "
    "the verdict changes in {years}.",
    "按首次公布数，{n}年中有{k1}年达到目标；按修订数，有{k2}年达到目标；{years}的判断因此改变。",
)
_AMOUNTS = {
    "pp": Text("{} pp", "{}个百分点"),
    "percent": Text("{}%", "{}%"),
    "pp_a_year": Text("{} pp a year", "每年{}个百分点"),
    "a_year": Text("{} a year", "每年{}"),
}


def rung(n: int) -> Rung:
    """The rung of the ladder on which ``n`` usable observations stand."""
    return [step for step in LADDER if step.lowest <= n][-1]


def permits(what: Permit, n: int) -> bool:
    """Whether ``n`` usable observations carry ``what``."""
    return what in rung(n).permits


def by_year(series: Annual, what: str) -> dict[int, float]:
    """Year -> value in order of year; a missing value (None, NaN, NA) is NaN.

    Raises:
        ParameterError: for anything but a mapping or Series, a year that is not whole or stands twice, or a value
            that is no finite number.
    """
    if not isinstance(series, Mapping | pd.Series):
        raise ParameterError(f"{what} must be a mapping or a Series indexed by year, not {type(series).__name__}")
    found: dict[int, float] = {}
    for label, value in series.items():
        year = whole_year(label, what)
        if year in found:
            raise ParameterError(f"{what}: year {year} stands twice, one value a year is needed")
        found[year] = _finite_or_nan(value, f"{what} of {year}")
    return dict(sorted(found.items()))


def usable(values: Mapping[int, float]) -> dict[int, float]:
    """The observations that are there."""
    return {year: value for year, value in values.items() if not math.isnan(value)}


def whole_year(label: object, what: str) -> int:
    """``label`` as a year; 2020.0 is one, as an index turns float when a frame has gaps.

    Raises:
        ParameterError: for anything else.
    """
    whole = isinstance(label, numbers.Integral) or (isinstance(label, float) and label.is_integer())
    if not whole or isinstance(label, bool):
        raise ParameterError(f"{what}: years must be whole numbers, not {label!r}")
    return int(cast(int, label))


def _finite_or_nan(value: object, what: str) -> float:
    if value is None or value is pd.NA:
        return math.nan
    if isinstance(value, numbers.Real | Decimal) and not math.isinf(value):
        return float(value)
    raise ParameterError(f"{what} must be a finite number or missing, not {value!r}")


def exact(value: float) -> Decimal:
    """The decimal number that was printed; the noise of a computed float beyond six places is not part of it."""
    return round(Decimal(str(value)), 6)


def t_interval(value: float, error: float, df: int) -> Range:
    """95% interval from a standard error and its degrees of freedom."""
    reach = float(stats.t.ppf(1 - ALPHA / 2, df)) * error
    return Range(value - reach, value + reach)


def mean_interval(values: Sequence[float]) -> Estimate | None:
    """Arithmetic mean with Student's t interval; None below five values."""
    n = len(values)
    if not permits("interval", n):
        return None
    mean = float(np.mean(values))
    low, high = t_interval(mean, float(np.std(values, ddof=1)) / math.sqrt(n), n - 1)
    return Estimate(mean, low, high, "mean, t interval", n)


def smallest_sign_flip_p(n: int) -> float:
    """The smallest two-sided p-value that the signs of ``n`` values can give."""
    return float(2 / 2**n)


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
    found = stats.binomtest(hits, n).proportion_ci(1 - ALPHA, method="exact")
    return Estimate(hits / n, float(found.low), float(found.high), "share, Clopper–Pearson interval", n)


def amount(value: float, unit: Unit, *, decimals: int = 1, sign: bool = True) -> Text:
    """A number with its unit."""
    shown = number(value, decimals, sign=sign)
    return Text(*(template.format(shown) for template in _AMOUNTS[unit]))


def span(low: float, high: float, unit: Unit, *, decimals: int = 1, sign: bool = True) -> Text:
    """Two numbers with their unit: −0.9 to +0.1 pp."""
    ends = [number(value, decimals, sign=sign) + ("%" if unit == "percent" else "") for value in (low, high)]
    within = Text(f"{ends[0]} to {ends[1]}", f"{ends[0]}至{ends[1]}")
    return within if unit == "percent" else Text(*(t.format(w) for t, w in zip(_AMOUNTS[unit], within, strict=True)))


def p_clause(test: Test | None) -> Text:
    """The p-value as it goes in front of n in a sentence; nothing where there is no test."""
    if test is None:
        return Text("", "")
    shown = number(test.p_value, 3)
    kind = Text("exact p", "精确检验p") if "exact" in test.method else Text("permutation p", "置换检验p")
    small = test.p_value < 0.001
    return Text(f"{kind.en} {'below 0.001' if small else shown}, ", f"{kind.zh}{'<0.001' if small else '=' + shown}，")


def listing(items: Mapping[int, Text]) -> Text:
    """Year by year, in one row of text."""
    return Text(
        "; ".join(f"{y}: {t.en}" for y, t in items.items()), "；".join(f"{y}年{t.zh}" for y, t in items.items())
    )


def too_few(items: Mapping[int, Text]) -> Text:
    """The sentence for one to four observations, which lists them."""
    noun = "observation" if len(items) == 1 else "observations"
    return TOO_FEW.format(n=len(items), observations=noun, years=year_list(list(items)), listed=listing(items))


class Subject(NamedTuple):
    """What a sentence on an estimate is about: its name, what zero would mean, its unit and decimals."""

    what: Text
    null: Text
    unit: Unit
    decimals: int = 1


def inference(estimate: Estimate, test: Test | None, years: Sequence[int], subject: Subject) -> Text:
    """The sentence on an estimate that would be zero under the null; the test decides, the interval shows the size.

    Whether it includes values that would matter is said for percentage points only, where a margin is stated.
    """
    what, null, unit, decimals = subject
    outside = not estimate.low <= 0 <= estimate.high
    rejected = outside if test is None else test.p_value <= ALPHA
    template = DISAGREE if rejected != outside else REJECTED if rejected else NOT_REJECTED
    margin = Text("", "")
    if unit == "pp":
        limit = amount(MARGIN_PP, unit, sign=False)
        inside = max(-estimate.low, estimate.high) < MARGIN_PP
        margin = (IMMATERIAL if inside else MATTERS).format(margin=Text("±" + limit.en, "±" + limit.zh))
    return template.format(
        what=what,
        null=null,
        years=year_list(years),
        n=estimate.n,
        p=p_clause(test),
        margin=margin,
        estimate=amount(estimate.value, unit, decimals=decimals),
        span=span(estimate.low, estimate.high, unit, decimals=decimals),
    )


def on_average(mean: Estimate, test: Test | None, years: Sequence[int], subject: Subject) -> list[Text]:
    """The sentences on a mean and its sign-flip test, or on why there is none."""
    parts = [inference(mean, test, years, subject)]
    if test is None:
        parts.append(NO_TEST.format(n=mean.n, p=number(smallest_sign_flip_p(mean.n), 3)))
    return parts


def mean_and_extremes(values: Sequence[float], unit: Unit) -> Text:
    """The sentence for three or four values, as arithmetic."""
    mean, low, high = (amount(v, unit) for v in (math.fsum(values) / len(values), min(values), max(values)))
    return EXTREMES.format(mean=mean, low=low, high=high)
