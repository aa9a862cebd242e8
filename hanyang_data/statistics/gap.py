"""Growth gap of a district to its city: year by year, chained, against the rest of the city, and on average.

The two share every shock and the city contains the district, so the yearly gaps are what is analysed, not two samples.
Both series must be of the same definition, basis and kind of vintage; that is the caller's to see to. With the district's
nominal share ``s`` of the year before, ``g_C = s*g_D + (1 - s)*g_rest``. Source: METHODS 1.2 G3.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from types import MappingProxyType

import numpy as np
import pandas as pd

from hanyang_data.errors import ParameterError, shown
from hanyang_data.record.contract import HALF_DIGIT
from hanyang_data.statistics import small_sample as ss
from hanyang_data.statistics.interval import Interval
from hanyang_data.statistics.small_sample import Annual, Estimate, Range, Test

ROUNDING_PP = ss.exact(2 * HALF_DIGIT)  # two rates printed to 0.1 can differ by this much on rounding alone
MARGIN_PP = 0.5  # a mean gap of this size would matter; a judgement, so it is printed wherever it is used
SMALLEST_SHARE = 5.0  # % of the city: below it, leaving the district out changes nothing that is printed
LEAST_GROWTH = 1.0  # % of growth of the city: below it a share of it explodes or turns its sign


@dataclass(frozen=True, eq=False)
class GapResult:
    """The gap, positive where the district grew faster; what the number of years does not carry is None."""

    n: int  # years with growth on both sides
    # indexed by year, every year of either side: ``district_pct, city_pct, gap_pp, within_rounding`` (a gap no larger than the
    # wording of the two rates allows, 0.1 pp for two points; False where there is none)
    yearly: pd.DataFrame
    bounds: dict[int, Interval]  # the gap of years in which a side is a bound: one-sided
    allowance: dict[int, float]  # pp by which the gap of each year may be off
    # 100*(RI - 1), RI the district's growth index over the city's, for each year of the last unbroken run of common years
    cumulative_pct: pd.Series[float]
    rounding_band_pp: Range | None  # lowest and highest value of the last of these if every gap is off by its allowance at worst
    # 100*RI from the base year (100, the year before the run) on, with the ``low`` and ``high`` that the wording of the rates
    # allows; empty without a run
    chain: pd.DataFrame
    # indexed by year: ``share_pct`` (of the year before), ``rest_pct`` (growth of the city without the district,
    # ``(g_C - s*g_D)/(1 - s)``), ``gap_pp`` (district minus rest); None without a share of 5% or more
    rest_of_city: pd.DataFrame | None
    # indexed by year: ``share_pct``, ``contribution_pp`` (share times growth of the district), ``of_growth_pct`` (of city growth;
    # NaN unless that is 1% or more and the district grew too); None without a share
    contribution: pd.DataFrame | None
    mean: Estimate | None  # mean yearly gap in pp, from five years on
    margin: float  # a mean gap smaller than this, in pp, would not matter
    may_matter: bool | None  # whether the interval of the mean holds a gap of the margin or more; None without a mean
    test: Test | None  # exact sign-flip test of a zero mean, from six years on
    leave_one_out: Range | None  # lowest and highest mean when any one year is left out, from five years on

    @property
    def mean_within_rounding(self) -> bool:
        """Whether the mean gap is no larger than the wording of the rates allows."""
        off = math.fsum(self.allowance.values()) / self.n if self.n else 0.0
        return self.mean is not None and abs(ss.exact(self.mean.value)) <= ss.exact(off)


def analyse(
    district: Annual, city: Annual, *, share: Annual | None = None, margin: float = MARGIN_PP,
    allowance: Mapping[int, float] = MappingProxyType({}), bounds: Mapping[int, Interval] = MappingProxyType({}),
) -> GapResult:  # fmt: skip
    """Set the growth of a district against that of the city that contains it.

    Args:
        district: growth in percent, indexed by year; NaN is missing.
        city: the same for the city.
        share: the district's share of the city in percent, nominal; that of 2019 is the weight of growth in 2020.
        margin: a mean gap smaller than this, in pp, would not matter; it is to be stated before the data are looked at.
        allowance: pp by which the gap of a year may be off, both rates taken together; 0.1 where none is given, as for two
            rates rounded to 0.1. A rate printed as "about" allows more.
        bounds: the gaps of years in which a side was printed as a bound.

    Raises:
        ParameterError: for years that are not whole or stand twice, growth of -100% or less, a share outside 0 to 100, a
            margin of 0 or less.

    Example:
        >>> found = analyse({2020: -8.0, 2021: 9.0}, {2020: -4.7, 2021: 12.2})
        >>> found.yearly["gap_pp"].round(1).to_dict()
        {2020: -3.3, 2021: -3.2}
    """
    check_margin(margin)
    table = yearly(district, city, allowance=allowance)
    gaps = {int(year): float(gap) for year, gap in table["gap_pp"].dropna().items()}
    off = {year: allowance.get(year, float(ROUNDING_PP)) for year in gaps}
    run = [year for year in gaps if all(later in gaps for later in range(year, max(gaps)))]  # the last years in a row
    chained, values = _chained(table, run, off), list(gaps.values())
    mean = ss.mean_interval(values)
    rest, contribution = _within_city(table, gaps, {} if share is None else ss.usable(ss.by_year(share, "share")))
    return GapResult(
        n=len(gaps),
        yearly=table,
        bounds={year: gap for year, gap in sorted(bounds.items()) if year not in gaps and gap.bounded},
        allowance=off,
        cumulative_pct=chained["relative_index"].iloc[1:].rename("cumulative_pct"),
        rounding_band_pp=Range(*chained[["low", "high"]].iloc[-1].tolist()) if run else None,
        chain=100 + chained,
        rest_of_city=rest,
        contribution=contribution,
        mean=mean,
        margin=margin,
        may_matter=max(-mean.low, mean.high) >= margin if mean else None,
        test=ss.sign_flip(values),
        leave_one_out=ss.leave_one_out(values),
    )


def check_margin(margin: float) -> float:
    """The size in percentage points below which a mean gap would not matter; a ParameterError unless it is above zero."""
    if not (ss.finite(margin) and margin > 0):
        raise ParameterError(f"margin_pp is {shown(margin)}: a size that would matter is more than 0, such as {MARGIN_PP}")
    return margin


def yearly(district: Annual, city: Annual, *, allowance: Mapping[int, float] = MappingProxyType({})) -> pd.DataFrame:
    """The gaps alone: ``GapResult.yearly`` of the same arguments, with the errors of :func:`analyse`."""
    sides = {name: ss.by_year(side, name) for name, side in (("growth of the district", district), ("growth of the city", city))}
    for name, side in sides.items():
        if fallen := [year for year, rate in side.items() if rate <= -100]:
            raise ParameterError(f"{name} of {side[fallen[0]]}% in {fallen[0]}: -100% or less leaves nothing to chain")
    a, b = map(ss.usable, sides.values())
    gaps = {year: float(ss.exact(a[year]) - ss.exact(b[year])) for year in a if year in b}
    years, columns = sorted({*chain(*sides.values())}), {"district_pct": a, "city_pct": b, "gap_pp": gaps}
    table = {name: np.array([side.get(y, math.nan) for y in years], dtype=float) for name, side in columns.items()}
    near = [y in gaps and abs(ss.exact(gaps[y])) <= ss.exact(allowance.get(y, float(ROUNDING_PP))) for y in years]
    marked = table | {"within_rounding": np.array(near, dtype=bool)}
    return pd.DataFrame(marked, index=pd.Index(years, name="year", dtype="int64"))


def _chained(table: pd.DataFrame, run: Sequence[int], off: Mapping[int, float]) -> pd.DataFrame:
    """100*(RI - 1) in each year of a run and in the year before it, which is the base.

    ``low`` and ``high``: each district rate moved by half its allowance and the city's against it.
    """
    years = [run[0] - 1, *run] if run else []
    a, b = (table[side].loc[run].to_numpy() for side in ("district_pct", "city_pct"))
    half = np.array([off[y] for y in run]) / 2
    moved = {"relative_index": 0 * half, "low": -half, "high": half}
    steps = {name: (1 + (a + by) / 100) / (1 + (b - by) / 100) for name, by in moved.items()}
    columns = {name: 100 * (np.cumprod([1.0, *found][: len(years)]) - 1) for name, found in steps.items()}
    return pd.DataFrame(columns, index=pd.Index(years, name="year", dtype="int64"), dtype=float)


def _within_city(
    table: pd.DataFrame, gaps: Mapping[int, float], share: Mapping[int, float]
) -> tuple[pd.DataFrame | None, pd.DataFrame | None]:
    """Growth of the rest of the city, and what the district adds to that of the whole, with its share (%) of the year before."""
    for year, value in share.items():
        if not 0 < value < 100:
            raise ParameterError(f"share of {value}% in {year}: a district is more than 0 and less than 100% of its city")
    rest, adds = {}, {}
    for year in [year for year in gaps if year - 1 in share]:
        pct, district, city = share[year - 1], float(table.at[year, "district_pct"]), float(table.at[year, "city_pct"])
        s, added = pct / 100, pct / 100 * district
        if pct >= SMALLEST_SHARE:
            rest[year] = (pct, (city - s * district) / (1 - s), gaps[year] / (1 - s))
        adds[year] = (pct, added, 100 * added / city if city >= LEAST_GROWTH and district > 0 else math.nan)
    tables = (rest, ["share_pct", "rest_pct", "gap_pp"]), (adds, ["share_pct", "contribution_pp", "of_growth_pct"])
    first, second = (pd.DataFrame.from_dict(found, "index", columns=names).rename_axis("year") for found, names in tables)
    return (first if rest else None), (second if adds else None)
