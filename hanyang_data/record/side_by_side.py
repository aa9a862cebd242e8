"""The same series of several regions beside one another, in readings of the same kind."""

from collections.abc import Sequence
from datetime import date

import pandas as pd

from hanyang_data.errors import ParameterError
from hanyang_data.record.catalogue import check_region, series_ids
from hanyang_data.record.frames import stated
from hanyang_data.record.memory import answered
from hanyang_data.record.observations import Dataset, default_dataset
from hanyang_data.record.series import ESTIMATE, MEASURED, WHOLE, frame_of, kind_of, kinds_of, outturns, printed_rows
from hanyang_data.record.vintages import choose, known_on


@answered
def pair(
    indicator: str, regions: tuple[str, str], measure: str = "growth", *, vintage: str = "latest",
    as_of: str | date | None = None, dataset: Dataset | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:  # fmt: skip
    """The same series of two regions, year by year in the same kind of vintage where both have one.

    A first estimate beside a measured figure shows the revision and not the difference of the regions. In a year in which both
    have estimates and both measured figures, ``vintage`` decides; where only one kind is common, that kind is taken; where none
    is, each side has its own and the vintages tell.

    Two frames as of :func:`load`, one row a year each.
    """
    data = dataset or default_dataset()
    sides = [known_on(printed_rows(data, indicator, region, measure, "outturn"), as_of) for region in regions]
    kinds = [kinds_of(side) for side in sides]
    wanted = {}
    for year in kinds[0].keys() & kinds[1].keys():
        if common := kinds[0][year] & kinds[1][year]:
            estimates = ESTIMATE in common and (vintage == "first" or MEASURED not in common)
            wanted[year] = ESTIMATE if estimates else MEASURED
    frames = []
    for side, region in zip(sides, regions, strict=True):
        read = zip(side["year"].tolist(), side["vintage"].tolist(), strict=True)
        fit = [place for place, (year, reading) in enumerate(read) if wanted.get(year) in (None, kind_of(reading))]
        frames.append(frame_of(data, choose(side.take(fit), vintage), *series_ids(indicator, region, data), measure, as_of))
    return frames[0], frames[1]


def compare(
    indicator: str, regions: Sequence[str], *, measure: str = "growth", vintage: str = "latest",
    as_of: str | date | None = None, period: str = WHOLE, dataset: Dataset | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Set the same series of several regions side by side; ``period`` as of :func:`load`.

    Returns:
        A frame indexed by ``year`` with one column per region, in the order asked for, and one row for every year from the
        first to the last that any of them states. A year that a region did not publish, or published as a bound or a wording
        only, is NaN: it is missing, not zero, and a step of one row is always a step of one year.

    Raises:
        UnknownIdError: for an unknown indicator or region.
        ParameterError: if no region is given or one is given twice.

    Example:
        >>> compare("gdp", ["hanyang", "wuhan"]).loc[2020].to_dict()
        {'hanyang': -8.0, 'wuhan': -4.7}
    """
    data = dataset or default_dataset()
    listed = [] if isinstance(regions, str) else [check_region(region, data) for region in regions]
    if not listed or len(set(listed)) != len(listed):
        raise ParameterError(f"regions is {regions!r}: give a list of different region ids")
    if vintage == "all":
        raise ParameterError("vintage is 'all': compare() needs one reading a year, first or latest")
    columns = {
        region: stated(outturns(indicator, region, measure, vintage=vintage, as_of=as_of, period=period, dataset=data))
        for region in listed
    }
    table = pd.DataFrame(columns).rename_axis("year")
    return table.reindex(list(range(table.index.min(), table.index.max() + 1))) if len(table) else table
