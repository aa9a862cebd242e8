"""Nothing that a file or a notebook says makes the command slow, large or loud without bound."""

import json
import subprocess
import sys
import time
from pathlib import Path

import pytest
from helpers import PROJECT
from small_project import ask, check

from hanyang_data.batch.plan import MAX_RUNS, read_plan
from hanyang_data.batch.sweep import Options, decisions, sweep
from hanyang_data.errors import ParameterError


def years(file: Path, count: int, first: int = 1) -> Path:
    axes = f"start_year: {list(range(first, first + count))}\n  end_year: {list(range(3000, 3000 + count))}"
    file.write_text(f"notebook: trend\nmatrix:\n  {axes}\n")
    return file


COMPUTING = 20  # seconds of a processor, however busy the machine


def dry(file: Path, out: Path) -> subprocess.CompletedProcess:
    """The command as its user starts it; the system ends it once it has computed for too long."""
    words = [sys.executable, "-m", "hanyang_data.cli.main", "sweep", str(file), "--dry-run", "--out", str(out)]
    bounded = ["bash", "-c", f'ulimit -t {COMPUTING}; exec "$@"', "bash", *words]
    return subprocess.run(bounded, cwd=PROJECT, capture_output=True, text=True)


def test_a_matrix_of_no_end_is_refused_before_it_is_written_out(tmp_path):
    shown = dry(years(tmp_path / "big.yaml", 5000), tmp_path / "out")
    assert shown.returncode == 2
    assert f"asks for 25,000,000 combinations, and {MAX_RUNS:,} is the limit: ask for fewer" in shown.stderr


def test_a_large_matrix_of_mistakes_is_told_by_the_first_of_them(tmp_path):
    shown = dry(years(tmp_path / "big.yaml", 346), tmp_path / "out")
    assert shown.returncode == 2
    assert "these are the first mistakes, and not all was read" in shown.stderr
    assert len(shown.stderr) < 20_000


def test_decisions_come_one_by_one(monkeypatch, tmp_path):
    monkeypatch.chdir(PROJECT)
    file = tmp_path / "many.yaml"
    file.write_text(f"notebook: trend\nmatrix:\n  start_year: {list(range(2000, 2018))}\n  lang: [en, zh]\n")
    asked, checked = read_plan(file), []
    first = next(decisions(asked, tmp_path / "out", checked.append, Options()))
    assert (first.action, len(checked), len(asked)) == ("run", 1, 36)


def test_long_lists_of_a_matrix_are_compared_in_a_short_time(monkeypatch, tmp_path):
    monkeypatch.chdir(PROJECT)
    file = tmp_path / "long.yaml"
    file.write_text(f"notebook: trend\nmatrix:\n  start_year: {list(range(30_000))}\nexclude: []\n")
    started = time.process_time()
    assert len(read_plan(file)) == 30_000
    assert time.process_time() - started < COMPUTING
    file.write_text("notebook: trend\nmatrix:\n  formats: [[png], [svg], [png]]\n")
    with pytest.raises(ParameterError, match=r"matrix of formats has \['png'\] twice: drop one"):
        read_plan(file)


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["fork", "papermill"])
def test_an_exception_of_many_megabytes_is_told_in_brief(project, engine):
    source = project / "notebooks" / "work.ipynb"
    source.write_text(source.read_text().replace("1 / 0", "raise ValueError('x' * 20_000_000)"))
    (outcome,) = sweep(ask(parameters={"how": "fail"}), project / "out", check, Options(engine=engine, table=True))
    assert outcome.reason.startswith("cell [3] of work.ipynb failed: ValueError: xxx")
    assert len(outcome.reason) <= 1000
    assert len(json.dumps(json.loads((project / "out" / "sweep.json").read_text()))) < 5000
    assert sum(f.stat().st_size for f in (project / "out" / ".unfinished").rglob("*") if f.is_file()) < 5000


def test_a_sweep_in_which_nothing_is_to_be_made_waits_for_no_library():
    code = (
        "import sys, hanyang_data.batch.progress; print([m for m in ('pandas', 'matplotlib', 'papermill') if m in sys.modules])"
    )
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.strip() == "[]"
