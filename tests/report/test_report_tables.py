"""The tables of a report in Excel, LaTeX and CSV: numbers stay numbers."""

import csv
import re

import openpyxl
import pytest
from finished_runs import SPEC, finished
from openpyxl.utils import get_column_letter

from hanyang_data.report import words
from hanyang_data.report.content import Picture
from hanyang_data.report.document import Document
from hanyang_data.report.excel import apart, range_name
from hanyang_data.report.markup import escape


@pytest.fixture(scope="module")
def book(out, lang):
    return openpyxl.load_workbook(out / f"report_{lang}.xlsx")


def test_each_table_is_a_sheet_with_numbers_as_numbers(document, book):
    sheets = book.worksheets[2:]
    assert len(sheets) == len(document.tables)
    assert len({s.title.lower() for s in sheets}) == len(sheets)
    for sheet, table in zip(sheets, document.tables, strict=True):
        named = book.defined_names[range_name(table)].attr_text
        assert named.startswith(f"'{sheet.title}'!$A$7:") or named.startswith(f"{sheet.title}!$A$7:")
        assert len(sheet.title) <= 31
        assert sheet["A1"].value == document.caption_of(table)
        assert [sheet["A4"].value, sheet["A5"].value] == [table.source, document.say(words.SAYS.run, run=table.run)]
        assert sheet.freeze_panes == "B8"
        shown = apart(table, document)
        for row, cells in enumerate(shown.rows, start=8):
            for number, cell in enumerate(cells, start=1):
                made = sheet.cell(row, number).value
                if isinstance(cell, (int, float)):
                    assert made == cell
                elif cell in (None, "", "–"):
                    assert made is None  # missing is nothing, and not zero


def test_the_name_of_a_sheet_cuts_no_word_and_what_stands_above_its_table_stays_on_the_page(document, book):
    for sheet, table in zip(book.worksheets[2:], document.tables, strict=True):
        named, whole = (re.findall(r"[A-Za-z0-9]+", text) for text in (sheet.title, document.caption_of(table)))
        assert named == whole[: len(named)]
        over = {place.min_row: place.max_col for place in sheet.merged_cells.ranges}
        assert set(over) == {1, 2, 3, 4, 5}
        broad = [sheet.column_dimensions[get_column_letter(n)].width for n in range(1, max(over.values()) + 1)]
        assert sum(broad[: len(table.columns)]) <= 100


def test_rates_have_one_decimal_and_years_none_in_excel(book):
    place = next(name for name in book.defined_names if name.endswith("growth_gap_by_year"))
    sheet = book[book.defined_names[place].attr_text.partition("!")[0].strip("'")]
    assert (sheet["A8"].value, sheet["A8"].number_format) == (2017, "0")
    units = [cell.value for cell in sheet[6]]
    assert units[1:3] == ["%", "%"]
    assert {"percentage points", "百分点"} & set(units)
    assert (sheet["B8"].value, sheet["B8"].number_format) == (7, '#,##0.0;"−"#,##0.0;#,##0.0')
    assert max(dimension.width for dimension in sheet.column_dimensions.values()) <= 46


def test_a_number_is_shown_with_its_decimals_and_stands_in_one_column(book):
    for sheet in book.worksheets[2:]:
        for cell in (c for row in sheet.iter_rows(min_row=8) for c in row if isinstance(c.value, float)):
            shown = len(cell.number_format.partition(";")[0].partition(".")[2])
            assert round(cell.value, max(shown, 1)) == pytest.approx(cell.value, abs=0.006), (sheet.title, cell.coordinate)
    (cut, whole) = (s for s in book.worksheets if {"Growth, as printed", "增速（原文）"} & {c.value for c in s[7]})
    wordings = [str(cut.cell(row, 5).value).removeprefix("over ").removeprefix("超过") for row in range(8, 16)]
    assert wordings == ["948", "1,000", "None", "699", "790*", "None", "860", "None"]  # empty is not on record
    for sheet, number, wording in ((whole, 2, 4), (cut, 2, 3)):
        heads = [str(sheet.cell(7, column).value) for column in (number, wording)]
        assert heads[1] in ("Growth, as printed", "增速（原文）")
        assert heads[0] in ("Growth", "增速", "Growth, %", "增速（%）")
        assert [type(sheet.cell(8, column).value) for column in (number, wording)] == [int, str]  # 7, and the 7% of the text
        every = [str(cell.value) for cell in sheet[7] if cell.value]
        assert len(set(every)) == len(every)
        assert not any(head.count(", as printed") + head.count("（原文）") > 1 for head in every)


def test_the_first_sheet_shows_the_findings_with_their_pictures(document, book):
    cells = {str(c.value) for row in book.worksheets[0].iter_rows() for c in row if c.value is not None}
    assert {document.title, document.question, *(section.finding for section in document.chapters)} <= cells
    drawn = sum(isinstance(item, Picture) for section in document.chapters for item in section.brief)
    assert len(book.worksheets[0]._images) == drawn


