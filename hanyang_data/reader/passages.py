"""Lines → passages: whole paragraphs in plain simplified characters, each character with the place at which it was printed."""

import math
import re
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from typing import Any

from hanyang_data.reader.layout import CELL
from hanyang_data.reader.lexicon import mentions, pattern
from hanyang_data.reader.texts import Text

# full-width forms, and the marks that half the web pages print in ASCII; a comma inside a number goes
_MARKS = str.maketrans(
    {",": "，", ";": "；", ":": "：", "(": "（", ")": "）", "﹪": "%", "℅": "%", "‰": "‰", "﹣": "-", "∶": "：", "︰": "："}
)
_FULL = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F) if chr(code) not in "，；：（）！？"}
_MINUS = str.maketrans(dict.fromkeys("−‐‒–﹣", "-"))
_SPACE = re.compile(r"\s|[\u200b-\u200f\ufeff\u00ad]")
# pinyin in brackets that pages copied by machines have behind every third character
_TONES = "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜ"
_PINYIN = re.compile(rf"(?<=[\u4e00-\u9fff])[(（][a-zü{_TONES}]{{0,6}}[{_TONES}][a-zü]{{0,4}}[)）]")
_END = "。！？!?；;"
_HEADING, _CAPTION, _TOPIC, _OWN_LINE = (pattern(f"passages.{name}") for name in ("heading", "caption", "topic", "own_line"))
_NUMBERED = re.compile(r"[-—–]?\s*\d{1,3}\s*[-—–]?|第\s*\d+\s*页.*|[（(]?[^\s、，。；,;][)）]?|\d+\s*/\s*\d+")
FEW = 4  # lines that are as long as each other by chance
_VERB = re.compile("增长|下降|同比|亿元|万元|年均")
_CUT = re.compile("(?<![比年同])(?:增长|下降|达到?|完成|实现|突破|为)$")  # at the margin, before its number
_BEGINS_NONE = re.compile("[、，。；：）,;]|左右|以[上下内](?![\u4e00-\u9fff])")  # a line that goes on
_PERCENT = re.compile(r"百分之([一二三四五六七八九十零点百\d.]+)")
_SMALL = dict(zip("零一二三四五六七八九", range(10), strict=True))


@dataclass(frozen=True)
class Passage:
    """``text`` without spaces; ``places`` the (line, column) of each of its characters, lines counted from 1."""

    text: str
    places: list[tuple[int, int]]

    @property
    def line(self) -> int:
        """The line on which it begins."""
        return self.places[0][0] if self.places else 0


def plain(line: str) -> tuple[str, list[int]]:
    """A line in simplified characters without spaces and with one form of each mark, and the column of each character."""
    text = simplified(_CAPTION.sub(r"\1\2。", line)).translate(_FULL).translate(_MINUS)
    kept = [(c, i) for i, c in enumerate(text) if not _SPACE.match(c)]
    chars, columns = "".join(c for c, _ in kept), [i for _, i in kept]
    drop = {m.start() for m in re.finditer(r"(?<=\d),(?=\d{3}(?!\d))", chars)}
    drop |= {m.start() for m in re.finditer(r"(?<=\d)\*(?=[万亿元人户家个%])", chars)}  # 4.53*万人: a footnote
    drop |= {
        i
        for m in re.finditer(r"(?<=[\u4e00-\u9fff)）])(?:[\[〔]\d{1,2}[\]〕]|[①-⑳])|(?<=\d)\[\d{1,2}\](?=[万亿元人%])", chars)
        for i in range(*m.span())
    }  # 第三产业[3]增加值
    drop |= {i for m in _PINYIN.finditer(chars) for i in range(*m.span())}
    columns = [col for i, col in enumerate(columns) if i not in drop]
    chars = "".join(c for i, c in enumerate(chars) if i not in drop).translate(_MARKS)
    return _percent_words(chars, columns)


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
    for found in reversed(list(_PERCENT.finditer(text))):
        number = _spoken(found[1]) + "%"
        start, end = found.span()
        spread = columns[start:end]
        places = [*spread[: len(number) - 1], spread[-1]]
        places = [places[0]] * (len(number) - len(places)) + places
        text, columns = text[:start] + number + text[end:], columns[:start] + places + columns[end:]
    return text, columns


