"""How wide the columns of a table are on paper, and which tables need a page turned on its side."""

from __future__ import annotations

import re
from functools import cache
from math import ceil

from hanyang_data.report.content import Table

PORTRAIT, LANDSCAPE = 16.0, 24.7  # cm of text on A4
EM = 8 / 72 * 2.54  # cm, at the 8 points of a cell
MARGINS = 0.24  # cm beside the text of a cell
TALLEST = 8  # lines of a cell above which a table is better on a page turned
WIDE = r"\u3000-\u9fff\uff00-\uffef"
# widths in em of a serif face as reports are set in; anything else is taken for a capital
WIDTHS = (
    (re.compile(rf"[{WIDE}]"), 1.0),
    (re.compile(r"[iljtfr.,;:'()/|\[\]\s-]"), 0.32),
    (re.compile(r"[a-ln-vx-z\d$+−–]"), 0.5),
)
CAPITAL = 0.76
LONGING = 0.8  # how much more of the room a column gets that holds more
HEAD = 1.22  # heads are bold and without serifs


def text_width(text: str) -> float:
    """The width of a line of text in a cell, in cm."""
    return EM * sum(map(_ems, text))


@cache
def _ems(character: str) -> float:
    return next((width for kind, width in WIDTHS if kind.match(character)), CAPITAL)


def turned(table: Table, room: float = PORTRAIT) -> bool:
    """Whether a table is better read on a page turned on its side: its columns do not fit, or its cells would get very tall."""
    least = [narrow for narrow, _ in _needs(table)]
    if sum(least) > room:
        return True
    fitted = widths(table, room)
    lines = [_lines(table, number, width) for number, width in enumerate(fitted)]
    return max(lines, default=0) > TALLEST


def widths(table: Table, room: float) -> list[float]:
    """Width of each column in cm; together they fill the room, or less where little is to be shown.

    Least widths first; what is left goes to the columns that would need more lines, by how much they hold.
    """
    needs = _needs(table)
    least, wished = [n for n, _ in needs], [w for _, w in needs]
    if sum(wished) <= room:
        return wished
    spare = max(0.0, room - sum(least))
    longing = [max(0.0, w - n) ** LONGING for n, w in needs]
    total = sum(longing) or 1.0
    given = [n + spare * part / total for n, part in zip(least, longing, strict=True)]
    scale = min(1.0, room / sum(given))
    return [width * scale for width in given]


def _needs(table: Table) -> list[tuple[float, float]]:
    """For each column the width of its longest word and of its longest cell, in cm."""
    found = []
    for number, column in enumerate(table.columns):
        texts = [(column.head, HEAD), *((row[number], 1.0) for row in table.shown)]
        word = max(text_width(piece) * weight for text, weight in texts for piece in pieces(text))
        whole = max(text_width(text) * weight for text, weight in texts)
        found.append((word + MARGINS, max(word, whole) + MARGINS))
    return found


def pieces(text: str) -> list[str]:
    """What a line is not broken inside: Latin words, and four Chinese characters, for a column of single ones is none."""
    return re.findall(rf"[{WIDE}]{{1,4}}|[^\s{WIDE}]{{1,16}}", text) or [""]


def _lines(table: Table, number: int, width: float) -> int:
    room = max(EM, width - MARGINS)
    return max((ceil(text_width(row[number]) / room) for row in table.shown), default=1)
