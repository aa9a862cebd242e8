"""What tests share: where the project is, runs made as the command makes them, a row as a bulletin might print it."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import nbformat

from hanyang_data.batch.job import Run
from hanyang_data.batch.parameters import read_parameters
from hanyang_data.batch.plan import read_plan
from hanyang_data.batch.sweep import Options, decide, sweep
from hanyang_data.errors import RunError
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


def execute(run: Run, out: Path, check=check, **options) -> Path:
    """Make a run unless it is up to date; its folder.

    Raises:
        RunError: if it fails; names error, cell and the executed copy.
    """
    outcome = sweep([run], out, check, Options(**options))[0]
    if outcome.folder is None or outcome.status == "failed":
        raise RunError(outcome.sentence())
    return outcome.folder


def departures(notebook: Path) -> list[str]:
    """Where a parameters cell departs from how this project writes one: typed literals, each used; a sentence each."""
    code = [cell for cell in nbformat.read(notebook, as_version=4).cells if cell.cell_type == "code"]
    tagged = [cell.source for cell in code if "parameters" in cell.metadata.get("tags", [])]
    if len(tagged) != 1:
        return [f"has {len(tagged)} cells tagged parameters: it needs exactly one"]
    others = "\n".join(cell.source for cell in code if cell.source != tagged[0])
    found = (_departure(line, read_parameters(notebook), others) for line in ast.parse(tagged[0]).body)
    return [fault for fault in found if fault]


def _departure(line: ast.stmt, known: dict, others: str) -> str:
    if not (isinstance(line, ast.AnnAssign) and isinstance(line.target, ast.Name) and line.value):
        return f"line {line.lineno}: only lines such as `end_year: int = 2024` may stand here"
    name, annotation = line.target.id, ast.unparse(line.annotation)
    if known[name].computed:
        return f"{name} is computed; a parameter is a literal"
    if known[name].type != annotation:
        return f"the default of {name} is not of type {annotation}"
    return "" if re.search(rf"\b{name}\b", others) else f"no cell uses the parameter {name!r}: use it, or take it out"


def hanyang(*words: object, cwd: Path = PROJECT) -> subprocess.CompletedProcess[str]:
    """The command as its user types it, in a folder."""
    command = [sys.executable, "-m", "hanyang_data.cli.main", *map(str, words)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, encoding="utf-8")


def printed(region: str, indicator: str, year: int, value: float, measure: str = "growth", **cells: str) -> dict[str, str]:
    """A row of observations.csv: a figure as a bulletin of 2021 might print it, or one of 2025 what had not happened by then."""
    source = f"wuhan_bulletin_{2020 if year <= 2021 else 2024}"
    return {
        "source_id": source, "locator": "web", "region": region, "indicator": indicator, "year": str(year),
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
