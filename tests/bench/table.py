"""The rows of ``make bench``: what was measured, beside what it is to be compared with in the same run, and what was asked."""

from __future__ import annotations

import csv
import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

PROJECT = Path(__file__).parents[2]
BIN = Path(sys.executable).parent
ROUNDS = int(os.environ.get("ROUNDS", "3"))
WIDE = (60, 12, 34)


class Row(NamedTuple):
    """One line of the table."""

    what: str
    found: float
    unit: str = "s"
    beside: str = ""  # as a ratio
    asked: str = ""  # the bound, and whether it is kept

    def __str__(self) -> str:
        digits = 0 if self.found >= 100 or self.unit == "kernels" else 2 if self.found < 10 else 1
        cells = (self.what, f"{self.found:,.{digits}f} {self.unit}", self.beside, self.asked)
        return f"{cells[0]:<{WIDE[0]}}{cells[1]:>{WIDE[1]}}  {cells[2]:<{WIDE[2]}}{cells[3]}".rstrip()


def row(
    what: str, found: float, unit: str = "s", *, over: tuple[str, float] | None = None, most: float | None = None,
    least: float | None = None, times: bool = False,
) -> Row:  # fmt: skip
    """A row; ``over`` is what it is compared with. The bounds hold for what was found or, with ``times``, for the ratio."""
    ratio = found / over[1] if over else float("nan")
    judged = ratio if times else found
    asked = "" if most is None else f"at most {most:g}: {'kept' if judged <= most else 'NOT KEPT'}"
    asked = asked if least is None else f"at least {least:g}: {'kept' if judged >= least else 'NOT KEPT'}"
    return Row(what, found, unit, f"{ratio:.2f} × {over[0]}" if over else "", asked)


def seconds(call: Callable[[], Any]) -> float:
    """Wall time of a call."""
    started = time.perf_counter()
    call()
    return time.perf_counter() - started


def run(*words: str | Path, cwd: Path = PROJECT, **more: Any) -> subprocess.CompletedProcess[str]:
    """A command, quiet, which must succeed."""
    return subprocess.run([str(word) for word in words], cwd=cwd, check=True, capture_output=True, text=True, **more)


def hanyang(*words: str | Path) -> subprocess.CompletedProcess[str]:
    """Our command."""
    return run(BIN / "hanyang", *words)


def computing(call: Callable[[], Any]) -> tuple[float, float]:
    """Seconds of computing of the commands that a call runs, and the memory of the largest so far, in MB."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    call()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    took = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return took, after.ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)


def in_turns(calls: dict[str, Callable[[], float]], rounds: int = ROUNDS) -> dict[str, float]:
    """The median of each measurement, all in turns, so that a busy moment hits all."""
    times: dict[str, list[float]] = {name: [] for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            times[name].append(call())
    return {name: statistics.median(of) for name, of in times.items()}


def show(parts: Sequence[tuple[str, Callable[[], Iterable[Row]]]], file: Path) -> None:
    """Print the rows of all parts as they are measured, and keep them as a table in ``file``."""
    machine = f"{_processor()}, {os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
    print(f"{machine}; medians of {ROUNDS} in turns; load {os.getloadavg()[0]:.1f} before\n", flush=True)
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as handle:
        table = csv.writer(handle, lineterminator="\n")
        table.writerow(("part", *Row._fields))
        for name, rows in parts:
            for made in rows():
                print(made, flush=True)
                table.writerow((name, *made))
    print(f"\nload {os.getloadavg()[0]:.1f} after; the same as a table: {file.relative_to(PROJECT)}")


def _processor() -> str:
    """The name of the processor, where the system tells it."""
    told = Path("/proc/cpuinfo")
    names = (
        [line.split(":", 1)[1].strip() for line in told.read_text().splitlines() if line.startswith("model name")]
        if told.exists()
        else []
    )
    return names[0] if names else platform.processor() or platform.machine()
