"""The report as a Word document: its text is filled into ``report.xml.j2``, its look is ``report_en.docx`` or ``_zh``.

Real headings and captions, tables one can edit, figures at column width; the page numbers of its contents are written in where
LibreOffice, which lays it out, says where each heading stands.
"""

import io
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from contextlib import closing
from copy import deepcopy
from functools import cache
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm
from markupsafe import Markup

from hanyang_data.report import words
from hanyang_data.report.content import Item, Picture, Table, label, mark_of
from hanyang_data.report.document import Document
from hanyang_data.report.layout import GAP, ORIGIN_PARTS, cropped_png, parts, turned, widths
from hanyang_data.report.markup import TEMPLATES
from hanyang_data.report.section import Section
from hanyang_data.studies.frames import forget_the_time
from hanyang_data.words.wording import Lang, Text

TALLEST = 16.5  # cm of a figure, so that caption and note stand on its page
KEPT_ROWS = 14  # a table of so few rows stands on one page with its caption and note
TWIPS_PER_CM = 567
HEADS = ("Title", "Heading 1", "Heading 2", "Caption", "Report Warning", "Report Finding", "Report Head", "Report Heading")
STYLES = (*HEADS, "toc 1", "List Bullet", "Report Subtitle", "Report Byline", "Report Note", "Report Cell", "Report Question",
          "Report Source")  # fmt: skip
# where a line of a cell may not break, and where it may: LibreOffice parts 2021-05 at its hyphen, and 21、29 inside a number
DAY, NO_BREAK = re.compile(r"(?<![\w/.-])\d{4}-\d\d(-\d\d)?\b(?![/-])"), '</w:t><w:noBreakHyphen/><w:t xml:space="preserve">'
BETWEEN, MAY_BREAK = re.compile(r"(?<=\d)、(?=\d)"), "、\u200b"

