"""The figure of the summary: which questions were asked, with how many observations, and what could be said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from hanyang_data.charts.export import Chart
from hanyang_data.charts.matrix import as_sheet, write
from hanyang_data.charts.style import INK, POINTS_PER_CM, RULE, SOFT, Caption, canvas, small, theme
from hanyang_data.charts.typeface import text_width, wrap
from hanyang_data.studies.registry import ANALYSES, label
from hanyang_data.studies.summary import runs as summary
from hanyang_data.studies.summary.runs import STATES, RunsFolder, name_of
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import NO_WORDS, join, listed

SAYS = messages(__name__)

MOST_ROWS = 40  # more is no overview; the table has them all
# the more a run could say, the darker; the number stands in each cell, so that no reader needs the tone
TONES = {"inference": ("#235f9e", "#ffffff"), "listed": ("#c2d6e9", INK), "nothing": ("#ffffff", SOFT)}


def observations(folder: RunsFolder, runs: pd.DataFrame, *, size: str = "page") -> Chart:
    """A row per region and indicator, a column per notebook: the number of usable observations, toned by what could be said."""
    lang = folder.lang
    counted = runs[runs["n"].notna()]
    best = counted.sort_values("n", kind="stable").drop_duplicates(["region", "indicator", "notebook"], keep="last")
    cells = {(r.region, r.indicator, r.notebook): (int(r.n), str(r.state)) for r in best.itertuples()}
    questions = list(dict.fromkeys(zip(counted["region"], counted["indicator"], strict=True)))
    present = set(counted["notebook"])
    notebooks = [n for n in [*ANALYSES, *sorted(present - {*ANALYSES})] if n in present]
    shown = questions[:MOST_ROWS]
    labels = [
        SAYS["row"].format(region=name_of(folder, "regions", r), indicator=name_of(folder, "indicators", i)).to(lang)
        for r, i in shown
    ]
    rows = {row: [cells.get((*q, n)) for n in notebooks] for row, q in zip(labels, shown, strict=True)}
    heads = [label(n).to(lang) for n in notebooks]
    used = [SAYS.key.format(tone=SAYS["tone_names", s], state=STATES[s]) for s in STATES if s in set(counted["state"])]
    tones = SAYS.tones_are.format(key=listed(used, ";")) if used else NO_WORDS
    more = [SAYS.more.format(n=len(questions) - MOST_ROWS)] * (len(questions) > MOST_ROWS)
    note = join([SAYS.note.format(key=tones), *more])
    words = Caption(
        summary.answer(runs)[0].to(lang), SAYS.subtitle.to(lang), note.to(lang), SAYS.source.to(lang), _alt(folder, rows, heads)
    )
    return _draw(rows, heads, words, size)


def _alt(folder: RunsFolder, rows: Mapping[str, Sequence[tuple[int, str] | None]], heads: Sequence[str]) -> str:
    """The cells in words, for those who cannot see the figure."""
    cells = [
        SAYS.cell.format(row=label, head=head, n=cell[0])
        for label, found in rows.items()
        for head, cell in zip(heads, found, strict=True)
        if cell is not None
    ]
    return join(cells or [summary.SAYS.none]).to(folder.lang)


def _draw(rows: Mapping[str, Sequence[tuple[int, str] | None]], heads: Sequence[str], words: Caption, size: str) -> Chart:
    with theme(size) as chosen:
        points, width = chosen.text, chosen.room
        labels = {label: wrap(label, width * 0.45, points) for label in rows}
        left = max((text_width(line, points) for lines in labels.values() for line in lines), default=0) * 1.02 + points
        slot = min((width - left) / max(len(heads), 1), points * 14)
        named = [wrap(head, slot - points * 0.4, small(points)) for head in heads]
        top = points * (0.6 + 1.3 * max(map(len, named), default=0))
        heights = [points * (0.6 + 1.25 * len(lines)) for lines in labels.values()]
        figure, (ax,) = canvas(words, chosen, (top + sum(heights) + points * 0.4) / POINTS_PER_CM)
        as_sheet(ax, width, top + sum(heights) + points * 0.4)
        for column, lines in enumerate(named):
            for place, line in enumerate(lines):
                level = top - points * (0.7 + 1.3 * (len(lines) - 1 - place))
                write(ax, left + (column + 0.5) * slot, level, line, small(points), SOFT, "center")
        y = top
        for (label, found), height in zip(rows.items(), heights, strict=True):
            for place, line in enumerate(labels[label]):
                level = y + height / 2 + points * 1.2 * (place - (len(labels[label]) - 1) / 2)
                write(ax, left - points * 0.8, level, line, points, INK, "right")
            for column, cell in enumerate(found):
                _cell(ax, (left + column * slot + 0.8, y + 0.8), (slot - 1.6, height - 1.6), cell, points)
            y += height
    return Chart(figure, words, size)


def _cell(
    ax: Axes, corner: tuple[float, float], extent: tuple[float, float], cell: tuple[int, str] | None, points: float
) -> None:
    """The number on its tone; a question that was not asked is an empty place without an edge."""
    if cell is None:
        return
    n, state = cell
    face, ink = TONES[state]
    ax.add_patch(Rectangle(corner, *extent, facecolor=face, edgecolor=RULE, linewidth=0.6, zorder=2))
    write(ax, corner[0] + extent[0] / 2, corner[1] + extent[1] / 2, str(n), points, ink, "center")
