"""What the convergence study says: a rank test where five districts carry it, the ends of the order where they do not."""

from __future__ import annotations

import pandas as pd

from hanyang_data.record.catalogue import region_name
from hanyang_data.statistics.convergence import ConvergenceResult, significant
from hanyang_data.studies.scope import Scope
from hanyang_data.words.wording import UNITS, Text, number, within

NONE = Text(
    "No year has level and growth of two districts of {region} ({name})",
    "{region}没有两个以上的区同时有{name}总量与增速",
)
FEW = Text(
    "{region}, {year}: {n} districts with level and growth of {name}, too few to tell",
    "{region}{year}年仅{n}个区同时有{name}总量与增速，不足以判断",
)
FASTER = Text("{region}, {year}: districts with a lower {name} grew faster", "{region}{year}年{name}较低的区增长较快")
SLOWER = Text(
    "{region}, {year}: districts with a lower {name} grew more slowly", "{region}{year}年{name}较低的区增长较慢"
)
OPEN = Text(
    "{region}, {year}: level and growth of {name} of {n} districts go no way together that can be told",
    "{region}{year}年{n}个区{name}的总量与增速看不出关联",
)
ENDS = Text(
    "{low}, the lowest with {a}, {x}; {high}, the highest with {b}, {y} (levels in {unit}).",
    "总量最低的{low}（{a}）{x}，最高的{high}（{b}）{y}（总量单位：{unit}）。",
)
GREW, FELL = Text("grew by {rate}%", "增长{rate}%"), Text("fell by {rate}%", "下降{rate}%")
TEST = Text(
    "A doubling of the level goes with {slope} pp of growth ({span}); exact p = {p}, n = {n}.",
    "总量每翻一番，增速相差{slope}个百分点（{span}）；精确p值{p}，n={n}。",
)
SPAN = Text("95%: {low} to {high}", "95%区间{low}至{high}")
LEFT = Text(
    "{k} of {all} districts are left out, as level or growth is missing.", "{all}个区中{k}个因缺少总量或增速未列入。"
)


def title(scope: Scope, year: int, found: ConvergenceResult) -> Text:
    """The finding."""
    names = {"region": scope.region_name, "year": year, "n": found.n, "name": within(scope.indicator_name)}
    if found.n < 2:
        return NONE.format(**names)
    if found.test is None:
        return FEW.format(**names)
    if not significant(found):
        return OPEN.format(**names)
    return (FASTER if found.test.statistic < 0 else SLOWER).format(**names)


def sentences(scope: Scope, found: ConvergenceResult, left_out: int) -> list[Text]:
    """The ends of the order, what was tested, and who is missing."""
    said = [_ends(scope, found.table)] if found.n > 1 else []
    if found.slope and found.test:
        low, high = (number(end, 1, sign=True) for end in (found.slope.low, found.slope.high))
        span, p = SPAN.format(low=low, high=high), number(found.test.p_value, 3)
        said.append(TEST.format(slope=number(found.slope.value, 1, sign=True), span=span, p=p, n=found.n))
    return [*said, *[LEFT.format(k=left_out, all=left_out + found.n)] * bool(left_out)]


def _ends(scope: Scope, table: pd.DataFrame) -> Text:
    (low, first), (high, last) = ((str(row.name), row) for row in (table.iloc[0], table.iloc[-1]))
    return ENDS.format(
        low=region_name(low, scope.dataset), high=region_name(high, scope.dataset),
        a=number(first["level"]), b=number(last["level"]), x=_change(first["growth_pct"]), y=_change(last["growth_pct"]),
        unit=UNITS[str(scope.dataset.indicators.at[scope.indicator, "level_unit"])],
    )  # fmt: skip


def _change(rate: float) -> Text:
    return (FELL if rate < 0 else GREW).format(rate=number(abs(rate)))
