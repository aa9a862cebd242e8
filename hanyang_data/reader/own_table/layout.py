"""Where in a table which figure stands: years down or across, a column of regions or of indicators, units below, beside or above.

A table is understood as a whole or asked about in one sentence with the address of the cell; nothing is skipped in silence.
"""

from collections.abc import Callable, Iterator, Sequence

from hanyang_data.errors import SnapshotError
from hanyang_data.reader.lexicon import Patterns
from hanyang_data.reader.own_table import years
from hanyang_data.reader.own_table.grids import Grid, Value
from hanyang_data.reader.own_table.heads import Figure, Head, option, parse_unit, role
from hanyang_data.reader.own_table.known import Indicators
from hanyang_data.reader.own_table.merged import joined, spread
from hanyang_data.reader.own_table.years import NO_YEAR, Axis

FORM = Patterns(__name__)
IsRegion = Callable[[str], bool]
Found = tuple[list[Figure], list[str]]


def find(grid: Grid, indicators: Indicators, is_region: IsRegion, indicator: str = "", *, of: int = 1) -> Found:
    """All figures of a table, one of so many, and what was left out of it."""
    grid = spread(grid)
    down, across = years.down(grid), years.across(grid)
    if down and across:
        raise SnapshotError(f"{grid.name}: years stand both down and across: take one of them out")
    if not down and not across and (odd := years.odd(grid)):
        raise SnapshotError(f"{odd} {NO_YEAR}")
    if not down and not across:
        hide = "; hide the sheet if it holds no table" * (of > 1)
        raise SnapshotError(f"{grid.name}: no row and no column of years such as 2020 is found, with heads beside it{hide}")
    top = years.head_row(grid, down) if down else across.place if across else 0
    for r0, c0, r1, c1 in grid.merged:
        if r1 >= top:
            span = f"{grid.cell(r0, c0)}:{grid.cell(r1, c1)}"
            raise SnapshotError(f"{grid.name}, cells {span}: are merged: undo it, and write into every cell what is meant")
    if down and top:
        beside = [c for c in range(grid.width) if c != down.place and not FORM.common_unit.search(str(grid.value(top - 1, c)))]
        grid = joined(grid, [((top - 1, c), (top, c)) for c in beside], indicators)
    axis: Axis = down or across  # type: ignore[assignment]
    years.refuse_dateless(grid, axis, top, downward=bool(down))
    table = _Table(grid, indicators, is_region, indicator, top)
    figures, left_out = table.down(axis) if down else table.across(axis)
    vintages, read = years.remarks(grid, axis, downward=bool(down))
    return [figure._replace(vintage=vintages[figure.row if down else figure.column]) for figure in figures], left_out + read


