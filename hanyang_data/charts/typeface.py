"""The typeface of all figures, and text set in it: how wide it is, where its lines break and where it has room in a plot.

One typeface with Latin and Chinese glyphs (Noto Sans SC, installed as a package, not from the system) serves both
languages, so that a figure looks the same on every machine. A text is set once, at one size, and scaled to what is asked:
to set it means to load each glyph, which is most of what a figure costs.
"""

import re
import warnings
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache, partial
from importlib.util import find_spec
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from matplotlib import font_manager
from matplotlib.ft2font import FT2Font, LoadFlags

from hanyang_data.errors import HanyangError

SPARE = "DejaVu Sans"  # comes with matplotlib: letters the typeface lacks, such as the ş of a Turkish title
FONT_PACKAGE, FONT_FILE = "pylopdf_fonts_zh_cn", "NotoSansSC-Regular.otf"
EM = 100.0  # points: the size at which text is set
KEPT = 1 << 14  # texts
COMMAS = "，、；：,;"
LAST_LINE = 0.3  # of the width: what the last line of a title fills at least, where that can be had
HEIGHT = 1.18  # of a line of text, in its size
TOUCH, APART = 0.4, 1.2  # points that two boxes of words may share in height, and that lie between words beside each other
GAP = 5.5  # points from the middle of a mark to the edge of its label
# what a line may not be broken inside: a Latin word, or one Chinese character, with the punctuation that clings to it
_WIDE, _OPEN, _CLOSE = r"\u2018-\u201d\u2014\u2026\u3000-\u9fff\uff00-\uffef", r"（《“‘", r"，。；：、）》”’！？"
PIECE = rf"[{_OPEN}]*(?:[{_WIDE}]|[^\s{_WIDE}]+)[{_CLOSE}]*|\s+"


class Face(NamedTuple):
    """The font a glyph is from, by name: an open font would not survive a fork."""

    fname: str
    face_index: int
    postscript_name: str

    def load_glyph(self, *_: Any, **__: Any) -> None:
        """Nothing to be done: what a glyph looks like is kept."""


class Letter(NamedTuple):
    """A glyph of a text that was set: named as matplotlib's renderers ask for it, placed in points at the size ``EM``."""

    ft_object: Face
    char: str
    glyph_index: int
    x: float
    y: float
    prev_kern: float

    @property
    def name(self) -> str:
        """What matplotlib calls it."""
        return f"{self.ft_object.postscript_name}-{self.glyph_index:x}"


# a missing glyph is said where it is drawn, by name
QUIET = partial(warnings.catch_warnings, action="ignore", category=UserWarning)
FACES: dict[str, Face] = {}  # by PostScript name
OUTLINES: dict[str, tuple[np.ndarray, np.ndarray]] = {}  # of glyphs: vertices (n × 2, points at the size EM) and path codes


@cache
def font_family() -> str:
    """Register the typeface with matplotlib by path (no system font, no font cache) and return its name."""
    font_manager.fontManager.addfont(font_file())
    return font_manager.FontProperties(fname=font_file()).get_name()


@lru_cache(KEPT)
def letters(text: str) -> tuple[Letter, ...]:
    """The glyphs of one line of text, whose outlines are kept from now on; an error for one that neither typeface has."""
    with QUIET():
        placed = _font()._layout(text, LoadFlags.NO_HINTING)  # what matplotlib's own renderers call
    missing = "".join(dict.fromkeys(letter.char for letter in placed if letter.glyph_index == 0))
    if missing:
        raise HanyangError(f"the font cannot draw {missing!r} (U+{ord(missing[0]):04X}) of {text!r}: write it otherwise")
    found = []
    for of in placed:
        found.append(Letter(FACES[of.ft_object.postscript_name], of.char, of.glyph_index, of.x, of.y, of.prev_kern))
        if found[-1].name not in OUTLINES:
            of.ft_object.load_glyph(of.glyph_index, flags=LoadFlags.NO_HINTING)
            OUTLINES[found[-1].name] = of.ft_object.get_path()
    return tuple(found)


@lru_cache(KEPT)
def extent(text: str) -> tuple[float, float, float]:
    """Width and height of one line of text, and how far it reaches below its line, in points at the size ``EM``."""
    font = _font()
    with QUIET():
        font.set_text(text, 0.0, flags=LoadFlags.NO_HINTING)
    width, height = font.get_width_height()
    return width / 64, height / 64, font.get_descent() / 64  # FreeType counts in 64ths


@cache
def line_metrics() -> tuple[float, float, float]:
    """How far the typeface reaches above and below the line, and the gap between lines, in ems."""
    font = _font()
    table: Any = font.get_sfnt_table("OS/2")
    per_em: Any = font.get_sfnt_table("head")
    ascent, descent, gap = (table[key] / per_em["unitsPerEm"] for key in ("sTypoAscender", "sTypoDescender", "sTypoLineGap"))
    return ascent, -descent, gap


def text_width(text: str, points: float) -> float:
    """The width in points of one line of text at the size ``points``."""
    return extent(text)[0] * (points / EM)


