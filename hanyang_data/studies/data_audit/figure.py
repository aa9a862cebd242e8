"""What the audit of the record found, in sentences and figures: what is known of a region, and every reading of one series."""

from collections.abc import Iterator, Sequence
from typing import Any

import pandas as pd

from hanyang_data.charts.cells import Cell, Room, sheet_of
from hanyang_data.charts.export import Chart
from hanyang_data.charts.lines import NO_FIGURE
from hanyang_data.charts.readings import Mark, TableRow, readings
from hanyang_data.charts.style import SOFT, colour
from hanyang_data.record.contract import BOUNDS, OUTTURN_VINTAGES
from hanyang_data.record.coverage import COVERAGE
from hanyang_data.record.frames import STATED, stated_rows
from hanyang_data.record.revisions import beyond_rounding
from hanyang_data.studies.captions import BASIS, caption, corrected, doubt_words, dropped_words, series_title
from hanyang_data.studies.data_audit.tables import SAME, STATES, digits, flag_of, measured_later, readings_of
from hanyang_data.studies.marks import answers_of, in_sentence, resting
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.tables import MEASURES
from hanyang_data.words.messages import Text, messages
from hanyang_data.words.wording import UNITS, VINTAGES, extent, full_stop, listed, named_years, printed, span, within, year_list

SAYS = messages(__name__)
WHOSE, CELLS, ESTIMATED = SAYS.each("whose"), SAYS.each("cells"), SAYS.each("estimated")
# from nothing to the most advanced reading, each darker than the one before
LOOKS = {
    "nothing": Cell("", "#ffffff", sign="cross"),
    "target_only": Cell("", "#ffffff", sign="hatch"),
    "worded": Cell("", "#e6eef6"),
    "bounded": Cell("", "#c2d6e9"),
    "initial_estimate": Cell("", "#8fb8da"),
    "preliminary": Cell("", "#5590c3"),
    "final": Cell("", "#235f9e"),
    "revised": Cell("", "#0a2f57"),
}
FEW_INDICATORS = 2  # a year with so few is named in the note
Side = tuple[Scope, pd.DataFrame, pd.DataFrame]  # a region, what is known of it, and its revisions
REVISED, ALL_REVISED, BOTH_REVISED = SAYS.each("revised"), SAYS.each("all_revised"), SAYS.each("both_revised")


def stated_years(table: pd.DataFrame) -> dict[int, list[str]]:
    """Year → the indicators whose outturn states a number in it."""
    known = table.isin(OUTTURN_VINTAGES)
    return {int(year): [str(id_) for id_ in table.index[known[year]]] for year in table.columns}


def coverage_title(scope: Scope, table: pd.DataFrame) -> Text:
    """How much of the region is known, and what most of it is where that is estimates; else in which years nothing is.

    Of all indicators that the table has, those with targets alone among them.
    """
    by_year, found = stated_years(table), counts(table)
    known, empty = sum(map(len, by_year.values())), [year for year, ids in by_year.items() if not ids]
    estimates = found[OUTTURN_VINTAGES[0]]
    names = {**scope.said, "k": known, "n": table.size, "m": len(table), "e": estimates}
    if table.empty:
        return SAYS.uncovered.format(**names)
    if not known:
        return SAYS.unnumbered.format(**names)
    if estimates * 2 > known > 1:
        return ESTIMATED["all" if estimates == known else "some"].format(**names)
    said = SAYS.covered_but if empty else SAYS.covered if known < table.size else SAYS.covered_all
    return said.format(**names, years=named_years(empty) if empty else "")


