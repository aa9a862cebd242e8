"""Do the districts with the lower level grow faster? Growth of one year over the level of the year before, a mark a district."""

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import product
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.ticker import NullLocator

from hanyang_data.charts.export import Chart
from hanyang_data.charts.panels import tick
from hanyang_data.charts.style import SOFT, canvas, colour, mark, place_axes, small, theme
from hanyang_data.charts.typeface import text_width, wrap
from hanyang_data.record.catalogue import region_name
from hanyang_data.record.frames import stated, stated_rows
from hanyang_data.record.observations import Dataset
from hanyang_data.record.series import ESTIMATE
from hanyang_data.statistics.convergence import ConvergenceResult, analyse, significant
from hanyang_data.statistics.small_sample import permits
from hanyang_data.studies.captions import caption, flag_words, in_words, vintage_words
from hanyang_data.studies.marks import resting
from hanyang_data.studies.registry import figure, frame, table
from hanyang_data.studies.scope import READINGS, Scope
from hanyang_data.studies.study import Held, Study
from hanyang_data.studies.tables import headed, p_words
from hanyang_data.words.wording import SECONDARY, STAR, UNITS, Text, as_read, messages, number, quantity, within

SAYS = messages(__name__)
NATURE = ["comparable", "estimate"]  # of growth: in these districts must be alike, as the two sides of a gap
Flags = Mapping[str, Mapping[str, str]]  # measure → region → the flag of the figure that is used


def headline(scope: Scope, year: int, found: ConvergenceResult, unlike: int = 0) -> Text:
    """The finding; ``unlike``: districts with both figures whose growth does not compare with that of the others."""
    names = {"region": scope.region_name, "year": year, "n": found.n, "name": within(scope.indicator_name)}
    if found.n < 2:
        childless = scope.region not in set(scope.dataset.regions["part_of"])
        why = "rate" if scope.basis == "rate" else "childless" if childless else "unlike" if unlike else "missing"
        return SAYS["none", why].format(**names, before=year - 1)
    if found.test is None:
        return SAYS.few.format(**names)
    if not significant(found):
        return SAYS.open.format(**names)
    return (SAYS.faster if found.test.statistic < 0 else SAYS.slower).format(**names)


def sentences(scope: Scope, found: ConvergenceResult, left_out: int, flags: Flags, unlike: int = 0) -> Iterator[Text]:
    """What was tested, the ends of the order, who is missing, and who does not compare."""
    if found.slope and found.test:
        low, high = (number(end, 1, sign=True) for end in (found.slope.low, found.slope.high))
        said, slope = SAYS["twice", "higher" if found.slope.value >= 0 else "lower"], number(abs(found.slope.value), 1)
        yield said.format(slope=slope, low=low, high=high, p=p_words(found.test.p_value), n=found.n)
    if found.n > 1:
        yield _ends(scope, found.table, flags)
    if left_out or unlike:
        which = "both" if left_out and unlike else "unlike" if unlike else "missing" if found.n else "all"
        yield SAYS["left", which].format(k=left_out, u=unlike, all=left_out + unlike + found.n)


def _ends(scope: Scope, table: pd.DataFrame, flags: Flags) -> Text:
    (low, first), (high, last) = ((str(row.name), row) for row in (table.iloc[0], table.iloc[-1]))
    a, b = (resting(quantity(row["level"], scope.unit), flags["level"][str(row.name)]) for row in (first, last))
    x, y = (resting(_change(row["growth_pct"]), flags["growth"][str(row.name)]) for row in (first, last))
    names = {"low": region_name(low, scope.dataset), "high": region_name(high, scope.dataset)}
    return SAYS.ends.format(**names, a=a, b=b, x=x, y=y)


def _change(rate: float) -> Text:
    return (SAYS.fell if rate < 0 else SAYS.grew).format(rate=number(abs(rate)))


