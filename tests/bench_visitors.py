"""What visitors of the served page cost in memory: `make serve` as told, a dozen browsers, and after they have gone.

``python tests/bench_visitors.py [VISITORS]``; needs Chromium.
"""

from __future__ import annotations

import sys
import tempfile
import time
from contextlib import closing
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).parent / "browser"))
from browser_tools import CHROMIUM, FLAGS, PATIENCE, Server, copied, kernels_of, served

MB = 2**20
IDLE = (
    150  # seconds until the kernel of a visitor who has gone is ended, at most: as serve/voila.json says, and a little
)


def main(visitors: int) -> None:
    """Print how much the server and its kernels hold before, with and after all visitors."""
    from playwright.sync_api import sync_playwright

    with tempfile.TemporaryDirectory() as place, closing(served(copied(Path(place)), "serve", "login")) as servers:
        server = next(iter(servers))
        time.sleep(15)  # until the kernels that wait for visitors are warm
        waiting = len(kernels_of(server))
        told("before", server)
        with sync_playwright() as playwright:
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
            for _ in range(visitors):
                page = browser.new_page()
                page.goto(server.opens, wait_until="domcontentloaded")
                page.locator(".hy-figure").wait_for(timeout=PATIENCE)
                page.get_by_role("button", name="中文").click()  # a visitor asks for something
                page.get_by_role("heading", name="探索").wait_for(timeout=PATIENCE)
            time.sleep(10)
            told(f"{visitors} visitors", server)
            browser.close()
        left = time.monotonic()
        while len(kernels_of(server)) > waiting and time.monotonic() - left < IDLE:
            time.sleep(1)
        told(f"{time.monotonic() - left:.0f} s after they have gone", server)


def told(when: str, server: Server) -> None:
    """One line: kernels, memory of a kernel and of all, what is shared counted once."""
    kernels = kernels_of(server)
    each = [kernel.memory_full_info().pss / MB for kernel in kernels]
    family = psutil.Process(server.pid).children(recursive=True)
    others = sum(process.memory_full_info().pss for process in family if process not in kernels) / MB
    print(f"{when}: {len(kernels)} kernels of {max(each):.0f} MB at most, {sum(each) + others:.0f} MB with the server")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 12)
