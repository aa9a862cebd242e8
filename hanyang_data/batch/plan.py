"""What is asked: a params file as a run of one notebook with checked parameters."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hanyang_data.batch.parameters import check_values, read_parameters
from hanyang_data.errors import HanyangError, ParameterError, SnapshotError, nearest
from hanyang_data.strict_yaml import read_yaml

KEYS = ("notebook", "parameters")
OUT_DIR = "out_dir"  # set by the runner: the run folder
RUNS_DIR = "runs_dir"  # a notebook that has it looks at finished runs: at those of --out unless the file names a folder
PLUMBING = (OUT_DIR, "formats", "data_dir")  # not part of what a run is called


@dataclass(frozen=True)
class Run:
    """One notebook with one set of parameters; ``name`` is the params file's, ``slug`` that of the run folder."""

    name: str
    notebook: Path
    parameters: dict[str, Any]
    slug: str


def notebooks_folder() -> Path:
    """Where the notebooks are: ``notebooks/`` here, or beside the package.

    Raises:
        ParameterError: if there is neither.
    """
    for folder in (Path("notebooks"), Path(__file__).parents[2] / "notebooks"):
        if folder.is_dir():
            return folder
    raise ParameterError("there is no folder notebooks/ here: run hanyang from the project's folder")


def read_plan(file: Path, check: Callable[[dict[str, Any]], None], *, data_dir: str = "") -> Run:
    """Read a params file and check everything that can be checked without a kernel.

    Args:
        file: YAML with ``notebook`` (name without ending) and ``parameters``.
        check: raises a HanyangError if the values make no sense for what the notebooks are about.
        data_dir: another snapshot for this run, over what the file says.

    Raises:
        HanyangError: one sentence that names the file, the key and the nearest right word.
    """
    content = _read_yaml(file)
    for key in content:
        if key not in KEYS:
            raise ParameterError(f"{file}: unknown key {key!r}: {nearest(str(key), KEYS)}")
    name, given = content.get("notebook"), content.get("parameters") or {}
    if not isinstance(name, str) or not re.fullmatch(r"\w+", name):
        raise ParameterError(f"{file}: notebook is {name!r}, expected a name such as trend")
    if not isinstance(given, dict):
        raise ParameterError(f"{file}: parameters is {given!r}, expected lines such as `region: hanyang`")
    notebook = notebooks_folder() / f"{name}.ipynb"
    if OUT_DIR in given:
        raise ParameterError(f"{file}: {OUT_DIR} is set by the run; say where with --out")
    known = read_parameters(notebook)
    given = given | ({RUNS_DIR: ""} if RUNS_DIR in known and RUNS_DIR not in given else {})
    values = check_values(given | ({"data_dir": data_dir} if data_dir else {}), known, str(file))
    try:
        check(values)
    except SnapshotError:
        raise
    except HanyangError as error:
        raise ParameterError(f"{file}: {error}") from None
    return Run(file.stem, notebook, values, slug(values))


def in_order(runs: Sequence[Run]) -> list[Run]:
    """The runs as they came, those that look at finished runs last."""
    return sorted(runs, key=lambda run: RUNS_DIR in run.parameters)


def refuse_clashes(runs: Sequence[Run], *, figures: bool) -> None:
    """Stop where two runs would write the same folder or, with ``figures``, gallery files of the same name.

    Raises:
        ParameterError: naming the runs.
    """
    folders = Counter((run.notebook.stem, run.slug) for run in runs)
    gallery = Counter((run.name, str(run.parameters.get("lang"))) for run in runs if figures)
    for place, count in (folders + gallery).items():
        if count > 1:
            raise ParameterError(f"{count} params files write the same {' '.join(place)}: drop or rename all but one")


def slug(parameters: dict[str, Any]) -> str:
    """A readable and stable folder name: the values in the notebook's order and six digits over all of them."""
    named = {k: v for k, v in parameters.items() if k != OUT_DIR}
    digest = hashlib.sha256(json.dumps(named, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:6]
    words = [str(v) for k, v in named.items() if k not in PLUMBING and isinstance(v, str | int) and v != ""]
    return "-".join([re.sub(r"[^\w.]+", "_", word) for word in words] + [digest])


def _read_yaml(file: Path) -> dict[str, Any]:
    content = read_yaml(file)
    if not isinstance(content, dict):
        raise ParameterError(f"{file} holds no `notebook:` and `parameters:`")
    return content
