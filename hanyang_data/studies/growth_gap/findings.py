"""What was found on the chained gap and on sectors, in the few words of a title: computed, right for any parameters."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from hanyang_data.statistics.attribution import LIMIT_PP, ShiftShare
from hanyang_data.statistics.gap import GapResult
from hanyang_data.statistics.small_sample import Range
from hanyang_data.studies.growth_gap.evidence import MeasuredYear, SectorYear
from hanyang_data.studies.scope import Scope
from hanyang_data.words.wording import Text, number, within

WIDE_PP = 1.0  # a band wider than this is said as a range
CHAINED = Text("{title}, {start}–{end}: {a} {moved} {b}", "{start}–{end}年{title}：{a}相对{b}{moved}")
GAINED = Text("gained {n} on", "累计领先{n}")
LOST = Text("lost {n} to", "累计落后{n}")
ALIKE = Text("cannot be told from", "累计差距在表述误差之内")
SHARE_FROM_TO = Text(
    "{a}'s share of {b}, {indicator}: {v}% in {y}, {v2}% in {y2}", "{a}{indicator}占{b}比重：{y}年{v}%，{y2}年{v2}%"
)
ONE_SHARE = Text("{a}'s share of {b}, {indicator}: {v}% in {y}", "{y}年{a}{indicator}占{b}的{v}%")
SHARE_FELL = Text("{a}'s share of {b} fell on {k} of {n} indicators", "{n}项指标中，{a}占{b}比重下降的有{k}项")
SHARES = Text("{a}'s share of {b}", "{a}占{b}的比重")
NO_SHARE = Text(
    "No share of {b} is drawn: no year has a level of both on one basis, or {b} does not contain {a}.",
    "没有双方同口径总量的年份，或{b}不包含{a}，不绘比重图。",
)
UNCHAINED = Text(
    "No chain is drawn: growth of {indicator} of {a} and {b} does not compare in two years in a row.",
    "没有连续两年可比的{a}与{b}{indicator}增速，不绘累计图。",
)

OWN = Text(
    "{region} {year}: {sector} contributes {part} pp to growth of {total}%",
    "{region}{year}年增速{total}%：{sector}拉动{part}个百分点",
)
BETWEEN = Text(
    "{a} {gap} pp {side} {b} in {year}: structure {structure}, within sectors {inside} pp",
    "{year}年{a}比{b}{side}{gap}个百分点：结构{structure}，产业内{inside}个百分点",
)
AHEAD, BEHIND = Text("ahead of", "高"), Text("behind", "低")
NO_SECTORS = Text(
    "No attribution by sector: no year of {start}–{end} in which {region} prints growth and level of two sectors and of GDP.",
    "不作产业分解：{start}–{end}年{region}没有同时公布两个产业及地区生产总值增速与总量的年份。",
)
NOT_GDP = Text(
    "No attribution by sector: sectors add up to GDP and not to {indicator}.",
    "不作产业分解：各产业之和为地区生产总值，而非{indicator}。",
)
NO_COMMON = Text(
    "The gap to {b} is not taken apart: no year in which both print the same sectors in the same kind of vintage.",
    "与{b}的增速差不作分解：没有双方以同类版本公布相同产业的年份。",
)
BETTER = Text(
    "For {year} the sectors of {a}, measured ({measured}), add up to GDP growth of {sum}% (computed); the printed {whole}% is an "
    "estimate of {estimated} and the weaker measurement.",
    "{year}年{a}各产业核算数（{measured}公布）合计地区生产总值增速为{sum}%（推算）；公布的{whole}%为{estimated}的预计数，准确性较低。",
)
MEASURED_GAP = Text(
    "On measured figures the gap of {year} to {b} ({city}%) is {gap} pp (computed).",
    "按核算数，{year}年与{b}（{city}%）的差距为{gap}个百分点（推算）。",
)
REFUSED = Text(
    "{year}: the gap is not taken apart, a residual being beyond {limit} pp.",
    "{year}年残差超过{limit}个百分点，增速差不作分解。",
)


def chained(scope: Scope, result: GapResult) -> Text:
    """What the last unbroken run of years adds up to.

    Args:
        scope: the question, with its comparator.
        result: a stretch with a run of at least two years.
    """
    band, value = result.rounding_band_pp, float(result.cumulative_pct.iloc[-1])
    inside = band is not None and band.low <= 0 <= band.high
    moved = (ALIKE if inside else GAINED if value > 0 else LOST).format(n=about_range(value, band))
    names = {"title": scope.indicator_name, "a": scope.region_name, "b": scope.comparator_name}
    return CHAINED.format(**names, moved=moved, start=result.chain.index[0], end=result.chain.index[-1])


def share(scope: Scope, shares: pd.DataFrame) -> Text:
    """The region's share of the comparator on the scope's indicator, then and now; else on how many indicators it fell."""
    names = {"a": scope.region_name, "b": scope.comparator_name, "indicator": within(scope.indicator_name)}
    if shares.empty:
        return NO_SHARE.format(**names)
    ours = shares[shares["indicator"] == scope.indicator].sort_values("year")
    if len(ours):
        (y, v), (y2, v2) = ((int(r.year), number(r.share_pct, 2)) for r in (ours.iloc[0], ours.iloc[-1]))
        return (ONE_SHARE if len(ours) == 1 else SHARE_FROM_TO).format(**names, y=y, v=v, y2=y2, v2=v2)
    ends = shares.sort_values("year").groupby("indicator")["share_pct"].agg(["first", "last", "size"])
    moved = ends[ends["size"] > 1]
    if moved.empty:
        return SHARES.format(**names)
    return SHARE_FELL.format(**names, k=int((moved["last"] < moved["first"]).sum()), n=len(moved))


def about_range(value: float, band: Range | None) -> Text:
    """A change in percent, as a range where the wording of the rates leaves it open by more than a point: about 1 to 3%."""
    if band is None or band.high - band.low <= WIDE_PP:
        return Text(*[number(abs(value), 1) + "%"] * 2)
    low, high = (number(end, 0) for end in sorted(map(abs, band)))
    return Text(f"about {low} to {high}%", f"约{low}%至{high}%")


def unchained(scope: Scope) -> Text:
    """Why no chain is drawn."""
    names = {"a": scope.region_name, "b": scope.comparator_name, "indicator": within(scope.indicator_name)}
    return UNCHAINED.format(**names)


def sectors(scope: Scope, year: int, study: SectorYear, between: ShiftShare | None) -> Text:
    """What the gap is made of, or, where it is not taken apart, which sector makes most of the region's own growth."""
    if between is not None:
        cells = {"gap": number(abs(between.gap_pp), 1), "side": AHEAD if between.gap_pp >= 0 else BEHIND}
        parts = {"structure": _signed(between.structure_pp), "inside": _signed(between.within_pp)}
        return BETWEEN.format(**cells, **parts, a=scope.region_name, b=scope.comparator_name, year=year)
    table = study.parts.table
    most = str(table["contribution_pp"].abs().idxmax())
    part = _signed(float(table.at[most, "contribution_pp"]))
    total = number(study.parts.total_pct, 1, sign=True)
    return OWN.format(region=scope.region_name, year=year, sector=within(scope.name_of(most)), part=part, total=total)


