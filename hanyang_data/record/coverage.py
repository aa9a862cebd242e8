"""What is known and what is not: coverage, conflicts between sources and the rule that decided, all readings of one number."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from hanyang_data.record.catalogue import check_region
from hanyang_data.record.contract import BOUNDS, OUTTURN_VINTAGES
from hanyang_data.record.frames import STATED
from hanyang_data.record.observations import Dataset, default_dataset, kept
from hanyang_data.record.series import MEASURES, WHOLE, check_measure, outturns, printed_rows
from hanyang_data.record.vintages import choose, known_on, precedence
from hanyang_data.words.wording import rounded

FIGURE = ["region", "indicator", "concept", "measure", "period", "year", "vintage"]
LISTED = {"values": "value", "qualifiers": "qualifier", "bases": "basis", "sources": "source_id"}
SUMS = ["n", "bounded", "sum", "level", "difference_pct"]
LEAST_PARTS = 10  # of a city, so that their sum is worth holding against it
# what can be said of a year, from nothing to the most advanced vintage of an outturn
COVERAGE = ["nothing", "target_only", "worded", "bounded", *OUTTURN_VINTAGES]


def coverage(
    region: str, years: Sequence[int], *, measures: Sequence[str] = MEASURES, as_of: str = "",
    dataset: Dataset | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Which year of which indicator is known, and in how advanced a reading.

    A frame with one row per indicator on which anything was printed for the region in these years, in the order of
    ``indicators.csv``, and one column a year; each cell is one of COVERAGE: the most advanced vintage that states the figure,
    or ``bounded``, ``worded`` (printed without a number), ``target_only``, ``nothing``.
    """
    data = dataset or default_dataset()
    region = check_region(region, data)
    measures = [check_measure(measure) for measure in measures]
    obs = known_on(data.observations, as_of)
    ours = obs[obs["region"].eq(region) & obs["period"].eq("annual") & obs["measure"].isin(measures)]
    ours = ours[ours["year"].isin(years)]
    state = ours["vintage"].where(ours["qualifier"].isin(STATED), "bounded").where(ours["value"].notna(), "worded")
    rank = state.where(ours["concept"] == "outturn", "target_only").map(COVERAGE.index)
    best = rank.groupby([ours["indicator"], ours["year"]]).max().to_dict()
    known = {indicator for indicator, _ in best}
    cells = {
        indicator: [COVERAGE[best.get((indicator, year), 0)] for year in years]
        for indicator in data.indicators.index
        if indicator in known
    }
    return pd.DataFrame.from_dict(cells, orient="index", columns=list(years)).rename_axis("indicator")


def unknown(region: str, years: Sequence[int], *, as_of: str = "", dataset: Dataset | None = None) -> pd.DataFrame:
    """The years in which no outturn states the figure, indicator by indicator.

    A frame indexed by indicator: ``missing``, the years with nothing; ``unmeasured``, those with a target, a wording or a bound
    only; lists of years. Indicators of which every year is known are left out.
    """
    table = coverage(region, years, as_of=as_of, dataset=dataset)
    rows = {}
    for indicator, row in table[~table.isin(OUTTURN_VINTAGES).all(axis="columns")].iterrows():
        vague = [year for year in years if row[year] in ("target_only", "worded", "bounded")]
        rows[indicator] = ([year for year in years if row[year] == "nothing"], vague)
    return pd.DataFrame.from_dict(rows, orient="index", columns=["missing", "unmeasured"]).rename_axis("indicator")


def sums_of_parts(city: str, indicator: str = "gdp", *, as_of: str = "", dataset: Dataset | None = None) -> pd.DataFrame:
    """The levels of a city's districts and zones added up, where at least ten of them have one, beside the city's own.

    A frame indexed by ``year``: ``n`` parts, of which ``bounded`` state a bound and count with its number, ``sum`` and
    ``level`` in the unit of the level, ``difference_pct``. Each part counts with its latest reading.

    >>> sums_of_parts("wuhan").loc[2021, ["n", "sum", "level"]].tolist()
    [14.0, 17715.86, 17716.76]
    """
    data = dataset or default_dataset()
    inside = data.regions.index[data.regions["part_of"] == check_region(city, data)]
    regions = [str(id_) for id_ in inside if (id_, indicator, "level", "outturn", WHOLE) in data.places]
    if len(regions) < LEAST_PARTS:
        return pd.DataFrame(columns=SUMS, dtype="float64").rename_axis("year")
    loaded = (outturns(indicator, region, "level", as_of=as_of, dataset=data) for region in (*regions, city))
    *parts, whole = [frame[frame["value"].notna()] for frame in loaded]
    rows = pd.concat(parts)
    rows = rows.assign(bounded=~rows["qualifier"].isin(STATED))
    table = rows.groupby(level="year").agg(n=("value", "size"), bounded=("bounded", "sum"), sum=("value", "sum"))
    table = table[table["n"] >= LEAST_PARTS].join(whole["value"].rename("level"), how="inner")
    sums = [rounded(level, 2) for level in table["sum"]]
    return table.assign(sum=sums, difference_pct=100 * (table["sum"] / table["level"] - 1))


def conflicts(dataset: Dataset | None = None) -> pd.DataFrame:
    """Figures of one vintage on which sources differ, which one a series takes and by which rule.

    One row per region, indicator, concept, measure, period, year and vintage with more than one value or bound: ``values``,
    ``qualifiers``, ``bases``, ``sources``, the taken one first, and ``rule``,
    the key of ``vintages.RULES`` that decided.
    """
    return pd.DataFrame(_conflicts(dataset or default_dataset()), columns=[*FIGURE, *LISTED, "rule"])


@kept
def _conflicts(data: Dataset) -> list[dict[str, Any]]:
    numbers = data.observations[data.observations["value"].notna()]
    bound = numbers["qualifier"].where(numbers["qualifier"].isin(BOUNDS), "")  # over 12 is not at least 12
    numbers = numbers.assign(_said=numbers["value"].astype(str) + bound)
    several = numbers[numbers.groupby(FIGURE)["_said"].transform("nunique") > 1]
    rows = []
    for figure, group in several.groupby(FIGURE, sort=False):
        keys = pd.DataFrame(precedence(group))
        keys = keys.sort_values(list(keys))
        ordered = group.take(keys.index)
        other = int(ordered["_said"].ne(ordered["_said"].iloc[0]).to_numpy().argmax())
        rule = next(rule for rule in keys if keys[rule].iloc[0] != keys[rule].iloc[other])
        listed = {column: list(ordered[name]) for column, name in LISTED.items()} | {"rule": rule}
        rows.append(dict(zip(FIGURE, figure, strict=True)) | listed)
    return rows


def readings(
    indicator: str, region: str = "hanyang", measure: str = "growth", *, as_of: str = "", dataset: Dataset | None = None
) -> pd.DataFrame:
    """Every published reading of an annual series, year by year in the order of publication.

    A frame indexed by ``year`` with ``value, qualifier, vintage, published_on, known_from, reliability, source_id``,
    ``correction`` and ``taken``, whether ``load`` takes it as the latest.
    """
    data = dataset or default_dataset()
    rows = known_on(printed_rows(data, indicator, region, measure, "outturn"), as_of)
    taken = rows.index.isin(choose(rows, "latest").index)
    columns = ["value", "qualifier", "vintage", "published_on", "known_from", "reliability", "source_id", "correction"]
    ordered = rows.assign(taken=taken).sort_values(["year", "known_from"], kind="stable").set_index("year")
    return ordered[[*columns, "taken"]]
