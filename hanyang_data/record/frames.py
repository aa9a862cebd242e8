"""What a frame of the record says: which of its values state a figure, the years between them, its stretches between breaks."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd

from hanyang_data.errors import ParameterError

# qualifiers whose number may enter arithmetic; the others bound or describe the figure and do not state it
STATED = ("point", "about")
MISSING = "missing"  # flag of a year between two others for which nothing was printed


def stated(frame: pd.DataFrame) -> pd.Series:
    """The values of a frame that state the figure (a point or 'about'), without bounds and wordings.

    Example:
        >>> import hanyang_data as hd
        >>> stated(hd.load("gdp", "hanyang")).to_dict()
        {2017: 7.0, 2020: -8.0, 2023: 6.0}
    """
    _held(frame, "stated", "value", "qualifier")
    return frame["value"][np.array(states(frame), dtype=bool)]


def _held(frame: pd.DataFrame, function: str, *columns: str) -> None:
    """Stop where a frame has no such columns."""
    if not isinstance(frame, pd.DataFrame) or not set(columns) <= set(frame):
        lacking = " and ".join(columns)
        raise ParameterError(
            f"{function}() takes a frame with {lacking}, as load() and targets() return it: call it on each series"
        )


def stated_rows(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of a frame that state the figure."""
    return frame[np.array(states(frame), dtype=bool)]


def states(frame: pd.DataFrame) -> list[bool]:
    """Which rows of a frame state the figure."""
    # lists: a series is short, and its columns are read far faster so than compared
    pairs = zip(frame["value"].tolist(), frame["qualifier"].tolist(), strict=True)
    return [value == value and qualifier in STATED for value, qualifier in pairs]  # NaN is not itself


def records(frame: pd.DataFrame) -> list[dict[str, Any]]:
    """The rows of a frame as ``to_dict("records")`` gives them, but for ``pd.NA``; of a short one in a third of the time."""
    bare = pd.DataFrame(frame)  # without its attrs, which pandas copies at each step
    return [dict(zip(bare.columns, cells, strict=True)) for cells in bare.to_numpy(object).tolist()]


def every_year(frame: pd.DataFrame) -> pd.DataFrame:
    """The same series with one row for every year from its first to its last.

    So that a step of one row is a step of one year: otherwise ``rolling``, ``diff`` and ``pct_change`` take years that lie apart
    for neighbours. A year without a figure has the value NaN, no source and the flag ``missing``.
    """
    if frame.empty:
        return frame
    years = range(frame.index.min(), frame.index.max() + 1)
    return frame if len(years) == len(frame) else in_years(frame, years)


def in_years(frame: pd.DataFrame, years: Sequence[int]) -> pd.DataFrame:
    """The same series with one row for every one of ``years``; those without a figure are missing, as in :func:`every_year`."""
    wanted = pd.Index(list(years), name=frame.index.name)
    full = frame.reindex(wanted)
    absent = ~wanted.isin(frame.index)
    full.loc[absent, full.select_dtypes("str").columns] = ""
    full.loc[absent, ["unit", "flag"]] = [frame["unit"].iloc[0] if len(frame) else "", MISSING]
    return full


def window(frame: pd.DataFrame, start_year: int, end_year: int) -> pd.DataFrame:
    """The years from ``start_year`` to ``end_year``, both included."""
    if end_year < start_year:
        raise ParameterError(f"end_year {end_year} lies before start_year {start_year}: swap them")
    inside = [start_year <= year <= end_year for year in frame.index.tolist()]
    return frame if all(inside) else frame[np.array(inside, dtype=bool)]


def segments(frame: pd.DataFrame) -> list[pd.DataFrame]:
    """Cut a series where a break makes the values after it incomparable with those before.

    Args:
        frame: of :func:`load` or :func:`targets`; one of :func:`compare` has no flags: cut each series before it is compared.

    Returns:
        Its parts, in order. Each begins and ends with a figure; what holds none is no part.

    Raises:
        ParameterError: for what is no such frame, or has several readings of a year.

    Example:
        >>> import hanyang_data as hd
        >>> [part.index.tolist() for part in segments(hd.load("gdp", "hanyang", "level"))][-1]
        [2020, 2021, 2022, 2023]
    """
    _held(frame, "segments", "flag")
    if frame.index.has_duplicates:
        raise ParameterError("segments() takes one reading a year: load with vintage first or latest, not all")
    parts: list[list[int]] = []  # the first and the last row of each
    for row, flag in enumerate(frame["flag"].tolist()):
        if flag != MISSING:
            if not parts or "break" in flag.split():
                parts.append([row, row])
            parts[-1][1] = row
    return [frame.iloc[first : last + 1] for first, last in parts]
