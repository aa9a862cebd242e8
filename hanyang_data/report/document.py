"""A whole report in one language: what stands in the brief, in the annex, in both, each with its number; and its files."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from importlib import import_module
from itertools import count, groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from hanyang_data.batch.folders import put_in_place
from hanyang_data.errors import HanyangError
from hanyang_data.files import writing
from hanyang_data.report import words
from hanyang_data.report.content import Entry, Item, Picture, Table, chinese, label, mark_of
from hanyang_data.report.section import Section, faults, ids_of, results_of, sources_of
from hanyang_data.report.spec import Spec
from hanyang_data.words.wording import DAGGER, STAR, Lang, Text, dated, join, runs

ANNEX = ("methods", "limits", "sources", "origin", "tables")  # its chapters


class Document:
    """The report of one language: what was asked for, its sections, and what follows from them."""

    def __init__(self, spec: Spec, entries: Sequence[Entry], lang: Lang) -> None:
        ours = [entry for entry in entries if entry.parameters.get("lang", lang) == lang]
        if not ours:
            raise HanyangError(f"none of the {len(entries)} runs of the report is in {lang}: run its blocks with lang: {lang}")
        self.lang, self.annex, self.template = lang, spec.annex, spec.template
        self.title, self.question, self.author = spec.title.to(lang), spec.question.to(lang), spec.author.to(lang)
        self.made_by = self.author or "hanyang-data"  # as a file names its author
        byline = [text.to(lang) for text in (spec.institution, spec.author, spec.date)]
        self.byline = ("　" if lang == "zh" else " · ").join(filter(None, byline))
        self.recommendations = None if spec.recommendations is None else spec.recommendations[lang]
        results = [results_of(entry) for entry in ours]
        # where there is no annex, what the brief cites is numbered first, and listed alone
        cited = {id_ for left in results for place in left.get("brief", []) for id_ in ids_of(left, *place)}
        alone = spec.annex == "none"
        sources = sources_of(results, lang, cited if alone else ())
        self.sections = [Section(entry, left, lang, sources) for entry, left in zip(ours, results, strict=True)]
        self.sources = [*sources.values()]
        self.listed = self.sources[: len(cited) if alone else None]
        self.tables = [item for item in self._numbered() if isinstance(item, Table)]  # those of the brief first
        digests = sorted({s.data for s in self.sections if s.data})
        named = ", ".join(digests)
        self.warnings = [self.say(text) for text in faults(ours)]
        self.warnings += [self.say(words.SAYS.several_states, n=len(digests), digests=named)] * (len(digests) > 1)
        # what the brief says of the texts behind its figures and tables; the annex, of runs and hashes
        newest = max((sources[id_].published_on for id_ in cited), default="")
        self.newest = self.say(words.SAYS.newest, newest=dated(newest)) if newest else ""
        self.state = self.say(words.SAYS.state, runs=len(ours), digests=named or words.SAYS.no_digest)
        self.chapters = [section for section in self.sections if section.question]  # of the brief
        # at most five, each with the mark of its chapter
        told = [(s.headline, mark_of(n)) for n, s in enumerate(self.chapters, start=1)]
        self.findings = [(text, mark) for text, mark in told if text][:5]
        pictures = (item for section in self.chapters for item in section.brief if isinstance(item, Picture))
        self.cover = next(pictures, None)  # the figure of the first page
        # a section of each study, which say how it computes; those of which something could not be computed
        self.methods = [*{s.method: s for s in reversed(self.sections) if s.method}.values()][::-1]
        self.limited = [s for s in self.sections if (s.missing or s.limits) and (s.question or s.results["sources"])]
        # a row a run: its figures and tables, its name, its parameters, the hash of its data
        self.origins = [[self._items(s) or "–", s.entry.run, s.parameters, s.data or "–"] for s in self.sections]
        # the files to be read: name, whether the brief is in it, whether the annex is; the annex alone, if it is
        brief, self.beside = f"report_{lang}", f"annex_{lang}" if spec.annex == "file" else ""
        self.volumes = [(brief, True, spec.annex == "same"), *[(self.beside, False, True)] * bool(self.beside)]

    def _numbered(self) -> Iterator[Item]:
        """All figures and tables: numbered through the brief, then, with an A, through the annex as it is read."""
        counts: dict[tuple[str, type], Iterator[int]] = defaultdict(lambda: count(1))
        for part, prefix in (("brief", ""), ("limits", "A"), ("annex", "A")):
            for section in self.sections:
                items = [replace(of, number=f"{prefix}{next(counts[prefix, type(of)])}") for of in getattr(section, part)]
                setattr(section, part, items)
                yield from items

    def note_of(self, table: Table, *, dashes: bool = True) -> str:
        """The note below a table: the study's, its signs (a dash where nothing is no empty cell), what it is of."""
        marks = {mark for column in table.columns for marks in column.marks for mark in marks}
        said = [self.say(text) for mark, text in {DAGGER: words.SAYS.dagger, STAR: words.SAYS.star}.items() if mark in marks]
        said = [*(table.notes.get(column.key, "") for column in table.columns), *said]
        said += [self.say(words.SAYS.dash)] * (dashes and any(cell in (None, "") for row in table.rows for cell in row))
        note = join([Text(text, text) for text in (table.note, *said, self._whole(table))]).to(self.lang)
        return self.say(words.SAYS.table_note, note=note) if note else ""

    def _whole(self, table: Table) -> str:
        """Of a cut table which one of the annex has it whole."""
        fewer = len(table.rows) < table.of
        if not table.of or (self.annex == "none" and not fewer):
            return ""
        whole = next(of for of in self.tables if (of.run, of.name) == (table.run, table.name) and not of.of)
        says = words.SAYS.rows_alone if self.annex == "none" else words.SAYS.rows_of if fewer else words.SAYS.columns_of
        return self.say(says, n=len(table.rows), total=table.of, whole=self.number_of(whole))

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

    def _items(self, section: Section) -> str:
        """Figures 1–2; Tables 3, A5: what has one label stands under it once, runs of numbers shortened."""
        english = self.lang == "en"
        found = []
        for _, same in groupby(sorted(section.items, key=lambda item: label(item).en), key=lambda item: self.say(label(item))):
            of = list(same)
            numbers, name = [item.number for item in of], self.say(label(of[0], len(of)))
            brief = runs([int(number) for number in numbers if number.isdigit()])
            annex = runs([int(number[1:]) for number in numbers if not number.isdigit()])
            numbers = [*brief, *(re.sub(r"(\d+)", r"A\1", run) if english else run for run in annex)]
            found.append(name + (" " if english else "") + (", " if english else "、").join(numbers))
        return ("; " if english else "；").join(found)

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


