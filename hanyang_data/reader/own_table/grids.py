"""Tables as people have them, of Excel, CSV, Stata or pandas: cells with their addresses, nothing understood yet."""

import csv
import io
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from hanyang_data.errors import HanyangError, SnapshotError
from hanyang_data.extras import imported
from hanyang_data.record.lenient import SEPARATORS, decoded

Value = str | Decimal | date | None
DIGITS = 15  # of a number that a spreadsheet keeps in binary: 0.1 + 0.2 is 0.3


@dataclass(frozen=True)
class Grid:
    """One table."""

    name: str  # of the sheet, or of the file
    rows: list[list[Value]]  # its cells; numbers exact, texts without blanks around, None where nothing stands
    # the cells that a spreadsheet shows as percent, so that 0.07 is meant as 7%
    percents: frozenset[tuple[int, int]] = frozenset()
    merged: Sequence[tuple[int, int, int, int]] = ()  # what is merged: first row and column, last row and column
    columns: Sequence[str] = field(default=())  # names of the columns of a frame, in place of letters
    comma: bool = True  # whether a comma can be none of a decimal; where semicolons part the cells it can
    said: tuple[str, ...] = ()  # what was left out beside the table

    def at(self, row: int, column: int) -> str:
        """The address of a cell, as its reader would look for it."""
        if self.columns:
            return f"row {row}, column {self.columns[column]!r}" if row else f"column {self.columns[column]!r}"
        return f"{self.name}, cell {self.cell(row, column)}"

    def cell(self, row: int, column: int) -> str:
        """The same as letters and a number."""
        letters, left = "", column + 1
        while left:
            left, letter = divmod(left - 1, 26)
            letters = chr(ord("A") + letter) + letters
        return f"{letters}{row + 1}"

    def value(self, row: int, column: int) -> Value:
        """A cell; nothing where the row is shorter."""
        return self.rows[row][column] if column < len(self.rows[row]) else None

    @property
    def width(self) -> int:
        """How many columns there are."""
        return max(map(len, self.rows), default=0)


def read_grids(file: Path) -> list[Grid]:
    """The tables of a file; empty sheets are left out."""
    reader = READERS.get(file.suffix.lower())
    if reader is None:
        raise SnapshotError(f"{file.name} is none of {', '.join(READERS)}: save it as one of them")
    try:
        grids = reader(file)
    except HanyangError:
        raise
    except UnicodeError:
        raise SnapshotError(f"{file.name} is not in UTF-8, UTF-16 or GBK: save it as CSV in UTF-8") from None
    except FileNotFoundError:
        raise SnapshotError(f"there is no file {file}") from None
    except Exception as error:  # what openpyxl and pandas raise of a broken file is of any kind
        raise SnapshotError(f"{file.name} cannot be read: {' '.join(str(error).split())[:200]}") from None
    full = [grid for grid in grids if any(cell is not None for row in grid.rows for cell in row)]
    if not full:
        raise SnapshotError(f"{file.name} holds no table: its sheets are empty")
    return full


def grid_of(frame: pd.DataFrame, name: str = "the frame") -> Grid:
    """A frame as a grid: its columns are the head, and its index a column unless it only counts the rows."""
    if not isinstance(frame, pd.DataFrame):
        raise SnapshotError(f"the table is a {type(frame).__name__}: give a frame, such as of series.to_frame('GDP（亿元）')")
    if not frame.columns.is_unique:
        twice = frame.columns[frame.columns.duplicated()][0]
        raise SnapshotError(f"the frame has two columns {str(twice)!r}: rename or drop one")
    if frame.columns.nlevels > 1 or frame.index.nlevels > 1:
        raise SnapshotError("the frame has heads in several rows or columns: flatten them, such as with reset_index()")
    told = [
        isinstance(i, str | date | pd.Period) or (isinstance(i, int | np.integer) and 1900 < int(i) < 2100) for i in frame.index
    ]
    counted = frame.index.name is None and (isinstance(frame.index, pd.RangeIndex) or not all(told))
    whole = frame if counted else frame.rename_axis(frame.index.name or "year").reset_index()
    short = {c: whole[c].map(lambda v: float(f"{v:.7g}")) for c in whole if whole[c].dtype == "float32"}  # all it holds
    whole = whole.assign(**short) if short else whole
    rows = [[_plain(cell) for cell in row] for row in whole.itertuples(index=False, name=None)]
    return Grid(name, [[_plain(head) for head in whole.columns], *rows], columns=[str(c) for c in whole.columns])


