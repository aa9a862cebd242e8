"""What a text is: its documents (a web page may hold several), of each title, kind, place, date and the years it is about."""

import re
from dataclasses import dataclass, replace
from statistics import mode
from typing import NamedTuple

import pandas as pd

from hanyang_data.reader.lexicon import Patterns, rows
from hanyang_data.reader.passages import plain
from hanyang_data.reader.places import guessed, known, named_in, stated
from hanyang_data.reader.texts import Text
from hanyang_data.record.observations import Dataset

FORM = Patterns(__name__)
_TITLES = {row["kind"]: row["pattern"] for row in rows("titles.csv") if row["pattern"]}  # the first that fits
_SHORT = {row["kind"]: row["short"] for row in rows("titles.csv")}
PROSE = 90  # characters: a longer line is none of a head
PLANS = {"十": 2001, "十一": 2006, "十二": 2011, "十三": 2016, "十四": 2021, "十五": 2026, "十六": 2031}  # first years
_YEAR = re.compile(r"((?:19|20)\d\d)年")
_NAMED = re.compile(_YEAR.pattern + r"(?!\d{1,2}月|以来)")
LONGEST = 60  # characters: an article that begins with more in one line has lost its title
_PARTS = (("前三季度|1[-—~～至]9月", "q1_q3"), ("上半年|1[-—~～至]6月", "h1"), ("一季度|1[-—~～至]3月", "q1"))


@dataclass(frozen=True)
class Document:
    """One report within a text, lines ``first`` to ``last``.

    ``review`` is the year it looks back on, ``plan`` the one it plans (0: none), ``span`` the years of a five-year plan it
    evaluates or sets, ``named`` whether it prints that it looks back on that year, ``level`` what its own 全省, 全市 or 全区
    means, ``press`` whether it tells what others have said.
    """

    first: int
    last: int
    title: str = ""
    kind: str = "article"
    region: str = ""
    place: str = ""
    level: str = "district"
    publisher: str = ""
    published_on: str = ""
    review: int = 0
    plan: int = 0
    span: tuple[int, int] | None = None
    period: str = "annual"
    named: bool = True
    inferred: bool = False
    press: bool = False
    source_id: str = ""


def documents(text: Text, dataset: Dataset, region: str = "", source_id: str = "") -> list[Document]:
    """The documents of a text with all that is proposed of them; ``region`` and ``source_id`` overrule where they are given."""
    plains = [plain(line)[0] for line in text.lines]
    cuts = _cuts(plains)
    found = [_describe(plains, first, last, dataset, region) for first, last in cuts]
    names = [source_id or doc.source_id for doc in found]
    again = [name in names[:k] or (source_id and len(names) > 1) for k, name in enumerate(names)]
    numbers = [f"_{names[: k + 1].count(name)}" if again[k] else "" for k, name in enumerate(names)]
    return [replace(doc, source_id=name + number) for doc, name, number in zip(found, names, numbers, strict=True)]


def _cuts(plains: list[str]) -> list[tuple[int, int]]:
    """First and last lines of the documents: a web page that carries several ends each with its date on a line of its own."""
    ends = [n for n, line in enumerate(plains, start=1) if FORM.alone.fullmatch(line)]
    starts = [1]
    for end in ends:
        after = [n for n in range(end + 1, min(end + 5, len(plains)) + 1) if plains[n - 1].strip("-—·")]
        before = sum(len(line) for line in plains[starts[-1] - 1 : end])
        if after and before > 300 and sum(len(line) for line in plains[after[0] - 1 :]) > 300:
            starts.append(end + 1)
    return [(a, b - 1) for a, b in zip(starts, [*starts[1:], len(plains) + 1], strict=True)]


def _describe(plains: list[str], first: int, last: int, dataset: Dataset, region: str) -> Document:
    lines = [line for line in plains[first - 1 : last] if line]
    head = "".join(lines[:14])[:700]
    title, kind = _title(lines)
    # the day on which it was delivered or published, as far as it is printed
    alone = "。".join(line for line in lines if FORM.alone.fullmatch(line))
    days = ((FORM.delivered, head), (FORM.day, alone), (FORM.day_named, head[len(title) :]), (FORM.day, head))
    printed = (found.groups()[:3] for form, where in days if (found := form.search(where)))
    day = "-".join(f"{int(part):02d}" for part in next(printed, ()) if part)
    years = years_of(kind, title or head, "".join(lines)[:3000], day)
    before = kind == "bulletin" and day[:4] <= str(years.review)  # then it is the date of something else
    named = not years.inferred and any(re.search(rf"{years.review}[年./-]", line) for line in lines)
    press = kind == "article" and FORM.press.search(title + head) is not None
    region, place, level = _placed(dataset.regions, "。".join([title, *lines[:14]]), "".join(lines), region)
    # the body that is printed near the title, before the first sentence
    prose = next((k for k, line in enumerate(lines[:14]) if len(line) > PROSE), 14)
    heads = (
        re.sub("受[^。]{0,30}?委托|各位代表.*?(?=我代表)", "，", line.partition("。")[0]) for line in lines[:14][: prose + 1]
    )
    publisher = next((body[1] for words in heads if (body := FORM.body.search(words))), "")
    both = years[:2]  # a work report is called after the year that it plans, plan and budget after both, others after their own
    about = {"work_report": both[1:], "plan_report": both, "budget_report": both}.get(kind, both[:1])
    name = f"{region if region.isascii() and region else 'region'}_{_SHORT[kind]}"
    return Document(
        first, last, title, kind, region, place, level, publisher, "" if before else day, **years._asdict(),
        named=named, press=press, source_id=f"{name}_{'_'.join(str(year) for year in about if year) or 'undated'}",
    )  # fmt: skip


