"""The tables of the data audit: what was printed and when, and the whole record behind it.

Those of one region or two follow the window and ``as_of``; those of the whole record (conflicts, corrections, discrepancies,
rejects) follow neither.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import attrgetter
from typing import Any

import pandas as pd

from hanyang_data.record.beside import routes
from hanyang_data.record.contract import RELIABILITY
from hanyang_data.record.coverage import readings, sums_of_parts, unknown
from hanyang_data.record.identities import ADDITIVE
from hanyang_data.record.revisions import KINDS, beyond_rounding, estimates_measured_later, revisions, revisions_in
from hanyang_data.record.series import breaks
from hanyang_data.record.vintages import RULES, known_on
from hanyang_data.studies.registry import Declared, table
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.tables import MEASURES, headed
from hanyang_data.words.messages import Text, messages
from hanyang_data.words.wording import TARGET_VINTAGES, UNITS, VINTAGES, Printed, number, printed, spanned, year_list

SAYS = messages(__name__)
HEADS, WHOSE = SAYS.each("heads"), SAYS.each("whose")
STATES = SAYS.each("states") | VINTAGES
RELIABILITIES, PERIODS, CHECKS = SAYS.each("reliabilities"), SAYS.each("periods"), SAYS.each("checks")
ROUTES = VINTAGES | {f"{v}_target": TARGET_VINTAGES[v] for v in ("original", "revised")}
CORRECTED = {"override": "corrected", "flag": "flagged"}  # what corrections.yaml did → the flag that the series would carry
SAME = ["year", "vintage", "value", "qualifier"]


def joined(words: Sequence[Text]) -> Text:
    """Several words with a stroke between, each once."""
    once = list(dict.fromkeys(words))
    return once[0] if len(once) == 1 else Text(" / ".join(w.en for w in once), " / ".join(w.zh for w in once))


def signed(value: float, unit: str) -> Printed:
    """A revision with its sign: percentage points for growth, percent for a level (two places where one shows nothing)."""
    shown = digits(value, unit)
    words = SAYS.pp if unit == "pp" else SAYS.signed
    return Printed.of(words.format(shown=shown), value, unit)


def digits(value: float, unit: str) -> str:
    """The same without the unit."""
    return number(value, 1 if unit == "pp" or not value or abs(value) >= 0.05 else 2, sign=True)


def flag_of(row: Any) -> str:
    """What sets a mark at a reading: what corrections.yaml did, and a secondary page."""
    return f"{CORRECTED.get(row.correction, '')} {row.reliability}"


def _period(period: str) -> Text:
    """A period of the record: 2016_2020 is 2016–2020."""
    span = period.replace("_", "–")
    return PERIODS.get(period, Text(span, f"{spanned(span).zh}年"))


# what stands in a column, said of a row of the record; other columns hold their own cells
CELLS: dict[str, Callable[[Any], Any]] = {
    "action": lambda row: SAYS["actions", row.action],
    "as_printed": lambda row: printed(row.value, row.qualifier, flag=flag_of(row)),
    "check": lambda row: CHECKS[row.check],
    "city": lambda row: row.level,
    "computed": lambda row: row.value,
    "difference_pct": lambda row: round(row.difference_pct, 2) + 0.0,
    "detail": lambda row: Text(row.detail, row.detail_zh),
    "evidence": lambda row: Text(row.evidence, row.evidence_zh or row.evidence),
    "first": lambda row: printed(row.first, row.first_qualifier),
    "first_on": lambda row: row.first_published_on,
    "kind": lambda row: KINDS[row.kind],
    "label": lambda row: Text(row.label_en, row.label_zh),
    "latest": lambda row: printed(row.latest, row.latest_qualifier),
    "latest_on": lambda row: row.latest_published_on,
    "link": lambda row: SAYS["links", row.link],
    "parts": lambda row: row.n,
    "period": lambda row: _period(row.period),
    "publisher": lambda row: Text(row.publisher, row.publisher_zh or row.publisher),
    "reason": lambda row: Text(row.reason, row.reason_zh or row.reason),
    "reliability": lambda row: RELIABILITIES[row.reliability],
    "revision": lambda row: signed(float(row.revision), row.unit),
    "route": lambda row: ROUTES[row.route],
    "rule": lambda row: RULES[row.rule],
    "source": lambda row: row.source_id,
    "sources": lambda row: list(dict.fromkeys(row.sources)),
    "title": lambda row: Text(row.title_en, row.title_zh),
    "unit": lambda row: UNITS.get(row.unit, Text(row.unit, row.unit)),
    "values": lambda row: joined([printed(*of) for of in zip(row.values, row.qualifiers, strict=True)]),
}


def listed(name: str, columns: str, frames: Callable[[Any], Iterable[pd.DataFrame]]) -> Declared:
    """A table of rows of frames one below the other: in each column what :data:`CELLS` says of a row, or its own cell."""

    def made(study: Any) -> pd.DataFrame:
        rows = [row for of in frames(study) for row in (of.reset_index() if of.index.name else of).itertuples()]
        cells = {key: [CELLS.get(key, attrgetter(key))(row) for row in rows] for key in columns.split()}
        return headed(study.scope, pd.DataFrame(cells), HEADS)

    return table(name, made)


def rows_of(scope: Scope) -> pd.DataFrame:
    """The annual figures of the region in the window as known on ``as_of``."""
    obs = known_on(scope.dataset.observations, scope.as_of)
    return obs[obs["region"].eq(scope.region) & obs["period"].eq("annual") & obs["year"].isin(scope.years)]


def distinct_readings(scope: Scope, measure: str) -> pd.DataFrame:
    """The readings of the scope's own series, what was printed again unchanged left out: the taken or best text speaks."""
    read = readings_of(scope, measure).reset_index()
    read["rank"] = read["reliability"].map(RELIABILITY.index)
    best = read.sort_values(["taken", "rank"], ascending=[False, True], kind="stable").drop_duplicates(SAME)
    return best.sort_index().drop(columns="rank").set_index("year")


