"""Growth of GDP taken apart by sector: of a region, of its city, and the gap between them."""

from collections.abc import Sequence
from dataclasses import dataclass
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
        added = float(study.parts.table["contribution_pp"].sum())
        then, first = (str(of["published_on"].iloc[0]) for of in (rows[rows["vintage"] != ESTIMATE], whole))
        city_pct = float(city.at[year, "value"]) if measured else float("nan")
        found.append(MeasuredYear(year, added, study.parts.total_pct, then, first, city_pct))
    return found


def attributed(district: dict[int, SectorYear], city: dict[int, SectorYear]) -> dict[int, ShiftShare | None]:
    """The gap by sector in the years in which both sides have the same sectors in the same kind of vintage.

    Year → structure and growth within sectors, or None where a residual forbids it.
    """
    found = {}
    for year in sorted(district.keys() & city.keys()):
        a, b = district[year], city[year]
        alike = set(a.parts.table.index) == set(b.parts.table.index) and not (a.unlike or b.unlike)
        if alike and _kind_of(a.rows) == _kind_of(b.rows):
            found[year] = attribution.shift_share(a.parts, b.parts)
    return found


class _Sectors:
    """All readings of a region's sectors and of the whole, each series read once."""

    def __init__(self, scope: Scope, region: str) -> None:
        ids = [id_ for id_ in (*SECTORS, WHOLE) if id_ in scope.dataset.indicators.index]
        order = list(dict.fromkeys([scope.vintage, "latest", "first"]))
        self.readings = {  # indicator, measure → stated rows, the vintage asked for first
            (id_, measure): [stated_rows(series.outturns(id_, region, measure, vintage=v, **scope.known)) for v in order]
            for id_ in ids
            for measure in series.MEASURES
        }
        self.cuts = {id_: breaks(id_, region, **scope.known)["first_year"].tolist() for id_ in ids}  # first years on a new basis

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
        if not levels or any(year in self.cuts[id_] for id_ in growth):  # levels are never joined over a break
            how, levels = "implied", self.levels(list(growth), year, kind, alike=False)
        if not levels:
            return None
        base = {id_: _value(row) / (1 + growth[id_] / 100 * (how == "implied")) for id_, row in levels.items()}
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
