"""The page as Jupyter shows it, with what is on screen for the next cell."""

from __future__ import annotations

from collections.abc import Sequence

import ipywidgets as w  # type: ignore[import-untyped]
import pandas as pd


class Whole(w.Box):  # type: ignore[misc]
    """A page: a widget that also hands out the table it shows."""

    def __init__(self, children: Sequence[w.Widget]) -> None:
        super().__init__(children)
        self._on_screen = pd.DataFrame()

    @property
    def data(self) -> pd.DataFrame:
        """The table on screen as a frame of one's own, numbers as numbers; empty while nothing is shown."""
        return self._on_screen.copy()

    def puts_on_screen(self, frame: pd.DataFrame) -> None:
        """Keep what is shown now."""
        self._on_screen = frame
