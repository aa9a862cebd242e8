"""What one choice shows: the answer, a figure as SVG with its alt text, and a table, of the study that the notebook asks too."""

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

import pandas as pd

from hanyang_data.charts.web import inline
from hanyang_data.explore.apart import apart, served
from hanyang_data.explore.choices import Choice, parameters_of
from hanyang_data.studies.registry import asked
from hanyang_data.studies.study import Study
from hanyang_data.studies.tables import as_html

SCREEN = ("svg",)  # sharp at any size, and the quickest to write
REMEMBERED = 64  # choices; half a megabyte each, and not the drawn figure, which takes ten times as much


@dataclass(frozen=True)
class Screen:
    """Paragraphs of the answer; the figure (SVG for a page), its alt text or why there is none; the table as HTML and frame."""

    answer: tuple[str, ...]
    figure: str
    words: str
    table: str
    data: pd.DataFrame = field(repr=False, compare=False)


def study_of(choice: Choice, data_dir: str = "") -> Study:
    """The study that a choice asks for.

    Raises:
        HanyangError: what the study itself says of it.
    """
    return asked(choice.analysis, parameters_of(choice) | {"data_dir": data_dir})


def write(choice: Choice, folder: Path, formats: Sequence[str], data_dir: str = "") -> tuple[Study, str]:
    """Write the chosen figure and table into ``folder``; the study, and the figure in words or why there is none.

    Raises:
        HanyangError: what the study itself says of it, or if the folder cannot be written.
    """
    study = study_of(choice, data_dir)
    record = study.record(folder, formats)
    record.table(choice.table, study.table(choice.table))
    return study, record.figure(choice.figure, study.chart(choice.figure))


@lru_cache(maxsize=REMEMBERED)
def screen(choice: Choice, data_dir: str = "") -> Screen:
    """What a choice shows; one that was seen before comes from memory.

    Raises:
        HanyangError: what the notebook itself would say.
    """
    return apart(lambda: _drawn(choice, data_dir)) if served() else _drawn(choice, data_dir)


def _drawn(choice: Choice, data_dir: str) -> Screen:
    with tempfile.TemporaryDirectory() as folder:
        study, words = write(choice, Path(folder), SCREEN, data_dir)
        file = Path(folder, f"{choice.figure}.svg")
        answer = study.answer()
        return Screen(
            answer=(answer.finding, *answer.sentences),
            figure=inline(file.read_text(encoding="utf-8"), words) if file.exists() else "",
            words=words,
            table=as_html(study.table(choice.table)),
            data=pd.DataFrame(study.table(choice.table)),
        )
