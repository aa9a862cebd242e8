"""The tables as a workbook: a sheet each, numbers as numbers, and a first sheet on what they are and where they come from."""

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import accumulate, chain, repeat, takewhile
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.drawing.image import Image
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter, quote_sheetname
from openpyxl.workbook.defined_name import DefinedName
from openpyxl.worksheet.pagebreak import Break

from hanyang_data.report import words
from hanyang_data.report.content import Document, Picture, Section, Table
from hanyang_data.report.excel_layout import PAGE_WIDTH, height, widths
from hanyang_data.report.origin import origins
from hanyang_data.report.pictures import cropped_png
from hanyang_data.studies.frames import forget_the_time
from hanyang_data.studies.tables import WORDS, YEAR, Cell, Column, places
from hanyang_data.words.wording import NOT_ON_RECORD, UNITS, Text
from hanyang_data.words.wording import number as number_text

LONGEST_NAME = 31  # of a sheet, in Excel
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
UNUSED = 8.43  # characters of a column that nothing is said of
UPRIGHT_WIDTH = 94  # characters of A4
ALMOST = 0.9  # of a page: programs differ in how much they set in it
BOLD = 0.85  # of a width is left to bold words
FRONT_WIDTHS = (30, 46, 32, 40, 14, 14, 12)
SIZE, FRONT_SIZE = 11, 9  # points
UNIT_ROW, HEAD_ROW = 6, 7  # below title, unit of all, note, source, run
PICTURE, TALLEST_ROW = 620, 409  # pixels of a figure, points of a row of Excel
NOTHING = (None, "", NOT_ON_RECORD)
IN = UNITS | {"pp": words.SAYS.pp}  # above the head of a column
FONT = {"en": "Calibri", "zh": "等线"}
INK, SOFT, WARN, LINK = "1A1A1A", "595959", "B3400A", "0B4F8A"
LINE = Side(style="thin", color=INK)
FAINT = Side(style="hair", color="B0B0B0")


def write_excel(document: Document, folder: Path) -> list[Path]:
    """Write ``report_<lang>.xlsx``; return it."""
    book = Workbook()
    book.active.title = document.say(words.SAYS.summary)
    names = {sheet_name(table, document): table for table in document.tables}
    assert len(names) == len(document.tables)  # a name begins with the number
    _summary(book.active, document)
    _Front(book.create_sheet(document.say(words.SAYS.readme)), document).write(names)
    for name, table in names.items():
        _table(book.create_sheet(name), table, document)
    book.properties.title = document.title
    book.properties.creator = document.made_by
    book.properties.language = document.lang
    file = folder / f"report_{document.lang}.xlsx"
    book.save(file)
    forget_the_time(file)
    return [file]


def sheet_name(table: Table, document: Document) -> str:
    """Number and title of a table in the language of the report, within what Excel allows, no word of them cut."""
    name = " ".join(FORBIDDEN.sub(" ", f"{document.number_of(table)} {table.title}").split())
    return str(re.findall(rf"^.{{1,{LONGEST_NAME}}}(?![A-Za-z0-9])", name)[0]).rstrip(" ,")


def range_name(table: Table) -> str:
    """The name of the cells of a table, head included: table_A3_by_year."""
    return re.sub(r"\W", "_", table.stem)


def number_format(number: float, column: Column) -> str:
    """How Excel shows a number: years plain, thousands with a comma, a real minus sign, decimals as the column has them."""
    if column.role == YEAR:
        return "0"
    decimals = 0 if isinstance(number, int) else places(number) if column.decimals is None else column.decimals
    shown = "#,##0" + ("." + "0" * decimals if decimals else "")
    return f'{shown};"−"{shown};{shown}'


def apart(table: Table, document: Document) -> Table:
    """The same table with a column of its own for the wordings of a column of numbers; of an "about" the number stays too.

    Where an earlier column has the numbers already, the wordings alone.
    """
    columns: list[Column] = []
    nothing: list[float | None] = [None] * len(table.rows)
    known: list[list[float | None]] = []
    cells: list[list[Cell]] = [[] for _ in table.rows]
    for place, column in enumerate(table.columns):
        values = [row[place] for row in table.rows]
        numbers = [column.number(row, value) for row, value in enumerate(values)]
        # of a cell that says no more than its number, the wording needs no column
        plain = [v in NOTHING or (n is not None and v in (n, number_text(n))) for n, v in zip(numbers, values, strict=True)]
        parted = column.numeric and not all(plain)
        if parted and any(all(n in (None, m) for n, m in zip(numbers, told, strict=True)) for told in [*known, nothing]):
            columns.append(Column(column.key, column.head, WORDS))
            for row, value in zip(cells, values, strict=True):
                row.append(value)
            continue
        known.append(numbers)
        columns.append(column._replace(beside=[]))
        if parted:
            columns.append(Column(f"{column.key}_worded", document.say(words.SAYS.as_worded, head=column.head), WORDS))
        for row, value, number, alike in zip(cells, values, numbers, plain, strict=True):
            row.append(number if column.numeric else value)
            row.extend([None if alike else value] * parted)
    return replace(table, columns=columns, rows=cells)


