"""One clean series out of the printed figures, annual or of the same part of each year, and where a break cuts it.

Three rules of breaks, the same for every series:

1. levels are never joined over a break;
2. growth is joined over a break only where the break names a link: the growth published for the first year is on a comparable
   basis, or one year is printed on both bases;
3. of a year that was printed on both bases only a revised reading is on the new one: the break lies before it, else after it.
"""

from datetime import date
from typing import Any, NoReturn

import pandas as pd

from hanyang_data.errors import ParameterError, nearest
from hanyang_data.record.catalogue import series_ids
from hanyang_data.record.contract import BOUNDS
from hanyang_data.record.frames import every_year
from hanyang_data.record.lenient import PERIODS
from hanyang_data.record.observations import Dataset, answered, default_dataset, kept, once
from hanyang_data.record.vintages import choose, known_on, parse_as_of
from hanyang_data.words.wording import Text

MEASURES = ("growth", "level")
ESTIMATE, MEASURED = "initial_estimate", "measured"  # two kinds of vintage: printed before, and after it was measured
LOAD_COLUMNS = ["value", "unit", "qualifier", "vintage", "published_on", "source_id", "flag"]
WHOLE, *PARTS = CHOICES = ("annual", "q1_q3", "h1", "q1")  # the longest first; parts are cumulated from January on
CORRECTED = {"override": "corrected", "flag": "flagged"}  # the flag of what a correction did
FLAGGED = ["qualifier", "value", "basis", "reliability", "correction"]  # what the flags of a row follow from


def load(
    indicator: str, region: str = "hanyang", measure: str = "growth", *, vintage: str = "latest",
    as_of: str | date | None = None, derived: bool = False, period: str = WHOLE, dataset: Dataset | None = None,
) -> pd.DataFrame:  # fmt: skip
    """Load one series of outturns, as printed: annual, or of the same part of each year.

    Args:
        indicator: id such as ``gdp``, or a name such as 地区生产总值 or 社零; :func:`catalog` lists the ids.
        region: id such as ``hanyang`` or ``wuhan``, or a name such as 汉阳 or 汉阳区.
        measure: ``growth`` (percent on the year before, as published) or ``level``.
        vintage: ``first`` or ``latest`` reading of each year, or ``all`` readings.
        as_of: day such as ``2021-06-30``: what was published later does not exist.
        derived: True adds to a level the years that a printed level and its printed growth imply (flag ``derived``), with the
            columns ``low``, ``high``, ``method`` and ``inputs``; see :mod:`hanyang_data.derived`. Growth gains nothing.
        period: ``annual``, or a part of the year, cumulated from January on: ``q1``, ``h1`` or ``q1_q3``. Its rows have the
            period among their flags, and nothing is derived from them.
        dataset: another snapshot from :func:`open_dataset`.

    Returns:
        A frame indexed by ``year``, exactly one row for every year from the first to the last with something printed, so
        that ``rolling``, ``diff``, ``pct_change`` and ``plot`` step from year to year. A year for which nothing was printed
        is a row with the flag ``missing`` and the value NaN; nothing is interpolated, and unless ``derived`` is True nothing
        is computed. What a break parts is still one column: cut it with :func:`segments` before you compute across years.
        ``all`` is a list of readings and no series: several rows a year, and none for a year without one.

        ============  ===================================================================================================
        value         the number; NaN where the text has a wording without one, and in a year that is missing
        unit          percent for growth, else the unit of the indicator (CNY_100M is 亿元)
        qualifier     point, about, at_least, over, within, range, positive, in_step_with_gdp, none
        vintage       initial_estimate, preliminary, final, revised
        published_on  date of the source as printed, a year or month where no day is
        source_id     key of ``sources.csv``; :func:`cite` spells it out
        flag          words separated by blanks: ``break`` (first value on a new basis: not comparable with those before
                      it), ``bound`` (the number is a bound, not the figure), ``wording`` (no number), ``comparable`` (on a
                      comparable basis, 可比口径), ``secondary`` (from a secondary page), ``corrected`` and ``flagged``
                      (an entry of ``corrections.yaml``), ``q1``, ``h1`` or ``q1_q3`` (that part of the year),
                      ``missing`` (nothing printed: the other columns but the unit are empty)
        ============  ===================================================================================================

        Its ``attrs`` say what it is of (``indicator, region, measure``), the first year on a new basis and what happened, for
        the ``breaks`` that part it, and the same for the ``links``: breaks over which published growth is joined.

    Raises:
        UnknownIdError: for an unknown indicator or region, with the nearest ids.
        ParameterError: for a measure, vintage, day or period that does not exist.

    Example:
        >>> load("gdp", "hanyang").loc[2020, "vintage"]
        'initial_estimate'
        >>> load("gdp", "hanyang", period="h1")["value"].to_dict()  # of 2019 no whole year is printed
        {2019: 8.1}
        >>> int(load("gdp", "hanyang")["value"].rolling(3).mean().count())  # no three years in a row on record, no mean
        0
    """
    of: Any = {"vintage": vintage, "as_of": as_of, "derived": derived, "period": period, "dataset": dataset}
    frame = outturns(indicator, region, measure, **of)
    return frame if vintage == "all" else every_year(frame)


