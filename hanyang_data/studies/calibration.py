"""What the record's own pairs promise for one more figure of their kind, and how such promises were kept.

A pair calibrates a figure of the same kind and the same span of years. Nothing of the district-year that is asked, and nothing
published later than the day of the question, may be among them.

What tests a promise is to leave the whole district out. With one pair left out at a time nearly as many hold as were promised
whatever the errors are, since of n of them, each held against the k-th of the others, just k lie within.
"""

import math
from collections.abc import Sequence
from typing import Literal, NamedTuple

import numpy as np
import pandas as pd

from hanyang_data.record.observations import Dataset, kept
from hanyang_data.statistics.conformal import FEWEST, Coverage, Promise, coverage, place, promise, widened
from hanyang_data.statistics.interval import between
from hanyang_data.studies.relations import Peers, Reading, pairs

Scheme = Literal["district", "district_year", "rolling"]
SCHEMES: tuple[Scheme, ...] = ("district", "district_year", "rolling")  # the first is what counts
WHOLE = 100  # percent of a level: an error as large as the figure itself
RULES = {"implied": "implied_pct", "city": "city_pct", "last_year": "last_pct"}  # rule → its column in a table of pairs
CELLS = ["indicator", "region", "first_year", "last_year", "years", "rule", "printed_pct", "estimate_pct", "error_pct", "pairs",
         "place", "promised", "low", "high", "covered"]  # fmt: skip


class Asked(NamedTuple):
    """The figure that is to be calibrated: a region's, over the years between two levels."""

    indicator: str
    region: str
    first_year: int
    last_year: int

    @property
    def years(self) -> int:
        """How many years lie between."""
        return self.last_year - self.first_year


class Pool:
    """Calibration pairs, as of :func:`relations.pairs`, as arrays: a large panel has thousands, and each is left out in turn."""

    def __init__(self, table: pd.DataFrame) -> None:
        self.indicator, self.region = (table[c].to_numpy(dtype="str") for c in ("indicator", "region"))
        self.first, self.last = (table[c].to_numpy(dtype=int) for c in ("first_year", "last_year"))
        printed = 1 + table["printed_pct"].to_numpy(dtype=float) / 100
        ratios = {rule: (1 + table[column].to_numpy(dtype=float) / 100) / printed for rule, column in RULES.items()}
        self.off = {rule: 100 * (ratio ** (self.last - self.first) - 1) for rule, ratio in ratios.items()}

    def errors(self, asked: Asked, rule: str = "implied", *, whole_region: bool = False) -> list[float]:
        """How far a rule was off, in % of the last level, in the pairs that may calibrate a figure.

        These are the pairs of its span: of its own indicator where five are, else of all of its kind. No pair of its region that
        touches its years is among them, nor any pair of its region where the ``whole_region`` is left out.
        """
        same = self.region == asked.region
        touching = same & (self.first <= asked.last_year) & (self.last >= asked.first_year)
        span = self.last - self.first == asked.years
        left = span & ~(same if whole_region else touching) & np.isfinite(self.off[rule])
        own = left & (self.indicator == asked.indicator)
        found: list[float] = self.off[rule][own if own.sum() >= FEWEST else left].tolist()
        return found

    def missed(self, asked: Asked, radius_pct: float) -> list[int]:
        """The last years of pairs of the same series and span that touch its years, and that are off by more than the radius."""
        same = (self.region == asked.region) & (self.indicator == asked.indicator)
        touching = same & (self.first <= asked.last_year) & (self.last >= asked.first_year)
        beside = touching & (self.last - self.first == asked.years)
        found: list[int] = self.last[beside & (np.abs(self.off["implied"]) > radius_pct)].tolist()
        return sorted(found)


def trusted(errors_pct: Sequence[float]) -> Promise | None:
    """What pairs promise; nothing where an error as large as the figure were to be covered: levels and growth do not match."""
    found = promise(errors_pct)
    return found if found and found.radius_pct < WHOLE else None


def left_out(data: Dataset, indicator: str, peers: Peers, reading: Reading, scheme: Scheme, years: int = 0) -> pd.DataFrame:
    """Every pair of ``peers`` estimated from the others, by each rule, and held against what was printed.

    Of a series at current prices all of its kind are estimated; over a span of ``years``, or over every span. The scheme
    ``district`` leaves out all pairs of that district, ``district_year`` those that touch these years, ``rolling`` besides these
    what was published after the day on which the estimate could first be made.

    One row a pair and rule: ``indicator, region, first_year, last_year, years, rule, printed_pct, estimate_pct, error_pct,
    pairs, place, promised, low, high, covered``; the last four are missing where fewer than five pairs were left.
    """
    table = pairs(data, indicator, peers, reading)
    if years:
        table = table[table["years"].eq(years)]
    pools = {"": Pool(table)}
    rows = []
    for pair in table.itertuples():
        day = pair.known_from.date().isoformat() if scheme == "rolling" else ""
        if day not in pools:
            pools[day] = Pool(pairs(data, indicator, peers, Reading(reading.vintage, day)))
        asked = Asked(pair.indicator, pair.region, pair.first_year, pair.last_year)
        for rule, column in RULES.items():
            estimate = float(getattr(pair, column))
            if not math.isfinite(estimate):  # the rule has nothing to say
                continue
            errors = pools[day].errors(asked, rule, whole_region=scheme == "district")
            printed = pair.printed_pct
            off = 100 * (((1 + estimate / 100) / (1 + printed / 100)) ** asked.years - 1)
            cell = asked._asdict() | {"years": asked.years, "rule": rule, "printed_pct": printed, "estimate_pct": estimate}
            cell |= {"error_pct": off, "pairs": len(errors), "place": place(off, errors)}
            if found := trusted(errors):
                ends = widened(between(estimate, estimate), found.radius_pct, years=asked.years)
                within = abs(off) <= found.radius_pct
                cell |= {"promised": found.level, "low": float(ends.low), "high": float(ends.high), "covered": within}
            rows.append(cell)
    return pd.DataFrame(rows, columns=CELLS)


def kept_promises(cells: pd.DataFrame) -> Coverage:
    """How often the intervals among the cells of :func:`left_out` held what was printed."""
    tried = cells[cells["promised"].notna()]
    return coverage(tried["covered"].astype(bool).tolist(), tried["promised"].astype(float).tolist())


@kept
def standing(data: Dataset, indicator: str, peers: Peers, reading: Reading, years: int) -> Coverage:
    """How the intervals of an indicator and span kept their promise; where those of a shorter span fell short, how those did.

    What does not hold over one year is not trusted over five, of which there are fewer pairs to find it out.
    """
    if years > 1 and (shorter := standing(data, indicator, peers, reading, years - 1)).short:
        return shorter
    cells = left_out(data, indicator, peers, reading, "district", years)
    tried = cells[cells["promised"].notna() & cells["rule"].eq("implied")]
    own = tried[tried["indicator"].eq(indicator)]
    return kept_promises(own if len(own) >= FEWEST else tried)  # else all of its kind
