"""The tables of the target-shortfall notebook: targets as worded, both readings of the outturn, the ladder, the plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from hanyang_data.record.catalogue import region_name
from hanyang_data.statistics.shortfall import ShortfallResult
from hanyang_data.studies.columns import in_unit
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.tables import FLAGS, headed
from hanyang_data.studies.target_shortfall.evidence import Ladder, PlanPath, Vintages
from hanyang_data.studies.target_shortfall.judged import TargetStudy, words_of
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import (
    GROWTH,
    LEVEL,
    NOT_ON_RECORD,
    TARGET_VINTAGES,
    VERDICTS,
    VINTAGES,
    Text,
    listed,
    number,
    printed,
)

SAYS = messages(__name__)

HEADS = SAYS.each("heads")


def by_year(scope: Scope, study: TargetStudy, vintages: Vintages, plan: PlanPath | None = None) -> pd.DataFrame:
    """Targets as worded, outturns and verdicts under the three readings of "about", one row a year of the window.

    The reading of the outturn that the scope does not take stands beside it in the years that have another, with the verdicts
    that change. The target of a five-year plan for a level has a column of its own in the year it is set for.
    """
    rows = []
    for year in scope.years:
        cells = {"year": year, **_cells(scope, study, year), **_other(scope, vintages, year)}
        if plan is not None and year == plan.end_year:
            cells["plan"] = _worded(plan.targets, year)
        rows.append(cells)
    table = pd.DataFrame(rows).dropna(axis="columns", how="all")
    return _headed(_ordered(table), scope)


def in_year(scope: Scope, year: int, studies: Mapping[str, TargetStudy]) -> pd.DataFrame:
    """The same for one year, one row per indicator."""
    rows = [{"indicator": s.label.to(scope.lang), **_cells(scope, s, year)} for s in studies.values()]
    return _headed(_ordered(pd.DataFrame(rows).dropna(axis="columns", how="all")), scope)


def all_in_year(scope: Scope, year: int, studies: Sequence[TargetStudy]) -> pd.DataFrame:
    """Every target of a year on record, growth and level, its own and the city's post-COVID one, each with its verdict."""
    rows = []
    for study in studies:
        for frame, result in ((study.original, study.against_original), (study.revised, study.against_revised)):
            if year not in frame.index:
                continue
            verdict = result.judged.get(year)
            rows.append(
                {
                    "indicator": study.label.to(scope.lang),
                    "measure": _measure(scope, study).to(scope.lang),
                    "kind": TARGET_VINTAGES[frame.at[year, "vintage"]].to(scope.lang),
                    "target": _worded(frame, year),
                    "outturn": _worded(study.outturns, year),
                    "error_pp": round(result.table.at[year, "error_pp"], 1),
                    "error_pct": round(result.table.at[year, "error_pct"], 1),
                    "bound": _bounded(result, year, scope.lang),
                    "verdict": VERDICTS[verdict or result.table.at[year, "verdict_strict"]].to(scope.lang),
                    "source": frame.at[year, "source_id"],
                }
            )
    columns = None if rows else ["indicator", "kind", "target", "outturn", "verdict"]
    return _headed(pd.DataFrame(rows, columns=columns).dropna(axis="columns", how="all"), scope, {"target": SAYS.any_target})


def _measure(scope: Scope, study: TargetStudy) -> Text:
    """Growth, or the level with its unit: those of several indicators stand in one column."""
    attrs = study.outturns.attrs
    if attrs["measure"] == "growth":
        return GROWTH
    return in_unit(LEVEL, str(scope.dataset.indicators.at[attrs["indicator"], "level_unit"]))


def _bounded(result: ShortfallResult, year: int, lang: str) -> str | None:
    """The error of a year whose outturn is a bound."""
    return None if year not in result.sizes or result.sizes[year].stated else result.size(year).to(lang) or None


def not_evaluable(scope: Scope, studies: Mapping[str, TargetStudy]) -> pd.DataFrame:
    """What cannot be judged: each year with a target or an outturn of which the other lacks a number, with its wording."""
    rows = []
    for study in studies.values():
        for year, reason in study.against_original.not_evaluable.items():
            if year not in study.original.index.union(study.outturns.index):
                continue
            wording = study.original["wording"].get(year, "")
            rows.append(
                {
                    "indicator": study.label.to(scope.lang),
                    "year": year,
                    "target": _worded(study.original, year),
                    "as_printed": wording,
                    "outturn": _worded(study.outturns, year),
                    "reason": reason.to(scope.lang),
                }
            )
    columns = ["indicator", "year", "target", "as_printed", "outturn", "reason"]
    return _headed(pd.DataFrame(rows, columns=columns), scope)


