"""Finished runs become a document, what the brief shows, what the annex shows, each with its number; and the document files."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from importlib import import_module
from itertools import count
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hanyang_data.batch.folders import put_in_place
from hanyang_data.errors import HanyangError
from hanyang_data.files import writing
from hanyang_data.record.observations import default_dataset
from hanyang_data.report import words
from hanyang_data.report.content import SHORT, Document, Entry, Item, Picture, Section, Source, Table
from hanyang_data.report.layout import some_of
from hanyang_data.report.page_numbers import fill_in
from hanyang_data.report.runs import about, faults, file_of, results_of, sources_of, told, unreadable
from hanyang_data.report.spec import Spec
from hanyang_data.studies.parts import Part
from hanyang_data.studies.tables import SOURCE, YEAR, Column
from hanyang_data.words.wording import NOT_ON_RECORD, Lang, Text, dated, join, listed, runs

OMITTED = ("out_dir", "formats", "runs")  # say nothing about the results, or what the report says itself
MOST_ROWS, MOST_FIGURES, MOST_TABLES = 10, 2, 1  # of a section of the brief
MOST_PUBLISHERS = 4  # that a source line names
BRIEF, LIMITS, ANNEX = "brief", "limits", "annex"


def load(spec: Spec, entries: Sequence[Entry], lang: Lang) -> Document:
    """The document of one language."""
    ours = [entry for entry in entries if entry.parameters.get("lang", lang) == lang]
    if not ours:
        raise HanyangError(f"none of the {len(entries)} runs of the report is in {lang}: run its blocks with lang: {lang}")
    results = [results_of(entry) for entry in ours]
    sources = sources_of(results, lang)
    made = [_Run(entry, content, lang, sources) for entry, content in zip(ours, results, strict=True)]
    sections = _numbered([run.section() for run in made])
    digests = sorted({s.data for s in sections if s.data})
    warnings = [text.to(lang) for text in faults(ours)]
    if len(digests) > 1:
        warnings.append(words.SAYS.several_states.format(n=len(digests), digests=", ".join(digests)).to(lang))
    newest = max((s.published_on for s in sources.values()), default="")
    state = words.SAYS.state.format(runs=len(ours), digests=", ".join(digests) or words.SAYS.no_digest)
    byline = [text.to(lang) for text in (spec.institution, spec.author, spec.date)]
    return Document(
        lang=lang,
        title=spec.title.to(lang),
        question=spec.question.to(lang),
        byline=("　" if lang == "zh" else " · ").join(text for text in byline if text),
        author=spec.author.to(lang),
        newest=words.SAYS.newest.format(newest=dated(newest)).to(lang) if newest else "",
        state=state.to(lang),
        warnings=warnings,
        sections=sections,
        recommendations=None if spec.recommendations is None else spec.recommendations[lang],
        sources=[*sources.values()],
        annex=spec.annex,
        template=spec.template,
    )


def _numbered(sections: list[Section]) -> list[Section]:
    """Figures and tables with their numbers: through the brief, then, with an A, through the annex as it is read."""
    counts: dict[tuple[str, type], Iterator[int]] = defaultdict(lambda: count(1))
    for part, prefix in ((BRIEF, ""), (LIMITS, "A"), (ANNEX, "A")):
        for place, section in enumerate(sections):
            items: Any = [replace(of, number=f"{prefix}{next(counts[prefix, type(of)])}") for of in getattr(section, part)]
            sections[place] = replace(section, **{part: items})
    return sections


class _Run:
    """One run on its way into the document."""

    def __init__(self, entry: Entry, content: Mapping[str, Any], lang: Lang, sources: Mapping[str, Source]) -> None:
        self.entry, self.content, self.lang, self.sources = entry, content, lang, sources
        self.fills = _fills(content.get("scope") or entry.parameters, content.get("names", {}))
        drawn = replace(entry, folder=entry.slides, slides=None)
        self.slides = _Run(drawn, results_of(drawn), lang, sources) if entry.slides else None

    def section(self) -> Section:
        try:
            return self._section()
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise unreadable(self.entry, error) from None

    def _section(self) -> Section:
        entry, content, (called, parts) = self.entry, self.content, told(self.entry.notebook)
        record = content.get("record", {})
        told_in_full: list[str] = content["answer"][self.lang] if content else []
        finding = next(iter(told_in_full), "")
        items = dict(self._items())
        for place, item in items.items():  # the finding stands above its figure, which need not say it again
            if isinstance(item, Picture) and finding.startswith(item.title) and place in parts:
                shows = words.SAYS.shows.format(label=parts[place].label, section=called.section.format(**self.fills))
                items[place] = replace(item, title=shows.to(self.lang))
        brief = self._brief(items, parts) if called.question.en else []
        whole = [item for item in brief if item in items.values()]
        rest = [(place, item) for place, item in items.items() if item not in whole]
        limits = [item for (kind, name), item in rest if (kind, name) in parts and parts[kind, name].limits]
        return Section(
            entry=entry,
            title=self.say(called.section),
            question=self.say(called.question),
            finding=finding,
            answer=told_in_full[1:],
            brief=brief,
            annex=[item for _, item in rest if item not in limits],
            limits=limits,  # type: ignore[arg-type]
            missing=self._missing(),
            method=self.say(called.method),
            warning="".join(text.to(self.lang) for text in faults([entry])),
            parameters=_parameters(record.get("parameters") or entry.parameters),
            data=str(content.get("data_sha256", ""))[:SHORT],
            code=str(record.get("code_sha256", ""))[:SHORT],
        )

    def say(self, text: Text) -> str:
        return text.format(**self.fills).to(self.lang) if text.en else ""

    def _items(self) -> Iterator[tuple[tuple[str, str], Item]]:
        """Figures and tables that hold something, as the notebook shows them."""
        for place in self.content.get("order", []):
            kind, name = place["kind"], place["name"]
            if kind == "table" and self.content["tables"][name]["rows"]:
                yield (kind, name), self._table(name)
            elif kind == "figure" and name in self.content["figures"]:
                yield (kind, name), self._picture(name)

    def _brief(self, items: Mapping[tuple[str, str], Item], parts: Mapping[tuple[str, str], Part]) -> list[Item]:
        """What the brief shows: what the report file names, else what the study declares; else the first of each."""
        chosen = []
        for kind, most in (("figure", MOST_FIGURES), ("table", MOST_TABLES)):
            there = [name for k, name in items if k == kind]
            named = self.entry.shown.get(f"{kind}s")
            declared = [name for (k, name), part in parts.items() if k == kind and part.key and name in there][:most]
            chosen += [(kind, name) for name in ((declared if parts else there[:1]) if named is None else named) if name in there]
        return [_cut(items[place], parts[place].columns if place in parts else ()) for place in chosen]

    def _missing(self) -> list[str]:
        """Figures that the data did not allow, and tables that hold nothing."""
        tables = self.content.get("tables", {})
        empty = [name for name, table in tables.items() if not table["rows"]]
        drawn = [Text(**reason) for reason in self.content.get("not_drawn", {}).values()]
        bare = [words.SAYS.empty.format(title=about(self.entry.notebook, n).title.format(**self.fills)) for n in empty]
        return [text.to(self.lang) for text in (*drawn, *bare)]

    def _picture(self, name: str) -> Picture:
        figure = self.content["figures"][name]
        low, high = figure.get("plot") or (0.0, 1.0)
        files = {Path(file).suffix[1:]: file_of(self.entry, file) for file in figure["files"]}
        texts = {key: figure[key] for key in ("title", "subtitle", "note", "source", "alt")}
        slide = self.slides._picture(name) if self.slides and name in self.slides.content["figures"] else None
        return Picture(number="", name=name, **texts, files=files, plot=(low, high), run=self.entry.run, slide=slide)

    def _table(self, name: str) -> Table:
        table, says = self.content["tables"][name], about(self.entry.notebook, name)
        columns = [Column(**column) for column in table["columns"]]
        rows = [[row[column.head] for column in columns] for row in table["rows"]]
        shown = [[self._text(c, n, cell) for c, cell in zip(columns, row, strict=True)] for n, row in enumerate(rows)]
        dashed = any(NOT_ON_RECORD in row for row in shown)
        note = says.note.format(**self.fills)
        return Table(
            number="",
            name=name,
            title=self.say(says.title),
            unit=says.unit.to(self.lang),
            note=_note([note]).to(self.lang),
            printed_note=_note([note, words.SAYS.dash] if dashed else [note]).to(self.lang),
            source=self._source(table["sources"]),
            columns=columns,
            rows=rows,
            shown=shown,
            csv=file_of(self.entry, table["file"]),
            run=self.entry.run,
        )

    def _text(self, column: Column, row: int, cell: Any) -> str:
        """A cell as it is printed; source ids as numbers in the list of sources."""
        ids = column.beside[row] if column.role == SOURCE else []
        return _references(ids, self.sources).to(self.lang) if ids else column.text(cell)

    def _source(self, cited: Sequence[str]) -> str:
        """Who published what a table stands on, and where it stands in the list of sources."""
        ids = cited or [row["source_id"] for row in self.content["sources"]]
        if not ids:
            return words.SAYS.no_texts.to(self.lang)
        every = dict.fromkeys(self.sources[id_].publisher for id_ in ids)
        names = [name for name in every if not any(name != other and name.startswith(other) for other in every)]
        some = listed([Text(name, name) for name in names[:MOST_PUBLISHERS]])
        publishers = words.SAYS.and_others.format(names=some) if len(names) > MOST_PUBLISHERS else some
        if not cited:
            return words.SAYS.computed.format(publishers=publishers).to(self.lang)
        return words.SAYS.cited.format(publishers=publishers, numbers=_references(ids, self.sources)).to(self.lang)


def _cut(item: Item, keys: Sequence[str]) -> Item:
    """A table as the brief shows it: the columns that matter, and at most ten rows, of years the latest."""
    if isinstance(item, Picture):
        return item
    places = [n for n, c in enumerate(item.columns) if not keys or c.key in keys]
    places = [n for n in places if any(row[n] not in (None, "", NOT_ON_RECORD) for row in item.rows)]
    years = item.columns[0].role == YEAR
    kept = list(range(len(item.rows)))[-MOST_ROWS:] if years else list(range(len(item.rows)))[:MOST_ROWS]
    if len(places) == len(item.columns) and len(kept) == len(item.rows):
        return item
    return replace(some_of(item, places, kept), of=len(item.rows))


def _fills(scope: Mapping[str, Any], names: Mapping[str, Mapping[str, str]]) -> dict[str, object]:
    """What the titles are filled in with; of a run that left no names those of the package, or the ids."""
    fills: dict[str, object] = {"start": scope.get("start_year", ""), "end": scope.get("end_year", "")}
    for key in ("region", "comparator", "indicator"):
        fills[key] = Text(**names[key]) if key in names else _name(key, str(scope.get(key, "")))
    return fills


def _name(kind: str, id_: str) -> Text:
    data = default_dataset()
    known = data.indicators if kind == "indicator" else data.regions
    return Text(known.at[id_, "name_en"], known.at[id_, "name_zh"]) if id_ in known.index else Text(id_, id_)


def _note(sentences: Sequence[Text]) -> Text:
    joined = join(sentences)
    return words.SAYS.table_note.format(note=joined) if joined.en else joined


def _references(ids: Sequence[str], sources: Mapping[str, Source]) -> Text:
    """Numbers of the list of sources, runs shortened: [1, 3–5]."""
    numbers = runs([sources[id_].number for id_ in ids])
    return Text(f"[{', '.join(numbers)}]", f"[{'、'.join(numbers)}]")


def _parameters(given: Mapping[str, Any]) -> str:
    """The parameters that say what was asked, as a params file has them; what is empty is left out."""
    stated = {key: value for key, value in given.items() if key not in OMITTED and value not in ("", [])}
    return "; ".join(f"{k}: {', '.join(map(str, v)) if isinstance(v, list) else v}" for k, v in stated.items())


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
    documents = [load(spec, entries, lang) for lang in spec.languages]
    # a format's library is only loaded where it is asked for
    writers: list[Writer] = [
        getattr(import_module(f"{__package__}.{m}"), f"write_{n}") for m, n in (WRITERS[of] for of in spec.formats)
    ]
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".", dir=folder) as aside:
            work = Path(aside)
            files = [file for document in documents for writer in writers for file in writer(document, work)]
            left_out = fill_in([file for file in files if file.suffix == ".docx"])
            for product in sorted(work.iterdir()):
                put_in_place(product, folder / product.name)
    return [folder / file.relative_to(work) for file in files], left_out
