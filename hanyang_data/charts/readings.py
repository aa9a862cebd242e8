"""Every reading of a series, one column a year: marks by vintage above, a table of what was printed below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import FuncFormatter
from matplotlib.transforms import ScaledTranslation
from matplotlib.transforms import blended_transform_factory as blended

from hanyang_data.charts.export import Chart
from hanyang_data.charts.style import FAINT, POINTS_PER_CM, RULE, SOFT, Caption, canvas, mark, theme
from hanyang_data.charts.style import small as small_text
from hanyang_data.charts.typeface import text_width, wrap
from hanyang_data.words.wording import number

PAPER = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}  # keeps the line of another break out of a name


# one shape per vintage, in the table's head and in the plot
SHAPES = {"initial_estimate": ("o", "●"), "preliminary": ("s", "■"), "final": ("D", "◆"), "revised": ("^", "▲")}


OTHER = "#8c8c8c"  # a reading that is not taken: mid-grey beside the dark one


@dataclass(frozen=True)
class Mark:
    """One reading in the plot."""

    year: int
    value: float
    shape: str  # key of SHAPES
    taken: bool
    hollow: bool = False
    bound: str = ""  # over, at_least, within: drawn with an arrow


@dataclass(frozen=True)
class Cell:
    """One reading in the table under the plot."""

    words: str
    strong: bool = False


@dataclass(frozen=True)
class TableRow:
    """A line of the table under the plot: its head, the shape it names, and the cells of each year, one under the other."""

    label: str
    shape: str = ""
    cells: Mapping[int, Sequence[Cell]] = field(default_factory=dict)


def readings(
    marks: Sequence[Mark],
    table: Sequence[TableRow],
    years: Sequence[int],
    caption: Caption,
    *,
    tone: str,
    empty: Mapping[int, str] | None = None,
    from_zero: bool = False,
    breaks: Mapping[int, str] | None = None,
    size: str = "page",
) -> Chart:
    """Every reading of every year, side by side within the year, over a table that prints them.

    Args:
        marks: the readings; of one year the first and the last shape are joined.
        table: the lines under the plot; those with a shape are its legend.
        years: all years of the axis.
        caption: the words of the figure.
        tone: the colour of the readings that are taken; the others are mid-grey.
        empty: year without any value → the word for it.
        from_zero: levels start at zero; rates show zero as a line.
        breaks: first year on a new basis → its label.
        size: a named size.
    """
    with theme(size) as chosen:
        points, small = chosen.text, small_text(chosen.text)
        heads = max((text_width(_head(row), small) for row in table), default=points * 2) + points * 1.6
        slot = (chosen.room - heads) / (len(years) + 0.2)
        laid, upright = _lay(table, slot - points * 0.35, small)
        below = points * 1.8 + sum(height for _, height in laid) + points * 0.3
        plot = 4.4 * points / 8.5
        figure, (ax,) = canvas(caption, chosen, plot + below / POINTS_PER_CM)
        shapes = [shape for shape in SHAPES if any(mark.shape == shape for mark in marks)]
        beside = {shape: 0.2 * (rank - (len(shapes) - 1) / 2) for rank, shape in enumerate(shapes)}
        for year in sorted({mark.year for mark in marks}):
            _year(ax, [mark for mark in marks if mark.year == year], beside, tone, points)
        for year, word in (empty or {}).items():
            if text_width(word, small_text(points)) < slot:
                ax.text(year, 0.03, word, transform=blended(ax.transData, ax.transAxes), ha="center", va="bottom",
                        fontsize=small_text(points), color=FAINT)  # fmt: skip
        lines = _breaks(ax, breaks or {}, years, slot, small)
        _scale(ax, [mark.value for mark in marks], from_zero=from_zero, headroom=0.14 + 0.1 * lines)
        step = max(1, -int(-text_width("2000", points) * 1.15 // slot))
        ax.set_xticks(list(years)[::step], [str(year) for year in list(years)[::step]])
        ax.set_xlim(min(years) - 0.6, max(years) + 0.6)
        ax.tick_params(axis="x", length=0)
        _under(ax, laid, tone, points, upright=upright)
    return Chart(figure, caption, size)


def _year(ax: Axes, marks: Sequence[Mark], beside: Mapping[str, float], tone: str, points: float) -> None:
    ordered = sorted(marks, key=lambda mark: beside[mark.shape])
    xs = [mark.year + beside[mark.shape] for mark in ordered]
    if len(ordered) > 1:
        ax.plot([xs[0], xs[-1]], [ordered[0].value, ordered[-1].value], color=RULE, linewidth=1.0, zorder=1)
    for x, reading in zip(xs, ordered, strict=True):
        edge = tone if reading.taken else OTHER
        area = (
            (46 if reading.taken else 26)
            * (points / 8.5) ** 2
            * (1.15 if reading.shape == "revised" else 0.85 if reading.shape != "o" else 1)
        )
        mark(ax, x, reading.value, "white" if reading.hollow else edge, edge, shape=SHAPES[reading.shape][0], area=area,
             zorder=4 if reading.taken else 3, clip_on=False)  # fmt: skip
        if reading.bound:
            up = -1 if reading.bound == "within" else 1
            ax.annotate("", (x, reading.value), xytext=(0, 1.8 * points * up), textcoords="offset points", zorder=2,
                        arrowprops={"arrowstyle": "<-", "color": edge, "linewidth": 0.9, "shrinkB": 3})  # fmt: skip


def _breaks(ax: Axes, breaks: Mapping[int, str], years: Sequence[int], slot: float, points: float) -> int:
    """A dashed line before each year, its name beside it, one lower where it would run into another; the lines taken up."""
    edge = (max(years) + 0.6 - (min(years) - 0.6)) * slot
    taken: list[list[tuple[float, float]]] = []
    for first_year, label in sorted(breaks.items()):
        x, width = (first_year - 0.5 - (min(years) - 0.6)) * slot, text_width(label, points) + points * 0.6
        turned = x + width > edge  # no room to its right
        span = (x - width, x) if turned else (x, x + width)
        line = next(
            (n for n, spans in enumerate(taken) if all(span[1] < a or b < span[0] for a, b in spans)), len(taken)
        )
        taken += [[] for _ in range(line + 1 - len(taken))]
        taken[line].append(span)
        ax.axvline(first_year - 0.5, color=SOFT, linewidth=0.9, linestyle=(0, (4, 2)), zorder=1)
        ax.annotate(label, (first_year - 0.5, 1), xycoords=blended(ax.transData, ax.transAxes), color=SOFT, fontsize=points,
                    xytext=(points * (-0.3 if turned else 0.3), -points * 1.3 * line), textcoords="offset points",
                    va="top", ha="right" if turned else "left", bbox=PAPER, zorder=1.5)  # fmt: skip
    return len(taken)


def _scale(ax: Axes, values: Sequence[float], *, from_zero: bool, headroom: float) -> None:
    if not values:
        ax.set_yticks([])
        return
    low, high = min(*values, 0.0), max(*values, 0.0)
    span = high - low or 1.0
    ax.set_ylim(low - (0 if from_zero else span * 0.12), high + span * headroom)
    if not from_zero:
        ax.axhline(0, color=RULE, linewidth=0.8, zorder=0)
    ax.locator_params(axis="y", nbins=5)
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(round(value, 6))))


def _head(row: TableRow) -> str:
    return f"{SHAPES[row.shape][1]} {row.label}" if row.shape else row.label


def _lay(table: Sequence[TableRow], slot: float, points: float) -> tuple[list[tuple[TableRow, float]], bool]:
    """The lines with their cells broken to the width of a year, and their heights; upright where a number would not fit."""
    broken = [
        TableRow(row.label, row.shape, {
            year: [Cell(line, cell.strong) for cell in cells for line in wrap(cell.words, slot, points)]
            for year, cells in row.cells.items()
        })
        for row in table
    ]  # fmt: skip
    widest = max((text_width(c.words, points) for r in broken for cells in r.cells.values() for c in cells), default=0)
    if widest <= slot:
        lines = [max((len(cells) for cells in row.cells.values()), default=1) for row in broken]
        return [(row, points * (0.5 + 1.2 * count)) for row, count in zip(broken, lines, strict=True)], True
    joined = [
        TableRow(row.label, row.shape, {
            year: [Cell(" / ".join(c.words for c in cells), any(c.strong for c in cells))] for year, cells in row.cells.items()
        })
        for row in table
    ]  # fmt: skip
    tall = [max((text_width(c.words, points) for cs in r.cells.values() for c in cs), default=0.0) for r in joined]
    return [(row, max(height, points) + points * 0.8) for row, height in zip(joined, tall, strict=True)], False


def _under(ax: Axes, laid: Sequence[tuple[TableRow, float]], tone: str, points: float, *, upright: bool) -> None:
    """The table under the axis, a column under each year, a thin line between its rows."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    small, columns = small_text(points), blended(ax.transData, ax.transAxes)
    y = -points * 1.8
    for number_, (row, height) in enumerate(laid):
        if number_:
            lowered = ax.transAxes + ScaledTranslation(0, y / 72, figure.dpi_scale_trans)
            ax.add_line(Line2D([0, 1], [0, 0], color=RULE, linewidth=0.5, transform=lowered, clip_on=False))
        label = (-points * 0.8, y - height / 2 - small * 0.36)
        ax.annotate(_head(row), (0, 0), xytext=label, xycoords="axes fraction", textcoords="offset points", ha="right",
                    va="baseline", fontsize=small, color=SOFT, annotation_clip=False)  # fmt: skip
        for year, cells in row.cells.items():
            first = y - height / 2 + 0.6 * small * (len(cells) - 1) - small * 0.36 * upright
            for place, cell in enumerate(cells):
                below = (0, first - 1.2 * small * place)
                ax.annotate(cell.words, (year, 0), xytext=below, xycoords=columns, textcoords="offset points", ha="center",
                            va="baseline" if upright else "center", rotation=0 if upright else 90, fontsize=small,
                            color=tone if cell.strong else SOFT, annotation_clip=False)  # fmt: skip
        y -= height
