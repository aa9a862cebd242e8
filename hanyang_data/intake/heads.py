"""What the head of a column says: which indicator, its level or its growth, in which unit, and how that becomes the record's."""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

from hanyang_data.errors import SnapshotError
from hanyang_data.record.names import Names, key

Measure = Literal["level", "growth"]
YEARS = {"year", "years", "年份", "年", "年度", "时间", "date"}
REGIONS = {"region", "regions", "地区", "区域", "区", "城市", "district", "city", "area", "行政区", "name"}
INDICATORS = {"indicator", "indicators", "指标", "指标名称", "variable", "项目", "item", "series"}
UNITS = {"unit", "units", "单位", "计量单位"}
VALUES = {"value", "values", "数值", "值", "数据"}
ROLES = {"year": YEARS, "region": REGIONS, "indicator": INDICATORS, "unit": UNITS, "value": VALUES}
BRACKETS = re.compile(r"^(.*?)\s*[(\[【（]([^()\[\]【】（）]*)[)\]】）]\s*$", re.DOTALL)
PARTED = re.compile(r"^(.*?)\s*[/，,:：_\-\s]\s*([^/，,:：]+)$", re.DOTALL)
GROWTH = re.compile(
    r"(?:比上年|较上年|同比)?(?:实际|名义)?(?:增长速度|增长率|增速|增幅|增长|涨幅|涨跌幅|同比)|"
    r"[\s_,-]*\b(?:annual |real |nominal |yoy )*(?:growth(?: rate)?|yoy|y/y|percent(?:age)? change|% change)\b|_growth\b|_yoy\b",
    re.IGNORECASE,
)
NATURES = {
    "real": re.compile(r"实际|可比价|\breal\b", re.IGNORECASE),
    "nominal": re.compile(r"名义|现价|\bnominal\b", re.IGNORECASE),
}
TEN = Decimal(10)
# levels of the record are at current prices: to say so changes nothing, while constant prices are another quantity
CURRENT = re.compile(r"[,;，；、]?(?:按)?(?:当年价格?|现价|现行价格?|currentprices)(?:计算)?[,;，；、]?")
# words of what is counted; the longest first, so that 美元 is not read as 元
BASES = (
    ("usd", r"亿美元|万美元|美元|usdollars?|us\$|usd|dollars?"),
    ("cny", r"元人民币|人民币元|人民币|元|yuan|cny|rmb"),
    ("persons", r"人|persons?|people"),
    ("count", r"个|家|户|件|场|套|项|所|count|number|units?|firms?"),
    ("percent", r"%|percent|百分比"),
)
SCALES = {
    "万亿": 12, "trillion": 12, "billion": 9, "bn": 9, "亿": 8, "100million": 8, "100m": 8, "百万": 6, "million": 6, "mn": 6,
    "万": 4, "10thousand": 4, "10k": 4, "10000": 4, "千": 3, "thousand": 3, "百": 2, "": 0,
}  # fmt: skip
# a scale as a token prints it, so that value and token can be held against one another
PRINTED = {12: "万亿", 9: " billion", 8: "亿", 6: " million", 4: "万", 3: "千", 2: "百", 0: ""}
RECORD = {"CNY_100M": ("cny", 8), "USD_100M": ("usd", 8), "10K_persons": ("persons", 4), "CNY": ("cny", 0),
          "count": ("count", 0), "percent": ("percent", 0)}  # fmt: skip
ENDS = {"cny": "元", "usd": "美元", "persons": "人", "count": "", "percent": "%"}
_CODES = {re.sub("_", "", unit).casefold(): unit for unit in RECORD if unit not in ("CNY", "count", "percent")}


class Unit(NamedTuple):
    """What is counted, and in which power of ten; ``base`` is empty where a scale stands alone (亿)."""

    base: str
    power: int
    written: str

    def factor(self, unit: str) -> Decimal | None:
        """What a number in this unit is multiplied by to be one of the record; None where it counts something else."""
        base, power = RECORD[unit]
        if self.base not in ("", base) or (base == "percent" and self.base != base):
            return None
        return TEN ** (self.power - power)

    def token(self, number: str, unit: str) -> str:
        """The number with its unit, as a text would print it."""
        return f"{number}{PRINTED[self.power]}{ENDS[RECORD[unit][0]]}"


def parse_unit(text: str) -> Unit | None:
    """The unit that a text names, or None.

    >>> parse_unit("万亿元"), parse_unit("CNY 100 million")
    (Unit(base='cny', power=12, written='万亿元'), Unit(base='cny', power=8, written='CNY 100 million'))
    >>> parse_unit("上年=100") is None
    True
    """
    plain = CURRENT.sub("", re.sub(r"[\s,._]", "", unicodedata.normalize("NFKC", text).casefold()))
    if plain in _CODES:
        return Unit(*RECORD[_CODES[plain]], text.strip())
    for base, words in BASES:
        for match in re.finditer(words, plain):
            rest = plain[: match.start()] + plain[match.end() :]
            scale = match[0].removesuffix("美元") if match[0].endswith("美元") else ""
            if (rest + scale).removesuffix("of") in SCALES:
                return Unit(base, SCALES[rest + scale], text.strip())
    return Unit("", SCALES[plain], text.strip()) if plain and plain in SCALES else None


