"""The words for a handful of observations: the same sentence for the same finding in every notebook."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Literal, NamedTuple

from hanyang_data.statistics.ladder import ALPHA, smallest_sign_flip_p
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import Text, number, year_list

if TYPE_CHECKING:
    from hanyang_data.statistics.small_sample import Estimate, Test

SAYS = messages(__name__)

Unit = Literal["pp", "percent", "pp_a_year", "a_year"]

MARGIN_PP = 0.5  # a mean gap or error of this size would matter; a judgement, so it is printed wherever it is used

# what Estimate.method and Test.method may say, in Chinese
METHODS = {name.en: name.zh for name in SAYS.row("methods")}

NO_OBSERVATION = SAYS.no_observation
MISSING = SAYS.missing
_AMOUNTS = SAYS.each("amounts")


def amount(value: float, unit: Unit, *, decimals: int = 1, sign: bool = True) -> Text:
    """A number with its unit."""
    shown = number(value, decimals, sign=sign)
    return Text(*(template.format(shown) for template in _AMOUNTS[unit]))


def span(low: float, high: float, unit: Unit, *, decimals: int = 1, sign: bool = True) -> Text:
    """Two numbers with their unit: −0.9 to +0.1 pp."""
    first, last = (number(value, decimals, sign=sign) + ("%" if unit == "percent" else "") for value in (low, high))
    within = SAYS.to.format(first=first, last=last)
    return within if unit == "percent" else Text(*(t.format(w) for t, w in zip(_AMOUNTS[unit], within, strict=True)))


def p_number(test: Test) -> str:
    """A p-value for print, three decimals; below 0.001 as such."""
    return "<0.001" if test.p_value < 0.001 else number(test.p_value, 3)


def p_clause(test: Test | None) -> Text:
    """The p-value as it goes in front of n in a sentence; nothing where there is no test."""
    if test is None:
        return Text("", "")
    shown = number(test.p_value, 3)
    kind = SAYS.exact_p if "exact" in test.method else SAYS.permutation_p
    small = test.p_value < 0.001
    clause = SAYS.below_0_001 if small else SAYS.p_clause
    return clause.format(kind=kind, p=shown)


def listing(items: Mapping[int, Text]) -> Text:
    """Year by year, in one row of text."""
    return Text(
        "; ".join(f"{y}: {t.en}" for y, t in items.items()), "；".join(f"{y}年{t.zh}" for y, t in items.items())
    )


def too_few(items: Mapping[int, Text]) -> Text:
    """The sentence for one to four observations, which lists them."""
    return SAYS.too_few.format(n=len(items), years=year_list(list(items)), listed=listing(items))


class Subject(NamedTuple):
    """What a sentence on an estimate is about: its name, what zero would mean, its unit and decimals."""

    what: Text
    null: Text
    unit: Unit
    decimals: int = 1
    margin: float = MARGIN_PP  # in pp: smaller would not matter


def inference(estimate: Estimate, test: Test | None, years: Sequence[int], subject: Subject) -> Text:
    """The sentence on an estimate that would be zero under the null; the test decides, the interval shows the size.

    Whether it includes values that would matter is said for percentage points only, where a margin is stated.
    """
    what, null, unit, decimals, least = subject
    outside = not estimate.low <= 0 <= estimate.high
    rejected = outside if test is None else test.p_value <= ALPHA
    template = SAYS.disagree if rejected != outside else SAYS.rejected if rejected else SAYS.not_rejected
    margin = Text("", "")
    if unit == "pp":
        limit = amount(least, unit, sign=False, decimals=1 if round(least, 1) == least else 2)
        inside = max(-estimate.low, estimate.high) < least
        margin = (SAYS.immaterial if inside else SAYS.matters).format(margin=SAYS.inference.format(limit=limit))
    return template.format(
        what=what,
        null=null,
        years=year_list(years),
        n=estimate.n,
        p=p_clause(test),
        margin=margin,
        estimate=amount(estimate.value, unit, decimals=decimals),
        span=span(estimate.low, estimate.high, unit, decimals=decimals),
    )


def on_average(mean: Estimate, test: Test | None, years: Sequence[int], subject: Subject) -> list[Text]:
    """The sentences on a mean and its sign-flip test, or on why there is none."""
    parts = [inference(mean, test, years, subject)]
    if test is None:
        parts.append(SAYS.no_test.format(n=mean.n, p=number(smallest_sign_flip_p(mean.n), 3)))
    return parts


def mean_and_extremes(values: Sequence[float], unit: Unit) -> Text:
    """The sentence for three or four values, as arithmetic."""
    mean, low, high = (amount(v, unit) for v in (math.fsum(values) / len(values), min(values), max(values)))
    return SAYS.extremes.format(mean=mean, low=low, high=high)
