"""Visitors of the served page, as many as there may be and one more: what they cost, how long a click takes.

``python tests/bench_visitors.py [VISITORS]``; needs Chromium.
"""

from __future__ import annotations

import statistics
import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path
from typing import Any

import psutil

sys.path.insert(0, str(Path(__file__).parent / "browser"))
from browser_tools import CHROMIUM, FLAGS, PATIENCE, Server, copied, kernels_of, served, wait_for

MB = 2**20
MOST = 20  # as serve/voila.json says
GONE = 150  # seconds until the kernel of a visitor who has gone is ended, at most: as serve/voila.json says, and a little


def main(visitors: int) -> None:
    """Print how long pages and clicks take, and how much the server and its kernels hold before, with and after all visitors."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as place, closing(served(copied(Path(place)), "serve", "login")) as servers:
        server = next(iter(servers))
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            pages, opened = [], []
            for number in range(visitors):
                if number == 1:
                    wait_for(lambda: len(kernels_of(server)) == 2, "no kernel waits")
                    time.sleep(5)  # one that waits is there: the warm page
                page = browser.new_context().new_page()
                opened.append(_seconds(lambda page=page: _open(page, server)))
                pages.append(page)
            print(f"first page {opened[0]:.1f} s, second {opened[1]:.1f} s, median {statistics.median(opened):.1f} s")
            clicks = [_seconds(lambda p=p, n=n: _choose(p, n)) for n, p in enumerate(pages)]
            clicks += [_seconds(lambda p=p: _speak(p)) for p in pages[::2]]
            print(f"{len(clicks)} clicks: median {statistics.median(clicks):.2f} s, longest {max(clicks):.2f} s")
            for number, page in enumerate(pages):
                lang, region = "zh" if number % 2 == 0 else "en", _chosen(page)
                assert region["index"] == number % region["of"], "a visitor sees a choice that is not his"
                assert page.get_by_role("heading", name="探索" if lang == "zh" else "Explore").is_visible()
            print(f"{visitors} visitors: each sees his own choice")
            told(f"{visitors} visitors", server)
            if visitors >= MOST:
                late = browser.new_context().new_page()
                late.goto(server.opens)
                assert "访问人数已满" in late.content() and late.locator(".hy-figure").count() == 0
                pages.pop().close(run_before_unload=True)
                late.locator("#rendered_cells .hy-figure").wait_for(timeout=PATIENCE)
                print("the next one was told to wait, and came in when one had left")
            browser.close()
        left = time.monotonic()
        while len(kernels_of(server)) > 1 and time.monotonic() - left < GONE:
            time.sleep(1)
        told(f"{time.monotonic() - left:.0f} s after they have gone", server)


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


def _seconds(work: Any) -> float:
    began = time.monotonic()
    work()
    return time.monotonic() - began


def told(when: str, server: Server) -> None:
    """One line: kernels, what each holds alone, and memory of all, what is shared counted once."""
    alone = [kernel.memory_full_info().uss / MB for kernel in kernels_of(server)]
    family = psutil.Process(server.pid).children(recursive=True)
    everything = sum(process.memory_full_info().pss for process in family) / MB
    print(f"{when}: {len(alone)} kernels, {max(alone):.0f} MB alone at most, {everything:.0f} MB with the server", flush=True)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else MOST)
