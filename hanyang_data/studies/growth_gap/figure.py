"""The figures of the growth gap but the waterfall: the share of the city, the years, the chain, and several indicators."""

from collections.abc import Collection, Sequence
from dataclasses import replace

import pandas as pd

from hanyang_data.charts.chart import Row, dumbbell
from hanyang_data.charts.export import Chart
from hanyang_data.charts.lines import Line
from hanyang_data.charts.panels import over_years
from hanyang_data.charts.style import MEET, colour
from hanyang_data.statistics.gap import GapResult
from hanyang_data.studies import captions
from hanyang_data.studies.growth_gap import evidence, findings, intervals
from hanyang_data.studies.marks import answers, difference, in_sentence, line, open_bands, panel
from hanyang_data.studies.scope import Pair, Scope
from hanyang_data.words.wording import NO_WORDS, STAR, Text, listed, messages, number, printed, shows, within, year_list

SAYS = messages(__name__)
LONG_NAME = 24  # characters
MIXED = SAYS.mixed


def share_of_city(scope: Scope, shares: pd.DataFrame, *, size: str = "page") -> Chart | Text:
    """One row an indicator: its first and its latest share of the comparator that are like for like, largest on top."""
    title = findings.share(scope, shares)
    if shares.empty:
        return title
    parts = {str(id_): evidence.share_ends(part) for id_, part in shares.groupby("indicator", sort=False)}
    rows_used = evidence.rows_behind(scope, pd.concat(parts.values()), "level")  # the note speaks of the years that are drawn
    second = evidence.on_secondary_pages(scope, pd.concat(parts.values()))
    order = sorted(parts, key=lambda id_: -parts[id_]["share_pct"].iloc[-1])
    rows = [_share(scope, id_, parts[id_], second) for id_ in order]
    change = any(row.cells[-1] for row in rows)  # where no ends are alike there is none, and no column of it
    rows = rows if change else [replace(row, cells=row.cells[:-1]) for row in rows]
    mixed = [
        SAYS.in_years.format(name=within(scope.name_of(id_)), years=year_list(part["year"][part["unlike"]].tolist()))
        for id_, part in parts.items()
        if part["unlike"].any()
    ]
    since = {id_: int(part["since"].iloc[0]) for id_, part in parts.items() if part["since"].notna().any()}
    parted = [SAYS["from"].format(name=within(scope.name_of(id_)), year=year) for id_, year in since.items()]
    words = captions.caption(
        scope,
        title=title,
        subtitle=SAYS.share_subtitle.format(**scope.said, change=SAYS.share_change if change else NO_WORDS),
        parts=[
            captions.vintage_words(rows_used) if not mixed else NO_WORDS,
            *[SAYS.unlike.format(listed=listed(mixed, ";"))] * bool(mixed),
            *[SAYS.since.format(listed=listed(parted, "and"))] * bool(parted),
            *captions.flag_words(scope, rows_used),
            SAYS.computed,
        ],
        frames=[rows_used],
        shows=captions.of_rows(rows),
    )
    roles = {"original": colour(scope.region), "outturn": colour(scope.region)}
    heads = [(head.to(scope.lang), role) for head, role in zip(SAYS.row("heads"), ("original", "outturn", ""), strict=True)]
    return dumbbell(rows, roles, heads if change else heads[:-1], words, size=size)


def _share(scope: Scope, indicator: str, part: pd.DataFrame, second: set[tuple[str, int]]) -> Row:
    """The shares of an indicator, with a star where a level is from a secondary page, and what changed if they are alike."""
    values, words = part["share_pct"].tolist(), []
    for value, year in zip(values, part["year"], strict=True):
        shown = number(value, shows(value, 2)) + STAR * ((indicator, year) in second)
        words.append(SAYS.cell.format(n=shown, year=year).to(scope.lang))
    label = scope.name_of(indicator).to(scope.lang)
    if len(values) == 1:
        return Row(label, {"outturn": values[0]}, cells=["", *words, ""])
    change = "" if part["unlike"].any() else number(round(values[-1] - values[0], 6), shows(values[0], 2), sign=True)
    return Row(label, {"original": values[0], "outturn": values[-1]}, cells=[*words, change])


