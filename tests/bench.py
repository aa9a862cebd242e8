"""Measure what a user waits for, as ratios in one run: the package's import and each notebook against importing pandas."""

from __future__ import annotations

import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROUNDS = 9
IMPORTS = {"pandas alone": "import pandas", "hanyang_data": "import hanyang_data"}


def seconds(*command: str) -> float:
    """Wall time of a command that must succeed."""
    started = time.perf_counter()
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def main() -> None:
    """Print the table."""
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}")
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
            took = seconds(sys.executable, "-m", "hanyang_data.cli", "run", str(file), "--out", out)
            print(f"hanyang run {file.stem:<18} {took:6.2f} s  {took / base:5.1f} × importing pandas")


if __name__ == "__main__":
    main()
