"""The prose of the notebooks in Chinese: text cells and comments, by the English that stands in the notebook.

One set of notebooks, in English; ``prose.csv`` beside this module holds each text once with its Chinese. A text that somebody
changed in a notebook of his own has no row and stays as he wrote it.
"""

import csv
import json
import re
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("prose.csv")
TRAILING = re.compile(r"^(?P<code>[^#]*\S {2,})# (?P<text>[^\"']+)$")
LANG = re.compile(r'^(lang: str = |page = .*\blang=)"en"', re.MULTILINE)


def in_chinese(notebook: bytes, *, opens: bool = False) -> bytes:
    """An ipynb file with its prose in Chinese and the same code; where it ``opens``, ``lang`` begins with ``zh`` too."""
    content, changed = json.loads(notebook), False
    for cell in content["cells"]:
        source = "".join(cell["source"])
        text = chinese().get(source, source) if cell["cell_type"] == "markdown" else _commented(source)
        text = LANG.sub(r'\1"zh"', text) if opens and cell["cell_type"] == "code" else text
        if text != source:
            cell["source"], changed = text.splitlines(keepends=True), True
    return notebook if not changed else (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def texts(cell: dict[str, Any]) -> list[str]:
    """What of a cell is prose: a text cell, or the comments of code."""
    source = "".join(cell["source"])
    return [source] if cell["cell_type"] == "markdown" else [text for _, text in _pieces(source) if text]


@cache
def chinese() -> dict[str, str]:
    """English text → Chinese text."""
    with FILE.open(encoding="utf-8-sig", newline="") as stream:
        return {row["en"]: row["zh"] for row in csv.DictReader(stream, strict=True)}


def _commented(source: str) -> str:
    lines = []
    for code, text in _pieces(source):
        told = chinese().get(text, "")
        lines.append(f"{code}# {told}" if told else code + "\n".join(f"# {line}" for line in text.split("\n") if text))
    return "\n".join(lines)


def _pieces(source: str) -> Iterator[tuple[str, str]]:
    """Code and the comment after it, line by line; lines that are comments alone are one text."""
    for comments, lines in groupby(source.split("\n"), lambda line: line.startswith("#")):
        if comments:
            yield "", "\n".join(line[1:].removeprefix(" ") for line in lines)
            continue
        for line in lines:
            trailing = TRAILING.match(line)
            yield (trailing["code"], trailing["text"]) if trailing else (line, "")
