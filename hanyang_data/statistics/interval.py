"""What a printed figure leaves open: "over 1,000" is any number above 1,000, "positive" any above 0, a wording any at all.

Two figures of which one is a bound can still be compared: over 12% has met a target of 10%. What is decided is said, and
the size of the difference is one-sided.
"""

import math
from decimal import Decimal
from typing import NamedTuple

from hanyang_data.statistics.small_sample import exact
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import NO_WORDS, Measured, Text, amount, span

SAYS = messages(__name__)


class Interval(NamedTuple):
    """All the numbers that a printed figure may stand for.

    Example:
        >>> printed("over", 1000.0)
        Interval(low=Decimal('1000.000000'), high=Decimal('Infinity'), above=True, below=False)
        >>> printed("over", 12.0).within(printed("at_least", 10.0))
        True
    """

    low: Decimal  # the smallest, minus infinity where nothing bounds it below
    high: Decimal  # the largest, or infinity
    above: bool = False  # whether ``low`` itself is left out (over 1,000)
    below: bool = False  # whether ``high`` itself is left out

    @property
    def stated(self) -> bool:
        """Whether it is one number."""
        return self.low == self.high

    @property
    def bounded(self) -> bool:
        """Whether anything is known of it."""
        return self.low.is_finite() or self.high.is_finite()

    @property
    def two_sided(self) -> bool:
        """Whether it is bounded below and above."""
        return self.low.is_finite() and self.high.is_finite()

    @property
    def ends(self) -> tuple[float, float]:
        """Both ends as a table holds them: not a number where nothing bounds it."""
        low, high = (float(end) if end.is_finite() else math.nan for end in (self.low, self.high))
        return low, high

    def within(self, other: "Interval") -> bool:
        """Whether all of its numbers belong to ``other``."""
        low = self.low > other.low or (self.low == other.low and (self.above or not other.above))
        high = self.high < other.high or (self.high == other.high and (self.below or not other.below))
        return low and high

    def apart(self, other: "Interval") -> bool:
        """Whether none of its numbers belongs to ``other``."""
        left = self.high < other.low or (self.high == other.low and (self.below or other.above))
        right = self.low > other.high or (self.low == other.high and (self.above or other.below))
        return left or right

    def minus(self, other: "Interval") -> "Interval":
        """All differences of a number of this and one of ``other``."""
        ends = self.low - other.high, self.high - other.low
        return Interval(*ends, self.above or other.below, self.below or other.above)

    def words(self, unit: Measured) -> Text:
        """A difference in print: +2.0 pp, at least +2.0 pp, over +2.0 pp; empty where only its sign is known, or nothing."""
        if self.stated:
            return amount(float(self.low), unit)
        if self.two_sided:
            return span(float(self.low), float(self.high), unit)
        from_below = self.low.is_finite()
        end, out = (self.low, self.above) if from_below else (self.high, self.below)
        if end == 0 or not end.is_finite():  # the side alone, which a verdict says already
            return NO_WORDS
        template = (SAYS.over if out else SAYS.at_least) if from_below else (SAYS.under if out else SAYS.at_most)
        return template.format(n=amount(float(end), unit))


EVERY = Interval(Decimal("-Infinity"), Decimal("Infinity"))


def printed(qualifier: str, value: float | None = None, high: float | None = None) -> Interval:
    """The numbers that a figure with this qualifier may stand for; "about" is read at its number.

    ``value`` is None or NaN for a wording without a number, ``high`` the upper end of a range.
    """
    if qualifier == "positive":
        return Interval(Decimal(0), EVERY.high, above=True)
    if value is None or math.isnan(value):
        return EVERY
    number = exact(value)
    if qualifier in ("at_least", "over"):
        return Interval(number, EVERY.high, above=qualifier == "over")
    if qualifier == "within":
        return Interval(EVERY.low, number)
    return Interval(number, number if high is None or math.isnan(high) else exact(high))
