"""What of a table or a figure fits where: columns and rows on paper and on a sheet, and the drawing of a figure alone.

The report sets the words of a figure as text: below are inline SVG for a page, and PNG for Word and its kin.
"""

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from html import escape
from itertools import groupby, pairwise
from pathlib import Path

from PIL import Image

from hanyang_data.charts.style import POINTS_PER_CM
from hanyang_data.charts.typeface import text_width, wrap
from hanyang_data.charts.web import INHERITED, bare
from hanyang_data.errors import HanyangError
from hanyang_data.report.content import Picture, Table
from hanyang_data.studies.tables import Cell, Column
from hanyang_data.words.wording import display_width

PORTRAIT, LANDSCAPE = 16.0, 24.7  # cm of text on A4
POINTS = 8  # of a cell
MARGINS, GAP = 0.24, 0.2  # cm beside the text of a cell, and more where words follow a number that ends there
TALLEST = 8  # lines of a row, above which a table is better on a page turned
LONG, TALL = 14, 3  # rows, above which it is so also where they take so many lines on average
WIDE = r"\u3000-\u9fff\uff00-\uffef"
CLOSING = "、，。；：！？）》”"  # begin no line
LONGING = 0.8  # how much more of the room a column gets that holds more
SERIF, HEAD = 0.94, 1.12  # Latin words of a cell, and bold ones of a head, to those of a figure
NARROWEST, WIDEST, PAGE_WIDTH = 9, 46, 100  # characters of a column of a sheet, and of A4 on its side
ROOM = 1.25  # of a page: what a sheet prints is not set smaller than nine points where its words may be broken into lines
ORIGIN_PARTS = (0.22, 0.27, 0.36, 0.15)  # of its width, the columns of the map of runs
DPI = 300  # of a PNG that does not say its own
SCREEN = 1.5  # a screen is read from farther away than paper: text of 8.5 points as 13
ROOT = re.compile(r'<svg [^>]*?viewBox="0 0 ([\d.]+) ([\d.]+)"[^>]*>')


def turned(table: Table, room: float = PORTRAIT) -> bool:
    """Whether a table is better read on a page turned on its side: its columns do not fit, or its rows would get too tall."""
    if sum(narrow for narrow, _ in _needs(table)) > room:
        return True
    broad = [(width - MARGINS) * POINTS_PER_CM for width in widths(table, room)]
    lines = [max(len(wrap(cell, width, POINTS)) for cell, width in zip(row, broad, strict=True)) for row in table.shown]
    return max(lines, default=0) > TALLEST or (len(lines) > LONG and sum(lines) >= TALL * len(lines))


def parts(table: Table, room: float) -> list[Table]:
    """The table itself, or where its words do not fit the room, tables of some of its columns, each with the first one.

    Columns of one region (``target_of_wuhan``, ``outturn_of_wuhan``) stay together.
    """
    needs = [least for least, _ in _needs(table)]
    if sum(needs) <= room:
        return [table]
    of = [column.key.rpartition("_of_")[2] for column in table.columns]
    held, used = [[0]], needs[0]
    for _, places in groupby(range(1, len(needs)), of.__getitem__):
        block = list(places)
        wide = sum(needs[place] for place in block)
        if used + wide > room and len(held[-1]) > 1:
            held, used = [*held, [0]], needs[0]
        held[-1], used = [*held[-1], *block], used + wide
    return [some_of(table, places) for places in held]


def some_of(table: Table, places: Sequence[int], rows: Sequence[int] | None = None) -> Table:
    """Some columns of a table, and some of its rows."""
    kept = range(len(table.rows)) if rows is None else rows
    columns = [table.columns[n] for n in places]
    return replace(
        table,
        columns=[column.of_rows(kept) for column in columns],
        rows=[[table.rows[row][n] for n in places] for row in kept],
        shown=[[table.shown[row][n] for n in places] for row in kept],
    )


def widths(table: Table, room: float) -> list[float]:
    """Width of each column in cm; together they fill the room, or less where little is to be shown.

    Least widths first; what is left goes to the columns that would need more lines, by how much they hold.
    """
    needs = _needs(table)
    least, wished = [n for n, _ in needs], [w for _, w in needs]
    if sum(wished) <= room:
        return wished
    spare = max(0.0, room - sum(least))
    longing = [max(0.0, w - n) ** LONGING for n, w in needs]
    total = sum(longing) or 1.0
    given = [n + spare * part / total for n, part in zip(least, longing, strict=True)]
    scale = min(1.0, room / sum(given))
    return [width * scale for width in given]


