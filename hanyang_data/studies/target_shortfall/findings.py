"""What was found of targets, in titles and sentences: both readings, the ladder, the plan, what cannot be judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from hanyang_data.record.catalogue import region_name
from hanyang_data.statistics import small_sample as ss
from hanyang_data.statistics.plan import Required
from hanyang_data.statistics.shortfall import READINGS, ShortfallResult
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.shared import TargetStudy
from hanyang_data.studies.target_shortfall.evidence import Ladder, PlanPath, Vintages
from hanyang_data.words.wording import (
    QUALIFIERS,
    UNITS,
    VERDICTS,
    VINTAGES,
    Text,
    join,
    listed,
    number,
    within,
    year_list,
)

SAME = Text(
    "Read strictly, first-published and latest figures give the same verdict in {years}.",
    "严格按数值判断，{years}首次公布数与最新数的结论一致。",
)
TOLERANT_FLIP = Text(
    'With a tolerance of {wide} for "about" the verdict changes from the first to the latest figure in {years}.',
    "“左右”类目标若容许相差{wide}，{years}按首次公布数与按最新数的判断不同。",
)
AND = Text("{a} or {b}", "{a}或{b}")
ONE_READING = Text("No year with a target was published in a second reading.", "有目标的年份均没有第二次公布数。")
LATEST_ALONE = Text("Judged on the latest figure alone: {years}.", "仅最新数可评估：{years}。")
FIRST_ALONE = Text("Judged on the first figure alone: {years}.", "仅首次公布数可评估：{years}。")

ALL_TARGETS = Text(
    "Of all targets of {year} on record {region} met {sets}.", "{year}年有记录的全部目标中，{region}{sets}。"
)
SETS = {
    "own": Text("of its own {counts}{met}", "本级目标：{counts}{met}"),
    "city": Text("of the city's post-COVID ones {counts}{met}", "市级绩效目标：{counts}{met}"),
}
KINDS = {"growth": Text("{count} for growth", "增速{count}"), "level": Text("{count} for a level", "总量{count}")}
OF_ALL = (Text("0 of {n}", "{n}项均未达到"), Text("{k} of {n}", "{n}项中{k}项达到"), Text("all {n}", "{n}项全部达到"))
MET_BY = Text(" ({listed})", "（{listed}）")

UNJUDGED = Text(
    "Of {n} indicator-years with an original target or an outturn {k} cannot be judged: {reasons}; "
    "they are listed with their wording.",
    "{n}个有年初目标或完成数的指标年份中，{k}个无法评估：{reasons}；附表列出其原文。",
)
ALL_JUDGED = Text(
    "All {n} indicator-years with a target or an outturn can be judged.", "{n}个有目标或完成数的指标年份均可评估。"
)
COUNTED = Text("{reason} ({k})", "{reason}（{k}）")
GRID = Text(
    "{region} {start}–{end}: {k} of {n} targets that can be judged were met",
    "{region}{start}–{end}年：可评估的{n}项目标中{k}项达到",
)
NO_GRID = Text("{region} {start}–{end}: no target can be judged", "{region}{start}–{end}年：没有可评估的目标")

RUNGS = Text(
    "{indicator} targets: {a} above {b} in {above}, level in {level}, below in {below} of {n} years",
    "{indicator}目标：{n}年中{a}高于{b}{above}年，持平{level}年，低于{below}年",
)
ONE_RUNG = Text("{indicator} target in {year}: {a} {side} {b}", "{year}年{indicator}目标：{a}{side}{b}")
SIDES = {1: Text("above", "高于"), 0: Text("level with", "等于"), -1: Text("below", "低于")}
NO_RUNG = Text(
    "{indicator}: no year with targets in numbers for both {a} and {b}", "{indicator}：没有{a}与{b}均有数值目标的年份"
)
MISSES = {
    "worse": Text("{a} fell further short than {b} in {years}", "{years}{a}未达目标的差额大于{b}"),
    "better": Text("{b} fell further short than {a} in {years}", "{years}{b}未达目标的差额大于{a}"),
    "same": Text("both fell short by as much in {years}", "{years}双方未达目标的差额相同"),
    "none": Text("both met their targets in {years}", "{years}双方均达到目标"),
}

NEEDED = Text(
    "{region}, {indicator}: {target} in {end} needs {r}% a year from {year}",
    "{region}{indicator}：{end}年{target}，{year}年起年均需增{r}%",
)
DUE = Text("{region}, {indicator}: plan target for {end} {verdict}", "{region}{indicator}：{end}年规划目标{verdict}")
NO_LEVEL = Text(
    "{region}, {indicator}: no level on record for the plan to {end}",
    "{region}{indicator}：至{end}年规划期内没有总量数据",
)
NO_PLAN = Text(
    "No five-year-plan target for the level of {indicator} of {region} is on record.",
    "资料中没有{region}{indicator}总量的五年规划目标。",
)
FROM = Text(
    "From {level} in {year} ({vintage}), {target} in {end} takes {r}% a year at current prices over {left}{average}; "
    "at prices rising {d}% a year, which is assumed, that is {real}% in real terms "
    "({low}% to {high}% with prices one point faster or slower).",
    "以{year}年{level}（{vintage}）为起点，到{end}年{target}需在{left}内按现价年均增长{r}%{average}；"
    "假定价格年涨{d}%，折合实际增速{real}%（价格涨幅高或低1个百分点时为{low}%至{high}%）。",
)
ONE_LEFT, YEARS_LEFT = Text("the one year left", "剩余1年"), Text("the {n} years left", "剩余{n}年")
SO_FAR = Text(", after {a}% a year since {base}", "，{base}年以来年均为{a}%")
OPEN = Text("No outturn of {end} is on record: the verdict is open.", "资料中没有{end}年完成数，尚不能评估。")
OTHERS = Text("From the other levels on record it took {listed}.", "以其他总量数据为起点，所需增速为{listed}。")
OTHER = Text("{r}% a year from {level} in {year} ({vintage})", "{year}年{level}（{vintage}）起年均{r}%")


def vintages(found: Vintages) -> Text:
    """Whether the verdicts hold on both readings, and in which years they do not."""
    both = [int(year) for year in found.both()]
    second = [year for year in both if year in found.later]
    parts = [_flip(found, both)] if found.flips["strict"] else [SAME.format(years=year_list(second))] if second else []
    unit: ss.Unit = "percent" if found.by_first.table["error_pct"].notna().any() else "pp"
    wides: dict[tuple[int, ...], list[Text]] = {}
    for rule, years in found.flips.items():
        if rule != "strict" and years and years != found.flips["strict"]:
            wide = ss.amount(float(READINGS[rule]), unit, decimals=2, sign=False)
            wides.setdefault(tuple(years), []).append(wide)
    for flipped, said in wides.items():
        wide = said[0] if len(said) == 1 else AND.format(a=said[0], b=said[1])
        parts.append(TOLERANT_FLIP.format(wide=wide, years=year_list(flipped)))
    for sentence, one, other in (
        (LATEST_ALONE, found.by_latest, found.by_first),
        (FIRST_ALONE, found.by_first, found.by_latest),
    ):
        alone = sorted(one.judged.keys() - other.judged.keys())
        parts += [sentence.format(years=year_list(alone))] if alone else []
    return join(parts) if parts else ONE_READING


def unjudged(studies: Mapping[str, TargetStudy]) -> Text:
    """How many years of all indicators cannot be judged, counted by reason."""
    reasons: dict[Text, int] = {}
    total = 0
    for study in studies.values():
        known = study.original.index.union(study.outturns.index)
        total += len(known)
        for year, reason in study.against_original.not_evaluable.items():
            if year in known:
                reasons[reason] = reasons.get(reason, 0) + 1
    if not reasons:
        return ALL_JUDGED.format(n=total)
    counted = [COUNTED.format(reason=reason, k=k) for reason, k in sorted(reasons.items(), key=lambda item: -item[1])]
    return UNJUDGED.format(n=total, k=sum(reasons.values()), reasons=listed(counted, ";"))


def all_targets(scope: Scope, year: int, studies: Sequence[TargetStudy]) -> Text:
    """How many of all targets of a year were met, growth and levels, its own and the city's; empty where none can be judged."""
    sets = {
        "own": [(study, study.against_original) for study in studies],
        "city": [(study, study.against_revised) for study in studies],
    }
    parts = []
    for name, results in sets.items():
        counts, met = [], []
        for measure, kind in KINDS.items():
            judged = [(s, r) for s, r in results if s.outturns.attrs["measure"] == measure and year in r.judged]
            hits = [_sized(study, result, year) for study, result in judged if result.judged[year] == "met"]
            counts += [kind.format(count=_of(len(hits), len(judged)))] if judged else []
            met += hits
        if counts:
            of = MET_BY.format(listed=listed(met)) if met else Text("", "")
            parts.append(SETS[name].format(counts=listed(counts), met=of))
    if not parts:
        return Text("", "")
    return ALL_TARGETS.format(year=year, region=scope.region_name, sets=listed(parts, ";"))


