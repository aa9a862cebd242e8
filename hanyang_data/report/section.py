"""One finished run as a section: what it left, results.json and what lies beside it, as text, figures and tables of a report."""

import json
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from hanyang_data.batch.reasons import in_both
from hanyang_data.errors import HanyangError
from hanyang_data.record.catalogue import indicator_name, names_of, region_name
from hanyang_data.record.observations import default_dataset
from hanyang_data.report import words
from hanyang_data.report.content import DONE, FAILED, MISSING, STALE, Entry, Item, Picture, Source, Table, in_annex_alone
from hanyang_data.report.layout import some_of
from hanyang_data.studies.captions import as_known
from hanyang_data.studies.registry import STUDIES, Part, Words, declared
from hanyang_data.studies.tables import SOURCE, YEAR, Column
from hanyang_data.words.wording import NO_WORDS, Lang, Text, listed, runs, within

OMITTED = ("out_dir", "formats", "runs")  # say nothing about the results, or what the report says itself
MOST_ROWS, MOST_FIGURES, MOST_TABLES = 10, 2, 1  # of a section of the brief
MOST_PUBLISHERS = 4  # that a source line names
SHORT = 12  # characters of a hash that a reader can compare
RESULTS, RECORD = "results.json", "run.json"
PARTS = ("answer", "figures", "not_drawn", "tables", "order", "data_sha256", "scope", "sources", "says_finding")
Place = tuple[str, str]  # figure or table, and its name


class Section:
    """One run: its heading and question, its finding and the rest of its answer; what the brief and what the annex shows."""

    def __init__(self, entry: Entry, results: Mapping[str, Any], lang: Lang, sources: Mapping[str, Source]) -> None:
        self.entry, self.results, self.lang, self.sources = entry, results, lang, sources
        try:
            self._read()
        except (KeyError, TypeError, AttributeError, ValueError) as error:
            raise unreadable(entry, error) from None

    def _read(self) -> None:
        entry, results, (called, parts) = self.entry, self.results, told(self.entry.notebook)
        asked = results.get("scope") or entry.parameters
        self.fills, self.day = _fills(asked, results), str(asked.get("as_of", ""))
        self.title, self.method = self.say(as_known(called.section, self.day)), self.say(called.method)
        self.question = "" if in_annex_alone(entry.shown) else self.say(called.question)
        answer: list[str] = results["answer"][self.lang] if results else []
        self.finding, self.answer = next(iter(answer), ""), answer[1:]
        self.warning = "".join(text.to(self.lang) for text in faults([entry]))
        items: dict[Place, Item] = {place: self._item(*place) for place in held(results)}
        for name in results.get("says_finding", []):  # the finding stands above such a figure, which need not say it again
            if (place := ("figure", name)) in items and place in parts:
                shows = words.SAYS.shows.format(label=parts[place].label, section=called.section.format(**self.fills))
                items[place] = replace(items[place], title=as_known(shows, self.day).to(self.lang))
        shown = results.get("brief", [])
        self.cited = [id_ for place in shown for id_ in ids_of(results, *place)]  # the texts behind what the brief shows
        self.brief: list[Item] = [_cut(items[place], parts[place].columns if place in parts else ()) for place in shown]
        rest = [(place, item) for place, item in items.items() if item not in self.brief]
        # what could not be computed: as tables, and as sentences on figures that the data did not allow and tables without a row
        self.limits: list[Item] = [item for place, item in rest if place in parts and parts[place].limits]
        empty = [name for name, table in results.get("tables", {}).items() if not table["rows"]]
        missing = [Text(**reason) for reason in results.get("not_drawn", {}).values()]
        missing += [words.SAYS.empty.format(title=self.say(about(entry.notebook, n).title)) for n in empty]
        undrawn = [figure["title"] for figure in results.get("figures", {}).values() if _nothing_in(figure, results)]
        missing += [words.SAYS.sentence.format(text=title) for title in undrawn]
        self.missing = [*dict.fromkeys(text.to(self.lang) for text in missing)]
        self.annex: list[Item] = [item for _, item in rest if item not in self.limits]
        record = results.get("record", {})
        # what was asked, as a params file has it; what is empty is left out
        asked = {
            k: v for k, v in (record.get("parameters") or entry.parameters).items() if k not in OMITTED and v not in ("", [])
        }
        values = {key: ", ".join(map(str, value)) if isinstance(value, list) else value for key, value in asked.items()}
        self.parameters = "; ".join(f"{key}: {value}" for key, value in values.items())
        # the hashes of data and code, shortened
        self.data, self.code = str(results.get("data_sha256", ""))[:SHORT], str(record.get("code_sha256", ""))[:SHORT]

    @property
    def headline(self) -> str:
        """What is read first: the finding, or why there is none."""
        return self.finding or self.warning

    @property
    def items(self) -> list[Item]:
        """All that carries a number, the brief first."""
        return [*self.brief, *self.annex, *self.limits]

    def say(self, text: Text) -> str:
        """A text of the study, filled in; a name with which it begins has a capital."""
        told = text.format(**self.fills).to(self.lang) if text.en else ""
        return told[:1].upper() + told[1:] if text.en.startswith("{") else told

    def _item(self, kind: str, name: str) -> Item:
        if kind == "table":
            return self._table(name)
        picture = _drawn(self.entry, self.results, name)
        if self.entry.slides:
            drawn = replace(self.entry, folder=self.entry.slides)
            results = results_of(drawn)
            return replace(picture, slide=_drawn(drawn, results, name) if name in results["figures"] else None)
        return picture

    def _table(self, name: str) -> Table:
        table, says = self.results["tables"][name], about(self.entry.notebook, name)
        columns = [Column(**column) for column in table["columns"]]
        rows = [[row[column.head] for column in columns] for row in table["rows"]]
        shown = [[c.text(cell) for c, cell in zip(columns, row, strict=True)] for row in rows]
        for place, column in enumerate(columns):  # source ids as numbers in the list of sources
            for row, ids in enumerate(column.beside if column.role == SOURCE else []):
                shown[row][place] = _references(ids, self.sources).to(self.lang) if ids else shown[row][place]
        whole = Table(
            number="", name=name, title=self.say(as_known(says.title, self.day)), unit=says.unit.to(self.lang),
            note=self.say(says.note), notes={key: self.say(text) for key, text in says.notes.items()}, source=self._source(name),
            columns=columns, rows=rows, shown=shown,
            csv=file_of(self.entry, table["file"]), run=self.entry.run,
        )  # fmt: skip
        return some_of(whole, [n for n in range(len(columns)) if not n or any(row[n] not in (None, "") for row in rows)])

    def _source(self, name: str) -> str:
        """Who published what a table stands on, and where it stands in the list of sources."""
        ids = ids_of(self.results, "table", name)
        if not ids:
            return (words.SAYS.computed if self.results["sources"] else words.SAYS.no_texts).to(self.lang)
        # who published most of it first
        every = [name for name, _ in Counter(self.sources[id_].publisher for id_ in ids).most_common()]
        names = [name for name in every if not any(name != other and name.startswith(other) for other in every)]
        some = listed([Text(name, name) for name in names[:MOST_PUBLISHERS]])
        publishers = words.SAYS.and_others.format(names=some) if len(names) > MOST_PUBLISHERS else some
        return words.SAYS.cited.format(publishers=publishers, numbers=_references(ids, self.sources)).to(self.lang)


