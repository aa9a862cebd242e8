"""Measure a batch against what one would do with papermill alone, and against the floor: ``make bench``.

Everything in one run on one machine, in turns, medians of ROUNDS (default 3): 24 runs of the real notebooks, cold, whole program,

- ``papermill``: the command, one run after the other;
- ``papermill, 2 processes``: the same two at a time;
- ``hanyang sweep``: cold start to the last file in place, 2 jobs;
- ``floor``: the cells' code in one warm process, one after the other, without notebooks.

Then the same sweep again with nothing changed; 1,000 runs: throughput at the end, memory, again unchanged; 28,000 finished runs:
listed, swept again, written as one file and summed up; and where the time of a run goes.
"""

from __future__ import annotations

import json
import multiprocessing
import os
import platform
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import psutil
from nation import INDICATORS, regions

PROJECT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
ROUNDS = int(os.environ.get("ROUNDS", "3"))
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
BOUNDS = {"papermill": 10, "papermill, 2 processes": 5}  # times as long as a sweep, at least
SWEEP_28000 = {
    "notebook": "trend",
    "parameters": {"formats": ["none"]},
    "matrix": {"region": [id_ for id_ in regions().ids if id_.startswith("d")], "indicator": list(INDICATORS)},
}
FLOOR_BOUND, AGAIN_24, AGAIN_1000, AGAIN_28000, DRIFT = 1.1, 1.0, 3.0, 5.0, 0.10


def hanyang(*words: str) -> subprocess.CompletedProcess[str]:
    """The command, which must succeed."""
    return subprocess.run([BIN / "hanyang", *words], cwd=PROJECT, check=True, capture_output=True, text=True)


def timed(call: Callable[[], Any]) -> float:
    """Wall time of a call."""
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def asked(file: Path) -> list[Any]:
    """The runs of a sweep file that have data."""
    from hanyang_data.batch.plan import read_plan
    from hanyang_data.batch.sweep import Options, decide
    from hanyang_data.studies.asked import check

    return [d.run for d in decide(read_plan(file), Path("nowhere"), check, Options()) if d.action == "run"]


def papermill_commands(runs: list[Any], folder: Path) -> list[list[str]]:
    """What one would write in a shell loop."""
    commands = []
    for number, run in enumerate(runs):
        out = folder / str(number)
        out.mkdir()
        (out / "p.json").write_text(json.dumps(run.parameters | {"out_dir": str(out)}))
        where = [str(run.notebook), str(out / "nb.ipynb")]
        commands.append([str(BIN / "papermill"), *where, "-f", str(out / "p.json"), "--no-progress-bar"])
    return commands


def one(command: list[str]) -> None:
    """Run a command quietly; it must succeed."""
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def floor(file: Path) -> float:
    """Seconds of the cells' code in one warm process; measured in a process of its own, which prints it."""
    code = (
        "import sys, time, tempfile; sys.path.insert(0, 'tests')\n"
        "import hanyang_data.batch.warm, bench_batch\n"
        "from pathlib import Path\n"
        "from hanyang_data.batch.parameters import code_cells\n"
        f"runs = bench_batch.asked(Path({str(file)!r}))\n"
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
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, env=environment, check=True, capture_output=True, text=True)
    return float(done.stdout)


