"""Did the district grow faster than its city? Year by year, on several indicators, beside other districts, and by sector."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

import pandas as pd

from hanyang_data.record.observations import Dataset
from hanyang_data.statistics.gap import MARGIN_PP
from hanyang_data.studies import inference
from hanyang_data.studies.frames import plain
from hanyang_data.studies.growth_gap import evidence, findings, intervals, sectors, waterfall
from hanyang_data.studies.growth_gap import figure as drawing
from hanyang_data.studies.growth_gap.intervals import GapInterval
from hanyang_data.studies.registry import figure, frame, table
from hanyang_data.studies.scope import HEADLINE
from hanyang_data.studies.study import Study
from hanyang_data.words.wording import Text


class GrowthGap(Study):
    """Growth of a region less that of its comparator; made by :func:`hanyang_data.growth_gap`."""

    name = "growth_gap"
    declared = (
        figure("share_of_city", lambda s: drawing.share_of_city(s.scope, s.share_of_city, size=s.size)),
        table("share_of_city", lambda s: findings.share_of_city(s.scope, s.share_of_city)),
        table("per_head", lambda s: findings.per_head(s.scope, s.per_head)),
        figure("by_year", lambda s: drawing.by_year(s.scope, s._pair, s._intervals, size=s.size), key=True),
        table(
            "by_year",
            lambda s: findings.years_table(s.scope, s.yearly, s._results),
            key=["year", "district_pct", "city_pct", "vintage", "gap_pp", "bound", "later", "blank"],
        ),
        table("intervals", lambda s: intervals.table_of(s.scope, s._intervals)),
        table("counts", lambda s: intervals.counts_table(s.scope, s.by_region, {id_: s._intervals_of(id_) for id_ in s._asked})),
        figure("cumulative", lambda s: drawing.cumulative(s.scope, s._pair, s._results, size=s.size)),
        table("statistics", lambda s: inference.printed(s.scope, findings.statistics(s.scope.lang, s._results))),
        table("shares", lambda s: findings.shares_table(s.scope, s._share, s._results)),
        figure(
            "by_indicator",
            lambda s: drawing.by_indicator(s.scope, s.year, s.by_indicator, s._rows_in_year, size=s.size),
            key=True,
        ),
        table("by_indicator", lambda s: findings.indicators_in_year(s.scope, s.by_indicator)),
        table("by_region", lambda s: findings.regions_table(s.scope, s.by_region)),
        table("by_region_and_indicator", lambda s: findings.regions_table(s.scope, s.by_region, s.year)),
        figure("by_sector", lambda s: waterfall.waterfall(s.scope, s._sectors, s._between, measured=s._measured, size=s.size)),
        table("by_sector", lambda s: waterfall.attribution_table(s.scope, s._sectors, s._between)),
    )

    @frame
    def yearly(self) -> pd.DataFrame:
        """Both sides in readings of the same kind, and the gap, in every year of the window.

        ``district_pct, city_pct, gap_pp, within_rounding`` (empty without a gap), ``blank`` (why there is none),
        ``district_vintage, city_vintage``: where the district has an estimate alone, the city's estimate stands beside it.
        """
        return evidence.by_year(self.scope)

    @frame
    def cumulative(self) -> pd.DataFrame:
        """The growth index of the district over the city's, in every run of two comparable years or more.

        ``relative_index`` with ``low`` and ``high``, what its wording allows, and ``base_year``, in which it is 100: indices of
        two bases do not compare.
        """
        return evidence.chains(self._results)

    @frame
    def statistics(self) -> pd.DataFrame:
        """What the years carry, by stretch between breaks: ``segment, statistic, value, unit, low, high, p_value, n``.

        The mean gap (pp, 95% interval) and the lowest and highest with one year left out, from five years on; its sign-flip test
        from six.
        """
        return findings.statistics("en", self._results)

    @frame
    def by_indicator(self) -> pd.DataFrame:
        """Several indicators in one year, indexed by their ids: both sides, ``gap_pp`` and ``blank``, why there is none."""
        return evidence.gaps_in_year(self.scope, self.asked["indicators"], self.year)

    @frame
    def by_region(self) -> pd.DataFrame:
        """One row per region, indicator and year: ``gap_pp, within_rounding, about, blank``."""
        return evidence.gaps_of(self.scope, self.asked["regions"] or evidence.regions_inside(self.scope), self._asked)

    @frame
    def by_sector(self) -> pd.DataFrame:
        """What each sector adds to GDP growth: ``region, year, sector``, its ``weight_pct, growth_pct, contribution_pp``.

        ``weights``: ``printed`` or ``implied``, which do not compare from year to year.
        """
        parts = {
            (region, year): study.parts.table.assign(weights=study.weights)
            for region, years in self._sectors.items()
            for year, study in years.items()
        }
        return pd.concat(parts, names=["region", "year", "sector"]) if parts else pd.DataFrame()

    @frame
    def share_of_city(self) -> pd.DataFrame:
        """The region's share of the comparator, % of nominal levels: ``indicator, year, share_pct, unlike, since``."""
        return evidence.shares_of(self.scope, self._asked)

    @frame
    def per_head(self) -> pd.DataFrame:
        """GDP per head by year: ``district_cny, city_cny, ratio_pct`` (of the city's), ``source``: the ids of the four texts."""
        return evidence.per_head(self.scope)

    @frame
    def intervals(self) -> pd.DataFrame:
        """Gaps that are known as an interval alone: ``kind, low_pp, high_pp, promised_pct, sign``; in no count, mean or test.

        ``kind`` is ``implied`` where a side was not printed (empty without ``implied``), ``estimate`` where an estimate stands
        beside a measured figure.
        """
        return plain(intervals.frame_of(self._intervals), self.scope.lang)

    @cached_property
    def year(self) -> int:
        """The year of the comparison of indicators."""
        gaps = evidence.gaps_of(self.scope, [self.scope.region], self.asked["indicators"]).dropna(subset="gap_pp")
        return self.scope.year_in_focus(self.asked["focus_year"], gaps["year"].tolist())

    @frame
    def not_computed(self) -> pd.DataFrame:
        """The years without a gap, and why: a side has no figure, a bound or a wording, or the two are not alike."""
        reasons = self.yearly["blank"].map(lambda code: findings.why(self.scope, code))
        return reasons[reasons != ""].rename("reason").to_frame()

    def _answer(self) -> Sequence[Text]:
        about, bounds = evidence.about_years(*self._pair), evidence.gap_bounds(*self._pair)
        told = findings.sentences(self.scope, self.year, self.by_indicator, self._results, self.yearly["blank"])
        finding, interval = findings.gap(self.scope, self.yearly, about, bounds), intervals.sentence(self.scope, self._intervals)
        decided = any(gap.sign != "unknown" for gap in self._intervals)
        return finding, *[text for text in ((interval, *told) if decided else (*told, interval)) if text.en]

    def _used(self) -> Iterator[pd.DataFrame]:
        weights = pd.DataFrame({"indicator": self.scope.indicator, "year": () if self._share is None else self._share.index})
        yield from (*self._pair, self._rows_in_year)
        yield from (evidence.rows_behind(self.scope, shares, "level") for shares in (self.share_of_city, weights))
        yield evidence.rows_behind(self.scope, self.by_region.dropna(subset="gap_pp"), "growth")
        yield from (study.rows for years in self._sectors.values() for study in years.values())

    def _numbers(self) -> Mapping[str, object]:
        return {
            "gap": self._results, "share_of_city": self.share_of_city, "year": self.year, "pairs": self.by_indicator,
            "gaps": self.by_region, "intervals": intervals.frame_of(self._intervals),
            "sectors": self._sectors, "measured": self._measured, "between": self._between,
        }  # fmt: skip

    @property
    def _asked(self) -> list[str]:
        return list(dict.fromkeys([self.scope.indicator, *self.asked["indicators"]]))

    # what frames, tables and figures stand on, each found when it is first asked for

    _pair = cached_property(lambda s: s.scope.pair())
    _share = cached_property(lambda s: evidence.shares(s.scope))
    _results = cached_property(lambda s: evidence.gap_by_segment(s.scope, share=s._share, margin=s.asked["margin_pp"]))
    _intervals = cached_property(lambda s: s._intervals_of(s.scope.indicator))

    def _intervals_of(self, indicator: str) -> list[GapInterval]:
        found = intervals.gap_intervals(self.scope, indicator)
        return [gap for gap in found if self.asked["implied"] or gap.kind == "estimate"]

    _rows_in_year = cached_property(
        lambda s: evidence.rows_behind(s.scope, pd.DataFrame({"indicator": s.asked["indicators"], "year": s.year}), "growth")
    )
    _sectors = cached_property(lambda s: sectors.of_both(s.scope))
    _between = cached_property(lambda s: sectors.attributed(*s._sectors.values()))
    _measured = cached_property(
        lambda s: sectors.measured_of(s.scope, s._sectors[s.scope.region]) if s.scope.indicator == "gdp" else []
    )


