"""What is asked: params files as runs, each one notebook with checked parameters.

A file names a ``notebook`` and ``parameters``; a ``matrix`` (parameter → values) asks for every combination but those that
``exclude`` names; ``runs`` holds several such blocks. Values are layered: notebook < file < block < matrix < command line.
"""

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from itertools import product
from math import prod
from pathlib import Path
from shlex import quote
from typing import Any

from hanyang_data.batch.job import OUT_DIR, RUNS_DIR, Run, slug, word_of
from hanyang_data.batch.parameters import Parameter, check_values, from_text, is_batch, read_parameters
from hanyang_data.errors import ParameterError, nearest, shown
from hanyang_data.record.strict_yaml import read_yaml

BLOCK_KEYS = ("notebook", "parameters", "matrix", "exclude")
FILE_KEYS = ("runs", *BLOCK_KEYS[1:])  # of a file with several blocks; what it says holds for all of them
REPORT_KEY = "title"  # of a report's file, which every one has
PARAMS = (".yaml", ".yml", ".json")
MAX_RUNS = 200_000  # that one block may ask for: some weeks of computing
# parameters, and the snapshot folder they are about → the same parameters as they are written in one way
Written = Callable[[Mapping[str, Any], str], dict[str, Any]]
RESERVED = ("failed",)  # beside the folders of the notebooks


def as_given(parameters: Mapping[str, Any], _: str) -> dict[str, Any]:
    """Parameters as they stand in the file."""
    return dict(parameters)


def notebooks_folder() -> Path:
    """Where the notebooks are: ``notebooks/`` here, this folder, beside the package in a checkout, or what a wheel carries."""
    package = Path(__file__).parents[1]
    here = [Path("..") / "notebooks"] * (Path.cwd().name == "notebooks")  # a notebook that asks works there
    for folder in (Path("notebooks"), *here, package.parent / "notebooks", package / "working" / "notebooks"):
        if folder.is_dir():
            return folder
    told = "run hanyang from the project's folder, or lay one out: hanyang init DIR"
    raise ParameterError(f"there is no folder notebooks/ here: {told}")


def read_plan(
    file: Path, *, data_dir: str = "", given: Sequence[str] = (), matrix: bool = True, written: Written = as_given
) -> list[Run]:
    """The runs that a params file asks for, or the one of a notebook, named alone or by its file, with its defaults.

    Everything is checked that the notebooks alone tell: keys, names, types. The runs come in the order of the file, the last
    axis of a matrix fastest.
    """
    name = _notebook_named(file)
    content = read_yaml(file) if name is None else {"notebook": name}
    return runs_of(content, file, data_dir=data_dir, given=given, matrix=matrix, written=written)


def _notebook_named(file: Path) -> str | None:
    """The name of the notebook that is meant on the command line, or None for a params file."""
    folder = notebooks_folder() if file.suffix not in PARAMS else Path()
    if file.suffix == ".ipynb":
        if file.is_file() and file.resolve().parent != folder.resolve():
            raise ParameterError(f"{file} does not lie in {folder}: put it there to run it")
        return file.stem
    if file.suffix in PARAMS or file.is_file() or len(file.parts) > 1:
        return None
    known = [notebook.stem for notebook in folder.glob("[!.]*.ipynb")]
    if str(file) not in known:
        none = f"there is no params file {shown(str(file))} here and no notebook of that name"
        raise ParameterError(f"{none}: {nearest(file, known)}")
    return str(file)


def runs_of(
    content: Any, file: Path, *, data_dir: str = "", given: Sequence[str] = (), matrix: bool = True,
    written: Written = as_given,
) -> list[Run]:  # fmt: skip
    """The same for the content of a params file."""
    if not isinstance(content, dict):
        raise ParameterError(f"{file} holds no `notebook:` and `parameters:`")
    if REPORT_KEY in content:
        raise ParameterError(f"{file} describes a report: hanyang report {quote(str(file))}")
    several = "runs" in content
    check_keys(content, FILE_KEYS if several else BLOCK_KEYS, str(file))
    blocks = content["runs"] if several else [content]
    if not isinstance(blocks, list) or not blocks or not all(isinstance(b, dict) for b in blocks):
        raise ParameterError(f"{file}: runs is {shown(blocks)}, expected a list of blocks such as `- notebook: trend`")
    if not matrix and (several or "matrix" in content):
        raise ParameterError(f"{file} asks for several runs: use hanyang sweep {file}")
    shared = content if several else {}
    parsed = [_Block(block, shared, file, number if several else 0) for number, block in enumerate(blocks, start=1)]
    _refuse_unused(shared, given, parsed, file)
    runs = [run for block in parsed for run in block.runs(data_dir, given, written)]
    _refuse_unmet(_exclusions(shared, str(file)), str(file), parsed, data_dir, written)
    for block in parsed:
        _refuse_unmet(block.own, block.where, [block], data_dir, written)
    return runs


