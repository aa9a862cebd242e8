"""The tables of the target-shortfall notebook: targets as worded, both readings of the outturn, the ladder, the plan."""

from collections.abc import Mapping, Sequence

import pandas as pd

from hanyang_data.record.catalogue import region_name
from hanyang_data.statistics.shortfall import ShortfallResult
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.tables import headed, in_unit
from hanyang_data.studies.target_shortfall.evidence import Ladder, PlanPath, TargetStudy, Vintages, words_of
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import GROWTH, LEVEL, NOT_ON_RECORD, TARGET_VINTAGES, VERDICTS, Text, listed, number, printed

SAYS = messages(__name__)

HEADS = SAYS.each("heads")


def by_year(scope: Scope, study: TargetStudy, vintages: Vintages, plan: PlanPath | None = None) -> pd.DataFrame:
    """Targets as worded, outturns and verdicts under the three readings of "about", one row a year of the window.

    The reading of the outturn that the scope does not take stands beside it in the years that have another, with the verdicts
    that change. The target of a five-year plan for a level has a column of its own in the year it is set for.
    """
    rows = [{"year": year, **_cells(study, year), **_other(scope, vintages, year)} for year in scope.years]
    if plan is not None and plan.end_year in scope.years:
        rows[scope.years.index(plan.end_year)]["plan"] = _worded(plan.targets, plan.end_year)
    return _in_order(scope, rows)


def in_year(scope: Scope, year: int, studies: Mapping[str, TargetStudy]) -> pd.DataFrame:
    """The same for one year, one row per indicator."""
    return _in_order(scope, [{"indicator": s.label, **_cells(s, year)} for s in studies.values()])


def all_in_year(scope: Scope, year: int, studies: Sequence[TargetStudy]) -> pd.DataFrame:
    """Every target of a year on record, growth and level, its own and the city's post-COVID one, each with its verdict."""
    units = scope.dataset.indicators["level_unit"]  # several stand in one column
    rows = [
        {
            "indicator": study.label,
            "measure": GROWTH if of["measure"] == "growth" else in_unit(LEVEL, str(units[of["indicator"]])),
            "kind": TARGET_VINTAGES[frame.at[year, "vintage"]],
            "target": _worded(frame, year),
            "outturn": _worded(study.outturns, year),
            "error_pp": round(result.table.at[year, "error_pp"], 1),
            "error_pct": round(result.table.at[year, "error_pct"], 1),
            "bound": _bounded(result, year),
            "verdict": VERDICTS[result.judged.get(year) or result.table.at[year, "verdict_strict"]],
            "source": frame.at[year, "source_id"],
        }
        for study, of in ((study, study.series) for study in studies)
        for frame, result in study.sets
        if year in frame.index
    ]
    table = pd.DataFrame(rows, columns=None if rows else ["indicator", "kind", "target", "outturn", "verdict"])
    return headed(scope, table, HEADS | {"target": SAYS.any_target}, sparse=True)


def _bounded(result: ShortfallResult, year: int) -> Text | None:
    """The error of a year whose outturn is a bound."""
    size = result.size(year)
    return None if year not in result.sizes or result.sizes[year].stated or not size.en else size


def not_evaluable(scope: Scope, studies: Mapping[str, TargetStudy], lacking: pd.DataFrame) -> pd.DataFrame:
    """What cannot be judged (``lacking``, see :func:`evidence.not_evaluable`), targets and outturns as worded."""
    of = [(studies[str(row.indicator)], int(row.year)) for row in lacking.itertuples()]
    told = {"target": [_worded(s.original, y) for s, y in of], "outturn": [_worded(s.outturns, y) for s, y in of]}
    columns = ["indicator", "year", "target", "as_printed", "outturn", "reason"]
    return headed(scope, lacking.rename(columns={"wording": "as_printed"}).assign(**told)[columns], HEADS)


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
        held, judged = (int(row[[f"{of}_{region}" for region in names]].notna().sum()) for of in ("bar", "error"))
        leaders, missed = ([names[id_] for id_ in row[of].split()] for of in ("highest", "missed_most"))
        cells["higher"] = SAYS.level_tie if held and len(leaders) == held else listed(leaders)
        # with one error alone nobody can be said to have missed by more
        cells["missed"] = listed(missed) if missed or judged < 2 else SAYS.nobody
        rows.append(cells)
    own = {f"{of}_{r}": HEADS[of].format(name=n) for r, n in names.items() for of in ("target_of", "outturn_of", "error_of")}
    return headed(scope, pd.DataFrame(rows, columns=None if rows else ["year", "higher", "missed"]), HEADS | own)


