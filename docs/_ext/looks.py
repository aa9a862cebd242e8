"""How a page looks in both languages and without a network: formulas as MathML, a Chinese font, a link to the other language."""

from __future__ import annotations

import gettext
import re
from functools import cache
from pathlib import Path
from typing import Any

import pydata_sphinx_theme
import sphinx
from docutils import nodes
from latex2mathml.converter import convert
from sphinx.application import Sphinx

from hanyang_data.charts.web import cut

CHINESE, FONT = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\ufe30-\uffef]"), "_static/zh.woff"


def other(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """The language of a page, and the same page in the other one where there is one."""
    chinese = page.startswith("zh/") or page.startswith("made/zh/")
    twin = (page.removeprefix("zh/") if page.startswith("zh/") else f"zh/{page}").replace("made/zh", "made/en")
    if page.startswith("made/"):
        twin = page.replace("made/en/", "made/zh/") if "/en/" in page else page.replace("made/zh/", "made/en/")
    context["language"] = "zh-CN" if chinese else "en"
    if chinese:  # what the theme itself says, in the words of its translators
        context["_"] = context["gettext"] = theme_words().gettext
    context["twin"] = twin if twin in app.env.all_docs else ("index" if chinese else "zh/index")
    context["twin_name"] = "English" if chinese else "中文"


@cache
def theme_words() -> gettext.NullTranslations:
    """The Chinese words of the theme and of Sphinx."""
    found = {pydata_sphinx_theme: "zh", sphinx: "zh_CN"}.items()
    words, more = (gettext.translation("sphinx", Path(of.__file__).parent / "locale", [lang]) for of, lang in found)
    words.add_fallback(more)
    return words


def font(app: Sphinx, failed: Exception | None) -> None:
    """The signs that the site has, cut from the font of the figures: a browser without a Chinese font shows them too."""
    if failed or app.builder.name != "html":
        return
    site = Path(app.outdir)
    signs = set().union(*(CHINESE.findall(page.read_text(encoding="utf-8")) for page in site.rglob("*.html")))
    (site / FONT).write_bytes(cut("".join(sorted(signs))))


def inline(self: Any, node: nodes.math) -> None:
    """A formula within a sentence."""
    self.body.append(convert(node.astext()))
    raise nodes.SkipNode


def displayed(self: Any, node: nodes.math_block) -> None:
    """A formula on a line of its own."""
    self.body.append(f'<div class="formula">{convert(node.astext(), display="block")}</div>')
    raise nodes.SkipNode


def setup(app: Sphinx) -> dict[str, bool]:
    """Register all of it."""
    app.add_html_math_renderer("mathml", (inline, None), (displayed, None))
    app.connect("html-page-context", other)
    app.connect("build-finished", font)
    return {"parallel_read_safe": True}