def bench_24(folder: Path) -> None:
    """24 real runs, each way in turn."""
    file = folder / "s.yaml"
    file.write_text(json.dumps(SWEEP_24))
    runs = asked(file)
    times: dict[str, list[float]] = {name: [] for name in ("hanyang sweep", "again", "floor", *BOUNDS)}
    for number in range(ROUNDS):
        out = folder / f"out{number}"
        sweep = ("sweep", str(file), "--out", str(out), "-j", str(JOBS))
        times["hanyang sweep"].append(timed(lambda s=sweep: hanyang(*s)))
        times["again"].append(timed(lambda s=sweep: hanyang(*s)))
        times["floor"].append(floor(file))
        for jobs, name in ((JOBS, "papermill, 2 processes"), (1, "papermill")):
            with tempfile.TemporaryDirectory() as place, ThreadPoolExecutor(jobs) as pool:
                commands = papermill_commands(runs, Path(place))
                times[name].append(timed(lambda p=pool, c=commands: list(p.map(one, c))))
    middle = {name: statistics.median(values) for name, values in times.items()}
    ours = middle["hanyang sweep"]
    print(f"{len(runs)} runs of trend, growth_gap and target_shortfall, median of {ROUNDS}")
    for name, seconds in middle.items():
        spread = f"{min(times[name]):.1f}–{max(times[name]):.1f}"
        print(f"  {name:<24}{seconds:8.2f} s {seconds / ours:6.2f} × a sweep ({spread})")
    for name, bound in BOUNDS.items():
        print(f"  at least {bound} times faster than {name}: {verdict(middle[name] / ours >= bound)}")
    share = ours / middle["floor"]
    print(f"  within {FLOOR_BOUND} times of the floor: {share:.2f}, {verdict(share <= FLOOR_BOUND)}")
    print(f"  again in under {AGAIN_24:g} s: {verdict(middle['again'] < AGAIN_24)}")


