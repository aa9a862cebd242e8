"""Is a mean close enough to zero? Two one-sided t tests against a margin that is stated before the data are looked at.

A test that does not reject zero shows nothing; this one shows that a difference is small.
Source: Schuirmann (1987); METHODS 1.2 G5.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np

from hanyang_data.errors import ParameterError
from hanyang_data.statistics import small_sample as ss
from hanyang_data.statistics.small_sample import Test
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import Text, number

SAYS = messages(__name__)

METHOD = "two one-sided t tests (TOST)"


def tost(values: Sequence[float], margin: float = ss.MARGIN_PP) -> Test | None:
    """Two one-sided t tests of ``-margin < mean < margin``; the larger p-value counts. None below five values.

    Args:
        values: yearly differences, in the unit of the margin.
        margin: more than zero.

    Returns:
        ``statistic`` is the t of the side with the larger p-value. Values that are all alike leave nothing to estimate: p is 0
        inside the margin and 1 outside.

    Raises:
        ParameterError: for a margin of zero or less.
    """
    from scipy import stats  # a second to import: only where it is computed with

    check_margin(margin)
    n = len(values)
    if not ss.permits("interval", n):
        return None
    mean, error = math.fsum(values) / n, float(np.std(values, ddof=1)) / math.sqrt(n)
    distance = margin - abs(mean)  # from the nearer end of the margin
    if error < 1e-12:
        return Test(math.copysign(math.inf, distance), float(distance <= 0), METHOD, n)
    t = distance / error
    return Test(t, float(stats.t.sf(t, n - 1)), METHOD, n)


def stated(margin: float) -> Text:
    """The margin, as it goes before any result."""
    return SAYS.first.format(
        margin=ss.amount(margin, "pp", sign=False, decimals=2 if round(margin, 1) != margin else 1)
    )


def words(test: Test) -> Text:
    """What the test shows."""
    small, exact = test.p_value < 0.001, number(test.p_value, 3)
    p = SAYS.below_0_001 if small else Text(exact, f"={exact}")
    return (SAYS.shown if test.p_value <= ss.ALPHA else SAYS.not_shown).format(p=p, n=test.n)


def check_margin(margin: float) -> float:
    """A margin of equivalence in percentage points.

    Raises:
        ParameterError: unless it is a number above zero.
    """
    if not (math.isfinite(margin) and margin > 0):
        raise ParameterError(f"margin_pp is {margin}: a margin of equivalence is more than 0, such as {ss.MARGIN_PP}")
    return margin
