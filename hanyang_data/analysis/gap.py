"""Growth gap of a district to its city: year by year, chained, against the rest of the city, and on average.

The two share every shock and the city contains the district, so the yearly gaps are what is analysed, not two samples.
Both series must be of the same definition, basis and kind of vintage; that is the caller's to see to.
"""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import numpy as np
import pandas as pd

from hanyang_data.analysis import equivalence, within_city
from hanyang_data.analysis import small_sample as ss
from hanyang_data.analysis.small_sample import Annual, Estimate, Range, Test
from hanyang_data.contract import HALF_DIGIT
from hanyang_data.errors import ParameterError
from hanyang_data.wording import Text, join, points, year_list

ROUNDING_PP = ss.exact(0.1)  # two rates printed to 0.1 can differ by this much on rounding alone

MEAN_GAP = ss.Subject(
    Text("The mean gap, district minus city,", "本区与全市增速差的均值"), Text("a mean gap of zero", "均值为零"), "pp"
)
NO_PAIR = Text(
    "no year with growth of both (district: {a}; city: {b})", "没有两者兼有增速的年份（本区：{a}；全市：{b}）"
)
NONE = Text("none", "无")
DIFFERENCE = Text("The gap changes by {change}.", "增速差变动{change}。")
LEAVE_ONE_OUT = Text("Without any one of the years the mean is {span}.", "去掉其中任何一年，均值为{span}。")
WITHIN_ROUNDING = Text("Within rounding (0.1 pp): {years}.", "{years}的增速差不超过0.1个百分点，属四舍五入误差。")
CHAINED = Text(
    "Chained over {years}, the district ends {gap} against the city; rounding alone allows {band}{reading}.",
    "{years}逐年连乘，本区相对全市累计差距为{gap}，仅四舍五入即可使其在{band}之间变动{reading}。",
)
INDISTINCT = Text(", so the two cannot be told apart", "，两者难分高下")
NO_CHAIN = Text("No two years follow on one another: nothing is chained.", "没有相邻年份，不作连乘。")
UNCHAINED = Text("The chain breaks at a missing year and leaves out {years}.", "因年份缺失，连乘中断，不含{years}。")


@dataclass(frozen=True, eq=False)
class GapResult:
    """The gap, positive where the district grew faster; what the number of years does not carry is None.

    Args:
        n: years with growth on both sides.
        yearly: indexed by year, every year of either side: ``district_pct, city_pct, gap_pp, within_rounding`` (a gap
            of 0.1 pp or less; False where there is none).
        cumulative_pct: 100*(RI - 1), RI the district's growth index over the city's, for each year of the last unbroken
            run of common years; the year before the run is the base.
        rounding_band_pp: lowest and highest value of the last of these if every rate is off by 0.05 at worst.
        chain: the relative index 100*RI, indexed by year from the base year (100) on, with the ``low`` and ``high`` that
            rounding allows; empty without a run.
        rest_of_city: indexed by year: ``share_pct`` (of the year before), ``rest_pct`` (growth of the city without the
            district), ``gap_pp`` (district minus rest); None without a usable share.
        contribution: indexed by year: ``share_pct``, ``contribution_pp`` (share times growth of the district), ``of_growth_pct``
            (of city growth, where that has a meaning); None without a share.
        mean: mean yearly gap in pp, from five years on.
        test: exact sign-flip test of a zero mean, from six years on.
        equivalence: two one-sided tests that the mean lies within the margin, from five years on.
        leave_one_out: lowest and highest mean when any one year is left out, from five years on.
        verdict: all of it in words.
    """

    n: int
    yearly: pd.DataFrame
    cumulative_pct: pd.Series[float]
    rounding_band_pp: Range | None
    chain: pd.DataFrame
    rest_of_city: pd.DataFrame | None
    contribution: pd.DataFrame | None
    mean: Estimate | None
    test: Test | None
    equivalence: Test | None
    leave_one_out: Range | None
    verdict: Text


def analyse(district: Annual, city: Annual, *, share: Annual | None = None, margin: float = ss.MARGIN_PP) -> GapResult:
    """Set the growth of a district against that of the city that contains it.

    Args:
        district: growth in percent, indexed by year; NaN is missing.
        city: the same for the city.
        share: the district's share of the city in percent, nominal; that of 2019 is the weight of growth in 2020.
        margin: a mean gap smaller than this, in pp, would not matter; it is to be stated before the data are looked at.

    Raises:
        ParameterError: for years that are not whole or stand twice, growth of -100% or less, a share outside 0 to 100, a
            margin of 0 or less.
    """
    a, b = _rates(district, "growth of the district"), _rates(city, "growth of the city")
    gaps = _gaps(a, b)
    values, run = list(gaps.values()), last_run(list(gaps))
    chain = {year: _chained(a, b, [y for y in run if y <= year]) for year in run}
    weights = {} if share is None else within_city.weights(share)
    result = GapResult(
        n=len(gaps),
        yearly=_yearly(a, b, gaps),
        cumulative_pct=pd.Series(chain, dtype=float, name="cumulative_pct").rename_axis("year"),
        rounding_band_pp=Range(*(_chained(a, b, run, off) for off in (-HALF_DIGIT, HALF_DIGIT))) if run else None,
        chain=_index(a, b, run),
        rest_of_city=within_city.rest_of_city(a, b, gaps, weights),
        contribution=within_city.contributions(a, b, gaps, weights),
        mean=ss.mean_interval(values),
        test=ss.sign_flip(values),
        equivalence=equivalence.tost(values, margin),
        leave_one_out=ss.leave_one_out(values),
        verdict=Text("", ""),
    )
    words = _compared(result, a, b, gaps, margin)
    if share is not None:
        words += within_city.words(result.rest_of_city, result.contribution, gaps, weights)
    return replace(result, verdict=join(words))


