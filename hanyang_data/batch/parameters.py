"""The parameters of a notebook, read from its ``parameters`` cell without running it, and checked before a kernel starts."""

from __future__ import annotations

import ast
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from hanyang_data.errors import ParameterError, nearest, shown
from hanyang_data.strict_yaml import read_text

TAG = "parameters"
SIMPLE = {"str": str, "int": int, "float": (int, float), "bool": bool, "None": type(None)}


@dataclass(frozen=True)
class Parameter:
    """One parameter: its name, type as written, default, and the comment above it."""

    name: str
    type: str
    default: Any
    help: str


def read_parameters(notebook: Path) -> dict[str, Parameter]:
    """The parameters a notebook takes, in its order.

    Raises:
        ParameterError: if the notebook cannot be read, has no or two cells tagged ``parameters``, the cell holds anything but
            typed literals, or no other cell uses one of them.
    """
    cells = _cells(notebook)
    tagged = [_source(cell) for cell in cells if TAG in cell["metadata"].get("tags", [])]
    if len(tagged) != 1:
        raise ParameterError(f"{notebook} has {len(tagged)} cells tagged {TAG!r}: it needs exactly one")
    try:
        statements = ast.parse(tagged[0]).body
    except SyntaxError as error:
        raise ParameterError(f"{notebook}, parameters cell, line {error.lineno}: {error.msg}") from None
    lines = tagged[0].splitlines()
    known = {p.name: p for p in (_parameter(statement, lines, notebook) for statement in statements)}
    others = "\n".join(code for code in code_cells(notebook) if code != tagged[0])
    unused = [name for name in known if not re.search(rf"\b{name}\b", others)]
    if unused:
        raise ParameterError(f"{notebook}: no cell uses the parameter {unused[0]!r}: use it, or take it out")
    return known


def check_values(given: Mapping[str, Any], known: Mapping[str, Parameter], where: str) -> dict[str, Any]:
    """The value of every parameter: the given one if it exists and has the right type, else the default.

    Args:
        given: name → value, as read from a file.
        known: what the notebook takes.
        where: what to name in an error, such as the file.

    Raises:
        ParameterError: for a name the notebook does not take, with the nearest one, or a value of another type.
    """
    for name, value in given.items():
        if name not in known:
            raise ParameterError(f"{where}: unknown parameter {shown(name)}: {nearest(name, known)}")
        if not _fits(_annotation(known[name].type), value):
            found = f"the date {value} (put it in quotes)" if isinstance(value, date) else shown(value)
            example = f" such as {default!r}" if (default := known[name].default) else ""
            raise ParameterError(f"{where}: {name} is {found}, expected {known[name].type}{example}")
    return {name: given.get(name, parameter.default) for name, parameter in known.items()}


def is_batch(notebook: Path) -> bool:
    """Whether a notebook takes parameters, so that it can be run in batches; one that is for looking at takes none.

    Raises:
        ParameterError: if it cannot be read.
    """
    return any(TAG in cell["metadata"].get("tags", []) for cell in _cells(notebook))


def title_of(notebook: Path) -> str:
    """The first line of the first cell, without its marks.

    Raises:
        ParameterError: if the notebook cannot be read.
    """
    return _source(_cells(notebook)[0]).partition("\n")[0].lstrip("# ")


def code_cells(notebook: Path) -> list[str]:
    """The texts of the code cells.

    Raises:
        ParameterError: if the notebook cannot be read.
    """
    return [_source(cell) for cell in _cells(notebook) if cell["cell_type"] == "code"]


def from_text(text: str, parameter: Parameter) -> Any:
    """A value as given on a command line: what YAML makes of it if that fits the parameter, else the text itself.

    So ``2019`` is a year, ``[gdp, retail_sales]`` a list and ``2021-06-30`` the text that an ``as_of`` wants.

    Raises:
        ParameterError: for a text that is not in UTF-8.
    """
    annotation = _annotation(parameter.type)
    try:
        text.encode()
        value = read_text(text)
    except UnicodeEncodeError:
        raise ParameterError(f"-p {parameter.name}: {shown(text)} holds a character that is none in UTF-8") from None
    except yaml.YAMLError:
        return text
    return text if _fits(annotation, text) and not _fits(annotation, value) else value


@cache
def _annotation(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def _source(cell: Mapping[str, Any]) -> str:
    return "".join(cell["source"])


def _cells(notebook: Path) -> list[dict[str, Any]]:
    """The cells as JSON: reading them all with nbformat takes longer than everything else that is done before a run."""
    try:
        cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
        if not all(isinstance(c["metadata"], dict) and c["cell_type"] and "source" in c for c in cells):
            raise TypeError("a cell has no source, type or metadata")
        return list(cells)
    except FileNotFoundError:
        known = [path.stem for path in notebook.parent.glob("*.ipynb")]
        raise ParameterError(
            f"there is no notebook {notebook.stem!r} in {notebook.parent}: {nearest(notebook.stem, known)}"
        ) from None
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ParameterError(f"{notebook} is not a notebook: {error}") from None


def _parameter(statement: ast.stmt, lines: list[str], notebook: Path) -> Parameter:
    where = f"{notebook}, parameters cell, line {statement.lineno}"
    if not (isinstance(statement, ast.AnnAssign) and isinstance(statement.target, ast.Name) and statement.value):
        raise ParameterError(f"{where}: only lines such as `end_year: int = 2024` may stand here")
    try:
        default = ast.literal_eval(statement.value)
    except ValueError:
        raise ParameterError(f"{where}: {statement.target.id} is computed; a parameter is a literal") from None
    annotation = ast.unparse(statement.annotation)
    if not _fits(statement.annotation, default):
        raise ParameterError(f"{where}: the default {default!r} is not of type {annotation}")
    return Parameter(statement.target.id, annotation, default, _comment_above(lines, statement.lineno - 1))


def _comment_above(lines: list[str], index: int) -> str:
    start = index
    while start and lines[start - 1].lstrip().startswith("#"):
        start -= 1
    return " ".join(line.lstrip().lstrip("#").strip() for line in lines[start:index])


def _fits(annotation: ast.expr, value: Any) -> bool:
    """Whether a value has the annotated type: str, int, float, bool, None, list[…], Literal[…] and unions of them."""
    if isinstance(annotation, ast.BinOp):
        return _fits(annotation.left, value) or _fits(annotation.right, value)
    if isinstance(annotation, ast.Subscript) and isinstance(annotation.value, ast.Name):
        if annotation.value.id == "Literal":
            allowed = annotation.slice.elts if isinstance(annotation.slice, ast.Tuple) else [annotation.slice]
            return value in [ast.literal_eval(option) for option in allowed]
        return (
            annotation.value.id == "list" and isinstance(value, list) and all(_fits(annotation.slice, v) for v in value)
        )
    kind: Any = SIMPLE.get(annotation.id if isinstance(annotation, ast.Name) else ast.unparse(annotation))
    # True is an int to Python, and a year or a number to nobody
    return kind is not None and isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
