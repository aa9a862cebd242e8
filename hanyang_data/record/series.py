"""One clean annual series out of the printed figures, with a flag and a source on every value."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

import pandas as pd

from hanyang_data.errors import ParameterError, nearest
from hanyang_data.record.breaks import OVERLAP, breaks, cuts
from hanyang_data.record.catalogue import check_indicator, check_region, series_ids
from hanyang_data.record.contract import BOUNDS
from hanyang_data.record.frames import every_year, stated, states
from hanyang_data.record.memory import kept
from hanyang_data.record.observations import Dataset, default_dataset
from hanyang_data.record.periods import WHOLE, check_period
from hanyang_data.record.targets import Target, parse
from hanyang_data.record.vintages import choose, known_on

MEASURES = ("growth", "level")
TARGETS = ("original", "revised", "plan")
ESTIMATE, MEASURED = "initial_estimate", "measured"  # two kinds of vintage: printed before, and after it was measured
LOAD_COLUMNS = ["value", "unit", "qualifier", "vintage", "published_on", "source_id", "flag"]
FLAGGED = ["qualifier", "value", "basis", "reliability", "correction"]  # what the flags of a row follow from
TARGET_COLUMNS = ["value", "value_high", "unit", "qualifier", "vintage", "published_on", "source_id", "flag", "wording"]


def load(
    indicator: str,
    region: str = "hanyang",
    measure: str = "growth",
    *,
    vintage: str = "latest",
    as_of: str | date | None = None,
    derived: bool = False,
    period: str = WHOLE,
    dataset: Dataset | None = None,
) -> pd.DataFrame:
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


def outturns(
    indicator: str,
    region: str,
    measure: str = "growth",
    *,
    vintage: str = "latest",
    as_of: str | date | None = None,
    derived: bool = False,
    period: str = WHOLE,
    dataset: Dataset | None = None,
) -> pd.DataFrame:
    """The rows of :func:`load` that stand on record, without the years between them: what the package itself works with."""
    data = dataset or default_dataset()
    period = check_period(period)
    if derived and period != WHOLE:
        raise ParameterError(f"period is {period!r}: derived values are of whole years, leave derived out")
    return _load(data, *series_ids(indicator, region, data), measure, vintage, as_of, derived, period)


@kept
def _load(
    data: Dataset,
    indicator: str,
    region: str,
    measure: str,
    vintage: str,
    as_of: str | date | None,
    derived: bool,
    period: str,
) -> pd.DataFrame:
    rows = choose(printed_rows(data, indicator, region, measure, "outturn", period), vintage, as_of)
    frame = _frame(data, rows, indicator, region, measure, as_of, derived=derived)
    return frame if period == WHOLE else _marked(frame, period)


def _marked(frame: pd.DataFrame, period: str) -> pd.DataFrame:
    """A part of a year says so in every row."""
    frame = frame.assign(flag=(frame["flag"] + f" {period}").str.strip())
    frame.attrs["period"] = period
    return frame


def pair(
    indicator: str,
    regions: tuple[str, str],
    measure: str = "growth",
    *,
    vintage: str = "latest",
    as_of: str | date | None = None,
    dataset: Dataset | None = None,
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The same series of two regions, year by year in the same kind of vintage where both have one.

    A first estimate beside a measured figure shows the revision and not the difference of the regions. In a year in which both
    have estimates and both measured figures, ``vintage`` decides; where only one kind is common, that kind is taken; where none
    is, each side has its own and the vintages tell.

    Args:
        indicator: id such as ``gdp``.
        regions: two ids.
        measure: growth or level.
        vintage: first or latest.
        as_of: day such as ``2021-06-30``.
        dataset: another snapshot.

    Returns:
        Two frames as of :func:`load`, one row a year each.
    """
    a, b = side_by_side(indicator, regions, measure, vintage=vintage, as_of=as_of, dataset=dataset)
    return a, b


