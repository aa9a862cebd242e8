"""The page that a server of the explore page opens in its owner's browser: the one behind its token, and no login page."""

import atexit
import os
import tempfile
import threading
import webbrowser
from html import escape
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

PAGE = """<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>Hanyang</title><meta http-equiv="refresh" content="0;url={url}"></head>
<body><p><a href="{url}">Explore · 探索</a></p></body>
</html>
"""


def open_with_token() -> None:
    """Make Voilà, in this process, open its page together with its token.

    Voilà prints the token, and leaves it out of the address that it opens: one would land on a login page.
    For the configuration file of a server (``serve/voila.py``), before it starts.

    Example:
        >>> open_with_token()
    """
    from voila.app import Voila

    Voila.launch_browser = _launch


def address(base: str, token: str) -> str:
    """The address of a page with its token, where it has one.

    Example:
        >>> address("http://127.0.0.1:8866/", "a b")
        'http://127.0.0.1:8866/?token=a+b'
        >>> address("http://127.0.0.1:8866/", "")
        'http://127.0.0.1:8866/'
    """
    return f"{base}?{urlencode({'token': token})}" if token else base


def page_that_leads_to(url: str) -> Path:
    """A file that only its owner may read and that leads to an address; it goes when Python ends.

    The list of processes shows everybody what a browser is started with: the name of this file, and no token.

    Example:
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
