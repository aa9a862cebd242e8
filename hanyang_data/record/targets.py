"""A target as an object, and the reading of Chinese target wording.

A target is not a number: 6.5%左右 is about 6.5, 6.5%以上 includes 6.5, 超过6.5% does not (Civil Code, article 1259),
and 与经济增长同步 has no number at all.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from decimal import Decimal

from hanyang_data.errors import ParameterError, nearest
from hanyang_data.record.tokens import DASHES, PER_UNIT, in_digits
from hanyang_data.words.wording import QUALIFIERS, UNITS

# which of low and high a qualifier needs; the others need neither
_BOUNDS = {
    **dict.fromkeys(("point", "about", "range"), (True, True)),
    **dict.fromkeys(("at_least", "over"), (True, False)),
    "within": (False, True),
}


@dataclass(frozen=True)
class Target:
    """What was aimed at. Two targets are equal if low, high and qualifier are; the rest says where they come from.

    Args:
        low: the number, or the lower one of a range; None for ``within`` and where there is no number.
        high: the number, or the higher one of a range; None for ``at_least``, ``over`` and where there is no number.
        qualifier: one of ``hanyang_data.words.wording.QUALIFIERS``.
        unit: of low and high, one of ``hanyang_data.words.wording.UNITS``.
        ceiling: True where less is better (prices, unemployment).
        wording: the target as printed.
        vintage: ``original``, ``revised`` or ``plan``.
        published_on: day of publication, ``2021-01-24``.
        source_id: where it was printed.

    Raises:
        ParameterError: for an unknown qualifier or unit, or numbers that do not fit the qualifier.
    """

    low: float | None
    high: float | None
    qualifier: str
    unit: str = field(default="percent", compare=False)
    ceiling: bool = field(default=False, compare=False)
    wording: str = field(default="", compare=False)
    vintage: str = field(default="original", compare=False)
    published_on: str = field(default="", compare=False)
    source_id: str = field(default="", compare=False)

    def __post_init__(self) -> None:
        if self.qualifier not in QUALIFIERS:
            raise ParameterError(f"unknown qualifier {self.qualifier!r}: {nearest(self.qualifier, QUALIFIERS)}")
        if self.unit not in UNITS:
            raise ParameterError(f"unknown unit {self.unit!r}: {nearest(self.unit, UNITS)}")
        needs = _BOUNDS.get(self.qualifier, (False, False))
        if (self.low is not None, self.high is not None) != needs:
            words = " and ".join(name for name, needed in zip(("low", "high"), needs, strict=True) if needed)
            raise ParameterError(f"a target that is {self.qualifier!r} needs {words or 'no number'}, not more or less")
        if self.low is not None and self.high is not None:
            ordered = self.low < self.high if self.qualifier == "range" else self.low == self.high
            if not ordered:
                raise ParameterError(f"low {self.low} and high {self.high} do not make a target {self.qualifier!r}")


_SCALES = {"十": 10, "百": 100, "千": 1_000, "万": 10_000, "亿": 100_000_000}
_DIGITS = dict(zip("一二三四五六七八九两", (1, 2, 3, 4, 5, 6, 7, 8, 9, 2), strict=True))
CONVERSIONS = {  # from the unit printed to that of the record: 5938人 in 10,000 persons, 6900万元 in CNY 100 million
    ("CNY", "CNY_100M"): 1e-8,
    ("CNY_100M", "CNY"): 1e8,
    ("count", "10K_persons"): 1e-4,
    ("10K_persons", "count"): 1e4,
}
# words directly before or behind a number; elsewhere they mean something else (规模以上工业)
BEFORE = {
    **dict.fromkeys(("不超过", "不超", "不高于", "不突破", "不大于"), "within"),
    **dict.fromkeys(("不低于", "不少于", "不小于", "至少"), "at_least"),
    **dict.fromkeys(("突破", "超过", "超出", "超", "破", "高于", "大于"), "over"),
    **dict.fromkeys(("大约", "约", "接近", "近"), "about"),
}
BEHIND = {
    **dict.fromkeys(("以内", "以下", "之内"), "within"),
    **dict.fromkeys(("及以上", "以上"), "at_least"),
    **dict.fromkeys(("左右", "上下"), "about"),
}
_RANGE = re.compile(r"(?<=[\d%十百千万亿元家户人个])(?:[—–~〜至到]+|[-−])(?=-?\d)")  # 5%—5.5%, 6-6.5%, -5%—-3%
_PLAIN = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_SCALE = r"[余多]?[十百千万亿]*[余多]?"  # 8000余户, 4.1万余人
_UNIT = r"%|美元|元|人(?!次)|[家户项名所套场栋座]|个(?!百分点)"
_ENDS = "|".join([*BEHIND, "大关", "$", r"[^\w%]"])  # 700亿 stands for 700亿元, 3亿人次 does not
_QUANTITY = re.compile(
    rf"""(?P<before>{"|".join(BEFORE)})?(?:同比|年均|增长|增速|上涨|达到|达|为|到|新增)*
    (?<![\d.{"".join(_DIGITS)}{"".join(_SCALES)}])
    (?:(?P<first>-?(?:{_PLAIN}))(?P<first_scale>{_SCALE})(?:{_UNIT})?~)?
    (?P<last>-?(?:{_PLAIN})|[{"".join(_DIGITS)}](?=[十百千万亿])|(?=[十百千万]亿))
    (?P<scale>{_SCALE})(?:(?P<unit>{_UNIT})|(?<=亿)(?={_ENDS}))
    \(?(?P<behind>{"|".join(BEHIND)})?""",
    re.VERBOSE,
)
_YEARS = re.compile(r"(?:19|20)\d\d(?!\d|\.|%)")
_STRETCH = re.compile(r"(?<=[,、;(])(?:并|努力)?力争.*")  # 增长6%以上，力争6.5%: the target is the first number
_FALL = re.compile(r"下降(?!率)|降低(?!率)|减少|负增长|(?<!不)(?:低于|少于|小于)|不足|不满|不到|百分点")
_NUMBERLESS = {
    "positive": re.compile(r"正增长"),
    "in_step_with_gdp": re.compile(r"(?:经济|GDP|生产总值).*同步|^(?:保持)?基本同步$|^同步(?:增长)?$", re.IGNORECASE),
    "none": re.compile(
        r"下达|完成|达到?(?:国家|省|市|上级|要求|目标)|平均水平|合理区间|同步|稳定|平稳|稳步|稳中|持续|"
        r"[快高优好]于|领先|前列|^无$|^/$"
    ),
}


def parse(wording: str) -> Target:
    """Read a target as printed in Chinese: ``6.5%左右``, ``5%—5.5%``, ``1.55万家``, ``突破千亿元``, ``与经济增长同步``.

    The unit becomes percent, CNY_100M (亿元), CNY (元, 万元), USD_100M (美元), 10K_persons (万人) or count (个, 家),
    and the number is scaled into it. ``控制在`` and ``以内`` make a ceiling.

    Raises:
        ParameterError: if the wording holds no target, two numbers, a number without a unit, a word beside a range
            (6%—6.5%左右) or a fall (下降3%, of which a number alone does not say whether −3 or 3 is meant).
    """
    target, beside = parted(wording)
    if beside:
        raise ParameterError(f"{wording!r} is a range with {beside} beside it: give the range alone, or one number with {beside}")
    return target


def parted(wording: str) -> tuple[Target, str]:
    """What :func:`parse` reads, and of a range the word beside it, which no qualifier keeps: 左右 of 6%—6.5%左右."""
    if not isinstance(wording, str):
        raise ParameterError(f"a target wording is text, not {wording!r}")
    text = in_digits(re.sub(r"\s", "", unicodedata.normalize("NFKC", wording)))
    text = _RANGE.sub("~", text).translate(DASHES)
    found = _QUANTITY.search(text)
    if found is None:
        return _numberless(_YEARS.sub("", text), wording), ""
    rest = _YEARS.sub("", text[: found.start()] + "|" + _STRETCH.sub("", text[found.end("scale") :]))
    if re.search(r"\d|同步|正增长", rest) or _QUANTITY.search(rest):
        raise ParameterError(f"{wording!r} holds more than one number or target: give each alone")
    if _FALL.search(text):
        raise ParameterError(f"{wording!r} speaks of a fall or an open bound below: give the growth as a signed number")
    unit = _unit(found["unit"] or "元", found["scale"])
    low, high = _number(found["last"], found["scale"], unit), None
    qualifier = BEHIND.get(found["behind"]) or BEFORE.get(found["before"]) or "point"
    if qualifier == "point" and re.search("[余多]", found["scale"]):
        qualifier = "over"
    beside = ""
    if found["first"]:
        beside = found["behind"] or found["before"] or ""
        ends = _number(found["first"], found["first_scale"] or found["scale"], unit), low
        low, high, qualifier = min(ends), max(ends), "range"
    needs = _BOUNDS[qualifier]
    sides = low if needs[0] else None, (low if high is None else high) if needs[1] else None
    return Target(*sides, qualifier, unit, ceiling="控制在" in text or qualifier == "within", wording=wording), beside


def _numberless(text: str, wording: str) -> Target:
    if not re.search(r"\d", text):
        for qualifier, pattern in _NUMBERLESS.items():
            if pattern.search(text):
                return Target(low=None, high=None, qualifier=qualifier, wording=wording)
        raise ParameterError(f"{wording!r} is no target wording that is known; known are such as 6.5%左右 and 正增长")
    raise ParameterError(f"{wording!r} has a number without a unit that is known, such as %, 亿元, 万人, 家")


def _unit(word: str, scale: str) -> str:
    if word == "元":
        return "CNY_100M" if "亿" in scale else "CNY"
    if word == "人":
        return "10K_persons" if "万" in scale else "count"
    return {"%": "percent", "美元": "USD_100M"}.get(word, "count")


def _number(digits: str, scale: str, unit: str) -> float:
    """``1.45``, ``万`` in households -> 14500.0, in decimals so that no float noise comes in."""
    plain = digits.replace(",", "")
    value = Decimal(_DIGITS.get(plain, plain or 1))
    for mark in scale:
        value *= _SCALES.get(mark, 1)
    value /= PER_UNIT.get(unit, 1)
    return float(value)
