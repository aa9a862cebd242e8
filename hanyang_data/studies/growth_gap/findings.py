"""What was found on the chained gap and on sectors, in the few words of a title: computed, right for any parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from hanyang_data.statistics.attribution import LIMIT_PP, ShiftShare
from hanyang_data.statistics.gap import GapResult
from hanyang_data.statistics.small_sample import Range
from hanyang_data.studies.growth_gap.sectors import MeasuredYear, SectorYear
from hanyang_data.studies.scope import Scope
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import NO_WORDS, Text, number, within

SAYS = messages(__name__)


WIDE_PP = 1.0  # a band wider than this is said as a range


def chained(scope: Scope, result: GapResult) -> Text:
    """What the last unbroken run of years adds up to."""
    band, value = result.rounding_band_pp, float(result.cumulative_pct.iloc[-1])
    inside = band is not None and band.low <= 0 <= band.high
    said = SAYS["moved", "alike" if inside else "gained" if value > 0 else "lost"]
    names = {"indicator": within(scope.indicator_name), "a": scope.region_name, "b": scope.comparator_name}
    n = NO_WORDS if inside else about_range(value, band)
    return said.format(**names, n=n, start=result.chain.index[0], end=result.chain.index[-1])


def share(scope: Scope, shares: pd.DataFrame) -> Text:
    """The region's share of the comparator on the scope's indicator, then and now; else on how many indicators it fell."""
    names = {"a": scope.region_name, "b": scope.comparator_name, "indicator": within(scope.indicator_name)}
    if shares.empty:
        return SAYS.no_share.format(**names)
    ours = shares[shares["indicator"] == scope.indicator].sort_values("year")
    if len(ours):
        (y, v), (y2, v2) = ((int(r.year), number(r.share_pct, 2)) for r in (ours.iloc[0], ours.iloc[-1]))
        rise = ours["share_pct"].iloc[-1] - ours["share_pct"].iloc[0]
        way = "one" if len(ours) == 1 else "same" if v == v2 else "up" if rise > 0 else "down"
        return SAYS["share_moved", way].format(**names, y=y, v=v, y2=y2, v2=v2)
    ends = shares.sort_values("year").groupby("indicator")["share_pct"].agg(["first", "last", "size"])
    moved = ends[ends["size"] > 1]
    if moved.empty:
        return SAYS.shares.format(**names)
    k, n = int((moved["last"] < moved["first"]).sum()), len(moved)
    kind = ("one_fell" if k else "one_not") if n == 1 else "none" if not k else "all" if k == n else "some"
    return SAYS["share_fell", kind].format(**names, k=k, n=n)


def about_range(value: float, band: Range | None) -> Text:
    """A change in percent, as a range where the wording of the rates leaves it open by more than a point: about 1 to 3%."""
    if band is None or band.high - band.low <= WIDE_PP:
        return Text(*[number(abs(value), 1) + "%"] * 2)
    low, high = (number(end, 0) for end in sorted(map(abs, band)))
    return SAYS.about_to.format(low=low, high=high)


def unchained(scope: Scope) -> Text:
    """Why no chain is drawn."""
    names = {"a": scope.region_name, "b": scope.comparator_name, "indicator": within(scope.indicator_name)}
    return SAYS.unchained.format(**names)


def sectors(scope: Scope, year: int, study: SectorYear, between: ShiftShare | None) -> Text:
    """What the gap is made of, or, where it is not taken apart, which sector makes most of the region's own growth."""
    if between is not None:
        parts = {"structure": _signed(between.structure_pp), "inside": _signed(between.within_pp)}
        side = SAYS["between", "ahead" if between.gap_pp >= 0 else "behind"]
        gap = number(abs(between.gap_pp), 1)
        return side.format(**parts, gap=gap, a=scope.region_name, b=scope.comparator_name, year=year)
    table = study.parts.table
    most = str(table["contribution_pp"].abs().idxmax())
    part = float(table.at[most, "contribution_pp"])
    total, names = number(study.parts.total_pct, 1), {"region": scope.region_name, "sector": scope.name_of(most)}
    return SAYS["own", "up" if part >= 0 else "down"].format(**names, year=year, part=number(abs(part), 1), total=total)


def measured(scope: Scope, found: Sequence[MeasuredYear]) -> list[Text]:
    """Which measurement of growth is the better one, and the gap on it, computed, beside the one on estimates."""
    parts = []
    for of in found:
        names = {"a": scope.region_name, "b": scope.comparator_name, "year": of.year, "estimated": of.estimated_in}
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


def _signed(value: float) -> str:
    return number(value, 1, sign=True)
