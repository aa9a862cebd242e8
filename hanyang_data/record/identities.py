"""Identities that a sound record fulfils, and where it does not: parts and totals, levels and growth, dates and vintages.

What fails is either documented in ``discrepancies.csv`` with its reason, or an error.
"""

import math
from collections.abc import Callable, Iterator
from itertools import combinations, pairwise
from typing import Any

import pandas as pd

from hanyang_data.record.beside import NEW_BASIS, routes
from hanyang_data.record.contract import HALF_DIGIT, OUTTURN_VINTAGES, UNMATCHED_GROWTH, half_of_last
from hanyang_data.record.coverage import sums_of_parts
from hanyang_data.record.frames import stated_rows
from hanyang_data.record.observations import Dataset, answered, default_dataset
from hanyang_data.record.series import MEASURES, WHOLE, breaks, outturns
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import VINTAGES, Text, number, rounded

SAYS = messages(__name__)
ADDITIVE = ("CNY_100M", "USD_100M", "10K_persons", "count")  # what a city has is what its districts have together
SECTORS = ("secondary_value_added", "tertiary_value_added")
WITHIN = 1.0  # %
SCALE, LEAST = 10.0, 10.0  # times; below this number a jump is no sign of anything (1 building, 12 buildings)
DATES = ("target_after_its_year", "vintage_out_of_order")  # what these checks find is late, and contradicts no other figure
KEYS = ["check", "region", "indicator", "year", "measure"]
Finding = tuple[str, str, int, str, Text]  # a figure that does not fit: region, indicator, year, measure, and the numbers


@answered
def findings(dataset: Dataset | None = None) -> pd.DataFrame:
    """Every figure that breaks an identity, and every documented discrepancy that is none any more.

    One row each: ``check`` (a key of CHECKS), ``region, indicator, year, measure``, ``detail`` with the numbers; ``known``, the
    reason given in ``discrepancies.csv``, empty where there is none; ``detail_zh`` and ``known_zh``, the same in Chinese.
    """
    data = dataset or default_dataset()
    rows = [[name, *where, *detail] for name, check in CHECKS.items() for *where, detail in check(data)]
    found = pd.DataFrame(rows, columns=[*KEYS, "detail", "detail_zh"]).drop_duplicates(KEYS)
    reasons = data.discrepancies.rename(columns={"reason": "known", "reason_zh": "known_zh"})
    table = found.merge(reasons, how="outer", on=KEYS)
    gone = table["detail"].isna()
    table.loc[gone, ["detail", "detail_zh"]] = list(SAYS.gone)
    table["known_zh"] = table["known_zh"].where(table["known_zh"] != "", table["known"])
    known = table[["known", "known_zh"]].fillna("")
    return table.assign(**known.mask(gone, "").to_dict("series"))


def parts_over_total(data: Dataset) -> Iterator[Finding]:
    """The districts that one text prints do not sum to more than the city, nor two sectors to more than GDP."""
    levels = _levels(data)
    by_city = levels.assign(region=levels["region"].map(data.regions["part_of"]))
    by_sector = levels[levels["indicator"].isin(SECTORS)].assign(indicator="gdp")
    for parts in (by_city, by_sector):
        keys = ["source_id", "region", "indicator", "year", "period", "vintage"]
        sums = parts.groupby(keys, as_index=False)["value"].agg(["sum", "count"])
        both = levels.merge(sums, on=keys)
        for row in both[both["sum"] > both["value"] * 1.0005 + 0.5].itertuples():
            detail = SAYS.sum.format(count=row.count, parts=number(rounded(row.sum, 2)), total=number(row.value))
            yield row.region, row.indicator, int(row.year), "level", detail


def district_over_city(data: Dataset) -> Iterator[Finding]:
    """No district has more of anything than its city in the same year, whatever the vintages."""
    levels = _levels(data)
    annual = levels[levels["period"] == "annual"]
    most = annual.groupby(["region", "indicator", "year"], as_index=False)["value"].max()
    most["city"] = most["region"].map(data.regions["part_of"])
    both = most.merge(most, left_on=["city", "indicator", "year"], right_on=["region", "indicator", "year"])
    for row in both[both["value_x"] > both["value_y"]].itertuples():
        city = Text(*data.regions.loc[row.city_x, ["name_en", "name_zh"]])
        detail = SAYS.over.format(part=number(row.value_x), whole=number(row.value_y), city=city)
        yield row.region_x, row.indicator, int(row.year), "level", detail


