"""What was found of a gap: headlines, titles and what an economist asks next; right for any parameters."""

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import pandas as pd

from hanyang_data.statistics.attribution import LIMIT_PP, ShiftShare
from hanyang_data.statistics.gap import GapResult
from hanyang_data.statistics.interval import Interval
from hanyang_data.statistics.ladder import ALPHA
from hanyang_data.statistics.small_sample import Range
from hanyang_data.studies.growth_gap.sectors import MeasuredYear, SectorYear
from hanyang_data.studies.scope import Scope
from hanyang_data.words.wording import NO_WORDS, Text, clauses, extent, full_stop, listed, messages, named_years, number, within

SAYS = messages(__name__)

COUNTED, NEVER, BLANKS = SAYS.each("counted"), SAYS.each("never"), SAYS.each("blanks")
LISTED = 4  # so many gaps are named one by one; more are counted
WIDE_PP = 1.0  # a band wider than this is said as a range


def gap(
    scope: Scope, yearly: pd.DataFrame, about: Sequence[int] = (), bounds: Mapping[int, Interval] = MappingProxyType({})
) -> Text:
    """Up to four gaps in the order of years; of more, in how many years the region grew more slowly, alike, faster."""
    decided = {year: side for year, found in bounds.items() if (side := _side_of(found))}
    sides = pd.concat([_sides(yearly), pd.Series(decided, dtype="str")]).sort_index()
    if sides.empty:
        return SAYS.no_pair.format(**_names(scope))
    if len(sides) <= LISTED:
        said, before = [], ""
        for year, side in sides.items():
            full = _one(yearly, int(year), side, about, bounds)
            brief = SAYS.again.format(year=year) if side == before == "level" else full
            said.append(Text(brief.en, full.zh))
            before = side
        return SAYS.listed.format(**_names(scope), facts=clauses(said))
    counts = {side: int((sides == side).sum()) for side in COUNTED if (sides == side).any()}
    if len(counts) == 1:
        return SAYS["every", next(iter(counts))].format(**_names(scope), n=len(sides))
    facts = clauses([COUNTED[side].format(k=k) for side, k in counts.items()])
    most = max(counts, key=counts.__getitem__)
    mostly = SAYS["mostly", most] if 2 * counts[most] > len(sides) else SAYS.counts
    never = next((NEVER[side] for side in NEVER if side not in counts), mostly)
    return never.format(k=counts[most], **_names(scope), facts=facts, n=len(sides))


def sentences(
    scope: Scope, year: int, pairs_table: pd.DataFrame, results: Mapping[str, GapResult], blank: pd.Series
) -> Iterator[Text]:
    """What the years add up to, the other indicators, how sure one can be, and what does not compare."""
    n, compared = sum(r.n for r in results.values()), pairs_table["gap_pp"].dropna().index
    others = [full_stop(pairs(scope, year, pairs_table))] * (len(compared) > 1 or scope.indicator not in compared)
    if not n:
        yield from (_not_compared(blank), *others)
        return
    yield from (_adds_up(scope, results), *others, _sure(results, n), _not_compared(blank))


def pairs(scope: Scope, year: int, table: pd.DataFrame) -> Text:
    """On how many indicators the region was ahead in one year, by more than rounding."""
    sides = _sides(table)
    k, n = int((sides == "higher").sum()), len(sides)
    names = {"year": year, **scope.pair_names, "k": k, "n": n}
    if n < 2:
        return (SAYS["one_pair", sides.iloc[0]] if n else SAYS.no_pairs).format(**names)
    return SAYS["pairs", extent(k, n)].format(**names)


def _names(scope: Scope) -> dict[str, Text]:
    return {"indicator": within(scope.indicator_name), **scope.pair_names}


def _one(yearly: pd.DataFrame, year: int, side: str, about: Sequence[int], bounds: Mapping[int, Interval]) -> Text:
    """The gap of one year: 3.3 pp lower in 2020, about the same in 2023."""
    if year in bounds:
        n = bounds[year].words("pp")
        return SAYS["bounded", side].format(year=year, n=n) if n.en else SAYS["unsized", side].format(year=year)
    value = float(yearly["gap_pp"][year])
    near = "equal" if side == "level" and value == 0 and year not in about else side
    return SAYS["sides", near].format(n=number(abs(value), 1), year=year)