def held(results: Mapping[str, Any]) -> list[Place]:
    """The figures and tables of a run that hold something, as the notebook shows them."""
    return [
        (kind, name)
        for kind, name in ((place["kind"], place["name"]) for place in results.get("order", []))
        if (results["tables"][name]["rows"] if kind == "table" else not _nothing_in(results["figures"].get(name, {}), results))
    ]


def in_brief(entry: Entry, results: Mapping[str, Any]) -> list[Place]:
    """What the brief shows: what the report file names, else what the study declares; else the first of each."""
    parts, chosen = told(entry.notebook)[1], list[Place]()
    for kind, most in (("figure", MOST_FIGURES), ("table", MOST_TABLES)):
        there = [name for k, name in held(results) if k == kind]
        declared = [name for (k, name), part in parts.items() if k == kind and part.key and name in there][:most]
        named = entry.shown.get(f"{kind}s", declared if parts else there[:1])
        chosen += [(kind, name) for name in named if name in there]
    return chosen


def ids_of(results: Mapping[str, Any], kind: str, name: str) -> Sequence[str]:
    """The texts of a figure or a table; one that names none of its rows stands on what the figure of the same name does."""
    found: Sequence[str] = results[f"{kind}s"][name]["sources"] or results["figures"].get(name, {}).get("sources", [])
    return found


def _nothing_in(figure: Mapping[str, Any], results: Mapping[str, Any]) -> bool:
    """Whether a figure shows no printed figure of a run that stands on some: then its title says all that it does."""
    return not figure.get("sources") and bool(results["sources"] or not figure)


def _drawn(entry: Entry, results: Mapping[str, Any], name: str) -> Picture:
    figure = results["figures"][name]
    low, high = figure.get("plot") or (0.0, 1.0)
    files = {Path(file).suffix[1:]: file_of(entry, file) for file in figure["files"]}
    texts = {key: figure[key] for key in ("title", "subtitle", "note", "source", "alt")}
    return Picture(number="", name=name, **texts, files=files, plot=(low, high), run=entry.run)


def _cut(item: Item, keys: Sequence[str]) -> Item:
    """A table as the brief shows it: the columns that matter, and at most ten rows, of years the latest."""
    if isinstance(item, Picture):
        return item
    places = [n for n, c in enumerate(item.columns) if not keys or c.key in keys]
    years = item.columns[0].role == YEAR
    kept = list(range(len(item.rows)))[-MOST_ROWS:] if years else list(range(len(item.rows)))[:MOST_ROWS]
    if len(places) == len(item.columns) and len(kept) == len(item.rows):
        return item
    return replace(some_of(item, places, kept), of=len(item.rows), lines=tuple(kept))


