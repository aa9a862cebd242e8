"""What one choice shows: the answer, a figure as SVG with its alt text, and a table, made by the notebook's own cells."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import pandas as pd

from hanyang_data.explore.choices import Choice, parameters_of
from hanyang_data.explore.program import program
from hanyang_data.results import Shown

SCREEN = ("svg",)  # sharp at any size, and the quickest to write
REMEMBERED = 64  # choices; half a megabyte each


@dataclass(frozen=True)
class Screen:
    """Paragraphs of the answer, the figure (SVG) and its alt text or why there is none, and the table as HTML and as a frame."""

    answer: tuple[str, ...]
    figure: bytes
    words: str
    table: str
    data: pd.DataFrame = field(repr=False, compare=False)


def made(choice: Choice, folder: Path, formats: Sequence[str], data_dir: str = "") -> dict[str, Shown]:
    """Run the notebook's cells for the chosen figure and table, files into ``folder``; what they show, by kind.

    Raises:
        HanyangError: what the notebook itself would say.
    """
    place = {"out_dir": str(folder), "formats": list(formats), "data_dir": data_dir}
    return program(choice.analysis).run(parameters_of(choice) | place, choice.figure, choice.table)


@lru_cache(maxsize=REMEMBERED)
def screen(choice: Choice, data_dir: str = "") -> Screen:
    """What a choice shows; one that was seen before comes from memory.

    Raises:
        HanyangError: what the notebook itself would say.
    """
    with tempfile.TemporaryDirectory() as folder:
        shown = made(choice, Path(folder), SCREEN, data_dir)
        file = Path(folder, f"{choice.figure}.svg")
        return Screen(
            answer=tuple(shown["answer"].bundle["text/plain"].split("\n\n")),
            figure=file.read_bytes() if file.exists() else b"",
            words=shown["figure"].bundle["text/plain"],
            table=shown["table"].bundle["text/html"],
            data=pd.DataFrame() if (frame := shown["table"].frame) is None else frame,
        )
