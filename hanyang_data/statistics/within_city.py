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
from hanyang_data.words.wording import Text, number, points, year_list

if TYPE_CHECKING:
    from hanyang_data.statistics.small_sample import Annual

SMALLEST_SHARE = 5.0  # % of the city: below it, leaving the district out changes nothing that is printed
LEAST_GROWTH = 1.0  # % of growth of the city: below it a share of it explodes or turns its sign

REST = Text(
    "Against the rest of the city, which leaves the district out, the gap of {year} is {gap}.",
    "与剔除本区后的全市其他地区相比，{year}年增速差为{gap}。",
)
ADDS = Text(
    "With {share}% of the city in the year before, the district adds {points} to city growth of {year}{of_growth}.",
    "上年本区占全市{share}%，拉动{year}年全市增长{points}{of_growth}。",
)
OF_GROWTH = Text(", {part}% of it", "，贡献率{part}%")
NO_PART = Text(
    "; as a share of it this is not given, city growth being below {least}% or the two not both positive",
    "；全市增速低于{least}%或两者未同为正，故不计贡献率",
)
SMALL = Text(
    "The rest of the city is not set against a district below {least}% of it ({years}).",
    "{years}本区占全市比重不足{least}%，不与全市其他地区比较。",
)
LAST = Text("The last share on record is {share}% ({year}){small}.", "最近有记录的占比为{share}%（{year}年）{small}。")
TOO_SMALL = Text(", too small to set the rest of the city against the district", "，占比过小，不与全市其他地区比较")
NO_SHARE = Text("Without a share of the year before: {years}.", "{years}缺上年占比。")


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
        parts.append(REST.format(year=int(rest.index[-1]), gap=points(float(rest["gap_pp"].iloc[-1]))))
    if adds is not None:
        last, year = adds.iloc[-1], int(adds.index[-1])
        part = last["of_growth_pct"]
        of_growth = (
            NO_PART.format(least=number(LEAST_GROWTH)) if math.isnan(part) else OF_GROWTH.format(part=number(part, 1))
        )
        cells = {"share": number(last["share_pct"], 1), "points": points(last["contribution_pp"], 2)}
        parts.append(ADDS.format(**cells, year=year, of_growth=of_growth))
    elif gaps and shares:
        year, value = max(shares.items())
        small = TOO_SMALL if value < SMALLEST_SHARE else Text("", "")
        parts.append(LAST.format(share=number(value, 1), year=year - 1, small=small))
    small_ones = [year for year in gaps if shares.get(year, SMALLEST_SHARE) < SMALLEST_SHARE]
    if small_ones:
        parts.append(SMALL.format(least=number(SMALLEST_SHARE), years=year_list(small_ones)))
    unknown = [year for year in gaps if year not in shares]
    if unknown:
        parts.append(NO_SHARE.format(years=year_list(unknown)))
    return parts
