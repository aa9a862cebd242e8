"""Values that no source prints: computed on request, never stored, each with its method, its inputs and a warning where due.

hd.load("budget_revenue", "hanyang", "level", derived=True)   # base years implied by a level and its growth
hd.derived.implied_bases("budget_revenue", "hanyang")         # every route to them
hd.derived.chained_index("gdp", "wuhan", base_year=2019)
hd.derived.implied("gdp", "hanyang")                          # growth that levels imply, with a calibrated interval
hd.derived.calibration("gdp")                                 # how far such figures were off where the truth was printed
"""

import math
from collections.abc import Iterable, Sequence
from datetime import date
from itertools import count, pairwise, takewhile
from typing import Any

import pandas as pd

from hanyang_data.errors import NoDataError, ParameterError, nearest
from hanyang_data.record.beside import DERIVED, implied_bases, pair, signed
from hanyang_data.record.catalogue import check_region, series_ids
from hanyang_data.record.contract import HALF_DIGIT
from hanyang_data.record.frames import stated_rows
from hanyang_data.record.identities import ADDITIVE
from hanyang_data.record.observations import Dataset, default_dataset
from hanyang_data.record.values import whole_year
from hanyang_data.record.vintages import day_written
from hanyang_data.statistics.gap import analyse
from hanyang_data.studies.growth_gap.evidence import allowance, comparable_pairs, weights
from hanyang_data.studies.implied import ImpliedSeries
from hanyang_data.studies.relations import Reading, frame_of, pairs, peers_of
from hanyang_data.words.wording import printed

__all__ = ["calibration", "chained_index", "implied", "implied_bases", "rest_of_city", "two_year_average"]

IMPLIED = ["implied", "low", "high", "promised_pct", "pairs", "first_year", "method", "why", "source_id", "flag"]
OF = {"growth": "growth", "level": "levels", "average": "averages"}


