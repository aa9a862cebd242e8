"""What a person is asked before a figure is taken in: a slip of the unit, a growth against the levels, more than the city has.

Nothing is refused for good and nothing is corrected: a question is answered by mending the row or by saying why it is right.
"""

import math
from collections.abc import Callable, Iterator
from itertools import product
from typing import Any, NamedTuple

import pandas as pd

from hanyang_data.reader.lexicon import in_proportion
from hanyang_data.record.contract import UNMATCHED_GROWTH
from hanyang_data.record.observations import Dataset
from hanyang_data.record.series import breaks
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import Text, number

SAYS = messages(__name__)

NEAR = 3  # years within which a series has neighbours
APART = 5.0  # times: no series of this record grows so much in three years
FACTORS = (10, 100, 1_000, 10_000)
LEAST = 10.0  # below it a jump says nothing (1 building, 12 buildings)
SLACK_PP = {"real": 12.0}  # growth against the ratio of levels; growth at constant prices leaves the prices out
NOMINAL_SLACK_PP = 3.0  # levels of two vintages, rounding
DRIFT = 1.5  # times: what a level may be from the last one, a few years before, where growth is on a basis of its own
EXACT, NEW = ["point", "about"], "new"


class Question(NamedTuple):
    """What is asked about a row: its label in the table that was given, and the question in both languages."""

    row: Any
    text: Text


def questions(rows: pd.DataFrame, dataset: Dataset) -> list[Question]:
    """What to ask a person about rows before they are taken in, each against the record and against the other rows.

    >>> from hanyang_data.record.observations import default_dataset
    >>> row = {"region": "hanyang", "indicator": "gdp", "year": "2024", "period": "annual", "concept": "outturn",
    ...        "measure": "level", "value": "9040000", "qualifier": "point"}
    >>> questions(pd.DataFrame([row]), default_dataset())[0].text.en
    '9,040,000 is out of all proportion for GDP'
    """
    fresh = _numbers(rows)
    labels, fresh.index = list(fresh.index), pd.Index([f"{NEW} {k}" for k in range(len(fresh))])
    known = pd.concat([_numbers(dataset.observations), fresh]) if len(fresh) else fresh
    levels = known[known["measure"] == "level"]
    asked = (
        (label, next((text for check in CHECKS for text in check(row, known, levels, dataset)), None))
        for label, (_, row) in zip(labels, fresh.iterrows(), strict=True)
    )
    return [Question(label, text) for label, text in asked if text is not None]


def _numbers(rows: pd.DataFrame) -> pd.DataFrame:
    """The annual outturns that state a number, with numbers as numbers."""
    columns = ["region", "indicator", "year", "period", "concept", "measure", "value", "qualifier"]
    made = rows.reindex(columns=[*columns, "basis"]).copy()
    made["value"] = pd.to_numeric(made["value"], errors="coerce").where(lambda v: v.abs() < math.inf)
    made["year"] = pd.to_numeric(made["year"], errors="coerce")
    wanted = (made["period"] == "annual") & (made["concept"] == "outturn") & made["value"].notna() & made["year"].notna()
    return made[wanted].astype({"year": int})


def _proportion(row: Any, _: pd.DataFrame, __: pd.DataFrame, data: Dataset) -> Iterator[Text]:
    if row["indicator"] in data.indicators.index and not in_proportion(row["indicator"], row["measure"], row["value"]):
        name = Text(*data.indicators.loc[row["indicator"], ["name_en", "name_zh"]])
        yield SAYS.outside.format(value=number(row["value"]), indicator=name)


def _scale(row: Any, _: pd.DataFrame, levels: pd.DataFrame, data: Dataset) -> Iterator[Text]:
    """A level against the nearest of its series, itself and what lies across a break left out."""
    if row["measure"] != "level" or not _is_amount(row["indicator"], data):
        return
    same = _series(levels, row["region"], row["indicator"])
    same = same[(same["value"] > 0) & ((same["year"] - row["year"]).abs() <= NEAR) & (same.index != row.name)]
    same = same[[not _crossed(row, int(year), data) for year in same["year"]]]
    if same.empty or row["value"] <= 0:
        return
    near = same.iloc[int((same["year"] - row["year"]).abs().to_numpy().argmin())]
    ratio = row["value"] / near["value"]
    times = max(ratio, 1 / ratio)
    if times < APART or max(row["value"], near["value"]) < LEAST:
        return
    factor = next((f for f in FACTORS if f / 2 <= times <= f * 2), None)
    words = SAYS.jumps if factor is None else SAYS.times if ratio > 1 else SAYS.part
    yield words.format(value=number(row["value"]), near=number(near["value"]), year=int(near["year"]), factor=f"{factor or 0:,}")


