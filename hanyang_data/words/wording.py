"""Numbers and names as a reader of a report meets them, in English and Chinese."""

import unicodedata
from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Context, Decimal
from itertools import groupby
from typing import Literal

from hanyang_data.words.messages import LANGUAGES as LANGUAGES
from hanyang_data.words.messages import Lang as Lang
from hanyang_data.words.messages import Text as Text
from hanyang_data.words.messages import language as language
from hanyang_data.words.messages import messages as messages

SAYS = messages(__name__)
MINUS = "\N{MINUS SIGN}"
NO_WORDS = Text("", "")
Measured = Literal["pp", "percent", "pp_a_year", "a_year"]  # units of what is computed


class Printed(Text):
    """A figure in the words of a report, with the number it states: of "about 7%" 7, of a bound or a wording None."""

    value: float | None = None
    unit: str = ""
    marks: str = ""

    @classmethod
    def of(cls, words: Text, value: float | None, unit: str, marks: str = "") -> "Printed":
        """Words with the number they state and its unit, and with the marks behind them."""
        made = cls(words.en + marks, words.zh + marks)
        made.value, made.unit, made.marks = value, unit, marks
        return made


def display_width(text: str) -> int:
    """Columns that a text takes where a Chinese character takes two.

    >>> display_width("GDP"), display_width("增速")
    (3, 4)
    """
    if text.isascii():  # most are, and a nation has many
        return len(text)
    return sum(2 if unicodedata.east_asian_width(character) in "WF" else 1 for character in text)


def join(texts: Sequence[Text]) -> Text:
    """Sentences one after the other: a space between English ones, none between Chinese ones."""
    return Text(" ".join(t.en for t in texts if t.en), "".join(t.zh for t in texts if t.zh))


def listed(texts: Iterable[Text], mark: Literal[",", "，", ";", "and"] = ",") -> Text:
    """Items in a row of text: a, b (、 in Chinese, and ， where they are clauses); a; b; or a and b inside a sentence."""
    items = list(texts)
    if mark == "and" and len(items) > 1:
        return SAYS["and"].format(first=listed(items[:-1]), last=items[-1])
    english, chinese = {"，": (", ", "，"), ";": ("; ", "；")}.get(mark, (", ", "、"))
    return Text(english.join(t.en for t in items), chinese.join(t.zh for t in items))


def bracketed(text: Text, words: Text) -> Text:
    """A text with words in brackets behind it: in those with which it ends, where it does.

    >>> bracketed(Text("missed (by 1 pp)", "未达到"), Text("secondary page", "二手资料"))
    Text(en='missed (by 1 pp; secondary page)', zh='未达到（二手资料）')
    """
    en = f"{text.en[:-1]}; {words.en})" if text.en.endswith(")") else f"{text.en} ({words.en})"
    zh = f"{text.zh[:-1]}；{words.zh}）" if text.zh.endswith("）") else f"{text.zh}（{words.zh}）"
    return Text(en, zh)


def clauses(texts: Sequence[Text]) -> Text:
    """What is said of one year after the other: a, b and c; in Chinese a，b，c."""
    *first, last = texts
    if not first:
        return last
    return SAYS.clauses.format(first=listed(first, "，"), last=last)


def named_years(years: Sequence[int]) -> Text:
    """Years inside a sentence: 2017–2018 and 2020, 2017—2018、2020年."""
    *first, last = (spanned(run) for run in runs(years) or [""])
    return SAYS.years.format(first=listed(first), last=last) if first else Text(last.en, SAYS.year.format(years=last).zh)


def extent(k: int, n: int) -> str:
    """How many of how many, as a sentence says it: the key of its wording.

    >>> [extent(k, n) for k, n in ((0, 1), (1, 1), (0, 2), (2, 2), (0, 3), (3, 3), (2, 3))]
    ['missed', 'one', 'neither', 'both', 'none', 'all', 'some']
    """
    if 0 < k < n:
        return "some"
    nothing, everything = {1: ("missed", "one"), 2: ("neither", "both")}.get(n, ("none", "all"))
    return everything if k else nothing


