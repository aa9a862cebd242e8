"""What the server of the page does besides Voilà: opens it with its token, answers 404 to addresses that are none, says wait.

For the configuration file of a server (``serve/voila.py``), before it starts.
"""

import asyncio
import atexit
import os
import tempfile
import threading
import webbrowser
from collections.abc import AsyncIterator
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from tornado.web import HTTPError

from hanyang_data.words.messages import messages

SAYS = messages(__name__)
PARTS = 3  # of the address of a template's file at least: template, static, name
AGAIN = 20  # seconds until a page that waits asks again
PATIENCE = 60  # seconds for the start of a page, of which there is one at a time
WAIT = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="{again}">
<title>Hanyang 汉阳</title>
<style>body {{ font: 17px/1.6 sans-serif; max-width: 36em; margin: 15vh auto; padding: 0 20px; }}
h1 {{ font-size: 1.3em; margin: 1.2em 0 0; }} p {{ margin: .3em 0; }}</style></head>
<body role="status"><h1>{en_head}</h1><p>{en}</p><div lang="zh"><h1>{zh_head}</h1><p>{zh}</p></div></body></html>
"""


def refuse_odd_addresses() -> None:
    """Make Voilà, in this process, answer 404 to control characters and to templates' addresses of another shape.

    >>> refuse_odd_addresses()
    """
    from voila.handler import VoilaHandler
    from voila.static_file_handler import TemplateStaticFileHandler

    to_file, to_template = VoilaHandler.redirect_to_file, TemplateStaticFileHandler.parse_url_path

    def redirect_to_file(self: Any, path: str) -> None:
        to_file(self, printable(path))

    def parse_url_path(self: Any, path: str) -> str:
        parts = printable(path).split("/")
        if len(parts) < PARTS or parts[1] != "static" or ".." in parts:
            raise HTTPError(404)
        try:
            found = str(to_template(self, path))
        except ValueError:  # no such template
            raise HTTPError(404) from None
        if not self.roots:
            raise HTTPError(404)
        return found

    VoilaHandler.redirect_to_file = redirect_to_file
    TemplateStaticFileHandler.parse_url_path = parse_url_path


def tell_to_wait() -> None:
    """Make Voilà, in this process, tell a visitor to wait as long as there are as many as there may be.

    >>> tell_to_wait()
    """
    from voila.handler import VoilaHandler

    served, door = VoilaHandler.get_generator, asyncio.Lock()

    async def get_generator(self: Any, path: str | None = None) -> AsyncIterator[str]:
        parts = served(self, path)
        async with door, asyncio.timeout(PATIENCE):  # who is inside has a kernel, before the next one is counted
            full = not path and await self.kernel_manager.full()
            first = _wait_page(self) if full else await anext(parts, None)
        if first is not None:
            yield first
        if not full:
            async for part in parts:
                yield part

    VoilaHandler.get_generator = get_generator


def _wait_page(handler: Any) -> str:
    """The page that says wait, in both languages, and asks again by itself."""
    handler.set_status(503)
    handler.set_header("Retry-After", str(AGAIN))
    head, text = SAYS.full, SAYS.wait.format(most=handler.kernel_manager.most, seconds=AGAIN)
    return WAIT.format(again=AGAIN, en_head=head.en, zh_head=head.zh, en=text.en, zh=text.zh)


def printable(path: str) -> str:
    """The same path."""
    if any(ord(letter) < 32 or ord(letter) == 127 for letter in path):
        raise HTTPError(404)
    return path


PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Hanyang</title><meta http-equiv="refresh" content="0;url={url}"></head>
<body><p><a href="{url}">Explore · 探索</a></p></body>
</html>
"""


def open_with_token() -> None:
    """Make Voilà, in this process, open its page together with its token.

    Voilà prints the token, and leaves it out of the address that it opens: one would land on a login page.

    >>> open_with_token()
    """
    from voila.app import Voila

    Voila.launch_browser = _launch


def address(base: str, token: str) -> str:
    """The address of a page with its token, where it has one.

    >>> address("http://127.0.0.1:8866/", "a b")
    'http://127.0.0.1:8866/?token=a+b'
    >>> address("http://127.0.0.1:8866/", "")
    'http://127.0.0.1:8866/'
    """
    return f"{base}?{urlencode({'token': token})}" if token else base


def page_that_leads_to(url: str) -> Path:
    """A file that only its owner may read and that leads to an address; it goes when Python ends.

    The list of processes shows everybody what a browser is started with: the name of this file, and no token.

    >>> "token=abc" in page_that_leads_to("http://127.0.0.1:8866/?token=abc").read_text()
    True
    """
    handle, name = tempfile.mkstemp(prefix="hanyang-", suffix=".html")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(PAGE.format(url=escape(url)))
    page = Path(name)
    atexit.register(page.unlink, missing_ok=True)
    return page


def _launch(server: Any) -> None:
    """Open the page of a Voilà that listens, in place of its own ``launch_browser``."""
    try:
        browser = webbrowser.get(server.browser or None)
    except webbrowser.Error:  # the address stands in what is printed
        server.log.info("No browser is found here: open the address above.")
        return
    page = page_that_leads_to(address(server.connection_url, server.identity_provider.token))
    threading.Thread(target=browser.open, args=(page.as_uri(),), kwargs={"new": server.webbrowser_open_new}).start()
