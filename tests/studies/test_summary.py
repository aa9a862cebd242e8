"""The summary of finished runs: what it lists, what it leaves out, and what it says of a folder that is none."""

import json

import pandas as pd
import pytest
from helpers import PROJECT, execute, planned

from hanyang_data.batch.job import in_order
from hanyang_data.charts.export import export
from hanyang_data.errors import HanyangError, ParameterError
from hanyang_data.studies.summary import figure as figure_overview
from hanyang_data.studies.summary import runs as summary
from hanyang_data.studies.summary.runs import RunsFolder


def leave(folder, notebook, slug, numbers, **scope):
    """A finished run as `record.save()` leaves it."""
    place = folder / notebook / slug
    place.mkdir(parents=True)
    asked = {"region": "hanyang", "indicator": "gdp", "vintage": "latest", "lang": "en"} | scope
    said = {"en": ["Finding.", "First sentence. Second."], "zh": ["结论", "第一句。第二句。"]}
    content = {"notebook": notebook, "scope": asked, "answer": said, "numbers": numbers}
    (place / "results.json").write_text(json.dumps(content), encoding="utf-8")


@pytest.fixture
def runs(tmp_path):
    estimate = {"value": 5.6, "low": 1.5, "high": 9.9, "method": "mean log growth, t interval", "n": 8}
    leave(tmp_path, "trend", "a", {"growth": {"2017–2024": {"n": 8, "missing": [], "mean": estimate}}}, region="wuhan")
    leave(tmp_path, "trend", "b", {"growth": {"2017": {"n": 1, "missing": [2018, 2019]}}}, lang="zh")
    leave(tmp_path, "target_shortfall", "c", {"result": {"n": 0}}, indicator="retail_sales")
    leave(tmp_path, "data_audit", "d", {"counts": [1, 2]})
    leave(tmp_path, "summary", "e", {})
    leave(tmp_path, "trend", ".f.123", {})
    leave(tmp_path / "failed", "trend", "g", {})
    return tmp_path


def test_every_finished_run_is_a_row_and_the_summary_itself_is_none(runs):
    found = summary.gather(RunsFolder(str(runs))).set_index("folder")
    assert sorted(found.index) == ["data_audit/d", "target_shortfall/c", "trend/a", "trend/b"]
    assert found["n"].to_dict() == {"data_audit/d": None, "target_shortfall/c": 0, "trend/a": 8, "trend/b": 1}
    assert found["state"].to_dict() == {
        "data_audit/d": "described", "target_shortfall/c": "nothing", "trend/a": "inference", "trend/b": "listed",
    }  # fmt: skip
    assert found.loc["trend/b", "missing"] == [2018, 2019]
    assert found.loc["trend/a", ["headline", "verdict"]].tolist() == ["Finding.", "First sentence. Second."]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_the_table_and_the_figure_are_in_one_language(runs, lang, tmp_path):
    folder = RunsFolder(str(runs), lang)
    found = summary.gather(folder)
    table = summary.table(folder, found)
    names = table.to_csv()
    assert ("Retail sales" in names) == (lang == "en")
    assert ("社会消费品零售总额" in names) == (lang == "zh")
    assert all(str(head).isascii() == (lang == "en") for head in [table.index.name, *table.columns])
    for size in ("page", "column", "slide"):
        chart = figure_overview.observations(folder, found, size=size)
        assert export(chart, tmp_path / "out", f"{lang}{size}", ["png"])
    assert ("4 questions were answered, 1 of them with an interval or a test" in chart.caption.title) == (lang == "en")
    assert "8" in chart.caption.alt


def test_a_question_asked_in_two_languages_counts_once(runs):
    folder = RunsFolder(str(runs))
    before = summary.answer(summary.gather(folder))
    leave(runs, "target_shortfall", "c_zh", {"result": {"n": 0}}, indicator="retail_sales", lang="zh")
    found = summary.gather(folder)
    assert len(found) == 5
    assert summary.answer(found) == before
    leave(runs, "target_shortfall", "c_2018", {"result": {"n": 0}}, indicator="retail_sales", start_year=2018)
    assert summary.answer(summary.gather(folder))[0].en.startswith("5 questions were answered")


