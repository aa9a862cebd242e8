"""One run as it is asked for: its notebook, its parameters, what its folder is called, and how runs stand to one another.

A notebook of the user's own, without the parameter ``out_dir``, works where it stands, as in JupyterLab: it finds the modules and
files beside it and leaves there what it writes; its run folder holds the executed copy and the pictures it showed. One that has
``out_dir`` works in the run folder and leaves ``results.json``, as ``study.save(out_dir)`` does.
"""

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import zip_longest
from pathlib import Path
from typing import Any

from hanyang_data.errors import ParameterError

OUT_DIR = "out_dir"  # set by the runner: the run folder
ROOT, DATA = "project", "data_dir"  # where a file lies that a run reads, in its record
RUNS = "runs"  # of such a notebook: the runs it looks at, all of them if empty
RUNS_DIR = "runs_dir"  # a notebook that has it looks at finished runs: at those of --out unless the file names a folder
PLUMBING = (OUT_DIR, "formats", "data_dir")  # not part of what a run is called
NAME_BYTES = 180  # of a folder's name: systems take 255, and what is being made has a longer one
Check = Callable[[dict[str, Any]], None]  # raises a HanyangError for values that make no sense


@dataclass(frozen=True)
class Run:
    """One notebook with one set of parameters."""

    name: str  # what its figures are called in a gallery: the params file's name, with the values of the matrix if it has one
    notebook: Path  # the notebook's file
    parameters: dict[str, Any]  # name → value, all of them
    slug: str  # name of the run folder
    file: Path = Path()  # where it was asked for
    swept: bool = False  # whether it is one of a matrix, so that it is passed over where there is no data
    # the parameters without what ``-p`` changed, if it changed any
    before: dict[str, Any] | None = field(default=None, compare=False)

    def __str__(self) -> str:
        return f"{self.notebook.stem} {self.slug}"

    def within(self, folder: Path) -> Path:
        """Its own folder in one of all runs."""
        return folder / self.notebook.stem / self.slug


def among_themselves(runs: Sequence[Run]) -> list[Run]:
    """The same runs; those that look at finished runs and name no folder look at the others of this list and their language."""
    found, looked_at = [], [run for run in runs if RUNS_DIR not in run.parameters]
    for run in runs:
        if RUNS in run.parameters and not run.parameters[RUNS_DIR]:
            lang = run.parameters.get("lang")
            of = (other for other in looked_at if other.parameters.get("lang", lang) == lang)
            others = {RUNS: sorted(f"{other.notebook.stem}/{other.slug}" for other in of)}
            run = replace(run, parameters=run.parameters | others, slug=slug(run.parameters | others))
        found.append(run)
    return found


def in_order(runs: Sequence[Run]) -> list[Run]:
    """The runs as they came, those that look at finished runs last."""
    return sorted(runs, key=lambda run: RUNS_DIR in run.parameters)


def in_turns(runs: Sequence[Run], jobs: int) -> list[Run]:
    """The runs of long notebooks first, as no process is to wait for the last; of as many notebooks as run at once in turns.

    So each process stays with one notebook as long as there is one, and asks what its runs have in common for no other.
    """
    of: dict[Path, list[Run]] = {}
    for run in sorted(runs, key=lambda run: -run.notebook.stat().st_size):  # the longer a notebook, the longer its run
        of.setdefault(run.notebook, []).append(run)
    together = (list(of.values())[start : start + jobs] for start in range(0, len(of), jobs))
    return [run for group in together for turn in zip_longest(*group) for run in turn if run]


def refuse_clashes(runs: Sequence[Run], *, figures: bool) -> None:
    """Stop where two runs would write the same folder or, with ``figures``, gallery files of the same name."""
    folders = Counter((run.notebook.stem, run.slug) for run in runs)
    gallery = Counter((run.name, str(run.parameters.get("lang"))) for run in runs if figures)
    for place, count in (folders + gallery).items():
        if count > 1:
            raise ParameterError(f"{count} runs write the same {' '.join(place)}: drop or rename all but one")


def is_own(parameters: Mapping[str, Any]) -> bool:
    """Whether a notebook with these parameters works where it stands.

    >>> is_own({"year": 2020}), is_own({"out_dir": ""})
    (True, False)
    """
    return OUT_DIR not in parameters


def roots(notebook: Path, parameters: Mapping[str, Any]) -> dict[str, Path]:
    """The folders whose files count for staleness: the project that the notebook belongs to, and the user's dataset."""
    folder, data_dir = notebook.resolve().parent, parameters.get(DATA)
    project = {ROOT: folder.parent if folder.name == "notebooks" else folder}
    return ({DATA: Path(data_dir).resolve()} if isinstance(data_dir, str) and data_dir else {}) | project


def slug(parameters: Mapping[str, Any]) -> str:
    """A readable and stable folder name: the values in the notebook's order and six digits over all of them."""
    named = {k: v for k, v in parameters.items() if k != OUT_DIR}
    digest = hashlib.sha256(json.dumps(named, sort_keys=True, ensure_ascii=False).encode()).hexdigest()[:6]
    told = {k: v for k, v in named.items() if k not in PLUMBING and not isinstance(v, bool)}  # True names nothing
    words = [str(v) for v in told.values() if isinstance(v, str | int) and v != ""]
    readable = "-".join(word_of(word[:NAME_BYTES]) for word in words).encode()[:NAME_BYTES].decode(errors="ignore")
    return "-".join([*filter(None, [readable]), digest])


@cache
def word_of(text: str) -> str:
    """A value as a part of a name: letters, digits and underscores alone."""
    return re.sub(r"[^\w.]+", "_", text)