def test_the_second_sheet_says_what_it_is_where_from_and_which_runs(document, book):
    cells = {str(c.value) for row in book.worksheets[1].iter_rows() for c in row if c.value is not None}
    assert {document.title, document.state} <= cells
    assert {s.title for s in book.worksheets[2:]} <= cells
    assert {section.entry.run for section in document.sections} <= cells
    assert {section.data for section in document.sections} <= cells
    assert {source.id for source in document.sources} | {source.title for source in document.sources} <= cells
    assert {"latest published" if document.lang == "en" else "最新公布数"} <= cells


def test_latex_and_csv_hold_every_table(document, out):
    for table in document.tables:
        name = f"table_{table.number}_{table.run.split('/')[0]}_{table.name}"
        tex = (out / f"report_{document.lang}_latex" / f"{name}.tex").read_text(encoding="utf-8")
        assert escape(table.title) in tex
        assert escape(table.source) in tex
        assert escape(table.run) in tex
        assert all(rule in tex for rule in (r"\toprule", r"\bottomrule"))
        assert tex.count("{") - tex.count(r"\{") == tex.count("}") - tex.count(r"\}")
        assert escape(document.note_of(table)) in tex
        file = out / f"report_{document.lang}_csv" / f"{name}.csv"
        if not table.of:
            assert file.read_bytes() == table.csv.read_bytes()
            continue
        head, *rows = csv.reader(file.read_text("utf-8-sig").splitlines())  # of a cut one what the brief shows
        assert head == [column.head for column in table.columns]
        assert len(rows) == len(table.rows)
        assert {",".join(row) for row in rows} <= {
            ",".join(row[c] for c in head) for row in csv.DictReader(table.csv.read_text("utf-8-sig").splitlines())
        }


def test_latex_numbers_the_tables_as_the_notes_name_them(document, out):
    main = (out / f"report_{document.lang}_latex" / "tables.tex").read_text(encoding="utf-8")
    assert main.count(r"\input{") == len(document.tables)
    assert "ctex" in main
    assert rf"\author{{{document.byline}}}".replace("&", r"\&") in main
    brief, anew = main.split(r"\setcounter{table}{0}")
    assert brief.count(r"\input{") == sum(not table.number.startswith("A") for table in document.tables)
    named = {"en": (r"{\thetable}{A\arabic{table}}", r"{\tablename}{Table}"), "zh": (r"{\tablename}{附表}",)}
    assert all(name in anew for name in named[document.lang])


def test_a_note_says_of_which_nature_the_growth_of_its_indicator_is(tmp_path):
    asked = {"region": "wuchang", "comparator": "wuhan", "indicator": "budget_revenue", "indicators": ["budget_revenue"]}
    names = {"trend": "figures_on_record", "growth_gap": "shares"}
    for lang, nominal in (("en", "Growth is as published, not deflated."), ("zh", "增速为公布数，未扣除价格因素。")):
        runs = [finished(name, lang, tmp_path / f"{name}-{lang}", **asked, formats=["none"]) for name in names]
        document = Document(SPEC, runs, lang)
        tables = [table for table in document.tables if table.name in names.values()]
        assert {table.name for table in tables} == {*names.values()}
        for table in tables:
            growth = {"growth_printed", "contribution_pp"} & {column.key for column in table.columns}
            assert bool(growth) == (nominal in document.note_of(table)), table.name


def test_what_is_read_first_says_on_which_day_no_more_was_known(tmp_path):
    told = {"en": "as known on 2021-06-30)", "zh": "资料截至2021年6月30日）"}
    for lang, known in told.items():
        asked = {"region": "hanyang", "as_of": "2021-06-30", "formats": ["png"]}
        (section,) = Document(SPEC, [finished("target_shortfall", lang, tmp_path / lang, **asked)], lang).sections
        assert all(text.endswith(known) for text in [section.title, section.finding, *(i.title for i in section.items)])


def test_latex_commands_in_a_cell_are_harmless():
    assert escape(r"50% of a_b & #1 {x} \cmd $ ~ ^ −3 [1]") == (
        r"50\% of a\_b \& \#1 \{x\} \textbackslash{}cmd \$ \textasciitilde{} \textasciicircum{} $-$3 {[}1{]}"
    )


def test_a_table_names_the_publishers_of_its_own_rows(document, lang):
    """The run holds gaps of Wuchang too: the table of Hanyang and Wuhan names who its figure names, that of all nobody."""
    whole = {table.name: table.source for table in document.tables if table.run.startswith("growth_gap")}
    hanyang, wuchang = {"en": ("Hanyang", "Wuchang"), "zh": ("汉阳", "武昌")}[lang]
    assert hanyang in whole["by_year"]
    assert wuchang not in whole["by_year"]
    assert whole["by_region"] == words.SAYS.computed.to(lang)