def _of(k: int, n: int) -> Text:
    return OF_ALL[0 if k == 0 else 2 if k == n else 1].format(k=k, n=n)


def _sized(study: TargetStudy, result: ShortfallResult, year: int) -> Text:
    size, name = result.size(year), within(study.label)
    return Text(f"{name.en} {size.en}".strip(), name.zh + size.zh)


def grid(scope: Scope, studies: Mapping[str, TargetStudy]) -> Text:
    """How many of all targets that can be judged were met, read strictly."""
    judged = [found for study in studies.values() for found in study.against_original.judged.values()]
    names = {"region": scope.region_name, "start": scope.start_year, "end": scope.end_year}
    if not judged:
        return NO_GRID.format(**names)
    return GRID.format(**names, k=judged.count("met"), n=len(judged))


def ladder(scope: Scope, found: Ladder, other: str = "") -> Text:
    """In how many years the region aimed above, level with and below another; by default the first one beside it."""
    names = _names(scope, found, other)
    if names is None:
        return NO_RUNG.format(indicator=scope.indicator_name, a=scope.region_name, b="–")
    a, b, words = names
    difference = (found.table[f"bar_{a}"] - found.table[f"bar_{b}"]).dropna().round(6)
    if scope.lower_is_better():
        difference = -difference
    if difference.empty:
        return NO_RUNG.format(**words)
    if len(difference) == 1:
        sign = int(difference.iloc[0] > 0) - int(difference.iloc[0] < 0)
        return ONE_RUNG.format(**words, side=SIDES[sign], year=difference.index[0])
    counts = {"above": (difference > 0).sum(), "level": (difference == 0).sum(), "below": (difference < 0).sum()}
    return RUNGS.format(**words, **counts, n=len(difference))