def by_year(scope: Scope, pair: Pair, found: Sequence[intervals.GapInterval] = (), *, size: str = "page") -> Chart:
    """Growth of both sides above, the gap in percentage points below, for one indicator; gaps known as intervals are bands."""
    growth, found = captions.series_title(scope), [gap for gap in found if gap.interval.telling]
    yearly, bounds = evidence.by_year(scope), evidence.gap_bounds(*pair)
    gaps, about = yearly["gap_pp"].dropna(), evidence.about_years(*pair)
    worded = dict.fromkeys(evidence.unlike(*pair), SAYS.unlike_word.to(scope.lang))
    worded |= {year: found.words("pp").to(scope.lang) for year, found in bounds.items()}
    sides = [line(scope, frame) for frame in pair]
    own = [scope.outturns(region=frame.attrs["region"]) for frame in pair]
    other = [  # the years in which a side has another figure than its own series takes, so as to be of the other's kind
        {int(y): of.loc[y] for y in frame.index.intersection(of.index) if frame.at[y, "value"] != of.at[y, "value"]}
        for frame, of in zip(pair, own, strict=True)
    ]
    told = ([SAYS.cell.format(n=in_sentence(row), year=year) for year, row in years.items()] for years in other)
    another = dict(zip(scope.pair_names.values(), told, strict=True))
    sides = [replace(side, cuts=side.cuts | {*years, *(y + 1 for y in years)}) for side, years in zip(sides, other, strict=True)]
    bars = [replace(gap_bars(gaps, about), worded=worded), *[open_bands(scope.lang, "", found, MEET, sign=True)] * bool(found)]
    panels = [panel(scope, *of) for of in ((growth, sides), (SAYS.gap_panel, bars))]
    panels = panels if len(gaps) or bounds or found else panels[:1]  # no empty axes
    words = captions.caption(
        scope,
        title=findings.gap(scope, yearly, about, bounds),
        subtitle=SAYS.span.format(**scope.said, growth=growth),
        parts=[
            *intervals.note(found),
            *(SAYS.another.format(name=name, listed=listed(told, "and")) for name, told in another.items() if told),
            *evidence.unlike_words(*pair),
            *captions.series_words(scope, dict(zip(scope.pair_names.values(), pair, strict=True))),
            SAYS.rounding,
            *[SAYS.contains.format(**scope.pair_names)] * scope.inside,
            captions.COMPUTED,
        ],
        frames=pair,
        shows=captions.of_panels(panels),
    )
    return over_years(panels, scope.years, words, size=size)


def cumulative(scope: Scope, pair: Pair, results: evidence.Segments, *, size: str = "page") -> Chart | Text:
    """Every run of at least two comparable years as a line from 100 on, and the gaps of all years as bars below."""
    runs = evidence.runs_of(results)
    if not runs:
        return SAYS.unchained.format(**scope.said)
    gaps = evidence.by_year(scope)["gap_pp"].dropna()
    used = [frame[frame.index.isin(gaps.index)] for frame in pair]
    panels = [
        panel(scope, SAYS.index_panel, [_run(scope, run) for run in runs], rule=100.0),
        panel(scope, SAYS.gap_panel, [gap_bars(gaps, evidence.about_years(*used))]),
    ]
    words = captions.caption(
        scope,
        title=findings.chained(scope, runs[-1]),
        subtitle=SAYS.chain_subtitle.format(**scope.said),
        parts=[
            SAYS.band_note,
            *evidence.unlike_words(*pair),
            *captions.series_words(scope, dict(zip(scope.pair_names.values(), pair, strict=True))),
            SAYS.rounding,
            SAYS.runs,
            captions.COMPUTED,
            *[SAYS.contains.format(**scope.pair_names)] * scope.inside,
        ],
        frames=used,
        shows=[*((panels[0].title, run.says.values()) for run in panels[0].lines), *captions.of_panels(panels[1:])],
    )
    first = min(scope.start_year, *(int(run.chain.index[0]) for run in runs))
    return over_years(panels, range(first, scope.end_year + 1), words, size=size)


