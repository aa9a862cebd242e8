"""The report as a Word document: real headings and captions, tables one can edit, figures at column width."""

import io
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from docx.enum.section import WD_SECTION
from docx.shared import Cm

from hanyang_data.report import wordml, words
from hanyang_data.report.content import Document, Item, Picture, Section, Table, label, mark_of
from hanyang_data.report.layout import turned, widths
from hanyang_data.report.pictures import cropped_png
from hanyang_data.studies.frames import forget_the_time

TALLEST = 16.5  # cm of a figure, so that caption and note stand on its page
ORIGIN_PARTS = (0.22, 0.27, 0.36, 0.15)  # of the width


def write_word(document: Document, folder: Path) -> list[Path]:
    """Write ``report_<lang>.docx``, and ``annex_<lang>.docx`` where the annex is a file of its own; return them."""
    files = []
    for name, brief, annex in document.volumes:
        files.append(folder / f"{name}.docx")
        _Writer(document, brief, annex).write().save(str(files[-1]))
        forget_the_time(files[-1])
    return files


class _Writer:
    """Fills a document from above."""

    def __init__(self, document: Document, brief: bool, annex: bool) -> None:
        self.report, self.brief, self.annex = document, brief, annex
        self.word, self.page = wordml.begun(document.lang, document.template)
        self.marks = 0
        self.counted: dict[str, int] = {}  # series of captions → the number it has come to
        properties = self.word.core_properties
        properties.title, properties.author, properties.last_modified_by = document.title, document.made_by, document.made_by
        properties.language, properties.comments = words.LANGUAGE[document.lang], document.state

    def write(self) -> Any:
        doc = self.report
        if self.brief:
            self.front(doc.title)
            self.summary()
            self.contents()
            for number, section in enumerate(doc.chapters, start=1):
                self.section(section, doc.chapter(number, section.title), mark_of(number))
            self.recommendations()
        else:
            self.front(doc.say(words.SAYS.annex_title, title=doc.title))
            self.contents()
        if self.annex:
            self.methods(new_page=self.brief)
            self.limits()
            self.sources(doc.annex_heading(3, words.SAYS.sources))
            self.origin()
            self.tables()
        elif doc.annex == "none":
            self.sources(doc.say(words.SAYS.sources))
        return self.word

    # the brief

    def front(self, title: str) -> None:
        """Title, who and when, what it stands on, what is wrong with it."""
        doc = self.report
        self.text(title, "Title")
        for line in (doc.byline, doc.newest):
            if line:
                self.text(line, "Report Byline")
        if doc.warnings:
            self.text(doc.say(words.SAYS.incomplete), "Report Warning")
        for warning in doc.warnings:
            self.text(warning, "Report Warning")

    def summary(self) -> None:
        doc = self.report
        self.heading(doc.say(words.SAYS.summary), "summary")
        if doc.question:
            self.text(doc.question, "Report Question")
        for finding, _ in doc.findings:
            self.text(finding, "List Bullet")
        if doc.cover:
            self.picture(doc.cover)

    def contents(self) -> None:
        self.text(self.report.say(words.SAYS.contents), "Report Heading")
        self.put(*wordml.contents(self.report.contents(self.brief, self.annex), self.word.styles["toc 1"].style_id))

    def section(self, section: Section, title: str, mark: str) -> None:
        self.heading(title, mark)
        self.text(section.question, "Report Question")
        if section.warning:
            self.text(section.warning, "Report Warning")
        if section.finding:
            self.text(section.finding, "Report Finding")
        for paragraph in section.answer:
            self.text(paragraph)
        # tables first: they fill a page before a figure that has no room left on it
        self.items(sorted(section.brief, key=lambda item: isinstance(item, Picture)))

    def recommendations(self) -> None:
        doc = self.report
        if doc.recommendations is None:
            return
        title = doc.say(words.SAYS.recommendations)
        self.heading(doc.chapter(len(doc.chapters) + 1, title), "recommendations")
        for line in doc.recommendations or [doc.say(words.SAYS.to_be_written)]:
            self.text(line)

    # the annex

    def methods(self, *, new_page: bool) -> None:
        doc = self.report
        heading = self.heading(doc.annex_heading(1, words.SAYS.methods), "methods")
        heading.paragraph_format.page_break_before = new_page
        self.text(doc.say(words.SAYS.general_method))
        for section in doc.methods:
            self.text(section.title, "Heading 2")
            self.text(section.method)

    def limits(self) -> None:
        doc = self.report
        self.heading(doc.annex_heading(2, words.SAYS.limits), "limits")
        for section in doc.limited:
            self.text(section.title, "Heading 2")
            for line in section.missing:
                self.text(line)
            self.items(section.limits)
        if not doc.limited:
            self.text(doc.say(words.SAYS.nothing_refused))

    def sources(self, title: str) -> None:
        self.heading(title, "sources")
        for source in self.report.sources:
            line = f"[{source.number}] {source.reference(self.report.lang)}" + (f" {source.url}" if source.url else "")
            text = self.text(line, "Report Source")
            text.paragraph_format.left_indent, text.paragraph_format.first_line_indent = Cm(0.9), Cm(-0.9)
        if not self.report.sources:
            self.text(self.report.say(words.SAYS.no_texts_at_all))

    def origin(self) -> None:
        """The map of the runs."""
        doc = self.report
        self.heading(doc.annex_heading(4, words.SAYS.origin), "origin")
        self.text(doc.state, "Report Subtitle")
        heads = [doc.say(head) for head in words.ORIGIN_HEADS.values()]
        wide, title = [part * self.page.upright for part in ORIGIN_PARTS], doc.say(words.SAYS.origin)
        self.put(wordml.table(heads, doc.origins, wide, [False] * len(wide), title))
        self.text("", "Report Note")  # Word wants a paragraph after a table

    def tables(self) -> None:
        """First what stands upright, then on pages turned what is too wide: the fewest pages that end early."""
        doc = self.report
        self.heading(doc.annex_heading(5, words.SAYS.tables), "tables")
        for sideways in (False, True):
            for section in doc.sections:
                wide = [isinstance(item, Table) and turned(item, self.page.upright) for item in section.annex]
                items = [i for i, w in zip(section.annex, wide, strict=True) if w == sideways and i is not doc.cover]
                last: Any = self.word.sections[-1]
                if items and sideways and last.page_width < last.page_height:  # the rest of the document lies on its side
                    wordml.turn(self.word.add_section(WD_SECTION.NEW_PAGE))
                if items:
                    self.text(doc.say(words.SAYS.wide, title=section.title) if sideways else section.title, "Heading 2")
                if items and not section.question and not sideways:
                    self.text(section.finding)
                self.items(items, sideways=sideways)

    # the pieces

    def items(self, items: Sequence[Item], *, sideways: bool = False) -> None:
        for item in items:
            if isinstance(item, Table):
                self.table(item, self.page.sideways if sideways else self.page.upright)
            elif item is not self.report.cover:
                self.picture(item)

    def picture(self, item: Picture) -> None:
        self.caption(item)
        self.text(item.subtitle, "Report Subtitle")
        content, ratio = cropped_png(item)
        width = min(self.page.upright, TALLEST / ratio)
        paragraph = self.text("", "Report Subtitle")  # kept with its note
        paragraph.paragraph_format.keep_with_next = True
        named = paragraph.add_run().add_picture(io.BytesIO(content), width=Cm(width))._inline.docPr
        named.set("descr", item.alt)
        named.set("title", item.title)
        named.set("name", self.report.number_of(item))
        self.below(item.note, item.source)

    def table(self, item: Table, room: float) -> None:
        self.caption(item)
        if item.unit:
            self.text(self.report.say(words.SAYS.unit, unit=item.unit), "Report Subtitle")
        heads = [column.head for column in item.columns]
        self.put(wordml.table(heads, item.shown, widths(item, room), item.right, item.title))
        self.below(self.report.note_of(item), item.source)

    def heading(self, text: str, mark: str) -> Any:
        paragraph = self.text(text, "Heading 1")
        self.marks += 1
        wordml.bookmark(paragraph, self.marks, mark)
        return paragraph

    def caption(self, item: Item) -> None:
        """A caption whose number Word counts itself, in a field; what stands out of its turn says where to count on from."""
        front, number, rest = self.report.caption_of(item).partition(self.report.number_of(item))
        before, digits = re.fullmatch(r"(.*?)(\d+)", number, re.DOTALL).groups()  # type: ignore[union-attr]
        series = f"{label(item).to(self.report.lang)}{'_A' if item.number.startswith('A') else ''}"
        jump = "" if int(digits) == self.counted.get(series, 0) + 1 else rf" \r {digits}"
        self.counted[series] = int(digits)
        paragraph = self.text(front + before, "Caption")
        wordml.field(paragraph, rf"SEQ {series} \* ARABIC{jump}", digits)
        paragraph.add_run(rest)

    def below(self, *lines: str) -> None:
        """Note and source as one paragraph: of more that are kept together LibreOffice may leave the caption alone on a page."""
        if told := "\n".join(filter(None, lines)):
            self.text(told, "Report Note").paragraph_format.keep_together = True

    def text(self, text: str, style_name: str = "Normal") -> Any:
        return self.word.add_paragraph(text, style=style_name)

    def put(self, *parts: Any) -> None:
        for part in parts:
            self.word.element.body.insert_element_before(part, "w:sectPr")
