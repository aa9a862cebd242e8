"""Reading the parameters of a notebook without running it, and checking values against them."""

import nbformat
import pytest
from helpers import PROJECT, departures
from nbformat.v4 import new_code_cell, new_notebook

from hanyang_data.batch.parameters import batch_notebooks, check_values, from_text, read_parameters, title_of
from hanyang_data.errors import ParameterError

CELL = """
# The region studied: an id.
region: str = "hanyang"
# First and last year.
start_year: int = 2017
end_year: int | None = None
title: str = "a = b # not a comment"
formats: list[str] = ["png"]
share: float = 0.5
draft: bool = False
"""


def notebook(tmp_path, *sources, tags=("parameters",)):
    cells = [new_code_cell(source, metadata={"tags": list(tags)}) for source in sources]
    cells.append(new_code_cell("print(region, start_year, end_year, title, formats, share, draft)"))
    file = tmp_path / "nb.ipynb"
    nbformat.write(new_notebook(cells=cells), file)
    return file


def test_names_types_defaults_and_comments_are_read(tmp_path):
    known = read_parameters(notebook(tmp_path, CELL))
    assert {n: (p.type, p.default) for n, p in known.items()} == {
        "region": ("str", "hanyang"),
        "start_year": ("int", 2017),
        "end_year": ("int | None", None),
        "title": ("str", "a = b # not a comment"),
        "formats": ("list[str]", ["png"]),
        "share": ("float", 0.5),
        "draft": ("bool", False),
    }
    assert known["region"].help == "The region studied: an id."
    assert known["end_year"].help == ""


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({"end_yaer": 2023}, "p.yaml: unknown parameter 'end_yaer': did you mean end_year"),
        ({"start_year": "2020"}, "p.yaml: start_year is '2020', expected a whole number such as 2017, without quotes"),
        ({"start_year": True}, "expected a whole number"),
        ({"start_year": 2020.0}, "expected a whole number"),
        ({"region": None}, "expected str"),
        ({"region": 1}, "expected str"),
        ({"formats": "png"}, r"expected list\[str\]"),
        ({"formats": ["png", 3]}, r"expected list\[str\]"),
        ({"draft": "no"}, "expected bool"),
        ({"draft": 0}, "expected bool"),
    ],
)
def test_a_wrong_name_or_type_is_named_with_what_was_expected(tmp_path, given, says):
    known = read_parameters(notebook(tmp_path, CELL))
    with pytest.raises(ParameterError, match=says):
        check_values(given, known, "p.yaml")


def test_defaults_fill_in_and_right_values_pass(tmp_path):
    known = read_parameters(notebook(tmp_path, CELL))
    values = check_values({"end_year": 2020, "share": 1, "formats": []}, known, "p.yaml")
    assert values["region"] == "hanyang"
    assert (values["end_year"], values["share"], values["formats"]) == (2020, 1, [])


@pytest.mark.parametrize(
    ("cell", "says"),
    [
        ("span: int = 2024 - start", "span is computed"),
        ("x, y = 1, 2", "only lines such as"),
        ("start_year = 2017", "only lines such as"),
        ("start_year: int", "only lines such as"),
        ("import os", "only lines such as"),
        ('start_year: int = "2017"', "is not of type int"),
        ('colour: str = "red"', "no cell uses the parameter 'colour'"),
    ],
)
def test_how_this_projects_cells_are_written_is_one_sentence_where_it_is_not_kept(tmp_path, cell, says):
    (fault,) = departures(notebook(tmp_path, cell))
    assert says in fault
    assert departures(notebook(tmp_path, CELL)) == []
    assert "has 0 cells tagged" in departures(notebook(tmp_path, CELL, tags=()))[0]


