"""The tables of the growth-gap notebook: years with their blanks explained, shares, many regions, sectors."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from hanyang_data.record.catalogue import region_name
from hanyang_data.statistics.attribution import ShiftShare
from hanyang_data.statistics.gap import GapResult
from hanyang_data.studies.growth_gap.sectors import SectorYear
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.tables import YES_NO, headed
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import year_list

SAYS = messages(__name__)

HEADS = SAYS.each("heads")


def years_table(scope: Scope, table: pd.DataFrame, results: Mapping[str, GapResult]) -> pd.DataFrame:
    """Both sides, the gap, the relative index with what rounding allows, and the reason for a blank; every year a row."""
    marked = table.reset_index().assign(index=float("nan"), low=float("nan"), high=float("nan"))
    for result in results.values():
        if len(result.cumulative_pct) > 1:
            for year, row in result.chain.iterrows():
                here = marked["year"] == year
                marked.loc[here, ["index", "low", "high"]] = [round(v, 1) for v in row]
    marked["within_rounding"] = [
        YES_NO[bool(m)].to(scope.lang) if pd.notna(g) else ""
        for m, g in zip(marked["within_rounding"], marked["gap_pp"], strict=True)
    ]
    marked["blank"] = [why(scope, code) for code in marked["blank"]]
    bounds = {year: found.words("pp").to(scope.lang) for r in results.values() for year, found in r.bounds.items()}
    marked["bound"] = [bounds.get(year) for year in marked["year"]]
    order = ["year", "district_pct", "city_pct", "gap_pp", "bound", "within_rounding", "index", "low", "high", "blank"]
    return _headed(scope, marked[order].dropna(axis="columns", how="all"))


def share_of_city(scope: Scope, shares: pd.DataFrame) -> pd.DataFrame:
    """The region's share of the comparator, percent of levels as printed: one row an indicator and year."""
    table = shares.drop(columns="since").assign(
        indicator=[scope.name_of(str(id_)).to(scope.lang) for id_ in shares["indicator"]],
        share_pct=shares["share_pct"].round(2),
        unlike=[YES_NO[bool(unlike)].to(scope.lang) for unlike in shares["unlike"]],
    )
    return _headed(scope, table.rename(columns={"share_pct": "share_of_pct"}))


def per_head(scope: Scope, heads: pd.DataFrame) -> pd.DataFrame:
    """GDP per head of both sides in whole CNY, and the region's in percent of the comparator's."""
    table = heads.round({"district": 0, "city": 0, "ratio_pct": 1}).astype({"district": int, "city": int})
    renamed = table.rename(columns={"district": "district_cny", "city": "city_cny"})
    return _headed(scope, renamed.reset_index())


def shares_table(scope: Scope, share: pd.Series | None, results: Mapping[str, GapResult]) -> pd.DataFrame:
    """Share, contribution to the growth of the comparator, and growth of the rest of it, for the years that have a share."""
    known = pd.Series(dtype=float) if share is None else share.set_axis(share.index + 1)
    parts = [pd.DataFrame({"share_pct": known}).rename_axis("year")]
    for result in results.values():
        if result.contribution is not None:
            rest = pd.DataFrame(columns=["rest_pct", "gap_pp"]) if result.rest_of_city is None else result.rest_of_city
            renamed = rest[["rest_pct", "gap_pp"]].rename(columns={"gap_pp": "rest_gap_pp"})
            parts.append(result.contribution.join(renamed.astype(float)))
    columns = ["share_pct", "contribution_pp", "of_growth_pct", "rest_pct", "rest_gap_pp"]
    table = pd.concat(parts).groupby(level=0).first().reindex(columns=columns).astype(float)
    digits = dict.fromkeys(columns, 1) | {"contribution_pp": 2}
    return _headed(scope, table.round(digits).rename_axis("year").reset_index().dropna(axis="columns", how="all"))