class _Block:
    """One block of a file with what the file says for all of them."""

    def __init__(self, block: dict[str, Any], shared: dict[str, Any], file: Path, number: int) -> None:
        self.file, self.where = file, f"{file}, runs[{number}]" if number else str(file)
        check_keys(block, BLOCK_KEYS, self.where)
        name = block.get("notebook")
        if not isinstance(name, str) or not re.fullmatch(r"[^./\\\s][^/\\\r\n]{,200}", name):
            raise ParameterError(f"{self.where}: notebook is {shown(name)}, expected a name such as trend")
        if name in RESERVED:
            raise ParameterError(f"{self.where}: {name}/ holds the copies of runs that failed: give the notebook another name")
        self.notebook = notebooks_folder() / f"{name}.ipynb"
        self.known = read_parameters(self.notebook)
        if not is_batch(self.notebook):
            raise ParameterError(f"{self.where}: {name} is for looking at: open it with make lab")
        self.values = self._mine(_mapping(shared, "parameters", str(file))) | _mapping(block, "parameters", self.where)
        self.axes = self._mine(_axes(shared, str(file))) | _axes(block, self.where)
        self.own = _exclusions(block, self.where)
        self.excluded = _exclusions(shared, str(file)) + self.own
        if OUT_DIR in self.values or OUT_DIR in self.axes:
            raise ParameterError(f"{self.where}: {OUT_DIR} is set by the run; say where with --out")

    def runs(self, data_dir: str, given: Sequence[str], written: Written) -> Iterator[Run]:
        """The combinations that are asked for, each with all its parameters."""
        over = {k: from_text(v, self.known[k]) for k, v in map(_pair, given) if k in self.known}
        check_values(over, self.known, "-p")
        forced = bool(over)
        data = {"data_dir": data_dir} if data_dir and "data_dir" in self.known else {}
        over |= data
        if RUNS_DIR in self.known:
            self.values.setdefault(RUNS_DIR, "")
        told = [(name, values, "matrix") for name, values in self.axes.items()]
        told += [(name, value, "exclude") for mapping in self.excluded for name, value in mapping.items() if name in self.known]
        for name, value, where in told:
            for one in value if isinstance(value, list) else [value]:
                check_values({name: one}, self.known, f"{self.where}, {where}")
        axes = {name: values for name, values in self.axes.items() if name not in over}
        if (asked := prod(len(values) for values in axes.values())) > MAX_RUNS:
            too_many = f"the matrix asks for {asked:,} combinations, and {MAX_RUNS:,} is the limit: ask for fewer"
            raise ParameterError(f"{self.where}: {too_many}")
        for combination in product(*axes.values()):
            chosen = dict(zip(axes, combination, strict=True))
            values = check_values(self.values | chosen | over, self.known, self.where)
            typed, folder = values, str(values.get("data_dir", ""))
            values = written(typed, folder)
            excluded = ({name: written(typed | out, folder)[name] for name in out} for out in self.excluded)
            if not any(_matches(values, mapping) for mapping in excluded):
                name = "-".join([self.file.stem, *(word_of(str(values[k])) for k in chosen if k != "lang")])
                before = check_values(self.values | chosen | data, self.known, self.where) if forced else None
                yield Run(name, self.notebook, values, slug(values), self.file, bool(self.axes), before)

    def alike(self, name: str, values: Sequence[Any], data_dir: str, written: Written) -> list[Any]:
        """Values of a parameter as they are written in one way."""
        usual = check_values(self.values, self.known, self.where)
        return [written(usual | {name: value}, data_dir or str(usual.get("data_dir") or ""))[name] for value in values]

    def offers(self, name: str) -> list[Any]:
        """The values of a parameter that the file asks for."""
        return list(self.axes.get(name) or [self.values.get(name, self.known[name].default)])

    def _mine(self, shared: dict[str, Any]) -> dict[str, Any]:
        return {name: value for name, value in shared.items() if name in self.known}


