"""How has a series of one region developed? Growth and level, what so few years carry, and what they do not."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from types import MappingProxyType

import pandas as pd

from hanyang_data.charts.export import Chart
from hanyang_data.charts.lines import Line, Path
from hanyang_data.charts.panels import over_years
from hanyang_data.charts.style import colour
from hanyang_data.record.frames import in_years
from hanyang_data.record.observations import Dataset
from hanyang_data.statistics.small_sample import refused
from hanyang_data.statistics.trend import SHOCK, TrendResult, places
from hanyang_data.studies import unprinted
from hanyang_data.studies.captions import caption, of_panels, series_title, series_words, unit_name
from hanyang_data.studies.frames import plain
from hanyang_data.studies.marks import answers, at_mark, line, panel
from hanyang_data.studies.registry import figure, frame, table
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.study import Study
from hanyang_data.studies.tables import MEASURES, headed
from hanyang_data.studies.trend import findings
from hanyang_data.studies.trend.other_figures import Instead, instead_of
from hanyang_data.words import wording
from hanyang_data.words.wording import NO_WORDS, Text, messages, number, within

SAYS = messages(__name__)
Results = Mapping[str, TrendResult]


def growth_and_level(
    scope: Scope, growth: pd.DataFrame, level: pd.DataFrame, *, results: Mapping[str, Results] = MappingProxyType({}),
    instead: Instead | None = None, size: str = "page",
) -> Chart:  # fmt: skip
    """Growth above, level below, over the years of the scope; what is not comparable or not neighbouring is not joined."""
    frames = {"growth": growth, "level": level}
    titles = {measure: series_title(scope, measure, unit_name(frame)) for measure, frame in frames.items()}
    shown = [measure for measure, frame in frames.items() if frame["value"].notna().any()] or ["growth"]
    slopes = {  # of stretches where it says something: its interval holds no zero
        measure: {y: r for y, r in results.get(measure, {}).items() if r.theil_sen and r.theil_sen.low * r.theil_sen.high > 0}
        for measure in shown
    }
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
    implied = [of for measure in shown for of in unprinted.telling(instead.implied[measure] if instead else ())]
    first, *second = (titles[measure] for measure in shown)
    both = SAYS.panels.format(first=first, second=within(second[0])) if second else first
    words = caption(
        scope,
        title=findings.headline(scope, growth, level),
        subtitle=SAYS.subtitle.format(**scope.said, panels=both),
        parts=[
            *unprinted.note([of.level for of in implied]),
            *unprinted.missed_words({of.year: of.missed for of in implied}),
            *(text for measure in shown for text in slope_words(measure, frames[measure], slopes[measure])),
            *series_words(scope, {MEASURES[measure]: frames[measure] for measure in shown}),
            *[SAYS.instead] * bool(drawn_too),
        ],
        frames=[*(frames[measure] for measure in shown), *drawn_too],
        shows=of_panels(panels),
    )
    shaded = {SHOCK: SAYS.shock.to(scope.lang)} if any(SHOCK in frame.index for frame in frames.values()) else {}
    return over_years(panels, scope.years, words, size=size, shaded=shaded)


def _instead(scope: Scope, instead: Instead, measure: str) -> list[Line]:
    """Marks for years without an annual figure: open bands for what is implied, of growth also targets and parts of a year."""
    bands = [of for of in [unprinted.bands(scope, instead.implied[measure])] if len(of.values)]
    if measure != "growth":
        return bands
    targets, parts, _ = instead  # hollow for what was set, small for the part of the year that is printed
    aimed = {int(y): at_mark(row) for y, row in targets.iterrows()}
    heard = {int(y): SAYS["part", r["period"]].format(n=number(r["value"])).to(scope.lang) for y, r in parts.iterrows()}
    kinds = (parts, heard, SAYS.part_year, "part"), (targets, aimed, SAYS.target, "original")  # the small mark lies on top
    return [
        Line(name.to(scope.lang), of["value"], words, colour(scope.region), mark, cuts=frozenset(words), says=answers(scope, of))
        for of, words, name, mark in kinds
        if len(of)
    ] + bands


def slope_words(measure: str, frame: pd.DataFrame, slopes: Results) -> list[Text]:
    """What the thin lines of a panel are: slope, interval and n of each."""
    unit: wording.Measured = "pp_a_year" if measure == "growth" or frame["unit"].eq("percent").all() else "a_year"
    said = []
    for years, result in slopes.items():
        assert result.theil_sen is not None
        found, digits = result.theil_sen, places(result.values)
        slope = wording.amount(found.value, unit, decimals=digits)
        ends = wording.span(found.low, found.high, unit, decimals=digits)
        said.append(SAYS.slope.format(what=MEASURES[measure], years=years, n=found.n, slope=slope, span=ends))
    return said


class Trend(Study):
    """The development of one series; made by :func:`hanyang_data.trend`."""

    name = "trend"
    declared = (
        figure(
            "growth_and_level",
            lambda s: growth_and_level(s.scope, s._growth, s._level, results=s._results, instead=s._instead, size=s.size),
            key=True,
            beside="figures_on_record",
        ),
        table("statistics", lambda s: findings.statistics_table(s.scope, s._results)),
        table("with_and_without_2020", lambda s: findings.shock_table(s.scope, s._shocks)),
        table(
            "figures_on_record",
            lambda s: findings.series_table(s.scope, s._growth, s._level),
            key=["year", "growth_printed", "level_printed", "vintage", "published_on"],
        ),
        table("implied", lambda s: unprinted.table_of(s.scope, s._implied)),
        table("refused", lambda s: headed(s.scope, s.not_computed, findings.REFUSAL_HEADS), limits=True),
    )

    @frame
    def growth(self) -> pd.DataFrame:
        """What was printed of growth, as of :func:`hanyang_data.load`, one row for every year of the window."""
        return in_years(self._growth, self.scope.years)

    @frame
    def level(self) -> pd.DataFrame:
        """What was printed of the level, one row for every year of the window."""
        return in_years(self._level, self.scope.years)

    @frame
    def implied(self) -> pd.DataFrame:
        """What printed figures imply, by year: ``measure`` (growth, level, average), ``unit, first_year, implied, low, high``.

        And ``promised_pct`` (empty of what is computed), ``pairs, method, why`` there is no interval, ``source``. Empty without
        ``implied``. No statistic of this study uses it.
        """
        return plain(unprinted.frame_of(self.scope, self._implied), self.scope.lang)

    @frame
    def statistics(self) -> pd.DataFrame:
        """What the number of observations carries: ``series, segment, statistic, value, unit, low, high, p_value, n``.

        ``unit`` is of value, low and high: percent_a_year of averages, pp_a_year or the unit of the level of slopes, S of a
        rank test; 95% intervals.
        """
        return findings.statistics("en", self._results, self.scope.unit)

    @frame
    def not_computed(self) -> pd.DataFrame:
        """The methods that so few observations do not carry: ``method, lowest`` (from how many on), ``here, reason``."""
        longest = max((result.n for stretches in self._results.values() for result in stretches.values()), default=0)
        lang = self.scope.lang
        rows = [(r.method.to(lang), r.lowest, longest, r.reason.to(lang)) for r in refused(longest).values()]
        return pd.DataFrame(rows, columns=list(findings.REFUSAL_HEADS))

    def _answer(self) -> Sequence[Text]:
        series = self.scope, self._growth, self._level
        results = self._results["growth"] or self._results["level"]
        implied = unprinted.sentence(self.scope, self._implied["growth"])
        return findings.headline(*series), *findings.sentences(*series, results, self._shocks, implied)

    def _used(self) -> Iterator[pd.DataFrame]:
        yield from (self._growth, self._level, *self._instead[:2])

    def _numbers(self) -> Mapping[str, object]:
        return self._results | {"around_2020": self._shocks, "implied": unprinted.frame_of(self.scope, self._implied)}

    # the rows on record alone: what the arithmetic stands on

    _growth = cached_property(lambda s: s.scope.outturns("growth"))
    _level = cached_property(lambda s: s.scope.outturns("level"))
    _instead = cached_property(lambda s: instead_of(s.scope, s._growth, s._implied))
    _implied = cached_property(lambda s: unprinted.implied_in(s.scope) if s.asked["implied"] else unprinted.NONE)

    @cached_property
    def _results(self) -> dict[str, dict[str, TrendResult]]:
        by_segment = findings.trend_by_segment
        return {"growth": by_segment(self._growth, "rate"), "level": by_segment(self._level, "level")}

    _shocks = cached_property(lambda s: findings.shock_by_segment(s._growth))


def trend(
    indicator: str = "gdp", region: str = "hanyang", *, start_year: int = 2017, end_year: int = 2024, vintage: str = "latest",
    as_of: str = "", implied: bool = True, lang: str = "en", size: str = "page", data_dir: str = "",
    dataset: Dataset | None = None,
) -> Trend:  # fmt: skip
    """How a series has developed: growth and level as printed, averages and slopes as far as the years carry them.

    Args:
        indicator: id or name of an indicator, such as ``gdp``.
        region: id or name of a region.
        start_year, end_year: first and last year of the window.
        vintage: ``first`` or ``latest`` reading of each year.
        as_of: only what was public on this day, such as ``2021-06-30``; empty for everything.
        implied: whether to show what printed figures imply for years that were not printed, apart from those that were.
        lang: ``en`` or ``zh``.
        size: of figures: page, column or slide.
        data_dir: folder of another snapshot; empty for the one of the package.
        dataset: another snapshot, such as :func:`hanyang_data.dataset_from_frame` makes.

    Returns:
        A study with the frames ``growth, level, implied, statistics, not_computed, sources``.

    Raises:
        UnknownIdError: for an unknown region or indicator, with the nearest ids.
        ParameterError: for years, a vintage, a day or a language that do not exist.
        NoDataError: if nothing is on record, naming the years that are.

    Example:
        >>> study = trend("gdp", "wuhan")
        >>> float(study.growth["value"].loc[2020])
        -4.7
        >>> study.figures
        ['growth_and_level']
    """
    return Trend.of(locals())
