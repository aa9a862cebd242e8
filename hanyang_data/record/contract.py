"""The contract of a snapshot folder: ``contract.csv`` says of every file and column what it holds and what a cell may be."""

import csv
from pathlib import Path

with (Path(__file__).parent / "contract.csv").open(encoding="utf-8", newline="") as _file:
    _ROWS = list(csv.DictReader(_file))  # a row a column; one without a column is about the file


def _each(field: str) -> dict[str, dict[str, str]]:
    """File → column → what the table says there; columns of which it says nothing are left out."""
    return {
        file: {row["column"]: row[field] for row in _ROWS if row["file"] == file and row["column"] and row[field]}
        for file in dict.fromkeys(row["file"] for row in _ROWS)
    }


DESCRIPTIONS = _each("meaning")
ONE_ROW_PER = {row["file"]: row["meaning"] for row in _ROWS if not row["column"]}
COLUMNS = {file: list(columns) for file, columns in DESCRIPTIONS.items()}
KEYS = {file: list(columns) for file, columns in _each("key").items()}
# columns that are read as something else than text, in the words of the Table Schema standard
TYPES = _each("type")
# what the columns point to in other files: column → file, whose key it holds
REFERENCES = _each("refers_to")
VOCABULARY = {file: {c: words.split("|") for c, words in of.items()} for file, of in _each("words").items()}
_EXPECTED = _each("expected")
PATTERNS = {file: {c: (p, _EXPECTED[file][c]) for c, p in of.items()} for file, of in _each("pattern").items()}
CORRECTIONS = "corrections.yaml"
OPTIONAL_FILES = ["rejects.csv", "discrepancies.csv", CORRECTIONS]  # a snapshot may do without
# where there is no Chinese text the other one stands; a break that says nothing is not linked
OPTIONAL_COLUMNS = {"publisher_zh": "", "evidence_zh": "", "reason_zh": "", "link": "none", "aliases": ""}
OUTTURN_VINTAGES = ["initial_estimate", "preliminary", "final", "revised"]  # in the order in which they appear
TARGET_VINTAGES = ["original", "revised", "plan"]
RELIABILITY = VOCABULARY["observations.csv"]["reliability"]  # in the order in which they are trusted
BOUNDS = ["at_least", "over", "within"]
NUMERIC_QUALIFIERS = ["point", "about", *BOUNDS, "range"]
HALF_DIGIT = 0.05  # percentage points: what rounding can hide in a rate printed to a tenth
UNMATCHED_GROWTH = ["fixed_asset_investment"]  # on a comparable basis: need not match the ratio of printed levels
# a growth rate beyond these is a slip of the comma, not a number that a government prints for a district
GROWTH_RANGE = (-70.0, 300.0)
