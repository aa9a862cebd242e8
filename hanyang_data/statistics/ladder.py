"""The reporting ladder: what a number of annual observations carries, and which methods are refused at this length."""

from __future__ import annotations

from typing import Literal, NamedTuple

from hanyang_data.errors import ParameterError, nearest
from hanyang_data.words.wording import Text

Permit = Literal["values", "mean", "interval", "slope", "test", "regression", "revisions"]

ALPHA = 0.05


class Rung(NamedTuple):
    """A rung of the ladder: from ``lowest`` usable observations on, what may be computed, and what that prints."""

    lowest: int
    permits: frozenset[Permit]
    prints: Text


_EXACT: frozenset[Permit] = frozenset({"values", "mean", "interval", "slope", "test"})
LADDER = (
    Rung(0, frozenset(), Text("only why nothing is usable", "只说明为何没有可用数据")),
    Rung(1, frozenset({"values"}), Text("values, their difference", "数值及其差")),
    Rung(3, frozenset({"values", "mean"}), Text("also mean, extremes, average growth", "另列均值、极值、年均增速")),
    Rung(5, _EXACT, Text("also exact intervals and tests, Sen slope", "另列精确区间与检验、Sen斜率")),
    Rung(8, _EXACT | {"regression"}, Text("also a trend regression, one known break", "另列趋势回归、一个已知断点")),
    Rung(11, _EXACT | {"regression", "revisions"}, Text("also revision regressions", "另列修订回归")),
)


class Refusal(NamedTuple):
    """A method that is refused on short series: its name, from how many observations on it may be used, and why."""

    method: Text
    lowest: int
    reason: Text


# METHODS 1.1 T4, T6, T7, 1.2 and 3 (15). The shares of false alarms are simulated (40,000 draws, a true null, nominal 5%).
REFUSED = {
    "hac": Refusal(
        Text("HAC standard errors (Newey–West)", "HAC标准误（Newey–West）"),
        30,
        Text("At n = 8 the usual version finds a trend where there is none in 25% of cases instead of 5%.",
             "n=8时，按常用设定，在并无趋势的情形下误报率为25%，而非5%。"),
    ),
    "filter": Refusal(
        Text("Filters and unobserved components (HP, UC)", "滤波与不可观测成分模型（HP、UC）"),
        15,
        Text("The ends are revised by every new year; never read the last three years, however long the series is.",
             "每新增一年，两端结果都会改变；无论序列多长，最后三年的结果均不可采用。"),
    ),
    "unknown_break": Refusal(
        Text("Search for an unknown break (sup-F, Bai–Perron)", "未知断点搜索（sup-F、Bai–Perron）"),
        30,
        Text("With a handful of years a break that was sought is always found; breaks are stated with their evidence.",
             "年份很少时，逐年搜寻总能“找到”断点；断点须事先给出并附依据。"),
    ),
    "bootstrap": Refusal(
        Text("Bootstrap intervals", "自助法区间"),
        30,
        Text("At n = 8 the percentile interval misses the true mean in 12% of cases instead of 5% (17% at n = 5).",
             "n=8时，百分位区间有12%的情形未覆盖真实均值，而非5%（n=5时为17%）。"),
    ),
}  # fmt: skip


def rung(n: int) -> Rung:
    """The rung of the ladder on which ``n`` usable observations stand."""
    return [step for step in LADDER if step.lowest <= n][-1]


def permits(what: Permit, n: int) -> bool:
    """Whether ``n`` usable observations carry ``what``."""
    return what in rung(n).permits


def smallest_sign_flip_p(n: int) -> float:
    """The smallest two-sided p-value that the signs of ``n`` values can give."""
    return float(2 / 2**n)


def refused(n: int) -> dict[str, Refusal]:
    """The methods that ``n`` usable observations do not carry, by name."""
    return {name: refusal for name, refusal in REFUSED.items() if n < refusal.lowest}


def refuse(method: str, n: int) -> None:
    """Stop whoever asks for a method that ``n`` usable observations do not carry.

    Args:
        method: key of ``REFUSED``.
        n: usable observations.

    Raises:
        ParameterError: naming the method, the number needed and the reason; or for a method that is not in the list.
    """
    if method not in REFUSED:
        raise ParameterError(f"unknown method {method!r}: {nearest(method, REFUSED)}")
    name, lowest, reason = REFUSED[method]
    if n < lowest:
        raise ParameterError(f"{name.en}: refused at n = {n}, allowed from {lowest} on. {reason.en}")
