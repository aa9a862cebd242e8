"""The PDF of a figure: one page, whose text can be found and copied."""

import math
from collections.abc import Mapping, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any, NamedTuple

from matplotlib.backends.backend_pdf import Name, PdfFile, RendererPdf, _get_pdf_charprocs
from matplotlib.figure import Figure
from matplotlib.font_manager import get_font

from hanyang_data.charts.typeface import EM, Letter, letters
from hanyang_data.charts.typesetter import Typeset

NAME: Any = Name


class Pdf(Typeset, RendererPdf):
    """Text with its glyphs in the file."""

    def _get_font_ttf(self, prop: Any) -> Any:
        return _Sized(prop.get_size_in_points())


class _File(PdfFile):
    """Matplotlib's, and the same to the byte; but each glyph of a font of type 3 is worked out once for all files."""

    def embedTTF(self, filename: Any, subset_index: int, charmap: Mapping[int, int]) -> Any:
        """Write the glyphs of a font that are in use, and return the object that describes it."""
        file: Any = self
        named, told = _metrics(filename)
        codes = range(min(charmap), max(charmap) + 1)
        glyphs = {code: _glyph(filename, charmap.get(code, 0)) for code in codes}
        runs = [[code for _, code in run] for _, run in groupby(enumerate(sorted(charmap)), lambda at: at[1] - at[0])]
        widths, name = [of.width for of in glyphs.values()], NAME(file._get_subsetted_psname(named, charmap).encode())
        of = {part: file.reserveObject(part) for part in ("Widths", "FontDescriptor", "font", "CharProcs", "ToUnicode")}
        outlines = {}
        for glyph, outline in sorted({glyphs[code][:2] for code in charmap}):
            outlines[glyph] = file.reserveObject("charProc")
            file.outputStream(outlines[glyph], outline)
        differences = [part for run in runs for part in (run[0], *(NAME(glyphs[code].name) for code in run))]
        file.writeObject(of["font"], {
            "Type": NAME("Font"), "BaseFont": name, "FirstChar": codes[0], "LastChar": codes[-1],
            "FontDescriptor": of["FontDescriptor"], "Subtype": NAME("Type3"), "Name": name, "FontBBox": told["FontBBox"],
            "FontMatrix": [0.001, 0, 0, 0.001, 0, 0], "CharProcs": of["CharProcs"],
            "Encoding": {"Type": NAME("Encoding"), "Differences": differences},
            "Widths": of["Widths"], "ToUnicode": of["ToUnicode"],
        })  # fmt: skip
        described = {"Type": NAME("FontDescriptor"), "FontName": name, **told, "MaxWidth": max(widths)}
        file.writeObject(of["FontDescriptor"], described)
        file.writeObject(of["Widths"], widths)
        file.writeObject(of["CharProcs"], outlines)
        file.outputStream(of["ToUnicode"], file._identityToUnicodeCMap % self._meant(filename, subset_index, runs))
        return of["font"]

    def _meant(self, filename: Any, subset_index: int, runs: Sequence[Sequence[int]]) -> tuple[int, bytes]:
        """How many runs of codes there are, and which letters each stands for: so that text is found and copied."""
        tracker: Any = self._character_tracker
        lines = []
        for run in runs:
            texts = (tracker.subset_to_unicode(filename, subset_index, code) for code in run)
            meant = " ".join(f"<{text.encode('utf-16be').hex()}>" for text in texts)
            lines.append(f"<{run[0]:02x}> <{run[-1]:02x}> [{meant}]")
        return len(lines), "\n".join(lines).encode()


class _Glyph(NamedTuple):
    """A glyph as the file has it, in thousandths of an em."""

    name: str
    outline: bytes
    width: int


@cache
def _glyph(face: Any, index: int) -> _Glyph:
    written: Any = _get_pdf_charprocs
    ((name, outline),) = written(face, [index]).items()
    return _Glyph(name, outline, int(outline.split(maxsplit=1)[0]))


@cache
def _metrics(face: Any) -> tuple[str, dict[str, Any]]:
    """The name of a font, and what the file says of it: an upright one with no table of capitals, as the typeface has none."""
    font = get_font(face)
    box, up, down = ([_outwards(1000 * of / font.units_per_EM) for of in sides]
                     for sides in (font.bbox, [font.ascender], [font.descender]))  # fmt: skip
    told = {"Flags": 1 << 5, "FontBBox": box, "Ascent": up[0], "Descent": down[0]}
    return font.postscript_name, told | dict.fromkeys(("CapHeight", "XHeight", "ItalicAngle", "StemV"), 0)


def _outwards(value: float) -> int:
    return math.floor(value) if value < 0 else math.ceil(value)


class _Sized(NamedTuple):
    """What the PDF renderer asks of a font."""

    points: float

    def _layout(self, text: str, *_: Any, **__: Any) -> Sequence[Letter]:
        k = self.points / EM
        return [of._replace(x=of.x * k, y=of.y * k, prev_kern=of.prev_kern * k) for of in letters(text)]


def write(figure: Figure, filename: Path, metadata: Any = None) -> None:
    """Write a figure as a PDF file with ``metadata`` of matplotlib's names."""
    width, height = figure.get_size_inches()
    figure.dpi = 72
    file: Any = _File(filename, metadata=metadata)  # type: ignore[no-untyped-call]
    try:
        file.newPage(width, height)
        renderer: Any = Pdf(file, 72, height, width)
        figure.draw(renderer)
        renderer.finalize()
        file.finalize()
    finally:
        file.close()
