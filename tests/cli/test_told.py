"""A command that runs notebooks on a folder of one's own says once what was read differently than written."""

import pytest
from helpers import hanyang

SAID = "read differently than written: indicators.csv: blanks around"


@pytest.fixture
def odd(snapshot):
    """A snapshot in which something is written differently."""
    file = snapshot / "indicators.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(",percent,", ", percent ,"), encoding="utf-8")
    return snapshot


@pytest.fixture
def sweep(tmp_path):
    """Two runs of one notebook, and the summary of them, which is checked twice."""
    file = tmp_path / "sweep.yaml"
    file.write_text(
        "matrix: {region: [hanyang, wuhan]}\nruns: [{notebook: trend, parameters: {formats: [svg]}}, {notebook: summary}]\n"
    )
    return file


def test_a_dry_run_and_a_sweep_say_it_once_and_one_that_makes_nothing_says_nothing(tmp_path, odd, sweep):
    ask = ("sweep", sweep, "--data", odd, "--out", tmp_path / "runs")
    dry = hanyang(*ask, "--dry-run")
    assert dry.stderr.count(SAID) == 1
    assert dry.stderr.endswith(f"hanyang audit --fix {odd} writes it clean\n")
    assert dry.stderr.count("\n") == 1
    made = hanyang(*ask)
    assert made.returncode == 0, made.stderr
    assert made.stderr.count(SAID) == 1
    assert SAID not in hanyang(*ask).stderr, "nothing was read"


def test_what_is_written_clean_is_not_told_of(tmp_path, snapshot, sweep):
    dry = hanyang("sweep", sweep, "--data", snapshot, "--out", tmp_path / "runs", "--dry-run")
    assert (dry.returncode, dry.stderr) == (0, "")
