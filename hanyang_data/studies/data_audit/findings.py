"""What the audit of the record found, in sentences and in counts: right for any parameters, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from hanyang_data.record.contract import OUTTURN_VINTAGES
from hanyang_data.record.coverage import COVERAGE
from hanyang_data.record.revisions import estimates_measured_later
from hanyang_data.studies.scope import Scope
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import GROWTH, LEVEL, VINTAGES, Printed, Text, join, number, within, year_list

SAYS = messages(__name__)

MEASURE = {"growth": GROWTH, "level": LEVEL}
STATES = SAYS.each("states") | VINTAGES

WHOSE = SAYS.each("whose")


def with_outturn(table: pd.DataFrame) -> pd.DataFrame:
    """The indicators of a :func:`record.coverage` table of which an outturn was printed in any form."""
    return table[table.isin(COVERAGE[COVERAGE.index("worded") :]).any(axis="columns")]


def stated_years(table: pd.DataFrame) -> dict[int, list[str]]:
    """Year → the indicators whose outturn states a number in it."""
    known = table.isin(OUTTURN_VINTAGES)
    return {int(year): [str(id_) for id_ in table.index[known[year]]] for year in table.columns}


def coverage(scope: Scope, table: pd.DataFrame) -> Text:
    """How much of the region is known, and in which years nothing is."""
    shown = with_outturn(table)
    if shown.empty:
        return SAYS.uncovered.format(region=scope.region_name, start=scope.start_year, end=scope.end_year)
    by_year = stated_years(shown)
    empty = [year for year, ids in by_year.items() if not ids]
    gaps = SAYS.gaps.format(years=year_list(empty)) if empty else Text("", "")
    known = sum(map(len, by_year.values()))
    return SAYS.covered.format(region=scope.region_name, k=known, n=shown.size, gaps=gaps)


def vintages(scope: Scope, measure: str, revised: pd.DataFrame, read: int = 1) -> Text:
    """In how many years the latest reading differs from the first, and which way; distances to a bound do not count.

    Args:
        scope: the question.
        measure: growth or level.
        revised: of :func:`hanyang_data.revisions`, cut to the window.
        read: number of readings on record.
    """
    names = {"region": scope.region_name, "series": series_name(scope, measure)}
    change = numbers(revised)
    if change.empty:
        bounded = SAYS.one_bounded.format(**names, years=year_list(list(revised.index))) if len(revised) else SAYS.once
        return (bounded if read else SAYS.unread).format(**names)
    if len(change) == 1:
        value, year = float(change.iloc[0]), int(change.index[0])
        if not value:
            return SAYS.one_confirmed.format(**names, year=year)
        return SAYS.one_year.format(**names, side=SAYS.one_below if value < 0 else SAYS.one_above, year=year)
    below, above = int((change < 0).sum()), int((change > 0).sum())
    told = [SAYS.below.format(k=below)] * bool(below)
    told += [(SAYS.above_in if below else SAYS.above).format(k=above)] * bool(above)
    told = told or [SAYS.confirmed.format(k=len(change))]
    listed = Text(", ".join(t.en for t in told), "、".join(t.zh for t in told))
    return SAYS.of_years.format(**names, counts=listed, n=len(change))


def paragraph(
    both: Sequence[Scope],
    covered: Sequence[pd.DataFrame],
    revised: Sequence[pd.DataFrame],
    measure: str,
    totals: Mapping[str, int],
) -> Text:
    """The answer in one paragraph: what is held of each region, how readings moved, and what the whole record is like.

    Args:
        both: the question of each region.
        covered: its coverage table.
        revised: its revisions, cut to the window.
        measure: growth or level.
        totals: of :func:`hanyang_data.studies.data_audit.tables.totals`.
    """
    held = [_held(side, table) for side, table in zip(both, covered, strict=True)]
    moved = [_spread(side, measure, table) for side, table in zip(both, revised, strict=True)]
    return join([*held, *moved, *_estimates(both[0], measure), SAYS.whole.format(**totals)])


def _estimates(scope: Scope, measure: str) -> list[Text]:
    """How estimates fared, those of districts apart from the city's; of fewer than two nothing is said."""
    told = []
    for level, whose in WHOSE.items():
        known = estimates_measured_later(
            scope.indicator, measure, level=level, as_of=scope.as_of, dataset=scope.dataset
        )
        change = known["revision"]
        if len(change) > 1:
            spread = _range(change, str(known["unit"].iloc[0]))
            high = int((change < 0).sum())
            told.append(
                SAYS.estimates.format(
                    whose=whose, series=series_name(scope, measure), k=high, n=len(change), spread=spread
                )
            )
    return told


def counts(table: pd.DataFrame) -> dict[str, Any]:
    """The cells of a coverage table by state, of the indicators with an outturn."""
    shown = with_outturn(table)
    return {"indicators": len(shown), "cells": int(shown.size)} | {
        s: int(shown.eq(s).to_numpy().sum()) for s in COVERAGE
    }


def series_name(scope: Scope, measure: str) -> Text:
    """GDP growth, 地区生产总值增速; a level goes by the name of the indicator alone."""
    name, kind = within(scope.indicator_name), MEASURE[measure]
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


def _held(scope: Scope, table: pd.DataFrame) -> Text:
    found = counts(table)
    names = {"region": scope.region_name, "years": year_list(scope.years)}
    if not found["cells"]:
        return SAYS.held_nothing.format(**names)
    stated = {v: found[v] for v in OUTTURN_VINTAGES if found[v]}
    told = [SAYS.counted.format(v=VINTAGES[v], k=k) for v, k in stated.items()]
    by = (
        SAYS.by.format(listed=Text(", ".join(t.en for t in told), "、".join(t.zh for t in told)))
        if told
        else Text("", "")
    )
    return SAYS.held.format(
        **names, n=found["cells"], m=found["indicators"], k=sum(stated.values()), by=by,
        bounded=found["worded"] + found["bounded"], targets=found["target_only"], nothing=found["nothing"],
    )  # fmt: skip


def _spread(scope: Scope, measure: str, revised: pd.DataFrame) -> Text:
    series = Text(*(text[:1].upper() + text[1:] for text in series_name(scope, measure)))
    change = numbers(revised)
    if change.empty:
        return SAYS.no_spread.format(region=scope.region_name, series=series)
    spread = _range(change, str(revised["unit"].iloc[0]))
    return SAYS.spread.format(
        region=scope.region_name, series=series, all=len(scope.years), n=len(change), spread=spread
    )


def _range(change: pd.Series, unit: str) -> Text:
    low, high = float(change.min()), float(change.max())
    first, last = signed(low, unit), signed(high, unit)
    # points are named once, after both ends; the percent sign stands at each
    return last if first == last else SAYS.range.format(low=digits(low, unit) if unit == "pp" else first, high=last)
