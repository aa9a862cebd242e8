"""What was found, in the few words of a title: counted from results, right for any parameters, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import pandas as pd

from hanyang_data.record.frames import stated
from hanyang_data.statistics.interval import Interval
from hanyang_data.statistics.shortfall import ShortfallResult
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.shared import TargetStudy
from hanyang_data.words.wording import UNITS, VERDICTS, Text, number, within

TREND = Text("{region}, {indicator}: {facts}", "{region}{indicator}：{facts}")
UP, DOWN = Text("up {n}% in {year}", "{year}年增长{n}%"), Text("down {n}% in {year}", "{year}年下降{n}%")
RISE = Text("up {n}% in {year}", "{year}年上涨{n}%")  # prices rise, they do not grow
AT = Text("{n} in {year}", "{year}年为{n}{unit}")
BOUNDS_ONLY = Text("bounds and wordings only", "只有界限或文字表述")

NO_PAIR = Text(
    "No year with comparable growth of {indicator} for {a} and {b}", "{indicator}：没有{a}与{b}可比增速的年份"
)
HIGHER = Text("{title} growth in {year}: {a} {n} pp above {b}", "{year}年{title}增速：{a}比{b}高{n}个百分点")
LOWER = Text("{title} growth in {year}: {a} {n} pp below {b}", "{year}年{title}增速：{a}比{b}低{n}个百分点")
NEAR = Text(
    "{title} growth in {year}: {a} level with {b} within rounding", "{year}年{title}增速：{a}与{b}之差属四舍五入误差"
)
EQUAL = Text("{title} growth in {year}: {a} level with {b}", "{year}年{title}增速：{a}与{b}持平")
UNTOLD = Text(
    '{title} growth in {year}: {a} and {b} too close to tell apart, one being "about"',
    "{year}年{title}增速：{a}与{b}接近，一方为“左右”，无法分高下",
)
ROUGHLY = Text('{finding} (printed as "about")', "{finding}（原文为“左右”）")
BOUNDED = {
    "higher": Text("{title} growth in {year}: {a} above {b}, {n}", "{year}年{title}增速：{a}高于{b}，{n}"),
    "lower": Text("{title} growth in {year}: {a} below {b}, {n}", "{year}年{title}增速：{a}低于{b}，{n}"),
}
COUNTS = Text(
    "{title} growth, {a} against {b}: {facts} of {n} comparable years",
    "{title}增速：可比的{n}年中，{a}与{b}相比{facts}",
)
EACH = Text(
    "{title} growth, {a} against {b}: {facts} all {n} comparable years",
    "{title}增速：可比的{n}年中，{a}与{b}相比{facts}",
)
COUNTED = {
    "lower": Text("lower in {k}", "{k}年较低"),
    "level": Text("level in {k}", "{k}年持平"),
    "higher": Text("higher in {k}", "{k}年较高"),
}
PAIRS = (
    Text("{year}: {a} grew faster than {b} on none of {n} indicators", "{year}年{n}项指标中，{a}没有一项增速高于{b}"),
    Text("{year}: {a} grew faster than {b} on {k} of {n} indicators", "{year}年{n}项指标中，{a}有{k}项增速高于{b}"),
    Text("{year}: {a} grew faster than {b} on all {n} indicators", "{year}年{n}项指标中，{a}各项增速均高于{b}"),
)
ONE_PAIR = {
    "lower": Text(
        "{year}: {a} grew more slowly than {b} on the one indicator compared", "{year}年可比的唯一指标，{a}增速低于{b}"
    ),
    "level": Text(
        "{year}: {a} grew like {b} on the one indicator compared", "{year}年可比的唯一指标，{a}与{b}增速持平"
    ),
    "higher": Text(
        "{year}: {a} grew faster than {b} on the one indicator compared", "{year}年可比的唯一指标，{a}增速高于{b}"
    ),
}
NO_PAIRS = Text("{year}: no indicator with comparable growth of {a} and {b}", "{year}年没有{a}与{b}增速可比的指标")

MET_IN = Text(
    "{region}, {indicator}: target met in {count} evaluable years", "{region}{indicator}：可评估的{count}达到目标"
)
YEARS = (Text("none of {n}", "{n}年均未"), Text("{k} of {n}", "{n}年中{k}年"), Text("all {n}", "{n}年全部"))
ONE_YEAR = Text("{region}, {indicator}: target {verdict} in {year}, the one evaluable year",
                "{region}{indicator}：唯一可评估的{year}年{verdict}目标")  # fmt: skip
NO_YEAR = Text("{region}, {indicator}: no year can be judged", "{region}{indicator}：没有可评估的年份")
TARGETS_MET = Text("{region} {year}: {own}{city}", "{region}{year}年：{own}{city}")
OWN = (
    Text("none of {n} growth targets met", "{n}项增速目标均未达到"),
    Text("{k} of {n} growth targets met", "{n}项增速目标中{k}项达到"),
    Text("all {n} growth targets met", "{n}项增速目标全部达到"),
)
ONE_OWN = {
    "met": Text("the one growth target that can be judged was met", "唯一可评估的增速目标已达到"),
    "missed": Text("the one growth target that can be judged was missed", "唯一可评估的增速目标未达到"),
}
CITYS = (
    Text(", none of the city's {n} post-COVID ones", "，市级绩效目标{n}项均未达到"),
    Text(", {k} of the city's {n} post-COVID ones", "，市级绩效目标{n}项中{k}项达到"),
    Text(", all {n} of the city's post-COVID ones", "，市级绩效目标{n}项全部达到"),
)
ONE_CITYS = {
    "met": Text("; the city's post-COVID one was met", "，唯一的市级绩效目标已达到"),
    "missed": Text("; the city's post-COVID one was missed", "，唯一的市级绩效目标未达到"),
}
NO_TARGET = Text("no growth target can be judged", "没有可评估的增速目标")


def trend(scope: Scope, growth: pd.DataFrame, level: pd.DataFrame) -> Text:
    """The last two growth figures, or the last two levels where there is no growth."""
    rates, levels = stated(growth).iloc[::-1].head(2), stated(level).iloc[::-1].head(2)
    up = RISE if scope.dataset.indicators.loc[scope.indicator, "growth_basis"] == "rate" else UP
    facts = [(up if v >= 0 else DOWN).format(n=number(abs(v)), year=y) for y, v in rates.items()]
    if not facts and len(levels):
        unit = UNITS[level["unit"].iloc[0]]
        facts = [AT.format(n=number(v), unit=unit, year=y) for y, v in levels.items()]
    listed = Text(", ".join(f.en for f in facts), "，".join(f.zh for f in facts)) if facts else BOUNDS_ONLY
    return TREND.format(region=scope.region_name, indicator=within(scope.indicator_name), facts=listed)


def gap(
    scope: Scope, yearly: pd.DataFrame, about: Sequence[int] = (), bounds: Mapping[int, Interval] = MappingProxyType({})
) -> Text:
    """The gap of the one year there is, or in how many years the region grew more slowly, alike within rounding, faster.

    Args:
        scope: the question, with its comparator.
        yearly: ``gap_pp`` and ``within_rounding`` by year, as of ``GapResult.yearly``.
        about: years in which a side was printed as "about".
        bounds: one-sided gaps; they count where their sign is certain.
    """
    gaps = yearly["gap_pp"].dropna()
    names = {
        "indicator": within(scope.indicator_name),
        "title": scope.indicator_name,
        "a": scope.region_name,
        "b": scope.comparator_name,
    }
    decided = {year: side for year, found in bounds.items() if (side := _side_of(found))}
    sides = pd.concat([_sides(yearly), pd.Series(decided, dtype="str")])
    if sides.empty:
        return NO_PAIR.format(**names)
    if len(sides) > 1:
        counts = {side: int((sides == side).sum()) for side in COUNTED if (sides == side).any()}
        facts = [COUNTED[side].format(k=k) for side, k in counts.items()]
        if len(facts) == 1:  # all alike: "lower in all 3", not "lower in 3 of 3"
            only = facts[0].en.rsplit(" ", 1)[0], facts[0].zh
            return EACH.format(**names, facts=Text(*only), n=len(sides))
        listed = Text(", ".join(f.en for f in facts), "，".join(f.zh for f in facts))
        return COUNTS.format(**names, facts=listed, n=len(sides))
    year = int(sides.index[0])
    if decided:
        return BOUNDED[decided[year]].format(**names, year=year, n=bounds[year].words("pp"))
    value = float(gaps.iloc[0])
    if year in about and sides.iloc[0] == "level":
        return UNTOLD.format(**names, year=year)
    near = EQUAL if value == 0 else NEAR
    finding = {"higher": HIGHER, "lower": LOWER, "level": near}[sides.iloc[0]].format(
        **names, n=number(abs(value), 1), year=year
    )
    return ROUGHLY.format(finding=finding) if year in about else finding


def pairs(scope: Scope, year: int, table: pd.DataFrame) -> Text:
    """On how many indicators the region was ahead in one year, by more than rounding."""
    sides = _sides(table)
    k, n = int((sides == "higher").sum()), len(sides)
    names = {"year": year, "a": scope.region_name, "b": scope.comparator_name, "k": k, "n": n}
    if n < 2:
        return (ONE_PAIR[sides.iloc[0]] if n else NO_PAIRS).format(**names)
    return PAIRS[0 if k == 0 else 2 if k == n else 1].format(**names)


def shortfall(scope: Scope, result: ShortfallResult) -> Text:
    """In how many years the target was met, read strictly."""
    names = {"region": scope.region_name, "indicator": within(scope.indicator_name)}
    verdicts = _verdicts(result)
    if verdicts.empty:
        return NO_YEAR.format(**names)
    if len(verdicts) == 1:
        return ONE_YEAR.format(**names, verdict=VERDICTS[verdicts.iloc[0]], year=verdicts.index[0])
    return MET_IN.format(**names, count=_count(YEARS, verdicts))


def shortfall_in_year(scope: Scope, year: int, studies: Mapping[str, TargetStudy]) -> Text:
    """How many indicators met their own target for growth and, apart from it, the one the city set after COVID."""
    original = _in_year(year, [s.against_original for s in studies.values()])
    revised = _in_year(year, [s.against_revised for s in studies.values()])
    own = _met(OWN, ONE_OWN, original) if len(original) else NO_TARGET
    city = _met(CITYS, ONE_CITYS, revised) if len(revised) else Text("", "")
    return TARGETS_MET.format(region=scope.region_name, year=year, own=own, city=city)


def _sides(table: pd.DataFrame) -> pd.Series:
    """Which side of the other each gap is on; one no larger than the wording of its rates allows is on none."""
    known = table.dropna(subset="gap_pp")
    pairs = zip(known["gap_pp"], known["within_rounding"], strict=True)
    return pd.Series(["level" if near else "higher" if gap > 0 else "lower" for gap, near in pairs], known.index, "str")


def _side_of(gap: Interval) -> str:
    """The side of a one-sided gap, where it is certain."""
    return (
        "higher"
        if gap.low > 0 or (gap.low == 0 and gap.above)
        else "lower"
        if gap.high < 0 or (gap.high == 0 and gap.below)
        else ""
    )


def _verdicts(result: ShortfallResult) -> pd.Series:
    return pd.Series(result.judged, dtype="str")


def _in_year(year: int, results: Sequence[ShortfallResult]) -> pd.Series:
    return pd.Series([v for r in results if (v := _verdicts(r).get(year)) is not None], dtype="str")


def _met(several: tuple[Text, Text, Text], one: Mapping[str, Text], verdicts: pd.Series) -> Text:
    """The same, a single target being no count."""
    return one[verdicts.iloc[0]] if len(verdicts) == 1 else _count(several, verdicts)


def _count(wordings: tuple[Text, Text, Text], verdicts: pd.Series) -> Text:
    """How many were met, none and all being words of their own."""
    k, n = int((verdicts == "met").sum()), len(verdicts)
    return wordings[0 if k == 0 else 2 if k == n else 1].format(k=k, n=n)