def vintages_title(scope: Scope, measure: str, revised: pd.DataFrame, read: pd.DataFrame | None = None) -> Text:
    """In how many years the latest reading differs from the first (``revised``), and which way; distances to bounds do not count.

    Of all readings (``read``) some may differ without one being a revision of the other, and some be printed again unchanged.
    """
    name = series_name(scope, measure)
    names = {**scope.said, "series": name if measure == "growth" else Text(f"level of {name.en}", name.zh)}
    change = numbers(revised)
    if change.empty:
        bounded = [int(year) for year in revised.index[revised["latest_qualifier"].isin(STATED)]]
        twice = {} if read is None else {int(year): part for year, part in read.groupby(level=0) if len(part) > 1}
        apart = [year for year, part in twice.items() if len(part.drop_duplicates(SAME[1:])) > 1]
        if not (bounded or apart) and read is not None and len(read) and read["vintage"].eq(OUTTURN_VINTAGES[0]).all():
            return SAYS.never_measured.format(**names)
        if years := bounded or apart or list(twice):
            said = SAYS.one_bounded if bounded else SAYS.differ if apart else SAYS.again
            return said.format(**names, years=named_years(years))
        return (SAYS.once if read is None or len(read) else SAYS.none_read).format(**names)
    below, above, n = int((change < 0).sum()), int((change > 0).sum()), len(change)
    if n == 1:
        way = "down" if below else "up" if above else "not"
        return SAYS["one_revised", way].format(**names, year=int(change.index[0]))
    if below and above:
        return (SAYS.both_ways if n > 2 else SAYS.one_each).format(**names, below=below, above=above, n=n)
    way, k = ("down", below) if below else ("up", above)
    told = REVISED if k < n else ALL_REVISED if n > 2 else BOTH_REVISED
    return (told[way] if k else SAYS.never_revised).format(**names, k=k, n=n)


def sentences(sides: Sequence[Side], measure: str) -> Iterator[Text]:
    """How estimates such as those of the region fared, and what is known of the other one."""
    (here, covered, _), (there, covered_there, _) = sides
    found = counts(covered)
    known, estimates = sum(found[v] for v in OUTTURN_VINTAGES), found[OUTTURN_VINTAGES[0]]
    level = str(here.dataset.regions.at[here.region, "level"])
    level = level if level in WHOSE else "district"
    later = measured_later(here, measure, level, here.indicator)
    if len(later) > 1 and estimates:
        k, n = int((beyond_rounding(later) < 0).sum()), len(later)
        off = sorted(later["revision"].abs().round(1))
        by = span(off[0], off[-1], str(later["unit"].iloc[0]), sign=False)  # type: ignore[arg-type]
        said = SAYS["fared", extent(k, n)].format(whose=WHOSE[level], series=series_name(here, measure), k=k, n=n, by=by)
        yield full_stop(resting(said, *later["flag"], years=list(later.index)))
        ours = stated_rows(here.outturns(measure)).iloc[-1:]
        if len(ours) and readings_of(here, measure)["vintage"][ours.index].eq(OUTTURN_VINTAGES[0]).all():
            last = resting(in_sentence(ours.iloc[0]), ours["flag"].iloc[0])
            yield SAYS.unmeasured.format(region=here.region_name, n=last, year=ours.index[0])
    yield full_stop(coverage_title(there, covered_there))
    if estimates and not 2 * estimates > known > 1:
        said = SAYS.all_estimates if estimates == known else SAYS.some_estimates
        yield said.format(region=here.region_name, k=estimates, n=known)
    yield from (full_stop(vintages_title(of, measure, rows, readings_of(of, measure))) for of, _, rows in sides if len(rows))


def counts(table: pd.DataFrame) -> dict[str, Any]:
    """The cells of a coverage table by state."""
    return {"indicators": len(table), "cells": int(table.size)} | {s: int(table.eq(s).to_numpy().sum()) for s in COVERAGE}


def series_name(scope: Scope, measure: str) -> Text:
    """GDP growth, 地区生产总值增速; a level goes by the name of the indicator alone."""
    name, kind = within(scope.indicator_name), MEASURES[measure]
    return name if measure == "level" else Text(f"{name.en} {kind.en}", f"{name.zh}{kind.zh}")


