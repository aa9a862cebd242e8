"""The tables of a snapshot folder as text, each cell in the one form of the contract, and what was written differently."""

import csv
import io
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from itertools import count, islice
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pandas as pd

from hanyang_data.errors import SnapshotError
from hanyang_data.files import fresh, writing
from hanyang_data.record.contract import COLUMNS, OPTIONAL_COLUMNS, OPTIONAL_FILES, REFERENCES, refuse_odd
from hanyang_data.record.lenient import BLANKS, HALF_WIDTH, SEPARATORS, Cell, cleaned, decoded, plain_in, read_sheet
from hanyang_data.record.names import Named, Names

ENCODINGS = {"utf-16": "UTF-16", "gb18030": "GBK"}  # read all the same, and said; of the mark of UTF-8 nothing is
ROWS_AT_ONCE = 500  # of a long file, as cells; more are slower, for they leave the processor's memory
NUMBERS = ("value", "value_high")  # whose unit stands beside them
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


def sentence(oddities: Sequence[Oddity]) -> str:
    """One line on what was read differently from how it is written; empty where nothing was."""
    return f"read differently than written: {'; '.join(map(str, oddities))}" if oddities else ""


def read_tables(folder: Path) -> tuple[dict[str, pd.DataFrame], list[Oddity]]:
    """The tables of a folder: their cells, indexed by row, as they are meant, and what was written differently."""
    read = {name: _read_table(folder / name, columns) for name, columns in COLUMNS.items()}
    frames, named = _with_ids({name: frame for name, (frame, _) in read.items()})
    return frames, [odd for _, oddities in read.values() for odd in oddities] + named


def _read_table(file: Path, columns: list[str]) -> tuple[pd.DataFrame, list[Oddity]]:
    """All cells as text, indexed by the row of the file; the csv module counts cells, where pandas would shift or drop them."""
    if file.name in OPTIONAL_FILES and not file.exists():
        return pd.DataFrame(columns=columns, dtype="str"), []
    try:
        sheet = read_sheet(file, columns)
    except FileNotFoundError:
        needed = [name for name in COLUMNS if name not in OPTIONAL_FILES]
        raise SnapshotError(f"{file} is missing: a snapshot folder needs {', '.join(needed)}") from None
    if not (first := next(sheet.rows, None)):
        raise SnapshotError(f"{file} is empty: it needs the header {', '.join(columns)}")
    coded = _coded(sheet.rows, len(first[1]))
    head, trimmed = _trimmed(file.name, first, coded, columns)
    frame, odd = _cleaned(file.name, head, coded, comma=sheet.separator == ",")
    whole = frame.assign(**{c: default for c, default in OPTIONAL_COLUMNS.items() if c in columns and c not in head})
    of_file = [ENCODINGS[sheet.encoding]] if sheet.encoding in ENCODINGS else []
    of_file += [f"{SEPARATORS[sheet.separator]} between cells"] * (sheet.separator != ",")
    return whole[columns], [*(Oddity(file.name, what, 1, ONCE) for what in of_file), *trimmed, *odd]


def _with_ids(frames: Mapping[str, pd.DataFrame]) -> tuple[dict[str, pd.DataFrame], list[Oddity]]:
    """The same tables with ids where a region or an indicator is named; what stands for several, or for none, stays."""
    done, oddities = dict(frames), []
    named = REFERENCES | {"regions.csv": {"part_of": "regions.csv"}}
    for what, target in (("region", "regions.csv"), ("indicator", "indicators.csv")):
        table = frames[target][["id", "name_en", "name_zh", "aliases"]]
        names = Names(what, [Named(*row) for row in table.itertuples(index=False, name=None)])
        for file, columns in named.items():
            for column in [c for c, referred in columns.items() if referred == target]:
                changes = {cell: names.replaced(cell) for cell in set(done[file][column].unique()) - names.ids}
                changes = {cell: id_ for cell, id_ in changes.items() if id_ != cell}
                if changes:
                    odd = done[file][column].isin(list(changes))
                    where = odd.index[odd]
                    first = f"row {where[0]}, column {column}"
                    oddities.append(Oddity(file, f"names in place of ids of {what}s", len(where), first))
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
    """Write a table of the contract as the contract writes it; its comments stay where they are."""
    sheet = read_sheet(file, columns)
    (top, first), *_ = sheet.rows
    there = _head(first, columns)
    kept = frame[[column for column in columns if column in there]]
    lines = dict(sheet.comments) | {top: _line(kept.columns)}
    lines |= {int(row): _line(cells) for row, *cells in kept.itertuples(name=None)}
    with writing(file, SnapshotError), fresh(file) as part:
        part.write_text("".join(f"{lines[row]}\n" for row in sorted(lines)), encoding="utf-8", newline="\n")


