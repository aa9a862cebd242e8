"""A report as its reader gets it: in every format the same figures and tables, numbered, sourced and traceable."""

import csv
import json
import re
import shutil
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from finished_runs import SPEC, all_finished
from markupsafe import escape as html_escape
from openpyxl.utils import get_column_letter
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from hanyang_data.errors import HanyangError
from hanyang_data.report import Entry, build, faults, words
from hanyang_data.report.content import Picture, Table, mark
from hanyang_data.report.excel import apart, range_name
from hanyang_data.report.latex import escape
from hanyang_data.report.load import load
from hanyang_data.report.origin import origins
from hanyang_data.report.word import write_word

LANGS = ("en", "zh")


@pytest.fixture(scope="module")
def entries(tmp_path_factory):
    return all_finished(tmp_path_factory.mktemp("runs"))


@pytest.fixture
def moved(entries, tmp_path):
    """The same runs where a test may break them."""
    return [replace(e, folder=shutil.copytree(e.folder, tmp_path / "runs" / e.folder.name)) for e in entries]


@pytest.fixture(scope="module")
def out(entries, tmp_path_factory):
    folder = tmp_path_factory.mktemp("out") / "report"
    files, _ = build(SPEC, entries, folder)
    assert sorted(files) == sorted(f for f in folder.rglob("*") if f.is_file())
    return folder


@pytest.fixture(scope="module", params=LANGS)
def lang(request):
    return request.param


@pytest.fixture(scope="module")
def document(entries, lang):
    return load(SPEC, entries, lang)


@pytest.fixture(scope="module")
def items(document):
    return in_order(document)


class Page(HTMLParser):
    """Tags with their attributes, and the text."""

    def __init__(self, text):
        super().__init__()
        self.tags, self.text = [], ""
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data


@pytest.fixture(scope="module")
def source(out, lang):
    return (out / f"report_{lang}.html").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def page(source):
    return Page(source)


@pytest.fixture(scope="module")
def word(out, lang):
    return docx.Document(out / f"report_{lang}.docx")


@pytest.fixture(scope="module")
def book(out, lang):
    return openpyxl.load_workbook(out / f"report_{lang}.xlsx")


def test_figures_and_tables_are_numbered_through_and_carry_note_and_source(document, items):
    for prefix in ("", "A"):
        for kind in (Picture, Table):
            numbers = [i.number for i in items if isinstance(i, kind) and i.number.startswith("A") == bool(prefix)]
            assert numbers == [f"{prefix}{n}" for n in range(1, len(numbers) + 1)]
            assert numbers
    for item in items:
        assert item.title
        assert item.source.startswith("Source" if document.lang == "en" else "资料来源")
        assert item.run.split("/")[0] in ("trend", "growth_gap")
        assert isinstance(item, Table) or item.note


def test_the_brief_shows_what_matters_and_the_annex_all_of_it(document):
    trend, gap = document.chapters
    assert [item.name for item in trend.brief] == ["growth_and_level", "figures_on_record"]
    assert [item.name for item in gap.brief] == ["by_year", "by_indicator", "by_year"]
    assert all(len(table.rows) <= 10 for section in document.chapters for table in section.brief if isinstance(table, Table))
    whole = {(table.run, table.name) for table in document.tables}
    kept = {
        (section.entry.run, name)
        for section in document.sections
        for name, table in json.loads((section.entry.folder / "results.json").read_text("utf-8"))["tables"].items()
        if table["rows"]
    }
    assert whole == kept
    assert [item.name for item in trend.limits] == ["refused"]
    assert not {"refused", "with_and_without_2020"} & {item.name for s in document.chapters for item in s.brief}


def test_the_report_file_says_what_the_brief_shows(entries):
    asked = [replace(e, shown={"figures": [], "tables": ["statistics", "refused"]}) for e in entries[:2]]
    (section,) = load(SPEC, asked, "en").chapters
    assert [item.name for item in section.brief] == ["statistics", "refused"]
    assert section.limits == []


def test_a_long_table_is_cut_in_the_brief_and_says_so(entries):
    asked = [replace(e, shown={"tables": ["by_region"]}) for e in entries[2:3]]
    document = load(SPEC, asked, "en")
    (section,) = document.chapters
    cut = next(item for item in section.brief if isinstance(item, Table))
    whole = next(item for item in document.tables if item.name == "by_region")
    assert len(cut.rows) == min(10, len(whole.rows))
    year = [replace(e, shown={"tables": ["figures_on_record"]}) for e in entries[:1]]
    document = load(SPEC, year, "en")
    cut = next(item for item in document.chapters[0].brief if isinstance(item, Table))
    assert [column.key for column in cut.columns] == ["year", "growth_printed", "level_printed", "vintage", "published_on"]
    assert not document.note_of(cut).endswith("the annex has all.")  # columns were cut and no row


