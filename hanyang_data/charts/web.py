"""What a page needs to show figures as they are meant: marks that answer, over a PNG or in an SVG, and Chinese letters."""

import base64
import io
import re
import shutil
import sys
from functools import cache, lru_cache
from html import escape
from pathlib import Path
from typing import Any

from matplotlib.figure import Figure

from hanyang_data.charts.style import ANSWER
from hanyang_data.charts.typeface import font_file

FAMILY = "Hanyang Sans"  # last in a list of fonts: letters that no font of the machine has
CHINESE = re.compile(r"[\u2018-\u201d\u2026\u2030-\u2bff\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef]")
SCREEN_WIDTH = 840  # pixels, about half of what a page-wide PNG holds: sharp on any screen
LEAST = 0.015  # of the width or height of a picture: what a pointer can hit
# what stands before the drawing, and a style sheet that would hold for the whole page
HEAD = re.compile(
    r"<\?xml.*?\?>|<!DOCTYPE.*?>|<metadata>.*?</metadata>|<defs>\s*<style.*?</style>\s*</defs>|<!--.*?-->", re.DOTALL
)
INHERITED = "stroke-linejoin: round; stroke-linecap: butt"  # what that style sheet says of all elements


@cache
def script() -> str:
    """The script by which a mark answers on hover and on keyboard focus; for a page once, whatever figures come later."""
    return (Path(__file__).parent / "answers.js").read_text(encoding="utf-8")


def inline(svg: str, alt: str) -> str:
    """The text of an SVG file as an element of a page, its marks within reach of the script; ``alt`` is the figure in words."""
    body = re.sub(r'(<svg [^>]*?) width="[^"]*"', r"\1", bare(svg), count=1)
    body = re.sub(r'(<svg [^>]*?) height="[^"]*"', r"\1", body, count=1)
    return body.replace("<svg ", f'<svg class="hy-figure" role="group" aria-label="{escape(alt)}" style="{INHERITED}" ', 1)


def bare(svg: str) -> str:
    """The element of an SVG file without what is the file's alone: its head, its title, its style sheet."""
    return re.sub(r"<title>.*?</title>", "", HEAD.sub("", svg), count=1, flags=re.DOTALL).strip()


def shown(png: bytes, figure: Figure, alt: str) -> tuple[dict[str, Any], dict[str, Any]]:
    """What JupyterLab shows of a figure, as data and metadata: the picture, its alt text, a place for each mark that answers."""
    data = base64.b64encode(png).decode()
    places = ""  # of the marks that answer, in parts of the picture
    for mark in figure.findobj(lambda artist: (artist.get_gid() or "").startswith(ANSWER)):
        box = mark.get_window_extent().transformed(figure.transFigure.inverted())
        width, height = max(box.width, LEAST), max(box.height, LEAST)
        left, top = (box.x0 + box.x1 - width) / 2, 1 - (box.y0 + box.y1 + height) / 2
        sides = {"left": left, "top": top, "width": width, "height": height}
        place = "; ".join(f"{side}: {100 * share:.2f}%" for side, share in sides.items())
        says = escape(str(mark.get_gid()).removeprefix(ANSWER))
        places += f'<span class="hy-mark" tabindex="0" role="img" title="{says}" style="position: absolute; {place}"></span>'
    page = (
        f'<div style="position: relative; width: {SCREEN_WIDTH}px; max-width: 100%">'
        f'<img src="data:image/png;base64,{data}" alt="{escape(alt)}" style="width: 100%">{places}</div>'
        f"<script>{script() if places else ''}</script>"
    )
    return {"text/html": page, "image/png": data, "text/plain": alt}, {"image/png": {"width": SCREEN_WIDTH}}


@lru_cache(8)
def font_face(letters: str) -> str:
    """A style sheet with the Chinese letters among ``letters`` as a web font of the name :data:`FAMILY`; empty without any.

    A machine without Chinese fonts shows boxes in their place. Cut from the font of the figures: 900 letters take 140 kB.
    ``letters`` is the text of the page, or all that it may show.
    """
    wanted = "".join(sorted(set(CHINESE.findall(letters))))
    if not wanted:
        return ""
    data = base64.b64encode(cut(wanted)).decode()
    return f'@font-face {{ font-family: "{FAMILY}"; font-display: swap; src: url(data:font/woff;base64,{data}) format("woff"); }}'


def cut(letters: str) -> bytes:
    """The font of the figures, cut to some letters, as a web font (WOFF)."""
    from fontTools import subset  # half a second

    options = subset.Options(flavor="woff", layout_features=[], hinting=False, notdef_outline=True)
    font = subset.load_font(str(font_file()), options)
    cutter = subset.Subsetter(options)
    cutter.populate(text=letters)
    cutter.subset(font)
    out = io.BytesIO()
    subset.save_font(font, out, options)
    font.close()
    return out.getvalue()


def for_jupyterlab(folder: Path) -> None:
    """Write what JupyterLab is to load as custom CSS: Chinese letters for a machine that has none, in prose, tables and code.

    Whole, as anybody may type anything; a browser asks for the file only where a Chinese letter is to be shown and no local
    font has it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(font_file(), folder / font_file().name)
    lab = (Path(__file__).parent / "lab.css").read_text(encoding="utf-8")
    (folder / "custom.css").write_text(lab.replace("FONT_FILE", font_file().name), encoding="utf-8")


if __name__ == "__main__":
    for_jupyterlab(Path(sys.argv[1]))
