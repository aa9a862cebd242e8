"""The tables of the notebooks: heads and words in the language of the reader, numbers as numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from math import ceil
from typing import Any

import pandas as pd

from hanyang_data.studies.columns import SOURCE, columns_in, specified
from hanyang_data.studies.scope import Scope
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import GROWTH, LEVEL, NO_WORDS, VINTAGES, Text, display_width, printed

SAYS = messages(__name__)

HEADS = SAYS.each("heads") | {"series_growth": GROWTH, "series_level": LEVEL}
FLAGS = SAYS.each("flags")
LINE, NAME, HEAD = 12, 20, 16  # columns of a terminal: what stays in one line, and what breaks at its signs alone
YES_NO = {True: SAYS["yes_no.yes"], False: SAYS["yes_no.no"]}


def series_table(scope: Scope, growth: pd.DataFrame, level: pd.DataFrame) -> pd.DataFrame:
    """Every year of the window with growth and level, how they were printed, when and where; empty years are rows too."""
    rows = []
    for year in scope.years:
        cells: dict[str, object] = {"year": year}
        printed_in: dict[str, Text | None] = {}
        for name, frame in (("growth_pct", growth), ("level", level)):
            row = frame.loc[year] if year in frame.index else None
            cells[name] = None if row is None else row["value"]
            printed_in[name] = None if row is None else printed(row["value"], row["qualifier"], row["unit"], flag=row["flag"])
        here = [frame.loc[year] for frame in (growth, level) if year in frame.index]
        cells["growth_printed"], cells["level_printed"] = printed_in["growth_pct"], printed_in["level"]
        cells["vintage"] = _unique(VINTAGES[r["vintage"]].to(scope.lang) for r in here)
        cells["published_on"] = _unique(r["published_on"] for r in here)
        cells["flag"] = _unique(FLAGS[f].to(scope.lang) for r in here for f in r["flag"].split())
        cells["source"] = _unique(r["source_id"] for r in here)
        rows.append(cells)
    table = pd.DataFrame(rows).dropna(axis="columns", how="all")
    unit = str(level["unit"].iloc[0]) if len(level) else ""
    return _headed(table, scope, {"level": unit, "level_printed": unit})


def gap_table(scope: Scope, yearly: pd.DataFrame) -> pd.DataFrame:
    """Growth of both sides and the gap, one row a year of the window, or one row an indicator."""
    table = yearly.drop(columns=[c for c in yearly if c.endswith(("_qualifier", "_flag"))]).reset_index()
    if "within_rounding" in table:
        marks = table["within_rounding"]
        known = table["gap_pp"].notna()
        table["within_rounding"] = [YES_NO[bool(m)] if k else "" for m, k in zip(marks, known, strict=True)]
    if "indicator" in table:
        table["indicator"] = [scope.name_of(id_) for id_ in table["indicator"]]
    return _headed(table, scope)


def for_print(frame: pd.DataFrame) -> pd.DataFrame:
    """The same table as text: numbers as a report prints them, a dash for what is not there."""
    whole, columns = frame.reset_index(), columns_in(frame)
    texts = {c.head: [c.text(cell) for cell in whole.iloc[:, n]] for n, c in enumerate(columns)}
    return pd.DataFrame(texts, index=whole.index, columns=[c.head for c in columns])


def as_html(frame: pd.DataFrame) -> str:
    """The same as Jupyter shows it: numbers to the right, words to the left, and for each column the room that its words need.

    Dates and units stay in one line, sentences have lines of up to 18 Chinese characters, ids of sources the room that is left.
    """
    texts, columns = for_print(frame), columns_in(frame)
    sides = ["right" if column.numeric and place else "left" for place, column in enumerate(columns)]
    heads = [_room([head], 0, HEAD) for head in texts.columns]
    bodies = [
        "white-space: normal" if column.role == SOURCE else _room(texts[head], LINE, NAME)
        for head, column in zip(texts.columns, columns, strict=True)
    ]

    def row(tag: str, rooms: Iterable[str], cells: Iterable[str]) -> str:
        told = zip(sides, rooms, cells, strict=True)
        styled = (f'<{tag} style="text-align: {side}; {room}">{escape(cell)}</{tag}>' for side, room, cell in told)
        return f"<tr>{''.join(styled)}</tr>"

    body = "\n".join(row("td", bodies, cells) for cells in texts.itertuples(index=False))
    return f'<table class="dataframe">\n<thead>{row("th", heads, texts.columns)}</thead>\n<tbody>\n{body}\n</tbody>\n</table>'


def _room(texts: Iterable[str], line: int, name: int) -> str:
    """The style that gives the longest of some texts its room: a line, a break at its signs, or a quarter of a line at least."""
    widest = max(map(display_width, texts), default=0)
    if widest <= name:
        return "white-space: nowrap" if widest <= line else "word-break: keep-all"
    return f"min-width: {min(18, ceil(widest / 4))}em"


def _unique(words: Iterable[str]) -> list[str] | None:
    return list(dict.fromkeys(words)) or None


def headed(table: pd.DataFrame, heads: Mapping[Any, Text], lang: str, units: Mapping[str, str] | None = None) -> pd.DataFrame:
    """Name the columns as a reader meets them, keep what they hold (see :mod:`columns`); the first becomes the index."""
    told = {key: head.to(lang) for key, head in heads.items() if key in table.columns}
    named = specified(table, told, units or {}, lang)
    return named.set_index(named.columns[0]) if len(named.columns) else named


def _headed(table: pd.DataFrame, scope: Scope, units: Mapping[str, str] | None = None, **own: Text) -> pd.DataFrame:
    regions = {"a": scope.region_name, "b": scope.comparator_name if scope.comparator else NO_WORDS}
    return headed(table, {key: head.format(**regions) for key, head in HEADS.items()} | own, scope.lang, units)
