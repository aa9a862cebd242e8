"""Measure what a user waits for, as ratios in one run.

The package's import and each notebook against importing pandas; a snapshot of 60,000 rows against a bare pandas.
"""

from __future__ import annotations

import os
import platform
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from panel import DISTRICTS, INDICATORS, write_panel

ROUNDS = 9
PANEL_ROUNDS = 5
LOAD_BOUND, SERIES_BOUND = 3.0, 0.020  # seconds
IMPORTS = {"pandas alone": "import pandas", "hanyang_data": "import hanyang_data"}


def seconds(*command: str) -> float:
    """Wall time of a command that must succeed."""
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def timed(call: Callable[[], Any]) -> tuple[float, Any]:
    """Wall time of a call, and what it returned."""
    started = time.perf_counter()
    result = call()
    return time.perf_counter() - started, result


def peak_mb() -> float:
    """The most memory this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def bench_panel(folder: Path) -> None:
    """Load and validate 60,000 rows and take series out of them, against reading the file bare and masking its columns."""
    import pandas as pd

    import hanyang_data as hd

    file = write_panel(folder) / "observations.csv"
    before = peak_mb()
    data = hd.open_dataset(folder)  # first of all, so that the growth of the process is its own
    grown = peak_mb() - before
    rounds = [
        (timed(lambda: hd.open_dataset(folder))[0], timed(lambda: pd.read_csv(file, dtype=str)))
        for _ in range(PANEL_ROUNDS)
    ]
    bare = rounds[0][1][1]
    ours, theirs = statistics.median(o for o, _ in rounds), statistics.median(t[0] for _, t in rounds)
    print(
        f"panel, load and validate  {ours:8.2f} s   {ours / theirs:5.1f} × pandas.read_csv {verdict(ours, LOAD_BOUND)}"
    )
    series = partial(hd.load, INDICATORS[3], measure="level", dataset=data)
    first, *later = [timed(partial(series, district))[0] for district in DISTRICTS[:51]]
    masked = statistics.median(timed(partial(mask, bare, district))[0] for district in DISTRICTS[:50])
    for name, took in {"first series": first, "later series": statistics.median(later)}.items():
        share = f"{took / masked:5.2f} × a boolean mask {verdict(took, SERIES_BOUND)}"
        print(f"panel, {name:<18} {1000 * took:8.1f} ms  {share}")
    sizes = [frame.memory_usage(deep=True).sum() / 1e6 for frame in (data.observations, data.printed, bare)]
    print(
        f"panel, memory: {sizes[0]:.0f} MB observations, {sizes[1]:.0f} MB printed, {sizes[2]:.0f} MB bare frame; "
        f"the process grew by {grown:.0f} MB"
    )


def mask(frame: Any, district: str) -> Any:
    """What one would write without the package."""
    return frame[
        (frame["region"] == district)
        & (frame["indicator"] == INDICATORS[3])
        & (frame["measure"] == "level")
        & (frame["concept"] == "outturn")
    ]


def verdict(took: float, bound: float) -> str:
    """Whether a bound holds."""
    return f"(bound {bound:g} s: {'kept' if took <= bound else 'EXCEEDED'})"


def main() -> None:
    """Print the table."""
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
    with tempfile.TemporaryDirectory() as folder:
        bench_panel(Path(folder))
    times: dict[str, list[float]] = {name: [] for name in IMPORTS}
    for _ in range(ROUNDS):  # in turns, so that a busy moment hits both
        for name, code in IMPORTS.items():
            times[name].append(seconds(sys.executable, "-c", code))
    base = statistics.median(times["pandas alone"])
    for name, values in times.items():
        middle, spread = statistics.median(values), f"median of {ROUNDS}, {min(values):.2f}–{max(values):.2f}"
        print(f"import, {name:<14} {middle:6.2f} s  {middle / base:5.2f} × pandas ({spread})")
    with tempfile.TemporaryDirectory() as out:
        for file in sorted(Path("params").glob("*.yaml")):
            took = seconds(sys.executable, "-m", "hanyang_data.cli.main", "run", str(file), "--out", out)
            print(f"hanyang run {file.stem:<18} {took:6.2f} s  {took / base:5.1f} × importing pandas")


if __name__ == "__main__":
    main()
