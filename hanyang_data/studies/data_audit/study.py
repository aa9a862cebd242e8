"""What is known, in which vintage, and what is not? The record behind the other studies, laid open for two regions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, ClassVar

import pandas as pd

from hanyang_data.charts.export import Chart
from hanyang_data.record import coverage
from hanyang_data.record.observations import Dataset
from hanyang_data.studies.data_audit import figure as drawing
from hanyang_data.studies.data_audit import findings, record_tables, tables, wanted
from hanyang_data.studies.parts import figure, table
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.study import Held, Study
from hanyang_data.words.wording import Text


class DataAudit(Study):
    """The record of a region and of its comparator; made by :func:`hanyang_data.data_audit`."""

    name: ClassVar[str] = "data_audit"

    @classmethod
    def has_data(cls, held: Held, asked: Mapping[str, Any], dataset: Dataset) -> bool:
        """Whether there is anything to show: outturns of either region."""
        sides = (asked["region"], asked["comparator"])
        return any((side, asked["indicator"], asked["measure"], "outturn") in held for side in sides)

    @cached_property
    def coverage(self) -> pd.DataFrame:
        """The most advanced reading of every indicator and year of the region, as of ``record.coverage``."""
        return self._covered[0]

    @cached_property
    def readings(self) -> pd.DataFrame:
        """Every published reading of the series, indexed by year: value, qualifier, vintage, date, source, ``taken``."""
        return tables.distinct_readings(self._sides[0], self.asked["measure"])

    @cached_property
    def revisions(self) -> pd.DataFrame:
        """First and latest reading of each year that was published more than once, and the revision."""
        return tables.revisions_of(self._sides[0], self.asked["measure"])

    @cached_property
    def conflicts(self) -> pd.DataFrame:
        """Figures of one vintage on which sources differ, in the whole record, and the rule that decided."""
        return coverage.conflicts(self.scope.dataset)

    @cached_property
    def discrepancies(self) -> pd.DataFrame:
        """Figures of the whole record that break an identity, with the reason on record."""
        return record_tables.unfit(self.scope)

    @cached_property
    def not_computed(self) -> pd.DataFrame:
        """The years of each indicator in which no outturn states a number: ``missing, unmeasured``, lists of years."""
        side = self._sides[0]
        return coverage.unknown(side.region, side.years, as_of=side.as_of, dataset=side.dataset)

    def _answer(self) -> Sequence[Text]:
        title = findings.coverage(self._sides[0], self._covered[0])
        found = self._covered, self._revisions, self.asked["measure"], self._totals
        return title, *findings.sentences(self._sides, *found)

    def _used(self) -> Iterator[pd.DataFrame]:
        yield from self._rows

    def _numbers(self) -> Mapping[str, object]:
        regions = [side.region for side in self._sides]
        counts = [findings.counts(table) for table in self._covered]
        return {
            "coverage": dict(zip(regions, counts, strict=True)),
            "revisions": dict(zip(regions, self._revisions, strict=True)),
            "record": self._totals,
        }

    @figure(key=True)
    def _coverage(self) -> Chart | Text:
        return drawing.coverage(self._sides[0], self._covered[0], self._rows[0], size=self.size)

    @table
    def _coverage_table(self) -> pd.DataFrame:
        return tables.coverage_table(self._sides[0], self._covered[0])

    @figure
    def _coverage_comparator(self) -> Chart | Text:
        return drawing.coverage(self._sides[1], self._covered[1], self._rows[1], size=self.size)

    @table
    def _coverage_comparator_table(self) -> pd.DataFrame:
        return tables.coverage_table(self._sides[1], self._covered[1])

    @table(limits=True)
    def _not_known_table(self) -> pd.DataFrame:
        return tables.unknown_table(self._sides[0])

    @table
    def _wanted_table(self) -> pd.DataFrame:
        return wanted.wanted_table(self._sides[0])

    @figure
    def _vintages_comparator(self) -> Chart | Text:
        return self._vintages_of(1)

    @figure
    def _vintages(self) -> Chart | Text:
        return self._vintages_of(0)

    @table
    def _readings_table(self) -> pd.DataFrame:
        return tables.readings_table(self._sides, self.asked["measure"])

    @table
    def _triangle_table(self) -> pd.DataFrame:
        return tables.triangle_table(self._sides, self.asked["measure"])

    @table(key=["region", "indicator", "measure", "year", "first", "latest", "revision"])
    def _revisions_table(self) -> pd.DataFrame:
        return tables.revisions_table(self._sides)

    @table
    def _estimates_table(self) -> pd.DataFrame:
        return tables.estimates_table(self.scope)

    @table
    def _conflicts_table(self) -> pd.DataFrame:
        return record_tables.conflicts_table(self.scope)

    @table
    def _breaks_table(self) -> pd.DataFrame:
        return tables.breaks_table(self._sides)

    @table
    def _corrections_table(self) -> pd.DataFrame:
        return record_tables.corrections_table(self.scope)

    @table
    def _discrepancies_table(self) -> pd.DataFrame:
        return record_tables.discrepancies_table(self.scope, self.discrepancies)

    @table
    def _sums_table(self) -> pd.DataFrame:
        return record_tables.sums_table(self.scope)

    @table
    def _reject_reasons_table(self) -> pd.DataFrame:
        return record_tables.reject_reasons_table(self.scope)

    @table
    def _rejects_table(self) -> pd.DataFrame:
        return record_tables.rejects_table(self.scope)

    @table
    def _implied_bases_table(self) -> pd.DataFrame:
        return tables.implied_table(self._sides)

    @table
    def _rows_by_region_table(self) -> pd.DataFrame:
        return record_tables.counts_table(self.scope)

    @table
    def _rows_by_indicator_table(self) -> pd.DataFrame:
        return record_tables.counts_table(self.scope, "indicator", [side.region for side in self._sides])

    @table
    def _sources_table(self) -> pd.DataFrame:
        return tables.sources_table(self._sides)

    @cached_property
    def _sides(self) -> list[Scope]:
        return [replace(self.scope, comparator=""), replace(self.scope, region=self.scope.comparator, comparator="")]

    @cached_property
    def _covered(self) -> list[pd.DataFrame]:
        return [coverage.coverage(s.region, s.years, as_of=s.as_of, dataset=s.dataset) for s in self._sides]

    @cached_property
    def _rows(self) -> list[pd.DataFrame]:
        return [tables.rows_of(side) for side in self._sides]

    @cached_property
    def _revisions(self) -> list[pd.DataFrame]:
        return [tables.revisions_of(side, self.asked["measure"]) for side in self._sides]

    @cached_property
    def _totals(self) -> dict[str, int]:
        return record_tables.totals(self.scope, self.discrepancies)

    def _vintages_of(self, side: int) -> Chart:
        measure = self.asked["measure"]
        read = tables.distinct_readings(self._sides[side], measure)
        return drawing.vintages(self._sides[side], measure, read, self._revisions[side], size=self.size)


def data_audit(
    region: str = "hanyang",
    comparator: str = "wuhan",
    indicator: str = "gdp",
    *,
    measure: str = "growth",
    start_year: int = 2017,
    end_year: int = 2024,
    as_of: str = "",
    lang: str = "en",
    size: str = "page",
    data_dir: str = "",
) -> DataAudit:
    """The record itself: coverage, every reading of one series, revisions, conflicts, breaks, corrections, and what is missing.

    Args:
        region: id or name of a region.
        comparator: the region set beside it.
        indicator: the series whose readings are shown one by one.
        measure: ``growth`` or ``level``.
        start_year: first year of the window.
        end_year: last year of the window.
        as_of: only what was public on this day, such as ``2021-06-30``; empty for everything.
        lang: ``en`` or ``zh``.
        size: of figures: page, column or slide.
        data_dir: folder of another snapshot; empty for the one of the package.

    Returns:
        A study with the frames ``coverage, readings, revisions, conflicts, discrepancies, not_computed, sources``.

    Raises:
        UnknownIdError: for an unknown region or indicator, with the nearest ids.
        ParameterError: for years, a day or a language that do not exist.
        NoDataError: if neither region has the series.

    Example:
        >>> audit = data_audit("hanyang", "wuhan")
        >>> audit.coverage.loc["gdp", 2023]
        'initial_estimate'
    """
    return DataAudit(Scope.check(dict(locals())), size, measure=measure)
