"""Sentences that are only a topic (经营主体稳中培优。总量达1461.4万户): the next sentence has its number, and belongs to it."""

from __future__ import annotations

import re
from dataclasses import replace

from hanyang_data.reader.lexicon import mentions
from hanyang_data.reader.passages import Passage

_TOPIC = re.compile(
    r"(?:(?<=[。；！])|^)(?P<topic>[^，。；！、\d]{4,16})。(?=(?:总量|总数|总额|总户数|户数|规模)[^，。；、\d]{0,6}\d)"
)


def joined(passage: Passage) -> Passage:
    """The passage with a comma behind such a topic; every character keeps its place.

    >>> joined(Passage("经营主体稳中培优。总量达12万户。", [])).text
    '经营主体稳中培优，总量达12万户。'
    """
    text = passage.text
    for found in _TOPIC.finditer(text):
        first = next(iter(mentions(found["topic"])), None)
        if first is not None and first.start == 0 and first.ids:
            text = f"{text[: found.end() - 1]}，{text[found.end() :]}"
    return passage if text == passage.text else replace(passage, text=text)
