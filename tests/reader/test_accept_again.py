"""Accepting again, taking back, and what does not fit: nothing is lost, nothing is silent, each message names the place."""

from __future__ import annotations

import shutil
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from hanyang_data.cli.main import main
from hanyang_data.errors import HanyangError
from hanyang_data.reader.acceptance import accept
from hanyang_data.reader.reading import read_report
from hanyang_data.reader.review import write_workbook
from hanyang_data.reader.taking_back import KEPT, undo
from hanyang_data.record.audit import audit_record
from hanyang_data.record.observations import open_dataset

TITLE = "2026年汉阳区政府工作报告\n2025年12月26日在武汉市汉阳区第十七届人民代表大会第一次会议上\n一、2025年工作回顾\n"
BODY = "预计全年地区生产总值950亿元，增长6%；新增就业1.9万人。\n"
SOURCE = "hanyang_gwr_2026"


class Review:
    """A report in a folder, its workbook, and the snapshot that takes it in."""

    def __init__(self, folder: Path, snapshot: Path, body: str = BODY) -> None:
        self.snapshot, self.book = snapshot, folder / "c.xlsx"
        text = folder / "report.txt"
        text.write_text(TITLE + body, encoding="utf-8")
        data = open_dataset(snapshot)
        write_workbook(self.book, read_report(text, dataset=data), file=text, dataset=data)
        self.write("candidates", "decision", "accept")
        for column, words in {"title_en": "Government Work Report 2026", "publisher": "Hanyang District"}.items():
            self.write("sources", column, words)

    def write(self, sheet: str, column: str, words: str | None, *rows: int) -> None:
        """Words into a column, of all rows or of those that are named."""
        book = openpyxl.load_workbook(self.book)
        at = [cell.value for cell in book[sheet][1]].index(column) + 1
        for row in rows or range(2, book[sheet].max_row + 1):
            book[sheet].cell(row, at).value = words
        book.save(self.book)

    def copy_row(self, row: int, **cells: str) -> None:
        """A row at the end with other cells, as for a figure that the reader missed."""
        book = openpyxl.load_workbook(self.book)
        sheet = book["candidates"]
        head, own = ([cell.value for cell in sheet[n]] for n in (1, row))
        sheet.append([cells.get(str(name), old) for name, old in zip(head, own, strict=True)])
        book.save(self.book)

    def accept(self) -> str:
        return accept(self.book, self.snapshot).text()

    def files(self) -> dict[str, bytes]:
        kept = self.snapshot / KEPT
        return {str(file): file.read_bytes() for file in (*self.snapshot.iterdir(), *kept.glob("*")) if file.is_file()}


@pytest.fixture
def review(tmp_path, snapshot) -> Review:
    return Review(tmp_path, snapshot)


@pytest.mark.parametrize("column", ["title_en", "publisher", "title_zh", "published_on"])
def test_a_source_without_its_name_is_refused_at_its_cell(review, column):
    review.write("sources", column, None)
    before = review.files()
    with pytest.raises(HanyangError, match=rf"c\.xlsx, sheet sources, row 2: {column} is empty and nothing was taken in"):
        review.accept()
    assert review.files() == before


def test_cells_of_a_source_that_were_mended_since_are_corrected_and_taken_back(review):
    review.accept()
    before = review.files()
    review.write("sources", "publisher", 'People\'s Government, "Hanyang"')
    review.write("sources", "url", "https://example.org/report")
    said = review.accept()
    assert f"sources.csv, {SOURCE}: publisher, url as the workbook has it now" in said
    row = open_dataset(review.snapshot).sources.loc[SOURCE]
    assert (row["publisher"], row["url"]) == ('People\'s Government, "Hanyang"', "https://example.org/report")
    assert row["title_en"] == "Government Work Report 2026"
    old, new = (
        text.splitlines()
        for text in (before[str(review.snapshot / "sources.csv")], (review.snapshot / "sources.csv").read_bytes())
    )
    assert [line for line in new if line not in old] == [line for line in new if line.startswith(SOURCE.encode())]
    undo(review.snapshot)
    assert {name: review.files()[name] for name in map(str, review.snapshot.glob("*.csv"))}.items() <= before.items()


def test_an_acceptance_that_takes_nothing_in_leaves_the_one_before_to_be_taken_back(review):
    review.write("candidates", "decision", "reject", 3)
    review.write("candidates", "reason", "a slip of the pen", 3)
    rows = accept(review.book, review.snapshot).rows
    before = review.files()
    said = CliRunner().invoke(main, ["accept", str(review.book), "--data", str(review.snapshot)], catch_exceptions=False).output
    assert "nothing was taken in and the snapshot is as it was" in said
    assert "--undo" not in said
    assert review.files() == before
    assert undo(review.snapshot) == rows


def test_a_figure_on_record_with_another_value_is_refused_not_passed_over(review):
    review.accept()
    review.write("candidates", "basis", "comparable", 2)
    with pytest.raises(HanyangError, match=r"row 2: the record has this figure already, with basis 'current_prices' and not"):
        review.accept()


