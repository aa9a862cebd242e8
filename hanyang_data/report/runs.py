"""Finished runs as files, results.json, run.json and what lies beside them, and what the studies call what is in them."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from hanyang_data.batch.reasons import in_both
from hanyang_data.errors import HanyangError
from hanyang_data.report import words
from hanyang_data.report.content import DONE, FAILED, STALE, Entry, Source
from hanyang_data.studies.parts import Part, Words
from hanyang_data.studies.registry import STUDIES, declared
from hanyang_data.words.wording import NO_WORDS, Lang, Text

RESULTS, RECORD = "results.json", "run.json"
PARTS = ("answer", "figures", "not_drawn", "tables", "order", "data_sha256", "scope", "sources")


def faults(entries: Sequence[Entry]) -> list[Text]:
    """What a report on these runs must say on its first page; empty if all of them are done and in date."""
    sentences = {FAILED: words.SAYS.failed, STALE: words.SAYS.stale}
    found = []
    for entry in entries:
        if entry.status != DONE:
            sentence = words.SAYS.failed_before if entry.status == FAILED and entry.folder else sentences[entry.status]
            reason = in_both(entry.reason) if entry.reason else words.SAYS.no_reason
            found.append(sentence.format(run=entry.run, reason=reason))
    return found


def results_of(entry: Entry) -> dict[str, Any]:
    """results.json of a run with what run.json adds under ``record``; empty for a run that left nothing."""
    if entry.folder is None:
        return {}
    try:
        content = json.loads((entry.folder / RESULTS).read_text(encoding="utf-8"))
        record = json.loads((entry.folder / RECORD).read_text(encoding="utf-8"))
        needed = [content[key] for key in PARTS]
        if not isinstance(record, dict) or any(part is None for part in needed):
            raise TypeError("a part is null")
    except FileNotFoundError as error:
        raise HanyangError(f"run {entry.run} has no {Path(error.filename).name} in {entry.folder}: run it again") from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise unreadable(entry, error) from None
    return {**content, "record": record}


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


def sources_of(results: Sequence[Mapping[str, Any]], lang: Lang) -> dict[str, Source]:
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
