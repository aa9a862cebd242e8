"""Where a series stands on another basis, what links its two sides, and where the chosen readings must be cut.

Three rules, the same for every series:

1. levels are never joined over a break;
2. growth is joined over a break only where the break names a link: the growth published for the first year is on a comparable
   basis, or one year is printed on both bases;
3. of a year that was printed on both bases only a revised reading is on the new one: the break lies before it, else after it.
"""

from __future__ import annotations

from datetime import date

import pandas as pd

from hanyang_data.record.catalogue import check_indicator, check_region
from hanyang_data.record.memory import kept
from hanyang_data.record.observations import Dataset, default_dataset
from hanyang_data.record.vintages import parse_as_of

UNLINKED, OVERLAP = "none", "overlap"


def breaks(
    indicator: str, region: str = "hanyang", *, as_of: str | date | None = None, dataset: Dataset | None = None
) -> pd.DataFrame:
    """The breaks of a series as known on ``as_of``.

    Returns:
        A frame with ``first_year`` on the new basis, ``kind``, ``label_en``, ``label_zh``, ``evidence``, ``source_id``,
        ``locator``, ``token``, ``link`` (none, published_growth or overlap) and ``known_from``, by first year.

    Raises:
        UnknownIdError: for an unknown indicator or region.

    Example:
        >>> breaks("gdp")[["first_year", "link"]].to_dict("records")[-1]
        {'first_year': 2019, 'link': 'none'}
    """
    data = dataset or default_dataset()
    return _known(data, check_indicator(indicator, data), check_region(region, data), parse_as_of(as_of))


@kept
def _known(data: Dataset, indicator: str, region: str, day: pd.Timestamp | None) -> pd.DataFrame:
    pairs = zip(data.breaks["indicator"].tolist(), data.breaks["region"].tolist(), strict=True)
    found = data.breaks.take([place for place, pair in enumerate(pairs) if pair == (indicator, region)])
    known = found if day is None else found[found["known_from"] <= day]
    return known.sort_values("first_year", kind="stable").reset_index(drop=True)


def cuts(table: pd.DataFrame, rows: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The breaks that part the chosen readings of a series.

    The rows of ``table`` with ``year``, the first year whose reading is on the new basis (the first year of the break where
    nothing was read from then on); linked breaks do not part growth.
    """
    found = [
        (place, _first_new(first, link, rows))
        for place, (first, link) in enumerate(zip(table["first_year"].tolist(), table["link"].tolist(), strict=True))
        if measure != "growth" or link == UNLINKED
    ]
    return table.take([place for place, _ in found]).assign(year=[year for _, year in found])


def links(table: pd.DataFrame) -> pd.DataFrame:
    """The breaks over which published growth may be joined."""
    return table[table["link"].ne(UNLINKED)]


def _first_new(first: int, link: str, rows: pd.DataFrame) -> int:
    still_old = link == OVERLAP and first in rows.index and "revised" not in rows.loc[[first], "vintage"].tolist()
    return first + still_old
