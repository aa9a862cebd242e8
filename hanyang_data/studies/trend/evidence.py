"""The trend of a series, stretch by stretch between its breaks, and what stands in for missing years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from hanyang_data.record.frames import segments, stated
from hanyang_data.record.series import PARTS
from hanyang_data.record.vintages import known_on
from hanyang_data.statistics import shock, trend
from hanyang_data.statistics.shock import ShockResult
from hanyang_data.statistics.trend import TrendResult
from hanyang_data.studies.implied import Implied
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.shared import span
from hanyang_data.studies.unprinted import NONE

MONEY = ("CNY_100M", "USD_100M", "CNY")


def trend_by_segment(frame: pd.DataFrame, kind: str) -> dict[str, TrendResult]:
    """The trend of each stretch of a series between its breaks, under its years; nothing is computed across a break.

    Returns:
        "2017–2018" → result; a stretch without a stated number (bounds, wordings) is left out.
    """
    kind = "share" if kind == "level" and frame["unit"].eq("percent").all() else kind
    parts = [values for part in segments(frame) if len(values := stated(part))]
    return {span(part): trend.analyse(list(part.index), list(part), kind=kind) for part in parts}


def shock_by_segment(frame: pd.DataFrame, year: int = shock.YEAR) -> dict[str, ShockResult]:
    """Growth with and without a year, for the stretch between breaks that states it; empty where none does."""
    parts = [values for part in segments(frame) if len(values := stated(part))]
    found = {span(part): shock.analyse(list(part.index), list(part), year=year) for part in parts}
    return {years: result for years, result in found.items() if result is not None}


class Instead(NamedTuple):
    """What is on record of growth for years without an annual outturn.

    Args:
        targets: rows of the original targets with a number.
        parts: rows of the longest part of the year that is printed (``period``: q1_q3, h1 or q1).
        implied: what printed figures imply of years without one: growth, level and average.
    """

    targets: pd.DataFrame
    parts: pd.DataFrame
    implied: Mapping[str, Sequence[Implied]]


def instead_of(scope: Scope, growth: pd.DataFrame, implied: Mapping[str, Sequence[Implied]] = NONE) -> Instead:
    """Targets and parts of a year, for the years of the window in which no outturn of growth is on record."""
    targets = scope.targets()
    targets = targets[targets["value"].notna() & ~targets.index.isin(growth.index)]
    obs = known_on(scope.dataset.observations, scope.as_of)
    ours = obs[
        obs["region"].eq(scope.region) & obs["indicator"].eq(scope.indicator) & obs["measure"].eq("growth")
        & obs["concept"].eq("outturn") & obs["period"].isin(PARTS) & obs["value"].notna()
        & obs["year"].isin(set(scope.years) - {*growth.index})
    ]  # fmt: skip
    longest_first = ours.assign(rank=ours["period"].map(PARTS.index)).sort_values(["year", "rank"], kind="stable")
    return Instead(targets, longest_first.drop_duplicates("year").set_index("year").assign(flag=""), implied)


def longest(*results: Mapping[str, TrendResult]) -> int:
    """The number of observations of the longest stretch: what a method of any of them could use."""
    return max((result.n for stretches in results for result in stretches.values()), default=0)
