"""The figure of the trend notebook."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import pandas as pd

from hanyang_data.charts.export import Chart
from hanyang_data.charts.lines import NO_FIGURE, Line, Panel, Path
from hanyang_data.charts.panels import over_years
from hanyang_data.charts.style import colour
from hanyang_data.statistics import shock, trend
from hanyang_data.statistics.trend import TrendResult
from hanyang_data.studies import unprinted
from hanyang_data.studies.captions import caption, series_words, unit_name
from hanyang_data.studies.marks import answers, at_mark, line
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.trend import titles as trend_titles
from hanyang_data.studies.trend.evidence import Instead
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import GROWTH, LEVEL, Measured, Text, amount, listed, number, printed, span, within

SAYS = messages(__name__)

GROWTH_TITLE = SAYS.each("growth_title")
LEVEL_TITLE = SAYS.each("level_title")
Results = Mapping[str, TrendResult]


def growth_and_level(
    scope: Scope,
    growth: pd.DataFrame,
    level: pd.DataFrame,
    *,
    growth_results: Results | None = None,
    level_results: Results | None = None,
    instead: Instead | None = None,
    size: str = "page",
) -> Chart:
    """Growth above, level below, over the years of the scope; what is not comparable or not neighbouring is not joined."""
    basis = str(scope.dataset.indicators.loc[scope.indicator, "growth_basis"])
    unit, empty = unit_name(level), NO_FIGURE.to(scope.lang)
    frames = {GROWTH: growth, LEVEL: level}
    results = {GROWTH: growth_results or {}, LEVEL: level_results or {}}
    shaded = {shock.YEAR: SAYS.shock} if any(shock.YEAR in frame.index for frame in frames.values()) else {}
    titles = {GROWTH: GROWTH_TITLE[basis], LEVEL: LEVEL_TITLE[basis].format(unit=unit)}
    panels = {
        name: Panel(
            titles[name].to(scope.lang),
            [line(scope, frame), *(_instead(scope, instead, "growth" if name is GROWTH else "level") if instead else [])],
            empty,
            from_zero=name is LEVEL,
            breaks={y: label.to(scope.lang) for y, label in scope.breaks(frame.attrs["measure"]).items()},
            paths=[Path(pd.Series(r.line, index=r.years)) for r in drawn_slopes(results[name]).values()],
        )
        for name, frame in frames.items()
    }
    shown = [name for name, frame in frames.items() if frame["value"].notna().any()] or [GROWTH]
    drawn_too = [f for f in (instead or ())[:2] if len(f) and GROWTH in shown]
    implied = [of for name in shown for of in (instead.implied["growth" if name is GROWTH else "level"] if instead else ())]
    first, *second = (titles[name] for name in shown)
    both = SAYS.panels.format(first=first, second=within(second[0])) if second else first
    words = caption(
        scope,
        title=trend_titles.trend(scope, growth, level),
        subtitle=SAYS.subtitle.format(panels=both, start=scope.start_year, end=scope.end_year),
        parts=[
            *unprinted.note(implied),
            *[text for name in shown for text in slope_words(name, frames[name], results[name])],
            *series_words(scope, {name: frames[name] for name in shown}),
            *[SAYS.instead] * bool(drawn_too),
        ],
        frames=[*(frames[name] for name in shown), *drawn_too],
        alt=alt(scope, frames | ({SAYS.target: instead.targets} if instead and len(instead.targets) else {})),
    )
    drawn = [panels[name] for name in shown]
    return over_years(
        drawn if len(drawn) > 1 else [replace(drawn[0], title="")],  # one panel alone is named by the subtitle
        scope.years,
        words,
        size=size,
        shaded={year: name.to(scope.lang) for year, name in shaded.items()},
    )


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


def slope_words(name: Text, frame: pd.DataFrame, results: Results) -> list[Text]:
    """What the thin lines of a panel are: slope, interval and n of each."""
    unit: Measured = "pp_a_year" if name is GROWTH or frame["unit"].eq("percent").all() else "a_year"
    found = [(years, r.theil_sen, trend.places(r.values)) for years, r in drawn_slopes(results).items() if r.theil_sen]
    return [
        SAYS.slope.format(
            what=name,
            years=years,
            n=s.n,
            slope=amount(s.value, unit, decimals=places),
            span=span(s.low, s.high, unit, decimals=places),
        )
        for years, s, places in found
    ]


def alt(scope: Scope, frames: dict[Text, pd.DataFrame]) -> Text:
    """The figure in words, for those who cannot see it: every value drawn."""
    parts = []
    for name, frame in frames.items():
        values = [(y, printed(r["value"], r["qualifier"], r["unit"], flag=r["flag"])) for y, r in frame.iterrows()]
        told = listed((SAYS.alt_year.format(year=year, n=n) for year, n in values), "，")
        parts.append(SAYS.alt_series.format(name=name, values=told))
    names = {"region": scope.region_name, "indicator": within(scope.indicator_name)}
    return SAYS.alt.format(**names, series=listed(parts, ";"))
