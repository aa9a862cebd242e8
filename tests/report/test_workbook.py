"""What an economist computes with in the workbook: one unit for percent, and no words in a column of numbers."""

from dataclasses import replace

import openpyxl
import pytest
from finished_runs import SPEC, finished

from hanyang_data.report import build


@pytest.fixture(scope="module")
def book(tmp_path_factory):
    place = tmp_path_factory.mktemp("book")
    run = place / "run"
    run.mkdir()
    entry = finished("target_shortfall", "zh", run)
    build(replace(SPEC, languages=("zh",), formats=("xlsx",)), [entry], place)
    return openpyxl.load_workbook(place / "report_zh.xlsx")


def columns(book):
    """Every column of every table: sheet, head, cells; the unit stands above the head."""
    for sheet in book.worksheets[2:]:
        for cells in sheet.iter_cols(min_row=7):
            yield sheet.title, cells[0].value, [c for c in cells[1:] if c.value is not None]


def test_percent_is_in_one_unit_which_stands_above_the_head(book):
    units = {}
    for sheet in book.worksheets[2:]:
        for above, head, *cells in sheet.iter_cols(min_row=6):
            units.setdefault(above.value, []).append((head.value, [c.value for c in cells if c.value is not None]))
            assert not [c for c in cells if "%" in c.number_format]
    of = dict(units["%"])
    assert {7, -8} <= {value for cells in of.values() for value in cells}  # 7% is 7, on every sheet and beside points
    assert "完成数减目标（百分点）" in dict(units["百分点"])


def test_no_words_stand_in_a_column_of_numbers(book):
    apart = [(sheet, head) for sheet, head, _ in columns(book) if str(head).endswith("（原文）")]
    assert apart
    for sheet, head, cells in columns(book):
        if (sheet, f"{head}（原文）") in apart:
            words = [c.value for c in cells if isinstance(c.value, str)]
            assert not words, (sheet, head, words)


def test_the_number_of_an_about_stays_and_its_wording_stands_beside_it(book):
    of = {(sheet, head): {c.row: c.value for c in cells} for sheet, head, cells in columns(book)}
    worded = [(key, row) for key, cells in of.items() for row, value in cells.items() if value == "7%左右"]
    beside = [((sheet, head), row) for (sheet, head), row in worded if str(head).endswith("（原文）")]
    assert beside
    for (sheet, head), row in beside:
        assert of[sheet, head.removesuffix("（原文）")][row] == 7
