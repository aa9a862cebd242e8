"""From a question to results: the analyses applied to the series of a scope, segment by segment, indicator by indicator.

The analyses know no snapshot and the figures compute nothing; what lies between them is here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from hanyang_data.analysis import gap, shortfall, trend
from hanyang_data.analysis.gap import GapResult
from hanyang_data.analysis.shortfall import ShortfallResult
from hanyang_data.analysis.trend import TrendResult
from hanyang_data.scope import Scope
from hanyang_data.series import segments, stated, target_objects
from hanyang_data.wording import Text, join

GROWTH, LEVEL = Text("Growth", "增速"), Text("Level", "总量")
STRETCH = Text("{what}, {years}: {verdict}", "{what}（{years}年）：{verdict}")
NOT_STATED = Text("{what}: no figure that states a number.", "{what}：没有给出数值的数据。")


@dataclass(frozen=True)
class TargetStudy:
    """One indicator against its targets: the frames of outturns and of both target sets, and both evaluations."""

    label: Text
    outturns: pd.DataFrame
    original: pd.DataFrame
    revised: pd.DataFrame
    against_original: ShortfallResult
    against_revised: ShortfallResult


def trend_by_segment(frame: pd.DataFrame, kind: str) -> dict[str, TrendResult]:
    """The trend of each stretch of a series between its breaks, under its years; nothing is computed across a break.

    Args:
        frame: outturns as of ``Scope.outturns``.
        kind: ``level`` or ``rate``.

    Returns:
        "2017–2018" → result; a stretch without a stated number (bounds, wordings) is left out.
    """
    parts = [stated(part) for part in segments(frame)]
    return {
        f"{min(p.index)}–{max(p.index)}" if len(p) > 1 else str(p.index[0]): trend.analyse(
            list(p.index), list(p), kind=kind
        )
        for p in parts
        if len(p)
    }


def gap_of(scope: Scope, indicator: str = "") -> GapResult:
    """The growth gap of the scope's region against its comparator, for the scope's indicator or another one."""
    district = stated(scope.outturns(indicator=indicator))
    return gap.analyse(district, stated(scope.outturns(indicator=indicator, region=scope.comparator)))


def gaps_in_year(scope: Scope, indicators: Sequence[str], year: int) -> pd.DataFrame:
    """Both sides and the gap in one year, one row per indicator.

    Returns:
        A frame indexed by indicator id with ``district_pct, city_pct, gap_pp``, NaN where a side is not stated, and the
        qualifiers ``district_qualifier, city_qualifier`` with which the sides were printed, empty where they were not.
    """
    rows = {}
    for id_ in indicators:
        yearly = gap_of(scope, id_).yearly
        rows[id_] = dict(yearly.loc[year]) if year in yearly.index else {}
        for side, region in (("district", scope.region), ("city", scope.comparator)):
            rows[id_][f"{side}_qualifier"] = scope.outturns(indicator=id_, region=region)["qualifier"].get(year, "")
    columns = ["district_pct", "city_pct", "gap_pp", "district_qualifier", "city_qualifier"]
    table = pd.DataFrame.from_dict(rows, orient="index").reindex(columns=columns)
    return table.astype(dict.fromkeys(columns[:3], float)).rename_axis("indicator")


def rows_in_year(scope: Scope, indicators: Sequence[str], year: int) -> pd.DataFrame:
    """The outturns of growth of both sides in one year, one below the other, for note and source."""
    frames = [scope.outturns(indicator=id_, region=r) for id_ in indicators for r in (scope.region, scope.comparator)]
    return pd.concat([frame[frame.index == year] for frame in frames])


def common_years(scope: Scope, indicators: Sequence[str]) -> list[int]:
    """The years in which both sides state growth, one entry per indicator and year."""
    return [int(year) for id_ in indicators for year in gap_of(scope, id_).yearly.dropna().index]


def focus_year(scope: Scope, asked: int, candidates: Sequence[int]) -> int:
    """The year to show across indicators: the one asked for, or the latest of those that occur most often.

    Raises:
        ParameterError: if the year asked for lies outside the window.
    """
    return scope.check_focus_year(asked) or max(
        candidates, key=lambda year: (candidates.count(year), year), default=scope.end_year
    )


def shortfall_of(scope: Scope, measure: str = "growth", indicator: str = "") -> TargetStudy:
    """Outturns of one indicator against its original and its revised targets."""
    outturns = scope.outturns(measure, indicator=indicator)
    ceiling = scope.lower_is_better(indicator)
    frames = {v: scope.targets(v, measure, indicator=indicator) for v in ("original", "revised")}
    results = {v: shortfall.analyse(stated(outturns), target_objects(t, ceiling=ceiling)) for v, t in frames.items()}
    return TargetStudy(
        label=scope.name_of(indicator or scope.indicator),
        outturns=outturns,
        original=frames["original"],
        revised=frames["revised"],
        against_original=results["original"],
        against_revised=results["revised"],
    )


def judged_years(in_year: Mapping[str, TargetStudy]) -> list[int]:
    """The years that can be judged, one entry per indicator and year."""
    tables = [study.against_original.table for study in in_year.values()]
    return [int(year) for table in tables for year in table.index[table["verdict_strict"] != "not_evaluable"]]


def rows_of(in_year: Mapping[str, TargetStudy], year: int) -> pd.DataFrame:
    """All rows of several indicators in one year, one below the other."""
    frames = [frame for study in in_year.values() for frame in (study.outturns, study.original, study.revised)]
    return pd.concat([frame[frame.index == year] for frame in frames])


def trend_verdict(growth: Mapping[str, TrendResult], level: Mapping[str, TrendResult]) -> Text:
    """What both series carry, stretch by stretch, in one text."""
    parts = []
    for name, results in ((GROWTH, growth), (LEVEL, level)):
        if not results:
            parts.append(NOT_STATED.format(what=name))
        for years, result in results.items():
            parts.append(STRETCH.format(what=name, years=years, verdict=result.verdict))
    return join(parts)