def plan(scope: Scope, path: PlanPath) -> pd.DataFrame:
    """What the plan's level needs from each level on record: nominal, and real with the deflator assumed, ±1 pp."""
    shifts = {f"real_{shift:+.0f}_pct": path.deflator_pct + shift for shift in (-1.0, 0.0, 1.0)}
    heads, rows = HEADS | {key: HEADS["real"].format(d=number(rise)) for key, rise in shifts.items()}, []
    for (year, row), need, average in zip(path.levels.iterrows(), path.needed, path.average_pct, strict=True):
        cells: dict[str, object] = {
            "year": year,
            "level": printed(row["value"], row["qualifier"], row["unit"], flag=row["flag"]),
            "vintage": row["vintage"],
            "published_on": row["published_on"],
            "average": None if average is None else round(average, 1),
            "left": None if need is None else need.left,
            "nominal": None if need is None else round(need.nominal_pct, 1),
            "ahead": None if need is None or average is None else round(need.nominal_pct - average, 1),
        }
        reals = () if need is None else (need.real_high_pct, need.real_pct, need.real_low_pct)
        cells |= {key: round(real, 1) for key, real in zip(shifts, reals, strict=False)}
        flags = " ".join(flag for flag in row["flag"].split() if flag != "break")
        rows.append(cells | {"flag": flags or None, "source": row["source_id"]})
    table = pd.DataFrame(rows, columns=None if rows else ["year", "level", "nominal"])
    return headed(scope, table, heads, {"average": "percent", "nominal": "percent", "ahead": "pp"})


def _cells(study: TargetStudy, year: int) -> dict[str, object]:
    """Targets and outturn of a year as worded, and the verdicts on them."""
    sides = {"target": study.original, "revised": study.revised, "outturn": study.outturns}
    cells: dict[str, object] = {name: _worded(frame, year) for name, frame in sides.items()}
    result, revised = (result.table for _, result in study.sets)
    if year in result.index:
        row = result.loc[year]
        cells |= {key: round(row[key], 1) for key in ("error_pp", "error_pct", "attainment_pct")}
        tail = "" if result["error_pct"].isna().all() else "_pct"
        cells |= {"bound": _bounded(study.against_original, year), "verdict_strict": VERDICTS[row["verdict_strict"]]}
        cells |= {f"{key}{tail}": VERDICTS[row[key]] for key in ("verdict_about_025", "verdict_about_050")}
    if year in revised.index:
        cells["error_revised"] = _error(revised.loc[year])
    return cells


def _error(row: pd.Series) -> float:
    return round(float(row["error_pp"] if pd.notna(row["error_pp"]) else row["error_pct"]), 1)


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
    flipped = listed(SAYS["reading", rule] for rule, years in vintages.flips.items() if year in years)
    verdict = VERDICTS[row["verdict_strict"]] if year in result.judged else None
    return cells | {"other_error": _error(row), "other_verdict": verdict, "flip": flipped if flipped.en else None}


def _worded(frame: pd.DataFrame, year: int) -> Text | str:
    return words_of(frame, year) or NOT_ON_RECORD


def _in_order(scope: Scope, rows: Sequence[Mapping[str, object]]) -> pd.DataFrame:
    """Rows with different cells as one table, its columns in the order of their heads."""
    table = pd.DataFrame(rows)
    return headed(scope, table[[key for key in HEADS if key in table]], HEADS, sparse=True)
