"""What a user of the explore page and of the report waits for.

From a choice to its new figure in a warm kernel; from the address of the served page to the figure in a browser (where
Chromium is installed), cold as soon as the server answers and warm with a kernel waiting; the report of ``params/report.yaml``
with its runs and from finished ones, and the size of its files.
"""

from __future__ import annotations

import gc
import random
import statistics
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from browser_tools import CHROMIUM, FLAGS, copied, served
from table import Row, hanyang, row, seconds

CLICKS, SEED, QUICK = 60, 4, 0.3  # seconds: a click that one does not notice
VISITS, BREATH = 3, 15  # a kernel that was taken is replaced meanwhile
REGIONS = ("hanyang", "wuhan", "wuchang", "jiangan", "hongshan")
INDICATORS = ("gdp", "budget_revenue", "retail_sales", "fixed_asset_investment", "industrial_value_added")


def rows() -> Iterator[Row]:
    """Clicks in a warm kernel, and the page in a browser."""
    times = _clicks()
    yield row("explore: choice to new figure, warm", statistics.median(times), most=QUICK)
    yield row("explore: the longest of them", max(times), most=1)
    if not Path(CHROMIUM).exists():
        yield Row("explore: the page in a browser, no Chromium here", float("nan"))
        return
    cold, *warm = _visits()
    yield row("explore: address to figure, cold", cold)
    yield row("explore: address to figure, warm", statistics.median(warm), over=("cold", cold))


def _clicks() -> list[float]:
    """From a choice to its screen, for random choices, the analyses having been opened once."""
    from hanyang_data.explore.choices import Shelf, start
    from hanyang_data.explore.screen import screen
    from hanyang_data.record.observations import default_dataset

    shelf, chance, analyses = Shelf(default_dataset()), random.Random(SEED), []
    for analysis in ("trend", "growth_gap", "target_shortfall", "data_audit"):
        screen(shelf.settle(start("en", analysis)))
        analyses.append(analysis)
    gc.freeze()  # as the page does
    times = []
    for _ in range(CLICKS):
        asked = start(chance.choice(("en", "zh")), chance.choice(analyses))
        asked = replace(asked, region=chance.choice(REGIONS), indicator=chance.choice(INDICATORS))
        times.append(seconds(lambda asked=asked: screen(shelf.settle(asked))))
    return times


def _visits() -> list[float]:
    """From the address to the figure, in a browser, again and again."""
    from playwright.sync_api import sync_playwright

    times = []
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        for server in served(copied(Path(folder)), "serve", "login"):
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            for _ in range(VISITS + 1):
                started = time.perf_counter()
                visitor = browser.new_context().new_page()
                visitor.goto(f"{server.url}/?token={server.token}")
                visitor.locator(".hy-figure").wait_for(timeout=120_000)
                times.append(time.perf_counter() - started)
                visitor.context.close()
                time.sleep(BREATH)
            browser.close()
    return times


def report() -> Iterator[Row]:
    """The whole command, and the largest of its files."""
    with tempfile.TemporaryDirectory() as folder:
        words = ("report", "params/report.yaml", "-o", folder, "--out", f"{folder}/runs")
        first, again = (seconds(lambda: hanyang(*words)) for _ in range(2))
        yield row("report, with its runs", first)
        yield row("report, from finished runs", again, over=("the first", first))
        files = [file for file in Path(folder).rglob("*") if file.suffix in (".docx", ".html", ".pptx", ".xlsx")]
        for file in sorted(file for file in files if "runs" not in file.relative_to(folder).parts[:1]):
            yield row(f"report, size of {file.name}", file.stat().st_size / 1e6, "MB")
