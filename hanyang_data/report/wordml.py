"""The pieces of WordprocessingML that python-docx has no call for: fields, captions, tables, bookmarks, fonts, language."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from hanyang_data.report.layout import GAP

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
