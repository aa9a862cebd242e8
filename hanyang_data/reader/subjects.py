"""What a number is about: the indicator in its clause, the one it goes on with, or those in a row before 分别."""

import re
from dataclasses import dataclass, replace

from hanyang_data.reader.lexicon import Mention, Patterns, around, mentions, rest, sector, whole_of
from hanyang_data.reader.numbers import Quantity, Unsure
from hanyang_data.reader.places import Place

FORM = Patterns(__name__)
BOUNDARY = "，；：。、（）！？"
_FIRMS = ("industrial_value_added",)
NEAR = 40  # characters behind the firms in which a value added without a name is theirs


@dataclass(frozen=True)
class Subject(Unsure):
    """The indicators a clause is about; none of an unknown subject. ``end`` is where its name ends in the sentence."""

    ids: tuple[str, ...]
    region: str = ""
    end: int = 0
    row: tuple[tuple[str, ...], ...] = ()  # of subjects in a row, those of each
    each: bool = False  # 均: the number is that of each of the indicators


NONE, NEW_ONES = Subject(()), "new ones of the stock before"
FLOWS = {"high_tech_firms": "new_high_tech_firms", "market_entities": "new_market_entities"}


def clause_at(text: str, end: int, start: int = 0, among: str = BOUNDARY) -> int:
    """Where the clause that goes on to ``end`` begins, not before ``start``.

    >>> clause_at("全年工业向好，生产总值增长", 9)
    7
    """
    return max(start, *(text.rfind(mark, start, end) + 1 for mark in among))


def named(text: str) -> list[Mention]:
    """The indicators that a sentence names; 经济增长 in 与经济增长同步 is none, nor is 生产总值 in 占生产总值的比重.

    第二产业 behind GDP is its value added, as long as nothing else is named between.
    """
    said = ((m, f"{text[: m.start]}\n{text[m.start : m.end]}") for m in mentions(text))
    marks = [m for m, words in said if m.ids != ("gdp",) or not FORM.no_gdp.search(words)]
    marks += [Mention(*m.span("name"), ("investment_attraction_paid_in",)) for m in FORM.paid_in.finditer(text)]
    if firms := FORM.of_firms.search(text):  # 规模以上工业企业36家，实现增加值
        at, near = firms.end(), range(firms.end(), firms.end() + NEAR)
        marks += [Mention(m.end(), m.end() + 3, _FIRMS) for m in FORM.bare.finditer(text, at) if m.end() in near]
        own = ["工业" in firms[0] and m.start in near and text[m.start : m.end] == "工业增加值" for m in marks]
        marks = sorted(m._replace(ids=_FIRMS) if theirs else m for m, theirs in zip(marks, own, strict=True))
    marks.sort()
    # of GDP, which the sentence before told
    parts, whole = re.match("(?:其中|分产业看)：?，?(?=第一产业(?:完成|实现)[^，。；]*元)", text), ("gdp",)
    for clause in re.finditer("[，；、。：](?:其中[，：]?)?", text):
        at = clause.end()
        earlier = [whole if m.ids == _FIRMS else m.ids for m in marks if m.end <= at] or [whole for _ in [parts] if parts]
        part = sector(text[at:], whole_of(earlier[-1][0])) if earlier and len(earlier[-1]) == 1 else None
        if part and not any(m.start < at + part.end and at < m.end for m in marks):
            marks = sorted([*marks, Mention(at + part.start, at + part.end, part.ids)])
    return marks


def subject_of(text: str, before: int, end: int, marks: list[Mention], place: Place, old: Subject) -> Subject:
    """The subject of the number at ``end``; ``before`` is where the number before it ends, ``old`` was its subject."""
    segment = text[before:end]
    if re.search("[；。](?!增速|增幅|与(?:19|20)|两年平均)", segment):
        old = NONE
        before += max(segment.rfind("；"), segment.rfind("。")) + 1
    row = _row(text, before, end, marks, place)
    if row is not None:
        return row
    clause = clause_at(text, end, before)
    inside = [m for m in marks if m.start >= before and m.end <= end and m.end >= clause]
    if inside:
        return _named(text, min(clause, inside[-1].start), end, inside[-1], place)
    if FORM.new.fullmatch(text[clause:end]):
        stock = _inherited(text, before, clause, marks, place, old)
        flows = tuple(FLOWS[i] for i in stock.ids if i in FLOWS)
        return replace(stock, ids=flows).doubt(0.9, NEW_ONES) if flows else stock
    funded = old.ids == ("fixed_asset_investment",) and re.fullmatch("(五年)?累计完成投资", text[clause:end])
    if rest(text[clause:end], "link") and not funded:
        return NONE
    return _inherited(text, before, clause, marks, place, old)


