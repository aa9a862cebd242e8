"""What became of targets, in headlines, sentences and tables; counted from results, right for any parameters."""

from collections.abc import Collection, Iterator, Mapping, Sequence

import pandas as pd

from hanyang_data.record.catalogue import region_name
from hanyang_data.statistics.shortfall import REASONS, ShortfallResult
from hanyang_data.studies.marks import in_sentence
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.tables import headed, in_unit
from hanyang_data.studies.target_shortfall import bases
from hanyang_data.studies.target_shortfall.evidence import Ladder, PlanPath, TargetStudy, Vintages, several_judged, words_of
from hanyang_data.words import wording
from hanyang_data.words.messages import Text, messages
from hanyang_data.words.wording import NO_WORDS, VERDICTS, clauses, extent, full_stop, listed, named_years, number, within

SAYS = messages(__name__)
LISTED = 4  # so many years are named one by one; more are counted
HEADS, COUNTED, LACKS = SAYS.each("heads"), SAYS.each("counted"), SAYS.each("lacks")
OWN, CITYS, CITY_ALONE, GRID = SAYS.each("own"), SAYS.each("citys"), SAYS.each("city_alone"), SAYS.each("grid")
RUNGS, NEVER = SAYS.each("rungs"), SAYS.each("never")
ONE_RUNG, BOTH, ALWAYS = SAYS.each("one_rung"), SAYS.each("both"), SAYS.each("always")


def shortfall(scope: Scope, result: ShortfallResult, measure: str = "growth") -> Text:
    """In which years the target was met and missed, read strictly; of more than four in how many."""
    kind = "total" if measure == "level" and scope.basis == "real" else measure
    names = {**scope.said, "series": SAYS["series", "level" if scope.basis == "rate" else kind].format(**scope.said)}
    judged = result.judged
    if not judged:
        return (SAYS.no_target_set if _none_set(result) else SAYS.no_year).format(**names)
    if len(judged) > LISTED:
        return _counted(COUNTED, judged.values(), **names)
    met, missed = (sorted(year for year in judged if judged[year] == verdict) for verdict in ("met", "missed"))
    if not met or not missed:
        kind = ("" if len(judged) == 1 else "all_") + ("met" if met else "missed")
        return SAYS["only", kind].format(**names, years=named_years(met or missed), by=_by(result, missed))
    first = SAYS.met_first if min(judged) in met else SAYS.missed_first
    return first.format(**names, met=named_years(met), missed=named_years(missed), by=_by(result, missed))


def shortfall_in_year(scope: Scope, year: int, studies: Mapping[str, TargetStudy], name: Text | None = None) -> Text:
    """How many indicators met their own target for growth and, apart from it, the one the city set after COVID."""
    names = {"region": name or scope.region_name, "year": year}
    results = ({id_: study.sets[place][1].judged for id_, study in studies.items()} for place in (0, 1))
    own, city = ({id_: judged[year] for id_, judged in of.items() if year in judged} for of in results)
    one = [within(scope.name_of(id_)) for of in (own, city) for id_ in [*of, scope.indicator][:1]]
    if not own:
        return _counted(CITY_ALONE, city.values(), one=one[1], **names) if city else SAYS.no_target.format(**names)
    if len(own) > 1 and len(city) > 1 and "met" not in {*own.values(), *city.values()}:
        return SAYS.none_at_all.format(**names, n=len(own), m=len(city))
    citys = [_counted(CITYS, city.values(), one=one[1])] if city else []
    return clauses([_counted(OWN, own.values(), one=one[0], **names), *citys])


def sentences(
    scope: Scope, study: TargetStudy, in_year: tuple[int, Mapping[str, TargetStudy]], ladder: Ladder | None, vintages: Vintages
) -> Iterator[Text]:
    """The widest miss, the other targets, whether the reading matters, the neighbour's targets, and what cannot be judged."""
    result, (year, studies) = study.against_original, in_year
    unjudged = _unjudged(result)
    yield from (*[unjudged] * (not result.judged), *bases.sentences(study), bases.readings(scope, vintages), _widest(result))
    judged = {id_ for id_, s in studies.items() for _, result in s.sets if year in result.judged}
    if judged - {scope.indicator} and not (ladder and year == several_judged(studies)):  # of that year the finding speaks
        yield full_stop(shortfall_in_year(scope, year, studies, SAYS.it))
    if ladder and len(ladder.studies) > 1 and len(ladder.table[[f"bar_{name}" for name in list(ladder.studies)[:2]]].dropna()):
        yield full_stop(ladder_title(scope, ladder, name=SAYS.it))
    yield from [unjudged] * bool(result.judged)


