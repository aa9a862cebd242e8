"""What the back-test says and shows: whether the promise was kept, how wide that is, and whether simpler guesses do as well."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from hanyang_data.charts.chart import Row, dumbbell
from hanyang_data.charts.export import Chart
from hanyang_data.charts.lines import GLYPH, MARKS
from hanyang_data.charts.panels import tick
from hanyang_data.charts.style import BAND, INK, SOFT, canvas, colour, mark, place_axes, small, theme
from hanyang_data.record.catalogue import region_name
from hanyang_data.statistics.conformal import FEWEST, Coverage, Reliable
from hanyang_data.studies.calibration import Scheme, kept_promises
from hanyang_data.studies.captions import caption, in_words, of_rows
from hanyang_data.studies.scope import Scope
from hanyang_data.words.wording import NO_WORDS, Text, extent, listed, messages, number, within, year_list

SAYS = messages(__name__)
RULES, SCHEMES, KEPT, NONE = SAYS.each("rules"), SAYS.each("schemes"), SAYS.each("kept_by"), SAYS.each("none_by")


def headline(scope: Scope, kept: Coverage, standing: Coverage) -> Text:
    """The finding: how the intervals of the window did; or how those did that switch the method off, ``standing``."""
    of = standing if standing.short else kept
    told = {"name": within(scope.indicator_name), "fewest": FEWEST}
    if not of.cells:
        return SAYS.untested.format(**told)
    return (SAYS.short if of.short and of is standing else SAYS.kept).format(
        **told, held=held(of.covered, of.cells), p=number(100 * of.promised, 0)
    )


def sentences(cells: Mapping[Scheme, pd.DataFrame]) -> list[Text]:
    """Width against the simpler guesses on the same estimates, and the two other tests."""
    yearly = {scheme: table[table["promised"].notna()] for scheme, table in cells.items()}
    own = yearly["district"]
    if not own["rule"].eq("implied").any():
        return []
    said = [SAYS.width.format(width=_width(own, "implied"), rivals=listed(_rivals(own), ";"))]
    for scheme in ("rolling", "district_year"):
        kept = kept_promises(yearly[scheme][yearly[scheme]["rule"].eq("implied")])
        untried = cells[scheme][cells[scheme]["rule"].eq("implied") & cells[scheme]["promised"].isna()]
        without = untried[untried["years"].isin(own["years"])]  # of the spans that are tested: others are another question
        told = {"hold": _hold(kept)} if kept.cells else {}
        some = scheme == "rolling" and len(without)
        rest = SAYS.without.format(k=kept.cells, n=kept.cells + len(without)) if some else NO_WORDS
        said.append((KEPT if kept.cells else NONE)[scheme].format(**told, rest=rest))
    return said


def held(k: int, n: int) -> Text:
    """Of how many intervals how many held the printed growth."""
    return SAYS["held", extent(k, n)].format(k=k, n=n)


def _hold(kept: Coverage) -> Text:
    return SAYS["hold", extent(kept.covered, kept.cells)].format(k=kept.covered, n=kept.cells)


def _rivals(cells: pd.DataFrame) -> list[Text]:
    """How wide the simpler guesses are, where they can be held to the same estimates."""
    ours = set(_keys(cells, "implied"))
    found = []
    for rule in ("city", "last_year"):
        same = cells[cells["rule"].eq(rule) & pd.Series([key in ours for key in _keys(cells)], cells.index)]
        kept = kept_promises(same)
        if kept.cells:
            found.append(SAYS.rival.format(rule=RULES[rule], width=_width(same, rule), hold=_hold(kept)))
    return found or [SAYS.no_rival]


def _keys(cells: pd.DataFrame, rule: str = "") -> list[tuple[object, ...]]:
    part = cells[cells["rule"].eq(rule)] if rule else cells
    return list(part[["indicator", "region", "first_year", "last_year"]].itertuples(index=False, name=None))


def _width(cells: pd.DataFrame, rule: str) -> str:
    part = cells[cells["rule"].eq(rule)]
    return number(float((part["high"] - part["low"]).mean()), 1)


ROLES = {"implied": "outturn", "city": "comparator", "last_year": "part"}
MOST = 24  # rows of a figure; more are for the table


def reliability(
    scope: Scope, title: Text, found: Mapping[str, Sequence[Reliable]], rows: pd.DataFrame, *, size: str = "page"
) -> Chart | Text:
    """Share of intervals that held the printed figure over the share promised, one mark a rule and level.

    ``found``: rule → what :func:`hanyang_data.statistics.conformal.reliability` found.
    """
    drawn = {rule: of for rule, of in found.items() if of}
    if "implied" not in drawn:
        return in_words(title, [])
    words = caption(
        scope,
        title=title,
        subtitle=SAYS.reliability,
        parts=[SAYS.chance.format(n=drawn["implied"][0].kept.cells), SAYS.how],
        frames=[rows],
        shows=[(f"{100 * r.kept.promised:.0f}%", [f"{r.kept.covered}/{r.kept.cells}"]) for r in drawn["implied"]],
    )
    with theme(size) as chosen:
        figure, (ax,) = canvas(words, chosen, chosen.width * 0.5)
        ax.plot([0, 100], [0, 100], color=SOFT, linewidth=0.8, linestyle=(0, (4, 3)), zorder=1)
        for r in drawn["implied"]:
            at = 100 * r.kept.promised
            ax.bar(at, 100 * (r.chance_high - r.chance_low), bottom=100 * r.chance_low, width=1.6, color=BAND, zorder=0)
        names = []
        for place, (rule, of) in enumerate(drawn.items()):
            tone = colour("hanyang") if rule == "implied" else SOFT
            look: dict[str, Any] = MARKS[ROLES[rule]] | {"face": tone}
            shift = 0.9 * (place - (len(drawn) - 1) / 2)  # side by side where they coincide
            name = RULES[rule]
            for did in (r.kept for r in of):
                p, k, n = 100 * did.promised, did.covered, did.cells
                says = SAYS.at_level.format(rule=name, p=number(p, 0), held=held(k, n)).to(scope.lang)
                mark(ax, p + shift, 100 * k / n, **look, says=says)
            names.append((f"{GLYPH[ROLES[rule]]} {name.to(scope.lang)}", tone))
        for row, (name_, tone) in enumerate(names):
            up = 4 + 1.4 * chosen.text * (len(names) - 1 - row)
            ax.annotate(name_, (1, 0), xycoords="axes fraction", xytext=(-4, up), textcoords="offset points", color=tone,
                        ha="right", fontsize=small(chosen.text))  # fmt: skip
        ax.set(xlim=(45, 95), ylim=(0, 106))
        ax.set_xlabel(SAYS.promised.to(scope.lang), color=INK)
        ax.xaxis.set_major_formatter(tick)
        ax.yaxis.set_major_formatter(tick)
        place_axes(ax, chosen.text)
    return Chart(figure, words, size)


def intervals(scope: Scope, title: Text, cells: pd.DataFrame, rows: pd.DataFrame, *, size: str = "page") -> Chart | Text:
    """One row a figure that was estimated without itself: the interval, the estimate, and what was printed."""
    ours = cells[cells["rule"].eq("implied") & cells["indicator"].eq(scope.indicator) & cells["promised"].notna()]
    if not 0 < len(ours) <= MOST:
        return SAYS.many.format(title=title, n=len(ours), most=MOST) if len(ours) else in_words(title, [])
    drawn = [_row(scope, cell) for cell in ours.sort_values(["last_year", "region"]).itertuples()]
    tone = colour("hanyang")
    words = caption(
        scope,
        title=title,
        subtitle=SAYS.intervals.format(name=scope.indicator_name),
        parts=[SAYS.how, SAYS.level.format(p=number(100 * ours["promised"].mean(), 0))],
        frames=[rows],
        shows=of_rows(drawn),
    )
    heads = [(SAYS["heads.printed"].to(scope.lang), "outturn"), (SAYS["heads.implied"].to(scope.lang), "other"),
             (SAYS["heads.interval"].to(scope.lang), "span")]  # fmt: skip
    return dumbbell(drawn, {"outturn": tone, "other": SOFT}, heads, words, size=size)


def _row(scope: Scope, cell: Any) -> Row:
    years = year_list(list(range(cell.first_year + 1, cell.last_year + 1)))
    short = Text(*(part.split(mark)[0] for part, mark in zip(region_name(cell.region, scope.dataset), (" (", "（"), strict=True)))
    name = SAYS.of_years.format(name=short, years=years).to(scope.lang)
    ends = SAYS.ends.format(low=number(cell.low, 1), high=number(cell.high, 1)).to(scope.lang)
    printed, implied = number(cell.printed_pct, 1), number(cell.estimate_pct, 1)
    says = {
        "outturn": SAYS.of_printed.format(row=name, n=printed).to(scope.lang),
        "other": SAYS.of_implied.format(row=name, n=implied, ends=ends).to(scope.lang),
    }
    marks = {"other": cell.estimate_pct, "outturn": cell.printed_pct}
    return Row(name, marks, (cell.low, cell.high), cells=(printed, implied, ends), says=says)
