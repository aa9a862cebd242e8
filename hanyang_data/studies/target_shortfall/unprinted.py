"""Targets of years whose outturn was not printed: met, missed, or not to be told, as the implied interval lies.

What is judged so enters no hit rate and no test; a column of its own counts it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from itertools import product

import pandas as pd

from hanyang_data.charts.chart import Row
from hanyang_data.charts.lines import GLYPH
from hanyang_data.record.beside import target_objects
from hanyang_data.statistics import shortfall
from hanyang_data.studies.implied import Within
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.tables import headed
from hanyang_data.studies.target_shortfall.evidence import TargetStudy, words_of
from hanyang_data.studies.unprinted import implied_in, span_words, told
from hanyang_data.words.wording import NO_WORDS, TARGET_VINTAGES, Text, messages

SAYS = messages(__name__)
OUTTURN, AGAINST_OWN = 2, 4  # places of cells in a row of the figure

HEADS, COUNTS, JUDGED = SAYS.each("heads"), SAYS.each("counts"), SAYS.each("judged")


@dataclass(frozen=True, kw_only=True)
class ImpliedVerdict(Within):
    """A target judged by an interval, which is of the outturn in % or in the unit of the level; the sources are of both."""

    indicator: str
    measure: str
    vintage: str  # original or revised
    target: Text  # as worded
    verdict: str  # met, missed, or open where the target lies within the interval

    @property
    def unit(self) -> str:
        """Of the interval in words; that of a level stands in the head of a column."""
        return "percent" if self.measure == "growth" else ""


def implied_verdicts(scope: Scope, studies: Mapping[str, TargetStudy]) -> list[ImpliedVerdict]:
    """The targets that no printed outturn judges and an implied one may: of each indicator by year, original before revised."""
    found = []
    for indicator, study in studies.items():
        measure, ceiling = study.series["measure"], scope.lower_is_better(indicator)
        implied = {of.year: of for of in implied_in(scope, measure, indicator=indicator)[measure] if of.interval.bounded}
        for year, (targets, result) in product(sorted(implied), study.sets.values()):
            aims, of = target_objects(targets, ceiling=ceiling), implied[year]
            if year not in aims or year in result.judged:
                continue
            table = shortfall.analyse({}, {year: aims[year]}, bounds={year: of.interval}).table
            verdict, target = str(table.at[year, "verdict_strict"]), words_of(targets, year)
            if verdict != "not_evaluable" and target:
                vintage, cited = map(str, targets.loc[year, ["vintage", "source_id"]])
                known = {f.name: getattr(of, f.name) for f in fields(Within)}
                known |= {"sources": tuple(dict.fromkeys([cited, *of.sources])), "vintage": vintage, "verdict": verdict}
                found.append(ImpliedVerdict(indicator=indicator, measure=measure, target=target, **known))
    return found


def frame_of(scope: Scope, verdicts: Sequence[ImpliedVerdict]) -> pd.DataFrame:
    """One row a verdict; ``low`` or ``high`` is missing where nothing bounds it."""
    rows, units = [], scope.dataset.indicators["level_unit"]
    for v in verdicts:
        asked = (v.indicator, v.measure, v.unit or str(units[v.indicator]), v.year, v.vintage)
        rows.append((*asked, *v.interval.ends, v.promised_pct, v.verdict, v.how, list(v.sources)))
    columns = ["indicator", "measure", "unit", "year", "vintage", "low", "high", "promised_pct", "verdict", "method", "source"]
    return pd.DataFrame(rows, columns=columns).astype({"year": int, "low": float, "high": float, "promised_pct": float})


def table_of(scope: Scope, verdicts: Sequence[ImpliedVerdict]) -> pd.DataFrame:
    """Every target judged by an interval, with what it stands on."""
    frame = frame_of(scope, verdicts).round({"promised_pct": 1})
    told = {"verdict": frame["verdict"].map(JUDGED), "kind": frame["vintage"].map(TARGET_VINTAGES)}
    told |= {"target": [v.target for v in verdicts], "interval": [span_words(v.interval, v.unit) for v in verdicts]}
    return headed(scope, frame.assign(**told)[list(HEADS)], HEADS)


def counts_table(scope: Scope, studies: Mapping[str, TargetStudy], verdicts: Sequence[ImpliedVerdict]) -> pd.DataFrame:
    """Verdicts on original targets by indicator: on printed outturns, and those that hold under a whole implied interval."""
    rows = []
    for indicator, study in studies.items():
        printed = list(study.against_original.judged.values())
        ours = [v.verdict for v in verdicts if v.vintage == "original" and v.indicator == indicator]
        if printed or ours:
            implied = {f"implied_{verdict}": ours.count(verdict) for verdict in ("met", "missed", "open")}
            counted = {verdict: printed.count(verdict) for verdict in ("met", "missed")}
            rows.append({"indicator": study.label, **counted, **implied})
    return headed(scope, pd.DataFrame(rows, columns=list(COUNTS)), COUNTS)


def sentence(scope: Scope, verdicts: Sequence[ImpliedVerdict]) -> tuple[Text, bool]:
    """The verdict that an interval gives on the indicator's own target, empty where there is none; and whether it decides.

    A decided one is said before an open one.
    """
    ours = [v for v in verdicts if v.vintage == "original" and v.indicator == scope.indicator]
    decided = [v for v in ours if v.verdict != "open"]
    if not (told_of := decided or [v for v in ours if v.interval.two_sided]):
        return NO_WORDS, False
    last = told_of[-1]
    cells = told(scope, last, last.unit) | {"year": last.year, "target": last.target}
    return SAYS["said", last.verdict].format(**cells), bool(decided)


def with_band(scope: Scope, row: Row, verdict: ImpliedVerdict | None) -> Row:
    """A row of the figure with the implied outturn as an open band, its words where a printed one would stand."""
    if verdict is None:
        return row
    low, high = (float(end) for end in verdict.interval[:2])
    told, cells = SAYS.cell.format(ends=span_words(verdict.interval, verdict.unit)).to(scope.lang), list(row.cells)
    cells[OUTTURN], cells[AGAINST_OWN] = f"{GLYPH['open']} {told}", JUDGED[verdict.verdict].to(scope.lang)
    return replace(row, open=(low, high), cells=cells)
