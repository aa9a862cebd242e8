"""A figure that was found as a row of the contract: its year and period, unit, vintage and basis, and how sure all that is."""

import re
from dataclasses import dataclass, replace

from hanyang_data.reader.contexts import Context
from hanyang_data.reader.documents import Document
from hanyang_data.reader.lexicon import Patterns, in_proportion, trait
from hanyang_data.reader.numbers import read
from hanyang_data.reader.passages import Passage, found_at, line_of, plain, printed
from hanyang_data.reader.prose import Found
from hanyang_data.reader.tables import Cell
from hanyang_data.reader.texts import Text
from hanyang_data.record.observations import Dataset
from hanyang_data.record.targets import BEFORE, BEHIND

FORM = Patterns(__name__)
SURE = 0.9  # from here on a candidate is marked sure
CELL_OF = ("indicator", "region", "year", "period", "concept", "measure", "value", "qualifier")
USUAL = {"CNY_100M": "亿元", "USD_100M": "亿美元", "10K_persons": "万人", "CNY": "元", "percent": "%", "count": "个"}
OTHER_MONEY = {"USD_100M": "in dollars, which the series is not", "CNY_100M": "in yuan, which the series is not"}
LIMITS = ("about", "at_least", "within", "range", "in_step_with_gdp")  # how targets are worded
BESIDE = re.compile("|".join([*BEHIND, *BEFORE]))


@dataclass(frozen=True)
class Candidate:
    """A row of observations.csv that a person has not seen yet, with where it stands and how sure the reader is of it."""

    row: dict[str, str]
    sentence: str
    page: int = 0
    confidence: float = 1.0
    reasons: tuple[str, ...] = ()
    mark: tuple[int, int] = (0, 0)  # where in the sentence the figure stands
    above: str = ""  # of a cell: its row, if that began on a line above, and the head of its column

    @property
    def sure(self) -> bool:
        """Whether the reader would stake its name on it."""
        return self.confidence >= SURE

    @property
    def key(self) -> tuple[str, ...]:
        """What makes it this figure and not another."""
        return tuple(self.row[column] for column in CELL_OF)


def of_prose(found: Found, context: Context, text: Text, doc: Document, data: Dataset, sentence: Passage) -> Candidate | None:
    """The row of a figure of a sentence; none where units or years do not go together."""
    if found.indicator not in data.indicators.index:
        return None
    line, first, last, note = printed(sentence.places[found.start : found.end])
    (token, locator), notes = found_at(text, line, first, last), [note]
    value = high = ""
    qualifier, level_unit = found.qualifier, str(data.indicators.at[found.indicator, "level_unit"])
    unit = "percent" if found.measure == "growth" else level_unit
    if found.quantity is not None:
        if found.quantity.percent != (unit == "percent"):
            return None
        number = read(found.quantity.text, unit)
        if number is None:
            return None
        low, end, qualifier, unit = number
        if found.negative and end:
            return None
        value, high = _plain(-abs(low) if found.negative else low), _plain(end)
        if (step := FORM.stepped.match(found.quantity.text)) and qualifier == "point":
            qualifier, notes = "over", [*notes, f"{step[0]} read as over"]
        notes += ["下降 read as minus"] * (found.negative and not found.quantity.text.startswith("-"))
    notes += [reason.replace("for all", "as of all") for reason in found.reasons if "read for all numbers" in reason]
    notes += ["wording read as no number"] * (found.quantity is None and qualifier == "none")
    told = _timed(found, context, doc)
    if told is None:
        return None
    vintage = _vintage(told, doc)
    bound = qualifier in LIMITS and not FORM.expected.search(sentence.text[: found.start])
    if told.concept == "outturn" and (bound or (qualifier == "none" and not value)):
        said = "a bound or a promise told as an outturn" if bound else "a comment, or an outturn told without a number"
        told = told.doubt(0.85, said)
    comparable = unit == "percent" and FORM.comparable.search(sentence.text[: found.start][-8:]) is not None
    told = replace(told, sure=found.sure * told.sure, reasons=(*found.reasons, *told.reasons))
    row = {
        "locator": locator, "region": found.region, "indicator": found.indicator, "measure": found.measure, "value": value,
        "value_high": high, "unit": unit, "qualifier": qualifier, "vintage": vintage, "basis": "comparable" * comparable,
        "token": token, "note": "; ".join(filter(None, notes)),
    }  # fmt: skip
    return _candidate(row, told, text, doc, data)


