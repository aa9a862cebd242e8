"""The figure of the chained gap: the relative index with what rounding allows, and the yearly gaps below it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd
from matplotlib.axes import Axes

from hanyang_data.charts.chart import AXIS_ROOM, PAPER
from hanyang_data.charts.export import Chart
from hanyang_data.charts.style import BAND, INK, MEET, MISS, RULE, SOFT, canvas, colour, mark, small, theme
from hanyang_data.charts.typeface import text_width, wrap
from hanyang_data.statistics.gap import GapResult
from hanyang_data.studies.captions import COMPUTED, caption, series_words
from hanyang_data.studies.growth_gap import findings as findings_gap
from hanyang_data.studies.growth_gap.evidence import unlike_words
from hanyang_data.studies.growth_gap.figure import CONTAINS, GAP_PANEL, ROUNDING
from hanyang_data.studies.scope import Scope
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import Text, number

SAYS = messages(__name__)


def index_and_gaps(
    scope: Scope,
    results: Mapping[str, GapResult],
    district: pd.DataFrame,
    city: pd.DataFrame,
    *,
    size: str = "page",
) -> Chart | Text:
    """Every run of at least two comparable years as a line from 100 on, and the gaps of all years as bars below.

    Args:
        scope: the question, with its comparator.
        results: of ``studies.gap_by_segment``.
        district: outturns of growth, as of ``scope.pair``.
        city: the same of the comparator.
        size: a named size.

    Returns:
        The figure, or the sentence that says why there is none.
    """
    runs = [result for result in results.values() if len(result.cumulative_pct) > 1]
    if not runs:
        return findings_gap.unchained(scope)
    a, b = scope.region_name, scope.comparator_name
    gaps = pd.concat([result.yearly["gap_pp"].dropna() for result in results.values()])
    used = [frame[frame.index.isin(gaps.index)] for frame in (district, city)]
    for part, frame in zip(used, (district, city), strict=True):
        part.attrs.update(frame.attrs)
    inside = scope.dataset.regions.loc[scope.region, "part_of"] == scope.comparator
    extra = [COMPUTED, SAYS.band_note, ROUNDING, SAYS.runs, *[CONTAINS.format(a=a, b=b)] * bool(inside)]
    words = caption(
        scope,
        title=findings_gap.chained(scope, runs[-1]),
        subtitle=SAYS.subtitle.format(a=a, b=b, start=scope.start_year, end=scope.end_year),
        parts=[*series_words(scope, {a: district, b: city}), *unlike_words(district, city), *extra],
        frames=used,
        alt=_alt(scope, runs),
    )
    with theme(size) as chosen:
        figure, axes = canvas(words, chosen, 8.0 if size == "page" else 9.5, rows=2, heights=[1.3, 1])
        for ax, title in zip(axes, (SAYS.index_panel, GAP_PANEL), strict=True):
            lines = wrap(title.format(a=a, b=b).to(scope.lang), chosen.room - AXIS_ROOM, chosen.text)
            ax.set_title("\n".join(lines), loc="left", fontsize=chosen.text, color=SOFT)
            ax.locator_params(axis="y", nbins=5)
            ax.yaxis.set_major_formatter(lambda value, _: number(round(value, 6)))
        _draw_runs(axes[0], scope, runs, chosen.text)
        _draw_gaps(axes[1], gaps, chosen.text)
        first = min(scope.start_year, *(int(run.chain.index[0]) for run in runs))
        years = range(first, scope.end_year + 1)
        step = max(1, -(-len(years) * chosen.text * 3 // int(chosen.room)))
        axes[1].set_xticks(list(years)[:: int(step)], [str(year) for year in list(years)[:: int(step)]])
        axes[1].set_xlim(first - 0.6, scope.end_year + 0.6)
        _draw_breaks(axes, scope, chosen.text, (chosen.room - AXIS_ROOM) / (len(years) + 0.2))
        axes[0].tick_params(axis="x", length=0)
    return Chart(figure, words, size)


def _draw_breaks(axes: Sequence[Axes], scope: Scope, points: float, slot: float) -> None:
    """A dashed line before the first year of each break, named left of it where there is room, else right of it."""
    first = axes[1].get_xlim()[0]
    for year, label in (scope.breaks() | scope.breaks(region=scope.comparator)).items():
        for ax in axes:
            ax.axvline(year - 0.5, color=SOFT, linewidth=0.9, linestyle=(0, (4, 2)), zorder=1)
        left = text_width(label.to(scope.lang), small(points)) + 3 < (year - 0.5 - first) * slot
        axes[0].annotate(label.to(scope.lang), (year - 0.5, 1), xycoords=("data", "axes fraction"), va="top", color=SOFT,
                         xytext=(-3 if left else 3, 0), textcoords="offset points", ha="right" if left else "left",
                         fontsize=small(points), zorder=5)  # fmt: skip


def _draw_runs(ax: Axes, scope: Scope, runs: list[GapResult], points: float) -> None:
    tone = colour(scope.region)
    ax.axhline(100, color=RULE, linewidth=0.8, zorder=0)
    for run in runs:
        chain = run.chain
        ax.fill_between(chain.index, chain["low"], chain["high"], color=BAND, linewidth=0, zorder=1)
        for edge in ("low", "high"):
            ax.plot(chain.index, chain[edge], color=SOFT, linewidth=0.7, linestyle=(0, (4, 2)), zorder=1)
        ax.plot(chain.index, chain["relative_index"], color=tone, marker="o", markersize=5, zorder=3)
        mark(ax, chain.index[0], 100, "white", tone, zorder=4)
        band, last = run.rounding_band_pp, float(run.cumulative_pct.iloc[-1])
        ends = [number(v, 1, sign=True) for v in (last, *(band or (last, last)))]
        label = SAYS.end.format(gap=ends[0], low=ends[1], high=ends[2]).to(scope.lang)
        up = last >= 0
        ax.annotate(label, (float(chain.index[-1]), 100 + last), xytext=(0, 12 if up else -12), textcoords="offset points",
                    ha="center", va="bottom" if up else "top", fontsize=points, color=INK, bbox=PAPER, zorder=5)  # fmt: skip
    low, high = (min(100, *(r.chain["low"].min() for r in runs)), max(100, *(r.chain["high"].max() for r in runs)))
    span = max(high - low, 0.5)
    ax.set_ylim(low - 0.35 * span, high + 0.35 * span)


def _draw_gaps(ax: Axes, gaps: pd.Series, points: float) -> None:
    tones = [MISS if value < 0 else MEET for value in gaps]
    ax.axhline(0, color=RULE, linewidth=0.8, zorder=0)
    ax.bar(gaps.index, gaps, width=0.32, color=tones, linewidth=0, zorder=2)
    nothing = gaps[gaps == 0]  # a bar of no height is still a finding
    mark(ax, nothing.index, nothing, MEET, area=14)
    for (year, value), tone in zip(gaps.items(), tones, strict=True):
        ax.annotate(number(value, 1, sign=True), (float(str(year)), value), xytext=(0, 3 if value >= 0 else -3), color=tone,
                    textcoords="offset points", ha="center", va="bottom" if value >= 0 else "top", fontsize=points)  # fmt: skip
    low, high = min(0.0, gaps.min()), max(0.0, gaps.max())
    ax.set_ylim(low - 0.3 * (high - low or 1), high + 0.3 * (high - low or 1))


def _alt(scope: Scope, runs: list[GapResult]) -> Text:
    parts = [
        SAYS.at.format(year=year, n=number(value, 1))
        for run in runs
        for year, value in run.chain["relative_index"].items()
    ]
    listed = Text("; ".join(p.en for p in parts), "；".join(p.zh for p in parts))
    return SAYS.alt.format(a=scope.region_name, b=scope.comparator_name, listed=listed)
