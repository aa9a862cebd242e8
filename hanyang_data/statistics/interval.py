"""What a printed figure leaves open: "over 1,000" is any number above 1,000, "positive" any above 0, a wording any at all.

Two figures of which one is a bound can still be compared: over 12% has met a target of 10%. What is decided is said, and
the size of the difference is one-sided. And printed figures imply one that was not printed, by one relation: a level is the
level some years before, times real growth, times the rise of prices,

    later = earlier · (1 + growth)^years · (1 + prices)

and each of its parts follows from the others. Numbers in percent are percent; a part that is a bound gives a bound. How far
the relation is off where all of its parts were printed is measured elsewhere (:mod:`hanyang_data.statistics.conformal`).
"""

import math
from collections.abc import Callable, Mapping
from decimal import Decimal
from itertools import combinations
from typing import NamedTuple

from hanyang_data.errors import ParameterError
from hanyang_data.statistics.small_sample import exact
from hanyang_data.words.wording import NO_WORDS, Measured, Text, amount, messages, span

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
    def telling(self) -> bool:
        """Whether it is bounded below and above, or its one bound says on which side of zero it lies."""
        return self.two_sided or self.apart(NO_CHANGE)

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
NO_CHANGE = Interval(Decimal(0), Decimal(0))


def printed(qualifier: str, value: float | None = None, high: float | None = None, *, gdp: Interval = EVERY) -> Interval:
    """The numbers that a figure with this qualifier may stand for; "about" is read at its number, "in step with GDP" as ``gdp``.

    ``value`` is None or NaN for a wording without a number, ``high`` the upper end of a range.
    """
    if qualifier == "in_step_with_gdp":
        return gdp
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


def between(low: float, high: float, *, above: bool = False, below: bool = False) -> Interval:
    """An interval from plain numbers; infinity where nothing bounds it.

    Example:
        >>> between(4.7, math.inf)
        Interval(low=Decimal('4.700000000'), high=Decimal('Infinity'), above=False, below=False)
    """
    ends = [exact(x, 9) if math.isfinite(x) else Decimal(x) for x in (low, high)]
    return Interval(ends[0], ends[1], above, below)


def above_zero(value: Interval) -> Interval:
    """What an interval leaves to a level, which is positive: within 900 is above 0 and at most 900.

    Example:
        >>> above_zero(printed("within", 900))
        Interval(low=Decimal('0'), high=Decimal('900.000000'), above=True, below=False)
    """
    return value if value.low > 0 else value._replace(low=Decimal(0), above=True)


def compound(*rates: Interval) -> Interval:
    """Rates of several years as one rate over all of them, %.

    Example:
        >>> [float(end) for end in compound(between(10, 10), between(-10, 0))[:2]]
        [-1.0, 10.0]
    """
    factors = [_factor(rate) for rate in rates]
    ends = [math.prod(float(factor[side]) for factor in factors) for side in (0, 1)]
    return between(*(100 * (end - 1) for end in ends), above=any(f.above for f in factors), below=any(f.below for f in factors))


def implied_growth(
    earlier: Interval, later: Interval, *, years: int = 1, prices: Interval = NO_CHANGE, known: Interval = NO_CHANGE
) -> Interval:
    """Growth that two levels on one basis imply, % a year.

    ``earlier`` is positive (of one printed as a ceiling what :func:`above_zero` leaves of it), ``later`` the level ``years`` on,
    over which the growth is averaged geometrically; or more years on, where growth of some between is ``known`` (%, compounded).
    ``prices`` is their rise over the whole time, %; none for growth at current prices. A ParameterError for a level that may be
    zero or negative, or for no year.

    Example:
        >>> found = implied_growth(between(699, 699), between(790, 790), prices=between(1.1, 1.1))
        >>> round(float(found.low), 1)
        11.8
        >>> implied_growth(between(948, 948), printed("over", 1000)).high
        Decimal('Infinity')

    Source: METHODS 1.7.
    """
    if years < 1 or not all(level.within(printed("positive")) for level in (earlier, later)):
        raise ParameterError(f"levels are {earlier} and {later}, {years} years: growth needs positive levels and a year")
    ratio = _over(_over(later, earlier), _factor(prices), _factor(known))
    return _map(ratio, lambda x: 100 * (x ** (1 / years) - 1))


def implied_level(level: Interval, growth: Interval, *, prices: Interval = NO_CHANGE, later: bool) -> Interval:
    """The level that another level on the same basis implies.

    The known one is positive; growth (compounded) and the rise of prices between the two are in %; ``later`` says whether the one
    sought is the later of the two.

    Example:
        >>> found = implied_level(between(860, 860), between(6, 6), prices=between(0.4, 0.4), later=False)
        >>> round(float(found.low), 1)
        808.1
    """
    between_them = _factor(compound(growth, prices))
    if not later:
        return _over(level, between_them)
    ends = (float(level.low) * float(between_them.low), float(level.high) * float(between_them.high))
    return between(*ends, above=level.above or between_them.above, below=level.below or between_them.below)


def implied_prices(earlier: Interval, later: Interval, growth: Interval) -> Interval:
    """The rise of prices that two levels and the real growth between them imply, %: the deflator.

    Example:
        >>> found = implied_prices(between(17716.76, 17716.76), between(18866.43, 18866.43), between(4, 4))
        >>> round(float(found.low), 1)
        2.4
    """
    return _map(_over(later, earlier, _factor(growth)), lambda x: 100 * (x - 1))


def common(routes: Mapping[str, Interval]) -> tuple[Interval | None, list[tuple[str, str]]]:
    """The numbers that all routes allow, and the routes that allow none in common, two by two; nothing is averaged.

    Example:
        >>> common({"levels": between(1, 5), "bound": printed("over", 3)})[0]
        Interval(low=Decimal('3.000000'), high=Decimal('5.000000000'), above=True, below=False)
        >>> common({"a": between(1, 2), "b": between(3, 4)})
        (None, [('a', 'b')])
    """
    apart = [(a, b) for a, b in combinations(routes, 2) if routes[a].apart(routes[b])]
    if apart or not routes:
        return None, apart
    low, above = max((r.low, r.above) for r in routes.values())
    high, closed = min((r.high, not r.below) for r in routes.values())
    return Interval(low, high, above, not closed), []


def _factor(rate: Interval) -> Interval:
    """What a rate multiplies by, which is above zero: of one that nothing bounds below, as at most 5%, anything from there up."""
    return above_zero(Interval(1 + rate.low / 100, 1 + rate.high / 100, rate.above, rate.below))


def _over(value: Interval, *others: Interval) -> Interval:
    """The value divided by each of the others, all positive."""
    low, high = (float(end) for end in value[:2])
    for other in others:
        low, high = low / float(other.high), high / float(other.low) if other.low else math.inf
    above = value.above or any(other.below for other in others)
    return between(low, high, above=above, below=value.below or any(other.above for other in others))


def _map(value: Interval, change: Callable[[float], float]) -> Interval:
    """The interval under a change that keeps the order."""
    return between(*(change(float(end)) for end in value[:2]), above=value.above, below=value.below)
