"""What was found of a trend, stretch by stretch between its breaks: evidence, tables, the headline and what is asked next."""

import math
from collections.abc import Iterator, Mapping
from typing import Any

import pandas as pd

from hanyang_data.record.frames import segments, stated
from hanyang_data.record.series import ESTIMATE
from hanyang_data.statistics import trend
from hanyang_data.statistics.trend import ShockResult, TrendResult, average_growth
from hanyang_data.studies.inference import CELLS, DECIMALS, rows_of
from hanyang_data.studies.marks import in_sentence, resting
from hanyang_data.studies.scope import Scope, span
from hanyang_data.studies.tables import MEASURES, headed
from hanyang_data.studies.trend.other_figures import OF_GROWTH, PRINTED, doubt, extremes, not_averaged, one_of, otherwise, worded
from hanyang_data.words import wording
from hanyang_data.words.wording import NO_WORDS, VINTAGES, Text, clauses, messages, named_years, number, printed, rounded, within

SAYS = messages(__name__)
MONEY = ("CNY_100M", "USD_100M", "CNY")
HEADS, REFUSAL_HEADS = SAYS.each("heads"), SAYS.each("refusal_heads")
GROWTH, PER_YEAR = "percent_a_year", SAYS.each("per_year")


def trend_by_segment(frame: pd.DataFrame, kind: str) -> dict[str, TrendResult]:
    """The trend of each stretch of a series between its breaks, under its years such as "2017–2018".

    Nothing is computed across a break; a stretch without a stated number (bounds, wordings) is left out.
    """
    kind = "share" if kind == "level" and frame["unit"].eq("percent").all() else kind
    return {span(part): trend.analyse(list(part.index), list(part), kind=kind) for part in _stretches(frame)}


def shock_by_segment(frame: pd.DataFrame, year: int = trend.SHOCK) -> dict[str, ShockResult]:
    """Growth with and without a year, for the stretch between breaks that states it; empty where none does."""
    parts = _stretches(frame)
    return {span(p): found for p in parts if (found := trend.with_and_without(list(p.index), list(p), year=year)) is not None}


def _stretches(frame: pd.DataFrame) -> list[pd.Series]:
    return [values for part in segments(frame) if len(values := stated(part))]


def statistics(lang: str, results: Mapping[str, Mapping[str, TrendResult]], level_unit: str = "") -> pd.DataFrame:
    """What the number of observations allows to be computed, one row per statistic; an average once, with its interval if any."""
    rows = [
        {"series": MEASURES[series].to(lang), "segment": segment} | cells
        for series, stretches in results.items()
        for segment, result in stretches.items()
        for cells in _statistics_of(result, lang, level_unit).values()
        if not (result.mean_log_growth and cells["unit"] == GROWTH and "low" not in cells)
    ]
    columns = ["series", "segment", "statistic", "value", "unit", *CELLS[1:]]
    return pd.DataFrame(rows, columns=columns).astype(dict.fromkeys(DECIMALS, float))


def statistics_table(scope: Scope, results: Mapping[str, Mapping[str, TrendResult]]) -> pd.DataFrame:
    """The same as a report prints it."""
    found = statistics(scope.lang, results, scope.unit)
    table, levels = found.round(DECIMALS), ~found["unit"].isin(PER_YEAR)
    for name in ("value", "low", "high"):
        table.loc[levels, name] = [rounded(of, DECIMALS[name]) for of in found.loc[levels, name]]
    level = PER_YEAR["level"].format(unit=wording.UNITS[scope.unit])
    return headed(scope, table.assign(unit=[PER_YEAR.get(u, level) for u in table["unit"]]), HEADS, sparse=True)


