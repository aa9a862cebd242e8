"""The tables of the growth-gap notebook: years with their blanks explained, shares, many regions, sectors."""

from collections.abc import Mapping

import pandas as pd

from hanyang_data.statistics.attribution import ShiftShare
from hanyang_data.statistics.gap import GapResult
from hanyang_data.studies.growth_gap.sectors import SectorYear
from hanyang_data.studies.growth_gap.yearly import one_sided_gaps
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.tables import headed
from hanyang_data.words.wording import messages, year_list

SAYS = messages(__name__)

HEADS = SAYS.each("heads")


def years_table(scope: Scope, table: pd.DataFrame, results: Mapping[str, GapResult]) -> pd.DataFrame:
    """Both sides, the gap, the relative index with what rounding allows, and the reason for a blank; every year a row."""
    runs = [result.chain for result in results.values() if len(result.cumulative_pct) > 1]
    chain = pd.concat(runs or [pd.DataFrame(columns=["relative_index", "low", "high"], dtype=float)]).round(1)
    told = table.join(chain[~chain.index.duplicated(keep="last")].rename(columns={"relative_index": "index"}))
    bounds = {year: found.words("pp") for year, found in one_sided_gaps(results).items()}
    told["bound"] = [bounds.get(year) for year in told.index]
    told["within_rounding"] = told["within_rounding"].astype(object).where(told["gap_pp"].notna(), "")
    told["blank"] = [why(scope, code) for code in told["blank"]]
    order = ["district_pct", "city_pct", "gap_pp", "bound", "within_rounding", "index", "low", "high", "blank"]
    return headed(scope, told[order], HEADS, sparse=True)


def indicators_in_year(scope: Scope, yearly: pd.DataFrame) -> pd.DataFrame:
    """Growth of both sides and the gap, one row an indicator."""
    table = yearly.drop(columns=[c for c in yearly if c.endswith(("_qualifier", "_flag"))])
    within = table["within_rounding"].astype(object).where(table["gap_pp"].notna(), "")
    return headed(scope, table.assign(within_rounding=within), HEADS)


def share_of_city(scope: Scope, shares: pd.DataFrame) -> pd.DataFrame:
    """The region's share of the comparator, percent of levels as printed: one row an indicator and year."""
    table = shares.drop(columns="since").round({"share_pct": 2})
    return headed(scope, table.rename(columns={"share_pct": "share_of_pct"}), HEADS)


def per_head(scope: Scope, heads: pd.DataFrame) -> pd.DataFrame:
    """GDP per head of both sides in whole CNY, and the region's in percent of the comparator's."""
    table = heads.round({"district": 0, "city": 0, "ratio_pct": 1}).astype({"district": int, "city": int})
    return headed(scope, table.rename(columns={"district": "district_cny", "city": "city_cny"}), HEADS)


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
    table = pd.concat(parts).groupby(level=0).first().reindex(columns=columns).astype(float).rename_axis("year")
    return headed(scope, table.round(dict.fromkeys(columns, 1) | {"contribution_pp": 2}), HEADS, sparse=True)


def regions_table(scope: Scope, gaps: pd.DataFrame) -> pd.DataFrame:
    """The gaps of several regions on one indicator, one row a region and one column a year, or the word for the blank."""
    return _by_region(scope, gaps[gaps["indicator"] == scope.indicator], "year")


def indicators_table(scope: Scope, gaps: pd.DataFrame, year: int) -> pd.DataFrame:
    """The gaps of several regions in one year, one row a region and one column an indicator."""
    here = gaps[gaps["year"] == year]
    return _by_region(scope, here.assign(column=[scope.name_of(id_).to(scope.lang) for id_ in here["indicator"]]), "column")


def _by_region(scope: Scope, gaps: pd.DataFrame, by: str) -> pd.DataFrame:
    rows = [{"region": region} | _cells(scope, part, by) for region, part in gaps.groupby("region", sort=False)]
    return headed(scope, pd.DataFrame(rows, columns=None if rows else ["region"]), HEADS)


def _cells(scope: Scope, part: pd.DataFrame, by: str) -> dict[str, object]:
    """One cell for each year or indicator: the gap as a number, or the word for its blank; then what must be said of them."""
    cells: dict[str, object] = {
        str(row[by]): float(row["gap_pp"]) if pd.notna(row["gap_pp"]) else why(scope, str(row["blank"]))
        for _, row in part.iterrows()
    }
    for column, mark in (("rounded_years", "within_rounding"), ("about_years", "about")):
        told = list(part.loc[part[mark], by])
        cells[column] = year_list(told) if by == "year" else told
    return cells


def attribution_table(
    scope: Scope, own: Mapping[str, Mapping[int, SectorYear]], between: Mapping[int, ShiftShare | None]
) -> pd.DataFrame:
    """Contributions of the sectors to growth of each region and to the gap, the residual always a row of its own."""
    rows = [
        {"region": region, "year": year} | cells
        for region, years in own.items()
        for year, study in years.items()
        for cells in _sector_rows(scope, study, between.get(year) if region == scope.region else None)
    ]
    columns = ["region", "year", "sector", "weight_pct", "growth_pct", "part_pp", "structure_pp", "within_pp", "weights"]
    return headed(scope, pd.DataFrame(rows, columns=columns), HEADS, sparse=True)


def _sector_rows(scope: Scope, study: SectorYear, shared: ShiftShare | None) -> list[dict[str, object]]:
    digits = {"weight_pct": 1, "part_pp": 2, "structure_pp": 2, "within_pp": 2}
    table = study.parts.table.rename(columns={"contribution_pp": "part_pp"})
    table = table if shared is None else table.join(shared.table[["structure_pp", "within_pp"]])
    table = table.round(digits).assign(weights=SAYS["weights", study.weights].to(scope.lang))
    rows = [{"sector": scope.name_of(str(id_)), **cells} for id_, cells in table.to_dict("index").items()]
    residual = {"sector": SAYS.residual, "part_pp": round(study.parts.residual_pp, 2)}
    within = {} if shared is None else {"within_pp": round(shared.residual_pp, 2)}
    total = {"sector": SAYS.total, "growth_pct": study.parts.total_pct, "part_pp": study.parts.total_pct}
    return [*rows, residual | within, total]


def why(scope: Scope, code: str) -> str:
    """Why a year has no gap, in words; empty where it has one."""
    return SAYS["blanks", code].format(b=scope.comparator_name).to(scope.lang) if code else ""
