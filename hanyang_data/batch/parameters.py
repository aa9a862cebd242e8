"""The parameters of a notebook, read from its ``parameters`` cell without running it, and checked before a kernel starts."""

import ast
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import takewhile
from pathlib import Path
from typing import Any

import yaml

from hanyang_data.errors import ParameterError, nearest, shown
from hanyang_data.record.strict_yaml import read_text

TAG = "parameters"
PAGE = "page"  # tag of the first cell of a notebook that is for looking at, and is not run in batches
ANY = "Any"
SIMPLE = {"str": str, "int": int, "float": (int, float), "bool": bool, "None": type(None), "list": list, "dict": dict,
          ANY: object}  # fmt: skip
# what a default without an annotation lets be given in its place
OF_DEFAULT = {str: "str", bool: "bool", int: "int | float", float: "float", list: "list", dict: "dict"}


@dataclass(frozen=True)
class Parameter:
    """One parameter: its name, type, default and the comment above it; a computed one keeps its own value unless one is given."""

    name: str
    type: str
    default: Any
    help: str
    computed: bool = False


def read_parameters(notebook: Path) -> dict[str, Parameter]:
    """The parameters a notebook takes, in its order; none if no cell is tagged ``parameters``.

    What Python lets stand in that cell may stand there: a name without a type takes the type of its default, a type that is
    not a plain one is not checked.
    """
    tagged = [_source(cell) for cell in _cells(notebook) if TAG in _tags(cell)]
    if not any(code.strip() for code in code_cells(notebook)):
        raise ParameterError(f"{notebook} has no code cell: there is nothing to run")
    if len(tagged) > 1:
        raise ParameterError(f"{notebook} has {len(tagged)} cells tagged {TAG!r}: one is enough")
    if not tagged:
        return {}
    lines = tagged[0].splitlines()
    return {p.name: p for statement in _statements(tagged[0], notebook) for p in _parameters(statement, lines)}


def check_values(given: Mapping[str, Any], known: Mapping[str, Parameter], where: str) -> dict[str, Any]:
    """The value of every parameter: the given one if it exists and has the right type, else the default.

    name → value; a parameter that is computed is left out unless it is given.
    """
    for name, value in given.items():
        if name not in known:
            raise ParameterError(f"{where}: unknown parameter {shown(name)}: {nearest(name, known)}")
        if not _fits(_annotation(known[name].type), value):
            found = f"the date {value} (put it in quotes)" if isinstance(value, date) else shown(value)
            example = f" such as {default!r}" if (default := known[name].default) else ""
            kind = f"a whole number{example}, without quotes" if known[name].type == "int" else f"{known[name].type}{example}"
            raise ParameterError(f"{where}: {name} is {found}, expected {kind}")
    return {name: given.get(name, p.default) for name, p in known.items() if name in given or not p.computed}


def is_batch(notebook: Path) -> bool:
    """Whether a notebook can be run in batches; one that is for looking at, its first cell tagged ``page``, cannot."""
    return not any(PAGE in _tags(cell) for cell in _cells(notebook)[:1])


def batch_notebooks(folder: Path) -> tuple[list[Path], dict[Path, str]]:
    """The notebooks of a folder that can be run in batches, by name, and those that cannot be used, with the sentence why."""
    usable, amiss = [], {}
    for file in sorted(folder.glob("[!.]*.ipynb")):
        try:
            if is_batch(file):
                read_parameters(file)
                usable.append(file)
        except ParameterError as error:
            amiss[file] = str(error)
    return usable, amiss


def title_of(notebook: Path) -> str:
    """The first line of the first cell of text, without its marks; of a notebook without one its name."""
    texts = [_source(cell).strip() for cell in _cells(notebook) if cell["cell_type"] == "markdown"]
    return next((text.partition("\n")[0].lstrip("# ") for text in texts if text), notebook.stem)


def code_cells(notebook: Path) -> list[str]:
    """The texts of the code cells."""
    return [_source(cell) for cell in _cells(notebook) if cell["cell_type"] == "code"]


def from_text(text: str, parameter: Parameter) -> Any:
    """A value as given on a command line: what YAML makes of it if that fits the parameter, else the text itself.

    So ``2019`` is a year, ``[gdp, retail_sales]`` or ``gdp,retail_sales`` a list, ``2021-06-30`` the text that ``as_of`` wants.
    """
    annotation = _annotation(parameter.type)
    try:
        text.encode()
        value = read_text(text)
    except UnicodeEncodeError:
        raise ParameterError(f"-p {parameter.name}: {shown(text)} holds a character that is none in UTF-8") from None
    except yaml.YAMLError:
        return text
    if not _fits(annotation, value):
        listed = [word.strip() for word in re.split("[,，、]", text)]
        return next((other for other in (text, listed) if _fits(annotation, other)), value)
    return value


@cache
def _annotation(text: str) -> ast.expr:
    return ast.parse(text, mode="eval").body


def _source(cell: Mapping[str, Any]) -> str:
    return "".join(cell["source"])


def _tags(cell: Mapping[str, Any]) -> list[str]:
    return cell["metadata"].get("tags") or []


