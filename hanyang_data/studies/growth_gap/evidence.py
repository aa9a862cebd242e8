"""Which years of two series compare and their gaps, stretch by stretch and of many regions; shares, and reasons for blanks."""

import math
from collections.abc import Mapping, Sequence
from itertools import pairwise, product
from typing import Any

import pandas as pd

from hanyang_data.record.contract import HALF_DIGIT
from hanyang_data.record.frames import stated
from hanyang_data.record.identities import ADDITIVE
from hanyang_data.record.series import ESTIMATE, outturns
from hanyang_data.statistics import gap, interval
from hanyang_data.statistics.gap import GapResult
from hanyang_data.statistics.interval import Interval
from hanyang_data.studies.marks import ABOUT_PP
from hanyang_data.studies.scope import Pair, Scope, shared, span
from hanyang_data.words.wording import SECONDARY, Text, messages, year_list

SAYS = messages(__name__)
Segments = Mapping[str, GapResult]  # the years of a stretch between breaks, such as 2019–2024 → its gaps
GAPS = ["year", "district_pct", "city_pct", "gap_pp", "within_rounding", "about", "blank"]
SIDES = ("district", "city")
LACKING = {(True, True): "unstated", (True, False): "city", (False, True): "district", (False, False): "neither"}
UNLIKE = ("basis", "vintage")  # in what two figures of one year may not be alike