def test_the_words_of_a_document_are_in_its_language(document):
    words = [document.title, document.state, *(s.title for s in document.sections)]
    words += [i.title for i in in_order(document)] + [c.head for t in document.tables for c in t.columns]
    chinese = [bool(re.search("[\u4e00-\u9fff]", text)) for text in words if not re.fullmatch(r"\d+|n", text)]
    assert all(chinese) if document.lang == "zh" else not any(chinese)


def test_what_could_not_be_drawn_or_computed_says_why_in_the_annex(document, page, word):
    texts = [text for section in document.sections for text in section.missing]
    assert texts
    said = [p.text for p in word.paragraphs]
    assert all(text in page.text and text in said for text in texts)


def test_the_page_loads_nothing_and_shows_no_code(source, page):
    assert not {"link", "iframe", "img", "object"} & {tag for tag, _ in page.tags}
    assert [a for tag, a in page.tags if tag == "script"] == [{}] * 3  # letters, marks that answer, tables that sort
    loaded = [a.get(key, "") for _, a in page.tags for key in ("src", "href", "xlink:href", "data")]
    assert all(address.startswith("#") for address in loaded if address)
    assert not re.search(r"url\((?!#|data:)|@import", source)  # the font is in the page
    assert "record.figure(" not in source


def test_the_drawings_of_the_page_do_not_share_an_id_and_miss_none(source, page, lang):
    ids = [attributes["id"] for _, attributes in page.tags if "id" in attributes]
    assert len(ids) == len(set(ids))
    asked = re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', source)
    asked = {one or other for one, other in asked}
    asked |= {name for _, a in page.tags for name in a.get("aria-labelledby", "").split()}
    assert asked <= set(ids)
    assert dict(page.tags)["html"]["lang"] == {"en": "en", "zh": "zh-Hans"}[lang]


def test_every_figure_and_table_is_on_the_page_with_its_words(document, items, page):
    pictures = [item for item in items if isinstance(item, Picture)]
    assert sum(tag == "svg" and a.get("role") == "group" for tag, a in page.tags) == len(pictures)
    for item in items:
        assert document.caption_of(item) in page.text
        assert item.source in page.text
    for item in pictures:
        assert item.alt in page.text
        assert item.note in page.text
        assert 0 < item.plot[0] < item.plot[1] < 1  # the words are text and not part of the drawing
    assert sum(tag == "table" for tag, _ in page.tags) == 1 + sum(isinstance(item, Table) for item in items)


def test_findings_come_first_and_tables_of_the_annex_are_folded(document, items, source, page):
    first = source.index(html_escape(document.findings[0][0]))
    assert first < source.index("<nav") < source.index('<h2 id="section-1"')
    folded = {a["id"] for tag, a in page.tags if tag == "details"}
    assert folded == {mark(item) for item in items if isinstance(item, Table) and item.number.startswith("A")}


def test_runs_and_hashes_stand_in_the_annex_alone(document, source):
    brief, annex = source.split('<section class="annex">')
    for section in document.sections:
        for word in (section.entry.run, section.data):
            assert word not in brief
            assert word in annex


def test_a_number_stands_to_the_right_and_a_row_has_a_head(page):
    kinds = {(tag, a.get("class"), a.get("scope")) for tag, a in page.tags if tag in ("td", "th")}
    assert {("td", "n", None), ("th", "n", "col"), ("th", None, "row")} <= kinds
    values = [a["data-value"] for tag, a in page.tags if tag == "td" and "data-value" in a]
    assert {"7.0", "-8.0"} <= set(values)  # by which a column is sorted


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


def test_word_tables_are_editable_and_repeat_their_head(document, items, word):
    made = {tuple(c.text for c in table.rows[0].cells): table for table in word.tables}
    asked = [item for item in items if isinstance(item, Table)]
    assert len(word.tables) == len(asked) + 1
    for item in asked:
        table = made[tuple(c.head for c in item.columns)]
        assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert sum(g.w for g in table._tbl.tblGrid.gridCol_lst) <= 24.71 * 360_000


def test_word_figures_are_as_wide_as_the_column_and_described(items, word):
    pictures = [item for item in items if isinstance(item, Picture)]
    shapes = word.inline_shapes
    assert sorted(s._inline.docPr.get("descr") for s in shapes) == sorted(item.alt for item in pictures)
    assert {round(s.width.cm, 1) for s in shapes} == {16.0}


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


