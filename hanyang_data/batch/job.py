"""One run as it is asked for: its notebook, its parameters, what its folder is called, and how runs stand to one another."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Any

from hanyang_data.batch.own import OUT_DIR
from hanyang_data.errors import ParameterError

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
    """The same runs; those that look at finished runs and name no folder look at the others of this list alone."""
    others = sorted(f"{run.notebook.stem}/{run.slug}" for run in runs if RUNS_DIR not in run.parameters)
    return [_looking_at(run, others) for run in runs]


def _looking_at(run: Run, others: list[str]) -> Run:
    if RUNS not in run.parameters or run.parameters[RUNS_DIR]:
        return run
    values = run.parameters | {RUNS: others}
    return replace(run, parameters=values, slug=slug(values))


def in_order(runs: Sequence[Run]) -> list[Run]:
    """The runs as they came, those that look at finished runs last."""
    return sorted(runs, key=lambda run: RUNS_DIR in run.parameters)


def refuse_clashes(runs: Sequence[Run], *, figures: bool) -> None:
    """Stop where two runs would write the same folder or, with ``figures``, gallery files of the same name."""
    folders = Counter((run.notebook.stem, run.slug) for run in runs)
    gallery = Counter((run.name, str(run.parameters.get("lang"))) for run in runs if figures)
    for place, count in (folders + gallery).items():
        if count > 1:
            raise ParameterError(f"{count} runs write the same {' '.join(place)}: drop or rename all but one")


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
