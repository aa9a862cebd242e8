"""Ranks of many estimates, and between which ranks each lies as far as their intervals can tell."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import pandas as pd


def ranks(value: Sequence[float], low: Sequence[float], high: Sequence[float]) -> pd.DataFrame:
    """Ranks from the highest value down, and the ranks that the intervals allow.

    One ranks behind those whose whole interval lies above its own and before those whose whole interval lies below it; of the
    others nobody can tell. The intervals are taken one by one: two of 95% that part, equal and independent, are of the same
    value in 6 cases of 1,000 (of up to 50 where one is much shorter), so that among thousands some are set apart by chance.

    Args:
        value: of each region.
        low: lower end of its 95% interval.
        high: the upper end.

    Returns:
        One row each, in the order given: ``rank`` (equal values share the best), ``rank_low``, ``rank_high``.

    Example:
        >>> ranks([5, 9, 1], [4, 8, 0], [6, 10, 2]).values.tolist()
        [[2, 2, 2], [1, 1, 1], [3, 3, 3]]
        >>> ranks([5, 9, 1], [3, 6, -1], [7, 12, 3]).values.tolist()
        [[2, 1, 3], [1, 1, 2], [3, 2, 3]]
    """
    middle, lows, highs = (np.asarray(ends, dtype=float) for ends in (value, low, high))
    return pd.DataFrame(
        {
            "rank": 1 + len(middle) - np.searchsorted(np.sort(middle), middle, "right"),
            "rank_low": 1 + len(middle) - np.searchsorted(np.sort(lows), highs, "right"),
            "rank_high": len(middle) - np.searchsorted(np.sort(highs), lows, "left"),
        }
    )
