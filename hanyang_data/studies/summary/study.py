"""What did a batch of runs find? One row a run, and many regions: how they are spread, how surely ranked."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import pandas as pd

from hanyang_data.charts.cells import Cell, Room, sheet_of
from hanyang_data.charts.chart import Row, dumbbell
from hanyang_data.charts.export import Chart
from hanyang_data.charts.style import INK, RULE, SOFT, Caption, colour
from hanyang_data.charts.style import size as named_size
from hanyang_data.record.observations import Dataset
from hanyang_data.record.values import several
from hanyang_data.studies.captions import Shows, as_known, in_words
from hanyang_data.studies.registry import ANALYSES, figure, frame, label, table
from hanyang_data.studies.study import Study
from hanyang_data.studies.summary import runs as found
from hanyang_data.studies.summary.runs import KINDS, STATES, RunsFolder
from hanyang_data.studies.tables import name_of
from hanyang_data.words.wording import NO_WORDS, Measured, Text, join, listed, messages, number, span, within

SAYS = messages(__name__)
MOST_ROWS = 40  # more is no overview; the table has them all
# the more a run could say, the darker; the number stands in each cell, so that no reader needs the tone
TONES = {"inference": ("#235f9e", RULE, "#ffffff"), "listed": ("#c2d6e9", RULE, INK), "nothing": ("#ffffff", RULE, SOFT)}
QUESTION = ["region", "indicator", "as_of"]  # of a row
ROOM = Room(14, 0.65, dense=False)
HEADS = SAYS.each("heads")
FEWEST = 20  # regions, below which all of them stand in a table
ENDS, ENDS_OF_COLUMN = 10, 5  # regions at either end of the ranks
ROLES = {"outturn": colour("hanyang"), "other": INK}


def observations(folder: RunsFolder, left: pd.DataFrame, *, size: str = "page") -> Chart:
    """A row per region and indicator, a column per notebook: the number of usable observations, toned by what could be said."""
    lang, counted = folder.lang, left[left["n"].notna()]
    best = counted.sort_values("n", kind="stable").drop_duplicates([*QUESTION, "notebook"], keep="last")
    cells = {(r.region, r.indicator, r.as_of, r.notebook): Cell(str(int(r.n)), *TONES[str(r.state)]) for r in best.itertuples()}
    questions = list(counted[QUESTION].drop_duplicates().itertuples(index=False, name=None))
    present = set(counted["notebook"])
    notebooks = [n for n in [*ANALYSES, *sorted(present - {*ANALYSES})] if n in present]
    rows = {}
    for region, indicator, day in questions[:MOST_ROWS]:
        names = {"region": name_of(folder, "regions", region), "indicator": name_of(folder, "indicators", indicator, region)}
        name = as_known(SAYS["row"].format(**names), day).to(lang)
        rows[name] = [cells.get((region, indicator, day, n), Cell("")) for n in notebooks]
    heads = [label(n).to(lang) for n in notebooks]
    used = [SAYS.key.format(tone=SAYS["tone_names", s], state=STATES[s]) for s in STATES if s in set(counted["state"])]
    tones = SAYS.tones_are.format(key=listed(used, ";")) if used else NO_WORDS
    more = [SAYS.more.format(n=len(questions) - MOST_ROWS)] * (len(questions) > MOST_ROWS)
    note = join([SAYS.note.format(key=tones), *more])
    finding = found.answer(left)[0]
    shows = [(row, [f"{h}: n = {cell.word}" for h, cell in zip(heads, of, strict=True) if cell.word]) for row, of in rows.items()]
    return sheet_of(rows, heads, {}, _said(lang, finding, SAYS.subtitle, note, shows), room=ROOM, size=size)


def _said(lang: str, title: Text, subtitle: Text, note: Text, shows: Shows) -> Caption:
    alt = in_words(title, shows).to(lang)
    return Caption(title.to(lang), subtitle.to(lang), note.to(lang), SAYS.source.to(lang), alt, undated=title.to(lang))


def spread_of(folder: RunsFolder, ranks: pd.DataFrame, *, size: str = "page") -> Chart | Text:
    """A row an indicator: the median of the regions, the middle half of them, nine tenths of them, and the region asked for."""
    if (few := _few(ranks)) is not None:
        return few
    ours = found.foremost(ranks, folder.dataset.indicators.index)
    table = found.spread(ours).head(MOST_ROWS)
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
    heads = {"asked": "outturn"} if mine else {}
    heads |= {"median": "other", "half": "span", "tenths": "open", "regions": "span"}
    return _ranked(folder, title, first, join([SAYS.spread_note, *mine]), rows, heads, size)


def ranks_of(folder: RunsFolder, ranks_: pd.DataFrame, *, size: str = "page") -> Chart | Text:
    """Ranks with intervals: of the region asked for a row an indicator, else the highest and the lowest regions of one."""
    if (few := _few(ranks_)) is not None:
        return few
    ours = found.foremost(ranks_, folder.dataset.indicators.index)
    one = ours[ours["indicator"] == ours["indicator"].iloc[0]]
    most = ENDS_OF_COLUMN if named_size(size).narrow else ENDS
    ends = one if len(one) <= 2 * most else pd.concat([one.head(most), one.tail(most)])
    drawn = ours[ours["region"] == folder.ranks_of].head(MOST_ROWS) if folder.ranks_of else ends
    if drawn.empty:
        return SAYS.not_among.format(region=name_of(folder, "regions", folder.ranks_of))
    first, kind = drawn.iloc[0], ("indicators", "indicator") if folder.ranks_of else ("regions", "region")
    rows = [_row(folder, name_of(folder, kind[0], row[kind[1]]), row) for _, row in drawn.iterrows()]
    if between := 0 if folder.ranks_of else len(one) - len(ends):
        rows.insert(most, Row("", {}, words=SAYS.left_out.format(k=number(between)).to(folder.lang), cells=[""] * 4))
    counts = {"n": "regions", "rank": "rank", "low": "rank_low", "high": "rank_high"}
    title = SAYS.ranks_title.format(
        region=name_of(folder, "regions", first["region"]), indicator=within(name_of(folder, "indicators", first["indicator"])),
        kind=within(KINDS[first["estimated"]]), **{name: number(int(first[of])) for name, of in counts.items()},
    )  # fmt: skip
    heads = {"estimate": "outturn", "interval": "span", "rank": "span", "possible": "span"}
    return _ranked(folder, title, first, SAYS.ranks_note, rows, heads, size)


def _few(ranks_: pd.DataFrame) -> Text | None:
    n = int(ranks_["regions"].max()) if len(ranks_) else 0
    return SAYS.few.format(n=n, fewest=FEWEST) if n < FEWEST else None


def _unit(row: pd.Series) -> Measured:
    return "percent" if row["estimated"] in found.GROWTH else "pp"


def _ends(low: float, high: float, lang: str) -> str:
    return SAYS.between.format(low=number(low, 1), high=number(high, 1)).to(lang)


def _row(folder: RunsFolder, name: Text, row: pd.Series) -> Row:
    """One region, or one indicator of it, with its estimate and its rank."""
    low, high = (number(int(row[end])) for end in ("rank_low", "rank_high"))
    interval, possible = _ends(row["low"], row["high"], folder.lang), SAYS.between.format(low=low, high=high).to(folder.lang)
    cells = [number(row["estimate"], 1), interval, number(int(row["rank"])), possible]
    return Row(name.to(folder.lang), {"outturn": row["estimate"]}, span=(row["low"], row["high"]), cells=cells)


def _ranked(
    folder: RunsFolder, title: Text, first: pd.Series, note: Text, rows: Sequence[Row], heads: Mapping[str, str], size: str
) -> Chart:
    """Rows of estimates as they are drawn, their columns as key of HEADS → role."""
    columns = [(HEADS[key].to(folder.lang), role) for key, role in heads.items()]
    shows = [(row.label, [f"{head} {cell}" for (head, _), cell in zip(columns, row.cells, strict=True) if cell]) for row in rows]
    subtitle = SAYS.rank_subtitle.format(kind=KINDS[first["estimated"]], unit=SAYS["units", _unit(first)])
    words = _said(folder.lang, title, subtitle, SAYS.rank_note.format(note=note), shows)
    return dumbbell(rows, ROLES, columns, words, size=size)


class Summary(Study):
    """The finished runs of a folder side by side; made by :func:`hanyang_data.summary`."""

    scope: RunsFolder  # type: ignore[assignment]
    name = "summary"
    declared = (
        figure("observations", lambda s: observations(s.scope, s.runs, size=s.size), key=True),
        table(
            "runs",
            lambda s: found.table(s.scope, found.own(s.scope, s.runs)),
            key=["notebook", "region", "indicator", "headline"],
        ),
        figure("spread", lambda s: spread_of(s.scope, s.ranks, size=s.size)),
        table("spread", lambda s: found.table(s.scope, found.several(s.spread))),
        figure("ranks", lambda s: ranks_of(s.scope, s.ranks, size=s.size)),
        table("ranks", lambda s: found.table(s.scope, found.several(s.ranks))),
        table("not_made", lambda s: found.lost_table(s.scope, s.not_computed)),
    )

    @frame
    def runs(self) -> pd.DataFrame:
        """One row a finished run: what was asked, how many observations it could use, and its finding."""
        return found.gather(self.scope)

    @frame
    def not_computed(self) -> pd.DataFrame:
        """The runs that a sweep planned and that left nothing: what became of each, and why."""
        return found.lost(self.scope)

    @frame
    def ranks(self) -> pd.DataFrame:
        """One row for each notebook, indicator and region: its estimate, its rank, and the ranks between which it lies."""
        return found.ranked(self.runs)

    @frame
    def spread(self) -> pd.DataFrame:
        """One row for each notebook and indicator: the quantiles of the estimates over the regions."""
        return found.spread(self.ranks)

    def _answer(self) -> Sequence[Text]:
        return found.answer(self.runs, found.lost_sentence(self.not_computed))

    def _used(self) -> Iterator[pd.DataFrame]:
        yield from ()

    def _numbers(self) -> Mapping[str, object]:
        return {"spread": self.spread, "not_made": self.not_computed}  # the runs themselves are a table


def summary(
    runs_dir: str | Path = "build/runs", *, runs: Sequence[str] = (), ranks_of: str = "", lang: str = "en", size: str = "page",
    data_dir: str = "", dataset: Dataset | None = None,
) -> Summary:  # fmt: skip
    """What the finished runs of a folder found, side by side.

    Args:
        runs_dir: the folder that ``hanyang run`` wrote, or the Parquet file that ``hanyang runs export`` made of it.
        runs: those looked at, such as ``trend/hanyang-gdp-2017-2024-latest-en-page-1a2b3c``; empty for all of the folder.
        ranks_of: the region whose ranks are shown, by id or name; empty for the highest and the lowest.
        lang: ``en`` or ``zh``.
        size: of the figure: page, column or slide.
        data_dir: folder of another snapshot; runs of other data than that asked for are counted and left out.
        dataset: another snapshot, such as :func:`hanyang_data.dataset_from_frame` makes.

    Returns:
        A study with the frames ``runs, spread, ranks, not_computed``.

    Raises:
        UnknownIdError: for an unknown region, with the nearest ids.
        ParameterError: if there is no such folder.
        HanyangError: for a results.json, or a Parquet file, that is none, naming it.

    Example:
        >>> import tempfile
        >>> summary(tempfile.mkdtemp()).answer().finding
        'No finished run in the folder: run some notebooks first'
    """
    return Summary(RunsFolder(str(runs_dir), lang, dataset or data_dir, tuple(several("runs", runs)), ranks_of), size)