def scatter(
    scope: Scope, year: int, found: ConvergenceResult, rows: pd.DataFrame, *, unlike: int = 0, size: str = "page"
) -> Chart | Text:
    """One mark a district, named; a line only where level and growth go together beyond chance."""
    title = headline(scope, year, found, unlike)
    if found.n < 2:
        return in_words(title, [])
    unit = str(rows["unit"][rows["unit"] != "percent"].iloc[0])
    names = {"name": scope.indicator_name, "year": year, "before": year - 1, "unit": UNITS[unit]}
    second = set(rows["region"][rows["flag"].str.contains(SECONDARY)])
    points = [
        (region_name(str(r), scope.dataset).to(scope.lang) + STAR * (r in second), row["level"], row["growth_pct"])
        for r, row in found.table.iterrows()
    ]
    drawn = significant(found)
    words = caption(
        scope,
        title=title,
        subtitle=SAYS.subtitle.format(**names),
        parts=[
            vintage_words(rows),
            *[SAYS.line] * drawn,
            *[SAYS["untested", "alike" if permits("test", found.n) else "few"]] * (found.test is None),
            *flag_words(scope, rows),
        ],
        frames=[rows],
        shows=[(name, [number(level), f"{number(rate)}%"]) for name, level, rate in points],
    )
    with theme(size) as chosen:
        figure, (ax,) = canvas(words, chosen, chosen.width * 0.5)
        levels, rates = list(found.table["level"]), list(found.table["growth_pct"])
        if drawn and found.slope:
            doublings = np.log2(levels)  # through the medians of level and growth, as Theil and Sen have it
            heights = np.median(rates) + found.slope.value * (doublings - np.median(doublings))
            ax.plot(levels, heights, color=SOFT, linewidth=0.8, linestyle=(0, (4, 3)), zorder=1)
        tallest, middle = 1, math.sqrt(levels[0] * levels[-1])
        for name, level, rate in points:
            side: Any = "left" if level < middle else "right"  # a name runs towards the middle: a long one needs no margin
            mark(ax, level, rate, colour("hanyang"), says=f"{name}: {number(level)}, {number(rate)}%")
            lines = "\n".join(wrap(name, chosen.room * 0.36, small(chosen.text)))
            tallest = max(tallest, lines.count("\n") + 1)
            ax.annotate(lines, (level, rate), xytext=(-4 if side == "left" else 4, 5), textcoords="offset points", ha=side,
                        va="bottom", fontsize=small(chosen.text), color=SOFT).set_in_layout(False)  # fmt: skip
        ax.set_xscale("log")
        ax.margins(x=0.12, y=0.06 + tallest * small(chosen.text) * 1.9 / (chosen.room * 0.5))  # the highest has its name above it
        named = _apart(levels, text_width("10,000 ", chosen.text) / (chosen.room * 0.7))
        ax.set_xticks(named, [number(level, 0 if level >= 100 else None) for level in named])
        ax.xaxis.set_minor_locator(NullLocator())
        ax.yaxis.set_major_formatter(tick)
        place_axes(ax, chosen.text)
    return Chart(figure, words, size)


def _apart(levels: list[float], share: float) -> list[float]:
    """Levels that can be named on the axis: those that lie such a share of it or more from the one before."""
    width = math.log(levels[-1] / levels[0])
    kept = levels[:1]
    for level in levels[1:]:
        if math.log(level / kept[-1]) >= width * share:
            kept.append(level)
    return kept


