"""The figure of the trend notebook."""

from collections.abc import Mapping
from types import MappingProxyType

import pandas as pd

from hanyang_data.charts.export import Chart
from hanyang_data.charts.lines import Line, Path
from hanyang_data.charts.panels import over_years
from hanyang_data.charts.style import colour
from hanyang_data.statistics import shock, trend
from hanyang_data.statistics.trend import TrendResult
from hanyang_data.studies import unprinted
from hanyang_data.studies.captions import caption, of_panels, series_words, unit_name
from hanyang_data.studies.marks import answers, at_mark, line, panel
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.tables import MEASURES
from hanyang_data.studies.trend import findings
from hanyang_data.studies.trend.evidence import Instead
from hanyang_data.words.wording import NO_WORDS, Measured, Text, amount, messages, number, span, within

SAYS = messages(__name__)

GROWTH_TITLE, LEVEL_TITLE = SAYS.each("growth_title"), SAYS.each("level_title")
Results = Mapping[str, TrendResult]


def growth_and_level(
    scope: Scope,
    growth: pd.DataFrame,
    level: pd.DataFrame,
    *,
    results: Mapping[str, Results] = MappingProxyType({}),
    instead: Instead | None = None,
    size: str = "page",
) -> Chart:
    """Growth above, level below, over the years of the scope; what is not comparable or not neighbouring is not joined."""
    frames = {"growth": growth, "level": level}
    titles = {"growth": GROWTH_TITLE[scope.basis], "level": LEVEL_TITLE[scope.basis].format(unit=unit_name(level))}
    shown = [measure for measure, frame in frames.items() if frame["value"].notna().any()] or ["growth"]
    slopes = {measure: drawn_slopes(results.get(measure, {})) for measure in shown}
    panels = [
        panel(
            scope,
            titles[measure] if len(shown) > 1 else NO_WORDS,  # one panel alone is named by the subtitle
            [line(scope, frames[measure]), *(_instead(scope, instead, measure) if instead else [])],
            measure,
            from_zero=measure == "level",
            paths=[Path(pd.Series(r.line, index=r.years)) for r in slopes[measure].values()],
        )
        for measure in shown
    ]
    drawn_too = [f for f in (instead or ())[:2] if len(f) and "growth" in shown]
    implied = [of for measure in shown for of in (instead.implied[measure] if instead else ()) if of.interval]
    first, *second = (titles[measure] for measure in shown)
    both = SAYS.panels.format(first=first, second=within(second[0])) if second else first
    words = caption(
        scope,
        title=findings.trend(scope, growth, level),
        subtitle=SAYS.subtitle.format(panels=both, start=scope.start_year, end=scope.end_year),
        parts=[
            *unprinted.note([of.level for of in implied]),
            *(text for measure in shown for text in slope_words(measure, frames[measure], slopes[measure])),
            *series_words(scope, {MEASURES[measure]: frames[measure] for measure in shown}),
            *[SAYS.instead] * bool(drawn_too),
        ],
        frames=[*(frames[measure] for measure in shown), *drawn_too],
        shows=of_panels(panels),
    )
    shaded = {shock.YEAR: SAYS.shock.to(scope.lang)} if any(shock.YEAR in frame.index for frame in frames.values()) else {}
    return over_years(panels, scope.years, words, size=size, shaded=shaded)


def _instead(scope: Scope, instead: Instead, measure: str) -> list[Line]:
    """Marks for years without an annual figure: open bands for what is implied, of growth also targets and parts of a year."""
    bands = unprinted.bands(scope, instead.implied[measure])
    return [of for of in (*(_set(scope, instead) if measure == "growth" else []), bands) if len(of.values)]


def _set(scope: Scope, instead: Instead) -> list[Line]:
    """Hollow for what was set, small for the part of the year that is printed."""
    targets, parts, _ = instead
    aimed = {int(y): at_mark(row) for y, row in targets.iterrows()}
    heard = {int(y): SAYS["part", r["period"]].format(n=number(r["value"])).to(scope.lang) for y, r in parts.iterrows()}
    tone = colour(scope.region)
    says = [answers(scope, frame) for frame in (parts, targets)]
    return [  # the small mark first: it lies on top of the hollow one
        Line(SAYS.part_year.to(scope.lang), parts["value"], heard, tone, "part", cuts=frozenset(heard), says=says[0]),
        Line(SAYS.target.to(scope.lang), targets["value"], aimed, tone, "original", cuts=frozenset(aimed), says=says[1]),
    ]


def drawn_slopes(results: Results) -> dict[str, TrendResult]:
    """The stretches whose slope says something: its interval holds no zero."""
    return {y: r for y, r in results.items() if r.line and r.theil_sen and r.theil_sen.low * r.theil_sen.high > 0}


def slope_words(measure: str, frame: pd.DataFrame, slopes: Results) -> list[Text]:
    """What the thin lines of a panel are: slope, interval and n of each."""
    unit: Measured = "pp_a_year" if measure == "growth" or frame["unit"].eq("percent").all() else "a_year"
    said = []
    for years, result in slopes.items():
        assert result.theil_sen is not None
        found, digits = result.theil_sen, trend.places(result.values)
        told = {"slope": amount(found.value, unit, decimals=digits), "span": span(found.low, found.high, unit, decimals=digits)}
        said.append(SAYS.slope.format(what=MEASURES[measure], years=years, n=found.n, **told))
    return said
