"""Shortfalls of many indicators over the years: a tone and a number per cell, grey where nothing can be judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import Rectangle

from hanyang_data.charts.export import Chart
from hanyang_data.charts.matrix import as_sheet, flow, write
from hanyang_data.charts.style import INK, MEET, MISS, POINTS_PER_CM, SOFT, Caption, canvas, small, theme
from hanyang_data.charts.typeface import text_width, wrap
from hanyang_data.studies.captions import COMPUTED, caption
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.target_shortfall import findings as findings_targets
from hanyang_data.studies.target_shortfall.judged import TargetStudy
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import NOT_ON_RECORD, VERDICTS, Text, number

SAYS = messages(__name__)

FULL_PP = 10.0  # a shortfall of this size has the full tone; larger ones the same
GREY = "#cfcfcf"
RULE_OF_ZERO = "#8c8c8c"  # an outturn on its target is white, and has an edge to be seen by
DARK = 0.55  # share of the full tone from which the number is printed in white
KEY = SAYS.each("key")


def grid(scope: Scope, studies: Mapping[str, TargetStudy], *, size: str = "page") -> Chart:
    """One row per indicator, one column per year of the window, against the original targets.

    Args:
        scope: the question.
        studies: indicator id → its frames and results of growth.
        size: a named size.
    """
    cells = {study.label.to(scope.lang): [_cell(scope, study, y) for y in scope.years] for study in studies.values()}
    title = findings_targets.grid(scope, studies)
    worded = any(tone is not None and not word[-1:].isdigit() for row in cells.values() for word, tone in row)
    frames = [frame for study in studies.values() for frame in (study.outturns, study.original)]
    words = caption(
        scope,
        title=title,
        subtitle=SAYS.subtitle.format(start=scope.start_year, end=scope.end_year),
        parts=[
            SAYS.strictly,
            *[SAYS.worded] * worded,
            SAYS.tone.format(n=number(FULL_PP)),
            COMPUTED,
        ],
        frames=frames,
        alt=_alt(scope, title, cells),
    )
    return _draw(scope, cells, words, size)


def _cell(scope: Scope, study: TargetStudy, year: int) -> tuple[str, float | None]:
    """The word of a cell and its tone, −1 to 1; no tone for what cannot be judged."""
    result = study.against_original
    verdict = result.judged.get(year)
    if verdict is None:
        return NOT_ON_RECORD, None
    error = result.table.loc[year, "error_pp"]
    if pd.isna(error):
        return VERDICTS[verdict].to(scope.lang), 0.2 if verdict == "met" else -0.2
    return number(error, 1, sign=True), max(-1.0, min(1.0, float(error) / FULL_PP))


def _draw(scope: Scope, cells: Mapping[str, Sequence[tuple[str, float | None]]], words: Caption, size: str) -> Chart:
    with theme(size) as chosen:
        points, width = chosen.text, chosen.room
        # beside the cells, or above them where they would leave no room for their numbers
        labels = {label: wrap(label, width * (1 if chosen.narrow else 0.3), points) for label in cells}
        widest = max((text_width(line, points) for lines in labels.values() for line in lines), default=0)
        left = 0.0 if chosen.narrow else widest + points
        slot = (width - left) / max(len(scope.years), 1)
        keys, key_height = flow({k: text.to(scope.lang) for k, text in KEY.items()}, width, points)
        heights = [points * (2.1 + 1.2 * len(lines) + 0.4) if chosen.narrow else points * (1.1 + 1.2 * len(lines))
                   for lines in labels.values()]  # fmt: skip
        top = key_height + points * 2.0
        figure, (ax,) = canvas(words, chosen, (top + sum(heights)) / POINTS_PER_CM)
        as_sheet(ax, width, top + sum(heights))
        tones = {"met": 0.5, "missed": -0.5, "grey": None}
        for state, (x, y) in keys.items():
            _box(ax, (x, y - points * 0.55), (points * 1.5, points * 1.1), tones[state])
            write(ax, x + points * 1.9, y, KEY[state].to(scope.lang), small(points), INK)
        step = max(1, -int(-text_width("2000", points) * 1.15 // slot))
        for place, year in list(enumerate(scope.years))[::step]:
            write(ax, left + (place + 0.5) * slot, top - points * 0.85, str(year), points, SOFT, "center")
        y = top
        for (label, row), height in zip(cells.items(), heights, strict=True):
            lines = labels[label]
            above = points * (1.2 * len(lines) + 0.4) if chosen.narrow else 0.0
            middle = y + (above if chosen.narrow else height) / 2
            for number_, line in enumerate(lines):
                level = middle + points * 1.2 * (number_ - (len(lines) - 1) / 2)
                x, side = (0.0, "left") if chosen.narrow else (left - points * 0.8, "right")
                write(ax, x, level, line, points, INK, side)
            _row(ax, row, (left, y + above), (slot, height - above), points)
            y += height
    return Chart(figure, words, size)


def _row(
    ax: Axes,
    row: Sequence[tuple[str, float | None]],
    corner: tuple[float, float],
    extent: tuple[float, float],
    points: float,
) -> None:
    """The cells of a row from left to right, each with its word where that fits."""
    (x, y), (slot, height) = corner, extent
    for word, tone in row:
        _box(ax, (x + 0.8, y + 0.8), (slot - 1.6, height - 1.6), tone)
        if text_width(word, points) <= slot - 1.6:  # the width of its box
            ink = "white" if tone is not None and abs(tone) > DARK else INK
            write(ax, x + slot / 2, y + height / 2, word, points, ink, "center")
        x += slot


def _box(ax: Axes, corner: tuple[float, float], extent: tuple[float, float], tone: float | None) -> None:
    missed = tone is not None and tone < 0
    face = GREY if tone is None else _mixed(MISS if missed else MEET, abs(tone))
    edge = INK if missed else RULE_OF_ZERO if tone == 0 else face
    ax.add_patch(Rectangle(corner, *extent, facecolor=face, edgecolor=edge, linewidth=0.9, zorder=2))


def _mixed(tone: str, share: float) -> str:
    """A tone between white and the full one."""
    weight = 0.08 + 0.92 * share if share else 0.0
    red, green, blue = (1 - (1 - part) * weight for part in to_rgb(tone))
    return to_hex((red, green, blue))


def _alt(scope: Scope, title: Text, cells: Mapping[str, Sequence[tuple[str, float | None]]]) -> Text:
    listed = "; ".join(
        f"{label}: "
        + ", ".join(f"{year} {word}" for year, (word, tone) in zip(scope.years, row, strict=True) if tone is not None)
        for label, row in cells.items()
        if any(tone is not None for _, tone in row)
    )
    return SAYS.alt.format(title=title, listed=listed)
