"""Figures that have two readings, or cannot be."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from decimal import Decimal
from shlex import quote

from hanyang_data.errors import ParameterError, SnapshotError, nearest
from hanyang_data.intake.grids import Grid
from hanyang_data.intake.heads import Head
from hanyang_data.intake.layout import Figure
from hanyang_data.record.contract import GROWTH_RANGE
from hanyang_data.record.names import key


def head_place(grid: Grid, figure: Figure) -> str:
    """Where the head of a figure stands."""
    written = figure.head.written.split("（")[0]
    for r, c in [(r, figure.column) for r in range(figure.row)] + [(figure.row, c) for c in range(figure.column)]:
        cell = grid.value(r, c)
        if isinstance(cell, str) and cell.split("（")[0] == written:
            return grid.at(r, c)
    return grid.name


def check_percent(grid: Grid, head: Head, figures: list[tuple[Figure, Decimal]], *, confirmed: bool = False) -> None:
    """Growth that may be an index, and a percentage that may be a fraction of one, are asked about."""
    if head.unit.base != "percent":
        return
    values = [value for _, value in figures]
    place = head_place(grid, figures[0][0])
    growth = head.measure == "growth"
    if growth and not confirmed and all(90 <= value <= 130 for value in values):
        raise SnapshotError(
            f"{place}: {head.written!r} may be an index, the year before being 100: subtract 100 if it is, "
            f"or {_confirm(head.written)} if it is none"
        )
    shown = {(figure.row, figure.column) in grid.percents for figure, _ in figures if not isinstance(figure.value, str)}
    if len(shown) > 1:
        raise SnapshotError(f"{place}: of {head.written!r} some cells are shown as percent and some are not: make them alike")
    fraction = all(abs(value) < 1 for value in values) and any(values)
    # growth of less than one percent is common, a share of less than one is not, whatever the head says
    head_too = "" if head.unit.written else "（%） into the head, and "
    if fraction and not confirmed and not (growth and head.unit.written) and True not in shown:
        raise SnapshotError(
            f"{place}: {head.written!r} may be in percent or a fraction of one: write {head_too}7 for 7%, "
            f"or {_confirm(head.written)} if it is in percent as it stands"
        )


def check_confirmed(confirmed: Collection[str], heads: Iterable[str]) -> None:
    """Refuse what was confirmed and stands nowhere."""
    known = list(dict.fromkeys(heads))
    for head in confirmed:
        if key(head) not in map(key, known):
            raise ParameterError(f"--as-written {head}: no figures stand under this head: {nearest(head, known)}")


def _confirm(head: str) -> str:
    """How a head is confirmed, on the command line and in Python."""
    return f"confirm it with --as-written {quote(head)} (as_written=[{head!r}])"


def check_range(place: str, value: Decimal, unit: str, *, growth: bool) -> None:
    """A figure that cannot be one is named with its cell."""
    if growth and not GROWTH_RANGE[0] <= value <= GROWTH_RANGE[1]:
        raise SnapshotError(f"{place}: {plain(value)}% is no growth rate between {GROWTH_RANGE[0]:g} and {GROWTH_RANGE[1]:g}%")
    if not growth and (value < 0 or (unit == "percent" and value > 100)):
        raise SnapshotError(f"{place}: {plain(value)} {unit} is no level: expected one that is not negative, a share up to 100")


def plain(number: Decimal) -> str:
    """A number without a power of ten and without zeros behind."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