def readings_of(scope: Scope, measure: str) -> pd.DataFrame:
    """All readings of the scope's own series, as of :func:`hanyang_data.record.coverage.readings`, cut to the window."""
    read = readings(scope.indicator, scope.region, measure, **scope.known)
    return read[read.index.isin(scope.years)].assign(region=scope.region)


def revisions_of(scope: Scope, measure: str) -> pd.DataFrame:
    """The frame of :func:`hanyang_data.revisions` of the scope's own series, cut to the window."""
    table = revisions(scope.indicator, scope.region, measure, **scope.known)
    # of a series that was never published twice the columns of words would not be text
    return table[table.index.isin(scope.years)].astype(dict.fromkeys(["unit", "kind", "flag"], "str"))


def coverage_table(scope: Scope, table: pd.DataFrame) -> pd.DataFrame:
    """The matrix in words: indicators by years."""
    return headed(scope, table.map(STATES.__getitem__), HEADS | {year: year_list([year]) for year in scope.years})


def unknown_table(scope: Scope) -> pd.DataFrame:
    """The years of each indicator in which no outturn states the figure."""
    table = unknown(scope.region, scope.years, **scope.known)
    return headed(scope, table.assign(**{column: table[column].map(year_list) for column in ("missing", "unmeasured")}), HEADS)


def triangle_table(scopes: Sequence[Scope], measure: str) -> pd.DataFrame:
    """The vintage triangle: one row a day of publication, one column a year, each reading as it was printed."""
    rows = []
    for scope in scopes:
        for day, printed_then in readings_of(scope, measure).groupby("published_on"):
            by_year = {str(year): part.itertuples() for year, part in printed_then.groupby(level=0)}
            cells = {year: joined([CELLS["as_printed"](row) for row in part]) for year, part in by_year.items()}
            rows.append({"region": scope.region, "published_on": day} | cells)
    years = {str(year): year_list([year]) for year in scopes[0].years}
    return headed(scopes[0], pd.DataFrame(rows, columns=["region", "published_on", *years]).fillna(""), HEADS | years)


def revised(scopes: Sequence[Scope]) -> Iterator[pd.DataFrame]:
    """The revisions of each series, in the order of the catalogue."""
    for scope in scopes:
        rows = rows_of(scope)
        yield _in_order(revisions_in(rows[rows["concept"].eq("outturn")], scope.dataset, scope.as_of), scope)


def _in_order(table: pd.DataFrame, scope: Scope) -> pd.DataFrame:
    place = {id_: n for n, id_ in enumerate(scope.dataset.indicators.index)}
    return table.sort_values("indicator", key=lambda ids: ids.map(place), kind="stable")


