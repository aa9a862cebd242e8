"""The figure of the chained gap: the relative index with what rounding allows, and the yearly gaps below it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from hanyang_data.charts.export import Chart
from hanyang_data.charts.lines import NO_FIGURE, Line, Panel
from hanyang_data.charts.panels import over_years
from hanyang_data.charts.style import colour
from hanyang_data.statistics.gap import GapResult
from hanyang_data.studies.captions import COMPUTED, caption, series_words
from hanyang_data.studies.growth_gap import findings as findings_gap
from hanyang_data.studies.growth_gap.evidence import unlike_words
from hanyang_data.studies.growth_gap.figure import CONTAINS, GAP_PANEL, ROUNDING, gap_bars
from hanyang_data.studies.growth_gap.yearly import about_years
from hanyang_data.studies.scope import Scope
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import Text, listed, number

SAYS = messages(__name__)


def index_and_gaps(
    scope: Scope, results: Mapping[str, GapResult], district: pd.DataFrame, city: pd.DataFrame, *, size: str = "page"
) -> Chart | Text:
    """Every run of at least two comparable years as a line from 100 on, and the gaps of all years as bars below."""
    runs = [result for result in results.values() if len(result.cumulative_pct) > 1]
    if not runs:
        return findings_gap.unchained(scope)
    a, b = scope.region_name, scope.comparator_name
    gaps = pd.concat([result.yearly["gap_pp"].dropna() for result in results.values()])
    used = [frame[frame.index.isin(gaps.index)] for frame in (district, city)]
    for part, frame in zip(used, (district, city), strict=True):
        part.attrs.update(frame.attrs)
    inside = scope.dataset.regions.loc[scope.region, "part_of"] == scope.comparator
    extra = [ROUNDING, SAYS.runs, COMPUTED, *[CONTAINS.format(a=a, b=b)] * bool(inside)]
    words = caption(
        scope,
        title=findings_gap.chained(scope, runs[-1]),
        subtitle=SAYS.subtitle.format(a=a, b=b, start=scope.start_year, end=scope.end_year),
        parts=[SAYS.band_note, *unlike_words(district, city), *series_words(scope, {a: district, b: city}), *extra],
        frames=used,
        alt=_alt(scope, runs),
    )
    cuts = {y: t.to(scope.lang) for y, t in sorted((scope.breaks() | scope.breaks(region=scope.comparator)).items())}
    titles = [title.format(a=a, b=b).to(scope.lang) for title in (SAYS.index_panel, GAP_PANEL)]
    panels = [
        Panel(titles[0], [_run(scope, run) for run in runs], NO_FIGURE.to(scope.lang), rule=100.0, breaks=cuts),
        Panel(titles[1], [gap_bars(gaps, about_years(*used))], NO_FIGURE.to(scope.lang), breaks=cuts),
    ]
    first = min(scope.start_year, *(int(run.chain.index[0]) for run in runs))
    return over_years(panels, range(first, scope.end_year + 1), words, size=size)


def _run(scope: Scope, run: GapResult) -> Line:
    """The index of a run of years from 100 on, with what it may lie between, and the end in words."""
    chain = run.chain
    band, last = run.rounding_band_pp, float(run.cumulative_pct.iloc[-1])
    gap, low, high = (number(v, 1, sign=True) for v in (last, *(band or (last, last))))
    index = {int(y): number(v, 1) for y, v in chain["relative_index"].items()}
    base, end = int(chain.index[0]), int(chain.index[-1])
    return Line(
        "",
        chain["relative_index"],
        {end: SAYS.end.format(gap=gap, low=low, high=high).to(scope.lang)},
        colour(scope.region),
        spans={int(y): (row["low"], row["high"]) for y, row in chain.iterrows()},
        hollow=frozenset({base}),
        says={y: SAYS.at.format(year=y, n=n).to(scope.lang) for y, n in index.items()},
    )


def _alt(scope: Scope, runs: list[GapResult]) -> Text:
    parts = [SAYS.at.format(year=year, n=number(value, 1)) for run in runs for year, value in run.chain["relative_index"].items()]
    return SAYS.alt.format(a=scope.region_name, b=scope.comparator_name, listed=listed(parts, ";"))
