"""A table without rules on a page: rows whose cells stand apart and below each other, as cells."""

from __future__ import annotations

from collections.abc import Sequence
from statistics import median
from typing import Any, NamedTuple

CELL = "\t"  # between the cells of a table row whose columns are known
APART = 1.5  # times the height of a character: what keeps two cells apart
ROWS, COLUMNS = 3, 3  # fewer are no table
SHORT = 14  # characters of a cell, in the middle of all


class Piece(NamedTuple):
    """Characters of a line without a gap between them."""

    left: float
    right: float
    text: str


def celled(lines: Sequence[dict[str, Any]]) -> list[str]:
    """The text of each line; rows of a table that has no rules with a tab between their cells, empty ones kept."""
    split = [_pieces(line) for line in lines]
    texts = [str(line["text"]) for line in lines]
    for first, last in _runs(split):
        widest = max(split[first:last], key=len)
        for k in range(first, last):
            texts[k] = CELL.join(_placed(split[k], widest))
    return texts


def _pieces(line: dict[str, Any]) -> list[Piece]:
    pieces: list[Piece] = []
    for c in sorted((c for c in line["chars"] if c["text"].strip()), key=lambda c: float(c["x0"])):
        if pieces and c["x0"] - pieces[-1].right < APART * (c["bottom"] - c["top"]):
            pieces[-1] = Piece(pieces[-1].left, float(c["x1"]), pieces[-1].text + c["text"])
        else:
            pieces.append(Piece(float(c["x0"]), float(c["x1"]), str(c["text"])))
    return pieces


def _runs(split: Sequence[Sequence[Piece]]) -> list[tuple[int, int]]:
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
