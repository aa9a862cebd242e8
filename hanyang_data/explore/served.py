"""What the served page answers to addresses that are none: 404, where Voilà would answer 500 for some."""

from __future__ import annotations

from typing import Any

from tornado.web import HTTPError

PARTS = 3  # of the address of a template's file at least: template, static, name


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


def printable(path: str) -> str:
    """The same path.

    Raises:
        HTTPError: 404 if it holds a control character, which no file of the page has.
    """
    if any(ord(letter) < 32 or ord(letter) == 127 for letter in path):
        raise HTTPError(404)
    return path
