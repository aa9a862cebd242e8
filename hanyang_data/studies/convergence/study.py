"""Do the districts with the lower level grow faster? Growth of one year over the level of the year before."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any, ClassVar

import pandas as pd

from hanyang_data.record.frames import stated
from hanyang_data.record.observations import Dataset
from hanyang_data.statistics.convergence import ConvergenceResult, analyse
from hanyang_data.studies.convergence import figure as drawing
from hanyang_data.studies.parts import figure, table
from hanyang_data.studies.study import Held, Study
from hanyang_data.studies.tables import headed
from hanyang_data.words.wording import Text, messages

SAYS = messages(__name__)


class Convergence(Study):
    """Level and growth of the districts of a city; made by :func:`hanyang_data.convergence`."""

    name: ClassVar[str] = "convergence"
    declared = (
        figure("scatter", lambda s: drawing.scatter(s.scope, s.year, s._found, s._rows, size=s.size), key=True),
        table("districts", lambda s: s._headed(s.districts), key=True),
        table("left_out", lambda s: s._headed(s.not_computed), limits=True),
    )

    @classmethod
    def has_data(cls, held: Held, asked: Mapping[str, Any], dataset: Dataset) -> bool:
        """Whether there is anything to show: level and growth of two districts of the region."""
        inside = dataset.regions.index[dataset.regions["part_of"] == asked["region"]]
        sides = [(asked["indicator"], measure, "outturn") for measure in ("level", "growth")]
        return sum(all((region, *side) in held for side in sides) for region in inside) > 1

    @cached_property
    def year(self) -> int:
        """The year of growth: the one asked for, else the latest with the most districts."""
        if self.asked["focus_year"]:
            return int(self.asked["focus_year"])
        counts = {year: analyse(*self._both(year)).n for year in self.scope.years}
        return max(counts, key=lambda year: (counts[year], year))

    @cached_property
    def districts(self) -> pd.DataFrame:
        """One row a district, the lowest level first: ``level`` of the year before, ``growth_pct``."""
        return self._found.table

    @cached_property
    def not_computed(self) -> pd.DataFrame:
        """The districts without both figures, and the years they have."""
        left = [region for region in self._frames if region not in self.districts.index]
        rows = [
            {"region": region} | {f"{m}_years": [int(y) for y in stated(f).index] for m, f in self._frames[region].items()}
            for region in left
        ]
        return pd.DataFrame(rows, columns=["region", "growth_years", "level_years"]).set_index("region")

    def _answer(self) -> Sequence[Text]:
        title = drawing.headline(self.scope, self.year, self._found)
        return title, *drawing.sentences(self.scope, self._found, len(self.not_computed))

    def _used(self) -> Iterator[pd.DataFrame]:
        yield self._rows

    def _numbers(self) -> Mapping[str, object]:
        return {"year": self.year, "convergence": self._found}

    @cached_property
    def _frames(self) -> dict[str, dict[str, pd.DataFrame]]:
        regions = self.scope.dataset.regions
        inside = [str(id_) for id_ in regions.index[regions["part_of"] == self.scope.region]]
        wider = replace(self.scope, start_year=self.scope.start_year - 1)
        return {r: {m: wider.outturns(m, region=r) for m in ("growth", "level")} for r in inside}

    @cached_property
    def _found(self) -> ConvergenceResult:
        return analyse(*self._both(self.year))

    @cached_property
    def _rows(self) -> pd.DataFrame:
        """The rows behind marks: growth of the year and levels of the year before."""
        years = {"growth": self.year, "level": self.year - 1}
        frames = [(r, f[f.index == years[m]]) for r in self.districts.index for m, f in self._frames[str(r)].items()]
        return pd.concat([self.scope.outturns("level").iloc[:0], *(f.assign(region=r) for r, f in frames)])

    def _both(self, year: int) -> tuple[dict[str, float], dict[str, float]]:
        known = {r: {m: stated(f) for m, f in sides.items()} for r, sides in self._frames.items()}
        levels = {r: float(s["level"][year - 1]) for r, s in known.items() if year - 1 in s["level"].index}
        return levels, {r: float(s["growth"][year]) for r, s in known.items() if year in s["growth"].index}

    def _headed(self, frame: pd.DataFrame) -> pd.DataFrame:
        named, units = frame.rename_axis("region"), {"level": self.scope.unit}
        return headed(self.scope, named, SAYS.each("heads"), units, year=self.year, before=self.year - 1)


def convergence(
    indicator: str = "gdp", region: str = "wuhan", *, focus_year: int = 0, start_year: int = 2017, end_year: int = 2024,
    vintage: str = "latest", as_of: str = "", lang: str = "en", size: str = "page", data_dir: str = "",
) -> Convergence:  # fmt: skip
    """Whether the districts of a region that start lower grow faster.

    Args:
        indicator: id or name of an indicator whose levels add up.
        region: the whole whose parts are compared, usually a city.
        focus_year: the year of growth; 0 takes the latest one with the most districts.
        start_year: first year of the window.
        end_year: last year of the window.
        vintage: ``first`` or ``latest`` reading of each year.
        as_of: only what was public on this day, such as ``2021-06-30``; empty for everything.
        lang: ``en`` or ``zh``.
        size: of figures: page, column or slide.
        data_dir: folder of another snapshot; empty for the one of the package.

    Returns:
        A study with the frames ``districts, not_computed, sources``.

    Raises:
        UnknownIdError: for an unknown region or indicator, with the nearest ids.
        ParameterError: for years, a vintage, a day or a language that do not exist.
        NoDataError: if nothing of the region is on record.

    Example:
        >>> convergence("gdp", "wuhan").year
        2021
    """
    return Convergence.of(locals())
