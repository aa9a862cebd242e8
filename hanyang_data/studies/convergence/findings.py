"""What the convergence study says: a rank test where five districts carry it, the ends of the order where they do not."""

from __future__ import annotations

import pandas as pd

from hanyang_data.record.catalogue import region_name
from hanyang_data.statistics.convergence import ConvergenceResult, significant
from hanyang_data.studies.scope import Scope
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import UNITS, Text, number, within

SAYS = messages(__name__)

LEFT = SAYS.left


def title(scope: Scope, year: int, found: ConvergenceResult) -> Text:
    """The finding."""
    names = {"region": scope.region_name, "year": year, "n": found.n, "name": within(scope.indicator_name)}
    if found.n < 2:
        return SAYS.none.format(**names)
    if found.test is None:
        return SAYS.few.format(**names)
    if not significant(found):
        return SAYS.open.format(**names)
    return (SAYS.faster if found.test.statistic < 0 else SAYS.slower).format(**names)


def sentences(scope: Scope, found: ConvergenceResult, left_out: int) -> list[Text]:
    """The ends of the order, what was tested, and who is missing."""
    said = [_ends(scope, found.table)] if found.n > 1 else []
    if found.slope and found.test:
        low, high = (number(end, 1, sign=True) for end in (found.slope.low, found.slope.high))
        span, p = SAYS.span.format(low=low, high=high), number(found.test.p_value, 3)
        said.append(SAYS.test.format(slope=number(found.slope.value, 1, sign=True), span=span, p=p, n=found.n))
    return [*said, *[LEFT.format(k=left_out, all=left_out + found.n)] * bool(left_out)]


def _ends(scope: Scope, table: pd.DataFrame) -> Text:
    (low, first), (high, last) = ((str(row.name), row) for row in (table.iloc[0], table.iloc[-1]))
    return SAYS.ends.format(
        low=region_name(low, scope.dataset), high=region_name(high, scope.dataset),
        a=number(first["level"]), b=number(last["level"]), x=_change(first["growth_pct"]), y=_change(last["growth_pct"]),
        unit=UNITS[str(scope.dataset.indicators.at[scope.indicator, "level_unit"])],
    )  # fmt: skip


def _change(rate: float) -> Text:
    return (SAYS.fell if rate < 0 else SAYS.grew).format(rate=number(abs(rate)))