def chained_index(
    indicator: str, region: str = "hanyang", *, base_year: int, vintage: str = "latest", as_of: str | date | None = None,
    dataset: Dataset | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Published growth chained to an index, the base year being 100.

    The chain ends where a year is missing, printed as a bound or a wording, or parted by a break that nothing links.

    Returns:
        A frame indexed by ``year``: ``value``, ``low`` and ``high`` (every rate off by 0.05, all the same way), ``method`` with
        the breaks over which a published rate links, ``inputs`` (the rates, those on a comparable basis said so), ``source_id``
        of the rate that reaches the year, ``flag`` derived.

    Raises:
        NoDataError: if neither the base year nor the year after states growth.
    """
    base_year = whole_year("base_year", base_year)
    frame = _growth(indicator, region, vintage, as_of, dataset)
    rates = stated_rows(frame[~frame.index.isin([*frame.attrs["breaks"]])])
    ways = count(base_year + 1), count(base_year, -1)
    after, before = (list(takewhile(rates.index.__contains__, years)) for years in ways)
    if not after and not before:
        raise NoDataError(f"no growth of {indicator} for {region} links {base_year} to another year: take another base_year")
    over = {base_year: range(0)} | {year: range(base_year + 1, year + 1) for year in after}  # year → rates on the way to it
    over |= {year - 1: range(base_year, year - 1, -1) for year in before}
    rows = {year: _index_row(rates, way, -1 if year < base_year else 1) for year, way in sorted(over.items())}
    table = pd.DataFrame.from_dict(rows, orient="index").rename_axis("year")
    table["source_id"] = [frame["source_id"][over[year][-1]] if over[year] else "" for year in table.index]
    method = f"published growth chained, {base_year} = 100{_over(frame, [*after, *before])}"
    return table.assign(method=method, flag=DERIVED)


def two_year_average(
    indicator: str, region: str = "hanyang", *, years: Sequence[int] = (2020, 2021), vintage: str = "latest",
    as_of: str | date | None = None, dataset: Dataset | None = None,
) -> pd.DataFrame:  # fmt: skip
    """The geometric mean of growth over two (or more) years in a row, as the statistics bureau printed it for 2020 and 2021.

    Returns:
        One row, indexed by the last ``year``: ``value`` in percent a year, ``low`` and ``high`` for rounding, ``method``,
        ``inputs``, ``source_id`` of the last rate, ``flag`` derived.

    Raises:
        ParameterError: for years that do not follow on one another.
        NoDataError: if one of them has no stated growth, or an unlinked break lies among them.
    """
    years = [whole_year("years", year) for year in (years if isinstance(years, Iterable) else [years])]
    if len(years) < 2 or any(b != a + 1 for a, b in pairwise(years)):
        raise ParameterError(f"years is {years!r}: give years in a row, such as 2020 and 2021")
    frame = _growth(indicator, region, vintage, as_of, dataset)
    rates = stated_rows(frame)
    if absent := [year for year in years if year not in rates.index]:
        raise NoDataError(f"no stated growth of {indicator} for {region} in {', '.join(map(str, absent))}")
    if crossed := [year for year in years if year in frame.attrs["breaks"]]:
        raise NoDataError(f"{indicator} of {region} stands on another basis from {crossed[0]} on, and nothing links the two")
    row = _index_row(rates, list(years), 1)
    averages = {key: round(100 * ((row[key] / 100) ** (1 / len(years)) - 1), 2) for key in ("value", "low", "high")}
    method = f"geometric mean of {len(years)} yearly rates{_over(frame, years)}"
    cells = averages | {"method": method, "inputs": row["inputs"], "source_id": frame["source_id"][years[-1]]}
    return pd.DataFrame([cells | {"flag": DERIVED}], index=pd.Index([years[-1]], name="year"))


def rest_of_city(
    indicator: str, region: str = "hanyang", *, city: str = "", vintage: str = "latest", as_of: str | date | None = None,
    dataset: Dataset | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Growth of the city without the district, where both print growth and the level of the year before that compare.

    As the growth gap has it: two estimates or two measured figures, on one basis, and no share from before a break.

    Args:
        indicator: id such as ``gdp``.
        region: a district.
        city: the region that contains it; by default the one ``regions.csv`` says it is part of.
        vintage: first or latest.
        as_of: day such as ``2021-06-30``.
        dataset: another snapshot.

    Returns:
        A frame indexed by ``year``: ``value`` (growth of the rest, %), ``share_pct`` (the district's nominal share of the year
        before), ``gap_pp`` (district minus rest), ``within_rounding`` (whether the wording of the two rates leaves open which is
        higher), ``method``, ``inputs``, ``flag`` derived. Empty where no share reaches 5% (leaving out a smaller district changes
        nothing that is printed) and where levels do not add up.

    Source: weights of the year before, METHODS 1.2 G3.
    """
    data = dataset or default_dataset()
    indicator, region = series_ids(indicator, region, data)
    whole = check_region(city, data) if city else str(data.regions.at[region, "part_of"])
    if vintage == "all" or whole == region:
        raise ParameterError("rest_of_city() needs one reading a year, first or latest, and a city that is not the district")
    if not whole:
        raise ParameterError(f"{region} is part of no other region in regions.csv: name one as city")
    growth, levels = (
        pair(indicator, (region, whole), measure, vintage=vintage, as_of=as_of, dataset=data) for measure in ("growth", "level")
    )
    adds_up = data.indicators.at[indicator, "level_unit"] in ADDITIVE
    share = weights(levels, growth) if adds_up else {}
    found = analyse(*comparable_pairs(*growth), share=share, allowance=allowance(*growth))
    columns = ["value", "share_pct", "gap_pp", "within_rounding", "method", "inputs", "flag"]
    if found.rest_of_city is None:
        return pd.DataFrame(columns=columns).rename_axis("year")
    inputs = [
        f"growth {' and '.join(_worded(frame.loc[year]) for frame in growth)}, levels of {year - 1} "
        + " and ".join(f"{_worded(frame.loc[year - 1])} ({frame.at[year - 1, 'vintage']})" for frame in levels)
        for year in found.rest_of_city.index
    ]
    table = found.rest_of_city.rename(columns={"rest_pct": "value"}).round(2).join(found.yearly["within_rounding"])
    return table.assign(method="(city - share * district) / (1 - share)", inputs=inputs, flag=DERIVED)[columns]


def implied(
    indicator: str, region: str = "hanyang", measure: str = "growth", *, vintage: str = "latest",
    as_of: str | date | None = None, dataset: Dataset | None = None,
) -> pd.DataFrame:  # fmt: skip
    """What printed figures imply for years in which the figure itself was not printed, with an interval that was calibrated.

    Args:
        indicator: id or name; of investment, whose growth need not match its levels, nothing is implied.
        region: id or name.
        measure: ``growth`` (% a year), ``level`` (in the unit of the indicator), or ``average``: growth in % a year over the
            years between two levels, of which two or more are not printed.
        vintage: first or latest.
        as_of: day such as ``2021-06-30``.
        dataset: another snapshot.

    Returns:
        A frame indexed by ``year``: ``implied``, what follows if the relation held exactly (missing where it is a bound); ``low``
        and ``high``, minus or plus infinity where nothing bounds it; ``promised_pct``, the probability that ``pairs`` figures of
        the same kind and span allow; ``first_year`` of growth, the year itself but in an average; ``method``, on which figures
        it stands and for which years beside it such an interval missed; ``why`` there is no interval (low and high are missing
        then); ``source_id``; ``flag`` implied, or computed: growth of a count between two printed levels, open by their rounding
        alone, with nothing promised.

    Raises:
        UnknownIdError: for an unknown indicator or region.
        ParameterError: for another measure or vintage.

    Example:
        >>> found = implied("gdp", "hanyang").loc[2021]
        >>> float(round(found["low"], 1)), float(round(found["high"], 1)), found["method"]
        (7.3, 16.7, '699 in 2020, 790 in 2021; prices of Wuhan +1.1%')

    Source: METHODS 1.7; split-conformal intervals as of :mod:`hanyang_data.statistics.conformal`.
    """
    if measure not in OF:
        raise ParameterError(f"measure is {measure!r}: {nearest(measure, list(OF))}")
    rows, figures = [], getattr(ImpliedSeries(*_series(indicator, region, vintage, as_of, dataset)), OF[measure])()
    for of in figures:
        ends = (float(end) if of.interval.bounded else math.nan for end in of.interval[:2])
        told = (of.how.en, of.why.en, ", ".join(of.sources), "computed" if of.computed else "implied")
        rows.append((of.point, *ends, of.promised_pct, of.pairs, of.first_year, *told))
    return pd.DataFrame(rows, columns=IMPLIED, index=pd.Index([of.year for of in figures], name="year", dtype="int64"))


def calibration(
    indicator: str, region: str = "hanyang", *, vintage: str = "latest", as_of: str | date | None = None,
    dataset: Dataset | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Where both the figure and what implies it were printed: how far the one is from the other.

    Returns:
        One row a region and span of years, of regions of the same level as ``region`` and of the same kind of indicator (GDP by
        itself, series at current prices together): ``first_year`` and ``last_year`` of the two levels, ``implied_pct`` and
        ``printed_pct`` in % a year, ``error_pp`` between them, ``error_pct`` of the last level, ``prices_pct``, ``sources``.

    Example:
        >>> pairs = calibration("gdp").query("years == 1")
        >>> len(pairs), float(round(pairs["error_pp"].abs().max(), 1))
        (8, 4.7)
    """
    data, indicator, region, reading = _series(indicator, region, vintage, as_of, dataset)
    return pairs(data, indicator, peers_of(data, region), reading)


def _series(
    indicator: str, region: str, vintage: str, as_of: str | date | None, dataset: Dataset | None
) -> tuple[Dataset, str, str, Reading]:
    """The series that is asked for, as :mod:`relations` has it."""
    if vintage not in ("first", "latest"):
        raise ParameterError(f"vintage is {vintage!r}: a computed value needs one reading a year, first or latest")
    data = dataset or default_dataset()
    return data, *series_ids(indicator, region, data), Reading(vintage, day_written(as_of))


def _growth(indicator: str, region: str, vintage: str, as_of: str | date | None, dataset: Dataset | None) -> pd.DataFrame:
    """One reading of growth a year."""
    return frame_of(*_series(indicator, region, vintage, as_of, dataset), "growth")


def _over(frame: pd.DataFrame, years: Sequence[int]) -> str:
    """The breaks among the years over which a published rate links, for the method."""
    named = [f"{year} ({label.en})" for year, label in frame.attrs["links"].items() if year in years]
    return f"; linked by the published rate over {', '.join(named)}" if named else ""


def _worded(row: pd.Series) -> str:
    return printed(row["value"], row["qualifier"], row["unit"]).en


def _index_row(rates: pd.DataFrame, years: Sequence[int], direction: int) -> dict[str, Any]:
    row: dict[str, Any] = {}
    for key, off in (("value", 0), ("low", -direction), ("high", direction)):
        level = 100.0
        for year in years:
            level *= (1 + (rates.at[year, "value"] + off * HALF_DIGIT) / 100) ** direction
        row[key] = round(level, 2)
    said = [
        f"{year} {signed(rates.at[year, 'value']).replace(' ', '')}%"
        + " (comparable)" * ("comparable" in rates.at[year, "flag"].split())
        for year in sorted(years)
    ]
    return row | {"inputs": ", ".join(said)}