def city_of_its_parts(data: Dataset) -> Iterator[Finding]:
    """Where nearly all districts of a city have a level, each in its latest reading, they add up to the city's."""
    for city in data.regions["part_of"].unique():
        for indicator in data.indicators.index[data.indicators["level_unit"].isin(ADDITIVE)] if city else ():
            sums = sums_of_parts(city, indicator, dataset=data)
            for row in sums[sums["difference_pct"].abs() > WITHIN].itertuples():
                detail = SAYS.parts.format(count=row.n, parts=number(row.sum), total=number(row.level))
                yield city, indicator, int(row.Index), "level", detail


def level_against_growth(data: Dataset) -> Iterator[Finding]:
    """Two levels in a row of one vintage give the published nominal growth within rounding, where no break lies between."""
    series = _nominal(data)[["region", "indicator"]].drop_duplicates().itertuples(index=False, name=None)
    both = (of for of in series if all((*of, measure, "outturn", WHOLE) in data.places for measure in MEASURES))
    for region, indicator in both:
        levels = stated_rows(outturns(indicator, region, "level", dataset=data)).itertuples()
        steps = [
            (one, two) for one, two in pairwise(levels)
            if two.Index == one.Index + 1 and one.vintage == two.vintage and "break" not in two.flag.split()
        ]  # fmt: skip
        growth = stated_rows(outturns(indicator, region, dataset=data)).itertuples()
        rates = {row.Index: row.value for row in growth if "comparable" not in row.flag}
        for one, two in steps:
            if two.Index in rates and not _fits(one.value, two.value, rates[two.Index], two.unit):
                ratio = number(100 * (two.value / one.value - 1), 1)
                told = {"one": number(one.value), "two": number(two.value), "rate": number(rates[two.Index])}
                yield region, indicator, int(two.Index), "growth", SAYS.ratio.format(ratio=ratio, **told)


def implied_against_printed(data: Dataset) -> Iterator[Finding]:
    """A level implied by the next year's level and growth fits the levels printed beside it, where no break lies between.

    A reading of the same year must agree within rounding. Where the year has none, the last level before it, carried on by
    whatever growth is printed for the years between (outturns, part years, targets; not targets alone), must reach it. What
    level_against_growth reports of the next year is not said twice.
    """
    told = {(region, indicator, year - 1) for region, indicator, year, *_ in level_against_growth(data)}
    obs = _nominal(data)
    implied = routes(data, obs[obs["concept"].eq("outturn") & obs["period"].eq("annual")])
    for route in implied[~implied["flag"].str.contains(NEW_BASIS)].itertuples():
        where = (route.region, route.indicator, int(route.Index))
        neighbour = None if where in told else _neighbour(data, obs, *where)
        if neighbour and not _reaches(route, *neighbour):
            detail = SAYS.implied.format(method=route.method, value=number(route.value), printed=neighbour[0])
            yield *where, "level", detail


def scale_jump(data: Dataset) -> Iterator[Finding]:
    """Two levels that follow on one another are less than a factor of ten apart: else a slip of the comma or the unit?"""
    levels = _levels(data)
    annual = levels[levels["period"] == "annual"].sort_values("year", kind="stable")
    for (region, indicator), rows in annual.groupby(["region", "indicator"], sort=False):
        for (one, a), (two, b) in pairwise(zip(rows["year"].tolist(), rows["value"].tolist(), strict=True)):
            small, large = sorted((a, b))
            if small <= 0 or large / small < SCALE or large < LEAST:
                continue
            parted = breaks(str(indicator), str(region), dataset=data)["first_year"]
            if not parted.between(one + 1, two).any():
                detail = SAYS.jump.format(a=number(a), one=one, b=number(b), two=two)
                yield str(region), str(indicator), two, "level", detail


def target_after_its_year(data: Dataset) -> Iterator[Finding]:
    """The targets for a year are known before it ends."""
    obs = data.observations
    targets = obs[obs["concept"].eq("target") & obs["vintage"].ne("plan") & obs["period"].eq("annual")]
    known = targets.groupby(["region", "indicator", "year", "measure"], as_index=False)["known_from"].min()
    for row in known[known["known_from"].dt.year > known["year"]].itertuples():
        detail = SAYS.late.format(day=f"{row.known_from:%Y-%m-%d}")
        yield row.region, row.indicator, int(row.year), row.measure, detail


