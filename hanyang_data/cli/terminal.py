"""Tables for a terminal."""

from __future__ import annotations

import unicodedata

import pandas as pd


def as_text(table: pd.DataFrame) -> str:
    """A frame as aligned text, words to the left and numbers to the right; Chinese characters take two columns."""
    columns = [_column(table.iloc[:, place]) for place in range(table.shape[1])]
    return "\n".join(" ".join(cells).rstrip() for cells in zip(*columns, strict=True))


def _column(column: pd.Series) -> list[str]:
    """Its head and cells, all of one width; pandas makes words of numbers, and would take half a minute to align a nation."""
    numeric, head = pd.api.types.is_numeric_dtype(column), str(column.name)
    if numeric and len(column):
        cells = [cell.strip() for cell in column.to_string(index=False, header=False, na_rep="–").split("\n")]
    else:
        cells = list(column.fillna("").astype(str))
    width = max(map(columns_of, [*cells, head])) + numeric
    gaps = [" " * (width - columns_of(cell)) for cell in [head, *cells]]
    return [gap + cell if numeric else cell + gap for gap, cell in zip(gaps, [head, *cells], strict=True)]


def columns_of(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if text.isascii():  # most are, and a nation has many
        return len(text)
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