def comparable_pairs(district: pd.DataFrame, city: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """The stated values of both sides, less the years that do not compare."""
    apart = unlike(district, city)
    left, right = (values[[year not in apart for year in values.index]] for values in map(stated, (district, city)))
    return left, right


def unlike(district: pd.DataFrame, city: pd.DataFrame) -> set[int]:
    """All the years that :func:`unlike_years` names."""
    return {year for years in unlike_years(district, city).values() for year in years}


def unlike_years(district: pd.DataFrame, city: pd.DataFrame) -> dict[str, list[int]]:
    """The years in which both sides state a figure and the two do not compare.

    ``basis``: one side alone is comparable, or crosses a break; ``vintage``: one side is an estimate, the other was measured.
    """
    here, there = _nature(district), _nature(city)
    return {name: [year for year in here if year in there and here[year][name] != there[year][name]] for name in UNLIKE}


def allowance(*frames: pd.DataFrame) -> dict[int, float]:
    """By how many pp the difference of some rates may be off in each year: half a digit each, 0.5 for an "about"."""
    off: dict[int, float] = {}
    for frame in frames:
        for year, word in zip(frame.index.tolist(), frame["qualifier"].tolist(), strict=True):
            off[year] = off.get(year, 0.0) + (ABOUT_PP if word == "about" else HALF_DIGIT)
    return off


def gap_bounds(district: pd.DataFrame, city: pd.DataFrame) -> dict[int, Interval]:
    """The gaps of the years in which a side is a bound and the two are of the same basis and kind of vintage."""
    sides = [zip(frame.index.tolist(), frame["qualifier"], frame["value"], strict=True) for frame in (district, city)]
    here, there = ({year: interval.printed(word, value) for year, word, value in side} for side in sides)
    common = (here.keys() & there.keys()) - unlike(district, city)
    gaps = {year: here[year].minus(there[year]) for year in sorted(common)}
    return {year: found for year, found in gaps.items() if found.bounded and not found.stated}


def _nature(frame: pd.DataFrame) -> dict[int, dict[str, str | bool]]:
    """Of each year with a number, a bound included, whether it is comparable, else the first after a break, and an estimate."""
    parted = frame.attrs["breaks"] if frame.attrs["measure"] == "growth" else ()
    columns = (frame.index.tolist(), frame["value"].tolist(), frame["flag"].tolist(), frame["vintage"].tolist())
    return {
        int(year): {"basis": "comparable" if "comparable" in flag else year in parted, "vintage": vintage == ESTIMATE}
        for year, value, flag, vintage in zip(*columns, strict=True)
        if value == value  # NaN is not itself
    }


@shared
def gap_by_segment(
    scope: Scope, indicator: str = "", *, share: pd.Series | None = None, margin: float = gap.MARGIN_PP
) -> dict[str, GapResult]:
    """The growth gap of the region against the comparator, for each stretch between the breaks of either side.

    "2020–2023" → result, for each stretch in which either side states a number; the gap of a year is a fact of that
    year alone, while chains and means end at a break.
    """
    frames = scope.pair()
    sides, off, one_sided = comparable_pairs(*frames), allowance(*frames), gap_bounds(*frames)
    cuts = sorted({year for region in scope.sides for year in scope.breaks(region=region)})
    edges = [scope.start_year, *cuts, scope.end_year + 1]
    results = {}
    for start, end in pairwise(edges):
        parts = [side[(side.index >= start) & (side.index < end)] for side in sides]
        bounds = {year: of for year, of in one_sided.items() if start <= year < end}
        if len(years := parts[0].index.union(parts[1].index).union(list(bounds))):
            here = None if share is None else share[(share.index >= start - 1) & (share.index < end - 1)]
            found = gap.analyse(*parts, share=here, margin=margin, allowance=off, bounds=bounds)
            results[span(pd.Series(0, index=years))] = found
    return results


def runs_of(results: Segments) -> list[GapResult]:
    """The stretches with a run of two comparable years or more: of one year there is a gap and no chain."""
    return [result for result in results.values() if len(result.cumulative_pct) > 1]


def chains(results: Segments) -> pd.DataFrame:
    """Their chains one below the other: ``relative_index, low, high`` and ``base_year``, in which the index is 100."""
    found = [result.chain.assign(base_year=int(result.chain.index[0])) for result in runs_of(results)]
    columns = ["relative_index", "low", "high", "base_year"]
    return pd.concat(found) if found else pd.DataFrame(columns=columns, index=pd.Index([], name="year"), dtype=float)


def about_years(*frames: pd.DataFrame) -> list[int]:
    """The years that any of the frames prints as "about"."""
    return [int(year) for frame in frames for year in frame.index[frame["qualifier"] == "about"]]


def flags_of(scope: Scope, indicator: str = "") -> pd.Series:
    """Of each year the flags of both sides; of a number that the side's own series takes from a better page the flag of that."""
    flags = []
    for frame in scope.pair(indicator=indicator):
        own = scope.outturns(indicator=indicator, region=frame.attrs["region"]).reindex(frame.index)
        flags.append(own["flag"].where(own["value"].eq(frame["value"]), frame["flag"]))
    return pd.concat(flags).groupby(level=0).agg(" ".join)


@shared
def gaps_between(scope: Scope, indicator: str = "", *, region: str) -> list[tuple[Any, ...]]:
    """Of each year of the window what :data:`GAPS` names, of one region and one indicator.

    Both sides as printed, also where they do not compare; ``about``: whether one is printed so; ``blank``: the reason for a
    missing gap as of :func:`blanks`.
    """
    frames, found = scope.pair(region=region), []
    yearly, why = gap.yearly(*comparable_pairs(*frames), allowance=allowance(*frames)), blanks(*frames, scope.years)
    here, there = (stated(frame).to_dict() for frame in frames)
    for year in scope.years:
        cells: tuple[float, bool | None, bool] = (math.nan, None, False)
        if year not in why:
            about = any(frame.at[year, "qualifier"] == "about" for frame in frames)
            cells = (yearly.at[year, "gap_pp"], bool(yearly.at[year, "within_rounding"]), about)
        found.append((year, here.get(year, math.nan), there.get(year, math.nan), *cells, why.get(year, "")))
    return found


def by_year(scope: Scope) -> pd.DataFrame:
    """Both sides of the scope's own indicator, the gap and the reason for a blank, one row for every year of the window."""
    table = _gaps(scope, [scope.region], [scope.indicator]).set_index("year").drop(columns=["region", "indicator", "about"])
    sides = zip(SIDES, scope.pair(), strict=True)
    return table.assign(**{f"{side}_vintage": of["vintage"].reindex(table.index, fill_value="") for side, of in sides})


def gaps_of(scope: Scope, regions: Sequence[str], indicators: Sequence[str]) -> pd.DataFrame:
    """The gaps of several regions to the comparator, on several indicators, in every year: a row each."""
    return _gaps(scope, regions, indicators).drop(columns=["district_pct", "city_pct"])


def _gaps(scope: Scope, regions: Sequence[str], indicators: Sequence[str]) -> pd.DataFrame:
    asked = product(indicators, regions)
    rows = [(region, id_, *cells) for id_, region in asked for cells in gaps_between(scope, id_, region=region)]
    return pd.DataFrame(rows, columns=["region", "indicator", *GAPS]).astype({"within_rounding": "boolean"})


def gaps_in_year(scope: Scope, indicators: Sequence[str], year: int) -> pd.DataFrame:
    """Both sides and the gap in one year, one row per indicator; NaN where they do not compare.

    The qualifiers and flags are those printed (``district_qualifier, district_flag, city_qualifier, city_flag``).
    """
    found = _gaps(scope, [scope.region], indicators)
    table = found[found["year"] == year].set_index("indicator")[[*GAPS[1:5], "blank"]]
    table.loc[table["blank"].isin(UNLIKE), GAPS[1:3]] = math.nan
    pairs = [scope.pair(indicator=id_) for id_ in indicators]
    for (place, side), column in product(enumerate(SIDES), ("qualifier", "flag")):
        table[f"{side}_{column}"] = [pair[place][column].get(year, "") for pair in pairs]
    return table


def shares(scope: Scope) -> pd.Series | None:
    """The region's nominal share of the comparator by year, in percent, as weight of the growth of the year after.

    Both levels are of the same kind of vintage and basis. A year before an unlinked break of either side is left out: its share
    weighs nothing that is printed afterwards.

    From the year before the window on; None where the comparator does not contain the region or the indicator does not add up.
    """
    if not scope.inside or scope.unit not in ADDITIVE:
        return None
    growth = [outturns(scope.indicator, side, "growth", vintage=scope.vintage, **scope.known) for side in scope.sides]
    share = weights(scope.pair("level", whole=True), growth)
    return share[(share.index >= scope.start_year - 1) & (share.index < scope.end_year)]


def weights(levels: Pair, growth: Sequence[pd.DataFrame]) -> pd.Series:
    """What a region is of the one that contains it, %, of levels that compare, in years before no unlinked break of growth."""
    district, city = comparable_pairs(*levels)
    share, cut = (100 * district / city).dropna(), {year for frame in growth for year in frame.attrs["breaks"]}
    return share[[year + 1 not in cut and of < 100 for year, of in share.items()]]


def shares_of(scope: Scope, indicators: Sequence[str]) -> pd.DataFrame:
    """The region's nominal share of the comparator, of every indicator that adds up; no deflator enters.

    Only years from the last break of either side on that nothing links: earlier shares stand on another basis.

    One row per indicator and year in which both sides state a level: ``indicator, year, share_pct``, ``unlike`` (one side is
    an estimate, the other measured; one alone is on a comparable basis; one is "about") and ``since``, the year of the break
    if any. Empty where the comparator does not contain the region.
    """
    rows, units = [], scope.dataset.indicators["level_unit"]
    for id_ in (id_ for id_ in indicators if scope.inside and units[id_] in ADDITIVE):
        frames = scope.pair("level", indicator=id_)
        since = max((y for side in scope.sides for y in scope.breaks("growth", indicator=id_, region=side)), default=0)
        apart = unlike(*frames) | {*about_years(*frames)}
        share = (100 * stated(frames[0]) / stated(frames[1])).dropna()
        rows += [(id_, int(y), float(v), y in apart, since) for y, v in share.items() if y >= since and v < 100]
    table = pd.DataFrame(rows, columns=["indicator", "year", "share_pct", "unlike", "since"]).astype({"since": "Int64"})
    return table.assign(since=table["since"].replace(0, pd.NA))


def share_ends(shares: pd.DataFrame) -> pd.DataFrame:
    """The first and the latest share of one indicator among those like for like; among all where these are fewer than two."""
    alike = shares[~shares["unlike"].astype(bool)]
    return (alike if len(alike) > 1 else shares).sort_values("year").iloc[[0, -1][: len(shares)]]


def per_head(scope: Scope) -> pd.DataFrame:
    """GDP per head of permanent population of both sides, in years in which all four levels compare; no deflator enters."""
    known = {"gdp", "permanent_population"} <= set(scope.dataset.indicators.index)
    frames = [scope.pair("level", indicator=id_) for id_ in ("gdp", "permanent_population")] if known else []
    texts = [frame["source_id"] for side in zip(*frames, strict=True) for frame in side]
    levels = zip(*(comparable_pairs(*pair) for pair in frames), strict=True)
    sides = [(output / people * 1e4).dropna() for output, people in levels] or [pd.Series(dtype=float)] * 2  # 亿元 over 万人
    table = pd.concat(sides, axis=1, keys=["district_cny", "city_cny"], join="inner").rename_axis("year")
    cited = [list(dict.fromkeys(str(text[year]) for text in texts)) for year in table.index]
    return table.assign(ratio_pct=100 * table["district_cny"] / table["city_cny"], source=cited)


def rows_behind(scope: Scope, figures: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The outturns of both sides behind shares or gaps, with ``indicator``, ``region`` and ``measure``, for note and source."""
    frames, whose = [scope.outturns(measure).iloc[:0]], list[tuple[str, str]]()
    of = figures if "region" in figures else figures.assign(region=scope.region)
    for (indicator, region), part in of.groupby(["indicator", "region"], sort=False):
        for frame in scope.pair(measure, indicator=str(indicator), region=str(region), whole=True):
            frames.append(frame[frame.index.isin(part["year"])])
            whose += [(str(indicator), frame.attrs["region"])] * len(frames[-1])
    return pd.concat(frames).assign(indicator=[of for of, _ in whose], region=[of for _, of in whose], measure=measure)


def on_secondary_pages(scope: Scope, shares: pd.DataFrame) -> set[tuple[str, int]]:
    """Indicator and year of the shares of which a level is from a secondary page."""
    rows = rows_behind(scope, shares, "level").reset_index().set_index(["indicator", "year"])["flag"]
    return set(rows.index[rows.str.contains(SECONDARY)])


def blanks(district: pd.DataFrame, city: pd.DataFrame, years: Sequence[int]) -> dict[int, str]:
    """Why a year has no gap.

    Year → ``neither``, ``district``, ``city`` (has no figure), ``unstated`` (a bound or a wording), ``vintage`` or ``basis``
    (the two sides are not alike); years with a gap are left out.
    """
    apart = {year: why for why, found in unlike_years(district, city).items() for year in found}
    here, there, both = {*district.index}, {*city.index}, {*stated(district).index}.intersection(stated(city).index)
    return {y: apart.get(y) or LACKING[y in here, y in there] for y in years if y in apart or y not in both}


def unlike_words(district: pd.DataFrame, city: pd.DataFrame) -> list[Text]:
    """The sentences on the years that both sides state and that do not compare."""
    return [SAYS["unlike", why].format(years=year_list(of)) for why, of in unlike_years(district, city).items() if of]


def regions_inside(scope: Scope) -> list[str]:
    """The region, and all others that the comparator contains and of which growth of the indicator is on record."""
    data = scope.dataset
    inside = data.regions.index[data.regions["part_of"] == scope.comparator]
    grown = [r for r in inside if r != scope.region and len(data.series(r, scope.indicator, "growth", "outturn"))]
    return [scope.region, *grown]
