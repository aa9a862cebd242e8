"""Shortfalls of many indicators over the years: a tone and a number per cell, where any can be judged."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb
from matplotlib.patches import Rectangle

from hanyang_data.charts.export import Chart
from hanyang_data.charts.matrix import as_sheet, flow, write
from hanyang_data.charts.style import FAINT, INK, MEET, MISS, POINTS_PER_CM, SOFT, Caption, canvas, small, theme
from hanyang_data.charts.style import answers as answers_for
from hanyang_data.charts.typeface import text_width, wrap
from hanyang_data.studies.captions import COMPUTED, caption
from hanyang_data.studies.marks import ABOUT, answers, difference
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.target_shortfall.evidence import TargetStudy
from hanyang_data.studies.target_shortfall.findings import grid_title
from hanyang_data.words.wording import NOT_ON_RECORD, VERDICTS, Text, listed, messages, named_years, number, within

SAYS = messages(__name__)

FULL_PP = 10.0  # a shortfall of this size has the full tone; larger ones the same
RULE_OF_ZERO = "#8c8c8c"  # an outturn on its target is white, and has an edge to be seen by
DARK = 0.55  # share of the full tone from which the number is printed in white
WIDEST = 9  # a cell, in sizes of the text
KEY = SAYS.each("key")


class Cell(NamedTuple):
    """What stands in a cell."""

    word: str
    tone: float | None
    says: str


def grid(scope: Scope, studies: Mapping[str, TargetStudy], *, size: str = "page") -> Chart | Text:
    """One row per indicator and one column per year of which something can be judged, against the original targets."""
    title = grid_title(scope, studies)
    judged = {study.label: study for study in studies.values() if study.against_original.judged}
    years = [y for y in scope.years if any(y in study.against_original.judged for study in judged.values())]
    if not years:
        return title
    cells = {label.to(scope.lang): [_cell(scope, study, y) for y in years] for label, study in judged.items()}
    worded = any(tone is not None and not word[-1:].isdigit() for row in cells.values() for word, tone, _ in row)
    about = any(ABOUT in word for row in cells.values() for word, *_ in row)
    left_out = [within(study.label) for study in studies.values() if study.label not in judged]
    empty = [year for year in scope.years if year not in years]
    words = caption(
        scope,
        title=title,
        subtitle=SAYS.subtitle.format(start=scope.start_year, end=scope.end_year),
        parts=[
            *[SAYS.no_year.format(years=named_years(empty))] * bool(empty),
            *[SAYS.left_out.format(names=listed(left_out, "and"))] * bool(left_out),
            *[SAYS.strictly] * about,
            *[SAYS.worded] * worded,
            SAYS.tone.format(n=number(FULL_PP)),
            COMPUTED,
        ],
        frames=[frame for study in studies.values() for frame in (study.outturns, study.original)],
        shows=[
            (label, [f"{year} {cell.word}" for year, cell in zip(years, row, strict=True) if cell.tone is not None])
            for label, row in cells.items()
        ],
    )
    return _draw(scope, cells, years, words, size)


def _cell(scope: Scope, study: TargetStudy, year: int) -> Cell:
    """The word of a cell; its tone, −1 to 1, and none for what cannot be judged; and what it answers."""
    result = study.against_original
    verdict = result.judged.get(year)
    if verdict is None:
        return Cell(NOT_ON_RECORD, None, "")
    sides = [answers(scope, frame.loc[[year]])[year] for frame in (study.original, study.outturns)]
    error = result.table.loc[year, "error_pp"]
    if pd.isna(error):
        return Cell(VERDICTS[verdict].to(scope.lang), 0.2 if verdict == "met" else -0.2, "\n".join(sides))
    about = "about" in (study.original.loc[year, "qualifier"], study.outturns.loc[year, "qualifier"])
    return Cell(difference(float(error), about=about), max(-1.0, min(1.0, float(error) / FULL_PP)), "\n".join(sides))


def _draw(scope: Scope, cells: Mapping[str, Sequence[Cell]], years: Sequence[int], words: Caption, size: str) -> Chart:
    with theme(size) as chosen:
        points, width = chosen.text, chosen.room
        labels = {label: wrap(label, width * 0.42, points) for label in cells}
        left = max(text_width(line, points) for lines in labels.values() for line in lines) + points
        widest = max(text_width(cell.word, points) for row in cells.values() for cell in row) + 1.6
        above = (width - left) / len(years) < widest  # then the names stand over their rows
        left = 0.0 if above else left
        slot = min((width - left) / len(years), points * WIDEST)
        keys, key_height = flow({k: text.to(scope.lang) for k, text in KEY.items()}, width, points)
        heads = [points * (1.2 * len(lines) + 0.5) * above for lines in labels.values()]
        heights = [points * (1.1 + 1.2 * (1 if above else len(lines))) for lines in labels.values()]
        top = key_height + points * 2.0
        figure, (ax,) = canvas(words, chosen, (top + sum(heads) + sum(heights)) / POINTS_PER_CM)
        as_sheet(ax, width, top + sum(heads) + sum(heights))
        for state, (x, y) in keys.items():
            _box(ax, (x, y - points * 0.55), (points * 1.5, points * 1.1), 0.5 if state == "met" else -0.5)
            write(ax, x + points * 1.9, y, KEY[state].to(scope.lang), small(points), INK)
        step = max(1, -int(-text_width("2000", points) * 1.15 // slot))
        for place, year in list(enumerate(years))[::step]:
            write(ax, left + (place + 0.5) * slot, top - points * 0.85, str(year), points, SOFT, "center")
        y = top
        for (label, row), head, height in zip(cells.items(), heads, heights, strict=True):
            for number_, line in enumerate(labels[label]):
                level = y + (head or height) / 2 + points * 1.2 * (number_ - (len(labels[label]) - 1) / 2)
                write(ax, 0 if above else left - points * 0.8, level, line, points, INK, "left" if above else "right")
            _row(ax, row, (left, y + head), (slot, height), points)
            y += head + height
    return Chart(figure, words, size)


def _row(ax: Axes, row: Sequence[Cell], corner: tuple[float, float], extent: tuple[float, float], points: float) -> None:
    """The cells of a row from left to right, each with its word where that fits; a dash where nothing can be judged."""
    (x, y), (slot, height) = corner, extent
    for word, tone, says in row:
        if tone is not None:
            answers_for(_box(ax, (x + 0.8, y + 0.8), (slot - 1.6, height - 1.6), tone), says)
        if text_width(word, points) <= slot - 1.6:  # the width of its box
            ink = FAINT if tone is None else "white" if abs(tone) > DARK else INK
            write(ax, x + slot / 2, y + height / 2, word, points, ink, "center")
        x += slot


def _box(ax: Axes, corner: tuple[float, float], extent: tuple[float, float], tone: float) -> Rectangle:
    weight = 0.08 + 0.92 * abs(tone) if tone else 0.0  # of the full tone, the rest white
    red, green, blue = (1 - (1 - part) * weight for part in to_rgb(MISS if tone < 0 else MEET))
    face = to_hex((red, green, blue))
    edge = INK if tone < 0 else RULE_OF_ZERO if tone == 0 else face
    box = Rectangle(corner, *extent, facecolor=face, edgecolor=edge, linewidth=0.9, zorder=2)
    ax.add_patch(box)
    return box
