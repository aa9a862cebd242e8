"""Lines → passages: whole paragraphs in plain simplified characters, each character with the place at which it was printed."""

import math
import re
from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Any, NamedTuple

from hanyang_data.reader.layout import CELL
from hanyang_data.reader.lexicon import Patterns, mentions
from hanyang_data.reader.texts import Text
from hanyang_data.record.tokens import SPOKEN, in_digits

FORM = Patterns(__name__)
# full-width forms in ASCII; behind them the marks that half the web pages print in ASCII, when the commas within numbers are gone
_FULL = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "，；：（）！？"}
_FULL |= dict.fromkeys(map(ord, "−‐‒–﹣"), ord("-"))
_MARKS = str.maketrans(",;:()∶︰﹪℅", "，；：（）：：%%")
_END = "。！？!?；;"
FEW = 4  # lines that are as long as each other by chance


class Passage(NamedTuple):
    """``text`` without spaces; ``places`` the (line, column) of each of its characters, lines counted from 1."""

    text: str
    places: list[tuple[int, int]]


def plain(line: str) -> tuple[str, list[int]]:
    """A line in simplified characters without spaces and with one form of each mark, and the column of each character."""
    text = simplified(FORM.caption.sub(r"\1\2。", line)).translate(_FULL)
    kept = [(c, i) for i, c in enumerate(text) if not FORM.space.match(c)]
    chars = "".join(c for c, _ in kept)
    drop = {i for m in FORM.dropped.finditer(chars) for i in range(*m.span())}
    columns = [column for i, (_, column) in enumerate(kept) if i not in drop]
    return _percent_words("".join(c for i, c in enumerate(chars) if i not in drop).translate(_MARKS), columns)


@lru_cache(maxsize=8192)
def simplified(line: str) -> str:
    """Traditional characters as simplified ones, as many as there were."""
    if line.isascii():
        return line
    changed = _converter().convert(line)
    if len(changed) == len(line):
        return str(changed)
    alone = {char: _converter().convert(char) for char in set(line)}
    return "".join(alone[char] if len(alone[char]) == 1 else char for char in line)


@cache
def _converter() -> Any:
    from opencc import OpenCC

    return OpenCC("t2s")


def _percent_words(text: str, columns: list[int]) -> tuple[str, list[int]]:
    """百分之六点五 as 6.5%: the marks of the number take the columns of the words."""
    for found in reversed(list(SPOKEN.finditer(text))):
        number = in_digits(found[0])
        start, end = found.span()
        spread = columns[start:end]
        places = [*spread[: len(number) - 1], spread[-1]]
        places = [places[0]] * (len(number) - len(places)) + places
        text, columns = text[:start] + number + text[end:], columns[:start] + places + columns[end:]
    return text, columns


def passages(text: Text, skip: set[int], first: int, last: int) -> list[Passage]:
    """The paragraphs of the lines ``first`` to ``last``; lines in ``skip`` (rows of tables) end one and are left out."""
    numbered = [(n, text.lines[n - 1]) for n in range(first, last + 1)]
    width = _width([line for _, line in numbered])
    done: list[tuple[list[str], list[tuple[int, int]]]] = []
    before = ""
    for number, line in numbered:
        bare = line.strip()
        if number in skip:
            before = ""
        elif bare and not FORM.numbered.fullmatch(bare):
            if not before or not _goes_on(before, bare, width):
                done.append(([], []))
            new, columns = plain(line)
            done[-1][0].append(new)
            done[-1][1].extend((number, column) for column in columns)
            before = bare
    return [Passage("".join(chars), places) for chars, places in done if places]


def _width(lines: list[str]) -> float:
    """How long a full line is: where lines were cut at the margin many are about as long; where they are a list none are."""
    lengths = sorted(_printed_width(line.strip()) for line in lines if line.strip())
    full = lengths[int(len(lengths) * 0.8)] if lengths else 0
    long = [length for length in lengths if 0.5 * full <= length <= 1.3 * full]  # neither headings nor the ends of paragraphs
    cut = sum(abs(length - full) <= 0.06 * full for length in long) >= max(0.6 * len(long), FEW)
    return full if cut else math.inf


def _printed_width(line: str) -> float:
    """In characters of full width: digits and Latin letters take half of it, marks were full before a copy changed them."""
    return sum(0.5 if c.isascii() and c not in ",;:()!?" else 1 for c in line)


def _goes_on(before: str, line: str, width: float) -> bool:
    if before[-1] in _END or CELL in before or any(FORM.own_line.match(one) for one in (before, line)):
        return False
    if re.fullmatch(r"[^，。；]{4,60}(报告|公报|纲要)", plain(before)[0]):
        return False  # a title
    if FORM.heading.match(line) and before[-1] not in "，、,":
        return False
    tail, head = (
        plain(before[-14:])[0],
        plain(line[:14])[0],
    )  # a name or a verb that the line end parts: 地区生产 | 总值, 增 | 长11.5%
    spans = [m.span() for m in FORM.verb.finditer(tail + head)] + [(m.start, m.end) for m in mentions(tail + head) if m.ids]
    if any(start < len(tail) < end for start, end in spans):
        return True
    if before[-1] in "，、,（(" or FORM.begins_none.match(line):
        return True
    if re.search(r"[\u4e00-\u9fff]\s?\d[\d.]*$" if line[0] in "%万亿元" else r"[\u4e00-\u9fff]\d+\.?$", before):
        return re.match(r"\d|[%万亿元]", line) is not None
    if FORM.cut.search(before) and re.match(r"\d[\d.]*\s?[%万亿元]", line):
        return True
    return len(before) >= 12 and (_printed_width(before) >= 0.75 * min(width, 60) if width < math.inf else len(before) > 60)


def joined(passage: Passage) -> Passage:
    """With a comma behind a sentence that is only a topic (经营主体稳中培优。总量达12万户): the number is the topic's.

    >>> joined(Passage("经营主体稳中培优。总量达12万户。", [])).text
    '经营主体稳中培优，总量达12万户。'
    """
    text = passage.text
    for found in FORM.topic.finditer(text):
        first = next(iter(mentions(found["topic"])), None)
        if first is not None and first.start == 0 and first.ids:
            text = f"{text[: found.end() - 1]}，{text[found.end() :]}"
    return passage._replace(text=text)


def printed(places: Sequence[tuple[int, int]]) -> tuple[int, int, int, str]:
    """A line, its first column and the one behind, of what ``places`` have of their first line; a note where that is not all."""
    (line, column), last = places[0], places[-1][0]
    note = f"broken over L{line} and L{last}" if line != last else ""
    return line, column, max(col for ln, col in places if ln == line) + 1, note


def found_at(text: Text, line: int, start: int, end: int) -> tuple[str, str]:
    """Token and locator of what stands on a line from column ``start`` to ``end``."""
    whole = text.lines[line - 1]
    token = whole[start:end][:20].strip()
    return token, f"L{line}" + f":c{start}" * (len(whole) > 400 or whole.count(token) > 1)


def line_of(locator: str) -> int:
    """The line of a place in a text: 53 of L53 and of L53:c120."""
    return int(locator[1:].partition(":")[0])
