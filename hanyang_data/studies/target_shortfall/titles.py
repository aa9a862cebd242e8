"""What became of targets: the headline, and what an economist asks next; counted from results, right for any parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import pandas as pd

from hanyang_data.statistics.shortfall import REASONS, ShortfallResult
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.target_shortfall import findings
from hanyang_data.studies.target_shortfall.evidence import Ladder, Vintages
from hanyang_data.studies.target_shortfall.judged import TargetStudy
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import NO_WORDS, Text, amount, clauses, full_stop, listed, named_years, within

SAYS = messages(__name__)

LISTED = 4  # so many years are named one by one; more are counted

COUNTED = SAYS.each("counted")
OWN = SAYS.each("own")
CITYS = SAYS.each("citys")
CITY_ALONE = SAYS.each("city_alone")
LACKS = SAYS.each("lacks")


def shortfall(scope: Scope, result: ShortfallResult, measure: str = "growth") -> Text:
    """In which years the target was met and missed, read strictly; of more than four in how many."""
    of_rates = scope.dataset.indicators.at[scope.indicator, "growth_basis"] == "rate"
    series = SAYS["series", "level" if of_rates else measure].format(indicator=within(scope.indicator_name))
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
    own, city = (
        pd.Series({id_: r.judged[year] for id_, r in results.items() if year in r.judged}, dtype="str")
        for results in (
            {id_: s.against_original for id_, s in studies.items()},
            {id_: s.against_revised for id_, s in studies.items()},
        )
    )
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
    judged = {id_ for id_, s in studies.items() for r in (s.against_original, s.against_revised) if year in r.judged}
    if judged - {scope.indicator}:
        yield full_stop(shortfall_in_year(scope, year, studies, SAYS.it))
    if ladder and len(ladder.names) > 1 and len(ladder.table[[f"bar_{name}" for name in ladder.names[:2]]].dropna()):
        yield full_stop(findings.ladder(scope, ladder, name=SAYS.it))
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
