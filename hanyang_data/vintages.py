"""Which printed reading of a year a series takes: first, latest, or what was known on a day.

The rule, the same for every series:

1. only what was public on ``as_of``, if a day is given;
2. a secondary page speaks only where no official text and no reprint of one does;
3. ``latest`` takes the most advanced vintage (initial estimate, preliminary, final, revised), ``first`` the least advanced;
4. within a vintage an official text before a reprint; then the later publication (for ``first`` the earlier one);
5. within one text a number before a wording without one, then the place that stands first.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Literal

import pandas as pd

from hanyang_data.contract import OUTTURN_VINTAGES, RELIABILITY, TARGET_VINTAGES
from hanyang_data.errors import ParameterError, nearest

Choice = Literal["first", "latest", "all"]
CHOICES: tuple[Choice, ...] = ("first", "latest", "all")
_RANK = {vintage: rank for rank, vintage in enumerate(OUTTURN_VINTAGES)}
_TARGET_RANK = {vintage: rank for rank, vintage in enumerate(TARGET_VINTAGES)}
_TRUST = {reliability: rank for rank, reliability in enumerate(RELIABILITY)}


def parse_as_of(as_of: str | date | None) -> pd.Timestamp | None:
    """The day after which nothing may be known, or None for no limit (None or an empty text).

    Raises:
        ParameterError: if it is not a calendar day written as 2021-06-30.
    """
    if as_of is None or as_of == "":
        return None
    text = as_of.isoformat()[:10] if isinstance(as_of, date) else str(as_of)
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            raise ValueError
        return pd.Timestamp(text)
    except ValueError:
        raise ParameterError(f"as_of is {as_of!r}: write a day such as 2021-06-30") from None


def known_on(rows: pd.DataFrame, as_of: str | date | None) -> pd.DataFrame:
    """The rows that were public on ``as_of``; a source without a day counts from the last day its date allows."""
    day = parse_as_of(as_of)
    return rows if day is None else rows[rows["known_from"] <= day]


def choose(rows: pd.DataFrame, vintage: str = "latest", as_of: str | date | None = None) -> pd.DataFrame:
    """One row a year out of ``rows`` (all of them for ``all``, oldest reading first), after the rule of this module.

    Args:
        rows: observations of one region, indicator, measure, period and concept.
        vintage: first, latest or all.
        as_of: day such as ``2021-06-30``; what was published later does not exist.

    Raises:
        ParameterError: for another vintage or a day that is none.
    """
    if vintage not in CHOICES:
        raise ParameterError(f"vintage is {vintage!r}: {nearest(vintage, CHOICES)}")
    rows = known_on(rows, as_of)
    first = vintage in ("first", "all")
    ranked = rows.assign(
        _secondary=rows["reliability"].eq("secondary"),
        _rank=rows["vintage"].map(_TARGET_RANK if rows["concept"].eq("target").all() else _RANK) * (1 if first else -1),
        _trust=rows["reliability"].map(_TRUST),
        _published=rows["known_from"].astype("int64") * (1 if first else -1),
        _worded=rows["value"].isna(),
        _place=range(len(rows)),
    )
    order = ["_secondary", "_rank", "_trust", "_published", "_worded", "_place"]
    ranked = ranked.sort_values(["year", *order], kind="stable").drop(columns=order)
    return ranked if vintage == "all" else ranked.drop_duplicates("year")
