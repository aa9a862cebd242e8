"""What a report holds, in one language and before any format: the brief's sections, the annex, sources, warnings, origins."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hanyang_data.report import words
from hanyang_data.studies.tables import Cell, Column
from hanyang_data.words.wording import Lang, Text, inside, runs

if TYPE_CHECKING:
    from hanyang_data.report.section import Section

ANNEX = ("methods", "limits", "sources", "origin", "tables")  # its chapters
DONE, FAILED, STALE, MISSING = "done", "failed", "stale", "missing"


@dataclass(frozen=True)
class Entry:
    """One run that a report stands on."""

    name: str  # what the caller calls it; for messages
    notebook: str  # name of the notebook
    slug: str  # name of the run folder
    folder: Path | None  # where its results are; None where there are none
    status: str = DONE  # ``done``, ``failed``, ``stale`` or ``missing``
    reason: str = ""  # why it failed, is stale or was not made
    parameters: Mapping[str, Any] = field(default_factory=dict)  # all parameters of the run
    # the ``figures`` and ``tables`` that the brief shows; of what is not said, what the study declares
    shown: Mapping[str, Sequence[str]] = field(default_factory=dict)
    slides: Path | None = None  # the folder of the same run with figures at the size of a slide, where there is one

    @property
    def run(self) -> str:
        """Notebook and run folder, by which anybody finds it again."""
        return f"{self.notebook}/{self.slug}"


@dataclass(frozen=True)
class Picture:
    """A figure: its words as text, and the files that hold the drawing."""

    number: str  # 3, or A3 in the annex
    name: str
    title: str
    subtitle: str
    note: str
    source: str
    alt: str
    files: Mapping[str, Path]  # by format
    plot: tuple[float, float]  # where the drawing is without its words, as parts of the height
    run: str
    slide: Picture | None = None  # the same at the size of a slide


@dataclass(frozen=True)
class Table:
    """A table: cells as the run left them and as they are printed."""

    number: str
    name: str
    title: str
    unit: str
    note: str
    printed_note: str  # with what a dash means, where nothing is a dash and not an empty cell
    source: str
    columns: list[Column]
    rows: list[list[Cell]]
    shown: list[list[str]]
    csv: Path
    run: str
    of: int = 0  # of a table that the brief cuts: its rows in all, which the annex has
    lines: tuple[int, ...] = ()  # and which of them it shows

    @property
    def right(self) -> list[bool]:
        """Of each column whether it is set to the right: numbers are, but for those of the first."""
        return [column.numeric and number > 0 for number, column in enumerate(self.columns)]

    @property
    def stem(self) -> str:
        """The name of its files: its number, its notebook, its own name."""
        return f"table_{self.number}_{self.run.split('/')[0]}_{self.name}"


Item = Picture | Table


@dataclass(frozen=True)
class Source:
    """A text that the report stands on."""

    number: int
    id: str
    publisher: str
    title: str
    published_on: str
    url: str

    def reference(self, lang: Lang) -> str:
        """The text as the list of sources prints it, without its number and address."""
        title = inside(self.title) if lang == "zh" else self.title
        return words.SAYS.reference.to(lang).format(publisher=self.publisher, title=title, published_on=self.published_on)


@dataclass(frozen=True)
class Document:
    """A whole report in one language."""

    lang: Lang
    title: str
    question: str
    byline: str
    author: str
    newest: str  # what the brief says of the texts used
    state: str  # the same with runs and hashes, for the annex
    warnings: list[str]
    sections: list[Section]
    recommendations: list[str] | None
    sources: list[Source]
    annex: str
    template: Path | None

    @property
    def made_by(self) -> str:
        """The author that a file names."""
        return self.author or "hanyang-data"

    @property
    def volumes(self) -> list[tuple[str, bool, bool]]:
        """The files to be read: name, whether the brief is in it, whether the annex is."""
        if self.beside:
            return [(f"report_{self.lang}", True, False), (self.beside, False, True)]
        return [(f"report_{self.lang}", True, self.annex == "same")]

    @property
    def beside(self) -> str:
        """The name of the annex where it is a file of its own."""
        return f"annex_{self.lang}" if self.annex == "file" else ""

    @property
    def tables(self) -> list[Table]:
        """All tables as they are numbered, those of the brief first."""
        parts = ("brief", "limits", "annex")
        items = (item for part in parts for section in self.sections for item in getattr(section, part))
        return [item for item in items if isinstance(item, Table)]

    def note_of(self, table: Table, note: str | None = None) -> str:
        """The note below a table, by default as printed, and of a cut one which table of the annex has it whole."""
        said, fewer = table.printed_note if note is None else note, len(table.rows) < table.of
        if not table.of or (self.annex == "none" and not fewer):
            return said
        whole = next(of for of in self.tables if (of.run, of.name) == (table.run, table.name) and not of.of)
        says = words.SAYS.rows_alone if self.annex == "none" else words.SAYS.rows_of if fewer else words.SAYS.columns_of
        told = self.say(says, n=len(table.rows), total=table.of, whole=self.number_of(whole))
        if not said:
            return self.say(words.SAYS.table_note, note=told)
        return f"{said}{' ' if self.lang == 'en' else ''}{told}"

    @property
    def chapters(self) -> list[Section]:
        """The sections of the brief."""
        return [section for section in self.sections if section.question]

    @property
    def methods(self) -> list[Section]:
        """A section of each study, which say how it computes."""
        return [*{s.method: s for s in reversed(self.sections) if s.method}.values()][::-1]

    @property
    def limited(self) -> list[Section]:
        """The sections of which something could not be computed."""
        return [s for s in self.sections if (s.question or s.method) and (s.missing or s.limits)]

    def contents(self, brief: bool, annex: bool) -> list[tuple[str, str]]:
        """The headings of a file, each with its mark."""
        listed = [(self.say(words.SAYS.summary), "summary")] if brief else []
        if brief:
            listed += [(self.chapter(n, s.title), mark_of(n)) for n, s in enumerate(self.chapters, start=1)]
            if self.recommendations is not None:
                title = self.say(words.SAYS.recommendations)
                listed.append((self.chapter(len(self.chapters) + 1, title), "recommendations"))
        if annex:
            listed += [(self.annex_heading(n, getattr(words.SAYS, mark)), mark) for n, mark in enumerate(ANNEX, start=1)]
        elif self.annex == "none":
            listed.append((self.say(words.SAYS.sources), "sources"))
        return listed

    @property
    def origins(self) -> list[list[str]]:
        """A row a run, in the order of the report: its figures and tables, its name, its parameters, the hash of its data."""
        return [[self._items(s) or "–", s.entry.run, s.parameters, s.data or "–"] for s in self.sections]

    def _items(self, section: Section) -> str:
        """Figures 1–2; Tables 3, A5: what has one label stands under it once, runs of numbers shortened."""
        english = self.lang == "en"
        found = []
        for name, same in groupby(sorted(section.items, key=lambda item: label(item).en), key=lambda item: self.say(label(item))):
            numbers = [item.number for item in same]
            brief = runs([int(number) for number in numbers if number.isdigit()])
            annex = runs([int(number[1:]) for number in numbers if not number.isdigit()])
            numbers = [*brief, *(re.sub(r"(\d+)", r"A\1", run) if english else run for run in annex)]
            found.append(name + (" " if english else "") + (", " if english else "、").join(numbers))
        return ("; " if english else "；").join(found)

    @property
    def findings(self) -> list[tuple[str, str]]:
        """At most five findings of the brief, each with the mark of its section."""
        told = [(s.headline, mark_of(n)) for n, s in enumerate(self.chapters, start=1)]
        return [(text, mark) for text, mark in told if text][:5]

    @property
    def cover(self) -> Picture | None:
        """The figure of the first page: the first of the brief."""
        items = (item for section in self.chapters for item in section.brief)
        return next((item for item in items if isinstance(item, Picture)), None)

    def say(self, text: Text, **values: object) -> str:
        """A label of the report in its language."""
        return text.format(**values).to(self.lang)

    def number_of(self, item: Item) -> str:
        """Figure 3, 图3; in the annex Table A3, 附表3."""
        number = item.number.removeprefix("A") if self.lang == "zh" else item.number
        return self.say(words.SAYS.numbered, label=label(item), number=number)

    def caption_of(self, item: Item) -> str:
        """Figure 3. What it shows."""
        return self.say(words.SAYS.caption, number=self.number_of(item), title=item.title)

    def chapter(self, number: int, title: str) -> str:
        """The heading of a chapter of the brief: 2. How …, 二、……"""
        return self.say(words.SAYS.chapter, n=Text(str(number), chinese(number)), title=title)

    def annex_heading(self, number: int, title: Text) -> str:
        """The heading of a chapter of the annex: Annex B. Methods, 附录二　方法"""
        return self.say(words.SAYS.annex_chapter, n=Text(chr(64 + number), chinese(number)), title=title)


def label(item: Item) -> Text:
    """The word before its number; in Chinese the annex has words of its own."""
    own = words.SAYS.figure if isinstance(item, Picture) else words.SAYS.table
    annex = words.SAYS.annex_figure if isinstance(item, Picture) else words.SAYS.annex_table
    return annex if item.number.startswith("A") else own


def mark_of(number: int) -> str:
    """The anchor of a chapter of the brief."""
    return f"section-{number}"


def mark(item: Item) -> str:
    """The anchor of a figure or table."""
    return f"{'figure' if isinstance(item, Picture) else 'table'}-{item.number}"


def chinese(number: int) -> str:
    """A number of a chapter, below a hundred, in Chinese.

    >>> [chinese(n) for n in (1, 10, 12, 21)]
    ['一', '十', '十二', '二十一']
    """
    digits, (tens, ones) = "〇一二三四五六七八九", divmod(number, 10)
    return ("" if tens < 1 else "十" if tens == 1 else f"{digits[tens]}十") + (digits[ones] if ones else "")
