"""The figures of the data-audit notebook: what is known of a region, and every published reading of one series."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from hanyang_data.charts.chart import NO_FIGURE
from hanyang_data.charts.export import Chart
from hanyang_data.charts.matrix import Cell, Mark, TableRow, matrix, readings
from hanyang_data.charts.style import COLOURS, INK, Caption, colour
from hanyang_data.record.contract import BOUNDS, OUTTURN_VINTAGES
from hanyang_data.record.coverage import COVERAGE
from hanyang_data.record.frames import stated_rows
from hanyang_data.studies.captions import (
    BASIS,
    dropped_words,
    note,
)
from hanyang_data.studies.data_audit import findings as findings_audit
from hanyang_data.studies.data_audit.findings import STATES, signed, stated_years, with_outturn
from hanyang_data.studies.data_audit.tables import flags_of
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.sources import source, source_ids
from hanyang_data.studies.trend.figure import GROWTH_TITLE, LEVEL_TITLE
from hanyang_data.words.wording import UNITS, VINTAGES, Text, printed, within, year_list

COVERAGE_SUBTITLE = Text(
    "Most advanced published reading of {m} indicators, growth or level, {years}",
    "{years}{m}项指标（增速或总量）各年已公布的最成熟版本",
)
CELLS = {"worded": Text("wording", "文字"), "bounded": Text("bound", "界限")}
WHAT = Text(
    'A cell is one indicator in one year. Bounds ("over 1,000") and wordings without a number do not count as outturns.',
    "每格为一项指标的一个年度；界限值（如“超过1000”）和没有数值的文字表述不计为完成数。",
)
NEVER = Text("No outturn in {years}.", "{years}没有任何指标的完成数。")
FEW = Text("In {year} only {names}.", "{year}年仅有{names}。")
SECONDARY_ALONE = Text("On secondary pages alone: {listed}.", "仅见于二手资料：{listed}。")
WITH_YEARS = Text("{name} {years}", "{name}（{years}）")
TARGETS_ALONE = Text("Not shown, because only targets are on record: {names}.", "未列出只有目标的指标：{names}。")
NO_ROWS = Text("Nothing but targets, or nothing at all, is on record.", "没有完成数记录。")
COVERAGE_ALT = Text("{title}. {listed}.", "{title}。{listed}。")
ROW_ALT = Text("{name}: {states}", "{name}：{states}")
STATE_ALT = Text("{state} {years}", "{years}{state}")
FEW_INDICATORS = 2  # a year with so few is named in the note

READ_SUBTITLE = Text("{series}: every published reading, {years}", "{years}{series}：历次公布数")
REVISION_ROW = {"pp": Text("revision, pp", "修订，百分点"), "percent": Text("revision, %", "修订，%")}
TAKEN = Text("Dark: the figure used in series; grey: other published readings.", "深色为序列采用数，灰色为其他公布数。")
REPEATED = Text("A figure published again unchanged is shown once.", "原数再次公布的只列一次。")
SECONDARY = Text("Hollow and *: from a secondary page.", "空心及*为二手资料。")
BOUND = Text("Arrow: a bound as printed.", "箭头表示原文为界限值。")
BREAK = Text("Not comparable before and from {year} on ({label}).", "{year}年前后不可比（{label}）。")
REVISION = Text(
    "Revision: latest minus first published reading, own calculation.", "修订为最新公布数减首次公布数，由作者计算。"
)
REVISION_PERCENT = Text(
    "Revision: latest less first published reading in % of the first, own calculation.",
    "修订为最新公布数较首次公布数的变动（%），由作者计算。",
)
DISTANCE = Text("In brackets: distance to a bound, not counted.", "括号内为与界限值的距离，不计入标题。")
UNREAD = Text("No reading of {years}.", "{years}没有公布数。")
DOUBT = Text("† {year}: {reason}", "†{year}年：{reason}")
READ_ALT = Text("{title}. {listed}.", "{title}。{listed}。")
YEAR_ALT = Text("{year}: {readings}", "{year}年：{readings}")
READING_ALT = Text("{v} {n}", "{v}{n}")


def coverage(scope: Scope, table: pd.DataFrame, rows: pd.DataFrame, *, size: str = "page") -> Chart:
    """Which year of which indicator is known of the region, and in how advanced a reading.

    Args:
        scope: the question.
        table: of :func:`hanyang_data.record.coverage.coverage`.
        rows: the observations behind it, for the source line.
        size: a named size.
    """
    shown = with_outturn(table)
    left_out = [scope.name_of(str(id_)) for id_ in table.index.difference(shown.index, sort=False)]
    title = findings_audit.coverage(scope, table)
    by_year = stated_years(shown)
    never = [year for year, ids in by_year.items() if not ids]
    few = {year: ids for year, ids in by_year.items() if 0 < len(ids) <= FEW_INDICATORS < len(shown)}
    parts = [WHAT if len(shown) else NO_ROWS]
    parts += [NEVER.format(years=year_list(never))] * bool(never and len(shown))
    parts += [FEW.format(year=year, names=_names([scope.name_of(id_) for id_ in ids])) for year, ids in few.items()]
    parts += _secondary_words(scope, rows)
    parts += [TARGETS_ALONE.format(names=_names(left_out))] * bool(left_out)
    drawn = rows[rows["indicator"].isin(shown.index)]
    words = Caption(
        title.to(scope.lang),
        COVERAGE_SUBTITLE.format(m=len(shown), years=year_list(scope.years)).to(scope.lang),
        note(scope, *parts),
        source(scope, [drawn]).to(scope.lang),
        _coverage_alt(scope, title, shown).to(scope.lang),
        source_ids([drawn]),
    )
    drawn_rows = {scope.name_of(str(id_)).to(scope.lang): list(states) for id_, states in shown.T.items()}
    return matrix(
        drawn_rows or {NO_FIGURE.to(scope.lang): ["nothing"] * len(scope.years)},
        [str(year) for year in scope.years],
        {state: STATES[state].to(scope.lang) for state in COVERAGE},
        {state: word.to(scope.lang) for state, word in CELLS.items()},
        words,
        size=size,
    )


def vintages(scope: Scope, measure: str, read: pd.DataFrame, revised: pd.DataFrame, *, size: str = "page") -> Chart:
    """Every published reading of one series, vintage by vintage, the one a series takes dark, with the revision below.

    Args:
        scope: the question.
        measure: growth or level.
        read: of :func:`hanyang_data.studies.data_audit.tables.distinct_readings`.
        revised: of :func:`hanyang_data.revisions`, cut to the window.
        size: a named size.
    """
    basis = str(scope.dataset.indicators.loc[scope.indicator, "growth_basis"])
    unit = UNITS[str(scope.dataset.indicators.loc[scope.indicator, "level_unit"])]
    series = GROWTH_TITLE[basis] if measure == "growth" else LEVEL_TITLE[basis].format(unit=unit)
    title = findings_audit.vintages(scope, measure, revised, len(read))
    bounds = revised[["first_qualifier", "latest_qualifier"]].isin(BOUNDS)
    revised = revised[~bounds.all(axis="columns")]  # from bound to bound there is no distance
    words = Caption(
        title.to(scope.lang),
        READ_SUBTITLE.format(series=series, years=year_list(scope.years)).to(scope.lang),
        note(scope, *_vintage_words(scope, measure, basis, read, revised)),
        source(scope, [read]).to(scope.lang),
        _vintages_alt(title, read, revised).to(scope.lang),
        source_ids([read]),
    )
    numbers = read[read["value"].notna()]
    marks = [
        Mark(
            int(str(year)),
            float(row["value"]),
            row["vintage"],
            taken=bool(row["taken"]),
            hollow=row["reliability"] == "secondary",
            bound=row["qualifier"] if row["qualifier"] in BOUNDS else "",
        )
        for year, row in numbers.iterrows()
    ]
    tone = colour(scope.region)
    return readings(
        marks,
        _table(scope, read, revised),
        scope.years,
        words,
        tone=INK if tone == COLOURS["wuhan"] else tone,  # the city's grey is that of the readings that are not taken
        empty={
            year: (CELLS["worded"] if year in read.index else NO_FIGURE).to(scope.lang)
            for year in scope.years
            if year not in numbers.index
        },
        from_zero=measure == "level",
        breaks={y: label.to(scope.lang) for y, label in scope.breaks(measure).items()},
        size=size,
    )


def _names(names: Sequence[Text]) -> Text:
    return Text(", ".join(within(t).en for t in names), "、".join(t.zh for t in names))


def _secondary_words(scope: Scope, rows: pd.DataFrame) -> list[Text]:
    """The figures that no official text and no reprint of one prints."""
    stated = stated_rows(rows[rows["concept"] == "outturn"])
    best = stated.assign(alone=stated["reliability"] == "secondary").groupby(["indicator", "year"])["alone"].all()
    years: dict[str, list[int]] = {}
    for indicator, year in best.index[best.to_numpy(dtype=bool)]:
        years.setdefault(str(indicator), []).append(int(year))
    told = [
        WITH_YEARS.format(name=within(scope.name_of(id_)), years=year_list(years[id_]))
        for id_ in scope.dataset.indicators.index
        if id_ in years
    ]
    listed = Text("; ".join(t.en for t in told), "、".join(t.zh for t in told))
    return [SECONDARY_ALONE.format(listed=listed)] if told else []


def _coverage_alt(scope: Scope, title: Text, shown: pd.DataFrame) -> Text:
    rows = []
    for id_, states in shown.iterrows():
        told = [
            STATE_ALT.format(
                state=STATES[state], years=year_list([int(year) for year in states.index[states == state]])
            )
            for state in reversed(COVERAGE)
            if (states == state).any()
        ]
        listed = Text(", ".join(t.en for t in told), "，".join(t.zh for t in told))
        rows.append(ROW_ALT.format(name=scope.name_of(str(id_)), states=listed))
    if not rows:
        return title
    return COVERAGE_ALT.format(title=title, listed=Text("; ".join(t.en for t in rows), "；".join(t.zh for t in rows)))


def _vintage_words(scope: Scope, measure: str, basis: str, read: pd.DataFrame, revised: pd.DataFrame) -> list[Text]:
    secondary, bound = read["reliability"].eq("secondary").any(), read["qualifier"].isin(BOUNDS).any()
    absent = [year for year in scope.years if year not in read.index]
    in_points = revised["unit"].eq("pp").all()
    entries = scope.dataset.corrections
    marked = set(read.index[read["correction"] != ""])
    ours = (
        entries["indicator"].eq(scope.indicator) & entries["region"].eq(scope.region) & entries["measure"].eq(measure)
    )
    doubts = entries[
        ours & entries["action"].ne("drop") & entries["year"].isin(marked) & entries["period"].eq("annual")
    ]
    return [
        BASIS[measure][basis],
        *[TAKEN] * bool((~read["taken"]).any()),
        *[SECONDARY] * bool(secondary),
        *[BOUND] * bool(bound),
        *[REPEATED] * bool(len(read)),
        *[REVISION if in_points else REVISION_PERCENT] * bool(len(revised)),
        *[DISTANCE] * bool(revised["flag"].str.contains("bound").any()),
        *[UNREAD.format(years=year_list(absent))] * bool(absent),
        *(BREAK.format(year=year, label=label) for year, label in scope.breaks(measure).items()),
        *(DOUBT.format(year=e.year, reason=Text(e.reason_en, e.reason_zh)) for e in doubts.itertuples()),
        *dropped_words(scope, [(scope.indicator, scope.region, measure)], scope.years),
    ]


def _table(scope: Scope, read: pd.DataFrame, revised: pd.DataFrame) -> list[TableRow]:
    """A row per vintage that occurs, the years' readings in it, and the revision of each year in the last row."""
    rows = []
    for vintage in OUTTURN_VINTAGES:
        ours = read[read["vintage"] == vintage]
        cells: dict[int, list[Cell]] = {}
        for year, row in ours.iterrows():
            words = _words(row).to(scope.lang) + "*" * (row["reliability"] == "secondary")
            cells.setdefault(int(str(year)), []).append(Cell(words, bool(row["taken"])))
        if cells:
            rows.append(TableRow(VINTAGES[vintage].to(scope.lang), vintage, cells))
    if len(revised):
        unit = str(revised["unit"].iloc[0])
        last = {int(str(year)): [Cell(_change(row), strong=True)] for year, row in revised.iterrows()}
        rows.append(TableRow(REVISION_ROW[unit].to(scope.lang), "", last))
    return rows


def _words(row: pd.Series) -> Text:
    return printed(row["value"], row["qualifier"], flag=flags_of(row))


def _change(row: pd.Series) -> str:
    shown = signed(float(row["revision"]), row["unit"]).en.removesuffix(" pp").removesuffix("%")
    return f"({shown})" if "bound" in row["flag"].split() else shown


def _vintages_alt(title: Text, read: pd.DataFrame, revised: pd.DataFrame) -> Text:
    years = []
    for year, group in read.groupby(level=0):
        told = [READING_ALT.format(v=VINTAGES[row["vintage"]], n=_words(row)) for _, row in group.iterrows()]
        if year in revised.index:
            told.append(Text(*(f"{t} {_change(revised.loc[year])}" for t in ("revision", "修订"))))
        listed = Text(", ".join(t.en for t in told), "，".join(t.zh for t in told))
        years.append(YEAR_ALT.format(year=year, readings=listed))
    if not years:
        return title
    return READ_ALT.format(title=title, listed=Text("; ".join(t.en for t in years), "；".join(t.zh for t in years)))
