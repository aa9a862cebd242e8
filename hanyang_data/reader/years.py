"""Which year a text looks back on, which it plans, and of which part of the year it tells: from title, date and first words."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

from hanyang_data.reader.lexicon import pattern

PLANS = {"十": 2001, "十一": 2006, "十二": 2011, "十三": 2016, "十四": 2021, "十五": 2026, "十六": 2031}  # first years
_Y = r"((?:19|20)\d\d)年"
LONGEST = 60  # characters: an article that begins with more in one line has lost its title
_REVIEWED = re.compile(_Y + r"度?国民经济[^。；]{0,24}执行情况")
_WORKED = re.compile(_Y + r"(?:主要)?工作(?:情况)?(?:总体)?(?:回顾|总结)|" + _Y + r"和“?十")
# articles: on 《2020年…计划执行情况与2021年…计划草案的报告》, on a work report, on the aims of a year, on those of this year
_ON_PLAN = re.compile(_Y + r"[^》。]{0,24}计划执行情况[与及和]" + _Y + r"[^》。]{0,20}计划")
_ON_WORK = re.compile(r"作了?(?:《|[省市区县])?政府工作报告|政府工作报告(?:》)?(?:中?(?:提出|指出|显示|明确)|[丨：“])")
_AIMS_OF = pattern("years.aims_of")
_AIMS_NOW = re.compile(r"今年[^。；]{0,20}(?:预期|主要)目标")
PART_OR_YEAR = pattern("years.part_or_year")
_PARTS = (("前三季度|1[-—~～至]9月", "q1_q3"), ("上半年|1[-—~～至]6月", "h1"), ("一季度|1[-—~～至]3月", "q1"))


class Years(NamedTuple):
    """The year that is looked back on, the one that is planned (0: none), the years of a plan, and the part of the year."""

    review: int = 0
    plan: int = 0
    span: tuple[int, int] | None = None
    period: str = "annual"
    inferred: bool = False  # from the year that the text names most


def years_of(kind: str, title: str, start: str, published_on: str) -> Years:
    """The years of a text of a kind.

    >>> years_of("bulletin", "临溪县2022年统计公报", "", "")[:2], years_of("work_report", "政府工作报告", "", "2024-01-15")[:2]
    ((2022, 0), (2023, 2024))
    """
    found = _stated(kind, title, start, published_on)
    told = Counter(re.findall(_Y + r"(?!\d{1,2}月|以来)", start))
    if found.review > 1900 or not told or kind in ("evaluation", "outline"):
        return found
    review = int(max(told, key=lambda year: told[year]))
    return found._replace(review=review, plan=review + 1 if kind.endswith("_report") else 0, inferred=True)


def _stated(kind: str, title: str, start: str, published_on: str) -> Years:
    named = [int(y) for y in re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d|[./-]\d)", title)]
    published, month = (int(part or 0) for part in (published_on[:4], published_on[5:7]))
    whole = title if kind != "article" or len(title) <= LONGEST else ""
    span, period = _span(whole), _part(whole)
    if kind in ("plan_report", "budget_report"):
        return _planned(title, named, start, published, month)._replace(span=span)
    if kind == "work_report":
        return Years(*_worked(named, start, published, month), span, period)
    if kind == "bulletin":
        return Years(named[0] if named else published - 1, 0, span, period)
    if kind == "evaluation" and span:
        review = published if span[0] < published <= span[1] + 1 else span[0] + 2
        return Years(review, 0, (span[0], min(review, span[1])))
    if kind == "outline" and span:
        return Years(span[0] - 1, span[0], span)
    found = PART_OR_YEAR.search(start[len(whole) :]) if period == "annual" else None
    period = _part(found[0]) if found else period
    named = [int(y) for y in re.findall(_Y + r"(?!\d{1,2}月|以来)", title)]
    return Years(*_told(start, named, published, month, period), span, period)


def _span(title: str) -> tuple[int, int] | None:
    names = re.findall(r"(十[一二三四五六]?)五(?!届)", title) + re.findall(r"第(十[一二三四五六]?)个五年", title)
    return next(((PLANS[n], PLANS[n] + 4) for n in names if n in PLANS), None)


def _planned(title: str, named: list[int], start: str, published: int, month: int) -> Years:
    if named and title.endswith("计划"):
        return Years(named[0] - 1, named[0])  # the plan itself, handed out after it was passed
    if named and _part(title) != "annual":
        return Years(named[0], named[0], period=_part(title))  # its targets are those of the year
    review, plan = (named[0], named[1]) if len(named) > 1 else _turn(named, published, month)
    if not review and (stated := _REVIEWED.search(start)):
        review, plan = int(stated[1]), int(stated[1]) + 1
    return Years(review, plan)


def _worked(named: list[int], start: str, published: int, month: int) -> tuple[int, int]:
    late = not published or (named and abs(named[0] - published) > 1)  # the day on which a page was changed
    review, plan = _turn(named, 0, 0) if late else _turn([], published, month)
    if (stated := _WORKED.search(start)) and (not review or abs(int(stated[1] or stated[2]) - review) <= 1):
        return int(stated[1] or stated[2]), int(stated[1] or stated[2]) + 1
    told = [int(y) for y in re.findall(_Y, start[:400])]
    if not review and len(told) > 1 and told[1] == told[0] + 1:
        return told[0], told[1]
    return review, plan


def _told(start: str, named: list[int], published: int, month: int, period: str) -> tuple[int, int]:
    """Review and plan year of an article: those of the report it tells of, else those that its words name, else of its date."""
    if turn := _ON_PLAN.search(start):
        return int(turn[1]), int(turn[2])
    if period == "annual" and published and month in (1, 2, 3, 4, 12) and _ON_WORK.search(start):
        return _turn([], published, month)
    if aims := _AIMS_OF.search(start):
        plan = int(next(filter(None, aims.groups())))
        return plan - 1, plan
    told = re.search(r"(?<![比较与同从由])" + _Y + r"(?!\d{1,2}月|以来)(?P<said>[^。]*)", start)
    if told and _AIMS_NOW.search(start):
        after = int(bool(re.search("增长[^，。]{0,4}%|^工作|^回顾", told["said"])))  # what is told of the year is over
        plan = int(told[1]) + after
        plan = published if published == plan + 1 and month < 10 else plan  # 今年 is that of its date
        return plan - 1, plan
    if named:
        return named[0], 0
    last = re.search("去年" if told or not 0 < month < 10 else "去年|全年|年末", start[: told.start()] if told else start)
    if published and (period != "annual" or not told or last):
        return published - (period == "annual" and last is not None), 0
    return int(told[1]) if told else 0, 0


def _turn(years: list[int], published: int, month: int) -> tuple[int, int]:
    """Review and plan year of a report that names one year or none: what is delivered from October on looks back on its year."""
    if published:
        return (published, published + 1) if month >= 10 else (published - 1, published)
    return (years[0] - 1, years[0]) if years else (0, 0)


def _part(title: str) -> str:
    return next((period for words, period in _PARTS if re.search(words, title)), "annual")