def numbers(revised: pd.DataFrame) -> pd.Series:
    """The revisions between two numbers; where a reading is a bound there is only a distance to it."""
    change: pd.Series = revised.loc[~revised["flag"].str.contains("bound"), "revision"]
    return change


def coverage(scope: Scope, table: pd.DataFrame, rows: pd.DataFrame, *, size: str = "page") -> Chart:
    """Which year of which indicator is known of the region, and in how advanced a reading."""
    by_year = stated_years(table)
    never = [year for year, ids in by_year.items() if not ids]
    few = {year: ids for year, ids in by_year.items() if 0 < len(ids) <= FEW_INDICATORS < len(table)}
    parts = [SAYS.what if len(table) else SAYS.no_rows]
    parts += [SAYS.never.format(years=named_years(never))] * bool(never and len(table))
    parts += [SAYS.few.format(year=y, names=listed((within(scope.name_of(id_)) for id_ in of), "and")) for y, of in few.items()]
    parts += _secondary_words(scope, rows)
    words = caption(
        scope,
        title=coverage_title(scope, table),
        subtitle=SAYS.coverage_subtitle.format(m=len(table), years=year_list(scope.years)),
        parts=parts,
        frames=[rows],
        shows=[(scope.name_of(str(id_)), _state_years(states)) for id_, states in table.iterrows()],
    )
    lang, nothing = scope.lang, {NO_FIGURE: ["nothing"] * len(scope.years)}
    states = {scope.name_of(str(id_)): list(of) for id_, of in table.T.items()} or nothing
    cells = {
        name.to(lang): [_cell(scope, name, *of) for of in zip(scope.years, row, strict=True)] for name, row in states.items()
    }
    key = {STATES[state].to(lang): LOOKS[state] for state in COVERAGE if any(state in row for row in states.values())}
    return sheet_of(cells, [str(year) for year in scope.years], key, words, room=Room(), size=size)


def _cell(scope: Scope, name: Text, year: int, state: str) -> Cell:
    """What is known of an indicator in a year: a tone, a word where it is wide enough, and what it answers."""
    known = state not in ("nothing", "target_only")
    says = SAYS.cell.format(name=name, year=year, state=STATES[state]).to(scope.lang) if known else ""
    return LOOKS[state]._replace(word=CELLS[state].to(scope.lang) if state in CELLS else "", says=says)


def vintages(scope: Scope, measure: str, read: pd.DataFrame, revised: pd.DataFrame, *, size: str = "page") -> Chart:
    """Every published reading of one series, vintage by vintage, the one a series takes dark, with the revision below."""
    series = series_title(scope, measure, UNITS[scope.unit])
    title = vintages_title(scope, measure, revised, readings_of(scope, measure))
    bounds = revised[["first_qualifier", "latest_qualifier"]].isin(BOUNDS)
    revised = revised[~bounds.all(axis="columns")]  # from bound to bound there is no distance
    secondary, bounded = read["reliability"].eq("secondary").any(), read["qualifier"].isin(BOUNDS).any()
    absent = [year for year in scope.years if year not in read.index]
    of, marked = [(scope.indicator, scope.region, measure)], set(read.index[read["correction"] != ""])
    words = caption(
        scope,
        title=title,
        subtitle=SAYS.read_subtitle.format(series=series, years=year_list(scope.years)),
        parts=[
            *[SAYS.taken] * bool((~read["taken"]).any()),
            *[SAYS.secondary] * bool(secondary),
            *[SAYS.distance] * bool(revised["flag"].str.contains("bound").any()),
            *doubt_words(corrected(scope, of, marked, dropped=False)),
            *[SAYS.revision if revised["unit"].eq("pp").all() else SAYS.revision_percent] * bool(len(revised)),
            *[SAYS.bound] * bool(bounded),
            BASIS[measure][scope.basis],
            *[SAYS.repeated] * bool(len(read)),
            *(SAYS["break"].format(year=year, label=label) for year, label in scope.breaks(measure).items()),
            *[SAYS.unread.format(years=named_years(absent))] * bool(absent),
            *dropped_words(scope, of, scope.years),
        ],
        frames=[read],
        shows=[(str(year), _readings_of(group, revised)) for year, group in read.groupby(level=0)],
    )
    numbers = read[read["value"].notna()]
    told = answers_of(scope, numbers, (scope.indicator, scope.region, measure))
    marks = []
    for (year, row), says in zip(numbers.iterrows(), told, strict=True):
        look = {"taken": bool(row["taken"]), "hollow": row["reliability"] == "secondary", "says": says}
        bound = row["qualifier"] if row["qualifier"] in BOUNDS else ""
        marks.append(Mark(int(str(year)), float(row["value"]), row["vintage"], bound=bound, **look))
    unstated = [year for year in scope.years if year not in numbers.index]
    return readings(
        marks,
        _table(scope, read, revised),
        scope.years,
        words,
        tone=colour(scope.region),
        empty={year: (CELLS["worded"] if year in read.index else NO_FIGURE).to(scope.lang) for year in unstated},
        from_zero=measure == "level",
        breaks={y: label.to(scope.lang) for y, label in scope.breaks(measure).items()},
        size=size,
    )


