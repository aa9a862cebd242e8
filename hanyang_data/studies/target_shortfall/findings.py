"""What became of targets, in headlines, sentences and tables; counted from results, right for any parameters."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from types import MappingProxyType

import pandas as pd

from hanyang_data.statistics.shortfall import REASONS, ShortfallResult
from hanyang_data.studies import inference
from hanyang_data.studies.marks import in_sentence
from hanyang_data.studies.scope import TARGETS, Scope
from hanyang_data.studies.tables import headed, in_unit
from hanyang_data.studies.target_shortfall import bases
from hanyang_data.studies.target_shortfall.evidence import PlanPath, TargetStudy, Vintages, several_judged, words_of
from hanyang_data.studies.target_shortfall.ladder import Ladder, ladder_title
from hanyang_data.words import wording
from hanyang_data.words.messages import Text, messages
from hanyang_data.words.wording import NO_WORDS, VERDICTS, clauses, extent, full_stop, listed, named_years, number, within

SAYS = messages(__name__)
Studies = Mapping[str, TargetStudy]  # by indicator
NO_OTHERS: Studies = MappingProxyType({})
LISTED = 4  # so many years are named one by one; more are counted
HEADS, COUNTED, LACKS = SAYS.each("heads"), SAYS.each("counted"), SAYS.each("lacks")
OWN, CITYS, CITY_ALONE, GRID = SAYS.each("own"), SAYS.each("citys"), SAYS.each("city_alone"), SAYS.each("grid")


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
        return SAYS["only", kind].format(**names, years=named_years(met or missed), by=_by(scope, result, missed))
    first = SAYS.met_first if min(judged) in met else SAYS.missed_first
    return first.format(**names, met=named_years(met), missed=named_years(missed), by=_by(scope, result, missed))


def shortfall_in_year(
    scope: Scope, year: int, studies: Mapping[str, TargetStudy], name: Text | None = None, *, of: Studies = NO_OTHERS
) -> Text:
    """How many indicators met their own target for growth and, apart from it, the one the city set after COVID.

    Where the studies are fewer than all those ``of`` the region that can be judged, the count is said to be of those shown.
    """
    own, city = (_judged_in(year, studies, vintage) for vintage in TARGETS)
    fewer = any(len(_judged_in(year, of, vintage)) > len(judged) for vintage, judged in zip(TARGETS, (own, city), strict=True))
    names = {"region": name or scope.region_name, "year": year, "shown": SAYS.shown if fewer else NO_WORDS}
    one = [within(scope.name_of(id_)) for of in (own, city) for id_ in [*of, scope.indicator][:1]]
    if not own:
        return _counted(CITY_ALONE, city.values(), one=one[1], **names) if city else SAYS.no_target.format(**names)
    if len(own) > 1 and len(city) > 1 and "met" not in {*own.values(), *city.values()}:
        return SAYS.none_at_all.format(**names, n=len(own), m=len(city))
    citys = [_counted(CITYS, city.values(), one=one[1])] if city else []
    return clauses([_counted(OWN, own.values(), one=one[0], **names), *citys])


def _judged_in(year: int, studies: Studies, vintage: str) -> dict[str, str]:
    """Met or missed, by indicator: of the region's own targets, the original ones, or of those that the city handed down."""
    results = {id_: study.results[vintage].judged for id_, study in studies.items()}
    return {id_: judged[year] for id_, judged in results.items() if year in judged}


def sentences(
    scope: Scope, study: TargetStudy, in_year: tuple[int, Studies], ladder: Ladder | None, vintages: Vintages
) -> Iterator[Text]:
    """The widest miss, the other targets, whether the reading matters, the neighbour's targets, and what cannot be judged."""
    result, (year, studies) = study.against_original, in_year
    unjudged = _unjudged(result)
    yield from (
        *[unjudged] * (not result.judged),
        *bases.sentences(scope, study),
        bases.readings(scope, vintages),
        _widest(scope, result),
    )
    judged = {id_ for id_, s in studies.items() for result in s.results.values() if year in result.judged}
    if judged - {scope.indicator} and not (ladder and year == several_judged(studies)):  # of that year the finding speaks
        yield full_stop(shortfall_in_year(scope, year, studies, SAYS.it))
    if ladder and len(ladder.studies) > 1 and len(ladder.table[[f"bar_{name}" for name in list(ladder.studies)[:2]]].dropna()):
        yield full_stop(ladder_title(scope, ladder, name=SAYS.it))
    yield from [unjudged] * bool(result.judged)