def test_the_annex_is_in_the_file_or_beside_it_or_nowhere(entries, document, tmp_path):
    asked = replace(SPEC, languages=(document.lang,), formats=("html",))
    texts = {}
    for annex in ("same", "file", "none"):
        files, _ = build(replace(asked, annex=annex), entries, tmp_path / annex)
        texts[annex] = [file.read_text(encoding="utf-8") for file in files]
    method = document.methods[0].method
    assert [[method in text for text in found] for found in texts.values()] == [[True], [False, True], [False]]
    assert document.sources[0].title in texts["none"][0]  # what the brief cites is listed all the same
    assert document.sources[0].title not in texts["file"][0].split("<main>")[1]


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


def test_each_table_is_a_sheet_with_numbers_as_numbers(document, book):
    sheets = book.worksheets[2:]
    assert len(sheets) == len(document.tables)
    assert len({s.title.lower() for s in sheets}) == len(sheets)
    for sheet, table in zip(sheets, document.tables, strict=True):
        named = book.defined_names[range_name(table)].attr_text
        assert named.startswith(f"'{sheet.title}'!$A$7:") or named.startswith(f"{sheet.title}!$A$7:")
        assert len(sheet.title) <= 31
        assert sheet["A1"].value == document.caption_of(table)
        assert [sheet["A4"].value, sheet["A5"].value] == [table.source, document.say(words.SAYS.run, run=table.run)]
        assert sheet.freeze_panes == "B8"
        shown = apart(table, document)
        for row, cells in enumerate(shown.rows, start=8):
            for number, cell in enumerate(cells, start=1):
                made = sheet.cell(row, number).value
                if isinstance(cell, (int, float)):
                    assert made == cell
                elif cell in (None, "", "–"):
                    assert made is None  # missing is nothing, and not zero


def test_the_name_of_a_sheet_cuts_no_word_and_what_stands_above_its_table_stays_on_the_page(document, book):
    for sheet, table in zip(book.worksheets[2:], document.tables, strict=True):
        named, whole = (re.findall(r"[A-Za-z0-9]+", text) for text in (sheet.title, document.caption_of(table)))
        assert named == whole[: len(named)]
        over = {place.min_row: place.max_col for place in sheet.merged_cells.ranges}
        assert set(over) == {1, 2, 3, 4, 5}
        broad = [sheet.column_dimensions[get_column_letter(n)].width for n in range(1, max(over.values()) + 1)]
        assert sum(broad[: len(table.columns)]) <= 100


def test_rates_have_one_decimal_and_years_none_in_excel(book):
    place = next(name for name in book.defined_names if name.endswith("growth_gap_by_year"))
    sheet = book[book.defined_names[place].attr_text.partition("!")[0].strip("'")]
    assert (sheet["A8"].value, sheet["A8"].number_format) == (2017, "0")
    assert (sheet["B6"].value, sheet["D6"].value in ("percentage points", "百分点")) == ("%", True)
    assert (sheet["B8"].value, sheet["B8"].number_format) == (7, '#,##0.0;"−"#,##0.0;#,##0.0')
    assert max(dimension.width for dimension in sheet.column_dimensions.values()) <= 46


def test_the_first_sheet_shows_the_findings_with_their_pictures(document, book):
    cells = {str(c.value) for row in book.worksheets[0].iter_rows() for c in row if c.value is not None}
    assert {document.title, document.question, *(section.finding for section in document.chapters)} <= cells
    drawn = sum(isinstance(item, Picture) for section in document.chapters for item in section.brief)
    assert len(book.worksheets[0]._images) == drawn


def test_the_second_sheet_says_what_it_is_where_from_and_which_runs(document, book):
    cells = {str(c.value) for row in book.worksheets[1].iter_rows() for c in row if c.value is not None}
    assert {document.title, document.state} <= cells
    assert {s.title for s in book.worksheets[2:]} <= cells
    assert {section.entry.run for section in document.sections} <= cells
    assert {section.data for section in document.sections} <= cells
    assert {source.id for source in document.sources} | {source.title for source in document.sources} <= cells
    assert {"latest published" if document.lang == "en" else "最新公布数"} <= cells