def _summary(sheet: Any, document: Document) -> None:
    """The findings with their pictures: what a reader sees who opens the file; on paper each begins a page."""
    face = FONT[document.lang]
    sheet.column_dimensions["A"].width = UPRIGHT_WIDTH
    row = 1
    lines = [document.title, document.question, document.byline, document.newest, *document.warnings]
    for number, text in enumerate(line for line in lines if line):
        _write(sheet.cell(row, 1), text).font = Font(name=face, size=16 if number == 0 else 10, bold=number == 0)
        row += 1
    for number, section in enumerate(document.chapters):
        if number:
            sheet.row_breaks.append(Break(id=row))
        row += 1
        cell = _write(sheet.cell(row, 1), section.headline)
        cell.font, cell.alignment = Font(name=face, size=12, bold=True), Alignment(wrap_text=True, vertical="top")
        sheet.row_dimensions[row].height = height([section.headline], [UPRIGHT_WIDTH], 12)
        for picture in (item for item in section.brief if isinstance(item, Picture)):
            content, ratio = cropped_png(picture)
            row += 1
            _write(sheet.cell(row, 1), document.caption_of(picture)).font = Font(name=face, size=FRONT_SIZE, color=SOFT)
            image = Image(io.BytesIO(content))
            image.width, image.height = PICTURE, PICTURE * ratio
            sheet.add_image(image, f"A{row + 1}")
            sheet.row_dimensions[row + 1].height = min(TALLEST_ROW, PICTURE * ratio * 0.75 + 6)
            row += 1
        row += 1
    _page(sheet, document)
    sheet.page_setup.orientation = "portrait"


def _table(sheet: Any, table: Table, document: Document) -> None:
    table = apart(table, document)
    face, broad = FONT[document.lang], widths(table)
    unit = document.say(words.SAYS.unit, unit=table.unit) if table.unit else ""
    above = [document.caption_of(table), unit, table.note, table.source, document.say(words.SAYS.run, run=table.run)]
    for number, column in enumerate(table.columns, start=1):
        of = _write(sheet.cell(UNIT_ROW, number), IN[column.unit].to(document.lang) if column.unit in IN else "")
        of.font = Font(name=face, size=9, color=SOFT)
        cell = _write(sheet.cell(HEAD_ROW, number), int(column.head) if column.head.isdigit() else column.head)
        cell.font, cell.border = Font(name=face, bold=True), Border(top=LINE, bottom=LINE)
        of.alignment = _side(column, number == 1)
        cell.alignment = _side(column, number == 1, vertical="bottom", wrap_text=True)
        cells = [row[number - 1] for row in table.rows]
        sheet.column_dimensions[get_column_letter(number)].width = broad[number - 1]
        for below, value in enumerate(cells, start=HEAD_ROW + 1):
            _cell(sheet.cell(below, number), value, column, face, first=number == 1)
    _above(sheet, above, broad, face)
    lines = [[column.head for column in table.columns], *([c if isinstance(c, str) else "" for c in row] for row in table.rows)]
    for row, line in enumerate(lines, start=HEAD_ROW):
        sheet.row_dimensions[row].height = height(line, [w * (BOLD if row == HEAD_ROW else 1) for w in broad], SIZE)
    sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, 2)
    last = f"{get_column_letter(len(table.columns))}${HEAD_ROW + len(table.rows)}"
    sheet.auto_filter.ref = f"A{HEAD_ROW}:{last.replace('$', '')}"
    sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    named, place = range_name(table), f"{quote_sheetname(sheet.title)}!$A${HEAD_ROW}:${last}"
    sheet.parent.defined_names[named] = DefinedName(named, attr_text=place)
    _page(sheet, document)


def _above(sheet: Any, texts: Sequence[str], broad: Sequence[float], face: str) -> None:
    """What stands above a table, over as many columns as a page holds: what runs on would be printed on a page of its own."""
    reaches = accumulate(chain(broad, repeat(UNUSED)))
    held = list(takewhile(lambda reach: reach <= PAGE_WIDTH, reaches))
    for row, text in enumerate(texts, start=1):
        cell = _write(sheet.cell(row, 1), text)
        size = 13 if row == 1 else 9
        cell.font = Font(name=face, bold=row == 1, size=size, color=INK if row == 1 else SOFT)
        cell.alignment = Alignment(wrap_text=True, vertical="top")
        sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(held))
        sheet.row_dimensions[row].height = height([text], held[-1:], size)


def _cell(cell: Any, value: Cell, column: Column, face: str, *, first: bool) -> None:
    """A number as a number with its format, words as words, and nothing where nothing is on record."""
    number = column.number(0, value)
    if number is not None:
        cell.value, cell.number_format = number, number_format(number, column)
    elif value not in NOTHING:
        _write(cell, str(value))
    cell.alignment = _side(column, first, vertical="top", wrap_text=number is None)
    cell.font = Font(name=face)
    cell.border = Border(bottom=FAINT)