def shock_table(scope: Scope, results: Mapping[str, ShockResult]) -> pd.DataFrame:
    """The statistics of growth with and without one year side by side, n on both sides; one row per statistic."""
    rows, heads = [], dict(HEADS)
    for years, result in results.items():
        sides = {SAYS["with"]: result.including, SAYS.without: result.excluding}
        told = {side.format(year=result.year): _statistics_of(of, scope.lang) for side, of in sides.items()}
        heads |= {f"{c}_{side}": SAYS.side.format(head=HEADS[c], side=side) for side in told for c in CELLS}
        for name in dict.fromkeys(name for cells in told.values() for name in cells):
            found = {f"{c}_{side}": _shown(cells.get(name, {}), c) for side, cells in told.items() for c in CELLS}
            rows.append({"segment": years, "statistic": name} | found)
    table = pd.DataFrame(rows, columns=None if rows else ["segment", "statistic"])
    counts = [column for column in table if str(column).startswith("n")]
    whole = table[counts].astype("Int64").astype(object)  # a count that is missing on one side must not turn into a float
    return headed(scope, table.assign(**whole.where(whole.notna(), None)), heads, sparse=True)


def _shown(cells: Mapping[str, Any], column: str) -> Any:
    return round(cells[column], DECIMALS[column]) if column in DECIMALS and column in cells else cells.get(column)


def series_table(scope: Scope, growth: pd.DataFrame, level: pd.DataFrame) -> pd.DataFrame:
    """Every year of the window with growth and level, how they were printed, when and where; empty years are rows too."""
    rows = []
    for year in scope.years:
        sides = {name: f.loc[year] for name, f in (("growth", growth), ("level", level)) if year in f.index}
        cells: dict[str, object] = {"year": year}
        for name, row in sides.items():
            cells["growth_pct" if name == "growth" else name] = row["value"]
            cells[f"{name}_printed"] = printed(row["value"], row["qualifier"], row["unit"], flag=row["flag"])
        told = {key: list(dict.fromkeys(row[key] for row in sides.values())) or None for key in ("vintage", "published_on")}
        if len(told["vintage"] or ()) > 1:  # of growth and of the level
            told["vintage"] = [SAYS.of_side.format(side=MEASURES[n], v=VINTAGES[row["vintage"]]) for n, row in sides.items()]
        flags = " ".join(row["flag"] for row in sides.values()).strip() or None
        cited = list(dict.fromkeys(row["source_id"] for row in sides.values())) or None
        rows.append(cells | told | {"flag": flags, "source": cited})
    unit = str(level["unit"].iloc[0]) if len(level) else ""
    order = ["year", "growth_pct", "level", "growth_printed", "level_printed", "vintage", "published_on", "flag", "source"]
    return headed(scope, pd.DataFrame(rows, columns=order), HEADS, {"level": unit, "level_printed": unit}, sparse=True)


def _statistics_of(result: TrendResult, lang: str, level_unit: str = "") -> dict[str, dict[str, object]]:
    """What one trend carries, under the name of each statistic."""
    rows = list[dict[str, object]]()
    slope, average = f"{level_unit}_a_year" if result.kind == "level" else "pp_a_year", result.cagr_pct
    if average is not None:
        head = SAYS["average", "money" if result.kind == "level" and level_unit in MONEY else result.kind].to(lang)
        rows += [{"statistic": head, "value": average, "unit": GROWTH, "n": result.n}]
    for of, unit in ((result.mean_log_growth, GROWTH), (result.log_linear, GROWTH), (result.theil_sen, slope)):
        rows += rows_of(of, unit, lang)
    rows += rows_of(result.mann_kendall, "S", lang)
    return {str(row["statistic"]): row for row in rows}


LISTED = 4  # growth figures named one by one, of more the average


