"""What the audit of the record found, in sentences and in counts: right for any parameters, in both languages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from hanyang_data.record.contract import OUTTURN_VINTAGES
from hanyang_data.record.coverage import COVERAGE
from hanyang_data.record.revisions import estimates_measured_later
from hanyang_data.studies.scope import Scope
from hanyang_data.words.wording import GROWTH, LEVEL, VINTAGES, Text, join, number, within, year_list

MEASURE = {"growth": GROWTH, "level": LEVEL}
STATES = {
    "nothing": Text("nothing printed", "未见数据"),
    "target_only": Text("target only", "仅有目标"),
    "worded": Text("wording only", "仅有文字"),
    "bounded": Text("bound", "界限值"),
} | VINTAGES

COVERED = Text("{region}: {k} of {n} yearly outturns on record{gaps}", "{region}：{n}个年度完成数中{k}个有记录{gaps}")
GAPS = Text(", none for {years}", "，{years}均无")
UNCOVERED = Text("{region}: no outturn on record in {start}–{end}", "{region}：{start}–{end}年没有完成数记录")

BELOW = Text("below the first in {k}", "{k}年低于首次公布数")
ABOVE = Text("above the first in {k}", "{k}年高于首次公布数")
CONFIRMED = Text("equal to the first in {k}", "{k}年与首次公布数一致")
OF_YEARS = Text("{region}, {series}: latest figure {counts} of {n} years", "{region}{series}最新数：{n}年中{counts}")
ONE_BELOW, ONE_ABOVE = Text("below", "低于"), Text("above", "高于")
ONE_YEAR = Text(
    "{region}, {series}: latest figure {side} the first in {year}", "{region}{series}：{year}年最新数{side}首次公布数"
)
ONE_CONFIRMED = Text(
    "{region}, {series}: first figure of {year} confirmed", "{region}{series}：{year}年最新数与首次公布数一致"
)
ONE_BOUNDED = Text(
    "{region}, {series}: read again in {years}, first as a bound",
    "{region}{series}：{years}首次只公布界限",
)
ONCE = Text("{region}, {series}: no later figure on record", "{region}{series}：首次公布之后没有更晚的数据记录")
UNREAD = Text("{region}, {series}: no reading on record", "{region}{series}：没有公布数记录")

HELD = Text(
    "{region}, {years}: of {n} yearly outturns ({m} indicators) {k} are on record{by}; {bounded} are bounds or wordings, "
    "{targets} have a target only, for {nothing} nothing was printed.",
    "{region}{years}共{n}个年度完成数（{m}项指标），其中{k}个有记录{by}；{bounded}个只有界限或文字，"
    "{targets}个只有目标，{nothing}个未见公布。",
)
BY = Text(" ({listed})", "（{listed}）")
COUNTED = Text("{v} {k}", "{v}{k}个")
HELD_NOTHING = Text("{region}, {years}: no outturn is on record.", "{region}{years}没有完成数记录。")
SPREAD = Text(
    "{series} of {region}: in {n} of {all} years the first figure was followed by a later one, which differs by {spread}.",
    "{region}{series}：{all}年中{n}年在首次公布后又有新公布数，相差{spread}。",
)
RANGE = Text("{low} to {high}", "{low}至{high}")
NO_SPREAD = Text(
    "{series} of {region}: no later figure than the first is on record.",
    "{region}{series}：首次公布之后没有更晚的数据记录。",
)
ESTIMATES = Text(
    "December estimates of {series} that were measured later: {k} of {n} by {whose} were too high (revised by {spread}).",
    "{whose}{series}的年末预计数，后来有核算数的{n}个中{k}个偏高（修订{spread}）。",
)
WHOSE = {"district": Text("districts", "各区"), "city": Text("the city", "全市")}
WHOLE = Text(
    "The whole record: {rows} printed figures in {texts} texts; on {conflicts} figures sources differ, {corrections} are "
    "corrected, {discrepancies} do not fit the others and say why, {rejects} more were found and not taken in.",
    "全部资料：{texts}份文本中的{rows}个数据；{conflicts}个数据来源不一，{corrections}个有更正，"
    "{discrepancies}个与其他数据不符并注明原因，另有{rejects}个查到而未采用。",
)


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
        return UNCOVERED.format(region=scope.region_name, start=scope.start_year, end=scope.end_year)
    by_year = stated_years(shown)
    empty = [year for year, ids in by_year.items() if not ids]
    gaps = GAPS.format(years=year_list(empty)) if empty else Text("", "")
    known = sum(map(len, by_year.values()))
    return COVERED.format(region=scope.region_name, k=known, n=shown.size, gaps=gaps)


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
        bounded = ONE_BOUNDED.format(**names, years=year_list(list(revised.index))) if len(revised) else ONCE
        return (bounded if read else UNREAD).format(**names)
    if len(change) == 1:
        value, year = float(change.iloc[0]), int(change.index[0])
        if not value:
            return ONE_CONFIRMED.format(**names, year=year)
        return ONE_YEAR.format(**names, side=ONE_BELOW if value < 0 else ONE_ABOVE, year=year)
    counts = {BELOW: int((change < 0).sum()), ABOVE: int((change > 0).sum())}
    told = [text.format(k=k) for text, k in counts.items() if k] or [CONFIRMED.format(k=len(change))]
    shortened = [told[0], *(Text(t.en.replace(" the first", ""), t.zh.replace("首次公布数", "")) for t in told[1:])]
    listed = Text(", ".join(t.en for t in shortened), "、".join(t.zh for t in shortened))
    return OF_YEARS.format(**names, counts=listed, n=len(change))


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
    return join([*held, *moved, *_estimates(both[0], measure), WHOLE.format(**totals)])


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
                ESTIMATES.format(whose=whose, series=series_name(scope, measure), k=high, n=len(change), spread=spread)
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


def signed(value: float, unit: str) -> Text:
    """A revision with its sign: percentage points for growth, percent for a level (two places where one shows nothing)."""
    shown = number(value, 1 if unit == "pp" or not value or abs(value) >= 0.05 else 2, sign=True)
    return Text(f"{shown} pp", f"{shown}个百分点") if unit == "pp" else Text(f"{shown}%", f"{shown}%")


def _held(scope: Scope, table: pd.DataFrame) -> Text:
    found = counts(table)
    names = {"region": scope.region_name, "years": year_list(scope.years)}
    if not found["cells"]:
        return HELD_NOTHING.format(**names)
    stated = {v: found[v] for v in OUTTURN_VINTAGES if found[v]}
    told = [COUNTED.format(v=VINTAGES[v], k=k) for v, k in stated.items()]
    by = BY.format(listed=Text(", ".join(t.en for t in told), "、".join(t.zh for t in told))) if told else Text("", "")
    return HELD.format(
        **names, n=found["cells"], m=found["indicators"], k=sum(stated.values()), by=by,
        bounded=found["worded"] + found["bounded"], targets=found["target_only"], nothing=found["nothing"],
    )  # fmt: skip


def _spread(scope: Scope, measure: str, revised: pd.DataFrame) -> Text:
    series = Text(*(text[:1].upper() + text[1:] for text in series_name(scope, measure)))
    change = numbers(revised)
    if change.empty:
        return NO_SPREAD.format(region=scope.region_name, series=series)
    spread = _range(change, str(revised["unit"].iloc[0]))
    return SPREAD.format(region=scope.region_name, series=series, all=len(scope.years), n=len(change), spread=spread)


def _range(change: pd.Series, unit: str) -> Text:
    low, high = (signed(float(value), unit) for value in (change.min(), change.max()))
    bare = Text(low.en.removesuffix(" pp"), low.zh.removesuffix("个百分点"))  # the unit once, after both
    return high if low == high else RANGE.format(low=bare, high=high)