def test_latex_and_csv_hold_every_table(document, out):
    for table in document.tables:
        name = f"table_{table.number}_{table.run.split('/')[0]}_{table.name}"
        tex = (out / f"report_{document.lang}_latex" / f"{name}.tex").read_text(encoding="utf-8")
        assert escape(table.title) in tex
        assert escape(table.source) in tex
        assert escape(table.run) in tex
        assert all(rule in tex for rule in (r"\toprule", r"\bottomrule"))
        assert tex.count("{") - tex.count(r"\{") == tex.count("}") - tex.count(r"\}")
        assert (out / f"report_{document.lang}_csv" / f"{name}.csv").read_bytes() == table.csv.read_bytes()
    main = (out / f"report_{document.lang}_latex" / "tables.tex").read_text(encoding="utf-8")
    assert main.count(r"\input{") == len(document.tables)
    assert "ctex" in main


def test_latex_commands_in_a_cell_are_harmless():
    assert escape(r"50% of a_b & #1 {x} \cmd $ ~ ^ −3 [1]") == (
        r"50\% of a\_b \& \#1 \{x\} \textbackslash{}cmd \$ \textasciitilde{} \textasciicircum{} $-$3 {[}1{]}"
    )


def test_the_map_of_runs_names_every_figure_and_table(document, items, word):
    table = next(t for t in word.tables if t.rows[0].cells[0].text in ("Figures and tables", "图表"))
    rows = [[cell.text for cell in row.cells] for row in table.rows[1:]]
    assert rows == origins(document)
    assert [row[1] for row in rows] == [section.entry.run for section in document.sections]
    assert all("indicator: gdp" in row[2] for row in rows)
    for row, section in zip(rows, document.sections, strict=True):
        results = json.loads((section.entry.folder / "results.json").read_text(encoding="utf-8"))
        assert results["data_sha256"].startswith(row[3])
        assert len(row[3]) == 12
        of_the_run = [item for item in items if item.run == section.entry.run]
        assert len(re.findall(r"A?\d+", row[0])) <= len(of_the_run)
        assert all(document.number_of(item).rstrip("0123456789").removesuffix("A").strip() in row[0] for item in of_the_run)


def test_a_cited_text_is_named_by_its_number_in_the_list(document):
    table = next(t for t in document.tables if t.name == "figures_on_record")
    numbers = {source.id: source.number for source in document.sources}
    assert table.rows[0][-1] == "hanyang_gwr_2018"
    assert table.shown[0][-1] == f"[{numbers['hanyang_gwr_2018']}]"
    assert str(numbers["hanyang_gwr_2018"]) in table.source
    with table.csv.open(encoding="utf-8-sig", newline="") as handle:
        assert next(csv.DictReader(handle))[table.columns[-1].head] == "hanyang_gwr_2018"


def test_the_same_runs_are_the_same_bytes(entries, out, tmp_path):
    build(SPEC, entries, tmp_path / "again")
    for file in (f for f in out.rglob("*") if f.is_file()):
        assert (tmp_path / "again" / file.relative_to(out)).read_bytes() == file.read_bytes(), file.name
    with zipfile.ZipFile(out / "report_en.xlsx") as archive:
        assert {info.date_time[0] for info in archive.infolist()} == {1980}


def test_what_failed_or_is_out_of_date_stands_on_the_first_page(entries, tmp_path):
    gone = Entry("x", "trend", "lost", None, "failed", "cell [3] failed:\nKeyError", {"lang": "en"})
    stale = replace(entries[2], status="stale", reason="the data changed since")
    told = [text.en for text in faults([entries[0], stale, gone])]
    assert told == [
        f"{stale.run} is out of date: the data changed since",
        "trend/lost failed, and nothing of it stands here: cell [3] failed: KeyError",
    ]
    spec = replace(SPEC, languages=("en",))
    build(spec, [entries[0], stale, gone], tmp_path / "out")
    page = (tmp_path / "out" / "report_en.html").read_text(encoding="utf-8")
    word = [p.text for p in docx.Document(tmp_path / "out" / "report_en.docx").paragraphs]
    sheet = openpyxl.load_workbook(tmp_path / "out" / "report_en.xlsx").worksheets[0]
    tex = (tmp_path / "out" / "report_en_latex" / "tables.tex").read_text(encoding="utf-8")
    for sentence in told:
        assert sentence in page[: page.index("<nav")]
        assert sentence in word[: word.index("Contents")]
        assert sentence in [sheet.cell(row, 1).value for row in range(1, 9)]
        assert escape(sentence) in tex[: tex.index(r"\input")]
    assert word.count(load(spec, [stale], "en").sections[0].finding) == 2  # still there


def test_in_chinese_it_says_so_in_chinese(entries, tmp_path):
    stale = replace(entries[1], status="stale", reason="")
    build(replace(SPEC, languages=("zh",), formats=("html",)), [stale], tmp_path)
    page = (tmp_path / "report_zh.html").read_text(encoding="utf-8")
    assert "本报告不完整" in page
    assert f"{stale.run}已过时：未说明原因" in page


