"""The summary of finished runs: what it lists, what it leaves out, and what it says of a folder that is none."""

import json

import pandas as pd
import pytest
from helpers import PROJECT, execute, planned
from matplotlib.text import Text as Words

import hanyang_data as hd
from hanyang_data.batch.job import in_order
from hanyang_data.charts.export import export
from hanyang_data.errors import HanyangError, ParameterError, UnknownIdError
from hanyang_data.record.observations import dataset_in
from hanyang_data.studies.summary import runs as summary
from hanyang_data.studies.summary import study as figure_overview
from hanyang_data.studies.summary.runs import RunsFolder
from hanyang_data.studies.tables import name_of


def leave(folder, notebook, slug, numbers, data="", **scope):
    """A finished run as `record.save()` leaves it, of the package's own data unless others are named."""
    place = folder / notebook / slug
    place.mkdir(parents=True)
    asked = {"region": "hanyang", "indicator": "gdp", "vintage": "latest", "lang": "en"} | scope
    said = {"en": ["Finding.", "First sentence. Second."], "zh": ["结论", "第一句。第二句。"]}
    content = {"notebook": notebook, "scope": asked, "answer": said, "numbers": numbers}
    content["data_sha256"] = data or dataset_in("").digest
    (place / "results.json").write_text(json.dumps(content), encoding="utf-8")


@pytest.fixture
def runs(tmp_path):
    estimate = {"value": 5.6, "low": 1.5, "high": 9.9, "method": "mean log growth, t interval", "n": 8}
    leave(tmp_path, "trend", "a", {"growth": {"2017–2024": {"n": 8, "missing": [], "mean": estimate}}}, region="wuhan")
    leave(tmp_path, "trend", "b", {"growth": {"2018": {"n": 1, "years": [2018]}}}, lang="zh", start_year=2017, end_year=2019)
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
    assert found.loc["trend/b", "missing"] == [2017, 2019]  # of the whole window
    assert found["window"].to_dict() == {"data_audit/d": "", "target_shortfall/c": "", "trend/a": "", "trend/b": "2017–2019"}
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
    assert len(found := summary.gather(folder)) == 5
    assert summary.answer(found) == before
    assert {*summary.own(folder, found)["folder"]} == {*found["folder"]} - {"target_shortfall/c_zh"}
    leave(runs, "target_shortfall", "c_2018", {"result": {"n": 0}}, indicator="retail_sales", start_year=2018)
    assert summary.answer(summary.gather(folder))[0].en.startswith("5 questions were answered")


def test_what_was_known_on_a_day_is_a_question_of_its_own(runs):
    leave(runs, "trend", "then", {"growth": {"2017": {"n": 1, "years": [2017]}}}, region="wuhan", as_of="2018-06-30")
    folder = RunsFolder(str(runs))
    found = summary.gather(folder)
    told = figure_overview.observations(folder, found).caption.alt
    assert "Wuhan, GDP: Trend: n = 8" in told
    assert "Wuhan, GDP (as known on 2018-06-30): Trend: n = 1" in told
    assert {"", "2018-06-30"} == set(summary.table(folder, found)["As known on"])


def test_runs_of_other_data_are_counted_and_left_out(runs, tmp_path):
    mine = hd.dataset_from_frame(pd.DataFrame({"年份": [2021, 2022], "GDP（亿元）": [3.0, 4.0]}), region="武汉")
    leave(runs, "trend", "mine", {"growth": {"2021": {"n": 1, "years": [2021]}}}, data=mine.digest, region="wuhan")
    summary.write(runs, tmp_path / "all.parquet")
    for place in (runs, tmp_path / "all.parquet"):
        ours, theirs = hd.summary(place), hd.summary(place, dataset=mine)
        assert [len(study.runs) for study in (ours, theirs)] == [4, 1]
        assert "1 run of other data (another snapshot, or this one before it changed) is left out." in ours.answer().sentences
        assert "另有4次运行用的是其他数据" in str(theirs.answer("zh"))
    assert str(hd.summary(runs, runs=["trend/a"], dataset=mine).answer()).startswith("No finished run of this data in the folder")


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


def nation(folder, regions=60, **more):
    """Runs of many regions: what each estimates of growth lies a tenth above the one before, within half a point."""
    known = dataset_in("").regions.index
    ids = [known[k] if k < len(known) else f"r{k:02d}" for k in range(regions)]
    for k, region in enumerate(ids):
        estimate = {"value": 3 + k / 10, "low": 2.5 + k / 10, "high": 3.5 + k / 10, "method": "t", "n": 8}
        leave(
            folder, "trend", f"{region}", {"growth": {"2017–2024": {"n": 8, "mean_log_growth": estimate}}}, region=region, **more
        )
    return ids


