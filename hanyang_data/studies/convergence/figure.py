"""What the convergence study says and shows: growth over the level of the year before, one mark a district."""

import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.ticker import NullLocator

from hanyang_data.charts.export import Chart
from hanyang_data.charts.panels import tick
from hanyang_data.charts.style import SOFT, canvas, colour, mark, small, theme
from hanyang_data.charts.typeface import text_width, wrap
from hanyang_data.record.catalogue import region_name
from hanyang_data.statistics.convergence import ConvergenceResult, significant
from hanyang_data.studies.captions import caption, flag_words, in_words, vintage_words
from hanyang_data.studies.marks import SECONDARY
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.tables import LEAST_P
from hanyang_data.words.wording import UNITS, Text, messages, number, quantity, within

SAYS = messages(__name__)


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


def sentences(scope: Scope, found: ConvergenceResult, left_out: int) -> Iterator[Text]:
    """What was tested, the ends of the order, and who is missing."""
    if found.slope and found.test:
        low, high = (number(end, 1, sign=True) for end in (found.slope.low, found.slope.high))
        said, slope = SAYS["twice", "higher" if found.slope.value >= 0 else "lower"], number(abs(found.slope.value), 1)
        p = "= " + number(found.test.p_value, 3) if found.test.p_value >= LEAST_P else f"< {LEAST_P}"
        yield said.format(slope=slope, low=low, high=high, p=p, n=found.n)
    if found.n > 1:
        yield _ends(scope, found.table)
    if left_out and not found.n:
        yield SAYS.nobody.format(all=left_out)
    elif left_out:
        yield SAYS.left.format(k=left_out, all=left_out + found.n)


def _ends(scope: Scope, table: pd.DataFrame) -> Text:
    (low, first), (high, last) = ((str(row.name), row) for row in (table.iloc[0], table.iloc[-1]))
    a, b = (quantity(row["level"], scope.unit) for row in (first, last))
    names = {"low": region_name(low, scope.dataset), "high": region_name(high, scope.dataset)}
    return SAYS.ends.format(**names, a=a, b=b, x=_change(first["growth_pct"]), y=_change(last["growth_pct"]))


def _change(rate: float) -> Text:
    return (SAYS.fell if rate < 0 else SAYS.grew).format(rate=number(abs(rate)))


def scatter(scope: Scope, year: int, found: ConvergenceResult, rows: pd.DataFrame, *, size: str = "page") -> Chart | Text:
    """One mark a district, named; a line only where level and growth go together beyond chance."""
    title = headline(scope, year, found)
    if found.n < 2:
        return in_words(title, [])
    unit = str(rows["unit"][rows["unit"] != "percent"].iloc[0])
    names = {"name": scope.indicator_name, "year": year, "before": year - 1, "unit": UNITS[unit]}
    second = set(rows["region"][rows["flag"].str.contains("secondary")])
    points = [
        (region_name(str(r), scope.dataset).to(scope.lang) + SECONDARY * (r in second), row["level"], row["growth_pct"])
        for r, row in found.table.iterrows()
    ]
    drawn = significant(found)
    says = [f"{name}: {number(level)}, {number(rate)}%" for name, level, rate in points]
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
        for (name, level, rate), said in zip(points, says, strict=True):
            side: Any = "left" if level < middle else "right"  # a name runs towards the middle: a long one needs no margin
            mark(ax, level, rate, colour("hanyang"), says=said)
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
