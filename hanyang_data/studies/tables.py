"""The tables of the notebooks: heads and words in the language of the reader, numbers as numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from html import escape
from math import ceil
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from hanyang_data.studies.columns import SOURCE, columns_in, specified
from hanyang_data.studies.scope import Scope
from hanyang_data.words.wording import GROWTH, LEVEL, TARGET_VINTAGES, VINTAGES, Text, display_width, listed, messages

if TYPE_CHECKING:
    from hanyang_data.studies.summary.runs import RunsFolder

SAYS = messages(__name__)

FLAGS = SAYS.each("flags")
LINE, NAME, HEAD = 12, 20, 16  # columns of a terminal: what stays in one line, and what breaks at its signs alone
YES_NO, YES = {True: SAYS["yes_no.yes"], False: SAYS["yes_no.no"]}, (bool, np.bool_)
MEASURES = {"growth": GROWTH, "level": LEVEL}
# columns whose cells are ids of the record or its codes, and what these are called
WORDED: dict[Any, Any] = {
    "region": "regions", "comparator": "regions", "indicator": "indicators",
    "measure": MEASURES, "vintage": VINTAGES | TARGET_VINTAGES, "flag": FLAGS,
}  # fmt: skip


def headed(
    scope: Scope | RunsFolder,
    table: pd.DataFrame,
    heads: Mapping[Any, Text],
    units: Mapping[str, str] | None = None,
    *,
    sparse: bool = False,
    **names: object,
) -> pd.DataFrame:
    """A table as a reader meets it: heads and words in the language of the scope, numbers as they are (see :mod:`columns`).

    Ids of regions and indicators, measures, vintages, flags, yes and no become words. A named index is a column before, and the
    first column the index after.

    Args:
        scope: the question.
        table: as the study has it.
        heads: of the columns, by their names.
        units: of columns whose name and cells do not say it.
        sparse: leave out the columns in which nothing stands.
        names: what fills the heads, besides the region, {a}, and its comparator, {b}.
    """
    table = table.reset_index() if table.index.names != [None] else table.copy()
    table = table.dropna(axis="columns", how="all") if sparse and len(table) else table
    for key in table.columns:
        cells = list(table[key])
        if key in WORDED or any(isinstance(cell, YES) for cell in cells):
            table[key] = pd.Series([_told(scope, key, cell) for cell in cells], table.index, dtype=object)
    if isinstance(scope, Scope):
        names = scope.pair_names | names
    told = {key: head.format(**names).to(scope.lang) for key, head in heads.items() if key in table.columns}
    made = specified(table, told, units or {}, scope.lang)
    return made.set_index(made.columns[0]) if len(made.columns) else made


def _told(scope: Scope | RunsFolder, key: str, cell: Any) -> Any:
    words = WORDED.get(key)
    if isinstance(cell, YES):
        return YES_NO[bool(cell)]
    if isinstance(cell, list) and words:
        return [_told(scope, key, item) for item in cell]
    if type(cell) is not str or not words:
        return cell
    if key == "flag":
        return listed(FLAGS[flag] for flag in dict.fromkeys(cell.split()))
    return name_of(scope, words, cell) if isinstance(words, str) else words.get(cell, cell)


def name_of(scope: Scope | RunsFolder, kind: str, id_: str) -> Text:
    """The name of one of the ``regions`` or ``indicators``; the id itself where the snapshot does not know it."""
    known: pd.DataFrame = getattr(scope.dataset, kind)
    return Text(known.at[id_, "name_en"], known.at[id_, "name_zh"]) if id_ in known.index else Text(id_, id_)


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
