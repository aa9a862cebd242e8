"""What the tests share: a snapshot to break, and the source texts where they are at hand."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from hanyang_data.observations import SNAPSHOT

# a busy machine is slow and not wrong; the same examples every time, so that a red run can be run again
settings.register_profile("project", deadline=None, derandomize=True)
settings.load_profile("project")

PROJECT = Path(__file__).parents[1]
SOURCES = PROJECT.parent / "shared" / "sources"


@pytest.fixture
def snapshot(tmp_path: Path) -> Path:
    """A copy of the snapshot that a test may change."""
    return Path(shutil.copytree(SNAPSHOT, tmp_path / "snapshot"))


@pytest.fixture
def edit(snapshot: Path) -> Callable[..., Path]:
    """Change cells of one row of a file of the copied snapshot; rows are counted as in a spreadsheet (2 is the first)."""

    def change(file: str, row: int, **cells: str) -> Path:
        path = snapshot / file
        with path.open(encoding="utf-8", newline="") as handle:
            rows = list(csv.DictReader(handle))
        rows[row - 2] |= cells
        with path.open("w", encoding="utf-8", newline="") as handle:
            writer = csv.DictWriter(handle, list(rows[0]), lineterminator="\n")
            writer.writeheader()
            writer.writerows(rows)
        return snapshot

    return change
