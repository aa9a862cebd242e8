"""Write a snapshot folder clean: what was understood although it is written differently, as the contract writes it."""

from __future__ import annotations

from pathlib import Path

from hanyang_data.errors import SnapshotError
from hanyang_data.files import fresh
from hanyang_data.record.contract import COLUMNS, CORRECTIONS
from hanyang_data.record.datapackage import DESCRIPTOR, write_descriptor
from hanyang_data.record.observations import open_dataset
from hanyang_data.record.snapshot import refuse_odd
from hanyang_data.record.snapshot_files import Oddity, odd_text, read_tables, write_clean
from hanyang_data.record.textfile import decoded


def fix(folder: Path) -> list[Oddity]:
    """Write the files of a snapshot in which something is odd anew, and its descriptor, where it has one.

    Files in which nothing is odd are not touched; no figure is changed. What was written differently before.

    >>> from hanyang_data.record.snapshot import SNAPSHOT
    >>> fix(SNAPSHOT)
    []
    """
    refuse_odd(folder / DESCRIPTOR)  # before anything is written
    frames, oddities = read_tables(folder)
    text = odd_text(folder / CORRECTIONS)
    for name in dict.fromkeys(odd.file for odd in oddities):
        write_clean(folder / name, COLUMNS[name], frames[name])
    if text:
        try:
            content, _ = decoded(refuse_odd(folder / CORRECTIONS).read_bytes())
            with fresh(folder / CORRECTIONS) as part:
                part.write_text(content.removeprefix("\ufeff"), encoding="utf-8", newline="\n")
        except OSError as error:
            raise SnapshotError(f"{folder / CORRECTIONS} cannot be written: {error.strerror or error}") from None
    open_dataset(folder)  # what cannot be mended is said
    if (oddities or text) and (folder / DESCRIPTOR).exists():
        write_descriptor(folder)
    return oddities + text
