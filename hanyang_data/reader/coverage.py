"""What was not read: numbers beside an indicator's word that gave no candidate, in sentences and in rows of tables.

The list is what a person goes through so that nothing that a text prints is missed silently; most of what it names is no figure
of the catalogue (a share, a part, another region's).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from hanyang_data.reader.aligned import CELL
from hanyang_data.reader.candidates import Candidate
from hanyang_data.reader.documents import Document
from hanyang_data.reader.lexicon import Mention, mentions
from hanyang_data.reader.numbers import quantities
from hanyang_data.reader.passages import plain
from hanyang_data.reader.texts import Text

NOTHING, PARTLY = "nothing of it was read", "other numbers of it were read"


class Missed(NamedTuple):
    """A sentence or a row with a number that stands by an indicator's word and gave no candidate."""

    source_id: str
    locator: str
    page: int
    sentence: str
    numbers: str
    what: str


def in_sentence(words: str, made: Sequence[Candidate], text: Text, doc: Document, line: int) -> Missed | None:
    """The numbers of a sentence that belong to an indicator's word and that no candidate has."""
    marks = mentions(words)
    found = [q for q in quantities(words) if not q.points]
    if not any(m.ids for m in marks) or not found:
        return None
    taken = [c.mark for c in made]
    left = [q for q in found if not any(a < q.end and q.start < b for a, b in taken)]
    near = [q for q in left if not made or _beside(words, marks, q.start, q.end)]
    return _missed(text, doc, line, words, [q.text for q in near], bool(made)) if near else None


def in_tables(text: Text, doc: Document, lines: Iterable[int], made: Sequence[Candidate]) -> list[Missed]:
    """The rows of tables that an indicator's word and a number stand in and that gave no candidate."""
    read = {int(re.sub(r"\D.*", "", c.row["locator"][1:])) for c in made}
    missed = []
    for line in sorted(set(lines) - read):
        words = plain(text.lines[line - 1].replace(CELL, "|"))[0]
        first = next((m for m in mentions(words) if m.ids), None)
        numbers = re.findall(r"-?\d+(?:\.\d+)?[%万亿元人户家个]*", words[first.end :]) if first else []
        if numbers:
            missed.append(_missed(text, doc, line, words, numbers, False))
    return missed


def _beside(words: str, marks: list[Mention], start: int, end: int) -> bool:
    """Whether the last name before a number, in its part of the sentence, is an indicator's, or one stands right behind it."""
    part = max(words.rfind(c, 0, start) for c in "；。") + 1
    named = [m for m in marks if m.start >= part]
    before = [m for m in named if m.end <= start]
    return bool(before and before[-1].ids) or any(m.start == end and m.ids for m in named)


def _missed(text: Text, doc: Document, line: int, words: str, numbers: Sequence[str], partly: bool) -> Missed:
    page = text.pages[line - 1] if text.pages else 0
    return Missed(doc.source_id, f"L{line}", page, words, "; ".join(numbers), PARTLY if partly else NOTHING)
