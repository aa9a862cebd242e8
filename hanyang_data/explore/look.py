"""The page as Jupyter shows it, with what is on screen for the next cell, and how it looks (``page.css``)."""

import base64
import html
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import ipywidgets as w  # type: ignore[import-untyped]
import pandas as pd

from hanyang_data.record.observations import Dataset
from hanyang_data.studies.study import Study
from hanyang_data.words.messages import CATALOGUE, PACKAGE

TYPES = {"csv": "text/csv", "pdf": "application/pdf", "png": "image/png", "svg": "image/svg+xml", "txt": "text/plain",
         "yaml": "text/yaml"}  # fmt: skip
CSS = Path(__file__).with_name("page.css").read_text(encoding="utf-8")

# the page before its widgets are there
FIRST = """<div class="hy-page"><div class="hy-side"><div class="widget-html">{head}</div>{menus}</div>
<div class="hy-main"><div class="hy-top widget-html">{top}</div><div class="hy-drawn"><div class="widget-html">{drawn}</div></div>
<div class="hy-read"><div class="widget-html">{answer}</div>{menu}<div class="widget-html">{table}</div></div></div></div>
<script>{script}</script>"""


def everything_said(dataset: Dataset) -> str:
    """Every text that the page may show: all catalogues, and the words of the snapshot."""
    catalogues = "".join(file.read_text(encoding="utf-8") for file in sorted(PACKAGE.rglob(CATALOGUE)))
    return catalogues + "".join(file.read_text(encoding="utf-8-sig") for file in sorted(dataset.path.glob("*.csv")))


def paragraphs(texts: Sequence[str]) -> str:
    """Texts as paragraphs of a page."""
    return "".join(f"<p>{html.escape(text)}</p>" for text in texts)


def first_menu(name: str, title: str, value: object) -> str:
    """A menu that cannot be opened yet."""
    told = value if isinstance(value, str) else ""
    kind = name.replace("_", "-")
    return f'<div class="hy-menu hy-menu-{kind}">{title}<select disabled><option>{html.escape(told)}</option></select></div>'


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
