"""``hanyang init`` and ``hanyang audit --fix`` among links and pipes: decoys stay, nothing is waited for, a sentence says why."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from hanyang_data.record.contract import SNAPSHOT

if not hasattr(os, "mkfifo"):
    pytest.skip("on a system without named pipes", allow_module_level=True)

PATIENCE = 60  # seconds; whoever opens a pipe that nobody writes to waits for ever


def typed(*words: object, cwd: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "hanyang_data.cli.main", *map(str, words)]
    return subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=False, encoding="utf-8", timeout=PATIENCE)


@pytest.fixture
def elsewhere(tmp_path):
    """A folder that must stay as it is, outside of every folder that is written to."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    (folder / "decoy").write_text("mine")
    yield folder
    assert [(file.name, file.read_text()) for file in folder.iterdir()] == [("decoy", "mine")]


@pytest.fixture
def work(tmp_path):
    (tmp_path / "work").mkdir()
    return tmp_path / "work"


def pipe(place: Path, elsewhere: Path) -> None:
    os.mkfifo(place)


def link_to_a_pipe(place: Path, elsewhere: Path) -> None:
    os.mkfifo(place.parent / "pipe")
    place.symlink_to(place.parent / "pipe")


def link_to_a_folder(place: Path, elsewhere: Path) -> None:
    place.symlink_to(elsewhere)


def link_to_nothing(place: Path, elsewhere: Path) -> None:
    place.symlink_to(elsewhere / "nothing")


def link_to_a_file(place: Path, elsewhere: Path) -> None:
    place.symlink_to(elsewhere / "decoy")


def link_to_itself(place: Path, elsewhere: Path) -> None:
    place.symlink_to(place)


NO_FOLDER = (pipe, link_to_a_pipe, link_to_nothing, link_to_a_file, link_to_itself)


@pytest.mark.parametrize("kind", [*NO_FOLDER, link_to_a_folder])
@pytest.mark.parametrize("name", ["notebooks", "params", "params/zh"])
def test_init_writes_nothing_where_one_of_its_folders_is_none_or_another_ones(work, elsewhere, name, kind):
    (work / name).parent.mkdir(exist_ok=True)
    kind(work / name, elsewhere)
    before = sorted(work.rglob("*"))
    shown = typed("init", "work", cwd=work.parent)
    assert shown.returncode == 2
    why = "leads out of work" if kind is link_to_a_folder else "is no folder"
    assert shown.stderr == f"error: work/{name} {why}: nothing is written\n"
    assert sorted(work.rglob("*")) == before


@pytest.mark.parametrize("kind", NO_FOLDER)
def test_init_takes_no_pipe_and_no_link_to_nothing_for_its_folder(tmp_path, elsewhere, kind):
    kind(tmp_path / "new", elsewhere)
    shown = typed("init", "new", cwd=tmp_path)
    assert (shown.returncode, shown.stderr) == (2, "error: new is no folder: nothing is written\n")


@pytest.mark.parametrize("kind", [pipe, link_to_a_file, link_to_nothing, link_to_itself])
def test_init_leaves_what_stands_in_the_place_of_a_file(work, elsewhere, kind):
    kind(work / "README.md", elsewhere)
    shown = typed("init", "work", cwd=work.parent)
    assert shown.returncode == 0
    assert "left 1 that were there" in shown.stdout
    assert (work / "Makefile").is_file()
    assert not (work / "README.md").is_file() or (work / "README.md").is_symlink()


def test_init_goes_into_a_folder_that_a_link_names(work, elsewhere):
    (work.parent / "link").symlink_to(work)
    assert typed("init", "link", cwd=work.parent).returncode == 0
    assert (work / "notebooks" / "trend.ipynb").is_file()


def odd_snapshot(folder: Path) -> Path:
    """A snapshot in which --fix has something to write."""
    shutil.copytree(SNAPSHOT, folder)
    file = folder / "indicators.csv"
    file.write_text(file.read_text(encoding="utf-8").replace(",percent,", ", percent ,"), encoding="utf-8")
    return folder


def test_fix_replaces_links_and_leaves_what_they_point_to(tmp_path):
    folder, kept = odd_snapshot(tmp_path / "mine"), tmp_path / "kept"
    kept.mkdir()
    names = ("indicators.csv", "observations.csv", "corrections.yaml", "datapackage.json")
    for name in names:
        shutil.move(folder / name, kept / name)
        (folder / name).symlink_to(kept / name)
    before = {name: (kept / name).read_bytes() for name in names}
    shown = typed("audit", "--fix", "mine", cwd=tmp_path)
    assert shown.returncode == 0, shown.stderr
    assert "written clean: indicators.csv: blanks around" in shown.stderr
    assert {name: (kept / name).read_bytes() for name in names} == before
    assert sorted(file.name for file in kept.iterdir()) == sorted(names)
    written = [name for name in names if not (folder / name).is_symlink()]
    assert written == ["indicators.csv", "datapackage.json"], "the one that was odd, and what describes it"
    assert (folder / "indicators.csv").read_bytes() == (SNAPSHOT / "indicators.csv").read_bytes()


@pytest.mark.parametrize("name", ["observations.csv", "rejects.csv", "corrections.yaml", "datapackage.json"])
@pytest.mark.parametrize("kind", [pipe, link_to_a_pipe])
def test_fix_waits_for_no_pipe_and_writes_nothing_beside_one(tmp_path, elsewhere, name, kind):
    folder = odd_snapshot(tmp_path / "mine")
    (folder / name).unlink()
    kind(folder / name, elsewhere)
    before = (folder / "indicators.csv").read_bytes()
    shown = typed("audit", "--fix", "mine", cwd=tmp_path)
    assert shown.returncode == 2
    assert shown.stderr == f"error: mine/{name} is no file: a snapshot folder holds files alone\n"
    assert (folder / "indicators.csv").read_bytes() == before
    assert not (folder / name).is_file()


@pytest.mark.parametrize("kind", [pipe, link_to_a_file])
def test_fix_takes_nothing_but_a_folder(tmp_path, elsewhere, kind):
    kind(tmp_path / "mine", elsewhere)
    shown = typed("audit", "--fix", "mine", cwd=tmp_path)
    assert (shown.returncode, shown.stderr) == (2, "error: mine is no folder: name the folder of a snapshot\n")