def test_runs_of_different_data_are_told_apart(moved, tmp_path):
    file = moved[0].folder / "results.json"
    results = json.loads(file.read_text(encoding="utf-8"))
    file.write_text(json.dumps(results | {"data_sha256": "0" * 64}), encoding="utf-8")
    document = load(SPEC, moved, "en")
    assert document.warnings == [
        f"The runs were made on 2 different states of the data ({'0' * 12}, {results['data_sha256'][:12]}); "
        "run them again to compare them."
    ]


@pytest.mark.parametrize(
    ("spoil", "sentence"),
    [
        (lambda f: (f / "results.json").write_text("{"), r"results.json is not what a run leaves .*: run it again"),
        (lambda f: (f / "results.json").write_text("{}"), r"results.json is not what a run leaves .*: run it again"),
        (lambda f: (f / "results.json").unlink(), r"has no results.json in .*: run it again"),
        (lambda f: (f / "run.json").unlink(), r"has no run.json in .*: run it again"),
        (lambda f: (f / "growth_and_level.png").write_bytes(b"no picture"), r"is no PNG .*: run .* again"),
        (lambda f: (f / "growth_and_level.svg").write_text("<svg>"), r"is no SVG of a figure: run .* again"),
        (lambda f: (f / "refused.csv").unlink(), r"has no refused.csv in .*: run it again"),
        (lambda f: [p.unlink() for p in f.iterdir()] and f.rmdir(), r"has no results.json in .*: run it again"),
    ],
)
def test_a_run_that_cannot_be_read_is_one_sentence_and_the_earlier_report_stays(moved, tmp_path, spoil, sentence):
    spec = replace(SPEC, languages=("en",))
    build(spec, moved[:1], tmp_path / "out")
    before = {f: f.read_bytes() for f in (tmp_path / "out").rglob("*") if f.is_file()}
    spoil(moved[0].folder)
    with pytest.raises(HanyangError, match=sentence) as caught:
        build(spec, moved[:1], tmp_path / "out")
    assert "\n" not in str(caught.value)
    assert {f: f.read_bytes() for f in (tmp_path / "out").rglob("*") if f.is_file()} == before
    assert [f.name for f in tmp_path.iterdir()].count("out") == 1
    assert not [f for f in tmp_path.iterdir() if f.name.startswith(".")]


def test_a_report_goes_into_the_current_folder_and_leaves_nothing_beside_it(entries, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    files, _ = build(replace(SPEC, languages=("en",), formats=("csv",)), entries[:1], Path())
    assert files
    assert [file.name for file in tmp_path.iterdir()] == ["report_en_csv"]


def test_what_else_lies_in_the_folder_stays_and_old_tables_go(entries, tmp_path):
    (tmp_path / "mine.txt").write_text("x")
    build(replace(SPEC, languages=("en",), formats=("csv",)), entries, tmp_path)
    assert len(list((tmp_path / "report_en_csv").iterdir())) == len(load(SPEC, entries, "en").tables)
    build(replace(SPEC, languages=("en",), formats=("csv",)), entries[:1], tmp_path)
    assert len(list((tmp_path / "report_en_csv").iterdir())) == len(load(SPEC, entries[:1], "en").tables)
    assert (tmp_path / "mine.txt").read_text() == "x"


def test_a_folder_that_cannot_be_written_is_one_sentence(entries, tmp_path):
    (tmp_path / "out").write_text("a file")
    with pytest.raises(HanyangError, match=r"out cannot be written: File exists"):
        build(SPEC, entries, tmp_path / "out")


def test_a_figure_without_svg_asks_for_it(moved, tmp_path):
    file = moved[0].folder / "results.json"
    file.write_text(file.read_text(encoding="utf-8").replace('"growth_and_level.svg"', '"growth_and_level.png"'))
    with pytest.raises(HanyangError, match="without svg, which the report shows: run it with formats png and svg"):
        build(replace(SPEC, languages=("en",), formats=("html",)), moved[:1], tmp_path / "out")


def test_a_language_without_runs_is_one_sentence(entries, tmp_path):
    with pytest.raises(HanyangError, match=r"none of the 1 runs of the report is in zh"):
        build(SPEC, entries[:1], tmp_path / "out")


def in_order(document):
    """The brief's figures and tables, then the annex's as it is read."""
    parts = ("brief", "limits", "annex")
    return [item for part in parts for section in document.sections for item in getattr(section, part)]
