"""Measure what a user of the explore page and of the report waits for: ``make bench``.

From a choice to its new figure in a warm kernel; from the address of the served page to the figure in a browser (where
Chromium is installed), cold as soon as the server answers and warm with a kernel waiting; the report of ``params/report.yaml``
from finished runs, and the size of its files. The machine's import of pandas stands beside them, to compare machines by.
"""

from __future__ import annotations

import gc
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "browser"))
from browser_tools import CHROMIUM, FLAGS, PROJECT, copied, served

CLICKS, SEED, BOUND = 60, 4, 0.3
VISITS, BREATH = 3, 15  # a kernel that was taken is replaced meanwhile
REGIONS = ("hanyang", "wuhan", "wuchang", "jiangan", "hongshan")
INDICATORS = ("gdp", "budget_revenue", "retail_sales", "fixed_asset_investment", "industrial_value_added")


@contextmanager
def clock(times: list[float]) -> Iterator[None]:
    """Add the seconds of the block to ``times``."""
    started = time.perf_counter()
    yield
    times.append(time.perf_counter() - started)


def clicks() -> None:
    """From a choice to its screen, for random choices, the analyses having been opened once."""
    from hanyang_data.explore.choices import Shelf, start
    from hanyang_data.explore.screen import screen
    from hanyang_data.record.observations import default_dataset

    shelf, chance, analyses = Shelf(default_dataset()), random.Random(SEED), []
    for analysis in ("trend", "growth_gap", "target_shortfall", "data_audit"):
        screen(shelf.settle(start("en", analysis)))
        analyses.append(analysis)
    gc.freeze()  # as the page does
    times: list[float] = []
    for _ in range(CLICKS):
        asked = start(chance.choice(("en", "zh")), chance.choice(analyses))
        with clock(times):
            screen(shelf.settle(replace(asked, region=chance.choice(REGIONS), indicator=chance.choice(INDICATORS))))
    quick = sum(t < BOUND for t in times)
    print(f"choice to new figure: median {1000 * statistics.median(times):.0f} ms, longest {1000 * max(times):.0f} ms, "
          f"{quick} of {CLICKS} under {1000 * BOUND:.0f} ms")  # fmt: skip


def page() -> None:
    """From the address to the figure, in a browser."""
    if not Path(CHROMIUM).exists():
        print(f"served page: not measured, {CHROMIUM} is missing")
        return
    from playwright.sync_api import sync_playwright

    cold: list[float] = []
    warm: list[float] = []
    menus: list[float] = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        for server in served(copied(Path(folder)), "serve", "login"):
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            for number in range(VISITS + 1):
                visitor = browser.new_context().new_page()
                with clock(warm if number else cold):
                    visitor.goto(f"{server.url}/?token={server.token}")
                    visitor.locator(".hy-figure").wait_for(timeout=120_000)
                with clock(menus):
                    visitor.locator("select[title]").first.wait_for(timeout=120_000)
                visitor.context.close()
                time.sleep(BREATH)
            browser.close()
    print(f"served page, address to figure: cold {cold[0]:.1f} s, warm {statistics.median(warm):.1f} s (median of {VISITS}); "
          f"until its menus open {statistics.median(menus):.1f} s more")  # fmt: skip


def report() -> None:
    """The report from finished runs, whole command, and its files."""
    with tempfile.TemporaryDirectory() as folder:
        command = [
            Path(sys.executable).parent / "hanyang",
            "report",
            "params/report.yaml",
            "-o",
            folder,
            "--out",
            f"{folder}/runs",
        ]
        times: list[float] = []
        for _ in range(2):  # the first makes the runs
            with clock(times):
                subprocess.run(command, cwd=PROJECT, check=True, stdout=subprocess.DEVNULL)
        print(f"report: {times[0]:.1f} s with its runs, {times[1]:.1f} s from finished ones")
        sizes: dict[str, int] = {}
        for file in (f for f in Path(folder).rglob("*") if f.is_file() and "runs" not in f.relative_to(folder).parts[:1]):
            sizes[file.suffix[1:]] = sizes.get(file.suffix[1:], 0) + file.stat().st_size
        print("  MB: " + ", ".join(f"{kind} {size / 1e6:.2f}" for kind, size in sorted(sizes.items())))


def main() -> None:
    """Print everything."""
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}")
    pandas: list[float] = []
    for _ in range(3):
        with clock(pandas):
            subprocess.run([sys.executable, "-c", "import pandas"], check=True)
    print(f"importing pandas: {statistics.median(pandas):.2f} s")
    clicks()
    page()
    report()


if __name__ == "__main__":
    main()
