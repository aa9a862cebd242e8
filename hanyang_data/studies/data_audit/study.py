"""What is known, in which vintage, and what is not? The record behind the other studies, laid open for two regions."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property

import pandas as pd

from hanyang_data.charts.export import Chart
from hanyang_data.record import coverage, identities
from hanyang_data.record.observations import Dataset
from hanyang_data.studies.data_audit import figure as drawing
from hanyang_data.studies.data_audit import tables, wanted
from hanyang_data.studies.data_audit.tables import listed
from hanyang_data.studies.registry import figure, frame, table
from hanyang_data.studies.study import Study
from hanyang_data.words.wording import Text


class DataAudit(Study):
    """The record of a region and of its comparator; made by :func:`hanyang_data.data_audit`."""

    name = "data_audit"
    declared = (
        figure("coverage", lambda s: drawing.coverage(s._sides[0], s._covered[0], s._rows[0], size=s.size), key=True),
        table("coverage", lambda s: tables.coverage_table(s._sides[0], s._covered[0])),
        figure("coverage_comparator", lambda s: drawing.coverage(s._sides[1], s._covered[1], s._rows[1], size=s.size)),
        table("coverage_comparator", lambda s: tables.coverage_table(s._sides[1], s._covered[1])),
        table("not_known", lambda s: tables.unknown_table(s._sides[0]), limits=True),
        table("wanted", lambda s: wanted.wanted_table(s._sides[0])),
        figure("vintages_comparator", lambda s: s._vintages_of(1)),
        figure("vintages", lambda s: s._vintages_of(0)),
        listed(
            "readings",
            "region year as_printed vintage published_on reliability taken source",
            lambda s: [tables.readings_of(side, s.asked["measure"]) for side in s._sides],
        ),
        table("triangle", lambda s: tables.triangle_table(s._sides, s.asked["measure"])),
        listed(
            "revisions",
            "region indicator measure year first latest revision kind flag first_on latest_on",
            lambda s: tables.revised(s._sides),
        ),
        table("estimates", lambda s: tables.estimates_table(s.scope), key=True),
        listed("conflicts", "region indicator measure period year vintage values sources rule", lambda s: [s.conflicts]),
        listed("breaks", "region indicator first_year label kind link evidence source", lambda s: tables.breaks_of(s._sides)),
        listed(
            "corrections",
            "region indicator measure period year action before after reason source",
            lambda s: [s.scope.dataset.corrections.rename(columns={"reason_en": "reason"})],
        ),
        listed(
            "discrepancies",
            "region indicator measure year check detail reason",
            lambda s: [s.discrepancies.rename(columns={"known": "reason", "known_zh": "reason_zh"})],
        ),
        listed("sums", "indicator year parts bounded sum city difference_pct", lambda s: tables.sums_of(s.scope)),
        listed("reject_reasons", "reason figures", lambda s: [s._rejected.value_counts().rename("figures").reset_index()]),
        table("rejects", lambda s: tables.rejects_table(s.scope)),
        listed(
            "implied_bases", "region indicator year computed unit method route flag source", lambda s: tables.bases_of(s._sides)
        ),
        table("rows_by_region", lambda s: tables.counts_table(s.scope)),
        table("rows_by_indicator", lambda s: tables.counts_table(s.scope, "indicator", [side.region for side in s._sides])),
        listed("sources", "published_on title publisher source rows", lambda s: [tables.texts_of(s.scope, s._rows)]),
    )

    @frame
    def coverage(self) -> pd.DataFrame:
        """The most advanced reading of every indicator and year of the region, as of ``record.coverage``."""
        return self._covered[0]

    @frame
    def readings(self) -> pd.DataFrame:
        """Every published reading of the series, indexed by year: value, qualifier, vintage, date, source, ``taken``."""
        return tables.readings_of(self._sides[0], self.asked["measure"])

    @frame
    def revisions(self) -> pd.DataFrame:
        """First and latest reading of each year that was published anew, and the revision."""
        return self._revisions[0]

    @frame
    def conflicts(self) -> pd.DataFrame:
        """Figures of one vintage on which sources differ, in the whole record, and the rule that decided."""
        return coverage.conflicts(self.scope.dataset)

    @frame
    def discrepancies(self) -> pd.DataFrame:
        """Figures of the whole record that break an identity, with the reason on record."""
        return identities.findings(self.scope.dataset)

    @frame
    def not_computed(self) -> pd.DataFrame:
        """The years of each indicator in which no outturn states a number: ``missing, unmeasured``, lists of years."""
        return coverage.unknown(self.scope.region, self.scope.years, **self.scope.known)

    def _answer(self) -> Sequence[Text]:
        title = drawing.coverage_title(self._sides[0], self._covered[0])
        sides = list(zip(self._sides, self._covered, self._revisions, strict=True))
        return title, *drawing.sentences(sides, self.asked["measure"])

    def _used(self) -> Iterator[pd.DataFrame]:
        yield from self._rows

    def _numbers(self) -> Mapping[str, object]:
        found = list(zip((side.region for side in self._sides), self._covered, self._revisions, strict=True))
        counts = {region: drawing.counts(table) for region, table, _ in found}
        return {"coverage": counts, "revisions": {region: rows for region, _, rows in found}, "record": self._totals}

    # what frames, tables and figures stand on, each found when it is first asked for

    _sides = cached_property(lambda s: [replace(s.scope, region=side, comparator="") for side in s.scope.sides])
    _covered = cached_property(lambda s: [coverage.coverage(s.region, s.years, **s.known) for s in s._sides])
    _rows = cached_property(lambda s: [tables.rows_of(side) for side in s._sides])
    _rejected = property(lambda s: s.scope.dataset.rejects[["reason", "reason_zh"]])
    _revisions = cached_property(lambda s: [tables.revisions_of(side, s.asked["measure"]) for side in s._sides])

    @cached_property
    def _totals(self) -> dict[str, int]:
        """How many rows, texts, conflicts, corrections, discrepancies (and contradictions), rejects the record holds."""
        data = self.scope.dataset
        parts = {"conflicts": self.conflicts, "corrections": data.corrections, "discrepancies": self.discrepancies}
        parts["contradictions"] = self.discrepancies[~self.discrepancies["check"].isin(identities.DATES)]
        texts = {"rows": len(data.printed), "texts": int(data.printed["source_id"].nunique())}
        return texts | {name: len(part) for name, part in (parts | {"rejects": data.rejects}).items()}

    def _vintages_of(self, side: int) -> Chart:
        measure = self.asked["measure"]
        read = tables.distinct_readings(self._sides[side], measure)
        return drawing.vintages(self._sides[side], measure, read, self._revisions[side], size=self.size)


def data_audit(
    region: str = "hanyang", comparator: str = "wuhan", indicator: str = "gdp", *, measure: str = "growth",
    start_year: int = 2017, end_year: int = 2024, as_of: str = "", lang: str = "en", size: str = "page", data_dir: str = "",
    dataset: Dataset | None = None,
) -> DataAudit:  # fmt: skip
    """The record itself: coverage, every reading of one series, revisions, conflicts, breaks, corrections, and what is missing.

    Args:
        region: id or name of a region.
        comparator: the region set beside it.
        indicator: the series whose readings are shown one by one.
        measure: ``growth`` or ``level``.
        start_year, end_year: first and last year of the window.
        as_of: only what was public on this day, such as ``2021-06-30``; empty for everything.
        lang: ``en`` or ``zh``.
        size: of figures: page, column or slide.
        data_dir: folder of another snapshot; empty for the one of the package.
        dataset: another snapshot, such as :func:`hanyang_data.dataset_from_frame` makes.

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
    return DataAudit.of(locals())
