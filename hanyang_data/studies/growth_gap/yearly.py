"""Which years of two series compare, and their gaps: stretch by stretch, and indicator by indicator in one year."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

import pandas as pd

from hanyang_data.record.contract import HALF_DIGIT
from hanyang_data.record.frames import stated
from hanyang_data.record.series import ESTIMATE
from hanyang_data.statistics import gap, interval
from hanyang_data.statistics.gap import GapResult
from hanyang_data.statistics.interval import Interval
from hanyang_data.studies.marks import ABOUT_PP
from hanyang_data.studies.scope import Scope, span


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

    ``basis``: one side alone is on a comparable basis; ``vintage``: one side is an estimate, the other was measured.
    """
    here, there = _nature(district), _nature(city)
    return {
        name: [year for year in here if year in there and here[year][name] != there[year][name]] for name in ("basis", "vintage")
    }


def allowance(*frames: pd.DataFrame) -> dict[int, float]:
    """By how many pp the difference of some rates may be off in each year: half a digit each, 0.5 for an "about"."""
    off: dict[int, float] = {}
    for frame in frames:
        for year, word in zip(frame.index.tolist(), frame["qualifier"].tolist(), strict=True):
            off[year] = off.get(year, 0.0) + (ABOUT_PP if word == "about" else HALF_DIGIT)
    return off


def interval_of(row: pd.Series) -> Interval:
    """What the figure of a row may stand for."""
    return interval.printed(row["qualifier"], row["value"])


def gap_bounds(district: pd.DataFrame, city: pd.DataFrame) -> dict[int, Interval]:
    """The gaps of the years in which a side is a bound and the two are of the same basis and kind of vintage."""
    here, there = ({int(y): interval_of(row) for y, row in frame.iterrows()} for frame in (district, city))
    common = (here.keys() & there.keys()) - unlike(district, city)
    gaps = {year: here[year].minus(there[year]) for year in sorted(common)}
    return {year: found for year, found in gaps.items() if found.bounded and not found.stated}


def _nature(frame: pd.DataFrame) -> dict[int, dict[str, bool]]:
    """Of each year with a number, a bound included, whether it is on a comparable basis and whether it is an estimate."""
    columns = (frame.index.tolist(), frame["value"].tolist(), frame["flag"].tolist(), frame["vintage"].tolist())
    return {
        int(year): {"basis": "comparable" in flag, "vintage": vintage == ESTIMATE}
        for year, value, flag, vintage in zip(*columns, strict=True)
        if value == value  # NaN is not itself
    }


def gap_by_segment(
    scope: Scope, indicator: str = "", *, share: pd.Series | None = None, margin: float = gap.MARGIN_PP
) -> dict[str, GapResult]:
    """The growth gap of the region against the comparator, for each stretch between the breaks of either side.

    "2020–2023" → result, for each stretch in which either side states a number; the gap of a year is a fact of that
    year alone, while chains and means end at a break.
    """
    frames = scope.pair(indicator=indicator)
    sides, off, one_sided = comparable_pairs(*frames), allowance(*frames), gap_bounds(*frames)
    regions = (scope.region, scope.comparator)
    cuts = sorted({year for region in regions for year in scope.breaks(indicator=indicator, region=region)})
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


def yearly_gaps(results: Mapping[str, GapResult]) -> pd.DataFrame:
    """The yearly tables of all stretches, one below the other."""
    columns = ["district_pct", "city_pct", "gap_pp", "within_rounding"]
    tables = [result.yearly for result in results.values()]
    return pd.concat(tables) if tables else pd.DataFrame(columns=columns, index=pd.Index([], name="year"), dtype=float)


def about_years(*frames: pd.DataFrame) -> list[int]:
    """The years that any of the frames prints as "about"."""
    return [int(year) for frame in frames for year in frame.index[frame["qualifier"] == "about"]]


def one_sided_gaps(results: Mapping[str, GapResult]) -> dict[int, Interval]:
    """The gaps of all stretches of which only a bound is known."""
    return {year: found for result in results.values() for year, found in result.bounds.items()}


def gaps_in_year(scope: Scope, indicators: Sequence[str], year: int) -> pd.DataFrame:
    """Both sides and the gap in one year, one row per indicator.

    A frame indexed by indicator id with ``district_pct, city_pct, gap_pp, within_rounding``, NaN where they do not compare,
    and the qualifiers and flags as printed (``district_qualifier, district_flag, city_qualifier, city_flag``),
    empty where they were not.
    """
    columns = ["district_pct", "city_pct", "gap_pp", "within_rounding"]
    rows = {}
    for id_ in indicators:
        yearly = yearly_gaps(gap_by_segment(scope, id_))
        rows[id_] = dict(yearly.loc[year]) if year in yearly.index else dict.fromkeys(columns)
        for side, frame in zip(("district", "city"), scope.pair(indicator=id_), strict=True):
            rows[id_] |= {f"{side}_{column}": frame[column].get(year, "") for column in ("qualifier", "flag")}
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("indicator")
    table["within_rounding"] = table["within_rounding"].eq(True)
    return table.astype(dict.fromkeys(columns[:3], float))


def rows_in_year(scope: Scope, indicators: Sequence[str], year: int) -> pd.DataFrame:
    """The outturns of growth of both sides in one year with their ``indicator`` and ``region``, for note and source."""
    pairs = [(id_, frame) for id_ in indicators for frame in scope.pair(indicator=id_)]
    frames = [frame.assign(indicator=id_, region=frame.attrs["region"], measure="growth") for id_, frame in pairs]
    return pd.concat([frame[frame.index == year] for frame in frames])


def common_years(scope: Scope, indicators: Sequence[str]) -> list[int]:
    """The years in which both sides state growth, one entry per indicator and year."""
    return [int(year) for id_ in indicators for year in yearly_gaps(gap_by_segment(scope, id_)).dropna().index]
