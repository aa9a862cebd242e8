"""Growth and levels that nobody printed and that printed figures imply: every route, and the interval that was calibrated for it.

An implied figure is no observation. It stands beside the printed ones, says on which texts it stands and which assumption it
makes (prices moved as in the city, and its error is of the size of those on record), and enters no count, test or rank.
"""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import NamedTuple

from hanyang_data.record.catalogue import region_name
from hanyang_data.record.contract import BOUNDS
from hanyang_data.record.observations import Dataset
from hanyang_data.statistics.conformal import FEWEST, Promise, widened
from hanyang_data.statistics.interval import EVERY, Interval, common, implied_level, printed
from hanyang_data.studies import relations as rel
from hanyang_data.studies.calibration import Asked, Pool, standing, trusted
from hanyang_data.studies.relations import Figure, Reading
from hanyang_data.words.wording import NO_WORDS, Text, listed, messages, named_years, number

SAYS = messages(__name__)
LEAST = 0.75  # promised at least by routes that are combined


class Route(NamedTuple):
    """One way to a figure."""

    year: int  # of the figure; of an average the last one
    span: int  # years over which the relation ran; 0 for what is printed as a bound
    value: Interval  # what follows if the relation held exactly; a number, or a bound
    interval: Interval | None  # what the calibration allows; None where it allows nothing
    promised: Promise | None  # the calibration; None for a printed bound, and where there is no interval
    errors_pct: tuple[float, ...]  # how far the relation was off in the pairs that calibrate it
    how: Text
    why: Text  # there is no interval; empty where there is one
    sources: str  # ids of the texts, parted by commas
    missed: tuple[int, ...] = ()  # years beside it for which the same interval does not hold what was printed

    @property
    def computed(self) -> bool:
        """Whether it is arithmetic on printed levels, open by their rounding alone."""
        return bool(self.span) and self.promised is None and self.interval is not None


@dataclass(frozen=True, kw_only=True)
class Within:
    """What is known of a figure that was not printed: the interval it lies in, and on what that stands."""

    year: int  # of the figure; of an average the last one
    interval: Interval  # nothing bounds it where nothing is known
    level: float  # the probability promised, less where routes are combined, 1 of arithmetic; not a number without an interval
    how: Text  # on what it stands
    sources: tuple[str, ...]  # ids of the texts, each once
    missed: tuple[int, ...] = ()  # years beside it, of the same series, of which such an interval does not hold what was printed

    @property
    def promised_pct(self) -> float:
        """The probability promised in percent; not a number of what is computed, or without an interval."""
        return math.nan if self.level == 1 else 100 * self.level


@dataclass(frozen=True, kw_only=True)
class Implied(Within):
    """What all routes to one figure leave open.

    The routes are those with an interval first, then those of the shortest span, as many as promise three in four together; what
    is only printed as a bound comes last.
    """

    years: int  # over which growth is averaged; 1 for a year of its own, and for a level
    routes: tuple[Route, ...]
    why: Text  # there is no interval: nothing allows one, or the routes contradict one another

    @property
    def first_year(self) -> int:
        """The first year that it says something of."""
        return self.year - self.years + 1

    @property
    def computed(self) -> bool:
        """Whether it is arithmetic on printed levels, open by their rounding alone: growth of a count on one basis."""
        return self.routes[0].computed

    @property
    def pairs(self) -> int:
        """How many pairs calibrate its first route."""
        return len(self.routes[0].errors_pct)

    @property
    def point(self) -> float:
        """The number that the first route implies; not a number where that is a bound."""
        value = self.routes[0].value
        return float(value.low) if value.stated else math.nan


