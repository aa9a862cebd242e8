"""The tables of the data-audit notebook on one region or two: what was printed and when; they follow the window and ``as_of``."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from hanyang_data.record.breaks import breaks
from hanyang_data.record.contract import RELIABILITY
from hanyang_data.record.coverage import readings, unknown
from hanyang_data.record.implied_bases import implied_bases
from hanyang_data.record.revisions import KINDS, estimates_measured_later, revisions
from hanyang_data.record.vintages import known_on
from hanyang_data.studies.data_audit.findings import STATES, signed
from hanyang_data.studies.data_audit.words import (
    MEASURE,
    RELIABILITIES,
    flag_words,
    headed_in,
    indicator_words,
    joined,
    named,
    of_rows,
    worded,
)
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.tables import YES_NO
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import TARGET_VINTAGES, UNITS, VINTAGES, Text, printed, year_list

SAYS = messages(__name__)

WHOSE = SAYS.each("whose")
ROUTES = VINTAGES | {f"{v}_target": TARGET_VINTAGES[v] for v in ("original", "revised")}
CORRECTED = {"override": "corrected", "flag": "flagged"}  # what corrections.yaml did → the word of the flag column
SAME = ["year", "vintage", "value", "qualifier"]


def rows_of(scope: Scope, region: str = "") -> pd.DataFrame:
    """The annual figures of a region in the window as known on ``as_of``."""
    obs = known_on(scope.dataset.observations, scope.as_of)
    ours = obs["region"].eq(region or scope.region) & obs["period"].eq("annual") & obs["year"].isin(scope.years)
    return obs[ours]


def distinct_readings(scope: Scope, measure: str) -> pd.DataFrame:
    """The readings of the scope's own series, what was printed again unchanged left out: the taken or best text speaks.

    Returns:
        A frame of :func:`hanyang_data.record.coverage.readings`, cut to the window.
    """
    read = _readings(scope, measure).reset_index()
    read["rank"] = read["reliability"].map(RELIABILITY.index)
    best = read.sort_values(["taken", "rank"], ascending=[False, True], kind="stable").drop_duplicates(SAME)
    return best.sort_index().drop(columns="rank").set_index("year")


def revisions_of(scope: Scope, measure: str, indicator: str = "") -> pd.DataFrame:
    """The frame of :func:`hanyang_data.revisions` of the scope's own series, cut to the window."""
    table = revisions(indicator or scope.indicator, scope.region, measure, as_of=scope.as_of, dataset=scope.dataset)
    # of a series that was never published twice the columns of words would not be text
    return table[table.index.isin(scope.years)].astype(dict.fromkeys(["unit", "kind", "flag"], "str"))


def flags_of(row: pd.Series) -> str:
    """The flags of a reading as the series would carry them, for the mark beside its number."""
    return CORRECTED.get(row["correction"], "")


def coverage_table(scope: Scope, table: pd.DataFrame) -> pd.DataFrame:
    """The matrix in words: indicators by years."""
    words = table.map(lambda state: STATES[state].to(scope.lang)).reset_index()
    words["indicator"] = named(scope, words["indicator"], indicator_words)
    years = {year: year_list([year]) for year in scope.years}
    return headed_in(scope, words, years)


def unknown_table(scope: Scope) -> pd.DataFrame:
    """The years of each indicator in which no outturn states the figure."""
    table = unknown(scope.region, scope.years, as_of=scope.as_of, dataset=scope.dataset).reset_index()
    table["indicator"] = named(scope, table["indicator"], indicator_words)
    for column in ("missing", "unmeasured"):
        table[column] = [year_list(years).to(scope.lang) for years in table[column]]
    return headed_in(scope, table)


def readings_table(scopes: Sequence[Scope], measure: str) -> pd.DataFrame:
    """Every published reading of one series, with date, source and which one is taken."""
    rows = []
    for scope in scopes:
        for year, row in _readings(scope, measure).iterrows():
            cells = {
                "region": scope.region_name,
                "year": int(year),
                "as_printed": printed(row["value"], row["qualifier"], flag=flags_of(row)),
                "vintage": VINTAGES[row["vintage"]],
                "published_on": row["published_on"],
                "reliability": RELIABILITIES[row["reliability"]],
                "taken": YES_NO[bool(row["taken"])],
                "source": row["source_id"],
            }
            rows.append(cells)
    return worded(scopes[0], rows, ["region", "year", "as_printed", "vintage", "published_on", "reliability", "taken", "source"])


def revisions_table(scopes: Sequence[Scope]) -> pd.DataFrame:
    """Every indicator and year of the regions that was published more than once: first, latest, and how far they lie apart."""
    columns = ["region", "indicator", "measure", "year", "first", "latest", "revision", "kind", "flag", "first_on", "latest_on"]
    rows = []
    for scope in scopes:
        for indicator, measure in _printed_twice(scope):
            for year, row in revisions_of(scope, measure, indicator).iterrows():
                cells = {
                    "region": scope.region_name,
                    "indicator": indicator_words(scope, indicator),
                    "measure": MEASURE[measure],
                    "year": int(year),
                    **{end: printed(row[end], row[f"{end}_qualifier"]) for end in ("first", "latest")},
                    "revision": signed(float(row["revision"]), row["unit"]),
                    "kind": KINDS[row["kind"]],
                    "flag": flag_words(row["flag"]),
                    **{f"{end}_on": row[f"{end}_published_on"] for end in ("first", "latest")},
                }
                rows.append(cells)
    return worded(scopes[0], rows, columns)