@answered
def outturns(
    indicator: str, region: str, measure: str = "growth", *, vintage: str = "latest", as_of: str | date | None = None,
    derived: bool = False, period: str = WHOLE, dataset: Dataset | None = None,
) -> pd.DataFrame:  # fmt: skip
    """The rows of :func:`load` that stand on record, without the years between them: what the package itself works with."""
    data = dataset or default_dataset()
    period = check_period(period)
    if derived and period != WHOLE:
        raise ParameterError(f"period is {period!r}: derived values are of whole years, leave derived out")
    rows = choose(printed_rows(data, indicator, region, measure, "outturn", period), vintage, as_of)
    frame = frame_of(data, rows, *series_ids(indicator, region, data), measure, as_of, derived=derived)
    if period != WHOLE:  # a part of a year says so in every row
        frame = frame.assign(flag=(frame["flag"] + f" {period}").str.strip())
        frame.attrs["period"] = period
    return frame


def check_period(period: str) -> str:
    """The period of a series: annual, q1, h1 or q1_q3, also as a Chinese text names it.

    >>> check_period("上半年")
    'h1'
    """
    word = period.strip().lower() if isinstance(period, str) else ""
    found = PERIODS.get(word, word)
    if found not in CHOICES:
        raise ParameterError(f"period is {period!r}: known are {', '.join(CHOICES)}, each from January on")
    return found


def check_measure(measure: str) -> str:
    """``growth`` or ``level``."""
    if measure not in MEASURES:
        raise ParameterError(f"measure is {measure!r}: {nearest(measure, MEASURES)}")
    return measure


@kept
def printed_rows(data: Dataset, indicator: str, region: str, measure: str, concept: str, period: str = WHOLE) -> pd.DataFrame:
    """All observations of one series, by default the annual ones."""
    indicator, region = series_ids(indicator, region, data)
    return data.series(region, indicator, check_measure(measure), concept, period)


def anything_printed(
    indicator: str, region: str, measure: str, years: tuple[int, int], *, as_of: str | date | None, dataset: Dataset
) -> bool:
    """Whether a series has an outturn in a span of years: what a sweep asks of each run, far quicker than the series is read."""
    places = dataset.places.get((region, indicator, measure, "outturn", WHOLE), [])
    printed, day = dataset.observations["year"].to_numpy()[places], parse_as_of(as_of)
    within = (years[0] <= printed) & (printed <= years[1])
    if day is not None:
        within &= dataset.observations["known_from"].to_numpy()[places] <= day.to_datetime64()
    return bool(within.any())


def kind_of(vintage: str) -> str:
    """An estimate, or measured."""
    return ESTIMATE if vintage == ESTIMATE else MEASURED


def frame_of(
    data: Dataset, rows: pd.DataFrame, indicator: str, region: str, measure: str, as_of: str | date | None, *,
    derived: bool = False,
) -> pd.DataFrame:  # fmt: skip
    """The chosen observations as :func:`load` returns them."""
    frame = by_year(rows, LOAD_COLUMNS, flag=row_flags(rows))
    known = breaks(indicator, region, as_of=as_of, dataset=data)
    parted = cuts(known, frame, measure) if len(known) else known
    if derived and measure == "level":
        from hanyang_data.record.beside import with_implied_bases

        frame = with_implied_bases(frame, indicator, region, as_of, data)
    linked = known[known["link"].ne(UNLINKED)] if measure == "growth" and len(known) else known[:0]
    told = {"breaks": _labels(parted, "year"), "links": _labels(linked, "first_year")}
    return labelled(_with_breaks(frame, parted) if len(parted) else frame, indicator, region, measure, **told)