class Natures(NamedTuple):
    """What must be known of an indicator: the unit of its level, the nature of its growth, and what a percentage of it is."""

    level_unit: str
    growth_basis: str
    percent_is_growth: bool


@dataclass(frozen=True)
class Head:
    """A column or row of figures of one series."""

    indicator: str
    measure: Measure
    unit: Unit
    written: str


class Reader:
    """Understands heads with what is known of indicators."""

    def __init__(self, names: Names, natures: Mapping[str, Natures], told: Mapping[str, str], units: Mapping[str, str]) -> None:
        self.names, self.natures = names, dict(natures)
        self.told = {key(head): id_ for head, id_ in told.items()}
        self.units = {key(head): unit for head, unit in units.items()}

    def head(self, text: str, place: str, *, left: Head | None = None, common: Unit | None = None) -> Head:
        """The series that a head names; one that says growth alone is that of the level to its left."""
        name, unit = self.parted(text)
        bare = GROWTH.sub("", name).strip(" _,-:：")
        growth = bare != name.strip(" _,-:：")
        id_ = left.indicator if growth and not bare and left else self._id(name, bare, text, place)
        id_ = self._of_nature(id_, growth, text, place)
        nature = self.natures[id_]
        unit = unit or self._told_unit(text, name) or (Unit("percent", 0, "%" * ("%" in text)) if growth else common)
        if unit is None:
            raise SnapshotError(f"{place}: {text!r} has no unit: write it in brackets, or say units={{{text!r}: '亿元'}}")
        if growth or (unit.base == "percent" and nature.percent_is_growth):
            return self._growth(id_, unit, text, place, growth or nature.level_unit == "percent")
        if unit.factor(nature.level_unit) is None:
            raise SnapshotError(f"{place}: {text!r} is in {unit.written}, which cannot be {nature.level_unit} of {id_}")
        return Head(id_, "level", unit, text)

    def parted(self, text: str) -> tuple[str, Unit | None]:
        """A head without its unit, and the unit where it names one."""
        whole = text.strip()
        for pattern in (BRACKETS, PARTED):
            match = pattern.match(whole)
            if match and (unit := parse_unit(match[2])):
                return match[1].strip(), unit
        return whole, None

    def known(self, text: str) -> bool:
        """Whether a text names an indicator, or growth."""
        name, _ = self.parted(text)
        bare = GROWTH.sub("", name).strip(" _,-:：")
        return bool(key(text) in self.told or key(name) in self.told or not bare or self.names.ids_of(bare))

    def _id(self, name: str, bare: str, text: str, place: str) -> str:
        for word in (text, name, bare):
            if key(word) in self.told:
                return self.told[key(word)]
        plain = bare
        for words in NATURES.values():
            plain = words.sub("", plain).strip(" _,-:：")
        for word in (name, bare, plain):
            found = [id_ for id_ in self.names.ids_of(word) if word]
            if len(found) == 1:
                return found[0]
            if found:
                one = " or ".join(found)
                raise SnapshotError(f"{place}: {text!r} may be {one}: say indicators={{{text!r}: '{found[0]}'}}")
        say = f"say indicators={{{text!r}: 'an_id'}}, or take it out"
        raise SnapshotError(f"{place}: {text!r} is no indicator that is known: {say}")

    def _of_nature(self, id_: str, growth: bool, text: str, place: str) -> str:
        """The indicator whose growth is of the nature that a head names: nominal growth of GDP is a series of its own."""
        said = [nature for nature, words in NATURES.items() if growth and words.search(text)]
        basis = self.natures[id_].growth_basis
        if not said or said == [basis]:
            return id_
        if f"{id_}_{said[0]}" in self.natures:
            return f"{id_}_{said[0]}"
        raise SnapshotError(f"{place}: {text!r} is {said[0]} growth, and growth of {id_} is {basis}: name another indicator")

    def _told_unit(self, text: str, name: str) -> Unit | None:
        told = self.units.get(key(text)) or self.units.get(key(name))
        unit = parse_unit(told) if told else None
        if told and unit is None:
            raise SnapshotError(f"units: {told!r} is no unit that is known: write one such as 亿元, 万人 or %")
        return unit

    def _growth(self, id_: str, unit: Unit, text: str, place: str, said: bool) -> Head:
        if unit.base != "percent":
            raise SnapshotError(f"{place}: {text!r} is growth in {unit.written}: growth is in %")
        if not said:
            raise SnapshotError(f"{place}: {text!r} in % may be growth or a share: write 增速 or growth into the head")
        return Head(id_, "growth", unit, text)


def role(text: object) -> str:
    """What a column of a table is for: year, region, indicator, unit, value, or nothing of these."""
    if not isinstance(text, str):
        return ""
    word = unicodedata.normalize("NFKC", text).strip().casefold()
    return next((name for name, words in ROLES.items() if word in words), "")