@pytest.mark.parametrize("file", ["breaks.csv", "discrepancies.csv"])
def test_undo_refuses_where_a_row_of_another_file_needs_what_would_go(tmp_path, snapshot, file):
    body = "2025年地方一般公共预算收入120亿元，增长5%。\n2024年地方一般公共预算收入完成100亿元。\n"
    review = Review(tmp_path, snapshot, body)
    review.write("candidates", "reason", "as printed")
    (found,) = accept(review.book, snapshot).doubts
    assert found.en.startswith("implied_against_printed: budget_revenue of hanyang in 2024 (level): 120 / (1 + 5%) = 114.29")
    row = {
        "breaks.csv": f"hanyang,budget_revenue,2025,definition,a,一,so,{SOURCE},L4,120亿元,none,",
        "discrepancies.csv": "implied_against_printed,hanyang,budget_revenue,2024,level,so,是",
    }[file]
    with (snapshot / file).open("a", encoding="utf-8", newline="") as handle:
        handle.write(f"{row}\n")
    before = review.files()
    with pytest.raises(HanyangError, match=rf"nothing was taken back, for {file}.*: take that row out first"):
        undo(snapshot)
    assert review.files() == before
    (snapshot / file).write_text("".join((snapshot / file).read_text(encoding="utf-8").splitlines(True)[:-1]), encoding="utf-8")
    undo(snapshot)
    assert open_dataset(snapshot).sources.index.isin([SOURCE]).sum() == 0


def test_a_reason_given_for_an_accepted_row_is_kept_in_its_note(review):
    review.write("candidates", "reason", "seen on paper", 2)
    review.write("candidates", "note", "all firms", 2)
    review.accept()
    notes = open_dataset(review.snapshot).printed.query("source_id == @SOURCE")["note"].tolist()
    assert notes == ["all firms; checked: seen on paper", "", ""]


def test_a_copied_row_whose_token_does_not_stand_at_its_locator_is_refused(review):
    review.copy_row(4, indicator="high_tech_firms", value="70", unit="count", basis="count", token="70家", locator="L3")
    before = review.files()
    with pytest.raises(HanyangError, match=r"correct token or locator by the text\n  row 5: '70家' does not stand at L3"):
        review.accept()
    assert review.files() == before
    (review.book.parent / "report.txt").unlink()  # not at hand: nothing to look it up in
    assert "4 figures taken in" in review.accept()


def test_a_fault_is_named_by_the_row_of_the_workbook(review):
    review.write("candidates", "unit", "CNY_100M", 3)
    with pytest.raises(HanyangError, match=r"^c\.xlsx, row 3, column unit: found 'CNY_100M'"):
        review.accept()
    review.write("candidates", "unit", "percent", 3)
    review.write("sources", "published_on", "soon")
    with pytest.raises(HanyangError, match=r"^c\.xlsx, sheet sources, row 2, column published_on"):
        review.accept()


def test_rows_that_are_open_are_counted_and_named(review):
    review.write("candidates", "decision", None, 2, 4)
    assert "still open: 2 rows without a decision, left out (rows 2, 4)" in review.accept()
    assert "未决定、未入库：2行（第2、4行）" in accept(review.book, review.snapshot).text("zh")


def without(snapshot: Path, *sources: str) -> None:
    """A snapshot without the figures of some sources."""
    for file in ("observations.csv", "breaks.csv"):
        lines = (snapshot / file).read_text(encoding="utf-8").splitlines(keepends=True)
        (snapshot / file).write_text("".join(x for x in lines if not any(s in x for s in sources)), encoding="utf-8")


def plan_report(tmp_path: Path, snapshot: Path) -> Review:
    """The revenue and the investment of 2023 as the district prints them, in a sentence of a later text."""
    without(snapshot, "hanyang_plan_2023_2024", "hanyang_gwr_2024")
    body = "2023年地方一般公共预算收入94.3亿元，增长6.6%。\n2023年固定资产投资280亿元，增长23.6%。\n"
    return Review(tmp_path, snapshot, body)


def test_what_does_not_fit_only_since_is_said_with_its_rows_and_a_remedy(tmp_path, snapshot):
    review = plan_report(tmp_path, snapshot)
    review.write("candidates", "reason", "as printed")
    report = accept(review.book, snapshot)
    (line,) = [text.en for text in report.doubts if "budget_revenue" in text.en]
    assert line.startswith("implied_against_printed: budget_revenue of hanyang in 2022 (level): 94.3 / (1 + 6.6%) = 88.46")
    assert f"94.3亿元 ({SOURCE} L4)" in line
    assert "breaks.csv, hanyang,budget_revenue,2023,…" in line
    assert "discrepancies.csv: implied_against_printed,hanyang,budget_revenue,2022,level,reason,reason_zh" in line
    assert line in audit_record(open_dataset(snapshot)).faults
    assert report.unfit == 0
    undo(snapshot)
    shutil.rmtree(snapshot / KEPT, ignore_errors=True)
    review.write("candidates", "decision", None, 2, 3)
    assert not [text for text in accept(review.book, snapshot).doubts if "budget_revenue" in text.en]


def test_what_did_not_fit_before_is_counted_and_not_said_again(tmp_path, snapshot):
    review = plan_report(tmp_path, snapshot)
    review.write("candidates", "reason", "as printed")
    review.accept()
    later = Review(tmp_path, snapshot, BODY)
    for table in ("candidates", "sources"):
        later.write(table, "source_id", "hanyang_gwr_later")
    report = accept(later.book, snapshot)
    assert (report.doubts, report.unfit) == ([], 1)
    assert "1 more did not fit before either, see hanyang audit" in report.text()


def test_investment_far_from_the_last_level_is_asked_about(tmp_path, snapshot):
    review = plan_report(tmp_path, snapshot)
    with pytest.raises(HanyangError, match=r"280 at 23\.6% puts 2022 at 226\.5, the last level printed is 438 \(2020\)"):
        review.accept()


def test_a_conflict_with_the_record_is_said(tmp_path, snapshot):
    review = Review(tmp_path, snapshot, "2023年地区生产总值870亿元，增长6.2%。\n")
    review.write("candidates", "vintage", "initial_estimate")
    said = review.accept()
    assert "against another value of the same vintage; both stay" in said
    assert "row 2, gdp of hanyang in 2023 (level): 870亿元 at L4 against 860 initial_estimate hanyang_plan_2023_2024 L63" in said
