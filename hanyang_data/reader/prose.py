"""The grammar of a sentence: which indicator a number belongs to, and what it says of it.

A number takes the indicator named before it in its own clause; without one there it goes on with the subject of the clause
before (地区生产总值948亿元，增长7%). Words between that are not known to be harmless (``lexicon/words.csv``) make it less sure,
or another quantity (民间投资, 综保区进出口). Numbers in a row take the subjects in a row (分别增长6%、8.5%和7%).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from hanyang_data.reader import subjects
from hanyang_data.reader.contexts import Context
from hanyang_data.reader.lexicon import Patterns, rest, together, trait, wordings
from hanyang_data.reader.numbers import REACHED, Quantity, Unsure, groups, in_a_row, quantities
from hanyang_data.reader.places import Place
from hanyang_data.reader.subjects import FLOWS, NEW_ONES, NONE, Subject, named

FORM = Patterns(__name__)
REAL = "growth with prices taken out"


@dataclass(frozen=True)
class Found(Unsure):
    """A figure in a sentence, at the positions of the sentence; a wording has no ``quantity`` but a ``qualifier``."""

    indicator: str
    start: int
    end: int
    measure: str
    region: str
    lead: str
    quantity: Quantity | None = None
    qualifier: str = ""
    negative: bool = False
    aim: bool = False
    planned: bool = False  # the number of a plan beside what was reached
    origin: bool = False  # the first number of 从…提高到…
    last: bool = False  # 250亿元，年均增长10%: the level of the last of several years
    total: bool = False  # 累计 before it: the sum of the years that are spoken of, 年均 before a rate: its mean
    beside: bool = False  # foreign trade beside foreign capital, a sum where that is one


def figures(text: str, place: Place, context: Context) -> Iterator[Found]:
    """The figures of one sentence, in its order."""
    marks, subject, before = named(text), NONE, 0
    for group in groups(text, quantities(text)):
        first = group[0]
        lead = text[before : first.start]
        aside = (first.percent and FORM.aside.search(lead)) or FORM.base.search(lead)
        if subject.ids and (aside or (FORM.among.search(lead) and FORM.part.match(text, group[-1].end))):
            before = group[-1].end
            continue
        stock, new = subject, subjects.subject_of(text, before, first.start, marks, place, subject)
        if len(group) == 1 and (after := subjects.behind(text, before, first, marks, place)):
            if context.concept == "target" and not {*FLOWS.values()} & {*after.ids}:
                after = after.doubt(0.85, "what there is, or what is aimed at")
            yield from _figure(text, after, first, context, before, first.start)
            before = first.end
            continue
        names = any(m.start >= before and m.end <= first.start for m in marks)
        if not first.points or names:  # 高于全国0.3个百分点 is a remark, 城镇化率提高0.9个百分点 another subject
            subject = new
        if not subject.row and len(subject.ids) == len(group) == 2:
            subject = replace(subject, row=tuple((i,) for i in subject.ids))  # 城乡居民收入增长5.3%、7.7%
        if len(group) > 1 and before and not subject.row and not names and not rest(lead.rpartition("，")[2], "link"):
            subject = subjects.listed(text, before, first.start, len(group), marks, place)
        if subject.row and "人次" in text[subject.end : group[-1].end + 12]:  # 250万人、1200万人次: a number that is none
            subject = replace(subject, row=tuple(filter(None, subject.row)))
        elif names and subject.row and len(group) == 1 and re.match(r"[，；。（](?!\d)", text[first.end :]):  # 分别增长7%，
            ids = tuple(i for one in subject.row for i in one)
            subject = replace(subject, ids=ids, row=(), each=True).doubt(0.85, "one number for several indicators")
        row = subject.row if len(subject.row) == len(group) and any(subject.row) else ()
        kinds = [one.text.rstrip("以上左右内下")[-1:] for one in group]
        for k, (quantity, reason) in enumerate(in_a_row(group) if row else [(quantity, "") for quantity in group]):
            own = subject
            if row:
                own = replace(subject, ids=row[k], row=())
                own = own.doubt(0.85, reason) if reason else own
            elif subject.row:
                own = NONE
            elif k and subjects.FORM.share.search(text[before : first.start]):
                own = NONE  # 占生产总值的比重为13.2%、52.1%和34.7%
            elif kinds.count(kinds[k]) > 1:  # but not 4.1万余人、2.7亿余元
                own = subject.doubt(0.5, "several numbers for one indicator")
            start = before if row or k == 0 else group[k - 1].end
            yield from _figure(text, own, quantity, context, start, first.start if row else quantity.start)
        if NEW_ONES in subject.reasons and re.search("[新净]增$", lead):
            subject = stock.doubt(0.8, "growth of the stock, or of the new ones")
        before = group[-1].end


def _plain(words: str) -> str:
    """Words without what stands in brackets."""
    return re.sub(r"（[^（）]*）", "", words)


def _figure(text: str, subject: Subject, quantity: Quantity, context: Context, before: int, stop: int) -> Iterator[Found]:
    """The figure that a number is of its subject; none where it is a share, an increase or a part."""
    whole = quantity.text.startswith(REACHED) or subjects.FORM.ranked.search(text[before : quantity.start])
    part = FORM.part.match(text[quantity.end :]) and not whole
    if not subject.ids or quantity.points or part:
        return
    lead = text[max(before, subject.end) : stop]
    bare = _plain(lead)
    planned = bool(FORM.planned.search(bare)) and (text[quantity.end : quantity.end + 1] == "的" or "（" in bare)  # （计划5%）
    planned = planned or (FORM.handed if bare.endswith("下达的") else FORM.aim_behind).match(text, quantity.end) is not None
    if quantity.percent and FORM.of_gdp.search(bare) and len(subject.ids) == 1 and (share := trait(subject.ids[0]).share):
        yield Found(share, quantity.start, quantity.end, "level", subject.region, "", quantity, sure=subject.sure)
        return
    if (subjects.FORM.share.search(bare) and not planned) or (quantity.percent and FORM.not_yearly.search(text[:stop])):
        return
    after_rate = "%" in text[max(0, before - 3) : before]
    if FORM.stretch.fullmatch(bare) and subject.end < before and after_rate == quantity.percent:
        return  # 增长6%以上，力争6.5%: the target is the first number
    flow = not quantity.percent and re.search("(新增|净增)$", bare) is not None
    if flow:
        subject = replace(subject, ids=tuple(FLOWS.get(i, i) for i in subject.ids))
    reached = not after_rate and subject.end < before and re.fullmatch("[、，](?:达到?|增至|增加到|升至)", bare)
    if reached or re.search("总数|总量|累计达", bare):  # 净增市场主体3000家、达到3.3万家
        subject = replace(subject, ids=tuple({v: k for k, v in FLOWS.items()}.get(i, i) for i in subject.ids))
    aim = FORM.aim.search(re.split("[。；]", _plain(text[: stop + 1]))[-1][-41:]) or FORM.aims.search(text[:stop])
    for indicator in subject.ids if subject.row or subject.each or len(subject.ids) == 1 else together(subject.ids):
        indicator = (quantity.text.rstrip("以上左右内下").endswith("人") and trait(indicator).persons) or indicator
        measure = trait(indicator).percent if quantity.percent else "level"
        found = Found(
            indicator, quantity.start, quantity.end, measure, subject.region, lead, quantity, planned=planned, sure=subject.sure,
            negative=bool(FORM.fall.search(bare)) and measure == "growth" and indicator != "energy_intensity",
            aim=planned or (aim is not None and not FORM.really.search(text[:stop])), reasons=subject.reasons,
            last=bool(re.match("[，、](?:可比)?年均", text[quantity.end :]) or re.search("年均[^；。]*达到?$", text[:stop])),
            total=(FORM.mean if trait(indicator).percent == "level" else FORM.sum).search(text[: subject.end]) is not None,
            beside=indicator == "foreign_trade" and bare in ("", "完成", "实现") and FORM.capital.search(text) is not None,
            origin=bool(re.search(r"[从由](20\d\d年|“?十[一二三四]?五”?)?(末|底)?(的)?$", bare)),
        )  # fmt: skip
        if quantity.percent and re.search("实际(?:增长|下降)?$", bare):
            found = found.doubt(0.95, REAL)
        if "内资" in text[: subject.end][-4:]:
            found = found.doubt(0.85, "domestic funds, perhaps not all")
        if planned:
            found = found.doubt(0.6, "a target within an outturn")
            if re.search("低于|控制", bare + text[quantity.end : quantity.end + 4]) and not quantity.text.endswith("内"):
                found = replace(found, quantity=quantity._replace(text=f"不高于{quantity.text}"))
        reached_or_new = re.search("[至到为在]|率", bare) if quantity.percent else flow and indicator.startswith("new_")
        if quantity.percent and measure == "growth":
            named = text[: subject.end][-6:] + bare
            if not FORM.growth.search(named) and "-" not in quantity.text:
                if found.sure < 0.75 and not planned and not re.search("增[速幅]|(?:季度|年)（$", text[subject.end : stop]):
                    continue  # a ratio of something that was named in between
                found = found.doubt(0.9 if context.concept == "target" else 0.7, "no word of growth before the percentage")
        elif (FORM.growth if quantity.percent else FORM.up_by).search(bare) and not reached_or_new:
            continue
        yield found


def ratios(text: str, region: str) -> Iterator[Found]:
    """三次产业结构由4.4∶36.0∶59.6调整为2.4∶34.0∶63.6: the third number is the tertiary share, the first ratio that of before."""
    head, after = FORM.ratio_head.search(text), ""
    if head is None or re.search("民营|非公", text[: head.start()][-8:]):
        return
    last = head.end()
    for m in FORM.ratio.finditer(text, last):
        start, end = m.span("third")
        if re.search("贡献|拉动", text[last:start]):
            return
        last = end
        before = bool(m["turned"]) and not m["time"]
        quantity = Quantity(start, end, m["third"] + "%", False, True)
        yield Found("tertiary_share", start, end, "level", region, m["time"] or after, quantity, sure=0.95, origin=before)
        after = "结构" if m["turned"] else ""


def worded(text: str, place: Place) -> Iterator[Found]:
    """Wordings without a number directly behind an indicator."""
    marks = [mark for mark in named(text) if mark.ids]
    for k, mark in enumerate(marks):
        last = k  # 工业、投资、零售增速均高于全国: what is said of the last is said of all
        while marks[last + 1 :] and re.fullmatch("[、和与及]", text[marks[last].end : marks[last + 1].start]):
            last += 1
        clause = subjects.clause_at(text, mark.start)
        left, region = subjects.placed(text, clause, mark.start, place)
        if region is None or rest(left, "lead"):
            continue
        told = FORM.told.match(text, marks[last].end)  # 居民人均可支配收入超过4.5万元、增速与经济增长同步
        if (hit := _wording(text, told.end() if told else marks[last].end)) is None:
            continue
        start, end, qualifier, sure = hit
        for indicator in together(mark.ids) if text.startswith("城乡", mark.start) else mark.ids:
            if indicator == "gdp" and qualifier == "in_step_with_gdp":
                continue
            measure = "level" if trait(indicator).percent == "level" else "growth"
            sure = min(sure, 0.89) if last > k else sure
            reasons = () if sure == 1 else ("a wording for several things together",)
            aim = bool(FORM.aim.search(text[:start][-40:]))
            yield Found(indicator, start, end, measure, region, "", None, qualifier, sure=sure, reasons=reasons, aim=aim)


def _wording(text: str, start: int) -> tuple[int, int, str, float] | None:
    """Start, end and qualifier of the wording that begins at ``start``, after harmless words or 和…排放量."""
    joined = re.match(r"[、和及与][^，。；：\d]{2,16}?(?=(?:完成|达到|控制在)(?:[国省市上]|自治区))", text[start:])
    for offset, sure in ((0, 1.0), (joined.end(), 0.95) if joined else (0, 1.0)):
        at = start + offset
        for _ in range(8):
            for wording, qualifier in wordings():
                m = wording.match(text, at)
                if m and m.end() > at and not re.match(r"[\d.]+(万?元|个?百分点)", text[m.end() :]):  # 高于全市平均水平6559元
                    return at, m.end(), qualifier, sure if qualifier != "none" else min(sure, 0.95)
            if not (step := FORM.step.match(text, at)):
                break
            at = step.end()
    return None
