"""``--formats`` chooses the pictures of all runs that draw any."""

import json

import pytest
from click.testing import CliRunner

from hanyang_data.cli.main import main


def planned(*words):
    return CliRunner().invoke(main, ["run", "trend", "--dry-run", *words])


def test_it_is_the_parameter_of_the_notebook():
    assert planned("--formats", "svg").output == planned("-p", "formats=[svg]").output != planned().output
    assert planned("--formats", "png,svg").output == planned("-p", "formats=[png, svg]").output


@pytest.mark.parametrize("wrong", ["gif", "svg,gif"])
def test_another_format_is_one_sentence(wrong):
    told = planned("--formats", wrong)
    assert told.exit_code == 2
    assert "'gif': known are dta, none, parquet, pdf, png, svg, xlsx" in told.output and "Traceback" not in told.output


def test_none_is_answer_and_tables_and_draws_nothing(tmp_path):
    told = CliRunner().invoke(main, ["run", "trend", "--formats", "none", "--out", str(tmp_path)])
    assert told.exit_code == 0, told.output
    (run,) = (tmp_path / "trend").iterdir()
    left = {file.name for file in run.iterdir()}
    assert "results.json" in left and any(name.endswith(".csv") for name in left)
    assert not [name for name in left if name.endswith((".png", ".svg", ".pdf"))]
    results = json.loads((run / "results.json").read_text(encoding="utf-8"))
    assert results["answer"]["en"] and results["tables"] and not results["figures"]
    assert "answer and tables alone" in str(results["not_drawn"])
    executed = (run / "notebook.ipynb").read_text(encoding="utf-8")
    assert "Not drawn" in executed
    assert executed.count('"image/png"') == 1  # the one that a cell of its own draws, to go on from


def test_none_beside_a_format_is_one_sentence():
    told = planned("--formats", "none,svg")
    assert told.exit_code == 2
    assert "none draws no figure" in told.output
