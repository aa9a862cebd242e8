"""Measure what a user waits for, as ratios in one run.

The package's import against importing pandas; a nation's snapshot of 780,000 rows against a bare pandas.
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

from nation import regions, write_nation

ROUNDS = 9
COUNTIES = [id_ for id_ in regions().ids if id_.startswith("d")]
LOAD_BOUND, SERIES_BOUND = 10.0, 0.020  # seconds
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


def bench_nation(folder: Path) -> None:
    """Load and validate a nation of 780,000 rows and take series of it, against a bare frame and a mask over its columns."""
    import pandas as pd

    import hanyang_data as hd

    file = write_nation(folder) / "observations.csv"
    ours, data = timed(lambda: hd.open_dataset(folder))
    theirs, bare = timed(lambda: pd.read_csv(file, dtype=str))
    rows = f"nation, {len(data.printed):,} rows"
    print(f"{rows:<26}{ours:8.2f} s   {ours / theirs:5.1f} × pandas.read_csv {verdict(ours, LOAD_BOUND)}")
    series = partial(hd.load, "gdp", measure="level", dataset=data)
    first, *later = [timed(partial(series, county))[0] for county in COUNTIES[:51]]
    masked = statistics.median(timed(partial(mask, bare, county))[0] for county in COUNTIES[:50])
    for name, took in {"first series": first, "later series": statistics.median(later)}.items():
        share = f"{took / masked:5.2f} × a boolean mask {verdict(took, SERIES_BOUND)}"
        print(f"nation, {name:<18}{1000 * took:8.1f} ms  {share}")
    listed, table = timed(lambda: hd.catalog(data))
    print(f"nation, catalogue of {len(table):,} series: {listed:.2f} s")
    print(f"nation, peak memory of this process: {peak_mb():.0f} MB (bound 1,000 MB), the bare frame included")


def mask(frame: Any, county: str) -> Any:
    """What one would write without the package."""
    return frame[
        (frame["region"] == county)
        & (frame["indicator"] == "gdp")
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
        bench_nation(Path(folder))
    times: dict[str, list[float]] = {name: [] for name in IMPORTS}
    for _ in range(ROUNDS):  # in turns, so that a busy moment hits both
        for name, code in IMPORTS.items():
            times[name].append(seconds(sys.executable, "-c", code))
    base = statistics.median(times["pandas alone"])
    for name, values in times.items():
        middle, spread = statistics.median(values), f"median of {ROUNDS}, {min(values):.2f}–{max(values):.2f}"
        print(f"import, {name:<14} {middle:6.2f} s  {middle / base:5.2f} × pandas ({spread})")


if __name__ == "__main__":
    main()
