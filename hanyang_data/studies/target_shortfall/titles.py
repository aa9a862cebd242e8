"""What became of targets, in the few words of a title: counted from results, right for any parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from hanyang_data.statistics.shortfall import ShortfallResult
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.target_shortfall.judged import TargetStudy
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import VERDICTS, Text, within

SAYS = messages(__name__)


YEARS = SAYS.row("years")


OWN = SAYS.row("own")


ONE_OWN = SAYS.each("one_own")


CITYS = SAYS.row("citys")


ONE_CITYS = SAYS.each("one_citys")


def shortfall(scope: Scope, result: ShortfallResult) -> Text:
    """In how many years the target was met, read strictly."""
    names = {"region": scope.region_name, "indicator": within(scope.indicator_name)}
    verdicts = _verdicts(result)
    if verdicts.empty:
        return SAYS.no_year.format(**names)
    if len(verdicts) == 1:
        return SAYS.one_year.format(**names, verdict=VERDICTS[verdicts.iloc[0]], year=verdicts.index[0])
    return SAYS.met_in.format(**names, count=_count(YEARS, verdicts))


def shortfall_in_year(scope: Scope, year: int, studies: Mapping[str, TargetStudy]) -> Text:
    """How many indicators met their own target for growth and, apart from it, the one the city set after COVID."""
    original = _in_year(year, [s.against_original for s in studies.values()])
    revised = _in_year(year, [s.against_revised for s in studies.values()])
    own = _met(OWN, ONE_OWN, original) if len(original) else SAYS.no_target
    city = _met(CITYS, ONE_CITYS, revised) if len(revised) else Text("", "")
    return SAYS.targets_met.format(region=scope.region_name, year=year, own=own, city=city)


def _verdicts(result: ShortfallResult) -> pd.Series:
    return pd.Series(result.judged, dtype="str")


def _in_year(year: int, results: Sequence[ShortfallResult]) -> pd.Series:
    return pd.Series([v for r in results if (v := _verdicts(r).get(year)) is not None], dtype="str")


def _met(several: tuple[Text, ...], one: Mapping[str, Text], verdicts: pd.Series) -> Text:
    """The same, a single target being no count."""
    return one[verdicts.iloc[0]] if len(verdicts) == 1 else _count(several, verdicts)


def _count(wordings: tuple[Text, ...], verdicts: pd.Series) -> Text:
    """How many were met, none and all being words of their own."""
    k, n = int((verdicts == "met").sum()), len(verdicts)
    return wordings[0 if k == 0 else 2 if k == n else 1].format(k=k, n=n)
