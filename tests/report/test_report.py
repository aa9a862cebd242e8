"""A report as its reader gets it: in every format the same figures and tables, numbered, sourced and traceable."""

import csv
import json
import re
import shutil
import zipfile
from dataclasses import replace
from html.parser import HTMLParser

import docx
import openpyxl
import pytest
from docx.oxml.ns import qn
from finished_runs import SPEC, all_finished

from hanyang_data.errors import HanyangError
from hanyang_data.report import Entry, build, faults, words
from hanyang_data.report.content import NotDrawn, Picture, Table
from hanyang_data.report.excel import apart
from hanyang_data.report.latex import escape
from hanyang_data.report.load import load

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
    files = build(SPEC, entries, folder)
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
    found = [item for section in document.sections for item in section.numbered]
    assert sum(isinstance(item, Picture) for item in found) == 5
    assert sum(isinstance(item, Table) for item in found) == 12
    return found


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


def test_figures_and_tables_are_numbered_through_and_carry_note_source_and_run(document, items):
    for kind in (Picture, Table):
        assert [i.number for i in items if isinstance(i, kind)] == list(
            range(1, sum(isinstance(i, kind) for i in items) + 1)
        )
    for item in items:
        assert item.title
        assert item.source.startswith("Source" if document.lang == "en" else "资料来源")
        assert item.run.split("/")[0] in ("trend", "growth_gap")
        assert isinstance(item, Table) or item.note


def test_the_words_of_a_document_are_in_its_language(document):
    words = [document.title, document.state, *(s.title for s in document.sections)]
    words += [i.title for s in document.sections for i in s.numbered] + [
        c.head for t in tables(document) for c in t.columns
    ]
    chinese = [bool(re.search("[\u4e00-\u9fff]", text)) for text in words if not re.fullmatch(r"\d+|n", text)]
    assert all(chinese) if document.lang == "zh" else not any(chinese)


def test_a_figure_that_was_not_drawn_says_why(document, page, word):
    (item,) = [item for section in document.sections for item in section.items if isinstance(item, NotDrawn)]
    assert item.text
    assert item.text in page.text
    assert item.text in [p.text for p in word.paragraphs]


def test_the_page_loads_nothing_and_shows_no_code(source, page):
    assert not {"script", "link", "iframe", "img", "object"} & {tag for tag, _ in page.tags}
    loaded = [a.get(key, "") for _, a in page.tags for key in ("src", "href", "xlink:href", "data")]
    assert all(address.startswith("#") for address in loaded if address)
    assert not re.search(r"url\((?!#)|@import", source)
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
    assert sum(tag == "svg" and a.get("role") == "img" for tag, a in page.tags) == len(pictures)
    for item in items:
        assert document.caption_of(item) in page.text
        assert item.source in page.text
        assert item.run in page.text
    for item in pictures:
        assert item.alt in page.text
        assert item.note in page.text
        assert 0 < item.plot[0] < item.plot[1] < 1  # the words are text and not part of the drawing
    assert sum(tag == "table" for tag, _ in page.tags) == 1 + sum(bool(t.rows) for t in tables(document))


def test_a_number_stands_to_the_right_and_a_row_has_a_head(page):
    kinds = {(tag, a.get("class"), a.get("scope")) for tag, a in page.tags if tag in ("td", "th")}
    assert {("td", "n", None), ("th", "n", "col"), ("th", None, "row")} <= kinds


def test_word_has_real_headings_captions_and_fields(document, items, word):
    headings = [p.text for p in word.paragraphs if p.style.name == "Heading 1"]
    assert [s.title for s in document.sections] == headings[1:-2]
    captions = [p for p in word.paragraphs if p.style.name == "Caption"]
    assert [p.text for p in captions] == [document.caption_of(item) for item in items]
    codes = ["".join(t.text for t in p._p.iter(qn("w:instrText"))).split()[:2] for p in captions]
    names = {"en": ("Figure", "Table"), "zh": ("图", "表")}[document.lang]
    assert codes == [["SEQ", names[isinstance(item, Table)]] for item in items]
    text = "\n".join(p.text for p in word.paragraphs)
    for item in items:
        assert item.source in text
        assert item.run in text
    assert all(source.reference(document.lang) in text for source in document.sources)


def test_word_tables_are_editable_and_repeat_their_head(document, word):
    filled = [table for table in tables(document) if table.rows]
    assert len(word.tables) == len(filled) + 1
    for made, table in zip(word.tables, filled, strict=False):
        assert [c.text for c in made.rows[0].cells] == [c.head for c in table.columns]
        assert made.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
        assert [c.text for c in made.rows[-1].cells] == table.shown[-1]
        assert sum(g.w for g in made._tbl.tblGrid.gridCol_lst) <= 24.71 * 360_000


