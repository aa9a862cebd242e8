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

WORDS = {"previous": "上一页", "next": "下一页", "Collapse Sidebar": "收起侧栏"}  # better, or not there at all
ENGLISH = {"reference/index": "参考手册（英文）", "explanation/index": "方法说明（英文）"}
CHINESE, FONT = re.compile(r"[\u2e80-\u9fff\uf900-\ufaff\ufe30-\uffef]"), "_static/zh.woff"


def other(app: Sphinx, page: str, template: str, context: dict[str, Any], doctree: nodes.document | None) -> None:
    """The language of a page, and the same page in the other one where there is one."""
    chinese, home = is_chinese(page), "zh/index"
    if page.startswith("made/"):
        twins = [page.replace("/zh/", "/en/") if chinese else page.replace("/en/", "/zh/")]
    else:  # a page of the top may be a how-to in Chinese
        twins = [page.removeprefix("zh/"), Path(page).name] if chinese else [f"zh/{page}", f"zh/howto/{page}"]
    context["language"] = "zh-CN" if chinese else "en"
    context["twin"] = next((twin for twin in twins if twin in app.env.all_docs), "index" if chinese else home)
    context["twin_name"] = "English" if chinese else "中文"
    for way, place in (("prev", 1), ("next", 2)):  # as the contents have it, but not from one language to the other
        beside = app.builder.relations.get(page, [None] * 3)[place]
        if beside and is_chinese(beside) != chinese:
            context[way] = None
    if chinese:  # what the theme itself says, in the words of its translators; and the bar of the Chinese pages
        context["_"] = context["gettext"] = lambda words: WORDS.get(words) or theme_words().gettext(words)
        own = {to: app.env.titles[to].astext() for to in app.env.toctree_includes[home]}
        context["root_doc"], context["bar"] = home, own | ENGLISH


def is_chinese(page: str) -> bool:
    """Whether a page is one of the Chinese ones."""
    return page.startswith(("zh/", "made/zh/"))


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
