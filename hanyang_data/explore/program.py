"""A notebook as a program of which one figure and one table are wanted: its own statements, and of these only the needed ones.

The statements of the code cells are read once. A figure, a table and the answer are statements that call the record; walking
back from the wanted ones, a statement is needed if it writes a name that a needed one reads. Nothing is copied from a notebook
and nothing is computed another way, so what is shown here is what a batch run of the notebook writes.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import CodeType
from typing import Any

import nbformat

from hanyang_data.batch.parameters import TAG, Parameter, read_parameters
from hanyang_data.batch.plan import notebooks_folder
from hanyang_data.results import Shown

KEPT_FOR_BATCH = ("used", "numbers", "save")  # what only results.json needs


@dataclass(frozen=True)
class Step:
    """One statement of a notebook: what it reads and writes, and what it shows (figure, table or answer) under which name."""

    code: CodeType
    reads: frozenset[str]
    writes: frozenset[str]
    shows: str
    name: str
    always: bool


@dataclass(frozen=True)
class Program:
    """The statements of one notebook, its parameters, and the names of its figures and tables in its order."""

    notebook: str
    parameters: dict[str, Parameter]
    steps: tuple[Step, ...]

    @property
    def figures(self) -> list[str]:
        """Names of the figures."""
        return [step.name for step in self.steps if step.shows == "figure"]

    @property
    def tables(self) -> list[str]:
        """Names of the tables."""
        return [step.name for step in self.steps if step.shows == "table"]

    @property
    def table_of(self) -> dict[str, str]:
        """Figure → the first table after it, where there is one."""
        shown = [(step.shows, step.name) for step in self.steps if step.shows in ("figure", "table")]
        after = {n: next((t for kind, t in shown[i:] if kind == "table"), "") for i, (_, n) in enumerate(shown)}
        return {name: after[name] for name in self.figures}

    def run(self, parameters: Mapping[str, Any], figure: str, table: str) -> dict[str, Shown]:
        """Run what the answer, one figure and one table need.

        Args:
            parameters: every parameter of the notebook, ``out_dir`` and ``formats`` included.
            figure: name of the figure.
            table: name of the table.

        Returns:
            What the notebook would show as ``answer``, ``figure`` and ``table``; the files are in ``out_dir``.

        Raises:
            HanyangError: what the notebook itself would say.
        """
        names: dict[str, Any] = dict(parameters)
        shown = {}
        for step in self._needed({("figure", figure), ("table", table), ("answer", "")}):
            value = eval(step.code, names)
            if step.shows:
                shown[step.shows] = value
        return shown

    def _needed(self, wanted: set[tuple[str, str]]) -> Iterable[Step]:
        chosen: list[Step] = []
        open_names: set[str] = set()
        for step in reversed(self.steps):
            if step.always or (step.shows, step.name) in wanted or (not step.shows and step.writes & open_names):
                chosen.append(step)
                open_names |= step.reads
        return reversed(chosen)


@cache
def program(notebook: str) -> Program:
    """Read a notebook of ``notebooks/`` once.

    Raises:
        ParameterError: if there is no such notebook, or it has no parameters.
    """
    file = notebooks_folder() / f"{notebook}.ipynb"
    return Program(notebook, read_parameters(file), tuple(_steps(file)))


def _steps(file: Path) -> Iterator[Step]:
    cells = nbformat.read(file, as_version=4).cells  # type: ignore[no-untyped-call]
    for cell in cells:
        if cell.cell_type != "code" or TAG in cell.metadata.get("tags", []):
            continue
        for statement in ast.parse(cell.source).body:
            method, name = _call_of_record(statement)
            if method not in KEPT_FOR_BATCH:
                yield Step(
                    _compiled(statement, f"{file.name}[{cell.id}]"),
                    *_names(statement),
                    shows=method,
                    name=name,
                    always=isinstance(statement, ast.Expr) and not method,  # a check, such as scope.require(…)
                )


def _compiled(statement: ast.stmt, where: str) -> CodeType:
    if isinstance(statement, ast.Expr):
        return compile(ast.Expression(statement.value), where, "eval")
    return compile(ast.Module([statement], type_ignores=[]), where, "exec")


def _call_of_record(statement: ast.stmt) -> tuple[str, str]:
    """``figure`` and its name for ``record.figure("name", …)``, two empty texts for any other statement."""
    match statement:
        case ast.Expr(ast.Call(ast.Attribute(ast.Name("record"), method), [ast.Constant(str(name)), *_])):
            return method, name
        case ast.Expr(ast.Call(ast.Attribute(ast.Name("record"), method))):
            return method, ""
    return "", ""


def _names(statement: ast.stmt) -> tuple[frozenset[str], frozenset[str]]:
    """The names a statement reads and those it writes; who changes a part of something writes it."""
    reads, writes = set(), set()
    for node in ast.walk(statement):
        match node:
            case ast.Name(name, ast.Load()):
                reads.add(name)
            case ast.Name(name, ast.Store()):
                writes.add(name)
            case ast.alias(name, alias):
                writes.add(alias or name.split(".")[0])
            case ast.Subscript(ast.Name(name), _, ast.Store()) | ast.Attribute(ast.Name(name), _, ast.Store()):
                writes.add(name)
    return frozenset(reads), frozenset(writes)
