"""The reader's tables: aliases, words around them, patterns, traits, own tables. An economist extends them; no code changes."""

import csv
import re
from collections import defaultdict
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from hanyang_data.record.contract import GROWTH_RANGE

FOLDER = Path(__file__).parent


class Mention(NamedTuple):
    """An indicator named in a text: its ids (two where 分别 may follow), none where it is another quantity."""

    start: int
    end: int
    ids: tuple[str, ...]


class Trait(NamedTuple):
    """What traits.csv says of an indicator."""

    headline: bool
    sum: bool
    percent: str
    low: float | None
    high: float | None
    persons: str
    share: str


@cache
def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table of this folder; lines that start with # are comments."""
    with (FOLDER / name).open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(line for line in handle if not line.startswith("#")))


@cache
def aliases() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    """Patterns and the ids they stand for."""
    return tuple(
        (re.compile(row["pattern"], re.IGNORECASE), tuple(filter(None, row["indicator"].split("+"))))
        for row in rows("aliases.csv")
        if not row["rows_of"]
    )


def sector(words: str, of: str) -> Mention | None:
    """What a row of a table of GDP by sector begins with, or a clause behind GDP: 第二产业 is its value added there."""
    found = ((re.match(row["pattern"], words), row) for row in rows("aliases.csv") if row["rows_of"] == of)
    return next((Mention(*m.span(), tuple(row["indicator"].split("+"))) for m, row in found if m), None)


@cache
def whole_of(indicator: str) -> str:
    """What an indicator is a part of, as the table of aliases says, or itself."""
    return next((row["rows_of"] for row in rows("aliases.csv") if row["rows_of"] and row["indicator"] == indicator), indicator)


def mentions(text: str) -> list[Mention]:
    """All indicators that ``text`` names, in its order; of two that overlap the longer one, of two equal ones the first."""
    found = [Mention(*m.span(), ids) for pattern, ids in aliases() for m in pattern.finditer(text) if m.end() > m.start()]
    kept: list[Mention] = []
    for mention in sorted(found, key=lambda m: m.start - m.end):
        if all(mention.end <= other.start or mention.start >= other.end for other in kept):
            kept.append(mention)
    return sorted(kept)


@cache
def around(role: str) -> re.Pattern[str]:
    """One pattern for the words of a role."""
    return re.compile("(?:" + "|".join(row["pattern"] for row in rows("words.csv") if row["role"] == role) + ")")


class Patterns:
    """The patterns of the grammar that patterns.csv has for a module, by their names.

    >>> Patterns("hanyang_data.reader.candidates").comparable.search("按可比口径增长") is not None
    True
    """

    def __init__(self, module: str) -> None:
        start = f"{module.rpartition('.')[2]}."
        named = {row["name"]: row["pattern"] for row in rows("patterns.csv") if row["name"].startswith(start)}
        vars(self).update((name.removeprefix(start), re.compile(pattern)) for name, pattern in named.items())

    def __getattr__(self, name: str) -> re.Pattern[str]:
        raise AttributeError(f"patterns.csv has no pattern of this module called {name}")


@cache
def wordings() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Wordings without a number, and their qualifiers."""
    return tuple((re.compile(row["pattern"], re.IGNORECASE), row["qualifier"]) for row in rows("wordings.csv"))


@cache
def trait(indicator: str) -> Trait:
    """What traits.csv says of an indicator; of one that it does not know, the usual."""
    row = next((row for row in rows("traits.csv") if row["indicator"] == indicator), defaultdict(str, percent="growth"))
    low, high = (float(row[column]) if row[column] else None for column in ("low", "high"))
    return Trait(row["headline"] == "yes", row["sum"] == "yes", row["percent"], low, high, row["persons"], row["share"])


@cache
def meanings(kind: str) -> dict[str, str]:
    """The words of a kind in own_tables.csv, and what each means."""
    found = [row for row in rows("own_tables.csv") if row["kind"] == kind]
    return {word: row["meaning"] for row in found for word in row["words"].split("|")}


def in_proportion(indicator: str, measure: str, value: float) -> bool:
    """Whether a figure is one that a district up to the nation may have; so is all of which traits.csv does not say it."""
    low, high = GROWTH_RANGE if measure == "growth" else (trait(indicator).low, trait(indicator).high)
    return low is None or high is None or low <= value <= high


def together(ids: tuple[str, ...]) -> tuple[str, ...]:
    """城乡居民收入 with one number is the income of all."""
    return ("disposable_income",) if set(ids) == {"disposable_income_urban", "disposable_income_rural"} else ids


@cache
def _each(role: str) -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(row["pattern"]) for row in rows("words.csv") if row["role"] == role)


@lru_cache(maxsize=4096)
def rest(text: str, role: str) -> str:
    """What is left of ``text`` when as many harmless words of ``role`` as can be are taken off its beginning.

    Every way to part the words is tried, so that 及时审核 is not taken for 及 and an unknown 时审核.

    >>> rest("全年实现", "lead"), rest("全年某园区", "lead")
    ('', '某园区')
    """
    reached, waiting = {0}, [0]
    while waiting:
        at = waiting.pop()
        for end in {m.end() for pattern in _each(role) if (m := pattern.match(text, at))} - reached:
            reached.add(end)
            waiting.append(end)
    return text[max(reached) :]
