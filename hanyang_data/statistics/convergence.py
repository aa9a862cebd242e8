"""Do those that start lower grow faster? Growth against the level before, over several regions in one year (beta convergence).

After Barro and Sala-i-Martin (1992), Journal of Political Economy 100(2); with a rank test in place of their regression, as the
regions of one record are few and none of them is a draw from many.
"""

import math
from collections.abc import Mapping
from dataclasses import dataclass, replace

import pandas as pd

from hanyang_data.statistics.small_sample import ALPHA, Estimate, Test, permits
from hanyang_data.statistics.trend import mann_kendall, theil_sen

KENDALL = {
    "exact": "Kendall's S, exact",
    "ties": "Kendall's S with ties, exact",
    "draws": "Kendall's S with ties, 100,000 random draws",
}


@dataclass(frozen=True, eq=False)
class ConvergenceResult:
    """How growth goes with the level before; what the number of regions does not carry is None."""

    n: int  # regions with both
    table: pd.DataFrame  # indexed by region, the lowest level first: ``level`` (in the unit that came in), ``growth_pct``
    # median change of growth with a doubling of the level, pp; negative where the lower grow faster
    slope: Estimate | None
    test: Test | None  # exact test of no order between level and growth (Kendall's S), from five regions on that can tell any


def analyse(levels: Mapping[str, float], growth: Mapping[str, float]) -> ConvergenceResult:
    """Growth of regions against their level before.

    Args:
        levels: region → level of the year before, positive.
        growth: region → growth, %.

    Example:
        >>> found = analyse({"a": 1, "b": 2, "c": 4, "d": 8, "e": 16}, {"a": 9, "b": 8, "c": 7, "d": 6, "e": 5})
        >>> found.slope.value, round(found.test.p_value, 3)
        (-1.0, 0.017)
    """
    both = [(region, float(levels[region]), float(growth[region])) for region in levels if region in growth]
    known = [row for row in both if row[1] > 0 and not any(map(math.isnan, row[1:]))]
    rows = sorted(known, key=lambda row: (row[1], row[0]))
    table = pd.DataFrame(rows, columns=["region", "level", "growth_pct"]).set_index("region")
    doublings, rates = [math.log2(level) for level in table["level"]], list(table["growth_pct"])
    alike = [doublings.count(one) for one in {*doublings}]
    least = 2 * math.prod(map(math.factorial, alike)) / math.factorial(len(rates))  # p of a perfect order
    tells = permits("test", len(rates)) and least <= ALPHA
    slope = theil_sen(doublings, rates) if tells else None
    test = mann_kendall(rates, doublings, methods=KENDALL) if tells else None
    return ConvergenceResult(
        len(rates),
        table,
        slope and replace(slope, method="Theil–Sen slope on the binary logarithm of the level, rank interval"),
        test,
    )


def significant(result: ConvergenceResult) -> bool:
    """Whether level and growth go together beyond chance, at the level that the project tests at."""
    return result.test is not None and result.test.p_value < ALPHA
