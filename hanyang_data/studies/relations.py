"""Where the record prints two levels of one series on one basis, with the growth and the prices between them.

Each such relation either implies a figure that was not printed, or, where everything was printed, says how far the relation is
off: a calibration pair. Levels are never related over a break; of a year that was printed on both bases the reading on the
old one ends the years before it.
"""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

import pandas as pd

from hanyang_data.record.contract import BOUNDS, UNMATCHED_GROWTH, half_of_last
from hanyang_data.record.frames import STATED, segments, stated
from hanyang_data.record.observations import Dataset, kept
from hanyang_data.record.series import MEASURES, OVERLAP, WHOLE, breaks, outturns
from hanyang_data.record.vintages import parse_as_of
from hanyang_data.statistics import interval
from hanyang_data.statistics.interval import NO_CHANGE, Interval, above_zero, between, compound, printed
from hanyang_data.words import wording
from hanyang_data.words.wording import Text, number

LONGEST_SPAN = 7  # years between two levels
MOST_REGIONS = 400  # of a level, whose pairs are read for one question
OTHERWISE = {"comparable", "flagged"}  # flags of figures that do not follow on those of other years
SHOWN = ("qualifier", "value", "unit", "source_id")
REAL, COUNT, RATE, NOTHING = "real", "count", "rate", ""
PAIRS = ["indicator", "region", "kind", "first_year", "last_year", "years", "implied_pct", "printed_pct", "error_pp", "error_pct",
         "city_pct", "last_pct", "prices_pct", "known_from", "growth_known_from", "sources"]  # fmt: skip


class Figure(NamedTuple):
    """A printed figure, a number or a bound, with the day from which it counts as known and its text."""

    value: Interval
    words: Text
    known_from: pd.Timestamp
    source_id: str


class Reading(NamedTuple):
    """Which reading of the record is asked: vintage and day."""

    vintage: str = "latest"
    as_of: str = ""


class Peers(NamedTuple):
    """The regions that calibrate one another: those of one level, or of a nation those of one city alone."""

    level: str  # district or city, or what else regions.csv has
    within: str = ""  # the region around them; empty for all of the level

    def holds(self, data: Dataset, region: str) -> bool:
        """Whether a region is one of them."""
        return level_of(data, region) == self.level and self.within in ("", data.regions.at[region, "part_of"])


class Relation(NamedTuple):
    """Two levels of a series ``last_year - first_year`` years apart on one basis, and what was printed between them."""

    first_year: int
    last_year: int
    earlier: Figure  # the level of the first year
    later: Figure
    growth: dict[int, Figure]  # of the years between whose growth is stated
    prices: dict[int, Figure]  # their rise, %, in every year between; empty for a series at current prices

    @property
    def years(self) -> list[int]:
        """The years of growth between the two levels."""
        return list(range(self.first_year + 1, self.last_year + 1))

    @property
    def open_years(self) -> list[int]:
        """Those whose growth is not stated."""
        return [year for year in self.years if year not in self.growth]

    def implied(self, years: int) -> Interval:
        """Growth that is implied, % a year, over the ``years`` that are not stated."""
        levels = self.earlier.value, self.later.value
        return interval.implied_growth(*levels, years=years, prices=over(self.prices), known=over(self.growth))

    @property
    def silent(self) -> bool:
        """Whether the two levels are bounds that allow any growth: over 1,000, and over 1,000 again."""
        low, high = self.implied(1)[:2]
        return low <= -100 and not high.is_finite()

    @property
    def behind(self) -> list[Figure]:
        """All figures that it stands on."""
        return [self.earlier, self.later, *self.growth.values(), *self.prices.values()]


def over(rates: dict[int, Figure]) -> Interval:
    """Rates of several years as one."""
    return compound(*(rate.value for rate in rates.values())) if rates else NO_CHANGE


def unrounded(figure: Figure, unit: str) -> Figure:
    """A number as all those that it may be rounded from; a bound as it is."""
    if not figure.value.stated:
        return figure
    value = float(figure.value.low)
    half = half_of_last(value, unit)
    return figure._replace(value=between(value - half, value + half))


def kind_of(data: Dataset, indicator: str) -> str:
    """What calibrates it: a real series by itself, those at current prices together; nothing where levels do not match."""
    basis = str(data.indicators.at[indicator, "growth_basis"])
    if indicator in UNMATCHED_GROWTH or basis == RATE:
        return NOTHING
    return indicator if basis == REAL else basis


