"""What was found of targets, in titles and sentences: both readings, the ladder, the plan, what cannot be judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from hanyang_data.record.catalogue import region_name
from hanyang_data.statistics import small_sample as ss
from hanyang_data.statistics.plan import Required
from hanyang_data.statistics.shortfall import READINGS, ShortfallResult
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.target_shortfall.evidence import Ladder, PlanPath, Vintages
from hanyang_data.studies.target_shortfall.judged import TargetStudy
from hanyang_data.words.messages import messages
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

SAYS = messages(__name__)

SETS = SAYS.each("sets")
KINDS = SAYS.each("kinds")
OF_ALL = SAYS.row("of_all")

SIDES = {1: SAYS["sides.1"], 0: SAYS["sides.0"], -1: SAYS["sides.minus_1"]}
MISSES = SAYS.each("misses")


def vintages(found: Vintages) -> Text:
    """Whether the verdicts hold on both readings, and in which years they do not."""
    both = [int(year) for year in found.both()]
    second = [year for year in both if year in found.later]
    parts = (
        [_flip(found, both)] if found.flips["strict"] else [SAYS.same.format(years=year_list(second))] if second else []
    )
    unit: ss.Unit = "percent" if found.by_first.table["error_pct"].notna().any() else "pp"
    wides: dict[tuple[int, ...], list[Text]] = {}
    for rule, years in found.flips.items():
        if rule != "strict" and years and years != found.flips["strict"]:
            wide = ss.amount(float(READINGS[rule]), unit, decimals=2, sign=False)
            wides.setdefault(tuple(years), []).append(wide)
    for flipped, said in wides.items():
        wide = said[0] if len(said) == 1 else SAYS["and"].format(a=said[0], b=said[1])
        parts.append(SAYS.tolerant_flip.format(wide=wide, years=year_list(flipped)))
    for sentence, one, other in (
        (SAYS.latest_alone, found.by_latest, found.by_first),
        (SAYS.first_alone, found.by_first, found.by_latest),
    ):
        alone = sorted(one.judged.keys() - other.judged.keys())
        parts += [sentence.format(years=year_list(alone))] if alone else []
    return join(parts) if parts else SAYS.one_reading


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
        return SAYS.all_judged.format(n=total)
    counted = [
        SAYS.counted.format(reason=reason, k=k) for reason, k in sorted(reasons.items(), key=lambda item: -item[1])
    ]
    return SAYS.unjudged.format(n=total, k=sum(reasons.values()), reasons=listed(counted, ";"))


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
            of = SAYS.met_by.format(listed=listed(met)) if met else Text("", "")
            parts.append(SETS[name].format(counts=listed(counts), met=of))
    if not parts:
        return Text("", "")
    return SAYS.all_targets.format(year=year, region=scope.region_name, sets=listed(parts, ";"))


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
        return SAYS.no_grid.format(**names)
    return SAYS.grid.format(**names, k=judged.count("met"), n=len(judged))


def ladder(scope: Scope, found: Ladder, other: str = "") -> Text:
    """In how many years the region aimed above, level with and below another; by default the first one beside it."""
    names = _names(scope, found, other)
    if names is None:
        return SAYS.no_rung.format(indicator=scope.indicator_name, a=scope.region_name, b="–")
    a, b, words = names
    difference = (found.table[f"bar_{a}"] - found.table[f"bar_{b}"]).dropna().round(6)
    if scope.lower_is_better():
        difference = -difference
    if difference.empty:
        return SAYS.no_rung.format(**words)
    if len(difference) == 1:
        sign = int(difference.iloc[0] > 0) - int(difference.iloc[0] < 0)
        return SAYS.one_rung.format(**words, side=SIDES[sign], year=difference.index[0])
    counts = {"above": (difference > 0).sum(), "level": (difference == 0).sum(), "below": (difference < 0).sum()}
    return SAYS.rungs.format(**words, **counts, n=len(difference))


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
        return SAYS.no_plan.format(**names)
    if path.result.n:
        return SAYS.due.format(**names, verdict=VERDICTS[path.result.table["verdict_strict"].iloc[-1]])
    if path.from_latest is None:
        return SAYS.no_level.format(**names)
    need = _need(path, path.from_latest)
    year = path.levels.index[path.from_latest]
    return SAYS.needed.format(**names, target=_worded(path.targets.iloc[-1]), r=number(need.nominal_pct, 1), year=year)


def plan(scope: Scope, path: PlanPath) -> Text:
    """The whole answer on the plan: from the latest level, from the others, and whether the verdict is due."""
    if path.target is None:
        return SAYS.no_plan.format(region=scope.region_name, indicator=within(scope.indicator_name))
    if path.result.n:
        return path.result.verdict
    if path.from_latest is None:
        return plan_title(scope, path)
    others = [_other(path, place) for place in range(path.from_latest)]
    rest = [SAYS.others.format(listed=listed(others, ";"))] if others else []
    return join([_from(path, path.from_latest), *rest, SAYS.open.format(end=path.end_year)])


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
    return SAYS.other.format(**_row(path, place), r=number(_need(path, place).nominal_pct, 1))


def _from(path: PlanPath, place: int) -> Text:
    need, average = _need(path, place), path.average_pct[place]
    base = path.levels.index[0]
    row = _row(path, place)
    level, unit = row.pop("level"), UNITS[path.targets["unit"].iloc[-1]]
    assert isinstance(level, Text)
    return SAYS["from"].format(
        **row,
        level=Text(f"{level.en} ({unit.en})", level.zh),  # in Chinese the unit stands beside each number
        target=_worded(path.targets.iloc[-1]),
        end=path.end_year,
        left=SAYS.one_left if need.left == 1 else SAYS.years_left.format(n=need.left),
        average=Text("", "") if average is None else SAYS.so_far.format(a=number(average, 1), base=base),
        r=number(need.nominal_pct, 1),
        d=number(path.deflator_pct),
        real=number(need.real_pct, 1),
        low=number(need.real_low_pct, 1),
        high=number(need.real_high_pct, 1),
    )