@pytest.mark.parametrize(
    ("cell", "known"),
    [
        ("start_year = 2017", {"start_year": ("int | float", 2017, False)}),
        ('title = "a"', {"title": ("str", "a", False)}),
        ("x, y = 1, 2", {"x": ("Any", None, True), "y": ("Any", None, True)}),
        ("a = b = 3", {"a": ("int | float", 3, False), "b": ("int | float", 3, False)}),
        ("start: int = 2017\nspan: int = 2024 - start", {"start": ("int", 2017, False), "span": ("Any", None, True)}),
        ('start_year: int = "2017"', {"start_year": ("Any", "2017", False)}),
        ("day: date = None", {"day": ("Any", None, False)}),
        ("bounds = (1, 2)", {"bounds": ("Any", None, True)}),
        ("weights = {'a': 0.5}", {"weights": ("dict", {"a": 0.5}, False)}),
        ("by_year = {2020: 1}", {"by_year": ("Any", None, True)}),
        ("import os\nprint(1)\nn = 3", {"n": ("int | float", 3, False)}),
        ("%matplotlib inline\nn = 3", {"n": ("int | float", 3, False)}),
    ],
)
def test_whatever_python_lets_stand_in_the_cell_is_read(tmp_path, cell, known):
    found = read_parameters(notebook(tmp_path, cell))
    assert {name: (p.type, p.default, p.computed) for name, p in found.items()} == known
    given = {name: p.default for name, p in found.items() if not p.computed}
    assert check_values({}, found, "x") == given, "what is computed keeps its own value"
    if "x" in found:
        assert check_values({"x": (3, 4)}, found, "x") == {"x": (3, 4)}


def test_a_notebook_without_parameters_takes_none(tmp_path):
    assert read_parameters(notebook(tmp_path, CELL, tags=())) == {}


def test_what_cannot_be_used_is_said_in_one_sentence_and_hurts_no_other(tmp_path):
    good = notebook(tmp_path, CELL)
    (tmp_path / "empty.ipynb").touch()
    (tmp_path / "list.ipynb").write_text("[]")
    (tmp_path / "nested.ipynb").write_text("[" * 100_000)
    (tmp_path / "old.ipynb").write_text('{"worksheets": [{"cells": []}], "nbformat": 3}')
    (tmp_path / "words.ipynb").write_text('{"cells": ["a"]}')
    nbformat.write(new_notebook(cells=[]), tmp_path / "no_cells.ipynb")
    nbformat.write(new_notebook(cells=[new_code_cell("  ")]), tmp_path / "no_code.ipynb")
    syntax = new_code_cell("start_year: int = = 3", metadata={"tags": ["parameters"]})
    nbformat.write(new_notebook(cells=[syntax]), tmp_path / "syntax.ipynb")
    twice = [new_code_cell("a = 1", metadata={"tags": ["parameters"]}) for _ in range(2)]
    nbformat.write(new_notebook(cells=twice), tmp_path / "twice.ipynb")
    usable, amiss = batch_notebooks(tmp_path)
    assert usable == [good]
    assert title_of(good) == "nb"
    assert {file.stem for file in amiss} == {"empty", "list", "nested", "old", "words", "no_cells", "no_code", "syntax", "twice"}
    assert all("\n" not in why and len(why) < 300 for why in amiss.values())
    assert "open it in JupyterLab and save it" in amiss[tmp_path / "old.ipynb"]
    assert "line 1: invalid syntax" in amiss[tmp_path / "syntax.ipynb"]
    assert "has 2 cells tagged" in amiss[tmp_path / "twice.ipynb"]


@pytest.mark.parametrize(
    ("name", "text", "value"),
    [
        ("region", "wuhan", "wuhan"),
        ("region", "汉阳", "汉阳"),
        ("start_year", "2019", 2019),
        ("region", "2021-06-30", "2021-06-30"),
        ("region", "0420105", "0420105"),
        ("region", "no", "no"),
        ("end_year", "null", None),
        ("formats", "[png, svg]", ["png", "svg"]),
        ("formats", "png", ["png"]),
        ("formats", "png, svg", ["png", "svg"]),
        ("draft", "true", True),
        ("title", "a: [", "a: ["),
    ],
)
def test_a_value_of_the_command_line_is_what_the_parameter_wants(tmp_path, name, text, value):
    known = read_parameters(notebook(tmp_path, CELL))
    assert from_text(text, known[name]) == value
    check_values({name: from_text(text, known[name])}, known, "-p")


def test_a_missing_or_broken_notebook_is_one_sentence(tmp_path):
    with pytest.raises(ParameterError, match="no notebook 'trnd' in .*: did you mean trend"):
        read_parameters(PROJECT / "notebooks" / "trnd.ipynb")
    (tmp_path / "broken.ipynb").write_text("{")
    with pytest.raises(ParameterError, match="is not a notebook"):
        read_parameters(tmp_path / "broken.ipynb")
