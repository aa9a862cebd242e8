"""How wide the columns of a table are on paper, and which tables need a page turned on its side."""

import re
from itertools import pairwise

from hanyang_data.charts.style import POINTS_PER_CM
from hanyang_data.charts.typeface import text_width, wrap
from hanyang_data.report.content import Table

PORTRAIT, LANDSCAPE = 16.0, 24.7  # cm of text on A4
POINTS = 8  # of a cell
MARGINS, GAP = 0.24, 0.2  # cm beside the text of a cell, and more where words follow a number that ends there
TALLEST = 8  # lines of a row, above which a table is better on a page turned
LONG, TALL = 14, 3  # rows, above which it is so also where they take so many lines on average
WIDE = r"\u3000-\u9fff\uff00-\uffef"
LONGING = 0.8  # how much more of the room a column gets that holds more
SERIF, HEAD = 0.94, 1.12  # Latin words of a cell, and bold ones of a head, to those of a figure


def turned(table: Table, room: float = PORTRAIT) -> bool:
    """Whether a table is better read on a page turned on its side: its columns do not fit, or its rows would get too tall."""
    if sum(narrow for narrow, _ in _needs(table)) > room:
        return True
    lines = _lines(table, room)
    return max(lines, default=0) > TALLEST or (len(lines) > LONG and sum(lines) >= TALL * len(lines))


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
    gaps = [GAP * (before and not right) for before, right in pairwise([False, *table.right])]
    for number, (column, gap) in enumerate(zip(table.columns, gaps, strict=True)):
        texts = [(column.head, HEAD), *((row[number], 1.0) for row in table.shown)]
        word = max(_cm(piece) * weight for text, weight in texts for piece in pieces(text))
        whole = max(_cm(text) * weight for text, weight in texts)
        found.append((word + MARGINS + gap, max(word, whole) + MARGINS + gap))
    return found


def pieces(text: str) -> list[str]:
    """What a line is not broken inside: Latin words, and four Chinese characters, for a column of single ones is none."""
    return re.findall(rf"[{WIDE}]{{1,4}}|[^\s{WIDE}]{{1,16}}", text) or [""]


def _cm(text: str) -> float:
    return text_width(text, POINTS) / POINTS_PER_CM * (1.0 if re.search(f"[{WIDE}]", text) else SERIF)


def _lines(table: Table, room: float) -> list[int]:
    """The lines that each row takes."""
    broad = [(width - MARGINS) * POINTS_PER_CM for width in widths(table, room)]
    return [max(len(wrap(cell, width, POINTS)) for cell, width in zip(row, broad, strict=True)) for row in table.shown]
