"""Visitors of the served page, as many as there may be and one more: what they cost, and how long a click takes."""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import psutil
from browser_tools import CHROMIUM, FLAGS, PATIENCE, Server, copied, kernels_of, served, wait_for
from table import Row, row, seconds

MB = 2**20
MOST = 20  # as serve/voila.json says
GONE = 150  # seconds until the kernel of a visitor who has gone is ended, at most: as serve/voila.json says, and a little


def rows() -> Iterator[Row]:
    """How long pages and clicks take; what server and kernels hold with all visitors, and how many are left after them."""
    if not Path(CHROMIUM).exists():
        yield Row("visitors, no Chromium here", float("nan"))
        return
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as place, closing(served(copied(Path(place)), "serve", "login")) as servers:
        server = next(iter(servers))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            pages, opened = [], []
            for number in range(MOST):
                if number == 1:
                    wait_for(lambda: len(kernels_of(server)) == 2, "no kernel waits")
                    time.sleep(5)  # one that waits is there: the warm page
                page = browser.new_context().new_page()
                opened.append(seconds(lambda page=page: _open(page, server)))
                pages.append(page)
            yield row(f"{MOST} visitors: a page", statistics.median(opened), over=("the first", opened[0]))
            clicks = [seconds(lambda p=p, n=n: _choose(p, n)) for n, p in enumerate(pages)]
            clicks += [seconds(lambda p=p: _speak(p)) for p in pages[::2]]
            yield row(f"{MOST} visitors: a click", statistics.median(clicks))
            yield row(f"{MOST} visitors: the longest of {len(clicks)} clicks", max(clicks), most=1)
            for number, page in enumerate(pages):
                lang, region = "zh" if number % 2 == 0 else "en", _chosen(page)
                assert region["index"] == number % region["of"], "a visitor sees a choice that is not his"
                assert page.get_by_role("heading", name="探索" if lang == "zh" else "Explore").is_visible()
            alone = [kernel.memory_full_info().uss / MB for kernel in kernels_of(server)]
            yield row(f"{MOST} visitors: server and {len(alone)} kernels", _memory(server), "MB", most=1500)
            yield row(f"{MOST} visitors: the largest kernel alone", max(alone), "MB")
            late = browser.new_context().new_page()
            late.goto(server.opens)
            assert "访问人数已满" in late.content() and late.locator(".hy-figure").count() == 0
            pages.pop().close(run_before_unload=True)
            late.locator("#rendered_cells .hy-figure").wait_for(timeout=PATIENCE)  # the next one waited for that
            browser.close()
        left = time.monotonic()
        while len(kernels_of(server)) > 1 and time.monotonic() - left < GONE:
            time.sleep(1)
        yield row(f"kernels {time.monotonic() - left:.0f} s after they have gone", len(kernels_of(server)), "kernels", most=1)


def _memory(server: Server) -> float:
    """What server and kernels hold, what they share counted once, in MB."""
    family = psutil.Process(server.pid).children(recursive=True)
    return sum(process.memory_full_info().pss for process in family) / MB


def _open(page: Any, server: Server) -> None:
    page.set_default_timeout(PATIENCE)
    page.goto(server.opens, wait_until="domcontentloaded")
    page.locator("select[title]").first.wait_for()


def _choose(page: Any, number: int) -> None:
    """Choose the region of this number, and see its figure."""
    of = page.locator("select[title^='Region']").locator("option").count()
    before = page.locator("#rendered_cells .hy-figure").get_attribute("aria-label")
    if number % of != _chosen(page)["index"]:
        page.locator("select[title^='Region']").select_option(index=number % of)
        page.wait_for_function(
            "was => document.querySelector('#rendered_cells .hy-figure')?.getAttribute('aria-label') !== was", arg=before
        )


def _speak(page: Any) -> None:
    page.get_by_role("button", name="中文").click()
    page.get_by_role("heading", name="探索").wait_for()


def _chosen(page: Any) -> dict[str, int]:
    menu = "document.querySelector('select[title^=Region], select[title^=地区]')"
    return page.evaluate(f"({{index: {menu}.selectedIndex, of: {menu}.options.length}})")  # type: ignore[no-any-return]
