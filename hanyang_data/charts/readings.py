"""Every reading of a series, one column a year: marks by vintage above, a table of what was printed below."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.transforms import ScaledTranslation
from matplotlib.transforms import blended_transform_factory as blended

from hanyang_data.charts.cells import Cell
from hanyang_data.charts.export import Chart
from hanyang_data.charts.lines import DASHED, arrow
from hanyang_data.charts.panels import PAPER, tick
from hanyang_data.charts.style import FAINT, POINTS_PER_CM, RULE, SOFT, Caption, canvas, mark, sheet, theme
from hanyang_data.charts.style import small as small_text
from hanyang_data.charts.typeface import rows, text_width, wrap

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
    says: str = ""  # what it answers when it is asked


@dataclass(frozen=True)
class TableRow:
    """A line of the table under the plot: its head, the shape it names, and the cells of each year, one under the other."""

    label: str
    shape: str = ""
    cells: Mapping[int, Sequence[Cell]] = field(default_factory=dict)


Placed = tuple[int | None, float, str, Sequence[Cell]]  # the year of a cell, or None for the left end, points from it, alignment
Laid = list[tuple[list[Placed], float]]  # lines of the table, with their heights


def readings(
    marks: Sequence[Mark], table: Sequence[TableRow], years: Sequence[int], caption: Caption, *, tone: str, empty: Mapping[int,
    str] | None = None, from_zero: bool = False, breaks: Mapping[int, str] | None = None, size: str = "page",
) -> Chart:  # fmt: skip
    """Every reading of every year, side by side within the year, over a table that prints them.

    Args:
        marks: the readings; of one year the first and the last shape are joined.
        table: the lines under the plot; those with a shape are its legend.
        tone: the colour of the readings that are taken; the others are mid-grey.
        empty: year without any value → the word for it.
        from_zero: levels start at zero; rates show zero as a line.
        breaks: first year on a new basis → its label.
    """
    with theme(size) as chosen:
        points, small = chosen.text, small_text(chosen.text)
        heads = max((text_width(_head(row), small) for row in table), default=points * 2) + points * 1.6
        slot = (chosen.room - heads) / (max(years) - min(years) + 1.2)
        laid = _lay(table, slot - points * 0.35, small, points * 0.8)
        left = heads if laid else points + max((text_width(tick(m.value, 0), points) for m in marks), default=0.0)
        slot = (chosen.room - left) / (max(years) - min(years) + 1.2)
        lines = laid or _turned(table, chosen.room, small, -left)
        below = points * 2.1 + sum(height for _, height in lines)
        plot = 4.2 * points / 8.5 * POINTS_PER_CM
        figure, (ax,) = canvas(caption, chosen, (plot + below) / POINTS_PER_CM)
        x, y, wide, high = sheet(ax)
        ax.set_position((x + wide * left / chosen.room, y + high * below / (plot + below),
                         wide * (1 - left / chosen.room), high * plot / (plot + below)))  # fmt: skip
        shapes = [shape for shape in SHAPES if any(mark.shape == shape for mark in marks)]
        beside = {shape: 0.2 * (rank - (len(shapes) - 1) / 2) for rank, shape in enumerate(shapes)}
        for year in sorted({mark.year for mark in marks}):
            _year(ax, [mark for mark in marks if mark.year == year], beside, tone, points)
        for year, word in (empty or {}).items():
            if text_width(word, small) < slot - 3:
                ax.text(year, 0.03, word, transform=blended(ax.transData, ax.transAxes), ha="center", va="bottom",
                        fontsize=small, color=FAINT)  # fmt: skip
        named = _breaks(ax, breaks or {}, years, slot, small)
        _scale(ax, [mark.value for mark in marks], from_zero=from_zero, headroom=0.14 + 0.1 * named)
        step = max(1, -int(-text_width("2000", points) * 1.15 // slot))
        ax.set_xticks(list(years)[::step], [str(year) for year in list(years)[::step]])
        ax.set_xlim(min(years) - 0.6, max(years) + 0.6)
        ax.tick_params(axis="x", length=0)
        y = -points * (1.8 if laid else 1.9)
        for place, (cells, height) in enumerate(lines):
            if place:
                _rule(ax, y, None if laid else (-left, chosen.room - left))
            for placed in cells:
                _words(ax, placed, y - height / 2, small)
            y -= height
    return Chart(figure, caption, size)


def _year(ax: Axes, marks: Sequence[Mark], beside: Mapping[str, float], tone: str, points: float) -> None:
    ordered = sorted(marks, key=lambda mark: beside[mark.shape])
    xs = [mark.year + beside[mark.shape] for mark in ordered]
    if len(ordered) > 1:
        ax.plot([xs[0], xs[-1]], [ordered[0].value, ordered[-1].value], color=RULE, linewidth=1.0, zorder=1)
    for x, reading in zip(xs, ordered, strict=True):
        edge = tone if reading.taken else OTHER
        area = (46 if reading.taken else 26) * (points / 8.5) ** 2 * (1.15 if reading.shape == "revised" else 0.85)
        mark(ax, x, reading.value, "white" if reading.hollow else edge, edge, shape=SHAPES[reading.shape][0], area=area,
             zorder=4 if reading.taken else 3, clip_on=False, says=reading.says)  # fmt: skip
        if reading.bound:
            up = -1 if reading.bound == "within" else 1
            arrow(ax, (x, reading.value), (0, 1.8 * points * up), edge, zorder=2)


def _breaks(ax: Axes, breaks: Mapping[int, str], years: Sequence[int], slot: float, points: float) -> int:
    """A dashed line before each year, its name beside it, one lower where it would run into another; the lines taken up."""
    width, named = (max(years) - min(years) + 1.2) * slot, sorted(breaks.items())
    turned, spans = [], []
    for first_year, label in named:
        x, wide = (first_year + 0.1 - min(years)) * slot, text_width(label, points) + points * 0.6
        turned.append(x + wide > width)  # no room to its right
        spans.append((x - wide, x) if turned[-1] else (x, x + wide))
    lines = rows(spans)
    for (first_year, label), left, line in zip(named, turned, lines, strict=True):
        ax.axvline(first_year - 0.5, color=SOFT, linewidth=0.9, linestyle=DASHED, zorder=1)
        ax.annotate(label, (first_year - 0.5, 1), xycoords=blended(ax.transData, ax.transAxes), color=SOFT, fontsize=points,
                    xytext=(points * (-0.3 if left else 0.3), -points * 1.3 * line), textcoords="offset points",
                    va="top", ha="right" if left else "left", bbox=PAPER, zorder=1.5)  # fmt: skip
    return max((line + 1 for line in lines), default=0)


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
    ax.yaxis.set_major_formatter(tick)


def _head(row: TableRow) -> str:
    return f"{SHAPES[row.shape][1]} {row.label}" if row.shape else row.label


def _lay(table: Sequence[TableRow], slot: float, points: float, beside: float) -> Laid:
    """The table with a column under each year, cells broken to its width; none where a number would not fit."""
    laid: Laid = []
    for row in table:
        broken = {
            year: [cell._replace(word=line) for cell in read for line in wrap(cell.word, slot, points)]
            for year, read in row.cells.items()
        }
        if any(text_width(cell.word, points) > slot for parts in broken.values() for cell in parts):
            return []
        tall = max(map(len, broken.values()), default=1)
        cells: list[Placed] = [(None, -beside, "right", [Cell(_head(row), ink=SOFT)])]
        laid.append((cells + [(year, 0, "center", parts) for year, parts in broken.items()], points * (0.5 + 1.2 * tall)))
    return laid


def _turned(table: Sequence[TableRow], room: float, points: float, start: float) -> Laid:
    """The same with a row a year and a column a vintage, heads first, from its left end (points from the axes) over the width."""
    begins, width = start + points * 3.2, (room - points * 3.2) / max(len(table), 1)
    within = width - points * 0.5
    lines = [[[Cell("")], *[[Cell(part, ink=SOFT) for part in wrap(_head(row), within, points)] for row in table]]]
    for year in sorted({year for row in table for year in row.cells}):
        read = [row.cells.get(year, ()) for row in table]
        parts = [[cell._replace(word=part) for cell in cells for part in wrap(cell.word, within, points)] for cells in read]
        lines.append([[Cell(str(year), ink=SOFT)], *parts])
    places = [start + points * 1.2, *(begins + width * (n + 0.5) for n in range(len(table)))]
    laid: Laid = []
    for line in lines:
        cells: list[Placed] = [(None, x, "center", parts) for x, parts in zip(places, line, strict=True)]
        laid.append((cells, points * (0.4 + 1.2 * max(map(len, line)))))
    return laid


def _words(ax: Axes, placed: Placed, middle: float, points: float) -> None:
    """Lines of a cell about a height."""
    year, x, ha, cells = placed
    over = blended(ax.transData, ax.transAxes) if year else "axes fraction"
    first = middle + 0.6 * points * (len(cells) - 1) - points * 0.36
    for place, cell in enumerate(cells):
        ax.annotate(cell.word, (year or 0, 0), xytext=(x, first - 1.2 * points * place), xycoords=over, ha=ha,
                    textcoords="offset points", va="baseline", fontsize=points, color=cell.ink,
                    annotation_clip=False)  # fmt: skip


def _rule(ax: Axes, y: float, ends: tuple[float, float] | None) -> None:
    """A thin line so many points under the axes, as wide as they are or between two points from their left end."""
    figure = ax.get_figure(root=True)
    assert figure is not None
    lowered = ScaledTranslation(0, y / 72, figure.dpi_scale_trans)
    wide = ax.get_position().width * figure.get_figwidth() * 72
    xs = [end / wide for end in ends or (0, wide)]
    ax.add_line(Line2D(xs, [0, 0], color=RULE, linewidth=0.5, transform=ax.transAxes + lowered, clip_on=False))
