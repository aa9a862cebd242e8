"""What several studies ask of a frame: its bounds as intervals, the years of a stretch, the year to show."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from hanyang_data.record.frames import states
from hanyang_data.statistics import interval
from hanyang_data.statistics.interval import Interval
from hanyang_data.studies.scope import Scope


def interval_of(row: pd.Series) -> Interval:
    """What the figure of a row may stand for."""
    return interval.printed(row["qualifier"], row["value"])


def focus_year(scope: Scope, asked: int, candidates: Sequence[int]) -> int:
    """The year to show across indicators: the one asked for, or the latest of those that occur most often.

    Raises:
        ParameterError: if the year asked for lies outside the window.
    """
    return scope.check_focus_year(asked) or max(
        candidates, key=lambda year: (candidates.count(year), year), default=scope.end_year
    )


def bounds_of(frame: pd.DataFrame) -> dict[int, Interval]:
    """The years of a frame whose figure is a bound or a wording, with the numbers that it may stand for."""
    columns = (frame.index.tolist(), frame["qualifier"].tolist(), frame["value"].tolist(), states(frame))
    return {year: interval.printed(word, value) for year, word, value, known in zip(*columns, strict=True) if not known}


def span(part: pd.Series) -> str:
    """The years of a stretch, such as 2019–2024."""
    return f"{min(part.index)}–{max(part.index)}" if len(part) > 1 else str(part.index[0])
