"""A few lines read as a whole text, as the tests of kinds of texts do."""

from __future__ import annotations

from hanyang_data.reader.reading import Reading, read_report
from hanyang_data.reader.texts import Text

Row = tuple[str, ...]


def reading(*lines: str, region: str = "linxi") -> Reading:
    """What is read in lines that are a whole text."""
    return read_report(Text("t.txt", list(lines), [], True), region=region)


def rows(*lines: str, columns: str = "indicator year period concept value") -> set[Row]:
    """Cells of what is read."""
    return {tuple(c.row[k] for k in columns.split()) for c in reading(*lines).candidates}
