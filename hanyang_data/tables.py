"""The tables of the notebooks: heads and words in the language of the reader, numbers as numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping

import pandas as pd

from hanyang_data.analysis.small_sample import METHODS, Estimate, Test
from hanyang_data.analysis.trend import TrendResult
from hanyang_data.scope import Scope
from hanyang_data.studies import TargetStudy, words_of
from hanyang_data.wording import GROWTH, LEVEL, NOT_ON_RECORD, UNITS, VERDICTS, VINTAGES, Text, number, printed

HEADS = {
    "year": Text("Year", "年份"),
    "growth_pct": Text("Growth, %", "增速（%）"),
    "level": Text("Level", "总量"),
    "unit": Text("Unit", "单位"),
    "as_printed": Text("As printed", "原文表述"),
    "vintage": Text("Vintage", "数据版本"),
    "published_on": Text("Published", "公布时间"),
    "source": Text("Source", "来源"),
    "flag": Text("Flag", "标记"),
    "indicator": Text("Indicator", "指标"),
    "district_pct": Text("{a}, %", "{a}（%）"),
    "city_pct": Text("{b}, %", "{b}（%）"),
    "gap_pp": Text("Gap, pp", "差距（百分点）"),
    "within_rounding": Text("Within rounding", "属四舍五入误差"),
    "target": Text("Target", "目标"),
    "revised": Text("Revised target", "调整后目标"),
    "outturn": Text("Outturn", "完成数"),
    "error_pp": Text("Shortfall, pp", "差额（百分点）"),
    "error_pct": Text("Shortfall, %", "差额（%）"),
    "verdict_strict": Text("Strict", "严格"),
    "verdict_about_025": Text('"About" as 0.25 pp', "“左右”按0.25个百分点"),
    "verdict_about_050": Text('"About" as 0.5 pp', "“左右”按0.5个百分点"),
    "error_revised": Text("Shortfall to revised", "较调整后差额"),
    "series": Text("Series", "序列"),
    "series_growth": GROWTH,
    "series_level": LEVEL,
    "segment": Text("Years", "年份"),
    "statistic": Text("Statistic", "统计量"),
    "value": Text("Value", "数值"),
    "low": Text("95% low", "95%下限"),
    "high": Text("95% high", "95%上限"),
    "p_value": Text("Exact p", "精确p值"),
    "n": Text("n", "n"),
}
FLAGS = {
    "break": Text("new basis", "新口径"),
    "bound": Text("bound", "界限"),
    "wording": Text("wording", "文字表述"),
    "comparable": Text("comparable basis", "可比口径"),
    "secondary": Text("secondary", "二手资料"),
    "corrected": Text("corrected", "已更正"),
    "flagged": Text("doubtful", "存疑"),
    "derived": Text("computed", "推算"),
    "real_growth": Text("from real growth", "据可比价增速"),
    "unmatched_growth": Text("from growth on another basis", "据另一口径增速"),
    "new_basis": Text("on the new basis", "新口径推算"),
}
YES_NO = {True: Text("yes", "是"), False: Text("no", "否")}
AVERAGE = Text("average growth, % a year (arithmetic)", "年均增速（%，算术结果）")


def series_table(scope: Scope, growth: pd.DataFrame, level: pd.DataFrame) -> pd.DataFrame:
    """Every year of the window with growth and level, how they were printed, when and where; empty years are rows too."""
    rows = []
    for year in scope.years:
        cells: dict[str, object] = {"year": year}
        for name, frame in (("growth_pct", growth), ("level", level)):
            row = frame.loc[year] if year in frame.index else None
            cells[name] = None if row is None else row["value"]
            cells[f"{name}_words"] = (
                ""
                if row is None
                else printed(row["value"], row["qualifier"], row["unit"], flag=row["flag"]).to(scope.lang)
            )
        here = [frame.loc[year] for frame in (growth, level) if year in frame.index]
        cells["as_printed"] = "; ".join(
            dict.fromkeys(str(cells.pop(f"{n}_words")) for n in ("growth_pct", "level"))
        ).strip("; ")
        cells["vintage"] = _unique(VINTAGES[r["vintage"]].to(scope.lang) for r in here)
        cells["published_on"] = _unique(r["published_on"] for r in here)
        cells["flag"] = _unique(FLAGS[f].to(scope.lang) for r in here for f in r["flag"].split())
        cells["source"] = _unique(r["source_id"] for r in here)
        rows.append(cells)
    table = pd.DataFrame(rows).dropna(axis="columns", how="all")
    unit = UNITS[level["unit"].iloc[0]].to(scope.lang) if len(level) else ""
    return _headed(
        table, scope, level=f"{HEADS['level'].to(scope.lang)} ({unit})" if scope.lang == "en" else f"总量（{unit}）"
    )


def statistics_table(scope: Scope, **series: Mapping[str, TrendResult]) -> pd.DataFrame:
    """What the number of observations allows to be computed, one row per statistic; what it does not allow is no row.

    Args:
        scope: the question.
        series: ``growth`` and ``level``, each with its results stretch by stretch.
    """
    rows: list[dict[str, object]] = []
    for name, segment, result in ((n, years, r) for n, results in series.items() for years, r in results.items()):
        where = {"series": HEADS[f"series_{name}"].to(scope.lang), "segment": segment}
        if result.cagr_pct is not None:
            average = {"statistic": AVERAGE.to(scope.lang), "value": round(result.cagr_pct, 2), "n": result.n}
            rows.append(where | average)
        for item in (result.mean_log_growth, result.log_linear, result.theil_sen, result.mann_kendall):
            if item is not None:
                rows.append(where | _statistic(item, scope.lang))
    columns = ["series", "segment", "statistic", "value", "low", "high", "p_value", "n"]
    table = pd.DataFrame(rows, columns=columns)
    return _headed(table.dropna(axis="columns", how="all") if rows else table, scope)


def gap_table(scope: Scope, yearly: pd.DataFrame) -> pd.DataFrame:
    """Growth of both sides and the gap, one row a year of the window, or one row an indicator."""
    table = yearly.drop(columns=[c for c in yearly if c.endswith(("_qualifier", "_flag"))]).reset_index()
    if "within_rounding" in table:
        marks = table["within_rounding"]
        known = table["gap_pp"].notna()
        table["within_rounding"] = [
            YES_NO[bool(m)].to(scope.lang) if k else "" for m, k in zip(marks, known, strict=True)
        ]
    if "indicator" in table:
        table["indicator"] = [scope.name_of(id_).to(scope.lang) for id_ in table["indicator"]]
    return _headed(table, scope)


def shortfall_table(scope: Scope, study: TargetStudy) -> pd.DataFrame:
    """Targets as worded, outturns and verdicts under the three readings of "about", one row a year of the window."""
    return _headed(
        pd.DataFrame([{"year": year, **_target_cells(scope, study, year)} for year in scope.years]).dropna(
            axis="columns", how="all"
        ),
        scope,
    )


def shortfall_year_table(scope: Scope, year: int, studies: Mapping[str, TargetStudy]) -> pd.DataFrame:
    """The same for one year, one row per indicator."""
    rows = [{"indicator": s.label.to(scope.lang), **_target_cells(scope, s, year)} for s in studies.values()]
    return _headed(pd.DataFrame(rows).dropna(axis="columns", how="all"), scope)


def for_print(frame: pd.DataFrame) -> pd.DataFrame:
    """The same table as text: numbers as a report prints them, a dash for what is not there."""
    return frame.reset_index().map(_cell_text)


def _cell_text(value: object) -> str:
    if isinstance(value, float):
        return NOT_ON_RECORD if math.isnan(value) else number(value)
    return NOT_ON_RECORD if value is None or value == "" else str(value)


def _target_cells(scope: Scope, study: TargetStudy, year: int) -> dict[str, object]:
    cells: dict[str, object] = {}
    for name, frame in (("target", study.original), ("revised", study.revised), ("outturn", study.outturns)):
        words = words_of(frame, year)
        cells[name] = NOT_ON_RECORD if words is None else words.to(scope.lang)
    result = study.against_original.table
    if year in result.index:
        row = result.loc[year]
        cells |= {key: round(row[key], 1) for key in ("error_pp", "error_pct")}
        cells |= {
            v: VERDICTS[row[v]].to(scope.lang) for v in ("verdict_strict", "verdict_about_025", "verdict_about_050")
        }
    revised = study.against_revised.table
    if year in revised.index:
        row = revised.loc[year]
        cells["error_revised"] = round(row["error_pp"] if pd.notna(row["error_pp"]) else row["error_pct"], 1)
    return cells


def _statistic(item: Estimate | Test, lang: str) -> dict[str, object]:
    name = METHODS[item.method] if lang == "zh" else item.method
    if isinstance(item, Test):
        return {"statistic": name, "value": item.statistic, "p_value": round(item.p_value, 4), "n": item.n}
    return {
        "statistic": name,
        "value": round(item.value, 2),
        "low": round(item.low, 2),
        "high": round(item.high, 2),
        "n": item.n,
    }


def _unique(words: object) -> str:
    return ", ".join(dict.fromkeys(str(w) for w in words))  # type: ignore[attr-defined]


def _headed(table: pd.DataFrame, scope: Scope, **own: str) -> pd.DataFrame:
    """Translate the heads; the first column becomes the index."""
    names = {"a": scope.region_name, "b": scope.comparator_name if scope.comparator else Text("", "")}
    heads = {key: own.get(key) or HEADS[key].format(**names).to(scope.lang) for key in table.columns}
    return table.rename(columns=heads).set_index(next(iter(heads.values()))) if heads else table
