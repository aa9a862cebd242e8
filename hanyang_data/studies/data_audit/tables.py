"""The tables of the data-audit notebook on one region or two: what was printed and when; they follow the window and ``as_of``."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import pandas as pd

from hanyang_data.record.contract import RELIABILITY
from hanyang_data.record.coverage import readings, unknown
from hanyang_data.record.implied_bases import implied_bases
from hanyang_data.record.revisions import KINDS, estimates_measured_later, revisions
from hanyang_data.record.series import breaks
from hanyang_data.record.vintages import known_on
from hanyang_data.studies.data_audit.findings import STATES, signed
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.tables import MEASURES, headed
from hanyang_data.words.wording import TARGET_VINTAGES, UNITS, VINTAGES, Text, messages, printed, spanned, year_list

SAYS = messages(__name__)

HEADS, WHOSE = SAYS.each("heads"), SAYS.each("whose")
RELIABILITIES, PERIODS = SAYS.each("reliabilities"), SAYS.each("periods")
ROUTES = VINTAGES | {f"{v}_target": TARGET_VINTAGES[v] for v in ("original", "revised")}
CORRECTED = {"override": "corrected", "flag": "flagged"}  # what corrections.yaml did → the word of the flag column
SAME = ["year", "vintage", "value", "qualifier"]


def of_rows(scope: Scope, frames: Iterable[pd.DataFrame], columns: Sequence[str], /, **own: Any) -> pd.DataFrame:
    """The rows of frames one below the other: in each column what a function among ``own`` says of a row, else its own cell."""
    says = {
        "period": lambda row: _period(row.period),
        "source": lambda row: row.source_id,
        "year": lambda row: int(row.year),
    } | own
    rows = [row for frame in frames for row in frame.itertuples()]
    cells = {name: [says[name](row) if name in says else getattr(row, name) for row in rows] for name in columns}
    return headed(scope, pd.DataFrame(cells), HEADS)


def _period(period: str) -> Text:
    """A period of the record: 2016_2020 is 2016–2020."""
    span = period.replace("_", "–")
    return PERIODS.get(period, Text(span, f"{spanned(span).zh}年"))


def joined(words: Sequence[Text]) -> Text:
    """Several words with a stroke between, each once."""
    once = list(dict.fromkeys(words))
    return once[0] if len(once) == 1 else Text(" / ".join(w.en for w in once), " / ".join(w.zh for w in once))


def rows_of(scope: Scope) -> pd.DataFrame:
    """The annual figures of the region in the window as known on ``as_of``."""
    obs = known_on(scope.dataset.observations, scope.as_of)
    return obs[obs["region"].eq(scope.region) & obs["period"].eq("annual") & obs["year"].isin(scope.years)]


def distinct_readings(scope: Scope, measure: str) -> pd.DataFrame:
    """The readings of the scope's own series, what was printed again unchanged left out: the taken or best text speaks.

    As of :func:`hanyang_data.record.coverage.readings`, cut to the window.
    """
    read = _readings(scope, measure).reset_index()
    read["rank"] = read["reliability"].map(RELIABILITY.index)
    best = read.sort_values(["taken", "rank"], ascending=[False, True], kind="stable").drop_duplicates(SAME)
    return best.sort_index().drop(columns="rank").set_index("year")


def revisions_of(scope: Scope, measure: str, indicator: str = "") -> pd.DataFrame:
    """The frame of :func:`hanyang_data.revisions` of the scope's own series, cut to the window."""
    table = revisions(indicator or scope.indicator, scope.region, measure, **scope.known)
    # of a series that was never published twice the columns of words would not be text
    return table[table.index.isin(scope.years)].astype(dict.fromkeys(["unit", "kind", "flag"], "str"))


def flags_of(correction: str) -> str:
    """The flags of a reading as the series would carry them, for the mark beside its number."""
    return CORRECTED.get(correction, "")


def coverage_table(scope: Scope, table: pd.DataFrame) -> pd.DataFrame:
    """The matrix in words: indicators by years."""
    return headed(scope, table.map(STATES.__getitem__), HEADS | {year: year_list([year]) for year in scope.years})


def unknown_table(scope: Scope) -> pd.DataFrame:
    """The years of each indicator in which no outturn states the figure."""
    table = unknown(scope.region, scope.years, **scope.known)
    return headed(scope, table.assign(**{column: table[column].map(year_list) for column in ("missing", "unmeasured")}), HEADS)


def readings_table(scopes: Sequence[Scope], measure: str) -> pd.DataFrame:
    """Every published reading of one series, with date, source and which one is taken."""
    return of_rows(
        scopes[0],
        (_readings(scope, measure).assign(region=scope.region) for scope in scopes),
        ["region", "year", "as_printed", "vintage", "published_on", "reliability", "taken", "source"],
        year=lambda row: int(row.Index),
        as_printed=lambda row: printed(row.value, row.qualifier, flag=flags_of(row.correction)),
        reliability=lambda row: RELIABILITIES[row.reliability],
    )


def revisions_table(scopes: Sequence[Scope]) -> pd.DataFrame:
    """Every indicator and year of the regions that was published more than once: first, latest, and how far they lie apart."""
    return of_rows(
        scopes[0],
        (
            revisions_of(scope, measure, indicator).assign(region=scope.region, indicator=indicator, measure=measure)
            for scope in scopes
            for indicator, measure in _printed_twice(scope)
        ),
        ["region", "indicator", "measure", "year", "first", "latest", "revision", "kind", "flag", "first_on", "latest_on"],
        year=lambda row: int(row.Index),
        first=lambda row: printed(row.first, row.first_qualifier),
        latest=lambda row: printed(row.latest, row.latest_qualifier),
        revision=lambda row: signed(float(row.revision), row.unit),
        kind=lambda row: KINDS[row.kind],
        first_on=lambda row: row.first_published_on,
        latest_on=lambda row: row.latest_published_on,
    )


