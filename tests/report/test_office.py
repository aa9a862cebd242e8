"""The Word and Excel files as an office program opens them: turned into pages, every character there."""

import os
import subprocess
from dataclasses import replace

import docx
import openpyxl
import pytest
from finished_runs import SPEC
from PIL import Image, ImageChops
from programs import need

from hanyang_data.report import build
from hanyang_data.report.document import Document
from hanyang_data.report.word import with_fonts

pytestmark = pytest.mark.slow

LANGS, KINDS = ("en", "zh"), ("docx", "xlsx")


@pytest.fixture(scope="module")
def pages(entries, tmp_path_factory):
    """Every Word and Excel file as PDF, by format and language."""
    need("soffice", "pdftotext", "pdftoppm")
    root = tmp_path_factory.mktemp("office")
    build(SPEC, entries, root / "report")
    made = {}
    for kind in KINDS:
        files = sorted((root / "report").glob(f"*.{kind}"))
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{root}/profile", "--headless", "--convert-to", "pdf",
             "--outdir", str(root / kind), *map(str, files)],
            check=True, capture_output=True, timeout=240, env=os.environ | with_fonts(root),
        )  # fmt: skip
        made |= {(kind, lang): root / kind / f"report_{lang}.pdf" for lang in LANGS}
    return made


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("kind", KINDS)
def test_every_caption_is_on_a_page_and_no_character_is_missing(entries, pages, kind, lang):
    shown = _squeezed(
        subprocess.run(["pdftotext", "-layout", pages[kind, lang], "-"], check=True, capture_output=True).stdout.decode()
    )
    document = Document(SPEC, entries, lang)
    items = [item for section in document.sections for item in section.items] if kind == "docx" else document.tables
    for item in items:
        assert _squeezed(document.caption_of(item)) in shown
        assert _squeezed(item.run) in shown
    assert "\N{REPLACEMENT CHARACTER}" not in shown
    fonts = subprocess.run(["pdffonts", pages[kind, lang]], check=True, capture_output=True).stdout.decode()
    if lang == "zh":
        assert "NotoS" in fonts
        assert "DejaVuSans " not in fonts  # what stands in where a glyph is missing


@pytest.mark.parametrize("lang", LANGS)
def test_the_word_document_counts_its_pages_and_keeps_within_their_margins(pages, tmp_path, lang):
    subprocess.run(["pdftoppm", "-r", "30", "-gray", "-png", pages["docx", lang], tmp_path / "page"], check=True)
    drawn = sorted(tmp_path.glob("page*.png"))
    assert 8 <= len(drawn) <= 20
    for file in drawn:
        with Image.open(file) as page:
            ink = ImageChops.invert(page.convert("L")).point(lambda tone: 255 if tone > 60 else 0).getbbox()
            assert ink is not None, file.name
            assert ink[0] >= 25, file.name  # 2.5 cm at 30 dots an inch are 29
            assert ink[2] <= page.width - 25, file.name
    words = subprocess.run(["pdftotext", "-f", "2", "-l", "2", pages["docx", lang], "-"], check=True, capture_output=True)
    counted = {"en": f"Page2of{len(drawn)}", "zh": f"第2页，共{len(drawn)}页"}[lang]
    assert counted in _squeezed(words.stdout.decode())


@pytest.mark.parametrize("lang", LANGS)
def test_the_contents_name_the_page_of_each_heading(entries, pages, lang):
    document = Document(SPEC, entries, lang)
    made = subprocess.run(["pdftotext", "-layout", pages["docx", lang], "-"], check=True, capture_output=True)
    each = [_squeezed(page) for page in made.stdout.decode().split("\f")]
    listed = docx.Document(pages["docx", lang].parents[1] / "report" / f"report_{lang}.docx")
    told = [p.text.split("\t") for p in listed.paragraphs if "\t" in p.text]
    assert [title for title, _ in told] == [title for title, _ in document.contents(brief=True, annex=True)]
    for title, number in told:
        assert _squeezed(title) in each[int(number) - 1]


@pytest.mark.parametrize("lang", LANGS)
def test_no_caption_is_left_alone_at_the_end_of_a_page_and_no_note_begins_one(pages, lang):
    made = subprocess.run(["pdftotext", "-layout", pages["docx", lang], "-"], check=True, capture_output=True)
    written = docx.Document(pages["docx", lang].parents[1] / "report" / f"report_{lang}.docx").paragraphs
    heads = [_squeezed(p.text) for p in written if p.style.name in ("Caption", "Report Subtitle") and p.text.strip()]
    notes = [_squeezed(p.text)[:20] for p in written if p.style.name == "Report Note" and p.text.strip()]
    for page in made.stdout.decode().split("\f")[:-1]:
        first, *_, last, _ = [_squeezed(line) for line in page.splitlines() if line.strip()]  # below all its number
        assert not any(head.endswith(last) for head in heads), last
        assert not any(first.startswith(note) for note in notes), first


def test_without_an_office_the_page_numbers_are_said_to_be_left_out(entries, tmp_path, monkeypatch):
    monkeypatch.setenv("PATH", str(tmp_path))
    _, left_out = build(replace(SPEC, languages=("zh",), formats=("docx",)), entries, tmp_path / "report")
    assert [text.zh for text in left_out] == ["report_zh.docx的目录未填页码：未安装LibreOffice（soffice）。在Word中按F9可更新。"]


def test_the_program_reads_the_numbers_as_numbers(entries, tmp_path):
    """LibreOffice writes the sheet anew; what comes back is what the run found."""
    need("soffice")
    build(SPEC, entries[:2], tmp_path / "report")
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to",
         "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path), str(tmp_path / "report" / "report_en.xlsx")],
        check=True, capture_output=True, timeout=240,
    )  # fmt: skip
    book = openpyxl.load_workbook(tmp_path / "report_en.xlsx")
    place = next(
        name.attr_text for key, name in book.defined_names.items() if key.startswith("table_A") and "figures_on_record" in key
    )
    sheet = book[place.partition("!")[0].strip("$'")]
    cells = {row[0].value: [cell.value for cell in row[1:3]] for row in sheet.iter_rows(min_row=8)}
    assert cells[2020] == [-8, 699]
    assert cells[2019] == [None, None]


def _squeezed(text: str) -> str:
    """A text without its spaces and line breaks, which a page sets as it needs them."""
    return "".join(text.split()).replace("\u3000", "")
