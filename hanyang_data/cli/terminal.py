"""Tables for a terminal."""

from __future__ import annotations

import unicodedata

import pandas as pd


def as_text(table: pd.DataFrame) -> str:
    """A frame as aligned text, words to the left and numbers to the right; Chinese characters take two columns."""
    shown = table.copy()
    for column in shown.columns:
        if not pd.api.types.is_numeric_dtype(shown[column]):
            words = shown[column].fillna("").astype(str)
            width = max(map(columns_of, [*words, str(column)]), default=0)
            shown[column] = [word + " " * (width - columns_of(word)) for word in words]
            shown = shown.rename(columns={column: str(column) + " " * (width - columns_of(str(column)))})
    with pd.option_context("display.unicode.east_asian_width", True, "display.width", None, "display.max_columns", None):
        return "\n".join(line.rstrip() for line in shown.to_string(index=False, na_rep="–", max_colwidth=None).splitlines())


def columns_of(text: str) -> int:
    """How many columns of a terminal a text takes."""
    if text.isascii():  # most are, and a nation has many
        return len(text)
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)
