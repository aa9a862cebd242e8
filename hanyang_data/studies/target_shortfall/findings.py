"""What became of targets, in headlines, titles and sentences; counted from results, right for any parameters."""

from collections.abc import Collection, Iterator, Mapping

from hanyang_data.record.catalogue import region_name
from hanyang_data.statistics.shortfall import REASONS, ShortfallResult
from hanyang_data.studies.marks import in_sentence
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.target_shortfall.evidence import Ladder, PlanPath, TargetStudy, Vintages
from hanyang_data.words.messages import Text, messages
from hanyang_data.words.wording import NO_WORDS, amount, clauses, extent, full_stop, listed, named_years, number, within

SAYS = messages(__name__)

LISTED = 4  # so many years are named one by one; more are counted
COUNTED, LACKS = SAYS.each("counted"), SAYS.each("lacks")
OWN, CITYS, CITY_ALONE, GRID = SAYS.each("own"), SAYS.each("citys"), SAYS.each("city_alone"), SAYS.each("grid")
RUNGS, NEVER = SAYS.each("rungs"), SAYS.each("never")
ONE_RUNG, BOTH, ALWAYS = SAYS.each("one_rung"), SAYS.each("both"), SAYS.each("always")


def shortfall(scope: Scope, result: ShortfallResult, measure: str = "growth") -> Text:
    """In which years the target was met and missed, read strictly; of more than four in how many."""
    series = SAYS["series", "level" if scope.basis == "rate" else measure].format(indicator=within(scope.indicator_name))
    names = {"region": scope.region_name, "series": series}
    judged = result.judged
    if not judged:
        return (SAYS.no_target_set if _none_set(result) else SAYS.no_year).format(**names)
    if len(judged) > LISTED:
        return _counted(COUNTED, judged.values(), **names)
    missed = listed([_missed(result, year) for year in sorted(judged) if judged[year] == "missed"], "and")
    met = [year for year in sorted(judged) if judged[year] == "met"]
    if not met or not missed.en:
        kind = ("" if len(judged) == 1 else "all_") + ("met" if met else "missed")
        return SAYS["only", kind].format(**names, years=named_years(met) if met else missed)
    first = SAYS.met_first if min(judged) in met else SAYS.missed_first
    return first.format(**names, met=named_years(met), missed=missed)


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
    """The widest miss, the other targets, the neighbour's, whether the reading matters, and what cannot be judged."""
    result, (year, studies) = study.against_original, in_year
    unjudged = _unjudged(result)
    yield from [unjudged] * (not result.judged)
    yield _widest(result)
    judged = {id_ for id_, s in studies.items() for _, result in s.sets if year in result.judged}
    if judged - {scope.indicator}:
        yield full_stop(shortfall_in_year(scope, year, studies, SAYS.it))
    if ladder and len(ladder.names) > 1 and len(ladder.table[[f"bar_{name}" for name in ladder.names[:2]]].dropna()):
        yield full_stop(ladder_title(scope, ladder, name=SAYS.it))
    if flips := vintages.flips["strict"]:
        yield SAYS.flips.format(years=named_years(flips))
    yield from [unjudged] * bool(result.judged)


def _missed(result: ShortfallResult, year: int) -> Text:
    """2020 (by 15.0 pp)."""
    size = result.sizes.get(year)
    if size is None or not size.stated or not size.low:
        return SAYS.missed.format(year=year)
    return SAYS.missed_by.format(year=year, n=amount(abs(float(size.low)), result.unit, sign=False))


def _widest(result: ShortfallResult) -> Text:
    """The year that fell furthest short, where the finding counts years."""
    sizes = {y: float(s.low) for y, s in result.sizes.items() if s.stated and result.judged.get(y) == "missed"}
    if len(result.judged) <= LISTED or not sizes:
        return NO_WORDS
    year = min(sizes, key=sizes.__getitem__)
    return SAYS.widest.format(year=year, n=amount(abs(sizes[year]), result.unit, sign=False))


def _unjudged(result: ShortfallResult) -> Text:
    """Why nothing can be judged; or how many years more cannot, and for which reason most of them."""
    reasons: dict[Text, list[int]] = {}
    for year, reason in result.not_evaluable.items():
        reasons.setdefault(reason, []).append(year)
    if not reasons or (_none_set(result) and not result.judged):
        return NO_WORDS
    if not result.judged:
        said = [SAYS.reason.format(years=named_years(years), reason=reason) for reason, years in reasons.items()]
        return SAYS.because.format(listed=listed(said, ";"))
    most = max(reasons, key=lambda reason: len(reasons[reason]))
    others = SAYS.others if len(reasons) == 1 else SAYS.others_mostly
    return others.format(k=len(result.not_evaluable), reason=next(LACKS[key] for key in LACKS if REASONS[key] == most))


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
    names = {"region": scope.region_name, "start": scope.start_year, "end": scope.end_year}
    return _counted(GRID, judged, **names) if judged else SAYS["grid", "open"].format(**names)


def ladder_title(scope: Scope, found: Ladder, name: Text | None = None) -> Text:
    """Whether the region, called ``name`` where one is given, aimed higher or lower than the first one beside it."""
    words = {"a": name or scope.region_name, "indicator": within(scope.indicator_name)}
    if len(found.names) < 2:
        return SAYS.no_other.format(**words)
    a, b = found.names[:2]
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
        return (ONE_RUNG if n == 1 else BOTH if n == 2 else ALWAYS)[only].format(**words, year=min(sides), n=n)
    if n > 2 and (never := next((NEVER[side] for side in NEVER if side not in years), None)):
        return never.format(**words)
    listed = clauses([RUNGS[side].format(years=named_years(of)) for side, of in sorted(years.items(), key=lambda x: x[1])])
    return SAYS.mixed.format(**words, facts=listed)


def plan_title(scope: Scope, path: PlanPath) -> Text:
    """What the plan's level needs from the latest level on record, or its verdict."""
    names = {"region": scope.region_name, "indicator": within(scope.indicator_name), "end": path.end_year}
    if path.target is None:
        return SAYS.no_plan.format(**names)
    row = path.targets.iloc[-1]
    target = in_sentence(row)
    if path.result.n:
        return SAYS["due", path.result.table["verdict_strict"].iloc[-1]].format(**names, target=target)
    if path.from_latest is None:
        return SAYS.no_level.format(**names)
    need, year = path.needed[path.from_latest], path.levels.index[path.from_latest]
    assert need is not None
    return SAYS.needed.format(**names, target=target, r=number(need.nominal_pct, 1), year=year)