def _by(result: ShortfallResult, missed: Sequence[int]) -> Text:
    """By how much targets were missed; no words where an outturn is a bound."""
    sizes = [float(size.low) for year in missed if (size := result.sizes.get(year)) and size.stated and size.low]
    if not sizes or len(sizes) < len(missed):
        return NO_WORDS
    told = listed([wording.amount(abs(size), result.unit, sign=False) for size in sizes], "and")
    bare = listed([Text(*[number(abs(size), 1)] * 2) for size in sizes])
    told = Text(told.en, wording.AMOUNTS["pp"].format(n=bare).zh) if result.unit == "pp" else told  # the unit once in Chinese
    return SAYS["by", "one" if len(sizes) == 1 else "several"].format(n=told)


def _widest(result: ShortfallResult) -> Text:
    """The year, or years alike, that fell furthest short, where the finding counts years."""
    sizes = {y: float(s.low) for y, s in result.sizes.items() if s.stated and result.judged.get(y) == "missed"}
    if len(result.judged) <= LISTED or not sizes:
        return NO_WORDS
    years = [year for year, size in sizes.items() if size == min(sizes.values())]
    return SAYS.widest.format(years=named_years(years), n=wording.amount(abs(sizes[years[0]]), result.unit, sign=False))


def _unjudged(result: ShortfallResult) -> Text:
    """Why nothing can be judged; or how many years more cannot, and for which reason more than half of them, or for which."""
    reasons: dict[Text, list[int]] = {}
    for year, reason in result.not_evaluable.items():
        reasons.setdefault(reason, []).append(year)
    if not reasons or (_none_set(result) and not result.judged):
        return NO_WORDS
    if not result.judged:
        said = [SAYS.reason.format(years=named_years(years), reason=reason) for reason, years in reasons.items()]
        return SAYS.because.format(listed=listed(said, ";"))
    most = [reason for reason, years in reasons.items() if 2 * len(years) > len(result.not_evaluable)] or [*reasons]
    others = SAYS.others_mostly if len(most) < len(reasons) else SAYS.others
    return others.format(k=len(result.not_evaluable), reason=listed([LACKS[key] for key in LACKS if REASONS[key] in most]))


def _none_set(result: ShortfallResult) -> bool:
    """Whether outturns are on record, and not one target."""
    return set(result.not_evaluable.values()) == {REASONS["no_target"]}


def _counted(wordings: Mapping[str, Text], verdicts: Collection[str], **names: object) -> Text:
    """How many were met; none and all are words of their own, and so may one alone and both be."""
    k, n = list(verdicts).count("met"), len(verdicts)
    return wordings.get(extent(k, n), wordings["all" if k else "none"]).format(k=k, n=n, **names)


def grid_title(scope: Scope, studies: Mapping[str, TargetStudy]) -> Text:
    """How many of all targets that can be judged were met, read strictly."""
    judged = [found for study in studies.values() for found in study.against_original.judged.values()]
    return _counted(GRID, judged, **scope.said) if judged else SAYS["grid", "open"].format(**scope.said)


def ladder_title(scope: Scope, found: Ladder, name: Text | None = None) -> Text:
    """Whether the region, called ``name`` where one is given, aimed higher or lower than the first one beside it."""
    words = {"a": name or scope.region_name, "indicator": within(scope.indicator_name)}
    if len(found.studies) < 2:
        return SAYS.no_other.format(**words)
    a, b = list(found.studies)[:2]
    words["b"] = region_name(b, scope.dataset)
    difference = (found.table[f"bar_{a}"] - found.table[f"bar_{b}"]).dropna().round(6)
    if scope.lower_is_better():
        difference = -difference
    if difference.empty:
        return SAYS.no_rung.format(**words)
    sides = {int(y): "higher" if value > 0 else "lower" if value < 0 else "same" for y, value in difference.items()}
    years = {side: [year for year in sides if sides[year] == side] for side in RUNGS if side in sides.values()}
    only, n = next(iter(years)), len(sides)
    if len(years) == 1:
        return (ONE_RUNG if n == 1 else BOTH if n == 2 else ALWAYS)[only].format(
            **words, year=min(sides), years=named_years(years[only]), n=n
        )
    if n > 2 and (never := next((NEVER[side] for side in NEVER if side not in years), None)):
        return never.format(**words, n=n, k=len(years["same"]))
    listed = clauses([RUNGS[side].format(years=named_years(of)) for side, of in sorted(years.items(), key=lambda x: x[1])])
    return SAYS.mixed.format(**words, facts=listed)


