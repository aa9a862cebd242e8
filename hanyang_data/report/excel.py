"""The tables as a workbook: a sheet each, numbers as numbers, and a first sheet on what they are and where they come from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from hanyang_data.report import words
from hanyang_data.report.columns import Cell, Column, Number, read_number
from hanyang_data.report.content import Document, Section, Table
from hanyang_data.report.latex import tables_of
from hanyang_data.report.layout import display_width, pieces
from hanyang_data.report.origin import origins
from hanyang_data.report.stable_zip import forget_the_time
from hanyang_data.words.wording import NOT_ON_RECORD, Text

ABOUT = re.compile(r"about (.+)|(.+)左右")
LONGEST_NAME = 31  # of a sheet, in Excel
FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
NARROWEST, WIDEST = 9, 46  # characters
PAGE_WIDTH = 100  # characters of A4 on its side
FRONT_WIDTHS = (26, 46, 32, 40, 14, 14, 12)
SIZE, FRONT_SIZE = 11, 9  # points
HEAD_ROW = 6  # title, unit, note, source, run, head
FONT = {"en": "Calibri", "zh": "等线"}
INK, SOFT, WARN, LINK = "1A1A1A", "595959", "B3400A", "0B4F8A"
LINE = Side(style="thin", color=INK)
FAINT = Side(style="hair", color="B0B0B0")


def write_excel(document: Document, folder: Path) -> list[Path]:
    """Write ``report_<lang>.xlsx``; return it."""
    book = Workbook()
    front = book.active
    front.title = document.say(words.README)
    names: dict[str, Table] = {}
    for table in tables_of(document):
        names[sheet_name(table, names)] = table
    _Front(front, document).write(names)
    for name, table in names.items():
        _table(book.create_sheet(name), table, document)
    book.properties.title = document.title
    book.properties.creator = document.author or "hanyang-data"
    book.properties.language = document.lang
    file = folder / f"report_{document.lang}.xlsx"
    book.save(file)
    forget_the_time(file)
    return [file]


def sheet_name(table: Table, taken: Sequence[str] | dict[str, Table]) -> str:
    """Number, notebook and name of a table, within what Excel allows, like no other of the workbook."""
    notebook = table.run.split("/")[0]
    name = FORBIDDEN.sub(" ", f"{table.number} {notebook} {table.name}")[:LONGEST_NAME].strip()
    assert name not in taken  # the number comes first
    return name


def number_format(number: Number, column: Column) -> str:
    """How Excel shows a number: years plain, thousands with a comma, a real minus sign, decimals as the column has them."""
    if column.years and number.decimals == 0 and not number.percent:
        return "0"
    digits = "0" + ("." + "0" * number.decimals if number.decimals else "")
    shown = f'{digits}"%"' if number.percent else "#,##" + digits  # 7 is shown as 7%: one unit in the whole book
    return f'{shown};"−"{shown};{shown}'


def apart(table: Table, document: Document) -> Table:
    """The same table with a column of its own for the wordings of a column of numbers; of an "about" the number stays too."""
    columns: list[Column] = []
    cells: list[list[Cell]] = [[] for _ in table.rows]
    for number, column in enumerate(table.columns):
        values = [row[number] for row in table.rows]
        worded = [v not in (None, "", NOT_ON_RECORD) and read_number(v, column) is None for v in values]
        parted = column.numeric and any(worded)
        columns.append(column)
        columns += [Column(document.say(words.SAYS.as_worded, head=column.head), False, None)] if parted else []
        for row, value, word in zip(cells, values, worded, strict=True):
            row.append(_about(value) if parted and word else value)
            row.extend([value if word else None] * parted)
    return replace(table, columns=columns, rows=cells)


def _about(value: Cell) -> Cell:
    """The number of an "about 7%"; a bound or a wording has none."""
    found = ABOUT.fullmatch(str(value))
    return next(part for part in found.groups() if part) if found else None


def _table(sheet: Any, table: Table, document: Document) -> None:
    table = apart(table, document)
    face = FONT[document.lang]
    unit = document.say(words.SAYS.unit, unit=table.unit) if table.unit else ""
    above = [document.caption_of(table), unit, table.note, table.source, document.say(words.SAYS.run, run=table.run)]
    for row, text in enumerate(above, start=1):
        cell = _write(sheet.cell(row, 1), text)
        cell.font = Font(name=face, bold=row == 1, size=13 if row == 1 else 9, color=INK if row == 1 else SOFT)
    if not table.rows:
        _write(sheet.cell(HEAD_ROW, 1), document.say(words.SAYS.empty)).font = Font(name=face)
    for number, column in enumerate(table.columns, start=1):
        cell = _write(sheet.cell(HEAD_ROW, number), int(column.head) if column.head.isdigit() else column.head)
        cell.font = Font(name=face, bold=True)
        cell.border = Border(top=LINE, bottom=LINE)
        aside = column.numeric and number > 1
        side, indent = ("right", 0) if aside else ("left", int(number > 1))
        cell.alignment = Alignment(horizontal=side, vertical="bottom", wrap_text=True, indent=indent)
        cells = [row[number - 1] for row in table.rows]
        sheet.column_dimensions[get_column_letter(number)].width = _width(column, cells)
        for below, value in enumerate(cells, start=HEAD_ROW + 1):
            _cell(sheet.cell(below, number), value, column, face, first=number == 1)
    broad = [sheet.column_dimensions[get_column_letter(n + 1)].width for n in range(len(table.columns))]
    lines = [[column.head for column in table.columns], *([_shown(cell) for cell in row] for row in table.rows)]
    for row, line in enumerate(lines if table.rows else [], start=HEAD_ROW):
        sheet.row_dimensions[row].height = _height(line, broad, SIZE)
    sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, 2)
    if table.rows:
        sheet.auto_filter.ref = f"A{HEAD_ROW}:{get_column_letter(len(table.columns))}{HEAD_ROW + len(table.rows)}"
        sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
    _page(sheet, document)


def _cell(cell: Any, value: Cell, column: Column, face: str, *, first: bool) -> None:
    """A number as a number with its format, words as words, and nothing where nothing is on record."""
    number = read_number(value, column)
    if number is not None:
        cell.value, cell.number_format = number.value, number_format(number, column)
    elif value not in (None, "", NOT_ON_RECORD):
        _write(cell, str(value))
    right = column.numeric and not first
    side = "right" if right else "left"
    indent = 0 if right or first else 1  # a gap to the number on its left
    cell.alignment = Alignment(horizontal=side, vertical="top", wrap_text=number is None, indent=indent)
    cell.font = Font(name=face)
    cell.border = Border(bottom=FAINT)


def _write(cell: Any, value: object) -> Any:
    """Fill a cell and give it back; a text is never a formula, not even once somebody has edited it."""
    cell.value = None if value == "" else value
    if isinstance(value, str) and value:
        cell.data_type = "s"
        cell.quotePrefix = value[0] in "=+-@"
    return cell


def _shown(cell: Cell) -> str:
    """What may wrap: words; a number does not."""
    return cell if isinstance(cell, str) else ""


def _width(column: Column, cells: Sequence[Cell]) -> float:
    longest = max((display_width(column.text(cell)) for cell in cells), default=0)
    head = max(display_width(piece) for piece in pieces(column.head))
    return float(min(WIDEST, max(NARROWEST, longest + 3, head + 3, min(display_width(column.head), 14) + 3)))


def _height(texts: Sequence[str], widths: Sequence[float], points: float) -> float:
    """The height of a row whose texts wrap, in points; what is not given is not adjusted by every program."""
    lines = (
        -(-display_width(text) // max(1, int(width * 12 / points) - 1))
        for text, width in zip(texts, widths, strict=True)
    )
    return max(1, *lines) * points * 1.5


def _page(sheet: Any, document: Document) -> None:
    """A sheet prints on A4 on its side, never wider than the page, its number below."""
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.orientation = "landscape"
    wide = sum(dimension.width for dimension in sheet.column_dimensions.values()) > PAGE_WIDTH
    sheet.sheet_properties.pageSetUpPr.fitToPage = wide
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.page_margins.left = sheet.page_margins.right = 0.5
    sheet.oddFooter.center.text = document.say(words.PAGE, page="&P", pages="&N")
    sheet.sheet_view.showGridLines = False


class _Front:
    """The first sheet, filled from above."""

    def __init__(self, sheet: Any, document: Document) -> None:
        self.sheet, self.document, self.row = sheet, document, 1
        self.face = FONT[document.lang]

    def write(self, names: dict[str, Table]) -> None:
        doc = self.document
        self.line(doc.title, size=16, bold=True)
        if doc.author:
            self.line(doc.say(words.SAYS.author, author=doc.author), color=SOFT)
        self.line(doc.state, color=SOFT)
        if doc.warnings:
            self.line(doc.say(words.SAYS.incomplete), bold=True, color=WARN)
        for warning in doc.warnings:
            self.line(warning, color=WARN)
        self.line(doc.say(words.SAYS.how_to_read))
        self.sheet.freeze_panes = "A2"
        self.table(words.SHEET_HEADS, [[name, doc.caption_of(table)] for name, table in names.items()])
        for row, name in enumerate(names, start=self.row - len(names)):
            cell = self.sheet.cell(row, 1)
            cell.hyperlink = f"#'{name}'!A1"
            cell.font = Font(name=self.face, color=LINK, underline="single", size=FRONT_SIZE)
        self.heading(words.SAYS.runs)
        self.table(words.RUN_HEADS, [self.run(section) for section in doc.sections])
        self.heading(words.SAYS.origin)
        self.table(words.ORIGIN_HEADS, [
            [number, title, o.section.entry.run, o.section.parameters, o.section.data]
            for o in origins(doc) for number, title in o.items
        ], wrap=False)  # fmt: skip
        self.heading(words.SOURCES)
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
        return [section.entry.run, section.parameters, section.texts, say(vintage), section.data, section.code, status]

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
            self.sheet.row_dimensions[self.row].height = _height(texts, FRONT_WIDTHS[: len(row)], FRONT_SIZE)
        self.row += 1
