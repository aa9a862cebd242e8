"""Two drawings of what is known: a matrix of states, and the readings of each year over a table of them.

Like :mod:`hanyang_data.charts.chart` they draw what they are given. Both differ in lightness and shape, never in hue alone.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from hanyang_data.charts.export import Chart
from hanyang_data.charts.style import INK, POINTS_PER_CM, RULE, SOFT, Caption, answers, canvas, mark, sheet, theme
from hanyang_data.charts.style import small as small_text
from hanyang_data.charts.typeface import text_width, wrap


class Look(NamedTuple):
    """How a cell looks: its tone, and what is drawn on it where the tone alone says too little."""

    face: str
    sign: str = ""  # cross, hatch


# from nothing to the most advanced reading, each darker than the one before
LOOKS = {
    "nothing": Look("#ffffff", "cross"),
    "target_only": Look("#ffffff", "hatch"),
    "worded": Look("#e6eef6"),
    "bounded": Look("#c2d6e9"),
    "initial_estimate": Look("#8fb8da"),
    "preliminary": Look("#5590c3"),
    "final": Look("#235f9e"),
    "revised": Look("#0a2f57"),
}
NAMES = (0.42, 0.52)  # of the width for the names of the rows at most; where there are two blocks
TALLEST, BETWEEN = 0.5, 1.5  # height of a slide's drawing in parts of its width; text sizes between two blocks


def matrix(
    rows: Mapping[str, Sequence[str]], columns: Sequence[str], key: Mapping[str, str], words: Mapping[str, str],
    caption: Caption, *, says: Mapping[tuple[str, str], str] | None = None, size: str = "page",
) -> Chart:  # fmt: skip
    """A row per thing, a column per year, a tone per state; it grows in height with its rows, on a slide in two blocks.

    Args:
        rows: label → one key of LOOKS per column.
        key: state → its name; those that occur stand above the matrix in this order.
        words: state → a word printed in its cells, where the cells are wide enough.
        says: label and column → what the cell answers when it is asked.
    """
    with theme(size) as chosen:
        points, width = chosen.text, chosen.room
        shown = {state: name for state, name in key.items() if any(state in states for states in rows.values())}
        places, key_height = flow(shown, width, points)
        top = key_height + points * 2.0
        blocks = [dict(rows)]
        if size == "slide" and top + sum(_block(rows, width, points, NAMES[0])[2]) > width * TALLEST:
            half = (len(rows) + 1) // 2
            blocks = [dict([*rows.items()][:half]), dict([*rows.items()][half:])]  # a slide is wide, and not high
        room = (width - BETWEEN * points * (len(blocks) - 1)) / len(blocks)
        laid = [_block(block, room, points, NAMES[len(blocks) > 1]) for block in blocks]
        total = top + max(sum(heights) for _, _, heights in laid)
        figure, (ax,) = canvas(caption, chosen, total / POINTS_PER_CM)
        as_sheet(ax, width, total)
        bare = []  # the middles of the cells that get a cross
        for state, (x, y) in places.items():
            middle = _cell(ax, (x, y - points * 0.55), (points * 1.5, points * 1.1), state, points)
            bare += [middle] * (LOOKS[state].sign == "cross")
            write(ax, x + points * 1.9, y, shown[state], small_text(points), INK)
        for number, (block, (labels, left, heights)) in enumerate(zip(blocks, laid, strict=True)):
            start = number * (room + BETWEEN * points)
            slot = (room - left) / max(len(columns), 1)
            step = max(1, -int(-max((text_width(c, points) for c in columns), default=0) * 1.15 // slot))
            for place, head in list(enumerate(columns))[::step]:
                write(ax, start + left + (place + 0.5) * slot, top - points * 0.85, head, points, SOFT, "center")
            fitting = {s: w for s, w in words.items() if text_width(w, small_text(points)) <= slot - points * 0.5}
            y = top
            for (label, states), height in zip(block.items(), heights, strict=True):
                ax.plot([start, start + room], [y, y], color=RULE, linewidth=0.4, zorder=0)
                for place, line in enumerate(labels[label]):
                    level = y + height / 2 + points * 1.2 * (place - (len(labels[label]) - 1) / 2)
                    write(ax, start + left - points * 0.8, level, line, points, INK, "right")
                for place, state in enumerate(states):
                    corner = (start + left + place * slot + 0.8, y + 0.8)
                    said = (says or {}).get((label, columns[place]), "")
                    middle = _cell(ax, corner, (slot - 1.6, height - 1.6), state, points, fitting.get(state, ""), said)
                    bare += [middle] * (LOOKS[state].sign == "cross")
                y += height
        if bare:  # one artist for all: there are hundreds
            xs, ys = zip(*bare, strict=True)
            mark(ax, xs, ys, "#a8a8a8", shape="x", area=(points * 0.35) ** 2, line=0.6)
    return Chart(figure, caption, size)


def _block(rows: Iterable[str], room: float, points: float, names: float) -> tuple[dict[str, list[str]], float, list[float]]:
    """The lines of each label, where the cells begin beside them, and the height of each row."""
    labels = {label: wrap(label, room * names, points) for label in rows}
    left = max((text_width(line, points) for lines in labels.values() for line in lines), default=0) * 1.02 + points * 0.8
    return labels, left, [points * (0.45 + 1.2 * len(lines)) for lines in labels.values()]


def as_sheet(ax: Axes, width: float, height: float) -> None:
    """Turn the axes into a sheet measured in points, its origin at the upper left, exactly between head and foot."""
    ax.set_position(sheet(ax))
    ax.set_axis_off()
    ax.set_xlim(0, width)
    ax.set_ylim(height, 0)


def write(ax: Axes, x: float, y: float, text: str, points: float, tone: str, ha: Any = "left") -> None:
    """A line of text whose letters without descenders stand in the middle of ``y``, so that neighbours share a line."""
    ax.text(x, y + points * 0.36, text, ha=ha, va="baseline", fontsize=points, color=tone, zorder=3)


def flow(key: Mapping[str, str], width: float, points: float) -> tuple[dict[str, tuple[float, float]], float]:
    """Where each entry of the key stands, in as many lines as it takes, and the height of them all."""
    places: dict[str, tuple[float, float]] = {}
    x, line = 0.0, 0
    for state, name in key.items():
        entry = points * 1.9 + text_width(name, small_text(points))
        if x and x + entry > width:
            x, line = 0.0, line + 1
        places[state] = (x, points * (0.9 + 1.6 * line))
        x += entry + points * 1.3
    return places, points * 1.6 * (line + 1)


def _cell(
    ax: Axes, corner: tuple[float, float], extent: tuple[float, float], state: str, points: float, word: str = "", says: str = ""
) -> tuple[float, float]:
    """Draw a cell and say where its middle is."""
    look = LOOKS[state]
    box = Rectangle(corner, *extent, facecolor=look.face, edgecolor="none", linewidth=0, zorder=2)
    if look.sign == "hatch":
        box.set(hatch="/" * round(5 * 8.5 / points), edgecolor="#c4c4c4")  # as dense on a slide as on a page
        box.set_hatch_linewidth(0.6)
    answers(box, says)
    ax.add_patch(box)
    x, y = corner[0] + extent[0] / 2, corner[1] + extent[1] / 2
    if word:
        write(ax, x, y, word, small_text(points), INK, "center")
    return x, y
