"""A project of two small notebooks, and how its sweeps are asked for."""

from pathlib import Path

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from hanyang_data.batch.plan import runs_of
from hanyang_data.batch.sweep import Options, sweep
from hanyang_data.errors import NoDataError

WORK = """
import json, os, pathlib, time
if how == "fail": 1 / 0
if how == "die": os.kill(os.getpid(), 9)
if how == "exit": os._exit(0)
if how == "hang": time.sleep(600)
if how == "eat":
    import resource; resource.setrlimit(resource.RLIMIT_AS, (2 ** 31, 2 ** 31)); x = bytearray(2 ** 33)
if how == "nothing": raise SystemExit(0)
pathlib.Path("f.png").write_text(f"{n}")
found = {"figures": {"f": {"files": ["f.png"]}}, "tables": {}, "scope": {"lang": "en"}, "answer": {"en": [f"It is {n}."], "zh": []}, "numbers": {"n": n}}
pathlib.Path("results.json").write_text(json.dumps(found));
"""  # noqa: E501
LOOK = """
import json, pathlib
seen = sorted(p.parent.name for p in pathlib.Path(runs_dir).glob("work/*/results.json"))
found = {"figures": {}, "tables": {}, "scope": {"lang": "en"}, "answer": {"en": [f"{len(seen)} runs"], "zh": []}, "numbers": {}}
pathlib.Path("results.json").write_text(json.dumps(found));
"""
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def write(file: Path, parameters: str, *cells) -> None:
    first = new_code_cell(parameters, metadata={"tags": ["parameters"]})
    nbformat.write(new_notebook(cells=[first, *cells], metadata={"kernelspec": KERNEL}), file)


def check(values):
    if values.get("n", 0) < 0:
        raise NoDataError(f"nothing for {values['n']}")


def ask(**content):
    return runs_of({"notebook": "work"} | content, Path("s.yaml"))


def done(runs, project, **options):
    outcomes = sweep(runs, project / "out", check, Options(**options))
    return {(o.run.parameters.get("n"), o.run.parameters.get("how")): o for o in outcomes}


def statuses(outcomes):
    return [o.status for o in outcomes.values()]
