"""The data-audit notebook through papermill, in both languages and for regions with much and with little."""

import json
import shutil
from pathlib import Path

import nbformat
import pytest
import yaml
from helpers import PROJECT, execute, planned

pytestmark = pytest.mark.slow

FIGURES = ["coverage", "coverage_comparator", "vintages_comparator", "vintages"]
TABLES = [
    "coverage", "coverage_comparator", "not_known", "wanted", "readings", "triangle", "revisions", "estimates", "conflicts",
    "breaks", "corrections", "discrepancies", "sums", "reject_reasons", "rejects",
    "implied_bases", "rows_by_region", "rows_by_indicator", "sources",
]  # fmt: skip


def run(tmp_path: Path, lang: str = "en", **parameters) -> Path:
    folder = PROJECT / "params" / ("zh" if lang == "zh" else "")
    content = yaml.safe_load((folder / "data_audit.yaml").read_text(encoding="utf-8"))
    content["parameters"] |= parameters
    file = tmp_path / "data_audit.yaml"
    file.write_text(yaml.safe_dump(content), encoding="utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(PROJECT)
        return execute(planned(file), tmp_path / "runs")


@pytest.fixture(scope="module", params=["en", "zh"])
def done(request, tmp_path_factory):
    return run(tmp_path_factory.mktemp("audit"), request.param)


@pytest.fixture
def results(done):
    return json.loads((done / "results.json").read_text(encoding="utf-8"))


def test_the_run_leaves_every_figure_and_table(done, results):
    assert list(results["figures"]) == FIGURES
    for figure in results["figures"].values():
        assert [f.rsplit(".", 1)[1] for f in figure["files"]] == ["png", "svg", "pdf", "txt"]
        assert all(figure[part] for part in ("title", "subtitle", "note", "source", "alt"))
    assert list(results["tables"]) == TABLES
    assert all(table["rows"] for table in results["tables"].values())
    heads = {head for table in results["tables"].values() for row in table["rows"] for head in row}
    assert all(head.isascii() == (results["scope"]["lang"] == "en") for head in heads)


def test_the_results_hold_what_is_known_in_numbers(results):
    assert results["numbers"]["coverage"]["hanyang"] == {
        "indicators": 30, "cells": 240, "nothing": 152, "target_only": 38, "worded": 3, "bounded": 10,
        "initial_estimate": 30, "preliminary": 6, "final": 0, "revised": 1,
    }  # fmt: skip
    changes = {row["year"]: row["revision"] for row in results["numbers"]["revisions"]["wuhan"]}
    assert changes == {2018: 0.0, 2019: -0.4, 2020: 0.0, 2021: 0.2, 2022: -0.5, 2023: -0.3}
    assert results["numbers"]["record"]["conflicts"] == len(results["tables"]["conflicts"]["rows"])
    assert results["numbers"]["record"]["rejects"] == len(results["tables"]["rejects"]["rows"])
    assert {s["source_id"] for s in results["sources"]} >= {"hanyang_gwr_2018", "wuhan_bulletin_2022"}


def test_the_answer_is_a_finding_and_one_paragraph_in_both_languages(results):
    assert len(results["answer"]["en"]) == len(results["answer"]["zh"]) == 2
    assert results["answer"]["en"][0].startswith("37 of 240 yearly figures for Hanyang (30 indicators) are known as numbers")


def test_the_executed_copy_shows_everything_without_a_warning(done, results):
    content = nbformat.read(done / "notebook.ipynb", as_version=4)
    outputs = [o for c in content.cells if c.cell_type == "code" for o in c.outputs]
    assert not [o for o in outputs if o.output_type == "stream"]
    assert sum("image/png" in o.get("data", {}) for o in outputs) == len(FIGURES)
    tables = [
        html
        for o in outputs
        if (html := o.get("data", {}).get("text/html", "")) and 'border="1"' not in html and "<img" not in html
    ]
    assert len(tables) == len(TABLES)
    assert not any("NaN" in html for html in tables)


@pytest.mark.parametrize(
    "parameters",
    [
        {"region": "wuhan", "comparator": "hanyang", "measure": "level"},
        {"region": "caidian", "as_of": "2021-06-30"},
        {"region": "hongshan", "comparator": "wuchang", "indicator": "budget_revenue", "measure": "level"},
    ],
    ids=lambda p: p["region"],
)
def test_it_runs_for_other_regions_days_and_measures(parameters, tmp_path):
    done = run(tmp_path, **parameters)
    results = json.loads((done / "results.json").read_text(encoding="utf-8"))
    assert list(results["figures"]) == FIGURES
    assert results["scope"]["region"] == parameters["region"]


def test_the_notebook_runs_as_it_stands(tmp_path):
    """As in JupyterLab: the committed notebook, its own defaults, started in notebooks/."""
    from nbclient import NotebookClient

    folder = tmp_path / "notebooks"
    folder.mkdir()
    shutil.copy(PROJECT / "notebooks" / "data_audit.ipynb", folder)
    content = nbformat.read(folder / "data_audit.ipynb", as_version=4)
    NotebookClient(content, timeout=300, resources={"metadata": {"path": str(folder)}}).execute()
    assert list((tmp_path / "build" / "lab" / "data_audit").glob("*/results.json"))