def _by(scope: Scope, result: ShortfallResult, missed: Sequence[int]) -> Text:
    """By how much targets were missed; no words where an outturn is a bound."""
    sizes = [float(size.low) for year in missed if (size := result.sizes.get(year)) and size.stated and size.low]
    if not sizes or len(sizes) < len(missed):
        return NO_WORDS
    told = listed([wording.amount(abs(size), result.unit, sign=False) for size in sizes], "and")
    bare = listed([Text(*[number(abs(size), 1)] * 2) for size in sizes])
    told = Text(told.en, wording.AMOUNTS["pp"].format(n=bare).zh) if result.unit == "pp" else told  # the unit once in Chinese
    return SAYS["by", ("one" if len(sizes) == 1 else "several") + "_over" * scope.lower_is_better()].format(n=told)


def _widest(scope: Scope, result: ShortfallResult) -> Text:
    """The year, or years alike, that fell furthest short, where the finding counts years."""
    sizes = {y: float(s.low) for y, s in result.sizes.items() if s.stated and result.judged.get(y) == "missed"}
    if len(result.judged) <= LISTED or not sizes:
        return NO_WORDS
    years = [year for year, size in sizes.items() if size == min(sizes.values())]
    said = SAYS["widest", "over" if scope.lower_is_better() else "short"]
    return said.format(years=named_years(years), n=wording.amount(abs(sizes[years[0]]), result.unit, sign=False))


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


def grid_title(scope: Scope, studies: Studies, of: Studies = NO_OTHERS) -> Text:
    """How many of the targets that can be judged were met, read strictly; of those shown, where they are not all those ``of``."""
    judged, known = ([v for s in each.values() for v in s.against_original.judged.values()] for each in (studies, of))
    names = scope.said | {"shown": SAYS.shown if len(known) > len(judged) else NO_WORDS}
    return _counted(GRID, judged, **names) if judged else SAYS["grid", "open"].format(**names)


def statistics(lang: str, study: TargetStudy) -> pd.DataFrame:
    """The share of targets met and the mean error, with their intervals, of the original targets and of the revised ones."""
    rows = [
        {"vintage": vintage} | row
        for vintage, of in study.results.items()
        for row in (
            *inference.rows_of(of.hit_rate and of.hit_rate.times(100), "percent", lang),
            *inference.mean_rows(of.mean_error, of.test, None, of.unit, lang),
        )
    ]
    return inference.frame_of(rows, "vintage")


def plan_title(scope: Scope, path: PlanPath) -> Text:
    """What the plan's level needs from the latest level on record, or its verdict."""
    names = scope.said | {"end": path.end_year}
    if path.targets.empty:
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
        rows[scope.years.index(plan.end_year)]["plan"] = words_of(plan.targets, plan.end_year)
    return _in_order(scope, rows)


def in_year(scope: Scope, year: int, studies: Studies) -> pd.DataFrame:
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
            "target": words_of(frame, year),
            "outturn": words_of(study.outturns, year),
            "error_pp": round(result.table.at[year, "error_pp"], 1),
            "error_pct": round(result.table.at[year, "error_pct"], 1),
            "bound": _bounded(result, year),
            "verdict": VERDICTS[result.judged.get(year) or result.table.at[year, "verdict_strict"]],
            "source": frame.at[year, "source_id"],
        }
        for study, of in ((study, study.series) for study in studies)
        for frame, result in study.sets.values()
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
    told = {"target": [words_of(s.original, y) for s, y in of], "outturn": [words_of(s.outturns, y) for s, y in of]}
    columns = ["indicator", "year", "target", "as_printed", "outturn", "reason"]
    return headed(scope, lacking.rename(columns={"wording": "as_printed"}).assign(**told)[columns], HEADS)


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
    cells: dict[str, object] = {name: words_of(frame, year) for name, frame in sides.items()}
    result, revised = (result.table for result in study.results.values())
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
    cells, result = dict[str, object]({f"other_{name}": words_of(study.outturns, year)}), study.against_original
    if year not in result.table.index:  # a wording, and no target: there is nothing to judge
        return cells
    row = result.table.loc[year]
    flipped = listed(SAYS["reading", rule] for rule, years in vintages.flips.items() if year in years)
    verdict = VERDICTS[row["verdict_strict"]] if year in result.judged else None
    return cells | {"other_error": _error(row), "other_verdict": verdict, "flip": flipped if flipped.en else None}


def _in_order(scope: Scope, rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """Rows with different cells as one table, its columns in the order of their heads."""
    table = pd.DataFrame(rows)
    return headed(scope, table[[key for key in HEADS if key in table]], HEADS, sparse=True)
