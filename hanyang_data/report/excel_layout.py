"""How wide the columns of a sheet are and how high its rows, so that a sheet is read on the screen and on paper."""

from collections.abc import Sequence

from hanyang_data.report.content import Table
from hanyang_data.report.layout import pieces
from hanyang_data.studies.tables import Cell, Column
from hanyang_data.words.wording import display_width

NARROWEST, WIDEST, PAGE_WIDTH = 9, 46, 100  # characters; of A4 on its side
ROOM = 1.25  # of a page: what a sheet prints is not set smaller than nine points where its words may be broken into lines


def widths(table: Table) -> list[float]:
    """Width of each column: as its cells want it, and where that is more than a page can hold, words in lines of their own."""
    needs = [_needs(column, [row[number] for row in table.rows]) for number, column in enumerate(table.columns)]
    least, wished = (sum(ends) for ends in zip(*needs, strict=True))
    share = min(1.0, max(0.0, ROOM * PAGE_WIDTH - least) / (wished - least)) if wished > least else 1.0
    return [low + share * (high - low) for low, high in needs]


def _needs(column: Column, cells: Sequence[Cell]) -> tuple[float, float]:
    """The width that the longest word of a column needs, and the one it would like."""
    texts = [column.text(cell) for cell in cells]
    head = max(display_width(piece) for piece in pieces(column.head)) + 3
    longest = max(map(display_width, texts), default=0) + 3
    word = longest if column.numeric else max((display_width(p) for text in texts for p in pieces(text)), default=0) + 3
    wished = min(WIDEST, max(NARROWEST, longest, head, min(display_width(column.head), 14) + 3))
    return float(min(wished, max(word, head))), float(wished)


def height(texts: Sequence[str], widths: Sequence[float], points: float) -> float:
    """The height of a row whose texts wrap, in points; what is not given is not adjusted by every program."""
    lines = (_lines(text, width * 12 / points - 1) for text, width in zip(texts, widths, strict=True))
    return max(1, *lines) * points * 1.5


def _lines(text: str, room: float) -> int:
    """The lines that a text takes: no word is broken."""
    lines, used = 1, 0
    for piece in pieces(text):
        wide = display_width(piece)
        if used and used + wide > room:
            lines, used = lines + 1, 0
        used += wide + piece.isascii()
    return lines