class Convergence(Study):
    """Level and growth of the districts of a city; made by :func:`hanyang_data.convergence`."""

    name = "convergence"
    declared = (
        figure("scatter", lambda s: scatter(s.scope, s.year, s._found, s._rows, unlike=s._unlike, size=s.size), key=True),
        table("districts", lambda s: s._headed(s._districts()), key=True),
        table("left_out", lambda s: s._headed(s.not_computed.assign(unlike=s._reasons)), limits=True),
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
        return max(self.scope.years, key=lambda year: (len(self._both(year)[1]), year))

    @frame
    def districts(self) -> pd.DataFrame:
        """One row a district, the lowest ``level`` first, its ``unit`` and ``level_year``; ``growth_pct`` is of the next year.

        Those whose growth compares, as in the growth gap: on one basis, and either all estimates or all measured.
        """
        return self._found.table.assign(unit=self.scope.unit, level_year=self.year - 1)

    def _districts(self) -> pd.DataFrame:
        """The districts as a table shows them, with the vintage of the level, and of growth where that is another."""
        table, rows = self._found.table.astype(object), self._rows
        for column, measure in {"level": "level", "growth_pct": "growth"}.items():
            table[column] = [as_read(value, "point", self._flags[measure][r]) for r, value in table[column].items()]
        return table.assign(vintage=[list(dict.fromkeys(rows["vintage"][rows["region"] == r])) for r in table.index])

    @cached_property
    def _flags(self) -> Flags:
        of = {m: self._rows[self._rows.index == year] for m, year in self._at.items()}
        return {m: dict(zip(rows["region"], rows["flag"], strict=True)) for m, rows in of.items()}

    @frame
    def not_computed(self) -> pd.DataFrame:
        """The districts that are left out, whether as ``unlike`` the others or for want of a figure, and the years they have."""
        rows = [
            {"region": region, "unlike": all(year in known[m].index for m, year in self._at.items())}
            | {f"{m}_years": [int(y) for y in known[m].index] for m in ("growth", "level")}
            for region, frames in self._frames.items()
            if region not in self.districts.index and (known := {m: stated(frame) for m, frame in frames.items()})
        ]
        return pd.DataFrame(rows, columns=["region", "unlike", "growth_years", "level_years"]).set_index("region")

    def _answer(self) -> Sequence[Text]:
        left_out = len(self.not_computed) - self._unlike
        title = headline(self.scope, self.year, self._found, self._unlike)
        return title, *sentences(self.scope, self._found, left_out, self._flags, self._unlike)

    def _used(self) -> Iterator[pd.DataFrame]:
        yield self._rows

    def _numbers(self) -> Mapping[str, object]:
        return {"year": self.year, "convergence": self._found}

    _at = property(lambda s: {"level": s.year - 1, "growth": s.year})
    _unlike = property(lambda s: int(s.not_computed["unlike"].sum()))
    _reasons = property(lambda s: [SAYS["reasons", "unlike" if unlike else "missing"] for unlike in s.not_computed["unlike"]])

    @cached_property
    def _frames(self) -> dict[str, dict[str, pd.DataFrame]]:
        """Level and growth of the districts inside; of none where the indicator is a rate, which has no level that grows."""
        parts = self.scope.dataset.regions["part_of"].eq(self.scope.region) & (self.scope.basis != "rate")
        wider = replace(self.scope, start_year=self.scope.start_year - 1)
        return {str(r): {m: wider.outturns(m, region=str(r)) for m in ("level", "growth")} for r in parts.index[parts]}

    @cached_property
    def _found(self) -> ConvergenceResult:
        levels, growth = (dict(zip(rows["region"], rows["value"], strict=True)) for rows in self._both(self.year))
        return analyse(levels, growth)

    @cached_property
    def _rows(self) -> pd.DataFrame:
        """The rows behind marks: levels of the year before and growth of the year."""
        rows = pd.concat(self._both(self.year)).drop(columns=NATURE)
        return rows[rows["region"].isin(self.districts.index)]

    @cached_property
    def _growth(self) -> pd.DataFrame:
        """Stated growth with its ``NATURE``, the reading asked for first; none over a break, before which its base stood."""
        frames = []
        for vintage, region in product(sorted(READINGS, key=self.scope.vintage.__ne__), self._frames):
            frame = self.scope.outturns("growth", region=region, vintage=vintage)
            frames.append(frame[~frame.index.isin([*frame.attrs["breaks"]])].assign(region=region))
        rows = self._stated(frames)
        return rows.assign(comparable=rows["flag"].str.contains("comparable"), estimate=rows["vintage"].eq(ESTIMATE))

    @cached_property
    def _levels(self) -> pd.DataFrame:
        return self._stated(frames["level"].assign(region=region) for region, frames in self._frames.items())

    def _stated(self, frames: Iterable[pd.DataFrame]) -> pd.DataFrame:
        """The stated figures of districts in one frame, which has its columns where there are none."""
        return stated_rows(pd.concat([self.scope.outturns().iloc[:0].assign(region=""), *frames]))

    def _both(self, year: int) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Rows of the level of the year before and of growth, of the districts whose growth is of the nature that most have."""
        before = self._levels[self._levels.index == year - 1]
        known = self._growth[self._growth["region"].isin(before["region"]) & (self._growth.index == year)]
        alike = [rows.drop_duplicates("region") for _, rows in known.groupby(NATURE)]
        first = self.scope.vintage == "first"
        most = max(alike, key=lambda rows: (len(rows), rows["estimate"].iloc[0] == first), default=known)
        return before[before["region"].isin(most["region"])], most

    def _headed(self, frame: pd.DataFrame) -> pd.DataFrame:
        named, units = frame.rename_axis("region"), {"level": self.scope.unit}
        return headed(self.scope, named, SAYS.each("heads"), units, year=self.year, before=self.year - 1)


def convergence(
    indicator: str = "gdp", region: str = "wuhan", *, focus_year: int = 0, start_year: int = 2017, end_year: int = 2024,
    vintage: str = "latest", as_of: str = "", lang: str = "en", size: str = "page", data_dir: str = "",
    dataset: Dataset | None = None,
) -> Convergence:  # fmt: skip
    """Whether the districts of a region that start lower grow faster.

    Args:
        indicator: id or name of an indicator with a level; of a share or a rate nothing is compared.
        region: the whole whose parts are compared, usually a city.
        focus_year: the year of growth; 0 takes the latest one with the most districts.
        start_year, end_year: first and last year of the window.
        vintage: ``first`` or ``latest`` reading of each year.
        as_of: only what was public on this day, such as ``2021-06-30``; empty for everything.
        lang: ``en`` or ``zh``.
        size: of figures: page, column or slide.
        data_dir: folder of another snapshot; empty for the one of the package.
        dataset: another snapshot, such as :func:`hanyang_data.dataset_from_frame` makes.

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