class Years(dict[int, Text]):
    """First year on a new basis → what happened. It is not changed: pandas copies ``attrs`` at each step, and here nothing."""

    def __deepcopy__(self, memo: object) -> "Years":
        return self

    def __reduce__(self) -> tuple[type["Years"], tuple[dict[int, Text]]]:
        return Years, (dict(self),)

    def _refuse(self, *_: object, **__: object) -> NoReturn:
        raise TypeError("the breaks and links of a series stay as they are: change a copy, dict(...)")

    __setitem__ = __delitem__ = __ior__ = clear = pop = popitem = setdefault = update = _refuse


def _labels(table: pd.DataFrame, years: str) -> Years:
    labels = zip(table[years].tolist() if len(table) else (), table["label_en"], table["label_zh"], strict=True)
    return Years({year: Text(en, zh) for year, en, zh in labels})


def by_year(rows: pd.DataFrame, columns: list[str], **more: Any) -> pd.DataFrame:
    """The rows indexed by year, with columns that they do not have themselves."""
    filled = {column: more[column] if column in more else rows[column].array for column in columns}
    return pd.DataFrame(filled, index=pd.Index(rows["year"].array, name="year"))


def row_flags(rows: pd.DataFrame) -> Any:
    """The words of the flag column that follow from each row by itself."""
    flags = []
    for qualifier, value, basis, reliability, correction in zip(*(rows[column].tolist() for column in FLAGGED), strict=True):
        told = ["bound"] * (qualifier in BOUNDS) + ["wording"] * (value != value)  # NaN
        told += [of for of in (basis, reliability) if of in ("comparable", "secondary")]
        flags.append(" ".join([*told, *filter(None, [CORRECTED.get(correction)])]))
    return pd.array(flags, dtype="str")


def _with_breaks(frame: pd.DataFrame, parted: pd.DataFrame) -> pd.DataFrame:
    """A break is flagged on the first year at or after it, if one stands before; of several readings on that on the new basis."""
    years, vintages, flags = (of.tolist() for of in (frame.index, frame["vintage"], frame["flag"]))
    for cut in parted[["year", "first_year", "link"]].itertuples():
        first = min((year for year in years if year >= cut.year), default=0)
        for row, year in enumerate(years):
            restated = vintages[row] == "revised" or cut.link != OVERLAP or first > cut.first_year
            if year == first and min(years) < cut.year and restated and "break" not in flags[row].split():
                flags[row] = f"break {flags[row]}".strip()
    return frame.assign(flag=pd.array(flags, dtype="str"))


def labelled(frame: pd.DataFrame, indicator: str, region: str, measure: str, **more: Any) -> pd.DataFrame:
    """The frame with what it is about in its ``attrs``."""
    frame.attrs.update(indicator=indicator, region=region, measure=measure, **more)
    return frame


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
    indicator, region = series_ids(indicator, region, data)
    if (region, indicator) not in data.broken:  # as most
        return once(data, ("no breaks",), lambda: data.breaks[:0].reset_index(drop=True))
    found = known_on(data.breaks.take(data.broken[region, indicator]), as_of)
    return (found.sort_values("first_year", kind="stable") if len(found) > 1 else found).reset_index(drop=True)


def cuts(table: pd.DataFrame, rows: pd.DataFrame, measure: str) -> pd.DataFrame:
    """The breaks that part the chosen readings of a series.

    The rows of ``table`` with ``year``, the first year whose reading is on the new basis (the first year of the break where
    nothing was read from then on); linked breaks do not part growth.
    """
    parted = table if measure != "growth" else table[table["link"].eq(UNLINKED)]
    read = zip(rows.index.tolist(), rows["vintage"].tolist(), strict=True)
    before = set(rows.index.tolist()) - {year for year, vintage in read if vintage == "revised"}
    starts = zip(parted["first_year"].tolist(), parted["link"].tolist(), strict=True)
    years = [first + (link == OVERLAP and first in before) for first, link in starts]
    return parted.assign(year=pd.array(years, dtype="int64").to_numpy())