def estimates_table(scope: Scope) -> pd.DataFrame:
    """What became of December estimates, those of districts apart from the city's: of the indicator asked for, and of all."""
    rows = []
    for level, whose in WHOSE.items():
        for measure in MEASURES:
            known = estimates_measured_later(measure=measure, level=level, **scope.known)
            for of, part in ((scope.indicator_name, known[known["indicator"] == scope.indicator]), (SAYS.every, known)):
                change = part["revision"]
                cells = {"whose": whose, "of": of, "measure": measure, "estimates": len(change)}
                if len(change):
                    unit = str(part["unit"].iloc[0])
                    ends = {"smallest": change.min(), "median": change.median(), "largest": change.max()}
                    cells |= {"lower": int((change < 0).sum()), "higher": int((change > 0).sum())}
                    cells |= {name: signed(float(end), unit) for name, end in ends.items()}
                rows.append(cells)
    columns = ["whose", "of", "measure", "estimates", "lower", "higher", "smallest", "median", "largest"]
    return headed(scope, pd.DataFrame(rows, columns=columns), HEADS)


def triangle_table(scopes: Sequence[Scope], measure: str) -> pd.DataFrame:
    """The vintage triangle: one row a day of publication, one column a year, each reading as it was printed."""
    rows = []
    for scope in scopes:
        for day, printed_then in _readings(scope, measure).reset_index().groupby("published_on"):
            cells: dict[str, list[Text]] = {}
            for row in printed_then.itertuples():
                told = printed(row.value, row.qualifier, flag=flags_of(row.correction))
                cells.setdefault(str(row.year), []).append(told)
            rows.append({"region": scope.region, "published_on": day} | {year: joined(words) for year, words in cells.items()})
    years = {str(year): year_list([year]) for year in scopes[0].years}
    return headed(scopes[0], pd.DataFrame(rows, columns=["region", "published_on", *years]).fillna(""), HEADS | years)


def breaks_table(scopes: Sequence[Scope]) -> pd.DataFrame:
    """Every break of the regions: kind, what links its sides, and the evidence."""
    parted = scopes[0].dataset.breaks
    return of_rows(
        scopes[0],
        (
            breaks(indicator, scope.region, **scope.known).assign(region=scope.region, indicator=indicator)
            for scope in scopes
            for indicator in dict.fromkeys(parted.loc[parted["region"] == scope.region, "indicator"])
        ),
        ["region", "indicator", "first_year", "label", "kind", "link", "evidence", "source"],
        label=lambda row: Text(row.label_en, row.label_zh),
        kind=lambda row: KINDS[row.kind],
        link=lambda row: SAYS["links", row.link],
        evidence=lambda row: Text(row.evidence, row.evidence_zh or row.evidence),
    )


def implied_table(scopes: Sequence[Scope]) -> pd.DataFrame:
    """Levels of the year before that a printed level and its growth imply: computed here and printed by no source."""
    return of_rows(
        scopes[0],
        _bases(scopes),
        ["region", "indicator", "year", "computed", "unit", "method", "route", "flag", "source"],
        year=lambda row: int(row.Index),
        computed=lambda row: row.value,
        unit=lambda row: UNITS[row.unit],
        route=lambda row: ROUTES[row.route],
    )


def _bases(scopes: Sequence[Scope]) -> Iterator[pd.DataFrame]:
    """Of each series of which a text prints level and growth of one year: the others imply no base year."""
    for scope in scopes:
        measures = rows_of(scope).groupby(["indicator", "source_id", "year"], sort=False)["measure"].nunique()
        for id_ in dict.fromkeys(str(id_) for id_, _, _ in measures.index[measures > 1]):
            found = implied_bases(id_, scope.region, **scope.known)
            yield found[(found.index + 1).isin(scope.years)].assign(region=scope.region, indicator=id_)


def sources_table(scopes: Sequence[Scope]) -> pd.DataFrame:
    """The texts from which figures of the regions in the window come, by date."""
    used = pd.concat([rows_of(scope) for scope in scopes])["source_id"].value_counts()
    return of_rows(
        scopes[0],
        [scopes[0].dataset.sources.loc[list(used.index)].sort_values("known_from", kind="stable")],
        ["published_on", "title", "publisher", "source", "rows"],
        title=lambda row: Text(row.title_en, row.title_zh),
        publisher=lambda row: Text(row.publisher, row.publisher_zh or row.publisher),
        source=lambda row: row.Index,
        rows=lambda row: int(used[row.Index]),
    )


def _readings(scope: Scope, measure: str) -> pd.DataFrame:
    read = readings(scope.indicator, scope.region, measure, **scope.known)
    return read[read.index.isin(scope.years)]


def _printed_twice(scope: Scope) -> list[tuple[str, str]]:
    """The series of which a year stands in more than one text: the others can have no revision."""
    rows = rows_of(scope)
    outturns = rows[rows["concept"] == "outturn"]
    texts = outturns.groupby(["indicator", "measure", "year"], sort=False)["source_id"].nunique()
    return list(dict.fromkeys((str(i), str(m)) for i, m, _ in texts.index[texts > 1]))
