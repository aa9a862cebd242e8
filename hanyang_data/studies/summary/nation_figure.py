"""Two figures of many regions, without a map: how they are spread on each indicator, and how surely each has its rank."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd

from hanyang_data.charts.chart import Row, dumbbell
from hanyang_data.charts.export import Chart
from hanyang_data.charts.style import INK, Caption, colour
from hanyang_data.charts.style import size as named_size
from hanyang_data.studies.summary import nation
from hanyang_data.studies.summary.figure import MOST_ROWS
from hanyang_data.studies.summary.figure import SAYS as FIGURES
from hanyang_data.studies.summary.runs import KINDS, RunsFolder, name_of
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import Measured, Text, join, number, span, within

SAYS = messages(__name__)

HEADS = SAYS.each("heads")

FEWEST = 20  # regions, below which all of them stand in a table
ENDS, ENDS_OF_COLUMN = 10, 5  # regions at either end of the ranks
ROLES = {"outturn": colour("hanyang"), "other": INK}


def spread_of(folder: RunsFolder, ranks: pd.DataFrame, *, size: str = "page") -> Chart | Text:
    """A row an indicator: the median of the regions, the middle half of them, nine tenths of them, and the region asked for."""
    if (few := _few(ranks)) is not None:
        return few
    ours = nation.foremost(ranks, folder.dataset.indicators.index)
    table = nation.spread(ours).head(MOST_ROWS)
    asked = ours[ours["region"] == folder.ranks_of].set_index("indicator")["estimate"]
    first = table.iloc[0]
    title = SAYS.spread_title.format(
        n=number(int(first["regions"])), indicator=within(name_of(folder, "indicators", first["indicator"])),
        half=span(first["lowest_quarter"], first["highest_quarter"], _unit(first), sign=False),
        kind=within(KINDS[first["estimated"]]),
    )  # fmt: skip
    rows = [
        Row(
            name_of(folder, "indicators", row.indicator).to(folder.lang),
            {"other": row.median} | ({"outturn": asked[row.indicator]} if row.indicator in asked else {}),
            span=(row.lowest_quarter, row.highest_quarter),
            open=(row.lowest_twentieth, row.highest_twentieth),
            cells=[
                *[number(asked[row.indicator], 1) if row.indicator in asked else ""] * (len(asked) > 0),
                number(row.median, 1),
                _ends(row.lowest_quarter, row.highest_quarter, folder.lang),
                _ends(row.lowest_twentieth, row.highest_twentieth, folder.lang),
                number(row.regions),
            ],
        )
        for row in table.itertuples()
    ]
    mine = [SAYS.dot.format(region=name_of(folder, "regions", folder.ranks_of))] if len(asked) else []
    heads = [*[("asked", "outturn")] * len(mine), ("median", "other"), ("half", "span"),
             ("tenths", "open"), ("regions", "span")]  # fmt: skip
    columns = [(HEADS[key].to(folder.lang), role) for key, role in heads]
    words = _caption(folder, title, first, join([SAYS.spread_note, *mine]), rows, columns)
    return dumbbell(rows, ROLES, columns, words, size=size)


def ranks_of(folder: RunsFolder, ranks_: pd.DataFrame, *, size: str = "page") -> Chart | Text:
    """Ranks with intervals: of the region asked for a row an indicator, else the highest and the lowest regions of one."""
    if (few := _few(ranks_)) is not None:
        return few
    ours = nation.foremost(ranks_, folder.dataset.indicators.index)
    one = ours[ours["indicator"] == ours["indicator"].iloc[0]]
    most = ENDS_OF_COLUMN if named_size(size).narrow else ENDS
    ends = one if len(one) <= 2 * most else pd.concat([one.head(most), one.tail(most)])
    drawn = ours[ours["region"] == folder.ranks_of].head(MOST_ROWS) if folder.ranks_of else ends
    if drawn.empty:
        return SAYS.not_among.format(region=name_of(folder, "regions", folder.ranks_of))
    first, kind = drawn.iloc[0], ("indicators", "indicator") if folder.ranks_of else ("regions", "region")
    rows = [_ranked(folder, name_of(folder, kind[0], row[kind[1]]), row) for _, row in drawn.iterrows()]
    if between := 0 if folder.ranks_of else len(one) - len(ends):
        rows.insert(most, Row("", {}, words=SAYS.left_out.format(k=number(between)).to(folder.lang), cells=[""] * 4))
    title = SAYS.ranks_title.format(
        region=name_of(folder, "regions", first["region"]),
        indicator=within(name_of(folder, "indicators", first["indicator"])),
        kind=within(KINDS[first["estimated"]]),
        n=number(int(first["regions"])),
        rank=number(int(first["rank"])),
        low=number(int(first["rank_low"])),
        high=number(int(first["rank_high"])),
    )
    columns = [(HEADS[key].to(folder.lang), role) for key, role in
               (("estimate", "outturn"), ("interval", "span"), ("rank", "span"), ("possible", "span"))]  # fmt: skip
    words = _caption(folder, title, first, SAYS.ranks_note, rows, columns)
    return dumbbell(rows, ROLES, columns, words, size=size)


def _few(ranks_: pd.DataFrame) -> Text | None:
    n = int(ranks_["regions"].max()) if len(ranks_) else 0
    return SAYS.few.format(n=n, fewest=FEWEST) if n < FEWEST else None


def _unit(row: pd.Series) -> Measured:
    return "percent" if row["estimated"] in nation.GROWTH else "pp"


def _ends(low: float, high: float, lang: str) -> str:
    return SAYS.between.format(low=number(low, 1), high=number(high, 1)).to(lang)


def _ranked(folder: RunsFolder, name: Text, row: pd.Series) -> Row:
    """One region, or one indicator of it, with its estimate and its rank."""
    low, high = (number(int(row[end])) for end in ("rank_low", "rank_high"))
    interval, possible = _ends(row["low"], row["high"], folder.lang), SAYS.between.format(low=low, high=high).to(folder.lang)
    cells = [number(row["estimate"], 1), interval, number(int(row["rank"])), possible]
    return Row(name.to(folder.lang), {"outturn": row["estimate"]}, span=(row["low"], row["high"]), cells=cells)


def _caption(
    folder: RunsFolder, title: Text, first: pd.Series, note: Text, rows: Sequence[Row], columns: Sequence[tuple[str, str]]
) -> Caption:
    told = "; ".join(
        f"{row.label}: {', '.join(f'{head} {cell}' for (head, _), cell in zip(columns, row.cells, strict=True) if cell)}"
        for row in rows
    )
    alt = SAYS.alt.format(title=title, told=Text(told, told))
    subtitle = SAYS.subtitle.format(kind=KINDS[first["estimated"]], unit=SAYS["units", _unit(first)])
    said = SAYS.note.format(note=note).to(folder.lang)
    return Caption(title.to(folder.lang), subtitle.to(folder.lang), said, FIGURES.source.to(folder.lang), alt.to(folder.lang))
