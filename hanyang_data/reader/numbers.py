"""Numbers with a unit in a plain passage: where they stand, what they are worth, and of those in a row which count.

The reading itself is the record's own. ``分别增长6%、8%以上`` and ``分别超过8万元、4.5万元`` print one bound for all;
``连续跨越7万亿、8万亿、9万亿三个大台阶`` prints milestones, of which only the last is the level that was reached.
"""

import re
from dataclasses import dataclass, replace
from typing import NamedTuple, Self

from hanyang_data.errors import ParameterError
from hanyang_data.reader.lexicon import Patterns
from hanyang_data.record.targets import CONVERSIONS, parted

FORM = Patterns(__name__)
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
REACHED = "跨越"  # what the last of several milestones begins with
_AFTER = ("以上", "左右", "以内", "以下")


@dataclass(frozen=True, kw_only=True)
class Unsure:
    """What a text is taken to say: how sure that is, and why it is not surer."""

    sure: float = 1.0
    reasons: tuple[str, ...] = ()

    def doubt(self, factor: float, reason: str) -> Self:
        """Less sure, and why."""
        return replace(self, sure=self.sure * factor, reasons=(*self.reasons, reason))


class Quantity(NamedTuple):
    """A number with its unit in a passage: ``points`` says that it is in percentage points."""

    start: int
    end: int
    text: str
    points: bool
    percent: bool


def quantities(text: str) -> list[Quantity]:
    """Every number in ``text`` that has a unit, or a scale that stands for 亿元."""
    found: list[Quantity] = []
    start, shared = 0, ""  # where the number behind begins, and its unit
    for m in reversed(list(QUANTITY.finditer(text))):
        bare = not (m["unit"] or m["scale"] or m["behind"]) and re.fullmatch("[、和与]", text[m.end() : start])
        unit, scale = (shared if bare else m["unit"]) or "", m["scale"]  # 78251和42786元
        start, shared = m.start(), unit if bare else scale + unit
        if scale and not unit and (noun := FORM.noun.match(text, m.end())):  # 1.27亿常住人口
            unit = "人" if noun[1] else "户"
        if not (m["number"] and unit) and "亿" not in scale:
            continue
        follows = FORM.follows.match(text, m.end())
        if not unit and follows and m["behind"] is None:
            continue  # 700亿 and 2万亿台阶 stand for money, 5亿级 does not
        if unit.endswith("人次") or (m["behind"] and re.match("的?(项目)?固定资产投资", text[m.end() :])):
            continue  # 500万元以上固定资产投资
        words = m[0] + unit * bool(bare or not m["unit"])
        found.append(Quantity(start, m.end(), words, "百分点" in unit, unit == "%"))
    return found[::-1]


def read(printed: str, unit: str) -> tuple[float, float | None, str, str] | None:
    """The number in the unit of the indicator, or in the other money; nothing where the units do not go together.

    The value, or the bound where the qualifier makes it one; the other end of a range; the qualifier; the unit.
    """
    negative = printed.lstrip().startswith("-")
    try:
        target, _ = parted(
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
    return value, None if high is None else round(high * factor, 8), target.qualifier, unit


def groups(text: str, found: list[Quantity]) -> list[list[Quantity]]:
    """Numbers that follow each other with nothing but 、 or 和 between; of milestones only the last."""
    made: list[list[Quantity]] = []
    for quantity in found:
        if made and re.fullmatch(r"[、和与及]+", text[made[-1][-1].end : quantity.start]):
            made[-1].append(quantity)
        else:
            made.append([quantity])
    for group in made:
        first, last = group[0], group[-1]
        steps = FORM.step.search(text[: first.start]) or re.match("迈上|跨越|跨过|突破|越过|站上|跃上|迈过", first.text)
        if len(group) > 1 and steps and FORM.steps.match(text, last.end):
            group[:] = [last._replace(text=REACHED + last.text)]
    return made


def in_a_row(group: list[Quantity]) -> list[tuple[Quantity, str]]:
    """The numbers of several subjects, each with the bound before the first or behind the last, and why one is less sure."""
    before, behind = FORM.first.match(group[0].text), next((w for w in _AFTER if group[-1].text.endswith(w)), "")
    meant = []
    for k, quantity in enumerate(group):
        last = behind if k < len(group) - 1 and not quantity.text.endswith(_AFTER) else ""
        first = before[0] if before and k and not last and not FORM.first.match(quantity.text) else ""
        why = f"{first or last} read for all numbers in the row" if first or last else ""
        meant.append((quantity._replace(text=first + quantity.text + last), why))
    return meant
