"""The formats that are text: HTML and LaTeX, filled into the templates beside this module, and CSV."""

import csv
import re
import shutil
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from hanyang_data.charts.web import FAMILY, font_face, script
from hanyang_data.report import content, words
from hanyang_data.report.content import Table
from hanyang_data.report.document import Document
from hanyang_data.report.layout import LANDSCAPE, ORIGIN_PARTS, PORTRAIT, inline_svg, parts, turned, widths
from hanyang_data.report.section import about
from hanyang_data.words.wording import MINUS

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
            doc=document, brief=brief, annex=annex, lang=LANG[document.lang], words=words, svg=inline_svg, content=content,
            sort=document.say(words.SAYS.sort), answers=script(), turned=turned,
            upright_first=lambda items: sorted(items, key=lambda item: isinstance(item, Table) and turned(item)),
            widths=lambda table, wide: widths(table, LANDSCAPE if wide else PORTRAIT), origin_parts=ORIGIN_PARTS,
        )  # fmt: skip
        if face := font_face(text):  # for who has no Chinese font
            text = text.replace("</head>", f"<style>{face}</style>\n<script>{LOAD}</script>\n</head>", 1)
        files.append(folder / f"{name}.html")
        files[-1].write_text(text, encoding="utf-8")
    return files


ESCAPES = str.maketrans({
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}", MINUS: "$-$",
    "\n": " ", "†": r"\dag{}", "[": "{[}", "]": "{]}", "≥": r"$\geq$", "÷": r"$\div$",
})  # fmt: skip
UNSAFE = re.compile(r"[\\{}^`|<>\"\s\x00-\x1f]+")
PACKAGES = ("booktabs", "longtable", "array", "pdflscape", "url")
BETWEEN = 0.22  # cm between two columns


def escape(text: str) -> str:
    """A text with the characters that LaTeX reads as commands made harmless."""
    return text.translate(ESCAPES)


def _address(url: str) -> str:
    """An address inside ``\\url``, which prints it as it is: what would end it, or no address may hold, as browsers write it."""
    return UNSAFE.sub(lambda found: quote(found[0], safe=""), url)


TEX = TEMPLATES.overlay("<%", "%>", "<<", ">>", "<#", "#>", autoescape=False)  # braces are LaTeX's own
TEX.keep_trailing_newline = True  # which overlay() takes from jinja2 3.1.5 on
TEX.filters = TEX.filters | {"tex": escape, "address": _address}


def write_latex(document: Document, folder: Path) -> list[Path]:
    """Write ``report_<lang>_latex/`` with a file per table and ``tables.tex``, which includes them; return the files."""
    place = folder / f"report_{document.lang}_latex"
    place.mkdir()
    whole = TEX.get_template("tables.tex.j2").render(doc=document, words=words, content=content, packages=PACKAGES)
    texts = {table.stem: latex_table(table, document) for table in document.tables} | {"tables": whole}
    for name, text in texts.items():
        (place / f"{name}.tex").write_text(text, encoding="utf-8")
    return [place / f"{name}.tex" for name in texts]


def latex_table(table: Table, document: Document) -> str:
    """One table as a longtable of booktabs, with caption, note, source and run."""
    room, said = LANDSCAPE if turned(table) else PORTRAIT, []
    for part in parts(table, room):
        sides = zip([r"\raggedleft" if right else r"\raggedright" for right in part.right], widths(part, room), strict=True)
        columns = (rf">{{{side}\arraybackslash}}p{{{width - BETWEEN:.2f}cm}}" for side, width in sides)
        said.append((part, "".join(columns)))
    unit = f" ({table.unit})" if table.unit and document.lang == "en" else f"（{table.unit}）" if table.unit else ""
    return TEX.get_template("table.tex.j2").render(
        table=table, turned=turned(table), caption=table.title + unit, parts=said,
        below=[document.note_of(table), table.source, document.say(words.SAYS.run, run=table.run)],
    )  # fmt: skip


def write_csv(document: Document, folder: Path) -> list[Path]:
    """Write the CSV of every table into ``report_<lang>_csv/`` under its number, of a cut one what it shows; return the files."""
    place = folder / f"report_{document.lang}_csv"
    place.mkdir()
    files = [place / f"{table.stem}.csv" for table in document.tables]
    for table, file in zip(document.tables, files, strict=True):
        if not table.of:
            shutil.copyfile(table.csv, file)
            continue
        with table.csv.open(encoding="utf-8-sig", newline="") as whole, file.open("w", encoding="utf-8-sig", newline="") as cut:
            head, *rows = csv.reader(whole)
            kept = [head.index(column.head) for column in table.columns]
            kept += [len(head) - 1] * about(table.run.split("/")[0], table.name).one_year
            csv.writer(cut, lineterminator="\n").writerows(
                [row[n] for n in kept] for row in (head, *(rows[n] for n in table.lines))
            )
    return files
