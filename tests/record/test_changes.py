"""What came, went and changed between two states of a record: rows by their keys, cells by name, nothing by its place."""

import subprocess
import sys

import pandas as pd
import pytest
from helpers import printed

from hanyang_data.errors import ParameterError
from hanyang_data.record.changes import change_log, changes
from hanyang_data.record.contract import SNAPSHOT, version


def test_what_only_moved_has_not_changed(snapshot):
    file = snapshot / "observations.csv"
    head, *rows = file.read_text(encoding="utf-8").splitlines()
    file.write_text("\n".join([head, *reversed(rows)]) + "\n", encoding="utf-8")
    assert changes(SNAPSHOT, snapshot) == {}
    assert change_log(SNAPSHOT, snapshot) == "Nothing has changed."


def test_rows_that_came_went_and_changed_are_told_apart(snapshot, add, edit):
    add("observations.csv", printed("wuhan", "gdp", 2019, 7.7))
    edit("observations.csv", 2, note="looked at again")
    found = changes(SNAPSHOT, snapshot)
    assert list(found) == ["observations.csv"]
    (came,), went, (changed,) = found["observations.csv"]
    assert came[2:5] == ("wuhan", "gdp", "2019")
    assert went == []
    assert changed[1:] == ("note", "", "looked at again")
    back = changes(snapshot, SNAPSHOT)["observations.csv"]
    assert (back.came, back.went) == ([], [came]), "the other way round"


def test_the_log_counts_and_lists_them_in_both_languages(snapshot, edit):
    edit("indicators.csv", 2, note="said otherwise")
    text = change_log(SNAPSHOT, snapshot)
    assert "### indicators.csv\n\n0 rows came, 0 went, 1 changed." in text
    assert "- gdp: note `levels at current prices; growth at constant prices` → `said otherwise`" in text
    assert "新增0行，删除0行，更改1行。" in change_log(SNAPSHOT, snapshot, "zh")


def test_a_column_or_a_table_that_is_new_is_no_fault(snapshot):
    (snapshot / "rejects.csv").unlink()
    frame = pd.read_csv(snapshot / "regions.csv", dtype=str, keep_default_na=False).drop(columns="aliases")
    frame.to_csv(snapshot / "regions.csv", index=False)
    found = changes(snapshot, SNAPSHOT)
    assert list(found) == ["rejects.csv"]
    assert len(found["rejects.csv"].came) == len(pd.read_csv(SNAPSHOT / "rejects.csv"))


def test_a_folder_without_a_table_and_an_unclean_one_are_one_sentence(snapshot, tmp_path):
    (tmp_path / "empty").mkdir()
    with pytest.raises(ParameterError, match="holds no table of a dataset"):
        changes(SNAPSHOT, tmp_path / "empty")
    (snapshot / "regions.csv").write_bytes("id;name_zh\nhanyang;汉阳\n".encode("gbk"))
    with pytest.raises(ParameterError, match="hanyang audit --fix"):
        changes(SNAPSHOT, snapshot)


def test_it_is_asked_for_as_the_page_on_versions_says(tmp_path):
    words = [sys.executable, "-m", "hanyang_data.record.changes"]
    same = subprocess.run([*words, SNAPSHOT, SNAPSHOT], capture_output=True, text=True)
    assert (same.returncode, same.stdout) == (0, "Nothing has changed.\n")
    wrong = subprocess.run([*words, SNAPSHOT, tmp_path], capture_output=True, text=True)
    assert wrong.returncode
    assert wrong.stderr.startswith(f"error: {tmp_path} holds no table")
    assert wrong.stderr.count("\n") == 1


def test_a_record_without_a_descriptor_has_no_version(tmp_path):
    assert version()
    assert version(tmp_path) == ""
