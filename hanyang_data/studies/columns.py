"""What stands in the columns of a table: stated where the table is made, kept beside it, and never read back from words."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from numbers import Real
from typing import Any, NamedTuple

import pandas as pd

from hanyang_data.words.messages import messages
from hanyang_data.words.wording import NO_WORDS, NOT_ON_RECORD, Printed, Text, listed, number
from hanyang_data.words.wording import UNITS as NAMES

SAYS = messages(__name__)

Cell = str | int | float | bool | None
COLUMNS = "columns"  # under which a frame and results.json keep the specification
YEAR, NUMBER, WORDS, SOURCE = "year", "number", "words", "source"
ROLES = {
    "year": YEAR,
    "first_year": YEAR,
    "last_year": YEAR,
    "source": SOURCE,
    "sources": SOURCE,
}  # of other columns: what their cells are
UNITS = {"_pct": "percent", "_pp": "pp"}  # by the end of their name, as frames have it
MOST_DECIMALS, P_DECIMALS, LEAST_P = 2, 3, 0.001


class Column(NamedTuple):
    """One column of a table.

    Args:
        key: what the frames of the study call it.
        head: what a reader sees.
        role: year, number, words or source.
        unit: percent, pp, or a unit of the record; empty for none or several.
        decimals: places that floats are printed with; None for those each has.
        beside: of each row what its words do not hold as data: a number, or the ids of sources; empty if cells say it themselves.
    """

    key: str
    head: str
    role: str
    unit: str = ""
    decimals: int | None = None
    beside: Sequence[Any] = ()

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
        if self.key.startswith("p_value") and 0 < cell < LEAST_P:
            return f"<{number(LEAST_P)}"
        return str(cell) if self.role == YEAR else number(cell, self.decimals if isinstance(cell, float) else None)

    def number(self, row: int, cell: Any) -> int | float | None:
        """The number of a row, also where it is printed as words ("about 7%" is 7); None for a bound or a wording."""
        if _is_number(cell):
            return cell if math.isfinite(cell) else None
        return self.beside[row] if self.role == NUMBER and self.beside else None


def in_unit(head: Text, unit: str) -> Text:
    """A head with the unit of what stands below it: Level (CNY 100 million)."""
    return SAYS.in_unit.format(head=head, unit=NAMES.get(unit, NO_WORDS)) if unit else head


def specified(table: pd.DataFrame, heads: Mapping[Any, str], units: Mapping[str, str], lang: str) -> pd.DataFrame:
    """A table in the language of its reader, with its specification in ``attrs``; texts, figures and ids become words."""
    columns, cells = [], {}
    for key in table.columns:
        values = list(table[key])
        made = _column(str(key), heads.get(key, str(key)), values, units)
        if made.unit not in ("", *UNITS.values()):  # of the record; cells and heads say percent and points themselves
            made = made._replace(head=in_unit(Text(made.head, made.head), made.unit).to(lang))
        columns.append(made)
        cells[made.head] = pd.Series([_worded(v, lang, made.role) for v in values], index=table.index, dtype=_dtype(table[key]))
    frame = pd.DataFrame(cells, index=table.index) if cells else table.copy()
    frame.attrs = {COLUMNS: columns}
    return frame


def columns_in(frame: pd.DataFrame) -> list[Column]:
    """The specification of a table; of a frame of other making, from what its cells are."""
    if COLUMNS in frame.attrs:
        return [Column(*column) for column in frame.attrs[COLUMNS]]
    whole = frame.reset_index()
    return [_column(str(key), str(key), list(cells), {}) for key, cells in whole.items()]


def ids_in(columns: Iterable[Column]) -> list[str]:
    """The sources that a table cites, each once, in the order they are met."""
    listed = (ids for column in columns if column.role == SOURCE for ids in column.beside)
    return list(dict.fromkeys(id_ for ids in listed for id_ in ids))


def _column(key: str, head: str, values: list[Any], units: Mapping[str, str]) -> Column:
    values = [None if _missing(value) else value for value in values]
    role = ROLES.get(key)
    if role == SOURCE:
        return Column(key, head, role, beside=[_ids(value) for value in values])
    filled = [value for value in values if value not in (None, "", NOT_ON_RECORD)]
    numbers = [_number(value) for value in values]
    known = [value for value in numbers if value is not None]
    role = role or (NUMBER if known and 2 * len(known) >= len(filled) else WORDS)
    told = {value.unit for value in filled if isinstance(value, Printed)}
    unit = units.get(key) or next((u for end, u in UNITS.items() if key.endswith(end)), "")
    unit = unit or (told.pop() if len(told) == 1 else "")
    beside = numbers if (role == NUMBER and len(known) < len(filled)) or told or _any_printed(filled) else []
    floats = [places(value) for value in known if isinstance(value, float)]
    return Column(key, head, role, unit, _decimals(key, unit, floats), beside if role == NUMBER else [])


def _decimals(key: str, unit: str, floats: list[int]) -> int | None:
    most = max([1 if unit in UNITS.values() else 0, *floats])
    return most if most <= MOST_DECIMALS else P_DECIMALS if key.startswith("p_value") else None


def _any_printed(filled: list[Any]) -> bool:
    return any(isinstance(value, Printed) for value in filled)


def _number(value: Any) -> int | float | None:
    found = value.value if isinstance(value, Printed) else value
    return found if _is_number(found) else None


def _is_number(cell: Any) -> bool:
    return isinstance(cell, Real) and not isinstance(cell, bool)


def _ids(value: Any) -> list[str]:
    return [] if not value else [value] if isinstance(value, str) else [str(id_) for id_ in value]


def _missing(value: Any) -> bool:
    return value is None or value is pd.NA or (isinstance(value, float) and math.isnan(value))


def _worded(value: Any, lang: str, role: str) -> Any:
    if hasattr(value, "to"):
        return value.to(lang)
    if not isinstance(value, (list, tuple)):
        return value
    return ", ".join(value) if role == SOURCE else listed(Text(str(item), str(item)) for item in value).to(lang)


def _dtype(column: pd.Series) -> Any:
    return column.dtype if pd.api.types.is_numeric_dtype(column) else object


def places(value: float) -> int:
    """The decimals that a number has."""
    return max(0, -int(Decimal(str(value)).normalize().as_tuple().exponent))
