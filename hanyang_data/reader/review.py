"""Candidates as a workbook that a person goes through, row by row, and the same workbook read back."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from hanyang_data.errors import HanyangError
from hanyang_data.reader.candidates import Candidate
from hanyang_data.reader.coverage import Missed
from hanyang_data.reader.plausible import questions
from hanyang_data.reader.reading import Reading
from hanyang_data.record.contract import COLUMNS
from hanyang_data.record.observations import Dataset, default_dataset

DECISIONS = ("accept", "mend", "reject")
OBSERVATION = COLUMNS["observations.csv"]
SOURCE = COLUMNS["sources.csv"]
REVIEW = ["decision", "reason", "record", "confidence", "why", "sentence", "page"]
DOUBTED = 0.5  # the confidence left to a figure that does not go with the record
SHEETS = ("candidates", "sources", "not read")


def review_frame(reading: Reading, *, dataset: Dataset | None = None) -> pd.DataFrame:
    """The candidates as a table: what a person decides, what the record says of the same cell, and the row of the contract.

    One row a candidate, in the order of the text: ``decision`` (empty), ``reason`` (empty), ``record`` (new, same, differs,
    conflict: see :func:`standing`), ``confidence`` (0 to 1), ``why`` it is not 1, ``sentence`` with the figure in 【】, ``page``,
    and the columns of observations.csv, all as text but confidence and page.
    """
    data = dataset or default_dataset()
    rows = [
        {
            "decision": "", "reason": "", "record": standing(c, data), "confidence": c.confidence, "why": "; ".join(c.reasons),
            "sentence": marked(c), "page": c.page, **c.row,
        }
        for c in reading.candidates
    ]  # fmt: skip
    return _asked(pd.DataFrame(rows, columns=[*REVIEW, *OBSERVATION]), data)


def _asked(table: pd.DataFrame, dataset: Dataset) -> pd.DataFrame:
    """The table with what :mod:`hanyang_data.reader.plausible` asks about a row in ``why``, and such a row not sure."""
    for row, text in questions(table, dataset):
        why = str(table.at[row, "why"])
        table.loc[row, "why"] = why if text.en in why else f"{why}; {text.en}".removeprefix("; ")
        table.loc[row, "confidence"] = min(float(table.at[row, "confidence"]), DOUBTED)
    return table


def marked(candidate: Candidate) -> str:
    """The sentence, cut to what stands around the figure, with the figure in 【】."""
    sentence, (start, end) = candidate.sentence, candidate.mark
    shown = f"{sentence[max(0, start - 90) : start]}【{sentence[start:end]}】{sentence[end : end + 60]}"
    return ("…" if start > 90 else "") + shown + ("…" if end + 60 < len(sentence) else "")


def standing(candidate: Candidate, dataset: Dataset) -> str:
    """What the record already says of the cell: ``new``: nothing; ``same``: this value; ``differs``: another value in another
    vintage or source; ``conflict``: another value in the same vintage."""
    row, obs = candidate.row, dataset.printed
    cell = obs[
        (obs["region"] == row["region"]) & (obs["indicator"] == row["indicator"]) & (obs["year"] == int(row["year"]))
        & (obs["period"] == row["period"]) & (obs["concept"] == row["concept"]) & (obs["measure"] == row["measure"])
    ]  # fmt: skip
    if cell.empty:
        return "new"
    value = float(row["value"]) if row["value"] else None
    same = cell["value"].isna() if value is None else (cell["value"] - value).abs() < 1e-9
    if same.any():
        first = cell[same].iloc[0]
        return f"same ({first['source_id']}, {first['vintage']})"
    shown = "; ".join(f"{r.token} {r.vintage} {r.source_id}" for r in cell.head(3).itertuples())
    return f"{'conflict' if (cell['vintage'] == row['vintage']).any() else 'differs'} ({shown})"


def _sources(reading: Reading, folder: Path, original: bytes | None) -> pd.DataFrame:
    """What is proposed for sources.csv; a text that is not the file's own is written into ``folder``, for ``hanyang audit``."""
    file = reading.text.name
    if reading.text.own and original is not None:
        digest = hashlib.sha256(original).hexdigest()
    else:
        file = f"{Path(file).stem}.txt"
        digest = reading.text.save(folder / file)
    used = {c.row["source_id"] for c in reading.candidates}
    rows = [
        {
            "source_id": doc.source_id, "title_zh": doc.title, "title_en": "", "publisher": "",
            "published_on": doc.published_on, "kind": doc.kind, "region": doc.region, "url": "",
            "file": file, "sha256": digest, "note": "", "publisher_zh": doc.publisher,
        }
        for doc in reading.documents
        if doc.source_id in used
    ]  # fmt: skip
    return pd.DataFrame(rows, columns=SOURCE)


