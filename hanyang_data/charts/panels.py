"""Panels of series over the years: lines that end where nothing may be joined, words at the values, breaks, a shaded year."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import blended_transform_factory as blended

from hanyang_data.charts.export import Chart
from hanyang_data.charts.style import (
    FAINT,
    MISS,
    POINTS_PER_CM,
    RULE,
    SHADE,
    SOFT,
    Caption,
    Size,
    canvas,
    mark,
    small,
    theme,
)
from hanyang_data.charts.typeface import text_width, wrap
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import NOT_ON_RECORD, number

SAYS = messages(__name__)

NO_FIGURE, WORDING_ONLY = SAYS.no_figure, SAYS.wording_only
HEADROOM, FOOTROOM, BREAK_ROOM = 0.24, 0.62, 0.6  # shares of the span of the values
LINE = 1.4  # from one line of a title to the next, in its size
AXIS_ROOM = 34  # points left of the axis for its labels
MANY_YEARS = 14  # beyond this many, not every year is named on the axis and empty ones are left to the note

PAPER = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}  # keeps the zero line out of a label

# one shape per role, filled for what happened, hollow for what was set: they differ in greyscale too
MARKS: dict[str, dict[str, Any]] = {
    "outturn": {"shape": "o", "area": 36},
    "comparator": {"shape": "s", "area": 36},
    "original": {"shape": "o", "area": 78, "face": "white"},  # wider: an outturn on its target stands in the ring
    "part": {"shape": "^", "area": 20},
    "revised": {"shape": "D", "area": 50, "face": "white"},
    "other": {"shape": [(-0.12, -1), (0.12, -1), (0.12, 1), (-0.12, 1)], "area": 120},  # a tick: the other reading
}
GLYPH = {"part": "▲", "outturn": "●", "comparator": "■", "original": "○", "revised": "◇", "other": "|"}


class Room(NamedTuple):
    """The years of an axis and about how many points of width each has."""

    first: int
    last: int
    slot: float

    def centre(self, year: int, width: float) -> float:
        """Where the middle of a word over a year stands, in points from the left end, moved to stay between the ends."""
        left, right = width / 2 + 2, (self.last - self.first + 1.2) * self.slot - width / 2
        return min(max((year - self.first + 0.6) * self.slot, left), right)


@dataclass(frozen=True)
class Line:
    """A series in a panel over the years: values with the word to print at each, and how they may be joined."""

    label: str
    values: pd.Series  # indexed by year; what is printed as a number, bounds included
    words: Mapping[int, str]  # the label at each value
    colour: str
    mark: str = "outturn"
    bounds: Mapping[int, str] = field(default_factory=dict)  # year → over/at_least/within: drawn with an arrow
    worded: Mapping[int, str] = field(default_factory=dict)  # year → the word for "printed without a number"
    cuts: frozenset[int] = frozenset()  # first years on a new basis of this series: it is not joined over them


@dataclass(frozen=True)
class Panel:
    """One of several axes over the same years."""

    title: str  # with its unit
    lines: Sequence[Line]
    empty: str  # the word for a year without any value
    from_zero: bool = False  # levels start at zero; rates show zero as a line
    breaks: Mapping[int, str] = field(default_factory=dict)  # first year on a new basis of any series → its label
    slopes: Sequence[pd.Series] = ()  # thin straight lines over the years they were estimated from


def over_years(
    panels: Sequence[Panel],
    years: Sequence[int],
    caption: Caption,
    *,
    size: str = "page",
    panel_height: float = 3.6,
    shaded: Mapping[int, str] | None = None,
) -> Chart:
    """Panels one above the other over the same years; only neighbouring years without a break between are joined.

    Args:
        panels: from top to bottom; the series of the first are named at its upper right. A break is a dashed line before its
            year, named in the first panel that has it.
        years: all years of the axis.
        caption: the words of the figure.
        size: a named size.
        panel_height: cm for each panel at the size of a page; more where the text is larger.
        shaded: a year that is no year like the others → its name, printed in the first panel where there is room.
    """
    with theme(size) as chosen:
        room = _room(chosen, years)
        heads = [_head(panel, chosen) for panel in panels]
        more = sum(max(0, len(lines) - 1) + raised for lines, raised in heads) * chosen.text * LINE / POINTS_PER_CM
        height = panel_height * len(panels) * max(1.0, chosen.text / 8.5) + more
        figure, axes = canvas(caption, chosen, height, rows=len(panels))
        named: set[int] = set()
        for ax, panel, (lines, raised) in zip(axes, panels, heads, strict=True):
            ax.set_title("\n".join(lines), loc="left", fontsize=chosen.text, color=SOFT,
                         pad=chosen.text * (1.1 + LINE * raised))  # fmt: skip
            for slope in panel.slopes:
                ax.plot([slope.index[0], slope.index[-1]], [slope.iloc[0], slope.iloc[-1]], color=SOFT, linewidth=0.8,
                        linestyle=(0, (1.5, 1.5)), zorder=1.5)  # fmt: skip
            for line in reversed(panel.lines):  # the first one is the subject and lies on top
                _draw_line(ax, line, _lower_years(line, panel.lines), chosen.text, room)
            _empty_years(ax, panel, years, chosen.text, room.slot)
            new = {year: label for year, label in panel.breaks.items() if year not in named}
            _breaks(ax, dict.fromkeys(panel.breaks, "") | new, chosen.text, room)
            _value_axis(ax, panel, with_break=bool(new))
            names = shaded or {} if ax is axes[0] else dict.fromkeys(shaded or {}, "")
            _shade(ax, panel, names, room.slot, chosen.text, lowered=bool(new))
            named |= set(new)
        named_at = max(
            1, int(room.slot * len(years) / text_width("2020 ", chosen.text))
        )  # as many as there is room for
        ticks = list(years)[:: -(-len(years) // min(MANY_YEARS, named_at))]
        axes[-1].set_xticks(ticks, [str(year) for year in ticks])
        axes[-1].set_xlim(min(years) - 0.6, max(years) + 0.6)
        for ax in axes[:-1]:
            ax.tick_params(axis="x", length=0)
        _series_names(axes[0], panels[0].lines, chosen.text)
    return Chart(figure, caption, size)


def _room(chosen: Size, years: Sequence[int]) -> Room:
    width = chosen.room - AXIS_ROOM
    return Room(min(years), max(years), width / (max(years) - min(years) + 1.2))


def _head(panel: Panel, chosen: Size) -> tuple[list[str], bool]:
    """The title above a panel in lines, and whether it moves up a line, out of the way of the names of the series."""
    room = chosen.room - AXIS_ROOM
    lines = wrap(panel.title, room, chosen.text)
    names = sum(text_width(f"● {line.label}  ", chosen.text) for line in panel.lines) if len(panel.lines) > 1 else 0
    return lines, bool(lines) and text_width(lines[-1], chosen.text) + names > room


def _shade(ax: Axes, panel: Panel, shaded: Mapping[int, str], slot: float, points: float, *, lowered: bool) -> None:
    """Shade a year and name it where no value of it stands: at the top, below the name of a break, or at the bottom."""
    for year, name in shaded.items():
        ax.axvspan(year - 0.5, year + 0.5, color=SHADE, linewidth=0, zorder=0)
        here = [float(line.values.loc[year]) for line in panel.lines if year in line.values.index]
        high = bool(here) and max(here) > sum(ax.get_ylim()) / 2
        if name and text_width(name, small(points)) < slot:
            ax.annotate(name, (year, 0 if high else 1), xycoords=blended(ax.transData, ax.transAxes), ha="center", color=SOFT,
                        va="bottom" if high else "top", xytext=(0, 2 if high else -2 - 1.3 * points * lowered),
                        textcoords="offset points", fontsize=small(points), zorder=1)  # fmt: skip


def _labelled(line: Line, below: set[int], room: Room, points: float) -> set[int]:
    """The years whose value is printed: all where there is room, else the last, first, highest and lowest and what fits."""
    if line.values.empty:
        return set()
    first = [line.values.index[-1], line.values.index[0], line.values.idxmax(), line.values.idxmin()]
    widths = {int(year): text_width(line.words.get(int(year), ""), points) for year in line.values.index}
    kept: list[int] = []
    for year in dict.fromkeys(int(y) for y in [*first, *reversed(line.values.index)]):
        beside = [other for other in kept if (other in below) == (year in below)]
        centres = {y: room.centre(y, widths[y]) for y in [year, *beside]}
        if all(abs(centres[year] - centres[o]) > (widths[year] + widths[o]) / 2 + 1 for o in beside):
            kept.append(year)
    return set(kept)


def tick(value: float, _: float) -> str:
    """A number at an axis."""
    return number(round(value, 6))


def _lower_years(line: Line, lines: Sequence[Line]) -> set[int]:
    """The years whose label goes below the mark: negative values, and the lower one of two series."""
    below = {int(year) for year, value in line.values.items() if value < 0}
    for rank, other in enumerate(lines):
        for year in line.values.index.intersection(other.values.index) if other is not line else []:
            mine, theirs = line.values.loc[year], other.values.loc[year]
            (below.add if mine < theirs or (mine == theirs and rank < lines.index(line)) else below.discard)(int(year))
    return below


def _draw_line(ax: Axes, line: Line, below: set[int], points: float, room: Room) -> None:
    if line.mark == "bar":
        _draw_bars(ax, line, points)
        return
    years = [int(year) for year in line.values.index]
    labelled = _labelled(line, below | {*line.bounds}, room, points)
    for a, b in pairwise(years):
        if b == a + 1 and b not in line.cuts and not {a, b} & set(line.bounds):
            ax.plot([a, b], line.values.loc[[a, b]], color=line.colour, zorder=2)
    for year in years:
        value, bound = float(line.values.loc[year]), line.bounds.get(year)
        mark(
            ax,
            year,
            value,
            **MARKS[line.mark]
            | {"face": "white" if bound or line.mark == "original" else line.colour, "edge": line.colour},
        )
        if bound:
            up = -1 if bound == "within" else 1
            ax.annotate("", (year, value), xytext=(0, 17 * up), textcoords="offset points", zorder=1,
                        arrowprops={"arrowstyle": "<-", "color": line.colour, "linewidth": 0.9, "shrinkB": 3})  # fmt: skip
        side = (0, -7, "center", "top") if bound or year in below else (0, 7, "center", "bottom")
        word = line.words.get(year, "") if year in labelled else ""
        moved = room.centre(year, text_width(word, points)) - room.centre(year, 0) if word else 0
        ax.annotate(word, (year, value), xytext=(side[0] + moved, side[1]), textcoords="offset points", ha=side[2], va=side[3],
                    fontsize=points, color=line.colour, bbox=PAPER, zorder=1.6)  # fmt: skip


def _draw_bars(ax: Axes, line: Line, points: float) -> None:
    tones = [MISS if value < 0 else line.colour for value in line.values]
    ax.bar(line.values.index, line.values, width=0.32, color=tones, linewidth=0, zorder=2)
    nothing = line.values[line.values == 0]  # a bar of no height is still a finding
    mark(ax, nothing.index, nothing, line.colour, area=14)
    for (year, value), tone in zip(line.values.items(), tones, strict=True):
        ax.annotate(line.words[int(str(year))], (float(str(year)), value), xytext=(0, 3 if value >= 0 else -3), color=tone,
                    textcoords="offset points", ha="center", va="bottom" if value >= 0 else "top", fontsize=points)  # fmt: skip


def _empty_years(ax: Axes, panel: Panel, years: Sequence[int], points: float, slot: float) -> None:
    """A word in each year without a figure; a dash where there is no room for it, the note names the years."""
    seen = {int(year) for line in panel.lines for year in line.values.index}
    worded = {year: word for line in panel.lines for year, word in line.worded.items()}
    for year in years if len(years) <= MANY_YEARS else []:
        if year not in seen:
            word = worded.get(year, panel.empty)
            fits = text_width(word, small(points)) < slot
            ax.text(year, 0.03, word if fits else NOT_ON_RECORD, transform=blended(ax.transData, ax.transAxes), ha="center",
                    va="bottom", fontsize=small(points), color=FAINT)  # fmt: skip


def _breaks(ax: Axes, breaks: Mapping[int, str], points: float, room: Room) -> None:
    for first_year, label in breaks.items():
        ax.axvline(first_year - 0.5, color=SOFT, linewidth=0.9, linestyle=(0, (4, 2)), zorder=1)
        if label:
            fits = text_width(label, small(points)) < (room.last + 1.04 - first_year) * room.slot
            ax.text(first_year - (0.44 if fits else 0.56), 1.0, label, transform=blended(ax.transData, ax.transAxes), va="top",
                    ha="left" if fits else "right", fontsize=small(points), color=SOFT)  # fmt: skip


def _value_axis(ax: Axes, panel: Panel, *, with_break: bool) -> None:
    values = pd.concat([line.values for line in panel.lines]) if panel.lines else pd.Series(dtype=float)
    if values.empty:
        ax.set_yticks([])
        return
    low, high = float(values.min()), float(values.max())
    # room for the labels: above the highest mark (and the name of a break above that), below the lowest
    top = HEADROOM + (BREAK_ROOM if with_break else 0)
    if panel.from_zero:
        ax.set_ylim(0, high * (1 + top))
    else:
        low, high = min(low, 0.0), max(high, 0.0)
        span = high - low or 1.0
        ax.set_ylim(low - span * (FOOTROOM if low < 0 else HEADROOM), high + span * top)
        ax.axhline(0, color=RULE, linewidth=0.8, zorder=0)
    ax.locator_params(axis="y", nbins=4)
    ax.yaxis.set_major_formatter(tick)


def _series_names(ax: Axes, lines: Sequence[Line], points: float) -> None:
    """Name the series at the right end of the line above the panel, in their colours; one series needs no name."""
    x = 1.0
    for line in reversed(lines if len(lines) > 1 else []):
        text = ax.annotate(f"{GLYPH[line.mark]} {line.label}", (x, 1.0), xycoords="axes fraction", xytext=(0, points * 1.1),
                           textcoords="offset points", ha="right", va="baseline", color=line.colour, fontsize=points)  # fmt: skip
        x = text.get_window_extent().transformed(ax.transAxes.inverted()).x0 - 0.03
