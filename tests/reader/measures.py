"""How well a text was read: candidates against the rows that people coded, on the cell and the number."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from hanyang_data.reader.candidates import CELL_OF, Candidate
from hanyang_data.reader.lexicon import trait

Key = tuple[str, ...]
CLOSE = 2  # cells that may differ for a candidate to be the coded figure misread, and not another


class Score(NamedTuple):
    """Counts of one set."""

    right: int
    read: int
    coded: int

    @property
    def precision(self) -> float:
        """Share of what was read that is right; 1 where nothing was read."""
        return self.right / self.read if self.read else 1.0

    @property
    def recall(self) -> float:
        """Share of what is coded that was read; 1 where nothing is coded."""
        return self.right / self.coded if self.coded else 1.0

    @property
    def f1(self) -> float:
        """Their harmonic mean."""
        return 2 * self.right / (self.read + self.coded) if self.read + self.coded else 1.0

    def __str__(self) -> str:
        counts = f"({self.right} of {self.coded} coded, {self.read} read)"
        return f"precision {self.precision:.3f} recall {self.recall:.3f} F1 {self.f1:.3f} {counts}"


def key(row: dict[str, str]) -> Key:
    """The cells that count, numbers in one form."""
    value = f"{float(row['value']):.6g}" if row["value"] else ""
    return tuple(value if column == "value" else str(row[column]) for column in CELL_OF)


def score(
    candidates: Iterable[Candidate], coded: Iterable[dict[str, str]], *, headline: bool = False, sure: bool = False
) -> Score:
    """Compare what was read with what was coded, each figure counted once."""
    read = {key(c.row) for c in candidates if (c.sure or not sure) and (not headline or trait(c.row["indicator"]).headline)}
    gold = {key(row) for row in coded if not headline or trait(row["indicator"]).headline}
    return Score(len(read & gold), len(read), len(gold))


class Mending(NamedTuple):
    """What a person does with a reading: take as it is, mend some cells, reject, or add what was not found."""

    right: int
    mend: int
    reject: int
    add: int

    @property
    def share(self) -> float:
        """The share of the figures found that need mending; 0 where none was found."""
        found = self.right + self.mend
        return self.mend / found if found else 0.0

    def __str__(self) -> str:
        counts = f"{self.right} as read, {self.mend} to mend, {self.reject} to reject, {self.add} to add"
        return f"{self.share:.1%} of the figures found need mending ({counts})"


def mending(candidates: Iterable[Candidate], coded: Iterable[dict[str, str]]) -> Mending:
    """Count what a person would have to do: a candidate that no coded row equals is the nearest row left, or none."""
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
