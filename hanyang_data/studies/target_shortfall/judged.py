"""Outturns judged by their targets: one indicator over the years, and all targets of one year."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from hanyang_data.record.frames import stated, target_objects
from hanyang_data.record.targets import Target
from hanyang_data.statistics import shortfall
from hanyang_data.statistics.shortfall import ShortfallResult
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.shared import bounds_of
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import Text, printed

SAYS = messages(__name__)


@dataclass(frozen=True)
class TargetStudy:
    """One indicator against its targets: the frames of outturns and of both target sets, and both evaluations."""

    label: Text
    outturns: pd.DataFrame
    original: pd.DataFrame
    revised: pd.DataFrame
    against_original: ShortfallResult
    against_revised: ShortfallResult


def shortfall_of(scope: Scope, measure: str = "growth", indicator: str = "") -> TargetStudy:
    """Outturns of one indicator against its original and its revised targets."""
    outturns = scope.outturns(measure, indicator=indicator)
    ceiling = scope.lower_is_better(indicator)
    frames = {v: scope.targets(v, measure, indicator=indicator) for v in ("original", "revised")}
    results = {name: judge(outturns, target_objects(targets, ceiling=ceiling)) for name, targets in frames.items()}
    return TargetStudy(
        label=scope.name_of(indicator or scope.indicator),
        outturns=outturns,
        original=frames["original"],
        revised=frames["revised"],
        against_original=results["original"],
        against_revised=results["revised"],
    )


def targets_in_year(scope: Scope, year: int) -> list[TargetStudy]:
    """Every target of the region on record for one year, growth and level of all indicators, judged."""
    data = scope.dataset
    rows = data.observations[["region", "concept", "period", "year", "indicator", "measure"]]
    ours = rows[(rows["region"] == scope.region) & (rows["concept"] == "target") & (rows["period"] == "annual")]
    listed = ours[ours["year"] == year][["indicator", "measure"]].drop_duplicates()
    known = [shortfall_of(scope, measure, id_) for id_, measure in listed.itertuples(index=False)]
    return [study for study in known if year in study.original.index.union(study.revised.index)]


def judge(outturns: pd.DataFrame, targets: Mapping[int, Target]) -> ShortfallResult:
    """Set a frame of outturns, bounds and wordings included, against targets."""
    return shortfall.analyse(stated(outturns), targets, bounds=bounds_of(outturns))


def words_of(frame: pd.DataFrame, year: int) -> Text | None:
    """A year of a frame of outturns or targets as it was printed; None where nothing is on record.

    That a table prints 无, none, is a statement of its own and not a missing one.
    """
    if year not in frame.index:
        return None
    row = frame.loc[year]
    return (
        SAYS.none_set
        if row.get("wording") == "无"
        else printed(row["value"], row["qualifier"], row["unit"], row.get("value_high"), flag=row["flag"])
    )


def judged_years(in_year: Mapping[str, TargetStudy]) -> list[int]:
    """The years that can be judged, one entry per target set, indicator and year; where none can, those with a target."""
    judged = [year for s in in_year.values() for result in (s.against_original, s.against_revised) for year in result.judged]
    return judged or [int(year) for study in in_year.values() for year in study.original.index]


def rows_of(in_year: Mapping[str, TargetStudy], year: int) -> pd.DataFrame:
    """All rows of several indicators in one year, one below the other."""
    frames = [frame for study in in_year.values() for frame in (study.outturns, study.original, study.revised)]
    return pd.concat([frame[frame.index == year] for frame in frames])
