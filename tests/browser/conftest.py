"""A JupyterLab, a Voilà and a Chromium for the tests of this folder, on a copy of what they write to."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from browser_tools import CHROMIUM, FLAGS, PATIENCE, Server, copied, served
from programs import LIBRARY, need

SETTINGS = {
    "notebook-extension/tracker": '{"windowingMode": "none"}'  # every output is in the page
}


@pytest.fixture(scope="session")
def folder(tmp_path_factory) -> Path:
    """The notebooks and the gallery, to be written into; a finished run; settings of their own for the servers."""
    place = copied(tmp_path_factory.mktemp("project"))
    for name, content in SETTINGS.items():
        file = place / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(content)
    return place


@pytest.fixture(scope="session")
def lab(folder) -> Iterator[Server]:
    yield from served(folder, "lab", "api/status")


@pytest.fixture(scope="session")
def voila(folder) -> Iterator[Server]:
    yield from served(folder, "serve", "login")


@pytest.fixture(scope="session")
def chromium():
    need("chromium", LIBRARY)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def new_page(chromium):
    """Pages of one visitor each, at the width of a laptop; an error in the console fails the test."""
    contexts, errors = [], []

    def opened(url: str, width: int = 1366, height: int = 768):
        context = chromium.new_context(viewport={"width": width, "height": height}, accept_downloads=True)
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.on("console", lambda m: errors.append(f"{m.text} {m.location.get('url')}") if m.type == "error" else None)
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(url, wait_until="domcontentloaded")
        return page

    yield opened
    for context in contexts:
        context.close()
    assert not errors
