"""What was found of a gap: the headline, and what an economist asks next; right for any parameters."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType

import pandas as pd

from hanyang_data.statistics.gap import GapResult
from hanyang_data.statistics.interval import Interval
from hanyang_data.statistics.ladder import ALPHA
from hanyang_data.studies.scope import Scope
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import NO_WORDS, Text, clauses, extent, full_stop, listed, named_years, number, within

SAYS = messages(__name__)


COUNTED = SAYS.each("counted")
NEVER = SAYS.each("never")
BLANKS = SAYS.each("blanks")

LISTED = 4  # so many gaps are named one by one; more are counted


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
    yield from (_chain(scope, results), *others, _sure(results, n), _not_compared(blank))


def pairs(scope: Scope, year: int, table: pd.DataFrame) -> Text:
    """On how many indicators the region was ahead in one year, by more than rounding."""
    sides = _sides(table)
    k, n = int((sides == "higher").sum()), len(sides)
    names = {"year": year, "a": scope.region_name, "b": scope.comparator_name, "k": k, "n": n}
    if n < 2:
        return (SAYS["one_pair", sides.iloc[0]] if n else SAYS.no_pairs).format(**names)
    return SAYS["pairs", extent(k, n)].format(**names)


def _names(scope: Scope) -> dict[str, Text]:
    return {"indicator": within(scope.indicator_name), "a": scope.region_name, "b": scope.comparator_name}


def _one(yearly: pd.DataFrame, year: int, side: str, about: Sequence[int], bounds: Mapping[int, Interval]) -> Text:
    """The gap of one year: 3.3 pp lower in 2020, about the same in 2023."""
    if year in bounds:
        n = bounds[year].words("pp")
        return SAYS["bounded", side].format(year=year, n=n) if n.en else SAYS["unsized", side].format(year=year)
    value = float(yearly["gap_pp"][year])
    near = "equal" if side == "level" and value == 0 and year not in about else side
    return SAYS["sides", near].format(n=number(abs(value), 1), year=year)


def _chain(scope: Scope, results: Mapping[str, GapResult]) -> Text:
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
        return SAYS.no_common
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
    return (
        "higher"
        if gap.low > 0 or (gap.low == 0 and gap.above)
        else "lower"
        if gap.high < 0 or (gap.high == 0 and gap.below)
        else ""
    )
