"""Cells with a word beside their number: 约1000, 1000左右, 突破1000, 1000以上 are a number and what is said of it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from hanyang_data.intake.grids import Grid, Value
from hanyang_data.intake.layout import Figure
from hanyang_data.record.snapshot_files import ONCE, Oddity
from hanyang_data.record.targets import BEFORE, BEHIND

PLAIN = "point"
# what a word directly before or behind a number says of it; the Chinese ones are those of targets
WORDS_BEFORE = {
    **BEFORE,
    **dict.fromkeys(("about", "around", "approximately", "approx.", "~", "≈"), "about"),
    **dict.fromkeys(("more than", "over", "above", ">"), "over"),
    **dict.fromkeys(("at least", "no less than", "≥", ">="), "at_least"),
    **dict.fromkeys(("at most", "no more than", "≤", "<="), "within"),
}
WORDS_BEHIND = {**BEHIND, **dict.fromkeys(("余", "多"), "over"), "or more": "at_least"}
NUMBER = r"[-+]?\d[\d,.]*%?"


def _pattern(before: str, behind: str) -> re.Pattern[str]:
    return re.compile(rf"{before}\s*(?P<number>{NUMBER})\s*{behind}", re.IGNORECASE | re.ASCII)


def _any_of(words: dict[str, str]) -> str:
    """One of some words, the longest first: 超过 is not 超 and a rest."""
    return "(?P<word>" + "|".join(re.escape(word) for word in sorted(words, key=len, reverse=True)) + ")"


PATTERNS = ((_pattern(_any_of(WORDS_BEFORE), ""), WORDS_BEFORE), (_pattern("", _any_of(WORDS_BEHIND)), WORDS_BEHIND))


def parted(cell: Value) -> tuple[Value, str]:
    """The number of a cell, as it is written, and its qualifier; the cell itself where no word or more than one stands beside it.

    >>> parted("约1,000"), parted("6.5%以上"), parted("突破1000"), parted("1000")
    (('1,000', 'about'), ('6.5%', 'at_least'), ('1000', 'over'), ('1000', 'point'))
    >>> parted("约1000以上")
    ('约1000以上', 'point')
    """
    if not isinstance(cell, str):
        return cell, PLAIN
    text = unicodedata.normalize("NFKC", cell)
    for pattern, words in PATTERNS:
        if match := pattern.fullmatch(text):
            return match["number"], words[unicodedata.normalize("NFKC", match["word"]).lower()]
    return cell, PLAIN


def note_on(figure: Figure) -> str:
    """What the note of a figure says of its cell; nothing of one that is a number alone."""
    return "" if figure.qualifier == PLAIN else f"; cell as written: {figure.value}"


def said_of(grid: Grid, figures: Sequence[tuple[Figure, Decimal]]) -> list[Oddity]:
    """The words that were read as qualifiers among the figures of a head: each qualifier once, with how often and where first."""
    found: dict[str, list[Figure]] = {}
    for figure, _ in figures:
        if figure.qualifier != PLAIN:
            found.setdefault(figure.qualifier, []).append(figure)
    return [
        Oddity(
            grid.at(first.row, first.column),
            f"{first.value!r} is read as {qualifier}{f', and so are {len(rest)} more below this head' if rest else ''}",
            1,
            ONCE,
        )
        for qualifier, (first, *rest) in found.items()
    ]