def plan_title(scope: Scope, path: PlanPath) -> Text:
    """What the plan's level needs from the latest level on record, or its verdict."""
    names = scope.said | {"end": path.end_year}
    if path.target is None:
        return SAYS["no_plan", "rate" if scope.basis == "rate" else "level"].format(**names)
    target = in_sentence(path.targets.iloc[-1])
    if path.result.n:
        return SAYS["due", path.result.table["verdict_strict"].iloc[-1]].format(**names, target=target)
    if path.from_latest is None:
        return SAYS.no_level.format(**names)
    need, after = path.needed[path.from_latest], int(path.levels.index[path.from_latest]) + 1
    assert need is not None
    years = wording.year_list(range(after, path.end_year + 1))
    return SAYS.needed.format(**names, target=target, r=number(need.nominal_pct, 1), years=years)


def by_year(scope: Scope, study: TargetStudy, vintages: Vintages, plan: PlanPath | None = None) -> pd.DataFrame:
    """Targets as worded, outturns and verdicts under the three readings of "about", one row a year of the window.

    The reading of the outturn that the scope does not take stands beside it in the years that have another, with the verdicts
    that change. The target of a five-year plan for a level has a column of its own in the year it is set for.
    """
    rows = [{"year": year, **_cells(study, year), **_other(scope, vintages, year)} for year in scope.years]
    if plan is not None and plan.end_year in scope.years:
        rows[scope.years.index(plan.end_year)]["plan"] = _worded(plan.targets, plan.end_year)
    return _in_order(scope, rows)


def in_year(scope: Scope, year: int, studies: Mapping[str, TargetStudy]) -> pd.DataFrame:
    """The same for one year, one row per indicator."""
    return _in_order(scope, [{"indicator": s.label, **_cells(s, year)} for s in studies.values()])


def all_in_year(scope: Scope, year: int, studies: Sequence[TargetStudy]) -> pd.DataFrame:
    """Every target of a year on record, growth and level, its own and the city's post-COVID one, each with its verdict."""
    units = scope.dataset.indicators["level_unit"]  # several stand in one column
    rows = [
        {
            "indicator": study.label,
            "measure": wording.GROWTH if of["measure"] == "growth" else in_unit(wording.LEVEL, str(units[of["indicator"]])),
            "kind": wording.TARGET_VINTAGES[frame.at[year, "vintage"]],
            "target": _worded(frame, year),
            "outturn": _worded(study.outturns, year),
            "error_pp": round(result.table.at[year, "error_pp"], 1),
            "error_pct": round(result.table.at[year, "error_pct"], 1),
            "bound": _bounded(result, year),
            "verdict": VERDICTS[result.judged.get(year) or result.table.at[year, "verdict_strict"]],
            "source": frame.at[year, "source_id"],
        }
        for study, of in ((study, study.series) for study in studies)
        for frame, result in study.sets
        if year in frame.index
    ]
    table = pd.DataFrame(rows, columns=None if rows else ["indicator", "kind", "target", "outturn", "verdict"])
    return headed(scope, table, HEADS | {"target": SAYS.any_target}, sparse=True)


def _bounded(result: ShortfallResult, year: int) -> Text | None:
    """The error of a year whose outturn is a bound."""
    size = result.size(year)
    return None if year not in result.sizes or result.sizes[year].stated or not size.en else size


def not_evaluable(scope: Scope, studies: Mapping[str, TargetStudy], lacking: pd.DataFrame) -> pd.DataFrame:
    """What cannot be judged (``lacking``, see :func:`evidence.not_evaluable`), targets and outturns as worded."""
    of = [(studies[str(row.indicator)], int(row.year)) for row in lacking.itertuples()]
    told = {"target": [_worded(s.original, y) for s, y in of], "outturn": [_worded(s.outturns, y) for s, y in of]}
    columns = ["indicator", "year", "target", "as_printed", "outturn", "reason"]
    return headed(scope, lacking.rename(columns={"wording": "as_printed"}).assign(**told)[columns], HEADS)