def _contradicted(row: Any, known: pd.DataFrame, levels: pd.DataFrame, data: Dataset) -> Iterator[Text]:
    """A level or a growth that does not go with the others of its year and the year before."""
    region, indicator = row["region"], row["indicator"]
    if row["basis"] == "comparable":
        return  # without tax refunds, say, which the levels hold
    if indicator in UNMATCHED_GROWTH or not _is_amount(indicator, data) or row["qualifier"] != "point":
        return
    slack = SLACK_PP.get(str(data.indicators.at[indicator, "growth_basis"]), NOMINAL_SLACK_PP)
    exact = known[known["qualifier"].isin(EXACT) & (known["basis"] != "comparable")]
    growth = _series(exact[exact["measure"] == "growth"], region, indicator)
    whole = _series(exact[exact["measure"] == "level"], region, indicator)
    for year in (row["year"], row["year"] + 1) if row["measure"] == "level" else (row["year"],):
        rates = [row["value"]] if row["measure"] == "growth" else [*growth[growth["year"] == year]["value"]]
        own = row["year"] if row["measure"] == "level" else None
        ends = [[row["value"]] if own == at else [*whole[whole["year"] == at]["value"]] for at in (year - 1, year)]
        if not (rates and ends[0] and ends[1]) or _crossed(row, year - 1, data, year):
            continue
        every = ((one, two, rate) for one, two, rate in product(*ends, rates) if one)
        off = [(abs(100 * (two / one - 1) - rate), one, two, rate) for one, two, rate in every]
        best = min(off, default=(0.0, 0.0, 0.0, 0.0))
        if best[0] > slack:
            _, one, two, rate = best
            yield SAYS.contradicted.format(
                one=number(one), two=number(two), before=int(year) - 1, year=int(year),
                ratio=number(100 * (two / one - 1), 1), rate=number(rate),
            )  # fmt: skip


def _over_city(row: Any, _: pd.DataFrame, levels: pd.DataFrame, data: Dataset) -> Iterator[Text]:
    """A district's level above its city's, seen from either side."""
    if row["measure"] != "level" or not _is_amount(row["indicator"], data) or row["region"] not in data.regions.index:
        return
    year, names = int(row["year"]), data.regions[["name_en", "name_zh"]]
    city = str(data.regions.at[row["region"], "part_of"])
    same = levels[(levels["indicator"] == row["indicator"]) & (levels["year"] == year)].sort_values("value", kind="stable")
    said = {"value": number(row["value"]), "year": year}
    whole = same[same["region"] == city]["value"]
    if len(whole) and row["value"] > whole.iloc[-1]:
        yield SAYS.over_city.format(**said, city=Text(*names.loc[city]), whole=number(whole.iloc[-1]))
    parts = same[same["region"].isin(data.regions.index[data.regions["part_of"] == row["region"]])]
    if len(parts) and parts["value"].iloc[-1] > row["value"]:
        region, most = parts[["region", "value"]].iloc[-1]
        yield SAYS.under_district.format(**said, district=Text(*names.loc[region]), part=number(most))


def _implied(row: Any, known: pd.DataFrame, _: pd.DataFrame, data: Dataset) -> Iterator[Text]:
    """A level and a growth that put the year before far from the last level, where growth need not match levels exactly."""
    if row["indicator"] not in UNMATCHED_GROWTH or row["qualifier"] not in EXACT:
        return
    series = _series(known[known["qualifier"].isin(EXACT)], row["region"], row["indicator"])
    other = series[(series["year"] == row["year"]) & (series["measure"] != row["measure"])]
    before = series[(series["measure"] == "level") & (series["year"] < row["year"]) & (series["year"] >= row["year"] - NEAR)]
    if other.empty or before.empty or (row["measure"] == "growth" and str(other.index[0]).startswith(NEW)):
        return  # of two new rows the level is asked about
    last = before.sort_values("year", kind="stable").iloc[-1]
    level, growth = (other["value"].iloc[-1], row["value"])[:: 1 if row["measure"] == "growth" else -1]
    base = level / (1 + growth / 100)
    if not 1 / DRIFT <= base / last["value"] <= DRIFT and not _crossed(row, int(last["year"]), data):
        yield SAYS.implied.format(
            level=number(level), growth=number(growth), before=int(row["year"]) - 1, base=number(base, 1),
            last=number(last["value"]), year=int(last["year"]),
        )  # fmt: skip


CHECKS: tuple[Callable[[Any, pd.DataFrame, pd.DataFrame, Dataset], Iterator[Text]], ...] = (
    _proportion, _scale, _over_city, _contradicted, _implied,
)  # fmt: skip


def _series(rows: pd.DataFrame, region: str, indicator: str) -> pd.DataFrame:
    return rows[(rows["region"] == region) & (rows["indicator"] == indicator)]


def _is_amount(indicator: str, data: Dataset) -> bool:
    """Whether levels of an indicator add up and go up and down with its growth: not a rate, not yuan a head."""
    return indicator in data.indicators.index and data.indicators.at[indicator, "level_unit"] != "percent"


def _crossed(row: Any, year: int, data: Dataset, other: int | None = None) -> bool:
    """Whether a break of the series lies between two years."""
    if row["region"] not in data.regions.index:
        return False
    low, high = sorted((year, int(row["year"]) if other is None else other))
    first = breaks(row["indicator"], row["region"], dataset=data)["first_year"]
    return any(low < int(y) <= high for y in first)
