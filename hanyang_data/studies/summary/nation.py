"""Many regions side by side: how what their runs estimate is spread over them, and how surely each has its rank."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from hanyang_data.statistics.small_sample import ranks
from hanyang_data.studies.registry import ANALYSES

CELL = ["notebook", "indicator", "estimated"]
QUANTILES = {"lowest_twentieth": 0.05, "lowest_quarter": 0.25, "median": 0.5, "highest_quarter": 0.75, "highest_twentieth": 0.95}
GROWTH = ("growth", "level")  # which are in percent a year; the others are differences


def ranked(runs: pd.DataFrame) -> pd.DataFrame:
    """One row for each notebook, indicator and region that has an estimate, the highest first, with its rank among them.

    Of several runs of one region the one with the most observations counts; where some regions have an estimate of one kind
    and some of another, such as of growth and of the level, the kind that more of them have.

    Returns:
        ``notebook, indicator, estimated, region, estimate, low, high, regions`` (how many), ``rank, rank_low, rank_high``.
    """
    best = runs[runs["estimate"].notna()].sort_values("used", ascending=False, kind="stable")
    best = best.drop_duplicates([*CELL, "region"])
    best = best.assign(regions=best.groupby(CELL)["region"].transform("size")).sort_values(
        "regions", ascending=False, kind="stable"
    )
    best = best[best["estimated"].eq(best.groupby(CELL[:2])["estimated"].transform("first"))]
    parts = [_with_ranks(cell) for _, cell in best.groupby(CELL, sort=False)]
    columns = [*CELL, "region", "estimate", "low", "high", "regions", "rank", "rank_low", "rank_high"]
    return pd.concat(parts)[columns].reset_index(drop=True) if parts else pd.DataFrame(columns=columns)


def _with_ranks(cell: pd.DataFrame) -> pd.DataFrame:
    numbers = cell[["estimate", "low", "high"]].astype(float)
    found = ranks(numbers["estimate"], numbers["low"], numbers["high"])
    return cell.assign(**numbers, **{name: found[name].to_numpy() for name in found}).sort_values("rank", kind="stable")


def spread(ranks_: pd.DataFrame) -> pd.DataFrame:
    """One row a notebook and indicator: the number of regions and the quantiles of what was estimated of them."""
    rows = [
        dict(zip(CELL, key, strict=True))
        | {"regions": len(cell)}
        | {name: float(cell["estimate"].quantile(share)) for name, share in QUANTILES.items()}
        for key, cell in ranks_.groupby(CELL, sort=False)
    ]
    return pd.DataFrame(rows, columns=[*CELL, "regions", *QUANTILES])


def foremost(ranks_: pd.DataFrame, order: Sequence[str]) -> pd.DataFrame:
    """The rows of the notebook with estimates of the most regions: the indicators with the most of them first, then in order."""
    counts = ranks_.groupby(["notebook", "indicator"], sort=False)["regions"].first()
    most = counts.groupby("notebook").max()
    name = max(most.index, key=lambda notebook: (most[notebook], -[*ANALYSES, notebook].index(notebook)))
    ours = ranks_[ranks_["notebook"] == name]
    place = [[*order, indicator].index(indicator) for indicator in ours["indicator"]]
    return ours.assign(place=place).sort_values(["regions", "place", "rank"], ascending=[False, True, True], kind="stable")
