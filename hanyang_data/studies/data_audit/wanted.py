"""Which figure that is missing would help most if it were found: what it would give, narrow and decide, in order.

Each candidate is one printed number more: growth of a year, a level, or another district's growth that would make a calibration
pair. What it would do follows from what is on record, without a guess at its value.
"""

import math
from collections.abc import Iterable, Iterator

import pandas as pd

from hanyang_data.record.frames import stated
from hanyang_data.statistics.conformal import FEWEST
from hanyang_data.studies import relations as rel
from hanyang_data.studies.calibration import Asked, Pool, trusted
from hanyang_data.studies.scope import HEADLINE, Scope
from hanyang_data.studies.tables import headed
from hanyang_data.words.wording import listed, messages, year_list

SAYS = messages(__name__)
HEADS, MEASURES = SAYS.each("heads"), SAYS.each("measures")
WANTED = ["region", "indicator", "measure", "year", "gives", "narrows_pct", "decides", "pairs"]
MOST, MOST_OTHERS = 15, 5  # rows of the table: of the region, and of others


class Series:
    """What is stated of one indicator of the region, and what its calibration pairs promise."""

    def __init__(self, scope: Scope, indicator: str) -> None:
        data, reading = scope.dataset, rel.Reading(scope.vintage, scope.as_of)
        of = (data, indicator, scope.region, reading)
        self.scope, self.indicator, self.reading = scope, indicator, reading
        self.real = rel.kind_of(data, indicator) == indicator
        self.pool = Pool(rel.pairs(data, indicator, rel.peers_of(data, scope.region), reading))
        growth, level = (rel.frame_of(*of, measure) for measure in ("growth", "level"))
        self.prices, self.cuts = frozenset(rel.prices_of(*of)), set(level.attrs["breaks"])
        blocks = rel.level_blocks(*of) if rel.kind_of(data, indicator) else ()
        self.growth = frozenset(stated(growth).index)
        self.levels = frozenset(y for block in blocks for y, figure in block.items() if figure.value.stated)

    def spans(self, year: int, growth: frozenset[int], levels: frozenset[int]) -> Iterator[Asked]:
        """The pairs of levels on one basis between which growth of this year alone is not known."""
        for first in (y for y in sorted(levels) if y < year):
            for last in (y for y in sorted(levels) if year <= y <= first + rel.LONGEST_SPAN):
                between = set(range(first + 1, last + 1))
                priced = not self.real or between <= self.prices
                if between - growth == {year} and priced and not between & self.cuts:
                    yield Asked(self.indicator, self.scope.region, first, last)

    def width(self, year: int, growth: frozenset[int], levels: frozenset[int]) -> float:
        """How wide the interval of growth is, in % of the level: 0 where it is printed, infinite where there is none."""
        if year in growth:
            return 0.0
        found = (trusted(self.pool.errors(asked)) for asked in self.spans(year, growth, levels))
        return min((2 * of.radius_pct for of in found if of), default=math.inf)

    def decides(self, years: Iterable[int]) -> int:
        """How many gaps to the city and verdicts on an original target growth of these years would allow."""
        city = rel.growth_around(self.scope.dataset, self.indicator, self.scope.region, self.reading)
        targets = stated(self.scope.targets(indicator=self.indicator))
        return sum((year in city) + (year in targets.index) for year in years)


def wanted(scope: Scope) -> pd.DataFrame:
    """Figures of the region that are not on record, the most helpful first, then those of other regions that would calibrate.

    ``region, indicator, measure, year``; ``gives``: years whose growth would be known or have an interval on both sides;
    ``narrows_pct``: what would go off the widths of the intervals there are, in % of the level; ``decides``: gaps to the city
    and verdicts on an original target that growth of these years would allow; ``pairs``: span of years → pairs there would
    be, where an interval wants for some.
    """
    series = [Series(scope, id_) for id_ in HEADLINE if id_ in scope.dataset.indicators.index]
    table = pd.DataFrame([row for of in series for row in (*_own(of), *_calibrating(of))], columns=WANTED)
    order = {"decides": table["decides"], "exact": table["measure"].eq("growth"), "gives": table["gives"].map(len)}
    ranks = pd.DataFrame(order | {"narrows": table["narrows_pct"], "pairs": table["pairs"].map(len)})
    return table.loc[ranks.sort_values(list(ranks), ascending=False, kind="stable").index].reset_index(drop=True)


def _own(of: Series) -> Iterator[tuple[object, ...]]:
    years = of.scope.years
    now = {y: of.width(y, of.growth, of.levels) for y in years}
    stands = {"growth": of.growth, "level": of.levels}
    for measure, year in ((measure, y) for measure, known in stands.items() for y in years if y not in known):
        growth, levels = (known | {year} if measure == name else known for name, known in stands.items())
        then = {y: of.width(y, growth, levels) for y in years}
        gives = [y for y in years if math.isinf(now[y]) and math.isfinite(then[y])]
        narrows = sum(now[y] - then[y] for y in years if math.isfinite(now[y]))
        if gives or narrows > 0:
            decides = of.decides(y for y in years if then[y] < now[y])
            yield of.scope.region, of.indicator, measure, year, gives, narrows, decides, {}


def _calibrating(of: Series) -> Iterator[tuple[object, ...]]:
    """Growth of other regions that would make pairs of a span of which an interval of this region wants for some."""
    asked = [a for y in of.scope.years if y not in of.growth for a in of.spans(y, of.growth, of.levels)]
    have = {a.years: len(of.pool.errors(a)) for a in asked}
    short = {span: m for span, m in have.items() if m < FEWEST}
    data, found = of.scope.dataset, dict[tuple[str, int], dict[int, int]]()
    peers = rel.peers_of(data, of.scope.region)
    for region in data.regions.index if short else ():
        if region == of.scope.region or not peers.holds(data, region):
            continue
        for r in rel.relations(data, of.indicator, region, of.reading):
            if len(r.open_years) == 1 and len(r.years) in short and r.earlier.value.stated and r.later.value.stated:
                more = found.setdefault((region, r.open_years[0]), {})
                more[len(r.years)] = more.get(len(r.years), 0) + 1
    for (region, year), spans in found.items():
        yield region, of.indicator, "growth", year, [], 0.0, 0, {k: (short[k], short[k] + n) for k, n in spans.items()}


def wanted_table(scope: Scope) -> pd.DataFrame:
    """The first of :func:`wanted` as a reader meets them."""
    table = wanted(scope)
    own = table["region"].eq(scope.region)
    shown = pd.concat([table[own].head(MOST), table[~own].head(MOST_OTHERS)], ignore_index=True)
    wants = [[SAYS.pairs.format(span=n, now=a, then=b, fewest=FEWEST) for n, (a, b) in of.items()] for of in shown["pairs"]]
    told = shown.assign(
        rank=shown.index + 1,
        figure=[MEASURES[m].format(year=year) for m, year in zip(shown["measure"], shown["year"], strict=True)],
        gives=shown["gives"].map(year_list),
        narrows_pct=[round(width, 1) or None for width in shown["narrows_pct"]],
        pairs=[listed(of, ";") for of in wants],
    )
    return headed(scope, told[list(HEADS)], HEADS)
