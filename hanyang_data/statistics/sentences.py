"""The words for a handful of observations: the same sentence for the same finding in every notebook."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from hanyang_data.statistics.ladder import ALPHA, smallest_sign_flip_p
from hanyang_data.words.wording import Text, number, year_list

if TYPE_CHECKING:
    from hanyang_data.statistics.small_sample import Estimate, Test

Unit = Literal["pp", "percent", "pp_a_year", "a_year"]

MARGIN_PP = 0.5  # a mean gap or error of this size would matter; a judgement, so it is printed wherever it is used

# what Estimate.method and Test.method may say, in Chinese
METHODS = {
    "mean, t interval": "均值及t区间",
    "sign-flip test of the mean, exact": "均值的符号翻转检验（精确）",
    "sign-flip test of the mean, 100,000 random draws": "均值的符号翻转检验（10万次随机抽取）",
    "two one-sided t tests (TOST)": "双单侧t检验（TOST）",
    "share, Clopper–Pearson interval": "比例及Clopper–Pearson精确区间",
    "mean log growth, t interval": "平均对数增长率及t区间",
    "log-linear trend (OLS), t interval": "对数线性趋势（OLS）及t区间",
    "log-linear trend (OLS) of the chained index, t interval": "连乘指数的对数线性趋势（OLS）及t区间",
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


def amount(value: float, unit: Unit, *, decimals: int = 1, sign: bool = True) -> Text:
    """A number with its unit."""
    shown = number(value, decimals, sign=sign)
    return Text(*(template.format(shown) for template in _AMOUNTS[unit]))


def span(low: float, high: float, unit: Unit, *, decimals: int = 1, sign: bool = True) -> Text:
    """Two numbers with their unit: −0.9 to +0.1 pp."""
    ends = [number(value, decimals, sign=sign) + ("%" if unit == "percent" else "") for value in (low, high)]
    within = Text(f"{ends[0]} to {ends[1]}", f"{ends[0]}至{ends[1]}")
    return within if unit == "percent" else Text(*(t.format(w) for t, w in zip(_AMOUNTS[unit], within, strict=True)))


def p_number(test: Test) -> str:
    """A p-value for print, three decimals; below 0.001 as such."""
    return "<0.001" if test.p_value < 0.001 else number(test.p_value, 3)


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
    margin: float = MARGIN_PP  # in pp: smaller would not matter


def inference(estimate: Estimate, test: Test | None, years: Sequence[int], subject: Subject) -> Text:
    """The sentence on an estimate that would be zero under the null; the test decides, the interval shows the size.

    Whether it includes values that would matter is said for percentage points only, where a margin is stated.
    """
    what, null, unit, decimals, least = subject
    outside = not estimate.low <= 0 <= estimate.high
    rejected = outside if test is None else test.p_value <= ALPHA
    template = DISAGREE if rejected != outside else REJECTED if rejected else NOT_REJECTED
    margin = Text("", "")
    if unit == "pp":
        limit = amount(least, unit, sign=False)
        inside = max(-estimate.low, estimate.high) < least
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
