"""The first figure of the growth-gap notebook: how much of the city the district is, then and now, in levels as printed."""

from __future__ import annotations

import pandas as pd

from hanyang_data.charts.chart import Row, dumbbell
from hanyang_data.charts.export import Chart
from hanyang_data.charts.style import colour
from hanyang_data.studies.captions import caption, flag_words, vintage_words
from hanyang_data.studies.growth_gap import findings as findings_gap
from hanyang_data.studies.growth_gap.evidence import rows_of_levels
from hanyang_data.studies.marks import SECONDARY
from hanyang_data.studies.scope import Scope
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import NO_WORDS, Text, listed, number, within, year_list

SAYS = messages(__name__)

HEADS = SAYS.row("heads")


def of_city(scope: Scope, shares: pd.DataFrame, *, size: str = "page") -> Chart | Text:
    """One row an indicator: its first and its latest share of the comparator, largest on top."""
    title = findings_gap.share(scope, shares)
    if shares.empty:
        return title
    by_year = {id_: part.sort_values("year") for id_, part in shares.groupby("indicator", sort=False)}
    parts = {id_: part.iloc[[0, -1]] if len(part) > 1 else part for id_, part in by_year.items()}
    rows_used = rows_of_levels(scope, pd.concat(parts.values()))  # the note speaks of the years that are drawn
    order = sorted(parts, key=lambda id_: -parts[id_]["share_pct"].iloc[-1])
    read = rows_used[rows_used["flag"].str.contains("secondary")].reset_index()
    second = set(read[["indicator", "year"]].itertuples(index=False, name=None))
    rows = [_row(scope, str(id_), parts[id_], second) for id_ in order]
    unlike = [
        SAYS.in_years.format(name=within(scope.name_of(str(id_))), years=year_list(part["year"][part["unlike"]].tolist()))
        for id_, part in parts.items()
        if part["unlike"].any()
    ]
    since = [
        SAYS["from"].format(name=within(scope.name_of(str(id_))), year=part["since"].iloc[0])
        for id_, part in parts.items()
        if part["since"].iloc[0]
    ]
    names = {"a": scope.region_name, "b": scope.comparator_name, "start": scope.start_year, "end": scope.end_year}
    words = caption(
        scope,
        title=title,
        subtitle=SAYS.subtitle.format(**names),
        parts=[
            vintage_words(rows_used) if not unlike else NO_WORDS,
            *[SAYS.unlike.format(listed=listed(unlike, ";"))] * bool(unlike),
            *[SAYS.since.format(listed=listed(since))] * bool(since),
            *flag_words(scope, rows_used),
            SAYS.computed,
        ],
        frames=[rows_used],
        alt=_alt(title, rows),
    )
    roles = {"original": colour(scope.region), "outturn": colour(scope.region)}
    heads = [(head.to(scope.lang), role) for head, role in zip(HEADS, ("original", "outturn", ""), strict=True)]
    return dumbbell(rows, roles, heads, words, size=size)


def _row(scope: Scope, indicator: str, part: pd.DataFrame, second: set[tuple[str, int]]) -> Row:
    ends = [
        (float(v), SAYS.cell.format(n=number(v, 2) + SECONDARY * ((indicator, y) in second), year=y))
        for v, y in zip(part["share_pct"], part["year"], strict=True)
    ]
    (first, first_words), (last, last_words) = ends[0], ends[-1]
    label = scope.name_of(indicator).to(scope.lang)
    if len(ends) == 1:
        return Row(label, {"outturn": last}, cells=["", last_words.to(scope.lang), ""])
    cells = [first_words.to(scope.lang), last_words.to(scope.lang), number(round(last - first, 4), 2, sign=True)]
    return Row(label, {"original": first, "outturn": last}, cells=cells)


def _alt(title: Text, rows: list[Row]) -> Text:
    told = "; ".join(f"{row.label}: {', '.join(str(cell) for cell in row.cells if cell)}" for row in rows)
    return SAYS.alt.format(title=title, told=told)
