"""What was not read: numbers beside an indicator's word that gave no candidate, in sentences and in rows of tables.

The list is what a person goes through so that nothing that a text prints is missed silently; most of what it names is no figure
of the catalogue (a share, a part, another region's).
"""

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from hanyang_data.reader.candidates import Candidate
from hanyang_data.reader.documents import Document
from hanyang_data.reader.layout import CELL
from hanyang_data.reader.lexicon import Mention, mentions
from hanyang_data.reader.numbers import quantities
from hanyang_data.reader.passages import line_of, plain
from hanyang_data.reader.texts import Text
from hanyang_data.record.observations import Dataset

_NUMBER = re.compile(r"-?\d+(?:\.\d+)?[%万亿元人户家个]*")  # in a table
NOTHING, PARTLY = "nothing of it was read", "other numbers of it were read"


class Missed(NamedTuple):
    """A sentence or a row with a number that stands by an indicator's word and gave no candidate."""

    source_id: str
    locator: str
    page: int
    sentence: str
    numbers: str
    what: str


def in_sentence(
    words: str, made: Sequence[Candidate], text: Text, doc: Document, places: Sequence[tuple[int, int]], data: Dataset
) -> Missed | None:
    """All numbers of a sentence that no candidate has, if one of them belongs to an indicator's word; the line of the first."""
    found = [q for q in quantities(words) if not q.points]
    if not found:
        return None
    names = mentions(words)
    names = sorted([*names, *_nearly(words, names, tuple(data.indicators["name_zh"]))])
    if not any(m.ids for m in names):
        return None
    left = [q for q in found if not any(a < q.end and q.start < b for a, b in (c.mark for c in made))]
    if not any(not made or _beside(words, names, q.start, q.end) for q in left):
        return None
    return _missed(text, doc, places[left[0].start][0], words, [q.text for q in left], bool(made))


def _nearly(words: str, names: Sequence[Mention], known: tuple[str, ...]) -> list[Mention]:
    """Names of the catalogue that other words stand in (数字经济核心企业 for 数字经济类企业): a person says what they are."""
    found = [(m, name) for pattern, name in _forms(known) for m in pattern.finditer(words)]
    return [Mention(*m.span(), (name,)) for m, name in found if all(n.end <= m.start() or m.end() <= n.start for n in names)]


@lru_cache
def _forms(known: tuple[str, ...]) -> list[tuple[re.Pattern[str], str]]:
    longer = [name for name in known if len(name) >= 6]
    return [(re.compile(rf"{re.escape(name[:4])}[^，。；、：\d]{{1,4}}{re.escape(name[-2:])}"), name) for name in longer]


def in_tables(text: Text, doc: Document, lines: Iterable[int], made: Sequence[Candidate]) -> list[Missed]:
    """The rows of tables with a number behind an indicator's word that gave no candidate."""
    read: dict[int, list[tuple[int, int]]] = {}
    for c in made:
        read.setdefault(line_of(c.row["locator"]), []).append(c.mark)
    missed = []
    for line in sorted(set(lines)):
        words, places = plain(text.lines[line - 1].replace(CELL, "|"))
        if first := next((m for m in mentions(words) if m.ids), None):
            numbers = (m for m in _NUMBER.finditer(words) if m.start() >= first.end)
            left = [m[0] for m in numbers if not any(a <= places[m.start()] < b for a, b in read.get(line, []))]
            missed += [_missed(text, doc, line, words, left, line in read)] * bool(left)
    return missed


def _beside(words: str, names: Sequence[Mention], start: int, end: int) -> bool:
    """Whether the last name before a number, in its part of the sentence, is an indicator's, or one stands right behind it."""
    part = max(words.rfind(c, 0, start) for c in "；。") + 1
    named = [m for m in names if m.start >= part]
    before = [m for m in named if m.end <= start]
    return bool(before and before[-1].ids) or any(m.start == end and m.ids for m in named)


def _missed(text: Text, doc: Document, line: int, words: str, numbers: Sequence[str], partly: bool) -> Missed:
    page = text.pages[line - 1] if text.pages else 0
    return Missed(doc.source_id, f"L{line}", page, words, "; ".join(numbers), PARTLY if partly else NOTHING)
