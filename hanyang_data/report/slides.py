"""The findings as slides: one each, with its figure drawn at the size of a slide, note and source below."""

import io
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Cm, Pt

from hanyang_data.charts.style import POINTS_PER_CM
from hanyang_data.charts.typeface import wrap
from hanyang_data.report import words
from hanyang_data.report.content import Document, Picture
from hanyang_data.report.layout import cropped_png
from hanyang_data.report.section import Section
from hanyang_data.studies.frames import forget_the_time

WIDTH, HEIGHT, MARGIN = 33.867, 19.05, 1.6  # cm, 16 : 9
TOP, EDGE = 3.4, 0.9  # cm of the title, and around note and source
SMALL, LINE = 9, 0.4  # points and cm of a line of them
INSET = 0.5  # cm that a box of PowerPoint keeps free of text, at both sides together
TITLE_ONLY = 5  # of the layouts that python-pptx brings along
FONT = {"en": "Arial", "zh": "微软雅黑"}
INK, SOFT = map(RGBColor.from_string, ("1A1A1A", "595959"))


def write_slides(document: Document, folder: Path) -> list[Path]:
    """Write ``report_<lang>.pptx``; return it."""
    deck = Presentation()
    deck.slide_width, deck.slide_height = Cm(WIDTH), Cm(HEIGHT)
    properties = deck.core_properties
    properties.title, properties.author, properties.last_modified_by = document.title, document.made_by, document.made_by
    under = [text for text in (document.question, document.byline, document.newest, *document.warnings) if text]
    _slide(deck, document, document.title, under, middle=True)
    for section in document.chapters:
        _finding(deck, document, section)
    if document.recommendations:
        _slide(deck, document, document.say(words.SAYS.recommendations), document.recommendations)
    file = folder / f"report_{document.lang}.pptx"
    deck.save(str(file))
    forget_the_time(file)
    return [file]


def _finding(deck: Any, document: Document, section: Section) -> None:
    """The finding as title, its figure, note and source; the rest of the answer stands in the notes of the speaker."""
    picture = next((item for item in section.brief if isinstance(item, Picture)), None)
    slide = _slide(deck, document, section.headline, [] if picture else section.answer)
    slide.notes_slide.notes_text_frame.text = "\n".join([section.question, *section.answer])
    if picture is None:
        return
    drawn = picture.slide or picture
    content, ratio = cropped_png(drawn)
    title = "" if drawn.title == section.finding else drawn.title
    below = [text for text in (title, picture.subtitle, drawn.note, drawn.source) if text]
    wide = (WIDTH - 2 * MARGIN - INSET) * POINTS_PER_CM
    foot = EDGE + LINE * sum(len(wrap(text, wide, SMALL)) for text in below)
    room = HEIGHT - TOP - foot
    width = min(WIDTH - 2 * MARGIN, room / ratio)
    left = (WIDTH - width) / 2
    shape = slide.shapes.add_picture(io.BytesIO(content), Cm(left), Cm(TOP), width=Cm(width))
    named = shape._element.nvPicPr.cNvPr
    named.set("descr", picture.alt)
    named.set("title", picture.title)
    _text(slide, below, HEIGHT - foot, foot - EDGE / 2, SMALL, SOFT, document)


def _slide(deck: Any, document: Document, title: str, lines: list[str], *, middle: bool = False) -> Any:
    slide = deck.slides.add_slide(deck.slide_layouts[TITLE_ONLY])
    head = slide.shapes.title
    head.left, head.top = Cm(MARGIN), Cm(HEIGHT * 0.25 if middle else 0.7)
    head.width, head.height = Cm(WIDTH - 2 * MARGIN), Cm(TOP - 1)
    head.text_frame.word_wrap = True
    head.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM if middle else MSO_ANCHOR.MIDDLE
    _fill(head.text_frame, [title], 34 if middle else 24, INK, document, bold=True)
    if lines:
        top = HEIGHT * 0.25 + TOP - 0.6 if middle else TOP
        _text(slide, lines, top, HEIGHT - top - 1, 18, SOFT if middle else INK, document)
    return slide


def _text(slide: Any, lines: list[str], top: float, height: float, size: int, colour: RGBColor, doc: Document) -> None:
    box = slide.shapes.add_textbox(Cm(MARGIN), Cm(top), Cm(WIDTH - 2 * MARGIN), Cm(height))
    box.text_frame.word_wrap = True
    _fill(box.text_frame, lines, size, colour, doc)


def _fill(frame: Any, lines: list[str], size: int, colour: RGBColor, document: Document, *, bold: bool = False) -> None:
    """One paragraph a line, to the left, in the font of the language for Latin and for Chinese text."""
    for number, line in enumerate(lines):
        paragraph = frame.paragraphs[0] if number == 0 else frame.add_paragraph()
        paragraph.alignment = PP_ALIGN.LEFT
        run = paragraph.add_run()
        run.text = line
        run.font.size, run.font.bold, run.font.color.rgb = Pt(size), bold, colour
        run.font.name = FONT[document.lang]
        properties = run._r.get_or_add_rPr()
        east = properties.makeelement(qn("a:ea"), {"typeface": FONT["zh"]})
        properties.find(qn("a:latin")).addnext(east)
        properties.set("lang", words.LANGUAGE[document.lang])
