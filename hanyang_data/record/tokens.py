"""Whether a value is what its token says: sign, scale and wording of the printed figure against the typed cells.

A token is the number as printed, at most 20 characters, perhaps with its unit and words: 下降3.5%, 1,201.5亿元, 280 23.6. What it
cannot say, such as the unit in the head of a table, it is not asked.
"""

from __future__ import annotations

import re
import unicodedata
from decimal import Decimal
from typing import TYPE_CHECKING

from hanyang_data.record.contract import BOUNDS

if TYPE_CHECKING:
    import pandas as pd

NUMBER = re.compile(
    r"(?P<sign>[-+])?\s*(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:[.,]\d+)?)\s*"
    r"(?P<scale>万亿|亿|万|千|百|trillion|billion|million|thousand|miliardi|mila)?\s*"
    r"(?P<unit>%|个百分点|percent|per cent|美元|元|人)?",
    re.IGNORECASE,
)
FALL = re.compile(r"下降|降低|减少|下滑|负增长|回落|down|fell|fall|drop|decreas", re.IGNORECASE)
SCALES = {
    "万亿": Decimal(10) ** 12, "亿": Decimal(10) ** 8, "万": Decimal(10) ** 4, "千": Decimal(1000), "百": Decimal(100),
    "trillion": Decimal(10) ** 12, "billion": Decimal(10) ** 9, "million": Decimal(10) ** 6, "thousand": Decimal(1000),
    "miliardi": Decimal(10) ** 9, "mila": Decimal(1000),
}  # fmt: skip
ROMANCE = ("miliardi", "mila")  # of languages in which a dot parts thousands
PER_UNIT = {"CNY_100M": Decimal(10) ** 8, "USD_100M": Decimal(10) ** 8, "10K_persons": Decimal(10) ** 4}
BETWEEN = re.compile(r"(?<=[\d%元人点亿万])(?:[—–]+|[-−‐‒])(?=[-−]?\d)")  # the ends of a range: 5.5%-6%, -5%—-3%
_DIGITS, _STEPS = {digit: n % 10 for n, digit in enumerate("零一二三四五六七八九0123456789")}, {"十": 10, "百": 100}
_WORDS = "[{0}十百]++(?:[点.][{0}]++)?".format("".join(_DIGITS))
_APART = f"(?<![{''.join(_DIGITS)}十百千万几])"  # 五百分之一 is a five-hundredth
SPOKEN = re.compile(f"{_APART}百分之({_WORDS})(?:([至到—–~-])({_WORDS})(?![分%亿万千元人年个]))?")  # and a range: 百分之五至六
DASHES = str.maketrans(dict.fromkeys("−‐‒–—﹣", "-"))
# words of a bound or a wording, where the token holds them: about the qualifier they may stand for
WORDS = {
    "左右": {"about"}, "上下": {"about"}, "以上": {"at_least"}, "不低于": {"at_least"}, "以内": {"within"}, "不超过": {"within"},
    "突破": {"over"}, "正增长": {"positive"}, "同步": {"in_step_with_gdp", "none"},
}  # fmt: skip
# a token as most are
PLAIN = re.compile(r"(突破)?(-?[0-9]+(?:\.[0-9]+)?)(%|亿元|亿美元|万人|元)(左右|以上)?")
PLAIN_UNITS = {"%": "percent", "亿元": "CNY_100M", "亿美元": "USD_100M", "万人": "10K_persons", "元": "CNY"}


def in_digits(text: str) -> str:
    """A text with its percentages in digits that are printed in words.

    >>> in_digits("增长百分之六点五左右"), in_digits("百分之一百零五"), in_digits("百分之五至六"), in_digits("五百分之一")
    ('增长6.5%左右', '105%', '5%至6%', '五百分之一')
    """
    return SPOKEN.sub(lambda found: "".join([_spoken(found[1]), found[2] or "", _spoken(found[3] or "")]), text)


def _spoken(words: str) -> str:
    whole, _, part = words.replace(".", "点").partition("点")
    value, digit = 0, 0
    for char in whole:
        if step := _STEPS.get(char):
            value, digit = value + (digit or 1) * step, 0
        else:
            digit = 10 * digit + _DIGITS[char]
    return f"{value + digit}{'.' * bool(part)}{''.join(str(_DIGITS[char]) for char in part)}%" if words else ""


