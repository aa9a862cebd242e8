"""What the buttons write, and that a batch run of it writes the same."""

import asyncio
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import yaml
from helpers import PROJECT, execute, planned

from hanyang_data.batch.run import copy_figures
from hanyang_data.errors import HanyangError, RunError
from hanyang_data.explore import actions
from hanyang_data.explore.choices import Shelf, start
from hanyang_data.explore.screen import screen
from hanyang_data.record.observations import default_dataset
from hanyang_data.studies.registry import declared

SHELF = Shelf(default_dataset())
OWN = SHELF.settle(replace(start("zh", "growth_gap"), region="wuchang", start_year=2018, regions=("hongshan",)))
RUN = [OWN, *(SHELF.settle(start("en", analysis)) for analysis in ("target_shortfall", "data_audit"))]
TREND = SHELF.settle(start("en"))


def test_a_choice_becomes_a_params_file_that_is_checked_like_any_other(tmp_path):
    saved = actions.write_params(OWN, tmp_path)
    assert saved == ([tmp_path / "zh" / "growth_gap_wuchang_wuchang_hongshan_2018_2024.yaml"], True)
    content = yaml.safe_load(saved.files[0].read_text(encoding="utf-8"))
    assert content["notebook"] == "growth_gap"
    assert content["parameters"]["regions"] == ["wuchang", "hongshan"]
    run = planned(saved.files[0])
    assert run.parameters["region"] == "wuchang"
    assert actions.write_params(OWN, tmp_path) == (saved.files, False)


def test_a_params_file_that_differs_is_left_alone(tmp_path):
    theirs = tmp_path / "trend.yaml"
    theirs.write_text("notebook: trend\nparameters:\n  region: wuchang\n", encoding="utf-8")
    saved = actions.write_params(TREND, tmp_path)
    assert saved.files == [tmp_path / "trend-2.yaml"]
    assert "wuchang" in theirs.read_text(encoding="utf-8")
    assert actions.write_params(TREND, tmp_path) == (saved.files, False)


def test_the_params_that_come_with_the_project_are_the_defaults():
    for lang, folder in (("en", "params"), ("zh", "params/zh")):
        for analysis in ("trend", "target_shortfall", "data_audit"):
            choice = SHELF.settle(start(lang, analysis))
            assert actions._means(PROJECT / folder / f"{analysis}.yaml", choice, "")


def test_figures_that_differ_are_left_alone(tmp_path):
    saved = actions.export(TREND, tmp_path)
    assert [file.name for file in saved.files] == [
        "trend_growth_and_level_en.png", "trend_growth_and_level_en.svg", "trend_growth_and_level_en.pdf",
        "trend_growth_and_level_en.txt", "trend_figures_on_record_en.csv",
    ]  # fmt: skip
    assert actions.export(TREND, tmp_path) == (saved.files, False)
    saved.files[1].write_text("mine")
    again = actions.export(TREND, tmp_path)
    assert again.new
    assert [file.name for file in again.files][1] == "trend-2_growth_and_level_en.svg"
    assert saved.files[1].read_text() == "mine"


def test_a_folder_that_cannot_be_written_is_one_sentence(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(HanyangError, match="file cannot be written"):
        actions.write_params(TREND, tmp_path / "file")


def test_what_was_seen_is_remembered_and_has_its_alt_text():
    seen = screen(TREND)
    assert screen(TREND) is seen
    assert seen.figure.startswith('<svg class="hy-figure"')
    assert "Hanyang" in seen.words
    assert seen.answer[0].startswith("Hanyang's GDP")
    assert "<table" in seen.table
    gap = screen(SHELF.settle(replace(start("zh", "growth_gap"), figure="cumulative")))
    assert not gap.figure
    assert gap.words  # the sentence why there is none


@pytest.mark.slow
def test_what_the_command_says_comes_back_as_an_error(tmp_path):
    (tmp_path / "runs").write_text("")
    # in a thread of its own: the browser of other tests leaves a loop running in this one
    with ThreadPoolExecutor(1) as pool, pytest.raises(RunError, match="is a file: name a folder"):
        pool.submit(lambda: asyncio.run(actions.execute(TREND, tmp_path / "runs"))).result()


@pytest.mark.slow
@pytest.mark.parametrize(
    "choice", [OWN, *(SHELF.settle(start("en", a)) for a in ("target_shortfall", "data_audit"))], ids=lambda c: c.analysis
)
def test_every_figure_and_table_is_to_the_byte_that_of_a_batch_run(choice, tmp_path, monkeypatch):
    """The choice saved as a params file and run: its gallery holds what the export of every figure and table holds."""
    monkeypatch.chdir(PROJECT)
    params = actions.write_params(choice, tmp_path / "params").files[0]
    done = execute(planned(params), tmp_path / "runs")
    batch = {file.name: file.read_bytes() for file in copy_figures(done, params.stem, tmp_path / "batch")}
    batch |= {f"{params.stem}_{f.stem}_{choice.lang}.csv": f.read_bytes() for f in done.glob("*.csv")}
    own = {}
    study = declared(choice.analysis)
    for figure in study.named("figure"):
        for file in actions.export(replace(choice, figure=figure), tmp_path / "own").files:
            own[file.name] = file.read_bytes()
    for table in study.named("table"):
        file = actions.export(replace(choice, table=table, figure=study.named("figure")[-1]), tmp_path / "own").files[-1]
        own[file.name] = file.read_bytes()
    assert own == batch
