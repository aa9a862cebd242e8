"""Read finished runs into a document: from results.json, run.json and the files beside them, and from nothing else."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from hanyang_data.errors import HanyangError
from hanyang_data.record.observations import default_dataset
from hanyang_data.report import words
from hanyang_data.report.columns import columns_of
from hanyang_data.report.content import (
    DONE,
    FAILED,
    SHORT,
    STALE,
    Document,
    Entry,
    Item,
    NotDrawn,
    Picture,
    Section,
    Source,
    Table,
)  # fmt: skip
from hanyang_data.report.reasons import in_both
from hanyang_data.report.spec import Spec
from hanyang_data.report.titles import about, section
from hanyang_data.words.wording import NOT_ON_RECORD, Lang, Text, join, year_list

RESULTS, RECORD = "results.json", "run.json"
OMITTED = ("out_dir", "formats")  # say nothing about the results
BETWEEN_IDS = re.compile(r", |; |、|；")
WHOLE = (0.0, 1.0)


def faults(entries: Sequence[Entry]) -> list[Text]:
    """What a report on these runs must say on its first page; empty if all of them are done and in date."""
    sentences = {FAILED: words.SAYS.failed, STALE: words.SAYS.stale}
    found = []
    for entry in entries:
        if entry.status != DONE:
            sentence = words.SAYS.failed_before if entry.status == FAILED and entry.folder else sentences[entry.status]
            reason = in_both(" ".join(entry.reason.split())) if entry.reason else words.SAYS.no_reason
            found.append(sentence.format(run=entry.run, reason=reason))
    return found


def load(spec: Spec, entries: Sequence[Entry], lang: Lang) -> Document:
    """The document of one language.

    Raises:
        HanyangError: if there is no run in that language, a run folder is gone, or its results cannot be read.
    """
    ours = [entry for entry in entries if entry.parameters.get("lang", lang) == lang]
    if not ours:
        raise HanyangError(
            f"none of the {len(entries)} runs of the report is in {lang}: run its blocks with lang: {lang}"
        )
    results = [_results(entry) for entry in ours]
    sources = _sources(results, lang)
    numbers = {"figure": iter(range(1, 10_000)), "table": iter(range(1, 10_000))}
    sections = [_section(e, r, lang, sources, numbers) for e, r in zip(ours, results, strict=True)]
    digests = sorted({s.data for s in sections if s.data})
    warnings = [text.to(lang) for text in faults(ours)]
    if len(digests) > 1:
        warnings.append(words.SAYS.several_states.format(n=len(digests), digests=", ".join(digests)).to(lang))
    newest = max((s.published_on for s in sources.values()), default="")
    state = (words.SAYS.state if newest else words.SAYS.state_without_texts).format(
        runs=len(ours), newest=newest, digests=", ".join(digests) or words.SAYS.no_digest
    )
    return Document(
        lang, spec.title.to(lang), spec.author.to(lang), state.to(lang), newest, warnings, sections, [*sources.values()]
    )


def _results(entry: Entry) -> dict[str, Any]:
    """results.json of a run with what run.json adds under ``record``; empty for a run that left nothing."""
    if entry.folder is None:
        return {}
    try:
        content = json.loads((entry.folder / RESULTS).read_text(encoding="utf-8"))
        record = json.loads((entry.folder / RECORD).read_text(encoding="utf-8"))
        needed = [content[key] for key in ("answer", "figures", "not_drawn", "tables", "data_sha256", "sources")]
        if not (isinstance(record, dict) and all(needed[i] is not None for i in range(len(needed)))):
            raise TypeError("a part is null")
    except FileNotFoundError as error:
        raise HanyangError(
            f"run {entry.run} has no {Path(error.filename).name} in {entry.folder}: run it again"
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        what = f"{type(error).__name__}: {error}"
        raise HanyangError(f"{entry.folder / RESULTS} is not what a run leaves ({what}): run it again") from None
    return {**content, "record": record}


def _sources(results: Sequence[Mapping[str, Any]], lang: Lang) -> dict[str, Source]:
    """Every text that a run cites, by id, numbered in the order of publication."""
    found = {row["source_id"]: row for content in results for row in content.get("sources", [])}
    ordered = sorted(found.values(), key=lambda row: (row["published_on"], row["source_id"]))
    return {
        row["source_id"]: Source(
            number,
            row["source_id"],
            (row.get("publisher_zh") if lang == "zh" else "") or row["publisher"],
            row[f"title_{lang}"],
            row["published_on"],
            row["url"],
        )
        for number, row in enumerate(ordered, start=1)
    }


def _section(
    entry: Entry,
    content: Mapping[str, Any],
    lang: Lang,
    sources: Mapping[str, Source],
    numbers: Mapping[str, Iterator[int]],
) -> Section:
    scope = content.get("scope") or entry.parameters
    fills = _fills(scope, content.get("names", {}))
    warning = "".join(text.to(lang) for text in faults([entry]))
    record = content.get("record", {})
    hashes = [str(content.get("data_sha256", ""))[:SHORT], str(record.get("code_sha256", ""))[:SHORT]]
    parameters = _parameters(record.get("parameters") or entry.parameters)
    title = section(entry.notebook).format(**fills).to(lang)
    if not content:
        return Section(entry, title, "", [], [], warning, "", parameters, *hashes)
    try:
        finding, *answer = str(content["answer"][lang]).split("\n\n")
        items = [_item(entry, content, place, lang, fills, sources, numbers) for place in _order(content)]
    except (KeyError, TypeError, AttributeError) as error:
        what = f"{type(error).__name__}: {error}"
        raise HanyangError(f"{entry.folder}/{RESULTS} is not what a run leaves ({what}): run it again") from None
    cited = [row["source_id"] for row in content["sources"]]
    texts = _references(cited, sources).to(lang) if cited else ""
    answer = [paragraph for paragraph in answer if paragraph.strip()]
    return Section(entry, title, finding, answer, items, warning, texts, parameters, *hashes)


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


def _order(content: Mapping[str, Any]) -> list[tuple[str, str]]:
    """Figures and tables as the notebook shows them; of an older run the figures first."""
    if "order" in content:
        return [(place["kind"], place["name"]) for place in content["order"]]
    figures = [*content["figures"], *content["not_drawn"]]
    return [("figure", name) for name in figures] + [("table", name) for name in content["tables"]]


def _item(
    entry: Entry,
    content: Mapping[str, Any],
    place: tuple[str, str],
    lang: Lang,
    fills: Mapping[str, object],
    sources: Mapping[str, Source],
    numbers: Mapping[str, Iterator[int]],
) -> Item:
    kind, name = place
    assert entry.folder is not None
    if kind == "table":
        return _table(entry, content, name, next(numbers[kind]), lang, fills, sources)
    if name in content["not_drawn"]:
        reason = Text(**content["not_drawn"][name])
        return NotDrawn(reason.to(lang))
    figure = content["figures"][name]
    files = {Path(file).suffix[1:]: _there(entry, file) for file in figure["files"]}
    low, high = figure.get("plot") or WHOLE
    return Picture(
        number=next(numbers[kind]),
        name=name,
        title=figure["title"],
        subtitle=figure["subtitle"],
        note=figure["note"],
        source=figure["source"],
        alt=figure["alt"],
        files=files,
        plot=(low, high),
        run=entry.run,
    )


def _table(
    entry: Entry,
    content: Mapping[str, Any],
    name: str,
    number: int,
    lang: Lang,
    fills: Mapping[str, object],
    sources: Mapping[str, Source],
) -> Table:
    table, told = content["tables"][name], about(entry.notebook, name)
    columns = columns_of(table["rows"])
    rows = [[row.get(column.head) for column in columns] for row in table["rows"]]
    texts = [[c.text(cell) for c, cell in zip(columns, row, strict=True)] for row in rows]
    shown = [[_referred(text, sources, lang) for text in row] for row in texts]
    dashed = any(NOT_ON_RECORD in row for row in texts)
    note = told.note.format(**fills)
    return Table(
        number=number,
        name=name,
        title=told.title.format(**fills).to(lang),
        unit=told.unit.to(lang),
        note=_note([note]).to(lang),
        printed_note=_note([note, words.SAYS.dash] if dashed else [note]).to(lang),
        source=_source_line(table.get("sources", []), content, sources).to(lang),
        columns=columns,
        rows=rows,
        shown=shown,
        csv=_there(entry, table["file"]),
        run=entry.run,
    )


def _note(sentences: Sequence[Text]) -> Text:
    joined = join(sentences)
    return words.SAYS.table_note.format(note=joined) if joined.en else joined


def _source_line(cited: Sequence[str], content: Mapping[str, Any], sources: Mapping[str, Source]) -> Text:
    if cited:
        return words.SAYS.cited.format(numbers=_references(cited, sources))
    whole = [row["source_id"] for row in content["sources"]]
    return words.SAYS.of_the_run.format(n=len(whole)) if whole else words.SAYS.no_texts


def _references(ids: Sequence[str], sources: Mapping[str, Source]) -> Text:
    """Numbers of the list of sources, runs shortened: [1, 3–5]."""
    listed = year_list([sources[id_].number for id_ in ids])
    return Text(f"[{listed.en}]", f"[{listed.zh.removesuffix('年')}]")


def _referred(text: str, sources: Mapping[str, Source], lang: Lang) -> str:
    """A cell that holds source ids and nothing else, with their numbers in the list of sources instead."""
    ids = BETWEEN_IDS.split(text)
    return _references(ids, sources).to(lang) if all(id_ in sources for id_ in ids) else text


def _there(entry: Entry, file: str) -> Path:
    assert entry.folder is not None
    path = entry.folder / file
    if not path.is_file():
        raise HanyangError(f"run {entry.run} has no {file} in {entry.folder}: run it again")
    return path


def _parameters(given: Mapping[str, Any]) -> str:
    """The parameters that say what was asked, as a params file has them; what is empty is left out."""
    told = {key: value for key, value in given.items() if key not in OMITTED and value not in ("", [])}
    return "; ".join(f"{k}: {', '.join(map(str, v)) if isinstance(v, list) else v}" for k, v in told.items())
