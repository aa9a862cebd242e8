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
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import Text, number, points, year_list

if TYPE_CHECKING:
    from hanyang_data.statistics.small_sample import Annual

SAYS = messages(__name__)

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
            raise ParameterError(
                f"share of {value}% in {year - 1}: a district is more than 0 and less than 100% of its city"
            )
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


def words(
    rest: pd.DataFrame | None, adds: pd.DataFrame | None, gaps: Mapping[int, float], shares: Mapping[int, float]
) -> list[Text]:
    """The sentences on the last year with a share, on small shares and on missing ones."""
    parts = []
    if rest is not None:
        parts.append(SAYS.rest.format(year=int(rest.index[-1]), gap=points(float(rest["gap_pp"].iloc[-1]))))
    if adds is not None:
        last, year = adds.iloc[-1], int(adds.index[-1])
        part = last["of_growth_pct"]
        of_growth = (
            SAYS.no_part.format(least=number(LEAST_GROWTH))
            if math.isnan(part)
            else SAYS.of_growth.format(part=number(part, 1))
        )
        cells = {"share": number(last["share_pct"], 1), "points": points(last["contribution_pp"], 2)}
        parts.append(SAYS.adds.format(**cells, year=year, of_growth=of_growth))
    elif gaps and shares:
        year, value = max(shares.items())
        small = SAYS.too_small if value < SMALLEST_SHARE else Text("", "")
        parts.append(SAYS.last.format(share=number(value, 1), year=year - 1, small=small))
    small_ones = [year for year in gaps if shares.get(year, SMALLEST_SHARE) < SMALLEST_SHARE]
    if small_ones:
        parts.append(SAYS.small.format(least=number(SMALLEST_SHARE), years=year_list(small_ones)))
    unknown = [year for year in gaps if year not in shares]
    if unknown:
        parts.append(SAYS.no_share.format(years=year_list(unknown)))
    return parts
