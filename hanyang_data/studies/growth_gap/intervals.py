"""Gaps that two printed figures alike do not give: one side is implied, or is an estimate where the other was measured.

Such a gap is an interval, its sign known or not. It enters no count, no mean, no test and no rank.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from hanyang_data.record.frames import stated_rows
from hanyang_data.record.revisions import estimates_measured_later
from hanyang_data.record.series import ESTIMATE
from hanyang_data.statistics.conformal import promise, without_group
from hanyang_data.statistics.interval import Interval, between, printed
from hanyang_data.studies.growth_gap.evidence import allowance, unlike_years
from hanyang_data.studies.implied import Within
from hanyang_data.studies.relations import level_of
from hanyang_data.studies.scope import Pair, Scope, shared
from hanyang_data.studies.tables import headed
from hanyang_data.studies.unprinted import implied_in, missed_words, told
from hanyang_data.words.wording import NO_WORDS, Text, listed, messages, number, year_list

SAYS = messages(__name__)
HEADS, COUNTS = SAYS.each("heads"), SAYS.each("counts")
KINDS, SIGNS, NOTES = SAYS.each("kinds"), SAYS.each("signs"), SAYS.each("notes")
COLUMNS = ["kind", "low_pp", "high_pp", "promised_pct", "sign", "method", "source"]


@dataclass(frozen=True, kw_only=True)
class GapInterval(Within):
    """A gap, in pp, district minus city, of which an interval is known."""

    kind: Literal["computed", "implied", "estimate"]  # a side is computed; is implied; is an estimate, the other was measured

    @property
    def sign(self) -> str:
        """Ahead, behind, or unknown where both are within the interval, or nothing is promised of it."""
        if math.isnan(self.level):
            return "unknown"
        return "ahead" if self.interval.low > 0 else "behind" if self.interval.high < 0 else "unknown"


@shared
def gap_intervals(scope: Scope, indicator: str = "") -> list[GapInterval]:
    """The gaps of the window that are known as an interval alone, by year; of years with a gap that is printed there are none."""
    frames = scope.pair()
    unlike = unlike_years(*frames)
    found = [_of_estimates(scope, frames, year) for year in unlike["vintage"] if year not in unlike["basis"]]
    return sorted((gap for gap in (*found, *_of_implied(scope, frames)) if gap), key=lambda gap: gap.year)


def _of_implied(scope: Scope, frames: Pair) -> Iterable[GapInterval]:
    """Gaps with a side that was not printed."""
    stated, known = [stated_rows(frame) for frame in frames], list[dict[int, Interval]]()
    found = [implied_in(scope, "growth", region=region)["growth"] for region in scope.sides]
    for side, rows in zip(found, stated, strict=True):
        off = allowance(rows)
        numbers = {year: between(float(rate) - off[year], float(rate) + off[year]) for year, rate in rows["value"].items()}
        known.append({of.year: of.interval for of in side if of.interval.bounded} | numbers)
    for year in (year for year in scope.years if all(year in side for side in known)):
        used = [of for side in found for of in side if of.year == year and of.interval.bounded]
        rows = [side.loc[year] for side in stated if year in side.index]
        gap = known[0][year].minus(known[1][year])
        if used and gap.bounded and not any("comparable" in row["flag"].split() for row in rows):
            cited = [*(id_ for of in used for id_ in of.sources), *(str(row["source_id"]) for row in rows)]
            yield GapInterval(
                year=year,
                kind="computed" if all(of.computed for of in used) else "implied",
                interval=gap,
                level=1 - sum(1 - of.level for of in used),
                how=listed((of.how for of in used), ";"),
                sources=tuple(dict.fromkeys(cited)),
                missed=tuple(sorted({y for of in used for y in of.missed})),
            )


def _of_estimates(scope: Scope, frames: Pair, year: int) -> GapInterval | None:
    """The gap between an estimate and a measured figure: as wide as such estimates were revised, and what their wording allows.

    Nothing is promised, and no sign told, unless the revisions of other regions covered those of each one left out.
    """
    rows = [frame.loc[year] for frame in frames]
    region = scope.sides[rows[0]["vintage"] != ESTIMATE]
    known = estimates_measured_later(level=level_of(scope.dataset, region), **scope.known)
    others = known[~(known["region"].eq(region) & (known.index == year))]
    revised, regions = others["revision"].astype(float).tolist(), others["region"].tolist()
    found = promise(revised)
    own, other = (printed(row["qualifier"], row["value"]) for row in rows)
    gap = own.minus(other)
    if found is None or not gap.bounded:
        return None
    off, tested = found.radius_pct + allowance(*frames)[year], without_group(revised, regions).tested
    how = SAYS.revised.format(radius=number(found.radius_pct, 1), n=found.pairs, k=len(set(regions)))
    cited = (*(row["source_id"] for row in rows), *others["first_source_id"], *others["latest_source_id"])
    return GapInterval(
        year=year,
        kind="estimate",
        interval=gap.minus(between(-off, off)),
        level=found.level if tested else math.nan,
        how=how if tested else SAYS.untested.format(how=how),
        sources=tuple(dict.fromkeys(map(str, cited))),
    )


def frame_of(found: Sequence[GapInterval]) -> pd.DataFrame:
    """Indexed by ``year``: ``kind, low_pp, high_pp`` (empty where nothing bounds it), ``promised_pct, sign, method, source``."""
    rows = [(g.year, g.kind, *g.interval.ends, g.promised_pct, g.sign, g.how, list(g.sources)) for g in found]
    table = pd.DataFrame(rows, columns=["year", *COLUMNS])
    return table.astype({"year": int, "low_pp": float, "high_pp": float, "promised_pct": float}).set_index("year")


def table_of(scope: Scope, found: Sequence[GapInterval]) -> pd.DataFrame:
    """The same as a report prints it."""
    frame = frame_of(found).round({"low_pp": 1, "high_pp": 1, "promised_pct": 1})
    return headed(scope, frame.assign(kind=frame["kind"].map(KINDS), sign=frame["sign"].map(SIGNS)), HEADS)


def counts_table(scope: Scope, gaps: pd.DataFrame, found: Mapping[str, Sequence[GapInterval]]) -> pd.DataFrame:
    """By indicator the years ahead and behind by a printed gap, and beside them those that hold under a whole interval."""
    rows = []
    for indicator, intervals in found.items():
        printed = gaps[gaps["region"].eq(scope.region) & gaps["indicator"].eq(indicator)].dropna(subset="gap_pp")
        beyond, signs = printed["gap_pp"][~printed["within_rounding"]], [gap.sign for gap in intervals]
        counted = {"n": len(printed), "ahead": int(beyond.gt(0).sum()), "behind": int(beyond.lt(0).sum())}
        whole = {f"interval_{sign}": signs.count(sign) for sign in SIGNS}
        rows.append({"indicator": indicator, **counted, **whole})
    return headed(scope, pd.DataFrame(rows, columns=list(COUNTS)), COUNTS)


def sentence(scope: Scope, found: Sequence[GapInterval]) -> Text:
    """The gap that an interval decides, else the latest implied one, in one sentence; empty where there is none."""
    decided = [gap for gap in found if gap.sign != "unknown"]
    told_of = decided or [gap for gap in found if gap.kind != "estimate" and gap.interval.two_sided]
    if not told_of:
        return NO_WORDS
    gap = told_of[-1]
    # 3.8 to 10.8 pp lower; over 3.2 pp higher; between 3.0 pp lower and 5.8 pp higher
    ends = sorted(abs(end) for end in gap.interval.ends if end == end)
    low, high = (abs(end) for end in (gap.interval.ends if gap.sign == "unknown" else (ends[0], ends[-1])))
    side = SAYS["sides", f"{gap.sign}.{'both' if gap.interval.two_sided else 'over'}"]
    apart = side.format(low=number(low, 1), high=number(high, 1))
    cells = told(scope, gap) | {"p": number(100 * gap.level, 0), "ends": apart, "year": gap.year, "a": scope.region_name}
    return SAYS["said", gap.kind].format(**cells)


def note(found: Sequence[GapInterval]) -> list[Text]:
    """What the open bands are, with the lowest promise among the implied ones; nothing where there is none."""
    kinds = {kind: [gap for gap in found if gap.kind == kind] for kind in NOTES}
    lowest = number(100 * min((gap.level for gap in kinds["implied"]), default=1), 0)
    said = [NOTES[kind].format(years=year_list([gap.year for gap in of]), p=lowest) for kind, of in kinds.items() if of]
    return said + missed_words({gap.year: gap.missed for gap in found})
