"""What tests share: where the project is, runs made as the command makes them, a row as a bulletin might print it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from hanyang_data.batch.job import Run
from hanyang_data.batch.plan import read_plan
from hanyang_data.batch.sweep import Options, decide, run_one
from hanyang_data.statistics import trend
from hanyang_data.studies.asked import check

PROJECT = Path(__file__).parents[1]
SOURCES = PROJECT.parent / "shared" / "sources"
NO_SOURCES = "without the source texts (put them into ../shared/sources)"


def planned(file: Path, **options) -> Run:
    """The one run of a params file, its values checked as before any kernel starts."""
    (run,) = read_plan(file, matrix=False, **options)
    decide([run], Path("nowhere"), check, Options())
    return run


def execute(run: Run, out: Path) -> Path:
    """Make a run; its folder."""
    return run_one(run, out, check)


def hanyang(*words: object, cwd: Path = PROJECT) -> subprocess.CompletedProcess[str]:
    """The command as its user types it, in a folder."""
    command = [sys.executable, "-m", "hanyang_data.cli.main", *map(str, words)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, encoding="utf-8")


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


def trend_of_levels(values, first=2017):
    """The trend of levels in years that follow on one another."""
    return trend.analyse(range(first, first + len(values)), values, kind="level")


def trend_of_rates(values, first=2017):
    """The same of growth rates."""
    return trend.analyse(range(first, first + len(values)), values, kind="rate")