def _adds_up(scope: Scope, results: Mapping[str, GapResult]) -> Text:
    """What the last run of three years or more adds up to, where its wording does not leave that open."""
    runs = [r for r in results.values() if len(r.cumulative_pct) > 2 and r.rounding_band_pp]
    if not runs:
        return NO_WORDS
    band, value = runs[-1].rounding_band_pp, float(runs[-1].cumulative_pct.iloc[-1])
    if band is None or band.low <= 0 <= band.high:
        return NO_WORDS
    years = list(runs[-1].cumulative_pct.index)
    said = SAYS.ahead if value > 0 else SAYS.behind
    return said.format(**_names(scope), n=number(abs(value), 1), start=years[0], end=years[-1])


def _sure(results: Mapping[str, GapResult], n: int) -> Text:
    """The mean gap and its test from six years on; that fewer are no pattern."""
    tested = [r for r in results.values() if r.mean and r.test]
    if not tested:
        return SAYS.no_pattern if n <= LISTED else NO_WORDS
    longest = max(tested, key=lambda r: r.n)
    assert longest.mean is not None
    assert longest.test is not None
    low, high = (number(end, 1, sign=True) for end in (longest.mean.low, longest.mean.high))
    told = {"mean": number(longest.mean.value, 1, sign=True), "low": low, "high": high, "n": longest.n}
    if longest.test.p_value <= ALPHA:
        return SAYS.mean.format(**told)
    size = "may_matter" if longest.may_matter else "too_small"
    return SAYS["mean_open", size].format(**told, margin=number(longest.margin))


def _not_compared(blank: pd.Series) -> Text:
    """The years without a gap, those with the same reason together; nothing printed is one reason, whoever lacks it."""
    why = blank[blank != ""].replace(dict.fromkeys(("neither", "district", "city"), "nothing"))
    if len(why) == len(blank) and set(why) == {"nothing"}:
        return SAYS.no_common_year
    found = {reason: list(why.index[why == reason]) for reason in BLANKS}
    said = [BLANKS[reason].format(years=named_years(years)) for reason, years in found.items() if years]
    rest = [SAYS.rest] * ("nothing" in set(why))
    return full_stop(listed([*said, *rest], ";"))


def _sides(table: pd.DataFrame) -> pd.Series:
    """Which side of the other each gap is on; one no larger than the wording of its rates allows is on none."""
    known = table.dropna(subset="gap_pp")
    pairs = zip(known["gap_pp"], known["within_rounding"], strict=True)
    return pd.Series(["level" if near else "higher" if gap > 0 else "lower" for gap, near in pairs], known.index, "str")


def _side_of(gap: Interval) -> str:
    """The side of a one-sided gap, where it is certain."""
    if gap.low > 0 or (gap.low == 0 and gap.above):
        return "higher"
    return "lower" if gap.high < 0 or (gap.high == 0 and gap.below) else ""


def chained(scope: Scope, result: GapResult) -> Text:
    """What the last unbroken run of years adds up to."""
    band, value = result.rounding_band_pp, float(result.cumulative_pct.iloc[-1])
    inside = band is not None and band.low <= 0 <= band.high
    said = SAYS["moved", "alike" if inside else "gained" if value > 0 else "lost"]
    n = NO_WORDS if inside else about_range(value, band)
    return said.format(**_names(scope), n=n, start=result.chain.index[0], end=result.chain.index[-1])


def share(scope: Scope, shares: pd.DataFrame) -> Text:
    """The region's share of the comparator on the scope's indicator, then and now; else on how many indicators it fell."""
    names = _names(scope)
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
    return SAYS.unchained.format(**_names(scope))


def sectors(scope: Scope, year: int, study: SectorYear, between: ShiftShare | None) -> Text:
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


def measured(scope: Scope, found: Sequence[MeasuredYear]) -> list[Text]:
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
