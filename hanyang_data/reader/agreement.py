"""Figures of one text for one cell: each printed figure once, and none sure that another figure contradicts."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

from hanyang_data.reader.candidates import Candidate

ROUGH = 0.1  # what "about" may be off by, as a share of the number
DOUBT = 0.8
REASON = "the text prints another value too"


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
