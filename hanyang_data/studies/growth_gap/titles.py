"""What was found of a gap, in the few words of a title: counted from results, right for any parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType

import pandas as pd

from hanyang_data.statistics.interval import Interval
from hanyang_data.studies.scope import Scope
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import Text, number, within

SAYS = messages(__name__)


BOUNDED = SAYS.each("bounded")


EACH = SAYS.each("every")


COUNTED = SAYS.each("counted")


PAIRS = SAYS.row("pairs")


ONE_PAIR = SAYS.each("one_pair")


def gap(
    scope: Scope, yearly: pd.DataFrame, about: Sequence[int] = (), bounds: Mapping[int, Interval] = MappingProxyType({})
) -> Text:
    """The gap of the one year there is, or in how many years the region grew more slowly, alike within rounding, faster.

    Args:
        scope: the question, with its comparator.
        yearly: ``gap_pp`` and ``within_rounding`` by year, as of ``GapResult.yearly``.
        about: years in which a side was printed as "about".
        bounds: one-sided gaps; they count where their sign is certain.
    """
    gaps = yearly["gap_pp"].dropna()
    names = {
        "indicator": within(scope.indicator_name),
        "title": scope.indicator_name,
        "a": scope.region_name,
        "b": scope.comparator_name,
    }
    decided = {year: side for year, found in bounds.items() if (side := _side_of(found))}
    sides = pd.concat([_sides(yearly), pd.Series(decided, dtype="str")])
    if sides.empty:
        return SAYS.no_pair.format(**names)
    if len(sides) > 1:
        counts = {side: int((sides == side).sum()) for side in COUNTED if (sides == side).any()}
        facts = [COUNTED[side].format(k=k) for side, k in counts.items()]
        if len(facts) == 1:  # all alike: "lower in all 3", not "lower in 3 of 3"
            return EACH[next(iter(counts))].format(**names, n=len(sides))
        listed = Text(", ".join(f.en for f in facts), "，".join(f.zh for f in facts))
        return SAYS.counts.format(**names, facts=listed, n=len(sides))
    year = int(sides.index[0])
    if decided:
        return BOUNDED[decided[year]].format(**names, year=year, n=bounds[year].words("pp"))
    value = float(gaps.iloc[0])
    if year in about and sides.iloc[0] == "level":
        return SAYS.untold.format(**names, year=year)
    near = SAYS.equal if value == 0 else SAYS.near
    finding = {"higher": SAYS.higher, "lower": SAYS.lower, "level": near}[sides.iloc[0]].format(
        **names, n=number(abs(value), 1), year=year
    )
    return SAYS.roughly.format(finding=finding) if year in about else finding


def pairs(scope: Scope, year: int, table: pd.DataFrame) -> Text:
    """On how many indicators the region was ahead in one year, by more than rounding."""
    sides = _sides(table)
    k, n = int((sides == "higher").sum()), len(sides)
    names = {"year": year, "a": scope.region_name, "b": scope.comparator_name, "k": k, "n": n}
    if n < 2:
        return (ONE_PAIR[sides.iloc[0]] if n else SAYS.no_pairs).format(**names)
    return PAIRS[0 if k == 0 else 2 if k == n else 1].format(**names)


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
