"""The pieces of a Word document that python-docx has no call for; its look is in ``report_en.docx``, ``report_zh.docx``."""

import re
from collections.abc import Sequence
from copy import deepcopy
from pathlib import Path
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

import docx
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm

from hanyang_data.report import words
from hanyang_data.report.layout import GAP
from hanyang_data.report.markup import TEMPLATES
from hanyang_data.words.wording import Lang

TWIPS_PER_CM = 567
KEPT_ROWS = 14  # a table of so few rows stands on one page with its caption and note
HEADS = ("Title", "Heading 1", "Heading 2", "Caption", "Report Warning", "Report Finding", "Report Head", "Report Heading")
STYLES = (*HEADS, "toc 1", "List Bullet", "Report Subtitle", "Report Byline", "Report Note", "Report Cell", "Report Question",
          "Report Source")  # fmt: skip


class Page(NamedTuple):
    """How wide text may be, in cm, on a page upright and on its side."""

    upright: float
    sideways: float


def begun(lang: Lang, template: Path | None) -> tuple[WordDocument, Page]:
    """An empty document with our styles, or one of the user's own with what it lacks of them, in its own fonts; its page."""
    ours = docx.Document(str(Path(__file__).with_name(f"report_{lang}.docx")))
    document = docx.Document(str(template)) if template else ours
    section: Any = document.sections[0]
    margins = section.left_margin + section.right_margin
    page = Page((section.page_width - margins) / Cm(1), (section.page_height - margins) / Cm(1))
    if not template:
        _number_pages(section, lang)
        return document, page
    for part in [part for part in document.element.body if part.tag != qn("w:sectPr")]:
        document.element.body.remove(part)
    known = [style.name for style in document.styles]
    for name in [name for name in STYLES if name not in known]:
        style = deepcopy(ours.styles[name].element)
        style.get_or_add_rPr()._remove_rFonts()
        document.styles.element.append(style)
        document.styles[name].base_style = document.styles["Heading 1" if name in HEADS and "Heading 1" in known else "Normal"]
    stops = document.styles["toc 1"].paragraph_format.tab_stops
    if not len(stops):
        stops.add_tab_stop(Cm(page.upright), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    return document, page


def _number_pages(section: Any, lang: Lang) -> None:
    """Write page x of y into the foot; later sections go on with it."""
    paragraph = section.footer.paragraphs[0]
    paragraph.style = "Report Note"
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text, code in zip(re.split(r"\{pages?\}", words.SAYS.page.to(lang)), ("PAGE", "NUMPAGES", ""), strict=True):
        paragraph.add_run(text)
        if code:
            field(paragraph, code, "1")


def turn(section: Any) -> None:
    """Set a new section on its side."""
    section.page_width, section.page_height = section.page_height, section.page_width
    section.orientation = WD_ORIENT.LANDSCAPE


def field(paragraph: Any, code: str, shown: str) -> None:
    """A field with the result it has now: page numbers, numbers of captions."""
    for kind in ("begin", "code", "separate", "shown", "end"):
        run = paragraph.add_run(shown if kind == "shown" else "")
        if kind == "code":
            run._r.append(parse_xml(f'<w:instrText {nsdecls("w")} xml:space="preserve"> {escape(code)} </w:instrText>'))
        elif kind != "shown":
            run._r.append(parse_xml(f'<w:fldChar {nsdecls("w")} w:fldCharType="{kind}"/>'))


def bookmark(paragraph: Any, number: int, name: str) -> None:
    """Mark a paragraph as the place that the contents list points to."""
    start = parse_xml(f'<w:bookmarkStart {nsdecls("w")} w:id="{number}" w:name={quoteattr(name)}/>')
    paragraph._p.insert(1 if paragraph._p.pPr is not None else 0, start)
    paragraph._p.append(parse_xml(f'<w:bookmarkEnd {nsdecls("w")} w:id="{number}"/>'))


def contents(entries: Sequence[tuple[str, str]], style: str) -> list[Any]:
    """A contents field: a link to every heading, and room for its page number, which is filled in later."""
    return [*_filled("contents.xml.j2", entries=entries, style=style)]


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float], right: Sequence[bool], title: str) -> Any:
    """An editable table: a head that repeats on every page, rows that do not break, rules above, below and under the head."""
    of = {"heads": heads, "rows": rows, "widths": widths, "right": right, "title": title}
    return _filled("table.xml.j2", **of, gap=GAP, kept_rows=KEPT_ROWS, twips=lambda cm: round(cm * TWIPS_PER_CM))


def _filled(name: str, **values: object) -> Any:
    return parse_xml(TEMPLATES.get_template(name).render(names=TEMPLATES.filters["safe"](nsdecls("w")), **values))
