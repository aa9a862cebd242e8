"""Were the targets met? One indicator over the years, all targets of a year, other regions, and the five-year plan."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any

import pandas as pd

from hanyang_data.record.observations import Dataset
from hanyang_data.studies import inference
from hanyang_data.studies.frames import plain
from hanyang_data.studies.registry import figure, frame, table
from hanyang_data.studies.scope import HEADLINE, LADDER
from hanyang_data.studies.study import Held, Study
from hanyang_data.studies.target_shortfall import bases, evidence, findings, several, unprinted
from hanyang_data.studies.target_shortfall import figure as drawing
from hanyang_data.studies.target_shortfall import ladder as steps
from hanyang_data.words.wording import Text


class TargetShortfall(Study):
    """Outturns less targets, positive where better than the target; made by :func:`hanyang_data.target_shortfall`."""

    name = "target_shortfall"
    declared = (
        figure("by_indicator", lambda s: drawing.by_indicator(s.scope, s.year, s._in_year, s._growth, size=s.size)),
        table("by_indicator", lambda s: findings.in_year(s.scope, s.year, s._in_year)),
        table("all_targets", lambda s: findings.all_in_year(s.scope, s.year, s._everything)),
        figure(
            "by_year",
            lambda s: drawing.by_year(s.scope, s._study, s._vintages, s._implied, measure=s.asked["measure"], size=s.size),
            key=True,
        ),
        table(
            "by_year",
            lambda s: findings.by_year(s.scope, s._study, s._vintages, s._plan_path),
            key=["year", "target", "revised", "outturn", "error_pp", "error_pct", "bound", "verdict_strict"],
        ),
        table("implied", lambda s: unprinted.table_of(s.scope, s._implied)),
        table("counts", lambda s: unprinted.counts_table(s.scope, s._of_measure, s._implied)),
        table("statistics", lambda s: inference.printed(s.scope, findings.statistics(s.scope.lang, s._study))),
        figure("grid", lambda s: several.grid(s.scope, s._in_year, s._growth, size=s.size), key=True),
        table("not_evaluable", lambda s: findings.not_evaluable(s.scope, s._in_year, s.not_computed), limits=True),
        figure("ladder", lambda s: several.ladder(s.scope, s._ladder_of, size=s.size)),
        table("ladder", lambda s: steps.ladder(s.scope, s._ladder_of)),
        figure("plan", lambda s: drawing.plan(s.scope, s._plan_path, size=s.size)),
        table("plan", lambda s: findings.plan(s.scope, s._plan_path)),
    )

    @classmethod
    def has_data(cls, held: Held, asked: Mapping[str, Any], dataset: Dataset) -> bool:
        """Whether there is anything to show: a target."""
        return (asked["region"], asked["indicator"], asked["measure"], "target") in held

    @frame
    def by_year(self) -> pd.DataFrame:
        """Every year of either side: ``outturn, target_low, target_high, qualifier``, the error (``error_pp`` or ``error_pct``)
        and the verdict under each reading of "about"; against the original target."""
        return self._study.against_original.table

    @frame
    def against_city(self) -> pd.DataFrame:
        """The same against the targets that the city handed down after COVID."""
        return self._study.against_revised.table

    @frame
    def by_indicator(self) -> pd.DataFrame:
        """Every target of :attr:`year`, growth and level: ``indicator, measure``, and the columns of :attr:`by_year`."""
        rows = [
            study.against_original.table.loc[[self.year]].assign(**study.series)
            for study in self._everything
            if self.year in study.against_original.table.index
        ]
        return pd.concat(rows).set_index(["indicator", "measure"]) if rows else pd.DataFrame()

    @frame
    def statistics(self) -> pd.DataFrame:
        """What the years carry, of original and revised targets: ``vintage, statistic, value, unit, low, high, p_value, n``.

        The share of targets met, read strictly, and the mean error, each with a 95% interval, from five years on; its sign-flip
        test from six.
        """
        return findings.statistics("en", self._study)

    @frame
    def implied(self) -> pd.DataFrame:
        """Targets of years whose outturn was not printed, judged by an implied interval: ``verdict`` met, missed or open.

        ``indicator, measure, unit, year, vintage, low, high, promised_pct, verdict, method, source``; empty without
        ``implied``. In no hit rate and no test.
        """
        return plain(unprinted.frame_of(self.scope, self._implied), self.scope.lang)

    @frame
    def ladder(self) -> pd.DataFrame:
        """Targets for growth of several regions by year: ``bar_<region>`` (%, the number to be reached), ``error_<region>`` (pp,
        outturn minus target), ``short_<region>`` (pp missed by; 0 where met, also by a bound), ``highest, missed_most``."""
        return self._ladder_of.table

    @frame
    def plan(self) -> pd.DataFrame:
        """What the level of the five-year plan needs from each level on record, by its year; empty where none is set.

        ``value, unit, vintage`` of the level, ``left`` years, ``nominal_pct`` and ``real_pct`` a year, and ``real_low_pct``,
        ``real_high_pct`` with prices one point faster or slower.
        """
        return pd.concat([self._plan_path.levels[["value", "unit", "vintage"]], self._plan_path.needs], axis="columns")

    @cached_property
    def year(self) -> int:
        """The year of the comparison of indicators."""
        studies = self._in_year.values()  # where no target can be judged, the years with a target count
        judged = [year for study in studies for result in study.results.values() for year in result.judged]
        candidates = judged or [int(year) for study in studies for year in study.original.index]
        return self.scope.year_in_focus(self.asked["focus_year"], candidates)

    @frame
    def not_computed(self) -> pd.DataFrame:
        """What cannot be judged, and why: ``indicator, year, target, wording, outturn, reason``; NaN where nothing is printed."""
        return evidence.not_evaluable(self._in_year, self.scope.lang)

    def _answer(self) -> Sequence[Text]:
        measure, own = self.asked["measure"], self._study
        growth, title = measure == "growth", bases.on_pages(own, findings.shortfall(self.scope, own.against_original, measure))
        if growth and (year := evidence.several_judged(self._growth)):
            also = findings.shortfall_in_year(self.scope, year, self._growth, findings.SAYS.it_too)
            title = findings.SAYS.too.format(finding=title, also=also)
        in_year, ladder = (self.year, self._growth if growth else {}), self._ladder_of if growth else None
        said = [text for text in findings.sentences(self.scope, self._study, in_year, ladder, self._vintages) if text.en]
        implied, decided = unprinted.sentence(self.scope, self._implied)
        place = 0 if decided else 1
        return title, *said[:place], implied, *said[place:]

    def _used(self) -> Iterator[pd.DataFrame]:
        own, readings, path, beside = self._study, self._vintages, self._plan_path, self._ladder_of.studies.values()
        yield from (own.outturns, own.other, own.original, own.revised, readings.first.outturns, readings.latest.outturns)
        yield from (path.levels, path.targets)
        yield from (*(study.outturns for study in beside), *(study.original for study in beside))
        for study in (*self._in_year.values(), *self._everything, *self._growth.values()):
            for year in {self.year, evidence.several_judged(self._growth)}:
                yield from study.rows_in(year)

    def _numbers(self) -> Mapping[str, object]:
        path, readings = self._plan_path, self._vintages
        plan = {"levels": path.levels, "needed": path.needed, "average_pct": path.average_pct}
        return {
            "implied": unprinted.frame_of(self.scope, self._implied), "year": self.year, **self._study.results,
            "latest": readings.latest.against_original, "flips": readings.flips, "ladder": self.ladder,
            "plan": plan | {"deflator_pct": self.asked["deflator_pct"]},
            "all_targets": [{**s.series, **s.results} for s in self._everything],
            "in_year": {id_: s.results for id_, s in self._in_year.items()},
        }  # fmt: skip

    # what frames, tables and figures stand on, each found when it is first asked for

    _study = cached_property(lambda s: evidence.shortfall_of(s.scope, measure=s.asked["measure"]))
    _vintages = cached_property(lambda s: evidence.vintages_of(s.scope, s.asked["measure"]))
    _ladder_of = cached_property(lambda s: steps.target_ladder(s.scope, s.asked["regions"]))
    _plan_path = cached_property(lambda s: evidence.required_path(s.scope, s.asked["deflator_pct"]))
    _in_year = cached_property(lambda s: {id_: evidence.shortfall_of(s.scope, id_) for id_ in s.asked["indicators"]})
    _of_measure = cached_property(
        lambda s: {id_: evidence.shortfall_of(s.scope, id_, measure=s.asked["measure"])
                   for id_ in dict.fromkeys([s.scope.indicator, *s.asked["indicators"]])}
    )  # fmt: skip
    _implied = cached_property(lambda s: unprinted.implied_verdicts(s.scope, s._of_measure) if s.asked["implied"] else [])
    _everything = cached_property(lambda s: evidence.targets_in_year(s.scope, s.year))
    _growth = cached_property(lambda s: evidence.growth_targets(s.scope))


def target_shortfall(
    indicator: str = "gdp", region: str = "hanyang", *, measure: str = "growth", indicators: Sequence[str] = HEADLINE,
    focus_year: int = 0, regions: Sequence[str] = LADDER, deflator_pct: float = 1.0, start_year: int = 2017,
    end_year: int = 2024, vintage: str = "first", as_of: str = "", implied: bool = True, lang: str = "en", size: str = "page",
    data_dir: str = "", dataset: Dataset | None = None,
) -> TargetShortfall:  # fmt: skip
    """Outturns less targets: percentage points for growth, percent of the target for levels; positive is better.

    Args:
        indicator: id or name of an indicator.
        region: id or name of a region.
        measure: ``growth`` or ``level``.
        indicators: those shown together for one year.
        focus_year: that year; 0 takes the latest one with the most targets that can be judged.
        regions: whose targets stand beside it in the ladder.
        deflator_pct: rise of prices assumed for real growth towards a plan's level, % a year.
        start_year, end_year: first and last year of the window.
        vintage: ``first``, what those who set the target were judged on, or ``latest``.
        as_of: only what was public on this day, such as ``2021-06-30``; empty for everything.
        implied: whether to judge targets of years without a printed outturn by what levels imply.
        lang: ``en`` or ``zh``.
        size: of figures: page, column or slide.
        data_dir: folder of another snapshot; empty for the one of the package.
        dataset: another snapshot, such as :func:`hanyang_data.dataset_from_frame` makes.

    Returns:
        A study with the frames ``by_year, against_city, by_indicator, statistics, implied, ladder, plan, not_computed, sources``.

    Raises:
        UnknownIdError: for an unknown region or indicator, with the nearest ids.
        ParameterError: for years, a vintage, a day or a language that do not exist.
        NoDataError: if neither outturns nor targets are on record.

    Example:
        >>> study = target_shortfall("gdp")
        >>> float(study.by_year["error_pp"].loc[2020])
        -15.0
    """
    return TargetShortfall.of(locals())
