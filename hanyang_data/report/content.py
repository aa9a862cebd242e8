"""What a report holds, in one language and before any format: sections, numbered figures and tables, sources, warnings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hanyang_data.report import words
from hanyang_data.report.columns import Cell, Column
from hanyang_data.words.wording import Lang, Text

DONE, FAILED, STALE = "done", "failed", "stale"
SHORT = 12  # characters of a hash that a reader can compare


@dataclass(frozen=True)
class Entry:
    """One run that a report stands on.

    Args:
        name: what the caller calls it; for messages.
        notebook: name of the notebook.
        slug: name of the run folder.
        folder: where its results are; None where there are none.
        status: ``done``, ``failed`` or ``stale``.
        reason: why it failed or is stale.
        parameters: all parameters of the run.
    """

    name: str
    notebook: str
    slug: str
    folder: Path | None
    status: str = DONE
    reason: str = ""
    parameters: Mapping[str, Any] = field(default_factory=dict)

    @property
    def run(self) -> str:
        """Notebook and run folder, by which anybody finds it again."""
        return f"{self.notebook}/{self.slug}"


@dataclass(frozen=True)
class Picture:
    """A figure: its words as text, and the files that hold the drawing."""

    number: int
    name: str
    title: str
    subtitle: str
    note: str
    source: str
    alt: str
    files: Mapping[str, Path]  # by format
    plot: tuple[float, float]  # where the drawing is without its words, as parts of the height
    run: str


@dataclass(frozen=True)
class Table:
    """A table: cells as the run left them and as they are printed."""

    number: int
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


@dataclass(frozen=True)
class NotDrawn:
    """A figure that the data did not allow, and the sentence that says why."""

    text: str


Item = Picture | Table | NotDrawn


@dataclass(frozen=True)
class Section:
    """One run: its heading, its finding, the rest of its answer, and its figures and tables in the order of the notebook."""

    entry: Entry
    title: str
    finding: str
    answer: list[str]
    items: list[Item]
    warning: str
    texts: str  # numbers in the list of sources; empty where the run cites none
    parameters: str
    data: str  # hash of the data, shortened
    code: str

    @property
    def numbered(self) -> list[Picture | Table]:
        """What carries a number."""
        return [item for item in self.items if not isinstance(item, NotDrawn)]


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
        return words.SAYS.reference.to(lang).format(
            publisher=self.publisher, title=self.title, published_on=self.published_on
        )


@dataclass(frozen=True)
class Document:
    """A whole report in one language."""

    lang: Lang
    title: str
    author: str
    state: str
    newest: str  # day of the newest text, as far as it is known; empty where none is cited
    warnings: list[str]
    sections: list[Section]
    sources: list[Source]

    def say(self, text: Text, **values: object) -> str:
        """A label of the report in its language."""
        return text.format(**values).to(self.lang)

    def number_of(self, item: Picture | Table) -> str:
        """Figure 3, 图3."""
        return self.say(words.SAYS.numbered, label=label(item), number=item.number)

    def caption_of(self, item: Picture | Table) -> str:
        """Figure 3. What it shows."""
        return self.say(words.SAYS.caption, label=label(item), number=item.number, title=item.title)


def label(item: Picture | Table) -> Text:
    """The word before its number."""
    return words.SAYS.figure if isinstance(item, Picture) else words.SAYS.table
