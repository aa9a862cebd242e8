"""How has a series of one region developed? Growth and level, what so few years carry, and what they do not."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import ClassVar

import pandas as pd

from hanyang_data.record.frames import in_years
from hanyang_data.statistics.small_sample import refused
from hanyang_data.statistics.trend import TrendResult
from hanyang_data.studies import unprinted
from hanyang_data.studies.parts import figure, table
from hanyang_data.studies.study import Study
from hanyang_data.studies.tables import headed
from hanyang_data.studies.trend import evidence
from hanyang_data.studies.trend import figure as drawing
from hanyang_data.words.wording import Text


class Trend(Study):
    """The development of one series; made by :func:`hanyang_data.trend`."""

    name: ClassVar[str] = "trend"
    declared = (
        figure(
            "growth_and_level",
            lambda s: drawing.growth_and_level(s.scope, s._growth, s._level, results=s._results, instead=s._instead, size=s.size),
            key=True,
            beside="figures_on_record",
        ),
        table(
            "statistics", lambda s: headed(s.scope, evidence.statistics(s.scope.lang, s._results), evidence.HEADS, sparse=True)
        ),
        table("with_and_without_2020", lambda s: evidence.shock_table(s.scope, s._shocks)),
        table(
            "figures_on_record",
            lambda s: evidence.series_table(s.scope, s._growth, s._level),
            key=["year", "growth_printed", "level_printed", "vintage", "published_on"],
        ),
        table("implied", lambda s: unprinted.table_of(s.scope, s._implied)),
        table("refused", lambda s: headed(s.scope, s.not_computed, evidence.REFUSAL_HEADS), limits=True),
    )

    @cached_property
    def growth(self) -> pd.DataFrame:
        """What was printed of growth, as of :func:`hanyang_data.load`, one row for every year of the window."""
        return in_years(self._growth, self.scope.years)

    @cached_property
    def level(self) -> pd.DataFrame:
        """What was printed of the level, one row for every year of the window."""
        return in_years(self._level, self.scope.years)

    @cached_property
    def implied(self) -> pd.DataFrame:
        """What printed figures imply for other years: ``measure, implied, low, high, promised_pct, pairs, method, why, source``.

        Empty without ``implied``. No statistic of this study uses it.
        """
        return unprinted.frame_of(self._implied)

    @cached_property
    def statistics(self) -> pd.DataFrame:
        """What the number of observations carries: ``series, segment, statistic, value, low, high, p_value, n``.

        ``value`` is in % a year for averages, in the unit of the series a year for slopes; 95% intervals.
        """
        return evidence.statistics("en", self._results)

    @cached_property
    def not_computed(self) -> pd.DataFrame:
        """The methods that so few observations do not carry: ``method, lowest`` (from how many on), ``here, reason``."""
        longest = max((result.n for stretches in self._results.values() for result in stretches.values()), default=0)
        lang = self.scope.lang
        rows = [(r.method.to(lang), r.lowest, longest, r.reason.to(lang)) for r in refused(longest).values()]
        return pd.DataFrame(rows, columns=list(evidence.REFUSAL_HEADS))

    def _answer(self) -> Sequence[Text]:
        series = self.scope, self._growth, self._level
        results = self._results["growth"] or self._results["level"]
        implied = unprinted.sentence(self.scope, self._implied["growth"])
        return drawing.headline(*series), *drawing.sentences(*series, results, self._shocks, implied)

    def _used(self) -> Iterator[pd.DataFrame]:
        yield from (self._growth, self._level, *self._instead[:2])

    def _numbers(self) -> Mapping[str, object]:
        return self._results | {"around_2020": self._shocks, "implied": self.implied}

    # the rows on record alone: what the arithmetic stands on

    _growth = cached_property(lambda s: s.scope.outturns("growth"))
    _level = cached_property(lambda s: s.scope.outturns("level"))
    _instead = cached_property(lambda s: evidence.instead_of(s.scope, s._growth, s._implied))
    _implied = cached_property(lambda s: unprinted.implied_in(s.scope) if s.asked["implied"] else unprinted.NONE)

    @cached_property
    def _results(self) -> dict[str, dict[str, TrendResult]]:
        by_segment = evidence.trend_by_segment
        return {"growth": by_segment(self._growth, "rate"), "level": by_segment(self._level, "level")}

    _shocks = cached_property(lambda s: evidence.shock_by_segment(s._growth))


def trend(
    indicator: str = "gdp", region: str = "hanyang", *, start_year: int = 2017, end_year: int = 2024, vintage: str = "latest",
    as_of: str = "", implied: bool = True, lang: str = "en", size: str = "page", data_dir: str = "",
) -> Trend:  # fmt: skip
    """How a series has developed: growth and level as printed, averages and slopes as far as the years carry them.

    Args:
        indicator: id or name of an indicator, such as ``gdp``.
        region: id or name of a region.
        start_year: first year of the window.
        end_year: last year of the window.
        vintage: ``first`` or ``latest`` reading of each year.
        as_of: only what was public on this day, such as ``2021-06-30``; empty for everything.
        implied: whether to show what printed figures imply for years that were not printed, apart from those that were.
        lang: ``en`` or ``zh``.
        size: of figures: page, column or slide.
        data_dir: folder of another snapshot; empty for the one of the package.

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
