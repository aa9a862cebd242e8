"""How far the first published reading of a year lies from the latest one, and what kind of revision that was."""

from collections.abc import Mapping
from datetime import date
from itertools import product

import pandas as pd

from hanyang_data.record.catalogue import check_indicator
from hanyang_data.record.contract import HALF_DIGIT, OUTTURN_VINTAGES, half_of_last
from hanyang_data.record.frames import STATED
from hanyang_data.record.observations import Dataset, answered, default_dataset
from hanyang_data.record.series import OVERLAP, WHOLE, printed_rows
from hanyang_data.record.vintages import choose, known_on
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import VINTAGES

SAYS = messages(__name__)
SERIES = ["region", "indicator", "measure"]
PRINTED_IN = "printed_unit"
SPAN = 10_000  # more than any year
KINDS = SAYS.each("kinds") | {
    f"{a}_to_{b}": SAYS.kinds.format(first=first, second=second)
    for a, first in VINTAGES.items()
    for b, second in VINTAGES.items()
    if a != b
}
_SIDES = [f"{end}_{column}" for column in ("qualifier", "vintage", "published_on", "source_id") for end in ("first", "latest")]


@answered
def revisions(
    indicator: str, region: str = "hanyang", measure: str = "growth", *, as_of: str | date | None = None,
    dataset: Dataset | None = None,
) -> pd.DataFrame:  # fmt: skip
    """First and latest published reading of each year that was published anew, and the revision between them.

    Anew: in another vintage or as another number. What was printed again unchanged in the same vintage is no revision.

    Args:
        indicator: id such as ``gdp``.
        region: id such as ``wuhan``.
        measure: growth or level.
        as_of: day such as ``2021-06-30``: what was published later does not exist.
        dataset: another snapshot.

    Returns:
        A frame indexed by ``year``: ``first`` and ``latest`` in the unit of the series; ``revision``, latest minus first in
        percentage points (``unit`` pp) for growth, shares and rates, in percent of the first (``unit`` percent) for other levels;
        ``kind`` (see KINDS): a census or a definition where the year was restated on a new basis, else from one vintage to
        another; then ``qualifier``, ``vintage``, ``published_on`` and ``source_id`` of both; ``flag``: ``bound`` where one of the
        two was printed as a bound (12% and more), so that the revision is the distance to it, ``secondary`` where one stands on
        a secondary page alone, ``not_taken`` where :func:`hanyang_data.load` therefore takes another number as ``first`` or
        ``latest``: a series waits for an official text, a revision is told as soon as anybody prints it. A wording without a
        number is no reading, nor is a figure on a comparable basis beside a plain one, or one of a less advanced vintage that
        became known later. 0 is a figure that another vintage confirmed.

    Raises:
        UnknownIdError: for an unknown indicator or region.
        ParameterError: for a measure or day that does not exist.

    Source: revision as later minus earlier estimate, kinds kept apart, after the OECD/Eurostat guidelines on revisions analysis.

    Example:
        >>> revisions("gdp", "wuhan").loc[2022, ["first", "latest", "revision"]].to_dict()
        {'first': 4.5, 'latest': 4.0, 'revision': -0.5}
    """
    data = dataset or default_dataset()
    return revisions_in(printed_rows(data, indicator, region, measure, "outturn"), data, as_of).drop(
        columns=[*SERIES, PRINTED_IN]
    )


def revisions_in(rows: pd.DataFrame, data: Dataset, as_of: str | date | None = None) -> pd.DataFrame:
    """The table of :func:`revisions` of annual outturns of series, with ``region, indicator, measure`` and ``printed_unit``."""
    # all series in one table: a year of one of them is a number of its own
    rows = rows.assign(year=rows.groupby(SERIES, sort=False).ngroup() * SPAN + rows["year"])
    rows = rows[rows["year"].duplicated(keep=False)]  # what was printed once was not revised
    of = rows.drop_duplicates("year").set_index("year")[SERIES]
    known = known_on(data.breaks, as_of)
    kinds = known[known["link"].eq(OVERLAP)].set_index(["region", "indicator", "first_year"])["kind"].to_dict()
    named = zip(of.index.tolist(), of.to_numpy().tolist(), strict=True)
    restated = {year: kinds.get((*key, year % SPAN), "") for year, (*key, measure) in named if measure == "level"}
    table = _from_first_to_latest(rows, as_of, restated).join(of)
    return table.set_axis(table.index % SPAN).rename_axis("year")


