"""Do the districts with the lower level grow faster? Growth of one year over the level of the year before, a mark a district."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.ticker import NullLocator

from hanyang_data.charts.export import Chart
from hanyang_data.charts.panels import tick
from hanyang_data.charts.style import SOFT, canvas, colour, mark, small, theme
from hanyang_data.charts.typeface import text_width, wrap
from hanyang_data.record.catalogue import region_name
from hanyang_data.record.frames import stated
from hanyang_data.record.observations import Dataset
from hanyang_data.statistics.convergence import ConvergenceResult, analyse, significant
from hanyang_data.studies.captions import caption, flag_words, in_words, vintage_words
from hanyang_data.studies.marks import resting
from hanyang_data.studies.registry import figure, table
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.study import Held, Study
from hanyang_data.studies.tables import LEAST_P, headed
from hanyang_data.words.wording import SECONDARY, STAR, UNITS, Text, as_read, messages, number, quantity, within

SAYS = messages(__name__)
Flags = Mapping[str, Mapping[str, str]]  # region → measure → the flag of the figure that is used


def headline(scope: Scope, year: int, found: ConvergenceResult) -> Text:
    """The finding."""
    names = {"region": scope.region_name, "year": year, "n": found.n, "name": within(scope.indicator_name)}
    if found.n < 2:
        return SAYS.none.format(**names)
    if found.test is None:
        return SAYS.few.format(**names)
    if not significant(found):
        return SAYS.open.format(**names)
    return (SAYS.faster if found.test.statistic < 0 else SAYS.slower).format(**names)


def sentences(scope: Scope, found: ConvergenceResult, left_out: int, flags: Flags) -> Iterator[Text]:
    """What was tested, the ends of the order, and who is missing."""
    if found.slope and found.test:
        low, high = (number(end, 1, sign=True) for end in (found.slope.low, found.slope.high))
        said, slope = SAYS["twice", "higher" if found.slope.value >= 0 else "lower"], number(abs(found.slope.value), 1)
        p = "= " + number(found.test.p_value, 3) if found.test.p_value >= LEAST_P else f"< {LEAST_P}"
        yield said.format(slope=slope, low=low, high=high, p=p, n=found.n)
    if found.n > 1:
        yield _ends(scope, found.table, flags)
    if left_out and not found.n:
        yield SAYS.nobody.format(all=left_out)
    elif left_out:
        yield SAYS.left.format(k=left_out, all=left_out + found.n)


def _ends(scope: Scope, table: pd.DataFrame, flags: Flags) -> Text:
    (low, first), (high, last) = ((str(row.name), row) for row in (table.iloc[0], table.iloc[-1]))
    a, b = (resting(quantity(row["level"], scope.unit), flags[row.name]["level"]) for row in (first, last))
    x, y = (resting(_change(row["growth_pct"]), flags[row.name]["growth"]) for row in (first, last))
    names = {"low": region_name(low, scope.dataset), "high": region_name(high, scope.dataset)}
    return SAYS.ends.format(**names, a=a, b=b, x=x, y=y)


def _change(rate: float) -> Text:
    return (SAYS.fell if rate < 0 else SAYS.grew).format(rate=number(abs(rate)))


def scatter(scope: Scope, year: int, found: ConvergenceResult, rows: pd.DataFrame, *, size: str = "page") -> Chart | Text:
    """One mark a district, named; a line only where level and growth go together beyond chance."""
    title = headline(scope, year, found)
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
        parts=[vintage_words(rows), *[SAYS.line] * drawn, *[SAYS.few_note] * (found.test is None), *flag_words(scope, rows)],
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
        figure("scatter", lambda s: scatter(s.scope, s.year, s._found, s._rows, size=s.size), key=True),
        table("districts", lambda s: s._headed(s._districts()), key=True),
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
        """One row a district, the lowest ``level`` first, its ``unit`` and ``level_year``; ``growth_pct`` is of the next year."""
        return self._found.table.assign(unit=self.scope.unit, level_year=self.year - 1)

    def _each(self, column: str) -> dict[str, dict[str, str]]:
        """Of each district what its level and its growth say in a column of their series."""
        at = {"level": self.year - 1, "growth": self.year}
        return {r: {m: str(self._frames[r][m].at[year, column]) for m, year in at.items()} for r in self._found.table.index}

    _flags = cached_property(lambda s: s._each("flag"))

    def _districts(self) -> pd.DataFrame:
        """The districts as a table shows them, with the vintage of the level, and of growth where that is another."""
        table, vintages = self._found.table.astype(object), self._each("vintage").values()
        for column, measure in {"level": "level", "growth_pct": "growth"}.items():
            table[column] = [as_read(value, "point", self._flags[r][measure]) for r, value in table[column].items()]
        return table.assign(vintage=[list(dict.fromkeys(each.values())) for each in vintages])

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
        title = headline(self.scope, self.year, self._found)
        return title, *sentences(self.scope, self._found, len(self.not_computed), self._flags)

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

    _found = cached_property(lambda s: analyse(*s._both(s.year)))

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
    dataset: Dataset | None = None,
) -> Convergence:  # fmt: skip
    """Whether the districts of a region that start lower grow faster.

    Args:
        indicator: id or name of an indicator whose levels add up.
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