def write_workbook(
    target: str | Path,
    reading: Reading | Sequence[Reading],
    candidates: pd.DataFrame | None = None,
    *,
    file: str | Path | Sequence[Path] | None = None,
    dataset: Dataset | None = None,
) -> Path:
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
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter
    from openpyxl.worksheet.datavalidation import DataValidation

    place, readings = Path(target), [reading] if isinstance(reading, Reading) else list(reading)
    files = [Path(file) if file else None] * len(readings) if file is None or isinstance(file, str | Path) else list(file)
    if candidates is None:
        candidates = pd.concat([review_frame(one, dataset=dataset) for one in readings], ignore_index=True)
    originals = [(one, place.parent, kept.read_bytes() if kept else None) for one, kept in zip(readings, files, strict=True)]
    source_rows = pd.concat([_sources(*original) for original in originals], ignore_index=True)
    uncovered = pd.DataFrame([row for one in readings for row in one.uncovered], columns=list(Missed._fields))
    with pd.ExcelWriter(place, engine="openpyxl") as book:
        for name, table in zip(SHEETS, (candidates, source_rows, uncovered), strict=True):
            table.to_excel(book, sheet_name=name, index=False)
            sheet = book.sheets[name]
            sheet.freeze_panes = "B2"
            sheet.auto_filter.ref = sheet.dimensions
            for k, column in enumerate(table.columns, start=1):
                sheet.cell(1, k).font = Font(bold=True)
                sheet.column_dimensions[get_column_letter(k)].width = {"sentence": 70, "why": 30, "record": 30}.get(column, 14)
        sheet = book.sheets["candidates"]
        choice = DataValidation(type="list", formula1=f'"{",".join(DECISIONS)}"', allow_blank=True)
        sheet.add_data_validation(choice)
        choice.add(f"A2:A{max(2, len(candidates) + 1)}")
        column = REVIEW.index("sentence") + 1
        for number, confidence in enumerate(candidates["confidence"], start=2):
            sheet.cell(number, column).alignment = Alignment(wrap_text=True, vertical="top")
            if confidence < 0.9:
                sheet.cell(number, REVIEW.index("confidence") + 1).fill = PatternFill("solid", fgColor="FFE699")
    return place


def read(file: Path) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The candidates and sources of a workbook that a person has gone through, all as text."""
    try:
        sheets = pd.read_excel(file, sheet_name=list(SHEETS[:2]), dtype=str, keep_default_na=False)
    except FileNotFoundError:
        raise HanyangError(f"{file} is not there: hanyang read writes it") from None
    except (ValueError, KeyError, OSError) as error:
        raise HanyangError(f"{file} is no workbook of candidates ({error}): hanyang read writes one") from None
    candidates, source_rows = (sheets[name] for name in SHEETS[:2])
    for name, table, columns in (
        ("candidates", candidates, ["decision", "reason", *OBSERVATION]),
        ("sources", source_rows, SOURCE),
    ):
        if lost := [c for c in columns if c not in table]:
            raise HanyangError(f"{file.name}, sheet {name}: the column {lost[0]} is missing; leave the head as it was written")
    decision = candidates["decision"].str.strip().str.lower()
    for number in candidates.index[~decision.isin(["", *DECISIONS])]:
        found = candidates.at[number, "decision"]
        raise HanyangError(f"{file.name}, row {number + 2}: {found!r} is no decision; say {', '.join(DECISIONS)} or nothing")
    return candidates.assign(decision=decision), source_rows