def measured(scope: Scope, found: Sequence[MeasuredYear]) -> list[Text]:
    """Which measurement of growth is the better one, and the gap on it, computed, beside the one on estimates."""
    parts = []
    for of in found:
        names = {"a": scope.region_name, "b": scope.comparator_name, "year": of.year, "estimated": of.estimated_in}
        told = {"sum": number(of.sum_pct, 1), "whole": number(of.estimate_pct), "measured": of.measured_in}
        parts.append(BETTER.format(**names, **told))
        if of.city_pct == of.city_pct:  # NaN: no measured figure of the comparator
            gap, city = number(of.gap_pp, 1, sign=True), number(of.city_pct)
            parts.append(MEASURED_GAP.format(**names, gap=gap, city=city))
    return parts


def no_sectors(scope: Scope, own: Mapping[int, SectorYear], between: Mapping[int, ShiftShare | None]) -> list[Text]:
    """What cannot be taken apart, and why."""
    if scope.indicator != "gdp":
        return [NOT_GDP.format(indicator=within(scope.indicator_name))]
    if not own:
        return [NO_SECTORS.format(start=scope.start_year, end=scope.end_year, region=scope.region_name)]
    if not between:
        return [NO_COMMON.format(b=scope.comparator_name)]
    refused = [year for year, part in between.items() if part is None]
    return [REFUSED.format(year=year, limit=number(LIMIT_PP)) for year in refused]


def _signed(value: float) -> str:
    return number(value, 1, sign=True)
