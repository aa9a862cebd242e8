"""A district inside its city: growth of the rest, and what the district adds to the growth of the whole.

With the district's nominal share ``s`` of the year before, ``g_C = s*g_D + (1 - s)*g_rest``. Weights of the year before;
growth in percent, contributions in percentage points. Source: METHODS 1.2 G3.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import TYPE_CHECKING

import pandas as pd

from hanyang_data.errors import ParameterError

if TYPE_CHECKING:
    from hanyang_data.statistics.small_sample import Annual

SMALLEST_SHARE = 5.0  # % of the city: below it, leaving the district out changes nothing that is printed
LEAST_GROWTH = 1.0  # % of growth of the city: below it a share of it explodes or turns its sign


def weights(share: Annual) -> dict[int, float]:
    """Year of growth → share (%) of the year before.

    Raises:
        ParameterError: for a share that is not more than 0 and less than 100.
    """
    from hanyang_data.statistics import small_sample as ss

    found = {year + 1: value for year, value in ss.usable(ss.by_year(share, "share")).items()}
    for year, value in found.items():
        if not 0 < value < 100:
            raise ParameterError(f"share of {value}% in {year - 1}: a district is more than 0 and less than 100% of its city")
    return found


def rest_of_city(
    district: Mapping[int, float], city: Mapping[int, float], gaps: Mapping[int, float], shares: Mapping[int, float]
) -> pd.DataFrame | None:
    """Growth of the rest, ``(g_C - s*g_D)/(1 - s)``, and the gap to it, ``(g_D - g_C)/(1 - s)``; shares of 5% and more only."""
    rows = {}
    for year in gaps:
        if shares.get(year, 0) >= SMALLEST_SHARE:
            s = shares[year] / 100
            rows[year] = (shares[year], (city[year] - s * district[year]) / (1 - s), gaps[year] / (1 - s))
    if not rows:
        return None
    return pd.DataFrame.from_dict(rows, orient="index", columns=["share_pct", "rest_pct", "gap_pp"]).rename_axis("year")


def contributions(
    district: Mapping[int, float], city: Mapping[int, float], gaps: Mapping[int, float], shares: Mapping[int, float]
) -> pd.DataFrame | None:
    """What the district adds to city growth: ``s*g_D`` in pp, and as a share of it where that has a meaning.

    Returns:
        Indexed by year: ``share_pct`` (of the year before), ``contribution_pp``, ``of_growth_pct``, NaN unless the city grew by
        1% or more and the district grew too; None without any share.
    """
    rows = {}
    for year in gaps:
        if year in shares:
            adds = shares[year] / 100 * district[year]
            meant = city[year] >= LEAST_GROWTH and district[year] > 0
            rows[year] = (shares[year], adds, 100 * adds / city[year] if meant else math.nan)
    columns = ["share_pct", "contribution_pp", "of_growth_pct"]
    return pd.DataFrame.from_dict(rows, orient="index", columns=columns).rename_axis("year") if rows else None