def test_word_figures_are_as_wide_as_the_column_and_described(items, word):
    pictures = [item for item in items if isinstance(item, Picture)]
    shapes = word.inline_shapes
    assert [s._inline.docPr.get("descr") for s in shapes] == [item.alt for item in pictures]
    assert [round(s.width.cm, 1) for s in shapes] == [16.0] * len(pictures)


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
    sheets = book.worksheets[1:]
    assert len(sheets) == len(tables(document))
    assert len({s.title.lower() for s in sheets}) == len(sheets)
    for sheet, table in zip(sheets, tables(document), strict=True):
        assert len(sheet.title) <= 31
        assert sheet["A1"].value == document.caption_of(table)
        assert [sheet["A4"].value, sheet["A5"].value] == [table.source, document.say(words.SAYS.run, run=table.run)]
        assert sheet.freeze_panes == "B7"
        shown = apart(table, document)
        for row, cells in enumerate(shown.rows, start=7):
            for number, cell in enumerate(cells, start=1):
                made = sheet.cell(row, number).value
                if isinstance(cell, (int, float)):
                    assert made == cell
                elif cell in (None, "", "–"):
                    assert made is None  # missing is nothing, and not zero


def test_rates_have_one_decimal_and_years_none_in_excel(book):
    sheet = next(s for s in book.worksheets if "growth_gap by_year" in s.title)
    assert (sheet["A7"].value, sheet["A7"].number_format) == (2017, "0")
    assert (sheet["B7"].value, sheet["B7"].number_format) == (7, '#,##0.0;"−"#,##0.0;#,##0.0')
    assert max(dimension.width for dimension in sheet.column_dimensions.values()) <= 46


def test_the_first_sheet_says_what_it_is_where_from_and_which_runs(document, book):
    cells = {str(c.value) for row in book.worksheets[0].iter_rows() for c in row if c.value is not None}
    assert {document.title, document.state} <= cells
    assert {s.title for s in book.worksheets[1:]} <= cells
    assert {section.entry.run for section in document.sections} <= cells
    assert {section.data for section in document.sections} <= cells
    assert {source.id for source in document.sources} | {source.title for source in document.sources} <= cells
    assert {"latest published" if document.lang == "en" else "最新公布数"} <= cells


def test_latex_and_csv_hold_every_table(document, out):
    for table in tables(document):
        name = f"table_{table.number:02d}_{table.run.split('/')[0]}_{table.name}"
        tex = (out / f"report_{document.lang}_latex" / f"{name}.tex").read_text(encoding="utf-8")
        assert escape(table.title) in tex
        assert escape(table.source) in tex
        assert escape(table.run) in tex
        assert all(rule in tex for rule in (r"\toprule", r"\bottomrule"))
        assert tex.count("{") - tex.count(r"\{") == tex.count("}") - tex.count(r"\}")
        assert (out / f"report_{document.lang}_csv" / f"{name}.csv").read_bytes() == table.csv.read_bytes()
    main = (out / f"report_{document.lang}_latex" / "tables.tex").read_text(encoding="utf-8")
    assert main.count(r"\input{") == len(tables(document))
    assert "ctex" in main


def test_latex_commands_in_a_cell_are_harmless():
    assert escape(r"50% of a_b & #1 {x} \cmd $ ~ ^ −3 [1]") == (
        r"50\% of a\_b \& \#1 \{x\} \textbackslash{}cmd \$ \textasciitilde{} \textasciicircum{} $-$3 {[}1{]}"
    )


def test_the_last_table_maps_every_figure_and_table_to_its_run(document, items, word):
    rows = [[cell.text for cell in row.cells] for row in word.tables[-1].rows[1:]]
    assert [row[0] for row in rows] == [document.number_of(item) for item in items]
    runs = {section.entry.run: section for section in document.sections}
    for row, item in zip(rows, items, strict=True):
        section = runs[item.run]
        assert row[1:] == [item.title, item.run, section.parameters, section.data]
        assert "indicator: gdp" in section.parameters
        results = json.loads((section.entry.folder / "results.json").read_text(encoding="utf-8"))
        assert results["data_sha256"].startswith(section.data)
        assert len(section.data) == 12


def test_a_cited_text_is_named_by_its_number_in_the_list(document):
    table = next(t for t in tables(document) if t.name == "figures_on_record")
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
        assert sentence in [sheet.cell(row, 1).value for row in range(1, 8)]
        assert escape(sentence) in tex[: tex.index(r"\input")]
    assert (
        word.count("Compared with Wuhan, growth of Hanyang's GDP was 3.3 pp lower in 2020 and about the same in 2023")
        == 2
    )  # still there


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


def test_what_else_lies_in_the_folder_stays_and_old_tables_go(entries, tmp_path):
    (tmp_path / "mine.txt").write_text("x")
    build(replace(SPEC, languages=("en",), formats=("csv",)), entries, tmp_path)
    assert len(list((tmp_path / "report_en_csv").iterdir())) == 12
    build(replace(SPEC, languages=("en",), formats=("csv",)), entries[:1], tmp_path)
    assert len(list((tmp_path / "report_en_csv").iterdir())) == 4
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


def test_results_of_an_older_version_are_read_too(moved):
    file = moved[0].folder / "results.json"
    results = json.loads(file.read_text(encoding="utf-8"))
    for figure in results["figures"].values():
        del figure["plot"]
    for table in results["tables"].values():
        del table["sources"]
    del results["order"], results["names"]
    file.write_text(json.dumps(results), encoding="utf-8")
    (section,) = load(SPEC, moved[:1], "en").sections
    assert section.title == "Trend: GDP, Hanyang, 2017–2024"
    assert [type(item) for item in section.items] == [Picture, Table, Table, Table, Table]
    assert section.items[0].plot == (0.0, 1.0)


def tables(document):
    return [item for section in document.sections for item in section.items if isinstance(item, Table)]