def vintage_out_of_order(data: Dataset) -> Iterator[Finding]:
    """A first estimate is published before a preliminary figure, that one before a final one."""
    obs = data.observations
    outturns = obs[obs["concept"].eq("outturn") & obs["period"].eq("annual")]
    keys = ["region", "indicator", "year", "measure"]
    first = outturns.groupby([*keys, "vintage"], as_index=False)["known_from"].min()
    days = first.pivot_table(index=keys, columns="vintage", values="known_from", aggfunc="min").reindex(columns=OUTTURN_VINTAGES)
    for row in days.astype("datetime64[ns]").reset_index().itertuples():
        for earlier, later in combinations(OUTTURN_VINTAGES, 2):
            if (one := getattr(row, earlier)) > (two := getattr(row, later)):
                days_of = {"one": f"{one:%Y-%m-%d}", "two": f"{two:%Y-%m-%d}"}
                detail = SAYS.order.format(a=VINTAGES[earlier], b=VINTAGES[later], **days_of)
                yield row.region, row.indicator, int(row.year), row.measure, detail


CHECKS: dict[str, Callable[[Dataset], Iterator[Finding]]] = {
    check.__name__: check
    for check in (
        parts_over_total, district_over_city, city_of_its_parts, level_against_growth, implied_against_printed, scale_jump,
        target_after_its_year, vintage_out_of_order,
    )
}  # fmt: skip


def _neighbour(
    data: Dataset, nominal: pd.DataFrame, region: str, indicator: str, year: int
) -> tuple[Text, list[tuple[float, float, float]]] | None:
    """The readings of the year, or of the last one before it on the same basis, in words and as value, low, high.

    Low and high are the factors that carry the reading on.
    """
    levels = stated_rows(data.series(region, indicator, "level", "outturn"))
    earlier = levels[levels["year"] <= year]
    if earlier.empty:
        return None
    start = int(earlier["year"].max())
    between, low, high = range(start + 1, year + 1), 1.0, 1.0
    if between:
        if breaks(indicator, region, dataset=data)["first_year"].isin(between).any():
            return None
        ours = nominal["region"].eq(region) & nominal["indicator"].eq(indicator) & nominal["measure"].eq("growth")
        printed = stated_rows(nominal[ours & ~nominal["period"].str.contains("_2|undated") & nominal["year"].isin(between)])
        rates = printed.groupby("year")["value"]
        if len(rates) < len(between) or not printed["concept"].eq("outturn").any():
            return None
        low, high = (math.prod(1 + side / 100) for side in (rates.min(), rates.max()))
    values = earlier.loc[earlier["year"] == start, "value"].unique().tolist()
    told = f"{' / '.join(map(number, values))} ({start})"
    return Text(told, told), [(value, low, high) for value in values]


def _reaches(route: Any, _: Text, readings: list[tuple[float, float, float]]) -> bool:
    off = 100 * (half_of_last(route.level, route.unit) / route.level) + HALF_DIGIT
    implied = route.level / (1 + route.growth / 100)
    halves = [half_of_last(value, route.unit) for value, *_ in readings]
    ends = ((v - half, low, v + half, high) for half, (v, low, high) in zip(halves, readings, strict=True))
    return any(one * low * (1 - off / 100) <= implied <= two * high * (1 + off / 100) for one, low, two, high in ends)


def _nominal(data: Dataset) -> pd.DataFrame:
    """The observations of the series whose growth is the ratio of their levels."""
    basis = data.indicators["growth_basis"].drop(UNMATCHED_GROWTH, errors="ignore")
    return data.observations[data.observations["indicator"].isin(basis.index[basis.isin(["nominal", "count"])])]


def _levels(data: Dataset) -> pd.DataFrame:
    obs = data.observations
    levels = stated_rows(obs[obs["concept"].eq("outturn") & obs["measure"].eq("level") & obs["unit"].isin(ADDITIVE)])
    return levels[~levels["indicator"].map(data.indicators["growth_basis"]).eq("rate")]


def _fits(before: float, after: float, rate: float, unit: str) -> bool:
    off, slack = half_of_last(before, unit), half_of_last(after, unit)
    low = 100 * ((after - slack) / (before + off) - 1)
    high = 100 * ((after + slack) / (before - off) - 1) if before > off else math.inf
    return low - HALF_DIGIT <= rate <= high + HALF_DIGIT