def ladder(scope: Scope, found: Ladder) -> pd.DataFrame:
    """One row a year: target, outturn and shortfall of each region, who set the bar higher and who missed by more."""
    names = {region: region_name(region, scope.dataset) for region in found.studies}
    rows = []
    for year, row in found.table.iterrows():
        cells: dict[str, object] = {"year": year}
        for region in names:
            cells[f"target_of_{region}"] = _worded(found.studies[region].original, int(year))
            cells[f"outturn_of_{region}"] = _worded(found.studies[region].outturns, int(year))
            cells[f"error_of_{region}"] = round(row[f"error_{region}"], 1)
        held, judged = (int(row[[f"{of}_{region}" for region in names]].notna().sum()) for of in ("bar", "error"))
        leaders, missed = ([names[id_] for id_ in row[of].split()] for of in ("highest", "missed_most"))
        cells["higher"] = SAYS.level_tie if held and len(leaders) == held else listed(leaders)
        # with one error alone nobody can be said to have missed by more
        cells["missed"] = listed(missed) if missed or judged < 2 else SAYS.nobody
        rows.append(cells)
    own = {f"{of}_{r}": HEADS[of].format(name=n) for r, n in names.items() for of in ("target_of", "outturn_of", "error_of")}
    return headed(scope, pd.DataFrame(rows, columns=None if rows else ["year", "higher", "missed"]), HEADS | own)


def plan(scope: Scope, path: PlanPath) -> pd.DataFrame:
    """What the plan's level needs from each level on record: nominal, and real with the deflator assumed, ±1 pp."""
    shifts = {f"real_{shift:+.0f}_pct": path.deflator_pct + shift for shift in (-1.0, 0.0, 1.0)}
    heads = HEADS | {key: HEADS["real"].format(d=number(rise)) for key, rise in shifts.items()}
    levels, need, average = path.levels.reset_index(), path.needs.reset_index(), pd.Series(path.average_pct, dtype=float)
    reals = need[["real_high_pct", "real_pct", "real_low_pct"]].set_axis(list(shifts), axis="columns").round(1)
    flags = levels["flag"].str.split().map(lambda of: " ".join(flag for flag in of if flag != "break") or None)
    table = levels[["year", "vintage", "published_on"]].assign(
        level=[wording.printed(r.value, r.qualifier, r.unit, flag=r.flag) for r in levels.itertuples()],
        average=average.round(1), left=need["left"], nominal=need["nominal_pct"].round(1),
        ahead=(need["nominal_pct"] - average).round(1), **reals, flag=flags, source=levels["source_id"],
    )  # fmt: skip
    order = ["year", "level", "vintage", "published_on", "average", "left", "nominal", "ahead", *shifts, "flag", "source"]
    shown = table[order if len(table) else ["year", "level", "nominal"]]
    return headed(scope, shown, heads, {"average": "percent", "nominal": "percent", "ahead": "pp"})


def _cells(study: TargetStudy, year: int) -> dict[str, object]:
    """Targets and outturn of a year as worded, and the verdicts on them."""
    sides = {"target": study.original, "revised": study.revised, "outturn": study.outturns}
    cells: dict[str, object] = {name: _worded(frame, year) for name, frame in sides.items()}
    result, revised = (result.table for _, result in study.sets)
    cells["other_basis"] = bases.other_reading(study, year)
    if year in result.index:
        row = result.loc[year]
        cells |= {key: round(row[key], 1) for key in ("error_pp", "error_pct", "attainment_pct")}
        tail = "" if result["error_pct"].isna().all() else "_pct"
        cells |= {"bound": _bounded(study.against_original, year), "verdict_strict": VERDICTS[row["verdict_strict"]]}
        cells |= {f"{key}{tail}": VERDICTS[row[key]] for key in ("verdict_about_025", "verdict_about_050")}
    if year in revised.index:
        cells["error_revised"] = _error(revised.loc[year])
    return cells


def _error(row: pd.Series) -> float:
    return round(float(row["error_pp"] if pd.notna(row["error_pp"]) else row["error_pct"]), 1)


def _other(scope: Scope, vintages: Vintages, year: int) -> dict[str, object]:
    """The reading that the scope does not take, where there is another one."""
    if year not in vintages.later:
        return {}
    name = "latest" if scope.vintage == "first" else "first"
    study = vintages.latest if name == "latest" else vintages.first
    cells, result = dict[str, object]({f"other_{name}": _worded(study.outturns, year)}), study.against_original
    if year not in result.table.index:  # a wording, and no target: there is nothing to judge
        return cells
    row = result.table.loc[year]
    flipped = listed(SAYS["reading", rule] for rule, years in vintages.flips.items() if year in years)
    verdict = VERDICTS[row["verdict_strict"]] if year in result.judged else None
    return cells | {"other_error": _error(row), "other_verdict": verdict, "flip": flipped if flipped.en else None}


def _worded(frame: pd.DataFrame, year: int) -> Text | str:
    return words_of(frame, year) or wording.NOT_ON_RECORD


def _in_order(scope: Scope, rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """Rows with different cells as one table, its columns in the order of their heads."""
    table = pd.DataFrame(rows)
    return headed(scope, table[[key for key in HEADS if key in table]], HEADS, sparse=True)
