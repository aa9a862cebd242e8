"""A batch against what one would do with papermill alone, and against the floor.

24 runs of the real notebooks, cold, whole program: ``hanyang sweep`` with two jobs; ``papermill``, the command, one run after the
other and two at a time; the floor, the cells' code in one warm process without notebooks. Then the same with nothing changed;
1,000 runs: the pace at the end, memory; 28,000 finished runs: planned, listed, swept again, written as one file, summed up.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil
from nation import INDICATORS, regions, write_nation
from table import BIN, PROJECT, Row, computing, hanyang, in_turns, row, run, seconds

JOBS = 2
SWEEP_24 = {
    "matrix": {"indicator": ["gdp", "budget_revenue", "retail_sales", "fixed_asset_investment"], "lang": ["en", "zh"]},
    "runs": [{"notebook": name} for name in ("trend", "growth_gap", "target_shortfall")],
}
SWEEP_1000 = {
    "notebook": "trend",
    "parameters": {"formats": ["svg"]},
    "matrix": {  # the last axes change fastest: the mix of series is the same at the end as at the start
        "start_year": [2015, 2016, 2017, 2018, 2019],
        "end_year": [2023, 2024],
        "vintage": ["first", "latest"],
        "lang": ["en", "zh"],
        "region": ["hanyang", "wuhan", "wuchang", "jiangan", "jianghan"],
        "indicator": ["gdp", "budget_revenue", "retail_sales", "fixed_asset_investment", "industrial_value_added"],
    },
}
SWEEP_28000 = {
    "notebook": "trend",
    "parameters": {"formats": ["none"]},
    "matrix": {"region": [id_ for id_ in regions().ids if id_.startswith("d")], "indicator": list(INDICATORS)},
}


def asked(file: Path) -> list[Any]:
    """The runs of a sweep file that have data."""
    from hanyang_data.batch.plan import read_plan
    from hanyang_data.batch.sweep import Options, decide
    from hanyang_data.studies.asked import check

    return [of.run for of in decide(read_plan(file), Path("nowhere"), check, Options()) if of.action == "run"]


def papermill_commands(runs: list[Any], folder: Path) -> list[list[str | Path]]:
    """What one would write in a shell loop."""
    commands: list[list[str | Path]] = []
    for number, of in enumerate(runs):
        out = folder / str(number)
        out.mkdir()
        (out / "p.json").write_text(json.dumps(of.parameters | {"out_dir": str(out)}))
        commands.append([BIN / "papermill", of.notebook, out / "nb.ipynb", "-f", out / "p.json", "--no-progress-bar"])
    return commands


def floor(file: Path) -> float:
    """Seconds of the cells' code in one warm process; measured in a process of its own, which prints it."""
    code = (
        "import sys, time, tempfile; sys.path[:0] = ['tests', 'tests/bench']\n"
        "import hanyang_data.batch.warm, batch\n"
        "from pathlib import Path\n"
        "from hanyang_data.batch.parameters import code_cells\n"
        f"runs = batch.asked(Path({str(file)!r}))\n"
        "started = time.perf_counter()\n"
        "for run in runs:\n"
        "    with tempfile.TemporaryDirectory() as out:\n"
        "        names = dict(run.parameters)\n"
        "        for number, cell in enumerate(code_cells(run.notebook)):\n"
        "            exec(cell, names)\n"
        "            names.update({**run.parameters, 'out_dir': out} if number == 0 else {})\n"
        "print(time.perf_counter() - started)\n"
    )
    environment = os.environ | {"OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
    return float(run(sys.executable, "-c", code, env=environment).stdout)


def rows_24() -> Iterator[Row]:
    """24 real runs, each way in turn."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        file = folder / "s.yaml"
        file.write_text(json.dumps(SWEEP_24))
        runs, last = asked(file), folder / "out"
        sweep = ("sweep", file, "--out", last, "-j", str(JOBS))

        def cold() -> float:
            shutil.rmtree(last, ignore_errors=True)
            return seconds(lambda: hanyang(*sweep))

        def papermill(jobs: int) -> float:
            with tempfile.TemporaryDirectory() as out, ThreadPoolExecutor(jobs) as pool:
                commands = papermill_commands(runs, Path(out))
                return seconds(lambda: list(pool.map(lambda words: run(*words), commands)))

        ways = {
            "sweep": cold, "again": lambda: seconds(lambda: hanyang(*sweep)), "floor": lambda: floor(file),
            "two": lambda: papermill(JOBS), "one": lambda: papermill(1),
        }  # fmt: skip
        found = in_turns(ways)
    ours = ("hanyang sweep", found["sweep"])
    yield row(
        f"{len(runs)} runs: hanyang sweep, {JOBS} jobs", found["sweep"], over=("the floor", found["floor"]), most=1.1, times=True
    )
    yield row(f"{len(runs)} runs: papermill, one after the other", found["one"], over=ours, least=10, times=True)
    yield row(f"{len(runs)} runs: papermill, {JOBS} at a time", found["two"], over=ours, least=5, times=True)
    yield row(f"{len(runs)} runs: the floor", found["floor"], over=ours)
    yield row(f"{len(runs)} runs: again, nothing changed", found["again"], most=1)


def rows_1000() -> Iterator[Row]:
    """1,000 runs: is the end as fast as a start, and as small? The last runs are done once more on their own: a shared machine
    is not as fast now as it was minutes ago, and not every run costs the same."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        ends, memory = ends_of(SWEEP_1000, folder / "thousand")
        slowest, values = next(iter(SWEEP_1000["matrix"].items()))
        alone, _ = ends_of(SWEEP_1000 | {"matrix": SWEEP_1000["matrix"] | {slowest: values[-1:]}}, folder / "alone")
        last, first = ends[-1] - ends[-len(alone)], alone[-1] - alone[0]
        yield row(f"{len(ends)} runs of trend with SVG", ends[-1] - ends[0])
        yield row(f"  the last {len(alone)} of them", last, over=("the same on their own", first), most=1.1, times=True)
        for number, name in enumerate(("the process that hands out", "its largest child")):
            sizes = [of[number] for of in memory]
            yield row(f"  memory of {name}, in the end", sizes[-1], "MB", over=("after 50 runs", sizes[0]), most=1.1, times=True)
        again = seconds(lambda: hanyang(*sweep_words(folder / "thousand")))
        yield row("  again, nothing changed", again, most=3)


def rows_28000() -> Iterator[Row]:
    """28,000 runs of a nation's: planned, and finished ones, copies of one under their names and keys; seconds of computing."""
    from hanyang_data.batch.cache import Cache
    from hanyang_data.batch.plan import read_plan

    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        nation = write_nation(folder / "data")
        planned, file, out = folder / "plan.yaml", folder / "nation.yaml", folder / "nation"
        planned.write_text(json.dumps(SWEEP_28000 | {"parameters": {"formats": ["none"], "data_dir": str(nation)}}))
        file.write_text(json.dumps(SWEEP_28000))
        hanyang("run", "trend", "-p", "formats=[none]", "--out", folder / "one")
        (made,) = (folder / "one" / "trend").iterdir()
        record, results = (json.loads((made / f"{name}.json").read_text()) for name in ("run", "results"))
        cache, runs = Cache(out), read_plan(file)
        for of in runs:
            copy, key = shutil.copytree(made, of.within(out)), cache.key(of)
            results["scope"] |= {name: of.parameters[name] for name in ("region", "indicator")}
            (copy / "results.json").write_text(json.dumps(results, ensure_ascii=False, indent=1))
            stamps = {name: [(at := (copy / name).stat()).st_size, at.st_mtime_ns] for name in record["products"]}
            told = {"slug": of.slug, "parameters": key["parameters"], "key": key, "stamps": stamps}
            (copy / "run.json").write_text(json.dumps(record | told, ensure_ascii=False, indent=1))
        sweep = ("sweep", file, "--out", out)
        ways: dict[str, tuple[tuple[str | Path, ...], float | None]] = {
            "planned (sweep --dry-run)": (("sweep", planned, "--out", folder / "none", "--dry-run"), 60),
            "listed (runs)": (("runs", "--out", out), 5),
            "sweep --failed": ((*sweep, "--failed"), 5),
            "swept again, nothing changed": (sweep, 5),
            "written as one file (runs export)": (("runs", "export", "--out", out), None),
        }
        for name, (words, most) in ways.items():
            took, memory = computing(lambda words=words: hanyang(*words))
            yield row(f"{len(runs):,} runs {name}, computing", took, most=most)
        yield row("  memory of the largest of these", memory, "MB")
        code = f"import hanyang_data as hd; hd.summary({str(out / 'runs.parquet')!r}).answer()"
        took, _ = computing(lambda: run(sys.executable, "-c", code))
        yield row(f"{len(runs):,} runs summed up from that file, computing", took)


def ends_of(sweep: dict[str, Any], folder: Path) -> tuple[list[float], list[tuple[float, float]]]:
    """When each run of a sweep ended, and every 50 runs the memory of the parent and of its largest child, MB."""
    folder.mkdir()
    file = folder / "s.yaml"
    file.write_text(json.dumps(sweep))
    ends, memory = [], []
    with subprocess.Popen([BIN / "hanyang", *sweep_words(folder)], cwd=PROJECT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        for line in process.stdout:
            if line.startswith("[") and " s → " in line:
                ends.append(time.perf_counter())
                if len(ends) % 50 == 0:
                    parent = psutil.Process(process.pid)
                    sizes = [p.memory_info().rss / 1e6 for p in [parent, *parent.children(recursive=True)] if p.is_running()]
                    memory.append((sizes[0], max(sizes[1:], default=0.0)))
    return ends, memory


def sweep_words(folder: Path) -> tuple[str | Path, ...]:
    """What does the sweep whose file is in a folder."""
    return ("sweep", folder / "s.yaml", "--out", folder / "runs", "-j", str(JOBS))
