"""How the Word report looks, and the pieces of WordprocessingML that python-docx has no call for."""

import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple
from xml.sax.saxutils import escape, quoteattr

from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

from hanyang_data.report import words
from hanyang_data.report.layout import GAP
from hanyang_data.words.wording import Lang

TWIPS_PER_CM = 567
EIGHTHS = {"heavy": 10, "light": 6, "hair": 2}  # of a point
FAINT = "C8C8C8"
HEAD_STYLE = "ReportHead"
KEPT_ROWS = 14  # a table of so few rows stands on one page with its caption and note
THEME_FONTS = ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme")


def twips(centimetres: float) -> int:
    """Centimetres in the unit of Word."""
    return round(centimetres * TWIPS_PER_CM)


def set_fonts(properties: Any, latin: str, chinese: str) -> None:
    """Name the fonts of a style for Latin and for Chinese text, over those of the theme."""
    fonts = properties.get_or_add_rFonts()
    for theme in THEME_FONTS:
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "cs"):
        fonts.set(qn(f"w:{script}"), latin)
    fonts.set(qn("w:eastAsia"), chinese)


def set_language(styles: Any, latin: str, chinese: str = "zh-CN") -> None:
    """Set the language of the document in its default run properties."""
    defaults = styles.element.find(qn("w:docDefaults")).find(qn("w:rPrDefault")).find(qn("w:rPr"))
    lang = defaults.find(qn("w:lang"))
    lang.set(qn("w:val"), latin)
    lang.set(qn("w:eastAsia"), chinese)


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


def contents(after: Any, entries: Sequence[tuple[str, str]], style: str) -> None:
    """A contents field: a link to every heading, and room for its page number, which is filled in later."""
    before = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText xml:space="preserve">'
    before += r' TOC \o "1-1" \h \z \u </w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    last = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    place = after._p
    for number, (text, mark) in enumerate(entries):
        xml = (
            f'<w:p {nsdecls("w")}><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{before if number == 0 else ""}'
            f'<w:hyperlink w:anchor={quoteattr(mark)} w:history="1"><w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'
            f"<w:r><w:tab/></w:r><w:r><w:t></w:t></w:r></w:hyperlink>{last if number == len(entries) - 1 else ''}</w:p>"
        )
        paragraph = parse_xml(xml)
        place.addnext(paragraph)
        place = paragraph


def table(
    heads: Sequence[str], rows: Sequence[Sequence[str]], widths: Sequence[float], right: Sequence[bool], *, title: str,
    style: str,
) -> Any:  # fmt: skip
    """An editable table: a head that repeats on every page, rows that do not break, rules above, below and under the head."""
    grid = "".join(f'<w:gridCol w:w="{twips(w)}"/>' for w in widths)
    head = _row(heads, widths, right, style, head=True, keep=True)
    kept = [len(rows) <= KEPT_ROWS or n + 1 == len(rows) for n in range(len(rows))]  # the last one with the note below
    body = "".join(_row(row, widths, right, style, keep=kept[n]) for n, row in enumerate(rows))
    borders = (
        f'<w:top w:val="single" w:sz="{EIGHTHS["heavy"]}" w:color="1A1A1A"/>'
        f'<w:bottom w:val="single" w:sz="{EIGHTHS["heavy"]}" w:color="1A1A1A"/>'
        f'<w:insideH w:val="single" w:sz="{EIGHTHS["hair"]}" w:color="{FAINT}"/>'
    )
    return parse_xml(
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{twips(sum(widths))}" w:type="dxa"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="56" w:type="dxa"/><w:right w:w="56" w:type="dxa"/></w:tblCellMar>'
        f'<w:tblLook w:firstRow="1" w:noVBand="1"/><w:tblCaption w:val={quoteattr(title)}/></w:tblPr>'
        f"<w:tblGrid>{grid}</w:tblGrid>{head}{body}</w:tbl>"
    )


def _row(
    cells: Sequence[str], widths: Sequence[float], right: Sequence[bool], style: str, *, head: bool = False,
    keep: bool = False,
) -> str:  # fmt: skip
    under = f'<w:tcBorders><w:bottom w:val="single" w:sz="{EIGHTHS["light"]}" w:color="1A1A1A"/></w:tcBorders>'
    style = HEAD_STYLE if head else style
    made = []
    for cell, width, (before, aside) in zip(cells, widths, pairwise([False, *right]), strict=True):
        look = f'{under}<w:vAlign w:val="bottom"/>' if head else ""
        side = '<w:jc w:val="right"/>' if aside else f'<w:ind w:left="{twips(GAP)}"/>' if before else ""
        kept = "<w:keepNext/>" if keep else ""
        made.append(
            f'<w:tc><w:tcPr><w:tcW w:w="{twips(width)}" w:type="dxa"/>{look}</w:tcPr>'
            f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{kept}{side}</w:pPr>'
            f'<w:r><w:t xml:space="preserve">{escape(cell)}</w:t></w:r></w:p></w:tc>'
        )
    repeat = "<w:tblHeader/>" if head else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{repeat}</w:trPr>{''.join(made)}</w:tr>"


class Fonts(NamedTuple):
    """The fonts of one language: for text and for headings, Latin and Chinese."""

    latin: str
    chinese: str
    latin_head: str
    chinese_head: str


# those that Word brings along in either country; Chinese is quoted in English reports too
FONTS: dict[Lang, Fonts] = {
    "en": Fonts("Times New Roman", "SimSun", "Arial", "SimHei"),
    "zh": Fonts("Times New Roman", "宋体", "Arial", "黑体"),
}
LATIN: dict[Lang, str] = {"en": "en-GB", "zh": "en-US"}  # of Latin letters, also inside Chinese text
INK, SOFT, WARN = RGBColor(0x1A, 0x1A, 0x1A), RGBColor(0x59, 0x59, 0x59), RGBColor(0xB3, 0x40, 0x0A)


