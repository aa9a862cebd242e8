"""Targets of years whose outturn was not printed: met, missed, or not to be told, as the implied interval lies.

What is judged so enters no hit rate and no test; a column of its own counts it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from hanyang_data.record.frames import target_objects
from hanyang_data.statistics import shortfall
from hanyang_data.statistics.interval import Interval
from hanyang_data.studies.implied import Implied
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.tables import headed
from hanyang_data.studies.target_shortfall.judged import TargetStudy, words_of
from hanyang_data.studies.unprinted import implied_in, span_words
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import TARGET_VINTAGES, VERDICTS, Text, number

SAYS = messages(__name__)

HEADS = SAYS.each("heads")


class ImpliedVerdict(NamedTuple):
    """A target judged by an interval.

    Args:
        indicator: id.
        year: of the target.
        vintage: original or revised.
        target: as worded.
        interval: of the outturn, in % or in the unit of the level.
        level: the probability promised.
        verdict: met, missed, or open where the target lies within the interval.
        how: on what the interval stands.
        sources: ids of the texts of target and interval.
    """

    indicator: str
    year: int
    vintage: str
    target: Text
    interval: Interval
    level: float
    verdict: str
    how: Text
    sources: tuple[str, ...]


def implied_verdicts(scope: Scope, studies: Mapping[str, TargetStudy]) -> list[ImpliedVerdict]:
    """The targets that no printed outturn judges and an implied one may: of each indicator by year, original before revised.

    Args:
        scope: the question.
        studies: indicator → its outturns and targets, of one measure.
    """
    found = []
    for indicator, study in studies.items():
        implied = {of.year: of for of in implied_in(scope, indicator=indicator)[study.outturns.attrs["measure"]]}
        sets = ((study.original, study.against_original), (study.revised, study.against_revised))
        for year in sorted(implied):
            found += [
                verdict
                for frame, result in sets
                if year in frame.index and year not in result.judged
                for verdict in _judged(scope, indicator, implied[year], frame)
            ]
    return found


def _judged(scope: Scope, indicator: str, implied: Implied, targets: pd.DataFrame) -> list[ImpliedVerdict]:
    year, target = implied.year, words_of(targets, implied.year)
    aims = {y: aim for y, aim in target_objects(targets, ceiling=scope.lower_is_better(indicator)).items() if y == year}
    if implied.interval is None or target is None or not aims:
        return []
    table = shortfall.analyse({}, aims, bounds={year: implied.interval}).table
    verdict = str(table.at[year, "verdict_strict"])
    if verdict == "not_evaluable":
        return []
    row = targets.loc[year]
    sources = tuple(dict.fromkeys([str(row["source_id"]), *implied.sources]))
    return [
        ImpliedVerdict(
            indicator, year, str(row["vintage"]), target, implied.interval, implied.level, verdict, implied.how, sources
        )
    ]


def counts(study: TargetStudy, verdicts: Sequence[ImpliedVerdict]) -> dict[str, int]:
    """Verdicts on original targets: on printed outturns, and those that hold under the whole of an implied interval."""
    judged = list(study.against_original.judged.values())
    ours = [v.verdict for v in verdicts if v.vintage == "original"]
    return {
        "met": judged.count("met"),
        "missed": judged.count("missed"),
        "implied_met": ours.count("met"),
        "implied_missed": ours.count("missed"),
        "implied_open": ours.count("open"),
    }


def table_of(scope: Scope, verdicts: Sequence[ImpliedVerdict]) -> pd.DataFrame:
    """Every target judged by an interval, with what it stands on."""
    lang = scope.lang
    rows = [
        {
            "indicator": scope.name_of(v.indicator).to(lang),
            "year": v.year,
            "kind": TARGET_VINTAGES[v.vintage].to(lang),
            "target": v.target.to(lang),
            "interval": span_words(*(float(end) for end in v.interval[:2])).to(lang),
            "promised_pct": number(100 * v.level, 0),
            "verdict": VERDICTS[v.verdict].to(lang),
            "method": v.how.to(lang),
            "source": ", ".join(v.sources),
        }
        for v in verdicts
    ]
    return headed(pd.DataFrame(rows, columns=list(HEADS)), {key: head.to(lang) for key, head in HEADS.items()})
