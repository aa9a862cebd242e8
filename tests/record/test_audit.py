"""The audit finds every coded figure in the source texts, and what does not stand there."""

import shutil

import pytest
from helpers import NO_SOURCES, SOURCES

import hanyang_data as hd
from hanyang_data.errors import HanyangError
from hanyang_data.record.audit import audit_sources, place_fault
from hanyang_data.record.observations import default_dataset

texts = pytest.mark.skipif(not SOURCES.is_dir(), reason=NO_SOURCES)


@texts
def test_every_figure_and_break_stands_where_it_says():
    report = audit_sources(SOURCES, default_dataset())
    assert report.faults == []
    at_hand = default_dataset().sources["file"].ne("")
    for what, table in {"figures": default_dataset().printed, "breaks": default_dataset().breaks}.items():
        assert report.checked[what] == table["source_id"].map(at_hand).sum() > 0
    assert report.checked["texts"] == 5


@texts
@pytest.mark.parametrize(
    ("row", "cells", "says"),
    [
        (4, {"token": "445.4亿元", "value": "445.4"}, "does not stand at L3:c229"),
        (4, {"locator": "L3:c230"}, "does not stand at L3:c230"),
        (4, {"locator": "L9999"}, "there is no line L9999"),
        (4, {"qualifier": "about"}, "reads as 'point', coded as 'about'"),
    ],
)
def test_a_wrong_figure_is_found(edit, row, cells, says):
    report = audit_sources(SOURCES, hd.open_dataset(edit("observations.csv", row, **cells)))
    assert len(report.faults) == 1
    assert report.faults[0].startswith(f"observations.csv, row {row}: ")
    assert says in report.faults[0]


@texts
def test_rows_are_counted_as_in_the_file(edit):
    file = edit("observations.csv", 4, locator="L9999") / "observations.csv"
    head, rest = file.read_text(encoding="utf-8").split("\n", 1)
    file.write_text(f"{head}\n# a comment\n{rest}", encoding="utf-8")
    assert audit_sources(SOURCES, hd.open_dataset(file.parent)).faults[0].startswith("observations.csv, row 5: ")


def test_a_changed_or_missing_text_is_named(tmp_path):
    files = [file for file in default_dataset().sources["file"].unique() if file]
    (tmp_path / files[0]).write_text("another text", encoding="utf-8")
    report = audit_sources(tmp_path, default_dataset())
    assert any("its sha256 is not the one" in f for f in report.faults)
    assert report.absent == sorted(files[1:])
    assert f"not there, and not checked: {len(files) - 1} of its texts ({report.absent[0]}" in report.text()
    (tmp_path / files[1]).mkdir()
    assert any(f"{files[1]}: cannot be read" in f for f in audit_sources(tmp_path, default_dataset()).faults)


def test_a_text_that_is_not_there_is_no_fault_unless_none_is(tmp_path):
    (file, *_) = sorted(file for file in default_dataset().sources["file"].unique() if file)
    with pytest.raises(HanyangError, match="none of the texts that sources.csv names is in"):
        audit_sources(tmp_path, default_dataset())
    if SOURCES.is_dir():
        shutil.copy(SOURCES / file, tmp_path)
        report = audit_sources(tmp_path, default_dataset())
        assert (report.faults, report.checked["texts"]) == ([], 1)


@pytest.mark.parametrize(
    ("token", "found"), [("6", False), ("60", False), ("860", True), ("0.4%", False), ("10.4%", True), ("10", True)]
)
def test_a_token_is_not_a_piece_of_a_longer_number(token, found):
    assert (place_fault(["地区生产总值 860 增长10.4% 10 "], "L1", token) == "") is found
