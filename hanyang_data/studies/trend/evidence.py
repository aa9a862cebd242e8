"""The trend of a series, stretch by stretch between its breaks, as frames and tables; and what stands in for missing years."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from hanyang_data.record.frames import segments, stated
from hanyang_data.record.series import PARTS
from hanyang_data.record.vintages import known_on
from hanyang_data.statistics import trend
from hanyang_data.statistics.trend import ShockResult, TrendResult
from hanyang_data.studies.implied import Implied
from hanyang_data.studies.scope import Scope, span
from hanyang_data.studies.tables import LEAST_P, MEASURES, headed
from hanyang_data.studies.unprinted import NONE
from hanyang_data.words.wording import messages, printed

SAYS = messages(__name__)

MONEY = ("CNY_100M", "USD_100M", "CNY")
METHODS = {name.en: name.zh for name in SAYS.row("methods")}  # what Estimate.method and Test.method may say
HEADS, REFUSAL_HEADS = SAYS.each("heads"), SAYS.each("refusal_heads")
CELLS = ("value", "low", "high", "p_value", "n")


def trend_by_segment(frame: pd.DataFrame, kind: str) -> dict[str, TrendResult]:
    """The trend of each stretch of a series between its breaks, under its years such as "2017–2018".

    Nothing is computed across a break; a stretch without a stated number (bounds, wordings) is left out.
    """
    kind = "share" if kind == "level" and frame["unit"].eq("percent").all() else kind
    return {span(part): trend.analyse(list(part.index), list(part), kind=kind) for part in _stretches(frame)}


def shock_by_segment(frame: pd.DataFrame, year: int = trend.SHOCK) -> dict[str, ShockResult]:
    """Growth with and without a year, for the stretch between breaks that states it; empty where none does."""
    parts = _stretches(frame)
    return {span(p): found for p in parts if (found := trend.with_and_without(list(p.index), list(p), year=year)) is not None}


def _stretches(frame: pd.DataFrame) -> list[pd.Series]:
    return [values for part in segments(frame) if len(values := stated(part))]


class Instead(NamedTuple):
    """What is on record of growth for years without an annual outturn."""

    targets: pd.DataFrame  # the original targets with a number
    parts: pd.DataFrame  # the longest part of the year that is printed (``period``: q1_q3, h1 or q1)
    implied: Mapping[str, Sequence[Implied]]  # what printed figures imply: growth, level and average


def instead_of(scope: Scope, growth: pd.DataFrame, implied: Mapping[str, Sequence[Implied]] = NONE) -> Instead:
    """Targets and parts of a year, for the years of the window in which no outturn of growth is on record."""
    targets = scope.targets()
    targets = targets[targets["value"].notna() & ~targets.index.isin(growth.index)]
    obs = known_on(scope.dataset.observations, scope.as_of)
    ours = obs[
        obs["region"].eq(scope.region) & obs["indicator"].eq(scope.indicator) & obs["measure"].eq("growth")
        & obs["concept"].eq("outturn") & obs["period"].isin(PARTS) & obs["value"].notna()
        & obs["year"].isin(set(scope.years) - {*growth.index})
    ]  # fmt: skip
    longest_first = ours.assign(rank=ours["period"].map(PARTS.index)).sort_values(["year", "rank"], kind="stable")
    return Instead(targets, longest_first.drop_duplicates("year").set_index("year").assign(flag=""), implied)


def statistics(lang: str, results: Mapping[str, Mapping[str, TrendResult]]) -> pd.DataFrame:
    """What the number of observations allows to be computed, one row per statistic; what it does not allow is no row."""
    rows = [
        {"series": MEASURES[series].to(lang), "segment": segment} | cells
        for series, stretches in results.items()
        for segment, result in stretches.items()
        for cells in _statistics_of(result, lang).values()
    ]
    return pd.DataFrame(rows, columns=["series", "segment", "statistic", *CELLS])


def shock_table(scope: Scope, results: Mapping[str, ShockResult]) -> pd.DataFrame:
    """The statistics of growth with and without one year side by side, n on both sides; one row per statistic."""
    rows, heads = [], dict(HEADS)
    for years, result in results.items():
        sides = {SAYS["with"]: result.including, SAYS.without: result.excluding}
        told = {side.format(year=result.year): _statistics_of(of, scope.lang) for side, of in sides.items()}
        heads |= {f"{c}_{side}": SAYS.side.format(head=HEADS[c], side=side) for side in told for c in CELLS}
        for name in dict.fromkeys(name for cells in told.values() for name in cells):
            found = {f"{c}_{side}": cells.get(name, {}).get(c) for side, cells in told.items() for c in CELLS}
            rows.append({"segment": years, "statistic": name} | found)
    table = pd.DataFrame(rows, columns=None if rows else ["segment", "statistic"])
    counts = [column for column in table if str(column).startswith("n")]
    whole = table[counts].astype("Int64").astype(object)  # a count that is missing on one side must not turn into a float
    return headed(scope, table.assign(**whole.where(whole.notna(), None)), heads, sparse=True)


def series_table(scope: Scope, growth: pd.DataFrame, level: pd.DataFrame) -> pd.DataFrame:
    """Every year of the window with growth and level, how they were printed, when and where; empty years are rows too."""
    rows = []
    for year in scope.years:
        sides = {name: f.loc[year] for name, f in (("growth", growth), ("level", level)) if year in f.index}
        cells: dict[str, object] = {"year": year}
        for name, row in sides.items():
            cells["growth_pct" if name == "growth" else name] = row["value"]
            cells[f"{name}_printed"] = printed(row["value"], row["qualifier"], row["unit"], flag=row["flag"])
        told = {key: list(dict.fromkeys(row[key] for row in sides.values())) or None for key in ("vintage", "published_on")}
        flags = " ".join(row["flag"] for row in sides.values()).strip() or None
        cited = list(dict.fromkeys(row["source_id"] for row in sides.values())) or None
        rows.append(cells | told | {"flag": flags, "source": cited})
    unit = str(level["unit"].iloc[0]) if len(level) else ""
    order = ["year", "growth_pct", "level", "growth_printed", "level_printed", "vintage", "published_on", "flag", "source"]
    return headed(scope, pd.DataFrame(rows, columns=order), HEADS, {"level": unit, "level_printed": unit}, sparse=True)


def _statistics_of(result: TrendResult, lang: str) -> dict[str, dict[str, object]]:
    """What one trend carries, under the name of each statistic."""
    said, rows = METHODS.__getitem__ if lang == "zh" else str, list[dict[str, object]]()
    if result.cagr_pct is not None:
        rows.append({"statistic": SAYS["average", result.kind].to(lang), "value": round(result.cagr_pct, 2), "n": result.n})
    for of in filter(None, (result.mean_log_growth, result.log_linear, result.theil_sen)):
        ends = {"low": round(of.low, 2), "high": round(of.high, 2)}
        rows.append({"statistic": said(of.method), "value": round(of.value, 2), **ends, "n": of.n})
    if test := result.mann_kendall:
        p_value = round(test.p_value, 4) if test.p_value >= LEAST_P else float(f"{test.p_value:.2g}")  # an exact p is never zero
        rows.append({"statistic": said(test.method), "value": test.statistic, "p_value": p_value, "n": test.n})
    return {str(row["statistic"]): row for row in rows}