def _spoken(words: str) -> str:
    whole, _, part = words.partition("点")
    if re.fullmatch(r"[\d.]+", words):
        return words
    tens, ten, ones = whole.rpartition("十")
    value = (_SMALL.get(tens, 1) * 10 if ten else 0) + _SMALL.get(ones, 0)
    return f"{value}" + (f".{''.join(str(_SMALL.get(c, '')) for c in part)}" if part else "")


def passages(text: Text, skip: set[int] = frozenset(), first: int = 1, last: int | None = None) -> list[Passage]:  # type: ignore[assignment]
    """The paragraphs of the lines ``first`` to ``last``; lines in ``skip`` (rows of tables) end one and are left out."""
    numbered = [(n, text.lines[n - 1]) for n in range(first, (last or len(text.lines)) + 1)]
    width = _width([line for _, line in numbered])
    done: list[Passage] = []
    chars: list[str] = []
    places: list[tuple[int, int]] = []

    def close() -> None:
        if chars:
            done.append(Passage("".join(chars), list(places)))
        chars.clear()
        places.clear()

    before = ""
    for number, line in numbered:
        bare = line.strip()
        if number in skip:
            close()
            before = ""
            continue
        if not bare or _NUMBERED.fullmatch(bare):
            continue
        if before and not _goes_on(before, bare, width):
            close()
        new, columns = plain(line)
        chars.extend(new)
        places.extend((number, column) for column in columns)
        before = bare
    close()
    return done


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
    if before[-1] in _END or CELL in before or any(_OWN_LINE.match(one) for one in (before, line)):
        return False
    if re.fullmatch(r"[^，。；]{4,60}(报告|公报|纲要)", plain(before)[0]):
        return False  # a title
    if _HEADING.match(line) and before[-1] not in "，、,":
        return False
    if _cut_within(before, line):
        return True
    if before[-1] in "，、,（(" or _BEGINS_NONE.match(line):
        return True
    if re.search(r"[\u4e00-\u9fff]\s?\d[\d.]*$" if line[0] in "%万亿元" else r"[\u4e00-\u9fff]\d+\.?$", before):
        return re.match(r"\d|[%万亿元]", line) is not None
    if _CUT.search(before) and re.match(r"\d[\d.]*\s?[%万亿元]", line):
        return True
    return len(before) >= 12 and (_printed_width(before) >= 0.75 * min(width, 60) if width < math.inf else len(before) > 60)


def _cut_within(before: str, line: str) -> bool:
    """Whether the line end parts an indicator's name or a verb: 地区生产 | 总值, 增 | 长11.5%."""
    tail, head = plain(before[-14:])[0], plain(line[:14])[0]
    spans = [m.span() for m in _VERB.finditer(tail + head)] + [(m.start, m.end) for m in mentions(tail + head) if m.ids]
    return any(start < len(tail) < end for start, end in spans)


def sentences(passage: Passage) -> list[tuple[int, int]]:
    """Start and end of the sentences of a passage."""
    spans, start = [], 0
    for found in re.finditer(r"[。！？!?]+[”’）]*", passage.text):
        spans.append((start, found.end()))
        start = found.end()
    if start < len(passage.text):
        spans.append((start, len(passage.text)))
    return spans


def joined(passage: Passage) -> Passage:
    """With a comma behind a sentence that is only a topic (经营主体稳中培优。总量达12万户): the number is the topic's.

    >>> joined(Passage("经营主体稳中培优。总量达12万户。", [])).text
    '经营主体稳中培优，总量达12万户。'
    """
    text = passage.text
    for found in _TOPIC.finditer(text):
        first = next(iter(mentions(found["topic"])), None)
        if first is not None and first.start == 0 and first.ids:
            text = f"{text[: found.end() - 1]}，{text[found.end() :]}"
    return replace(passage, text=text)


def printed(text: Text, passage: Passage, start: int, end: int) -> tuple[str, str, str]:
    """Token, locator and, where it is broken over two lines, a note on that, of the characters ``start`` to ``end``."""
    line, column = passage.places[start]
    same = [col for ln, col in passage.places[start:end] if ln == line]
    whole = text.lines[line - 1]
    token = whole[column : same[-1] + 1][:20].strip()
    lines = list(dict.fromkeys(ln for ln, _ in passage.places[start:end]))
    note = f"broken over L{line} and L{lines[-1]}" if len(lines) > 1 else ""
    long = len(whole) > 400 or whole.count(token) > 1
    return token, f"L{line}:c{column}" if long else f"L{line}", note


def line_of(locator: str) -> int:
    """The line of a place in a text: 53 of L53 and of L53:c120."""
    return int(locator[1:].partition(":")[0])
