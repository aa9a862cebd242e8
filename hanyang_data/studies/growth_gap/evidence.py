"""What the growth gap needs besides the gap: shares, reasons for blanks, many regions in one call, and sectors.

Statistics know no snapshot and figures compute nothing; what lies between them is here, as in
:mod:`hanyang_data.studies.shared`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import pandas as pd

from hanyang_data.record import series
from hanyang_data.record.breaks import breaks, cuts
from hanyang_data.record.frames import stated, stated_rows, states, window
from hanyang_data.record.series import ESTIMATE
from hanyang_data.statistics import attribution, gap
from hanyang_data.statistics.attribution import Contributions, ShiftShare
from hanyang_data.studies.growth_gap.yearly import allowance, comparable_pairs, unlike_years
from hanyang_data.studies.scope import Scope
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import Text, year_list

SAYS = messages(__name__)

SECTORS = ("primary_value_added", "secondary_value_added", "tertiary_value_added")
ADDITIVE = ("CNY_100M", "USD_100M", "10K_persons", "count")  # units of which a district holds a share of its city
WHOLE = "gdp"
UNLIKE = SAYS.each("unlike")


def shares(scope: Scope, indicator: str = "") -> pd.Series | None:
    """The region's nominal share of the comparator by year, in percent, as weight of the growth of the year after.

    Both levels are of the same kind of vintage and basis. A year before an unlinked break of either side is left out: its share
    weighs nothing that is printed afterwards.

    Returns:
        Indexed by year, from the year before the window on, possibly empty; None where the comparator does not contain the
        region or the indicator is no quantity that adds up.
    """
    id_ = indicator or scope.indicator
    data = scope.dataset
    if not _inside(scope) or data.indicators.at[id_, "level_unit"] not in ADDITIVE:
        return None
    sides = _pair(scope, id_, scope.region, "level")
    district, city = comparable_pairs(*sides)
    part = (100 * district / city).dropna()
    cut = {year for region in (scope.region, scope.comparator) for year in _growth_cuts(scope, id_, region)}
    used = [y for y in part.index if scope.start_year - 1 <= y < scope.end_year and y + 1 not in cut and part[y] < 100]
    return part.loc[used]


def shares_of(scope: Scope, indicators: Sequence[str]) -> pd.DataFrame:
    """The region's nominal share of the comparator, of every indicator that adds up; no deflator enters.

    Only years from the last break of either side on that nothing links: earlier shares stand on another basis.

    Returns:
        One row per indicator and year in which both sides state a level: ``indicator, year, share_pct``, ``unlike`` (one side is
        an estimate, the other measured; or one alone is on a comparable basis) and ``since``, the year of the break or 0. Empty
        where the comparator does not contain the region.
    """
    rows = []
    for id_ in indicators if _inside(scope) else []:
        if scope.dataset.indicators.at[id_, "level_unit"] not in ADDITIVE:
            continue
        frames = [window(f, scope.start_year, scope.end_year) for f in _pair(scope, id_, scope.region, "level")]
        sides = [scope.breaks("growth", indicator=id_, region=region) for region in (scope.region, scope.comparator)]
        since = max((year for side in sides for year in side), default=0)
        unlike = {year for years in unlike_years(*frames).values() for year in years}
        share = (100 * stated(frames[0]) / stated(frames[1])).dropna()
        rows += [(id_, int(y), float(v), y in unlike, since) for y, v in share.items() if y >= since and v < 100]
    return pd.DataFrame(rows, columns=["indicator", "year", "share_pct", "unlike", "since"])


def per_head(scope: Scope) -> pd.DataFrame:
    """GDP per head of permanent population of both sides, from levels as printed; no deflator enters.

    Returns:
        A frame indexed by ``year``, one row a year in which all four levels are stated: ``district`` and ``city`` in CNY,
        ``ratio_pct``, the district's in percent of the city's, and ``source``, the ids of the four texts.
    """
    known = {"gdp", "permanent_population"} <= set(scope.dataset.indicators.index)
    sides, texts = [], []
    for region in (scope.region, scope.comparator) if known else ():
        output, people = (scope.outturns("level", indicator=i, region=region) for i in ("gdp", "permanent_population"))
        sides.append((stated(output) / stated(people) * 1e4).dropna())  # 亿元 over 万人
        texts += [output["source_id"], people["source_id"]]
    table = pd.concat(
        sides or [pd.Series(dtype=float)] * 2, axis=1, keys=["district", "city"], join="inner"
    ).rename_axis("year")
    cited = [", ".join(dict.fromkeys(str(text[year]) for text in texts)) for year in table.index]
    return table.assign(ratio_pct=100 * table["district"] / table["city"], source=cited)


def rows_of_levels(scope: Scope, shares: pd.DataFrame) -> pd.DataFrame:
    """The levels of both sides behind :func:`shares_of`, with their ``indicator``, for note and source."""
    frames = [scope.outturns("level").iloc[:0].assign(indicator="")]
    for id_, part in shares.groupby("indicator", sort=False):
        pair = _pair(scope, str(id_), scope.region, "level")
        frames += [frame[frame.index.isin(part["year"])].assign(indicator=id_) for frame in pair]
    return pd.concat(frames)


def _inside(scope: Scope) -> bool:
    return str(scope.dataset.regions.at[scope.region, "part_of"]) == scope.comparator


def rows_of_shares(scope: Scope, share: pd.Series | None) -> pd.DataFrame:
    """The levels of both sides behind the shares, for the sources."""
    frames = _pair(scope, scope.indicator, scope.region, "level")
    years = [] if share is None else list(share.index)
    return pd.concat([frame[frame.index.isin(years)] for frame in frames])


def blanks(district: pd.DataFrame, city: pd.DataFrame, years: Sequence[int]) -> dict[int, str]:
    """Why a year has no gap.

    Args:
        district: outturns of growth, as of ``Scope.pair``.
        city: the same of the other side.
        years: all years of the window.

    Returns:
        Year → ``neither``, ``district``, ``city`` (has no figure), ``unstated`` (a bound or a wording), ``vintage`` or ``basis``
        (the two sides are not alike); years with a gap are left out.
    """
    unlike = {year: why for why, found in unlike_years(district, city).items() for year in found}
    known = [{year for year, known in zip(f.index, states(f), strict=True) if known} for f in (district, city)]
    both = known[0] & known[1]
    found = {}
    for year in years:
        here, there = year in district.index, year in city.index
        if year in unlike:
            found[year] = unlike[year]
        elif year not in both:
            found[year] = "unstated" if here and there else "city" if here else "district" if there else "neither"
    return found


def unlike_words(district: pd.DataFrame, city: pd.DataFrame) -> list[Text]:
    """The sentences on the years that both sides state and that do not compare."""
    found = unlike_years(district, city)
    return [UNLIKE[why].format(years=year_list(years)) for why, years in found.items() if years]


def by_year(scope: Scope, yearly: pd.DataFrame, district: pd.DataFrame, city: pd.DataFrame) -> pd.DataFrame:
    """Both sides, the gap and the reason for a blank, one row for every year of the window.

    Returns:
        ``district_pct, city_pct`` (as printed, also where they do not compare), ``gap_pp, within_rounding, blank``.
    """
    table = pd.DataFrame(index=pd.Index(scope.years, name="year"))
    table["district_pct"], table["city_pct"] = stated(district), stated(city)
    table["gap_pp"] = yearly["gap_pp"].astype(float)
    marks = yearly["within_rounding"]
    table["within_rounding"] = [bool(marks.get(year, False)) for year in table.index]
    why = blanks(district, city, scope.years)
    return table.assign(blank=[why.get(year, "") for year in table.index])


def regions_inside(scope: Scope) -> list[str]:
    """The region, and all others that the comparator contains and of which growth of the indicator is on record."""
    data = scope.dataset
    inside = data.regions.index[data.regions["part_of"] == scope.comparator]
    grown = [r for r in inside if r != scope.region and len(data.series(r, scope.indicator, "growth", "outturn"))]
    return [scope.region, *grown]


def gaps_of(scope: Scope, regions: Sequence[str], indicators: Sequence[str] = ()) -> pd.DataFrame:
    """The gaps of several regions to the comparator, on several indicators, in every year of the window.

    Args:
        scope: the question, with its comparator.
        regions: ids.
        indicators: ids; by default the scope's.

    Returns:
        One row per region, indicator and year: ``region, indicator, year, gap_pp, within_rounding, about, blank``, the last
        being the reason for a missing gap as of :func:`blanks`.
    """
    rows = []
    for indicator in list(indicators) or [scope.indicator]:
        for region in regions:
            frames = [window(f, scope.start_year, scope.end_year) for f in _pair(scope, indicator, region)]
            yearly = gap.yearly(*comparable_pairs(*frames), allowance=allowance(*frames))
            why = blanks(frames[0], frames[1], scope.years)
            for year in scope.years:
                known = year in yearly.index and year not in why
                about = known and any(frame.at[year, "qualifier"] == "about" for frame in frames)
                rows.append(
                    {
                        "region": region,
                        "indicator": indicator,
                        "year": year,
                        "gap_pp": yearly.at[year, "gap_pp"] if known else float("nan"),
                        "within_rounding": bool(known and yearly.at[year, "within_rounding"]),
                        "about": bool(about),
                        "blank": why.get(year, ""),
                    }
                )
    return pd.DataFrame(rows)


def rows_of_gaps(scope: Scope, gaps: pd.DataFrame) -> pd.DataFrame:
    """The outturns behind the gaps there are, for the sources."""
    frames = []
    for (indicator, region), part in gaps.dropna(subset="gap_pp").groupby(["indicator", "region"], sort=False):
        frames += [f[f.index.isin(part["year"])] for f in _pair(scope, str(indicator), str(region))]
    return pd.concat(frames) if frames else scope.outturns().iloc[:0]


@dataclass(frozen=True, eq=False)
class SectorYear:
    """The growth of one region in one year by sector.

    Args:
        parts: the contributions, with their residual.
        weights: ``printed``, shares of the levels printed for the year before; or ``implied``, shares of the levels of the year,
            each divided by its real growth: the year before at the prices of the year.
        unlike: whether growth of the whole is an estimate and that of the sectors was measured, or the reverse.
        rows: the observations used.
    """

    parts: Contributions
    weights: str
    unlike: bool
    rows: pd.DataFrame


def sectors_of(scope: Scope, region: str = "") -> dict[int, SectorYear]:
    """Growth of GDP by sector, in every year of the window in which at least two sectors print growth and a weight is known.

    Args:
        scope: the question; its indicator does not matter.
        region: another region than the scope's.
    """
    record = _Sectors.of(scope, region or scope.region)
    found = {year: record.year(year) for year in scope.years}
    return {year: study for year, study in found.items() if study is not None}


class MeasuredYear(NamedTuple):
    """Growth of a region's GDP put together from sectors that were measured, where GDP itself was only estimated.

    Args:
        year: the year.
        sum_pct: sum of the contributions of the sectors, percent; computed, printed by no source.
        estimate_pct: the estimate that is printed.
        measured_in: when the sectors were printed.
        estimated_in: when the estimate was printed.
        city_pct: measured growth of the comparator; NaN where none is on record.
    """

    year: int
    sum_pct: float
    estimate_pct: float
    measured_in: str
    estimated_in: str
    city_pct: float

    @property
    def gap_pp(self) -> float:
        """The gap on measured figures, in pp; computed."""
        return self.sum_pct - self.city_pct


def measured_of(scope: Scope, own: dict[int, SectorYear]) -> list[MeasuredYear]:
    """The years in which the sectors of the region are the better measurement of its GDP than the estimate of the whole."""
    city = stated_rows(scope.outturns("growth", indicator=WHOLE, region=scope.comparator, vintage="latest"))
    found = []
    for year, study in own.items():
        rows = study.rows
        whole = rows[rows["vintage"] == ESTIMATE]
        if not study.unlike or len(whole) != 1:
            continue
        measured = year in city.index and city.at[year, "vintage"] != ESTIMATE
        found.append(
            MeasuredYear(
                year,
                float(study.parts.table["contribution_pp"].sum()),
                study.parts.total_pct,
                str(rows[rows["vintage"] != ESTIMATE]["published_on"].iloc[0]),
                str(whole["published_on"].iloc[0]),
                float(city.at[year, "value"]) if measured else float("nan"),
            )
        )
    return found


def attributed(district: dict[int, SectorYear], city: dict[int, SectorYear]) -> dict[int, ShiftShare | None]:
    """The gap by sector in the years in which both sides have the same sectors in the same kind of vintage.

    Returns:
        Year → structure and growth within sectors, or None where a residual forbids it.
    """
    found = {}
    for year in sorted(district.keys() & city.keys()):
        a, b = district[year], city[year]
        alike = set(a.parts.table.index) == set(b.parts.table.index) and not (a.unlike or b.unlike)
        if alike and _kind_of(a.rows) == _kind_of(b.rows):
            found[year] = attribution.shift_share(a.parts, b.parts)
    return found


@dataclass(frozen=True)
class _Sectors:
    """All readings of a region's sectors and of the whole, each series read once."""

    readings: dict[tuple[str, str], list[pd.DataFrame]]  # indicator, measure → stated rows, the vintage asked for first
    cuts: dict[str, list[int]]  # indicator → first years on a new basis

    @classmethod
    def of(cls, scope: Scope, region: str) -> _Sectors:
        ids = [id_ for id_ in (*SECTORS, WHOLE) if id_ in scope.dataset.indicators.index]
        order = list(dict.fromkeys([scope.vintage, "latest", "first"]))
        asked: dict[str, Any] = {"as_of": scope.as_of, "dataset": scope.dataset}
        readings = {
            (id_, measure): [stated_rows(series.outturns(id_, region, measure, vintage=v, **asked)) for v in order]
            for id_ in ids
            for measure in series.MEASURES
        }
        return cls(readings, {id_: breaks(id_, region, **asked)["first_year"].tolist() for id_ in ids})

    def row(self, indicator: str, measure: str, year: int, kind: bool | None = None) -> pd.DataFrame | None:
        """The figure of one year, in the kind of vintage asked for where there is one; None where no text states it."""
        known = [part for f in self.readings.get((indicator, measure), []) if len(part := f[f.index == year])]
        return next(iter([part for part in known if _kind_of(part) == kind] or known), None)

    def year(self, year: int) -> SectorYear | None:
        rows = {id_: row for id_ in SECTORS if (row := self.row(id_, "growth", year)) is not None}
        if len(rows) < 2:
            return None
        kind = _kind_of(pd.concat(rows.values()))
        whole = self.row(WHOLE, "growth", year, kind)
        if whole is None:
            return None
        growth = {id_: _value(row) for id_, row in {**rows, WHOLE: whole}.items()}
        how, levels = "printed", self.levels(list(growth), year - 1, kind, alike=True)
        base = {id_: _value(row) for id_, row in levels.items()}
        if not base or any(year in self.cuts[id_] for id_ in growth):  # levels are never joined over a break
            how, levels = "implied", self.levels(list(growth), year, kind, alike=False)
            base = {id_: _value(row) / (1 + growth[id_] / 100) for id_, row in levels.items()}
        if not base:
            return None
        weights = {id_: 100 * base[id_] / base[WHOLE] for id_ in rows}
        parts = attribution.contributions(weights, {id_: growth[id_] for id_ in rows}, growth[WHOLE])
        used = pd.concat([*rows.values(), whole, *levels.values()])
        return SectorYear(parts, how, _kind_of(whole) != kind, used)

    def levels(self, ids: Sequence[str], year: int, kind: bool, *, alike: bool) -> dict[str, pd.DataFrame]:
        """The levels of all ids in one year; nothing if one is missing, or of another kind of vintage where that matters."""
        rows = {id_: row for id_ in ids if (row := self.row(id_, "level", year, kind)) is not None}
        whole = len(rows) == len(ids) and not (alike and any(_kind_of(row) != kind for row in rows.values()))
        return rows if whole else {}


def _value(row: pd.DataFrame) -> float:
    return float(row["value"].iloc[0])


def _kind_of(rows: pd.DataFrame) -> bool:
    """Whether the rows are estimates; of mixed ones, whether any is."""
    return bool(rows["vintage"].eq(ESTIMATE).any())


def _pair(scope: Scope, indicator: str, region: str, measure: str = "growth") -> tuple[pd.DataFrame, pd.DataFrame]:
    return series.pair(
        indicator,
        (region, scope.comparator),
        measure,
        vintage=scope.vintage,
        as_of=scope.as_of,
        dataset=scope.dataset,
    )


def _breaks(scope: Scope, indicator: str, region: str) -> pd.DataFrame:
    return breaks(indicator, region, as_of=scope.as_of, dataset=scope.dataset)


def _growth_cuts(scope: Scope, indicator: str, region: str) -> list[int]:
    frame = series.outturns(
        indicator, region, "growth", vintage=scope.vintage, as_of=scope.as_of, dataset=scope.dataset
    )
    return [int(year) for year in cuts(_breaks(scope, indicator, region), frame, "growth")["year"]]
