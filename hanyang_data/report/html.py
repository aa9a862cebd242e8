"""The report as one HTML file: figures inline, contents list, print style, nothing loaded from anywhere."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from hanyang_data.report import words
from hanyang_data.report.content import Document, NotDrawn, Picture, Table
from hanyang_data.report.origin import origins
from hanyang_data.report.pictures import inline_svg

TEMPLATE = "report.html.j2"
LANG = {"en": "en", "zh": "zh-Hans"}


def write_html(document: Document, folder: Path) -> list[Path]:
    """Write ``report_<lang>.html``; return it."""
    file = folder / f"report_{document.lang}.html"
    text = _template().render(
        doc=document,
        lang=LANG[document.lang],
        words=words,
        origins=origins(document),
        svg=inline_svg,
        kind=_kind,
        mark=mark,
    )
    file.write_text(text, encoding="utf-8")
    return [file]


def mark(item: Picture | Table) -> str:
    """The anchor of a figure or table."""
    return f"{'figure' if isinstance(item, Picture) else 'table'}-{item.number}"


def _kind(item: Picture | Table | NotDrawn) -> str:
    return type(item).__name__


@cache
def _template() -> Template:
    loader = FileSystemLoader(Path(__file__).parent)
    return Environment(
        loader=loader, autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    ).get_template(TEMPLATE)
