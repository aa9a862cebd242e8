"""The figures of the data-audit notebook: what is known of a region, and every published reading of one series."""

from __future__ import annotations

import pandas as pd

from hanyang_data.charts.export import Chart
from hanyang_data.charts.lines import NO_FIGURE
from hanyang_data.charts.matrix import matrix
from hanyang_data.charts.readings import Cell, Mark, TableRow, readings
from hanyang_data.charts.style import colour
from hanyang_data.record.contract import BOUNDS, OUTTURN_VINTAGES
from hanyang_data.record.coverage import COVERAGE
from hanyang_data.record.frames import stated_rows
from hanyang_data.studies.captions import BASIS, caption, dropped_words
from hanyang_data.studies.data_audit import findings
from hanyang_data.studies.data_audit.findings import STATES, digits, stated_years, with_outturn
from hanyang_data.studies.data_audit.tables import flags_of
from hanyang_data.studies.marks import answers_of
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.trend.figure import GROWTH_TITLE, LEVEL_TITLE
from hanyang_data.words.wording import UNITS, VINTAGES, Text, listed, messages, named_years, printed, within, year_list

SAYS = messages(__name__)

CELLS = SAYS.each("cells")
FEW_INDICATORS = 2  # a year with so few is named in the note


def coverage(scope: Scope, table: pd.DataFrame, rows: pd.DataFrame, *, size: str = "page") -> Chart:
    """Which year of which indicator is known of the region, and in how advanced a reading."""
    shown = with_outturn(table)
    left_out = [scope.name_of(str(id_)) for id_ in table.index.difference(shown.index, sort=False)]
    by_year = stated_years(shown)
    never = [year for year, ids in by_year.items() if not ids]
    few = {year: ids for year, ids in by_year.items() if 0 < len(ids) <= FEW_INDICATORS < len(shown)}
    parts = [SAYS.what if len(shown) else SAYS.no_rows]
    parts += [SAYS.never.format(years=named_years(never))] * bool(never and len(shown))
    parts += [
        SAYS.few.format(year=year, names=listed((within(scope.name_of(id_)) for id_ in ids), "and")) for year, ids in few.items()
    ]
    parts += _secondary_words(scope, rows)
    parts += [SAYS.targets_alone.format(names=listed(map(within, left_out), "and"))] * bool(left_out)
    drawn = rows[rows["indicator"].isin(shown.index)]
    words = caption(
        scope,
        title=findings.coverage(scope, table),
        subtitle=SAYS.coverage_subtitle.format(m=len(shown), years=year_list(scope.years)),
        parts=parts,
        frames=[drawn],
        shows=[(scope.name_of(str(id_)), _state_years(states)) for id_, states in shown.iterrows()],
    )
    drawn_rows = {scope.name_of(str(id_)).to(scope.lang): list(states) for id_, states in shown.T.items()}
    return matrix(
        drawn_rows or {NO_FIGURE.to(scope.lang): ["nothing"] * len(scope.years)},
        [str(year) for year in scope.years],
        {state: STATES[state].to(scope.lang) for state in COVERAGE},
        {state: word.to(scope.lang) for state, word in CELLS.items()},
        words,
        says={
            (name, str(year)): SAYS.cell.format(name=scope.name_of(str(id_)), year=year, state=STATES[state]).to(scope.lang)
            for (id_, states), name in zip(shown.iterrows(), drawn_rows, strict=True)
            for year, state in states.items()
            if state not in ("nothing", "target_only")
        },
        size=size,
    )


def vintages(scope: Scope, measure: str, read: pd.DataFrame, revised: pd.DataFrame, *, size: str = "page") -> Chart:
    """Every published reading of one series, vintage by vintage, the one a series takes dark, with the revision below."""
    series = GROWTH_TITLE[scope.basis] if measure == "growth" else LEVEL_TITLE[scope.basis].format(unit=UNITS[scope.unit])
    title = findings.vintages(scope, measure, revised, read)
    bounds = revised[["first_qualifier", "latest_qualifier"]].isin(BOUNDS)
    revised = revised[~bounds.all(axis="columns")]  # from bound to bound there is no distance
    words = caption(
        scope,
        title=title,
        subtitle=SAYS.read_subtitle.format(series=series, years=year_list(scope.years)),
        parts=_vintage_words(scope, measure, read, revised),
        frames=[read],
        shows=[(str(year), _readings_of(group, revised)) for year, group in read.groupby(level=0)],
    )
    numbers = read[read["value"].notna()]
    told = answers_of(scope, numbers, (scope.indicator, scope.region, measure))
    marks = [
        Mark(
            int(str(year)),
            float(row["value"]),
            row["vintage"],
            taken=bool(row["taken"]),
            hollow=row["reliability"] == "secondary",
            bound=row["qualifier"] if row["qualifier"] in BOUNDS else "",
            says=says,
        )
        for (year, row), says in zip(numbers.iterrows(), told, strict=True)
    ]
    return readings(
        marks,
        _table(scope, read, revised),
        scope.years,
        words,
        tone=colour(scope.region),
        empty={
            year: (CELLS["worded"] if year in read.index else NO_FIGURE).to(scope.lang)
            for year in scope.years
            if year not in numbers.index
        },
        from_zero=measure == "level",
        breaks={y: label.to(scope.lang) for y, label in scope.breaks(measure).items()},
        size=size,
    )