def yearly(district: Annual, city: Annual) -> pd.DataFrame:
    """The gaps alone: ``GapResult.yearly`` of the same arguments.

    Raises:
        ParameterError: as :func:`analyse`.
    """
    a, b = _rates(district, "growth of the district"), _rates(city, "growth of the city")
    return _yearly(a, b, _gaps(a, b))


def last_run(years: Sequence[int]) -> list[int]:
    """The last years that follow on one another: of 2017, 2019, 2020 the last two."""
    run: list[int] = []
    for year in sorted(years, reverse=True):
        if run and year != run[0] - 1:
            break
        run.insert(0, year)
    return run


def _rates(series: Annual, what: str) -> dict[int, float]:
    rates = ss.by_year(series, what)
    for year, rate in rates.items():
        if rate <= -100:
            raise ParameterError(f"{what} of {rate}% in {year}: -100% or less leaves nothing to chain")
    return rates


def _known(rates: Mapping[int, float], year: int) -> bool:
    return not math.isnan(rates.get(year, math.nan))


def _gaps(a: Mapping[int, float], b: Mapping[int, float]) -> dict[int, float]:
    return {year: float(ss.exact(a[year]) - ss.exact(b[year])) for year in a if _known(a, year) and _known(b, year)}


def _yearly(a: Mapping[int, float], b: Mapping[int, float], gaps: Mapping[int, float]) -> pd.DataFrame:
    years = pd.Index(sorted({*a, *b}), name="year", dtype="int64")
    columns = {"district_pct": a, "city_pct": b, "gap_pp": gaps}
    table = {name: np.array([side.get(y, math.nan) for y in years], dtype=float) for name, side in columns.items()}
    table["within_rounding"] = np.array(
        [y in gaps and abs(ss.exact(gaps[y])) <= ROUNDING_PP for y in years], dtype=bool
    )
    return pd.DataFrame(table, index=years)


def _chained(a: Mapping[int, float], b: Mapping[int, float], years: Sequence[int], off: float = 0.0) -> float:
    """100*(RI - 1) at the last of the years, every district rate moved by ``off`` and every city rate against it."""
    return 100 * (math.prod((1 + (a[y] + off) / 100) / (1 + (b[y] - off) / 100) for y in years) - 1)


def _index(a: Mapping[int, float], b: Mapping[int, float], run: Sequence[int]) -> pd.DataFrame:
    """The relative index of each year of a run and of the year before it, which is the base."""
    rows = {run[0] - 1: (100.0, 100.0, 100.0)} if run else {}
    for number, year in enumerate(run, start=1):
        value, low, high = (100 + _chained(a, b, run[:number], off) for off in (0.0, -HALF_DIGIT, HALF_DIGIT))
        rows[year] = (value, low, high)
    return pd.DataFrame.from_dict(rows, orient="index", columns=["relative_index", "low", "high"]).rename_axis("year")


def _compared(
    r: GapResult, a: Mapping[int, float], b: Mapping[int, float], gaps: Mapping[int, float], margin: float
) -> list[Text]:
    if not gaps:
        known = {"a": list(ss.usable(a)), "b": list(ss.usable(b))}
        years = {side: year_list(ys) if ys else NONE for side, ys in known.items()}
        return [ss.NO_OBSERVATION.format(reasons=NO_PAIR.format(**years))]
    parts = [] if r.mean else _listed(gaps)
    if r.mean and r.equivalence:
        average = ss.on_average(r.mean, r.test, list(gaps), MEAN_GAP._replace(margin=margin))
        parts += [equivalence.stated(margin), *average, equivalence.words(r.equivalence)]
    if r.leave_one_out:
        parts.append(LEAVE_ONE_OUT.format(span=ss.span(*r.leave_one_out, "pp")))
    rounded = [int(year) for year in r.yearly.index[r.yearly["within_rounding"]]]
    if rounded:
        parts.append(WITHIN_ROUNDING.format(years=year_list(rounded)))
    run = [int(year) for year in r.cumulative_pct.index]
    if r.n > 1 and len(run) == 1:
        parts.append(NO_CHAIN)
    elif r.n > 1 and r.rounding_band_pp:
        band = r.rounding_band_pp
        gap = ss.amount(float(r.cumulative_pct.iloc[-1]), "percent")
        reading = INDISTINCT if band.low <= 0 <= band.high else Text("", "")
        shown = ss.span(*band, "percent")
        parts.append(CHAINED.format(years=year_list(run), gap=gap, band=shown, reading=reading))
        if len(run) < r.n:
            parts.append(UNCHAINED.format(years=year_list([year for year in gaps if year not in run])))
    missing = [int(year) for year in r.yearly.index if year not in gaps]
    if missing:
        parts.append(ss.MISSING.format(years=year_list(missing)))
    return parts


def _listed(gaps: Mapping[int, float]) -> list[Text]:
    """The words for one to four years."""
    values = list(gaps.values())
    parts = [ss.too_few({year: points(gap) for year, gap in gaps.items()})]
    if len(gaps) == 2:
        parts.append(DIFFERENCE.format(change=points(float(ss.exact(values[1]) - ss.exact(values[0])))))
    if ss.permits("mean", len(gaps)):
        parts.append(ss.mean_and_extremes(values, "pp"))
    return parts
