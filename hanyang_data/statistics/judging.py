"""One outturn against one target: how far apart they are, and whether the target was met; both may be bounds."""

from __future__ import annotations

from decimal import Decimal

from hanyang_data.errors import ParameterError
from hanyang_data.record.targets import Target
from hanyang_data.statistics.interval import EVERY, Interval, printed
from hanyang_data.statistics.small_sample import exact


def size(outturn: Interval, aim: Target) -> Interval | None:
    """The error: distance to the nearest number of the target, positive where better; None for a target without a number."""
    ends = [exact(end) for end in (aim.low, aim.high) if end is not None]
    if not ends:
        return None
    if aim.unit != "percent" and ends[0] <= 0:
        raise ParameterError(f"a target of {ends[0]} {aim.unit} has no percent: levels must be above 0")
    low, high = (_distance(end, ends[0], ends[-1], relative=aim.unit != "percent") for end in outturn[:2])
    if _ceiling(aim):
        return Interval(-high, -low, outturn.below, outturn.above)
    return Interval(low, high, outturn.above, outturn.below)


def _distance(found: Decimal, low: Decimal, high: Decimal, *, relative: bool) -> Decimal:
    near = min(max(found, low), high)
    return 100 * (found - near) / near if relative else found - near


def _ceiling(aim: Target) -> bool:
    return aim.ceiling or aim.qualifier == "within"


def verdict(outturn: Interval, aim: Target, tolerance: Decimal) -> str:
    """Whether all, none or some of the numbers that the outturn may stand for reach the target."""
    if outturn.within(_reached(aim)):
        return "met"
    near = _reached(aim, tolerance if aim.qualifier == "about" else Decimal(0))
    return "about_met" if outturn.within(near) else "missed" if outturn.apart(near) else "open"


def _reached(aim: Target, tolerance: Decimal = Decimal(0)) -> Interval:
    """The numbers that reach a target: from its lower end up, of a ceiling from its upper end down, 正增长 above zero."""
    ends = [exact(end) for end in (aim.low, aim.high) if end is not None]
    if not ends:
        return printed("positive")
    bar = ends[-1] if _ceiling(aim) else ends[0]
    slack = tolerance if aim.unit == "percent" else bar * tolerance / 100
    return Interval(EVERY.low, bar + slack) if _ceiling(aim) else Interval(bar - slack, EVERY.high, aim.qualifier == "over")