def _secondary_words(scope: Scope, rows: pd.DataFrame) -> list[Text]:
    """The figures that no official text and no reprint of one prints."""
    stated = stated_rows(rows[rows["concept"] == "outturn"])
    best = stated.assign(alone=stated["reliability"] == "secondary").groupby(["indicator", "year"])["alone"].all()
    years: dict[str, list[int]] = {}
    for indicator, year in best.index[best.to_numpy(dtype=bool)]:
        years.setdefault(str(indicator), []).append(int(year))
    told = [
        SAYS.with_years.format(name=within(scope.name_of(id_)), years=year_list(years[id_]))
        for id_ in scope.dataset.indicators.index
        if id_ in years
    ]
    names = Text("; ".join(t.en for t in told), listed(told).zh)
    return [SAYS.secondary_alone.format(listed=names)] if told else []


def _state_years(states: pd.Series) -> list[Text]:
    """What is known of an indicator in which years, the most advanced reading first."""
    years = {state: [int(year) for year in states.index[states == state]] for state in reversed(COVERAGE)}
    return [SAYS.state_alt.format(state=STATES[state], years=year_list(of)) for state, of in years.items() if of]


def _vintage_words(scope: Scope, measure: str, read: pd.DataFrame, revised: pd.DataFrame) -> list[Text]:
    secondary, bound = read["reliability"].eq("secondary").any(), read["qualifier"].isin(BOUNDS).any()
    absent = [year for year in scope.years if year not in read.index]
    in_points = revised["unit"].eq("pp").all()
    entries = scope.dataset.corrections
    marked = set(read.index[read["correction"] != ""])
    ours = entries["indicator"].eq(scope.indicator) & entries["region"].eq(scope.region) & entries["measure"].eq(measure)
    doubts = entries[ours & entries["action"].ne("drop") & entries["year"].isin(marked) & entries["period"].eq("annual")]
    return [
        *[SAYS.taken] * bool((~read["taken"]).any()),
        *[SAYS.secondary] * bool(secondary),
        *[SAYS.distance] * bool(revised["flag"].str.contains("bound").any()),
        *(SAYS.doubt.format(year=e.year, reason=Text(e.reason_en, e.reason_zh)) for e in doubts.itertuples()),
        *[SAYS.revision if in_points else SAYS.revision_percent] * bool(len(revised)),
        *[SAYS.bound] * bool(bound),
        BASIS[measure][scope.basis],
        *[SAYS.repeated] * bool(len(read)),
        *(SAYS["break"].format(year=year, label=label) for year, label in scope.breaks(measure).items()),
        *[SAYS.unread.format(years=named_years(absent))] * bool(absent),
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
        rows.append(TableRow(SAYS["revision_row", unit].to(scope.lang), "", last))
    return rows


def _readings_of(group: pd.DataFrame, revised: pd.DataFrame) -> list[Text]:
    """The readings of a year in words, with the revision."""
    told = [SAYS.reading_alt.format(v=VINTAGES[row["vintage"]], n=_words(row)) for _, row in group.iterrows()]
    changes = revised.loc[revised.index == group.index[0]]
    return told + [SAYS.revision_2.format(change=_change(row)) for _, row in changes.iterrows()]


def _words(row: pd.Series) -> Text:
    return printed(row["value"], row["qualifier"], flag=flags_of(row["correction"]))


def _change(row: pd.Series) -> str:
    shown = digits(float(row["revision"]), row["unit"])
    return f"({shown})" if "bound" in row["flag"].split() else shown