def _excel(file: Path) -> list[Grid]:
    load = imported("openpyxl", "Excel").load_workbook
    shown, written = (load(file, data_only=flag) for flag in (True, False))
    seen = [sheet for sheet in shown.worksheets if sheet.sheet_state == "visible"]
    grids = [_sheet(sheet, written[sheet.title]) for sheet in seen]
    hidden = tuple(f"{sheet.title}: is a hidden sheet and left out" for sheet in shown.worksheets if sheet not in seen)
    return [replace(grid, said=hidden) if grid is grids[0] else grid for grid in grids]


def _sheet(shown: Any, written: Any) -> Grid:
    rows, percents = [], set()
    for r, cells in enumerate(shown.iter_rows()):
        rows.append([_plain(cell.value) for cell in cells])
        for c, cell in enumerate(cells):
            if "%" in str(cell.number_format) and isinstance(rows[-1][c], Decimal):
                percents.add((r, c))
            if cell.value is None and written.cell(r + 1, c + 1).data_type == "f":
                place = f"{shown.title}, cell {cell.coordinate}"
                raise SnapshotError(f"{place}: holds a formula without a result: open and save the file in Excel")
    spans = shown.merged_cells.ranges
    merged = [(span.min_row - 1, span.min_col - 1, span.max_row - 1, span.max_col - 1) for span in spans]
    return Grid(shown.title, rows, frozenset(percents), merged)


def _text(file: Path) -> list[Grid]:
    text, _ = decoded(file.read_bytes())
    tables = {mark: list(csv.reader(io.StringIO(text, newline=""), delimiter=mark)) for mark in SEPARATORS}
    mark = max(tables, key=lambda mark: _regular(tables[mark]))
    return [Grid(file.stem, [[_plain(cell) for cell in row] for row in tables[mark]], comma=mark == ",")]


def _regular(rows: list[list[str]]) -> tuple[int, int]:
    """How many rows of a text have the usual number of cells, if these are several; and that number."""
    (width, count), *_ = Counter(map(len, rows)).most_common(1) or [(0, 0)]
    return (count if width > 1 else 0, width)


def _stata(file: Path) -> list[Grid]:
    with pd.read_stata(file, iterator=True) as reader:
        frame, labels = reader.read(), reader.variable_labels()
    heads = [labels.get(column) or column for column in frame.columns]
    return [grid_of(frame.set_axis(pd.Index(heads), axis="columns").reset_index(drop=True), file.stem)]


def _plain(cell: Any) -> Value:
    """A cell as a text without blanks around, an exact number, a day, or nothing."""
    if cell is None or (not isinstance(cell, str) and pd.isna(cell)):
        return None
    if isinstance(cell, str):
        return cell.strip(" \t\r\n\u3000\u00a0\ufeff") or None
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, float | np.floating):
        return Decimal(f"{float(cell):.{DIGITS}g}")
    if isinstance(cell, int | np.integer) and not isinstance(cell, bool):
        return Decimal(int(cell))
    return cell if isinstance(cell, date) else str(cell)


READERS: dict[str, Callable[[Path], list[Grid]]] = {
    ".xlsx": _excel, ".xlsm": _excel, ".csv": _text, ".txt": _text, ".tsv": _text, ".dta": _stata,
}  # fmt: skip
