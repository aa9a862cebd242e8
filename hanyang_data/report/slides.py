"""The findings as slides: one each, with its figure drawn at the size of a slide, note and source below.

How they look is in ``report_en.pptx`` and ``report_zh.pptx``.
"""

import io
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from pptx import Presentation
from pptx.util import Cm

from hanyang_data.charts.style import POINTS_PER_CM
from hanyang_data.charts.typeface import wrap
from hanyang_data.report import words
from hanyang_data.report.content import Picture
from hanyang_data.report.document import Document
from hanyang_data.report.layout import cropped_png
from hanyang_data.report.section import Section
from hanyang_data.studies.frames import forget_the_time

WIDTH, HEIGHT, MARGIN = 33.867, 19.05, 1.6  # cm, 16 : 9
TOP, EDGE = 3.4, 0.9  # cm of the title, and around note and source
SMALL, LINE = 11, 0.49  # points and cm of a line of them
INSET = 0.5  # cm that a box of PowerPoint keeps free of text, at both sides together


def write_slides(document: Document, folder: Path) -> list[Path]:
    """Write ``report_<lang>.pptx``; return it."""
    deck = Presentation(str(Path(__file__).with_name(f"report_{document.lang}.pptx")))
    cover, text, _ = deck.slide_layouts
    properties = deck.core_properties
    properties.title, properties.author, properties.last_modified_by = document.title, document.made_by, document.made_by
    under = [line for line in (document.question, document.byline, document.newest, *document.warnings) if line]
    _slide(deck, cover, document, document.title, under)
    for section in document.chapters:
        _finding(deck, document, section)
    if document.recommendations:
        _slide(deck, text, document, document.say(words.SAYS.recommendations), document.recommendations)
    file = folder / f"report_{document.lang}.pptx"
    deck.save(str(file))
    forget_the_time(file)
    return [file]


def _finding(deck: Any, document: Document, section: Section) -> None:
    """The finding as title, its figure, note and source; the rest of the answer stands in the notes of the speaker."""
    _, text, figure = deck.slide_layouts
    picture = next((item for item in section.brief if isinstance(item, Picture)), None)
    drawn = picture and (picture.slide or picture)
    layout, below = text, section.answer
    if picture and drawn:  # below it its title, where that is not the finding
        said = ("" if section.finding.startswith(drawn.title) else drawn.title, picture.subtitle, drawn.note, drawn.source)
        layout, below = figure, [line for line in said if line]
    slide = _slide(deck, layout, document, section.headline, below)
    slide.notes_slide.notes_text_frame.text = "\n".join([section.question, *section.answer])
    if picture is None or drawn is None:
        return
    content, ratio, _ = cropped_png(drawn)
    wide = (WIDTH - 2 * MARGIN - INSET) * POINTS_PER_CM
    foot = EDGE + LINE * sum(len(wrap(text, wide, SMALL)) for text in below)
    width = min(WIDTH - 2 * MARGIN, (HEIGHT - TOP - foot) / ratio)
    shape = slide.shapes.add_picture(io.BytesIO(content), Cm((WIDTH - width) / 2), Cm(TOP), width=Cm(width))
    named = shape._element.nvPicPr.cNvPr
    named.set("descr", picture.alt)
    named.set("title", picture.title)


def _slide(deck: Any, layout: Any, document: Document, title: str, lines: Sequence[str]) -> Any:
    """A slide with its title, and a paragraph a line, each in the language of the report for who checks its spelling."""
    slide = deck.slides.add_slide(layout)
    head, body = slide.placeholders
    head.text_frame.text, body.text_frame.text = title, "\n".join(lines)
    for paragraph in (*head.text_frame.paragraphs, *body.text_frame.paragraphs):
        for run in paragraph.runs:
            run._r.get_or_add_rPr().set("lang", words.LANGUAGE[document.lang])
    if not lines:
        body._element.getparent().remove(body._element)
    return slide
