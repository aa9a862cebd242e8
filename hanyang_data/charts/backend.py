"""The matplotlib backend that figures are written with: its own renderers, with a typesetter that keeps what it has set."""

from pathlib import Path
from typing import Any

import numpy as np
from matplotlib.backends.backend_agg import FigureCanvasAgg, RendererAgg
from matplotlib.backends.backend_svg import RendererSVG
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from hanyang_data.charts.style import ANSWER
from hanyang_data.charts.typesetter import Typeset

NAME = f"module://{__name__}"  # what savefig(backend=...) asks for
# of these pictures, large areas and small print, zlib's fast levels make smaller files than its default
COMPRESS_LEVEL = 3
MANY = 1 << 14  # colours


class Agg(Typeset, RendererAgg):
    """Pixels; letters are filled outlines, as in print."""

    def draw_text(self, gc: Any, x: float, y: float, s: str, prop: Any, angle: float, ismath: Any = False,
                  mtext: Any = None) -> None:  # fmt: skip
        """Fill the outlines of a text."""
        gc.set_snap(False)
        self._draw_text_as_path(gc, x, y, s, prop, angle, ismath, mtext)  # type: ignore[attr-defined]


class Svg(Typeset, RendererSVG):
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
