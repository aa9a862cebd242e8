"""What a text is: its documents (a web page may hold several), of each title, kind, place, date and the years it is about."""

import re
from collections import Counter
from dataclasses import dataclass, replace
from typing import NamedTuple

from hanyang_data.reader.lexicon import pattern, rows
from hanyang_data.reader.passages import plain
from hanyang_data.reader.places import guessed, known, named_in, stated
from hanyang_data.reader.texts import Text
from hanyang_data.record.observations import Dataset

_YEAR = r"((?:19|20)\d\d)年?"
_TITLES = {row["kind"]: row["pattern"] for row in rows("titles.csv") if row["pattern"]}  # the first that fits
_SHORT = {row["kind"]: row["short"] for row in rows("titles.csv")}
_DELIVERED = re.compile(_YEAR + r"(\d{1,2})月(?:(\d{1,2})日)?[^。]{0,12}在[^。]{0,30}(会议|大会|次会)")
_DATES = (re.compile(r"((?:19|20)\d\d)年(\d{1,2})月(?:(\d{1,2})日)?"), re.compile(r"((?:19|20)\d\d)-(\d{1,2})-(\d{1,2})"))
_PRESS = re.compile(r"记者|讯|报道|据悉|发布会|通报|工作报告|报告(?:中|提出|指出|显示)|市长|[县区省]长")
# where a page stands on its site, and what one may do there
_TRAIL = re.compile("[>＞»]|首页|当前位置|^(?:下载|打印|全屏|收藏|【?字号.*|加大|还原|减小|】|分享.?)$")
_ALONE = re.compile(r"(?:19|20)\d\d-\d\d?-\d\d?")
PROSE = 90  # characters: a longer line is none of a head
_BODY = re.compile(  # who issues such texts, where a line begins or behind what stands before a name
    r"(?:^|会议?上|报告|我代表|[）：》日月])(?!我代表)(国家统计局[\u4e00-\u9fff]{2,8}调查队|[\u4e00-\u9fff]{2,14}?"
    "(?:人民政府(?:办公[厅室])?|发展和?改革(?:局|委员会|委)|统计局|财政局))"
)
PLANS = {"十": 2001, "十一": 2006, "十二": 2011, "十三": 2016, "十四": 2021, "十五": 2026, "十六": 2031}  # first years
_Y = r"((?:19|20)\d\d)年"
LONGEST = 60  # characters: an article that begins with more in one line has lost its title
_REVIEWED = re.compile(_Y + r"度?国民经济[^。；]{0,24}执行情况")
_WORKED = re.compile(_Y + r"(?:主要)?工作(?:情况)?(?:总体)?(?:回顾|总结)|" + _Y + r"和“?十")
# articles: on 《2020年…计划执行情况与2021年…计划草案的报告》, on a work report, on the aims of a year, on those of this year
_ON_PLAN = re.compile(_Y + r"[^》。]{0,24}计划执行情况[与及和]" + _Y + r"[^》。]{0,20}计划")
_ON_WORK = re.compile(r"作了?(?:《|[省市区县])?政府工作报告|政府工作报告(?:》)?(?:中?(?:提出|指出|显示|明确)|[丨：“])")
_AIMS_OF = pattern("documents.aims_of")
_AIMS_NOW = re.compile(r"今年[^。；]{0,20}(?:预期|主要)目标")
PART_OR_YEAR = pattern("documents.part_or_year")
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
    ends = [n for n, line in enumerate(plains, start=1) if _ALONE.fullmatch(line)]
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
    day = _dated(head, lines, title)
    years = years_of(kind, title or head, "".join(lines)[:3000], day)
    before = kind == "bulletin" and day[:4] <= str(years.review)  # then it is the date of something else
    named = not years.inferred and any(re.search(rf"{years.review}[年./-]", line) for line in lines)
    press = kind == "article" and _PRESS.search(title + head) is not None
    doc = Document(first, last, title, kind, published_on="" if before else day, named=named, press=press)
    doc = replace(doc, **years._asdict())
    doc = _placed(doc, dataset, "。".join([title, *lines[:14]]), "".join(lines), region)
    return replace(doc, publisher=_publisher(lines[:14]), source_id=_name(doc))


def _title(lines: list[str]) -> tuple[str, str]:
    """The title, joined from the first lines where it was cut, and the kind it names."""
    head = [re.sub(r"^【[^】]*】", "", line).lstrip("-—#*") for line in lines[:16] if not _TRAIL.search(line)]
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
    return next((line for line in head if len(line) >= 6 and not _ALONE.fullmatch(line)), ""), "article"


def _dated(head: str, lines: list[str], title: str) -> str:
    """The day on which it was delivered or published, as far as it is printed."""
    if delivered := _DELIVERED.search(head):
        return _day(*delivered.groups()[:3])
    alone = "。".join(line for line in lines if _ALONE.fullmatch(line))
    dates = (form.search(where) for form, where in ((_DATES[1], alone), (_DATES[0], head[len(title) :]), (_DATES[1], head)))
    return next((_day(*date.groups()) for date in dates if date), "")


def _day(year: str, month: str | None = None, day: str | None = None) -> str:
    return "-".join([year, *(f"{int(part):02d}" for part in (month, day) if part)])


def _placed(doc: Document, dataset: Dataset, head: str, body: str, region: str) -> Document:
    """The region: the one that was given, else the known one named last in the title or the head, else as printed."""
    regions = dataset.regions
    title = head.partition("。")[0]
    told = title if named_in(title) else stated(head)  # a title that names another place has said it
    for where in (told,) if told else (title, head.partition("各位代表")[0]):
        hits = known(where, regions)
        within = [hit for hit in hits if regions.at[hit[2], "level"] not in ("city", "province", "nation")]
        region = region or (max(within or hits)[2] if hits else "")
    if region in regions.index:
        place, level = str(regions.at[region, "name_zh"]), str(regions.at[region, "level"])
    else:
        place, level = guessed(head, body)
    return replace(doc, region=region or place, place=place, level=level)


def _publisher(lines: list[str]) -> str:
    """The body that the text prints near its title, before its first sentence; none where it prints none."""
    for line in lines:
        words = re.sub("受[^。]{0,30}?委托|各位代表.*?(?=我代表)", "，", line.partition("。")[0])
        if body := _BODY.search(words):
            return body[1]
        if len(line) > PROSE:
            break
    return ""


def _name(doc: Document) -> str:
    region = doc.region if doc.region.isascii() and doc.region else "region"
    years = {"work_report": [doc.plan], "plan_report": [doc.review, doc.plan], "budget_report": [doc.review, doc.plan]}
    shown = "_".join(str(y) for y in years.get(doc.kind, [doc.review]) if y)
    return f"{region}_{_SHORT.get(doc.kind, doc.kind)}_{shown or 'undated'}"


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
    found = PART_OR_YEAR.search(start[len(whole) :]) if period == "annual" else None
    period = _part(found[0]) if found else period
    named = [int(y) for y in re.findall(_Y + r"(?!\d{1,2}月|以来)", title)]
    return Years(*_told(start, named, published, month, period), span, period)


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
