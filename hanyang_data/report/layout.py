"""How wide the columns of a table are on paper, and which tables need a page turned on its side."""

from __future__ import annotations

import re
import unicodedata

from hanyang_data.report.content import Table

PORTRAIT, LANDSCAPE = 16.0, 24.7  # cm of text on A4
CHARACTER = 0.142  # cm of a Latin character at 8 points, as an average
MARGINS = 0.22  # cm beside the text of a cell
WISHED = 26  # characters a line of a text column would like to have
TALLEST = 7  # lines of a cell above which a table is better on a page turned


def display_width(text: str) -> int:
    """Columns a text takes where a Chinese character takes two."""
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def widths(table: Table) -> list[float]:
    """Width of each column in cm on the page of :func:`turned`; together they fill it, or less where little is to be shown."""
    return _widths(table, LANDSCAPE if turned(table) else PORTRAIT)


def turned(table: Table) -> bool:
    """Whether a table is better read on a page turned on its side: its columns do not fit, or its cells would get very tall."""
    least = [narrow for narrow, _ in _needs(table)]
    if sum(least) > PORTRAIT:
        return True
    fitted = _widths(table, PORTRAIT)
    lines = [_lines(table, number, width) for number, width in enumerate(fitted)]
    return max(lines, default=0) > TALLEST


def _widths(table: Table, room: float) -> list[float]:
    """Least widths first; what is left goes to the columns that would need more lines, by how much they hold."""
    needs = _needs(table)
    least, wished = [n for n, _ in needs], [w for _, w in needs]
    if sum(wished) <= room:
        return wished
    spare = max(0.0, room - sum(least))
    longing = [max(0.0, w - n) ** 0.6 for n, w in needs]
    total = sum(longing) or 1.0
    given = [n + spare * part / total for n, part in zip(least, longing, strict=True)]
    scale = min(1.0, room / sum(given))
    return [width * scale for width in given]


def _needs(table: Table) -> list[tuple[float, float]]:
    """For each column the width of its longest word and of its longest cell, in cm."""
    found = []
    for number, column in enumerate(table.columns):
        texts = [column.head, *(row[number] for row in table.shown)]
        word = max(max((display_width(piece) for piece in _pieces(text)), default=1) for text in texts)
        whole = max(display_width(text) for text in texts)
        found.append((word * CHARACTER + MARGINS, max(word, whole) * CHARACTER + MARGINS))
    return found


def _pieces(text: str) -> list[str]:
    """What a line is not broken inside: Latin words, and two Chinese characters, for a column of single ones is none."""
    return re.findall(r"[\u3000-\u9fff\uff00-\uffef]{1,2}|[^\s\u3000-\u9fff\uff00-\uffef]{1,16}", text)


def _lines(table: Table, number: int, width: float) -> int:
    room = max(1.0, (width - MARGINS) / CHARACTER)
    return max((-(-display_width(row[number]) // int(room)) for row in table.shown), default=1)