class Look(NamedTuple):
    """A paragraph style: size and space in points, bold, set in the font of headings, kept with what follows."""

    size: float
    before: float = 0
    after: float = 0
    bold: bool = False
    head: bool = False
    keep: bool = False
    colour: RGBColor = INK
    line: float = 1.0


STYLES = {
    "Normal": Look(10.5, after=6, line=1.25),
    "Title": Look(20, before=6, after=6, bold=True, head=True),
    "Heading 1": Look(15, before=18, after=6, bold=True, head=True, keep=True),
    "Heading 2": Look(11.5, before=12, after=4, bold=True, head=True, keep=True),
    "toc 1": Look(10.5, after=3),
    "List Bullet": Look(11, after=4),
    "Caption": Look(10, before=14, after=2, bold=True, head=True, keep=True),
    "Report Subtitle": Look(9, after=4, colour=SOFT, keep=True),
    "Report Byline": Look(10.5, after=4, colour=SOFT),
    "Report Warning": Look(10.5, after=3, bold=True, head=True, colour=WARN),
    "Report Finding": Look(11, after=6, bold=True, head=True),
    "Report Note": Look(8.5, before=2, after=1, colour=SOFT, line=1.05),
    "Report Cell": Look(8, before=0.8, after=0.8),
    "Report Head": Look(8, before=0.8, after=0.8, bold=True, head=True, keep=True),
    "Report Question": Look(10.5, after=6, colour=SOFT, keep=True),
    "Report Source": Look(9, after=2, line=1.05),
    "Report Heading": Look(15, before=10, after=6, bold=True, head=True, keep=True),  # of the contents, not in them
}


class Page(NamedTuple):
    """How wide text may be, in cm, on a page upright and on its side."""

    upright: float
    sideways: float


def style(document: WordDocument, lang: Lang, *, own: bool) -> Page:
    """Give a document its styles, its language and its pages; one of the user's ``own`` keeps what it has of them.

    黑体 is heavy as it is and is not set in bold.
    """
    fonts = FONTS[lang]
    known = [s.name for s in document.styles if s.type == WD_STYLE_TYPE.PARAGRAPH]
    if own:  # styles, page, header and footer stay
        for part in [part for part in document.element.body if part.tag != qn("w:sectPr")]:
            document.element.body.remove(part)
    else:
        set_language(document.styles, LATIN[lang])
        _settings(document, LATIN[lang])
    for name, look in STYLES.items():
        if own and name in known:
            continue
        made: Any = document.styles[name] if name in known else document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        if own:  # what the user's styles say of fonts holds for ours too
            made.base_style = document.styles["Heading 1" if look.head and "Heading 1" in known else "Normal"]
        latin, chinese = (fonts.latin_head, fonts.chinese_head) if look.head else (fonts.latin, fonts.chinese)
        if not own:
            set_fonts(made.element.get_or_add_rPr(), latin, chinese)
        bold = look.bold and not (look.head and lang == "zh")
        made.font.size, made.font.bold, made.font.italic = Pt(look.size), bold, False
        made.font.color.rgb = look.colour
        text = made.paragraph_format
        text.space_before, text.space_after = Pt(look.before), Pt(look.after)
        text.line_spacing, text.keep_with_next = look.line, look.keep
        text.alignment = WD_ALIGN_PARAGRAPH.LEFT
    section: Any = document.sections[0]
    if not own:
        _plain_title(document)
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
        section.top_margin = section.bottom_margin = Cm(2.2)
        number_pages(section, lang)
    margins = section.left_margin + section.right_margin
    page = Page((section.page_width - margins) / Cm(1), (section.page_height - margins) / Cm(1))
    _leaders(document, page.upright)
    return page


def turn(section: Any) -> None:
    """Set a new section on its side."""
    section.page_width, section.page_height = section.page_height, section.page_width
    section.orientation = WD_ORIENT.LANDSCAPE


def _leaders(document: WordDocument, width: float) -> None:
    """A dotted line to the page number of a heading in the contents."""
    stops = document.styles["toc 1"].paragraph_format.tab_stops
    if not len(stops):
        stops.add_tab_stop(Cm(width), WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)


def number_pages(section: Any, lang: Lang) -> None:
    """Write page x of y into the foot; later sections go on with it."""
    paragraph = section.footer.paragraphs[0]
    paragraph.style = "Report Note"
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    for text, code in zip(re.split(r"\{pages?\}", words.SAYS.page.to(lang)), ("PAGE", "NUMPAGES", ""), strict=True):
        paragraph.add_run(text)
        if code:
            field(paragraph, code, "1")


def _settings(document: WordDocument, language: str) -> None:
    settings = document.settings.element
    for old in settings.findall(qn("w:themeFontLang")):
        settings.remove(old)
    theme = parse_xml(f'<w:themeFontLang {nsdecls("w")} w:val="{language}" w:eastAsia="zh-CN"/>')
    after = settings.find(qn("w:clrSchemeMapping"))  # the schema fixes the order of the settings
    if after is None:
        settings.append(theme)
    else:
        after.addprevious(theme)


def _plain_title(document: WordDocument) -> None:
    """The title of the template has a blue rule below."""
    properties = document.styles["Title"].element.pPr
    rule = properties.find(qn("w:pBdr"))
    if rule is not None:
        properties.remove(rule)
