"""What the tests share: a snapshot to break, and the source texts where they are at hand."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings
from programs import LEFT_OUT, missing, packages

from hanyang_data.record.contract import COLUMNS
from hanyang_data.record.snapshot import SNAPSHOT

# a busy machine is slow and not wrong; the same examples every time, so that a red run can be run again
settings.register_profile("project", deadline=None, derandomize=True)
settings.load_profile("project")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Slow files first: run side by side, they must not be what everything waits for in the end."""
    items.sort(key=lambda item: item.get_closest_marker("slow") is None)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Say in the last line what was left out, and how to get it."""
    reporter = config.pluginmanager.get_plugin("terminalreporter")
    skipped = reporter.stats.get("skipped", []) if reporter else []
    left_out = [report for report in skipped if LEFT_OUT in str(report.longrepr)]
    if left_out:
        wanted = " ".join(packages(missing()))
        reporter.write_line(
            f"left out: {len(left_out)} tests for want of {', '.join(missing())}; apt-get install {wanted}"
        )


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