def ladder(scope: Scope, found: Ladder) -> pd.DataFrame:
    """One row a year: target, outturn and shortfall of each region, who set the bar higher and who missed by more."""
    names = {region: region_name(region, scope.dataset) for region in found.names}
    rows = []
    for year, row in found.table.iterrows():
        cells: dict[str, object] = {"year": year}
        for region in names:
            cells[f"target_of_{region}"] = _worded(found.targets[region], int(year))
            cells[f"outturn_of_{region}"] = _worded(found.outturns[region], int(year))
            cells[f"error_of_{region}"] = round(row[f"error_{region}"], 1)
        several = row[[f"error_{region}" for region in names]].notna().sum() > 1  # else nobody can be said to have missed by more
        cells["higher"] = _who(row["highest"], names, row[[f"bar_{r}" for r in names]].notna().sum(), scope.lang)
        cells["missed"] = (
            _who(row["missed_most"], names, 0, scope.lang)
            if row["missed_most"]
            else (SAYS.nobody.to(scope.lang) if several else "")
        )
        rows.append(cells)
    columns = None if rows else ["year", "higher", "missed"]
    own = {f"{of}_{r}": HEADS[of].format(name=n) for r, n in names.items() for of in ("target_of", "outturn_of", "error_of")}
    return _headed(pd.DataFrame(rows, columns=columns), scope, own)


def plan(scope: Scope, path: PlanPath) -> pd.DataFrame:
    """What the plan's level needs from each level on record: nominal, and real with the deflator assumed, ±1 pp."""
    rows, own = [], dict[str, Text]()
    for place, (year, row) in enumerate(path.levels.iterrows()):
        need, average = path.needed[place], path.average_pct[place]
        cells: dict[str, object] = {
            "year": year,
            "level": printed(row["value"], row["qualifier"], row["unit"], flag=row["flag"]),
            "vintage": VINTAGES[row["vintage"]].to(scope.lang),
            "published_on": row["published_on"],
            "average": None if average is None else round(average, 1),
            "left": None if need is None else need.left,
            "nominal": None if need is None else round(need.nominal_pct, 1),
            "ahead": None if need is None or average is None else round(need.nominal_pct - average, 1),
        }
        reals = () if need is None else (need.real_high_pct, need.real_pct, need.real_low_pct)
        for shift, real in zip((-1.0, 0.0, 1.0), reals, strict=False):
            cells[f"real_{shift:+.0f}_pct"] = round(real, 1)
            own[f"real_{shift:+.0f}_pct"] = HEADS["real"].format(d=number(path.deflator_pct + shift))
        cells["flag"] = [FLAGS[flag].to(scope.lang) for flag in row["flag"].split() if flag != "break"] or None
        cells["source"] = row["source_id"]
        rows.append(cells)
    units = {"average": "percent", "nominal": "percent", "ahead": "pp"}
    return headed(pd.DataFrame(rows, columns=None if rows else ["year", "level", "nominal"]), HEADS | own, scope.lang, units)


def _cells(scope: Scope, study: TargetStudy, year: int) -> dict[str, object]:
    cells: dict[str, object] = {}
    for name, frame in (("target", study.original), ("revised", study.revised), ("outturn", study.outturns)):
        cells[name] = _worded(frame, year)
    result = study.against_original.table
    if year in result.index:
        row = result.loc[year]
        cells |= {key: round(row[key], 1) for key in ("error_pp", "error_pct", "attainment_pct")}
        cells["bound"] = _bounded(study.against_original, year, scope.lang)
        tail = "" if result["error_pct"].isna().all() else "_pct"
        cells["verdict_strict"] = VERDICTS[row["verdict_strict"]].to(scope.lang)
        cells |= {f"{key}{tail}": VERDICTS[row[key]].to(scope.lang) for key in ("verdict_about_025", "verdict_about_050")}
    revised = study.against_revised.table
    if year in revised.index:
        row = revised.loc[year]
        cells["error_revised"] = round(row["error_pp"] if pd.notna(row["error_pp"]) else row["error_pct"], 1)
    return cells


def _other(scope: Scope, vintages: Vintages, year: int) -> dict[str, object]:
    """The reading that the scope does not take, where there is another one."""
    if year not in vintages.later:
        return {}
    name = "latest" if scope.vintage == "first" else "first"
    frame, result = (vintages.latest, vintages.by_latest) if name == "latest" else (vintages.first, vintages.by_first)
    cells: dict[str, object] = {f"other_{name}": _worded(frame, year)}
    if year not in result.table.index:  # a wording, and no target: there is nothing to judge
        return cells
    row = result.table.loc[year]
    error = row["error_pp"] if pd.notna(row["error_pp"]) else row["error_pct"]
    flipped = [SAYS["reading", rule].to(scope.lang) for rule, years in vintages.flips.items() if year in years]
    return cells | {
        "other_error": round(error, 1),
        "other_verdict": VERDICTS[row["verdict_strict"]].to(scope.lang) if year in result.judged else None,
        "flip": flipped or None,
    }


def _worded(frame: pd.DataFrame, year: int) -> Text | str:
    return words_of(frame, year) or NOT_ON_RECORD


def _who(led: str, names: Mapping[str, Text], held: int, lang: str) -> str:
    ids = led.split()
    if held and len(ids) == held:
        return SAYS.level_tie.to(lang)
    return listed(names[id_] for id_ in ids).to(lang)


def _ordered(table: pd.DataFrame) -> pd.DataFrame:
    return table[[key for key in HEADS if key in table.columns]]


def _headed(table: pd.DataFrame, scope: Scope, own: Mapping[str, Text] | None = None) -> pd.DataFrame:
    return headed(table, HEADS | dict(own or {}), scope.lang)
