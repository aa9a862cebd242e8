"""The report as a Word document: real headings and captions, tables one can edit, figures at column width."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import docx
from docx.enum.section import WD_SECTION
from docx.shared import Cm, Pt

from hanyang_data.report import wordml, words
from hanyang_data.report.content import Document, NotDrawn, Picture, Section, Table, label
from hanyang_data.report.layout import PORTRAIT, turned, widths
from hanyang_data.report.origin import origins
from hanyang_data.report.pictures import cropped_png
from hanyang_data.report.stable_zip import forget_the_time
from hanyang_data.report.word_styles import LANGUAGE, style, turn

TALLEST = 16.5  # cm of a figure, so that caption and note stand on its page
JOINED = 10  # figures and tables of one run that share a cell; it stays on one page
CELL = "ReportCell"  # the id that Word gives to the style "Report Cell"
ORIGIN_WIDTHS = (2.0, 7.6, 5.2, 7.4, 2.5)  # cm, of a page on its side


def write_word(document: Document, folder: Path) -> list[Path]:
    """Write ``report_<lang>.docx``; return it."""
    file = folder / f"report_{document.lang}.docx"
    _Writer(document).write().save(str(file))
    forget_the_time(file)
    return [file]


class _Writer:
    """Fills a new document from above; remembers whether the page lies on its side."""

    def __init__(self, document: Document) -> None:
        self.report, self.word = document, docx.Document()
        self.landscape, self.marks = False, 0
        style(self.word, document.lang)
        properties = self.word.core_properties
        properties.title, properties.author = document.title, document.author or "hanyang-data"
        properties.language, properties.comments = LANGUAGE[document.lang], document.state
        properties.last_modified_by = properties.author

    def write(self) -> Any:
        doc = self.report
        self.front()
        for section in doc.sections:
            self.section(section)
        self.upright()
        self.heading(doc.say(words.SOURCES), "sources")
        for source in doc.sources:
            line = f"[{source.number}] {source.reference(doc.lang)}" + (f" {source.url}" if source.url else "")
            text = self.text(line, "Report Contents")
            text.paragraph_format.left_indent, text.paragraph_format.first_line_indent = Cm(0.9), Cm(-0.9)
        if not doc.sources:
            self.text(doc.say(words.SAYS.no_texts_at_all))
        self.origin()
        return self.word

    def front(self) -> None:
        """The first page: title, what it stands on, what is wrong with it, contents, findings."""
        doc = self.report
        self.word.add_paragraph(doc.title, style="Title")
        if doc.author:
            self.text(doc.say(words.SAYS.author, author=doc.author), "Report Byline")
        self.text(doc.state, "Report Byline")
        if doc.warnings:
            self.text(doc.say(words.SAYS.incomplete), "Report Warning")
        for warning in doc.warnings:
            self.text(warning, "Report Warning")
        place = self.text(doc.say(words.SAYS.contents), "Report Heading")
        titles = [doc.say(words.SAYS.findings), *(s.title for s in doc.sections)]
        titles += [doc.say(words.SOURCES), doc.say(words.SAYS.origin)]
        marks = ["findings", *(f"section{n}" for n in range(1, len(doc.sections) + 1)), "sources", "origin"]
        wordml.contents(place, list(zip(titles, marks, strict=True)), "ReportContents")
        self.heading(doc.say(words.SAYS.findings), "findings", new_page=False)
        for section in doc.sections:
            self.text(section.finding or section.warning, "List Bullet")

    def section(self, section: Section) -> None:
        self.upright()
        self.heading(section.title, f"section{self.report.sections.index(section) + 1}")
        if section.warning:
            self.text(section.warning, "Report Warning")
        if section.finding:
            self.text(section.finding, "Report Finding")
        for paragraph in section.answer:
            self.text(paragraph)
        if section.texts:
            self.text(self.report.say(words.SAYS.texts, numbers=section.texts), "Report Note")
        for item in section.items:
            if isinstance(item, Picture):
                self.picture(item)
            elif isinstance(item, Table):
                self.table(item)
            else:
                self.not_drawn(item)

    def not_drawn(self, item: NotDrawn) -> None:
        self.text(item.text).paragraph_format.space_before = Pt(10)

    def picture(self, item: Picture) -> None:
        self.upright()
        self.caption(item)
        self.text(item.subtitle, "Report Subtitle")
        content, ratio = cropped_png(item)
        width = min(PORTRAIT, TALLEST / ratio)
        paragraph = self.word.add_paragraph(style="Report Subtitle")  # kept with its note
        shape = paragraph.add_run().add_picture(io.BytesIO(content), width=Cm(width))
        named = shape._inline.docPr
        named.set("descr", item.alt)
        named.set("title", item.title)
        named.set("name", self.report.number_of(item))
        self.below(item)

    def table(self, item: Table) -> None:
        if item.rows and turned(item):
            self.sideways()
        else:
            self.upright()
        self.caption(item)
        if item.unit:
            self.text(self.report.say(words.SAYS.unit, unit=item.unit), "Report Subtitle")
        if item.rows:
            right = [column.numeric and number > 0 for number, column in enumerate(item.columns)]
            heads = [column.head for column in item.columns]
            self.put(wordml.table(heads, item.shown, widths(item), right, title=item.title, style=CELL))
        else:
            self.text(self.report.say(words.SAYS.empty))
        self.below(item)

    def origin(self) -> None:
        """Which run made what; the cells of one run are one cell."""
        self.sideways()
        doc = self.report
        self.heading(doc.say(words.SAYS.origin), "origin", new_page=False)
        rows, merged = [], []
        for origin in origins(doc):
            of_the_run = [origin.section.entry.run, origin.section.parameters, origin.section.data or "–"]
            for number, (item, title) in enumerate(origin.items):
                first = number % JOINED == 0
                rows.append([item, title, *(of_the_run if first else ["", "", ""])])
                merged.append(["", "", *(["start" if first else "on"] * 3)])
        heads = [doc.say(head) for head in words.ORIGIN_HEADS.values()]
        title = doc.say(words.SAYS.origin)
        self.put(wordml.table(heads, rows, ORIGIN_WIDTHS, [False] * 5, title=title, style=CELL, merged=merged))
        self.text("", "Report Note")  # Word wants a paragraph after the last table

    def heading(self, text: str, mark: str, *, new_page: bool = True) -> None:
        paragraph = self.word.add_paragraph(text, style="Heading 1")
        paragraph.paragraph_format.page_break_before = new_page and not self.fresh
        self.marks += 1
        wordml.bookmark(paragraph, self.marks, mark)
        self.fresh = False

    def caption(self, item: Picture | Table) -> None:
        """A caption whose number Word counts itself, in a field."""
        before, _, rest = words.SAYS.caption.to(self.report.lang).partition("{number}")
        name = self.report.say(label(item))
        paragraph = self.word.add_paragraph(style="Caption")
        paragraph.add_run(before.replace("{label}", name))
        wordml.field(paragraph, rf"SEQ {name} \* ARABIC", str(item.number))
        paragraph.add_run(rest.replace("{title}", item.title))
        self.fresh = False

    def below(self, item: Picture | Table) -> None:
        for line in (item.note if isinstance(item, Picture) else item.printed_note, item.source):
            if line:
                self.text(line, "Report Note").paragraph_format.keep_with_next = True
        self.text(self.report.say(words.SAYS.run, run=item.run), "Report Note")

    def text(self, text: str, style_name: str = "Normal") -> Any:
        self.fresh = False
        return self.word.add_paragraph(text, style=style_name)

    def put(self, table: Any) -> None:
        self.word.element.body.insert_element_before(table, "w:sectPr")
        self.fresh = False

    def upright(self) -> None:
        self._turn(landscape=False)

    def sideways(self) -> None:
        self._turn(landscape=True)

    def _turn(self, *, landscape: bool) -> None:
        if landscape != self.landscape:
            turn(self.word.add_section(WD_SECTION.NEW_PAGE), landscape=landscape)
            self.landscape, self.fresh = landscape, True

    fresh = False  # nothing stands on the page yet
