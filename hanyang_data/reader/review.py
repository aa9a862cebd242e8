"""Candidates as a workbook that a person goes through, row by row, and the same workbook read back."""

import hashlib
import math
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from hanyang_data.errors import HanyangError
from hanyang_data.reader.candidates import SURE, Candidate
from hanyang_data.reader.plausible import questions
from hanyang_data.reader.reading import Missed, Reading
from hanyang_data.record.contract import COLUMNS
from hanyang_data.record.observations import Dataset, default_dataset
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import display_width

SAYS = messages(__name__)

DECISIONS, CONFLICT = ("accept", "mend", "reject"), "conflict"
OBSERVATION = COLUMNS["observations.csv"]
SOURCE = COLUMNS["sources.csv"]
# what a person checks stands beside the sentence; ids and what seldom changes behind it, grouped
CHECKED = ["indicator", "value", "unit", "year", "concept", "measure", "qualifier", "token", "locator"]
BEHIND = [column for column in OBSERVATION if column not in CHECKED]
REVIEW = ["decision", "reason", "sentence", *CHECKED, "record", "why", "confidence", *BEHIND, "page"]
CITED = ["source_id", "title_zh", "title_en", "publisher", "publisher_zh", "published_on"]  # what names a source
DOUBTED = 0.5  # the confidence left to a figure that does not go with the record
SHEETS = ("candidates", "sources", "not read")
LEAST = {"reason": 24, "title_en": 30, "publisher": 30, "publisher_zh": 20}  # characters that a column is wide, to write in
MOST = {"sentence": 60, "record": 32, "why": 40, "title_zh": 40, "title_en": 40, "sha256": 64}  # others 34


def review_frame(reading: Reading, *, dataset: Dataset | None = None) -> pd.DataFrame:
    """The candidates as a table: what a person decides, what the record says of the same cell, and the row of the contract.

    One row a candidate, in the order of the text: ``decision`` (empty), ``reason`` (empty), ``sentence`` with the figure in 【】,
    the columns of observations.csv, ``record`` (new, same, differs, conflict: see :func:`standing`), ``why`` the reader is less
    than sure, ``confidence`` (0 to 1) and ``page``, where the text has pages; all as text but the last two.
    """
    data = dataset or default_dataset()
    stands = [standing(c.row, data) for c in reading.candidates]
    rows = [
        {
            "decision": "", "reason": "", "record": f"{word} ({there})" if there else word, "confidence": c.confidence,
            "why": "; ".join(c.reasons), "sentence": marked(c), "page": c.page or "", **c.row,
        }
        for c, (word, there) in zip(reading.candidates, stands, strict=True)
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=REVIEW)
    conflicts = [(k, SAYS.conflict.format(record=there)) for k, (word, there) in enumerate(stands) if word == CONFLICT]
    for row, text in [*conflicts, *questions(table, data)]:
        why = str(table.at[row, "why"])
        table.loc[row, "why"] = why if text.en in why else f"{why}; {text.en}".removeprefix("; ")
        table.loc[row, "confidence"] = min(float(table.at[row, "confidence"]), DOUBTED)
    return table


def marked(candidate: Candidate) -> str:
    """The sentence, cut to what stands around the figure, with the figure in 【】; a cell below the head of its column."""
    sentence, (start, end) = candidate.sentence, candidate.mark
    shown = f"{sentence[max(0, start - 90) : start]}【{sentence[start:end]}】{sentence[end : end + 60]}"
    above = f"{candidate.above}: " if candidate.above else ""
    return above + ("…" if start > 90 else "") + shown + ("…" if end + 60 < len(sentence) else "")


def standing(row: Mapping[str, Any], dataset: Dataset) -> tuple[str, str]:
    """What the record already says of the cell of a row, and where: ``new``: nothing; ``same``: this value; ``differs``:
    another value in another vintage; ``conflict``: another value in the same vintage."""
    obs = dataset.printed
    cell = obs[
        (obs["region"] == row["region"]) & (obs["indicator"] == row["indicator"]) & (obs["year"].astype(str) == row["year"])
        & (obs["period"] == row["period"]) & (obs["concept"] == row["concept"]) & (obs["measure"] == row["measure"])
    ]  # fmt: skip
    if cell.empty:
        return "new", ""
    value = pd.to_numeric(row["value"] or "nan", errors="coerce")
    same = cell["value"].isna() if math.isnan(value) else (cell["value"] - value).abs() < 1e-9
    if same.any():
        first = cell[same].iloc[0]
        return "same", f"{first['source_id']}, {first['vintage']}"
    there = (cell["vintage"] == row["vintage"]).sort_values(ascending=False, kind="stable")
    shown = "; ".join(f"{r.token} {r.vintage} {r.source_id} {r.locator}" for r in cell.loc[there.index].head(3).itertuples())
    return CONFLICT if there.any() else "differs", shown


def _sources(reading: Reading, folder: Path, original: bytes | None, dataset: Dataset) -> pd.DataFrame:
    """What sources.csv has, or is proposed for it; a text that is not the file's own is written into ``folder``, for an audit."""
    file = reading.text.name
    if reading.text.own and original is not None:
        digest = hashlib.sha256(original).hexdigest()
    else:
        file = f"{Path(file).stem}.txt"
        digest = reading.text.save(folder / file)
    used = {c.row["source_id"] for c in reading.candidates}
    there = dataset.sources.reset_index()[SOURCE].set_index("source_id", drop=False)
    rows = [
        dict(there.loc[doc.source_id]) if doc.source_id in there.index else {
            "source_id": doc.source_id, "title_zh": doc.title, "title_en": "", "publisher": "",
            "published_on": doc.published_on, "kind": doc.kind, "region": doc.region, "url": "",
            "file": file, "sha256": digest, "note": "", "publisher_zh": doc.publisher,
        }
        for doc in reading.documents
        if doc.source_id in used
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=[*CITED, *(column for column in SOURCE if column not in CITED)])