class ImpliedSeries:
    """The implied figures of one series."""

    def __init__(self, data: Dataset, indicator: str, region: str, reading: Reading) -> None:
        self._of = (data, indicator, region, reading)
        self.data, self.indicator, self.region, self.reading = self._of
        self.kind, self._peers = rel.kind_of(data, indicator), rel.peers_of(data, region)
        self._known = rel.growth_of(*self._of)
        self._prices = rel.prices_of(*self._of) if self.kind == indicator else {}

    # read only where a route asks for it
    _pool = cached_property(lambda s: Pool(rel.pairs(s.data, s.indicator, s._peers, s.reading)))

    def growth(self) -> list[Implied]:
        """Growth of the years whose growth is not stated, % a year."""
        found = [self._route(r, r.open_years[0], 1) for r in rel.relations(*self._of) if len(r.open_years) == 1 and not r.silent]
        return self._combined([*found, *self._printed("growth")], 1)

    def averages(self) -> list[Implied]:
        """Average growth over the years between two levels, of which two or more are neither stated nor computed, % a year."""
        computed = {of.year for of in self.growth() if of.computed} if self.kind == rel.COUNT else set()
        return [
            implied
            for r in rel.relations(*self._of)
            if len(r.open_years) > 1 and r.earlier.value.stated and r.later.value.stated and not computed.issuperset(r.open_years)
            for implied in self._combined([self._route(r._replace(growth={}), r.last_year, len(r.years))], len(r.years))
        ]

    def levels(self) -> list[Implied]:
        """Levels of the years of which none is stated, from the nearest one and the growth between."""
        blocks = [*rel.level_blocks(*self._of)][::-1]  # of two bases the latest counts
        numbers = {year: figure for block in blocks for year, figure in block.items() if figure.value.stated}
        parting = set(rel.frame_of(*self._of, "level").attrs["breaks"])
        known = {y for y in self._known if y not in parting and (self.kind != self.indicator or y in self._prices)}
        found: list[Route] = []
        for year in range(min(numbers) - rel.LONGEST_SPAN, max(numbers) + rel.LONGEST_SPAN + 1) if numbers else ():
            before, after = (sorted(y for y in numbers if (y < year) is side) for side in (True, False))
            for base in [*before[-1:], *after[:1]] if year not in numbers and self.kind else []:
                between = range(min(year, base) + 1, max(year, base) + 1)  # growth and prices are known, over no break
                if len(between) <= rel.LONGEST_SPAN and known.issuperset(between):
                    found.append(self._level_route(year, base, numbers[base], between))
        return self._combined([*found, *self._printed("level")], 1)

    def _route(self, found: rel.Relation, year: int, years: int) -> Route:
        """The growth that two levels imply, calibrated; of a count, with nothing known between, computed."""
        ends = {"first": found.first_year, "last": found.last_year}
        how = SAYS["levels"].format(**ends, earlier=found.earlier.words, later=found.later.words)
        if self.kind == rel.COUNT and not found.growth:
            unit = str(self.data.indicators.at[self.indicator, "level_unit"])
            earlier, later = (rel.unrounded(level, unit) for level in (found.earlier, found.later))
            exact = found._replace(earlier=earlier, later=later).implied(years)
            said, span = listed([how, SAYS.computed], ";"), found.last_year - found.first_year
            return Route(year, span, found.implied(years), exact, None, (), said, NO_WORDS, rel.cited(found.behind))
        asked = Asked(self.indicator, self.region, *ends.values())
        told = self._told(how, found.growth, found.prices), rel.cited(found.behind)
        return self._calibrated(asked, year, found.implied(years), *told, years=years)

    def _level_route(self, year: int, known: int, figure: Figure, between: range) -> Route:
        growth, prices = ({y: of[y] for y in between if y in of} for of in (self._known, self._prices))
        value = implied_level(figure.value, rel.over(growth), prices=rel.over(prices), later=year > known)
        how = self._told(SAYS["level"].format(year=known, level=figure.words), growth, prices)
        cited = rel.cited([figure, *growth.values(), *prices.values()])
        asked = Asked(self.indicator, self.region, *sorted((year, known)))
        return self._calibrated(asked, year, value, how, cited, years=0, later=year > known)

    def _calibrated(
        self, asked: Asked, year: int, value: Interval, how: Text, sources: str, *, years: int, later: bool = False
    ) -> Route:
        off = self._pool.errors(asked)
        found, interval, why, missed = trusted(off), None, NO_WORDS, list[int]()
        if found is None:
            each = listed(Text(said, said) for error in sorted(off) if (said := number(error, 1, sign=True)))
            lacking = SAYS.apart if len(off) >= FEWEST else SAYS.few if off else SAYS.no_pairs
            why = lacking.format(n=len(off), errors=each, fewest=FEWEST)
        else:
            kept = standing(self.data, self.indicator, self._peers, self.reading, asked.years)
            if kept.short:
                why = SAYS.off.format(k=kept.covered, n=kept.cells, p=number(100 * kept.promised, 0))
                found = None
            else:
                interval = widened(value, found.radius_pct, years=years, later=later)
                missed = self._pool.missed(asked, found.radius_pct)
                how = listed([how, *[SAYS.missed.format(years=named_years(missed))] * bool(missed)], ";")
        return Route(year, asked.years, value, interval, found, tuple(off), how, why, sources, tuple(missed))

    def _printed(self, measure: str) -> Iterator[Route]:
        """Bounds and wordings that are printed themselves."""
        other = self.indicator != "gdp" and "gdp" in self.data.indicators.index
        gdps = rel.growth_of(self.data, "gdp", self.region, self.reading) if other else {}
        for year, row in rel.frame_of(*self._of, measure).iterrows():
            qualifier, y = str(row["qualifier"]), int(str(year))
            if qualifier in (*BOUNDS, "positive"):
                value = printed(qualifier, row["value"])
                yield Route(y, 0, value, value, None, (), SAYS.bound, NO_WORDS, str(row["source_id"]))
            elif qualifier == "in_step_with_gdp" and (gdp := gdps.get(y)):
                why, how = SAYS.no_pairs.format(fewest=FEWEST), SAYS.in_step.format(growth=gdp.words)
                cited = f"{row['source_id']}, {gdp.source_id}"
                yield Route(y, 1, printed(qualifier, gdp=gdp.value), None, None, (), how, why, cited)

    def _combined(self, routes: Sequence[Route], years: int) -> list[Implied]:
        """One figure a year from its routes; what is only printed as a bound is printed, and implies nothing by itself."""
        ordered = sorted(routes, key=lambda of: (of.year, of.span == 0, of.interval is None, of.span))
        by_year = {year: tuple(group) for year, group in groupby(ordered, key=lambda route: route.year)}
        return [_together(year, years, ways) for year, ways in by_year.items() if ways[0].span]

    def _told(self, levels: Text, growth: dict[int, Figure], prices: dict[int, Figure]) -> Text:
        """On what a figure stands: levels, and the growth and prices of the years between."""
        said = [levels]
        if growth:
            rates = listed(SAYS.rate.format(year=year, rate=figure.words) for year, figure in growth.items())
            said.append(SAYS.known.format(listed=rates))
        if prices:
            whole = region_name(rel.priced_by(*self._of), self.data)
            said.append(SAYS.prices.format(region=whole, rise=number(float(rel.over(prices).low), 1, sign=True)))
        return listed(said, ";")