def _refuse_unused(shared: dict[str, Any], given: Sequence[str], blocks: Sequence[_Block], file: Path) -> None:
    """What is said for several notebooks must be taken by at least one of them."""
    known: dict[str, Parameter] = {name: p for block in blocks for name, p in block.known.items()}
    said = {**_mapping(shared, "parameters", str(file)), **_axes(shared, str(file))}
    for where, names in (
        (str(file), said),
        ("-p", dict(map(_pair, given))),
        (f"{file}, exclude", {k: 0 for block in blocks for mapping in block.excluded for k in mapping}),
    ):
        for name in names:
            if name not in known:
                raise ParameterError(f"{where}: unknown parameter {shown(name)}: {nearest(name, known)}")
    if OUT_DIR in dict(map(_pair, given)):
        raise ParameterError(f"-p: {OUT_DIR} is set by the run; say where with --out")


def _refuse_unmet(
    excluded: Sequence[dict[str, Any]], where: str, blocks: Sequence[_Block], data_dir: str, written: Written
) -> None:
    """What is excluded must be in a run that is asked for: a slip would let in what was to be left out."""
    for name, value in ((name, value) for mapping in excluded for name, value in mapping.items()):
        takers = [block for block in blocks if name in block.known]
        offered = [one for block in takers for one in block.alike(name, block.offers(name), data_dir, written)]
        for one in value if isinstance(value, list) and value not in offered else [value]:
            if not any(block.alike(name, [one], data_dir, written)[0] in offered for block in takers):
                near = nearest(one, dict.fromkeys(map(str, offered)))
                raise ParameterError(f"{where}, exclude: {name} {shown(one)} is in no run: {near}")


def check_keys(content: Mapping[str, Any], keys: Sequence[str], where: str) -> None:
    """Refuse a key that is none of those that may stand there."""
    for key in content:
        if key not in keys:
            raise ParameterError(f"{where}: unknown key {shown(key)}: {nearest(str(key), keys)}")


def _mapping(content: Mapping[str, Any], key: str, where: str) -> dict[str, Any]:
    found = content.get(key) or {}
    if not isinstance(found, dict) or not all(isinstance(name, str) for name in found):
        raise ParameterError(f"{where}: {key} is {shown(found)}, expected lines such as `region: hanyang`")
    return found


def _axes(content: Mapping[str, Any], where: str) -> dict[str, list[Any]]:
    axes = _mapping(content, "matrix", where)
    for name, values in axes.items():
        if not isinstance(values, list) or not values:
            raise ParameterError(f"{where}: matrix of {name} is {shown(values)}, expected a list such as [gdp, retail_sales]")
        if twice := _doubled(values):
            raise ParameterError(f"{where}: matrix of {name} has {shown(twice[0])} twice: drop one")
    return axes


def _doubled(values: list[Any]) -> list[Any]:
    """The values that stand twice."""
    counts = Counter(value for value in values if isinstance(value, Hashable))
    others = [value for value in values if not isinstance(value, Hashable)]
    return [v for v, times in counts.items() if times > 1] + [v for n, v in enumerate(others) if v in others[:n]]


def _exclusions(content: Mapping[str, Any], where: str) -> list[dict[str, Any]]:
    found = content.get("exclude") or []
    if not isinstance(found, list) or not all(isinstance(e, dict) and e for e in found):
        raise ParameterError(f"{where}: exclude is {shown(found)}, expected a list such as `- region: wuhan`")
    return found


def _matches(values: Mapping[str, Any], mapping: Mapping[str, Any]) -> bool:
    """Whether a combination is one that ``exclude`` names; a list names several values."""
    return all(
        name in values and (values[name] == value or (isinstance(value, list) and values[name] in value))
        for name, value in mapping.items()
    )


def _pair(text: str) -> tuple[str, str]:
    name, found, value = text.partition("=")
    if not found:
        raise ParameterError(f"-p {text}: write key=value, such as -p region=hanyang")
    return name, value
