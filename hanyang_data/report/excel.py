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
from hanyang_data.report.content import Picture, Table
from hanyang_data.report.document import Document
from hanyang_data.report.layout import PAGE_WIDTH, PORTRAIT, cropped_png, row_height, sheet_widths
from hanyang_data.report.section import Section
from hanyang_data.studies.frames import forget_the_time
from hanyang_data.studies.tables import LEAST_P, WORDS, YEAR, Cell, Column, places
from hanyang_data.words.wording import UNITS, Text
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
NOTHING = (None, "")
IN = UNITS | {"pp": words.SAYS.pp}  # above the head of a column
FONT = {"en": "Calibri", "zh": "等线"}
INK, SOFT, WARN, LINK = "1A1A1A", "595959", "B3400A", "0B4F8A"
LINE = Side(style="thin", color=INK)
FAINT = Side(style="hair", color="B0B0B0")


def write_excel(document: Document, folder: Path) -> list[Path]:
    """Write ``report_<lang>.xlsx``; return it."""
    book = Workbook()
    book.remove(book.active)
    names = {sheet_name(table, document): table for table in document.tables}
    assert len(names) == len(document.tables)  # a name begins with the number
    _Sheet(book, document.say(words.SAYS.summary), document).summary()
    _Sheet(book, document.say(words.SAYS.readme), document).front(names)
    for name, table in names.items():
        _Sheet(book, name, document).table(apart(table, document))
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
    if column.is_p and number < LEAST_P:
        return f'"<{LEAST_P}"'
    decimals = 0 if isinstance(number, int) else places(number) if column.decimals is None else column.decimals
    shown = "#,##0" + ("." + "0" * decimals if decimals else "")
    return f'{shown};"−"{shown};{shown}'


def apart(table: Table, document: Document) -> Table:
    """The same table with a column of its own for the wordings of a column of numbers; of an "about" the number stays too.

    Where an earlier column has the numbers already, the wordings alone. Numbers are not headed as wordings.
    """
    columns: list[Column] = []
    printed = document.say(words.SAYS.as_worded, head="")
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
            columns.append(Column(column.key, column.head, WORDS, marks=column.marks))
            for row, value in zip(cells, values, strict=True):
                row.append(value)
            continue
        known.append(numbers)
        bare = column.head.replace(printed, "")
        columns.append(column._replace(head=bare if column.numeric else column.head, beside=[]))
        if parted:
            head = column.head if bare != column.head else document.say(words.SAYS.as_worded, head=bare)
            columns.append(Column(f"{column.key}_worded", head, WORDS))
        for row, value, number in zip(cells, values, numbers, strict=True):
            row.append(number if column.numeric else value)
            row.extend(["" if value in NOTHING else column.text(value)] * parted)
    return replace(table, columns=columns, rows=cells)


def _side(column: Column, first: bool, **more: Any) -> Alignment:
    """Numbers to the right; words to the left, with a gap to the number on their left."""
    right = column.numeric and not first
    return Alignment(horizontal="right" if right else "left", indent=int(not right and not first), **more)


