"""The figures of the growth-gap notebook."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import pandas as pd

from hanyang_data.charts.chart import Row, dumbbell
from hanyang_data.charts.export import Chart
from hanyang_data.charts.lines import NO_FIGURE, Line, Panel
from hanyang_data.charts.panels import over_years
from hanyang_data.charts.style import MEET, colour
from hanyang_data.statistics.gap import GapResult
from hanyang_data.studies.captions import COMPUTED, caption, dropped_words, flag_words, series_words, vintage_words
from hanyang_data.studies.growth_gap import intervals
from hanyang_data.studies.growth_gap import titles as gap_titles
from hanyang_data.studies.growth_gap.evidence import unlike_words
from hanyang_data.studies.growth_gap.intervals import GapInterval
from hanyang_data.studies.growth_gap.yearly import about_years, one_sided_gaps, unlike_years, yearly_gaps
from hanyang_data.studies.marks import answers, difference, line
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.trend.figure import GROWTH_TITLE
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import Text, listed, number, printed

SAYS = messages(__name__)

GAP_PANEL = SAYS.gap_panel
LONG_NAME = 24  # characters
ROUNDING = SAYS.rounding
CONTAINS = SAYS.contains
MIXED = SAYS.mixed


def by_year(
    scope: Scope,
    district: pd.DataFrame,
    city: pd.DataFrame,
    results: Mapping[str, GapResult],
    found: Sequence[GapInterval] = (),
    *,
    size: str = "page",
) -> Chart:
    """Growth of both sides above, the gap in percentage points below, for one indicator; gaps known as intervals are bands."""
    a, b = scope.region_name, scope.comparator_name
    basis = str(scope.dataset.indicators.loc[scope.indicator, "growth_basis"])
    yearly, bounds = yearly_gaps(results), one_sided_gaps(results)
    gaps, about = yearly["gap_pp"].dropna(), about_years(district, city)
    unlike = {year for years in unlike_years(district, city).values() for year in years}
    worded = dict.fromkeys(unlike, SAYS.unlike_word.to(scope.lang))
    worded |= {year: found.words("pp").to(scope.lang) for year, found in bounds.items()}
    inside = scope.dataset.regions.loc[scope.region, "part_of"] == scope.comparator
    extra = [ROUNDING, *[CONTAINS.format(a=a, b=b)] * bool(inside), COMPUTED]
    words = caption(
        scope,
        title=gap_titles.gap(scope, yearly, about, bounds),
        subtitle=SAYS.span.format(growth=GROWTH_TITLE[basis], start=scope.start_year, end=scope.end_year),
        parts=[*intervals.note(found), *unlike_words(district, city), *series_words(scope, {a: district, b: city}), *extra],
        frames=[district, city],
        alt=_alt(scope, yearly),
    )
    sides = [line(scope, district), line(scope, city, scope.comparator, "comparator")]
    bars = replace(gap_bars(gaps, about), worded=worded)
    bands = [intervals.bands(scope, found)] * bool(found)
    cuts = {y: t.to(scope.lang) for y, t in sorted((scope.breaks() | scope.breaks(region=scope.comparator)).items())}
    panels = [
        Panel(GROWTH_TITLE[basis].to(scope.lang), sides, NO_FIGURE.to(scope.lang), breaks=cuts),
        Panel(GAP_PANEL.format(a=a, b=b).to(scope.lang), [bars, *bands], NO_FIGURE.to(scope.lang), breaks=cuts),
    ]
    panels = panels if len(gaps) or bounds or found else panels[:1]  # no empty axes
    return over_years(panels, scope.years, words, size=size)


def gap_bars(gaps: pd.Series, about: Collection[int] = ()) -> Line:
    """Gaps as bars; hollow, and with a sign, where a side is printed as "about"."""
    words = {int(y): difference(v, about=int(y) in about) for y, v in gaps.items()}
    return Line("", gaps, words, MEET, "bar", hollow=frozenset(about), says=words)


def by_indicator(scope: Scope, year: int, pairs: pd.DataFrame, rows_used: pd.DataFrame, *, size: str = "page") -> Chart:
    """Both sides in one year, one row per indicator that both published as a number, widest lead first."""
    a, b = scope.region_name, scope.comparator_name
    both = pairs.dropna(subset="gap_pp").sort_values("gap_pp", ascending=False, kind="stable")
    regions = {"outturn": scope.region, "comparator": scope.comparator}
    said = {
        (role, id_): text
        for (id_, region), part in rows_used.groupby(["indicator", "region"])
        for role in regions
        if regions[role] == region
        for text in answers(scope, part).values()
    }
    rows = [
        Row(
            label=scope.name_of(str(id_)).to(scope.lang),
            marks={"comparator": row["city_pct"], "outturn": row["district_pct"]},
            cells=[*(_side(row, side).to(scope.lang) for side in ("district", "city")), _gap(row)],
            says={role: said[role, id_] for role in ("comparator", "outturn") if (role, id_) in said},
        )
        for id_, row in both.iterrows()
    ]
    rows = rows or [Row("", {}, words=SAYS.no_pair_word.to(scope.lang), cells=["", "", None])]
    drawn = rows_used[rows_used["indicator"].isin(both.index)]
    series = [(str(id_), region, "growth") for id_ in both.index for region in (scope.region, scope.comparator)]
    left_out = [scope.name_of(str(id_)) for id_ in pairs.index.difference(both.index, sort=False)]
    title = gap_titles.pairs(scope, year, pairs)
    words = caption(
        scope,
        title=title,
        subtitle=SAYS.pairs_subtitle.format(year=year),
        parts=[vintage_words(drawn), MIXED, *flag_words(scope, drawn), ROUNDING, *dropped_words(scope, series, [year]), COMPUTED]
        + [SAYS.left_out.format(year=year, names=listed(left_out))] * bool(left_out),
        frames=[drawn],
        alt=_pairs_alt(scope, title, both),
    )
    gap = SAYS.gap_pp
    short = a if len(a.to(scope.lang)) <= LONG_NAME else SAYS.region  # a head as wide as the figure leaves no room to draw
    heads = [(short.to(scope.lang), "outturn"), (b.to(scope.lang), "comparator"), (gap.to(scope.lang), "")]
    return dumbbell(
        rows, {"outturn": colour(scope.region), "comparator": colour(scope.comparator, subject=False)}, heads, words, size=size
    )


def _alt(scope: Scope, yearly: pd.DataFrame) -> Text:
    parts = [SAYS.year_alt.format(year=y, d=_rate(row["district_pct"]), c=_rate(row["city_pct"])) for y, row in yearly.iterrows()]
    names = {"a": scope.region_name, "b": scope.comparator_name, "indicator": scope.indicator_name}
    return SAYS.alt.format(**names, listed=listed(parts, ";"))


def _pairs_alt(scope: Scope, title: Text, both: pd.DataFrame) -> Text:
    parts = [
        SAYS.pair_alt.format(name=scope.name_of(str(id_)), d=_side(row, "district"), c=_side(row, "city"))
        for id_, row in both.iterrows()
    ]
    return SAYS.pairs_alt.format(title=title, listed=listed(parts, ";"))


def _side(row: pd.Series, side: str) -> Text:
    return printed(row[f"{side}_pct"], row[f"{side}_qualifier"], "percent", flag=row[f"{side}_flag"])


def _gap(row: pd.Series) -> str:
    about = "about" in (row["district_qualifier"], row["city_qualifier"])
    return difference(row["gap_pp"], about=about)


def _rate(value: float) -> Text:
    return SAYS.no_figure if pd.isna(value) else Text(*[number(value) + "%"] * 2)
