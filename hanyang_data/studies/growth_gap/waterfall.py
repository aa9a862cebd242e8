"""What growth by sector says, shows and lists: what growth, or the gap, is made of; the residual is always a bar of its own."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.figure import Figure

from hanyang_data.charts.export import Chart
from hanyang_data.charts.panels import tick
from hanyang_data.charts.style import FAINT, INK, MEET, MISS, RULE, SOFT, Caption, canvas, theme
from hanyang_data.charts.typeface import text_width, wrap
from hanyang_data.record import series
from hanyang_data.record.frames import stated_rows
from hanyang_data.record.series import ESTIMATE, breaks
from hanyang_data.statistics import attribution
from hanyang_data.statistics.attribution import LIMIT_PP, Contributions, ShiftShare
from hanyang_data.studies.captions import COMPUTED, caption, flag_words, vintage_words
from hanyang_data.studies.growth_gap.findings import HEADS
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.tables import headed
from hanyang_data.words.wording import Text, join, messages, number, within

SAYS = messages(__name__)
SECTORS, WHOLE = ("primary_value_added", "secondary_value_added", "tertiary_value_added"), "gdp"


@dataclass(frozen=True, eq=False)
class SectorYear:
    """The growth of one region in one year by sector.

    The weights are ``printed``, shares of the levels printed for the year before; or ``implied``, shares of the levels of the
    year, each divided by its real growth: the year before at the prices of the year.
    """

    parts: Contributions
    weights: str
    unlike: bool  # whether growth of the whole is an estimate and that of the sectors was measured, or the reverse
    rows: pd.DataFrame  # the observations used


Years = Mapping[int, SectorYear]  # of a region
Between = Mapping[int, ShiftShare | None]  # of a region and its city


def sectors_of(scope: Scope, region: str = "") -> dict[int, SectorYear]:
    """Growth of GDP by sector, in every year of the window in which at least two sectors print growth and a weight is known."""
    record = _Sectors(scope, region or scope.region)
    return {year: study for year in scope.years if (study := record.year(year)) is not None}


class MeasuredYear(NamedTuple):
    """Growth of a region's GDP put together from sectors that were measured, where GDP itself was only estimated."""

    year: int
    sum_pct: float  # of the contributions of the sectors; computed, printed by no source
    estimate_pct: float  # that is printed
    measured_in: str  # when the sectors were printed
    estimated_in: str  # when the estimate was
    city_pct: float  # measured growth of the comparator; NaN where none is on record


def measured_of(scope: Scope, own: Years) -> list[MeasuredYear]:
    """The years in which the sectors of the region are the better measurement of its GDP than the estimate of the whole."""
    city, found = stated_rows(scope.outturns("growth", indicator=WHOLE, region=scope.comparator, vintage="latest")), []
    measured = city["value"][city["vintage"] != ESTIMATE]
    for year, study in own.items():
        rows, whole = study.rows, study.rows[study.rows["vintage"] == ESTIMATE]
        if not study.unlike or len(whole) != 1:
            continue
        added = float(study.parts.table["contribution_pp"].sum())
        then, first = (str(of["published_on"].iloc[0]) for of in (rows[rows["vintage"] != ESTIMATE], whole))
        found.append(MeasuredYear(year, added, study.parts.total_pct, then, first, float(measured.get(year, math.nan))))
    return found


def attributed(district: Years, city: Years) -> dict[int, ShiftShare | None]:
    """The gap by sector in the years in which both sides have the same sectors in the same kind of vintage.

    Year → structure and growth within sectors, or None where a residual forbids it.
    """
    common = ((year, district[year], city[year]) for year in sorted(district.keys() & city.keys()))
    return {
        year: attribution.shift_share(a.parts, b.parts)
        for year, a, b in common
        if set(a.parts.table.index) == set(b.parts.table.index)
        and not (a.unlike or b.unlike or _kind_of(a.rows) != _kind_of(b.rows))
    }


class _Sectors:
    """All readings of a region's sectors and of the whole, each series read once."""

    def __init__(self, scope: Scope, region: str) -> None:
        ids = [id_ for id_ in (*SECTORS, WHOLE) if id_ in scope.dataset.indicators.index]
        order = dict.fromkeys([scope.vintage, "latest", "first"])
        self.readings = {  # indicator, measure → stated rows, the vintage asked for first
            of: pd.concat([stated_rows(series.outturns(of[0], region, of[1], vintage=v, **scope.known)) for v in order])
            for of in product(ids, series.MEASURES)
        }
        self.cuts = {id_: breaks(id_, region, **scope.known)["first_year"].tolist() for id_ in ids}  # first years on a new basis

    def rows(self, ids: Sequence[str], measure: str, year: int, kind: bool | None = None) -> dict[str, pd.DataFrame]:
        """The figures of one year that are stated, each in the kind of vintage asked for where there is one."""
        known = {id_: of[of.index == year] for id_ in ids if (of := self.readings.get((id_, measure))) is not None}
        alike = {id_: of[of["vintage"].eq(ESTIMATE).eq(kind)] for id_, of in known.items()}
        return {id_: (alike[id_] if len(alike[id_]) else of).head(1) for id_, of in known.items() if len(of)}

    def year(self, year: int) -> SectorYear | None:
        rows = self.rows(SECTORS, "growth", year)
        if len(rows) < 2:
            return None
        kind = _kind_of(pd.concat(rows.values()))
        printed = rows | self.rows([WHOLE], "growth", year, kind)
        if WHOLE not in printed:
            return None
        growth = {id_: float(row["value"].iloc[0]) for id_, row in printed.items()}
        how, levels = "printed", self.rows(list(growth), "level", year - 1, kind)
        alike = len(levels) == len(growth) and not any(_kind_of(row) != kind for row in levels.values())
        if not alike or any(year in self.cuts[id_] for id_ in growth):  # levels are never joined over a break
            how, levels = "implied", self.rows(list(growth), "level", year, kind)
        if len(levels) < len(growth):
            return None
        base = {id_: row["value"].iloc[0] / (1 + growth[id_] / 100 * (how == "implied")) for id_, row in levels.items()}
        weights = {id_: float(100 * base[id_] / base[WHOLE]) for id_ in rows}
        parts = attribution.contributions(weights, {id_: growth[id_] for id_ in rows}, growth[WHOLE])
        return SectorYear(parts, how, _kind_of(printed[WHOLE]) != kind, pd.concat([*printed.values(), *levels.values()]))


def _kind_of(rows: pd.DataFrame) -> bool:
    """Whether the rows are estimates; of mixed ones, whether any is."""
    return bool(rows["vintage"].eq(ESTIMATE).any())


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
