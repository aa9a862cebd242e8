"""The matplotlib backend that figures are written with: what a figure says is set once, for all formats.

Matplotlib's own renderers set every text anew to measure and to draw it, in each format. These are the same renderers
with another typesetter, which keeps what it has set: :mod:`hanyang_data.charts.typeface`.
"""

from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.backends.backend_svg import RendererSVG
from matplotlib.textpath import TextToPath
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from hanyang_data.charts.style import ANSWER, MIN_TEXT
from hanyang_data.charts.typeface import EM, OUTLINES, extent, letters, line_metrics
from hanyang_data.errors import HanyangError

NAME = f"module://{__name__}"  # what savefig(backend=...) asks for
# of these pictures, large areas and small print, zlib's fast levels make smaller files than its default
COMPRESS_LEVEL = 3
MANY = 1 << 14  # colours


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


class Set:
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


class Agg(Set, RendererAgg):
    """Pixels; letters are filled outlines, as in print."""

    def draw_text(self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float, ismath: Any = False,
                  mtext: Any = None) -> None:  # fmt: skip
        """Fill the outlines of a text."""
        gc.set_snap(False)
        self._draw_text_as_path(gc, x, y, s, prop, angle, ismath, mtext)  # type: ignore[attr-defined]


class Svg(Set, RendererSVG):
    """Outlines, each defined once in the file; a mark that answers is a group with a title that a keyboard reaches."""

    def open_group(self, s: str, gid: str | None = None) -> None:
        """Begin a group; one that answers has no id, so that two figures on a page have none in common."""
        if gid is None or not gid.startswith(ANSWER):
            super().open_group(s, gid)  # type: ignore[no-untyped-call]
            return
        self.writer.start("g", attrib={"class": "hy-mark", "tabindex": "0", "role": "img"})  # type: ignore[no-untyped-call]
        self.writer.element("title", gid.removeprefix(ANSWER))  # type: ignore[no-untyped-call]


class FigureCanvas(FigureCanvasAgg):
    """Writes PNG, SVG and PDF."""

    def get_renderer(self) -> Agg:
        """What measures and draws at the resolution of the figure."""
        if not isinstance(getattr(self, "renderer", None), Agg) or self.renderer.dpi != self.figure.dpi:
            self.renderer: Any = Agg(*self.get_width_height(physical=True), self.figure.dpi)
        return self.renderer  # type: ignore[no-any-return]

    def print_png(self, filename_or_obj: Any, *, metadata: Any = None, pil_kwargs: Any = None, **_: Any) -> None:
        """Write a PNG file."""
        self.draw()  # type: ignore[no-untyped-call]
        info = PngInfo()
        for key, value in (metadata or {}).items():
            if value is not None:
                info.add_text(key, value)
        picture = with_palette(np.asarray(self.buffer_rgba()))  # type: ignore[no-untyped-call]
        picture.save(filename_or_obj, format="png", pnginfo=info, dpi=[self.figure.dpi] * 2, compress_level=COMPRESS_LEVEL)

    def print_svg(self, filename: Path, *, metadata: Any = None, **_: Any) -> None:
        """Write an SVG file."""
        width, height = self.figure.get_size_inches() * 72
        self.figure.dpi = 72
        with Path(filename).open("w", encoding="utf-8") as file:
            renderer: Any = Svg(width, height, file, metadata=metadata)
            self.figure.draw(renderer)
            renderer.finalize()

    def print_pdf(self, filename: Path, *, metadata: Any = None, **_: Any) -> None:
        """Write a PDF file of one page."""
        from hanyang_data.charts.pdf import write  # with what it needs, which is much, and which a page needs not

        write(self.figure, filename, metadata)


def with_palette(pixels: np.ndarray) -> Image.Image:
    """The picture in 256 colours, which takes half the bytes and a third of the time to write.

    Those that cover most of it stay exact, and some of the rest; other shades at the edges of letters become the nearest one.
    ``pixels`` are height × width × 4, red, green, blue and opacity from 0 to 255, on white paper.
    """
    height, width, _ = pixels.shape
    picture = Image.frombuffer("RGBA", (width, height), pixels, "raw", "RGBA", 0, 1)
    counted: Any = picture.getcolors(MANY)
    if not counted:  # more than any drawing of lines and letters has
        return picture.convert("RGB")
    colours = np.array([colour[:3] for _, colour in sorted(counted, reverse=True)], dtype=np.int32)
    first, rest = colours[:128], sorted(map(tuple, colours[128:].tolist()))
    palette = np.concatenate([first, rest[:: max(1, -(-len(rest) // 128))]]) if rest else first
    nearest = ((palette**2).sum(axis=1) - 2 * colours @ palette.T).argmin(axis=1)  # |c - p|² but for |c|²
    place = np.zeros(1 << 24, dtype=np.uint8)  # of every colour in the palette
    place[colours @ (1, 1 << 8, 1 << 16)] = nearest
    indexed = Image.fromarray(place[pixels.view("<u4")[..., 0] & 0xFFFFFF])
    indexed.putpalette(palette.astype(np.uint8).tobytes())
    return indexed
