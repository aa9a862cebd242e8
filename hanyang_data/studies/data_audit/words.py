"""Heads and words that the tables of the data audit share."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from hanyang_data.studies.scope import Scope
from hanyang_data.studies.tables import FLAGS, headed
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import GROWTH, LEVEL, Text, listed, spanned

SAYS = messages(__name__)

MEASURE = {"growth": GROWTH, "level": LEVEL}
HEADS = SAYS.each("heads")
RELIABILITIES = SAYS.each("reliabilities")
PERIODS = SAYS.each("periods")


def region_words(scope: Scope, id_: str) -> Text:
    """The name of a region."""
    return _name(scope.dataset.regions, id_)


def indicator_words(scope: Scope, id_: str) -> Text:
    """The name of an indicator."""
    return _name(scope.dataset.indicators, id_)


def _name(frame: pd.DataFrame, id_: str) -> Text:
    """The name of an id, or the id: what was rejected need not be of a region or indicator of the record."""
    return Text(frame.at[id_, "name_en"], frame.at[id_, "name_zh"]) if id_ in frame.index else Text(id_, id_)


def joined(words: Sequence[Text]) -> Text:
    """Several words with a stroke between."""
    return words[0] if len(words) == 1 else Text(" / ".join(w.en for w in words), " / ".join(w.zh for w in words))


def period_words(period: str) -> Text:
    """A period of the record: 2016_2020 is 2016–2020."""
    span = period.replace("_", "–")
    return PERIODS.get(period, Text(span, f"{spanned(span).zh}年"))


def flag_words(words: str) -> Text:
    """The words of a flag column."""
    return listed(FLAGS[word] for word in words.split())


def named(scope: Scope, ids: Iterable[str], name: Any) -> list[str]:
    """Ids under the names that ``name`` finds for them, in the language of the scope."""
    return [name(scope, id_).to(scope.lang) for id_ in ids]


def worded(
    scope: Scope, rows: Sequence[Mapping[str, Any]], columns: Sequence[str], heads: Mapping[str, Text] | None = None
) -> pd.DataFrame:
    """Rows of texts, words and numbers as a table in the language of the scope; without rows the heads alone."""
    return headed_in(scope, pd.DataFrame(list(rows), columns=list(columns)), heads)


def of_rows(scope: Scope, rows: Iterable[Any], columns: Sequence[str], /, **own: Any) -> pd.DataFrame:
    """One row for each of ``rows``: what a column says of it is said here, or by a function among ``own``."""
    found = [{name: own[name](row) if name in own else CELLS[name](scope, row) for name in columns} for row in rows]
    return worded(scope, found, columns)


def headed_in(scope: Scope, table: pd.DataFrame, own: Mapping[Any, Text] | None = None) -> pd.DataFrame:
    """A table under the heads of this module in the language of the scope, and ``own`` ones."""
    return headed(table, HEADS | dict(own or {}), scope.lang)


# what tables of rows of the record say alike
CELLS: dict[str, Any] = {
    "region": lambda scope, row: region_words(scope, row.region),
    "indicator": lambda scope, row: indicator_words(scope, row.indicator),
    "measure": lambda _, row: MEASURE[row.measure],
    "period": lambda _, row: period_words(row.period),
    "year": lambda _, row: int(row.year),
    "source": lambda _, row: row.source_id,
}
