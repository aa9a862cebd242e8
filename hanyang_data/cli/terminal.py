"""Tables for a terminal."""

from __future__ import annotations

import pandas as pd

from hanyang_data.words.wording import display_width


def as_text(table: pd.DataFrame) -> str:
    """A frame as aligned text, words to the left and numbers to the right; Chinese characters take two columns."""
    shown = table.copy()
    for column in shown.columns:
        if not pd.api.types.is_numeric_dtype(shown[column]):
            words = shown[column].fillna("").astype(str)
            width = max(map(display_width, [*words, str(column)]), default=0)
            shown[column] = [word + " " * (width - display_width(word)) for word in words]
            shown = shown.rename(columns={column: str(column) + " " * (width - display_width(str(column)))})
    with pd.option_context("display.unicode.east_asian_width", True, "display.width", None, "display.max_columns", None):
        return "\n".join(line.rstrip() for line in shown.to_string(index=False, na_rep="–", max_colwidth=None).splitlines())
