"""Panels of series over the years: lines that end where nothing may be joined, words at the values, breaks, a shaded year."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

import numpy as np
from matplotlib.axes import Axes
from matplotlib.ticker import MaxNLocator, NullLocator
from matplotlib.transforms import blended_transform_factory as blended

from hanyang_data.charts.export import Chart
from hanyang_data.charts.lines import ARROW, DASHED, DRAWN, EDGE, GLYPH, MANY_YEARS, Frame, Line, Panel, Path, empty_years
from hanyang_data.charts.style import FOOT, POINTS_PER_CM, RULE, SHADE, SOFT, Caption, Size, canvas, extent, sheet, small, theme
from hanyang_data.charts.typeface import HEIGHT, Box, Label, around, place, rows, text_width, wrap
from hanyang_data.words.wording import number

LINE = 1.4  # from one line of a title to the next, in its size
STEPS_OF_A_PATH = 40
TICKS, STEPS = 5, [1, 2, 2.5, 5, 10]  # numbers at an axis, at most, and what lies between them
STRIP = 1.35  # height of a row of names above the marks, in their size
PAPER = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}  # keeps the zero line out of a label


def over_years(
    panels: Sequence[Panel], years: Sequence[int], caption: Caption, *, size: str = "page", panel_height: float = 2.6,
    shaded: Mapping[int, str] | None = None,
) -> Chart:  # fmt: skip
    """Panels one above the other over the same years; only neighbouring years without a break between are joined.

    Args:
        panels: from top to bottom; the series of the first are named at its upper right. A break is a dashed line before its
            year, named above the marks of the first panel that has it.
        panel_height: cm for the marks of each panel at the size of a page; more where the text is larger.
        shaded: a year that is no year like the others → its name, printed above the marks of the first panel.
    """
    with theme(size) as chosen:
        points, scale = chosen.text, MaxNLocator(TICKS, steps=STEPS)
        numbers = [tick(v, 0) for panel in panels if _values(panel) for v in scale.tick_values(*_ends(panel))]
        side = points + max((text_width(n, points) for n in numbers), default=0.0)  # left of the axes, for the numbers at them
        room = chosen.room - side
        slot = room / (max(years) - min(years) + 2 * EDGE)
        if chosen.given and len(panels) == 1:  # elsewhere one panel alone is named by the subtitle
            panels = [replace(panels[0], title=caption.subtitle)]
        heads = [_head(panel, room, points) for panel in panels]
        tops = _tops(panels, shaded or {}, years, slot, points)
        heights = [panel_height * POINTS_PER_CM * max(1.0, points / 8.5) + _height(top, points) for top in tops]
        above = [(len(lines) + raised) * points * LINE + points * 0.5 for lines, raised in heads]
        above[0] += points * LINE * bool(not heads[0][0] and _named(panels[0].lines))
        whole = sum(heights) + sum(above) + points * (FOOT + 0.5 * (len(panels) - 1))
        _, axes = canvas(caption, chosen, whole / POINTS_PER_CM, rows=len(panels))
        heights = _place(axes, chosen, side, above, heights)
        for ax, panel, height, (lines, raised), top in zip(axes, panels, heights, heads, tops, strict=True):
            # told its height, a title is not sought a higher one at every drawing
            head = ax.set_title("\n".join(lines), loc="left", pad=points * (0.6 + LINE * raised), y=1.0)
            head.set(fontsize=points, color=SOFT)
            frame = _frame(panel, years, height, slot, top, points)
            ax.set_ylim(frame.low, frame.high)
            if panel.rule is not None and not panel.from_zero:
                ax.axhline(panel.rule, color=RULE, linewidth=0.8, zorder=0)
            ax.yaxis.set_major_locator(MaxNLocator(TICKS, steps=STEPS) if _values(panel) else NullLocator())
            ax.yaxis.set_major_formatter(tick)
            _fill(ax, panel, frame, years, points, top, shaded or {})
        ticks = list(years)[:: -(-len(years) // min(MANY_YEARS, max(1, int(room / text_width("2020 ", points)))))]
        for ax in axes if chosen.given else axes[-1:]:
            ax.set_xticks(ticks, [str(year) for year in ticks])
            ax.set_xlim(min(years) - EDGE, max(years) + EDGE)
        for ax in axes[:-1]:
            ax.tick_params(axis="x", length=0, labelbottom=False)
        right = 0.0  # of the line above the first panel, where its series are named in their colours
        for line in reversed(_named(panels[0].lines)):
            text = f"{GLYPH[line.mark]} {line.label}"
            axes[0].annotate(text, (1.0, 1.0), xycoords="axes fraction", xytext=(-right, points * 0.6), ha="right", va="baseline",
                             textcoords="offset points", color=line.colour, fontsize=points)  # fmt: skip
            right += text_width(text, points) + points
    return Chart(axes[0].get_figure(root=True), caption, size)  # type: ignore[arg-type]


def _place(axes: Sequence[Axes], chosen: Size, side: float, above: Sequence[float], heights: Sequence[float]) -> list[float]:
    """Put the axes of the panels in their places, below their titles and right of their numbers; how high each is then."""
    foot, down, found = chosen.text * FOOT, 0.0, []
    whole = sum(heights) + sum(above) + foot + chosen.text * 0.5 * (len(axes) - 1)
    ours = None if chosen.given else sheet(axes[0])
    for ax, head, height in zip(axes, above, heights, strict=True):
        left, bottom, wide, high = ours or sheet(ax)
        if chosen.given:
            whole = extent(ax)[1]
            height = whole - head - foot * (ax is axes[-1])
            down = head + height
        else:
            down += head + height + chosen.text * 0.5 * (ax is not axes[0])
        at, room = side / chosen.room, 1 - side / chosen.room
        ax.set_position((left + wide * at, bottom + high * (1 - down / whole), wide * room, high * height / whole))
        found.append(height)
    return found


def _values(panel: Panel) -> list[float]:
    """Every value that is drawn."""
    values = [float(v) for series in [*(of.values for of in panel.lines), *(of.values for of in panel.paths)] for v in series]
    return values + [end for line in panel.lines for ends in line.spans.values() for end in ends]


def _ends(panel: Panel) -> tuple[float, float]:
    """The lowest and the highest value, that of the rule among them."""
    values = [*_values(panel), *([panel.rule] if panel.rule is not None else [])] or [0.0]
    return min(values), max(values) if max(values) > min(values) else min(values) + 1


Top = list[tuple[float, str, str, int]]  # year, name, side of the line (left, right, center), row


def _tops(panels: Sequence[Panel], shaded: Mapping[int, str], years: Sequence[int], slot: float, points: float) -> list[Top]:
    """The names above the marks of each panel: of breaks that no panel before has, and in the first of the shaded year."""
    width = slot * (max(years) - min(years) + 2 * EDGE)
    named: set[int] = set()
    found = []
    for panel in panels:
        entries = [(year - 0.5, name, "") for year, name in panel.breaks.items() if year not in named]
        entries += [(float(y), name, "center") for y, name in shaded.items()] if panel is panels[0] else []
        named |= set(panel.breaks)
        sides, spans = [], []
        for year, name, side in sorted(entries, key=lambda entry: (not entry[2], entry)):  # breaks below: none cuts a name
            x, wide = (year - min(years) + EDGE) * slot, text_width(name, small(points)) + 5
            side = side or ("left" if x + wide <= width or x < wide else "right")
            sides.append((year, name, side))
            start = x - wide * {"left": 0.0, "center": 0.5, "right": 1.0}[side]
            spans.append((start, start + wide))
        found.append([(*entry, row) for entry, row in zip(sides, rows(spans), strict=True)])
    return found


def _height(top: Top, points: float) -> float:
    return max((row + 1 for *_, row in top), default=0) * small(points) * STRIP


def _head(panel: Panel, room: float, points: float) -> tuple[list[str], bool]:
    """The title above a panel in lines, and whether it moves up a line, out of the way of the names of the series."""
    lines, named = wrap(panel.title, room, points), _named(panel.lines)
    names = sum(text_width(f"● {line.label}  ", points) for line in named)
    return lines, bool(named) and text_width(lines[-1] if lines else "", points) + names > room


def _named(lines: Sequence[Line]) -> list[Line]:
    """The series that are told apart by their names; one alone needs none."""
    named = [line for line in lines if line.label]
    return named if len(named) > 1 else []


def _frame(panel: Panel, years: Sequence[int], height: float, slot: float, top: Top, points: float) -> Frame:
    """The ends of the axes: room for a label above the highest mark and below the lowest, and for names above and below."""
    low, high = _ends(panel)
    label, strip = points * HEIGHT + 7, _height(top, points)
    over = strip + max(label, (ARROW + 2) * any(line.bounds for line in panel.lines))
    blank = len(years) <= MANY_YEARS and any(all(y not in line.values.index for line in panel.lines) for y in years)
    under = 0.0 if panel.from_zero else label * (low != panel.rule) + small(points) * HEIGHT * blank
    scale = (high - low) / max(height - over - under, height * 0.2)
    return Frame(min(years), max(years), slot, height, strip, low - under * scale, high + over * scale)


def _fill(ax: Axes, panel: Panel, frame: Frame, years: Sequence[int], points: float, top: Top, shaded: Mapping[int, str]) -> None:
    """Marks and lines first, then the words, each where none of them is covered."""
    for dark in shaded:
        ax.axvspan(dark - 0.5, dark + 0.5, ymax=1 - frame.top / frame.height, color=SHADE, linewidth=0, zorder=0)
    taken = [Box(frame.x(y - 0.5), 0, frame.x(y - 0.5), frame.height) for y in panel.breaks]
    rises = {year: 1 - row * small(points) * STRIP / frame.height for year, _, _, row in top}  # to its name
    for first_year in panel.breaks:
        ax.axvline(first_year - 0.5, ymax=rises.get(first_year - 0.5, 1), color=SOFT, linewidth=0.9, linestyle=DASHED,
                   zorder=1)  # fmt: skip
    for year, name, side, row in top:
        ax.annotate(name, (year, 1), xycoords=blended(ax.transData, ax.transAxes), va="top", ha=side, color=SOFT,
                    xytext=({"left": 3, "right": -3}.get(side, 0), -small(points) * STRIP * row), textcoords="offset points",
                    fontsize=small(points), zorder=1.5)  # fmt: skip
    taken += empty_years(ax, panel, years, frame, points)
    wanted: list[tuple[Label, str]] = []
    for path in panel.paths:
        ax.plot(path.values.index, path.values, color=path.colour, linewidth=path.width, linestyle=path.dashes, zorder=1.5)
    for line in reversed(panel.lines):  # the first one is the subject and lies on top
        boxes, labels = DRAWN.get(line.mark, DRAWN[""])(ax, line, panel.lines, frame)
        taken += boxes
        wanted = [(label, line.colour if tone == "" else tone) for label, tone in labels] + wanted
    inside = Box(0, 0, frame.width, frame.height - frame.top)
    found = place([label for label, _ in wanted], points, taken, inside)
    taken += [box for box in found if box]
    for path in panel.paths:
        middle = path.values.index[-1] / 2 + path.values.index[0] / 2
        at = Label(path.label, frame.x(middle), frame.y(float(path.values.iloc[[0, -1]].mean())), below=path.width > 1)
        free, anywhere = (place([at], points, [*taken, *way], inside)[0] for way in (_along(panel.paths, frame), ()))
        wanted, found = [*wanted, (at, path.colour)], [*found, free or anywhere]  # rather over a path than nowhere
        taken += [box for box in found[-1:] if box]
    for (label, tone), box in zip(wanted, found, strict=True):
        if box:
            ax.annotate(label.text, (0, 0), xycoords="axes fraction", xytext=((box.x0 + box.x1) / 2, (box.y0 + box.y1) / 2),
                        textcoords="offset points", ha="center", va="center", fontsize=points, color=tone, bbox=PAPER,
                        zorder=1.6)  # fmt: skip


def _along(paths: Sequence[Path], frame: Frame) -> list[Box]:
    """What words may not cover of paths: a row of small boxes."""
    found = []
    for path in paths:
        years = np.linspace(path.values.index[0], path.values.index[-1], STEPS_OF_A_PATH)
        values = np.interp(years, path.values.index, path.values)
        found += [around(frame.x(x), frame.y(y), 0.5) for x, y in zip(years.tolist(), values.tolist(), strict=True)]
    return found


def tick(value: float, _: float) -> str:
    """A number at an axis."""
    return number(round(value, 6))
