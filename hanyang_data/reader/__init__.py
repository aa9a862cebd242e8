"""Report text → candidate rows → reviewed rows of the record.

Example:
    >>> from hanyang_data import reader
    >>> reading = reader.read_report("report.pdf", region="hanyang")  # doctest: +SKIP
    >>> reader.review_frame(reading)  # doctest: +SKIP
"""

from __future__ import annotations

from pathlib import Path

import pandas as pd

from hanyang_data.reader import review
from hanyang_data.reader.accept import Accepted, accept, undo
from hanyang_data.reader.reading import Reading, read_report
from hanyang_data.reader.record import Dataset, default_dataset
from hanyang_data.reader.texts import Text

__all__ = ["Accepted", "Reading", "Text", "accept", "read_report", "review_frame", "undo", "write_workbook"]


def review_frame(reading: Reading, *, dataset: Dataset | None = None) -> pd.DataFrame:
    """The candidates of a reading as a table for a person: see :func:`hanyang_data.reader.review.frame`."""
    return review.frame(reading, dataset or default_dataset())


def write_workbook(
    target: str | Path, reading: Reading, candidates: pd.DataFrame | None = None, *, file: str | Path | None = None
) -> Path:
    """Write the workbook that :func:`accept` takes, with the decisions that ``candidates`` already holds.

    Args:
        target: the workbook, an .xlsx file.
        reading: what was read.
        candidates: the table of :func:`review_frame`, with decisions; a fresh one if None.
        file: the file that was read, so that its sha256 is kept; a copy of the lines is written beside the workbook if None.
    """
    place = Path(target)
    rows = review.sources(reading, place.parent, Path(file).read_bytes() if file else None)
    review.write(place, review_frame(reading) if candidates is None else candidates, rows, reading.uncovered)
    return place
