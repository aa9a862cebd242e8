"""The coded texts by set: ``python tests/reader/gold_sets.py`` prints F1 by text and set and the share that needs mending.

The five texts of the record stand in ../shared/sources, those of provinces, of which only rows are kept, in build/texts; what is
not there is left out and said. The test set is for measuring, not for developing.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from measures import mending, score

from hanyang_data.reader.candidates import Candidate
from hanyang_data.reader.reading import read_report
from hanyang_data.record.observations import default_dataset

PROJECT = Path(__file__).parents[2]
GOLD = Path(__file__).parent / "gold"
SOURCES = PROJECT.parent / "shared" / "sources"
TEXTS = PROJECT / "build" / "texts"
# school places, subsidies and office buildings of single years, which the coders had left out (see data/README.md)
LEFT_OUT = ("school_places", "employment_subsidies", "new_100m_tax_buildings")


class Coded(NamedTuple):
    """A text, the region to say, and its coded rows."""

    name: str
    kind: str
    file: Path
    region: str
    rows: list[dict[str, str]]


def record() -> Iterator[Coded]:
    """The five texts of the record."""
    data = default_dataset()
    rows = data.printed.assign(value=data.printed["value"].map(lambda v: "" if v != v else f"{v:.12g}"))
    for file, sources in data.sources[data.sources["file"] != ""].groupby("file"):
        coded = rows[rows["source_id"].isin(sources.index)].astype(str).to_dict("records")
        yield Coded(str(file), str(sources["kind"].iloc[0]), SOURCES / str(file), "", coded)


def kept(folder: str) -> Iterator[Coded]:
    """The texts of a set under gold/, their texts beside them or in build/texts."""
    for file in sorted((GOLD / folder).glob("*.csv")):
        with file.open(encoding="utf-8", newline="") as handle:
            rows = list(csv.DictReader(handle))
        text = file.with_suffix(".txt")
        yield Coded(file.stem, folder, text if text.exists() else TEXTS / text.name, rows[0]["region"], rows)


def candidates(coded: Coded) -> list[Candidate]:
    """What is read in a coded text, without the kinds of figures that its coders left out."""
    found = read_report(coded.file, region=coded.region).candidates
    if coded.kind in ("development", "test"):
        return found
    there = {(r["indicator"], r["period"]) for r in coded.rows}
    return [c for c in found if c.row["indicator"] not in LEFT_OUT or (c.row["indicator"], c.row["period"]) in there]


def main() -> None:
    """Print the scores."""
    for name, texts in {"record": list(record()), "development": list(kept("development")), "test": list(kept("test"))}.items():
        read: list[Candidate] = []
        rows: list[dict[str, str]] = []
        for coded in texts:
            if not coded.file.exists():
                print(f"{name} {coded.name}: text not at hand")
                continue
            found = candidates(coded)
            read += found
            rows += coded.rows
            print(f"{name} {coded.name} ({coded.kind}): {score(found, coded.rows)}")
        print(f"{name}: all {score(read, rows)}")
        print(f"{name}: headline {score(read, rows, headline=True)}")
        print(f"{name}: sure {score(read, rows, sure=True)}")
        print(f"{name}: {mending(read, rows)}")


if __name__ == "__main__":
    main()
