"""The growth that the years left need for a level set for the end of a five-year plan, nominal and real."""

import math
from dataclasses import dataclass

from hanyang_data.errors import ParameterError
from hanyang_data.statistics.shortfall import required_growth

PLAN_YEARS = 5  # a five-year plan ends in a year divisible by five; its base is the year before its first
SENSITIVITY_PP = 1.0  # on either side of the deflator that is assumed


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
    if not math.isfinite(deflator) or deflator - SENSITIVITY_PP <= -100:
        raise ParameterError(f"deflator_pct is {deflator}: percent a year is needed, such as 1.0")
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
    """Average growth between two levels, percent a year, as arithmetic; None without a year between them."""
    return required_growth(target=last / first, elapsed=[], years=years) if years > 0 else None