def _needs(table: Table) -> list[tuple[float, float]]:
    """For each column the width of its longest word and of its longest cell, in cm."""
    found = []
    gaps = [GAP * (before and not right) for before, right in pairwise([False, *table.right])]
    for number, (column, gap) in enumerate(zip(table.columns, gaps, strict=True)):
        texts = [(column.head, HEAD), *((row[number], 1.0) for row in table.shown)]
        word = max(_cm(piece) * weight for text, weight in texts for piece in pieces(text))
        whole = max(_cm(text) * weight for text, weight in texts)
        found.append((word + MARGINS + gap, max(word, whole) + MARGINS + gap))
    return found


def pieces(text: str) -> list[str]:
    """What a line is not broken inside: Latin words with the mark that ends them, and four Chinese characters, for a column of
    single ones is none.

    >>> pieces("[21、29]")
    ['[21、', '29]']
    """
    return re.findall(rf"[^\s{WIDE}]{{1,16}}[{CLOSING}]?|[{WIDE}]{{1,4}}", text) or [""]


def _cm(text: str) -> float:
    return text_width(text, POINTS) / POINTS_PER_CM * (1.0 if re.search(f"[{WIDE}]", text) else SERIF)


def sheet_widths(table: Table) -> list[float]:
    """Width of each column: as its cells want it, and where that is more than a page can hold, words in lines of their own."""
    needs = [_sheet_needs(column, [row[number] for row in table.rows]) for number, column in enumerate(table.columns)]
    least, wished = (sum(ends) for ends in zip(*needs, strict=True))
    share = min(1.0, max(0.0, ROOM * PAGE_WIDTH - least) / (wished - least)) if wished > least else 1.0
    return [low + share * (high - low) for low, high in needs]


def _sheet_needs(column: Column, cells: Sequence[Cell]) -> tuple[float, float]:
    """The width that the longest word of a column needs, and the one it would like."""
    texts = [column.text(cell) for cell in cells]
    head = max(display_width(piece) for piece in pieces(column.head)) + 3
    longest = max(map(display_width, texts), default=0) + 3
    word = longest if column.numeric else max((display_width(p) for text in texts for p in pieces(text)), default=0) + 3
    wished = min(WIDEST, max(NARROWEST, longest, head, min(display_width(column.head), 14) + 3))
    return float(min(wished, max(word, head))), float(wished)


def row_height(texts: Sequence[str], broad: Sequence[float], points: float) -> float:
    """The height of a row whose texts wrap, in points; what is not given is not adjusted by every program."""
    lines = (_lines_in(text, width * 12 / points - 1) for text, width in zip(texts, broad, strict=True))
    return max(1, *lines) * points * 1.5


def _lines_in(text: str, room: float) -> int:
    """The lines that a text takes: no word is broken."""
    lines, used = 1, 0
    for piece in pieces(text):
        wide = display_width(piece)
        if used and used + wide > room:
            lines, used = lines + 1, 0
        used += wide + piece.isascii()
    return lines


def inline_svg(picture: Picture) -> str:
    """The SVG as an element of a page: cropped to the drawing, named for a screen reader, its ids those of this figure alone."""
    text = bare(_file(picture, "svg").read_text(encoding="utf-8"))
    root = ROOT.search(text)
    if root is None:
        raise HanyangError(f"{picture.files['svg']} is no SVG of a figure: run {picture.run} again")
    width, height = float(root[1]), float(root[2])
    top, bottom = (part * height for part in picture.plot)
    own = f"f{picture.number}-"
    body = text[root.end() :].replace(' id="', f' id="{own}')
    body = body.replace("url(#", f"url(#{own}").replace('xlink:href="#', f'href="#{own}')
    body = re.sub(r"\n\s*", "\n", body).strip()
    return (
        f'<svg role="group" aria-labelledby="{own}title {own}alt" viewBox="0 {top:.2f} {width:.2f} {bottom - top:.2f}" '
        f'style="max-width: {SCREEN * width / POINTS_PER_CM:.2f}cm; {INHERITED}">\n'
        f'<title id="{own}title">{escape(picture.title)}</title><desc id="{own}alt">{escape(picture.alt)}</desc>\n{body}'
    )


def cropped_png(picture: Picture) -> tuple[bytes, float, float]:
    """The PNG cropped to the drawing, its height as a part of its width, and the width that it was drawn for, in cm."""
    file = _file(picture, "png")
    try:
        with Image.open(file) as image:
            width, height = image.size
            top, bottom = (round(part * height) for part in picture.plot)
            drawing, dots = image.crop((0, top, width, bottom)), float(image.info.get("dpi", (DPI, DPI))[0])
    except OSError as error:
        raise HanyangError(f"{file} is no PNG ({error}): run {picture.run} again") from None
    out = io.BytesIO()
    drawing.save(out, "PNG", dpi=(dots, dots), compress_level=6)
    return out.getvalue(), (bottom - top) / width, width / dots * 2.54


def _file(picture: Picture, kind: str) -> Path:
    if kind not in picture.files:
        raise HanyangError(
            f"run {picture.run} drew {picture.name} without {kind}, which the report shows: run it with formats png and svg"
        )
    return picture.files[kind]
