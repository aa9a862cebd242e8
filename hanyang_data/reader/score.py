"""Precision, recall and F1 of candidates against coded rows, on the cell and the number: (indicator … qualifier)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from hanyang_data.reader.candidates import CELL_OF, Candidate
from hanyang_data.reader.lexicon import trait

Key = tuple[str, ...]


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
    read = {
        key(c.row) for c in candidates if (c.sure or not sure) and (not headline or trait(c.row["indicator"]).headline)
    }
    gold = {key(row) for row in coded if not headline or trait(row["indicator"]).headline}
    return Score(len(read & gold), len(read), len(gold))