def full_stop(text: Text) -> Text:
    """A headline as a sentence of a paragraph."""
    return SAYS.full_stop.format(text=Text(text.en[0].upper() + text.en[1:], text.zh)) if text.en else text


def inside(title: str) -> str:
    """A Chinese title between 《 and 》: titles within it have single marks.

    >>> inside("《政府工作报告》提交审议")
    '〈政府工作报告〉提交审议'
    """
    return title.translate(str.maketrans("《》", "〈〉"))


def within(name: Text) -> Text:
    """A name inside a sentence: no capital in English, unless it is an abbreviation such as GDP."""
    keep = name.en[1:2].isupper() or not name.en
    return Text(name.en if keep else name.en[0].lower() + name.en[1:], name.zh)


def number(value: float, decimals: int | None = None, *, sign: bool = False) -> str:
    """A number for print: thousands comma, a real minus sign, ``decimals`` places or as many as it has.

    Rounds half away from zero on the decimal digits that Python shows for the float, so 0.25 and 2.675 round as on paper.
    """
    exact = Decimal(str(value))
    if decimals is None:
        exact = exact.normalize()
        decimals = max(0, -int(exact.as_tuple().exponent))
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    if rounded == 0:
        return f"{abs(rounded):,.{decimals}f}"
    prefix = MINUS if rounded < 0 else "+" if sign else ""
    return f"{prefix}{abs(rounded):,.{decimals}f}"


def rounded(value: float, decimals: int) -> float:
    """A computed level or share in the decimals of a table, or in as many as show it (:func:`shows`)."""
    return round(value, shows(value, decimals))


def shows(value: float, decimals: int) -> int:
    """The decimals given, or below 0.1 those of three digits: a few persons counted in 万人 are not nothing.

    >>> shows(5.2636, 2), shows(0.0010909, 2)
    (2, 5)
    """
    first = -Decimal(str(round(value, 9))).adjusted()  # of its digits stands so far behind the point
    return decimals if first < 2 else first + 2


def points(value: float) -> Text:
    """A difference of two rates, signed, in percentage points."""
    return amount(value, "pp")


def amount(value: float, unit: Measured, *, decimals: int = 1, sign: bool = True) -> Text:
    """A computed number with its unit: +2.0 pp."""
    return AMOUNTS[unit].format(n=number(value, decimals, sign=sign))


def span(low: float, high: float, unit: Measured, *, decimals: int = 1, sign: bool = True) -> Text:
    """Two numbers with their unit: −0.9 to +0.1 pp."""
    first, last = (number(value, decimals, sign=sign) + "%" * (unit == "percent") for value in (low, high))
    found = SAYS.to.format(first=first, last=last)
    return found if unit == "percent" else AMOUNTS[unit].format(n=found)


def runs(years: Sequence[int]) -> list[str]:
    """Years with those that follow on one another shortened: 2017 and 2019–2021."""
    numbered = enumerate(sorted(years))  # where one follows on another, year and number grow alike
    found = [[year for _, year in run] for _, run in groupby(numbered, lambda pair: pair[1] - pair[0])]
    return [str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in found]


def year_list(years: Sequence[int]) -> Text:
    """Years in a row of text, runs shortened: 2017, 2019–2021."""
    found = listed(spanned(run) for run in runs(years))
    return Text(found.en, found.zh and f"{found.zh}年")


def dated(day: str) -> Text:
    """A day, a month or a year inside a sentence.

    >>> [dated(day).zh for day in ("2026", "2026-01", "2026-01-20")]
    ['2026年', '2026年1月', '2026年1月20日']
    """
    return Text(day, "".join(f"{int(part)}{sign}" for part, sign in zip(day.split("-"), "年月日", strict=False)))


def spanned(years: str) -> Text:
    """Years from one to another: 2017–2019, and in Chinese 2017—2019."""
    return Text(years, years.replace("–", "—"))


