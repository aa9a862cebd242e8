"""Where the time of a run goes: the first of each notebook, forked from the warmed process as in a sweep, alone."""

from __future__ import annotations

import json
import multiprocessing
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from batch import SWEEP_24, asked
from table import Row, row, run, seconds


def rows() -> Iterator[Row]:
    """The start of the warmed process; of each run the whole, and the shares of its parts."""
    start = (sys.executable, "-c", "import hanyang_data.batch.warm")  # in a process where nothing is imported yet
    yield row("start of what runs are forked from", seconds(lambda: run(*start)))
    _warm()
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        file = folder / "w.yaml"
        file.write_text(json.dumps(SWEEP_24))
        for name in ("trend", "growth_gap", "target_shortfall"):
            task = next(of for of in asked(file) if of.notebook.stem == name)
            ours, theirs = multiprocessing.Pipe(duplex=False)
            process = multiprocessing.get_context("fork").Process(target=_one_run, args=(task, folder / name, theirs))
            process.start()
            whole, cells, written, figures = ours.recv()
            process.join()
            yield row(f"a run of {name}", whole)
            parts = {"compute and draw": cells - written, f"write {figures} figures": written, "papermill, record": whole - cells}
            for part, took in parts.items():
                yield row(f"  {part}", took, over=("of it", whole))


def _warm() -> None:
    from hanyang_data.batch.parent import INLINE, ONE_THREAD

    os.environ.update(INLINE | ONE_THREAD)  # as in a sweep
    from hanyang_data.batch import warm  # noqa: F401


def _one_run(of: Any, work: Path, pipe: Any) -> None:
    """In the forked process: seconds of the whole run, of its cells, and of writing figures; and how many figures."""
    from hanyang_data.batch.run import Task, perform
    from hanyang_data.batch.shell import ShellClient
    from hanyang_data.studies import results

    spent: dict[str, list[float]] = {"cells": [], "written": []}

    def clocked(call: Callable[..., Any], kind: str) -> Callable[..., Any]:
        def timed_call(*args: Any, **kwargs: Any) -> Any:
            started = time.perf_counter()
            try:
                return call(*args, **kwargs)
            finally:
                spent[kind].append(time.perf_counter() - started)

        return timed_call

    results.export = clocked(results.export, "written")  # type: ignore[attr-defined]
    ShellClient.execute_cell = clocked(ShellClient.execute_cell, "cells")  # type: ignore[method-assign]
    work.mkdir()
    task = Task(of.notebook.name, of.notebook.read_bytes(), dict(of.parameters), work, work, {}, "fork")
    took = seconds(lambda: perform(task, lambda number, of: None))
    pipe.send((took, sum(spent["cells"]), sum(spent["written"]), len(spent["written"])))
    os._exit(0)