def side_by_side(
    indicator: str,
    regions: Sequence[str],
    measure: str = "growth",
    *,
    vintage: str = "latest",
    as_of: str | date | None = None,
    dataset: Dataset | None = None,
) -> list[pd.DataFrame]:
    """The same as :func:`pair` for any number of regions: a kind counts as common where all that state the year have it."""
    data = dataset or default_dataset()
    sides = tuple(check_region(region, data) for region in regions)
    return _side_by_side(data, check_indicator(indicator, data), sides, measure, vintage, as_of)


@kept
def _side_by_side(
    data: Dataset, indicator: str, regions: tuple[str, ...], measure: str, vintage: str, as_of: str | date | None
) -> list[pd.DataFrame]:
    sides = [known_on(printed_rows(data, indicator, region, measure, "outturn"), as_of) for region in regions]
    kinds = [_kinds(side) for side in sides]
    wanted = {}
    for year in set().union(*kinds):
        held = [side[year] for side in kinds if year in side]
        common = set.intersection(*held) if len(held) > 1 else set()
        if common:
            estimates = ESTIMATE in common and (vintage == "first" or MEASURED not in common)
            wanted[year] = ESTIMATE if estimates else MEASURED
    frames = []
    for side, region in zip(sides, regions, strict=True):
        read = zip(side["year"].tolist(), side["vintage"].tolist(), strict=True)
        fit = [place for place, (year, reading) in enumerate(read) if wanted.get(year) in (None, _kind(reading))]
        fitting = side if len(fit) == len(side) else side.take(fit)
        frames.append(_frame(data, choose(fitting, vintage), indicator, region, measure, as_of))
    return frames


class _Targets:
    """``hd.targets(…)`` reads the targets of a series; ``hd.targets.parse(…)`` reads one printed wording."""

    parse = staticmethod(parse)
    Target = Target

    def __call__(
        self,
        indicator: str,
        region: str = "hanyang",
        *,
        vintage: str = "original",
        measure: str = "growth",
        as_of: str | date | None = None,
        dataset: Dataset | None = None,
    ) -> pd.DataFrame:
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
        """
        of = {"vintage": vintage, "measure": measure}
        return every_year(targets_set(indicator, region, **of, as_of=as_of, dataset=dataset))


targets = _Targets()


def targets_set(
    indicator: str,
    region: str,
    *,
    vintage: str = "original",
    measure: str = "growth",
    as_of: str | date | None = None,
    dataset: Dataset | None = None,
) -> pd.DataFrame:
    """The rows of :data:`targets` that stand on record, without the years between them."""
    if vintage not in TARGETS:
        raise ParameterError(f"target vintage is {vintage!r}: {nearest(vintage, TARGETS)}")
    data = dataset or default_dataset()
    return _targets(data, *series_ids(indicator, region, data), vintage, measure, as_of)


@kept
def _targets(
    data: Dataset, indicator: str, region: str, vintage: str, measure: str, as_of: str | date | None
) -> pd.DataFrame:
    rows = printed_rows(data, indicator, region, measure, "target")
    rows = choose(rows[rows["vintage"] == vintage], "latest", as_of)
    frame = _by_year(rows, TARGET_COLUMNS, flag=_flags(rows), wording=rows["token"].array)
    return _labelled(frame, indicator, region, measure)


def compare(
    indicator: str,
    regions: Sequence[str],
    *,
    measure: str = "growth",
    vintage: str = "latest",
    as_of: str | date | None = None,
    period: str = WHOLE,
    dataset: Dataset | None = None,
) -> pd.DataFrame:
    """Set the same series of several regions side by side; ``period`` as of :func:`load`.

    Returns:
        A frame indexed by ``year`` with one column per region, in the order asked for, and one row for every year from the
        first to the last that any of them states. A year that a region did not publish, or published as a bound or a wording
        only, is NaN: it is missing, not zero, and a step of one row is always a step of one year.

    Raises:
        UnknownIdError: for an unknown indicator or region.
        ParameterError: if no region is given or one is given twice.
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