def _named(text: str, clause: int, end: int, mark: Mention, place: Place) -> Subject:
    """The indicator named in the clause of the number, if nothing beside it makes it another quantity."""
    if not mark.ids or FORM.counted.search(text[: mark.start]):
        return NONE
    if (dash := text.rfind("——", clause, mark.start)) >= 0:  # 主要目标——生产总值
        clause = dash + 2
    left, region = placed(text, clause, mark.start, place)
    if region is None:
        return NONE
    left = rest(left, "lead")
    each = len(mark.ids) > 1 and not text.startswith("城乡", mark.start)  # 城镇和农村居民收入增长9%
    subject = Subject(_flow(text, clause, mark), region, end=mark.end, each=each)
    if left:
        if not re.search(r"(下|后|中|来|时)$", left):
            return NONE
        subject = subject.doubt(0.8, f"“{left[-8:]}” before the indicator")
    between = rest(text[mark.end : end], "link")
    if between:
        inner = re.sub(r"（[^（）]*）?", "", between)
        if len(inner) > 8 or FORM.share.search(between) or mentions(between):
            return NONE
        if inner:
            subject = subject.doubt(0.6, f"“{inner}” between indicator and number")
    return subject


def placed(text: str, clause: int, end: int, place: Place) -> tuple[str, str | None]:
    """What is left of the words before an indicator without the place they name, and its region.

    None where the sentence began with a wider area, whose total follows: 经济圈建设走深走实，经济总量超9万亿元.
    """
    left, region = place(FORM.ranked.sub("", text[clause:end]))
    start = clause_at(text, clause, among="。；：")
    wider = FORM.park.match(text) or (start < clause and around("area").match(text[start:clause]))
    return left, None if wider and left == text[clause:end] else region


def _flow(text: str, clause: int, mark: Mention) -> tuple[str, ...]:
    """新增…、高新技术企业50家: what is new, where the verb stands at the beginning of the list."""
    lead = re.split("[，；。：]", re.sub("[，；]其中，?", "、", text[:clause]))[-1] + text[clause : mark.start]
    if re.search(r"新增|净增|培育|认定|获批|引进", lead) and text[mark.end - 1] not in "数量":
        return tuple(FLOWS.get(i, i) for i in mark.ids)
    return mark.ids


def _inherited(text: str, before: int, clause: int, marks: list[Mention], place: Place, old: Subject) -> Subject:
    """The subject of the clauses before, for a clause that names none."""
    unknown, start = "", clause
    text = re.sub("（[^（）]*）", lambda aside: "，" * len(aside[0]), text[:clause]) + text[clause:]
    while start > before:
        stop = start - 1
        start = clause_at(text, stop, before)
        part = text[start:stop]
        here = [m for m in marks if m.end > start and before <= m.start and m.end <= stop]
        if here:
            begin = clause_at(text, here[-1].start, before)
            subject = _named(text, begin, here[-1].end, here[-1], place)
            behind = text[here[-1].end : stop]
            if subject.ids and (not rest(behind, "link") or around("comment").fullmatch(behind)):
                return subject
            if subject.ids:
                return subject.doubt(0.7, "the indicator stands a clause before the number")
            return NONE
        if rest(part, "link") and not around("comment").fullmatch(part):
            unknown = unknown or part
    if unknown and old.ids:
        return old.doubt(0.7, f"“{unknown[-10:]}” between the figures")
    return old