def headline(scope: Scope, growth: pd.DataFrame, level: pd.DataFrame) -> Text:
    """Up to four growth figures in order, the average of more, the ends of the levels where there is no growth."""
    rates, years, names = stated(growth), _longest(growth), scope.said
    only = "only" if len(scope.years) > 1 else "one"  # of a window of one year nothing is said of others
    if len(rates) == 1 and _itself(scope):
        row = growth.loc[rates.index[0]]
        return SAYS["levels", only].format(**names, v=resting(in_sentence(row), row["flag"]), y=int(rates.index[0]))
    if 0 < len(rates) <= LISTED:
        said = SAYS.one_rate if len(rates) == 1 and only == "only" else SAYS.rates
        return said.format(**names, facts=_rates(scope, growth.loc[rates.index]))
    if not len(rates):
        return _levels(names, level, only)
    average = _average(years)
    if average is None:
        ends = extremes(growth)
        n = len({*rates.index, *(year for years in ends.values() for year in years)})
        return SAYS.ranged.format(**names, n=n, **{end: one_of(growth, years) for end, years in ends.items()})
    way, rate = _way(scope, round(average, 1))
    told = {"start": years.index[0], "end": years.index[-1], "n": number(rate, 1)}
    found = SAYS["average", way].format(**names | told)
    return resting(found, *growth.loc[years.index, "flag"], years=list(years.index))


def sentences(
    scope: Scope, growth: pd.DataFrame, level: pd.DataFrame, results: Mapping[str, TrendResult],
    shocks: Mapping[str, ShockResult], implied: Text,
) -> Iterator[Text]:  # fmt: skip
    """How sure one can be, the comparison that matters, what is implied and what is missing; the most important first."""
    rates = stated(growth)
    frame = growth if len(rates) else level
    known = stated(frame)
    carried = [r for r in reversed([*results.values()]) if r.mean_log_growth and r.mann_kendall]
    beside = list(_beside(growth, level, shocks)) if len(rates) else [worded(growth, OF_GROWTH if len(level) else PRINTED)]
    yield doubt(frame)
    if carried:
        yield from (*beside, otherwise(scope, growth), not_averaged(rates, _longest(frame)), implied)
        yield _pace(scope, max(carried, key=lambda r: r.n), _prices(level))
    else:
        breaks, first = scope.breaks(frame.attrs["measure"]), min(known.index, default=scope.end_year)
        last = [(year, label) for year, label in breaks.items() if year > first][-1:]
        parted = (SAYS.parted.format(year=year, label=label) for year, label in last)
        yield from (_few(scope, frame, results), implied, *parted, *beside, otherwise(scope, growth))
    named = extremes(growth).values() if frame is growth and _ranged(growth) else []
    yield worded(frame.drop([year for years in named for year in years]))
    if 1 < (n := len(known)) < len(scope.years):
        absent = [year for year in scope.years if year not in frame.index or frame.at[year, "qualifier"] == "none"]
        told = SAYS.others if frame is growth and n <= LISTED else SAYS.missing  # the years are listed above, or not
        yield told.format(k=len(absent), years=named_years(absent)) if absent else NO_WORDS


def _ranged(growth: pd.DataFrame) -> bool:
    """Whether the headline names the lowest and the highest rate."""
    return len(stated(growth)) > LISTED and _average(_longest(growth)) is None


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
    said, before = [], ""
    for year, row in rows.iterrows():
        way, value = _way(scope, row["value"])
        cells = {"n": resting(printed(value, row["qualifier"], "percent"), row["flag"]), "year": year}
        full, short = SAYS["ways", way].format(**cells), SAYS.again.format(**cells)
        said.append(Text(short.en, full.zh) if way == before != "same" else full)
        before = way
    return clauses(said)


def _way(scope: Scope, rate: float) -> tuple[str, float]:
    """How a rate is told, and the number that stands in it: a fall of 8% is −8."""
    if _itself(scope):
        return "stands", rate
    return "same" if not rate else "down" if rate < 0 else "rise" if scope.basis == "rate" else "grow", abs(rate)


def _itself(scope: Scope) -> bool:
    """Whether the indicator is called a rate in percent: a cut of 2.3% is neither a rise nor a fall (productivity is no rate)."""
    return scope.unit == "percent" and scope.indicator_name.zh.endswith("率")


