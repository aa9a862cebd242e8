"""What a sentence says of an indicator without a number (与经济增长同步, 完成省下达任务), and shares printed as a ratio."""

from __future__ import annotations

import re
from collections.abc import Iterator

from hanyang_data.reader.lexicon import pattern, rest, together, trait, wordings
from hanyang_data.reader.numbers import Quantity
from hanyang_data.reader.places import Place
from hanyang_data.reader.prose import AIM, Found
from hanyang_data.reader.subjects import BOUNDARY, named, wider

_RATIO, _RATIO_HEAD = pattern("phrases.ratio"), pattern("phrases.ratio_head")
_TOLD = re.compile(r"[^，。；、\d]{0,6}[\d.]+万?亿?元[，、](?=(?:增速|增幅|增长)与)")


def ratios(text: str, region: str) -> Iterator[Found]:
    """三次产业结构由4.4∶36.0∶59.6调整为2.4∶34.0∶63.6: the third number is the tertiary share, the first ratio that of before."""
    head, after = _RATIO_HEAD.search(text), ""
    if head is None or re.search("民营|非公", text[: head.start()][-8:]):
        return
    last = head.end()
    for m in _RATIO.finditer(text, last):
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
        clause = max((text[: mark.start].rfind(c) for c in BOUNDARY), default=-1) + 1
        left, region = place(text[clause : mark.start])
        if region is None or (left and rest(left, "lead")) or (left == text[clause : mark.start] and wider(text, clause)):
            continue
        told = _TOLD.match(text, marks[last].end)  # 居民人均可支配收入超过4.5万元、增速与经济增长同步
        if (hit := _wording(text, told.end() if told else marks[last].end)) is None:
            continue
        start, end, qualifier, sure = hit
        for indicator in together(mark.ids) if text.startswith("城乡", mark.start) else mark.ids:
            if indicator == "gdp" and qualifier == "in_step_with_gdp":
                continue
            measure = "level" if trait(indicator).percent == "level" else "growth"
            sure = min(sure, 0.89) if last > k else sure
            reasons = () if sure == 1 else ("a wording for several things together",)
            aim = bool(AIM.search(text[:start][-40:]))
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
            step = re.match(
                r"(增长|增速|增幅|降幅|下降|降低|实现|保持|速度|预计|总体|率|的|比例|均|都|预期|目标|为|“|：)", text[at:]
            )
            if not step:
                break
            at += step.end()
    return None
