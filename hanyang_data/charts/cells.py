"""A sheet of cells: a row a thing, a column a year or a question, in each cell a word on a tone; it grows with its rows.

Tones differ in lightness and in what is drawn on them, never in hue alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from math import inf
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from hanyang_data.charts.export import Chart
from hanyang_data.charts.style import INK, POINTS_PER_CM, RULE, SOFT, Caption, answers, canvas, mark, sheet, small, theme
from hanyang_data.charts.typeface import text_width, wrap

NAMES = (0.42, 0.55)  # of the width for the names of the rows at most; where there are two blocks
MARGIN = 0.8  # about the box of a cell, points
TALLEST, BETWEEN = 0.5, 1.5  # height of a slide's drawing in parts of its width; text sizes between two blocks


class Cell(NamedTuple):
    """What stands in a cell; one without a face is a word alone, and one without a word an empty place."""

    word: str
    face: str = ""
    edge: str = ""
    ink: str = INK
    says: str = ""  # what the cell answers when it is asked
    sign: str = ""  # cross or hatch, where the tone alone says too little


class Room(NamedTuple):
    """How much of it there is, in sizes of the text."""

    widest: float = inf  # a cell at most
    tall: float = 0.45  # how much higher than its lines a row is
    dense: bool = True  # many cells: small words, left out where they do not fit; rules between rows; two blocks on a slide


class _Block(NamedTuple):
    """Rows as they are laid out: lines of the names, where cells begin, their width, the names above rows, heights, heads."""

    names: Sequence[list[str]]
    left: float
    slot: float
    above: Sequence[float]
    heights: Sequence[float]
    heads: Sequence[list[str]]


def sheet_of(
    rows: Mapping[str, Sequence[Cell]], heads: Sequence[str], key: Mapping[str, Cell], words: Caption, *, room: Room, size: str
) -> Chart:
    """Draw cells under their heads, and a ``key`` of names above them.

    The names of the rows stand beside them, or above where the cells would be too narrow for their words.
    """
    with theme(size) as chosen:
        points, width = chosen.text, chosen.room
        word_size = small(points) if room.dense else points
        keys, key_height = _flow(key, width, points) if key else ({}, 0.0)
        blocks, laid = [dict(rows)], [_lay(rows, heads, width, points, room, NAMES[0])]
        if room.dense and size == "slide" and key_height + points * 2.0 + sum(laid[0].heights) > width * TALLEST:
            half = (len(rows) + 1) // 2
            blocks = [dict([*rows.items()][:half]), dict([*rows.items()][half:])]  # a slide is wide, and not high
            laid = [_lay(of, heads, (width - BETWEEN * points) / 2, points, room, NAMES[1]) for of in blocks]
        wide = (width - BETWEEN * points * (len(blocks) - 1)) / len(blocks)
        top = key_height + points * (0.8 + 1.2 * max(map(len, laid[0].heads), default=1))
        total = top + max(sum(block.above) + sum(block.heights) for block in laid)
        figure, (ax,) = canvas(words, chosen, total / POINTS_PER_CM)
        ax.set_position(sheet(ax))  # measured in points, its origin at the upper left, exactly between head and foot
        ax.set_axis_off()
        ax.set_xlim(0, width)
        ax.set_ylim(total, 0)
        crosses = []
        for name, (x, y) in keys.items():
            _box(ax, key[name], (x, y - points * 0.55), (points * 1.5, points * 1.1), points)
            crosses += [(x + points * 0.75, y)] * (key[name].sign == "cross")
            _write(ax, x + points * 1.9, y, name, small(points), INK)
        for number, (block, (names, left, slot, above, heights, named)) in enumerate(zip(blocks, laid, strict=True)):
            start, y = number * (wide + BETWEEN * points), top
            step = max(1, -int(-max((text_width(line, points) for of in named for line in of), default=0) * 1.15 // slot))
            for place, lines in list(enumerate(named))[::step]:
                for below, line in enumerate(reversed(lines)):
                    x = start + left + (place + 0.5) * slot
                    _write(ax, x, top - points * (0.85 + 1.2 * below), line, points, SOFT, "center")
            for row, lines, head, height in zip(block.values(), names, above, heights, strict=True):
                if room.dense:
                    ax.plot([start, start + wide], [y, y], color=RULE, linewidth=0.4, zorder=0)
                for place, line in enumerate(lines):
                    level = y + (head or height) / 2 + points * 1.2 * (place - (len(lines) - 1) / 2)
                    _write(ax, 0 if head else start + left - points * 0.8, level, line, points, INK, "left" if head else "right")
                for place, cell in enumerate(row):
                    x, middle = start + left + place * slot, y + head + height / 2
                    if cell.face:
                        _box(ax, cell, (x + MARGIN, y + head + MARGIN), (slot - 2 * MARGIN, height - 2 * MARGIN), points)
                    crosses += [(x + slot / 2, middle)] * (cell.sign == "cross")
                    if cell.word and text_width(cell.word, word_size) <= slot - (points * 0.5 if room.dense else 2 * MARGIN):
                        _write(ax, x + slot / 2, middle, cell.word, word_size, cell.ink, "center")
                y += head + height
        if crosses:  # one artist for all: there are hundreds
            xs, ys = zip(*crosses, strict=True)
            mark(ax, xs, ys, "#a8a8a8", shape="x", area=(points * 0.35) ** 2, line=0.6)
    return Chart(figure, words, size)


def _lay(
    rows: Mapping[str, Sequence[Cell]], heads: Sequence[str], width: float, points: float, room: Room, share: float
) -> _Block:
    names, columns = [wrap(label, width * share, points) for label in rows], max(len(heads), 1)
    left = max((text_width(line, points) for lines in names for line in lines), default=0)
    left = left * 1.02 + points * 0.8 if room.dense else left + points
    needed = max((text_width(cell.word, points) for row in rows.values() for cell in row), default=0) + 2 * MARGIN
    over = not room.dense and (width - left) / columns < needed
    slot = min((width - left * (not over)) / columns, points * room.widest)
    above = [points * (1.2 * len(lines) + 0.5) * over for lines in names]
    heights = [points * (room.tall + 1.2 * (1 if over else len(lines))) for lines in names]
    return _Block(names, left * (not over), slot, above, heights, [wrap(head, slot - points * 0.4, points) for head in heads])


def _write(ax: Axes, x: float, y: float, text: str, points: float, tone: str, ha: Any = "left") -> None:
    """A line of text whose letters without descenders stand in the middle of ``y``, so that neighbours share a line."""
    ax.text(x, y + points * 0.36, text, ha=ha, va="baseline", fontsize=points, color=tone, zorder=3)


def _flow(names: Iterable[str], width: float, points: float) -> tuple[dict[str, tuple[float, float]], float]:
    """Where each entry of the key stands, in as many lines as it takes, and the height of them all."""
    places: dict[str, tuple[float, float]] = {}
    x, line = 0.0, 0
    for name in names:
        entry = points * 1.9 + text_width(name, small(points))
        if x and x + entry > width:
            x, line = 0.0, line + 1
        places[name] = (x, points * (0.9 + 1.6 * line))
        x += entry + points * 1.3
    return places, points * 1.6 * (line + 1)


def _box(ax: Axes, cell: Cell, corner: tuple[float, float], extent: tuple[float, float], points: float) -> None:
    line, edge = (0.9, cell.edge) if cell.edge else (0, "none")
    box = Rectangle(corner, *extent, facecolor=cell.face, edgecolor=edge, linewidth=line, zorder=2)
    if cell.sign == "hatch":
        box.set(hatch="/" * round(5 * 8.5 / points), edgecolor="#c4c4c4")  # as dense on a slide as on a page
        box.set_hatch_linewidth(0.6)
    answers(box, cell.says)
    ax.add_patch(box)
