"""A report read: candidate rows of the contract beside the sentence they stand in, and what gave none.

The numbers beside an indicator's word that gave none are what a person goes through so that nothing that a text prints is missed
silently; most of what is named there is no figure of the catalogue (a share, a part, another region's).
"""

import math
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from hanyang_data.reader.candidates import Candidate, of_cell, of_prose
from hanyang_data.reader.contexts import Course
from hanyang_data.reader.documents import Document, documents
from hanyang_data.reader.layout import CELL
from hanyang_data.reader.lexicon import Mention, Patterns, mentions
from hanyang_data.reader.numbers import Quantity, quantities
from hanyang_data.reader.passages import Passage, joined, line_of, passages, plain
from hanyang_data.reader.places import elsewhere, placing, several
from hanyang_data.reader.prose import REAL, figures, ratios, worded
from hanyang_data.reader.subjects import clause_at
from hanyang_data.reader.tables import cells, table_lines
from hanyang_data.reader.texts import Text, read_text
from hanyang_data.record.catalogue import region_or_new
from hanyang_data.record.observations import Dataset, default_dataset

FORM = Patterns(__name__)
ROUGH = 0.1  # what "about" may be off by, as a share of the number
DOUBT = 0.8
REASON = "the text prints another value too"
NOTHING, PARTLY = "nothing of it was read", "other numbers of it were read"


class Missed(NamedTuple):
    """A sentence or a row with a number that stands by an indicator's word and gave no candidate."""

    source_id: str
    locator: str
    page: int
    sentence: str
    numbers: str
    what: str


@dataclass
class Reading:
    """All that was read in a text; ``uncovered`` are the sentences and rows with a number by an indicator's word that gave
    no candidate."""

    text: Text
    documents: list[Document]
    candidates: list[Candidate]
    uncovered: list[Missed] = field(default_factory=list)


# the seam: anything that turns a text and one of its documents into candidates, and what gave none, may stand for the grammar
Extractor = Callable[[Text, Document, Dataset], tuple[list[Candidate], list[Missed]]]


def read_report(
    file: str | Path | Text, *, region: str = "", source_id: str = "", dataset: Dataset | None = None,
    extractor: Extractor | None = None,
) -> Reading:  # fmt: skip
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
        for m in FORM.sentence.finditer(passage.text):
            sentence = Passage(m[0], passage.places[m.start() : m.end()])
            new = _sentence(text, doc, data, course, sentence)
            found += new
            missed += in_sentence(sentence, new, text, doc, data)
    if doc.kind == "article" and several(doc.title, body):
        found = [doubted(c, "an article on several places") for c in found]
    found = sorted(without_copies(found), key=lambda c: line_of(c.row["locator"]))
    return found, sorted(missed, key=lambda m: line_of(m.locator))


def _sentence(text: Text, doc: Document, data: Dataset, course: Course, sentence: Passage) -> list[Candidate]:
    words = sentence.text
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
        if candidate := of_prose(found, context, text, doc, data, sentence):
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
    rivals = defaultdict[tuple[str, ...], list[Candidate]](list)
    for c in unique:
        rivals[*c.key[:6], c.row["vintage"], c.row["basis"]].append(c)
    doubtful = {id(c) for beside in rivals.values() for c in beside if any(_exclude(c, other) for other in beside)}
    return [doubted(c) if id(c) in doubtful else c for c in unique]


def doubted(candidate: Candidate, reason: str = REASON) -> Candidate:
    """A candidate that is no longer sure, and why."""
    return replace(candidate, confidence=round(candidate.confidence * DOUBT, 2), reasons=(*candidate.reasons, reason))


def _exclude(one: Candidate, other: Candidate) -> bool:
    """Whether two figures of a cell cannot both be right; what is itself doubtful casts no doubt on the other."""
    if one is other or other.confidence < 0.7 or not (one.row["value"] and other.row["value"]):
        return False
    (low, high), (below, above) = (_span(candidate.row) for candidate in (one, other))
    return high < below or above < low


def _span(row: Mapping[str, str]) -> tuple[float, float]:
    """The numbers that a figure may stand for, by its qualifier."""
    value, qualifier = float(row["value"]), row["qualifier"]
    rough = ROUGH * abs(value) if qualifier == "about" else 0
    low = -math.inf if qualifier == "within" else value - rough
    high = math.inf if qualifier in ("over", "at_least") else float(row["value_high"] or value) + rough
    return low, high


def in_sentence(sentence: Passage, made: Sequence[Candidate], text: Text, doc: Document, data: Dataset) -> list[Missed]:
    """All numbers of a sentence that no candidate has, if one of them belongs to an indicator's word; the line of the first."""
    words, found = sentence.text, [q for q in quantities(sentence.text) if not q.points]
    if not found:
        return []
    names = mentions(words)
    # names of the catalogue that other words stand in (数字经济核心企业 for 数字经济类企业): a person says what they are
    nearly = [
        Mention(*m.span(), (m.re.pattern,)) for form in _forms(tuple(data.indicators["name_zh"])) for m in form.finditer(words)
    ]
    names = sorted(names + [m for m in nearly if all(n.end <= m.start or m.end <= n.start for n in names)])
    if not any(m.ids for m in names):
        return []
    left = [q for q in found if not any(a < q.end and q.start < b for a, b in (c.mark for c in made))]
    if not any(not made or _beside(words, names, q) for q in left):
        return []
    return [_missed(text, doc, sentence.places[left[0].start][0], words, [q.text for q in left], bool(made))]


@lru_cache
def _forms(known: tuple[str, ...]) -> list[re.Pattern[str]]:
    longer = [name for name in known if len(name) >= 6]
    return [re.compile(rf"{re.escape(name[:4])}[^，。；、：\d]{{1,4}}{re.escape(name[-2:])}") for name in longer]


def in_tables(text: Text, doc: Document, lines: Iterable[int], made: Sequence[Candidate]) -> list[Missed]:
    """The rows of tables with a number behind an indicator's word that gave no candidate."""
    read, missed = defaultdict[int, list[tuple[int, int]]](list), []
    for c in made:
        read[line_of(c.row["locator"])].append(c.mark)
    for line in sorted(set(lines)):
        words, places = plain(text.lines[line - 1].replace(CELL, "|"))
        if first := next((m for m in mentions(words) if m.ids), None):
            numbers = (m for m in FORM.number.finditer(words) if m.start() >= first.end)
            left = [m[0] for m in numbers if not any(a <= places[m.start()] < b for a, b in read[line])]
            missed += [_missed(text, doc, line, words, left, bool(read[line]))] * bool(left)
    return missed


def _beside(words: str, names: Sequence[Mention], number: Quantity) -> bool:
    """Whether the last name before a number, in its part of the sentence, is an indicator's, or one stands right behind it."""
    part = clause_at(words, number.start, among="；。")
    before = [m for m in names if part <= m.start and m.end <= number.start]
    return bool(before and before[-1].ids) or any(m.start == number.end and m.ids for m in names)


def _missed(text: Text, doc: Document, line: int, words: str, numbers: Sequence[str], partly: bool) -> Missed:
    page = text.pages[line - 1] if text.pages else 0
    return Missed(doc.source_id, f"L{line}", page, words, "; ".join(numbers), PARTLY if partly else NOTHING)