def _together(year: int, years: int, routes: tuple[Route, ...]) -> Implied:
    """What the routes leave open together: as many in their order as promise enough."""
    ways, level = tuple[Route, ...](), 1.0
    if computed := [way for way in routes if way.computed]:  # nothing calibrated betters arithmetic
        routes = (*computed, *(way for way in routes if not way.span))
    for way in routes:
        left = level - (1 - way.promised.level if way.promised else 0)
        if left >= LEAST:
            ways, level = (*ways, way), left
    carrying = {f"{place}": way for place, way in enumerate(ways) if way.interval and ways[0].interval}
    interval, contradicting = common({place: way.interval for place, way in carrying.items() if way.interval})
    apart = [Text(*(f"{carrying[x].how[i]} / {carrying[y].how[i]}" for i in (0, 1))) for x, y in contradicting]
    return Implied(
        year=year,
        years=years,
        routes=ways,
        interval=interval or EVERY,
        level=level if interval else math.nan,
        how=listed((way.how for way in (carrying.values() if interval else ways[:1])), ";"),
        sources=tuple(dict.fromkeys(id_ for way in ways for id_ in way.sources.split(", ") if id_)),
        missed=tuple(sorted({y for way in carrying.values() for y in way.missed})),
        why=NO_WORDS if interval else SAYS.contradict.format(routes=listed(apart, ";")) if apart else ways[0].why,
    )
