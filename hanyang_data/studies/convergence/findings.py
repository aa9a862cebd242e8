"""What the convergence study says: a rank test where five districts carry it, the ends of the order where they do not."""

from collections.abc import Iterator

import pandas as pd

from hanyang_data.record.catalogue import region_name
from hanyang_data.statistics.convergence import ConvergenceResult, significant
from hanyang_data.studies.scope import Scope
from hanyang_data.words.wording import Text, messages, number, quantity, within

SAYS = messages(__name__)


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


def sentences(scope: Scope, found: ConvergenceResult, left_out: int) -> Iterator[Text]:
    """What was tested, the ends of the order, and who is missing."""
    if found.slope and found.test:
        low, high = (number(end, 1, sign=True) for end in (found.slope.low, found.slope.high))
        said, slope = SAYS["twice", "higher" if found.slope.value >= 0 else "lower"], number(abs(found.slope.value), 1)
        yield said.format(slope=slope, low=low, high=high, p=number(found.test.p_value, 3), n=found.n)
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
