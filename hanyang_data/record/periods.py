"""Parts of a year: cumulated from January on, never set beside whole years without saying so."""

from __future__ import annotations

from hanyang_data.errors import ParameterError
from hanyang_data.record.lenient import PERIODS

WHOLE = "annual"
PARTS = ("q1_q3", "h1", "q1")  # the longest first
CHOICES = (WHOLE, *PARTS)


def check_period(period: str) -> str:
    """The period of a series: annual, q1, h1 or q1_q3, also as a Chinese text names it.

    >>> check_period("上半年")
    'h1'
    """
    word = period.strip().lower() if isinstance(period, str) else ""
    found = PERIODS.get(word, word)
    if found not in CHOICES:
        raise ParameterError(f"period is {period!r}: known are {', '.join(CHOICES)}, each from January on")
    return found