def _timed(found: Found, context: Context, doc: Document) -> Context | None:
    """The context with the year, the period and the concept that the words of the figure say, and what makes them less sure."""
    year, concept, span, told = context.year, context.concept, context.span, context
    since = context.base if found.measure == "growth" else 0
    if context.period == "month" or (since and (concept != "outturn" or context.period != "annual" or since != year - 5)):
        return None  # a month's figure; growth against another year than the one before or five years ago
    span = (since + 1, year) if since else span
    undated = doc.kind == "article" and int(doc.published_on[:4] or year) <= year  # and may still speak of its aims
    aims = doc.plan or found.planned or _ahead(year, context, doc) or undated
    if found.aim and concept == "outturn" and aims:
        concept, told = "target", told.doubt(0.6, "an aim in a part that looks back")
    elif concept == "outturn" and _ahead(year, context, doc):
        concept, told = "target", told.doubt(0.7, "a year that was not over when this was published")
    yearly, rate = "年均" in found.lead, found.measure == trait(found.indicator).percent == "level"
    if (yearly and found.measure == "level" and not rate) or re.search(r"[比较与]“?十[一二三四五]五(?!”?期?末)", found.lead):
        return None  # a number a year, or against another five years
    reached = re.search(r"(提高|提升|增加|增长|上升|扩大|增|升|跃升|发展)(到|至)", found.lead) is not None or found.last
    limited = re.search("(控制|保持|稳定)在.*[内下]$", found.lead + (found.quantity.text if found.quantity else ""))
    mean = rate and bool(found.total or yearly or (limited and concept == "outturn") or "始终" in found.lead)  # of all the years
    total = found.total or mean or re.search("累计|五年(?!翻|增|年均)|共|始终", found.lead) is not None
    period = context.period
    if found.origin:
        first = context.origin or (context.span[0] - 1 if context.span else year - 1)
        year, concept, span = (year, concept, None) if re.search("20..年|十.五”期?末", found.lead) else (first, "outturn", None)
        told = told.doubt(0.85 if context.span or context.origin else 0.6, "first number of 从…到…")
    elif yearly and not span:
        first = year - 4 if concept == "outturn" else year
        span, told = (first, first + 4), told.doubt(0.5, "a yearly average without its years")
    summed = found.measure == "growth" or total or ((trait(found.indicator).sum or found.beside) and not reached)
    if span and summed and (mean or not rate):
        period, year = f"{span[0]}_{span[1]}", span[1]
        if found.measure == "growth" and found.quantity is not None:
            told = told.doubt(0.85, "average of several years") if yearly else told.doubt(0.6, "growth over several years")
        elif not total and doc.kind != "evaluation" and not context.plan:
            told = told.doubt(0.85, "total of several years, or the last of them")
        if span[0] == span[1]:
            period = "annual"
    if doc.kind == "evaluation" and span and span == doc.span:
        period, year = "undated", span[1]  # it sums up years that its sentences do not name
    return replace(told, year=year, period=period, concept=concept)


def _ahead(year: int, context: Context, doc: Document) -> bool:
    """Whether a whole year was not over: an annual figure of it can only be a target. In autumn it is estimated."""
    published, month = (int(part or 0) for part in (doc.published_on[:4], doc.published_on[5:7]))
    if not published or context.span or context.period != "annual":
        return False
    return year > published or (year == published and 0 < month < 10)


def _vintage(context: Context, doc: Document) -> str:
    if context.concept == "target":
        return "plan" if context.plan else "original"
    estimated = doc.kind in ("work_report", "plan_report", "budget_report")
    if estimated and context.period in ("q1", "h1", "q1_q3"):
        return "preliminary"
    return ("initial_estimate" if estimated else "preliminary") if context.year >= doc.review else "final"


