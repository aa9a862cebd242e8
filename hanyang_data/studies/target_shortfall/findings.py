"""What became of targets, in headlines, titles and sentences; counted from results, right for any parameters."""

from collections.abc import Iterator, Mapping

import pandas as pd

from hanyang_data.record.catalogue import region_name
from hanyang_data.statistics.shortfall import REASONS, ShortfallResult
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.target_shortfall.evidence import Ladder, PlanPath, TargetStudy, Vintages
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import (
    NO_WORDS,
    QUALIFIERS,
    Text,
    amount,
    clauses,
    full_stop,
    listed,
    named_years,
    number,
    quantity,
    within,
)

SAYS = messages(__name__)

LISTED = 4  # so many years are named one by one; more are counted
COUNTED, LACKS = SAYS.each("counted"), SAYS.each("lacks")
OWN, CITYS, CITY_ALONE = SAYS.each("own"), SAYS.each("citys"), SAYS.each("city_alone")
RUNGS, NEVER = SAYS.each("rungs"), SAYS.each("never")
ONE_RUNG, BOTH, ALWAYS = SAYS.each("one_rung"), SAYS.each("both"), SAYS.each("always")


def shortfall(scope: Scope, result: ShortfallResult, measure: str = "growth") -> Text:
    """In which years the target was met and missed, read strictly; of more than four in how many."""
    series = SAYS["series", "level" if scope.basis == "rate" else measure].format(indicator=within(scope.indicator_name))
    names = {"region": scope.region_name, "series": series}
    verdicts = pd.Series(result.judged, dtype="str").sort_index()
    if verdicts.empty:
        return (SAYS.no_target_set if _none_set(result) else SAYS.no_year).format(**names)
    if len(verdicts) > LISTED:
        return _count(COUNTED, verdicts).format(**names, **_counts(verdicts))
    missed = listed([_missed(result, int(year)) for year in verdicts.index[verdicts == "missed"]], "and")
    met = [int(year) for year in verdicts.index[verdicts == "met"]]
    if not met or not missed.en:
        kind = ("" if len(verdicts) == 1 else "all_") + ("met" if met else "missed")
        return SAYS["only", kind].format(**names, years=named_years(met) if met else missed)
    first = SAYS.met_first if verdicts.iloc[0] == "met" else SAYS.missed_first
    return first.format(**names, met=named_years(met), missed=missed)


def shortfall_in_year(scope: Scope, year: int, studies: Mapping[str, TargetStudy], name: Text | None = None) -> Text:
    """How many indicators met their own target for growth and, apart from it, the one the city set after COVID."""
    names = {"region": name or scope.region_name, "year": year}
    own = _verdicts({id_: study.against_original for id_, study in studies.items()}, year)
    city = _verdicts({id_: study.against_revised for id_, study in studies.items()}, year)
    one = [within(scope.name_of(str(found.index[0]))) if len(found) else "" for found in (own, city)]
    if not len(own):
        return (_count(CITY_ALONE, city) if len(city) else SAYS.no_target).format(**names, **_counts(city), one=one[1])
    if len(own) > 1 and len(city) > 1 and "met" not in {*own, *city}:
        return SAYS.none_at_all.format(**names, n=len(own), m=len(city))
    said = [_count(OWN, own).format(**names, **_counts(own), one=one[0])]
    said += [_count(CITYS, city).format(**_counts(city), one=one[1])] if len(city) else []
    return clauses(said)


def sentences(
    scope: Scope, study: TargetStudy, in_year: tuple[int, Mapping[str, TargetStudy]], ladder: Ladder | None, vintages: Vintages
) -> Iterator[Text]:
    """The widest miss, the other targets, the neighbour's, whether the reading matters, and what cannot be judged."""
    result, (year, studies) = study.against_original, in_year
    if not result.judged:
        yield _unjudged(result)
    yield _widest(result)
    judged = {id_ for id_, s in studies.items() for _, result in s.sets if year in result.judged}
    if judged - {scope.indicator}:
        yield full_stop(shortfall_in_year(scope, year, studies, SAYS.it))
    if ladder and len(ladder.names) > 1 and len(ladder.table[[f"bar_{name}" for name in ladder.names[:2]]].dropna()):
        yield full_stop(ladder_title(scope, ladder, name=SAYS.it))
    if flips := vintages.flips["strict"]:
        yield SAYS.flips.format(years=named_years(flips))
    if result.judged:
        yield _unjudged(result)


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


def _verdicts(results: Mapping[str, ShortfallResult], year: int) -> pd.Series:
    return pd.Series({id_: result.judged[year] for id_, result in results.items() if year in result.judged}, dtype="str")


def _counts(verdicts: pd.Series) -> dict[str, int]:
    return {"k": int((verdicts == "met").sum()), "n": len(verdicts)}


def _count(wordings: Mapping[str, Text], verdicts: pd.Series) -> Text:
    """How many were met, none and all being words of their own, and so is one alone."""
    k, n = _counts(verdicts).values()
    if n == 1 and "one_met" in wordings:
        return wordings["one_met" if k else "one_missed"]
    if n == 2 and k != 1 and "both" in wordings:
        return wordings["both" if k else "neither"]
    return wordings["none" if not k else "all" if k == n else "some"]


def grid_title(scope: Scope, studies: Mapping[str, TargetStudy]) -> Text:
    """How many of all targets that can be judged were met, read strictly."""
    judged = [found for study in studies.values() for found in study.against_original.judged.values()]
    names = {"region": scope.region_name, "start": scope.start_year, "end": scope.end_year}
    k, n = judged.count("met"), len(judged)
    kind = "open" if not n else ("one_met" if k else "one_missed") if n == 1 else "none" if not k else "all" if k == n else "some"
    return SAYS["grid", kind].format(**names, k=k, n=n)


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
    sides = pd.Series(["higher" if value > 0 else "lower" if value < 0 else "same" for value in difference], difference.index)
    years = {side: [int(y) for y in sides.index[sides == side]] for side in RUNGS if (sides == side).any()}
    only, n = next(iter(years)), len(sides)
    if len(years) == 1:
        return (ONE_RUNG if n == 1 else BOTH if n == 2 else ALWAYS)[only].format(**words, year=sides.index[0], n=n)
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
    target = QUALIFIERS[row["qualifier"]].format(n=quantity(row["value"], row["unit"]))
    if path.result.n:
        return SAYS["due", path.result.table["verdict_strict"].iloc[-1]].format(**names, target=target)
    if path.from_latest is None:
        return SAYS.no_level.format(**names)
    need, year = path.needed[path.from_latest], path.levels.index[path.from_latest]
    assert need is not None
    return SAYS.needed.format(**names, target=target, r=number(need.nominal_pct, 1), year=year)
