"""The search of the site finds Chinese: of a run of Chinese characters each two are a word, in the index and in a query."""

from __future__ import annotations

import re
from pathlib import Path

import sphinx
from sphinx.application import Sphinx
from sphinx.search.en import SearchEnglish

SIGNS = r"\u4e00-\u9fff"
SPOKEN = Path(sphinx.__file__).parent / "locale" / "zh_CN" / "LC_MESSAGES" / "sphinx.js"  # what the search says, in Chinese


class SearchBoth(SearchEnglish):
    """English words by their stems, Chinese by pairs of characters; one character alone is found too."""

    lang = "zh"
    js_splitter_code = rf"""
var splitQuery = (query) => (query.match(/[{SIGNS}]+|(?:(?![{SIGNS}])[\p{{Letter}}\p{{Number}}_])+/gu) || []).flatMap(
  (run) => /^[{SIGNS}]{{2}}/.test(run) ? [...run].slice(1).map((sign, place) => run[place] + sign) : [run]);
if (/[{SIGNS}]/.test(new URLSearchParams(location.search).get("q"))) {{
  {SPOKEN.read_text(encoding="utf-8")}
  _ready(() => {{ document.title = document.querySelector("h1").textContent = Documentation.gettext("Search"); }});
}}
"""

    def split(self, text: str) -> list[str]:
        """The words of a text.

        >>> SearchBoth({}).split("GDP增速为 7%")
        ['GDP', '增', '速', '为', '增速', '速为', '7']
        """
        words: list[str] = []
        for run in re.findall(f"[{SIGNS}]+|[^\\W{SIGNS}]+", text):
            pairs = [run[place : place + 2] for place in range(len(run) - 1)]
            words += [*run, *pairs] if re.match(f"[{SIGNS}]", run) else [run]
        return words


def setup(app: Sphinx) -> dict[str, bool]:
    """In place of the search of Sphinx for Chinese, which wants a dictionary and knows no stems."""
    app.add_search_language(SearchBoth)
    return {"parallel_read_safe": True}
