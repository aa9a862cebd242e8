"""Target shortfall: outturn minus target, positive where the outturn is better; met or not under three readings.

"About 7" is not 7.0, so a target worded 左右 is read three times: strictly, with a tolerance of 0.25 and of 0.5. A bound is
judged where it decides: "12% and more" has met a target of 10%. What is compared is what was printed, in decimals; a float
would invent misses at the boundary. Of a level set for the end of a five-year plan: the growth that the years left need for it.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

import pandas as pd

from hanyang_data.errors import ParameterError, nearest, shown
from hanyang_data.record.targets import Target
from hanyang_data.statistics import small_sample as ss
from hanyang_data.statistics import trend
from hanyang_data.statistics.interval import EVERY, Interval, printed
from hanyang_data.statistics.small_sample import Annual, Estimate, Test
from hanyang_data.words.wording import NO_WORDS, Measured, Text, messages

SAYS = messages(__name__)
Targets: TypeAlias = "Mapping[int, Target] | pd.Series[Target]"
# what a target worded "about" may be missed by: pp for rates, % of the target for levels
READINGS = {"strict": Decimal(0), "about_025": Decimal("0.25"), "about_050": Decimal("0.5")}
REASONS = SAYS.each("reasons")
PLAN_YEARS = 5  # a five-year plan ends in a year divisible by five; its base is the year before its first
SENSITIVITY_PP = 1.0  # on either side of the deflator that is assumed


class Hits(NamedTuple):
    """Years in which the target was met, under each reading."""

    strict: int
    about_025: int
    about_050: int


@dataclass(frozen=True, eq=False)
class ShortfallResult:
    """How outturns compare with targets; what the number of years does not carry is None."""

    n: int  # years that are judged: met or missed, read strictly
    # indexed by year, all years of either side: ``outturn, target_low, target_high, qualifier``, the error (``error_pp`` for
    # targets in percent, ``error_pct`` of the target for levels; 0 inside a range), ``attainment_pct`` (levels: the outturn in
    # percent of the number to be reached) and ``verdict_strict, verdict_about_025, verdict_about_050``: met, about_met, missed,
    # open (a bound that does not decide) or not_evaluable
    table: pd.DataFrame
    sizes: dict[int, Interval]  # the error of each year, one-sided where the outturn is a bound
    unit: Measured  # of the errors, pp for targets in percent, else percent of the target
    hits: Hits  # years met or about met, under each reading
    hit_rate: Estimate | None  # share (0 to 1) of the strict hits, with the Clopper–Pearson interval, from five judged years on
    mean_error: Estimate | None  # in pp or in % of the target, from five years with an error on
    test: Test | None  # exact sign-flip test of a zero mean error, from six years on
    not_evaluable: dict[int, Text]  # the other years, each with its reason

    @property
    def judged(self) -> dict[int, str]:
        """Year -> met or missed, read strictly."""
        verdicts = self.table["verdict_strict"]
        return {int(year): found for year, found in verdicts.items() if found in ("met", "missed")}

    def size(self, year: int) -> Text:
        """The error of a year in words: +2.0 pp, at least +2.0 pp; empty where nothing bounds it."""
        return self.sizes[year].words(self.unit) if year in self.sizes else NO_WORDS


def analyse(outturns: Annual, targets: Targets, *, bounds: Mapping[int, Interval] = MappingProxyType({})) -> ShortfallResult:
    """Set outturns against targets, year by year.

    Args:
        outturns: percent or level, indexed by year, in the unit of the targets; NaN is missing.
        targets: year -> Target, one set of them (original or revised); None is a year without.
        bounds: years whose outturn was printed as a bound or a wording, as of :func:`interval.printed`; judged where it decides.

    Raises:
        ParameterError: for years that are not whole or stand twice, targets that are none or of more than one unit.

    Example:
        >>> from hanyang_data.statistics import interval
        >>> from hanyang_data.record.targets import parse
        >>> found = analyse({}, {2021: parse("10%左右")}, bounds={2021: interval.printed("at_least", 12.0)})
        >>> found.judged, found.size(2021).en
        ({2021: 'met'}, 'at least +2.0 pp')
    """
    stated, aims = ss.usable(given := ss.by_year(outturns, "outturns")), _targets(targets)
    done = {**bounds, **{year: printed("point", value) for year, value in stated.items()}}
    years = sorted({*given, *aims, *bounds})
    reasons = {year: reason for year in years if (reason := _reason(done.get(year), aims.get(year)))}
    set_against = [year for year in years if year not in reasons]
    verdicts = {name: {year: _verdict(done[year], aims[year], by) for year in set_against} for name, by in READINGS.items()}
    reasons |= {year: "open" for year, found in verdicts["strict"].items() if found == "open"}
    sizes = {year: size for year in set_against if (size := _size(done[year], aims[year])) is not None}
    errors = {year: float(size.low) for year, size in sizes.items() if size.stated}
    unit: Measured = "pp" if _unit(aims) == "percent" else "percent"
    numbers: dict[str, Mapping[int, float | None]] = {
        "outturn": stated,
        "target_low": {year: aim.low for year, aim in aims.items()},
        "target_high": {year: aim.high for year, aim in aims.items()},
        "error_pp": errors if unit == "pp" else {},
        "error_pct": errors if unit == "percent" else {},
        "attainment_pct": {year: _attained(stated[year], aims[year]) for year in set_against if year in stated},
    }
    table = pd.DataFrame(numbers, index=pd.Index(years, name="year", dtype="int64"), dtype=float)
    table.insert(3, "qualifier", [aims[year].qualifier if year in aims else None for year in years])
    for name, found in verdicts.items():
        table[f"verdict_{name}"] = [found.get(year, "not_evaluable") for year in years]
    judged = [year for year in set_against if year not in reasons]
    hits = Hits(*(sum(found[year] in ("met", "about_met") for year in judged) for found in verdicts.values()))
    values = list(errors.values())
    return ShortfallResult(
        n=len(judged),
        table=table,
        sizes=sizes,
        unit=unit,
        hits=hits,
        hit_rate=ss.hit_rate(hits.strict, len(judged)),
        mean_error=ss.mean_interval(values),
        test=ss.sign_flip(values),
        not_evaluable={year: REASONS[reason] for year, reason in sorted(reasons.items())},
    )


def required_growth(*, target: float, elapsed: Sequence[float], years: int) -> float:
    """Growth, % a year, that the years left need for a target set for the end of a plan.

    Args:
        target: level aimed at as a ratio to the base year, in prices of the base year (1.5 for half as much again).
        elapsed: growth rates so far, in percent.
        years: years of growth in all, 5 for 2021-2025 from base 2020.

    Raises:
        ParameterError: if no year is left, or for a target or a rate that leaves no positive level.
    """
    left = ss.whole_year(years, "years") - len(elapsed)
    if left < 1:
        raise ParameterError(f"no year is left of {years} after {len(elapsed)}: the verdict is due, not a required growth")
    if not (ss.finite(target) and target > 0):
        raise ParameterError(f"target of {target} times the base: a number above 0 is needed")
    if not all(ss.finite(rate) and rate > -100 for rate in elapsed):
        raise ParameterError(f"elapsed growth {list(elapsed)}: rates above -100% are needed")
    return 100 * math.expm1((math.log(target) - math.fsum(math.log1p(rate / 100) for rate in elapsed)) / left)


def attainment_pct(*, outturn: float, target: float, measure: str) -> float:
    """Outturn in percent of the target. Of growth the levels reached are compared, never the two rates.

    Args:
        outturn: level, or growth in percent.
        target: the same for the target.
        measure: ``level`` or ``growth``.

    Raises:
        ParameterError: for another measure, or a target that leaves no positive level.
    """
    if measure not in ("level", "growth"):
        raise ParameterError(f"unknown measure {measure!r}: {nearest(measure, ('level', 'growth'))}")
    base = 0 if measure == "level" else 100
    if not (ss.finite(outturn) and ss.finite(target) and base + target > 0):
        raise ParameterError(f"no attainment of {outturn} on a target of {target}: a positive level is needed")
    return 100 * (base + outturn) / (base + target)


def _size(outturn: Interval, aim: Target) -> Interval | None:
    """The error: distance to the nearest number of the target, positive where better; None for a target without a number."""
    aimed, relative = _ends(aim), aim.unit != "percent"
    if not aimed:
        return None
    if relative and aimed[0] <= 0:
        raise ParameterError(f"a target of {aimed[0]} {aim.unit} has no percent: levels must be above 0")
    near = [min(max(end, aimed[0]), aimed[-1]) for end in outturn[:2]]
    low, high = (100 * (e - n) / n if relative else e - n for e, n in zip(outturn[:2], near, strict=True))
    if _ceiling(aim):
        return Interval(-high, -low, outturn.below, outturn.above)
    return Interval(low, high, outturn.above, outturn.below)


def _ends(aim: Target) -> list[Decimal]:
    return [ss.exact(end) for end in (aim.low, aim.high) if end is not None]


def _ceiling(aim: Target) -> bool:
    return aim.ceiling or aim.qualifier == "within"


def _verdict(outturn: Interval, aim: Target, tolerance: Decimal) -> str:
    """Whether all, none or some of the numbers that the outturn may stand for reach the target."""
    if outturn.within(_reached(aim)):
        return "met"
    near = _reached(aim, tolerance if aim.qualifier == "about" else Decimal(0))
    return "about_met" if outturn.within(near) else "missed" if outturn.apart(near) else "open"


def _reached(aim: Target, tolerance: Decimal = Decimal(0)) -> Interval:
    """The numbers that reach a target: from its lower end up, of a ceiling from its upper end down, 正增长 above zero."""
    if not (ends := _ends(aim)):
        return printed("positive")
    bar = ends[-1] if _ceiling(aim) else ends[0]
    slack = tolerance if aim.unit == "percent" else bar * tolerance / 100
    return Interval(EVERY.low, bar + slack) if _ceiling(aim) else Interval(bar - slack, EVERY.high, aim.qualifier == "over")


def _targets(targets: Targets) -> dict[int, Target]:
    if not isinstance(targets, Mapping | pd.Series):
        raise ParameterError(f"targets must be a mapping of year to Target, not {type(targets).__name__}")
    found: dict[int, Target] = {}
    for label, target in targets.items():
        year = ss.whole_year(label, "targets")
        if year in found:
            raise ParameterError(f"targets: year {year} stands twice, one target a year is needed")
        if isinstance(target, Target):
            found[year] = target
        elif target is not None:
            raise ParameterError(f"target of {year} is {target!r}: make it a Target, for instance with targets.parse")
    return found


def _unit(aims: Mapping[int, Target]) -> str:
    """The one unit of all targets that have a number."""
    units = {aim.unit: year for year, aim in aims.items() if aim.low is not None or aim.high is not None}
    if len(units) > 1:
        named = " and ".join(f"{unit} ({year})" for unit, year in sorted(units.items()))
        raise ParameterError(f"targets are in {named}: analyse each unit alone")
    return next(iter(units), "percent")


def _reason(outturn: Interval | None, aim: Target | None) -> str | None:
    if aim is None:
        return "neither" if outturn is None else "no_target"
    if aim.qualifier in REASONS:
        return aim.qualifier
    return "no_outturn" if outturn is None else None if outturn.bounded else "wording"


def _attained(outturn: float, aim: Target) -> float:
    """Attainment of a level target, by the lower end of a range; growth has none in this table."""
    bar = aim.high if aim.low is None or aim.ceiling else aim.low
    if bar is None or aim.unit == "percent":
        return math.nan
    return attainment_pct(outturn=outturn, target=bar, measure="level")


@dataclass(frozen=True)
class Required:
    """Growth in percent a year from a level on record to a level targeted at current prices."""

    left: int  # years of growth left
    nominal_pct: float  # required growth at current prices
    real_pct: float  # the same less the deflator that is assumed
    real_low_pct: float  # with a deflator one point higher
    real_high_pct: float  # with a deflator one point lower


def base_year(end_year: int) -> int:
    """The base of the five-year plan that ends in ``end_year``, 2020 for 2021-2025; a ParameterError where none ends."""
    if end_year % PLAN_YEARS:
        raise ParameterError(f"no five-year plan ends in {end_year}: take a year such as 2025")
    return end_year - PLAN_YEARS


def check_deflator(deflator: float) -> float:
    """A deflator in percent a year that, one point either side, leaves prices positive; a ParameterError for anything else."""
    if not ss.finite(deflator) or deflator - SENSITIVITY_PP <= -100:
        raise ParameterError(f"deflator_pct is {shown(deflator)}: percent a year is needed, such as 1.0")
    return deflator


def required(*, level: float, year: int, target: float, end_year: int, deflator_pct: float) -> Required | None:
    """What is needed from ``level`` in ``year`` to ``target`` in ``end_year``; None where no year is left: the verdict is due.

    r = (target / level)^(1 / left) − 1, both at current prices; real growth takes off the assumed deflator, ±1 pp.

    ``level`` is that on record in ``year``, ``target`` the one aimed at for ``end_year`` (of "over" the number that has to be
    passed), both at current prices; ``deflator_pct`` is the assumed rise of prices, percent a year. A ParameterError for levels
    that are not above 0 or a deflator that is none.

    Reference: required growth as in Sheng Songcheng (2012) for doubling the GDP of 2010 by 2020.
    """
    left, deflator = end_year - year, check_deflator(deflator_pct)
    if left < 1:
        return None
    if not level > 0:
        raise ParameterError(f"level of {year} is {level}: a level above 0 is needed")
    nominal = required_growth(target=target / level, elapsed=[], years=left)
    real, low, high = (100 * ((100 + nominal) / (100 + deflator + shift) - 1) for shift in (0.0, SENSITIVITY_PP, -SENSITIVITY_PP))
    return Required(left, nominal, real, low, high)


def average_growth(*, first: float, last: float, years: int) -> float | None:
    """Average growth between two levels, percent a year, as arithmetic; None without a year between them or above zero alone."""
    return trend.average_growth({0: first, years: last}, "level") if years > 0 else None
