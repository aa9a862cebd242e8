"""What a head says, a quantity in a unit; and whether the figures below it can be what it says."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from shlex import quote
from statistics import median
from typing import Literal, NamedTuple

from hanyang_data.errors import ParameterError, SnapshotError
from hanyang_data.reader.lexicon import meanings, rows
from hanyang_data.reader.own_table.cells import POINT, Said, number_of, parted, plain
from hanyang_data.reader.own_table.grids import Grid, Value
from hanyang_data.record.contract import GROWTH_RANGE
from hanyang_data.record.snapshot_files import ONCE, Oddity

Measure = Literal["level", "growth"]
TEN, TOKEN = Decimal(10), 20  # characters of a token at most
SHOWN = 20  # cells that are named where many are asked about
# levels of the record are at current prices: to say so changes nothing, while constant prices are another quantity
CURRENT = re.compile(r"[,;，；、]?(?:按)?(?:当年价格?|现价|现行价格?|currentprices)(?:计算)?[,;，；、]?")
BASES = [(row["meaning"], row["words"]) for row in rows("own_tables.csv") if row["kind"] == "unit"]
SCALES = {word: int(power) for word, power in meanings("scale").items()}
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
    concept: str = "outturn"


def role(text: object) -> str:
    """What a column of a table is for: year, part of one, region, indicator, unit, value, or nothing of these."""
    if not isinstance(text, str):
        return ""
    return meanings("role").get(unicodedata.normalize("NFKC", text).strip().casefold(), "")


class Figure(NamedTuple):
    """One figure with the cell it stands in; the region is as written, empty where the table does not say."""

    region: str
    year: int
    head: Head
    value: Value
    row: int
    column: int
    vintage: str = ""  # what a word beside its year says
    said: Said = Said(None)  # what the words of its cell say
    number: Decimal | None = None  # none where it is words alone
    high: Decimal | None = None  # the other end of a range

    def numbers(self, factor: Decimal) -> tuple[str, str]:
        """Its number and the other end of its range in the unit of the record; empty where there is none."""
        ends = (self.number, self.high)
        return tuple("" if end is None else plain(end * factor) for end in ends)  # type: ignore[return-value]

    def token(self, factor: Decimal, unit: str) -> str:
        """What its cell prints, with its unit; the numbers of the record where that is too long for a token."""
        typed = (end.removeprefix("-" * self.said.falls) for end in self.numbers(Decimal(1)))
        text = self.said.token(*(end and self.head.unit.token(end, unit) for end in typed))
        return text if len(text) <= TOKEN else "-".join(filter(None, self.numbers(factor)))[:TOKEN]


def read_all(figures: Sequence[Figure], grid: Grid) -> list[Figure]:
    """The figures of a table with what their cells say; all that have none or two readings are asked about at once."""
    stated, faults = [], []
    for figure in figures:
        place, head, shown = grid.at(figure.row, figure.column), figure.head, (figure.row, figure.column) in grid.percents
        try:
            said = parted(figure.value, growth=head.measure == "growth", target=head.concept == "target")
            told = {"percent": head.unit.base == "percent", "shown_as_percent": shown, "comma": grid.comma}
            value, high = (number_of(end, place, **told) for end in (said.number, said.high))
        except ParameterError as error:
            faults.append(f"{place}: {error}")
        except SnapshotError as error:
            faults.append(str(error))
        else:
            number = -value if value is not None and said.falls else value
            stated += [figure._replace(said=said, number=number, high=high)] * (value is not None or bool(said.worded))
    if faults:
        others = [fault.split(": ")[0].removeprefix(f"{grid.name}, ") for fault in faults[1:]]
        listed = f"{', '.join(others[:SHOWN])}{', …' * (len(others) > SHOWN)}"
        raise SnapshotError(faults[0] + f"; and so on in {len(others)} more: {listed}" * bool(others))
    return stated


def said_of(grid: Grid, figures: Sequence[Figure]) -> list[Oddity]:
    """The words that were read among the figures of a head: each meaning once, with how often and where first."""
    found: dict[str, list[Figure]] = {}
    for figure in figures:
        if figure.said.worded:
            found.setdefault(f"{figure.said.qualifier}{figure.said.falls}", []).append(figure)
    said = []
    for first, *rest in found.values():
        more = f", and so are {len(rest)} more below this head" if rest else ""
        read = first.numbers(Decimal(1))[0] if first.said.qualifier == POINT else first.said.qualifier
        said.append(Oddity(grid.at(first.row, first.column), f"{first.value!r} is read as {read}{more}", 1, ONCE))
    return said


def head_place(grid: Grid, figure: Figure) -> str:
    """Where the head of a figure stands."""
    written = figure.head.written.split("（")[0]
    for r, c in [(r, figure.column) for r in range(figure.row)] + [(figure.row, c) for c in range(figure.column)]:
        cell = grid.value(r, c)
        if isinstance(cell, str) and cell.split("（")[0] == written:
            return grid.at(r, c)
    return grid.name


def check_percent(grid: Grid, head: Head, figures: Sequence[Figure], *, confirmed: bool = False) -> None:
    """Growth that may be an index, and a percentage that may be a fraction of one, are asked about."""
    if head.unit.base != "percent":
        return
    values = [figure.number for figure in figures if figure.number is not None]
    place = head_place(grid, figures[0])
    if head.measure == "growth" and not confirmed and values and 90 <= median(values) <= 130:
        mend = f"subtract 100 if it is, or confirm it with {option('as_written', [head.written])} if it is none"
        raise SnapshotError(f"{place}: {head.written!r} may be an index, the year before being 100: {mend}")
    shown = {(figure.row, figure.column) in grid.percents for figure in figures if not isinstance(figure.value, str)}
    if len(shown) > 1:
        raise SnapshotError(f"{place}: of {head.written!r} some cells are shown as percent and some are not: make them alike")
    fraction = all(abs(value) < 1 for value in values) and any(values)
    if fraction and not confirmed and True not in shown:  # 0.088 below （%） is common, and so is growth of less than one percent
        head_too = "" if head.unit.written else "（%） into the head, and "
        confirmed_by = option("as_written", [head.written])
        mend = f"write {head_too}7 for 7%, or confirm it with {confirmed_by} if it is in percent as it stands"
        raise SnapshotError(f"{place}: {head.written!r} may be in percent or a fraction of one: {mend}")


def option(name: str, value: str | list[str] | dict[str, str]) -> str:
    """How something is said on the command line, and in Python.

    >>> option("units", {"GDP": "CNY"})
    "--units GDP=CNY (units={'GDP': 'CNY'})"
    """
    typed = "=".join(*value.items()) if isinstance(value, dict) else value if isinstance(value, str) else value[0]
    return f"--{name.replace('_', '-')} {quote(typed)} ({name}={value!r})"


def check_range(place: str, value: Decimal, unit: str, *, growth: bool) -> None:
    """A figure that cannot be one is named with its cell."""
    if growth and not GROWTH_RANGE[0] <= value <= GROWTH_RANGE[1]:
        raise SnapshotError(f"{place}: {plain(value)}% is no growth rate between {GROWTH_RANGE[0]:g} and {GROWTH_RANGE[1]:g}%")
    if not growth and (value < 0 or (unit == "percent" and value > 100)):
        raise SnapshotError(f"{place}: {plain(value)} {unit} is no level: expected one that is not negative, a share up to 100")
