"""Where in a table the years stand, down or across, and which figures stand beside or above them without a year."""

import re
from datetime import date
from typing import NamedTuple

from hanyang_data.errors import SnapshotError
from hanyang_data.reader.lexicon import Patterns, meanings
from hanyang_data.reader.own_table.cells import is_figure
from hanyang_data.reader.own_table.grids import Grid, Value
from hanyang_data.reader.own_table.heads import parse_unit, role
from hanyang_data.record.lenient import Cell, cleaned

FORM = Patterns(__name__)
FIRST, LAST = 1900, 2100
VINTAGES = meanings("vintage")
REMARKED = re.compile(rf"(\d{{4}}年?度?)\s*[(（]?\s*({'|'.join(sorted(VINTAGES, key=len)[::-1])})数?\s*[)）]?", re.IGNORECASE)
NO_YEAR = "stands among years and is none: a table holds whole years, such as 2020"


class Axis(NamedTuple):
    """Where the years stand: the row or column, and the year of each column or row."""

    place: int
    years: dict[int, int]


def dated(cell: Value) -> tuple[int | None, str]:
    """The year that a cell is, as a number, as 2020年, or as its first or last day; and the vintage that a word beside it says.

    >>> from decimal import Decimal
    >>> dated("2020年"), dated(Decimal(2020)), dated("2020年上半年"), dated("2024（快报）")
    ((2020, ''), (2020, ''), (None, ''), (2024, 'initial_estimate'))
    """
    if isinstance(cell, date):
        return (cell.year if (cell.month, cell.day) in ((1, 1), (12, 31)) else None), ""
    text = "" if cell is None else str(cell)
    remarked = REMARKED.fullmatch(text)
    text = cleaned(Cell(remarked[1] if remarked else text), "observations.csv", "year")[0]
    if re.fullmatch(r"\d{4}", text, re.ASCII) and FIRST <= int(text) <= LAST:
        return int(text), VINTAGES[remarked[2].lower()] if remarked else ""
    return None, ""


def year_of(cell: Value) -> int | None:
    """The year alone."""
    return dated(cell)[0]


def down(grid: Grid) -> Axis | None:
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


def across(grid: Grid) -> Axis | None:
    """The row in which years stand side by side, with words to the left of what is below them."""
    for row in range(len(grid.rows)):
        years = {c: year for c in range(grid.width) if (year := year_of(grid.value(row, c)))}
        if not years or min(years) == 0:
            continue
        # nothing, remarks and numbers of rows are no figures
        heads = {c: head for c in range(min(years), grid.width) if (head := grid.value(row, c)) is not None}
        right = [c for c, head in heads.items() if not aside(head)]
        labels = any(isinstance(grid.value(r, c), str) for r in range(row + 1, len(grid.rows)) for c in range(min(years)))
        if set(right) == set(years) and len(set(years.values())) == len(years) and labels:
            return Axis(row, years)
    return None


def odd(grid: Grid) -> str:
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
    parts = ((r, c) for r, cells in enumerate(grid.rows) for c, cell in enumerate(cells) if FORM.part.fullmatch(str(cell)))
    return next((f"{grid.at(r, c)}: {str(grid.value(r, c))!r}" for r, c in parts), "")


def head_row(grid: Grid, axis: Axis) -> int:
    """The row of heads above the years; a row of units may stand between. -1 where there is none."""
    for row in range(min(axis.years) - 1, -1, -1):
        words = _beside(grid, axis, row)
        if words and not _units(words) and all(isinstance(word, str) and not is_figure(word) for word in words):
            return row
    return -1


def alone(grid: Grid, row: int) -> bool:
    """Whether a row holds one text and nothing else: a note below a table."""
    filled = [cell for cell in grid.rows[row] if cell is not None]
    return len(filled) == 1 and isinstance(filled[0], str)


def refuse_dateless(grid: Grid, axis: Axis, top: int, *, downward: bool) -> None:
    """Figures above the table, and figures beside the years of which no year is said, are asked about."""
    for r in range(top):
        for c, cell in enumerate(grid.rows[r]):
            if is_figure(cell) and not year_of(cell) and not (downward and c == axis.place):
                raise SnapshotError(f"{grid.at(r, c)}: {str(cell)!r} stands above the table that is read: take it out")
    lines = range(top + 1, len(grid.rows)) if downward else range(grid.width)
    for line in (line for line in lines if line not in axis.years):
        place = (line, axis.place) if downward else (top, line)
        head, early = grid.value(*place), line < min(axis.years)
        if downward:
            cells = _beside(grid, axis, line, top)
            stray = bool(cells) if early and not _units(cells) else any(map(is_figure, cells))
        else:
            below = [cell for r in range(top + 1, len(grid.rows)) if (cell := grid.value(r, line)) is not None]
            meant = re.match(r"\D*(?:19|20)\d\d", str(head))  # words alone are figures too, such as 正增长 of a target
            stray = not aside(head) and not (early and role(head)) and (any(map(is_figure, below)) or bool(meant and below))
        if stray:
            empty = f"is empty {'beside' if downward else 'above'} figures: write the year that they are of, or take them out"
            raise SnapshotError(f"{grid.at(*place)}: {empty if head is None else f'{str(head)!r} {NO_YEAR}'}")


def remarks(grid: Grid, axis: Axis, *, downward: bool) -> tuple[dict[int, str], list[str]]:
    """The vintage that a word beside each year says, and what is to be said of these words, each once."""
    places = {line: (line, axis.place) if downward else (axis.place, line) for line in axis.years}
    vintages = {line: dated(grid.value(*place))[1] for line, place in places.items()}
    first = {str(grid.value(*places[line])): line for line in reversed(vintages) if vintages[line]}
    said = [
        f"{grid.at(*places[k])}: {text!r} is read as {axis.years[k]}, {vintages[k]}"
        for text, k in sorted(first.items(), key=lambda item: item[1])
    ]
    return vintages, said


def aside(head: Value) -> bool:
    """Whether a head says that no figures of the table stand below it: remarks, numbers of rows."""
    return isinstance(head, str) and head.casefold() in meanings("aside")


def _beside(grid: Grid, axis: Axis, row: int, top: int = -1) -> list[Value]:
    """What stands beside the years in a row, remarks and numbers of rows left out."""
    cells = [(c, cell) for c, cell in enumerate(grid.rows[row]) if c != axis.place and cell is not None]
    return [cell for c, cell in cells if top < 0 or not aside(grid.value(top, c))]


def _units(cells: list[Value]) -> bool:
    return all(isinstance(cell, str) and parse_unit(cell) for cell in cells)
