"""The grammar of a sentence: which indicator a number belongs to, and what it says of it.

A number takes the indicator named before it in its own clause; without one there it goes on with the subject of the clause
before (地区生产总值948亿元，增长7%). Words between that are not known to be harmless (``lexicon/words.csv``) make it less sure,
or another quantity (民间投资, 综保区进出口). Numbers in a row take the subjects in a row (分别增长6%、8.5%和7%).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

from hanyang_data.reader.contexts import Context
from hanyang_data.reader.lexicon import Mention, mentions, rest, together, trait
from hanyang_data.reader.lexicon import around as pattern_of
from hanyang_data.reader.numbers import Quantity, quantities

BOUNDARY = "，；：。、（）！？"
_SHARE = re.compile(
    r"(?<!增长)(?<!失业)率(?:提升|提高|达|为|至|到)*$|占|比重|贡献|日均|月均|每[人户万亩]|拉动|完成率|投资率|(?:完成|达到|实现)(?:年度?)?(?:计划|目标|任务|预算)的?$|的$"
)
_UP_BY = re.compile(r"(?:增加|增长|新增|减少|增量(?:达|为)?|净增|多增|增收|减收|提高|下降|降低)(?:了|约|近|超|逾)?$")
_FALL = re.compile(r"下降|减少|降低|回落|下滑|负增长|降幅|缩减|萎缩")
_GROWTH = re.compile(r"增长|增幅|增速|涨幅|上涨|上升|下降|提高|提升|降低|减少|回落|下滑|增$|[+-]$|降幅")
_PART = re.compile(
    r"元?[一二三四五两\d]个?大?(?:台阶|关口)|级|项目|企业|工程|园区|以上的?(?:项目|企业|产业)|的?(?:项目|企业|基金|产业|县|市|区|镇|街)|贷款|专项|资金支持"
)
_OF_BUDGET = re.compile(r"[，、](?:为|占|完成|达到|相当于|是)?(?:年初|年度|全年|调整)*(?:预算|计划|目标|任务)数?的$")
_PLANNED = re.compile(r"(?:年度?|年初|全年|预算|进度)?(?:计划|目标|任务|预算)(?:为|是|数|的)?$")
AIM = re.compile(r"力争|确保|预期目标|主要目标|目标[为是：]|争取|努力实现|计划(?:完成|实现|增长)")
_HELD = re.compile(r"[与和同比于赢过]$")


@dataclass(frozen=True)
class Subject:
    """The indicators a clause is about; none of an unknown subject. ``end`` is where its name ends in the sentence."""

    ids: tuple[str, ...]
    region: str = ""
    sure: float = 1.0
    reasons: tuple[str, ...] = ()
    end: int = 0
    row: tuple[tuple[str, ...], ...] = ()  # of subjects in a row, those of each

    def doubt(self, factor: float, reason: str) -> Subject:
        """Less sure, and why."""
        return replace(self, sure=self.sure * factor, reasons=(*self.reasons, reason))


NONE = Subject(())
FLOWS = {"high_tech_firms": "new_high_tech_firms", "market_entities": "new_market_entities"}


@dataclass(frozen=True)
class Found:
    """A figure in a sentence: positions are those of the sentence; ``quantity`` is None for a wording, then ``qualifier`` tells."""

    indicator: str
    start: int
    end: int
    measure: str
    region: str
    lead: str
    quantity: Quantity | None = None
    qualifier: str = ""
    negative: bool = False
    sure: float = 1.0
    reasons: tuple[str, ...] = ()
    aim: bool = False
    origin: bool = False  # the first number of 从…提高到…

    def doubt(self, factor: float, reason: str) -> Found:
        """Less sure, and why."""
        return replace(self, sure=self.sure * factor, reasons=(*self.reasons, reason))


Place = Callable[
    [str], tuple[str, str | None]
]  # words before an indicator → what is left of them, region (None: not in scope)


def figures(text: str, place: Place, context: Context) -> Iterator[Found]:
    """The figures of one sentence, in its order."""
    marks = named(text)
    yield from _numbers(text, marks, place, context)


def named(text: str) -> list[Mention]:
    """The indicators that a sentence names; 经济增长 in 与经济增长同步 is none."""
    return [
        m
        for m in mentions(text)
        if not (m.ids == ("gdp",) and "经济增" in text[m.start : m.end] and _HELD.search(text[: m.start]))
    ]


def _numbers(text: str, marks: list[Mention], place: Place, context: Context) -> Iterator[Found]:
    subject, before = NONE, 0
    for group in _groups(text, quantities(text)):
        first = group[0]
        if first.percent and subject.ids and _OF_BUDGET.search(text[before : first.start]):
            before = group[-1].end  # 为预算的96.8%: a share of the same thing, which stays the subject
            continue
        new = _subject(text, before, first.start, marks, place, subject)
        if len(group) == 1 and (behind := _behind(text, before, first, marks, place)):
            yield from _figure(text, behind, first, context, before)
            before = first.end
            continue
        if not first.points:
            subject = new
        if not subject.row and len(subject.ids) == len(group) == 2 and together(subject.ids) != subject.ids:
            subject = replace(subject, row=tuple((i,) for i in subject.ids))  # 城乡居民收入增长5.3%、7.7%
        row = subject.row if len(subject.row) == len(group) and any(subject.row) else ()
        for k, quantity in enumerate(group):
            own = subject
            if row:
                own = replace(subject, ids=row[k], row=())
                last = group[-1].text
                if (
                    k < len(group) - 1
                    and last.endswith(("以上", "左右"))
                    and not quantity.text.endswith(("以上", "左右"))
                ):
                    quantity = quantity._replace(text=quantity.text + last[-2:])
                    own = own.doubt(0.85, f"{last[-2:]} read for all numbers in the row")
            elif subject.row:
                own = NONE
            elif k and quantity.percent == first.percent:
                own = subject.doubt(0.5, "several numbers for one indicator")
            start = before if k == 0 else group[k - 1].end
            lead_from = before if row else start
            yield from _figure(
                text, own, quantity, context, lead_from if row else start, first.start if row else quantity.start
            )
        before = group[-1].end


def _groups(text: str, found: list[Quantity]) -> list[list[Quantity]]:
    """Numbers that follow each other with nothing but 、 or 和 between."""
    groups: list[list[Quantity]] = []
    for quantity in found:
        if groups and re.fullmatch(r"[、和与及]+", text[groups[-1][-1].end : quantity.start]):
            groups[-1].append(quantity)
        else:
            groups.append([quantity])
    return groups


def _subject(text: str, before: int, end: int, marks: list[Mention], place: Place, old: Subject) -> Subject:
    """The subject of the number at ``end``; ``before`` is where the number before it ends, ``old`` was its subject."""
    segment = text[before:end]
    if "；" in segment or "。" in segment:
        old = NONE
        before += max(segment.rfind("；"), segment.rfind("。")) + 1
    row = _row(text, before, end, marks, place)
    if row is not None:
        return row
    clause = before + max((text[before:end].rfind(c) for c in BOUNDARY), default=-1) + 1
    inside = [m for m in marks if m.start >= before and m.end <= end and m.end >= clause]
    if inside:
        return _named(text, min(clause, inside[-1].start), end, inside[-1], place)
    if rest(text[clause:end], "link"):
        return NONE
    return _inherited(text, before, clause, marks, place, old)


def _named(text: str, clause: int, end: int, mark: Mention, place: Place) -> Subject:
    """The indicator named in the clause of the number, if nothing beside it makes it another quantity."""
    if not mark.ids:
        return NONE
    left, region = place(text[clause : mark.start])
    left = rest(left, "lead")
    if region is None:
        return NONE
    subject = Subject(_flow(text, clause, mark), region, end=mark.end)
    if left:
        if not re.search(r"(下|后|中|来|时)$", left):
            return NONE
        subject = subject.doubt(0.8, f"“{left[-8:]}” before the indicator")
    between = rest(text[mark.end : end], "link")
    if between:
        inner = re.sub(r"（[^（）]*）?", "", between)
        if len(inner) > 8 or _SHARE.search(between) or mentions(between):
            return NONE
        if inner:
            subject = subject.doubt(0.6, f"“{inner}” between indicator and number")
    return subject


def _flow(text: str, clause: int, mark: Mention) -> tuple[str, ...]:
    """新增…、高新技术企业50家: what is new, where the verb stands at the beginning of the list."""
    start = max((text[:clause].rfind(c) for c in "，；。："), default=-1) + 1
    if re.search(r"新增|净增|培育|新认定|引进", text[start : mark.start]) and text[mark.end - 1] not in "数量":
        return tuple(FLOWS.get(i, i) for i in mark.ids)
    return mark.ids


def _inherited(text: str, before: int, clause: int, marks: list[Mention], place: Place, old: Subject) -> Subject:
    """The subject of the clauses before, for a clause that names none."""
    unknown = ""
    start = clause
    while start > before:
        stop = start - 1
        start = before + max((text[before:stop].rfind(c) for c in BOUNDARY), default=-1) + 1
        part = text[start:stop]
        here = [m for m in marks if m.start >= start and m.end <= stop]
        if here:
            subject = _named(text, start, here[-1].end, here[-1], place)
            behind = text[here[-1].end : stop]
            if subject.ids and (not rest(behind, "link") or pattern_of("comment").fullmatch(behind)):
                return subject
            if subject.ids:
                return subject.doubt(0.7, "the indicator stands a clause before the number")
            return NONE
        if rest(part, "link") and not pattern_of("comment").fullmatch(part):
            unknown = unknown or part
    if unknown and old.ids:
        return old.doubt(0.7, f"“{unknown[-10:]}” between the figures")
    return old


def _row(text: str, before: int, end: int, marks: list[Mention], place: Place) -> Subject | None:
    """Subjects in a row, where 分别 or 均 stands before the number: 收入、零售、投资分别增长."""
    clause = before + max((text[before:end].rfind(c) for c in "，；：。（"), default=-1) + 1
    word = re.search(r"(分别|(?<![人平年月日户])均|(?<![首成])都)", text[clause:end])
    if word is None:
        return None
    stop = clause + word.start()
    named = [m for m in marks if m.start >= clause and m.end <= stop]
    tail = rest(text[clause + word.end() : end], "link")
    if not named:
        return NONE if rest(text[clause:stop], "link") else None
    if tail and len(tail) > 6:
        return NONE
    left, region = place(text[clause : named[0].start])
    if region is None or (rest(left, "lead") and not re.search("[、和与及]", left)):
        return NONE
    if len(named) == 1 and len(named[0].ids) > 1:
        after = rest(text[named[0].end : stop], "link")
        return Subject(named[0].ids, region, end=stop, row=tuple((i,) for i in named[0].ids)) if not after else NONE
    items, last = [], clause
    for cut in [*re.finditer(r"[、和与及]", text[clause:stop]), None]:
        at = clause + cut.start() if cut else stop
        if cut and any(m.start < at < m.end for m in named):
            continue
        inside = [m for m in named if m.start >= last and m.end <= at]
        clean = (
            inside
            and not rest(place(text[last : inside[-1].start])[0], "lead")
            and not rest(text[inside[-1].end : at], "link")
        )
        items.append(inside[-1].ids[:1] if clean else ())
        last = at + 1
    if word[1] == "分别":
        return Subject((), region, end=stop, row=tuple(items))
    ids = tuple(i for item in items for i in item)
    return Subject(ids, region, 0.9, ("one number for several indicators",), end=stop)


def _behind(text: str, before: int, quantity: Quantity, marks: list[Mention], place: Place) -> Subject | None:
    """The indicator that follows its number: 286家高新技术企业, 新增5栋亿元税收楼宇."""
    mark = next((m for m in marks if m.start == quantity.end and m.ids), None)
    if (
        mark is None
        or quantity.percent
        or not re.search(r"[家户个栋人所场项]", quantity.text)
        or text[mark.end : mark.end + 1] in "的总"
    ):
        return None
    clause = before + max((text[before : quantity.start].rfind(c) for c in BOUNDARY), default=-1) + 1
    left, region = place(text[clause : quantity.start])
    flow = re.search(r"新增|净增|培育|新认定", left)
    left = rest(re.sub(r"新增|净增|培育|新认定|净", "", left), "lead")
    if region is None or left:
        return None
    ids = tuple(FLOWS.get(i, i) if flow else i for i in mark.ids)
    return Subject(ids, region, end=quantity.start)


def _figure(
    text: str, subject: Subject, quantity: Quantity, context: Context, before: int, start: int | None = None
) -> Iterator[Found]:
    """The figure that a number is of its subject; none where it is a share, an increase or a part."""
    if not subject.ids or quantity.points or _PART.match(text[quantity.end :]):
        return
    stop = quantity.start if start is None else start
    lead = text[max(before, subject.end) if subject.end <= stop else before : stop]
    if subject.end > stop:
        lead = ""
    bare = re.sub(r"（[^（）]*）", "", lead)
    planned = bool(_PLANNED.search(bare)) and text[quantity.end : quantity.end + 1] == "的"
    if _SHARE.search(bare) and not planned:
        return
    if re.fullmatch(r"[，、]?(并|努力)*(力争|争取|冲刺)(达到|增长|突破)?", bare) and subject.end < before:
        return  # 增长6%以上，力争6.5%: the target is the first number
    if re.search("总数|总量|累计达", bare):
        subject = replace(subject, ids=tuple({v: k for k, v in FLOWS.items()}.get(i, i) for i in subject.ids))
    for indicator in subject.ids if subject.row or len(subject.ids) == 1 else together(subject.ids):
        sure, reasons = subject.sure, subject.reasons
        measure = trait(indicator).percent if quantity.percent else "level"
        found = Found(
            indicator, quantity.start, quantity.end, measure, subject.region, lead, quantity, sure=sure, reasons=reasons,
            negative=bool(_FALL.search(bare)) and measure == "growth" and indicator != "energy_intensity",
            aim=bool(AIM.search(text[:stop].rpartition("。")[2][-40:])) or planned,
            origin=bool(re.search(r"[从由](20\d\d年)?(末|底)?(的)?$", bare)),
        )  # fmt: skip
        if planned:
            found = found.doubt(0.6, "a target within an outturn")
        if quantity.percent and measure == "growth":
            named = text[: subject.end][-6:] + bare
            if not _GROWTH.search(named) and "-" not in quantity.text:
                found = found.doubt(
                    0.9 if context.concept == "target" else 0.7, "no word of growth before the percentage"
                )
        elif (quantity.percent and _GROWTH.search(bare) and not re.search(r"[至到为在]|率", bare)) or (
            not quantity.percent and _UP_BY.search(bare)
        ):
            continue
        yield found
