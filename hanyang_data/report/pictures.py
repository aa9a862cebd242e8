"""The drawing of a figure without its words, which the report sets as text: inline SVG for a page, PNG for Word."""

import io
import re
from html import escape
from pathlib import Path

from PIL import Image

from hanyang_data.charts.style import POINTS_PER_CM
from hanyang_data.charts.web import INHERITED, bare
from hanyang_data.errors import HanyangError
from hanyang_data.report.content import Picture

SCREEN = 1.5  # a screen is read from farther away than paper: text of 8.5 points as 13
ROOT = re.compile(r'<svg [^>]*?viewBox="0 0 ([\d.]+) ([\d.]+)"[^>]*>')


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


def cropped_png(picture: Picture) -> tuple[bytes, float]:
    """The PNG cropped to the drawing, and its height as a part of its width."""
    file = _file(picture, "png")
    try:
        with Image.open(file) as image:
            width, height = image.size
            top, bottom = (round(part * height) for part in picture.plot)
            drawing = image.crop((0, top, width, bottom))
    except OSError as error:
        raise HanyangError(f"{file} is no PNG ({error}): run {picture.run} again") from None
    out = io.BytesIO()
    drawing.save(out, "PNG", dpi=(300, 300), compress_level=6)
    return out.getvalue(), (bottom - top) / width


def _file(picture: Picture, kind: str) -> Path:
    if kind not in picture.files:
        raise HanyangError(
            f"run {picture.run} drew {picture.name} without {kind}, which the report shows: run it with formats png and svg"
        )
    return picture.files[kind]