def gap_bars(gaps: pd.Series, about: Collection[int] = ()) -> Line:
    """Gaps as bars; hollow, and with a sign, where a side is printed as "about"."""
    words = {int(y): difference(v, about=int(y) in about) for y, v in gaps.items()}
    return Line("", gaps, words, MEET, "bar", hollow=frozenset(about), says=words)


def _run(scope: Scope, run: GapResult) -> Line:
    """The index of a run of years from 100 on, with what it may lie between, and the end in words."""
    chain, last = run.chain, float(run.cumulative_pct.iloc[-1])
    gap, low, high = (number(v, 1, sign=True) for v in (last, *(run.rounding_band_pp or (last, last))))
    base, end = int(chain.index[0]), int(chain.index[-1])
    return Line(
        "",
        chain["relative_index"],
        {end: SAYS.end.format(gap=gap, low=low, high=high).to(scope.lang)},
        colour(scope.region),
        spans={int(y): (row["low"], row["high"]) for y, row in chain.iterrows()},
        hollow=frozenset({base}),
        says={int(y): SAYS.at.format(year=y, n=number(v, 1)).to(scope.lang) for y, v in chain["relative_index"].items()},
    )


def by_indicator(scope: Scope, year: int, pairs: pd.DataFrame, rows_used: pd.DataFrame, *, size: str = "page") -> Chart:
    """Both sides in one year, one row per indicator that both published as a number, widest lead first."""
    both = pairs.dropna(subset="gap_pp").sort_values("gap_pp", ascending=False, kind="stable")
    roles = {scope.region: "outturn", scope.comparator: "comparator"}
    said = {
        (roles[region], id_): text
        for (id_, region), part in rows_used.groupby(["indicator", "region"])
        for text in answers(scope, part).values()
    }
    about = both.index[both[["district_qualifier", "city_qualifier"]].eq("about").any(axis="columns")]
    rows = [
        Row(
            label=scope.name_of(str(id_)).to(scope.lang),
            marks={"comparator": row["city_pct"], "outturn": row["district_pct"]},
            cells=[
                *(
                    printed(row[f"{side}_pct"], row[f"{side}_qualifier"], "percent", flag=row[f"{side}_flag"]).to(scope.lang)
                    for side in ("district", "city")
                ),
                difference(row["gap_pp"], about=id_ in about),
            ],
            says={role: said[role, id_] for role in ("comparator", "outturn") if (role, id_) in said},
        )
        for id_, row in both.iterrows()
    ]
    rows = rows or [Row("", {}, words=SAYS.no_pair_word.to(scope.lang), cells=["", "", None])]
    drawn = rows_used[rows_used["indicator"].isin(both.index)]
    series = [(str(id_), region, "growth") for id_ in both.index for region in roles]
    left_out = [scope.name_of(str(id_)) for id_ in pairs.index.difference(both.index, sort=False)]
    words = captions.caption(
        scope,
        title=findings.pairs(scope, year, pairs),
        subtitle=SAYS.pairs_subtitle.format(year=year),
        parts=[
            SAYS.rounding,  # first: without it "on neither" stands over a gap
            *captions.conflict_words(scope, drawn),
            *captions.flag_words(scope, drawn),
            MIXED,
            captions.vintage_words(drawn),
            *captions.dropped_words(scope, series, [year]),
            captions.COMPUTED,
            *[SAYS.left_out.format(year=year, names=listed(map(within, left_out), "and"))] * bool(left_out),
        ],
        frames=[drawn],
        shows=captions.of_rows(rows),
    )
    a, b = scope.pair_names.values()
    short = a if len(a.to(scope.lang)) <= LONG_NAME else SAYS.region  # a head as wide as the figure leaves no room to draw
    heads = [(short.to(scope.lang), "outturn"), (b.to(scope.lang), "comparator"), (SAYS.gap_pp.to(scope.lang), "")]
    tones = {"outturn": colour(scope.region), "comparator": colour(scope.comparator, subject=False)}
    return dumbbell(rows, tones, heads, words, size=size)
