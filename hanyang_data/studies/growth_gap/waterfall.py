"""What growth by sector says, shows and lists: what growth, or the gap, is made of; the residual is always a bar of its own."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.figure import Figure

from hanyang_data.charts.export import Chart
from hanyang_data.charts.panels import tick
from hanyang_data.charts.style import FAINT, INK, MEET, MISS, RULE, SOFT, Caption, canvas, place_axes, theme
from hanyang_data.charts.typeface import text_width, wrap
from hanyang_data.statistics.attribution import LIMIT_PP, ShiftShare
from hanyang_data.studies.captions import COMPUTED, caption, flag_words, vintage_words
from hanyang_data.studies.growth_gap.findings import HEADS
from hanyang_data.studies.growth_gap.sectors import Between, MeasuredYear, SectorYear, Years
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.tables import headed
from hanyang_data.words.wording import Text, join, messages, number, within

SAYS = messages(__name__)


class Step(NamedTuple):
    """A bar of a waterfall: from where to where, and whether it is a total, a part or the residual."""

    label: str
    start: float
    end: float
    role: str


def waterfall(
    scope: Scope, own: Mapping[str, Years], between: Between, *, measured: Sequence[MeasuredYear] = (), size: str = "page"
) -> Chart | Text:
    """The gap taken apart in the latest year that allows it, else the region's own growth in its latest year with sectors."""
    mine = own[scope.region]
    told = no_sectors(scope, mine, between)
    if not mine or scope.indicator != "gdp":
        return join(told)
    apart = {year: part for year, part in between.items() if part is not None}
    year = max(apart or mine)
    study, shared = mine[year], apart.get(year)
    studies = {scope.region: study} | ({scope.comparator: own[scope.comparator][year]} if shared else {})
    steps = _steps(scope, studies, shared)
    rows, weighed = [s.rows for s in studies.values()], zip(scope.pair_names.values(), studies.values(), strict=False)
    subtitle = SAYS.gap_subtitle if shared else SAYS.own_subtitle
    words = caption(
        scope,
        title=headline(scope, year, study, shared),
        subtitle=subtitle.format(**scope.said, year=year),
        parts=[
            *of_measured(scope, [of for of in measured if of.year == year][:1]),
            *[SAYS.too_large.format(limit=number(LIMIT_PP))] * (not study.parts.adds_up),
            vintage_words(pd.concat(rows)),
            *(SAYS["weights", s.weights].format(region=name, year=year) for name, s in weighed),
            *[SAYS.symmetric] * (shared is not None),
            SAYS.residual_note,
            *(text for frame in rows for text in flag_words(scope, frame)),
            *told,
            COMPUTED,
        ],
        frames=rows,
        shows=[(step.label, [number(step.end - step.start, 2, sign=True)]) for step in steps],
    )
    return Chart(_draw(steps, words, size), words, size)


def _steps(scope: Scope, studies: Mapping[str, SectorYear], shared: ShiftShare | None) -> list[Step]:
    """The bars one on the other: from the growth of the comparator, if the gap is taken apart, to that of the region."""
    parts, total = studies[scope.region].parts, studies[scope.region].parts.total_pct
    mine, whole = (SAYS.growth_of.format(region=name) for name in scope.pair_names.values())
    bars = [(scope.name_of(str(id_)), float(part), "part") for id_, part in parts.table["contribution_pp"].items()]
    if shared:
        inside = shared.table["within_pp"].items()
        bars = [(whole, studies[scope.comparator].parts.total_pct, "total"), (SAYS.structure, shared.structure_pp, "part")]
        bars += [(SAYS.within.format(sector=within(scope.name_of(str(id_)))), float(part), "part") for id_, part in inside]
    steps, at = [], 0.0
    for label, value, role in bars:
        steps.append(Step(label.to(scope.lang), at, at + value, role))
        at += value
    ends = Step(SAYS.residual.to(scope.lang), at, total, "residual"), Step(mine.to(scope.lang), 0.0, total, "total")
    return [*steps, *ends]


