"""What the audit of the record found, in sentences and in counts: right for any parameters, in both languages."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import pandas as pd

from hanyang_data.record.contract import OUTTURN_VINTAGES
from hanyang_data.record.coverage import COVERAGE
from hanyang_data.record.revisions import estimates_measured_later
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.tables import MEASURES
from hanyang_data.words.wording import VINTAGES, Printed, Text, extent, full_stop, messages, named_years, number, within

SAYS = messages(__name__)

STATES = SAYS.each("states") | VINTAGES

WHOSE = SAYS.each("whose")
REVISED, ALL_REVISED, BOTH_REVISED = SAYS.each("revised"), SAYS.each("all_revised"), SAYS.each("both_revised")


def with_outturn(table: pd.DataFrame) -> pd.DataFrame:
    """The indicators of a :func:`record.coverage` table of which an outturn was printed in any form."""
    return table[table.isin(COVERAGE[COVERAGE.index("worded") :]).any(axis="columns")]


def stated_years(table: pd.DataFrame) -> dict[int, list[str]]:
    """Year → the indicators whose outturn states a number in it."""
    known = table.isin(OUTTURN_VINTAGES)
    return {int(year): [str(id_) for id_ in table.index[known[year]]] for year in table.columns}


def coverage(scope: Scope, table: pd.DataFrame) -> Text:
    """How much of the region is known, and in which years nothing is."""
    shown, names = with_outturn(table), {"region": scope.region_name}
    if shown.empty:
        return SAYS.uncovered.format(**names, start=scope.start_year, end=scope.end_year)
    by_year = stated_years(shown)
    known, empty = sum(map(len, by_year.values())), [year for year, ids in by_year.items() if not ids]
    if not known:
        return SAYS.unnumbered.format(**names, n=shown.size)
    said = SAYS.covered_but if empty else SAYS.covered if known < shown.size else SAYS.covered_all
    return said.format(**names, k=known, n=shown.size, years=named_years(empty) if empty else "")


def vintages(scope: Scope, measure: str, revised: pd.DataFrame, read: pd.DataFrame | None = None) -> Text:
    """In how many years the latest reading differs from the first, and which way; distances to a bound do not count.

    Args:
        scope: the question.
        measure: growth or level.
        revised: first and latest reading of each year that was published more than once.
        read: all readings, of which some may differ without one being a revision of the other.
    """
    names = {"region": scope.region_name, "series": series_name(scope, measure)}
    change = numbers(revised)
    if change.empty:
        apart = [] if read is None else sorted({int(year) for year in read.index[read.index.duplicated()]})
        if len(revised) or apart:
            said = SAYS.one_bounded if len(revised) else SAYS.differ
            return said.format(**names, years=named_years(list(revised.index) or apart))
        return (SAYS.once if read is None or len(read) else SAYS.unread).format(**names)
    below, above, n = int((change < 0).sum()), int((change > 0).sum()), len(change)
    if n == 1:
        way = "down" if below else "up" if above else "not"
        return SAYS["one_revised", way].format(**names, year=int(change.index[0]))
    if below and above:
        return (SAYS.both_ways if n > 2 else SAYS.one_each).format(**names, below=below, above=above, n=n)
    way, k = ("down", below) if below else ("up", above)
    told = REVISED if k < n else ALL_REVISED if n > 2 else BOTH_REVISED
    return (told[way] if k else SAYS.never).format(**names, k=k, n=n)


def sentences(
    both: Sequence[Scope],
    covered: Sequence[pd.DataFrame],
    revised: Sequence[pd.DataFrame],
    measure: str,
    totals: Mapping[str, int],
) -> Iterator[Text]:
    """What is known of the other region, what the figures are and how such estimates fared, and where sources differ."""
    yield full_stop(coverage(both[1], covered[1]))
    found = counts(covered[0])
    known, estimates = sum(found[v] for v in OUTTURN_VINTAGES), found[OUTTURN_VINTAGES[0]]
    level = str(both[0].dataset.regions.at[both[0].region, "level"])
    level = level if level in WHOSE else "district"
    later = estimates_measured_later(both[0].indicator, measure, level=level, **both[0].known)["revision"]
    if known and estimates:
        names = {"region": both[0].region_name, "k": estimates, "n": known}
        yield (SAYS.all_estimates if estimates == known else SAYS.some_estimates).format(**names)
    if len(later) > 1 and estimates:
        high = int((later < 0).sum())
        series = series_name(both[0], measure)
        yield SAYS["fared", extent(high, len(later))].format(whose=WHOSE[level], series=series, k=high, n=len(later))
    yield from (full_stop(vintages(of, measure, rows)) for of, rows in zip(both, revised, strict=True) if len(rows))
    yield SAYS.whole.format(**totals)


def counts(table: pd.DataFrame) -> dict[str, Any]:
    """The cells of a coverage table by state, of the indicators with an outturn."""
    shown = with_outturn(table)
    return {"indicators": len(shown), "cells": int(shown.size)} | {s: int(shown.eq(s).to_numpy().sum()) for s in COVERAGE}


def series_name(scope: Scope, measure: str) -> Text:
    """GDP growth, 地区生产总值增速; a level goes by the name of the indicator alone."""
    name, kind = within(scope.indicator_name), MEASURES[measure]
    return name if measure == "level" else Text(f"{name.en} {kind.en}", f"{name.zh}{kind.zh}")


def numbers(revised: pd.DataFrame) -> pd.Series:
    """The revisions between two numbers; where a reading is a bound there is only a distance to it."""
    change: pd.Series = revised.loc[~revised["flag"].str.contains("bound"), "revision"]
    return change


def signed(value: float, unit: str) -> Printed:
    """A revision with its sign: percentage points for growth, percent for a level (two places where one shows nothing)."""
    shown = digits(value, unit)
    words = SAYS.pp if unit == "pp" else SAYS.signed
    return Printed.of(words.format(shown=shown), value, unit)


def digits(value: float, unit: str) -> str:
    """The same without the unit."""
    return number(value, 1 if unit == "pp" or not value or abs(value) >= 0.05 else 2, sign=True)
