"""Targets as series: one region, one indicator, one set of targets, year by year as they were set."""

from datetime import date

import pandas as pd

from hanyang_data.errors import ParameterError, nearest
from hanyang_data.record.catalogue import series_ids
from hanyang_data.record.frames import every_year
from hanyang_data.record.memory import answered
from hanyang_data.record.observations import Dataset, default_dataset
from hanyang_data.record.series import by_year, labelled, printed_rows, row_flags
from hanyang_data.record.targets import Target, parse
from hanyang_data.record.vintages import choose

TARGETS = ("original", "revised", "plan")
TARGET_COLUMNS = ["value", "value_high", "unit", "qualifier", "vintage", "published_on", "source_id", "flag", "wording"]


class _Targets:
    """``hd.targets(…)`` reads the targets of a series; ``hd.targets.parse(…)`` reads one printed wording."""

    parse = staticmethod(parse)
    Target = Target

    def __call__(
        self, indicator: str, region: str = "hanyang", *, vintage: str = "original", measure: str = "growth",
        as_of: str | date | None = None, dataset: Dataset | None = None,
    ) -> pd.DataFrame:  # fmt: skip
        """Load the targets of one series.

        Args:
            indicator: id such as ``gdp``.
            region: id such as ``hanyang``.
            vintage: ``original`` (set for the year), ``revised`` (the city's post-COVID targets of 2020) or ``plan``
                (five-year plan).
            measure: ``growth`` or ``level``.
            as_of: day such as ``2021-06-30``: what was published later does not exist.
            dataset: another snapshot.

        Returns:
            A frame indexed by ``year`` with the columns of :func:`load`, ``value_high`` for ranges and ``wording``, the
            target as printed; one row for every year from the first to the last with a target, those between without one
            flagged ``missing`` as in :func:`load`.

        Raises:
            UnknownIdError: for an unknown indicator or region.
            ParameterError: for a vintage or measure that does not exist.

        Example:
            >>> targets("gdp", "hanyang").loc[2020, "wording"]
            '7%左右'
        """
        of = {"vintage": vintage, "measure": measure}
        return every_year(targets_set(indicator, region, **of, as_of=as_of, dataset=dataset))


targets = _Targets()


@answered
def targets_set(
    indicator: str, region: str, *, vintage: str = "original", measure: str = "growth", as_of: str | date | None = None,
    dataset: Dataset | None = None,
) -> pd.DataFrame:  # fmt: skip
    """The rows of :data:`targets` that stand on record, without the years between them."""
    if vintage not in TARGETS:
        raise ParameterError(f"target vintage is {vintage!r}: {nearest(vintage, TARGETS)}")
    data = dataset or default_dataset()
    indicator, region = series_ids(indicator, region, data)
    rows = printed_rows(data, indicator, region, measure, "target")
    rows = choose(rows[rows["vintage"] == vintage], "latest", as_of)
    frame = by_year(rows, TARGET_COLUMNS, flag=row_flags(rows), wording=rows["token"].array)
    return labelled(frame, indicator, region, measure)
