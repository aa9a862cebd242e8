"""The page as Jupyter shows it, with what is on screen for the next cell."""

from collections.abc import Sequence
from typing import Any

import ipywidgets as w  # type: ignore[import-untyped]
import pandas as pd

from hanyang_data.studies.study import Study


class Whole(w.Box):  # type: ignore[misc]
    """A page: a widget that also hands out the table and the study it shows.

    ``first_look`` is what it shows, as a page without widgets: on the screen as soon as it is served, while a browser still
    loads the program that makes widgets of it.
    """

    first_look = ""

    def __init__(self, children: Sequence[w.Widget]) -> None:
        super().__init__(children)
        self._on_screen = pd.DataFrame()
        self._study: Study | None = None

    def _repr_mimebundle_(self, **named: Any) -> dict[str, Any]:
        bundle: dict[str, Any] = super()._repr_mimebundle_(**named)
        return bundle | ({"text/html": self.first_look} if self.first_look else {})

    @property
    def data(self) -> pd.DataFrame:
        """The table on screen as a frame of one's own, numbers as numbers; empty while nothing is shown."""
        return self._on_screen.copy()

    @property
    def study(self) -> Study | None:
        """The study on screen, as of :func:`hanyang_data.trend` and its siblings; None while nothing is shown."""
        return self._study

    def puts_on_screen(self, frame: pd.DataFrame, study: Study | None) -> None:
        """Keep what is shown now."""
        self._on_screen, self._study = frame, study