def _draw(steps: Sequence[Step], words: Caption, size: str) -> Figure:
    with theme(size) as chosen:
        labels = [wrap(step.label, chosen.room * 0.4, chosen.text) for step in steps]
        row = max(0.72, 0.45 * max(map(len, labels)))
        figure, (ax,) = canvas(words, chosen, (1.2 + row * len(steps)) * chosen.text / 8.5)
        ends = [0.0, *(end for s in steps for end in (s.start, s.end))]
        span = max(ends) - min(ends) or 1.0
        # room for the number beside the outermost bar, whatever the width
        plot = chosen.room - max(text_width(line, chosen.text) for lines in labels for line in lines) - chosen.text
        beside = text_width("−00.00", chosen.text) + chosen.text
        pad = span * beside / max(plot - 2 * beside, beside)
        low, high = ax.set_xlim(min(ends) - pad, max(ends) + pad)
        ax.set_ylim(len(steps) - 0.4, -0.6)
        ax.set_yticks(range(len(steps)), ["\n".join(lines) for lines in labels], color=INK)
        ax.tick_params(axis="y", length=0)
        ax.spines["left"].set_visible(False)
        ax.xaxis.set_major_formatter(tick)
        ax.locator_params(axis="x", nbins=6)
        ax.set_xticks([place for place in ax.get_xticks() if low <= place <= high])
        place_axes(ax, chosen.text)
        ax.axvline(0, color=RULE, linewidth=0.8, zorder=0)
        for y, step in enumerate(steps):
            change = step.end - step.start
            tone = SOFT if step.role == "total" else MISS if change < 0 else MEET
            look: dict[str, Any] = {"facecolor": tone, "linewidth": 0}
            if step.role == "residual":
                look = {"facecolor": "white", "edgecolor": FAINT, "hatch": "////", "linewidth": 0.8}
            ax.barh(y, change, left=step.start, height=0.56, zorder=2, **look)
            if y + 1 < len(steps):
                ax.plot([step.end, step.end], [y, y + 1], color=FAINT, linewidth=0.6, zorder=1)
            text = number(change, 1 if step.role == "total" else 2, sign=step.role != "total")
            ha, off = ("left", 4) if change >= 0 else ("right", -4)
            ax.annotate(text, (step.end, y), xytext=(off, 0), textcoords="offset points", va="center", ha=ha,
                        fontsize=chosen.text, color=INK, zorder=4)  # fmt: skip
    return figure


def headline(scope: Scope, year: int, study: SectorYear, between: ShiftShare | None) -> Text:
    """What the gap is made of; where it is not taken apart, which sector makes most of the region's own growth, if all add up."""
    if between is not None:
        structure, inside = (number(part, 1, sign=True) for part in (between.structure_pp, between.within_pp))
        told = {"structure": structure, "inside": inside, "gap": number(abs(between.gap_pp), 1), "year": year}
        return SAYS["between", "ahead" if between.gap_pp >= 0 else "behind"].format(**scope.said | told)
    parts = study.parts.table["contribution_pp"]
    most = str(parts.abs().idxmax())
    part = float(parts[most])
    told = {"year": year, "part": number(abs(part), 1), "total": number(study.parts.total_pct, 1), "sector": scope.name_of(most)}
    way = "unexplained" if not study.parts.adds_up else "up" if part >= 0 else "down"
    return SAYS["own", way].format(**scope.said | told, residual=number(abs(study.parts.residual_pp), 2))


def of_measured(scope: Scope, found: Sequence[MeasuredYear]) -> list[Text]:
    """Which measurement of growth is the better one, and the gap on it, computed, beside the one on estimates."""
    parts = []
    for of in found:
        names = {**scope.said, "year": of.year, "estimated": of.estimated_in}
        told = {"sum": number(of.sum_pct, 1), "whole": number(of.estimate_pct), "measured": of.measured_in}
        parts.append(SAYS.better.format(**names, **told))
        if of.city_pct == of.city_pct:  # NaN: no measured figure of the comparator
            gap = number(of.sum_pct - of.city_pct, 1, sign=True)
            parts.append(SAYS.measured_gap.format(**names, gap=gap, city=number(of.city_pct)))
    return parts


def no_sectors(scope: Scope, own: Years, between: Between) -> list[Text]:
    """What cannot be taken apart, and why."""
    if scope.indicator != "gdp":
        return [SAYS.not_gdp.format(**scope.said)]
    if not own:
        return [SAYS.no_sectors.format(**scope.said)]
    if not between:
        return [SAYS.no_common.format(**scope.pair_names)]
    refused = [year for year, part in between.items() if part is None]
    return [SAYS.refused.format(year=year, limit=number(LIMIT_PP)) for year in refused]


def attribution_table(scope: Scope, own: Mapping[str, Years], between: Between) -> pd.DataFrame:
    """Contributions of the sectors to growth of each region and to the gap, the residual always a row of its own."""
    rows = [
        {"region": region, "year": year} | cells
        for region, years in own.items()
        for year, study in years.items()
        for cells in _sector_rows(scope, study, between.get(year) if region == scope.region else None)
    ]
    columns = ["region", "year", "sector", "weight_pct", "growth_pct", "part_pp", "structure_pp", "within_pp", "weights"]
    return headed(scope, pd.DataFrame(rows, columns=columns), HEADS, sparse=True)


def _sector_rows(scope: Scope, study: SectorYear, shared: ShiftShare | None) -> list[dict[str, object]]:
    table = study.parts.table.rename(columns={"contribution_pp": "part_pp"})
    table = table if shared is None else table.join(shared.table[["structure_pp", "within_pp"]])
    table = table.round({"weight_pct": 1} | dict.fromkeys(["part_pp", "structure_pp", "within_pp"], 2))
    table = table.assign(weights=SAYS["by_levels", study.weights].to(scope.lang))
    rows = [{"sector": scope.name_of(str(id_)), **cells} for id_, cells in table.to_dict("index").items()]
    residual = {"sector": SAYS.residual, "part_pp": round(study.parts.residual_pp, 2)}
    within = {} if shared is None else {"within_pp": round(shared.residual_pp, 2)}
    total = {"sector": SAYS.total, "growth_pct": study.parts.total_pct, "part_pp": study.parts.total_pct}
    return [*rows, residual | within, total]
