"""Which year a sentence speaks of, and whether of what happened or of what is aimed at.

The title says which year is looked back on and which is planned; headings and openings (五年来, 过去一年) say which of them a
part of the text is about; words in the sentence (上半年, 2018年, 到2030年) say the rest.
"""

import re
from dataclasses import dataclass, replace

from hanyang_data.reader.documents import FORM as OF_TEXTS
from hanyang_data.reader.documents import PLANS, Document
from hanyang_data.reader.lexicon import Patterns
from hanyang_data.reader.numbers import Unsure
from hanyang_data.reader.places import Place

FORM = Patterns(__name__)
_PARTS = {"一": "q1", "上": "h1", "三": "q1_q3", "3": "q1", "6": "h1", "9": "q1_q3"}  # by what marks them


@dataclass(frozen=True)
class Context(Unsure):
    """Year, concept, and how sure they are: ``span`` are the years of a figure for several years, else None."""

    year: int
    concept: str
    span: tuple[int, int] | None = None
    period: str = "annual"
    plan: bool = False
    base: int = 0  # the year that growth is against, where it is not the year before
    origin: int = 0  # the year of the first number of 从…到…, where the sentence names it


def _plans(words: str, named: re.Pattern[str] = re.compile(r"(十[一二三四五六]?)五")) -> list[tuple[int, int]]:
    """First and last years of the plans that words name."""
    return [(PLANS[n], PLANS[n] + 4) for n in named.findall(words) if n in PLANS]


def _heading(text: str) -> str:
    """The heading that a sentence begins with; where it runs on into the text, up to the word that says what follows."""
    found = FORM.heading.match(text)
    if found is None:
        return text if FORM.bare_heading.fullmatch(text) and not re.search("完成|实现|出炉", text) else ""
    runs_on = "，" in found[0] or len(found[0]) > 34
    cue = re.search(f"{FORM.back.pattern}|{FORM.ahead.pattern}", found[0]) if runs_on and found[0][0] not in "（" else None
    return found[0][: cue.end()] if cue else found[0]


