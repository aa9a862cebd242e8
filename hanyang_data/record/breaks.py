"""Where a series stands on another basis, what links its two sides, and where the chosen readings must be cut.

Three rules, the same for every series:

1. levels are never joined over a break;
2. growth is joined over a break only where the break names a link: the growth published for the first year is on a comparable
   basis, or one year is printed on both bases;
3. of a year that was printed on both bases only a revised reading is on the new one: the break lies before it, else after it.
"""

from datetime import date

import pandas as pd

from hanyang_data.record.catalogue import series_ids
from hanyang_data.record.memory import answered
from hanyang_data.record.observations import Dataset, default_dataset
from hanyang_data.record.vintages import known_on

UNLINKED, OVERLAP = "none", "overlap"


@answered
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
    asked, pairs = series_ids(indicator, region, data), zip(data.breaks["indicator"], data.breaks["region"], strict=True)
    found = data.breaks.take([place for place, pair in enumerate(pairs) if pair == asked])
    return known_on(found, as_of).sort_values("first_year", kind="stable").reset_index(drop=True)


def cuts(table: pd.DataFrame, rows: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The breaks that part the chosen readings of a series.

    The rows of ``table`` with ``year``, the first year whose reading is on the new basis (the first year of the break where
    nothing was read from then on); linked breaks do not part growth.
    """
    parted = table if measure != "growth" else table[table["link"].eq(UNLINKED)]
    restated = set(rows.index[rows["vintage"].eq("revised")])
    old = parted["link"].eq(OVERLAP) & parted["first_year"].isin(rows.index) & ~parted["first_year"].isin(restated)
    return parted.assign(year=parted["first_year"] + old)
