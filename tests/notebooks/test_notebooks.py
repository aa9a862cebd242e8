"""The three notebooks through papermill, in both languages, as the Makefile runs them."""

import json

import nbformat
import pandas as pd
import pytest
from helpers import PROJECT, execute, planned

from hanyang_data.studies.results import Record
from hanyang_data.studies.scope import Scope

pytestmark = pytest.mark.slow

FIGURES = {
    "trend": ["growth_and_level"],
    "growth_gap": ["share_of_city", "by_year", "by_indicator", "by_sector"],
    "target_shortfall": ["by_indicator", "by_year", "grid", "ladder", "plan"],
}


@pytest.fixture(scope="session", params=[f"{lang}{name}" for name in FIGURES for lang in ("", "zh/")])
def done(request, tmp_path_factory):
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(PROJECT)
        return execute(planned(PROJECT / "params" / f"{request.param}.yaml"), tmp_path_factory.mktemp("runs"))


@pytest.fixture
def results(done):
    return json.loads((done / "results.json").read_text(encoding="utf-8"))


def test_the_run_leaves_figures_in_three_formats_tables_and_results(done, results):
    assert list(results["figures"]) == FIGURES[done.parent.name]
    for figure in results["figures"].values():
        *pictures, words = figure["files"]
        assert [f.rsplit(".", 1)[1] for f in pictures] == ["png", "svg", "pdf"]
        assert figure["title"] in (done / words).read_text(encoding="utf-8")
        assert all(figure[part] for part in ("title", "subtitle", "note", "source", "alt"))
        assert all((done / f).stat().st_size > 3_000 for f in pictures)
    assert results["tables"]
    for table in results["tables"].values():
        assert (done / table["file"]).read_bytes().startswith(b"\xef\xbb\xbf")
    assert results["answer"]["en"]
    assert results["answer"]["zh"]
    assert results["sources"]


def test_no_inference_is_printed_below_five_observations(results):
    text = json.dumps(results["numbers"])
    for forbidden in ("p_value", 'theil_sen": {', 'log_linear": {'):
        assert forbidden not in text
    assert not [text for told in results["answer"].values() for text in told if "95%" in text or "p = " in text]


def test_what_the_reader_sees_is_in_the_language_asked_for(done, results):
    lang = results["scope"]["lang"]
    content = nbformat.read(done / "notebook.ipynb", as_version=4)
    shown = [o for c in content.cells if c.cell_type == "code" for o in c.outputs if "data" in o]
    answer = next(o["data"] for o in shown if "text/markdown" in o["data"])
    said = "\n\n".join(results["answer"][lang])
    assert answer["text/plain"] == said
    assert answer["text/markdown"].replace("**", "") == said
    htmls = [o["data"]["text/html"] for o in shown if "text/html" in o["data"] and "image/png" not in o["data"]]
    tables = [html for html in htmls if 'border="1"' not in html]  # the others are frames, for who goes on with them
    assert len(tables) == len(results["tables"])
    assert not any("NaN" in html for html in tables)
    assert sum("image/png" in o["data"] for o in shown) == len(results["figures"]) + 1  # and the one that goes on from here
    heads = {head for table in results["tables"].values() for row in table["rows"] for head in row} - {"n"}
    assert heads
    assert all(head.isascii() == (lang == "en") for head in heads if not head.isdigit())  # a year is one in both


def test_the_executed_copy_names_no_folder_of_this_machine(done):
    for name in ("notebook.ipynb", "results.json", "run.json"):
        text = (done / name).read_text(encoding="utf-8")
        assert str(PROJECT) not in text
        assert str(done) not in text


def test_there_are_no_warnings_in_the_executed_copy(done):
    content = nbformat.read(done / "notebook.ipynb", as_version=4)
    streams = [o for c in content.cells if c.cell_type == "code" for o in c.outputs if o.output_type == "stream"]
    assert streams == []


def test_results_hold_null_and_never_nan(done):
    def refuse(constant):
        raise AssertionError(constant)

    json.loads((done / "results.json").read_text(encoding="utf-8"), parse_constant=refuse)


def test_the_shortfall_of_2020_against_both_sets(done, results):
    if done.parent.name != "target_shortfall":
        return
    in_year = results["numbers"]["in_year"]
    at = {
        i: {k: next((r for r in v[k]["table"] if r["year"] == 2020), None) for k in ("original", "revised")}
        for i, v in in_year.items()
    }
    assert at["gdp"]["original"]["error_pp"] == -15.0
    assert at["gdp"]["revised"]["error_pp"] == -8.5
    assert at["industrial_value_added"]["original"]["error_pp"] is None
    assert at["industrial_value_added"]["original"]["verdict_strict"] == "missed"
    assert at["disposable_income"]["original"]["verdict_strict"] == "not_evaluable"


def test_the_gap_of_2023(done, results):
    if done.parent.name != "growth_gap":
        return
    pairs = {row["indicator"]: row["gap_pp"] for row in results["numbers"]["pairs"]}
    assert results["numbers"]["year"] == 2023
    assert pairs == {
        "gdp": 0.0, "industrial_value_added": -1.6, "fixed_asset_investment": 23.3, "retail_sales": -2.1,
        "budget_revenue": None, "disposable_income": None,
    }  # fmt: skip


def test_the_trend_keeps_the_basis_before_the_plant_left_apart(done, results):
    if done.parent.name != "trend":
        return
    level = results["numbers"]["level"]
    assert {years: part["values"] for years, part in level.items()} == {"2017": [948.0], "2020–2023": [699.0, 790.0, 860.0]}
    assert level["2017"]["cagr_pct"] is None


def test_a_record_without_an_answer_is_refused(tmp_path):
    from hanyang_data.errors import HanyangError

    record = Record("trend", Scope("hanyang", "gdp", 2017, 2024), tmp_path)
    record.table("t", pd.DataFrame({"a": [1]}))
    with pytest.raises(HanyangError, match="states no answer"):
        record.save()
