"""What a cell of a table says: a number, one with a word beside it (约1000, 下降6.2), of a target also a range or words alone."""

import re
import unicodedata
from decimal import Decimal
from typing import NamedTuple

from hanyang_data.errors import SnapshotError
from hanyang_data.reader.lexicon import meanings
from hanyang_data.reader.own_table.grids import Value
from hanyang_data.record.lenient import Cell, cleaned
from hanyang_data.record.targets import BEFORE, BEHIND, parse

POINT = "point"
NOTHING, ZERO_OR_NOTHING = meanings("nothing"), meanings("zero_or_nothing")
WORDS_BEFORE, WORDS_BEHIND = BEFORE | meanings("before"), BEHIND | meanings("behind")
# the longest first: 超过 is not 超 and a rest
_BEFORE, _BEHIND = ("|".join(map(re.escape, sorted(words, key=len)[::-1])) for words in (WORDS_BEFORE, WORDS_BEHIND))
NUMBER = r"(?P<number>[-+]?\d[\d,.]*%?)"
PATTERNS = (
    (re.compile(rf"(?P<word>{_BEFORE})\s*{NUMBER}\s*", re.IGNORECASE | re.ASCII), WORDS_BEFORE),
    (re.compile(rf"\s*{NUMBER}\s*(?P<word>{_BEHIND})", re.IGNORECASE | re.ASCII), WORDS_BEHIND),
)
CHANGE = re.compile(r"(?P<word>下降|降低|减少|下滑|负增长|(?P<rise>增长|上升|提高))了?\s*(?P<number>\d[\d,.]*%?)", re.ASCII)
RANGE = re.compile(rf"{NUMBER}\s*(?:[-−–—~]+|至|到)\s*(?P<high>[-+]?\d[\d,.]*%?)", re.ASCII)


class Said(NamedTuple):
    """The number of a cell as it is written, and what the words beside it say."""

    number: Value
    qualifier: str = POINT
    high: str = ""  # the other end of a range
    falls: bool = False  # growth whose sign is a word
    worded: str = ""  # the cell, where it is no number alone

    def token(self, number: str, high: str) -> str:
        """What the cell prints, its numbers being written with their unit."""
        text = self.worded.replace(str(self.number), number, 1) if self.number else self.worded
        return text.removesuffix(self.high) + high if self.high else text or number


def parted(cell: Value, *, growth: bool = False, target: bool = False) -> Said:
    """The number of a cell and its qualifier; the cell itself where no word or more than one stands beside it.

    >>> parted("约1,000")[:2], parted("6.5%以上")[:2], parted("突破1000")[:2], parted("1000")[:2]
    (('1,000', 'about'), ('6.5%', 'at_least'), ('1000', 'over'), ('1000', 'point'))
    >>> parted("约1000以上")[:2], parted("下降6.2", growth=True)[:4]
    (('约1000以上', 'point'), ('6.2', 'point', '', True))
    >>> parted("6%—6.5%", target=True)[:3], parted("与经济增长同步", target=True)[:2]
    (('6%', 'range', '6.5%'), (None, 'in_step_with_gdp'))
    """
    if not isinstance(cell, str):
        return Said(cell)
    text = unicodedata.normalize("NFKC", cell).strip()
    for pattern, words in PATTERNS:
        if match := pattern.fullmatch(text):
            return Said(match["number"], words[unicodedata.normalize("NFKC", match["word"]).lower()], worded=text)
    if growth and (match := CHANGE.fullmatch(text)):
        return Said(match["number"], falls=not match["rise"], worded=text)
    if target and (match := RANGE.fullmatch(text)):
        return Said(match["number"], "range", match["high"], worded=text)
    if target and not re.search(r"\d", text) and text.casefold() not in NOTHING | ZERO_OR_NOTHING:
        return Said(None, parse(text).qualifier, worded=text)
    return Said(cell)


def is_figure(cell: Value) -> bool:
    """Whether a cell holds a number, with a word beside it or alone; a day and a head such as PM2.5 do not.

    >>> is_figure("约1,000"), is_figure("6-6.5"), is_figure("PM2.5"), is_figure("12%")
    (True, True, False, True)
    """
    if not isinstance(cell, str):
        return isinstance(cell, Decimal)
    text = unicodedata.normalize("NFKC", cell).strip()
    return bool(re.fullmatch(NUMBER, text, re.ASCII) or RANGE.fullmatch(text) or parted(text, growth=True).worded)


def number_of(cell: Value, place: str, *, percent: bool, shown_as_percent: bool, comma: bool) -> Decimal | None:
    """The number of a cell; None where it says that there is none."""
    if shown_as_percent and not percent:
        raise SnapshotError(f"{place}: is shown as percent and stands under another unit: mend the one or the other")
    if isinstance(cell, Decimal):
        return cell * 100 if shown_as_percent else cell
    text = "" if cell is None else str(cell)
    if text.casefold() in NOTHING:
        return None
    plain = cleaned(Cell(text, percent, comma), "observations.csv", "value")[0]
    if not isinstance(cell, str) or not re.fullmatch(r"-?\d+(?:\.\d+)?", plain, re.ASCII):
        either = re.fullmatch(r"([-+]?\d{1,3}),(\d{3})", text, re.ASCII)
        fault = (
            "may be no figure or zero: leave the cell empty or write 0" if text in ZERO_OR_NOTHING
            else f"may be {either[1]}{either[2]} or {either[1]}.{either[2]}: write it without the comma" if either
            else "is no number: write it with at most one word such as 约 or 以上, or leave the cell empty"
        )  # fmt: skip
        raise SnapshotError(f"{place}: {text!r} {fault}")
    return Decimal(plain)


def plain(number: Decimal) -> str:
    """A number without a power of ten and without zeros behind."""
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