def write_workbook(
    target: str | Path, reading: Reading | Sequence[Reading], candidates: pd.DataFrame | None = None, *,
    file: str | Path | Sequence[Path] | None = None, dataset: Dataset | None = None,
) -> Path:  # fmt: skip
    """Write the workbook that ``accept`` takes, with the decisions that ``candidates`` already holds.

    Its sheets: the candidates with a list of choices, their sources, and what gave no candidate.

    Args:
        target: the workbook, an .xlsx file.
        reading: what was read; several in one workbook as a list.
        candidates: the table of :func:`review_frame`, with decisions; a fresh one if None.
        file: the file that was read, so that its sha256 is kept (of several readings one each, in their order); a copy of the
            lines is written beside the workbook if None.
        dataset: what a fresh table compares with; the record of the package if None.
    """
    from openpyxl.styles import PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    place, readings = Path(target), [reading] if isinstance(reading, Reading) else list(reading)
    files = [Path(file) if file else None] * len(readings) if file is None or isinstance(file, str | Path) else list(file)
    if candidates is None:
        candidates = pd.concat([review_frame(one, dataset=dataset) for one in readings], ignore_index=True)
    originals = [(one, place.parent, kept.read_bytes() if kept else None) for one, kept in zip(readings, files, strict=True)]
    data = dataset or default_dataset()
    source_rows = pd.concat([_sources(*original, data) for original in originals], ignore_index=True)
    uncovered = pd.DataFrame([row for one in readings for row in one.uncovered], columns=list(Missed._fields))
    with pd.ExcelWriter(place, engine="openpyxl") as book:
        for name, table in zip(SHEETS, (candidates, source_rows, uncovered.replace({"page": {0: ""}})), strict=True):
            table.to_excel(book, sheet_name=name, index=False)
            _laid_out(book.sheets[name], table)
        sheet = book.sheets["candidates"]
        choice = DataValidation(type="list", formula1=f'"{",".join(DECISIONS)}"', allow_blank=True)
        sheet.add_data_validation(choice)
        choice.add(f"A2:A{max(2, len(candidates) + 1)}")
        doubted = [n for n, confidence in enumerate(candidates["confidence"], start=2) if confidence < SURE]
        cells = [cell for n in doubted for cell in sheet[n][: REVIEW.index("confidence") + 1]]
        cited = (cell for row in book.sheets["sources"].iter_rows(min_row=2, max_col=len(CITED)) for cell in row)
        for cell in (*cells, *(cell for cell in cited if not cell.value)):
            cell.fill = PatternFill("solid", fgColor="FFE699")
        for k in range(REVIEW.index(BEHIND[0]), len(REVIEW)):
            sheet.column_dimensions[get_column_letter(k + 1)].outlineLevel = 1
    return place


def _laid_out(sheet: Any, table: pd.DataFrame) -> None:
    """Each column as wide as its cells need, or wrapped, and each row as high."""
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "B2"
    sheet.auto_filter.ref = sheet.dimensions
    lines = [1] * len(table)
    for k, column in enumerate(table.columns, start=1):
        sheet.cell(1, k).font = Font(bold=True)
        sizes = [display_width(str(cell)) for cell in table[column]]
        width = min(max([len(column) + 3, LEAST.get(column, 0), *sizes]), MOST.get(column, 34))
        sheet.column_dimensions[get_column_letter(k)].width = width + 3
        lines = [max(line, -(-size // width)) for line, size in zip(lines, sizes, strict=True)]
    for row, line in zip(sheet.iter_rows(min_row=2), lines, strict=True):
        sheet.row_dimensions[row[0].row].height = 15 * line
        for cell in row:
            cell.alignment = Alignment(wrap_text=True, vertical="top")


def read(file: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The candidates and sources of a workbook that a person has gone through, all as text."""
    try:
        sheets = pd.read_excel(file, sheet_name=list(SHEETS[:2]), dtype=str, keep_default_na=False)
    except FileNotFoundError:
        raise HanyangError(f"{file} is not there: hanyang read writes it") from None
    except (ValueError, KeyError, OSError) as error:
        raise HanyangError(f"{file} is no workbook of candidates ({error}): hanyang read writes one") from None
    candidates, source_rows = (sheets[name] for name in SHEETS[:2])
    for name, columns in zip(SHEETS, (["decision", "reason", *OBSERVATION], SOURCE), strict=False):
        if lost := [c for c in columns if c not in sheets[name]]:
            raise HanyangError(f"{file.name}, sheet {name}: the column {lost[0]} is missing; leave the head as it was written")
    decision = candidates["decision"].str.strip().str.lower()
    for number in candidates.index[~decision.isin(["", *DECISIONS])]:
        found = candidates.at[number, "decision"]
        raise HanyangError(f"{file.name}, row {number + 2}: {found!r} is no decision; say {', '.join(DECISIONS)} or nothing")
    return candidates.assign(decision=decision), source_rows