class _Table:
    def __init__(self, grid: Grid, indicators: Indicators, is_region: IsRegion, indicator: str, top: int) -> None:
        self.grid, self.indicators, self.is_region, self.indicator, self.top = grid, indicators, is_region, indicator, top
        said = [FORM.common_unit.search(cell) for row in grid.rows[: top + 1] for cell in row if isinstance(cell, str)]
        units = [parse_unit((match[1] or match[2]).rstrip("）)")) for match in said if match]
        self.common = units[0] if units else None  # what a line above the table names for all of it
        self.left_out: list[str] = []

    def down(self, axis: Axis) -> Found:
        """Years in a column, what they are of in the row above."""
        heads = {c: self.grid.value(self.top, c) for c in range(self.grid.width) if c != axis.place}
        roles = {role(text): c for c, text in heads.items() if role(text)}
        for other in (c for c in heads if role(heads[c]) in ("year", "part") and self._has_figures(c, axis.years, heads[c])):
            told = "whole years in one column: take the others and parts of years out"
            raise SnapshotError(f"{self.grid.at(self.top, other)}: {heads[other]!r} stands beside years: a table holds {told}")
        if {"indicator", "value"} <= set(roles):
            return self._long(axis, roles)
        others = [c for c in heads if c != roles.get("unit")]
        regions = roles.get("region", self._all(list(axis.years), others, self.is_region))
        columns = [c for c in heads if c != regions and self._has_figures(c, axis.years, heads[c])]
        if columns and all(isinstance(heads[c], str) and self.is_region(str(heads[c])) for c in columns):
            head = self._one_indicator()
            return self._found((r, c, axis.years[r], head, str(heads[c])) for c in columns for r in axis.years)
        between = [self.grid.rows[r] for r in range(self.top + 1, min(axis.years))]  # a row of units below the heads
        units = {c: str(cell) for row in between for c, cell in enumerate(row) if cell and parse_unit(str(cell))}
        series = self._heads([(c, self.top, c) for c in columns], units)
        return self._found((r, c, axis.years[r], series[c], self._text(r, regions)) for c in columns for r in axis.years)

    def across(self, axis: Axis) -> Found:
        """Years in a row, what they are of in the cells to the left."""
        labels = list(range(min(axis.years)))
        beside = [c for c in range(min(axis.years), self.grid.width) if isinstance(self.grid.value(self.top, c), str)]
        for c in [c for c in beside if c not in axis.years]:
            self.left_out.append(f"{self.grid.at(self.top, c)}: {self.grid.value(self.top, c)!r} is left out")
        rows = []
        for r in range(self.top + 1, len(self.grid.rows)):
            filled = [c for c, cell in enumerate(self.grid.rows[r]) if cell is not None]
            if any(c in axis.years for c in filled):
                rows.append(r)
            elif filled:  # a text alone is a note or a heading
                self.left_out.append(f"{self.grid.at(r, filled[0])}: {str(self.grid.value(r, filled[0]))[:30]!r} is left out")
        roles = {role(self.grid.value(self.top, c)): c for c in labels if role(self.grid.value(self.top, c))}
        unit = roles.get("unit", self._all(rows, labels, lambda text: parse_unit(text) is not None))
        rest = [c for c in labels if c != unit]
        regions = roles.get("region", self._all(rows, rest, self.is_region))
        names = [c for c in rest if c != regions and any(isinstance(self.grid.value(r, c), str) for r in rows)]
        column = roles.get("indicator", names[-1] if names else None)
        inner = [c for c in names if not years.aside(self.grid.value(self.top, c))][-2:]
        if len(inner) > 1 and (column == inner[1] or (column == inner[0] and self.grid.value(self.top, inner[1]) is None)):
            column = inner[1]
            self.grid = joined(self.grid, [((r, inner[0]), (r, column)) for r in rows], self.indicators)
        if column is None:
            series = dict.fromkeys(rows, self._one_indicator())
        else:
            units = {r: text for r in rows if unit is not None and (text := self._text(r, unit))}
            series = self._heads([(r, r, column) for r in rows], units)
        return self._found((r, c, axis.years[c], series[r], self._text(r, regions)) for r in rows for c in axis.years)

    def _long(self, axis: Axis, roles: dict[str, int]) -> Found:
        """A row a figure: region, indicator, year, value, perhaps with its unit."""
        units = {r: text for r in axis.years if "unit" in roles and (text := self._text(r, roles["unit"]))}
        series = self._heads([(r, r, roles["indicator"]) for r in axis.years], units, alone=True)
        column, regions = roles["value"], roles.get("region")
        for c in set(range(self.grid.width)) - {axis.place, *roles.values()}:
            if self._has_figures(c, axis.years, head := self.grid.value(self.top, c)):
                where = self.grid.at(self.top, c)
                raise SnapshotError(f"{where}: {head!r} stands beside a column of values: take one of them out")
        return self._found((r, column, axis.years[r], series[r], self._text(r, regions)) for r in axis.years)

    def _heads(self, cells: Sequence[tuple[int, int, int]], units: dict[int, str], *, alone: bool = False) -> dict[int, Head]:
        """The series of each line, from the head at a cell; growth alone is that of the level before it."""
        found: dict[int, Head] = {}
        before: Head | None = None
        for line, r, c in cells:
            text, place = self.grid.value(r, c), self.grid.at(r, c)
            if not isinstance(text, str):
                raise SnapshotError(f"{place}: figures stand under or beside a head that is empty: write what they are")
            told = units.get(line)
            if told and parse_unit(told) is None:
                raise SnapshotError(f"{place}: the unit {told!r} is not understood: write one such as 亿元, 万人 or %")
            whole = f"{text}（{told}）" if told else text
            found[line] = self.indicators.head(whole, place, left=None if alone else before, common=self.common)
            before = found[line] if found[line].measure == "level" else before
        return found

    def _one_indicator(self) -> Head:
        """What a table of regions and years alone is about."""
        titles = [cell for row in self.grid.rows[: self.top + 1] for cell in row if isinstance(cell, str)]
        titles += [self.grid.name] * (not self.grid.columns)
        known = [text for text in titles if self.indicators.known(text) and not self.is_region(text) and not role(text)]
        text = self.indicator or (known[0] if known else "")
        if not text:
            say = option("indicator", "GDP（亿元）")
            raise SnapshotError(f"{self.grid.name}: does not say of which indicator it is: say {say}")
        return self.indicators.head(text, self.grid.name, common=self.common)

    def _has_figures(self, column: int, rows: dict[int, int], head: Value) -> bool:
        filled = any(self.grid.value(r, column) is not None for r in rows)
        if filled and years.aside(head):
            self.left_out.append(f"{self.grid.at(self.top, column)}: {head!r} is left out")
            return False
        if filled and head is None:
            raise SnapshotError(f"{self.grid.at(self.top, column)}: is empty above figures: write what they are")
        return filled and role(head) not in ("unit", "region")

    def _all(self, rows: Sequence[int], columns: Sequence[int], fits: Callable[[str], bool]) -> int | None:
        """The first column whose cells are all of a kind."""
        cells = ((column, [self.grid.value(r, column) for r in rows]) for column in columns if rows)
        return next((column for column, held in cells if all(isinstance(cell, str) and fits(cell) for cell in held)), None)

    def _text(self, row: int, column: int | None) -> str:
        if column is None:
            return ""
        if (cell := self.grid.value(row, column)) is None:
            raise SnapshotError(f"{self.grid.at(row, column)}: is empty: write which region it is of")
        return str(cell)

    def _found(self, places: Iterator[tuple[int, int, int, Head, str]]) -> Found:
        """The figures at row and column, of a year, series and region; and what was left out with the notes below them."""
        grid = self.grid
        figures = [Figure(region, year, head, grid.value(r, c), r, c) for r, c, year, head, region in places]
        words = {r: str(grid.rows[r][0] or "") for r in range(1, len(grid.rows)) if years.alone(grid, r)}
        notes = {r: text for r, text in words.items() if text.startswith(("注", "Note", "资料来源", "数据来源", "Source"))}
        below = [f"{grid.at(r, 0)}: {text[:30]!r} is left out" for r, text in notes.items()]
        return figures, list(dict.fromkeys([*self.left_out, *below]))
