"""A snapshot folder that is asked for again and again, as by the runs of a sweep: read once while its files stay the same."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from hanyang_data.record.observations import Dataset, default_dataset, open_dataset
from hanyang_data.record.snapshot import stamps

FOLDERS = 4  # that are kept at once


def dataset_in(folder: str | Path = "") -> Dataset:
    """The dataset of a folder; the snapshot of the package where none is named.

    >>> from hanyang_data.record.snapshot import SNAPSHOT
    >>> dataset_in(SNAPSHOT) is dataset_in(SNAPSHOT)
    True
    """
    return _read(Path(folder).absolute(), folder, stamps(Path(folder))) if folder else default_dataset()


@lru_cache(FOLDERS)
def _read(place: Path, folder: str | Path, _: tuple[object, ...]) -> Dataset:
    """The dataset as its user names it, told apart by where that is and by what stands there."""
    return open_dataset(folder)
