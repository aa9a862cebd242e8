"""Gaps that two printed figures alike do not give: one side is implied, or is an estimate where the other was measured.

Such a gap is an interval, its sign known or not. It enters no count, no mean, no test and no rank.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

import pandas as pd

from hanyang_data.record.frames import stated
from hanyang_data.record.revisions import estimates_measured_later
from hanyang_data.record.series import ESTIMATE
from hanyang_data.statistics.bounds import between
from hanyang_data.statistics.conformal import promise
from hanyang_data.statistics.interval import Interval
from hanyang_data.studies.growth_gap.yearly import unlike_years
from hanyang_data.studies.implied import Implied
from hanyang_data.studies.relations import level_of
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.shared import interval_of
from hanyang_data.studies.unprinted import implied_in
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import Text, number

SAYS = messages(__name__)

Sign = Literal["ahead", "behind", "unknown"]


@dataclass(frozen=True)
class GapInterval:
    """A gap of which an interval is known.

    Args:
        year: of growth.
        kind: ``implied``: a side was not printed; ``estimate``: one is an estimate, the other was measured.
        interval: pp, district minus city.
        level: the probability promised.
        how: on what it stands, in words.
        sources: ids of the texts.
    """

    year: int
    kind: Literal["implied", "estimate"]
    interval: Interval
    level: float
    how: Text
    sources: tuple[str, ...]

    @property
    def sign(self) -> Sign:
        """Ahead, behind, or unknown where both are within the interval."""
        return "ahead" if self.interval.low > 0 else "behind" if self.interval.high < 0 else "unknown"


def gap_intervals(scope: Scope, indicator: str = "") -> list[GapInterval]:
    """The gaps of the window that are known as an interval alone, by year; of years with a gap that is printed there are none."""
    id_ = indicator or scope.indicator
    frames = scope.pair(indicator=id_)
    unlike = unlike_years(*frames)
    found = [_of_estimates(scope, id_, frames, year) for year in unlike["vintage"] if year not in unlike["basis"]]
    return sorted((gap for gap in (*found, *_of_implied(scope, id_, frames)) if gap), key=lambda gap: gap.year)


def _of_implied(scope: Scope, indicator: str, frames: tuple[pd.DataFrame, pd.DataFrame]) -> Iterable[GapInterval]:
    """Gaps with a side that was not printed."""
    regions, printed = (scope.region, scope.comparator), [stated(frame) for frame in frames]
    implied = [
        {of.year: of for of in implied_in(scope, indicator=indicator, region=region)["growth"] if of.interval}
        for region in regions
    ]
    for year in scope.years:
        sides = [_side(year, *side) for side in zip(printed, implied, strict=True)]
        rated = [f.at[year, "flag"].split() for f, p in zip(frames, printed, strict=True) if year in p.index]
        if None in sides or not any(year in of for of in implied) or any("comparable" in words for words in rated):
            continue
        used = [of[year] for of in implied if year in of]
        whole = sides[0].minus(sides[1])  # type: ignore[union-attr, arg-type]
        sources = [id_ for of in used for id_ in of.sources]
        sources += [
            str(frame.at[year, "source_id"]) for frame, p in zip(frames, printed, strict=True) if year in p.index
        ]
        how = Text("; ".join(of.how.en for of in used), "；".join(of.how.zh for of in used))
        level = 1 - sum(1 - of.level for of in used)
        if whole.bounded:
            yield GapInterval(year, "implied", whole, level, how, tuple(dict.fromkeys(sources)))


def _side(year: int, printed: pd.Series, implied: dict[int, Implied]) -> Interval | None:
    if year in printed.index:
        return between(float(printed[year]), float(printed[year]))
    return implied[year].interval if year in implied else None


def _of_estimates(
    scope: Scope, indicator: str, frames: tuple[pd.DataFrame, pd.DataFrame], year: int
) -> GapInterval | None:
    """The gap between an estimate and a measured figure: as wide as such estimates were revised."""
    rows = [frame.loc[year] for frame in frames]
    side = 0 if rows[0]["vintage"] == ESTIMATE else 1
    region = (scope.region, scope.comparator)[side]
    level = level_of(scope.dataset, region)
    known = estimates_measured_later(level=level, as_of=scope.as_of, dataset=scope.dataset)
    others = known[~(known["region"].eq(region) & (known.index == year))]
    found = promise(others["revision"].astype(float).tolist())
    gap = interval_of(rows[0]).minus(interval_of(rows[1]))
    if found is None or not gap.bounded:
        return None
    off = between(-found.radius_pct, found.radius_pct)
    how = SAYS.revised.format(radius=number(found.radius_pct, 1), n=found.pairs)
    sources = tuple(dict.fromkeys(str(id_) for id_ in (*(row["source_id"] for row in rows), *_texts(others))))
    return GapInterval(year, "estimate", gap.minus(off), found.level, how, sources)


def _texts(revisions: pd.DataFrame) -> list[str]:
    return [*revisions["first_source_id"], *revisions["latest_source_id"]]
