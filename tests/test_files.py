"""Nothing is written through a link: what it points to stays, and the link is replaced. All targets are decoys."""

import json
from dataclasses import replace

import pandas as pd
import pytest
from report.finished_runs import SPEC, finished

from hanyang_data.batch import schema
from hanyang_data.batch.cache import Cache
from hanyang_data.batch.collect import write_summary
from hanyang_data.batch.job import Run
from hanyang_data.batch.run import copy_figures, missing_products
from hanyang_data.batch.underway import Unfinished
from hanyang_data.errors import RunError, SnapshotError
from hanyang_data.explore import actions
from hanyang_data.explore.choices import Shelf, start
from hanyang_data.files import fresh
from hanyang_data.record.datapackage import new_dataset, write_descriptor
from hanyang_data.record.observations import default_dataset
from hanyang_data.report import build
from hanyang_data.studies.results import Record
from hanyang_data.studies.scope import Scope, words
from hanyang_data.studies.trend import findings as trends
from hanyang_data.studies.trend import study as figure_trend
from hanyang_data.words.wording import Text


@pytest.fixture
def decoy(tmp_path):
    """A file that must stay as it is, outside of every folder that is written to."""
    file = tmp_path / "elsewhere" / "decoy"
    file.parent.mkdir()
    file.write_text("mine")
    yield file
    assert file.read_text() == "mine"
    assert list(file.parent.iterdir()) == [file]


def linked(place, decoy):
    place.parent.mkdir(parents=True, exist_ok=True)
    place.symlink_to(decoy)
    return place


def replaced(file):
    return file.is_file() and not file.is_symlink()


def test_what_is_half_written_leaves_the_earlier_file(tmp_path):
    file = tmp_path / "note"
    file.write_text("earlier")
    with pytest.raises(OSError, match="disk"), fresh(file) as part:
        part.write_text("half")
        raise OSError("disk")
    assert file.read_text() == "earlier"
    assert [f.name for f in tmp_path.iterdir()] == ["note"]


def test_figures_tables_and_results_replace_a_link(tmp_path, decoy):
    out = tmp_path / "out"
    names = ["growth_and_level.png", "growth_and_level.txt", "statistics.csv", "results.json"]
    places = [linked(out / name, decoy) for name in names]
    scope = Scope("hanyang", "gdp", 2017, 2024)
    growth, level = scope.outturns("growth"), scope.outturns("level")
    record = Record("trend", scope, out, ["png"])
    results = [trends.trend_by_segment(growth, "rate"), trends.trend_by_segment(level, "level")]
    chart = figure_trend.growth_and_level(scope, growth, level, results=dict(zip(("growth", "level"), results, strict=True)))
    record.figure("growth_and_level", chart)
    record.table("statistics", pd.DataFrame({"n": [1]}))
    record.answer(Text("One.", "一。"))
    record.save()
    assert all(replaced(place) for place in places)
    assert sorted(f.name for f in out.iterdir()) == sorted(names)


def test_a_gallery_and_the_table_of_a_sweep_replace_a_link(tmp_path, decoy):
    run = tmp_path / "run"
    run.mkdir()
    finished("trend", "en", run)
    place = linked(tmp_path / "gallery" / "mine_growth_and_level_en.png", decoy)
    copy_figures(run, "mine", tmp_path / "gallery")
    assert place.read_bytes() == (run / "growth_and_level.png").read_bytes()
    table = linked(tmp_path / "sweep.json", decoy)
    write_summary([], tmp_path)
    assert replaced(place)
    assert replaced(table)


def test_a_report_replaces_links_to_files_and_to_folders(tmp_path, decoy):
    run, out = tmp_path / "run", tmp_path / "report"
    run.mkdir()
    entry = finished("trend", "en", run)
    page = linked(out / "report_en.html", decoy)
    latex, tables = linked(out / "report_en_latex", decoy), linked(out / "report_en_csv", decoy.parent)
    build(replace(SPEC, languages=("en",)), [entry], out)
    assert replaced(page)
    assert latex.is_dir()
    assert not latex.is_symlink()
    assert tables.is_dir()
    assert not tables.is_symlink()


def test_what_is_saved_from_the_page_passes_a_link_by(tmp_path, decoy):
    choice = Shelf(default_dataset()).settle(start("en"))
    place = linked(tmp_path / "saved" / "trend.yaml", decoy)
    saved = actions.write_params(choice, tmp_path / "saved")
    assert saved.new
    assert saved.files != [place]


@pytest.mark.parametrize("name", ["../elsewhere/decoy", "link.csv"])
def test_a_product_outside_of_the_run_folder_is_refused(tmp_path, decoy, name):
    run = tmp_path / "run"
    linked(run / "link.csv", decoy) if name == "link.csv" else run.mkdir()
    content = {"figures": {}, "tables": {"t": {"file": name}}}
    (run / "results.json").write_text(json.dumps(content))
    said = "leads out of the run folder: write a file into out_dir"
    assert missing_products(run) == f"the notebook left {name}, which {said}"


def test_the_memory_of_a_folder_the_descriptor_and_the_schema_replace_a_link(tmp_path, decoy, snapshot):
    cache = Cache(tmp_path)
    linked(tmp_path / ".memory.json", decoy)
    cache.remember()
    (snapshot / "datapackage.json").unlink()
    linked(snapshot / "datapackage.json", decoy)
    with pytest.raises(SnapshotError, match="is not JSON"):  # the link is read as what it points to
        write_descriptor(snapshot)
    decoy_of_json = tmp_path / "other.json"
    decoy_of_json.write_text("{}")
    (snapshot / "datapackage.json").unlink()
    linked(snapshot / "datapackage.json", decoy_of_json)
    write_descriptor(snapshot)
    schema.write(linked(tmp_path / "schema.json", decoy), words(default_dataset()))
    places = [tmp_path / ".memory.json", snapshot / "datapackage.json", tmp_path / "schema.json"]
    assert all(replaced(place) for place in places)
    assert decoy_of_json.read_text() == "{}"


def test_a_mark_of_an_unfinished_run_is_written_through_no_link(tmp_path, decoy):
    run = Run("mine", tmp_path / "nb.ipynb", {}, "slug")
    linked(tmp_path / "out" / ".unfinished" / "nb" / "slug", decoy)
    with pytest.raises(RunError, match="cannot be written"):
        Unfinished(tmp_path / "out").plan([run])


def test_a_new_dataset_goes_to_no_place_that_a_link_names(tmp_path, decoy):
    (tmp_path / "new").symlink_to(decoy)
    with pytest.raises(SnapshotError, match="is a file: name a new folder"):
        new_dataset(tmp_path / "new")
    (tmp_path / "dangling").symlink_to(decoy.parent / "nothing")
    with pytest.raises(SnapshotError, match="cannot be written"):
        new_dataset(tmp_path / "dangling")