def _secondary_words(scope: Scope, rows: pd.DataFrame) -> list[Text]:
    """The figures that no official text and no reprint of one prints."""
    stated = stated_rows(rows[rows["concept"] == "outturn"])
    alone = stated["reliability"].eq("secondary").groupby([stated["indicator"], stated["year"]]).all()
    years = {id_: [int(year) for _, year in of.index[of]] for id_, of in alone.groupby(level=0)}
    named = [(scope.name_of(id_), years[id_]) for id_ in scope.dataset.indicators.index if years.get(id_)]
    told = [SAYS.with_years.format(name=within(name), years=year_list(of)) for name, of in named]
    names = Text("; ".join(t.en for t in told), listed(told).zh)
    return [SAYS.secondary_alone.format(listed=names)] if told else []


def _state_years(states: pd.Series) -> list[Text]:
    """What is known of an indicator in which years, the most advanced reading first."""
    years = {state: [int(year) for year in states.index[states == state]] for state in reversed(COVERAGE)}
    return [SAYS.state_alt.format(state=STATES[state], years=year_list(of)) for state, of in years.items() if of]


def _table(scope: Scope, read: pd.DataFrame, revised: pd.DataFrame) -> list[TableRow]:
    """A row per vintage that occurs, the years' readings in it, and the revision of each year in the last row."""
    rows = []
    for vintage in OUTTURN_VINTAGES:
        ours = read[read["vintage"] == vintage]
        cells: dict[int, list[Cell]] = {}
        for year, row in ours.iterrows():
            words = _words(row).to(scope.lang)
            cells.setdefault(int(str(year)), []).append(Cell(words, ink=colour(scope.region) if row["taken"] else SOFT))
        if cells:
            rows.append(TableRow(VINTAGES[vintage].to(scope.lang), vintage, cells))
    if len(revised):
        unit = str(revised["unit"].iloc[0])
        last = {int(str(year)): [Cell(_change(row), ink=colour(scope.region))] for year, row in revised.iterrows()}
        rows.append(TableRow(SAYS["revision_row", unit].to(scope.lang), "", last))
    return rows


def _readings_of(group: pd.DataFrame, revised: pd.DataFrame) -> list[Text]:
    """The readings of a year in words, with the revision."""
    told = [SAYS.reading_alt.format(v=VINTAGES[row["vintage"]], n=_words(row)) for _, row in group.iterrows()]
    changes = revised.loc[revised.index == group.index[0]]
    return told + [SAYS.revision_2.format(change=_change(row)) for _, row in changes.iterrows()]


def _words(row: pd.Series) -> Text:
    return printed(row["value"], row["qualifier"], flag=flag_of(row))


def _change(row: pd.Series) -> str:
    shown = digits(float(row["revision"]), row["unit"])
    return f"({shown})" if "bound" in row["flag"].split() else shown
