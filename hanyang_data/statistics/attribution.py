"""What the growth of a region is made of, and what its gap to another is: contributions of sectors, shift and share.

An accounting identity has no standard error, and none is given. What the parts do not explain is a residual: it is always
returned, always shown and never folded in. It comes from rounding, chain-linking, and sectors that nobody printed.
Source: METHODS 1.2 G4.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass

import pandas as pd

from hanyang_data.errors import ParameterError

LIMIT_PP = 0.3  # a residual beyond this, and the parts do not describe the whole; a judgement of METHODS 1.2 G4
WEIGHTS_UP_TO = 102.0  # % : rounding of implied weights may lead a little beyond the whole, an overlap of sectors far


@dataclass(frozen=True, eq=False)
class Contributions:
    """The growth of one region in one year, taken apart."""

    # one row a sector: ``weight_pct`` (of the year before), ``growth_pct``, ``contribution_pp`` = weight * growth / 100
    table: pd.DataFrame
    total_pct: float  # growth of the whole as published
    residual_pp: float  # ``total_pct`` minus the sum of the contributions

    @property
    def adds_up(self) -> bool:
        """Whether the residual stays within 0.3 pp."""
        return abs(round(self.residual_pp, 6)) <= LIMIT_PP


@dataclass(frozen=True, eq=False)
class ShiftShare:
    """The gap of a district to its city in one year, taken apart."""

    # one row a sector: ``structure_pp`` (what its other weight makes) and ``within_pp`` (what its other growth makes)
    table: pd.DataFrame
    structure_pp: float  # of all sectors
    within_pp: float  # of all sectors
    gap_pp: float  # growth of the district minus growth of the city, as published
    residual_pp: float  # the gap minus the sum of all parts, which is the residual of the district minus that of the city


def contributions(weights: Mapping[str, float], growth: Mapping[str, float], total: float) -> Contributions:
    """Take the growth of a region apart: ``c_i = w_i * g_i``.

    ``weights`` are nominal shares of the year before, ``growth`` and ``total`` real growth, all in %; sectors that nobody printed
    are left out and show in the residual. A ParameterError for other sectors on one side than on the other, none at all, a number
    that is none, a weight outside 0 to 100, or weights of more than 102% together.
    """
    if set(weights) != set(growth) or not weights:
        raise ParameterError(f"weights of {sorted(weights)} and growth of {sorted(growth)}: give both for every sector")
    if not all(map(math.isfinite, [*weights.values(), *growth.values(), total])):
        raise ParameterError("weights, growth and total must be finite numbers: leave out a sector without them")
    if min(weights.values()) < 0 or math.fsum(weights.values()) > WEIGHTS_UP_TO:
        raise ParameterError(f"weights {dict(weights)}: shares are 0 or more, and together the whole at most")
    parts = {sector: weights[sector] * growth[sector] / 100 for sector in weights}
    columns = {"weight_pct": dict(weights), "growth_pct": dict(growth), "contribution_pp": parts}
    table = pd.DataFrame(columns, index=pd.Index(list(weights), name="sector"), dtype=float)
    return Contributions(table, float(total), float(total) - math.fsum(parts.values()))


def shift_share(district: Contributions, city: Contributions) -> ShiftShare | None:
    """Take the gap of a district to its city apart into structure and growth within sectors.

    Structure ``(wD - wC) * (gD + gC)/2``, within ``(wD + wC)/2 * (gD - gC)``: no interaction, and swapping the two turns every
    sign. None where one of the residuals, or that of the gap, is beyond 0.3 pp: the parts do not describe the whole then. A
    ParameterError for other sectors on one side than on the other.
    """
    a, b = district.table, city.table
    if set(a.index) != set(b.index):
        raise ParameterError(f"sectors {sorted(a.index)} and {sorted(b.index)}: compare the same ones")
    b = b.loc[a.index]
    apart_w, apart_g = a["weight_pct"] - b["weight_pct"], a["growth_pct"] - b["growth_pct"]
    shares, rates = (a["weight_pct"] + b["weight_pct"]) / 2, (a["growth_pct"] + b["growth_pct"]) / 2
    table = pd.DataFrame({"structure_pp": apart_w * rates / 100, "within_pp": shares * apart_g / 100})
    residual = district.residual_pp - city.residual_pp
    if not (district.adds_up and city.adds_up and abs(round(residual, 6)) <= LIMIT_PP):
        return None
    sums = math.fsum(table["structure_pp"]), math.fsum(table["within_pp"])
    return ShiftShare(table, *sums, round(district.total_pct - city.total_pct, 10), residual)