def test_a_region_is_ranked_by_its_best_run_and_as_surely_as_the_intervals_allow(tmp_path):
    first, *_, last = nation(tmp_path)
    short = {"value": 50.0, "low": 49.0, "high": 51.0, "method": "t", "n": 5}
    leave(tmp_path, "trend", "other", {"growth": {"2020–2024": {"n": 5, "mean_log_growth": short}}}, region=first)
    leave(tmp_path, "trend", "level", {"growth": {}, "level": {"a": {"n": 5, "mean_log_growth": short}}}, region="elsewhere")
    study = hd.summary(tmp_path)
    ranks = study.ranks.set_index("region")
    assert len(ranks) == 60
    assert ranks.loc[last, ["rank", "rank_low", "rank_high"]].tolist() == [1, 1, 11]
    assert ranks.loc[first, ["estimate", "rank", "rank_low", "rank_high"]].tolist() == [3.0, 60, 50, 60]
    assert study.spread[["regions", "median"]].to_numpy().tolist() == [[60, pytest.approx(5.95)]]
    assert len(study.table("ranks")) == 60


@pytest.mark.parametrize(("lang", "said", "source"), [
    ("en", "In the middle half of 60 regions the average growth of GDP was 4.5% to 7.4%", "Source: results.json of the runs."),
    ("zh", "60个地区中居中一半的地区生产总值年均增速为4.5%至7.4%", "资料来源：各次运行的results.json。"),
])  # fmt: skip
def test_many_regions_are_drawn_in_one_language_with_note_and_source(tmp_path, lang, said, source):
    first, *_ = nation(tmp_path / "runs")
    study = hd.summary(tmp_path / "runs", lang=lang)
    for size in ("page", "column", "slide"):
        drawn = [hd.summary(tmp_path / "runs", lang=lang, size=size).chart(name) for name in ("spread", "ranks")]
        for number, chart in enumerate(drawn):
            assert export(chart, tmp_path / "out", f"{size}{number}", ["png", "svg"])
            assert chart.caption.source == source
            assert chart.caption.note.startswith({"en": "Note: Grey", "zh": "注：灰带"}[lang])
    assert drawn[0].caption.title == said
    assert drawn[1].caption.title.startswith({"en": "r59 ranks 1 of 60 regions by average growth", "zh": "r59"}[lang])
    shown = [text.get_text() for text in drawn[1].figure.findobj(Words)]
    assert {"en": "40 regions in between, in the table", "zh": "中间40个地区见表"}[lang] in shown
    asked = hd.summary(tmp_path / "runs", lang=lang, ranks_of=name_of(study.scope, "regions", first).to(lang))
    assert asked.scope.ranks_of == first
    assert asked.chart("ranks").caption.title.startswith(name_of(study.scope, "regions", first).to(lang))
    assert name_of(study.scope, "regions", first).to(lang) in asked.chart("spread").caption.note


def test_few_regions_and_one_that_was_not_run_are_told_in_a_sentence(tmp_path):
    nation(tmp_path, 5)
    assert hd.summary(tmp_path).chart("spread").en == "Drawn where runs estimate 20 regions or more; these estimate 5."
    for k in range(25):
        estimate = {"value": 1.0, "low": 0.0, "high": 2.0, "method": "t", "n": 6}
        leave(tmp_path, "growth_gap", f"x{k}", {"gap": {"a": {"n": 6, "mean": estimate}}}, region=f"x{k}")
        if not k:  # of one region alone there is no rank
            assert [set(hd.summary(tmp_path).table(name).index) for name in ("spread", "ranks")] == [{"Trend"}] * 2
    study = hd.summary(tmp_path, ranks_of="wuhan")
    assert study.chart("ranks").zh == "各次运行中没有武汉市的估计值。"
    assert "percentage points" in study.chart("spread").caption.subtitle
    with pytest.raises(UnknownIdError, match="wuhan"):
        hd.summary(tmp_path, ranks_of="wuhann")


@pytest.mark.parametrize("study", [hd.trend, hd.growth_gap, hd.target_shortfall])
def test_an_implied_interval_is_no_inference(tmp_path, study):
    study().save(tmp_path / study.__name__ / "a", ["none"])
    study(region="wuhan" if study is not hd.growth_gap else "wuchang").save(tmp_path / study.__name__ / "b", ["none"])
    states = hd.summary(tmp_path).runs.set_index("folder")["state"]
    assert states[f"{study.__name__}/a"] == "listed"
    assert states[f"{study.__name__}/b"] == ("inference" if study is not hd.growth_gap else "listed")
