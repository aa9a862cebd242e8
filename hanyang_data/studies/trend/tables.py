"""The tables of the trend notebook: what may be computed, with and without one year, and what is refused and why."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from hanyang_data.statistics.ladder import refused
from hanyang_data.statistics.shock import ShockResult
from hanyang_data.statistics.small_sample import Estimate, Test
from hanyang_data.statistics.trend import TrendResult
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.tables import HEADS, headed
from hanyang_data.words.messages import messages

SAYS = messages(__name__)

METHODS = {name.en: name.zh for name in SAYS.row("methods")}  # what Estimate.method and Test.method may say
REFUSAL_HEADS = SAYS.each("refusal_heads")
CELLS = ("value", "low", "high", "p_value", "n")


def statistics(lang: str = "en", **series: Mapping[str, TrendResult]) -> pd.DataFrame:
    """What the number of observations allows to be computed, one row per statistic; what it does not allow is no row.

    Returns:
        ``series, segment, statistic, value, low, high, p_value, n``.
    """
    rows: list[dict[str, object]] = []
    for name, segment, result in ((n, years, r) for n, results in series.items() for years, r in results.items()):
        where = {"series": HEADS[f"series_{name}"].to(lang), "segment": segment}
        rows += [where | cells for cells in _trend_cells(result, lang).values()]
    return pd.DataFrame(rows, columns=["series", "segment", "statistic", "value", "low", "high", "p_value", "n"])


def statistics_table(scope: Scope, **series: Mapping[str, TrendResult]) -> pd.DataFrame:
    """The same as a report prints it, without columns that hold nothing."""
    table = statistics(scope.lang, **series)
    return headed(table.dropna(axis="columns", how="all") if len(table) else table, HEADS, scope.lang)


def shock_table(scope: Scope, results: Mapping[str, ShockResult]) -> pd.DataFrame:
    """The statistics of growth with and without one year side by side, n on both sides; one row per statistic."""
    rows, heads = [], dict(HEADS)
    for years, result in results.items():
        sides = {
            w.format(year=result.year): _trend_cells(r, scope.lang)
            for w, r in ((SAYS["with"], result.including), (SAYS.without, result.excluding))
        }
        for name in dict.fromkeys(name for cells in sides.values() for name in cells):
            row: dict[str, object] = {"segment": years, "statistic": name}
            for side, cells in sides.items():
                found = cells.get(name, {})
                row |= {f"{c}_{side}": found.get(c) for c in CELLS}
                heads |= {f"{c}_{side}": SAYS.side.format(head=HEADS[c], side=side) for c in CELLS}
            rows.append(row)
    table = pd.DataFrame(rows).dropna(axis="columns", how="all") if rows else pd.DataFrame(columns=["segment", "statistic"])
    counts = [column for column in table if str(column).startswith("n")]
    whole = table[counts].astype("Int64").astype(object)  # a count that is missing on one side must not turn into a float
    return headed(table.assign(**whole.where(whole.notna(), None)), heads, scope.lang)


def refusals(n: int, lang: str = "en") -> pd.DataFrame:
    """The methods that ``n`` observations do not carry, from how many on they would, and why."""
    rows = [
        {"method": r.method.to(lang), "lowest": r.lowest, "here": n, "reason": r.reason.to(lang)} for r in refused(n).values()
    ]
    return pd.DataFrame(rows, columns=list(REFUSAL_HEADS))


def refusals_table(scope: Scope, n: int) -> pd.DataFrame:
    """The same as a report prints it."""
    return headed(refusals(n, scope.lang), REFUSAL_HEADS, scope.lang)


def _trend_cells(result: TrendResult, lang: str) -> dict[str, dict[str, object]]:
    """What one trend carries, under the name of each statistic."""
    rows: list[dict[str, object]] = []
    if result.cagr_pct is not None:
        rows.append({"statistic": SAYS["average", result.kind].to(lang), "value": round(result.cagr_pct, 2), "n": result.n})
    items = (result.mean_log_growth, result.log_linear, result.theil_sen, result.mann_kendall)
    rows += [_statistic(item, lang) for item in items if item is not None]
    return {str(row["statistic"]): row for row in rows}


def _statistic(item: Estimate | Test, lang: str) -> dict[str, object]:
    name = METHODS[item.method] if lang == "zh" else item.method
    if isinstance(item, Test):
        return {"statistic": name, "value": item.statistic, "p_value": round(item.p_value, 4), "n": item.n}
    return {"statistic": name, "value": round(item.value, 2), "low": round(item.low, 2), "high": round(item.high, 2), "n": item.n}
