"""What one choice shows; for a visitor drawn in a child that ends with it: drawing takes memory, and none is left behind."""

import os
import pickle
import re
import signal
import tempfile
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from multiprocessing import Pipe
from pathlib import Path
from typing import TypeVar

import pandas as pd

from hanyang_data.charts.export import Chart
from hanyang_data.charts.style import plot_of
from hanyang_data.charts.web import inline
from hanyang_data.errors import HanyangError
from hanyang_data.explore.choices import Choice, parameters_of
from hanyang_data.studies.registry import asked
from hanyang_data.studies.study import Study
from hanyang_data.studies.tables import COLUMNS, as_html, columns_in

T = TypeVar("T")
VOILA = "VOILA_PREHEAT"  # Voilà says so to its kernels
PATIENCE = 30.0  # seconds for the child; a kernel has threads, and one may have held what the child needs when it was forked
VIEW = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
SCREEN = ("svg",)  # sharp at any size, and the quickest to write
BESIDE = 6  # columns
REMEMBERED = 64  # choices; half a megabyte each, and not the drawn figure, which takes ten times as much


@dataclass(frozen=True)
class Screen:
    """Paragraphs of the answer; the figure (SVG for a page), its alt text or why there is none; the table as HTML and frame.

    A table that its study knows to be read by a few columns shows these, beside the figure; ``more`` are the heads of the others.
    """

    answer: tuple[str, ...]
    figure: str
    words: str
    table: str
    more: tuple[str, ...]
    data: pd.DataFrame = field(repr=False, compare=False)


def study_of(choice: Choice, data_dir: str = "") -> Study:
    """The study that a choice asks for."""
    return asked(choice.analysis, parameters_of(choice) | {"data_dir": data_dir})


def write(choice: Choice, folder: Path, formats: Sequence[str], data_dir: str = "") -> tuple[Study, str]:
    """Write the chosen figure and table into ``folder``; the study, and the figure in words or why there is none."""
    study = study_of(choice, data_dir)
    record = study.record(folder, formats)
    record.table(choice.table, study.table(choice.table))
    return study, record.figure(choice.figure, study.chart(choice.figure))


@lru_cache(maxsize=REMEMBERED)
def screen(choice: Choice, data_dir: str = "") -> Screen:
    """What a choice shows; one that was seen before comes from memory."""
    return apart(lambda: _drawn(choice, data_dir)) if served() else _drawn(choice, data_dir)


def _drawn(choice: Choice, data_dir: str) -> Screen:
    with tempfile.TemporaryDirectory() as folder:
        study, words = write(choice, Path(folder), SCREEN, data_dir)
        answer, chart, figure = study.answer(), study.chart(choice.figure), ""
        if isinstance(chart, Chart):
            figure = inline(Path(folder, f"{choice.figure}.svg").read_text(encoding="utf-8"), words)
            if chart.caption.title == answer.finding and (plot := plot_of(chart.figure)):  # the finding stands above it already
                figure = f'<p class="hy-subtitle">{escape(chart.caption.subtitle)}</p>{_from(plot[0], figure)}'
        table, more = _read_by(study.parts["table", choice.table].columns, study.table(choice.table))
        whole = pd.DataFrame(study.table(choice.table))
        return Screen((answer.finding, *answer.sentences), figure, words, as_html(table), more, whole)


def _read_by(keys: Sequence[str], table: pd.DataFrame) -> tuple[pd.DataFrame, tuple[str, ...]]:
    """A table with the columns that matter, where these are few enough to stand beside a figure; the heads of the others."""
    if not 0 < len(keys) <= BESIDE:
        return table, ()
    columns, whole = columns_in(table), table.reset_index()
    kept = [place for place, column in enumerate(columns) if column.key in keys]
    shown = whole.iloc[:, kept].set_index(whole.columns[kept[0]])
    shown.attrs[COLUMNS] = [columns[place] for place in kept]
    return shown, tuple(column.head for place, column in enumerate(columns) if place not in kept)


def _from(top: float, figure: str) -> str:
    """A figure without what is above a part of its height: its title and subtitle."""

    def cut(box: re.Match[str]) -> str:
        width, height = float(box[1]), float(box[2])
        return f'viewBox="0 {top * height:.2f} {width:.2f} {(1 - top) * height:.2f}"'

    return VIEW.sub(cut, figure, count=1)


def served() -> bool:
    """Whether this is the kernel of a visitor of the served page."""
    return VOILA in os.environ


def apart(work: Callable[[], T]) -> T:
    """What ``work()`` returns, done by a child of this process; by this process itself if the child does not answer.

    >>> apart(lambda: 1 + 1)
    2
    """
    if not hasattr(os, "fork"):
        return work()
    ours, theirs = Pipe(duplex=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of threads: a child that they stop is given up
        pid = os.fork()
    if pid == 0:
        try:
            try:
                said: T | HanyangError = work()
            except HanyangError as error:
                said = error
            theirs.send_bytes(pickle.dumps(said))
        finally:
            os._exit(0)
    theirs.close()
    try:
        found = pickle.loads(ours.recv_bytes()) if ours.poll(PATIENCE) else work()
    except EOFError:  # it died
        found = work()
    finally:
        ours.close()
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    if isinstance(found, HanyangError):
        raise found
    return found
