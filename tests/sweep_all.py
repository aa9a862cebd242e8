"""Execute the code cells of every analysis notebook for every indicator and region of the record, in both languages.

A measuring script and no test: ``make sweep-all``, or ``python tests/sweep_all.py [PART OF]`` for one part of several,
such as ``1 3`` for the first third. In one process and without a kernel, so that hundreds of runs take minutes. It counts
runs that end clean, those with too little data (one sentence, as a user gets it) and those that fail, prints the first
failures, and exits 1 if there are any. Warnings count as failures.
"""

from __future__ import annotations

import sys
import tempfile
import time
import traceback
import warnings
from collections import Counter
from pathlib import Path
from typing import Any

import nbformat

import hanyang_data as hd
from hanyang_data.batch.parameters import read_parameters
from hanyang_data.errors import NoDataError
from hanyang_data.scope import Scope

NOTEBOOKS = ("trend", "growth_gap", "target_shortfall", "data_audit")
FOLDER = Path(__file__).parents[1] / "notebooks"
CLEAN, TOO_LITTLE, FAILED = "clean", "too little data", "failed"
SHOWN = 10


def cells(notebook: str) -> list[Any]:
    """The compiled code cells of a notebook after its parameters."""
    content = nbformat.read(FOLDER / f"{notebook}.ipynb", as_version=4)
    code = [c for c in content.cells if c.cell_type == "code" and "parameters" not in c.metadata.get("tags", [])]
    return [compile(cell.source, f"{notebook}[{number}]", "exec") for number, cell in enumerate(code)]


def combinations() -> list[tuple[str, dict[str, Any]]]:
    """Every notebook × region × indicator that the catalogue has an annual outturn or target of × language."""
    listed = hd.catalog()
    annual = listed[listed["period"] == "annual"]
    pairs = sorted(set(zip(annual["region"], annual["indicator"], strict=True)))
    asked = []
    for region, indicator in pairs:
        for notebook in NOTEBOOKS:
            known = read_parameters(FOLDER / f"{notebook}.ipynb")
            for lang in ("en", "zh"):
                own = {"region": region, "indicator": indicator, "lang": lang}
                if "comparator" in known:
                    own["comparator"] = "hanyang" if region == "wuhan" else "wuhan"
                if region == "wuhan" and "regions" in known:
                    own["regions"] = [r for r in known["regions"].default if r not in (region, "hanyang")]
                asked.append((notebook, {name: p.default for name, p in known.items()} | own))
    return asked


def outcome(code: list[Any], parameters: dict[str, Any]) -> tuple[str, str]:
    """How one run ends, and the trace of a failure."""
    with tempfile.TemporaryDirectory() as folder, warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.simplefilter("ignore", DeprecationWarning)
        warnings.simplefilter("ignore", PendingDeprecationWarning)
        names: dict[str, Any] = {**parameters, "out_dir": folder, "formats": ["svg"]}
        try:
            Scope.check(parameters)
            for cell in code:
                exec(cell, names)
        except NoDataError:
            return TOO_LITTLE, ""
        except Exception:
            return FAILED, traceback.format_exc()[-1200:]
    return CLEAN, ""


def main() -> None:
    """Sweep, count, report."""
    part, of = (int(word) for word in sys.argv[1:3]) if len(sys.argv) == 3 else (1, 1)
    code = {notebook: cells(notebook) for notebook in NOTEBOOKS}
    asked = combinations()[part - 1 :: of]
    counts: Counter[tuple[str, str]] = Counter()
    failures = []
    started = time.perf_counter()
    for notebook, parameters in asked:
        how, trace = outcome(code[notebook], parameters)
        counts[notebook, how] += 1
        if how == FAILED:
            failures.append(f"{notebook} {parameters}\n{trace}")
    for notebook in NOTEBOOKS:
        print(f"{notebook:<18}" + ", ".join(f"{counts[notebook, how]} {how}" for how in (CLEAN, TOO_LITTLE, FAILED)))
    print(f"{len(asked)} runs in {time.perf_counter() - started:.0f} s, {len(failures)} failed")
    print("\n".join(failures[:SHOWN]))
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
