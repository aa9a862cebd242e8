"""The report as a Word document and as slides: one goes on writing in it."""

import re
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn
from finished_runs import SPEC, finished
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from hanyang_data.report import build
from hanyang_data.report.content import Picture, Table
from hanyang_data.report.word import write_word


def test_word_has_real_headings_captions_and_fields(document, items, word):
    headings = [p.text for p in word.paragraphs if p.style.name == "Heading 1"]
    assert headings == [title for title, _ in document.contents(brief=True, annex=True)]
    captions = [p for p in word.paragraphs if p.style.name == "Caption"]
    assert sorted(p.text for p in captions) == sorted(document.caption_of(item) for item in items)
    names = {"en": ("Figure", "Table", "Figure_A", "Table_A"), "zh": ("图", "表", "附图_A", "附表_A")}[document.lang]
    codes = ["".join(t.text for t in p._p.iter(qn("w:instrText"))).split()[:2] for p in captions]
    assert {tuple(code) for code in codes} == {("SEQ", name) for name in names}
    text = "\n".join(p.text for p in word.paragraphs)
    assert all(item.source in text for item in items)
    assert all(source.reference(document.lang) in text for source in document.sources)


@pytest.mark.parametrize("first", ["A1", "A3"])
def test_word_counts_the_captions_as_every_other_format_does(document, tmp_path, monkeypatch, first):
    """Word counts anew when it prints, and by then wide tables stand behind the others."""
    monkeypatch.setattr("hanyang_data.report.word.turned", lambda table, _: table.number in (first, "A4"))
    counted = {}
    for caption in docx.Document(write_word(document, tmp_path)[0]).paragraphs:
        if caption.style.name == "Caption":
            _, series, *how = "".join(t.text for t in caption._p.iter(qn("w:instrText"))).split()
            counted[series] = int(how[how.index(r"\r") + 1]) if r"\r" in how else counted.get(series, 0) + 1
            assert int(re.search(r"\d+", caption.text)[0]) == counted[series]
    assert 4 in counted.values()  # the last table is a wide one, not the one with the highest number


def test_no_caption_ends_a_page_and_no_row_is_cut(word):
    body = list(word.element.body)
    for place, element in enumerate(body):
        style = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        if style is not None and style.get(qn("w:val")) in ("Caption", "Heading1", "Heading2", "ReportSubtitle"):
            assert word.styles[word.styles.element.get_by_id(style.get(qn("w:val"))).name_val].paragraph_format.keep_with_next
        if element.tag == qn("w:tbl"):
            rows = element.findall(qn("w:tr"))
            assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
            assert rows[-1].find(f".//{qn('w:keepNext')}") is not None  # with the note below
            assert body[place + 1].tag == qn("w:p")


def test_an_answer_fills_the_page_and_does_not_go_with_its_table_to_the_next(document, word):
    kept = {p.text: p.paragraph_format.keep_with_next for p in word.paragraphs if p.style.name in ("Normal", "Report Finding")}
    for section in document.chapters:
        assert kept[section.finding]  # a finding is never the last line of a page
        assert section.answer
        assert not any(kept[paragraph] for paragraph in section.answer)


def test_word_tables_are_editable_and_repeat_their_head(document, items, word):
    made = {tuple(c.text for c in table.rows[0].cells): table for table in word.tables}
    asked = [item for item in items if isinstance(item, Table)]
    assert len(word.tables) == len(asked) + 1
    for item in asked:
        table = made[tuple(c.head for c in item.columns)]
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert sum(g.w for g in table._tbl.tblGrid.gridCol_lst) <= 24.71 * 360_000


