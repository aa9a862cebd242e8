"""Rows of tables: by their cells, or where the columns were lost (地区生产总值 6.5% 860 6) by the head and the units.

A column says year, concept, vintage and measure; a cell goes to the first column it fits, in order. A row with as many cells as
the head has groups has one cell a group.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache

from hanyang_data.reader.documents import Document
from hanyang_data.reader.heads import Column, by_cells, columns
from hanyang_data.reader.layout import CELL
from hanyang_data.reader.lexicon import Mention, mentions, pattern, rest, sector, whole_of, wordings
from hanyang_data.reader.passages import plain
from hanyang_data.reader.texts import Text

_CELL = pattern("tables.cell")
_TAIL = re.compile(r"(?P<growth>增速|增长率?|增幅|涨幅)?(?:（(?P<unit>[^）]*)）)?")  # 增速（%） behind the name of a row
_SET_ABOVE = re.compile(r"达到省?市?下达目标")
_NAME = re.compile(r"\s*#?\s*[\u4e00-\u9fff、（）()]{2,}\s*")  # the next row of a table of a cell a line
_WORDS = re.compile(r"基本完成|完成|达标|未完成|高于[^\d]{2,6}|持平")


@dataclass(frozen=True)
class Cell:
    """A figure in a table: where it stands, its words, and the column it was put under."""

    indicator: str
    line: int
    start: int
    token: str
    words: str
    column: Column
    note: str
    sure: float
    reasons: tuple[str, ...] = ()
    comparable: bool = False
    name: str = ""  # what its row begins with


def table_lines(text: Text, first: int, last: int) -> list[tuple[int, int]]:
    """First and last lines of the tables between two lines."""
    plains = {n: plain(text.lines[n - 1])[0] for n in range(first, last + 1)}
    filled = [n for n in plains if plains[n]]
    tables: list[tuple[int, int]] = []
    seen = 0  # up to this line no table began at the heads before, so none of fewer rows does
    for k, n in enumerate(filled):
        if (tables and n <= tables[-1][1]) or (n <= seen and CELL not in text.lines[n - 1]):
            continue
        head = re.fullmatch(r"(序号?)?(主要)?(经济)?(指标|项目)(名称)?(单位)?.*", plains[n]) and len(plains[n]) < 80
        celled = CELL in text.lines[n - 1] and mentions(plains[n])
        stacked = _stacked(text, plains, filled[k : k + 2])
        if not (head or celled or stacked) or re.search("[，。；]", plains[n].replace("：", "")):
            continue
        longest = 8 if stacked else 2
        back = [filled[j] for j in range(max(0, k - 6), k) if all(len(plains[m]) <= longest for m in filled[j:k])]
        end = _end(text, plains, filled[k:])
        rows = labels(text, [m for m in filled[k:] if m <= end])
        if len(rows) >= 2 or (CELL in text.lines[n - 1] and rows):
            tables.append((min([n, *back]), end))
        else:
            seen = end
    return tables


def _stacked(text: Text, plains: dict[int, str], lines: list[int]) -> bool:
    """Whether a table of a cell a line, without a head of its own, begins: 地区生产总值 and, on the next line, 19349.31."""
    name, number = (plains[n] for n in (lines * 2)[:2])
    mark = label(text.lines[lines[0] - 1])
    return mark is not None and mark.end == len(name) and re.fullmatch(r"-?\d+(\.\d+)?", number) is not None


def _end(text: Text, plains: dict[int, str], lines: list[int]) -> int:
    """The last line of the table that begins with the first of ``lines``: prose ends it."""
    end = lines[0]
    for n in lines[1:]:
        line = plains[n]
        celled = CELL in text.lines[n - 1]
        if not celled and (line[-1:] == "。" or (re.search("[。；，]", line) and not label(text.lines[n - 1])) or len(line) > 60):
            break
        if re.match(r"(备注|注)：|[（(]?[一二三四五六七八九十]+[）)、]", line):
            break
        if label(text.lines[n - 1]) or n - end < 14:
            end = n if label(text.lines[n - 1]) or len(line) < 30 else end
        else:
            break
    return end


@lru_cache(maxsize=4096)
def label(line: str, of: str = "") -> Mention | None:
    """The indicator that a row begins with, after its number; in rows under that of ``of`` also its sectors."""
    words, _ = plain(line.replace(CELL, "|") if of else line.replace(CELL, " "))
    start = re.match(r"[（(]?\d{0,2}[）).、．]?(其中：?|全[省市区县]|#|年末)*", words)
    at = start.end() if start else 0
    if of and (mark := sector(words[at:], of)):
        return Mention(at + mark.start, at + mark.end, mark.ids)
    for mark in mentions(words[: at + 40]):
        if mark.start == at and mark.ids:
            behind = words[mark.end : mark.end + 1]
            left = rest(re.split(r"[\d/％%无—-]|与|正", words[mark.end :], maxsplit=1)[0][:8], "link")
            return mark if not left or behind in "（(" or not re.search("[\u4e00-\u9fff]{3}", left) else None
    return None


def labels(text: Text, lines: list[int]) -> dict[int, Mention]:
    """The lines that are rows of an indicator, and that indicator; 第二产业 counts in the rows under GDP."""
    found, of = {}, ""
    for n in lines:
        line = text.lines[n - 1]
        if own := label(line):
            of = whole_of(own.ids[0])
        if mark := own or label(line, of):
            found[n] = mark
    return found


def cells(text: Text, first: int, last: int, doc: Document) -> list[Cell]:
    """The figures of the table between two lines."""
    lines = [n for n in range(first, last + 1) if text.lines[n - 1].strip()]
    starts = labels(text, lines)
    if not starts:
        return []
    head_lines = [n for n in lines if n < next(iter(starts))]
    head = "".join(plain(text.lines[n - 1].replace(CELL, " "))[0] for n in head_lines)
    heads, spare = columns(head, doc), len(re.findall("比重|构成|占比|排名|位次|贡献", head))  # spare: columns of no indicator
    celled = by_cells(text, head_lines, doc) if any(CELL in text.lines[n - 1] for n in starts) else []
    found: list[Cell] = []
    for (n, mark), stop in zip(starts.items(), [*starts, last + 1][1:], strict=True):
        rows = _pieces(text, _own_lines(text, [m for m in lines if n <= m < stop]), n, mark)
        new: list[Cell] = []
        if celled and CELL in text.lines[n - 1]:
            new = _row_of_cells(text, n, mark.ids[0], celled)
        elif heads:
            new = _assigned(mark.ids[0], rows, _for_row(text.lines[n - 1], mark, heads), spare)
        found += [replace(cell, name=plain(text.lines[n - 1])[0][mark.start : mark.end]) for cell in new]
    return found


def _for_row(line: str, mark: Mention, heads: list[Column]) -> list[Column]:
    """The columns as they are for a row whose name says growth or a unit itself: 地区生产总值增速（%）."""
    tail = _TAIL.match(plain(line)[0], mark.end)
    if tail is None or not tail[0]:
        return heads
    growth, unit = tail["growth"] or "%" in (tail["unit"] or ""), tail["unit"] or ""
    return [c if c.measure else replace(c, measure="growth" if growth else "", unit=c.unit or unit) for c in heads]


def _own_lines(text: Text, lines: list[int]) -> list[int]:
    """The lines of a row up to the number, or the name, of the next one, which may be no indicator."""
    number = re.match(r"\s*(\d{1,2})\D", text.lines[lines[0] - 1])
    after = str(int(number[1]) + 1) if number else ""
    begins = re.compile(rf"\s*{after}(\s|$)" if after else r"\s*[\u4e00-\u9fff、]{2,}(?<!元)\s*(\|$|\s-?\d)")
    told = next((k for k, n in enumerate(lines) if re.search(r"\d", text.lines[n - 1])), len(lines))  # the first with a number
    for k, n in enumerate(lines):
        if (k and begins.match(text.lines[n - 1])) or (k > told > 0 and _NAME.fullmatch(text.lines[n - 1])):
            return lines[:k]
    return lines


def _pieces(text: Text, lines: list[int], first: int, mark: Mention) -> list[tuple[str, int, int]]:
    """Characters of a row with their places, a blank between lines where two numbers would meet; without the label."""
    chars: list[tuple[str, int, int]] = []
    for n in lines:
        # a bar between two numbers that only a blank keeps apart
        barred = re.sub(r"(?<=[\d%亿元])([ \t\u3000]+)(?=-?\s?\d)", lambda m: "|" * len(m[1]), text.lines[n - 1])
        line, places = plain(barred)
        skip = mark.end if n == first else 0
        if skip and (m := _TAIL.match(line[skip:])):
            skip += m.end()
        if chars and re.search(r"[\d%亿）]", chars[-1][0]) and re.match(r"[\d-]", line[skip:]):
            chars.append(("|", n, 0))
        chars += [(c, n, col) for c, col in zip(line[skip:], places[skip:], strict=True)]
    return chars


def _assigned(indicator: str, chars: list[tuple[str, int, int]], heads: list[Column], spare: int) -> list[Cell]:
    words = "".join(c for c, _, _ in chars)
    spans = [(m, kind) for m, kind in _found(words)]
    groups = sorted({column.group for column in heads})
    if len(spans) > len(heads) + spare:
        return []  # the head does not say what they are: said as not read
    merged = len(spans) == len(groups) < len(heads)
    placed: list[Cell] = []
    at = 0
    for k, (m, kind) in enumerate(spans):
        printed = m[0]
        if merged:
            options = [c for c in heads if c.group == groups[k]]
            column = next((c for c in options if _fits(printed, kind, c)), options[0])
            if kind in ("words", "none"):
                column = next((c for c in options if c.measure == "growth"), column)
        else:
            while at < len(heads) and not _fits(printed, kind, heads[at]):
                at += 1
            if at == len(heads):
                break
            column, at = heads[at], at + 1
            if kind == "words" and column.measure == "level":
                column = replace(column, measure="growth")
        if kind == "blank":
            continue
        _, line, start = chars[m.start()]
        same = [col for _, ln, col in chars[m.start() : m.end()] if ln == line]
        broken = {ln for _, ln, _ in chars[m.start() : m.end()]}
        note = f"table; cell broken over L{line} and L{max(broken)}" if len(broken) > 1 else "table"
        sure = 0.97 if len(spans) in (len(heads), len(groups)) else 0.93
        reasons = () if sure > 0.95 else ("the row has fewer cells than the head",)
        near = words[m.end() : m.end() + 14]
        comparable = bool(re.match(r"（[^）]*可比口径", near)) or any(
            c.comparable for c in placed if c.column.group == column.group
        )
        placed.append(Cell(indicator, line, start, str(same[-1] + 1), printed, column, note, sure, reasons, comparable))
    return placed


def _found(words: str) -> list[tuple[re.Match[str], str]]:
    """Cells in the words of a row: wordings first, then numbers, 无 and dashes."""
    taken: list[tuple[re.Match[str], str]] = []
    covered = [m.span() for m in re.finditer(r"（[^）]*）", words)]
    for form in (*(wording for wording, _ in wordings()), _WORDS, _SET_ABOVE, _CELL):
        for m in form.finditer(words):
            if all(m.end() <= a or m.start() >= b for a, b in covered):
                taken.append((m, str(m.lastgroup) if form is _CELL else "words"))
                covered.append(m.span())
    return sorted(taken, key=lambda item: item[0].start())


def _fits(printed: str, kind: str, column: Column) -> bool:
    if kind != "number" or not column.measure:
        return True
    growth = "%" in printed or printed.startswith("-")
    told = growth or re.search("[亿万元人户家个]", printed)
    return not told or column.measure == ("growth" if growth else "level")


def _row_of_cells(text: Text, number: int, indicator: str, heads: list[Column | None]) -> list[Cell]:
    row = text.lines[number - 1].split(CELL)
    names = re.search(r"（([^）]*[元%人户家个])）", plain(row[0])[0])
    unit = next(
        (plain(c)[0] for c in row[1:3] if re.fullmatch(r"亿元|万元|元|%|万?人|[户家个]|亿美元", plain(c)[0])),
        names[1] if names else "",
    )
    growth = re.search("增速|增长|增幅|涨幅", plain(row[0])[0]) is not None
    found, column_at = [], 0
    for k, raw in enumerate(row):
        start = column_at
        column_at += len(raw) + 1
        column = heads[k] if k < len(heads) else None
        words = plain(raw)[0]
        hit = next(iter(_found(words)), None)
        if column is None or hit is None or hit[1] == "blank":
            continue
        if growth and not column.measure:
            column = replace(column, measure="growth")
        if column.measure == "growth" and re.fullmatch("万?[人户家个]", unit) and "%" not in words:
            column = replace(column, measure="level", unit=unit)  # a merged cell: 1.9 of 万人 is no growth
        if column.measure != "growth" and (unit or not column.unit):  # the unit of the row is nearer than that of the head
            column = replace(column, unit=unit)
        shift = raw.find(raw.strip())
        sure, reasons = (0.96, ()) if column.told else (0.8, ("a column whose head is not known",))
        token_end = str(start + shift + min(20, len(raw.strip())))
        found.append(Cell(indicator, number, start + shift, token_end, hit[0][0], column, "table", sure, reasons))
    return found
