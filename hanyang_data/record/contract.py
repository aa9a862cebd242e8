"""The contract of a snapshot folder, ``contract.csv``: what a file, a column, a cell may be; where ours is, and its digest."""

import csv
import hashlib
import json
from pathlib import Path
from typing import Any

from hanyang_data.errors import SnapshotError

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
CORRECTIONS, DESCRIPTOR = "corrections.yaml", "datapackage.json"
SNAPSHOT = Path(__file__).parents[1] / "data"
OPTIONAL_FILES = ["rejects.csv", "discrepancies.csv", CORRECTIONS]  # a snapshot may do without
# where there is no Chinese text the other one stands; a break that says nothing is not linked
OPTIONAL_COLUMNS = {"publisher_zh": "", "evidence_zh": "", "reason_zh": "", "link": "none", "aliases": ""}
OUTTURN_VINTAGES = ["initial_estimate", "preliminary", "final", "revised"]  # in the order in which they appear
TARGET_VINTAGES = ["original", "revised", "plan"]
BROKEN = "broken"  # by which a note says that the text parts a cell or a number over two lines
RELIABILITY = VOCABULARY["observations.csv"]["reliability"]  # in the order in which they are trusted
BOUNDS = ["at_least", "over", "within"]
NUMERIC_QUALIFIERS = ["point", "about", *BOUNDS, "range"]
HALF_DIGIT = 0.05  # percentage points: what rounding can hide in a rate printed to a tenth
UNMATCHED_GROWTH = ["fixed_asset_investment"]  # on a comparable basis: need not match the ratio of printed levels
# a growth rate beyond these is a slip of the comma, not a number that a government prints for a district
GROWTH_RANGE = (-70.0, 300.0)


def snapshot_digest(folder: Path) -> str:
    """The hash of a snapshot's tables and corrections: it changes with every figure."""
    digest = hashlib.sha256()
    for file in (folder / name for name in (*COLUMNS, CORRECTIONS)):
        if refuse_odd(file).exists():
            digest.update(file.read_bytes())
    return digest.hexdigest()


def stamps(folder: Path) -> tuple[tuple[str, int, int, int], ...]:
    """Name, size, time and number of each of these files: what changes when one is written, without reading a nation's again."""
    files = [folder / name for name in (*COLUMNS, CORRECTIONS)]
    stats = [(file.name, file.stat()) for file in files if file.is_file()]
    return tuple((name, stat.st_size, stat.st_mtime_ns, stat.st_ino) for name, stat in stats)


def refuse_odd(file: Path) -> Path:
    """The same path; a pipe, a device or a folder in the place of a file would be waited for, or never end."""
    if file.exists() and not file.is_file():
        raise SnapshotError(f"{file} is no file: a snapshot folder holds files alone")
    return file


def version(folder: Path = SNAPSHOT) -> str:
    """The version of a record, apart from that of the code; empty where its ``datapackage.json`` names none.

    >>> version()[:2]
    '20'
    """
    return str(described(folder).get("version", ""))


def described(folder: Path) -> dict[str, Any]:
    """What the ``datapackage.json`` of a folder says; nothing where there is none."""
    file = folder / DESCRIPTOR
    try:
        return dict(json.loads(file.read_text(encoding="utf-8"))) if file.is_file() else {}
    except ValueError as error:
        raise SnapshotError(f"{file} is not JSON: {error}; mend it, or delete it to have it written anew") from None


def half_of_last(value: float, unit: str = "") -> float:
    """Half of the last digit that a number was printed with; 7 firms are seven, from 10,000 on (1.45万家) zeros are no digits.

    >>> half_of_last(83.9), half_of_last(699.0)
    (0.05, 0.5)
    >>> half_of_last(7, "count"), half_of_last(14_500, "count")
    (0.0, 50.0)
    """
    if unit == "count":
        whole = str(int(value))
        return 0.0 if value < 10_000 else 0.5 * 10 ** (len(whole) - len(whole.rstrip("0")))
    digits = f"{value:.10g}".partition(".")[2]
    return float(0.5 * 10 ** -len(digits))