def _from_first_to_latest(rows: pd.DataFrame, as_of: str | date | None, restated: Mapping[int, str]) -> pd.DataFrame:
    """The table of :func:`revisions` of printed rows; ``restated``: years that a new basis restates, and what kind it is."""
    rows = rows[rows["value"].notna()]
    # of each year the readings on the basis of the one that is taken: a comparable rate does not revise a plain one
    taken = choose(rows, "latest", as_of, secondary_last=False).set_index("year")["basis"].eq("comparable")
    rows = rows[rows["basis"].eq("comparable") == rows["year"].map(taken)]
    ends = {end: choose(rows, end, as_of, secondary_last=False).set_index("year", drop=False) for end in ("first", "latest")}
    sides = ["value", "qualifier", "vintage", "published_on", "source_id", "reliability", "known_from"]
    table = ends["first"][sides].add_prefix("first_").join(ends["latest"][[*sides, "unit"]].add_prefix("latest_"))
    said = ["vintage", "value", "qualifier"]
    anew = (table[[f"first_{part}" for part in said]].to_numpy() != table[[f"latest_{part}" for part in said]]).any(axis=1)
    for end in ("first", "latest"):  # whether load() takes the same: a secondary page speaks there only where nothing else does
        series = choose(rows, end, as_of).set_index("year")["value"]
        table[f"{end}_apart"] = table[f"{end}_value"].ne(series.reindex(table.index))
    table = table[anew & (table["first_known_from"] <= table["latest_known_from"])]
    in_points = table["latest_unit"].eq("percent")
    change = table["latest_value"] - table["first_value"]
    table["revision"] = change.where(in_points, 100 * change / table["first_value"]).round(4)
    table["unit"] = in_points.map({True: "pp", False: "percent"})
    vintages = zip(table.index, table["first_vintage"], table["latest_vintage"], strict=True)
    table["kind"] = [  # a restatement of the year on a new basis explains the revision before its vintages do
        (restated.get(year) if two in ("final", "revised") else "") or ("repeated" if one == two else f"{one}_to_{two}")
        for year, one, two in vintages
    ]
    flags = [
        " ".join(["bound"] * (not {a, b} <= set(STATED)) + ["secondary"] * ("secondary" in (c, d)) + ["not_taken"] * (e or f))
        for a, b, c, d, e, f in table[[f"{end}_{c}" for c in ("qualifier", "reliability", "apart") for end in ends]].itertuples(
            index=False
        )
    ]
    table["flag"] = pd.array(flags, dtype="str")
    table = table.rename(columns={"first_value": "first", "latest_value": "latest", "latest_unit": PRINTED_IN})
    return table[["first", "latest", "revision", "unit", "kind", *_SIDES, "flag", PRINTED_IN]]


@answered
def estimates_measured_later(
    indicator: str = "", measure: str = "growth", *, level: str = "district", as_of: str | date | None = None,
    dataset: Dataset | None = None,
) -> pd.DataFrame:  # fmt: skip
    """What became of the December estimates of all regions of one level, where a later text prints the year as measured.

    The rows of :func:`revisions` whose first reading is an initial estimate and whose latest one is of another vintage, both
    numbers, with ``region`` and ``indicator``; years over which a region's series was restated are left out.
    """
    data = dataset or default_dataset()
    levels = ["district", "functional_zone"] if level == "district" else [level]
    regions = data.regions.index[data.regions["level"].isin(levels)]
    series = product(
        regions, [check_indicator(indicator, data)] if indicator else data.indicators.index, [measure], ["outturn"], [WHOLE]
    )
    obs = data.observations.take(sorted(place for of in series for place in data.places.get(of, [])))
    table = revisions_in(obs, data, as_of).drop(columns="measure")
    measured = table["first_vintage"].eq(OUTTURN_VINTAGES[0]) & table["latest_vintage"].ne(OUTTURN_VINTAGES[0])
    return table[measured & ~table["flag"].str.contains("bound")]


def beyond_rounding(table: pd.DataFrame) -> pd.Series:
    """The revisions of a table of :func:`revisions_in`, 0 where the rounding of the two numbers may be all there is to them.

    >>> float(beyond_rounding(estimates_measured_later("gdp", "level"))[2020])  # 700, then 699
    0.0
    """
    numbers = list(zip(table["first"], table["latest"], table["unit"], table[PRINTED_IN], strict=True))
    off = [2 * HALF_DIGIT if of == "pp" else half_of_last(a, unit) + half_of_last(b, unit) for a, b, of, unit in numbers]
    found = [round(abs(b - a), 6) > round(by, 6) for (a, b, *_), by in zip(numbers, off, strict=True)]
    return table["revision"].where(pd.Series(found, table.index, dtype=bool), 0.0)