def relations(data: Dataset, indicator: str, region: str, reading: Reading) -> Iterator[Relation]:
    """All relations of a series, the closest levels first; none where growth and levels need not match (investment)."""
    if kind_of(data, indicator) == NOTHING:
        return
    growth, real = growth_of(data, indicator, region, reading), kind_of(data, indicator) == indicator
    prices = prices_of(data, indicator, region, reading) if real else {}
    found: set[tuple[int, int]] = set()
    blocks = level_blocks(data, indicator, region, reading)
    for span in range(1, LONGEST_SPAN + 1):
        for block in blocks:
            for first in sorted(block):
                last, between_ = first + span, range(first + 1, first + span + 1)
                if last not in block or (first, last) in found or (real and not set(between_) <= set(prices)):
                    continue
                found.add((first, last))
                known = {y: growth[y] for y in between_ if y in growth}
                yield Relation(first, last, block[first], block[last], known, {y: prices[y] for y in between_} if real else {})


def level_blocks(data: Dataset, indicator: str, region: str, reading: Reading) -> Sequence[Mapping[int, Figure]]:
    """The levels of a series by year, one block for each basis; a year on two bases is in both, one like for like in none."""
    return _level_blocks(data, indicator, region, _last_told(data, indicator, region, reading))


@kept
def _level_blocks(data: Dataset, indicator: str, region: str, reading: Reading) -> Sequence[Mapping[int, Figure]]:
    frames = [frame_of(data, indicator, region, reading, "level")]
    if reading.vintage == "latest" and breaks(indicator, region, as_of=reading.as_of, dataset=data)["link"].eq(OVERLAP).any():
        frames.append(frame_of(data, indicator, region, Reading("first", reading.as_of), "level"))
    blocks = []
    for part in (part for whole in frames for part in segments(whole)):
        plain = part[part["qualifier"].isin([*STATED, *BOUNDS]) & part["value"].gt(0) & _on_its_own_basis(part)]
        levels = {y: figure._replace(value=above_zero(figure.value)) for y, figure in figures(data, plain).items()}
        blocks.append(MappingProxyType(levels))
    return blocks


def growth_of(data: Dataset, indicator: str, region: str, reading: Reading) -> Mapping[int, Figure]:
    """Stated growth by year, without rates on a comparable basis: levels do not follow on one another so."""
    return _growth_of(data, indicator, region, _last_told(data, indicator, region, reading))


@kept
def _growth_of(data: Dataset, indicator: str, region: str, reading: Reading) -> Mapping[int, Figure]:
    frame = frame_of(data, indicator, region, reading, "growth")
    numbers = stated(frame[_on_its_own_basis(frame)])
    return MappingProxyType(figures(data, frame.loc[numbers[numbers > -100].index]))


def _last_told(data: Dataset, indicator: str, region: str, reading: Reading) -> Reading:
    """The same reading as of the last day on which anything of the series came out: of many days that are asked few differ."""
    day = parse_as_of(reading.as_of)
    earlier = [of for of in _days(data, indicator, region) if day and of <= day]
    return reading._replace(as_of=f"{earlier[-1]:%Y-%m-%d}") if earlier else reading


@kept
def _days(data: Dataset, indicator: str, region: str) -> Sequence[pd.Timestamp]:
    """The days on which an outturn or a break of a series came out, in order."""
    rows = [row for of in MEASURES for row in data.places.get((region, indicator, of, "outturn", WHOLE), ())]
    known = data.observations["known_from"].take(rows), data.breaks["known_from"].take(data.broken.get((region, indicator), []))
    return sorted({*known[0], *known[1]})


def prices_of(data: Dataset, indicator: str, region: str, reading: Reading) -> dict[int, Figure]:
    """The deflator by year, %: of the region that :func:`priced_by` names."""
    whole = priced_by(data, indicator, region, reading)
    table = _deflator(data, indicator, whole, reading) if whole else pd.DataFrame()
    words = [Text(*[f"{number(rise, 1)}%"] * 2) for rise in table.get("rise", ())]
    rows = zip(table.itertuples(), words, strict=True)
    return {int(r.Index): Figure(between(r.rise, r.rise), shown, r.known_from, r.source_id) for r, shown in rows}


def priced_by(data: Dataset, indicator: str, region: str, reading: Reading) -> str:
    """The nearest region around this one whose levels and growth imply a deflator: the city, for a district; empty for none."""
    whole = str(data.regions.at[region, "part_of"])
    while whole and _deflator(data, indicator, whole, reading).empty:
        whole = str(data.regions.at[whole, "part_of"])
    return whole


@kept
def _deflator(data: Dataset, indicator: str, region: str, reading: Reading) -> pd.DataFrame:
    growth, rows = growth_of(data, indicator, region, reading), {}
    for block in level_blocks(data, indicator, region, reading):
        for year in sorted(set(block) & set(growth) & {y + 1 for y in block}):
            parts = (block[year - 1], block[year], growth[year])
            if year not in rows and all(part.value.stated for part in parts):
                rise = float(interval.implied_prices(*(part.value for part in parts)).low)
                rows[year] = (rise, max(part.known_from for part in parts), cited(parts))
    return pd.DataFrame.from_dict(rows, orient="index", columns=["rise", "known_from", "source_id"])


