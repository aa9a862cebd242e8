"""Which printed reading of a year a series takes: first, latest, or what was known on a day.

The rule, the same for every series:

1. only what was public on ``as_of``, if a day is given;
2. a secondary page speaks only where no official text and no reprint of one does;
3. ``latest`` takes the most advanced vintage (initial estimate, preliminary, final, revised), ``first`` the least advanced;
4. within a vintage a figure on the series' own basis before one on a comparable basis (可比口径);
5. then, for ``latest``, an official text before a reprint and the later publication; for ``first`` the earlier publication and an
   official text before a reprint; a month alone goes behind the days in it, as nothing says that it is later or earlier;
6. within one text a number before a wording without one, then the place that stands first.

``all`` is no choice: every reading, in the order of publication.
"""

import re
from datetime import date, datetime, timedelta, timezone
from typing import Any, Literal

import pandas as pd

from hanyang_data.errors import ParameterError, nearest
from hanyang_data.record.contract import OUTTURN_VINTAGES, RELIABILITY, TARGET_VINTAGES
from hanyang_data.words.messages import messages

SAYS = messages(__name__)
Choice = Literal["first", "latest", "all"]
CHOICES: tuple[Choice, ...] = ("first", "latest", "all")
# the steps of the rule after as_of, as a table of conflicts names them
RULES = SAYS.each("rules")
FIRST_RULES = ["secondary", "vintage", "basis", "published", "reliability", "number", "place"]


def parse_as_of(as_of: str | date | None, *, newest: pd.Timestamp | None = None) -> pd.Timestamp | None:
    """The day after which nothing may be known, or None for no limit (None or an empty text).

    With the day of the ``newest`` text on record, a day that has not come is refused: nobody can say what will be known then.
    """
    if as_of is None or as_of == "":
        return None
    text = as_of.isoformat()[:10] if isinstance(as_of, date) else str(as_of)
    try:
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text):
            raise ValueError
        day = pd.Timestamp(text)
    except ValueError:
        raise ParameterError(f"as_of is {as_of!r}: write a day such as 2021-06-30") from None
    if newest is not None and day > max(newest, pd.Timestamp(latest_day())):
        raise ParameterError(f"as_of is {text!r}, a day to come: leave it empty for all that is known")
    return day


def known_from(published_on: pd.Series) -> pd.Series:
    """The last day that a printed date allows: ``2023`` → 2023-12-31, ``2023-12`` → 2023-12-31, a day → itself."""
    length = published_on.str.len()
    whole = published_on.where(length != 4, published_on + "-12").where(length == 10, lambda s: s.str[:7] + "-01")
    days = pd.to_datetime(whole, format="%Y-%m-%d", errors="coerce")
    return days.where(length == 10, days + pd.offsets.MonthEnd(0))


def latest_day() -> str:
    """The day that it is where it is latest, as a text of today in China may be one of tomorrow where it is read."""
    return f"{datetime.now(timezone(timedelta(hours=14))):%Y-%m-%d}"


def day_written(as_of: str | date | None, newest: pd.Timestamp | None = None) -> str:
    """The same day as it is written, such as 2021-06-30; empty for no limit.

    >>> day_written(date(2021, 6, 30))
    '2021-06-30'
    """
    day = parse_as_of(as_of, newest=newest)
    return "" if day is None else day.date().isoformat()


def known_on(rows: pd.DataFrame, as_of: str | date | None) -> pd.DataFrame:
    """The rows that were public on ``as_of``; a source without a day counts from the last day its date allows."""
    day = parse_as_of(as_of)
    return rows if day is None else rows[rows["known_from"].to_numpy() <= day.to_datetime64()]


def choose(
    rows: pd.DataFrame, vintage: str = "latest", as_of: str | date | None = None, *, secondary_last: bool = True
) -> pd.DataFrame:
    """One row a year out of ``rows`` of a series (all of them for ``all``, oldest reading first), after the rule of this module.

    Without ``secondary_last`` rule 2 is left out, so that a secondary page may speak for a vintage that nothing else prints.
    """
    if vintage not in CHOICES:
        raise ParameterError(f"vintage is {vintage!r}: {nearest(vintage, CHOICES)}")
    rows = known_on(rows, as_of)
    keys = precedence(rows, first=vintage != "latest")
    years = rows["year"].tolist()
    if vintage == "all":
        order = ["published", "vintage", "place"]
    else:
        order = [rule for rule in keys if secondary_last or rule != "secondary"]
    ranked = sorted(zip(years, *(keys[rule] for rule in order), strict=True))
    if vintage == "all":
        return rows.take([key[-1] for key in ranked])
    best: dict[int, int] = {}
    for year, *_, place in ranked:
        best.setdefault(year, place)
    chosen = list(best.values())
    return rows if chosen == list(range(len(rows))) else rows.take(chosen)


def precedence(rows: pd.DataFrame, *, first: bool = False) -> dict[str, list[Any]]:
    """What the rule of this module looks at, a list per key of RULES in the order in which they decide; the smaller goes before.

    Lists, as series are short: they are read far faster than a frame.
    """
    sign = 1 if first else -1
    targets = set(rows["concept"].tolist()) <= {"target"}
    rank = (TARGET_VINTAGES if targets else OUTTURN_VINTAGES).index
    trust = rows["reliability"].tolist()
    keys = {
        "secondary": [of == "secondary" for of in trust],
        "vintage": [sign * rank(vintage) for vintage in rows["vintage"].tolist()],
        "basis": [basis == "comparable" for basis in rows["basis"].tolist()],
        "reliability": [RELIABILITY.index(of) for of in trust],
        "published": rows["known_from"].tolist() if first else [-_number(day) for day in rows["published_on"].tolist()],
        "number": rows["value"].isna().tolist(),
        "place": list(range(len(rows))),
    }
    # what was published first is what was known first, whoever printed it
    return {rule: keys[rule] for rule in (FIRST_RULES if first else RULES)}


def as_other(side: pd.DataFrame, other: pd.DataFrame) -> pd.DataFrame:
    """The rows of one region, of a year that it prints on two bases those alone that are on the one basis of the other region.

    A comparable rate (可比口径) stands by a comparable one; a secondary page does not speak for it here either.
    """
    if "comparable" not in other["basis"].tolist():
        return side
    comparable, theirs = (frame["basis"].eq("comparable") for frame in (side, other))
    years = set(other["year"][theirs]) - set(other["year"][~theirs])
    years &= set(side["year"][comparable & side["reliability"].ne("secondary")])
    return side[comparable | ~side["year"].isin(years)]


def _number(published_on: str) -> int:
    """A printed date as a number: a month before the days in it, a year at its end.

    >>> _number("2019-12") < _number("2019-12-24") < _number("2019") < _number("2020-01")
    True
    """
    return int((published_on.replace("-", "") + ("1231" if len(published_on) == 4 else "00"))[:8])