def _fills(scope: Mapping[str, Any], results: Mapping[str, Any]) -> dict[str, object]:
    """What the titles are filled in with; of a run that left no names those of the package, or the ids."""
    names, fills = results.get("names", {}), dict[str, object](start=scope.get("start_year", ""), end=scope.get("end_year", ""))
    for key, called in (("region", region_name), ("comparator", region_name), ("indicator", indicator_name)):
        id_ = str(scope.get(key, ""))
        known = id_ in names_of(default_dataset())[key if key == "indicator" else "region"].ids
        name = Text(**names[key]) if key in names else called(id_) if known else Text(id_, id_)
        fills[key] = within(name) if key == "indicator" else name
    fills["year"] = results.get("numbers", {}).get("year", "")
    return fills | {key: Text(**names[key]) if key in names else NO_WORDS for key in ("basis_growth", "basis_level")}


def _references(ids: Sequence[str], sources: Mapping[str, Source]) -> Text:
    """Numbers of the list of sources, runs shortened: [1, 3–5]."""
    numbers = runs([sources[id_].number for id_ in ids])
    return Text(f"[{', '.join(numbers)}]", f"[{'、'.join(numbers)}]")


def faults(entries: Sequence[Entry]) -> list[Text]:
    """What a report on these runs must say on its first page; empty if all of them are done and in date."""
    sentences = {FAILED: words.SAYS.failed, STALE: words.SAYS.stale, MISSING: words.SAYS.missing}
    found = []
    for entry in entries:
        if entry.status != DONE:
            sentence = words.SAYS.failed_before if entry.status == FAILED and entry.folder else sentences[entry.status]
            reason = in_both(entry.reason) if entry.reason else words.SAYS.no_reason
            found.append(sentence.format(run=entry.run, reason=reason))
    return found


def results_of(entry: Entry) -> dict[str, Any]:
    """results.json of a run, what run.json adds (``record``), and what the brief shows of it; empty where nothing was left."""
    if entry.folder is None:
        return {}
    try:
        content = json.loads((entry.folder / RESULTS).read_text(encoding="utf-8"))
        record = json.loads((entry.folder / RECORD).read_text(encoding="utf-8"))
        needed = [content[key] for key in PARTS]
        if not isinstance(record, dict) or any(part is None for part in needed):
            raise TypeError("a part is null")
        return {**content, "record": record, "brief": in_brief(entry, content)}
    except FileNotFoundError as error:
        raise HanyangError(f"run {entry.run} has no {Path(error.filename).name} in {entry.folder}: run it again") from None
    except (OSError, ValueError, KeyError, TypeError, AttributeError) as error:
        raise unreadable(entry, error) from None


def unreadable(entry: Entry, error: Exception) -> HanyangError:
    """The sentence for results that are none."""
    what = f"{type(error).__name__}: {error}"
    return HanyangError(f"{entry.folder}/{RESULTS} is not what a run leaves ({what}): run it again")


def file_of(entry: Entry, name: str) -> Path:
    """A file that a run left."""
    assert entry.folder is not None
    if not (entry.folder / name).is_file():
        raise HanyangError(f"run {entry.run} has no {name} in {entry.folder}: run it again")
    return entry.folder / name


def sources_of(results: Sequence[Mapping[str, Any]], lang: Lang, first: Container[str] = ()) -> dict[str, Source]:
    """Every text that a run cites, by id, numbered in the order of publication, some before all others."""
    found = {row["source_id"]: row for content in results for row in content.get("sources", [])}
    ordered = sorted(found.values(), key=lambda row: (row["source_id"] not in first, row["published_on"], row["source_id"]))
    return {
        row["source_id"]: Source(
            number, row["source_id"], (row.get("publisher_zh") if lang == "zh" else "") or row["publisher"],
            row[f"title_{lang}"], row["published_on"], row["url"],
        )
        for number, row in enumerate(ordered, start=1)
    }  # fmt: skip


def told(notebook: str) -> tuple[Words, Mapping[tuple[str, str], Part]]:
    """What a study is called, and what it declares; a notebook of the user's own is called by its name, its question too."""
    if notebook in STUDIES:
        return declared(notebook).words, declared(notebook).parts
    plain = notebook.replace("_", " ")
    heading = Text(plain[:1].upper() + plain[1:] + ", {start}–{end}", plain + "，{start}—{end}年")
    return Words(heading, heading, heading, NO_WORDS), {}


def about(notebook: str, table: str) -> Part:
    """The words of one table; {region}, {comparator}, {indicator}, {start} and {end} are filled in from the run."""
    plain = table.replace("_", " ")
    name = Text(plain[:1].upper() + plain[1:], plain)  # of one that no study declares
    return told(notebook)[1].get(("table", table)) or Part(name, name)
