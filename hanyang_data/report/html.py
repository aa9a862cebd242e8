"""The report as HTML: findings first, contents at the side, figures inline, tables that sort and fold; nothing is loaded."""

from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from hanyang_data.charts.web import FAMILY, font_face, script
from hanyang_data.report import content, words
from hanyang_data.report.content import Document
from hanyang_data.report.pictures import inline_svg

TEMPLATES = Environment(
    loader=FileSystemLoader(Path(__file__).parent), autoescape=True, undefined=StrictUndefined, trim_blocks=True,
    lstrip_blocks=True,
)  # fmt: skip
# Chromium keeps the boxes of a line that it drew while the letters were on their way, and finds them again for every line of the
# same look: the look is made another one when the letters have come, and once more when all lines stand
LOAD = f"""const looks = [['fontKerning', 'normal'], ['textRendering', 'optimizeLegibility']];
const again = () => document.fonts.load('1em "{FAMILY}"', '汉').then(() => {{
  const [name, value] = looks.shift();
  document.documentElement.style[name] = value;
}});
again();
addEventListener('load', again);"""
LANG = {"en": "en", "zh": "zh-Hans"}


def write_html(document: Document, folder: Path) -> list[Path]:
    """Write ``report_<lang>.html``, and ``annex_<lang>.html`` where the annex is a file of its own; return them."""
    files = []
    for name, brief, annex in document.volumes:
        text = TEMPLATES.get_template("report.html.j2").render(
            doc=document,
            brief=brief,
            annex=annex,
            lang=LANG[document.lang],
            words=words,
            svg=inline_svg,
            content=content,
            sort=document.say(words.SAYS.sort),
            answers=script(),
        )
        if face := font_face(text):  # for who has no Chinese font
            text = text.replace("</head>", f"<style>{face}</style>\n<script>{LOAD}</script>\n</head>", 1)
        files.append(folder / f"{name}.html")
        files[-1].write_text(text, encoding="utf-8")
    return files
