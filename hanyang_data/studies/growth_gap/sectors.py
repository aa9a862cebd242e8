"""Growth of a region by sector, weighed by the year before, and the gap of two regions taken apart."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

import pandas as pd

from hanyang_data.record import series
from hanyang_data.record.frames import stated_rows
from hanyang_data.record.series import ESTIMATE, breaks
from hanyang_data.statistics import attribution
from hanyang_data.statistics.attribution import Contributions, ShiftShare
from hanyang_data.studies.scope import Scope

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


def sectors_of(scope: Scope, region: str = "", implied: Collection[int] = ()) -> dict[int, SectorYear]:
    """Growth of GDP by sector, in every year of the window in which at least two sectors print growth and a weight is known.

    Weights in the years of ``implied`` are implied, also where they are printed.
    """
    record = _Sectors(scope, region or scope.region)
    return {year: study for year in scope.years if (study := record.year(year, implied=year in implied)) is not None}


def of_both(scope: Scope) -> dict[str, Years]:
    """The same of the region and the comparator: where one has implied weights alone, the other has such weights too."""
    found = {side: sectors_of(scope, side) for side in scope.sides}
    one, other = found.values()
    unlike = [year for year in one.keys() & other.keys() if one[year].weights != other[year].weights]
    return {side: years | (sectors_of(scope, side, unlike) if unlike else {}) for side, years in found.items()}


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
    """The gap by sector in the years in which both sides have the same sectors in the same kind of vintage and of weights.

    Year → structure and growth within sectors, or None where a residual forbids it.
    """
    common = ((year, district[year], city[year]) for year in sorted(district.keys() & city.keys()))
    return {
        year: attribution.shift_share(a.parts, b.parts)
        for year, a, b in common
        if set(a.parts.table.index) == set(b.parts.table.index)
        and a.weights == b.weights
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

    def year(self, year: int, *, implied: bool = False) -> SectorYear | None:
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
        if implied or not alike or any(year in self.cuts[id_] for id_ in growth):  # levels are never joined over a break
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