def plainly(token: str) -> tuple[float, str, str]:
    """Number, unit and qualifier of a token that has one reading and plainly says it, as most do; else NaN and nothing.

    A qualifier is empty where the token has no word for it. What is typed and what this says are the same: then
    :func:`disagreement` finds none, and need not be asked.

    >>> plainly("突破1201.5亿元"), plainly("6.5%")
    ((1201.5, 'CNY_100M', 'over'), (6.5, 'percent', ''))
    """
    match = PLAIN.fullmatch(token)
    if not match or (match[1] and match[4]):
        return float("nan"), "", ""
    (word,) = {match[1], match[4]} - {None} or {""}
    return float(match[2]), PLAIN_UNITS[match[3]], min(WORDS.get(word, {""}))


def readings(token: str, unit: str) -> set[Decimal]:
    """Every number a token may stand for in a unit: with its sign and scale; a bare one as it stands, or in 万 of the unit.

    >>> sorted(readings("1,201.5亿元", "CNY_100M"))
    [Decimal('1201.5')]
    >>> sorted(readings("下降3.5%", "percent"))
    [Decimal('-3.5')]
    >>> sorted(readings("5.5%—6%", "percent"))
    [Decimal('5.5'), Decimal('6')]
    """
    text = BETWEEN.sub("~", in_digits(unicodedata.normalize("NFKC", token))).translate(DASHES)
    falls = bool(FALL.search(text))
    found: set[Decimal] = set()
    for match in NUMBER.finditer(text):
        scale, per = (match["scale"] or "").lower(), PER_UNIT.get(unit, Decimal(1))
        number = _number(match["digits"], scale)
        if scale:
            values = {number * SCALES[scale] / per}
        elif unit == "percent" or match["unit"] in ("元", "人"):
            values = {number if unit == "percent" else number / per}
        else:  # the unit stands in the head of a table or before the token: the unit itself, 万 of what it counts, or one
            values = {number, number * Decimal(10) ** 4 / per, number / per}
        negative = match["sign"] == "-" or (falls and match["sign"] is None)
        found |= {-value for value in values} if negative else values
    return found


def _number(digits: str, scale: str) -> Decimal:
    """Digits with their marks: 1,201.5 and 243,000; 1.560 miliardi; 4,7 with a comma for the dot."""
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", digits):
        return Decimal(digits.replace(",", ""))
    if scale in ROMANCE and re.fullmatch(r"\d{1,3}(?:\.\d{3})+", digits):
        return Decimal(digits.replace(".", ""))
    return Decimal(digits.replace(",", "."))


def disagreement(token: str, value: float, value_high: float, unit: str, qualifier: str) -> str:
    """What token and cells disagree on, in a few words; empty where they agree or the token says nothing of it."""
    numbers = readings(token, unit)
    for typed in (value, value_high):
        if typed != typed or not numbers or any(abs(float(n) - typed) <= 1e-6 * max(1.0, abs(typed)) for n in numbers):
            continue
        if any(abs(abs(float(n)) - abs(typed)) <= 1e-6 * max(1.0, abs(typed)) for n in numbers):
            if typed < 0:  # the word or the sign stands before the token
                continue
            return "another sign"
        return "another number"
    said = set().union(*(meant for word, meant in WORDS.items() if word in token))
    if said and qualifier not in said and not (qualifier in BOUNDS and said & {*BOUNDS}) and qualifier != "range":
        return "another wording"
    return ""


def against_tokens(obs: pd.DataFrame, value: pd.Series, high: pd.Series) -> list[str]:
    """Value, unit and qualifier against the token in the same row."""
    import pandas as pd  # which takes longer than all else of a sweep in which nothing is to be made

    codes, tokens = pd.factorize(obs["token"].to_numpy(dtype=object))
    said = pd.DataFrame([plainly(token) for token in tokens], columns=["value", "unit", "qualifier"]).take(codes)
    agrees = value.to_numpy() == said["value"].to_numpy()
    for column in ("unit", "qualifier"):
        agrees &= (said[column].eq("") | said[column].eq(obs[column].to_numpy())).to_numpy()
    doubtful = ~agrees | high.notna().to_numpy()
    rest, typed = obs[doubtful], zip(value[doubtful], high[doubtful], strict=True)
    columns = zip(rest.index, rest["token"], rest["unit"], rest["qualifier"], typed, strict=True)
    told = ((row, token, disagreement(token, *typed, unit, qualifier)) for row, token, unit, qualifier, typed in columns)
    return [
        f"observations.csv, row {row}, column value: the token {token!r} says {what} than value, unit and qualifier do: "
        "correct the one that differs from the text"
        for row, token, what in told
        if what
    ]