def misses(scope: Scope, found: Ladder, other: str = "") -> Text:
    """In which years the region missed by more than another, and by less; empty where no year can be compared."""
    names = _names(scope, found, other)
    if names is None:
        return Text("", "")
    a, b, words = names
    short = found.table[[f"short_{a}", f"short_{b}"]].dropna().round(6)
    years: dict[str, list[int]] = {kind: [] for kind in MISSES}
    for year, ours, theirs in short.itertuples():
        kind = "worse" if ours > theirs else "better" if ours < theirs else "same" if ours else "none"
        years[kind].append(int(year))
    told = listed([MISSES[kind].format(**words, years=year_list(of)) for kind, of in years.items() if of], ";")
    return Text(told.en[:1].upper() + told.en[1:] + ".", told.zh + "。") if told.en else Text("", "")


def compared(scope: Scope, found: Ladder) -> Text:
    """Both of the above in sentences: who aimed higher, who missed by more."""
    rungs = ladder(scope, found)
    return join([Text(rungs.en + ".", rungs.zh + "。"), misses(scope, found)])


def plan_title(scope: Scope, path: PlanPath) -> Text:
    """What the plan's level needs from the latest level on record, or its verdict."""
    names = {"region": scope.region_name, "indicator": within(scope.indicator_name), "end": path.end_year}
    if path.target is None:
        return NO_PLAN.format(**names)
    if path.result.n:
        return DUE.format(**names, verdict=VERDICTS[path.result.table["verdict_strict"].iloc[-1]])
    if path.from_latest is None:
        return NO_LEVEL.format(**names)
    need = _need(path, path.from_latest)
    year = path.levels.index[path.from_latest]
    return NEEDED.format(**names, target=_worded(path.targets.iloc[-1]), r=number(need.nominal_pct, 1), year=year)


