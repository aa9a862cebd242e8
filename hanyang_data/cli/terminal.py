"""Tables for a terminal."""

from __future__ import annotations

import pandas as pd

from hanyang_data.words.wording import display_width


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
    width = max(map(display_width, [*cells, head])) + numeric
    gaps = [" " * (width - display_width(cell)) for cell in [head, *cells]]
    return [gap + cell if numeric else cell + gap for gap, cell in zip(gaps, [head, *cells], strict=True)]
