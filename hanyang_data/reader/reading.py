"""A report read: candidate rows of the contract beside the sentence they stand in, and what gave none."""

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

from hanyang_data.reader.candidates import Candidate, of_cell, of_prose
from hanyang_data.reader.contexts import Course
from hanyang_data.reader.coverage import Missed, in_sentence, in_tables
from hanyang_data.reader.documents import Document, documents
from hanyang_data.reader.passages import Passage, joined, line_of, passages, sentences
from hanyang_data.reader.places import elsewhere, placing, several
from hanyang_data.reader.prose import REAL, figures, ratios, worded
from hanyang_data.reader.tables import cells, table_lines
from hanyang_data.reader.texts import Text, read_text
from hanyang_data.record.catalogue import region_or_new
from hanyang_data.record.observations import Dataset, default_dataset

ROUGH = 0.1  # what "about" may be off by, as a share of the number
DOUBT = 0.8
REASON = "the text prints another value too"


@dataclass
class Reading:
    """All that was read in a text; ``uncovered`` are the sentences and rows with a number by an indicator's word that gave
    no candidate."""

    text: Text
    documents: list[Document]
    candidates: list[Candidate]
    uncovered: list[Missed] = field(default_factory=list)


class Extractor(Protocol):
    """The seam: anything that turns a text and one of its documents into candidates may stand in for the grammar."""

    def __call__(self, text: Text, document: Document, dataset: Dataset) -> tuple[list[Candidate], list[Missed]]:
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


def by_grammar(text: Text, doc: Document, data: Dataset) -> tuple[list[Candidate], list[Missed]]:
    """The extractor of the package: tables by their heads, sentences by the grammar of :mod:`hanyang_data.reader.prose`."""
    tables = table_lines(text, doc.first, doc.last)
    inside = {n for first, last in tables for n in range(first, last + 1)}
    found = [c for first, last in tables for cell in cells(text, first, last, doc) if (c := of_cell(cell, text, doc, data))]
    missed = in_tables(text, doc, inside, found)
    body = "".join(text.lines[doc.first - 1 : doc.last])
    course = Course(doc, placing(doc.region, doc.place, doc.level, data.regions, body))
    for passage in map(joined, passages(text, inside, doc.first, doc.last)):
        for start, end in sentences(passage):
            new = _sentence(text, doc, data, course, passage, start, end)
            found += new
            left = in_sentence(passage.text[start:end], new, text, doc, passage.places[start:end], data)
            missed += [left] if left else []
    if doc.kind == "article" and several(doc.title, body):
        found = [doubted(c, "an article on several places") for c in found]
    return sorted(without_copies(found), key=lambda c: line_of(c.row["locator"])), sorted(
        missed, key=lambda m: line_of(m.locator)
    )


def _sentence(
    text: Text, doc: Document, data: Dataset, course: Course, passage: Passage, start: int, end: int
) -> list[Candidate]:
    words = passage.text[start:end]
    base = course.sentence(words)
    made: list[Candidate] = []
    for found in (*figures(words, course.place, base), *worded(words, course.place), *ratios(words, doc.region)):
        if course.other and found.indicator in ("secondary_value_added", "tertiary_value_added"):
            continue
        if doc.kind in ("article", "release") and elsewhere(words[: found.start], doc.place):
            continue
        # the words that say of which year a figure is begin behind the last ；, or that before the list of 其中：
        clause = max(words.rfind("；", 0, found.start), 0)
        listed = words.rfind("其中：", 0, clause)
        clause = clause if listed < 0 else max(words.rfind("；", 0, listed), 0)
        context = course.local(words, clause if base.concept == "outturn" else 0, found.start, base)
        if of := re.fullmatch("(上年|去年)|结构|((?:19|20)[0-9]{2})年", found.lead):  # the two ratios of 由上年的…调整为…
            context = replace(base, year=int(of[2] or base.year - bool(of[1])))
        if candidate := of_prose(found, context, text, doc, data, passage, start):
            course.told = course.told if made else context
            made.append(replace(candidate, sentence=words, mark=(found.start, found.end)))
    return _numbers_first(made)


def _numbers_first(made: list[Candidate]) -> list[Candidate]:
    """Of an outturn that has a number in its sentence the wording is a comment: 高新技术企业数量实现翻番、达1.8万家."""
    nominal = {c.key[:6] for c in made if REAL not in c.reasons}
    made = [c for c in made if REAL not in c.reasons or c.key[:6] not in nominal]
    past = [c for c in made if c.row["concept"] == "outturn"]
    told = {c.key[:2] for c in past if c.row["value"]}
    bare = [c for c in past if c.row["qualifier"] in ("none", "positive") and not c.row["value"] and c.key[:2] in told]
    return [c for c in made if c not in bare]


def without_copies(found: Sequence[Candidate]) -> list[Candidate]:
    """Each printed figure once; where a text prints two for one cell that exclude each other both are kept, neither sure.

    More than 60,000 and 67,665 go together, more than 90,000 and 67,665 do not: then one of them is another area's.
    """
    unique = list({(*c.key, c.row["locator"], c.row["token"]): c for c in found}.values())
    cells: dict[tuple[str, ...], list[Candidate]] = {}
    for c in unique:
        if c.row["value"]:
            cells.setdefault(_cell(c), []).append(c)
    return [doubted(c) if any(_exclude(c, other) for other in cells.get(_cell(c), [])) else c for c in unique]


def doubted(candidate: Candidate, reason: str = REASON) -> Candidate:
    """A candidate that is no longer sure, and why."""
    return replace(candidate, confidence=round(candidate.confidence * DOUBT, 2), reasons=(*candidate.reasons, reason))


def _cell(candidate: Candidate) -> tuple[str, ...]:
    return *candidate.key[:6], candidate.row["vintage"], candidate.row["basis"]


def _exclude(one: Candidate, other: Candidate) -> bool:
    """Whether two figures of a cell cannot both be right; what is itself doubtful casts no doubt on the other."""
    if one is other or other.confidence < 0.7 or not one.row["value"]:
        return False
    (low, high), (below, above) = _span(one), _span(other)
    return high < below or above < low


def _span(candidate: Candidate) -> tuple[float, float]:
    """The numbers that a figure may stand for, by its qualifier."""
    row = candidate.row
    value = float(row["value"])
    rough = ROUGH * abs(value)
    spans = {
        "over": (value, math.inf), "at_least": (value, math.inf), "within": (-math.inf, value),
        "about": (value - rough, value + rough), "range": (value, float(row["value_high"] or value)),
    }  # fmt: skip
    return spans.get(row["qualifier"], (value, value))