def regions_table(scope: Scope, gaps: pd.DataFrame, indicator: str = "") -> pd.DataFrame:
    """The gaps of several regions on one indicator, one row a region and one column a year, or the word for the blank."""
    rows = []
    for region, part in gaps[gaps["indicator"] == (indicator or scope.indicator)].groupby("region", sort=False):
        rows.append({"region": region_name(str(region), scope.dataset).to(scope.lang)} | _cells(scope, part, "year"))
    return _headed(scope, pd.DataFrame(rows, columns=None if rows else ["region"]))


def indicators_table(scope: Scope, gaps: pd.DataFrame, year: int) -> pd.DataFrame:
    """The gaps of several regions in one year, one row a region and one column an indicator."""
    here = gaps[gaps["year"] == year].copy()
    here["column"] = [scope.name_of(id_).to(scope.lang) for id_ in here["indicator"]]
    rows = [
        {"region": region_name(str(region), scope.dataset).to(scope.lang)} | _cells(scope, part, "column")
        for region, part in here.groupby("region", sort=False)
    ]
    return _headed(scope, pd.DataFrame(rows, columns=None if rows else ["region"]))


def attribution_table(
    scope: Scope, own: Mapping[str, Mapping[int, SectorYear]], between: Mapping[int, ShiftShare | None]
) -> pd.DataFrame:
    """Contributions of the sectors to growth of each region and to the gap, the residual always a row of its own."""
    rows: list[dict[str, object]] = []
    for region, years in own.items():
        for year, study in years.items():
            shared = between.get(year) if region == scope.region else None
            where = {"region": region_name(region, scope.dataset).to(scope.lang), "year": year}
            rows += [where | cells for cells in _sector_rows(scope, study, shared)]
    columns = ["region", "year", "sector", "weight_pct", "growth_pct", "part_pp", "structure_pp", "within_pp", "weights"]
    table = pd.DataFrame(rows, columns=columns)
    return _headed(scope, table.dropna(axis="columns", how="all") if rows else table)


def _sector_rows(scope: Scope, study: SectorYear, shared: ShiftShare | None) -> list[dict[str, object]]:
    how, rows = SAYS["weights", study.weights].to(scope.lang), list[dict[str, object]]()
    for sector, row in study.parts.table.iterrows():
        cells: dict[str, object] = {
            "sector": scope.name_of(str(sector)).to(scope.lang),
            "weight_pct": round(row["weight_pct"], 1),
            "growth_pct": row["growth_pct"],
            "part_pp": round(row["contribution_pp"], 2),
            "weights": how,
        }
        if shared is not None:
            cells |= {key: round(float(shared.table.at[sector, key]), 2) for key in ("structure_pp", "within_pp")}
        rows.append(cells)
    rows.append({"sector": SAYS.residual.to(scope.lang), "part_pp": round(study.parts.residual_pp, 2)})
    if shared is not None:
        rows[-1]["within_pp"] = round(shared.residual_pp, 2)
    rows.append({"sector": SAYS.total.to(scope.lang), "growth_pct": study.parts.total_pct, "part_pp": study.parts.total_pct})
    return rows


def _cells(scope: Scope, part: pd.DataFrame, by: str) -> dict[str, object]:
    """One cell for each year or indicator: the gap as a number, or the word for its blank; then what must be said of them."""
    cells: dict[str, object] = {
        str(row[by]): float(row["gap_pp"]) if pd.notna(row["gap_pp"]) else why(scope, str(row["blank"]))
        for _, row in part.iterrows()
    }
    for column, mark in (("rounded_years", "within_rounding"), ("about_years", "about")):
        told = part.loc[part[mark], by]
        cells[column] = year_list([int(y) for y in told]).to(scope.lang) if by == "year" else list(told)
    return cells


def why(scope: Scope, code: str) -> str:
    """Why a year has no gap, in words; empty where it has one."""
    return SAYS["blanks", code].format(b=scope.comparator_name).to(scope.lang) if code else ""


def _headed(scope: Scope, table: pd.DataFrame) -> pd.DataFrame:
    regions = {"a": scope.region_name, "b": scope.comparator_name}
    return headed(table, {key: head.format(**regions) for key, head in HEADS.items()}, scope.lang)