class _Column(NamedTuple):
    """A column as the words that stand in it, each once, and for each row which of them: in long columns few words differ."""

    words: list[str]
    codes: np.ndarray

    def cells(self) -> np.ndarray:
        """The cells, row by row."""
        return np.array(self.words, dtype=object).take(self.codes)


class _Coded(NamedTuple):
    """The rows of a file: their numbers, their columns, how many were blank, and the first that has another number of cells."""

    numbers: list[int]
    columns: list[_Column]
    blank: int
    uneven: tuple[int, int] | None


def _coded(rows: Iterator[tuple[int, list[str]]], width: int) -> _Coded:
    numbers: list[int] = []
    known = [defaultdict[str, int](count().__next__) for _ in range(width)]  # word → number, in the order they are met
    codes: list[list[np.ndarray]] = [[np.empty(0, np.int32)] for _ in known]
    blank, uneven = 0, None
    while part := list(islice(rows, ROWS_AT_ONCE)):
        filled = [(number, row) for number, row in part if row[0].strip(BLANKS) or any(c.strip(BLANKS) for c in row)]
        blank += len(part) - len(filled)
        uneven = next(((number, len(row)) for number, row in filled if len(row) != width), None)
        if uneven:  # also where the last is empty: a comma in a number shifts all cells behind it
            break
        numbers += [number for number, _ in filled]
        for cells, words, into in zip(zip(*(row for _, row in filled), strict=True), known, codes, strict=False):
            into.append(np.fromiter(map(words.__getitem__, cells), np.int32, len(filled)))
    columns = [_Column(list(words), np.concatenate(parts)) for words, parts in zip(known, codes, strict=True)]
    return _Coded(numbers, columns, blank, uneven)


def _trimmed(name: str, first: tuple[int, list[str]], coded: _Coded, columns: list[str]) -> tuple[list[str], list[Oddity]]:
    """The head without the empty columns that spreadsheets leave beside a table, and what is said of them and of empty rows."""
    top, cells = first
    width = len(cells)
    while width and not any(word.strip(BLANKS) for word in (cells[width - 1], *coded.columns[width - 1].words)):
        width -= 1
    head = _head(cells[:width], columns)
    missing = [column for column in columns if column not in head and column not in OPTIONAL_COLUMNS]
    unknown = [column or "(a column without a name)" for column in head if column not in columns]
    if missing or unknown or len(set(head)) < len(head):
        what = [f"lacks {', '.join(missing)}"] * bool(missing) + [f"has unknown {', '.join(unknown)}"] * bool(unknown)
        told = " and ".join(what) or "names a column twice"
        raise SnapshotError(f"{name}, row {top}: the header {told}; expected {', '.join(columns)}")
    if coded.uneven:
        row, found = coded.uneven
        raise SnapshotError(f"{name}, row {row}: found {found} cells, expected {len(cells)} as in the header")
    gone = [Oddity(name, "empty rows", coded.blank, ONCE)] * bool(coded.blank)
    gone += [Oddity(name, "empty columns", 1, ONCE)] * (width < len(cells))
    return head, gone + [Oddity(name, "names of columns", 1, ONCE)] * (head != cells[:width])


def _head(cells: list[str], columns: list[str]) -> list[str]:
    """The names of columns, whatever their capitals, blanks and width."""
    plain = [cell.strip(BLANKS).translate(HALF_WIDTH).lower().replace(" ", "_") for cell in cells]
    return [word if word in columns else cell for word, cell in zip(plain, cells, strict=True)]


def _cleaned(name: str, head: list[str], coded: _Coded, *, comma: bool) -> tuple[pd.DataFrame, list[Oddity]]:
    """The frame with every cell as the contract writes it; a word that surely is so already is not looked at again."""
    columns = dict(zip(head, coded.columns, strict=False))
    units = columns["unit"].cells() if "unit" in columns else np.array([], dtype=object)
    clean = cache(lambda text, percent, column: cleaned(Cell(text, percent, comma), name, column))
    done, counts, first = {}, Counter[str](), dict[str, str]()
    for column, (words, codes) in columns.items():
        plain = plain_in(name, column)
        odd = [number for number, word in enumerate(words) if not plain(word)]
        cells = columns[column].cells()
        for place in np.flatnonzero(np.isin(codes, odd)) if odd else ():
            percent = column in NUMBERS and len(units) > 0 and units[place].strip(BLANKS) == "percent"
            cells[place], told = clean(cells[place], percent, column)
            for what in told:
                counts[what] += 1
                first.setdefault(what, f"row {coded.numbers[place]}, column {column}")
        done[column] = pd.array(cells, dtype="str")
    frame = pd.DataFrame(done, index=coded.numbers, columns=head)
    return frame, [Oddity(name, what, count, first[what]) for what, count in counts.items()]


def _line(cells: Iterable[str]) -> str:
    """One row of a CSV file, without its end."""
    written = io.StringIO()
    csv.writer(written, lineterminator="").writerow(cells)
    return written.getvalue()
