"""Reading the parameters of a notebook without running it, and checking values against them."""

import nbformat
import pytest
from helpers import PROJECT
from nbformat.v4 import new_code_cell, new_notebook

from hanyang_data.batch.parameters import check_values, from_text, read_parameters
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
        ({"start_year": "2020"}, "p.yaml: start_year is '2020', expected int such as 2017"),
        ({"start_year": True}, "expected int"),
        ({"start_year": 2020.0}, "expected int"),
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
        ("start_year: int = = 3", "line 1: invalid syntax"),
    ],
)
def test_anything_but_typed_literals_is_refused(tmp_path, cell, says):
    with pytest.raises(ParameterError, match=says):
        read_parameters(notebook(tmp_path, cell))


def test_the_tag_must_be_there_once(tmp_path):
    with pytest.raises(ParameterError, match="has 0 cells tagged"):
        read_parameters(notebook(tmp_path, CELL, tags=()))
    with pytest.raises(ParameterError, match="has 2 cells tagged"):
        read_parameters(notebook(tmp_path, CELL, CELL))


def test_a_parameter_that_nothing_uses_is_named(tmp_path):
    with pytest.raises(ParameterError, match="no cell uses the parameter 'colour'"):
        read_parameters(notebook(tmp_path, 'colour: str = "red"'))


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
