"""What growth by sector says, shows and lists: what growth, or the gap, is made of; the residual is always a bar of its own."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.figure import Figure

from hanyang_data.charts.export import Chart
from hanyang_data.charts.style import FAINT, INK, MEET, MISS, RULE, SOFT, Caption, canvas, theme
from hanyang_data.charts.typeface import text_width, wrap
from hanyang_data.statistics.attribution import LIMIT_PP, ShiftShare
from hanyang_data.studies.captions import COMPUTED, caption, flag_words, vintage_words
from hanyang_data.studies.growth_gap.findings import HEADS
from hanyang_data.studies.growth_gap.sectors import MeasuredYear, SectorYear
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.tables import headed
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
    scope: Scope, own: Mapping[str, Mapping[int, SectorYear]], between: Mapping[int, ShiftShare | None], *,
    measured: Sequence[MeasuredYear] = (), size: str = "page",
) -> Chart | Text:  # fmt: skip
    """The gap taken apart in the latest year that allows it, else the region's own growth in its latest year with sectors."""
    told = no_sectors(scope, own[scope.region], between)
    mine = own[scope.region]
    if not mine or scope.indicator != "gdp":
        return join(told)
    apart = {year: part for year, part in between.items() if part is not None}
    year = max(apart or mine)
    study, shared = mine[year], apart.get(year)
    studies = {scope.region: study} | ({scope.comparator: own[scope.comparator][year]} if shared else {})
    steps = _steps(scope, studies, shared)
    labels = dict(zip(studies, scope.pair_names.values(), strict=False))
    notes = [
        vintage_words(pd.concat([s.rows for s in studies.values()])),
        *(SAYS["weights", s.weights].format(region=labels[r], year=year) for r, s in studies.items()),
        *[SAYS.symmetric] * (shared is not None),
        SAYS.residual_note,
        *[SAYS.too_large.format(limit=number(LIMIT_PP))] * (not study.parts.adds_up),
        *of_measured(scope, [of for of in measured if of.year == year][:1]),
        *(t for s in studies.values() for t in flag_words(scope, s.rows)),
        *told,
        COMPUTED,
    ]
    words = caption(
        scope,
        title=headline(scope, year, study, shared),
        subtitle=(SAYS.gap_subtitle if shared else SAYS.own_subtitle).format(
            **scope.pair_names, region=scope.region_name, year=year
        ),
        parts=notes,
        frames=[s.rows for s in studies.values()],
        shows=[(step.label, [number(step.end - step.start, 2, sign=True)]) for step in steps],
    )
    return Chart(_draw(steps, words, size), words, size)


def _steps(scope: Scope, studies: Mapping[str, SectorYear], shared: ShiftShare | None) -> list[Step]:
    """The bars one on the other: from the growth of the comparator, if the gap is taken apart, to that of the region."""
    parts, total = studies[scope.region].parts, studies[scope.region].parts.total_pct
    mine, whole = (SAYS.growth_of.format(region=name) for name in (scope.region_name, scope.comparator_name))
    if shared:
        said = {SAYS.within.format(sector=within(scope.name_of(str(s)))): float(v) for s, v in shared.table["within_pp"].items()}
        bars = [(whole, studies[scope.comparator].parts.total_pct, "total"), (SAYS.structure, shared.structure_pp, "part")]
    else:
        said = {scope.name_of(str(s)): float(v) for s, v in parts.table["contribution_pp"].items()}
        bars = []
    steps, at = [], 0.0
    for label, value, role in [*bars, *((label, value, "part") for label, value in said.items())]:
        steps.append(Step(label.to(scope.lang), at, at + value, role))
        at += value
    residual = Step(SAYS.residual.to(scope.lang), at, total, "residual")
    return [*steps, residual, Step(mine.to(scope.lang), 0.0, total, "total")]


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


def headline(scope: Scope, year: int, study: SectorYear, between: ShiftShare | None) -> Text:
    """What the gap is made of, or, where it is not taken apart, which sector makes most of the region's own growth."""
    if between is not None:
        signed = {"structure": between.structure_pp, "inside": between.within_pp}
        parts = {name: number(value, 1, sign=True) for name, value in signed.items()}
        side = SAYS["between", "ahead" if between.gap_pp >= 0 else "behind"]
        gap = number(abs(between.gap_pp), 1)
        return side.format(**parts, **scope.pair_names, gap=gap, year=year)
    table = study.parts.table
    most = str(table["contribution_pp"].abs().idxmax())
    part = float(table.at[most, "contribution_pp"])
    total, names = number(study.parts.total_pct, 1), {"region": scope.region_name, "sector": scope.name_of(most)}
    return SAYS["own", "up" if part >= 0 else "down"].format(**names, year=year, part=number(abs(part), 1), total=total)


def of_measured(scope: Scope, found: Sequence[MeasuredYear]) -> list[Text]:
    """Which measurement of growth is the better one, and the gap on it, computed, beside the one on estimates."""
    parts = []
    for of in found:
        names = {**scope.pair_names, "year": of.year, "estimated": of.estimated_in}
        told = {"sum": number(of.sum_pct, 1), "whole": number(of.estimate_pct), "measured": of.measured_in}
        parts.append(SAYS.better.format(**names, **told))
        if of.city_pct == of.city_pct:  # NaN: no measured figure of the comparator
            gap, city = number(of.gap_pp, 1, sign=True), number(of.city_pct)
            parts.append(SAYS.measured_gap.format(**names, gap=gap, city=city))
    return parts


def no_sectors(scope: Scope, own: Mapping[int, SectorYear], between: Mapping[int, ShiftShare | None]) -> list[Text]:
    """What cannot be taken apart, and why."""
    if scope.indicator != "gdp":
        return [SAYS.not_gdp.format(indicator=within(scope.indicator_name))]
    if not own:
        return [SAYS.no_sectors.format(start=scope.start_year, end=scope.end_year, region=scope.region_name)]
    if not between:
        return [SAYS.no_common.format(b=scope.comparator_name)]
    refused = [year for year, part in between.items() if part is None]
    return [SAYS.refused.format(year=year, limit=number(LIMIT_PP)) for year in refused]


def attribution_table(
    scope: Scope, own: Mapping[str, Mapping[int, SectorYear]], between: Mapping[int, ShiftShare | None]
) -> pd.DataFrame:
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
    digits = {"weight_pct": 1, "part_pp": 2, "structure_pp": 2, "within_pp": 2}
    table = study.parts.table.rename(columns={"contribution_pp": "part_pp"})
    table = table if shared is None else table.join(shared.table[["structure_pp", "within_pp"]])
    table = table.round(digits).assign(weights=SAYS["by_levels", study.weights].to(scope.lang))
    rows = [{"sector": scope.name_of(str(id_)), **cells} for id_, cells in table.to_dict("index").items()]
    residual = {"sector": SAYS.residual, "part_pp": round(study.parts.residual_pp, 2)}
    within = {} if shared is None else {"within_pp": round(shared.residual_pp, 2)}
    total = {"sector": SAYS.total, "growth_pct": study.parts.total_pct, "part_pp": study.parts.total_pct}
    return [*rows, residual | within, total]