def test_none_all_and_one_have_words_of_their_own():
    def said(*states):
        return summary.answer(pd.DataFrame({"state": states, "n": 8, "question": range(len(states))}))[0].en

    assert said("inference") == "One question was answered, with an interval or a test"
    assert said("listed", "listed") == "2 questions were answered, none with an interval or a test"
    assert said("inference", "inference") == "2 questions were answered, all with an interval or a test"


def test_a_folder_without_runs_is_said_to_be_empty(tmp_path):
    folder = RunsFolder(str(tmp_path))
    found = summary.gather(folder)
    assert found.empty
    assert summary.answer(found)[0].en.startswith("No finished run in the folder")
    assert summary.table(folder, found).empty
    assert export(figure_overview.observations(folder, found), tmp_path, "f", ["png"])


def test_what_is_no_folder_or_no_result_is_one_sentence(runs):
    with pytest.raises(ParameterError, match="nowhere is no folder: name the one that hanyang run wrote"):
        RunsFolder(str(runs / "nowhere"))
    (runs / "trend" / "a" / "results.json").write_text("{")
    with pytest.raises(HanyangError, match=r"a/results.json is no results.json of a run .*: run it again") as caught:
        summary.gather(RunsFolder(str(runs)))
    assert "\n" not in str(caught.value)


@pytest.fixture
def plan(tmp_path, monkeypatch):
    monkeypatch.chdir(PROJECT)

    def read(lines):
        file = tmp_path / "p.yaml"
        file.write_text("notebook: summary\nparameters:\n" + "".join(f"  {line}\n" for line in lines), encoding="utf-8")
        return planned(file)

    return read


def test_mistakes_are_found_before_a_kernel_starts(plan):
    for line, says in {
        "runs_dir: nowhere": "is no folder",
        "lang: fr": "unknown language",
        "size: pages": "did you mean page",
    }.items():
        with pytest.raises(ParameterError, match=says):
            plan(["lang: en", line] if not line.startswith("lang") else [line])


def test_the_summary_runs_last_and_looks_at_the_folder_that_is_written_to(plan):
    one, other = plan(["lang: en"]), planned(PROJECT / "params" / "trend.yaml")
    assert one.parameters["runs_dir"] == ""
    assert [run.notebook.stem for run in in_order([one, other])] == ["trend", "summary"]


@pytest.mark.slow
def test_a_batch_sums_up_what_it_ran(runs, plan):
    done = execute(plan(["lang: zh"]), runs)
    results = json.loads((done / "results.json").read_text(encoding="utf-8"))
    assert len(results["tables"]["runs"]["rows"]) == 4
    assert results["answer"]["zh"][0].startswith("已回答4个问题")
    again = execute(plan(["lang: zh"]), runs)  # it does not count itself
    assert len(json.loads((again / "results.json").read_text(encoding="utf-8"))["tables"]["runs"]["rows"]) == 4
    assert str(runs) not in (done / "notebook.ipynb").read_text(encoding="utf-8")


def test_what_the_last_sweep_could_not_make_is_counted_and_listed(runs):
    rows = [
        {"notebook": "trend", "slug": "a", "status": "done", "reason": ""},
        {"notebook": "trend", "slug": "b", "status": "failed", "reason": "it broke"},
        {"notebook": "growth_gap", "slug": "c", "status": "skipped", "reason": "no figure"},
        {"notebook": "growth_gap", "slug": "d", "status": "skipped", "reason": "no figure"},
    ]
    (runs / "sweep.json").write_text(json.dumps(rows), encoding="utf-8")
    for lang, said in (("en", "1 run failed and 2 runs had too little data"), ("zh", "1次失败，2次因数据不足未运行")):
        folder = RunsFolder(str(runs), lang)
        unmade = summary.lost(folder)
        assert unmade["slug"].tolist() == ["b", "c", "d"]
        assert said in summary.lost_sentence(unmade).to(lang)
        assert summary.lost_table(folder, unmade).iloc[0].tolist()[1:] == [{"en": "failed", "zh": "失败"}[lang], "it broke"]
    (runs / "sweep.json").unlink()
    assert summary.lost_sentence(summary.lost(folder)).zh == ""
    (runs / "sweep.json").write_text("[1]", encoding="utf-8")
    with pytest.raises(HanyangError, match=r"sweep\.json is no table of a sweep"):
        summary.lost(folder)