def of_cell(cell: Cell, text: Text, doc: Document, data: Dataset) -> Candidate | None:
    """The row of a figure in a table."""
    if cell.indicator not in data.indicators.index:
        return None
    level_unit = str(data.indicators.at[cell.indicator, "level_unit"])
    words, column = cell.words, cell.column
    measure = column.measure or ("growth" if "%" in words or not re.search(r"\d", words) else "level")
    if "%" in words or measure == "growth" or column.unit == "%" or level_unit == "percent":
        measure = trait(cell.indicator).percent
    unit = "percent" if measure == "growth" else level_unit
    value = high = ""
    if re.search(r"\d", words):
        head = column.unit if re.search("[元人户家个]", column.unit) and "%" not in column.unit else USUAL[level_unit]
        bare = not re.search(r"[%元人户家个亿]", words)
        given = re.sub(r"^([-\d.—~～]*\d)", rf"\g<1>{'%' if unit == 'percent' else head}", words) if bare else words
        number = read(given, unit)
        if number is None:
            return None
        value, high, (qualifier, unit) = _plain(number[0]), _plain(number[1]), number[2:]
    else:
        qualifier = next((q for q, p in (("in_step_with_gdp", "同步"), ("positive", "正增长")) if p in words), "none")
    token, locator = found_at(text, cell.line, cell.start, cell.end)
    period = doc.period if (column.year, column.concept) == (doc.review, "outturn") else "annual"
    context = Context(column.year, column.concept, period=period, sure=cell.sure, reasons=cell.reasons)
    vintage = column.vintage if column.vintage and column.concept == "target" else _vintage(context, doc)
    if not doc.named or (column.concept == "outturn" and _ahead(column.year, context, doc)):
        context = context.doubt(0.85, "a year that the text does not name, or that was not over")
    notes = ["table" + f", column {column.head}" * bool(column.head), cell.note and f"cell {cell.note}"]
    row = {
        "locator": locator, "region": doc.region, "indicator": cell.indicator, "measure": measure, "value": value,
        "value_high": high, "unit": unit, "qualifier": qualifier, "vintage": vintage, "basis": "comparable" * cell.comparable,
        "token": token, "note": "; ".join(filter(None, [*notes, "无: none set" * (words == "无")])),
    }  # fmt: skip
    whole, made = text.lines[cell.line - 1], _candidate(row, context, text, doc, data)
    above = ", ".join(filter(None, [cell.name * (cell.name not in plain(whole)[0]), column.head]))
    return replace(made, sentence=whole.replace("\t", "|"), mark=(cell.start, cell.end), above=above)


def _candidate(row: dict[str, str], context: Context, text: Text, doc: Document, data: Dataset) -> Candidate:
    """The candidate of a row that lacks its year and source, and its basis where that is the usual one."""
    indicator, measure, value, unit = (row[column] for column in ("indicator", "measure", "value", "unit"))
    nature = str(data.indicators.at[indicator, "growth_basis"])
    if row["qualifier"] == "range" and (word := BESIDE.search(row["token"])):  # 6%—6.5%左右: no qualifier says both
        context = context.doubt(0.6, f"a range with {word[0]} beside it, which is not kept")
    if unit not in ("percent", data.indicators.at[indicator, "level_unit"]):
        context = context.doubt(0.8, OTHER_MONEY[unit])
    elif value and not in_proportion(indicator, measure, float(value)):
        context = context.doubt(0.3, f"{value} is out of all proportion for {indicator}")
    row |= {"source_id": doc.source_id, "year": str(context.year), "period": context.period, "concept": context.concept}
    usual = nature if measure == "growth" or nature in ("count", "rate") else "current_prices"
    row |= {"basis": row["basis"] or usual, "reliability": "official"}
    page = text.pages[line_of(row["locator"]) - 1] if text.pages else 0
    return Candidate(row, "", page, round(context.sure, 2), tuple(dict.fromkeys(context.reasons)))


def _plain(value: float | None) -> str:
    return "" if value is None else f"{value:.8f}".rstrip("0").rstrip(".")
