"""How the cells of a table are read and printed: what is a number, with how many decimals, in which unit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import NamedTuple

from hanyang_data.words.wording import MINUS, NOT_ON_RECORD, number

Cell = str | int | float | bool | None
WRITTEN = re.compile(rf"[-{MINUS}+]?(\d{{1,3}}(,\d{{3}})+|\d+)(\.\d+)?")
PERCENT_HEAD = re.compile(r"%|\bpp\b|百分点")
YEAR_HEADS = re.compile(r"[Yy]ears?\b|[Pp]ublished|From|年份|时间|起始")
YEARS = range(1900, 2101)
MOST_DECIMALS, P_DECIMALS = 2, 4
P_HEAD = re.compile(r"\bp\b|p值")


class Number(NamedTuple):
    """A cell that is a number: its value as a spreadsheet holds it, and its decimals; a written 7% is 7."""

    value: int | float
    decimals: int
    percent: bool = False


@dataclass(frozen=True)
class Column:
    """One column: head, whether numbers stand in it, and the decimals they are printed with."""

    head: str
    numeric: bool
    decimals: int | None  # None where each number has those it was printed with
    years: bool = False

    def text(self, cell: Cell) -> str:
        """A cell as it is printed; a dash where nothing is."""
        if cell is None or cell == "":
            return NOT_ON_RECORD
        if isinstance(cell, float) or (isinstance(cell, int) and not isinstance(cell, bool)):
            return str(cell) if self.years else number(cell, self.decimals if isinstance(cell, float) else None)
        return str(cell)


def read_number(cell: Cell, column: Column) -> Number | None:
    """The number a cell holds or spells ("1,100", "−8.6%", "2017"); None for words, wordings and empty cells."""
    if cell is None or isinstance(cell, bool):
        return None
    if isinstance(cell, (int, float)):
        return Number(
            cell, 0 if isinstance(cell, int) else _decimals(cell) if column.decimals is None else column.decimals
        )
    bare = cell.removesuffix("%")
    if not WRITTEN.fullmatch(bare):
        return None
    exact = Decimal(bare.replace(",", "").replace(MINUS, "-"))
    decimals = max(0, -int(exact.as_tuple().exponent))
    if bare != cell:
        return Number(int(exact) if not decimals else float(exact), decimals, percent=True)
    return Number(int(exact) if not decimals else float(exact), decimals)


def columns_of(rows: Sequence[dict[str, Cell]]) -> list[Column]:
    """The columns of a table, from the heads and cells of all its rows."""
    heads = list(dict.fromkeys(head for row in rows for head in row))
    return [_column(head, [row.get(head) for row in rows]) for head in heads]


def _column(head: str, cells: Sequence[Cell]) -> Column:
    filled = [cell for cell in cells if cell not in (None, "", NOT_ON_RECORD)]
    plain = Column(head, True, 0)
    spelled = [read_number(cell, plain) for cell in filled]
    floats = [_decimals(cell) for cell in filled if isinstance(cell, float)]
    least = 1 if PERCENT_HEAD.search(head) else 0
    decimals: int | None = max([least, *floats])
    if decimals is not None and decimals > MOST_DECIMALS:
        decimals = P_DECIMALS if P_HEAD.search(head) else None
    whole = [cell.value for cell in spelled if cell is not None and not cell.decimals and not cell.percent]
    years = bool(whole) and bool(YEAR_HEADS.search(head)) and all(value in YEARS for value in whole)
    some = sum(cell is not None for cell in spelled)
    return Column(head, bool(some) and 2 * some >= len(filled), decimals, years)


def _decimals(value: float) -> int:
    return max(0, -int(Decimal(str(value)).normalize().as_tuple().exponent))
