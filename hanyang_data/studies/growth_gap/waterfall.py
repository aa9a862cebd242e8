"""The waterfall of the growth-gap notebook: what growth, or the gap, is made of; the residual is always a bar of its own."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.figure import Figure

from hanyang_data.charts.export import Chart
from hanyang_data.charts.style import FAINT, INK, MEET, MISS, RULE, SOFT, Caption, canvas, theme
from hanyang_data.charts.typeface import text_width, wrap
from hanyang_data.statistics.attribution import LIMIT_PP, ShiftShare
from hanyang_data.studies.captions import COMPUTED, caption, flag_words, vintage_words
from hanyang_data.studies.growth_gap import findings
from hanyang_data.studies.growth_gap.sectors import MeasuredYear, SectorYear
from hanyang_data.studies.scope import Scope
from hanyang_data.words.wording import Text, join, messages, number, within

SAYS = messages(__name__)

LABEL_SHARE = 0.4  # of the width


class Step(NamedTuple):
    """A bar of a waterfall: from where to where, and whether it is a total, a part or the residual."""

    label: str
    start: float
    end: float
    role: str


def waterfall(
    scope: Scope,
    own: Mapping[str, Mapping[int, SectorYear]],
    between: Mapping[int, ShiftShare | None],
    *,
    measured: Sequence[MeasuredYear] = (),
    size: str = "page",
) -> Chart | Text:
    """The gap taken apart in the latest year that allows it, else the region's own growth in its latest year with sectors."""
    told = findings.no_sectors(scope, own[scope.region], between)
    mine = own[scope.region]
    if not mine or scope.indicator != "gdp":
        return join(told)
    apart = {year: part for year, part in between.items() if part is not None}
    year = max(apart or mine)
    study, shared = mine[year], apart.get(year)
    studies = {scope.region: study} | ({scope.comparator: own[scope.comparator][year]} if shared else {})
    steps = _gap_steps(scope, studies, shared) if shared else _own_steps(scope, study)
    labels = dict(zip(studies, scope.pair_names.values(), strict=False))
    notes = [
        vintage_words(pd.concat([s.rows for s in studies.values()])),
        *(SAYS["weights", s.weights].format(region=labels[r], year=year) for r, s in studies.items()),
        *[SAYS.symmetric] * (shared is not None),
        SAYS.residual_note,
        *[SAYS.too_large.format(limit=number(LIMIT_PP))] * (not study.parts.adds_up),
        *findings.measured(scope, [of for of in measured if of.year == year][:1]),
        *(t for s in studies.values() for t in flag_words(scope, s.rows)),
        *told,
        COMPUTED,
    ]
    words = caption(
        scope,
        title=findings.sectors(scope, year, study, shared),
        subtitle=(SAYS.gap_subtitle if shared else SAYS.own_subtitle).format(
            **scope.pair_names, region=scope.region_name, year=year
        ),
        parts=notes,
        frames=[s.rows for s in studies.values()],
        shows=[(step.label, [number(step.end - step.start, 2, sign=True)]) for step in steps],
    )
    return Chart(_draw(steps, words, size), words, size)


def _own_steps(scope: Scope, study: SectorYear) -> list[Step]:
    parts = {scope.name_of(str(s)).to(scope.lang): float(v) for s, v in study.parts.table["contribution_pp"].items()}
    steps = _stacked(parts, 0.0)
    steps.append(Step(SAYS.residual.to(scope.lang), steps[-1].end, study.parts.total_pct, "residual"))
    total = SAYS.growth_of.format(region=scope.region_name).to(scope.lang)
    return [*steps, Step(total, 0.0, study.parts.total_pct, "total")]


def _gap_steps(scope: Scope, studies: Mapping[str, SectorYear], shared: ShiftShare) -> list[Step]:
    city, district = studies[scope.comparator].parts.total_pct, studies[scope.region].parts.total_pct
    parts = {SAYS.structure.to(scope.lang): shared.structure_pp} | {
        SAYS.within.format(sector=within(scope.name_of(str(s)))).to(scope.lang): float(v)
        for s, v in shared.table["within_pp"].items()
    }
    mine, whole = (SAYS.growth_of.format(region=name).to(scope.lang) for name in scope.pair_names.values())
    steps = [Step(whole, 0.0, city, "total"), *_stacked(parts, city)]
    steps.append(Step(SAYS.residual.to(scope.lang), steps[-1].end, district, "residual"))
    return [*steps, Step(mine, 0.0, district, "total")]


def _stacked(parts: Mapping[str, float], start: float) -> list[Step]:
    steps = []
    for label, value in parts.items():
        steps.append(Step(label, start, start + value, "part"))
        start += value
    return steps


def _draw(steps: Sequence[Step], words: Caption, size: str) -> Figure:
    with theme(size) as chosen:
        room = chosen.room * LABEL_SHARE
        labels = [wrap(step.label, room, chosen.text) for step in steps]
        row = 0.72 if max(map(len, labels)) == 1 else 0.45 * max(map(len, labels))
        figure, (ax,) = canvas(words, chosen, (1.2 + row * len(steps)) * chosen.text / 8.5)
        ends = [0.0, *(s.start for s in steps), *(s.end for s in steps)]
        span = max(ends) - min(ends) or 1.0
        # room for the number beside the outermost bar, whatever the width
        plot = chosen.room - max(text_width(line, chosen.text) for lines in labels for line in lines) - chosen.text
        beside = text_width("−00.00", chosen.text) + chosen.text
        pad = span * beside / max(plot - 2 * beside, beside)
        ax.set_xlim(min(ends) - pad, max(ends) + pad)
        ax.set_ylim(len(steps) - 0.4, -0.6)
        ax.set_yticks(range(len(steps)), ["\n".join(lines) for lines in labels], color=INK)
        ax.tick_params(axis="y", length=0)
        ax.spines["left"].set_visible(False)
        ax.xaxis.set_major_formatter(lambda value, _: number(round(value, 6)))
        ax.locator_params(axis="x", nbins=6)
        low, high = ax.get_xlim()
        ax.set_xticks([tick for tick in ax.get_xticks() if low <= tick <= high])
        ax.axvline(0, color=RULE, linewidth=0.8, zorder=0)
        for y, step in enumerate(steps):
            change = step.end - step.start
            tone = SOFT if step.role == "total" else MISS if change < 0 else MEET
            look: dict[str, Any] = (
                {"facecolor": "white", "edgecolor": FAINT, "hatch": "////", "linewidth": 0.8}
                if step.role == "residual"
                else {"facecolor": tone, "linewidth": 0}
            )
            ax.barh(y, change, left=step.start, height=0.56, zorder=2, **look)
            if y + 1 < len(steps):
                ax.plot([step.end, step.end], [y, y + 1], color=FAINT, linewidth=0.6, zorder=1)
            text = number(change, 1 if step.role == "total" else 2, sign=step.role != "total")
            right = change >= 0
            ax.annotate(text, (step.end, y), xytext=(4 if right else -4, 0), textcoords="offset points", va="center",
                        ha="left" if right else "right", fontsize=chosen.text, color=INK, zorder=4)  # fmt: skip
    return figure
