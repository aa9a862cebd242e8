"""What the growth gap needs besides the gap: shares, reasons for blanks, and many regions in one call."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import product

import pandas as pd

from hanyang_data.record.beside import pair
from hanyang_data.record.frames import stated, states, window
from hanyang_data.record.series import outturns
from hanyang_data.statistics import gap
from hanyang_data.studies.growth_gap.yearly import allowance, comparable_pairs, unlike, unlike_years
from hanyang_data.studies.scope import Scope
from hanyang_data.words.wording import Text, messages, year_list

SAYS = messages(__name__)

ADDITIVE = ("CNY_100M", "USD_100M", "10K_persons", "count")  # units of which a district holds a share of its city


def shares(scope: Scope, indicator: str = "") -> pd.Series | None:
    """The region's nominal share of the comparator by year, in percent, as weight of the growth of the year after.

    Both levels are of the same kind of vintage and basis. A year before an unlinked break of either side is left out: its share
    weighs nothing that is printed afterwards.

    Indexed by year, from the year before the window on, possibly empty; None where the comparator does not contain the
    region or the indicator is no quantity that adds up.
    """
    id_ = indicator or scope.indicator
    data = scope.dataset
    if not scope.inside or data.indicators.at[id_, "level_unit"] not in ADDITIVE:
        return None
    district, city = comparable_pairs(*_pair(scope, id_, scope.region, "level"))
    part = (100 * district / city).dropna()
    sides = (outturns(id_, r, "growth", vintage=scope.vintage, **scope.known) for r in (scope.region, scope.comparator))
    cut = {year for side in sides for year in side.attrs["breaks"]}
    used = [y for y in part.index if scope.start_year - 1 <= y < scope.end_year and y + 1 not in cut and part[y] < 100]
    return part.loc[used]


def shares_of(scope: Scope, indicators: Sequence[str]) -> pd.DataFrame:
    """The region's nominal share of the comparator, of every indicator that adds up; no deflator enters.

    Only years from the last break of either side on that nothing links: earlier shares stand on another basis.

    One row per indicator and year in which both sides state a level: ``indicator, year, share_pct``, ``unlike`` (one side is
    an estimate, the other measured; or one alone is on a comparable basis) and ``since``, the year of the break or 0. Empty
    where the comparator does not contain the region.
    """
    rows = []
    for id_ in indicators if scope.inside else []:
        if scope.dataset.indicators.at[id_, "level_unit"] not in ADDITIVE:
            continue
        frames = [window(f, scope.start_year, scope.end_year) for f in _pair(scope, id_, scope.region, "level")]
        sides = [scope.breaks("growth", indicator=id_, region=region) for region in (scope.region, scope.comparator)]
        since = max((year for side in sides for year in side), default=0)
        apart = unlike(*frames)
        share = (100 * stated(frames[0]) / stated(frames[1])).dropna()
        rows += [(id_, int(y), float(v), y in apart, since) for y, v in share.items() if y >= since and v < 100]
    return pd.DataFrame(rows, columns=["indicator", "year", "share_pct", "unlike", "since"])


def per_head(scope: Scope) -> pd.DataFrame:
    """GDP per head of permanent population of both sides, from levels as printed; no deflator enters.

    A frame indexed by ``year``, one row a year in which all four levels are stated: ``district`` and ``city`` in CNY,
    ``ratio_pct``, the district's in percent of the city's, and ``source``, the ids of the four texts.
    """
    known = {"gdp", "permanent_population"} <= set(scope.dataset.indicators.index)
    sides, texts = [], []
    for region in (scope.region, scope.comparator) if known else ():
        output, people = (scope.outturns("level", indicator=i, region=region) for i in ("gdp", "permanent_population"))
        sides.append((stated(output) / stated(people) * 1e4).dropna())  # 亿元 over 万人
        texts += [output["source_id"], people["source_id"]]
    table = pd.concat(sides or [pd.Series(dtype=float)] * 2, axis=1, keys=["district", "city"], join="inner").rename_axis("year")
    cited = [list(dict.fromkeys(str(text[year]) for text in texts)) for year in table.index]
    return table.assign(ratio_pct=100 * table["district"] / table["city"], source=cited)


def rows_behind(scope: Scope, figures: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The outturns of both sides behind shares or gaps, with their ``indicator``, for note and source."""
    frames = [scope.outturns(measure).iloc[:0].assign(indicator="")]
    of = figures if "region" in figures else figures.assign(region=scope.region)
    for (indicator, region), part in of.groupby(["indicator", "region"], sort=False):
        pair = _pair(scope, str(indicator), str(region), measure)
        frames += [frame[frame.index.isin(part["year"])].assign(indicator=indicator) for frame in pair]
    return pd.concat(frames)


