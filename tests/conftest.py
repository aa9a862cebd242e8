"""What the tests share: a snapshot to break, and the source texts where they are at hand."""

from __future__ import annotations

import csv
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import settings

from hanyang_data.batch.plan import Run, read_plan
from hanyang_data.batch.sweep import Options, decide, run_one
from hanyang_data.contract import COLUMNS
from hanyang_data.observations import SNAPSHOT
from hanyang_data.scope import Scope

# a busy machine is slow and not wrong; the same examples every time, so that a red run can be run again
settings.register_profile("project", deadline=None, derandomize=True)
settings.load_profile("project")

PROJECT = Path(__file__).parents[1]
SOURCES = PROJECT.parent / "shared" / "sources"


def planned(file: Path, **options) -> Run:
    """The one run of a params file, its values checked as before any kernel starts."""
    (run,) = read_plan(file, matrix=False, **options)
    decide([run], Path("nowhere"), Scope.check, Options())
    return run


def execute(run: Run, out: Path) -> Path:
    """Make a run; its folder."""
    return run_one(run, out, Scope.check)


def printed(
    region: str, indicator: str, year: int, value: float, measure: str = "growth", **cells: str
) -> dict[str, str]:
    """A row of observations.csv: a figure as a bulletin of 2021 might print it."""
    return {
        "source_id": "wuhan_bulletin_2020", "locator": "web", "region": region, "indicator": indicator, "year": str(year),
        "period": "annual", "concept": "outturn", "measure": measure, "value": str(value),
        "unit": "percent" if measure == "growth" else "CNY_100M", "qualifier": "point", "vintage": "preliminary",
        "basis": "real" if measure == "growth" else "current_prices", "token": str(value), "reliability": "official",
    } | cells  # fmt: skip


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
