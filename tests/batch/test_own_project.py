"""Notebooks of the user's own beside one another: listed, run by name, swept, cached; one that cannot be used hurts no other."""

import json
import re
from pathlib import Path

import nbformat
import pytest
from helpers import hanyang as command
from nbformat.v4 import new_code_cell, new_notebook

PLOT = "import matplotlib.pyplot as plt\nplt.plot([1, year]);"
MINE = "region = 'Bayern'\nindicator: str = 'BIP'\nyear = 2020\nlimit = year + 1"


def write(file: Path, *code: str, tagged: str | None = None) -> Path:
    cells = [new_code_cell(tagged, metadata={"tags": ["parameters"]})] if tagged is not None else []
    nbformat.write(new_notebook(cells=[*cells, *map(new_code_cell, code)]), file)
    return file


@pytest.fixture
def project(tmp_path):
    (tmp_path / "notebooks").mkdir()
    write(tmp_path / "notebooks" / "mine.ipynb", PLOT, "print(region, indicator, year, limit)", tagged=MINE)
    return tmp_path


@pytest.fixture
def hanyang(project):
    return lambda *words: command(*words, cwd=project)


def record(project: Path, notebook: str) -> dict:
    (file,) = (project / "build" / "runs" / notebook).glob("*/run.json")
    return json.loads(file.read_text(encoding="utf-8"))


def test_what_cannot_be_used_is_named_and_hurts_no_other(project, hanyang):
    (project / "notebooks" / "empty.ipynb").touch()
    write(project / "notebooks" / "typo.ipynb", "1", tagged="a = = 1")
    listed = hanyang("list", "notebooks")
    assert listed.returncode == 0, listed.stderr
    assert "mine" in listed.stdout
    assert listed.stdout.count("cannot be used: ") == 2
    rows = json.loads(hanyang("list", "parameters", "--json").stdout)["parameters"]
    assert [(r["parameter"], r["type"], r["default"]) for r in rows] == [
        ("region", "str", "'Bayern'"), ("indicator", "str", "'BIP'"), ("year", "int | float", "2020"),
        ("limit", "Any", "computed"),
    ]  # fmt: skip
    assert hanyang("schema", "schema.json").returncode == 0
    schema = json.loads((project / "schema.json").read_text(encoding="utf-8"))
    assert [block["properties"]["notebook"]["const"] for block in schema["oneOf"][:-1]] == ["mine"]
    for name, says in (("empty", "is not a notebook"), ("typo", "parameters cell, line 1: invalid syntax")):
        shown = hanyang("run", name)
        assert (shown.returncode, shown.stderr.count("\n")) == (2, 1)
        assert says in shown.stderr


def test_its_parameters_are_its_own_and_its_pictures_are_kept(project, hanyang):
    done = hanyang("run", "mine", "-p", "year=2021", "--figures", "gallery")
    assert done.returncode == 0, done.stderr
    assert record(project, "mine")["parameters"] == {"region": "Bayern", "indicator": "BIP", "year": 2021}
    assert record(project, "mine")["figures"] == ["figure_01.png"]
    assert [file.name for file in (project / "gallery").iterdir()] == ["mine_figure_01.png"]
    executed = next(project.glob("build/runs/mine/*/notebook.ipynb")).read_text(encoding="utf-8")
    assert "Bayern BIP 2021 2021" in executed, "what is computed from a parameter is computed before, as papermill does"
    assert "1 unchanged" in hanyang("run", "mine", "-p", "year=2021").stdout
    (project / "s.yaml").write_text("notebook: mine\nmatrix: {year: [2021, 2022]}\n")
    assert "1 done, 1 cached" in hanyang("sweep", "s.yaml").stdout
    compared = hanyang("runs", "compare", "mine/Bayern-BIP-2021", "mine/Bayern-BIP-2022")
    assert "parameter year" in compared.stdout
    assert "figure figure_01.png" in compared.stdout
    wrong = hanyang("run", "mine", "-p", "year=soon")
    assert wrong.stderr == "error: -p: year is 'soon', expected int | float such as 2020\n"


