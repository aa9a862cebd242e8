"""Text of a data set or a report file that looks like code leaves as text, by every exit."""

import csv
import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import docx
import matplotlib.pyplot as plt
import openpyxl
import pandas as pd
import pytest
from report.finished_runs import SPEC, finished

from hanyang_data.charts.style import theme
from hanyang_data.record.observations import default_dataset
from hanyang_data.report import build
from hanyang_data.studies.results import Answer, Lines, Record, Sentence, markdown
from hanyang_data.studies.scope import Scope
from hanyang_data.words.wording import Text

FORMULA = '=HYPERLINK("http://decoy.invalid","open")'
SCRIPT = "<script>decoy()</script>"
ADDRESS = "https://decoy.invalid/a}\\input{decoy}?b=1%20#c_d"


class Tags(HTMLParser):
    def __init__(self, text):
        super().__init__()
        self.found = []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.found.append(tag)


@pytest.fixture(scope="module")
def out(tmp_path_factory):
    """A report whose title, author, source titles, publisher and address are hostile."""
    place = tmp_path_factory.mktemp("decoy")
    (place / "run").mkdir()
    entry = finished("trend", "en", place / "run")
    file = place / "run" / "results.json"
    content = json.loads(file.read_text(encoding="utf-8"))
    for source in content["sources"]:
        source |= {"title_en": FORMULA, "publisher": SCRIPT, "url": ADDRESS}
    file.write_text(json.dumps(content), encoding="utf-8")
    hostile = replace(SPEC, title=Text(FORMULA, FORMULA), author=Text("+1+1", "+1+1"), languages=("en",))
    build(hostile, [entry], place / "out")
    return place / "out"


def test_no_cell_of_the_workbook_is_a_formula(out):
    cells = [c for sheet in openpyxl.load_workbook(out / "report_en.xlsx") for row in sheet.iter_rows() for c in row]
    begin = [c for c in cells if isinstance(c.value, str) and c.value.startswith(("=", "+"))]
    assert {c.value for c in begin} >= {FORMULA}
    assert not [c.coordinate for c in cells if c.data_type == "f"]
    assert all(c.quotePrefix for c in begin)  # Excel keeps it a text also when somebody edits the cell


def test_the_page_holds_no_script_and_says_it_all_the_same(out):
    page = (out / "report_en.html").read_text(encoding="utf-8")
    assert Tags(page).found.count("script") == 3  # the page's own
    assert SCRIPT not in page
    assert "&lt;script&gt;decoy()" in page


def test_word_holds_it_as_text(out):
    document = docx.Document(str(out / "report_en.docx"))
    assert document.paragraphs[0].text == FORMULA
    assert any(SCRIPT in paragraph.text for paragraph in document.paragraphs)


def test_an_address_does_not_end_its_command_in_latex(out):
    tables = (out / "report_en_latex" / "tables.tex").read_text(encoding="utf-8")
    addresses = re.findall(r"\\url\{(.*)\}$", tables, flags=re.MULTILINE)
    assert addresses
    assert set(addresses) == {"https://decoy.invalid/a%7D%5Cinput%7Bdecoy%7D?b=1%20#c_d"}
    assert r"\input{decoy}" not in tables


def scoped(tmp_path, title):
    dataset = default_dataset()
    sources = dataset.sources.assign(title_en=title, publisher=title)
    scope = Scope("hanyang", "gdp", 2017, 2024)
    object.__setattr__(scope, "dataset", replace(dataset, sources=sources))
    return Record("trend", scope, tmp_path)


def test_markdown_outputs_carry_no_markup_of_the_data():
    hostile = f"{SCRIPT} [x](javascript:decoy) $x$"
    for shown in (Answer(hostile, (hostile,)), Sentence(hostile), Lines([hostile])):
        assert SCRIPT in str(shown)
        assert "<" not in shown._repr_markdown_()
        assert "](" not in shown._repr_markdown_().replace("\\](", "")
    assert markdown("7%–8%, 2018 (第一次)") == "7%–8%, 2018 (第一次)"


@pytest.mark.parametrize(
    ("cell", "kept"),
    [
        (FORMULA, f"'{FORMULA}"),
        ("@SUM(1)", "'@SUM(1)"),
        ("-2+3+cmd", "'-2+3+cmd"),
        ("-3.5%", "-3.5%"),
        ("+1,200", "+1,200"),
        ("−3.5", "−3.5"),
        ("7%左右", "7%左右"),
    ],
)
def test_a_spreadsheet_computes_no_text_of_a_csv(tmp_path, cell, kept):
    frame = pd.DataFrame({"note": [cell], "value": [-3.5]}, index=pd.Index([2017], name="year"))
    scoped(tmp_path, "t").table("one", frame)
    with (tmp_path / "one.csv").open(encoding="utf-8-sig", newline="") as handle:
        assert list(csv.reader(handle)) == [["year", "note", "value"], ["2017", kept, "-3.5"]]


def test_a_dollar_in_a_figure_is_no_mathematics(tmp_path):
    with theme():
        figure = plt.figure()
        text = figure.text(0, 0, r"$\undefined$")
        figure.savefig(Path(tmp_path, "f.png"))  # mathematics would raise
        plt.close(figure)
    assert not text.get_parse_math()
