"""What is wrong with a run is said in the report or in one sentence, and the earlier report stays."""

import json
from dataclasses import replace
from pathlib import Path

import docx
import openpyxl
import pytest
from finished_runs import SPEC

from hanyang_data.batch.reasons import Reason
from hanyang_data.errors import HanyangError
from hanyang_data.report import Entry, build, faults
from hanyang_data.report.document import Document
from hanyang_data.report.markup import escape
from hanyang_data.report.words import STATUS
from hanyang_data.words.wording import Text


def test_what_failed_or_is_out_of_date_stands_on_the_first_page(entries, tmp_path):
    gone = Entry("x", "trend", "lost", None, "failed", "cell [3] failed:\nKeyError", {"lang": "en"})
    stale = replace(entries[2], status="stale", reason="the data changed since")
    told = [text.en for text in faults([entries[0], stale, gone])]
    assert told == [
        f"{stale.run} is out of date: the data changed since",
        "trend/lost failed, and nothing of it stands here: cell [3] failed: KeyError",
    ]
    spec = replace(SPEC, languages=("en",))
    build(spec, [entries[0], stale, gone], tmp_path / "out")
    page = (tmp_path / "out" / "report_en.html").read_text(encoding="utf-8")
    word = [p.text for p in docx.Document(tmp_path / "out" / "report_en.docx").paragraphs]
    sheet = openpyxl.load_workbook(tmp_path / "out" / "report_en.xlsx").worksheets[0]
    tex = (tmp_path / "out" / "report_en_latex" / "tables.tex").read_text(encoding="utf-8")
    for sentence in told:
        assert sentence in page[: page.index("<nav")]
        assert sentence in word[: word.index("Contents")]
        assert sentence in [sheet.cell(row, 1).value for row in range(1, 9)]
        assert escape(sentence) in tex[: tex.index(r"\input")]
    assert word.count(Document(spec, [stale], "en").sections[0].finding) == 2  # still there


def test_what_was_not_made_has_not_failed():
    entry = Entry("x", "trend", "lost", None, "missing", Reason.of(Text("never run", "尚未运行")), {"lang": "zh"})
    (told,) = faults([entry])
    assert told == Text("trend/lost: never run, so nothing of it stands here", "trend/lost：尚未运行，本报告不含其结果")
    (section,) = Document(SPEC, [entry], "zh").sections
    assert (section.headline, STATUS[entry.status].zh) == (told.zh, "无结果")


def test_in_chinese_it_says_so_in_chinese(entries, tmp_path):
    stale = replace(entries[1], status="stale", reason="")
    build(replace(SPEC, languages=("zh",), formats=("html",)), [stale], tmp_path)
    page = (tmp_path / "report_zh.html").read_text(encoding="utf-8")
    assert "本报告不完整" in page
    assert f"{stale.run}已过时：未说明原因" in page


def test_runs_of_different_data_are_told_apart(moved, tmp_path):
    file = moved[0].folder / "results.json"
    results = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(results | {"data_sha256": "0" * 64}), encoding="utf-8")
    document = Document(SPEC, moved, "en")
    assert document.warnings == [
        f"The runs were made on 2 different states of the data ({'0' * 12}, {results['data_sha256'][:12]}); "
        "run them again to compare them."
    ]


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda f: (f / "results.json").write_text("{"), r"results.json is not what a run leaves .*: run it again"),
        (lambda f: (f / "results.json").write_text("{}"), r"results.json is not what a run leaves .*: run it again"),
        (
            lambda f: _left_by_an_older_version(f / "results.json"),
            r"not what a run leaves \(KeyError: 'says_finding'\): run it again",
        ),
        (lambda f: (f / "results.json").unlink(), r"has no results.json in .*: run it again"),
        (lambda f: (f / "run.json").unlink(), r"has no run.json in .*: run it again"),
        (lambda f: (f / "growth_and_level.png").write_bytes(b"no picture"), r"is no PNG .*: run .* again"),
        (lambda f: (f / "growth_and_level.svg").write_text("<svg>"), r"is no SVG of a figure: run .* again"),
        (lambda f: (f / "refused.csv").unlink(), r"has no refused.csv in .*: run it again"),
        (lambda f: [p.unlink() for p in f.iterdir()] and f.rmdir(), r"has no results.json in .*: run it again"),
    ],
)
def test_a_run_that_cannot_be_read_is_one_sentence_and_the_earlier_report_stays(moved, tmp_path, spoil, sentence):
    spec = replace(SPEC, languages=("en",))
    build(spec, moved[:1], tmp_path / "out")
    before = {f: f.read_bytes() for f in (tmp_path / "out").rglob("*") if f.is_file()}
    spoil(moved[0].folder)
    with pytest.raises(HanyangError, match=sentence) as caught:
        build(spec, moved[:1], tmp_path / "out")
    assert "\n" not in str(caught.value)
    assert {f: f.read_bytes() for f in (tmp_path / "out").rglob("*") if f.is_file()} == before
    assert [f.name for f in tmp_path.iterdir()].count("out") == 1
    assert not [f for f in tmp_path.iterdir() if f.name.startswith(".")]


def test_a_report_goes_into_the_current_folder_and_leaves_nothing_beside_it(entries, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    files, _ = build(replace(SPEC, languages=("en",), formats=("csv",)), entries[:1], Path())
    assert files
    assert [file.name for file in tmp_path.iterdir()] == ["report_en_csv"]


def test_what_else_lies_in_the_folder_stays_and_old_tables_go(entries, tmp_path):
    (tmp_path / "mine.txt").write_text("x")
    build(replace(SPEC, languages=("en",), formats=("csv",)), entries, tmp_path)
    assert len(list((tmp_path / "report_en_csv").iterdir())) == len(Document(SPEC, entries, "en").tables)
    build(replace(SPEC, languages=("en",), formats=("csv",)), entries[:1], tmp_path)
    assert len(list((tmp_path / "report_en_csv").iterdir())) == len(Document(SPEC, entries[:1], "en").tables)
    assert (tmp_path / "mine.txt").read_text() == "x"


def test_a_folder_that_cannot_be_written_is_one_sentence(entries, tmp_path):
    (tmp_path / "out").write_text("a file")
    with pytest.raises(HanyangError, match=r"out cannot be written: File exists"):
        build(SPEC, entries, tmp_path / "out")


def test_a_figure_without_svg_asks_for_it(moved, tmp_path):
    file = moved[0].folder / "results.json"
    file.write_text(file.read_text(encoding="utf-8").replace('"growth_and_level.svg"', '"growth_and_level.png"'))
    with pytest.raises(HanyangError, match="without svg, which the report shows: run it with formats png and svg"):
        build(replace(SPEC, languages=("en",), formats=("html",)), moved[:1], tmp_path / "out")


def test_a_language_without_runs_is_one_sentence(entries, tmp_path):
    with pytest.raises(HanyangError, match=r"none of the 1 runs of the report is in zh"):
        build(SPEC, entries[:1], tmp_path / "out")


def _left_by_an_older_version(file):
    results = json.loads(file.read_text(encoding="utf-8"))
    del results["says_finding"]
    file.write_text(json.dumps(results), encoding="utf-8")