def wrap(text: str, width: float, points: float) -> list[str]:
    """Break ``text`` into lines of at most ``width`` points at the given text size.

    Latin words stay whole, Chinese may break anywhere except before closing punctuation. A line is as wide as its pieces are
    together: kerning between a word and a blank is less than a thousandth of a line.
    """
    lines, filled = [""], 0.0
    for piece in re.findall(PIECE, text):
        needed = text_width(piece, points)
        if not piece.isspace() and filled + needed > width and lines[-1].strip():
            lines.append("")
            filled = 0.0
        lines[-1] += piece if lines[-1] else piece.lstrip()
        filled += needed if lines[-1] else 0.0
    return [line.rstrip() for line in lines if line.strip()]


def headline(text: str, width: float, points: float) -> list[str]:
    """The same for a title: it is broken behind a comma where that can be, and leaves no word or two alone in the last line."""
    lines = wrap(text, width, points)
    tries = [wrap(text, width * share / 100, points) for share in range(100, 50, -2)]
    even = [made for made in tries if len(made) == len(lines) and text_width(made[-1], points) >= LAST_LINE * width]
    return min(even or [lines], key=lambda made: sum(line[-1] not in COMMAS for line in made[:-1]))


@cache
def font_file() -> Path:
    """The file of the typeface, in its package; a HanyangError if that is not installed."""
    spec = find_spec(FONT_PACKAGE)
    file = Path(spec.origin).parent / FONT_FILE if spec and spec.origin else None
    if file is None or not file.is_file():
        package = FONT_PACKAGE.replace("_", "-")
        raise HanyangError(f"the font package {FONT_PACKAGE} is missing: run make setup, or pip install {package}")
    return file


@cache
def _font() -> FT2Font:
    """The typeface, with the spare one behind it, at the size ``EM``.

    From memory: read from a file a glyph takes twice the time, and processes that were forked would share its position.
    """
    files = Path(font_manager.findfont(SPARE)), font_file()
    fonts: list[FT2Font] = []
    for file in files:
        fonts.append(FT2Font(BytesIO(file.read_bytes()), _fallback_list=fonts[:1]))
        fonts[-1].set_size(EM, 72)
        FACES[fonts[-1].postscript_name] = Face(str(file), fonts[-1].face_index, fonts[-1].postscript_name)
    return fonts[-1]


class Box(NamedTuple):
    """A rectangle in points from the lower left corner of the axes."""

    x0: float
    y0: float
    x1: float
    y1: float

    def meets(self, other: "Box") -> bool:
        """Whether the two share more than a hair of height, and stand closer than words do."""
        wide = min(self.x1, other.x1) - max(self.x0, other.x0)
        return wide > -APART and min(self.y1, other.y1) - max(self.y0, other.y0) > TOUCH

    def within(self, other: "Box") -> bool:
        """Whether it lies in another one, but for a hair."""
        low, high = self.x0 >= other.x0 - TOUCH and self.y0 >= other.y0 - TOUCH, self.x1 <= other.x1 + TOUCH
        return low and high and self.y1 <= other.y1 + TOUCH


class Label(NamedTuple):
    """A word for a point of the plot, and the side on which it stands first."""

    text: str
    x: float
    y: float
    below: bool = False
    gap: float = GAP


def around(x: float, y: float, radius: float) -> Box:
    """The box of a mark."""
    return Box(x - radius, y - radius, x + radius, y + radius)


def place(wanted: Sequence[Label], points: float, taken: Sequence[Box], inside: Box) -> list[Box | None]:
    """The place of each label, the first ones having the choice; None where there is no free one.

    None may cover what is ``taken``: marks, lines of breaks, other words; all stay ``inside``; ``points`` is the text's size.
    """
    full, found = list(taken), []
    for label in wanted:
        box = next((b for b in _tries(label, points, inside) if not any(map(b.meets, full))), None)
        full += [box] if box else []
        found.append(box)
    return found


def rows(spans: Sequence[tuple[float, float]]) -> list[int]:
    """For each span along the top the first row in which it touches none before it."""
    taken: list[list[tuple[float, float]]] = []
    found = []
    for low, high in spans:
        row = next((n for n, held in enumerate(taken) if all(high < a or b < low for a, b in held)), len(taken))
        taken += [[] for _ in range(row + 1 - len(taken))]
        taken[row].append((low, high))
        found.append(row)
    return found


def _tries(label: Label, points: float, inside: Box) -> Iterator[Box]:
    """Above or below, straight or to a side, then a line farther away, then beside the mark."""
    width, height = text_width(label.text, points), points * HEIGHT
    aside = width / 2 + 1
    for farther in (0.0, height):
        for below in (label.below, not label.below):
            for shift in (0.0, aside * 0.6, -aside * 0.6, aside, -aside):
                low, high = inside.x0 + width / 2, inside.x1 - width / 2
                x = min(max(label.x + shift, low), high)
                y = label.y - label.gap - farther - height if below else label.y + label.gap + farther
                if (box := Box(x - width / 2, y, x + width / 2, y + height)).within(inside):
                    yield box
    for x0 in (label.x + GAP, label.x - GAP - width):
        box = Box(x0, label.y - height / 2, x0 + width, label.y + height / 2)
        if box.within(inside):
            yield box
