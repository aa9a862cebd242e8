"""A sheet of cells: a row a thing, a column a year or a question, in each cell a word on a tone."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from hanyang_data.charts.export import Chart
from hanyang_data.charts.matrix import as_sheet, flow, write
from hanyang_data.charts.style import INK, POINTS_PER_CM, SOFT, Caption, answers, canvas, small, theme
from hanyang_data.charts.typeface import text_width, wrap

NAMES, MARGIN = 0.42, 0.8  # of the width for the names of the rows at most; about the box of a cell, points


class Cell(NamedTuple):
    """What stands in a cell; one without a face is a word alone, and one without a word an empty place."""

    word: str
    face: str = ""
    edge: str = ""
    ink: str = INK
    says: str = ""  # what the cell answers when it is asked


def sheet_of(
    rows: Mapping[str, Sequence[Cell]], heads: Sequence[str], key: Mapping[str, Cell], words: Caption, *,
    room: tuple[float, float], size: str,
) -> Chart:  # fmt: skip
    """Draw cells under their heads, and a ``key`` of names above them.

    The names of the rows stand beside them, or above where the cells would be too narrow for their words. ``room``, in sizes of
    the text: how wide a cell is at most, and how much higher than its lines a row.
    """
    with theme(size) as chosen:
        points, width = chosen.text, chosen.room
        labels = {label: wrap(label, width * NAMES, points) for label in rows}
        left = max((text_width(line, points) for lines in labels.values() for line in lines), default=0) + points
        needed = max((text_width(cell.word, points) for row in rows.values() for cell in row), default=0) + 2 * MARGIN
        above = (width - left) / max(len(heads), 1) < needed
        left = 0.0 if above else left
        slot = min((width - left) / max(len(heads), 1), points * room[0])
        named = [wrap(head, slot - points * 0.4, points) for head in heads]
        step = max(1, -int(-max((text_width(line, points) for of in named for line in of), default=0) * 1.15 // slot))
        keys, key_height = flow({name: name for name in key}, width, points) if key else ({}, 0.0)
        top = key_height + points * (0.8 + 1.2 * max(map(len, named), default=1))
        tall = [points * (1.2 * len(lines) + 0.5) * above for lines in labels.values()]  # of the names above their rows
        heights = [points * (room[1] + 1.2 * (1 if above else len(lines))) for lines in labels.values()]
        figure, (ax,) = canvas(words, chosen, (top + sum(tall) + sum(heights)) / POINTS_PER_CM)
        as_sheet(ax, width, top + sum(tall) + sum(heights))
        for name, (x, y) in keys.items():
            _box(ax, key[name], (x, y - points * 0.55), (points * 1.5, points * 1.1))
            write(ax, x + points * 1.9, y, name, small(points), INK)
        for place, lines in list(enumerate(named))[::step]:
            for below, line in enumerate(reversed(lines)):
                write(ax, left + (place + 0.5) * slot, top - points * (0.85 + 1.2 * below), line, points, SOFT, "center")
        y = top
        for (label, row), head, height in zip(rows.items(), tall, heights, strict=True):
            for place, line in enumerate(labels[label]):
                level = y + (head or height) / 2 + points * 1.2 * (place - (len(labels[label]) - 1) / 2)
                write(ax, 0 if above else left - points * 0.8, level, line, points, INK, "left" if above else "right")
            for place, cell in enumerate(row):
                x = left + place * slot
                if cell.face:
                    _box(ax, cell, (x + MARGIN, y + head + MARGIN), (slot - 2 * MARGIN, height - 2 * MARGIN))
                if cell.word and text_width(cell.word, points) <= slot - 2 * MARGIN:
                    write(ax, x + slot / 2, y + head + height / 2, cell.word, points, cell.ink, "center")
            y += head + height
    return Chart(figure, words, size)


def _box(ax: Axes, cell: Cell, corner: tuple[float, float], extent: tuple[float, float]) -> None:
    box = Rectangle(corner, *extent, facecolor=cell.face, edgecolor=cell.edge, linewidth=0.9, zorder=2)
    answers(box, cell.says)
    ax.add_patch(box)
