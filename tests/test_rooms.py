"""The rooms of the package: what may know what, no circle, and no room that nobody finds his way in."""

import ast
from collections import Counter
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest
from helpers import PROJECT

from hanyang_data.studies.registry import STUDIES

PACKAGE = PROJECT / "hanyang_data"
# in the way of the data: a room knows those before it and none after it
ROOMS = ["words", "record", "reader", "statistics", "charts", "batch", "studies", "report", "explore", "cli"]
ANYWHERE = ["errors", "extras", "files"]  # beside the rooms: what a fault says, and how a file is written
# prepares what runs will import, and is imported by nobody; what is asked for by its name when it is needed
APART = {"hanyang_data.batch.warm"}
LONGEST = 300
TESTS = sorted((PROJECT / "tests").rglob("*.py"))


def module_of(file: Path) -> str:
    name = ".".join(file.relative_to(PROJECT).with_suffix("").parts)
    return name.removesuffix(".__init__")


MODULES = {module_of(file): file for file in sorted(PACKAGE.rglob("*.py"))}


def imports(file: Path) -> Iterator[tuple[str, int]]:
    """The modules of the package that a module imports, at its head or inside a function, and the line; not for types alone."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    typed = [node for node in ast.walk(tree) if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.dump(node.test)]
    skipped = {id(inner) for node in typed for inner in ast.walk(node)}
    for node in ast.walk(tree):
        if id(node) in skipped:
            continue
        if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("hanyang_data"):
            for alias in node.names:
                full = f"{node.module}.{alias.name}"
                yield (full if full in MODULES else str(node.module)), node.lineno
        elif isinstance(node, ast.Import):
            yield from ((a.name, node.lineno) for a in node.names if a.name in MODULES)


def room(module: str) -> str:
    parts = module.split(".")
    return parts[1] if len(parts) > 1 else ""


def test_every_module_is_in_a_room():
    assert {room(m) for m in MODULES} - {""} == {*ROOMS, *ANYWHERE}


@pytest.mark.parametrize("name", [name for name in MODULES if name not in APART])
def test_nothing_is_imported_against_the_way_of_the_data(name):
    here = room(name)
    if here not in ROOMS:
        return
    for imported, line in imports(MODULES[name]):
        there = room(imported)
        where = f"{MODULES[name].relative_to(PROJECT)}, line {line}: {here} knows {imported}"
        assert there in ANYWHERE or there == "" or ROOMS.index(there) <= ROOMS.index(here), where


def test_there_is_no_circle():
    known = {name: {m for m, _ in imports(file) if m != name and m in MODULES} for name, file in MODULES.items()}
    known |= {"hanyang_data": set()}  # hands out names when they are asked for
    known["hanyang_data.record.series"] -= {"hanyang_data.record.beside"}  # implied values are asked for by load alone
    try:
        TopologicalSorter(known).prepare()
    except CycleError as circle:
        pytest.fail(" → ".join(circle.args[1]))


@pytest.mark.parametrize("file", [*MODULES.values(), *TESTS], ids=lambda file: file.relative_to(PROJECT).as_posix())
def test_no_module_is_longer_than_one_reads(file):
    lines = len(file.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST, f"{file.relative_to(PROJECT)} has {lines} lines"


def test_no_two_modules_of_the_tests_have_one_name():
    """Each folder of tests is a place to import from, and of two modules of one name the second would be the first."""
    names = Counter(file.name for file in TESTS if file.name != "conftest.py")
    assert {name for name, times in names.items() if times > 1} == set()


def test_no_function_takes_more_than_seven_parameters_but_the_public_ones():
    public = {"load", "dataset_from_frame", "dataset_from_file", *STUDIES}
    known = {"draw_text", "readings", "mark", "_row", "_candidate", "outturns"}  # when the rule came; there shall be no more
    many = []
    for name, file in MODULES.items():
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            if isinstance(node, ast.FunctionDef) and node.name not in public | known:
                arguments = [*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs]
                if len([a for a in arguments if a.arg not in ("self", "cls")]) > 7 and not node.decorator_list:
                    many.append(f"{name}.{node.name}")
    assert many == []
