"""The tables of the studies: what stands in their columns, stated where a table is made and kept beside it, and its print.

Heads and words are in the language of the reader, numbers stay numbers; nothing is read back from words.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from html import escape
from numbers import Real
from typing import TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd

from hanyang_data.record.catalogue import indicator_name, region_name
from hanyang_data.studies.scope import Scope
from hanyang_data.words import wording
from hanyang_data.words.wording import GROWTH, LEVEL, NO_WORDS, NOT_ON_RECORD, Printed, Text, listed, messages, number

if TYPE_CHECKING:
    from hanyang_data.studies.summary.runs import RunsFolder

SAYS = messages(__name__)
Cell = str | int | float | bool | None
COLUMNS = "columns"  # under which a frame and results.json keep the specification
YEAR, NUMBER, WORDS, SOURCE = "year", "number", "words", "source"
# of other columns: what their cells are
ROLES = dict.fromkeys(("year", "first_year", "last_year"), YEAR) | dict.fromkeys(("source", "sources"), SOURCE)
UNITS = {"_pct": "percent", "_pp": "pp"}  # by the end of their name, as frames have it
MOST_DECIMALS, P_DECIMALS, LEAST_P = 2, 3, 0.001
FLAGS = SAYS.each("flags")
LINE, NAME, HEAD = 12, 20, 16  # columns of a terminal: what stays in one line, and what breaks at its signs alone
YES_NO, YES = {True: SAYS["yes_no.yes"], False: SAYS["yes_no.no"]}, (bool, np.bool_)
MEASURES = {"growth": GROWTH, "level": LEVEL}
# columns whose cells are ids of the record or its codes, and what these are called
WORDED: dict[Any, Any] = {
    "region": "regions", "comparator": "regions", "indicator": "indicators",
    "measure": MEASURES, "vintage": wording.TARGET_VINTAGES | wording.VINTAGES, "flag": FLAGS,
}  # fmt: skip


def headed(
    scope: Scope | RunsFolder, table: pd.DataFrame, heads: Mapping[Any, Text], units: Mapping[str, str] | None = None, *,
    sparse: bool = False, **names: object,
) -> pd.DataFrame:  # fmt: skip
    """A table as a reader meets it: heads and words in the language of the scope, numbers as they are (see :class:`Column`).

    Ids of regions and indicators, measures, vintages, flags, yes and no become words. A named index is a column before, and the
    first column the index after. ``units`` are those of columns whose name and cells do not say it; a ``sparse`` table loses the
    columns in which nothing stands; ``names`` fill the heads, besides the region, {a}, and its comparator, {b}.
    """
    table = table.reset_index() if table.index.names != [None] else table
    table = table.dropna(axis="columns", how="all") if sparse and len(table) else table
    names = (scope.pair_names if isinstance(scope, Scope) else {}) | names
    columns, cells = [], {}
    for key in table.columns:
        values = [_told(scope, key, cell) for cell in table[key]]
        made = _column(str(key), heads[key].format(**names).to(scope.lang) if key in heads else str(key), values, units or {})
        if made.unit not in ("", *UNITS.values()):  # of the record; cells and heads say percent and points themselves
            made = made._replace(head=in_unit(Text(made.head, made.head), made.unit).to(scope.lang))
        columns.append(made)
        numeric = pd.api.types.is_numeric_dtype(table[key]) and not pd.api.types.is_bool_dtype(table[key])
        words = [_worded(value, scope.lang, made.role) for value in values]
        cells[made.head] = pd.Series(words, index=table.index, dtype=table[key].dtype if numeric else object)
    frame = pd.DataFrame(cells, index=table.index) if cells else table.copy()
    frame.attrs = {COLUMNS: Columns(columns)}
    return frame.set_index(frame.columns[0]) if len(frame.columns) else frame


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


def name_of(scope: Scope | RunsFolder, kind: str, id_: str, region: str = "") -> Text:
    """The name of one of the ``regions`` or ``indicators`` (of a region); the id itself where the snapshot does not know it."""
    if id_ not in getattr(scope.dataset, kind).index:
        return Text(id_, id_)
    if kind == "regions":
        return region_name(id_, scope.dataset)
    return indicator_name(id_, scope.dataset, region or getattr(scope, "region", ""))


class Column(NamedTuple):
    """One column of a table."""

    key: str  # what the frames of the study call it
    head: str  # what a reader sees
    role: str  # year, number, words or source
    unit: str = ""  # percent, pp, or a unit of the record; empty for none or several
    decimals: int | None = None  # that floats are printed with; None for those each has
    beside: Sequence[Any] = ()  # of each row what its words do not hold as data: a number, or the ids of sources
    marks: Sequence[str] = ()  # of each row the marks behind its figure, * and †; empty where none has any

    def of_rows(self, rows: Iterable[int]) -> Column:
        """The specification where some rows alone are shown."""
        kept = [*rows]
        beside, marks = ([held[row] for row in kept] if held else [] for held in (self.beside, self.marks))
        return self._replace(beside=beside, marks=marks)

    @property
    def numeric(self) -> bool:
        """Whether numbers stand in it, which are set to the right."""
        return self.role in (YEAR, NUMBER)

    def text(self, cell: Any) -> str:
        """A cell as it is printed; a dash where nothing is."""
        if cell is None or cell is pd.NA or cell == "" or cell != cell:
            return NOT_ON_RECORD
        if not _is_number(cell):
            return str(cell)
        if self.is_p and cell < LEAST_P:
            return f"<{number(LEAST_P)}"
        return str(cell) if self.role == YEAR else number(cell, self.decimals if isinstance(cell, float) else None)

    @property
    def is_p(self) -> bool:
        """Whether it holds exact p, of which none is zero."""
        return self.key.startswith("p_value")

    def number(self, row: int, cell: Any) -> int | float | None:
        """The number of a row, also where it is printed as words ("about 7%" is 7); None for a bound or a wording."""
        if _is_number(cell):
            return cell if math.isfinite(cell) else None
        return self.beside[row] if self.role == NUMBER and self.beside else None


class Columns(tuple[Column, ...]):
    """The specification of a table. It is not changed, so pandas, which copies ``attrs`` at each step, copies nothing."""

    def __deepcopy__(self, memo: object) -> Columns:
        return self


def in_unit(head: Text, unit: str) -> Text:
    """A head with the unit of what stands below it: Level (CNY 100 million)."""
    return SAYS.in_unit.format(head=head, unit=wording.UNITS.get(unit, NO_WORDS)) if unit else head


def columns_in(frame: pd.DataFrame) -> list[Column]:
    """The specification of a table; of a frame of other making, from what its cells are."""
    if COLUMNS in frame.attrs:
        return [Column(*column) for column in frame.attrs[COLUMNS]]
    whole = frame.reset_index()
    return [_column(str(key), str(key), list(cells), {}) for key, cells in whole.items()]


def of_year(frame: pd.DataFrame, year: int, lang: str) -> pd.DataFrame:
    """The table of one year as data that nobody reads under its title: the year in a column at its end."""
    made = frame.assign(**{SAYS.year.to(lang): year})
    made.attrs = {COLUMNS: Columns([*columns_in(frame), Column("year", SAYS.year.to(lang), YEAR)])}
    return made


def ids_in(columns: Iterable[Column]) -> list[str]:
    """The sources that a table cites, each once, in the order they are met."""
    listed = (ids for column in columns if column.role == SOURCE for ids in column.beside)
    return list(dict.fromkeys(id_ for ids in listed for id_ in ids))


def _column(key: str, head: str, values: list[Any], units: Mapping[str, str]) -> Column:
    values = [None if value is pd.NA or (isinstance(value, float) and math.isnan(value)) else value for value in values]
    role = ROLES.get(key)
    if role == SOURCE:
        return Column(key, head, role, beside=[[v] if isinstance(v, str) else list(map(str, v or [])) for v in values])
    filled = [value for value in values if value not in (None, "")]
    plain = [value.value if isinstance(value, Printed) else value for value in values]
    numbers = [value if _is_number(value) else None for value in plain]
    known = [value for value in numbers if value is not None]
    role = role or (NUMBER if known and 2 * len(known) >= len(filled) else WORDS)
    told = {value.unit for value in filled if isinstance(value, Printed)}
    unit = units.get(key) or next((u for end, u in UNITS.items() if key.endswith(end)), "")
    unit = unit or (next(iter(told)) if len(told) == 1 else "")
    beside = numbers if (role == NUMBER and len(known) < len(filled)) or told else []
    floats = [places(value) for value in known if isinstance(value, float)]
    most = max([1 if unit in UNITS.values() else 0, *floats])
    decimals = most if most <= MOST_DECIMALS else P_DECIMALS if key.startswith("p_value") else None
    marks = [value.marks if isinstance(value, Printed) else "" for value in values]
    return Column(key, head, role, unit, decimals, beside if role == NUMBER else [], marks if any(marks) else [])


def _is_number(cell: Any) -> bool:
    return isinstance(cell, Real) and not isinstance(cell, bool)


def _worded(value: Any, lang: str, role: str) -> Any:
    if hasattr(value, "to"):
        return value.to(lang)
    if not isinstance(value, (list, tuple)):
        return value
    if role == SOURCE:
        return ", ".join(value)
    return listed(item if isinstance(item, Text) else Text(str(item), str(item)) for item in value).to(lang)


def places(value: float) -> int:
    """The decimals that a number has."""
    return max(0, -int(Decimal(str(value)).normalize().as_tuple().exponent))


def p_words(p_value: float) -> str:
    """The p of a test in a sentence: = 0.031, or < 0.001."""
    return f"= {number(p_value, P_DECIMALS)}" if p_value >= LEAST_P else f"< {number(LEAST_P)}"


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
    widest = max(map(wording.display_width, texts), default=0)
    if widest <= name:
        return "white-space: nowrap" if widest <= line else "word-break: keep-all"
    return f"min-width: {min(18, math.ceil(widest / 4))}em"