def plan(scope: Scope, path: PlanPath) -> Text:
    """The whole answer on the plan: from the latest level, from the others, and whether the verdict is due."""
    if path.target is None:
        return NO_PLAN.format(region=scope.region_name, indicator=within(scope.indicator_name))
    if path.result.n:
        return path.result.verdict
    if path.from_latest is None:
        return plan_title(scope, path)
    others = [_other(path, place) for place in range(path.from_latest)]
    rest = [OTHERS.format(listed=listed(others, ";"))] if others else []
    return join([_from(path, path.from_latest), *rest, OPEN.format(end=path.end_year)])


def _flip(found: Vintages, both: Sequence[int]) -> Text:
    counts = [
        int(result.table.loc[list(both), "verdict_strict"].eq("met").sum())
        for result in (found.by_first, found.by_latest)
    ]
    return ss.FLIP.format(k1=counts[0], k2=counts[1], n=len(both), years=year_list(found.flips["strict"]))


def _names(scope: Scope, found: Ladder, other: str) -> tuple[str, str, dict[str, Text]] | None:
    a, *rest = found.names
    if not rest:
        return None
    b = other or rest[0]
    words = {"a": region_name(a, scope.dataset), "b": region_name(b, scope.dataset), "indicator": scope.indicator_name}
    return a, b, words


def _worded(row: pd.Series) -> Text:
    """A level of the record in words; the unit beside the number in Chinese, in front of the sentence in English."""
    shown = number(row["value"])
    n = Text(shown, shown + UNITS[row["unit"]].zh)
    return QUALIFIERS[row["qualifier"]].format(n=n)


def _need(path: PlanPath, place: int) -> Required:
    need = path.needed[place]
    assert need is not None
    return need


def _row(path: PlanPath, place: int) -> dict[str, object]:
    row = path.levels.iloc[place]
    return {"level": _worded(row), "vintage": VINTAGES[row["vintage"]], "year": path.levels.index[place]}


def _other(path: PlanPath, place: int) -> Text:
    return OTHER.format(**_row(path, place), r=number(_need(path, place).nominal_pct, 1))


def _from(path: PlanPath, place: int) -> Text:
    need, average = _need(path, place), path.average_pct[place]
    base = path.levels.index[0]
    row = _row(path, place)
    level, unit = row.pop("level"), UNITS[path.targets["unit"].iloc[-1]]
    assert isinstance(level, Text)
    return FROM.format(
        **row,
        level=Text(f"{level.en} ({unit.en})", level.zh),  # in Chinese the unit stands beside each number
        target=_worded(path.targets.iloc[-1]),
        end=path.end_year,
        left=ONE_LEFT if need.left == 1 else YEARS_LEFT.format(n=need.left),
        average=Text("", "") if average is None else SO_FAR.format(a=number(average, 1), base=base),
        r=number(need.nominal_pct, 1),
        d=number(path.deflator_pct),
        real=number(need.real_pct, 1),
        low=number(need.real_low_pct, 1),
        high=number(need.real_high_pct, 1),
    )
