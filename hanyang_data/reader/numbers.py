"""Numbers with a unit in a plain passage: where they stand and what they are worth. The reading itself is the record's own."""

from __future__ import annotations

import re
from typing import NamedTuple

from hanyang_data.errors import ParameterError
from hanyang_data.record.targets import CONVERSIONS, parse

_N = r"\d+(?:\.\d+)?"
_SCALE = r"[余多]?(?:[十百千]?万亿|[十百千]?[万亿]|[百千十])?[余多]?"
_UNIT = r"%|个百分点|百分点|亿?美元|元|人次|人|户|家|个(?!月)|项|场|栋|座|名|所|套"
_BEFORE = (
    "≤|≥|不超过|不高于|不突破|不低于|不少于|不小于|至少|突破|超过|超出|超|破|迈上|迈过|跨上|跨过|跨越|越过|跃上|站上|"
    "(?<![超突通经不跨迈越])过|高于|大约|约|接近|近"
)
_BEHIND = "以内|以下|之内|及以上|以上|左右|上下"
QUANTITY = re.compile(
    rf"""(?P<before>{_BEFORE})?
    (?:(?<![\d.A-Za-z])|(?<=GDP)|(?<=CPI))
    (?P<first>(?:(?<![\d%元亿万家户人个])-)?{_N}{_SCALE}(?:{_UNIT})?(?:[-—–~～至]|到(?=\d)){{1,2}})?
    (?P<number>(?:(?<![\d%元亿万家户人个~～—至到])-)?{_N}|(?<![\d一二三四五六七八九十百千万])[一二三四五六七八九十两](?=[千百]?[千万]?亿)|(?<![\d十百千万两一二三四五六七八九个])(?=[千百万]亿))
    (?P<scale>{_SCALE})(?P<unit>{_UNIT})?
    (?P<behind>（?(?:{_BEHIND}))?""",
    re.VERBOSE,
)


_MONEY = {("USD_100M", "CNY_100M"): "USD_100M", ("CNY_100M", "USD_100M"): "CNY_100M", ("CNY", "USD_100M"): "CNY_100M"}
_NOUN = re.compile("((?:常住|户籍)总?人口)|(?:市场|经营)主体")
_FOLLOWS = re.compile(r"(?!大关|新?台阶|[二两三四五六]个大?台阶|以上|左右|的|和|及|增)\w")  # another unit


class Quantity(NamedTuple):
    """A number with its unit in a passage: ``points`` says that it is in percentage points."""

    start: int
    end: int
    text: str
    points: bool
    percent: bool


class Reading(NamedTuple):
    """A number in the unit of the record; ``value`` is the bound where the qualifier makes it one."""

    value: float
    high: float | None
    qualifier: str
    unit: str


def quantities(text: str, offset: int = 0) -> list[Quantity]:
    """Every number in ``text`` that has a unit, or a scale that stands for 亿元."""
    found: list[Quantity] = []
    start, shared = 0, ""  # where the number behind begins, and its unit
    for m in reversed(list(QUANTITY.finditer(text))):
        bare = not (m["unit"] or m["scale"] or m["behind"]) and re.fullmatch("[、和与]", text[m.end() : start])
        unit, scale = (shared if bare else m["unit"]) or "", m["scale"]  # 78251和42786元
        start, shared = m.start(), unit if bare else scale + unit
        if scale and not unit and (noun := _NOUN.match(text, m.end())):  # 1.27亿常住人口
            unit = "人" if noun[1] else "户"
        if not (m["number"] and unit) and "亿" not in scale:
            continue
        follows = _FOLLOWS.match(text, m.end())
        if not unit and follows and m["behind"] is None:
            continue  # 700亿 and 2万亿台阶 stand for money, 5亿级 does not
        if unit.endswith("人次") or (m["behind"] and re.match("的?(项目)?固定资产投资", text[m.end() :])):
            continue  # 500万元以上固定资产投资
        words = m[0] + unit * bool(bare or not m["unit"])
        found.append(Quantity(start + offset, m.end() + offset, words, "百分点" in unit, unit == "%"))
    return found[::-1]


def read(printed: str, unit: str) -> Reading | None:
    """The number in the unit of the indicator, or in the other money; nothing where the units do not go together."""
    negative = printed.lstrip().startswith("-")
    try:
        target = parse(
            printed.lstrip("（").replace("（", "").replace("十万亿", "10万亿").replace("≤", "不高于").replace("≥", "不低于")
        )
    except ParameterError:
        return None
    low = target.high if target.low is None else target.low
    if low is None:
        return None
    unit = _MONEY.get((target.unit, unit), unit)
    factor = 1.0 if target.unit == unit else CONVERSIONS.get((target.unit, unit))
    if factor is None or (target.unit == "count" and unit == "10K_persons" and not re.search("人|名|个", printed)):
        return None
    high = target.high if target.qualifier == "range" else None
    value = round(low * factor, 8) * (-1 if negative and low > 0 else 1)
    return Reading(value, None if high is None else round(high * factor, 8), target.qualifier, unit)