def _title(lines: list[str]) -> tuple[str, str]:
    """The title, joined from the first lines where it was cut, and the kind it names."""
    head = [re.sub(r"^【[^】]*】", "", line).lstrip("-—#*") for line in lines[:16] if not FORM.trail.search(line)]
    stop = next((k for k, line in enumerate(head) if re.search(r"各位代表|委托|向大会|[。！!？?]", line)), len(head))
    if stop < len(head) and re.match("[^，。：]{6,60}各位代表", head[stop]):  # a copy without line ends
        head[stop], stop = head[stop].partition("各位代表")[0], stop + 1
    for start in range(stop):
        for size in range(1, 5):
            joined = "".join(head[start : start + size])
            if start + size > stop or len(joined) > 90:
                break
            kind = next((kind for kind, pattern in _TITLES.items() if re.search(pattern, joined)), "")
            if re.search("报告》?(提出|指出|显示|明确|透露|“|丨|解读|出炉)|开幕|作政府工作报告", joined):
                return joined, "article"
            if kind and (m := re.match(r".*(报告|公报|纲要|情况|评估|草案）|计划(?=》?的通知))", joined)):
                return m[0], kind
    return next((line for line in head if len(line) >= 6 and not FORM.alone.fullmatch(line)), ""), "article"


def _placed(regions: pd.DataFrame, head: str, body: str, region: str) -> tuple[str, str, str]:
    """Region, its name and level: the one that was given, else the known one named last in title or head, else as printed."""
    title = head.partition("。")[0]
    told = title if named_in(title) else stated(head)  # a title that names another place has said it
    for where in (told,) if told else (title, head.partition("各位代表")[0]):
        hits = known(where, regions)
        within = [hit for hit in hits if regions.at[hit[2], "level"] not in ("city", "province", "nation")]
        region = region or (max(within or hits)[2] if hits else "")
    if region in regions.index:
        return region, str(regions.at[region, "name_zh"]), str(regions.at[region, "level"])
    place, level = guessed(head, body)
    return region or place, place, level


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
    told = _NAMED.findall(start)
    if found.review > 1900 or not told or kind in ("evaluation", "outline"):
        return found
    review = int(mode(told))
    return found._replace(review=review, plan=review + 1 if kind.endswith("_report") else 0, inferred=True)


def _stated(kind: str, title: str, start: str, published_on: str) -> Years:
    named = [int(y) for y in re.findall(r"(?<!\d)((?:19|20)\d\d)(?!\d|[./-]\d)", title)]
    published, month = (int(part or 0) for part in (published_on[:4], published_on[5:7]))
    whole = title if kind != "article" or len(title) <= LONGEST else ""
    spoken = re.findall(r"(十[一二三四五六]?)五(?!届)", whole) + re.findall(r"第(十[一二三四五六]?)个五年", whole)
    span = next(((PLANS[n], PLANS[n] + 4) for n in spoken if n in PLANS), None)
    period = _part(whole)
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
    found = FORM.part_or_year.search(start[len(whole) :]) if period == "annual" else None
    period = _part(found[0]) if found else period
    named = [int(y) for y in _NAMED.findall(title)]
    return Years(*_told(start, named, published, month, period), span, period)


def _planned(title: str, named: list[int], start: str, published: int, month: int) -> Years:
    if named and title.endswith("计划"):
        return Years(named[0] - 1, named[0])  # the plan itself, handed out after it was passed
    if named and _part(title) != "annual":
        return Years(named[0], named[0], period=_part(title))  # its targets are those of the year
    review, plan = named[:2] if len(named) > 1 else _turn(named, published, month)
    stated = None if review else FORM.reviewed.search(start)
    return Years(int(stated[1]), int(stated[1]) + 1) if stated else Years(review, plan)


def _worked(named: list[int], start: str, published: int, month: int) -> tuple[int, int]:
    late = not published or (named and abs(named[0] - published) > 1)  # the day on which a page was changed
    review, plan = _turn(named, 0, 0) if late else _turn([], published, month)
    if (stated := FORM.worked.search(start)) and (not review or abs(int(stated[1] or stated[2]) - review) <= 1):
        return int(stated[1] or stated[2]), int(stated[1] or stated[2]) + 1
    told = [int(y) for y in _YEAR.findall(start[:400])]
    if not review and len(told) > 1 and told[1] == told[0] + 1:
        return told[0], told[1]
    return review, plan


def _told(start: str, named: list[int], published: int, month: int, period: str) -> tuple[int, int]:
    """Review and plan year of an article: those of the report it tells of, else those that its words name, else of its date."""
    if turn := FORM.on_plan.search(start):
        return int(turn[1]), int(turn[2])
    if period == "annual" and published and month in (1, 2, 3, 4, 12) and FORM.on_work.search(start):
        return _turn([], published, month)
    if aims := FORM.aims_of.search(start):
        plan = int(next(filter(None, aims.groups())))
        return plan - 1, plan
    told = re.search(rf"(?<![比较与同从由]){_NAMED.pattern}(?P<said>[^。]*)", start)
    if told and FORM.aims_now.search(start):
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
