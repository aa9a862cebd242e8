"""What sets the text of figures: what a figure says is set once, for all formats.

Matplotlib's own renderers set every text anew to measure and to draw it, in each format. With this typesetter they keep what
was set: :mod:`hanyang_data.charts.typeface`.
"""

from typing import Any

import numpy as np
from matplotlib.textpath import TextToPath

from hanyang_data.charts.style import MIN_TEXT
from hanyang_data.charts.typeface import EM, OUTLINES, extent, letters, line_metrics
from hanyang_data.errors import HanyangError


class Typesetter(TextToPath):
    """Matplotlib's, with every text kept; formulas are left to its own."""

    def _get_font(self, prop: Any) -> Any:
        return None  # all is in one typeface

    def get_text_width_height_descent(self, s: str, prop: Any, ismath: Any) -> Any:
        """Room for a text, in points."""
        if ismath:
            return super().get_text_width_height_descent(s, prop, ismath)
        scale = prop.get_size_in_points() / EM
        return tuple(part * scale for part in extent(s))

    def get_glyphs_with_font(
        self, font: Any, s: str, glyph_map: Any = None, return_new_glyphs_only: bool = False, **_: Any
    ) -> Any:
        """Where the glyphs of a text stand, and what those look like that are not in ``glyph_map``."""
        placed, known = letters(s), glyph_map or {}
        new = {of.name: OUTLINES[of.name] for of in placed if of.name not in known}
        return [(of.name, of.x, of.y, 1.0) for of in placed], new if return_new_glyphs_only else known | new, []

    def get_text_path(self, prop: Any, s: str, ismath: Any = False, **_: Any) -> Any:
        """Vertices and codes of a whole text."""
        if ismath:
            return super().get_text_path(prop, s, ismath)
        if not (placed := letters(s)):
            return np.empty((0, 2)), None
        vertices = [OUTLINES[of.name][0] + (of.x, of.y) for of in placed]
        return np.concatenate(vertices), np.concatenate([OUTLINES[of.name][1] for of in placed])


TYPESETTER = Typesetter()


class Typeset:
    """A renderer that has its text set by ours."""

    _text2path: Any

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._text2path = TYPESETTER

    def get_text_width_height_descent(self, s: str, prop: Any, ismath: Any) -> Any:
        """Room for a text, in pixels; an error for one that nobody could read in print."""
        if s.strip() and prop.get_size_in_points() < MIN_TEXT - 0.01:
            raise HanyangError(f"it has text below {MIN_TEXT:.0f} points: {s!r}")
        scale = self.points_to_pixels(1.0)  # type: ignore[attr-defined]
        return tuple(part * scale for part in TYPESETTER.get_text_width_height_descent(s, prop, ismath))

    def _get_font_height_metrics(self, prop: Any) -> Any:
        scale = self.points_to_pixels(prop.get_size_in_points())  # type: ignore[attr-defined]
        return tuple(part * scale for part in line_metrics())
