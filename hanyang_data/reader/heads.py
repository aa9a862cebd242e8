"""Heads of tables: what year, concept, vintage, measure and unit the figures of a column have."""

import re
from dataclasses import dataclass, replace

from hanyang_data.reader.documents import Document
from hanyang_data.reader.layout import CELL
from hanyang_data.reader.lexicon import Patterns
from hanyang_data.reader.passages import plain
from hanyang_data.reader.texts import Text

FORM = Patterns(__name__)


@dataclass(frozen=True)
class Column:
    """What the head says of a column: ``measure`` and ``unit`` may be left open."""

    year: int
    concept: str
    vintage: str = ""
    measure: str = ""
    unit: str = ""
    group: int = 0
    told: bool = True  # whether the head says at least one of these
    head: str = ""  # its words


def columns(head: str, doc: Document) -> list[Column]:
    """The columns that the words of a head name: groups, each with total and growth where the head says so."""
    groups = []
    for k, m in enumerate(FORM.group.finditer(head)):
        words = (m["year"] or "") + m["what"] + (m["mark"] or "")
        target = bool(re.search("计划|目标|预期", m["what"])) and not re.search("完成|执行|实绩", m["what"])
        year = int(m["year"][:4]) if m["year"] else doc.review
        vintage = "revised" if target and FORM.later.search(words) else "original" if target else ""
        groups.append(Column(year, "target" if target else "outturn", vintage, group=k, head=FORM.names.sub("", m[0])))
    subs = [m for m in FORM.sub.finditer(head) if m[0] != "实绩" or not re.search("总量|绝对|数值", head)]
    pairs = [(m, re.match(r"（([^）]*)）", head[m.end() :])) for m in subs]
    share = 2 if len(subs) % 2 == 0 and all(bool(m[1]) == (k % 2 == 0) for k, m in enumerate(subs)) else 1
    count = min(len(groups), len(subs) // share)
    if not groups and subs:
        groups, count, share = [Column(doc.review, "outturn")], 1, len(subs)
    made = groups[: len(groups) - count]
    for k, group in enumerate(groups[len(groups) - count :] if count else []):
        for m, unit in pairs[k * share : (k + 1) * share]:
            measure = "level" if m[1] else "growth"
            named = replace(group, head=f"{group.head} {m[0]}".strip())
            made.append(replace(named, measure=measure, unit=unit[1] if unit else ""))
    return made


def by_cells(text: Text, head_lines: list[int], doc: Document) -> list[Column | None]:
    """A column for each cell of the head, or none for those that hold names and units."""
    rows = [text.lines[n - 1].split(CELL) for n in head_lines if CELL in text.lines[n - 1]]
    rows = [row for row in rows if sum(bool(cell.strip()) for cell in row) > 1]  # neither captions nor empty ones
    for row in rows[:-1]:  # a merged cell stands above the cells to its right too
        row[:] = [next((c for c in row[k::-1] if c.strip()), "") for k in range(len(row))]
    width = max((len(row) for row in rows), default=0)
    made: list[Column | None] = []
    for k in range(width):
        parts = [plain(row[k])[0] for row in rows if k < len(row)]
        words = "".join(dict.fromkeys(parts))
        if k == 0 or FORM.no_figure.fullmatch(words):
            made.append(None)
            continue
        group, sub = next(iter(columns(words, doc)), None), FORM.sub.search(words)
        unit, year = re.search(r"（([^）]*[元%人户家个])）", words), re.search(r"((?:19|20)\d\d)年?", words)
        base = group or Column(doc.review, "outturn", told=bool(sub or unit or year))
        measure = base.measure if sub is None else "growth" if sub[2] else "level"
        base = replace(base, year=int(year[1]) if year else base.year, head=" ".join(filter(None, dict.fromkeys(parts))))
        made.append(replace(base, measure=measure, unit=unit[1] if unit else "", group=k))
    return made
