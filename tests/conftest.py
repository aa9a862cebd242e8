"""What the tests share: a snapshot to break, and the source texts where they are at hand."""

from __future__ import annotations

import csv
import os
import shutil
import sys
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from hanyang_data.record.contract import COLUMNS, SNAPSHOT

# a busy machine is slow and not wrong; the same examples every time, so that a red run can be run again
settings.register_profile("project", deadline=None, derandomize=True)
settings.load_profile("project")
os.environ.pop("PYTHONUNBUFFERED", None)  # a machine of CI may set it, a user's does not: what a pipe holds back counts


# files that take a minute or more: begun last, they would be what everything waits for in the end
LONGEST = [
    "test_docs",
    "test_as_told",
    "test_lab",
    "test_own_notebooks",
    "test_visitors",
    "test_cluster",
    "test_sweep",
    "test_lost",
    "test_made_again",
]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """The longest files first, then the other slow ones."""
    order = {name: number for number, name in enumerate(LONGEST)}
    slow = lambda item: len(order) + (item.get_closest_marker("slow") is None)  # noqa: E731
    items.sort(key=lambda item: order.get(item.path.stem, slow(item)))


def pytest_sessionfinish() -> None:
    """A worker ends without what Python does at its end: the folders of own tables would stay."""
    own_tables = sys.modules.get("hanyang_data.reader.own_table.build")
    for folder in own_tables._FOLDERS if own_tables else ():
        folder.cleanup()


def pytest_unconfigure(config: pytest.Config) -> None:
    """Say in the last line how many tests were left out, why, and how to get them."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    skipped = [report.longrepr[2].removeprefix("Skipped: ") for report in reporter.stats.get("skipped", [])] if reporter else []
    if skipped:
        why = "; ".join(f"{count} {reason}" for reason, count in Counter(skipped).most_common())
        reporter.write_line(f"{len(skipped)} left out: {why}")


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


@pytest.fixture
def add(snapshot: Path) -> Callable[..., Path]:
    """Append rows to a file of the copied snapshot; cells that are not named are empty."""

    def append(file: str, *rows: dict[str, str]) -> Path:
        with (snapshot / file).open("a", encoding="utf-8", newline="") as handle:
            csv.DictWriter(handle, COLUMNS[file], restval="", lineterminator="\n").writerows(rows)
        return snapshot

    return append
