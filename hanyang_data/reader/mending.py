"""How much of a reading a person must mend: candidates against rows that people coded, cell by cell."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from hanyang_data.reader.candidates import Candidate
from hanyang_data.reader.score import Key, key

CLOSE = 2  # cells that may differ for a candidate to be the coded figure misread, and not another


class Mending(NamedTuple):
    """What a person does with a reading: take as it is, mend some cells, reject, or add what was not found."""

    right: int
    mend: int
    reject: int
    add: int

    @property
    def share(self) -> float:
        """The share of the figures found that need mending; 0 where none was found.

        Example:
            >>> Mending(right=98, mend=2, reject=1, add=3).share
            0.02
        """
        found = self.right + self.mend
        return self.mend / found if found else 0.0

    def __str__(self) -> str:
        counts = f"{self.right} as read, {self.mend} to mend, {self.reject} to reject, {self.add} to add"
        return f"{self.share:.1%} of the figures found need mending ({counts})"


def mending(candidates: Iterable[Candidate], coded: Iterable[dict[str, str]]) -> Mending:
    """Count what a person would have to do: a candidate that no coded row equals is the nearest row left, or none.

    Example:
        >>> mending([], [])
        Mending(right=0, mend=0, reject=0, add=0)
    """
    read, gold = {key(c.row) for c in candidates}, {key(row) for row in coded}
    wrong, left = sorted(read - gold), gold - read
    mend = 0
    for one in wrong:
        near = min(left, key=lambda row: _apart(one, row), default=None)
        if near is not None and one[0] == near[0] and _apart(one, near) <= CLOSE:
            left.discard(near)
            mend += 1
    return Mending(len(read & gold), mend, len(wrong) - mend, len(left))


def _apart(one: Key, other: Key) -> int:
    return sum(a != b for a, b in zip(one, other, strict=True))
