"""A report read: candidate rows of the contract beside the sentence they stand in, and what gave none."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from hanyang_data.reader.candidates import Candidate, of_cell, of_prose
from hanyang_data.reader.contexts import Course
from hanyang_data.reader.documents import OWN, Document, documents
from hanyang_data.reader.lexicon import mentions
from hanyang_data.reader.numbers import quantities
from hanyang_data.reader.passages import Passage, passages, sentences
from hanyang_data.reader.phrases import ratios, worded
from hanyang_data.reader.prose import figures
from hanyang_data.reader.record import Dataset, default_dataset, region_or_new
from hanyang_data.reader.tables import cells, table_lines
from hanyang_data.reader.texts import Text, read_text


@dataclass
class Reading:
    """All that was read in a text; ``uncovered`` are sentences with a number and an indicator's word that gave no candidate."""

    text: Text
    documents: list[Document]
    candidates: list[Candidate]
    uncovered: list[tuple[str, str, str]] = field(default_factory=list)  # source, locator, sentence


class Extractor(Protocol):
    """The seam: anything that turns a text and one of its documents into candidates may stand in for the grammar."""

    def __call__(
        self, text: Text, document: Document, dataset: Dataset
    ) -> tuple[list[Candidate], list[tuple[str, str, str]]]:
        """Candidates, and what gave none."""


def read_report(
    file: str | Path | Text,
    *,
    region: str = "",
    source_id: str = "",
    dataset: Dataset | None = None,
    extractor: Extractor | None = None,
) -> Reading:
    """Read a report into candidate rows.

    Args:
        file: a PDF, DOCX, HTML or TXT file, or a text that was read.
        region: the region whose report it is, by id or name, or a new id; else it is taken from the title.
        source_id: id of the source; else one is made from region, kind and years.
        dataset: the record whose catalogue is used; the one of the package if None.
        extractor: another reading of a document; the grammar if None.

    Raises:
        HanyangError: if the file cannot be read.

    Example:
        >>> reading = read_report("report.pdf", region="hanyang")  # doctest: +SKIP
    """
    data = dataset or default_dataset()
    text = file if isinstance(file, Text) else read_text(file)
    docs = documents(text, data, region_or_new(region, data), source_id)
    reading = Reading(text, docs, [])
    for doc in docs:
        found, missed = (extractor or by_grammar)(text, doc, data)
        reading.candidates += found
        reading.uncovered += missed
    return reading


def by_grammar(text: Text, doc: Document, data: Dataset) -> tuple[list[Candidate], list[tuple[str, str, str]]]:
    """The extractor of the package: tables by their heads, sentences by the grammar of :mod:`hanyang_data.reader.prose`."""
    tables = table_lines(text, doc.first, doc.last)
    inside = {n for first, last in tables for n in range(first, last + 1)}
    found = [
        c for first, last in tables for cell in cells(text, first, last, doc) if (c := of_cell(cell, text, doc, data))
    ]
    missed: list[tuple[str, str, str]] = []
    course = Course(doc)
    for passage in passages(text, inside, doc.first, doc.last):
        for start, end in sentences(passage):
            new = _sentence(text, doc, data, course, passage, start, end)
            found += new
            words = passage.text[start:end]
            if not new and any(m.ids for m in mentions(words)) and any(not q.points for q in quantities(words)):
                missed.append((doc.source_id, f"L{passage.places[start][0]}", words))
    return _without_copies(found), missed


def _sentence(
    text: Text, doc: Document, data: Dataset, course: Course, passage: Passage, start: int, end: int
) -> list[Candidate]:
    words = passage.text[start:end]
    base = course.sentence(words)
    made = []
    place = _places(doc, data)
    for found in (*figures(words, place, base), *worded(words, place), *ratios(words, doc.region)):
        clause = max(words.rfind("；", 0, found.start), 0) if base.concept == "outturn" else 0
        context = course.local(words, clause, found.start, base)
        if found.lead in ("上年", "结构"):  # the two ratios of 由上年的…调整为…
            context = replace(base, year=base.year - (found.lead == "上年"))
        candidate = of_prose(found, context, text, doc, data, passage, start)
        if candidate:
            made.append(replace(candidate, sentence=words, mark=(found.start, found.end)))
    return made


def _places(doc: Document, data: Dataset) -> Callable[[str], tuple[str, str | None]]:
    """What of the words before an indicator is left without the region, and the region: None where it is not in the record."""
    own_word, regions = OWN.get(doc.level, "区"), data.regions
    names = {
        n: id_ for id_, name in regions["name_zh"].items() for n in (name, re.sub("[区市省]$", "", name)) if len(n) > 1
    }
    short = re.sub("(省|市|区|县|自治区)$", "", doc.place)
    names |= {n: doc.region for n in (doc.place, short, doc.region) if len(n) > 1}
    pattern = re.compile("|".join(map(re.escape, sorted(names, key=len, reverse=True))) or "$^")
    above = str(regions.at[doc.region, "part_of"]) if doc.region in regions.index else ""
    level_of = {"市": "city", "省": "province", "区": "district", "国": "nation"}

    def place(before: str) -> tuple[str, str | None]:
        region: str | None = doc.region
        if m := re.search(r"全([国省市区县])", before):
            if m[1] != own_word:
                fits = above and str(regions.at[above, "level"]) == level_of.get(m[1])
                region = above if fits else None
            before = before[: m.start()] + before[m.end() :]
        elif m := pattern.search(before):
            region = names[m[0]]
            before = before[: m.start()] + before[m.end() :]
        return before, region

    return place


def _without_copies(found: list[Candidate]) -> list[Candidate]:
    """Each printed figure once; where a text prints two values for one cell both are kept, and neither is sure."""
    unique = list({(*c.key, c.row["locator"], c.row["token"]): c for c in found}.values())
    values: dict[tuple[str, ...], set[str]] = {}
    for c in unique:
        if c.row["qualifier"] == "point" and c.confidence >= 0.7:
            values.setdefault(_cell(c), set()).add(c.row["value"])
    return [
        replace(c, confidence=round(c.confidence * 0.8, 2), reasons=(*c.reasons, "the text prints another value too"))
        if c.row["qualifier"] == "point" and len(values.get(_cell(c), set()) | {c.row["value"]}) > 1
        else c
        for c in unique
    ]


def _cell(candidate: Candidate) -> tuple[str, ...]:
    return *candidate.key[:6], candidate.row["vintage"], candidate.row["basis"]