def _levels(names: Mapping[str, Any], level: pd.DataFrame, only: str) -> Text:
    """From the first to the last level of the last stretch that has two, or the one there is; ``only`` as of :func:`headline`."""
    parts = [part for segment in segments(level) if len(part := stated(segment))]
    if not parts:
        return SAYS.bounds_only.format(**names)
    part = next((part for part in reversed(parts) if len(part) > 1), parts[-1])
    cells = _ends(level, part)
    if len(part) == 1:
        return SAYS["levels", only if len(parts) == 1 else "one"].format(**names, **cells)
    v, v2 = part.iloc[0], part.iloc[-1]
    return SAYS["moved", "same" if v == v2 else "up" if v2 > v else "down"].format(**names, **cells)


def _ends(level: pd.DataFrame, part: pd.Series) -> dict[str, Text | int]:
    """The first and the last level of a stretch in words, and their years."""
    y, y2 = int(part.index[0]), int(part.index[-1])
    v, v2 = (resting(in_sentence(level.loc[year]), level.at[year, "flag"]) for year in (y, y2))
    return {"v": v, "v2": v2, "y": y, "y2": y2}


def _beside(growth: pd.DataFrame, level: pd.DataFrame, shocks: Mapping[str, ShockResult]) -> Iterator[Text]:
    """Of an average the worst year and the average without it; else what the level did."""
    rates = _longest(growth)
    if _average(rates) is not None:
        lowest, highest = (rates.index[rates == end].tolist() for end in (rates.min(), rates.max()))
        low = {"year": named_years(lowest), "low": number(rates.min())}
        without = [s.excluding.cagr_pct for s in shocks.values() if [s.year] == lowest]
        if without and without[0] is not None:
            yield SAYS.lowest_without.format(**low, n=number(without[0], 1))
        elif lowest != highest:
            yield SAYS.ends.format(**low, best=named_years(highest), high=number(rates.max()))
    elif len(part := _longest(level)):
        yield (SAYS.level if len(part) == 1 else SAYS.level_from_to).format(**_ends(level, part), prices=_prices(level))


def _few(scope: Scope, frame: pd.DataFrame, results: Mapping[str, TrendResult]) -> Text:
    """What the longest stretch carries; of few that no trend, and how many are estimates; empty of one not estimated."""
    rows = frame.loc[stated(frame).index]
    n, k = len(rows), int(rows["vintage"].eq(ESTIMATE).sum())
    if n <= LISTED:
        kind = "one" if n == 1 else "all" if k == n else "some" if k else "none"
        return SAYS["few", kind].format(n=n, k=k) if n > 1 or k else NO_WORDS
    years = max(reversed([*results]), key=lambda years: results[years].n)
    found = results[years]
    if found.mann_kendall:
        said = _pace(scope, found)
        why = "zero" if found.kind == "level" else "gaps" if found.kind == "rate" and found.missing else ""
        return SAYS["no_average", why].format(told=within(said)) if why else said
    if found.cagr_pct is None:
        return SAYS.untested
    prices = NO_WORDS if found.kind == "rate" else _prices(frame)
    return SAYS.short.format(years=wording.spanned(years), average=number(found.cagr_pct, 1), prices=prices)


def _prices(level: pd.DataFrame) -> Text:
    """That levels are at current prices; nothing of what is no money."""
    return SAYS.current_prices if len(level) and level["unit"].iloc[0] in MONEY else NO_WORDS


def _pace(scope: Scope, found: TrendResult, prices: Text = NO_WORDS) -> Text:
    """Whether growth, or a decline, changes its pace; whether what does not grow rises; of a level how fast it moved."""
    assert found.mann_kendall
    if found.kind == "level" and found.mean_log_growth:
        rate = round(found.mean_log_growth.value, 1)
        told = SAYS["a_year", "up" if rate > 0 else "down"].format(average=number(abs(rate), 1), n=found.n, prices=prices)
        return told if rate else NO_WORDS
    grows = found.kind == "rate" and scope.basis != "rate"
    of = "figures" if not grows else "grow" if (found.cagr_pct or math.fsum(found.values)) >= 0 else "fall"
    return SAYS["pace", f"{of}_{found.mann_kendall.way}"].format(n=found.n)