def test_a_cell_breaks_between_numbers_and_days_and_never_inside_one(word, lang):
    cells = [cell for table in word.tables for row in table._tbl.tr_lst for cell in row.tc_lst]
    days = [cell for cell in cells if re.fullmatch(r"[\d、, -]*\d{4}-\d\d(-\d\d)?", "".join(cell.itertext()))]
    assert not days, "a hyphen at which no line breaks is an element of its own"
    assert any(cell.find(f".//{qn('w:noBreakHyphen')}") is not None for cell in cells)
    texts = ["".join(cell.itertext()) for cell in cells]
    assert not [text for text in texts if re.search(r"\d、\d", text)]
    assert any("、\u200b" in text for text in texts) == (lang == "zh")


def test_word_figures_are_as_wide_as_the_column_and_described(items, word):
    pictures = [item for item in items if isinstance(item, Picture)]
    shapes = word.inline_shapes
    assert sorted(s._inline.docPr.get("descr") for s in shapes) == sorted(item.alt for item in pictures)
    assert {round(s.width.cm, 1) for s in shapes} == {16.0}


def test_a_figure_drawn_for_a_column_is_not_blown_up(tmp_path):
    runs = [finished("trend", "en", tmp_path / "run", size="column", formats=["png"])]
    build(replace(SPEC, languages=("en",), formats=("docx",), annex="none"), runs, tmp_path / "out")
    assert {round(s.width.cm, 1) for s in docx.Document(tmp_path / "out" / "report_en.docx").inline_shapes} == {8.5}


def test_a_template_keeps_its_styles_and_page(entries, tmp_path):
    mine = docx.Document()
    mine.add_paragraph("to be replaced")
    mine.styles["Heading 1"].font.name = "Courier New"
    mine.sections[0].page_width = mine.sections[0].page_height = docx.shared.Cm(20)
    mine.sections[0].header.paragraphs[0].text = "Institute"
    mine.save(tmp_path / "mine.docx")
    spec = replace(SPEC, languages=("en",), formats=("docx",), template=tmp_path / "mine.docx", annex="file")
    build(spec, entries, tmp_path / "out")
    for name in ("report_en.docx", "annex_en.docx"):
        made = docx.Document(tmp_path / "out" / name)
        assert made.styles["Heading 1"].font.name == "Courier New"
        assert round(made.sections[0].page_width.cm) == 20
        assert made.sections[0].header.paragraphs[0].text == "Institute"
        assert "to be replaced" not in [p.text for p in made.paragraphs]


def test_a_slide_holds_a_finding_its_figure_and_the_alt_text(document, out):
    deck = Presentation(out / f"report_{document.lang}.pptx")
    first, *findings, last = deck.slides
    assert first.shapes.title.text == document.title
    assert [slide.shapes.title.text for slide in findings] == [section.finding for section in document.chapters]
    for slide, section in zip(findings, document.chapters, strict=True):
        (shape,) = [s for s in slide.shapes if s.shape_type == MSO_SHAPE_TYPE.PICTURE]
        picture = section.brief[0]
        assert shape._element.nvPicPr.cNvPr.get("descr") == picture.alt
        said = [p.text for s in slide.shapes if s.has_text_frame for p in s.text_frame.paragraphs]
        assert {picture.note, picture.source} <= set(said)
        assert not any(section.finding.startswith(text) for text in said[1:])  # the title is said once
        assert 0 < shape.left < shape.left + shape.width < deck.slide_width
    assert last.shapes[-1].text_frame.text in document.recommendations


def test_word_names_chinese_fonts_and_its_language(word, lang):
    fonts = word.styles["Normal"].element.rPr.rFonts
    assert fonts.get(qn("w:eastAsia")) == {"en": "SimSun", "zh": "宋体"}[lang]
    assert not [key for key in fonts.attrib if "Theme" in key]
    (language,) = word.styles.element.iter(qn("w:lang"))
    assert language.get(qn("w:eastAsia")) == "zh-CN"
    assert word.core_properties.language == {"en": "en-GB", "zh": "zh-CN"}[lang]
    foot = word.sections[0].footer.paragraphs[0]._p
    assert [t.text.strip() for t in foot.iter(qn("w:instrText"))] == ["PAGE", "NUMPAGES"]
