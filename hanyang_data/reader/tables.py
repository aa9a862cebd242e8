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
from hanyang_data.reader.lexicon import Mention, Patterns, mentions, rest, sector, whole_of, wordings
from hanyang_data.reader.numbers import Unsure
from hanyang_data.reader.passages import Passage, plain, printed
from hanyang_data.reader.texts import Text

FORM = Patterns(__name__)


@dataclass(frozen=True)
class Cell(Unsure):
    """A figure in a table: where it stands, its words, and the column it was put under."""

    indicator: str
    line: int
    start: int
    end: int
    words: str
    column: Column
    note: str = ""  # where it does not end on its line
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
        # a table of a cell a line, without a head of its own: 地区生产总值 and, on the next line, 19349.31
        mark, number = label(text.lines[n - 1]), plains[filled[k + 1]] if filled[k + 1 :] else ""
        stacked = mark is not None and mark.end == len(plains[n]) and re.fullmatch(r"-?\d+(\.\d+)?", number)
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


def _end(text: Text, plains: dict[int, str], lines: list[int]) -> int:
    """The last line of the table that begins with the first of ``lines``: prose ends it."""
    end = lines[0]
    for n in lines[1:]:
        line, mark = plains[n], label(text.lines[n - 1])
        prose = line[-1:] == "。" or (re.search("[。；，]", line) and not mark) or len(line) > 60
        if (prose and CELL not in text.lines[n - 1]) or re.match(r"(备注|注)：|[（(]?[一二三四五六七八九十]+[）)、]", line):
            break
        if not mark and n - end >= 14:
            break
        end = n if mark or len(line) < 30 else end
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
            # the columns as they are for a row whose name says growth or a unit itself: 地区生产总值增速（%）
            tail = FORM.tail.match(plain(text.lines[n - 1])[0], mark.end)
            growth, unit = (tail and tail["growth"]) or "", (tail and tail["unit"]) or ""
            measure = "growth" * bool(growth or "%" in unit)
            told = [c if c.measure else replace(c, measure=measure, unit=c.unit or unit) for c in heads]
            new = _assigned(mark.ids[0], rows, told, spare)
        found += [replace(cell, name=plain(text.lines[n - 1])[0][mark.start : mark.end]) for cell in new]
    return found


def _own_lines(text: Text, lines: list[int]) -> list[int]:
    """The lines of a row up to the number, or the name, of the next one, which may be no indicator."""
    number = re.match(r"\s*(\d{1,2})\D", text.lines[lines[0] - 1])
    after = str(int(number[1]) + 1) if number else ""
    begins = re.compile(rf"\s*{after}(\s|$)" if after else r"\s*[\u4e00-\u9fff、]{2,}(?<!元)\s*(\|$|\s-?\d)")
    told = next((k for k, n in enumerate(lines) if re.search(r"\d", text.lines[n - 1])), len(lines))  # the first with a number
    for k, n in enumerate(lines):
        if (k and begins.match(text.lines[n - 1])) or (k > told > 0 and FORM.name.fullmatch(text.lines[n - 1])):
            return lines[:k]
    return lines


def _pieces(text: Text, lines: list[int], first: int, mark: Mention) -> Passage:
    """The characters of a row, a bar between lines where two numbers would meet; without the label."""
    words, places = "", list[tuple[int, int]]()
    for n in lines:
        # a bar between two numbers that only a blank keeps apart
        barred = re.sub(r"(?<=[\d%亿元])([ \t\u3000]+)(?=-?\s?\d)", lambda m: "|" * len(m[1]), text.lines[n - 1])
        line, columns = plain(barred)
        skip = mark.end if n == first else 0
        if skip and (m := FORM.tail.match(line[skip:])):
            skip += m.end()
        bar = "|" if re.match(r"[\d%亿）]", words[-1:]) and re.match(r"[\d-]", line[skip:]) else ""
        words += bar + line[skip:]
        places += [(n, column) for column in [0] * len(bar) + columns[skip:]]
    return Passage(words, places)


def _assigned(indicator: str, row: Passage, heads: list[Column], spare: int) -> list[Cell]:
    spans = _found(row.text)
    groups = sorted({column.group for column in heads})
    if len(spans) > len(heads) + spare:
        return []  # the head does not say what they are: said as not read
    merged = len(spans) == len(groups) < len(heads)
    placed: list[Cell] = []
    at = 0
    for k, (m, kind) in enumerate(spans):
        if merged:
            options = [c for c in heads if c.group == groups[k]]
            column = next((c for c in options if _fits(m[0], kind, c)), options[0])
            if kind in ("words", "none"):
                column = next((c for c in options if c.measure == "growth"), column)
        else:
            while at < len(heads) and not _fits(m[0], kind, heads[at]):
                at += 1
            if at == len(heads):
                break
            column, at = heads[at], at + 1
            if kind == "words" and column.measure == "level":
                column = replace(column, measure="growth")
        if kind == "blank":
            continue
        line, start, end, note = printed(row.places[m.start() : m.end()])
        sure = 0.97 if len(spans) in (len(heads), len(groups)) else 0.93
        reasons = () if sure > 0.95 else ("the row has fewer cells than the head",)
        said = re.match(r"（[^）]*可比口径", row.text[m.end() : m.end() + 14])
        comparable = said is not None or any(c.comparable for c in placed if c.column.group == column.group)
        placed.append(Cell(indicator, line, start, end, m[0], column, note, comparable, sure=sure, reasons=reasons))
    return placed


def _found(words: str) -> list[tuple[re.Match[str], str]]:
    """Cells in the words of a row: wordings first, then numbers, 无 and dashes."""
    taken: list[tuple[re.Match[str], str]] = []
    covered = [m.span() for m in re.finditer(r"（[^）]*）", words)]
    for form in (*(wording for wording, _ in wordings()), FORM.words, FORM.set_above, FORM.cell):
        for m in form.finditer(words):
            if all(m.end() <= a or m.start() >= b for a, b in covered):
                taken.append((m, str(m.lastgroup) if form is FORM.cell else "words"))
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
    plains = [plain(cell)[0] for cell in row]
    units = [m[0] for said in plains[1:3] if (m := re.fullmatch(r"亿元|万元|元|%|万?人|[户家个]|亿美元", said))]
    unit = next(iter(units + re.findall(r"（([^）]*[元%人户家个])）", plains[0])), "")
    growth = re.search("增速|增长|增幅|涨幅", plains[0])
    found, behind = [], 0
    for raw, words, column in zip(row, plains, heads, strict=False):
        start, behind = behind, behind + len(raw) + 1
        hit = next(iter(_found(words)), None)
        if column is None or hit is None or hit[1] == "blank":
            continue
        if growth and not column.measure:
            column = replace(column, measure="growth")
        if column.measure == "growth" and re.fullmatch("万?[人户家个]", unit) and "%" not in words:
            column = replace(column, measure="level", unit=unit)  # a merged cell: 1.9 of 万人 is no growth
        if column.measure != "growth" and (unit or not column.unit):  # the unit of the row is nearer than that of the head
            column = replace(column, unit=unit)
        start += raw.find(raw.strip())
        sure, reasons = (0.96, ()) if column.told else (0.8, ("a column whose head is not known",))
        end = start + min(20, len(raw.strip()))
        found.append(Cell(indicator, number, start, end, hit[0][0], column, sure=sure, reasons=reasons))
    return found
