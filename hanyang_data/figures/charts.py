"""What the figures show. They draw what they are given: every number was computed elsewhere."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import blended_transform_factory as blended

from hanyang_data.figures.export import Chart
from hanyang_data.figures.style import BAND, FAINT, INK, MISS, RULE, SOFT, Caption, canvas, text_width, theme
from hanyang_data.wording import Text, number

NO_FIGURE, WORDING_ONLY = Text("no figure", "无数据"), Text("wording only", "仅文字")
HEADROOM, FOOTROOM, BREAK_ROOM = 0.24, 0.62, 0.5  # shares of the span of the values
MANY_YEARS = 14  # beyond this many, not every year is named on the axis and empty ones are left to the note

PAPER = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}  # keeps the zero line out of a label

# one shape per role, filled for what happened, hollow for what was set: they differ in greyscale too
MARKS: dict[str, dict[str, Any]] = {
    "outturn": {"marker": "o", "s": 36},
    "comparator": {"marker": "s", "s": 36},
    "original": {"marker": "o", "s": 78, "facecolors": "white"},  # wider: an outturn on its target stands in the ring
    "revised": {"marker": "D", "s": 50, "facecolors": "white"},
}


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


@dataclass(frozen=True)
class Panel:
    """One of several axes over the same years."""

    title: str  # with its unit
    lines: Sequence[Line]
    empty: str  # the word for a year without any value
    from_zero: bool = False  # levels start at zero; rates show zero as a line
    breaks: Mapping[int, str] = field(default_factory=dict)  # first year on a new basis → its label


@dataclass(frozen=True)
class Row:
    """A row of a dumbbell figure: marks on one scale, and the same in words in a table beside them."""

    label: str
    marks: Mapping[str, float]  # role in MARKS → value
    span: tuple[float, float] | None = None  # a range target, or the band of "about"
    words: str = ""  # printed where there is nothing to draw
    cells: Sequence[str | float | None] = ()  # one per column right of the plot; a float is a difference


def over_years(
    panels: Sequence[Panel],
    years: Sequence[int],
    caption: Caption,
    *,
    size: str = "page",
    panel_height: float = 3.6,
) -> Chart:
    """Panels one above the other over the same years; only neighbouring years without a break between are joined.

    Args:
        panels: from top to bottom; the series of the first are named at its upper right. A break is a dashed line before its
            year, named in the first panel that has it.
        years: all years of the axis.
        caption: the words of the figure.
        size: a named size.
        panel_height: cm for each panel.
    """
    with theme(size) as chosen:
        figure, axes = canvas(caption, chosen, panel_height * len(panels), rows=len(panels))
        named: set[int] = set()
        for ax, panel in zip(axes, panels, strict=True):
            if panel.title:
                ax.set_title(panel.title, loc="left", fontsize=chosen.text, color=SOFT, pad=chosen.text * 1.1)
            for line in reversed(panel.lines):  # the first one is the subject and lies on top
                _draw_line(ax, line, _lower_years(line, panel.lines), panel.breaks, chosen.text)
            _empty_years(ax, panel, years, chosen.text)
            new = {year: label for year, label in panel.breaks.items() if year not in named}
            _breaks(ax, dict.fromkeys(panel.breaks, "") | new, chosen.text)
            _value_axis(ax, panel, with_break=bool(new))
            named |= set(new)
        ticks = list(years)[:: -(-len(years) // MANY_YEARS)]
        axes[-1].set_xticks(ticks, [str(year) for year in ticks])
        axes[-1].set_xlim(min(years) - 0.6, max(years) + 0.6)
        for ax in axes[:-1]:
            ax.tick_params(axis="x", length=0)
        _series_names(axes[0], panels[0].lines, chosen.text)
    return Chart(figure, caption, size)


def dumbbell(
    rows: Sequence[Row],
    roles: Mapping[str, str],
    columns: Sequence[tuple[str, str]],
    caption: Caption,
    *,
    size: str = "page",
) -> Chart:
    """One row per year or indicator: what was set and what happened, joined, and a small table of them at the right.

    Args:
        rows: from top to bottom.
        roles: key of MARKS → its colour.
        columns: heads of the table and the role they name, whose mark stands beside the head and needs no legend then; a float
            below a head is a difference, printed with its sign, a negative one in colour.
        caption: the words of the figure.
        size: a named size.
    """
    with theme(size) as chosen:
        figure, (ax,) = canvas(caption, chosen, (1.9 + 0.62 * len(rows)) * chosen.text / 8.5)
        values = [v for row in rows for v in [*row.marks.values(), *(row.span or ())]]
        low, high = (min(values), max(values)) if values else (0.0, 1.0)
        pad = max((high - low) * 0.06, 0.3)
        ax.set_xlim(low - pad, high + pad)
        ax.set_ylim(len(rows) - 0.4, -0.6)
        ax.set_yticks(range(len(rows)), [row.label for row in rows], color=INK)
        ax.tick_params(axis="y", length=0)
        ax.spines["left"].set_visible(False)
        ax.xaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 5, 10]))
        ax.xaxis.set_major_formatter(_tick)
        if low - pad < 0 < high + pad:
            ax.axvline(0, color=RULE, linewidth=0.8, zorder=0)
        for y, row in enumerate(rows):
            _draw_row(ax, y, row, roles, chosen.text)
        _table(ax, rows, columns, roles, chosen.text)
    return Chart(figure, caption, size)


def _tick(value: float, _: float) -> str:
    return number(round(value, 6))


def _lower_years(line: Line, lines: Sequence[Line]) -> set[int]:
    """The years whose label goes below the mark: negative values, and the lower one of two series."""
    below = {int(year) for year, value in line.values.items() if value < 0}
    for rank, other in enumerate(lines):
        for year in line.values.index.intersection(other.values.index) if other is not line else []:
            mine, theirs = line.values.loc[year], other.values.loc[year]
            (below.add if mine < theirs or (mine == theirs and rank < lines.index(line)) else below.discard)(int(year))
    return below


def _draw_line(ax: Axes, line: Line, below: set[int], breaks: Mapping[int, str], points: float) -> None:
    if line.mark == "bar":
        _draw_bars(ax, line, points)
        return
    years = [int(year) for year in line.values.index]
    for a, b in pairwise(years):
        if b == a + 1 and b not in breaks and not {a, b} & set(line.bounds):
            ax.plot([a, b], line.values.loc[[a, b]], color=line.colour, zorder=2)
    for year in years:
        value, bound = float(line.values.loc[year]), line.bounds.get(year)
        look = MARKS[line.mark] | {"facecolors": "white" if bound else line.colour, "edgecolors": line.colour}
        ax.scatter([year], [value], linewidths=1.2, zorder=3, **look)
        if bound:
            up = -1 if bound == "within" else 1
            ax.annotate("", (year, value), xytext=(0, 17 * up), textcoords="offset points", zorder=1,
                        arrowprops={"arrowstyle": "<-", "color": line.colour, "linewidth": 0.9, "shrinkB": 3})  # fmt: skip
        side = (0, -7, "center", "top") if bound or year in below else (0, 7, "center", "bottom")
        ax.annotate(line.words.get(year, ""), (year, value), xytext=side[:2], textcoords="offset points", ha=side[2],
                    va=side[3], fontsize=points, color=line.colour, bbox=PAPER, zorder=1)  # fmt: skip


def _draw_bars(ax: Axes, line: Line, points: float) -> None:
    tones = [MISS if value < 0 else line.colour for value in line.values]
    ax.bar(line.values.index, line.values, width=0.32, color=tones, linewidth=0, zorder=2)
    nothing = line.values[line.values == 0]  # a bar of no height is still a finding
    ax.scatter(nothing.index, nothing, color=line.colour, s=14, zorder=3)
    for (year, value), tone in zip(line.values.items(), tones, strict=True):
        ax.annotate(line.words[int(str(year))], (float(str(year)), value), xytext=(0, 3 if value >= 0 else -3), color=tone,
                    textcoords="offset points", ha="center", va="bottom" if value >= 0 else "top", fontsize=points)  # fmt: skip


def _empty_years(ax: Axes, panel: Panel, years: Sequence[int], points: float) -> None:
    seen = {int(year) for line in panel.lines for year in line.values.index}
    worded = {year: word for line in panel.lines for year, word in line.worded.items()}
    for year in years if len(years) <= MANY_YEARS else []:
        if year not in seen:
            ax.text(year, 0.03, worded.get(year, panel.empty), transform=blended(ax.transData, ax.transAxes), ha="center",
                    va="bottom", fontsize=points * 0.88, color=FAINT)  # fmt: skip


def _breaks(ax: Axes, breaks: Mapping[int, str], points: float) -> None:
    for first_year, label in breaks.items():
        ax.axvline(first_year - 0.5, color=SOFT, linewidth=0.9, linestyle=(0, (4, 2)), zorder=1)
        if label:
            ax.text(first_year - 0.44, 1.0, label, transform=blended(ax.transData, ax.transAxes), va="top", ha="left",
                    fontsize=points * 0.94, color=SOFT)  # fmt: skip


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
    ax.yaxis.set_major_formatter(_tick)


def _series_names(ax: Axes, lines: Sequence[Line], points: float) -> None:
    """Name the series at the right end of the line above the panel, in their colours; one series needs no name."""
    x = 1.0
    for line in reversed(lines if len(lines) > 1 else []):
        text = ax.annotate(f"{_GLYPH[line.mark]} {line.label}", (x, 1.0), xycoords="axes fraction", xytext=(0, points * 1.1),
                           textcoords="offset points", ha="right", va="baseline", color=line.colour, fontsize=points)  # fmt: skip
        x = text.get_window_extent().transformed(ax.transAxes.inverted()).x0 - 0.03


_GLYPH = {"outturn": "●", "comparator": "■", "original": "○", "revised": "◇"}


def _draw_row(ax: Axes, y: int, row: Row, roles: Mapping[str, str], points: float) -> None:
    ax.axhline(y, color=RULE, linewidth=0.5, zorder=0)
    if row.span:
        ax.barh(y, row.span[1] - row.span[0], left=row.span[0], height=0.8, color=BAND, zorder=1)
    if len(row.marks) > 1:
        ax.plot([min(row.marks.values()), max(row.marks.values())], [y, y], color=SOFT, linewidth=1.6, zorder=2)
    for role, value in row.marks.items():
        tone = roles[role]
        look = {"facecolors": tone, "edgecolors": tone} | MARKS[role]
        ax.scatter([value], [y], linewidths=1.3, zorder=3, clip_on=False, **look)
    if row.words:
        ax.text(0.012, y, row.words, transform=blended(ax.transAxes, ax.transData), va="center", fontsize=points * 0.94,
                color=FAINT, bbox=PAPER)  # fmt: skip


def _table(
    ax: Axes, rows: Sequence[Row], columns: Sequence[tuple[str, str]], roles: Mapping[str, str], points: float
) -> None:
    """Columns of text right of the plot, each as wide as its widest cell, right-aligned."""
    x = points
    for column, (head, role) in enumerate(columns):
        cells: list[tuple[float, str, str]] = [
            (-0.8, f"{_GLYPH[role]} {head}" if role else head, roles.get(role, SOFT))
        ]
        for y, value in enumerate(row.cells[column] if row.cells else None for row in rows):
            text = number(value, 1, sign=True) if isinstance(value, float) else value or ""
            cells.append((y, text, MISS if isinstance(value, float) and value < 0 else INK))
        x += max(text_width(text, points) for _, text, _ in cells)
        for height, text, tone in cells:
            ax.annotate(text, (1.0, height), xycoords=("axes fraction", "data"), xytext=(x, 0), textcoords="offset points",
                        ha="right", va="center", color=tone, fontsize=points, annotation_clip=False)  # fmt: skip
        x += points * 1.1
