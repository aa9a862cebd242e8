"""Where the years of a table stand, and what its cells are: years, numbers, or nothing."""

import re
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from hanyang_data.errors import SnapshotError
from hanyang_data.intake.grids import Grid, Value
from hanyang_data.intake.heads import parse_unit, role
from hanyang_data.record.lenient import Cell, cleaned

FIRST, LAST = 1900, 2100
ASIDE = {"序号", "编号", "no", "no.", "备注", "说明", "note", "notes", "remark", "remarks", "来源", "数据来源", "source",
         "注"}  # fmt: skip
NOTHING = {"", "n/a", "na", "nan", "缺", "无数据", "未公布"}  # … and .. are said of too small a figure too
ZERO_OR_NOTHING = {"-", "—", "–", "－", "−", "…", "..", "..."}


@dataclass(frozen=True)
class Axis:
    """Where the years stand: the row or column, and the year of each column or row."""

    place: int
    years: dict[int, int]

    @property
    def first(self) -> int:
        """Where the figures begin."""
        return min(self.years)


def year_of(cell: Value) -> int | None:
    """The year that a cell is, as a number, as 2020年, or as its first or last day.

    >>> year_of("2020年"), year_of(Decimal(2020)), year_of("2020年上半年")
    (2020, 2020, None)
    """
    if isinstance(cell, date):
        return cell.year if (cell.month, cell.day) in ((1, 1), (12, 31)) else None
    text = "" if cell is None else str(cell)
    text = cleaned(Cell(text), "observations.csv", "year")[0]
    return int(text) if re.fullmatch(r"\d{4}", text, re.ASCII) and FIRST <= int(text) <= LAST else None


def years_down(grid: Grid) -> Axis | None:
    """The column in which years stand one below the other, with heads above what is beside them."""
    for column in range(grid.width):
        years = {r: year for r in range(len(grid.rows)) if (year := year_of(grid.value(r, column)))}
        if not years:
            continue
        below = [r for r in range(min(years), len(grid.rows)) if grid.value(r, column) is not None]
        others = [r for r in below if r not in years and not alone(grid, r)]
        axis = Axis(column, years)
        beside = (cell for r in years for c, cell in enumerate(grid.rows[r]) if c != column)
        if not others and head_row(grid, axis) >= 0 and any(cell is not None for cell in beside):
            return axis
    return None


def years_across(grid: Grid) -> Axis | None:
    """The row in which years stand side by side, with words to the left of what is below them."""
    for row in range(len(grid.rows)):
        years = {c: year for c in range(grid.width) if (year := year_of(grid.value(row, c)))}
        if not years or min(years) == 0:
            continue
        # nothing, remarks and numbers of rows are no figures
        heads = {c: head for c in range(min(years), grid.width) if (head := grid.value(row, c)) is not None}
        right = [c for c, head in heads.items() if not isinstance(head, str) or head.casefold() not in ASIDE]
        labels = any(isinstance(grid.value(r, c), str) for r in range(row + 1, len(grid.rows)) for c in range(min(years)))
        if set(right) == set(years) and len(set(years.values())) == len(years) and labels:
            return Axis(row, years)
    return None


def odd_year(grid: Grid) -> str:
    """The cell among years that is none, and what it holds; empty where no years are meant."""
    for r, cells in enumerate(grid.rows):
        for c, cell in enumerate(cells):
            if role(cell) == "year":
                below = [(row, grid.value(row, c)) for row in range(r + 1, len(grid.rows)) if not alone(grid, row)]
                odd = [(row, text) for row, text in below if text is not None and not year_of(text)]
                if odd and not parse_unit(str(odd[0][1])) and not year_of(grid.value(r, c + 1)):
                    return f"{grid.at(odd[0][0], c)}: {str(odd[0][1])!r}"
        years = [c for c, cell in enumerate(cells) if year_of(cell)]
        odd_here = [c for c in range(min(years, default=0), len(cells)) if cells[c] is not None and c not in years]
        if len(years) > 1 and odd_here:
            return f"{grid.at(r, odd_here[0])}: {str(cells[odd_here[0]])!r}"
    return ""


def head_row(grid: Grid, axis: Axis) -> int:
    """The row of heads above the years; a row of units may stand between. -1 where there is none."""
    for row in range(axis.first - 1, -1, -1):
        cells = [cell for c, cell in enumerate(grid.rows[row]) if c != axis.place and cell is not None]
        words = [cell for cell in cells if isinstance(cell, str)]
        if words and len(words) == len(cells) and not all(parse_unit(word) for word in words):
            return row
    return -1


def alone(grid: Grid, row: int) -> bool:
    """Whether a row holds one text and nothing else: a note below a table."""
    filled = [cell for cell in grid.rows[row] if cell is not None]
    return len(filled) == 1 and isinstance(filled[0], str)


def number_of(cell: Value, place: str, *, percent: bool, shown_as_percent: bool, comma: bool = True) -> Decimal | None:
    """The number of a cell; None where it says that there is none."""
    if shown_as_percent and not percent:
        raise SnapshotError(f"{place}: is shown as percent and stands under another unit: mend the one or the other")
    if isinstance(cell, Decimal):
        return cell * 100 if shown_as_percent else cell
    text = "" if cell is None else str(cell)
    if text.casefold() in NOTHING:
        return None
    plain = cleaned(Cell(text, percent, comma), "observations.csv", "value")[0]
    if not isinstance(cell, str) or not re.fullmatch(r"-?\d+(?:\.\d+)?", plain, re.ASCII):
        zero = " may be no figure or zero: leave the cell empty or write 0" if text in ZERO_OR_NOTHING else " is no number"
        raise SnapshotError(f"{place}: {text!r}{zero}")
    return Decimal(plain)