def blanks(district: pd.DataFrame, city: pd.DataFrame, years: Sequence[int]) -> dict[int, str]:
    """Why a year has no gap.

    Year → ``neither``, ``district``, ``city`` (has no figure), ``unstated`` (a bound or a wording), ``vintage`` or ``basis``
    (the two sides are not alike); years with a gap are left out.
    """
    apart = {year: why for why, found in unlike_years(district, city).items() for year in found}
    known = [{year for year, known in zip(f.index, states(f), strict=True) if known} for f in (district, city)]
    both = known[0] & known[1]
    found = {}
    for year in years:
        here, there = year in district.index, year in city.index
        if year in apart:
            found[year] = apart[year]
        elif year not in both:
            found[year] = "unstated" if here and there else "city" if here else "district" if there else "neither"
    return found


def unlike_words(district: pd.DataFrame, city: pd.DataFrame) -> list[Text]:
    """The sentences on the years that both sides state and that do not compare."""
    found = unlike_years(district, city)
    return [SAYS["unlike", why].format(years=year_list(years)) for why, years in found.items() if years]


def by_year(scope: Scope, yearly: pd.DataFrame, district: pd.DataFrame, city: pd.DataFrame) -> pd.DataFrame:
    """Both sides, the gap and the reason for a blank, one row for every year of the window.

    ``district_pct, city_pct`` (as printed, also where they do not compare), ``gap_pp, within_rounding, blank``.
    """
    marks, why = yearly["within_rounding"], blanks(district, city, scope.years)
    return pd.DataFrame(index=pd.Index(scope.years, name="year")).assign(
        district_pct=stated(district),
        city_pct=stated(city),
        gap_pp=yearly["gap_pp"].astype(float),
        within_rounding=[bool(marks.get(year, False)) for year in scope.years],
        blank=[why.get(year, "") for year in scope.years],
    )


def regions_inside(scope: Scope) -> list[str]:
    """The region, and all others that the comparator contains and of which growth of the indicator is on record."""
    data = scope.dataset
    inside = data.regions.index[data.regions["part_of"] == scope.comparator]
    grown = [r for r in inside if r != scope.region and len(data.series(r, scope.indicator, "growth", "outturn"))]
    return [scope.region, *grown]


def gaps_of(scope: Scope, regions: Sequence[str], indicators: Sequence[str] = ()) -> pd.DataFrame:
    """The gaps of several regions to the comparator, on several indicators, in every year of the window.

    One row per region, indicator and year: ``region, indicator, year, gap_pp, within_rounding, about, blank``, the last
    being the reason for a missing gap as of :func:`blanks`.
    """
    rows = []
    for indicator, region in product(list(indicators) or [scope.indicator], regions):
        frames = [window(f, scope.start_year, scope.end_year) for f in _pair(scope, indicator, region)]
        yearly = gap.yearly(*comparable_pairs(*frames), allowance=allowance(*frames))
        why = blanks(frames[0], frames[1], scope.years)
        for year in scope.years:
            cells = (float("nan"), False, False)
            if year in yearly.index and year not in why:
                about = any(frame.at[year, "qualifier"] == "about" for frame in frames)
                cells = (yearly.at[year, "gap_pp"], bool(yearly.at[year, "within_rounding"]), about)
            rows.append((region, indicator, year, *cells, why.get(year, "")))
    return pd.DataFrame(rows, columns=["region", "indicator", "year", "gap_pp", "within_rounding", "about", "blank"])


def _pair(scope: Scope, indicator: str, region: str, measure: str = "growth") -> tuple[pd.DataFrame, pd.DataFrame]:
    return pair(indicator, (region, scope.comparator), measure, vintage=scope.vintage, **scope.known)