Writer = Callable[[Document, Path], list[Path]]
# format → module, and function without its write_
WRITERS = {"html": ("markup", "html"), "docx": ("word", "word"), "xlsx": ("excel", "excel"), "pptx": ("slides", "slides"),
           "latex": ("markup", "latex"), "csv": ("markup", "csv")}  # fmt: skip


def build(spec: Spec, entries: Sequence[Entry], folder: Path) -> tuple[list[Path], list[Text]]:
    """Write the report of each language in each format into ``folder``.

    Runs that failed or are out of date are said so on its first page; :func:`hanyang_data.report.faults` tells the caller,
    who exits with 1 for them. If anything goes wrong, an earlier report in ``folder`` stays as it was.

    The files, by language and format, and what had to be left out of them.
    """
    documents = [Document(spec, entries, lang) for lang in spec.languages]
    # a format's library is only loaded where it is asked for
    writers: list[Writer] = [
        getattr(import_module(f"{__package__}.{m}"), f"write_{n}") for m, n in (WRITERS[of] for of in spec.formats)
    ]
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".", dir=folder) as aside:
            work = Path(aside)
            files = [file for document in documents for writer in writers for file in writer(document, work)]
            texts = [file for file in files if file.suffix == ".docx"]
            left_out: list[Text] = import_module(f"{__package__}.word").fill_in(texts) if texts else []
            for product in sorted(work.iterdir()):
                put_in_place(product, folder / product.name)
    return [folder / file.relative_to(work) for file in files], left_out
