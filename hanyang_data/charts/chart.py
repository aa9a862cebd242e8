"""Rows with marks on one scale and a small table beside them. They draw what they are given: all was computed elsewhere."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import blended_transform_factory as blended

from hanyang_data.charts.export import Chart
from hanyang_data.charts.lines import ARROW, GLYPH, MARKS, arrow
from hanyang_data.charts.panels import PAPER, tick
from hanyang_data.charts.style import BAND, FAINT, INK, MISS, RULE, SOFT, Caption, Size, canvas, mark, place_axes, small, theme
from hanyang_data.charts.typeface import text_width, wrap
from hanyang_data.words.wording import MINUS, number

WIDEST_NAME = (0.28, 0.36)  # of the width, what the name of a row may take; the more where it would need three lines
BANDS = {False: (0.8, 0.29), True: (0.22, 0.11)}  # whether narrow → heights of a band and half of an open one, in rows
HEAD = 1.5  # above axes with a table beside them, in sizes of the text: for the heads of its columns
WIDEST_TABLE = 0.75  # of the width; a wider one leaves no plot
Words = list[tuple[str, str]]  # pieces of a line with their colours


@dataclass(frozen=True)
class Row:
    """A row of a dumbbell figure: marks on one scale, and the same in words in a table beside them."""

    label: str
    marks: Mapping[str, float]  # role in MARKS → value
    span: tuple[float, float] | None = None  # a range target, or the band of "about"
    open: tuple[float, float] | None = None  # what was not printed may lie between; infinite where nothing bounds it
    words: str = ""  # printed where there is nothing to draw
    cells: Sequence[str | float | None] = ()  # one per column right of the plot; a float is a difference
    bounds: Mapping[str, str] = field(default_factory=dict)  # role → over/at_least/within: hollow, with an arrow
    says: Mapping[str, str] = field(default_factory=dict)  # role → what its mark answers when it is asked


class Table(NamedTuple):
    """Rows with the columns that stand beside their plot."""

    rows: Sequence[Row]
    heads: Sequence[tuple[str, str, str]]  # words, role, and the sign of the role, if any
    roles: Mapping[str, str]  # role → its colour


def dumbbell(
    rows: Sequence[Row], roles: Mapping[str, str], columns: Sequence[tuple[str, str]], caption: Caption, *, size: str = "page"
) -> Chart:
    """One row per year or indicator: what was set and what happened, joined, and a small table of them at the right.

    Args:
        rows: from top to bottom.
        roles: key of MARKS → its colour.
        columns: heads of the table and the role they name, whose mark stands beside the head and needs no legend then; a float
            below a head is a difference, printed with its sign, a negative one in colour. In a narrow size the cells stand
            as a line of words over each row.
    """

    def draw(ax: Axes, narrow: bool, points: float, _: float) -> None:
        values = [v for row in rows for v in [*row.marks.values(), *(row.span or ()), *(row.open or ())] if math.isfinite(v)]
        low, high = (min(values), max(values)) if values else (0.0, 1.0)
        pad = max((high - low) * 0.06, 0.3)
        ax.set_xlim(low - pad, high + pad)
        if low - pad < 0 < high + pad:
            ax.axvline(0, color=RULE, linewidth=0.8, zorder=0)
        for y, row in enumerate(rows):
            _draw_row(ax, y, row, roles, points, BANDS[narrow])

    table = Table(rows, [(head, role, GLYPH.get(role, "")) for head, role in columns], roles)
    return on_one_scale(table, caption, draw, size=size, heights=(1.1, 0.62))


def on_one_scale(
    table: Table, caption: Caption, draw: Callable[[Axes, bool, float, float], None], *, size: str,
    heights: tuple[float, float], lift: float = 0.0,
) -> Chart:  # fmt: skip
    """Rows that ``draw`` fills with marks, their cells in a table at the right or, in a narrow size, in lines over each row.

    ``draw`` is told whether it is narrow, the size of the text, and the height of a row in cm: that of ``heights``, narrow
    without its lines or wide. The lines stand ``lift`` cm above the middle of their row.
    """
    with theme(size) as chosen:
        points, rows, n = chosen.text, table.rows, max(len(table.rows), 1)
        narrow = not _fits_beside(table, chosen)
        marked = [(f"{glyph} {head}", table.roles.get(role, SOFT)) for head, role, glyph in table.heads if glyph]
        key = _in_lines(marked, chosen.room, points) if narrow else []
        words = [_in_lines(_cells(row, table), chosen.room, points) for row in rows] if narrow else []
        height = heights[0] + 0.42 * max(map(len, words), default=1) if narrow else heights[1]
        head = 0.9 + 0.5 * len(key) if narrow else 1.9
        figure, (ax,) = canvas(caption, chosen, (head + height * n) * points / 8.5)
        ax.set_ylim(n - (0.72 if narrow else 0.4), -0.9 if narrow else -0.6)
        ax.set_yticks([] if narrow else range(len(rows)), [] if narrow else _names(rows, chosen), color=INK)
        ax.tick_params(axis="y", length=0)
        ax.spines["left"].set_visible(False)
        ax.xaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 5, 10]))
        ax.xaxis.set_major_formatter(tick)
        above = points * ((0.8 + 1.3 * len(key)) * bool(key) if narrow else HEAD)
        place_axes(ax, points, above=above, right=0.0 if narrow else _beside(table, points))
        draw(ax, narrow, points, height)
        if narrow:
            for y, (row, lines) in enumerate(zip(rows, words, strict=True)):
                _write_lines(ax, [[(row.label, INK)], *lines], (0, y - lift / height), points)
            _write_lines(ax, key, (0, 1), points, "axes fraction")
        else:
            _side_table(ax, table, points)
    return Chart(figure, caption, size)


def _names(rows: Sequence[Row], chosen: Size) -> list[str]:
    """The names of the rows in lines, two at most where the figure has room for it."""
    tried = [[wrap(row.label, chosen.room * share, chosen.text) for row in rows] for share in WIDEST_NAME]
    lines = next((names for names in tried if max(map(len, names), default=0) <= 2), tried[-1])
    return ["\n".join(name) for name in lines]


def _draw_row(ax: Axes, y: int, row: Row, roles: Mapping[str, str], points: float, bands: tuple[float, float]) -> None:
    ax.axhline(y, color=RULE, linewidth=0.5, zorder=0)
    if row.span:
        ax.barh(y, row.span[1] - row.span[0], left=row.span[0], height=bands[0], color=BAND, zorder=1)
    if row.open:
        _draw_open(ax, y, row.open, bands[1], roles["outturn"])
    if len(row.marks) > 1:
        ax.plot([min(row.marks.values()), max(row.marks.values())], [y, y], color=SOFT, linewidth=1.6, zorder=2)
    for role, value in row.marks.items():
        tone, bound = roles[role], row.bounds.get(role, "")
        look = {"face": "white" if bound else tone, "edge": tone} | MARKS[role]
        mark(ax, value, y, **look, line=1.3, clip_on=False, says=row.says.get(role, ""))
        if bound:
            far = (-ARROW if bound == "within" else ARROW, 0)
            arrow(ax, (value, y), far, tone, width=1.1, zorder=2.5, annotation_clip=False)
    if row.words:
        ax.text(0.012, y, row.words, transform=blended(ax.transAxes, ax.transData), va="center", fontsize=small(points),
                color=FAINT, bbox=PAPER)  # fmt: skip


def _draw_open(ax: Axes, y: int, ends: tuple[float, float], half: float, tone: str) -> None:
    """An open band; an arrow on a side where nothing bounds it."""
    low, high = (end if math.isfinite(end) else other for end, other in zip(ends, reversed(ends), strict=True))
    corners = [(low, y - half), (low, y + half), (high, y + half), (high, y - half), (low, y - half)]
    ax.plot(*zip(*corners, strict=True), color=tone, linewidth=1.1, zorder=2.2)
    if low == high:
        far = (ARROW if math.isfinite(ends[0]) else -ARROW, 0)
        arrow(ax, (low, y), far, tone, width=1.1, apart=0, zorder=2.2, annotation_clip=False)


def _side_table(ax: Axes, table: Table, points: float) -> None:
    """Columns of text right of the plot, each as wide as its widest cell, right-aligned."""
    x = points
    for cells in _columns(table):
        x += _widest(cells, points)
        for height, text, tone in cells:
            ax.annotate(text, (1.0, height), xycoords=("axes fraction", "data"), xytext=(x, 0), textcoords="offset points",
                        ha="right", va="center_baseline", ma="right", color=tone, fontsize=points,
                        annotation_clip=False)  # fmt: skip
        x += points * 1.1


def _fits_beside(table: Table, chosen: Size) -> bool:
    """Whether the table leaves room for the plot beside it; else its cells stand above the rows."""
    return not chosen.narrow and _beside(table, chosen.text) <= chosen.room * WIDEST_TABLE


def _beside(table: Table, points: float) -> float:
    """What the table takes, with the space before each column."""
    return sum(_widest(cells, points) + points * 1.1 for cells in _columns(table))


def _columns(table: Table) -> list[list[tuple[float, str, str]]]:
    """Of each column its head and its cells: height, text and tone."""
    found = []
    for column, (head, role, glyph) in enumerate(table.heads):
        cells: list[tuple[float, str, str]] = [(-0.8, f"{glyph} {head}" if glyph else head, table.roles.get(role, SOFT))]
        for y, value in enumerate(row.cells[column] if row.cells else None for row in table.rows):
            text = number(value, 1, sign=True) if isinstance(value, float) else value or ""
            cells.append((y, text, MISS if _behind(value, role) else INK))
        found.append(cells)
    return found


def _behind(cell: str | float | None, role: str) -> bool:
    """Whether a cell is a difference, in a column without a mark, and below zero."""
    return cell < 0 if isinstance(cell, float) else not role and MINUS in str(cell or "")


def _widest(cells: Sequence[tuple[float, str, str]], points: float) -> float:
    return max(text_width(line, points) for _, text, _ in cells for line in text.split("\n"))


def _in_lines(pieces: Words, width: float, points: float) -> list[Words]:
    """Pieces of text in lines no wider than ``width``."""
    lines: list[Words] = [[]]
    for piece in pieces:
        if lines[-1] and text_width("   ".join(text for text, _ in [*lines[-1], piece]), points) > width:
            lines.append([])
        lines[-1].append(piece)
    return lines


def _cells(row: Row, table: Table) -> Words:
    """The cells of a row as words: those of a mark with it, differences with their head."""
    pieces: Words = []
    for (head, role, glyph), cell in zip(table.heads, row.cells, strict=False):
        if cell is None or cell == "":
            continue
        text = number(cell, 1, sign=True) if isinstance(cell, float) else cell.replace("\n", " ")
        named = text if text.startswith(GLYPH["open"]) else f"{glyph or head} {text}"
        pieces.append((named, MISS if _behind(cell, role) else table.roles.get(role, INK)))
    return pieces


def _write_lines(ax: Axes, lines: Sequence[Words], at: tuple[float, float], points: float, vertical: str = "data") -> None:
    """Lines of pieces of text above a point at the left end of the axes, each piece in its colour."""
    for number_, pieces in enumerate(reversed(lines)):
        x = 0.0
        for text, tone in pieces:
            word = ax.annotate(text, at, xycoords=("axes fraction", vertical), xytext=(x, points * (0.9 + 1.3 * number_)),
                               textcoords="offset points", va="baseline", color=tone, fontsize=points, bbox=PAPER, zorder=1.6,
                               annotation_clip=False)  # fmt: skip
            # lines over a row are broken to the width and may not narrow the axes; a key above them takes its room
            word.set_in_layout(vertical != "data")
            x += text_width(f"{text}   ", points)
    if vertical != "data" and (title := ax.get_title("left")):  # of axes that were given: above the key
        ax.set_title(title, loc="left", fontsize=points, color=SOFT, pad=points * (1.2 + 1.3 * len(lines)))
