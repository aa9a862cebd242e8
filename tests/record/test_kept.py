"""A folder that each run of a sweep asks for is read once, and anew as soon as one of its files changes."""

import shutil

import pytest

from hanyang_data.batch.plan import runs_of
from hanyang_data.batch.sweep import Options, decide
from hanyang_data.errors import SnapshotError
from hanyang_data.record import observations
from hanyang_data.record.observations import dataset_in, default_dataset
from hanyang_data.studies.asked import check


@pytest.fixture
def reads(monkeypatch):
    """The folders that were read."""
    seen = []
    monkeypatch.setattr(
        observations, "open_dataset", lambda folder, read=observations.open_dataset: seen.append(folder) or read(folder)
    )
    return seen


def test_the_runs_of_a_sweep_read_their_folder_once(tmp_path, snapshot, reads):
    content = {"notebook": "trend", "matrix": {"region": ["hanyang", "wuhan"], "lang": ["en", "zh"]}}
    runs = runs_of(content, tmp_path / "s.yaml", data_dir=str(snapshot))
    planned = decide(runs, tmp_path / "runs", check, Options())
    assert [d.action for d in planned] == ["run"] * 4
    assert reads == [str(snapshot)]


def test_a_folder_that_changed_or_moved_is_read_anew(tmp_path, snapshot, edit, reads, monkeypatch):
    before = dataset_in(snapshot)
    edit("indicators.csv", 2, name_en="Another name")
    after = dataset_in(snapshot)
    assert before is not after
    assert after.indicators["name_en"].iloc[0] == "Another name"
    shutil.copytree(snapshot, tmp_path / "elsewhere" / "snapshot")
    paths = []
    for place in (tmp_path, tmp_path / "elsewhere"):
        monkeypatch.chdir(place)
        paths.append(dataset_in("snapshot").path.resolve())
    assert paths == [snapshot, tmp_path / "elsewhere" / "snapshot"]
    assert len(reads) == 4


def test_without_a_folder_it_is_the_snapshot_of_the_package_and_a_broken_one_is_a_sentence(tmp_path, snapshot):
    assert dataset_in() is default_dataset()
    with pytest.raises(SnapshotError, match="is missing: a snapshot folder needs"):
        dataset_in(tmp_path / "nothing")
    (snapshot / "observations.csv").unlink()
    (snapshot / "observations.csv").mkdir()
    with pytest.raises(SnapshotError, match="is no file"):
        dataset_in(snapshot)
