"""What the head of a column says: which indicator, its level or its growth, in which unit, and how that becomes the record's."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal, NamedTuple

Measure = Literal["level", "growth"]
YEARS = {"year", "years", "年份", "年", "年度", "时间", "date"}
REGIONS = {"region", "regions", "地区", "区域", "区", "城市", "district", "city", "area", "行政区", "name"}
INDICATORS = {"indicator", "indicators", "指标", "指标名称", "variable", "项目", "item", "series"}
UNITS = {"unit", "units", "单位", "计量单位"}
VALUES = {"value", "values", "数值", "值", "数据"}
ROLES = {"year": YEARS, "region": REGIONS, "indicator": INDICATORS, "unit": UNITS, "value": VALUES}
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


def role(text: object) -> str:
    """What a column of a table is for: year, region, indicator, unit, value, or nothing of these."""
    if not isinstance(text, str):
        return ""
    word = unicodedata.normalize("NFKC", text).strip().casefold()
    return next((name for name, words in ROLES.items() if word in words), "")
