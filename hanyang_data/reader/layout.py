"""A page set in two columns of prose, as gazettes are: the left column is read before the right one.

A table has a gap between its columns too; there the cells on one side are short. Lines across both columns (titles, wide tables)
part what is above them from what is below.
"""

from collections.abc import Sequence
from itertools import groupby
from statistics import median
from typing import Any, NamedTuple

SIDE = 10  # characters that a line of a column has at the least, in the middle of all
LINES = 5  # from so many lines on that have both sides
ACROSS = 0.2  # share of lines that may cross the gap
GAP = 8.0  # points: the narrowest gap

CELL = "\t"  # between the cells of a table row whose columns are known
APART = 1.5  # times the height of a character: what keeps two cells apart
ROWS, COLUMNS = 3, 3  # fewer are no table
SHORT = 14  # characters of a cell, in the middle of all


def in_order(lines: Sequence[dict[str, Any]]) -> list[tuple[float, str]]:
    """Lines of a page as read, each with its height on the page: those of pdfplumber, with their ``chars``."""
    lines = [line | {"chars": [c for c in line["chars"] if c["text"].strip()]} for line in lines]
    gutter = _gutter(lines)
    if gutter is None:
        return [(float(line["top"]), text) for line, text in zip(lines, celled(lines), strict=True)]
    tops, ordered, sides = list[float](), list[str](), (list[str](), list[str]())
    for line in sorted(lines, key=lambda line: float(line["top"])):
        across = _crosses(line, gutter)
        if across:
            ordered += [*sides[0], *sides[1], str(line["text"])]
            sides = ([], [])
        new = [] if across else [(side, chars) for side, chars in zip(sides, _sides(line, gutter), strict=True) if chars]
        for side, chars in new:
            side.append("".join(c["text"] for c in chars))
        tops += [float(line["top"])] * (across + len(new))
    # heights in the order of reading, so that tables fall between the right lines
    return list(zip(tops, [*ordered, *sides[0], *sides[1]], strict=True))


def _gutter(lines: Sequence[dict[str, Any]]) -> tuple[float, float] | None:
    """Left and right edge of the gap between two columns of prose; none where there are no two."""
    chars = [line["chars"] for line in lines]
    spans = [(min(c["x0"] for c in cs), max(c["x1"] for c in cs)) for cs in chars if cs]
    if len(spans) < LINES:
        return None
    start, end = min(a for a, _ in spans), max(b for _, b in spans)
    width = end - start
    free = [
        x
        for x in range(int(start + 0.3 * width), int(start + 0.7 * width))
        if sum(any(c["x0"] <= x <= c["x1"] for c in line) for line in chars) <= ACROSS * len(chars)
    ]
    runs = [[x for _, x in run] for _, run in groupby(enumerate(free), lambda at: at[1] - at[0])]
    gap = max(((float(run[0]), float(run[-1])) for run in runs), key=lambda run: run[1] - run[0], default=(0.0, 0.0))
    if gap[1] - gap[0] < GAP:
        return None
    inner = [line for line in lines if not _crosses(line, gap)]
    columns = [[len(side) for line in inner if (side := _sides(line, gap)[k])] for k in (0, 1)]
    prose = all(len(sizes) >= LINES and median(sizes) >= SIDE for sizes in columns)
    return gap if prose else None


def _crosses(line: dict[str, Any], gap: tuple[float, float]) -> bool:
    return any(c["x0"] < gap[1] and c["x1"] > gap[0] for c in line["chars"])


def _sides(line: dict[str, Any], gap: tuple[float, float]) -> tuple[list[Any], list[Any]]:
    middle = sum(gap) / 2
    return [c for c in line["chars"] if c["x1"] <= middle], [c for c in line["chars"] if c["x0"] >= middle]


class Piece(NamedTuple):
    """Characters of a line without a gap between them."""

    left: float
    right: float
    text: str


def celled(lines: Sequence[dict[str, Any]]) -> list[str]:
    """The text of each line; rows of a table that has no rules with a tab between their cells, empty ones kept."""
    split = [_pieces(line) for line in lines]
    texts = [str(line["text"]) for line in lines]
    for first, last in _tables(split):
        widest = max(split[first:last], key=len)
        for k in range(first, last):
            texts[k] = CELL.join(_placed(split[k], widest))
    return texts


def _pieces(line: dict[str, Any]) -> list[Piece]:
    pieces: list[Piece] = []
    for c in sorted(line["chars"], key=lambda c: float(c["x0"])):
        if pieces and c["x0"] - pieces[-1].right < APART * (c["bottom"] - c["top"]):
            pieces[-1] = Piece(pieces[-1].left, float(c["x1"]), pieces[-1].text + c["text"])
        else:
            pieces.append(Piece(float(c["x0"]), float(c["x1"]), str(c["text"])))
    return pieces


def _tables(split: Sequence[Sequence[Piece]]) -> list[tuple[int, int]]:
    """First line and the one behind the last of each table: rows of several cells, short ones."""
    runs, start = [], 0
    while start < len(split):
        end = start
        while end < len(split) and len(split[end]) >= (COLUMNS if end == start else 2):
            end += 1
        sizes = [len(piece.text) for pieces in split[start:end] for piece in pieces]
        if end - start >= ROWS and median(sizes) <= SHORT:
            runs.append((start, end))
        start = max(end, start + 1)
    return runs


def _placed(pieces: Sequence[Piece], columns: Sequence[Piece]) -> list[str]:
    """The pieces under the columns that they overlap most, or are nearest to."""
    cells = [""] * len(columns)
    for piece in pieces:
        middle = (piece.left + piece.right) / 2
        nearest = max(
            range(len(columns)),
            key=lambda k: (
                min(piece.right, columns[k].right) - max(piece.left, columns[k].left),
                -abs(middle - (columns[k].left + columns[k].right) / 2),
            ),
        )
        cells[nearest] += piece.text
    return cells
