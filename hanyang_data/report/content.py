"""What a report is made of: the runs it stands on, and figures, tables and texts in one language, before any format."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hanyang_data.report import words
from hanyang_data.studies.tables import Cell, Column
from hanyang_data.words.wording import Lang, Text, inside

SHOWN = ("figures", "tables")  # of a block: what the brief shows of its runs
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
    slide: "Picture | None" = None  # the same at the size of a slide


@dataclass(frozen=True)
class Table:
    """A table: cells as the run left them and as they are printed."""

    number: str
    name: str
    title: str
    unit: str
    note: str  # that of the study
    notes: Mapping[str, str]  # and more of it, by the column that it is on
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


def in_annex_alone(shown: Mapping[str, Sequence[str]]) -> bool:
    """Whether the brief is to show nothing of a run: neither figures nor tables."""
    return not any(shown.get(kind, ["all"]) for kind in SHOWN)


def label(item: Item, n: int = 1) -> Text:
    """The word before its number, or before ``n`` of them; in Chinese the annex has words of its own."""
    kind = "figure" if isinstance(item, Picture) else "table"
    kind = f"annex_{kind}" if item.number.startswith("A") else kind
    return words.SAYS["labels", kind] if n == 1 else words.SAYS["several", kind]


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
