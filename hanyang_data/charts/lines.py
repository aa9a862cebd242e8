"""Series, paths and panels over the years, and how their marks are drawn; the words at the marks are placed by ``panels``."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import blended_transform_factory as blended

from hanyang_data.charts.style import BAND, FAINT, MISS, SOFT, answers, mark, small
from hanyang_data.charts.typeface import HEIGHT, Box, Label, around, text_width, wrap
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import NOT_ON_RECORD

SAYS = messages(__name__)
NO_FIGURE = SAYS.no_figure
MANY_YEARS = 14  # beyond this many, not every year is named on the axis and empty ones are left to the note
EDGE = 0.7  # years left of the first and right of the last
ARROW = 17  # points, of a bound
DASHED = (0, (4, 2))
WIDE, BESIDE = 0.3, 0.32  # years: of an open band, and how far it stands beside a mark
# one shape per role, filled for what happened, hollow for what was set: they differ in greyscale too
MARKS: dict[str, dict[str, Any]] = {
    "outturn": {"shape": "o", "area": 36},
    "comparator": {"shape": "s", "area": 36},
    "original": {"shape": "o", "area": 78, "face": "white"},  # wider: an outturn on its target stands in the ring
    "part": {"shape": "^", "area": 20},
    "revised": {"shape": "D", "area": 50, "face": "white"},
    "other": {"shape": [(-0.12, -1), (0.12, -1), (0.12, 1), (-0.12, 1)], "area": 120},  # a tick: the other reading
    "spare": {"shape": "o", "area": 14},  # a reading that the series does not take
}
GLYPH = {"part": "▲", "outturn": "●", "comparator": "■", "original": "○", "revised": "◇", "other": "|", "open": "□"}


@dataclass(frozen=True)
class Line:
    """A series in a panel over the years: values with the word to print at each, and how they may be joined."""

    label: str
    values: pd.Series  # indexed by year; what is printed as a number, bounds included
    words: Mapping[int, str]  # the label at each value
    colour: str
    mark: str = "outturn"  # a key of MARKS, or "bar", or "open": bands of what was not printed
    bounds: Mapping[int, str] = field(default_factory=dict)  # year → over/at_least/within: drawn with an arrow
    worded: Mapping[int, str] = field(default_factory=dict)  # year → the word for "printed without a number"
    cuts: frozenset[int] = frozenset()  # first years on a new basis of this series: it is not joined over them
    hollow: frozenset[int] = frozenset()  # years whose mark, or bar, is hollow: known less surely than the others
    spans: Mapping[int, tuple[float, float]] = field(default_factory=dict)  # year → what it may lie between: a band
    says: Mapping[int, str] = field(default_factory=dict)  # year → what its mark answers when it is asked


class Path(NamedTuple):
    """A thin line that no source prints: fitted, or needed."""

    values: pd.Series
    colour: str = SOFT
    label: str = ""
    width: float = 0.8
    dashes: Any = (0, (1.5, 1.5))


@dataclass(frozen=True)
class Panel:
    """One of several axes over the same years."""

    title: str  # with its unit
    lines: Sequence[Line]
    empty: str  # the word for a year without any value
    from_zero: bool = False  # levels start at zero; rates show zero as a line
    rule: float | None = 0.0  # the value that is ruled off, and lies on the axis; None: the axis holds the values alone
    breaks: Mapping[int, str] = field(default_factory=dict)  # first year on a new basis of any series → its label
    paths: Sequence[Path] = ()


class Frame(NamedTuple):
    """A panel measured in points: where years and values stand before anything is drawn."""

    first: int
    last: int
    slot: float  # width of a year
    height: float
    top: float  # of it, for the names of breaks and of a shaded year
    low: float
    high: float

    def x(self, year: float) -> float:
        """From the left end."""
        return (year - self.first + EDGE) * self.slot

    def y(self, value: float) -> float:
        """From the lower end."""
        return self.height * (value - self.low) / (self.high - self.low)

    @property
    def width(self) -> float:
        """Of the axes."""
        return self.x(self.last + EDGE)


Drawn = tuple[list[Box], list[tuple[Label, str]]]  # what the marks cover; labels with their tone, "" for that of the line


def arrow(
    ax: Axes, at: tuple[float, float], far: tuple[float, float], colour: str, *, width: float = 0.9, apart: float = 3, **more: Any
) -> None:
    """An arrow from a value over ``far`` (points right and up) to where more of it may lie: it was printed as a bound."""
    look = {"arrowstyle": "<-", "color": colour, "linewidth": width, "shrinkB": apart}
    ax.annotate("", at, xytext=far, textcoords="offset points", arrowprops=look, **more)


def draw_line(ax: Axes, line: Line, lines: Sequence[Line], frame: Frame) -> Drawn:
    """Marks, what joins them, arrows of bounds; what they cover, and the labels: the last, first and extreme ones first."""
    years, below = [int(year) for year in line.values.index], _lower_years(line, lines)
    _spans(ax, line)
    boxes, labels = [], []
    for a, b in pairwise(years):
        if b == a + 1 and b not in line.cuts and not {a, b} & set(line.bounds) and line.mark != "spare":
            ax.plot([a, b], line.values.loc[[a, b]], color=line.colour, zorder=2)
    for year in years:
        value, bound = float(line.values.loc[year]), line.bounds.get(year, "")
        look = MARKS[line.mark] | {"edge": line.colour}
        look |= {"face": "white" if bound or year in line.hollow or line.mark == "original" else line.colour}
        mark(ax, year, value, **look, says=line.says.get(year, ""))
        x, y = frame.x(year), frame.y(value)
        boxes.append(around(x, y, look["area"] ** 0.5 / 2 + 1))
        if bound:
            up = -1 if bound == "within" else 1
            arrow(ax, (year, value), (0, ARROW * up), line.colour, zorder=1)
            boxes.append(Box(x - 2, min(y, y + ARROW * up), x + 2, max(y, y + ARROW * up)))
        low = bound not in ("", "within") or (year in below and bound != "within")
        labels.append((year, Label(line.words.get(year, ""), x, y, low, look["area"] ** 0.5 / 2 + 2.5)))
    first = [years[-1], years[0], int(line.values.idxmax()), int(line.values.idxmin())] if years else []
    known = dict(labels)
    return boxes, [(known[year], "") for year in dict.fromkeys([*first, *reversed(years)]) if known[year].text]


def _spans(ax: Axes, line: Line) -> None:
    """What values may lie between: a band over neighbouring years, a bar where a year stands alone."""
    known = sorted(line.spans)
    joined = {year for a, b in pairwise(known) if b == a + 1 and b not in line.cuts for year in (a, b)}
    for a, b in pairwise(known):
        if {a, b} <= joined and b == a + 1 and b not in line.cuts:
            low, high = zip(line.spans[a], line.spans[b], strict=True)
            ax.fill_between([a, b], low, high, color=BAND, linewidth=0, zorder=1)
            for edge in (low, high):
                ax.plot([a, b], edge, color=SOFT, linewidth=0.7, linestyle=DASHED, zorder=1)
    for year in set(known) - joined:
        ax.plot([year, year], line.spans[year], color=line.colour, linewidth=3.2, alpha=0.3, zorder=1.4)


def draw_bars(ax: Axes, line: Line, lines: Sequence[Line], frame: Frame) -> Drawn:
    """Bars from zero; hollow ones for what is known less surely."""
    boxes, labels = [], []
    for key, value in line.values.items():
        year, tone = int(str(key)), MISS if value < 0 else line.colour
        face = "white" if year in line.hollow else tone
        (bar,) = ax.bar([year], [value], width=0.32, facecolor=face, edgecolor=tone, linewidth=0.9, zorder=2)
        answers(bar, line.says.get(year, ""))
        if value == 0:  # a bar of no height is still a finding
            mark(ax, year, 0, face, tone, area=14, says=line.says.get(year, ""))
        x, ends = frame.x(year), sorted((frame.y(0), frame.y(value)))
        boxes.append(Box(x - 0.16 * frame.slot, ends[0] - 1, x + 0.16 * frame.slot, ends[1] + 1))
        labels.append((Label(line.words[year], x, frame.y(value), below=value < 0, gap=3.0), tone))
    return boxes, labels


def draw_open(ax: Axes, line: Line, lines: Sequence[Line], frame: Frame) -> Drawn:
    """What was not printed may lie between the ends of an open band; on a side where nothing bounds it stands an arrow.

    Bands are joined to nothing, and stand beside the marks that other series have in the year.
    """
    boxes, labels = [], []
    for year, (low, high) in line.spans.items():
        middle = year + BESIDE * any(year in other.values.index for other in lines if other is not line)
        bound, left, right = line.bounds.get(year, ""), middle - WIDE / 2, middle + WIDE / 2
        ends = [(left, low), (right, low), (right, high), (left, high), (left, low)]
        (band,) = ax.plot(*zip(*ends[: 2 if bound else None], strict=True), color=line.colour, linewidth=0.9, zorder=2)
        answers(band, line.says.get(year, ""))
        x, y, top = frame.x(middle), frame.y(low), frame.y(high)
        if bound:
            up = -1 if bound == "within" else 1
            arrow(ax, (middle, low), (0, ARROW * up), line.colour, apart=0, zorder=1)
            y, top = min(y, y + ARROW * up), max(y, y + ARROW * up)
        boxes.append(Box(x - WIDE / 2 * frame.slot, y - 1, x + WIDE / 2 * frame.slot, top + 1))
        labels.append((Label(line.words.get(year, ""), x, y if bound else top, below=bool(bound), gap=3.0), ""))
    return boxes, labels


DRAWN = {"": draw_line, "bar": draw_bars, "open": draw_open}  # by their mark; all others are lines


def _lower_years(line: Line, lines: Sequence[Line]) -> set[int]:
    """The years whose label goes below the mark: negative values, and the lower one of two series."""
    below = {int(year) for year, value in line.values.items() if value < 0}
    for rank, other in enumerate(lines):
        for year in line.values.index.intersection(other.values.index) if other is not line else []:
            mine, theirs = line.values.loc[year], other.values.loc[year]
            (below.add if mine < theirs or (mine == theirs and rank < lines.index(line)) else below.discard)(int(year))
    return below


def empty_years(ax: Axes, panel: Panel, years: Sequence[int], frame: Frame, points: float) -> list[Box]:
    """A word in each year without a figure; a dash where there is no room for it, the note names the years."""
    seen = {int(year) for line in panel.lines for year in line.values.index}
    worded = {year: word for line in panel.lines for year, word in line.worded.items()}
    boxes = []
    for year in (year for year in years if len(years) <= MANY_YEARS and year not in seen):
        lines = wrap(worded.get(year, panel.empty), frame.slot - 2, small(points))
        width = max(text_width(part, small(points)) for part in lines)
        if width > frame.slot - 2 or len(lines) > 2 or (len(lines) > 1 and len(lines[-1]) < 2):
            lines, width = [NOT_ON_RECORD], points
        ax.annotate("\n".join(lines), (year, 0), xycoords=blended(ax.transData, ax.transAxes), xytext=(0, 2), ha="center",
                    textcoords="offset points", va="bottom", fontsize=small(points), color=FAINT, linespacing=1.0)  # fmt: skip
        x, tall = frame.x(year), 2 + small(points) * HEIGHT * len(lines)
        boxes.append(Box(x - width / 2, 0, x + width / 2, tall))
    return boxes