def test_what_it_reads_elsewhere_is_noted_with_its_hash_and_counts_not(project, hanyang, tmp_path_factory):
    from hashlib import sha256

    elsewhere = tmp_path_factory.mktemp("elsewhere") / "decoy.txt"
    elsewhere.write_text("words")
    write(project / "notebooks" / "reads.ipynb", f"open({str(elsewhere)!r}).read()")
    for engine in ("fork", "papermill"):
        assert hanyang("run", "reads", "--engine", engine, "--force").returncode == 0
        digest = record(project, "reads")["reads"]["elsewhere"][elsewhere.as_posix()][0]
        assert digest == sha256(b"words").hexdigest()
    elsewhere.write_text("others")
    assert "1 unchanged" in hanyang("run", "reads").stdout


def test_a_file_of_the_users_dataset_counts_beside_its_tables(project, hanyang, snapshot):
    (snapshot / "notes.txt").write_text("a")
    write(project / "notebooks" / "data.ipynb", "open(f'{data_dir}/notes.txt').read(), open(f'{data_dir}/regions.csv').read(1)",
          tagged="data_dir: str = ''")  # fmt: skip
    ask = ("run", "data", "--data", str(snapshot))
    assert hanyang(*ask).returncode == 0
    assert list(record(project, "data")["reads"]["data_dir"]) == ["notes.txt"], "its tables are the data, which counts already"
    assert "1 unchanged" in hanyang(*ask).stdout
    (snapshot / "notes.txt").write_text("b")
    assert "notes.txt, which it reads, changed" in hanyang(*ask, "--dry-run").stdout
    (snapshot / "notes.txt").unlink()
    assert "notes.txt, which it reads, is gone" in hanyang("runs").stdout


def test_a_notebook_that_is_gone_is_out_of_date_and_the_list_goes_on(project, hanyang):
    write(project / "notebooks" / "other.ipynb", "1")
    assert hanyang("run", "mine", "other").returncode == 0
    (project / "notebooks" / "mine.ipynb").unlink()
    listed = hanyang("runs")
    assert listed.returncode == 0, listed.stderr
    assert "there is no notebook 'mine'" in listed.stdout
    assert "up to date" in listed.stdout


def test_a_failing_one_is_named_and_one_for_reports_must_leave_results(project, hanyang):
    write(project / "notebooks" / "fails.ipynb", "1 / 0")
    write(project / "notebooks" / "out.ipynb", "1", tagged="out_dir = 'figs'")
    shown = hanyang("run", "fails", "out", "mine")
    assert shown.returncode == 1
    assert re.search(r"fails \w+: cell \[1\] of fails.ipynb failed: ZeroDivisionError: division by zero", shown.stderr)
    assert re.search("out \\w+: the notebook left no results.json", shown.stderr)
    assert "or let it have no parameter out_dir" in shown.stderr
    assert "2 of 3 failed" in shown.stderr
    (project / "r.yaml").write_text("title: T\nlang: en\nruns: [{notebook: mine}]\n")
    assert "mine leaves no results.json for a report" in hanyang("report", "r.yaml").stderr


def test_a_long_text_is_a_parameter_like_any_other(project, hanyang):
    long = "汉" * 2000
    (project / "p.yaml").write_text(f"notebook: mine\nparameters: {{region: {long}}}\n", encoding="utf-8")
    done = hanyang("run", "p.yaml")
    assert done.returncode == 0, done.stderr
    assert record(project, "mine")["parameters"]["region"] == long


@pytest.mark.parametrize(("name", "says"), [("failed", "give the notebook another name"), ("../mine", "expected a name")])
def test_a_name_that_would_lead_astray_is_refused(project, hanyang, name, says):
    write(project / "notebooks" / "failed.ipynb", "1")
    (project / "p.yaml").write_text(f"notebook: {name}\n")
    shown = hanyang("run", "p.yaml")
    assert shown.returncode == 2
    assert says in shown.stderr