SECONDS = 180  # that LibreOffice gets for all documents
# Chinese is laid out in the font that figures are set in: a character is as wide in all, and a machine may have none of Word's
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>/usr/share/fonts</dir><dir>{folder}</dir><cachedir prefix="xdg">fontconfig</cachedir>{aliases}</fontconfig>"""
ALIAS = '<alias binding="same"><family>{name}</family><prefer><family>{real}</family></prefer></alias>'
SERIF, SANS = ("宋体", "SimSun"), ("黑体", "SimHei", "等线", "微软雅黑")
STANDS_IN = dict.fromkeys(SERIF, "Noto Serif SC") | dict.fromkeys(SANS, "Noto Sans SC")


class Page(NamedTuple):
    """How wide text may be, in cm, on a page upright and on its side."""

    upright: float
    sideways: float


def write_word(document: Document, folder: Path) -> list[Path]:
    """Write ``report_<lang>.docx``, and ``annex_<lang>.docx`` where the annex is a file of its own; return them."""
    files = []
    for name, brief, annex in document.volumes:
        files.append(folder / f"{name}.docx")
        _written(document, brief, annex).save(str(files[-1]))
        forget_the_time(files[-1])
    return files


def _written(document: Document, brief: bool, annex: bool) -> WordDocument:
    word, page = _begun(document.lang, document.template)
    properties = word.core_properties
    properties.title, properties.author, properties.last_modified_by = document.title, document.made_by, document.made_by
    properties.language, properties.comments = words.LANGUAGE[document.lang], document.state

    def of(section: Section, sideways: bool) -> list[Item]:
        wide = [isinstance(item, Table) and turned(item, page.upright) for item in section.annex]
        return [i for i, w in zip(section.annex, wide, strict=True) if w == sideways and i is not document.cover]

    pieces: Any = TEMPLATES.get_template("report.xml.j2").make_module({
        "doc": document, "brief": brief, "annex": annex, "page": page, "words": words, "mark_of": mark_of, "of": of,
        "widths": widths, "parts": parts, "id": cache(lambda name: word.styles[name].style_id), "next": count(1).__next__,
        "counted": _counting(document), "drawing": _drawing(word, page, document), "in_lines": _in_lines,
        "twips": lambda cm: round(cm * TWIPS_PER_CM),
        "gap": GAP, "kept_rows": KEPT_ROWS, "origin_widths": [part * page.upright for part in ORIGIN_PARTS],
        "page_of": re.split(r"\{pages?\}", words.SAYS.page.to(document.lang)),
    })  # fmt: skip
    if not document.template:  # later sections go on with it
        foot: Any = word.sections[0].footer
        foot._element.replace(foot.paragraphs[0]._p, *_parsed(pieces.foot()))
    for part in _parsed(pieces.body()):
        word.element.body.insert_element_before(part, "w:sectPr")
    if annex and (wide := _parsed(pieces.tables(True))):
        last: Any = word.sections[-1]
        if last.page_width < last.page_height:  # the rest of the document lies on its side
            lying: Any = word.add_section()
            lying.page_width, lying.page_height, lying.orientation = last.page_height, last.page_width, WD_ORIENT.LANDSCAPE
        for part in wide:
            word.element.body.insert_element_before(part, "w:sectPr")
    return word


def _begun(lang: Lang, template: Path | None) -> tuple[WordDocument, Page]:
    """An empty document with our styles, or one of the user's own with what it lacks of them, in its own fonts; its page."""
    ours = docx.Document(str(Path(__file__).with_name(f"report_{lang}.docx")))
    word: Any = docx.Document(str(template)) if template else ours
    section = word.sections[0]
    margins = section.left_margin + section.right_margin
    page = Page((section.page_width - margins) / Cm(1), (section.page_height - margins) / Cm(1))
    if not template:
        return word, page
    for part in [part for part in word.element.body if part.tag != qn("w:sectPr")]:
        word.element.body.remove(part)
    known = [style.name for style in word.styles]
    for name in [name for name in STYLES if name not in known]:
        style = deepcopy(ours.styles[name].element)
        style.get_or_add_rPr()._remove_rFonts()
        word.styles.element.append(style)
        word.styles[name].base_style = word.styles["Heading 1" if name in HEADS and "Heading 1" in known else "Normal"]
    stops = word.styles["toc 1"].paragraph_format.tab_stops
    if not len(stops):
        stops.add_tab_stop(Cm(page.upright), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    return word, page


def _drawing(word: WordDocument, page: Page, document: Document) -> Callable[[Picture], str]:
    """How a picture is taken into the file; the element that shows it."""
    numbers = count(1)

    def drawing(item: Picture) -> str:
        content, ratio, own = cropped_png(item)
        inline: Any = word.part.new_pic_inline(io.BytesIO(content), width=Cm(min(page.upright, TALLEST / ratio, own)))
        says = {"id": f"{next(numbers)}", "name": document.number_of(item), "descr": item.alt, "title": item.title}
        inline.docPr.attrib.update(says)
        return str(inline.xml)

    return drawing


def _counting(document: Document) -> Callable[[Item], tuple[str, str, str, str]]:
    """How a caption is parted: before its number, the field that counts it, the number, the rest.

    What stands out of its turn says where to count on from.
    """
    counted: dict[str, int] = {}  # series of captions → the number it has come to

    def parted(item: Item) -> tuple[str, str, str, str]:
        front, number, rest = document.caption_of(item).partition(document.number_of(item))
        before, digits = re.fullmatch(r"(.*?)(\d+)", number, re.DOTALL).groups()  # type: ignore[union-attr]
        series = f"{label(item).to(document.lang)}{'_A' if item.number.startswith('A') else ''}"
        jump = "" if int(digits) == counted.get(series, 0) + 1 else rf" \r {digits}"
        counted[series] = int(digits)
        return front + before, rf"SEQ {series} \* ARABIC{jump}", digits, rest

    return parted


def _in_lines(text: str) -> Markup:
    """The text of a cell that breaks between numbers and days, and not inside one."""
    return Markup(DAY.sub(lambda day: day[0].replace("-", NO_BREAK), BETWEEN.sub(MAY_BREAK, str(Markup.escape(text)))))


def _parsed(xml: str) -> list[Any]:
    return list(parse_xml(f"<w:body {nsdecls('w')}>{xml}</w:body>"))


def fill_in(files: Sequence[Path]) -> list[Text]:
    """Write page numbers into the contents of Word documents.

    What was left out and why, a sentence a document; empty if all is there.
    """
    office = shutil.which("soffice")
    why = words.SAYS.no_office if office is None else words.SAYS.no_reader if find_spec("pypdfium2") is None else None
    if office is None or why is not None:
        return [words.SAYS.no_numbers.format(file=file.name, why=why) for file in files]
    with tempfile.TemporaryDirectory() as folder:
        pages = _laid_out(office, files, Path(folder))
        missing = [file for file in files if file.name not in pages]
        for file in files:
            if file.name in pages:
                _write(file, pages[file.name])
    return [words.SAYS.no_numbers.format(file=file.name, why=words.SAYS.office_failed) for file in missing]


def _laid_out(office: str, files: Sequence[Path], folder: Path) -> dict[str, dict[str, int]]:
    """Heading → page of each document that LibreOffice could lay out."""
    import pypdfium2

    command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    try:
        where = os.environ | with_fonts(folder)
        subprocess.run([*command, "--outdir", folder, *files], capture_output=True, timeout=SECONDS, env=where)
    except (OSError, subprocess.TimeoutExpired):
        return {}
    found = {}
    for file in files:
        made = (folder / file.name).with_suffix(".pdf")
        if made.is_file():
            with closing(pypdfium2.PdfDocument(made)) as pdf:
                places = [(mark.get_title(), mark.get_dest()) for mark in pdf.get_toc()]
                found[file.name] = {_bare(title): dest.get_index() + 1 for title, dest in places if dest}
    return found


def with_fonts(folder: Path) -> dict[str, str]:
    """The environment in which a program finds Chinese fonts; a file in ``folder`` says where."""
    spec = find_spec("pylopdf_fonts_zh_cn")
    if spec is None or spec.origin is None:
        return {}
    file = folder / "fonts.conf"
    aliases = "".join(ALIAS.format(name=name, real=real) for name, real in STANDS_IN.items())
    file.write_text(FONTS.format(folder=escape(str(Path(spec.origin).parent)), aliases=aliases), encoding="utf-8")
    return {"FONTCONFIG_FILE": str(file)}


def _write(file: Path, pages: dict[str, int]) -> None:
    document = docx.Document(str(file))
    for paragraph in document.paragraphs:
        for link in paragraph._p.iter(qn("w:hyperlink")):  # which stand in the contents alone
            title, number = link.iter(qn("w:t"))
            number.text = str(pages.get(_bare(title.text), ""))
    document.save(str(file))
    forget_the_time(file)


def _bare(title: str) -> str:
    return re.sub(r"\s+", "", title)
