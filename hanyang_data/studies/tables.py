"""The tables of the notebooks: heads and words in the language of the reader, numbers as numbers."""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

import pandas as pd

from hanyang_data.studies.scope import Scope
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import GROWTH, LEVEL, NOT_ON_RECORD, UNITS, VINTAGES, Text, number, printed

SAYS = messages(__name__)

HEADS = SAYS.each("heads") | {"series_growth": GROWTH, "series_level": LEVEL}
FLAGS = SAYS.each("flags")
YES_NO = {True: SAYS["yes_no.yes"], False: SAYS["yes_no.no"]}


def series_table(scope: Scope, growth: pd.DataFrame, level: pd.DataFrame) -> pd.DataFrame:
    """Every year of the window with growth and level, how they were printed, when and where; empty years are rows too."""
    rows = []
    for year in scope.years:
        cells: dict[str, object] = {"year": year}
        printed_in: dict[str, str | None] = {}
        for name, frame in (("growth_pct", growth), ("level", level)):
            row = frame.loc[year] if year in frame.index else None
            cells[name] = None if row is None else row["value"]
            words = (
                None
                if row is None
                else printed(row["value"], row["qualifier"], row["unit"], flag=row["flag"]).to(scope.lang)
            )
            printed_in[name] = words
        here = [frame.loc[year] for frame in (growth, level) if year in frame.index]
        cells["growth_printed"], cells["level_printed"] = printed_in["growth_pct"], printed_in["level"]
        cells["vintage"] = _unique(VINTAGES[r["vintage"]].to(scope.lang) for r in here)
        cells["published_on"] = _unique(r["published_on"] for r in here)
        cells["flag"] = _unique(FLAGS[f].to(scope.lang) for r in here for f in r["flag"].split())
        cells["source"] = _unique(r["source_id"] for r in here)
        rows.append(cells)
    table = pd.DataFrame(rows).dropna(axis="columns", how="all")
    unit = UNITS[level["unit"].iloc[0]].to(scope.lang) if len(level) else ""
    return _headed(table, scope, level=SAYS.level_in.format(unit=unit).to(scope.lang))


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


def for_print(frame: pd.DataFrame) -> pd.DataFrame:
    """The same table as text: numbers as a report prints them, a dash for what is not there."""
    return frame.reset_index().map(_cell_text)


def _cell_text(value: object) -> str:
    if isinstance(value, float):
        return NOT_ON_RECORD if math.isnan(value) else number(value)
    return NOT_ON_RECORD if value is None or value == "" else str(value)


def _unique(words: object) -> str:
    return ", ".join(dict.fromkeys(str(w) for w in words))  # type: ignore[attr-defined]


def headed(table: pd.DataFrame, names: Mapping[Any, str]) -> pd.DataFrame:
    """Name the columns as a reader meets them; the first becomes the index. A table without columns stays as it is."""
    named = table.rename(columns={key: names[key] for key in table.columns if key in names})
    return named.set_index(named.columns[0]) if len(named.columns) else named


def _headed(table: pd.DataFrame, scope: Scope, **own: str) -> pd.DataFrame:
    regions = {"a": scope.region_name, "b": scope.comparator_name if scope.comparator else Text("", "")}
    return headed(table, {key: head.format(**regions).to(scope.lang) for key, head in HEADS.items()} | own)