UNITS = SAYS.each("units")
AMOUNTS = SAYS.each("amounts")
VINTAGES = SAYS.each("vintages")
TARGET_VINTAGES = SAYS.each("target_vintages")
VERDICTS = SAYS.each("verdicts")
GROWTH, LEVEL = SAYS.growth, SAYS.level
DAGGER, MARKED = "†", {"corrected", "flagged"}  # a mark on what corrections.yaml changed or doubts; the note says why
STAR, SECONDARY = "*", "secondary"  # and on what is from a page that is neither official nor a reprint
NOT_ON_RECORD = "–"  # in a table; nothing at all was printed
# how a printed number is read: {n} is the number with its unit
QUALIFIERS = SAYS.each("qualifiers")
# English counts in thousands and not in ten thousands: from which number on, times what, and times what below
IN_ENGLISH = {"CNY_100M": (10, "0.1", "100"), "USD_100M": (10, "0.1", "100"), "10K_persons": (100, "0.01", "10000")}
FOUR_DIGITS, TWO_PLACES, MYRIAD = Context(prec=4), 10, 10_000  # in 万 Chinese counts what is below 亿
STATED = ("point", "about")  # of other qualifiers the number is an end of what is meant


def signs(flag: str) -> str:
    """The marks that the flag of a row sets at its figure.

    >>> signs("comparable secondary")
    '*'
    """
    flags = set(flag.split())
    return DAGGER * bool(flags & MARKED) + STAR * (SECONDARY in flags)


def printed(value: float | None, qualifier: str, unit: str = "", high: float | None = None, *, flag: str = "") -> Printed:
    """A figure with its qualifier, as a report prints it: about 7%, 7%左右; over 1,000, 超过1,000.

    ``value`` is None or NaN for a wording without a number, ``high`` the upper end of a range; a ``flag`` sets its marks. Of
    units only the percent sign is printed: others stand in the head of the column or the axis.
    """
    sign = "%" if unit == "percent" else ""
    shown = "" if value is None or value != value else number(value)
    if qualifier == "range" and high is not None:
        shown = f"{shown}–{number(high)}"
    stated = float(value) if value is not None and shown and qualifier in STATED else None
    return Printed.of(QUALIFIERS[qualifier].format(n=shown + sign), stated, unit, signs(flag))


def as_read(value: float, qualifier: str, flag: str) -> Printed | float:
    """The number itself for a column of numbers, or its words where it was printed as "about" or has a mark.

    >>> as_read(6.5, "point", ""), as_read(6.5, "point", "secondary")
    (6.5, Printed(en='6.5*', zh='6.5*'))
    """
    return printed(value, qualifier, flag=flag) if value == value and (qualifier == "about" or signs(flag)) else value


def quantity(value: float, unit: str) -> Text:
    """A level with its unit inside a sentence; no more than four digits of it in English, two decimals in Chinese.

    Each language counts as it does: in thousands and millions, in 万 and 亿.

    >>> quantity(13410.34, "CNY_100M")
    Text(en='CNY 1,341 billion', zh='13,410.34亿元')
    >>> quantity(1.9, "10K_persons")
    Text(en='19,000 people', zh='1.9万人')
    >>> quantity(1785000, "count"), quantity(0.2036, "CNY_100M")
    (Text(en='1,785,000', zh='178.5万个'), Text(en='CNY 20.36 million', zh='2,036万元'))
    """
    least, large, small = IN_ENGLISH.get(unit, (0, "1", "1"))
    below = abs(value) < least
    scaled = Decimal(str(value)) * Decimal(small if below else large)
    english = float(FOUR_DIGITS.create_decimal(scaled)) if unit in IN_ENGLISH else value
    size = "_small" if unit in IN_ENGLISH and abs(value) < 1 else "_large" if unit == "count" and abs(value) >= MYRIAD else ""
    counted = value * MYRIAD if size == "_small" else value / MYRIAD if size else value
    chinese = round(counted, 2) if abs(counted) >= TWO_PLACES else float(FOUR_DIGITS.create_decimal(Decimal(str(counted))))
    english_words, chinese_words = (SAYS["quantities", unit + end] for end in ("_small" if below else "", size))
    return Text(english_words.en, chinese_words.zh).format(n=Text(number(english), number(chinese)))
