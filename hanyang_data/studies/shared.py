"""From a question to results: the analyses applied to the series of a scope, segment by segment, indicator by indicator.

The analyses know no snapshot and the figures compute nothing; what lies between them is here.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import pandas as pd

from hanyang_data.record.contract import HALF_DIGIT
from hanyang_data.record.frames import segments, stated, states, target_objects
from hanyang_data.record.periods import PARTS
from hanyang_data.record.series import ESTIMATE
from hanyang_data.record.targets import Target
from hanyang_data.record.vintages import known_on
from hanyang_data.statistics import gap, interval, shock, shortfall, trend
from hanyang_data.statistics.gap import GapResult
from hanyang_data.statistics.interval import Interval
from hanyang_data.statistics.shock import ShockResult
from hanyang_data.statistics.shortfall import ShortfallResult
from hanyang_data.statistics.small_sample import MARGIN_PP
from hanyang_data.statistics.trend import NO_WORDS, TrendResult
from hanyang_data.studies.scope import Scope
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import GROWTH, LEVEL, Text, join, printed

SAYS = messages(__name__)

ABOUT_PP = 0.5  # what a rate printed as "about" may be off by: the widest reading of METHODS 0(5)

MONEY = ("CNY_100M", "USD_100M", "CNY")
A_FIGURE = SAYS.each("a_figure")


@dataclass(frozen=True)
class TargetStudy:
    """One indicator against its targets: the frames of outturns and of both target sets, and both evaluations."""

    label: Text
    outturns: pd.DataFrame
    original: pd.DataFrame
    revised: pd.DataFrame
    against_original: ShortfallResult
    against_revised: ShortfallResult


def trend_by_segment(frame: pd.DataFrame, kind: str) -> dict[str, TrendResult]:
    """The trend of each stretch of a series between its breaks, under its years; nothing is computed across a break.

    Args:
        frame: outturns as of ``Scope.outturns``.
        kind: ``level`` or ``rate``; levels in percent are shares and analysed as such.

    Returns:
        "2017–2018" → result; a stretch without a stated number (bounds, wordings) is left out.
    """
    kind = "share" if kind == "level" and frame["unit"].eq("percent").all() else kind
    parts = [values for part in segments(frame) if len(values := stated(part))]
    return {
        _span(part): trend.analyse(list(part.index), list(part), kind=kind, basis=_basis(frame, part)) for part in parts
    }


def _basis(frame: pd.DataFrame, part: pd.Series) -> Text:
    """Of a rate computed from levels: that it is nominal, and from which kind of figure to which."""
    vintage = frame["vintage"].to_dict()  # of several readings a year the last
    a, b = (str(vintage[year]) for year in (part.index[0], part.index[-1]))
    prices = SAYS.nominal if frame["unit"].iloc[0] in MONEY else NO_WORDS
    ends = SAYS.from_to.format(a=A_FIGURE[a], b=A_FIGURE[b]) if a != b else NO_WORDS
    return Text(prices.en + ends.en, prices.zh + ends.zh)


def shock_by_segment(frame: pd.DataFrame, year: int = shock.YEAR) -> dict[str, ShockResult]:
    """Growth with and without a year, for the stretch between breaks that states it; empty where none does.

    Args:
        frame: outturns of growth as of ``Scope.outturns``.
        year: the year in question.
    """
    parts = [values for part in segments(frame) if len(values := stated(part))]
    found = {_span(part): shock.analyse(list(part.index), list(part), year=year) for part in parts}
    return {years: result for years, result in found.items() if result is not None}


class Instead(NamedTuple):
    """What is on record of growth for years without an annual outturn.

    Args:
        targets: rows of the original targets with a number.
        parts: rows of the longest part of the year that is printed (``period``: q1_q3, h1 or q1).
    """

    targets: pd.DataFrame
    parts: pd.DataFrame


def instead_of(scope: Scope, growth: pd.DataFrame) -> Instead:
    """Targets and parts of a year, for the years of the window in which no outturn of growth is on record.

    Args:
        scope: the question.
        growth: outturns of growth as of ``Scope.outturns``.
    """
    targets = scope.targets()
    targets = targets[targets["value"].notna() & ~targets.index.isin(growth.index)]
    obs = known_on(scope.dataset.observations, scope.as_of)
    ours = obs[
        obs["region"].eq(scope.region) & obs["indicator"].eq(scope.indicator) & obs["measure"].eq("growth")
        & obs["concept"].eq("outturn") & obs["period"].isin(PARTS) & obs["value"].notna()
        & obs["year"].isin(set(scope.years) - {*growth.index})
    ]  # fmt: skip
    longest_first = ours.assign(rank=ours["period"].map(PARTS.index)).sort_values(["year", "rank"], kind="stable")
    return Instead(targets, longest_first.drop_duplicates("year").set_index("year").assign(flag=""))


def longest(*results: Mapping[str, TrendResult]) -> int:
    """The number of observations of the longest stretch: what a method of any of them could use."""
    return max((result.n for stretches in results for result in stretches.values()), default=0)


def comparable_pairs(district: pd.DataFrame, city: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """The stated values of both sides, less the years that :func:`unlike_years` names."""
    unlike = {year for years in unlike_years(district, city).values() for year in years}
    left, right = (values[[year not in unlike for year in values.index]] for values in map(stated, (district, city)))
    return left, right


def unlike_years(district: pd.DataFrame, city: pd.DataFrame) -> dict[str, list[int]]:
    """The years in which both sides state a figure and the two do not compare.

    Returns:
        ``basis``: one side alone is on a comparable basis; ``vintage``: one side is an estimate, the other was measured.
    """
    here, there = _nature(district), _nature(city)
    return {
        name: [year for year in here if year in there and here[year][name] != there[year][name]]
        for name in ("basis", "vintage")
    }


def allowance(*frames: pd.DataFrame) -> dict[int, float]:
    """By how many pp the difference of some rates may be off in each year: half a digit each, 0.5 for an "about"."""
    off: dict[int, float] = {}
    for frame in frames:
        for year, word in zip(frame.index.tolist(), frame["qualifier"].tolist(), strict=True):
            off[year] = off.get(year, 0.0) + (ABOUT_PP if word == "about" else HALF_DIGIT)
    return off


def gap_bounds(district: pd.DataFrame, city: pd.DataFrame) -> dict[int, Interval]:
    """The gaps of the years in which a side is a bound and the two are of the same basis and kind of vintage."""
    sides = [{int(y): _interval(row) for y, row in frame.iterrows()} for frame in (district, city)]
    unlike = {year for years in unlike_years(district, city).values() for year in years}
    common = [year for year in sides[0].keys() & sides[1].keys() if year not in unlike]
    gaps = {year: sides[0][year].minus(sides[1][year]) for year in sorted(common)}
    return {year: found for year, found in gaps.items() if found.bounded and not found.stated}


def _interval(row: pd.Series) -> Interval:
    return interval.printed(row["qualifier"], row["value"])


def _nature(frame: pd.DataFrame) -> dict[int, dict[str, bool]]:
    """Of each year with a number, a bound included, whether it is on a comparable basis and whether it is an estimate."""
    columns = (frame.index.tolist(), frame["value"].tolist(), frame["flag"].tolist(), frame["vintage"].tolist())
    return {
        int(year): {"basis": "comparable" in flag, "vintage": vintage == ESTIMATE}
        for year, value, flag, vintage in zip(*columns, strict=True)
        if value == value  # NaN is not itself
    }


def gap_by_segment(
    scope: Scope, indicator: str = "", *, share: pd.Series | None = None, margin: float = MARGIN_PP
) -> dict[str, GapResult]:
    """The growth gap of the region against the comparator, for each stretch between the breaks of either side.

    Args:
        scope: the question, with its comparator.
        indicator: another indicator than the scope's.
        share: the region's share of the comparator in percent by year, as of ``studies_gap.shares``.
        margin: a mean gap smaller than this, in pp, would not matter.

    Returns:
        "2020–2023" → result, for each stretch in which either side states a number; the gap of a year is a fact of that
        year alone, while chains and means end at a break.
    """
    frames = scope.pair(indicator=indicator)
    sides, off, one_sided = comparable_pairs(*frames), allowance(*frames), gap_bounds(*frames)
    regions = (scope.region, scope.comparator)
    cuts = sorted({year for region in regions for year in scope.breaks(indicator=indicator, region=region)})
    edges = [scope.start_year, *cuts, scope.end_year + 1]
    results = {}
    for start, end in pairwise(edges):
        parts = [side[(side.index >= start) & (side.index < end)] for side in sides]
        bounds = {year: found for year, found in one_sided.items() if start <= year < end}
        if len(years := parts[0].index.union(parts[1].index).union(list(bounds))):
            here = None if share is None else share[(share.index >= start - 1) & (share.index < end - 1)]
            results[_span(pd.Series(0, index=years))] = gap.analyse(
                *parts, share=here, margin=margin, allowance=off, bounds=bounds
            )
    return results


def yearly_gaps(results: Mapping[str, GapResult]) -> pd.DataFrame:
    """The yearly tables of all stretches, one below the other."""
    columns = ["district_pct", "city_pct", "gap_pp", "within_rounding"]
    tables = [result.yearly for result in results.values()]
    return pd.concat(tables) if tables else pd.DataFrame(columns=columns, index=pd.Index([], name="year"), dtype=float)


def about_years(*frames: pd.DataFrame) -> list[int]:
    """The years that any of the frames prints as "about"."""
    return [int(year) for frame in frames for year in frame.index[frame["qualifier"] == "about"]]


def one_sided_gaps(results: Mapping[str, GapResult]) -> dict[int, Interval]:
    """The gaps of all stretches of which only a bound is known."""
    return {year: found for result in results.values() for year, found in result.bounds.items()}


def gaps_in_year(scope: Scope, indicators: Sequence[str], year: int) -> pd.DataFrame:
    """Both sides and the gap in one year, one row per indicator.

    Returns:
        A frame indexed by indicator id with ``district_pct, city_pct, gap_pp, within_rounding``, NaN where they do not compare,
        and the qualifiers and flags as printed (``district_qualifier, district_flag, city_qualifier, city_flag``),
        empty where they were not.
    """
    rows = {}
    for id_ in indicators:
        yearly = yearly_gaps(gap_by_segment(scope, id_))
        rows[id_] = dict(yearly.loc[year]) if year in yearly.index else {}
        for side, frame in zip(("district", "city"), scope.pair(indicator=id_), strict=True):
            rows[id_] |= {f"{side}_{column}": frame[column].get(year, "") for column in ("qualifier", "flag")}
    columns = [
        "district_pct",
        "city_pct",
        "gap_pp",
        "within_rounding",
        *(f"{s}_{c}" for s in ("district", "city") for c in ("qualifier", "flag")),
    ]
    table = pd.DataFrame.from_dict(rows, orient="index").reindex(columns=columns)
    table["within_rounding"] = table["within_rounding"].eq(True)
    return table.astype(dict.fromkeys(columns[:3], float)).rename_axis("indicator")


def rows_in_year(scope: Scope, indicators: Sequence[str], year: int) -> pd.DataFrame:
    """The outturns of growth of both sides in one year with their ``indicator``, for note and source."""
    frames = [frame.assign(indicator=id_) for id_ in indicators for frame in scope.pair(indicator=id_)]
    return pd.concat([frame[frame.index == year] for frame in frames])


def common_years(scope: Scope, indicators: Sequence[str]) -> list[int]:
    """The years in which both sides state growth, one entry per indicator and year."""
    return [int(year) for id_ in indicators for year in yearly_gaps(gap_by_segment(scope, id_)).dropna().index]


def focus_year(scope: Scope, asked: int, candidates: Sequence[int]) -> int:
    """The year to show across indicators: the one asked for, or the latest of those that occur most often.

    Raises:
        ParameterError: if the year asked for lies outside the window.
    """
    return scope.check_focus_year(asked) or max(
        candidates, key=lambda year: (candidates.count(year), year), default=scope.end_year
    )


def shortfall_of(scope: Scope, measure: str = "growth", indicator: str = "") -> TargetStudy:
    """Outturns of one indicator against its original and its revised targets."""
    outturns = scope.outturns(measure, indicator=indicator)
    ceiling = scope.lower_is_better(indicator)
    frames = {v: scope.targets(v, measure, indicator=indicator) for v in ("original", "revised")}
    results = {name: judge(outturns, target_objects(targets, ceiling=ceiling)) for name, targets in frames.items()}
    return TargetStudy(
        label=scope.name_of(indicator or scope.indicator),
        outturns=outturns,
        original=frames["original"],
        revised=frames["revised"],
        against_original=results["original"],
        against_revised=results["revised"],
    )


def targets_in_year(scope: Scope, year: int) -> list[TargetStudy]:
    """Every target of the region on record for one year, growth and level of all indicators, judged."""
    data = scope.dataset
    rows = data.observations[["region", "concept", "period", "year", "indicator", "measure"]]
    ours = rows[(rows["region"] == scope.region) & (rows["concept"] == "target") & (rows["period"] == "annual")]
    listed = ours[ours["year"] == year][["indicator", "measure"]].drop_duplicates()
    known = [shortfall_of(scope, measure, id_) for id_, measure in listed.itertuples(index=False)]
    return [study for study in known if year in study.original.index.union(study.revised.index)]


def judge(outturns: pd.DataFrame, targets: Mapping[int, Target]) -> ShortfallResult:
    """Set a frame of outturns, bounds and wordings included, against targets."""
    return shortfall.analyse(stated(outturns), targets, bounds=bounds_of(outturns))


def bounds_of(frame: pd.DataFrame) -> dict[int, Interval]:
    """The years of a frame whose figure is a bound or a wording, with the numbers that it may stand for."""
    columns = (frame.index.tolist(), frame["qualifier"].tolist(), frame["value"].tolist(), states(frame))
    return {year: interval.printed(word, value) for year, word, value, known in zip(*columns, strict=True) if not known}


def words_of(frame: pd.DataFrame, year: int) -> Text | None:
    """A year of a frame of outturns or targets as it was printed; None where nothing is on record.

    That a table prints 无, none, is a statement of its own and not a missing one.
    """
    if year not in frame.index:
        return None
    row = frame.loc[year]
    return (
        SAYS.none_set
        if row.get("wording") == "无"
        else printed(row["value"], row["qualifier"], row["unit"], row.get("value_high"), flag=row["flag"])
    )


def judged_years(in_year: Mapping[str, TargetStudy]) -> list[int]:
    """The years that can be judged, one entry per target set, indicator and year; where none can, those with a target."""
    judged = [
        year for s in in_year.values() for result in (s.against_original, s.against_revised) for year in result.judged
    ]
    return judged or [int(year) for study in in_year.values() for year in study.original.index]


def rows_of(in_year: Mapping[str, TargetStudy], year: int) -> pd.DataFrame:
    """All rows of several indicators in one year, one below the other."""
    frames = [frame for study in in_year.values() for frame in (study.outturns, study.original, study.revised)]
    return pd.concat([frame[frame.index == year] for frame in frames])


def trend_verdict(
    growth: Mapping[str, TrendResult], level: Mapping[str, TrendResult], shocks: Mapping[str, ShockResult] | None = None
) -> Text:
    """What both series carry, stretch by stretch, in one text; with ``shocks`` also growth without the year in question."""
    parts = []
    for name, results in ((GROWTH, growth), (LEVEL, level)):
        if not results:
            parts.append(SAYS.not_stated.format(what=name))
        for years, result in results.items():
            parts.append(SAYS.stretch.format(what=name, years=years, verdict=result.verdict))
            parts += [shocks[years].verdict] if name is GROWTH and shocks and years in shocks else []
    return join(parts)


def gap_verdict(results: Mapping[str, GapResult], also: Sequence[Text] = ()) -> Text:
    """What the gaps carry, stretch by stretch, and what must be said besides, in one text; empty where there is none."""
    texts = [SAYS.gap_verdict.format(years=years, verdict=r.verdict) for years, r in results.items()]
    whole = [next(iter(results.values())).verdict] if len(texts) == 1 else texts
    return join([*whole, *also])


def _span(part: pd.Series) -> str:
    return f"{min(part.index)}–{max(part.index)}" if len(part) > 1 else str(part.index[0])