def estimates_table(scope: Scope) -> pd.DataFrame:
    """What became of December estimates, those of districts apart from the city's: of the indicator asked for, and of all."""
    rows = []
    for level, whose in WHOSE.items():
        for measure in MEASURE:
            known = estimates_measured_later(measure=measure, level=level, as_of=scope.as_of, dataset=scope.dataset)
            for of, part in ((scope.name_of(scope.indicator), known[known["indicator"] == scope.indicator]), (SAYS.every, known)):
                change = part["revision"]
                cells = {"whose": whose, "of": of, "measure": MEASURE[measure], "estimates": len(change)}
                if len(change):
                    unit = str(part["unit"].iloc[0])
                    ends = {"smallest": change.min(), "median": change.median(), "largest": change.max()}
                    cells |= {"lower": int((change < 0).sum()), "higher": int((change > 0).sum())}
                    cells |= {name: signed(float(end), unit) for name, end in ends.items()}
                rows.append(cells)
    columns = ["whose", "of", "measure", "estimates", "lower", "higher", "smallest", "median", "largest"]
    return worded(scope, rows, columns)


def triangle_table(scopes: Sequence[Scope], measure: str) -> pd.DataFrame:
    """The vintage triangle: one row a day of publication, one column a year, each reading as it was printed."""
    rows = []
    for scope in scopes:
        for day, printed_then in _readings(scope, measure).reset_index().groupby("published_on"):
            cells: dict[str, list[Text]] = {}
            for _, row in printed_then.iterrows():
                cells.setdefault(str(row["year"]), []).append(printed(row["value"], row["qualifier"], flag=flags_of(row)))
            told = {year: joined(list(dict.fromkeys(words))) for year, words in cells.items()}
            rows.append({"region": scope.region_name, "published_on": day} | told)
    columns = ["region", "published_on", *map(str, scopes[0].years)]
    heads = {str(year): year_list([year]) for year in scopes[0].years}
    return worded(scopes[0], [dict.fromkeys(columns, "") | row for row in rows], columns, heads)


def breaks_table(scopes: Sequence[Scope]) -> pd.DataFrame:
    """Every break of the regions: kind, what links its sides, and the evidence."""
    parted = scopes[0].dataset.breaks
    found = [
        breaks(indicator, s.region, as_of=s.as_of, dataset=s.dataset).assign(region=s.region, indicator=indicator)
        for s in scopes
        for indicator in dict.fromkeys(parted.loc[parted["region"] == s.region, "indicator"])
    ]
    return of_rows(
        scopes[0],
        (row for table in found for row in table.itertuples()),
        ["region", "indicator", "first_year", "label", "kind", "link", "evidence", "source"],
        first_year=lambda row: int(row.first_year),
        label=lambda row: Text(row.label_en, row.label_zh),
        kind=lambda row: KINDS[row.kind],
        link=lambda row: SAYS["links", row.link],
        evidence=lambda row: Text(row.evidence, row.evidence_zh or row.evidence),
    )


def implied_table(scopes: Sequence[Scope]) -> pd.DataFrame:
    """Levels of the year before that a printed level and its growth imply: computed here and printed by no source."""
    found = [
        implied_bases(id_, s.region, as_of=s.as_of, dataset=s.dataset).assign(region=s.region, indicator=id_)
        for s in scopes
        for id_ in _with_both_measures(s)
    ]
    return of_rows(
        scopes[0],
        (row for table in found for row in table.itertuples() if row.Index + 1 in scopes[0].years),
        ["region", "indicator", "year", "computed", "unit", "method", "route", "flag", "source"],
        year=lambda row: int(row.Index),
        computed=lambda row: row.value,
        unit=lambda row: UNITS[row.unit],
        method=lambda row: row.method,
        route=lambda row: ROUTES[row.route],
        flag=lambda row: flag_words(row.flag),
    )


def sources_table(scopes: Sequence[Scope]) -> pd.DataFrame:
    """The texts from which figures of the regions in the window come, by date."""
    used = pd.concat([rows_of(scope) for scope in scopes])["source_id"].value_counts()
    return of_rows(
        scopes[0],
        scopes[0].dataset.sources.loc[list(used.index)].sort_values("known_from", kind="stable").itertuples(),
        ["published_on", "title", "publisher", "source", "rows"],
        published_on=lambda row: row.published_on,
        title=lambda row: Text(row.title_en, row.title_zh),
        publisher=lambda row: Text(row.publisher, row.publisher_zh or row.publisher),
        source=lambda row: row.Index,
        rows=lambda row: int(used[row.Index]),
    )


def _readings(scope: Scope, measure: str) -> pd.DataFrame:
    read = readings(scope.indicator, scope.region, measure, as_of=scope.as_of, dataset=scope.dataset)
    return read[read.index.isin(scope.years)]


def _with_both_measures(scope: Scope) -> list[str]:
    """The indicators of which a text prints level and growth of one year: the others imply no base year."""
    measures = rows_of(scope).groupby(["indicator", "source_id", "year"], sort=False)["measure"].nunique()
    return list(dict.fromkeys(str(id_) for id_, _, _ in measures.index[measures > 1]))


def _printed_twice(scope: Scope) -> list[tuple[str, str]]:
    """The series of which a year stands in more than one text: the others can have no revision."""
    rows = rows_of(scope)
    outturns = rows[rows["concept"] == "outturn"]
    texts = outturns.groupby(["indicator", "measure", "year"], sort=False)["source_id"].nunique()
    return list(dict.fromkeys((str(i), str(m)) for i, m, _ in texts.index[texts > 1]))