def _side(column: Column, first: bool, **more: Any) -> Alignment:
    """Numbers to the right; words to the left, with a gap to the number on their left."""
    right = column.numeric and not first
    return Alignment(horizontal="right" if right else "left", indent=int(not right and not first), **more)


def _write(cell: Any, value: object) -> Any:
    """Fill a cell and give it back; a text is never a formula, not even once somebody has edited it."""
    cell.value = None if value == "" else value
    if isinstance(value, str) and value:
        cell.data_type = "s"
        cell.quotePrefix = value[0] in "=+-@"
    return cell


def _page(sheet: Any, document: Document) -> None:
    """A sheet prints on A4 on its side, never wider than the page, its number below."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape"
    wide = sum(dimension.width for dimension in sheet.column_dimensions.values()) > ALMOST * PAGE_WIDTH
    sheet.sheet_properties.pageSetUpPr.fitToPage = wide
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.oddFooter.center.text = document.say(words.SAYS.page, page="&P", pages="&N")
    sheet.sheet_view.showGridLines = False


class _Front:
    """The sheet on what the tables are and where they come from, filled from above."""

    def __init__(self, sheet: Any, document: Document) -> None:
        self.sheet, self.document, self.row = sheet, document, 1
        self.face = FONT[document.lang]

    def write(self, names: dict[str, Table]) -> None:
        doc = self.document
        self.line(doc.title, size=16, bold=True)
        if doc.byline:
            self.line(doc.byline, color=SOFT)
        self.line(doc.state, color=SOFT)
        for number, text in enumerate([doc.say(words.SAYS.incomplete), *doc.warnings] if doc.warnings else []):
            self.line(text, bold=number == 0, color=WARN)
        self.line(doc.say(words.SAYS.how_to_read))
        self.sheet.freeze_panes = "A2"
        self.table(words.SHEET_HEADS, [[name, doc.caption_of(t), range_name(t)] for name, t in names.items()])
        for row, name in enumerate(names, start=self.row - len(names)):
            cell = self.sheet.cell(row, 1)
            cell.hyperlink = f"#'{name}'!A1"
            cell.font = Font(name=self.face, color=LINK, underline="single", size=FRONT_SIZE)
        self.heading(words.SAYS.runs)
        self.table(words.RUN_HEADS, [self.run(section) for section in doc.sections])
        self.heading(words.SAYS.origin)
        self.table(words.ORIGIN_HEADS, origins(doc))
        self.heading(words.SAYS.sources)
        listed = [[s.id, s.title, s.publisher, s.url, s.published_on, s.number] for s in doc.sources]
        self.table(words.SOURCE_HEADS, listed)
        for number, width in enumerate(FRONT_WIDTHS, start=1):
            self.sheet.column_dimensions[get_column_letter(number)].width = width
        _page(self.sheet, doc)

    def run(self, section: Section) -> list[str]:
        """What one run is: where it stands, whether it is good, which vintage, parameters, hashes."""
        given = section.entry.parameters
        vintage = words.VINTAGE.get(str(given.get("vintage", "")), words.SAYS.no_vintage)
        if given.get("as_of"):
            vintage = words.SAYS.known_on.format(vintage=vintage, day=given["as_of"])
        say = self.document.say
        status = say(words.STATUS[section.entry.status])
        return [section.entry.run, section.parameters, say(vintage), section.data, section.code, status]

    def line(self, text: str, *, size: int = FRONT_SIZE, bold: bool = False, color: str = INK) -> None:
        cell = _write(self.sheet.cell(self.row, 1), text)
        cell.font = Font(name=self.face, size=size, bold=bold, color=color)
        self.row += 1

    def heading(self, text: Text) -> None:
        self.row += 1
        self.line(self.document.say(text), size=13, bold=True)

    def table(self, heads: dict[str, Text], rows: Sequence[Sequence[object]], *, wrap: bool = True) -> None:
        """A head and its rows, or nothing below the head where there are none."""
        for number, head in enumerate(heads.values(), start=1):
            cell = _write(self.sheet.cell(self.row, number), self.document.say(head))
            cell.font = Font(name=self.face, bold=True, size=FRONT_SIZE)
            cell.border = Border(top=LINE, bottom=LINE)
        for row in rows:
            self.row += 1
            for number, value in enumerate(row, start=1):
                cell = _write(self.sheet.cell(self.row, number), value)
                cell.font = Font(name=self.face, size=FRONT_SIZE)
                cell.alignment = Alignment(vertical="top", wrap_text=wrap, horizontal="left")
            texts = [str(value) if wrap else "" for value in row]
            self.sheet.row_dimensions[self.row].height = height(texts, FRONT_WIDTHS[: len(row)], FRONT_SIZE)
        self.row += 1