class Course:
    """Goes through the sentences of a document in order and knows what each is about; ``place`` tells of which place."""

    def __init__(self, doc: Document, place: Place) -> None:
        self.doc = doc
        self.place = place
        self.section = self._reviewed()
        if not doc.review:
            self.section = Context(0, "outturn").doubt(0.5, "no year in title, date or text")
        elif doc.kind == "outline" and doc.span:
            outline = Context(doc.span[1], "target", span=doc.span, plan=True)
            self.section = outline.doubt(0.8, "outline: what was or what is aimed at")
        self.now = self.section
        self.told = self.section  # what the figure before was about
        self.span: tuple[int, int] | None = None  # the last several years that were looked back on
        self.yearly = self.once = False  # whether the section is on one year; whether only one sentence was on a later one
        self.other = False  # whether it goes on with the parts of a whole that is no series of the record

    def _reviewed(self) -> Context:
        """What happened in the year, or the part of it, that is looked back on; a year that is nowhere printed is not sure.

        An evaluation prints stocks and sums without saying of which years: the contract calls that undated.
        """
        doc, evaluated = self.doc, self.doc.kind == "evaluation"
        plain = Context(doc.review, "outturn", period="undated" if evaluated else doc.period)
        if doc.kind == "article" and "目标" in doc.title:
            plain = plain.doubt(0.85, "an outturn in an article on targets")
        return plain if doc.named or evaluated else plain.doubt(0.85, f"the year {doc.review} is inferred")

    def sentence(self, text: str) -> Context:
        """What the sentence is about as a whole, from its heading or opening or those before."""
        self.now, self.once = (self.section if self.once else self.now), False
        heading = _heading(text)
        if heading and not heading.endswith(("报告", "公报")):  # a title
            self._heading(heading)
        self._opening(text[len(heading) :][:60])
        base, told = self.now, self.told
        self.span = (base.span if base.concept == "outturn" else None) or self.span
        self.other = bool(FORM.other_whole.search(text) or (self.other and FORM.parts_of.match(text)))
        ends = FORM.aims_end.search(text)
        if ends and self.doc.plan and self.doc.plan == int(ends[1] or self.doc.plan):
            self.now = self.section = Context(self.doc.plan, "target")  # what follows
        parts = FORM.parts_of.match(text) and told.concept == base.concept == "outturn"
        return replace(base, year=told.year, period=told.period, span=told.span) if parts else base

    def _heading(self, text: str) -> None:
        doc, top = self.doc, not text.startswith("（")
        years = [int(y) for y in re.findall(r"((?:19|20)\d\d)年", text)]
        spans = _plans(text, FORM.plan_name)
        back, ahead, five = FORM.back.search(text), FORM.ahead.search(text), FORM.five.search(text)
        if doc.plan and not spans and re.search("[今往]后五年|未来五年", text):
            spans = [(doc.plan, doc.plan + 4)]
        elif five and not spans and doc.kind == "work_report":
            spans = [self._before(five)]
        if (doc.plan or doc.span) and ahead and not back and (top or re.search(r"预期目标|主要目标|发展目标", text)):
            own = doc.span if doc.kind == "outline" else None
            span = next((s for s in spans if s[1] > (doc.plan or doc.review)), own)
            if span is None and self.section.plan and not top and doc.plan not in years:
                return
            year = span[1] if span else doc.plan or doc.review + 1
            self.section = Context(year, "target", span=span, plan=span is not None)
        elif back and doc.review and (top or (doc.kind == "work_report" and (spans or doc.review in years))):
            span = self._past(spans[0]) if spans and doc.review not in years else None
            looked_back = self._reviewed()
            self.section = replace(looked_back, span=span, period="annual" if span else looked_back.period)
        elif top and doc.plan in years:
            self.section = Context(doc.plan, "target")
        elif (top or doc.kind == "work_report") and doc.review in years:
            self.section = self._reviewed()
        else:
            return
        self.now, self.yearly = self.section, doc.plan in years

    def _before(self, words: re.Match[str]) -> tuple[int, int]:
        """The years of a plan that words name, or as many as they say up to the one that is looked back on."""
        years = "二三四五六".find(words[1] or words[2] or "五") + 1
        return next(iter(_plans(words[0])), (self.doc.review - years, self.doc.review))

    def _past(self, span: tuple[int, int]) -> tuple[int, int]:
        return span[0], min(span[1], max(self.doc.review, span[0] + 1))

    def _opening(self, text: str) -> None:
        """五年来 and 过去一年, 未来五年 and 今年: which years the following sentences are about."""
        doc = self.doc
        if not doc.review or doc.kind in ("evaluation", "outline"):
            return
        if doc.press and self.section.concept == "target" and not self.section.plan and FORM.looks_back.match(text):
            self.section = self.now = self._reviewed()
        if self.section.concept == "outturn":
            five, one = FORM.five.search(text[:30]), FORM.one.search(text)
            if five and (re.search(r"[比较于与]“?$", text[: five.start()]) or re.match(r"的近?[\d.]+倍", text[five.end() :])):
                five = None
            named = re.match(r"(?:“|——)?((?:19|20)\d\d)年[^，。；\d]{0,16}[，是。]", text)
            if one or (named and int(named[1]) == doc.review):
                self.now = self._reviewed()
            elif five and not FORM.no_span.search(text[: five.end() + 12]) and (span := self._before(five))[0] < doc.review:
                self.now = Context(min(doc.review, span[1]), "outturn", span=self._past(span))
            aims = FORM.aims.search(text)
            bare = re.match(r"(?:全.)?(?:经济社会)?(?:发展的?)?(?:主要)?预期目标(?:是|为|：|如下)", text)
            if doc.plan and (bare or (aims and (aims[2] is None or int(aims[2]) == doc.plan))):
                self.now = self.section = Context(doc.plan, "target")
        else:
            this = re.search(r"(今年|明年|((?:19|20)\d\d)年).{0,30}(目标|总体要求|工作|是“?十)", text)
            if this and (this[2] is None or int(this[2]) == doc.plan) and doc.plan:
                self.now = self.section = Context(doc.plan, "target")
            elif not self.section.plan and (later := FORM.later.search(text.partition("%")[0])) and not FORM.starts.search(text):
                end = int(later[0][1:5]) if later[0][0] == "到" else doc.plan + 4
                first = doc.plan - (doc.plan - 1) % 5
                near = (end - 4, end) if end <= doc.plan + 5 else (first, first + 4)
                span = next(iter(_plans(later[0])), near)
                ahead = Context(span[1], "target", span=span, plan=True)
                self.now, self.once = (ahead if ahead.year >= doc.plan else self.now), self.yearly and "目标" not in text

    def local(self, text: str, start: int, end: int, base: Context) -> Context:
        """The context of a figure at ``end``, from the words of its sentence between ``start`` and ``end``."""
        text = FORM.plan_end.sub(lambda end: f"{PLANS[end[1]] + 4}年", text)  # as long as before
        if base.concept == "target" and FORM.have.search(text[:end]) and not re.search(r"20\d\d年", text[:end]):
            base = self._reviewed().doubt(0.8, "what there is, in a part that looks ahead")
        context, seen, first, doc = base, [], 0, self.doc
        # 五年累计 in a part on one year: the five years up to it, a plan's every fifth year; 能耗累计下降: those of its plan
        five = FORM.over_five.search(text, start, end)
        over = five or re.search("能耗[^，；。]*累计(?:下降|降低)", text[start:end])
        if over and not base.span and base.concept == "outturn":
            context = replace(base, span=(doc.review - 4 if five else doc.review - (doc.review - 1) % 5, doc.review))
            context = context if doc.review % 5 == 0 else context.doubt(0.85, "five years that are not named")
        # 2021年的指标安排为： and 到2021年底， hold for every clause of the list
        opening = re.match(r"(?:到|截至)?(?:19|20)\d\d年[末底]?，(?:预计)?", text)
        intro = max(text.find("：", 0, start) + 1, opening.end() if opening and opening.end() <= start else 0)
        for cue in (*FORM.local.finditer(text, 0, intro), *FORM.local.finditer(text, start, end)):
            before = text[max(0, cue.start() - 2) : cue.start()]
            times = re.match(r"(?:期?末)?的近?[\d.]+倍", text[cue.end() :]) or re.search("基[数础]上", text[cue.end() : end])
            first = int(cue["year"]) if cue["year"] and (times or before[-1:] in ("从", "由", "比", "较")) else first
            if times or (cue["year"] and FORM.passing.search(text[: cue.start()]) and FORM.done.match(text, cue.end(), end)):
                continue  # 是2012年的1.2倍, 在2012年增长9%的基础上增长8%, 改造工作2023年全部完成，
            if re.search(r"[比较与同以](于|在)?$", before) and not FORM.its_own.fullmatch(text, cue.end(), end):
                against = int(cue["year"] or context.year - 1)
                usual = against == context.year - 1 or FORM.own_number.match(text, cue.end(), end)
                context = replace(context, base=0 if usual else against)
                continue
            if cue["year"] and before[-1:] in ("从", "由") and FORM.reached.search(text[cue.end() : end]):
                continue  # 从2017年的2万亿元增加到2.9万亿元: the second number is of the year that is spoken of
            context = replace(context, base=0)
            if cue["part"]:
                period = next(_PARTS[c] for c in cue["part"][::-1] if c in _PARTS)
                year = context.year if context.span is None else doc.review
                context = replace(context, period=period, span=None, year=year, concept="outturn")
            elif cue["year"]:
                seen.append(cue["year"])
                context = self._named(context, int(cue["year"]))
            else:
                context = self._word(context, cue["word"])
        context = replace(context, origin=first if first < context.year else 0)
        if context.concept == "outturn" and FORM.on_year.search(text, start, end):
            context = replace(context, span=None)
        if context.concept == "outturn" and (within := FORM.range.search(text, 0, end)):
            context = replace(context, year=int(within[2]), span=(int(within[1]), int(within[2])))
        elif context.span is None and FORM.yearly.search(text[start:end]):  # 从2011年的…增加到2016年的…，年均
            last = int(seen[-1]) if seen and int(seen[-1]) > first else base.year
            if 0 < first < last - 1:  # 比2018年增加104亿元，年均增长
                context = replace(base, span=(first + 1, last))
            else:
                context = replace(context, span=(int(seen[0]) + 1, int(seen[-1])) if len(seen) > 1 else base.span or self.span)
            self.span = context.span or self.span
        if doc.press and str(context.year) not in text:
            context = context.doubt(0.85, "told by others, in a sentence without the year")
        if len(set(seen)) > 1:
            context = context.doubt(0.85, "two years in the sentence")
        if context.period == doc.period != "annual" and not OF_TEXTS.part_or_year.search(doc.title[:60] + text):
            context = context.doubt(0.85, "a part of the year that neither title nor sentence names")
        if FORM.month.search(text, start, end):
            return replace(context, period="month")
        if FORM.two.search(text[start:end]):  # 两年平均增长5.1%: the year and the one before; none is of a part of a year
            two = context.period == "annual"
            return replace(context, span=(context.year - 1, context.year), base=0) if two else replace(context, period="month")
        if FORM.other_part.search(text, start, end):
            context = context.doubt(0.6, "a month or a quarter in the sentence")
        return context

    def _named(self, context: Context, year: int) -> Context:
        doc = self.doc
        limit = max(doc.plan, doc.review)
        if year > limit and context.concept == "target":
            span = context.span if context.plan and context.span and context.span[1] == year else None
            return Context(year, "target", span=span, plan=True)
        if year == doc.plan and (context.concept == "target" or not doc.review):
            return Context(year, "target")
        if year > doc.review:
            return Context(year, "target", plan=year > limit).doubt(0.7, "a later year in a part that looks back")
        plain = Context(year, "outturn", period=doc.period if year == doc.review else "annual")
        return plain.doubt(0.8, "an earlier year in a part that looks ahead") if context.concept == "target" else plain

    def _word(self, context: Context, word: str) -> Context:
        doc = self.doc
        if word in ("全年", "年末"):
            one = context.span is not None and context.concept == "outturn" and word == "全年"
            return replace(context, period="annual", span=None if one else context.span)
        if not doc.review:
            return context
        published = int(doc.published_on[:4] or 0)
        after = doc.kind == "work_report" or (doc.kind == "article" and doc.plan > 0)
        current = published if published and not (doc.plan and published > doc.plan + 1) else doc.review + after
        if word == "上年":
            aim = context.span is not None or context.concept == "target"  # 保持上年水平: what an aim is compared with
            return context if aim else replace(context, year=context.year - 1)
        year = {"今年": current, "明年": current + 1, "去年": current - 1}[word]
        if year == doc.plan and context.concept == "outturn" and doc.plan > doc.review:
            return Context(year, "target").doubt(0.85, "今年 in a part that looks back")
        return context if year == context.year else self._named(context, year)