def measured_later(scope: Scope, measure: str, level: str, indicator: str = "") -> pd.DataFrame:
    """The estimates of the window of all regions of a level that a later text prints as measured."""
    found = estimates_measured_later(indicator, measure, level=level, **scope.known)
    return found[found.index.isin(scope.years)]


def estimates_table(scope: Scope) -> pd.DataFrame:
    """What became of December estimates, those of districts apart from the city's: of the indicator asked for, and of all."""
    rows = []
    for level, measure in ((level, measure) for level in WHOSE for measure in MEASURES):
        known = measured_later(scope, measure, level)
        for of, part in ((scope.indicator_name, known[known["indicator"] == scope.indicator]), (SAYS.every, known)):
            change = part["revision"]
            cells = {"whose": WHOSE[level], "of": of, "measure": measure, "estimates": len(change)}
            if len(change):
                ends = {"smallest": change.min(), "median": change.median(), "largest": change.max()}
                moved = beyond_rounding(part)
                cells |= {"lower": int((moved < 0).sum()), "higher": int((moved > 0).sum())}
                cells |= {name: signed(float(end), str(part["unit"].iloc[0])) for name, end in ends.items()}
            rows.append(cells)
    columns = ["whose", "of", "measure", "estimates", "lower", "higher", "smallest", "median", "largest"]
    return headed(scope, pd.DataFrame(rows, columns=columns), HEADS)


def breaks_of(scopes: Sequence[Scope]) -> Iterator[pd.DataFrame]:
    """Every break of the regions."""
    parted = scopes[0].dataset.breaks
    for scope in scopes:
        for id_ in dict.fromkeys(parted.loc[parted["region"] == scope.region, "indicator"]):
            yield breaks(id_, scope.region, **scope.known).assign(region=scope.region, indicator=id_)


def bases_of(scopes: Sequence[Scope]) -> Iterator[pd.DataFrame]:
    """Levels of the year before that a printed level and its growth imply: computed here and printed by no source."""
    for scope in scopes:
        rows = rows_of(scope).sort_values("concept", kind="stable")  # outturns first
        yield _in_order(routes(scope.dataset, rows, scope.as_of), scope)


def texts_of(scope: Scope, rows: Sequence[pd.DataFrame]) -> pd.DataFrame:
    """The texts that figures are from, by date, and how many each has."""
    used = pd.concat(rows)["source_id"].value_counts()
    return scope.dataset.sources.loc[list(used.index)].sort_values("known_from", kind="stable").assign(rows=used)


def sums_of(scope: Scope) -> Iterator[pd.DataFrame]:
    """Years in which the districts of a city can be added up: how many, their sum, and the city's own figure."""
    city = str(scope.dataset.regions.at[scope.region, "part_of"]) or scope.region
    units = scope.dataset.indicators["level_unit"]
    return (sums_of_parts(city, id_, **scope.known).assign(indicator=id_) for id_ in units.index[units.isin(ADDITIVE)])


def rejects_table(scope: Scope) -> pd.DataFrame:
    """The figures that were found and not taken in, one by one; title and publisher as printed, in Chinese."""
    shown = ["token", "title", "publisher"] if scope.lang == "zh" else []
    columns = ["region", "indicator", "measure", "period", "year", "value", "unit", *shown, "reason", "url"]
    found = scope.dataset.rejects
    told = {key: [CELLS[key](row) for row in found.itertuples()] for key in ("period", "unit", "reason")}
    return headed(scope, found.assign(**told)[columns].rename(columns={"value": "as_printed"}), HEADS)


def counts_table(scope: Scope, by: str = "region", regions: Sequence[str] = ()) -> pd.DataFrame:
    """Printed rows of the whole record by reliability."""
    obs = known_on(scope.dataset.printed, scope.as_of)
    ours = obs[obs["region"].isin(regions)] if regions else obs
    keys = ["region", "indicator"] if by == "indicator" else ["region"]
    found = ours.pivot_table(index=keys, columns="reliability", values="year", aggfunc="count", fill_value=0)
    order = {key: list(getattr(scope.dataset, f"{key}s").index) for key in keys}
    found = found.reindex(columns=RELIABILITY, fill_value=0).reset_index()
    ranked = found.sort_values(keys, key=lambda column: column.map(order[str(column.name)].index), kind="stable")
    return headed(scope, ranked.assign(total=ranked[list(RELIABILITY)].sum(axis="columns")), HEADS | RELIABILITIES)