def _cells(notebook: Path) -> list[dict[str, Any]]:
    """The cells as JSON: reading them all with nbformat takes longer than everything else that is done before a run."""
    try:
        content = json.loads(notebook.read_text(encoding="utf-8"))
        if "worksheets" in content:
            raise TypeError("its format is of before 2015; open it in JupyterLab and save it")
        cells = content["cells"]
        if not all(isinstance(c["metadata"], dict) and c["cell_type"] and "source" in c for c in cells):
            raise TypeError("a cell has no source, type or metadata")
        return list(cells)
    except FileNotFoundError:
        known = [path.stem for path in notebook.parent.glob("*.ipynb")]
        meant = nearest(notebook.stem, known)
        raise ParameterError(f"there is no notebook {notebook.stem!r} in {notebook.parent}: {meant}") from None
    except KeyError as error:
        raise ParameterError(f"{notebook} is not a notebook: it has no {error}") from None
    except (OSError, ValueError, TypeError, AttributeError, RecursionError) as error:
        raise ParameterError(f"{notebook} is not a notebook: {getattr(error, 'strerror', None) or error}") from None


def _statements(source: str, notebook: Path) -> list[ast.stmt]:
    """The statements of a parameters cell; one with magics is first made what IPython makes of it."""
    try:
        return ast.parse(source).body
    except SyntaxError:
        from IPython.core.inputtransformer2 import TransformerManager

        try:
            return ast.parse(TransformerManager().transform_cell(source)).body  # type: ignore[no-untyped-call]
        except SyntaxError as error:
            raise ParameterError(f"{notebook}, parameters cell, line {error.lineno}: {error.msg}") from None


def _parameters(statement: ast.stmt, lines: list[str]) -> list[Parameter]:
    """What a statement of a parameters cell lets be given: the names it sets; nothing for an import or a call."""
    targets = _targets(statement)
    names = [node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)]
    text = _comment_above(lines, statement.lineno - 1)
    found, default = _literal(getattr(statement, "value", None))
    if not found or not all(isinstance(target, ast.Name) for target in targets):
        return [Parameter(name, ANY, None, text, computed=True) for name in names]
    annotation = getattr(statement, "annotation", None)
    kind = OF_DEFAULT.get(type(default), ANY) if annotation is None else ANY
    if annotation is not None and _understood(annotation) and _fits(annotation, default):
        kind = ast.unparse(annotation)
    return [Parameter(name, kind, default, text) for name in names]


def _targets(statement: ast.stmt) -> list[ast.expr]:
    if isinstance(statement, ast.Assign):
        return statement.targets
    return [statement.target] if isinstance(statement, ast.AnnAssign) else []


def _literal(value: ast.expr | None) -> tuple[bool, Any]:
    """Whether an expression is a literal that JSON and YAML know too, and which."""
    try:
        found = ast.literal_eval(value) if value else ...
    except (ValueError, TypeError, SyntaxError, MemoryError, RecursionError):
        return False, None
    return (True, found) if _plain(found) else (False, None)


def _plain(value: Any) -> bool:
    if isinstance(value, dict):
        return all(isinstance(key, str) for key in value) and all(map(_plain, value.values()))
    return all(map(_plain, value)) if isinstance(value, list) else isinstance(value, str | int | float | None)


def _comment_above(lines: list[str], index: int) -> str:
    above = takewhile(lambda line: line.startswith("#"), (line.strip() for line in reversed(lines[:index])))
    return " ".join(reversed([line.lstrip("#").strip() for line in above]))


def _understood(annotation: ast.expr) -> bool:
    """Whether a type is one of those that are checked; any other lets everything be given."""
    if isinstance(annotation, ast.BinOp):
        return _understood(annotation.left) and _understood(annotation.right)
    if isinstance(annotation, ast.Subscript):
        of = annotation.slice
        if ast.unparse(annotation.value) == "Literal":
            return all(_literal(option)[0] for option in (of.elts if isinstance(of, ast.Tuple) else [of]))
        return ast.unparse(annotation.value) == "list" and _understood(of)
    return ast.unparse(annotation) in SIMPLE


def _fits(annotation: ast.expr, value: Any) -> bool:
    """Whether a value has the annotated type: str, int, float, bool, None, list[…], Literal[…] and unions of them."""
    if isinstance(annotation, ast.BinOp):
        return _fits(annotation.left, value) or _fits(annotation.right, value)
    if isinstance(annotation, ast.Subscript) and isinstance(annotation.value, ast.Name):
        if annotation.value.id == "Literal":
            allowed = annotation.slice.elts if isinstance(annotation.slice, ast.Tuple) else [annotation.slice]
            return value in [ast.literal_eval(option) for option in allowed]
        return annotation.value.id == "list" and isinstance(value, list) and all(_fits(annotation.slice, v) for v in value)
    kind: Any = SIMPLE.get(annotation.id if isinstance(annotation, ast.Name) else ast.unparse(annotation))
    # True is an int to Python, and a year or a number to nobody
    return kind is not None and isinstance(value, kind) and (kind in (bool, object) or not isinstance(value, bool))