class _Sheet:
    """A sheet that is filled from above, in the font of its language."""

    def __init__(self, book: Workbook, title: str, document: Document) -> None:
        self.sheet, self.document, self.row = book.create_sheet(title), document, 1

    def put(self, row: int, column: int, value: object, **font: Any) -> Any:
        """Fill a cell and give it back; a text is never a formula, not even once somebody has edited it."""
        cell = self.sheet.cell(row, column)
        cell.value = None if value == "" else value
        cell.font = Font(name=FONT[self.document.lang], **font)
        if isinstance(value, str) and value:
            cell.data_type = "s"
            cell.quotePrefix = value[0] in "=+-@"
        return cell

    def line(self, text: str, *, size: int = FRONT_SIZE, **font: Any) -> Any:
        """A text in a row of its own."""
        cell = self.put(self.row, 1, text, size=size, **font)
        self.row += 1
        return cell

    def page(self, orientation: str = "landscape") -> None:
        """The sheet prints on A4, by default on its side, never wider than the page, its number below."""
        sheet = self.sheet
        sheet.page_setup.paperSize, sheet.page_setup.orientation = sheet.PAPERSIZE_A4, orientation
        wide = sum(dimension.width for dimension in sheet.column_dimensions.values()) > ALMOST * PAGE_WIDTH
        sheet.sheet_properties.pageSetUpPr.fitToPage = wide
        sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
        sheet.page_margins.left = sheet.page_margins.right = 0.5
        sheet.oddFooter.center.text = self.document.say(words.SAYS.page, page="&P", pages="&N")
        sheet.sheet_view.showGridLines = False

    # the findings

    def summary(self) -> None:
        """The findings with their pictures: what a reader sees who opens the file; on paper each begins a page."""
        doc, sheet = self.document, self.sheet
        sheet.column_dimensions["A"].width = UPRIGHT_WIDTH
        for text in filter(None, [doc.title, doc.question, doc.byline, doc.newest, *doc.warnings]):
            self.line(text, size=16 if self.row == 1 else 10, bold=self.row == 1)
        for number, section in enumerate(doc.chapters):
            if number:
                sheet.row_breaks.append(Break(id=self.row))
            self.row += 1
            sheet.row_dimensions[self.row].height = row_height([section.headline], [UPRIGHT_WIDTH], 12)
            self.line(section.headline, size=12, bold=True).alignment = Alignment(wrap_text=True, vertical="top")
            for picture in (item for item in section.brief if isinstance(item, Picture)):
                content, ratio, own = cropped_png(picture)
                self.line(doc.caption_of(picture), color=SOFT)
                image = Image(io.BytesIO(content))
                wide = PICTURE * min(1.0, own / PORTRAIT)
                image.width, image.height = wide, wide * ratio
                sheet.add_image(image, f"A{self.row}")
                sheet.row_dimensions[self.row].height = min(TALLEST_ROW, image.height * 0.75 + 6)
                self.row += 1
        self.page("portrait")

    # a table

    def table(self, table: Table) -> None:
        """Unit, note and source above it, a head that stays, a range that is named."""
        doc, sheet, broad = self.document, self.sheet, sheet_widths(table)
        unit = doc.say(words.SAYS.unit, unit=table.unit) if table.unit else ""
        self._above(
            [doc.caption_of(table), unit, doc.note_of(table, dashes=False), table.source, doc.say(words.SAYS.run, run=table.run)],
            broad,
        )
        for number, column in enumerate(table.columns, start=1):
            of = self.put(UNIT_ROW, number, IN[column.unit].to(doc.lang) if column.unit in IN else "", size=9, color=SOFT)
            of.alignment = _side(column, number == 1)
            cell = self.put(HEAD_ROW, number, int(column.head) if column.head.isdigit() else column.head, bold=True)
            cell.alignment = _side(column, number == 1, vertical="bottom", wrap_text=True)
            cell.border = Border(top=LINE, bottom=LINE)
            sheet.column_dimensions[get_column_letter(number)].width = broad[number - 1]
            for row, cells in enumerate(table.rows, start=HEAD_ROW + 1):
                self._cell(row, number, cells[number - 1], column)
        heads = [column.head for column in table.columns]
        lines = [heads, *([c if isinstance(c, str) else "" for c in row] for row in table.rows)]
        for row, line in enumerate(lines, start=HEAD_ROW):
            sheet.row_dimensions[row].height = row_height(line, [w * (BOLD if row == HEAD_ROW else 1) for w in broad], SIZE)
        sheet.freeze_panes = sheet.cell(HEAD_ROW + 1, 2)
        last = f"{get_column_letter(len(table.columns))}${HEAD_ROW + len(table.rows)}"
        sheet.auto_filter.ref = f"A{HEAD_ROW}:{last.replace('$', '')}"
        sheet.print_title_rows = f"{HEAD_ROW}:{HEAD_ROW}"
        named, place = range_name(table), f"{quote_sheetname(sheet.title)}!$A${HEAD_ROW}:${last}"
        sheet.parent.defined_names[named] = DefinedName(named, attr_text=place)
        self.page()

    def _above(self, texts: Sequence[str], broad: Sequence[float]) -> None:
        """Over as many columns as a page holds: what runs on would be printed on a page of its own."""
        held = list(takewhile(lambda reach: reach <= PAGE_WIDTH, accumulate(chain(broad, repeat(UNUSED)))))
        for row, text in enumerate(texts, start=1):
            size, color = (13, INK) if row == 1 else (9, SOFT)
            self.put(row, 1, text, size=size, color=color, bold=row == 1).alignment = Alignment(wrap_text=True, vertical="top")
            self.sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=len(held))
            self.sheet.row_dimensions[row].height = row_height([text], held[-1:], size)

    def _cell(self, row: int, place: int, value: Cell, column: Column) -> None:
        """A number as a number with its format, words as words, and nothing where nothing is on record."""
        number = column.number(0, value)
        cell = self.put(row, place, number if number is not None else "" if value in NOTHING else str(value))
        if number is not None:
            cell.number_format = number_format(number, column)
        cell.alignment = _side(column, place == 1, vertical="top", wrap_text=number is None)
        cell.border = Border(bottom=FAINT)

    # what the tables are and where they come from

    def front(self, names: dict[str, Table]) -> None:
        """The sheet that is read before the tables."""
        doc = self.document
        self.line(doc.title, size=16, bold=True, color=INK)
        for text in filter(None, (doc.byline, doc.state)):
            self.line(text, color=SOFT)
        for number, text in enumerate([doc.say(words.SAYS.incomplete), *doc.warnings] if doc.warnings else []):
            self.line(text, bold=number == 0, color=WARN)
        self.line(doc.say(words.SAYS.how_to_read), color=INK)
        self.sheet.freeze_panes = "A2"
        self._listed(words.SHEET_HEADS, [[name, doc.caption_of(t), range_name(t)] for name, t in names.items()])
        for row, name in enumerate(names, start=self.row - len(names)):
            cell = self.put(row, 1, name, color=LINK, underline="single", size=FRONT_SIZE)
            cell.hyperlink = f"#'{name}'!A1"
        self._listed(words.RUN_HEADS, [self._run(section) for section in doc.sections], words.SAYS.runs)
        self._listed(words.ORIGIN_HEADS, doc.origins, words.SAYS.origin)
        sources = [[s.id, s.title, s.publisher, s.url, s.published_on, s.number] for s in doc.sources]
        self._listed(words.SOURCE_HEADS, sources, words.SAYS.sources)
        for number, width in enumerate(FRONT_WIDTHS, start=1):
            self.sheet.column_dimensions[get_column_letter(number)].width = width
        self.page()

    def _run(self, section: Section) -> list[str]:
        """What one run is: where it stands, whether it is good, which vintage, parameters, hashes."""
        given, say = section.entry.parameters, self.document.say
        vintage = words.VINTAGE.get(str(given.get("vintage", "")), words.SAYS.no_vintage)
        if given.get("as_of"):
            vintage = words.SAYS.known_on.format(vintage=vintage, day=given["as_of"])
        status = say(words.STATUS[section.entry.status])
        return [section.entry.run, section.parameters, say(vintage), section.data, section.code, status]

    def _listed(self, heads: dict[str, Text], rows: Sequence[Sequence[object]], title: Text | None = None) -> None:
        """A head and its rows, or nothing below the head where there are none."""
        if title:
            self.row += 1
            self.line(self.document.say(title), size=13, bold=True, color=INK)
        for number, head in enumerate(heads.values(), start=1):
            cell = self.put(self.row, number, self.document.say(head), bold=True, size=FRONT_SIZE)
            cell.border = Border(top=LINE, bottom=LINE)
        for row in rows:
            self.row += 1
            for number, value in enumerate(row, start=1):
                cell = self.put(self.row, number, value, size=FRONT_SIZE)
                cell.alignment = Alignment(vertical="top", wrap_text=True, horizontal="left")
            self.sheet.row_dimensions[self.row].height = row_height([*map(str, row)], FRONT_WIDTHS[: len(row)], FRONT_SIZE)
        self.row += 1