def growth_gap(
    indicator: str = "gdp", region: str = "hanyang", comparator: str = "wuhan", *, indicators: Sequence[str] = HEADLINE,
    regions: Sequence[str] = (), margin_pp: float = MARGIN_PP, focus_year: int = 0, start_year: int = 2017,
    end_year: int = 2024, vintage: str = "latest", as_of: str = "", implied: bool = True, lang: str = "en", size: str = "page",
    data_dir: str = "", dataset: Dataset | None = None,
) -> GrowthGap:  # fmt: skip
    """Growth of a region less that of its comparator, in percentage points.

    Args:
        indicator: the one of the yearly comparison, by id or name.
        region: the region studied.
        comparator: usually the city that contains it.
        indicators: those compared in one year.
        regions: districts set beside one another; by default all that the comparator contains and that have growth on record.
        margin_pp: a mean gap smaller than this would not matter; stated before looking.
        focus_year: the year of the comparison of indicators; 0 takes the latest one with the most common figures.
        start_year, end_year: first and last year of the window.
        vintage: ``first`` or ``latest`` reading of each year.
        as_of: only what was public on this day, such as ``2021-06-30``; empty for everything.
        implied: whether to show what levels imply for a side whose growth was not printed.
        lang: ``en`` or ``zh``.
        size: of figures: page, column or slide.
        data_dir: folder of another snapshot; empty for the one of the package.
        dataset: another snapshot, such as :func:`hanyang_data.dataset_from_frame` makes.

    Returns:
        A study with the frames ``yearly, cumulative, statistics, by_indicator, by_region, intervals, by_sector, share_of_city,
        per_head, not_computed, sources``.

    Raises:
        UnknownIdError: for an unknown region or indicator, with the nearest ids.
        ParameterError: for years, a vintage, a day or a language that do not exist.
        NoDataError: if a side has nothing on record, naming the years that are.

    Example:
        >>> gap = growth_gap("gdp")
        >>> round(float(gap.yearly["gap_pp"].loc[2020]), 1)
        -3.3
    """
    return GrowthGap.of(locals())
