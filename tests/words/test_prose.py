"""The prose of the notebooks: every text in both languages, once, and a Chinese notebook that is Chinese from its first line."""

import csv
import json
import re

import nbformat
import pytest
from click.testing import CliRunner
from helpers import PROJECT, execute, planned
from markdown_it import MarkdownIt

from hanyang_data.batch.parameters import code_cells, read_parameters
from hanyang_data.cli.main import main
from hanyang_data.words import prose

NOTEBOOKS = sorted((PROJECT / "notebooks").glob("*.ipynb"))
ENGLISH = re.compile(r"[A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,} [A-Za-z]{2,}")  # four words in a row
MARKUP = re.compile(r"`[^`]*`|```.*?```|<[^>]+>|\([^)]*\)|Run ▸ Run All Cells", re.DOTALL)


def cells(content):
    return json.loads(content)["cells"]


def test_every_text_of_a_notebook_has_its_chinese_and_every_row_is_a_text():
    said = {text for file in NOTEBOOKS for cell in cells(file.read_bytes()) for text in prose.texts(cell)}
    missing = sorted(said - set(prose.chinese()))
    assert missing == [], "texts of notebooks without a row in hanyang_data/words/prose.csv"
    assert sorted(set(prose.chinese()) - said) == [], "rows of hanyang_data/words/prose.csv that no notebook has"
    with prose.FILE.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream, strict=True))
    assert len({row[0] for row in rows}) == len(rows), "a text stands twice"
    assert all(len(row) == 2 and all(row) for row in rows)
    assert prose.FILE.read_bytes().startswith(b"\xef\xbb\xbf")  # for Excel


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_chinese_notebook_is_the_same_program(notebook):
    turned = prose.in_chinese(notebook.read_bytes())
    for before, after in zip(cells(notebook.read_bytes()), cells(turned), strict=True):
        assert before["id"] == after["id"]
        if before["cell_type"] == "code":
            code = ["\n".join(line for line, _ in prose._pieces("".join(c["source"])) if line) for c in (before, after)]
            assert code[0] == code[1]
        else:
            told = MARKUP.sub("", "".join(after["source"]))
            assert re.search(r"[\u4e00-\u9fff]", told), told
            assert not ENGLISH.search(told), told


@pytest.mark.parametrize("notebook", [n for n in NOTEBOOKS if n.stem not in ("index", "explore", "read")], ids=lambda p: p.stem)
def test_prose_is_true_of_any_region_and_data(notebook):
    """What is said of one place stands in the start page alone: the others are run on records that do not know it."""
    told = [prose.in_chinese(notebook.read_bytes()), notebook.read_bytes()]
    for cell in (cell for content in told for cell in cells(content) if cell["cell_type"] == "markdown"):
        assert not re.search("Hanyang|Wuhan|Wuchang|汉阳|武汉|武昌|known here", "".join(cell["source"])), cell["source"]


@pytest.mark.parametrize("row", prose.chinese().items(), ids=lambda row: row[0].split("\n")[0][:40])
def test_no_asterisk_of_the_markup_is_shown(row):
    """Beside Chinese punctuation, and without a space, two asterisks make nothing bold (CommonMark: flanking delimiter runs)."""
    for text in row:
        assert "**" not in MarkdownIt().render(text), text


def test_a_text_that_somebody_changed_stays_as_he_wrote_it():
    mine = {"cells": [{"cell_type": "markdown", "source": ["## Answer, mine"]}, {"cell_type": "code", "source": "# mine\nx = 1"}]}
    content = json.dumps(mine).encode()
    assert prose.in_chinese(content) == content


def test_init_lays_out_chinese_notebooks(tmp_path):
    shown = CliRunner().invoke(main, ["init", "--lang", "zh", str(tmp_path / "工作")])
    assert shown.exit_code == 0, shown.output
    for notebook in NOTEBOOKS:
        file = tmp_path / "工作" / "notebooks" / notebook.name
        nbformat.validate(nbformat.read(file, as_version=4))
        first = "".join(cells(file.read_bytes())[0]["source"])
        assert re.search(r"[\u4e00-\u9fff]", first.split("\n")[0]), first
        if "lang" in read_parameters(notebook):
            assert read_parameters(file)["lang"].default == "zh"
            assert all(re.search(r"[\u4e00-\u9fff]", p.help) for n, p in read_parameters(file).items() if n != "end_year")
        english = [code.replace('"en"', '"zh"') for code in code_cells(notebook)]
        assert [code.count("\n") for code in code_cells(file)] <= [code.count("\n") for code in english]
    assert CliRunner().invoke(main, ["init", "--lang", "fr", str(tmp_path / "x")]).exit_code == 2


@pytest.mark.slow
def test_a_run_in_chinese_has_chinese_prose(tmp_path):
    done = execute(planned(PROJECT / "params" / "zh" / "trend.yaml"), tmp_path)
    prose_of = ["".join(c["source"]) for c in cells((done / "notebook.ipynb").read_bytes()) if c["cell_type"] == "markdown"]
    assert prose_of[0].startswith("# 趋势：一个地区的一项指标如何变化？")
    assert not [text for text in prose_of if ENGLISH.search(MARKUP.sub("", text))]