def check_measure(measure: str) -> str:
    """``growth`` or ``level``.

    Raises:
        ParameterError: for anything else.
    """
    if measure not in MEASURES:
        raise ParameterError(f"measure is {measure!r}: {nearest(measure, MEASURES)}")
    return measure


@kept
def printed_rows(
    data: Dataset, indicator: str, region: str, measure: str, concept: str, period: str = WHOLE
) -> pd.DataFrame:
    """All observations of one series, by default the annual ones.

    Raises:
        UnknownIdError: for an unknown indicator or region.
        ParameterError: for another measure.
    """
    indicator, region = series_ids(indicator, region, data)
    return data.series(region, indicator, check_measure(measure), concept, period)


def _kinds(rows: pd.DataFrame) -> dict[int, set[str]]:
    """Which kinds of vintage state the figure of each year."""
    kinds: dict[int, set[str]] = {}
    for year, vintage, stated_ in zip(rows["year"].tolist(), rows["vintage"].tolist(), states(rows), strict=True):
        if stated_:
            kinds.setdefault(year, set()).add(_kind(vintage))
    return kinds


def _kind(vintage: str) -> str:
    return ESTIMATE if vintage == ESTIMATE else MEASURED


def _frame(
    data: Dataset,
    rows: pd.DataFrame,
    indicator: str,
    region: str,
    measure: str,
    as_of: str | date | None,
    *,
    derived: bool = False,
) -> pd.DataFrame:
    """The chosen observations as :func:`load` returns them."""
    frame = _by_year(rows, LOAD_COLUMNS, flag=_flags(rows))
    known = breaks(indicator, region, as_of=as_of, dataset=data)
    parted = cuts(known, frame, measure) if len(known) else known
    if derived and measure == "level":
        from hanyang_data.record.implied import with_implied_bases

        frame = with_implied_bases(frame, indicator, region, as_of, data)
    return _labelled(_with_breaks(frame, parted) if len(parted) else frame, indicator, region, measure)


def _by_year(rows: pd.DataFrame, columns: list[str], **more: Any) -> pd.DataFrame:
    """The rows indexed by year, with columns that they do not have themselves."""
    filled = {column: more[column] if column in more else rows[column].array for column in columns}
    return pd.DataFrame(filled, index=pd.Index(rows["year"].array, name="year"))


def _flags(rows: pd.DataFrame) -> Any:
    """The words of the flag column that follow from each row by itself."""
    flags = [
        " ".join(
            ["bound"] * (qualifier in BOUNDS)
            + ["wording"] * (value != value)  # NaN
            + ["comparable"] * (basis == "comparable")
            + ["secondary"] * (reliability == "secondary")
            + ["corrected"] * (correction == "override")
            + ["flagged"] * (correction == "flag")
        )
        for qualifier, value, basis, reliability, correction in zip(
            *(rows[column].tolist() for column in FLAGGED), strict=True
        )
    ]
    return pd.array(flags, dtype="str")


def _with_breaks(frame: pd.DataFrame, parted: pd.DataFrame) -> pd.DataFrame:
    """A break is flagged on the first year at or after it, if one stands before; of several readings on that on the new basis."""
    first = pd.Series(False, index=frame.index)
    for cut in parted.itertuples():
        after = frame.index[frame.index >= cut.year]
        if len(after) and (frame.index < cut.year).any():
            restated = frame["vintage"].eq("revised") | (cut.link != OVERLAP) | (after.min() > cut.first_year)
            first |= (frame.index == after.min()) & restated
    return frame.assign(flag=frame["flag"].where(~first, ("break " + frame["flag"]).str.strip()))


def _labelled(frame: pd.DataFrame, indicator: str, region: str, measure: str) -> pd.DataFrame:
    frame.attrs.update(indicator=indicator, region=region, measure=measure)
    return frame
