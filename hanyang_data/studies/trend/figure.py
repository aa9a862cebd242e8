"""What was found of a trend: the headline, what an economist asks next, and the figure."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

import pandas as pd

from hanyang_data.charts.export import Chart
from hanyang_data.charts.lines import Line, Path
from hanyang_data.charts.panels import over_years
from hanyang_data.charts.style import colour
from hanyang_data.record.frames import segments, stated
from hanyang_data.record.series import ESTIMATE
from hanyang_data.statistics import trend
from hanyang_data.statistics.small_sample import ALPHA
from hanyang_data.statistics.trend import ShockResult, TrendResult, average_growth
from hanyang_data.studies import unprinted
from hanyang_data.studies.captions import caption, of_panels, series_title, series_words, unit_name
from hanyang_data.studies.marks import answers, at_mark, in_sentence, line, panel
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.tables import MEASURES
from hanyang_data.studies.trend.evidence import MONEY, Instead
from hanyang_data.words import wording
from hanyang_data.words.messages import Text, messages
from hanyang_data.words.wording import NO_WORDS, clauses, listed, named_years, number, printed, quantity, within

SAYS = messages(__name__)

LISTED = 4  # so many growth figures are named one by one; of more their average is said
WORDED = 2  # so many bounds and wordings, where there is nothing else


def headline(scope: Scope, growth: pd.DataFrame, level: pd.DataFrame) -> Text:
    """Up to four growth figures in order, the average of more, the ends of the levels where there is no growth."""
    names = {"region": scope.region_name, "indicator": within(scope.indicator_name)}
    rates, years = stated(growth), _longest(growth)
    if len(rates) == 1 and _itself(scope):
        row = growth.loc[rates.index[0]]
        return SAYS["levels", "only"].format(**names, v=printed(row["value"], row["qualifier"], "percent"), y=int(rates.index[0]))
    if 0 < len(rates) <= LISTED:
        said = SAYS.rates if len(rates) > 1 else SAYS.one_rate
        return said.format(**names, facts=_rates(scope, growth.loc[rates.index]))
    if not len(rates):
        return _levels(names, level)
    average = _average(years)
    if average is None:
        cells = {"y": int(rates.idxmin()), "y2": int(rates.idxmax()), "low": number(rates.min())}
        return SAYS.ranged.format(**names, **cells, high=number(rates.max()), n=len(rates))
    ends = {"start": years.index[0], "end": years.index[-1]}
    return SAYS["average", "up" if average >= 0 else "down"].format(**names, **ends, n=number(abs(average), 1))


def sentences(
    scope: Scope, growth: pd.DataFrame, level: pd.DataFrame, results: Mapping[str, TrendResult],
    shocks: Mapping[str, ShockResult], implied: Text,
) -> Iterator[Text]:  # fmt: skip
    """How sure one can be, the comparison that matters, what is implied and what is missing; the most important first."""
    rates = stated(growth)
    frame = growth if len(rates) else level
    carried = [r for r in results.values() if r.mean_log_growth and r.mann_kendall]
    beside = _beside(growth, level, shocks) if len(rates) else _bounds(growth, level)
    if carried:
        yield from (*beside, implied, _interval(max(carried, key=lambda r: r.n)))
    else:
        yield from (*_few(frame), implied, *beside, *_parted(scope, frame))
    if 1 < (n := len(stated(frame))) < len(scope.years):
        listed_above = frame is growth and n <= LISTED
        absent = [year for year in scope.years if year not in stated(frame).index]
        yield SAYS.others.format(k=len(absent)) if listed_above else SAYS.missing.format(years=named_years(absent))


def _longest(frame: pd.DataFrame) -> pd.Series:
    """The stated values of the stretch between breaks that has most of them, the last of several."""
    parts = [stated(part) for part in segments(frame)]
    return max(reversed(parts), key=len, default=stated(frame))


def _average(rates: pd.Series) -> float | None:
    """Average growth of a stretch without a gap, % a year."""
    known = {int(year): float(value) for year, value in rates.items()}
    whole = len(known) > LISTED and max(known) - min(known) + 1 == len(known)
    return average_growth(known, "rate") if whole else None


def _rates(scope: Scope, rows: pd.DataFrame) -> Text:
    """Fell 8% in 2020 and grew 6% in 2023; prices and rates rise, they do not grow; the English verb is said once in a row."""
    grows, stands = scope.basis != "rate", _itself(scope)
    said, before = [], ""
    for year, row in rows.iterrows():
        way = "stands" if stands else "same" if not row["value"] else "down" if row["value"] < 0 else "grow" if grows else "rise"
        cells = {"n": printed(row["value"] if stands else abs(row["value"]), row["qualifier"], "percent"), "year": year}
        full, short = SAYS["ways", way].format(**cells), SAYS.again.format(**cells)
        said.append(Text(short.en, full.zh) if way == before != "same" else full)
        before = way
    return clauses(said)


def _itself(scope: Scope) -> bool:
    """Whether the indicator is called a rate of change: a cut of 2.3% is neither a rise nor a fall."""
    return scope.indicator_name.zh.endswith("率")


def _levels(names: Mapping[str, Text], level: pd.DataFrame) -> Text:
    """From the first to the last level of the last stretch that has two, or the one there is."""
    parts = [part for segment in segments(level) if len(part := stated(segment))]
    if not parts:
        return SAYS.bounds_only.format(**names)
    unit = level["unit"].iloc[0]
    part = next((part for part in reversed(parts) if len(part) > 1), parts[-1])
    (y, v), (y2, v2) = ((int(year), float(part.loc[year])) for year in (part.index[0], part.index[-1]))
    cells = {"v": quantity(v, unit), "v2": quantity(v2, unit), "y": y, "y2": y2}
    if len(part) == 1:
        only = len(parts) == 1 and len(level) == 1
        return SAYS["levels", "only" if only else "one"].format(**names, v=cells["v"], y=y)
    way = "same" if v == v2 else "up" if v2 > v else "down"
    return SAYS["moved", way].format(**names, **cells)


def _beside(growth: pd.DataFrame, level: pd.DataFrame, shocks: Mapping[str, ShockResult]) -> Iterator[Text]:
    """Of an average the worst year and the average without it; else what the level did."""
    rates = _longest(growth)
    if _average(rates) is not None:
        worst, best = int(rates.idxmin()), int(rates.idxmax())
        low = {"year": worst, "low": number(rates[worst])}
        without = [s.excluding.cagr_pct for s in shocks.values() if s.year == worst]
        if without and without[0] is not None:
            yield SAYS.without.format(**low, n=number(without[0], 1))
        else:
            yield SAYS.ends.format(**low, best=best, high=number(rates[best]))
    elif len(part := _longest(level)):
        unit, (first, last) = str(level["unit"].iloc[0]), (int(part.index[0]), int(part.index[-1]))
        cells = {"v": quantity(part[first], unit), "v2": quantity(part[last], unit), "y": first, "y2": last}
        prices = SAYS.current_prices if unit in MONEY else NO_WORDS
        yield (SAYS.level.format(v=cells["v"], y=first) if first == last else SAYS.level_from_to.format(**cells, prices=prices))


def _bounds(*frames: pd.DataFrame) -> Iterator[Text]:
    """What is printed in place of a number, where there is nothing else; the last years of it."""
    if any(len(stated(frame)) for frame in frames):
        return
    rows = [(int(y), row) for f in frames for y, row in f[f["qualifier"] != "none"].iterrows()][-WORDED:]
    said = [SAYS.worded.format(year=y, what=in_sentence(row)) for y, row in rows]
    if said:
        yield SAYS.printed.format(listed=listed(said, ";"))


def _few(frame: pd.DataFrame) -> Iterator[Text]:
    """That the figures carry no trend, and how many of them are estimates."""
    rows = frame.loc[stated(frame).index]
    n, k = len(rows), int(rows["vintage"].eq(ESTIMATE).sum())
    kind = "one" if n == 1 else "gaps" if n > LISTED else "all" if k == n else "some" if k else "none"
    if n > 1 or k:
        yield SAYS["few", kind].format(n=n, k=k)


def _parted(scope: Scope, frame: pd.DataFrame) -> Iterator[Text]:
    """The last break that parts the figures."""
    rows = stated(frame)
    breaks = [item for item in scope.breaks(frame.attrs["measure"]).items() if len(rows) and item[0] > rows.index[0]]
    if breaks:
        yield SAYS.parted.format(year=breaks[-1][0], label=breaks[-1][1])


def _interval(found: TrendResult) -> Text:
    """The interval of the average, and whether growth changes its pace; of a level how fast it moved."""
    assert found.mean_log_growth is not None
    assert found.mann_kendall is not None
    test, span = found.mann_kendall, found.mean_log_growth
    way = "open" if test.p_value > ALPHA else "down" if test.statistic < 0 else "up"
    low, high = (number(end, 1) for end in (span.low, span.high))
    if found.kind == "level":
        said = SAYS["a_year", "up" if span.value >= 0 else "down"]
        return said.format(average=number(abs(span.value), 1), low=low, high=high, n=found.n)
    return SAYS["pace", way].format(low=low, high=high, n=found.n)


Results = Mapping[str, TrendResult]


def growth_and_level(
    scope: Scope, growth: pd.DataFrame, level: pd.DataFrame, *, results: Mapping[str, Results] = MappingProxyType({}),
    instead: Instead | None = None, size: str = "page",
) -> Chart:  # fmt: skip
    """Growth above, level below, over the years of the scope; what is not comparable or not neighbouring is not joined."""
    frames = {"growth": growth, "level": level}
    titles = {measure: series_title(scope, measure, unit_name(frame)) for measure, frame in frames.items()}
    shown = [measure for measure, frame in frames.items() if frame["value"].notna().any()] or ["growth"]
    slopes = {measure: drawn_slopes(results.get(measure, {})) for measure in shown}
    panels = [
        panel(
            scope,
            titles[measure] if len(shown) > 1 else NO_WORDS,  # one panel alone is named by the subtitle
            [line(scope, frames[measure]), *(_instead(scope, instead, measure) if instead else [])],
            measure,
            from_zero=measure == "level",
            paths=[Path(pd.Series(r.line, index=r.years)) for r in slopes[measure].values()],
        )
        for measure in shown
    ]
    drawn_too = [f for f in (instead or ())[:2] if len(f) and "growth" in shown]
    implied = [of for measure in shown for of in (instead.implied[measure] if instead else ()) if of.interval]
    first, *second = (titles[measure] for measure in shown)
    both = SAYS.panels.format(first=first, second=within(second[0])) if second else first
    words = caption(
        scope,
        title=headline(scope, growth, level),
        subtitle=SAYS.subtitle.format(panels=both, start=scope.start_year, end=scope.end_year),
        parts=[
            *unprinted.note([of.level for of in implied]),
            *(text for measure in shown for text in slope_words(measure, frames[measure], slopes[measure])),
            *series_words(scope, {MEASURES[measure]: frames[measure] for measure in shown}),
            *[SAYS.instead] * bool(drawn_too),
        ],
        frames=[*(frames[measure] for measure in shown), *drawn_too],
        shows=of_panels(panels),
    )
    shaded = {trend.SHOCK: SAYS.shock.to(scope.lang)} if any(trend.SHOCK in frame.index for frame in frames.values()) else {}
    return over_years(panels, scope.years, words, size=size, shaded=shaded)


def _instead(scope: Scope, instead: Instead, measure: str) -> list[Line]:
    """Marks for years without an annual figure: open bands for what is implied, of growth also targets and parts of a year."""
    bands = [of for of in [unprinted.bands(scope, instead.implied[measure])] if len(of.values)]
    if measure != "growth":
        return bands
    targets, parts, _ = instead  # hollow for what was set, small for the part of the year that is printed
    aimed = {int(y): at_mark(row) for y, row in targets.iterrows()}
    heard = {int(y): SAYS["part", r["period"]].format(n=number(r["value"])).to(scope.lang) for y, r in parts.iterrows()}
    kinds = (parts, heard, SAYS.part_year, "part"), (targets, aimed, SAYS.target, "original")  # the small mark lies on top
    return [
        Line(name.to(scope.lang), of["value"], words, colour(scope.region), mark, cuts=frozenset(words), says=answers(scope, of))
        for of, words, name, mark in kinds
        if len(of)
    ] + bands


def drawn_slopes(results: Results) -> dict[str, TrendResult]:
    """The stretches whose slope says something: its interval holds no zero."""
    return {y: r for y, r in results.items() if r.line and r.theil_sen and r.theil_sen.low * r.theil_sen.high > 0}


def slope_words(measure: str, frame: pd.DataFrame, slopes: Results) -> list[Text]:
    """What the thin lines of a panel are: slope, interval and n of each."""
    unit: wording.Measured = "pp_a_year" if measure == "growth" or frame["unit"].eq("percent").all() else "a_year"
    said = []
    for years, result in slopes.items():
        assert result.theil_sen is not None
        found, digits = result.theil_sen, trend.places(result.values)
        slope = wording.amount(found.value, unit, decimals=digits)
        ends = wording.span(found.low, found.high, unit, decimals=digits)
        said.append(SAYS.slope.format(what=MEASURES[measure], years=years, n=found.n, slope=slope, span=ends))
    return said