def _row(text: str, before: int, end: int, marks: list[Mention], place: Place) -> Subject | None:
    """Subjects in a row, where 分别 or 均 stands before the number: 收入、零售、投资分别增长."""
    text = re.sub("（[^（）]*）", lambda aside: "-" * len(aside[0]), text)  # 生产总值（预计，下同）、财政收入分别
    at = clause = clause_at(text, end, before, "，；：。（")
    word = re.search(r"(分别|(?<![人平年月日户])均(?!值)|(?<![首成])都)", text[clause:end])
    if word is None:
        return None
    stop = clause + word.start()
    named = [m for m in marks if m.start >= clause and m.end <= stop]
    free = not named and clause > before and not rest(text[clause:stop], "link")
    if free and (above := _listed_above(text, before, clause, marks)):
        clause, stop, named = above[0].start, above[-1].end, above
        clause = clause_at(text, clause, before, BOUNDARY.replace("、", ""))
    tail = rest(text[at + word.end() : end], "link")
    if not named:
        return NONE if rest(text[clause:stop], "link") else None
    if tail and len(tail) > 6:
        return NONE
    left, region = placed(text, clause, named[0].start, place)
    if region is None or (rest(left, "lead") and not re.search("[、和与及]", left)):
        return NONE
    if len(named) == 1 and len(named[0].ids) > 1 and word[1] == "分别":
        after = rest(text[named[0].end : stop], "link")
        row = tuple((i,) for i in named[0].ids)
        return NONE if after else Subject(named[0].ids, region, end=named[0].end, row=row)
    items, last = [], clause
    for cut in [*re.finditer(r"以及|[、和与及]", text[clause:stop]), None]:
        at = clause + cut.start() if cut else stop
        if cut and any(m.start < at < m.end for m in named):
            continue
        inside = [m for m in named if m.start >= last and m.end <= at]
        before_it = inside and rest(place(text[last : inside[-1].start])[0], "lead")
        clean = inside and not before_it and not rest(text[inside[-1].end : at], "link")
        items.append(inside[-1].ids[: 1 if word[1] == "分别" else None] if clean else ())
        last = clause + cut.end() if cut else at
    if word[1] == "分别":
        return Subject((), region, end=named[-1].end, row=tuple(items))
    ids = tuple(i for item in items for i in item)
    return Subject(ids, region, end=stop, each=True).doubt(0.9, "one number for several indicators")


def _listed_above(text: str, before: int, clause: int, marks: list[Mention]) -> list[Mention]:
    """The indicators of the clause before 分别, where it says nothing else of them: 收入以及纯收入持续增长，分别达到."""
    start = clause_at(text, clause - 1, before, "，；：。（")
    named = [m for m in marks if m.start >= start and m.end < clause]
    plain = named and re.search("[、和与及]", text[start : named[-1].start]) and not re.search(r"\d", text[start:clause])
    return named if plain and around("comment").fullmatch(text[named[-1].end : clause - 1]) else []


def listed(text: str, before: int, start: int, count: int, marks: list[Mention], place: Place) -> Subject:
    """The subjects of the list before, each with a number of its own: 游客5亿人次、旅游总收入6100亿元，分别增长11%、13.2%."""
    clause = clause_at(text, start, among="，；：。（") - 1
    if clause <= 0 or count < 2:
        return NONE
    for among, commas in (("，；：。（", "[、和及]"), ("；。：", "[，、]")):
        first = clause_at(text, clause, among=among)
        parts = _parts(text, first, clause, commas, marks, place)
        if len(parts) == count:
            region = next((p.region for p in parts if p.ids), "")
            row = tuple(p.ids[:1] for p in parts)
            return Subject((), region, end=before, row=row).doubt(0.95, "numbers of the list before")
    return NONE


def _parts(text: str, first: int, last: int, commas: str, marks: list[Mention], place: Place) -> list[Subject]:
    """The subjects of the parts of a list that have a number."""
    parts, at = [], first
    for cut in [*re.finditer(commas, text[first:last]), None]:
        end = first + cut.start() if cut else last
        if re.search(r"\d(?!\d*年)", text[at:end]):
            inside = [m for m in marks if m.start >= at and m.end <= end]
            parts.append(_named(text, at, inside[-1].end, inside[-1], place) if inside else NONE)
        at = end + 1
    return parts


def behind(text: str, before: int, quantity: Quantity, marks: list[Mention], place: Place) -> Subject | None:
    """The indicator that follows its number: 286家高新技术企业, 新增5栋亿元税收楼宇."""
    mark = next((m for m in marks if m.start == quantity.end and m.ids), None)
    counted = re.search(r"[家户个栋人所场项]", quantity.text) and not quantity.percent
    stock = re.search("拥有[^，；。]*$", text[: quantity.start])
    if mark is None or not counted or not (stock or text[mark.end : mark.end + 1] in f"{BOUNDARY}和与及“”"):
        return None  # 为6.6万户经营主体重塑信用 counts some of them
    clause = clause_at(text, quantity.start, before)
    left, region = place(text[clause : quantity.start])
    flow = re.search(r"新增|净增|培育|新认定", re.split("[，；。：]", text[: quantity.start])[-1])
    left = rest(re.sub(r"新增|净增|培育|新认定|净", "", left), "lead")
    if region is None or left:
        return None
    ids = tuple(FLOWS.get(i, i) if flow else i for i in mark.ids)
    return Subject(ids, region, end=quantity.start)
