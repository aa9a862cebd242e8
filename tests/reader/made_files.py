"""Real PDF and DOCX files, made for a test: prose at a place on a page, ruled tables, a page that is a picture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import docx
import numpy as np
import pylopdf_fonts_zh_cn
from matplotlib.backends.backend_pdf import FigureCanvasPdf, PdfPages
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties

FONT = FontProperties(fname=str(next(Path(pylopdf_fonts_zh_cn.__file__).parent.rglob("NotoSansSC*.otf"))))
WIDE, HIGH = 595, 842  # A4 in points
Words = tuple[float, float, str]  # points from the left and from the top, and what stands there


class Page:
    """A page of a PDF: words at their places, tables with rules."""

    def __init__(self, *words: Words, size: float = 10) -> None:
        self.figure = Figure(figsize=(WIDE / 72, HIGH / 72))
        FigureCanvasPdf(self.figure)
        for x, y, text in words:
            self.figure.text(x / WIDE, 1 - y / HIGH, text, fontproperties=FONT, fontsize=size)

    def table(self, rows: Sequence[Sequence[str]], top: float, height: float) -> Page:
        """A table with rules from ``top`` on."""
        axes = self.figure.add_axes((0.1, 1 - (top + height) / HIGH, 0.8, height / HIGH))
        axes.axis("off")
        made = axes.table(cellText=[list(row) for row in rows], bbox=(0, 0, 1, 1))
        for cell in made.get_celld().values():
            cell.get_text().set_fontproperties(FONT)
        return self

    def picture(self) -> Page:
        """A page without text: what a scanner makes."""
        axes = self.figure.add_axes((0.1, 0.1, 0.8, 0.8))
        axes.axis("off")
        axes.imshow(np.random.default_rng(1).random((40, 30)), cmap="gray")
        return self


def pdf(file: Path, *pages: Page) -> Path:
    """Write the pages."""
    with PdfPages(file) as book:
        for page in pages:
            book.savefig(page.figure)
    return file


def word(file: Path, before: Sequence[str], rows: Sequence[Sequence[str]], merged: Sequence[tuple[int, int, int, int]]) -> Path:
    """Write paragraphs and a table; ``merged`` are the corners (row, column, row, column) of cells that are one."""
    document = docx.Document()
    for line in before:
        document.add_paragraph(line)
    table = document.add_table(rows=len(rows), cols=len(rows[0]))
    for r1, c1, r2, c2 in merged:
        table.cell(r1, c1).merge(table.cell(r2, c2))
    for r, row in enumerate(rows):
        for c, text in enumerate(row):
            if text:
                table.cell(r, c).text = text
    document.save(str(file))
    return file
