"""The tables of a snapshot folder as text, each cell in the one form of the contract, and what was written differently."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pandas as pd

from hanyang_data.errors import SnapshotError
from hanyang_data.files import fresh
from hanyang_data.record.contract import COLUMNS, OPTIONAL_COLUMNS, OPTIONAL_FILES, REFERENCES
from hanyang_data.record.lenient import BLANKS, HALF_WIDTH, Cell, cleaned, kind_of
from hanyang_data.record.names import Named, Names
from hanyang_data.record.snapshot import refuse_odd
from hanyang_data.record.textfile import SEPARATORS, Sheet, decoded, read_sheet

ENCODINGS = {
    "utf-16": "UTF-16",
    "gb18030": "GBK",
}  # read all the same, and said; the mark of UTF-8 is nothing to mention
ONCE = "the file"  # where something is said of a file and not of its cells


class Oddity(NamedTuple):
    """Something that was read although the contract writes it differently: how often, and where first."""

    file: str
    what: str
    times: int
    first: str

    def __str__(self) -> str:
        place = f" ({self.times}, first in {self.first})" if self.first != ONCE else ""
        return ": ".join(filter(None, (self.file, self.what))) + place


class Table(NamedTuple):
    """A file of a snapshot: its cells, indexed by row, as they are meant; and what was written differently."""

    frame: pd.DataFrame
    oddities: list[Oddity]


def sentence(oddities: Sequence[Oddity]) -> str:
    """One line on what was read differently from how it is written; empty where nothing was."""
    return f"read differently than written: {'; '.join(map(str, oddities))}" if oddities else ""


def read_table(file: Path, columns: list[str]) -> Table:
    """All cells as text, indexed by the row of the file; the csv module counts cells, where pandas would shift or drop them.

    Raises:
        SnapshotError: naming file and row of what cannot be one table with these columns.
    """
    if file.name in OPTIONAL_FILES and not file.exists():
        return Table(pd.DataFrame(columns=columns, dtype="str"), [])
    try:
        sheet = read_sheet(file, columns)
    except FileNotFoundError:
        needed = [name for name in COLUMNS if name not in OPTIONAL_FILES]
        raise SnapshotError(f"{file} is missing: a snapshot folder needs {', '.join(needed)}") from None
    if not sheet.rows:
        raise SnapshotError(f"{file} is empty: it needs the header {', '.join(columns)}")
    head, rows, trimmed = _trimmed(file.name, sheet, columns)
    frame = pd.DataFrame([row for _, row in rows], index=[number for number, _ in rows], columns=head, dtype="str")
    frame, odd = _cleaned(file.name, frame, comma=sheet.separator == ",")
    whole = frame.assign(**{c: default for c, default in OPTIONAL_COLUMNS.items() if c in columns and c not in head})
    return Table(whole[columns], [*_of_file(file.name, sheet), *trimmed, *odd])


def with_ids(frames: Mapping[str, pd.DataFrame]) -> tuple[dict[str, pd.DataFrame], list[Oddity]]:
    """The same tables with ids where a region or an indicator is named; what stands for several, or for none, stays."""
    done, oddities = dict(frames), []
    named = REFERENCES | {"regions.csv": {"part_of": "regions.csv"}}
    for what, target in (("region", "regions.csv"), ("indicator", "indicators.csv")):
        table = frames[target][["id", "name_en", "name_zh", "aliases"]]
        names = Names(what, [Named(*row) for row in table.itertuples(index=False, name=None)])
        for file, columns in named.items():
            for column in [c for c, referred in columns.items() if referred == target]:
                changes = {cell: _id(cell, names) for cell in set(done[file][column]) - names.ids}
                changes = {cell: id_ for cell, id_ in changes.items() if id_ != cell}
                if changes:
                    odd = done[file][column].isin(list(changes))
                    oddities.append(_oddity(file, f"names in place of ids of {what}s", odd.index[odd], column))
                    done[file] = done[file].assign(**{column: done[file][column].replace(changes)})
    return done, oddities


def odd_text(file: Path) -> list[Oddity]:
    """What is said of the encoding of a file that is no table."""
    try:
        _, encoding = decoded(refuse_odd(file).read_bytes())
    except (OSError, UnicodeError):  # said by whoever reads it
        return []
    return [Oddity(file.name, ENCODINGS[encoding], 1, ONCE)] if encoding in ENCODINGS else []


def write_clean(file: Path, columns: list[str], frame: pd.DataFrame) -> None:
    """Write a table of the contract as the contract writes it; its comments stay where they are.

    Raises:
        SnapshotError: if it cannot be written.
    """
    sheet = read_sheet(file, columns)
    there = _head(sheet.rows[0][1], columns)
    kept = frame[[column for column in columns if column in there]]
    lines = dict(sheet.comments) | {sheet.rows[0][0]: _line(kept.columns)}
    lines |= {int(row): _line(cells) for row, *cells in kept.itertuples(name=None)}
    try:
        with fresh(file) as part:
            part.write_text("".join(f"{lines[row]}\n" for row in sorted(lines)), encoding="utf-8", newline="\n")
    except OSError as error:
        raise SnapshotError(f"{file} cannot be written: {error.strerror or error}") from None


def _trimmed(
    name: str, sheet: Sheet, columns: list[str]
) -> tuple[list[str], list[tuple[int, list[str]]], list[Oddity]]:
    """Head and rows without the empty ones that spreadsheets leave below and beside a table."""
    (top, first), *rows = sheet.rows
    filled = [(number, row) for number, row in rows if any(cell.strip(BLANKS) for cell in row)]
    width = len(first)
    while width and not first[width - 1].strip(BLANKS) and not any(_beyond(row, width - 1) for _, row in filled):
        width -= 1
    head = _head(first[:width], columns)
    _check_head(name, top, head, columns)
    for number, row in filled:
        if len(row) != len(first):  # also where the last is empty: a comma in a number shifts all cells behind it
            raise SnapshotError(f"{name}, row {number}: found {len(row)} cells, expected {len(first)} as in the header")
    gone = [Oddity(name, "empty rows", len(rows) - len(filled), ONCE)] * (len(filled) < len(rows))
    gone += [Oddity(name, "empty columns", 1, ONCE)] * (width < len(first))
    return (
        head,
        [(number, row[:width]) for number, row in filled],
        gone + [Oddity(name, "names of columns", 1, ONCE)] * (head != first[:width]),
    )


def _beyond(row: list[str], width: int) -> bool:
    """Whether anything stands in a row behind its first cells."""
    return any(cell.strip(BLANKS) for cell in row[width:])


def _head(cells: list[str], columns: list[str]) -> list[str]:
    """The names of columns, whatever their capitals, blanks and width."""
    plain = [cell.strip(BLANKS).translate(HALF_WIDTH).lower().replace(" ", "_") for cell in cells]
    return [word if word in columns else cell for word, cell in zip(plain, cells, strict=True)]


def _check_head(name: str, top: int, head: list[str], columns: list[str]) -> None:
    missing = [column for column in columns if column not in head and column not in OPTIONAL_COLUMNS]
    unknown = [column or "(a column without a name)" for column in head if column not in columns]
    if missing or unknown or len(set(head)) < len(head):
        what = [f"lacks {', '.join(missing)}"] * bool(missing) + [f"has unknown {', '.join(unknown)}"] * bool(unknown)
        told = " and ".join(what) or "names a column twice"
        raise SnapshotError(f"{name}, row {top}: the header {told}; expected {', '.join(columns)}")


def _of_file(name: str, sheet: Sheet) -> list[Oddity]:
    """What is said of the file as a whole."""
    said = [ENCODINGS[sheet.encoding]] if sheet.encoding in ENCODINGS else []
    said += [f"{SEPARATORS[sheet.separator]} between cells"] * (sheet.separator != ",")
    return [Oddity(name, what, 1, ONCE) for what in said]


def _cleaned(name: str, frame: pd.DataFrame, *, comma: bool) -> tuple[pd.DataFrame, list[Oddity]]:
    """The frame with every cell as the contract writes it; a column in which nothing is odd is left as it is."""
    changed, counts, first = {}, Counter[str](), dict[str, str]()
    percent = frame["unit"].str.strip(BLANKS).eq("percent") if "unit" in frame else pd.Series(False, index=frame.index)
    for column in frame.columns:
        known = {
            pair: cleaned(Cell(*pair, comma), name, column)
            for pair in _different(frame[column], percent if kind_of(name, column) == "number" else None)
        }
        odd = {pair for pair, (_, said) in known.items() if said}
        if not odd:
            continue
        plain = not any(share for _, share in known)
        cells = [(cell, share and not plain) for cell, share in zip(frame[column], percent, strict=True)]
        changed[column] = pd.array([known[pair][0] for pair in cells], dtype="str")
        for row, pair in zip(frame.index, cells, strict=True):
            for what in known[pair][1] if pair in odd else ():
                counts[what] += 1
                first.setdefault(what, f"row {row}, column {column}")
    return frame.assign(**changed), [Oddity(name, what, count, first[what]) for what, count in counts.items()]


def _different(cells: pd.Series, percent: pd.Series | None) -> set[tuple[str, bool]]:
    """Each cell once, with whether its unit is percent where that matters: of long columns few cells differ."""
    if percent is None:
        return {(cell, False) for cell in set(cells)}
    return {(cell, True) for cell in set(cells[percent])} | {(cell, False) for cell in set(cells[~percent])}


def _id(cell: str, names: Names) -> str:
    found = names.ids_of(cell)
    return found[0] if len(found) == 1 else cell


def _oddity(file: str, what: str, rows: pd.Index, column: str) -> Oddity:
    return Oddity(file, what, len(rows), f"row {rows[0]}, column {column}")


def _line(cells: Iterable[str]) -> str:
    """One row of a CSV file, without its end."""
    written: list[str] = []
    csv.writer(_Lines(written), lineterminator="").writerow(cells)
    return "".join(written)


class _Lines:
    """What the csv module writes to, kept as text."""

    def __init__(self, lines: list[str]) -> None:
        self.lines = lines

    def write(self, text: str) -> None:
        """Keep a piece."""
        self.lines.append(text)
