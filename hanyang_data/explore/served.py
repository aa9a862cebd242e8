"""What the served page answers besides itself: 404 to addresses that are none; a page that says wait."""

import asyncio
from collections.abc import AsyncIterator
from typing import Any

from tornado.web import HTTPError

from hanyang_data.words.messages import messages

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
SAYS = messages(__name__)


def refuse_odd_addresses() -> None:
    """Make Voilà, in this process, answer 404 to control characters and to templates' addresses of another shape.

    For the configuration file of a server (``serve/voila.py``), before it starts.

    Example:
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

    For the configuration file of a server (``serve/voila.py``), before it starts.

    Example:
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
    """The same path.

    Raises:
        HTTPError: 404 if it holds a control character, which no file of the page has.
    """
    if any(ord(letter) < 32 or ord(letter) == 127 for letter in path):
        raise HTTPError(404)
    return path
