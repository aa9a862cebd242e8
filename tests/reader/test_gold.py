"""What the reader finds in coded texts: floors, so that a change of the grammar that loses figures is seen."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

import gold_sets
from helpers import NO_SOURCES
from measures import Mending, mending, score

needs_sources = pytest.mark.skipif(not gold_sets.SOURCES.is_dir(), reason=NO_SOURCES)


@needs_sources
def test_the_five_texts_are_read_as_two_coders_read_them():
    texts = list(gold_sets.record())
    read = [c for text in texts for c in gold_sets.candidates(text)]
    rows = [row for text in texts for row in text.rows]
    assert score(read, rows).f1 >= 0.95
    assert score(read, rows, headline=True).f1 >= 0.98
    assert score(read, rows, sure=True).precision >= 0.98


def test_texts_of_other_kinds_and_places_are_read():
    texts = [text for text in gold_sets.kept("development") if text.file.exists()]
    read = [c for text in texts for c in gold_sets.candidates(text)]
    rows = [row for text in texts for row in text.rows]
    assert len(texts) >= 2
    assert score(read, rows).f1 >= 0.95
    assert score(read, rows, headline=True).f1 >= 0.97
    assert score(read, rows, sure=True).precision >= 0.98


def test_a_wrong_value_and_a_missing_figure_cost_precision_and_recall():
    text = next(t for t in gold_sets.kept("development") if t.name == "city_bulletin")
    read = gold_sets.candidates(text)
    spoiled = [{**row, "value": "999"} if k == 0 else row for k, row in enumerate(text.rows)]
    before, after = score(read, text.rows), score(read, spoiled)
    assert after.right == before.right - 1
    assert score(read[1:], text.rows).recall < before.recall


def test_what_a_person_must_do_is_counted():
    text = next(t for t in gold_sets.kept("development") if t.name == "city_bulletin")
    read = gold_sets.candidates(text)
    assert mending(read, text.rows)[1:] == (0, 0, 0)
    moved = [{**row, "year": "1990"} if k == 0 else row for k, row in enumerate(text.rows)]
    assert mending(read, moved)[1:] == (1, 0, 0)
    assert mending(read[1:], text.rows)[1:] == (0, 0, 1)
    assert mending(read, text.rows[1:])[1:] == (0, 1, 0)
    assert Mending(right=98, mend=2, reject=1, add=3).share == 0.02
    assert mending([], []).share == 0
