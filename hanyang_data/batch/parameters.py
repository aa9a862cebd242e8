"""The parameters of a notebook, read from its ``parameters`` cell without running it, and checked before a kernel starts."""

from __future__ import annotations

import ast
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import nbformat

from hanyang_data.errors import ParameterError, nearest

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
        ParameterError: if the notebook cannot be read, has no or two cells tagged ``parameters``, or the cell holds
            anything but typed literals.
    """
    cells = _cells(notebook)
    tagged = [cell.source for cell in cells if TAG in cell.metadata.get("tags", [])]
    if len(tagged) != 1:
        raise ParameterError(f"{notebook} has {len(tagged)} cells tagged {TAG!r}: it needs exactly one")
    try:
        statements = ast.parse(tagged[0]).body
    except SyntaxError as error:
        raise ParameterError(f"{notebook}, parameters cell, line {error.lineno}: {error.msg}") from None
    lines = tagged[0].splitlines()
    return {p.name: p for p in (_parameter(statement, lines, notebook) for statement in statements)}


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
            raise ParameterError(f"{where}: unknown parameter {name!r}: {nearest(name, known)}")
        if not _fits(ast.parse(known[name].type, mode="eval").body, value):
            shown = f"the date {value} (put it in quotes)" if isinstance(value, date) else repr(value)
            example = f" such as {default!r}" if (default := known[name].default) else ""
            raise ParameterError(f"{where}: {name} is {shown}, expected {known[name].type}{example}")
    return {name: given.get(name, parameter.default) for name, parameter in known.items()}


def title_of(notebook: Path) -> str:
    """The first line of the first cell, without its marks.

    Raises:
        ParameterError: if the notebook cannot be read.
    """
    return str(_cells(notebook)[0].source.splitlines()[0]).lstrip("# ")


def _cells(notebook: Path) -> list[Any]:
    try:
        return list(nbformat.read(notebook, as_version=4).cells)  # type: ignore[no-untyped-call]
    except FileNotFoundError:
        known = [path.stem for path in notebook.parent.glob("*.ipynb")]
        raise ParameterError(
            f"there is no notebook {notebook.stem!r} in {notebook.parent}: {nearest(notebook.stem, known)}"
        ) from None
    except Exception as error:  # nbformat raises whatever its JSON and schema parsers raise
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
    kind: Any = SIMPLE.get(ast.unparse(annotation))
    # True is an int to Python, and a year or a number to nobody
    return kind is not None and isinstance(value, kind) and (kind is bool or not isinstance(value, bool))
