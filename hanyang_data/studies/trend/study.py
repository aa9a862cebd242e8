"""How has a series of one region developed? Growth and level, what so few years carry, and what they do not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import ClassVar

import pandas as pd

from hanyang_data.charts.export import Chart
from hanyang_data.record.frames import in_years
from hanyang_data.statistics.shock import ShockResult
from hanyang_data.statistics.trend import TrendResult
from hanyang_data.studies import unprinted
from hanyang_data.studies.implied import Implied
from hanyang_data.studies.parts import figure, table
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.study import Study
from hanyang_data.studies.tables import series_table
from hanyang_data.studies.trend import evidence as trends
from hanyang_data.studies.trend import figure as drawing
from hanyang_data.studies.trend import tables
from hanyang_data.studies.trend import titles as trend_titles
from hanyang_data.words.wording import Text


class Trend(Study):
    """The development of one series; made by :func:`hanyang_data.trend`."""

    name: ClassVar[str] = "trend"

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
        return tables.statistics(growth=self._growth_results, level=self._level_results)

    @cached_property
    def not_computed(self) -> pd.DataFrame:
        """The methods that so few observations do not carry: ``method, lowest`` (from how many on), ``here, reason``."""
        return tables.refusals(self._longest, self.scope.lang)

    def _answer(self) -> Sequence[Text]:
        series = self.scope, self._growth, self._level
        results = self._growth_results or self._level_results
        implied = unprinted.sentence(self.scope, self._implied["growth"])
        return trend_titles.trend(*series), *trend_titles.sentences(*series, results, self._shocks, implied)

    def _used(self) -> Iterator[pd.DataFrame]:
        yield from (self._growth, self._level, *self._instead[:2])

    def _numbers(self) -> Mapping[str, object]:
        printed = {"growth": self._growth_results, "level": self._level_results, "around_2020": self._shocks}
        return printed | {"implied": self.implied}

    @figure(key=True, beside="figures_on_record")
    def _growth_and_level(self) -> Chart | Text:
        return drawing.growth_and_level(
            self.scope,
            self._growth,
            self._level,
            instead=self._instead,
            growth_results=self._growth_results,
            level_results=self._level_results,
            size=self.size,
        )

    @table
    def _statistics_table(self) -> pd.DataFrame:
        return tables.statistics_table(self.scope, growth=self._growth_results, level=self._level_results)

    @table
    def _with_and_without_2020_table(self) -> pd.DataFrame:
        return tables.shock_table(self.scope, self._shocks)

    @table(key=["year", "growth_printed", "level_printed", "vintage", "published_on"])
    def _figures_on_record_table(self) -> pd.DataFrame:
        return series_table(self.scope, self._growth, self._level)

    @table
    def _implied_table(self) -> pd.DataFrame:
        return unprinted.table_of(self.scope, self._implied)

    @table(limits=True)
    def _refused_table(self) -> pd.DataFrame:
        return tables.refusals_table(self.scope, self._longest)

    # the rows on record alone: what the arithmetic stands on

    @cached_property
    def _growth(self) -> pd.DataFrame:
        return self.scope.outturns("growth")

    @cached_property
    def _level(self) -> pd.DataFrame:
        return self.scope.outturns("level")

    @cached_property
    def _instead(self) -> trends.Instead:
        return trends.instead_of(self.scope, self._growth, self._implied)

    @cached_property
    def _implied(self) -> dict[str, list[Implied]]:
        return unprinted.implied_in(self.scope) if self.asked["implied"] else unprinted.NONE

    @cached_property
    def _growth_results(self) -> dict[str, TrendResult]:
        return trends.trend_by_segment(self._growth, "rate")

    @cached_property
    def _level_results(self) -> dict[str, TrendResult]:
        return trends.trend_by_segment(self._level, "level")

    @cached_property
    def _shocks(self) -> dict[str, ShockResult]:
        return trends.shock_by_segment(self._growth)

    @property
    def _longest(self) -> int:
        return trends.longest(self._growth_results, self._level_results)


def trend(
    indicator: str = "gdp",
    region: str = "hanyang",
    *,
    start_year: int = 2017,
    end_year: int = 2024,
    vintage: str = "latest",
    as_of: str = "",
    implied: bool = True,
    lang: str = "en",
    size: str = "page",
    data_dir: str = "",
) -> Trend:
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
    return Trend(Scope.check(dict(locals())), size, implied=implied)
