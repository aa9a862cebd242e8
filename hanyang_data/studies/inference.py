"""What a number of observations carries, as a table: an estimate with its interval, or a test, a row each."""

from collections.abc import Iterable, Mapping
from typing import Any

import pandas as pd

from hanyang_data.statistics.small_sample import Estimate, Range, Test
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.tables import headed
from hanyang_data.words.messages import messages

SAYS = messages(__name__)
METHODS = {name.en: name.zh for name in SAYS.row("methods")}  # what Estimate.method and Test.method may say
HEADS, UNITS, LEFT_OUT = SAYS.each("heads"), SAYS.each("units"), SAYS.row("left_out")
CELLS = ("value", "low", "high", "p_value", "n")
DECIMALS = {"value": 2, "low": 2, "high": 2, "p_value": 4}  # in print


def rows_of(found: Estimate | Test | None, unit: str, lang: str) -> list[dict[str, Any]]:
    """The row of an estimate or a test, as cells by column; none where the number of observations carries none."""
    if found is None:
        return []
    name = METHODS[found.method] if lang == "zh" else found.method
    if isinstance(found, Test):
        return [{"statistic": name, "value": found.statistic, "unit": unit, "p_value": found.p_value, "n": found.n}]
    return [{"statistic": name, "value": found.value, "unit": unit, "n": found.n, "low": found.low, "high": found.high}]


def mean_rows(mean: Estimate | None, test: Test | None, left_out: Range | None, unit: str, lang: str) -> list[dict[str, Any]]:
    """A mean with its interval, the lowest and the highest with one year left out, and the test that it is zero."""
    ends = zip(LEFT_OUT, left_out or (), strict=False)
    ranged = [{"statistic": name.to(lang), "value": end, "unit": unit, "n": mean.n - 1} for name, end in ends if mean]
    return [*rows_of(mean, unit, lang), *ranged, *rows_of(test, unit, lang)]


def frame_of(rows: Iterable[Mapping[str, Any]], by: str) -> pd.DataFrame:
    """Rows as a frame, whose first column says ``by`` what they are told apart."""
    table = pd.DataFrame(rows, columns=[by, "statistic", CELLS[0], "unit", *CELLS[1:]])
    return table.astype(dict.fromkeys(DECIMALS, float))


def printed(scope: Scope, found: pd.DataFrame) -> pd.DataFrame:
    """The same as a report prints it."""
    table = found.round(DECIMALS)
    return headed(scope, table.assign(unit=[UNITS[unit] for unit in table["unit"]]), HEADS, sparse=True)