def ends_of(sweep: dict[str, Any], folder: Path) -> tuple[list[float], list[tuple[float, float]]]:
    """When each run of a sweep ended, and every 50 runs the memory of the parent and of its largest child, MB."""
    folder.mkdir()
    file = folder / "s.yaml"
    file.write_text(json.dumps(sweep))
    ends, memory = [], []
    with subprocess.Popen(sweep_command(file), cwd=PROJECT, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        for line in process.stdout:
            if line.startswith("[") and " s → " in line:
                ends.append(time.perf_counter())
                if len(ends) % 50 == 0:
                    parent = psutil.Process(process.pid)
                    sizes = [p.memory_info().rss / 1e6 for p in [parent, *parent.children(recursive=True)] if p.is_running()]
                    memory.append((sizes[0], max(sizes[1:], default=0.0)))
    return ends, memory


def sweep_command(file: Path) -> list[str]:
    """The command that does the sweep of a file beside it."""
    return [str(BIN / "hanyang"), "sweep", str(file), "--out", str(file.parent / "runs"), "-j", str(JOBS)]


def bench_1000(folder: Path) -> None:
    """1,000 runs: is the end as fast as a start, and as small? The last runs are done once more on their own: a shared machine
    is not as fast now as it was minutes ago, and not every run costs the same."""
    ends, memory = ends_of(SWEEP_1000, folder / "thousand")
    slowest, values = next(iter(SWEEP_1000["matrix"].items()))
    alone, _ = ends_of(SWEEP_1000 | {"matrix": SWEEP_1000["matrix"] | {slowest: values[-1:]}}, folder / "alone")
    last, first = ends[-1] - ends[-len(alone)], alone[-1] - alone[0]
    print(f"{len(ends)} runs of trend: {ends[-1] - ends[0]:.0f} s")
    kept = verdict(last / first < 1 + DRIFT)
    print(f"  the last {len(alone)} runs against the same on their own afterwards: {last / first:.2f} of the time, {kept}")
    print("  memory of the parent, of the largest child, MB, every 50 runs:")
    print("   ", ", ".join(f"{a:.0f}/{b:.0f}" for a, b in memory))
    command = sweep_command(folder / "thousand" / "s.yaml")
    repeat = [timed(lambda: subprocess.run(command, cwd=PROJECT, check=True, capture_output=True)) for _ in range(ROUNDS)]
    again = statistics.median(repeat)
    print(f"  again, nothing changed: {again:.2f} s, under {AGAIN_1000:g} s: {verdict(again < AGAIN_1000)}")


def bench_28000(folder: Path) -> None:
    """28,000 finished runs, copies of one under the names and keys of a nation's: seconds of computing, whole programs."""
    from hanyang_data.batch.cache import Cache
    from hanyang_data.batch.plan import read_plan

    file, out = folder / "nation.yaml", folder / "nation"
    file.write_text(json.dumps(SWEEP_28000))
    hanyang("run", "trend", "-p", "formats=[none]", "--out", str(folder / "one"))
    (made,) = (folder / "one" / "trend").iterdir()
    record, results = (json.loads((made / f"{name}.json").read_text()) for name in ("run", "results"))
    cache, runs = Cache(out), read_plan(file)
    for run in runs:
        place, key = shutil.copytree(made, run.within(out)), cache.key(run)
        results["scope"] |= {name: run.parameters[name] for name in ("region", "indicator")}
        (place / "results.json").write_text(json.dumps(results, ensure_ascii=False, indent=1))
        stamps = {name: [(at := (place / name).stat()).st_size, at.st_mtime_ns] for name in record["products"]}
        told = {"slug": run.slug, "parameters": key["parameters"], "key": key, "stamps": stamps}
        (place / "run.json").write_text(json.dumps(record | told, ensure_ascii=False, indent=1))
    print(f"{len(runs):,} finished runs, seconds of computing:")
    sweep = ("sweep", str(file), "--out", str(out))
    for words in (("runs", "--out", str(out)), (*sweep, "--failed"), sweep, ("runs", "export", "--out", str(out))):
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        hanyang(*words)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
        kept = "" if "export" in words else f", under {AGAIN_28000:g} s: {verdict(took < AGAIN_28000)}"
        print(f"  {' '.join(word for word in words if '/' not in word and word != '--out'):<18}{took:6.1f}{kept}")


def where(folder: Path) -> None:
    """Where the time of a run goes: the first of each notebook, forked from the warmed parent as in a sweep, alone."""
    started = time.perf_counter()
    from hanyang_data.batch import warm  # noqa: F401

    print(f"the warmed parent starts in {time.perf_counter() - started:.1f} s; then of each run, seconds:")
    file = folder / "w.yaml"
    file.write_text(json.dumps(SWEEP_24))
    print(f"  {'notebook':<18}{'whole':>7}{'compute and draw':>18}{'write figures':>15}{'papermill':>11}{'figures':>9}")
    for name in ("trend", "growth_gap", "target_shortfall"):
        run = next(run for run in asked(file) if run.notebook.stem == name)
        ours, theirs = multiprocessing.Pipe(duplex=False)
        process = multiprocessing.get_context("fork").Process(target=_one_run, args=(run, folder / name, theirs))
        process.start()
        whole, cells, written, figures = ours.recv()
        process.join()
        print(f"  {name:<18}{whole:7.2f}{cells - written:18.2f}{written:15.2f}{whole - cells:11.2f}{figures:9d}")


def _one_run(run: Any, work: Path, pipe: Any) -> None:
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
    task = Task(run.notebook.name, run.notebook.read_bytes(), dict(run.parameters), work, work, {}, "fork")
    started = time.perf_counter()
    failure = perform(task, lambda number, of: None)
    assert failure is None, failure
    pipe.send((time.perf_counter() - started, sum(spent["cells"]), sum(spent["written"]), len(spent["written"])))
    os._exit(0)


def verdict(kept: bool) -> str:
    """Whether a bound holds."""
    return "kept" if kept else "NOT KEPT"


def main() -> None:
    """Print the tables; with arguments, 24, 1000, 28000 or where, only those."""
    parts = {"24": bench_24, "1000": bench_1000, "28000": bench_28000, "where": where}
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}")
    with tempfile.TemporaryDirectory() as folder:
        for name in sys.argv[1:] or parts:
            parts[name](Path(folder))
    print(f"peak memory of this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:.0f} MB")


if __name__ == "__main__":
    main()
