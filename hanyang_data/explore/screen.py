"""What one choice shows, and the page as Jupyter shows it; how it looks is in ``page.css``.

For a visitor a choice is drawn in a child that ends with it: drawing takes memory, and none is left behind.
"""

import base64
import os
import pickle
import re
import signal
import tempfile
import warnings
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from multiprocessing import Pipe
from pathlib import Path
from typing import Any, TypeVar

import ipywidgets as w  # type: ignore[import-untyped]
import pandas as pd

from hanyang_data.charts.export import Chart
from hanyang_data.charts.style import plot_of
from hanyang_data.charts.web import inline, script
from hanyang_data.errors import HanyangError
from hanyang_data.explore.choices import Choice, parameters_of
from hanyang_data.record.observations import Dataset
from hanyang_data.studies.registry import asked
from hanyang_data.studies.study import Study
from hanyang_data.studies.tables import COLUMNS, as_html, columns_in
from hanyang_data.words.messages import CATALOGUE, PACKAGE

T = TypeVar("T")
VOILA = "VOILA_PREHEAT"  # Voilà says so to its kernels
PATIENCE = 30.0  # seconds for the child; a kernel has threads, and one may have held what the child needs when it was forked
VIEW = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
SCREEN = ("svg",)  # sharp at any size, and the quickest to write
BESIDE = 6  # columns
REMEMBERED = 64  # choices; half a megabyte each, and not the drawn figure, which takes ten times as much
TYPES = {"csv": "text/csv", "pdf": "application/pdf", "png": "image/png", "svg": "image/svg+xml", "txt": "text/plain",
         "yaml": "text/yaml"}  # fmt: skip
CSS = Path(__file__).with_name("page.css").read_text(encoding="utf-8")

# the page before its widgets are there
FIRST = """<div class="hy-page"><div class="hy-side"><div class="widget-html">{head}</div>{menus}</div>
<div class="hy-main"><div class="hy-top widget-html">{top}</div><div class="hy-drawn"><div class="widget-html">{drawn}</div></div>
<div class="hy-read"><div class="widget-html">{answer}</div>{menu}<div class="widget-html">{table}</div></div></div></div>
<script>{script}</script>"""


@dataclass(frozen=True)
class Screen:
    """Paragraphs of the answer; the figure (SVG for a page), its alt text or why there is none; the table as HTML and frame.

    Of a figure whose title is the finding, title and subtitle are cut off: ``subtitle`` is set above it as text. A table that its
    study knows to be read by a few columns shows these, beside the figure; ``more`` are the heads of the others.
    """

    answer: tuple[str, ...]
    subtitle: str
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
    record.table(choice.table, study.table(choice.table), study.only_year(choice.table))
    return study, record.figure(choice.figure, study.chart(choice.figure))


@lru_cache(maxsize=REMEMBERED)
def screen(choice: Choice, data_dir: str = "") -> Screen:
    """What a choice shows; one that was seen before comes from memory."""
    return apart(lambda: _drawn(choice, data_dir)) if served() else _drawn(choice, data_dir)


def _drawn(choice: Choice, data_dir: str) -> Screen:
    with tempfile.TemporaryDirectory() as folder:
        study, words = write(choice, Path(folder), SCREEN, data_dir)
        answer, chart, subtitle, figure = study.answer(), study.chart(choice.figure), "", ""
        if isinstance(chart, Chart):
            figure = inline(Path(folder, f"{choice.figure}.svg").read_text(encoding="utf-8"), words)
            if chart.caption.title == answer.finding and (plot := plot_of(chart.figure)):  # the finding stands above it already
                subtitle, figure = chart.caption.subtitle, _from(plot[0], figure)
        table, more = _read_by(study.parts["table", choice.table].columns, study.table(choice.table))
        whole = pd.DataFrame(study.table(choice.table))
        return Screen((answer.finding, *answer.sentences), subtitle, figure, words, as_html(table), more, whole)


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


def everything_said(dataset: Dataset) -> str:
    """Every text that the page may show: all catalogues, and the words of the snapshot."""
    catalogues = "".join(file.read_text(encoding="utf-8") for file in sorted(PACKAGE.rglob(CATALOGUE)))
    return catalogues + "".join(file.read_text(encoding="utf-8-sig") for file in sorted(dataset.path.glob("*.csv")))


def paragraphs(texts: Sequence[str]) -> str:
    """Texts as paragraphs of a page."""
    return "".join(f"<p>{escape(text)}</p>" for text in texts)


def first_look(menus: Iterable[tuple[str, str, object]], **parts: str) -> str:
    """The page without widgets: of each menu its name, title and value, that of the table last; other parts as they are."""
    *above, last = (
        f'<div class="hy-menu hy-menu-{name.replace("_", "-")}">{title}<select disabled>'
        f"<option>{escape(value if isinstance(value, str) else '')}</option></select></div>"
        for name, title, value in menus
    )
    return FIRST.format(menus="".join(above), menu=last, script=script(), **parts)


def download(file: Path) -> str:
    """A link that hands out a file without a server."""
    kind = file.suffix.removeprefix(".")
    content = base64.b64encode(file.read_bytes()).decode()
    return f'<a download="{file.name}" href="data:{TYPES[kind]};base64,{content}">{kind.upper()}</a>'


class Whole(w.Box):  # type: ignore[misc]
    """A page: a widget that also hands out the table and the study it shows.

    ``first_look`` is what it shows, as a page without widgets: on the screen as soon as it is served, while a browser still
    loads the program that makes widgets of it.
    """

    first_look = ""

    def __init__(self, children: Sequence[w.Widget]) -> None:
        super().__init__(children)
        self._on_screen = pd.DataFrame()
        self.study: Study | None = None  # as of hd.trend and its siblings; None while nothing is shown

    def _repr_mimebundle_(self, **named: Any) -> dict[str, Any]:
        bundle: dict[str, Any] = super()._repr_mimebundle_(**named)
        return bundle | ({"text/html": self.first_look} if self.first_look else {})

    @property
    def data(self) -> pd.DataFrame:
        """The table on screen as a frame of one's own, numbers as numbers; empty while nothing is shown."""
        return self._on_screen.copy()

    def puts_on_screen(self, frame: pd.DataFrame, study: Study | None) -> None:
        """Keep what is shown now."""
        self._on_screen, self.study = frame, study
