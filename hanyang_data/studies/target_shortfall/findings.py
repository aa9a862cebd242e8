"""What was found of targets, in titles and sentences: both readings, the ladder, the plan, what cannot be judged."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from hanyang_data.record.catalogue import region_name
from hanyang_data.statistics.plan import Required
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.target_shortfall.evidence import Ladder, PlanPath
from hanyang_data.studies.target_shortfall.judged import TargetStudy
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import QUALIFIERS, Text, clauses, named_years, number, quantity, within

SAYS = messages(__name__)

ONE_RUNG = SAYS.each("one_rung")
BOTH = SAYS.each("both")
ALWAYS = SAYS.each("always")
NEVER = SAYS.each("never")
RUNGS = SAYS.each("rungs")


def grid(scope: Scope, studies: Mapping[str, TargetStudy]) -> Text:
    """How many of all targets that can be judged were met, read strictly."""
    judged = [found for study in studies.values() for found in study.against_original.judged.values()]
    names = {"region": scope.region_name, "start": scope.start_year, "end": scope.end_year}
    k, n = judged.count("met"), len(judged)
    kind = "open" if not n else ("one_met" if k else "one_missed") if n == 1 else "none" if not k else "all" if k == n else "some"
    return SAYS["grid", kind].format(**names, k=k, n=n)


def ladder(scope: Scope, found: Ladder, name: Text | None = None) -> Text:
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
    target = _worded(path.targets.iloc[-1])
    if path.result.n:
        return SAYS["due", path.result.table["verdict_strict"].iloc[-1]].format(**names, target=target)
    if path.from_latest is None:
        return SAYS.no_level.format(**names)
    need, year = _need(path, path.from_latest), path.levels.index[path.from_latest]
    return SAYS.needed.format(**names, target=target, r=number(need.nominal_pct, 1), year=year)


def _worded(row: pd.Series) -> Text:
    """A level of the record with its unit, inside a sentence."""
    return QUALIFIERS[row["qualifier"]].format(n=quantity(row["value"], row["unit"]))


def _need(path: PlanPath, place: int) -> Required:
    need = path.needed[place]
    assert need is not None
    return need