def pairs(data: Dataset, indicator: str, peers: Peers, reading: Reading) -> pd.DataFrame:
    """All calibration pairs of the kind of an indicator, of regions that calibrate one another."""
    kind = kind_of(data, indicator)
    alike = [i for i in data.indicators.index if kind and kind_of(data, i) == kind]
    whole = [table for i in alike if len(table := _pairs(data, i, peers, reading))]
    return pd.concat(whole, ignore_index=True) if whole else pd.DataFrame(columns=PAIRS)


@kept
def _pairs(data: Dataset, indicator: str, peers: Peers, reading: Reading) -> pd.DataFrame:
    rows: list[dict[str, Any]] = []
    for region in _related(data, indicator, peers):
        own, city = growth_of(data, indicator, region, reading), growth_around(data, indicator, region, reading)
        for found in relations(data, indicator, region, reading):
            if found.open_years or not (found.earlier.value.stated and found.later.value.stated):
                continue
            levels, k = [found.earlier, found.later, *found.prices.values()], len(found.years)
            implied, told = float(found._replace(growth={}).implied(k).low), average(found.growth, k)
            rows.append({
                "indicator": indicator, "region": region, "kind": kind_of(data, indicator), "first_year": found.first_year,
                "last_year": found.last_year, "years": k, "implied_pct": implied, "printed_pct": told, "error_pp": implied - told,
                "error_pct": 100 * (((1 + implied / 100) / (1 + told / 100)) ** k - 1),
                "prices_pct": float(over(found.prices).low),
                "city_pct": average({y: city[y] for y in found.years if y in city}, k),
                "last_pct": average({found.first_year: own[found.first_year]} if found.first_year in own else {}, 1),
                "known_from": max(figure.known_from for figure in levels),
                "growth_known_from": max(figure.known_from for figure in found.growth.values()), "sources": cited(found.behind),
            })  # fmt: skip
    return pd.DataFrame(rows, columns=PAIRS)


@kept
def _related(data: Dataset, indicator: str, peers: Peers) -> list[str]:
    """Those of the regions of which two levels and a rate of growth are printed."""
    years, regions = data.observations["year"].to_numpy(), data.regions.index
    rows = {(r, of): data.places.get((r, indicator, of, "outturn", WHOLE), []) for r in regions for of in MEASURES}
    both = (r for r in regions if len(set(years[rows[r, "level"]].tolist())) > 1 and len(rows[r, "growth"]))
    return sorted(region for region in both if peers.holds(data, region))


def average(rates: dict[int, Figure], years: int) -> float:
    """The geometric mean of rates, % a year; not a number where those of some of the years are missing."""
    return 100 * ((1 + float(over(rates).low) / 100) ** (1 / years) - 1) if len(rates) == years else math.nan


def growth_around(data: Dataset, indicator: str, region: str, reading: Reading) -> Mapping[int, Figure]:
    """Stated growth of the region around this one: the city's, for a district."""
    whole = str(data.regions.at[region, "part_of"])
    return growth_of(data, indicator, whole, reading) if whole else {}


@kept
def peers_of(data: Dataset, region: str) -> Peers:
    """All regions of the level of this one; where they are more than a few hundred, those of the same city."""
    level = level_of(data, region)
    alike = data.regions["level"].replace("functional_zone", "district").eq(level).sum()
    return Peers(level, str(data.regions.at[region, "part_of"]) if alike > MOST_REGIONS else "")


def level_of(data: Dataset, region: str) -> str:
    """District or city, or what else regions.csv has; development zones count as districts."""
    level = str(data.regions.at[region, "level"])
    return "district" if level == "functional_zone" else level


def cited(behind: Iterable[Figure]) -> str:
    """The sources of figures, each once."""
    return ", ".join(dict.fromkeys(part for figure in behind for part in figure.source_id.split(", ")))


def figures(data: Dataset, frame: pd.DataFrame) -> dict[int, Figure]:
    """The rows of a frame of the record by year."""
    known = data.sources["known_from"]
    rows = zip(frame.index.tolist(), *(frame[column].tolist() for column in SHOWN), strict=True)
    return {
        year: Figure(printed(qualifier, value), wording.printed(value, qualifier, unit), known[source_id], source_id)
        for year, qualifier, value, unit, source_id in rows
    }


def _on_its_own_basis(frame: pd.DataFrame) -> pd.Series:
    """What is neither like for like nor in doubt: levels and growth follow on one another so."""
    return pd.Series([OTHERWISE.isdisjoint(flag.split()) for flag in frame["flag"].tolist()], frame.index, dtype=bool)


def frame_of(data: Dataset, indicator: str, region: str, reading: Reading, measure: str) -> pd.DataFrame:
    """The outturns of a series in this reading."""
    return outturns(indicator, region, measure, vintage=reading.vintage, as_of=reading.as_of, dataset=data)
