"""What a person accepted, appended to a snapshot: after the contract and the identities, with one step back.

The snapshot is changed as a whole or not at all: the new files are checked in a folder of their own and then put in place.
"""

from __future__ import annotations

import csv
import hashlib
import json
import shutil
import tempfile
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from hanyang_data.errors import HanyangError
from hanyang_data.files import fresh
from hanyang_data.reader.plausible import questions
from hanyang_data.reader.review import OBSERVATION, SOURCE, read
from hanyang_data.record.contract import COLUMNS
from hanyang_data.record.identities import findings
from hanyang_data.record.observations import Dataset, open_dataset

CHANGED = ("observations.csv", "sources.csv", "rejects.csv")
KEPT = ".before_accept"  # in the snapshot folder: its files as they were before the last acceptance
SERIES = ["region", "indicator", "concept", "measure"]


@dataclass
class Accepted:
    """What an acceptance did: counts, what does not fit the identities since, and the years that are new."""

    rows: int
    rejected: int
    known: int
    sources: list[str]
    doubts: list[str] = field(default_factory=list)
    new_years: list[str] = field(default_factory=list)
    left: int = 0
    mended: int = 0  # of the figures taken in
    touched: list[tuple[str, str]] = field(default_factory=list)  # region and indicator of what was taken in

    def text(self) -> str:
        """The report for a terminal."""
        mended = f"{self.mended} of them mended ({self.mended / self.rows:.0%}), " if self.rows else ""
        head = (
            f"{self.rows} figures taken in from {', '.join(self.sources) or 'no source'}, {mended}"
            f"{self.rejected} rejected, {self.known} were in the record already, {self.left} without a decision left out"
        )
        years = "new years:" if self.new_years else "no series has a new year"
        doubts = ["does not fit the rest of the record (look at these):"] * bool(self.doubts)
        listed = ([f"  {line}" for line in lines] for lines in (self.new_years, self.doubts))
        return "\n".join([head, years, *next(listed), *doubts, *next(listed)])


def accept(workbook: str | Path, folder: str | Path) -> Accepted:
    """Append the accepted rows of a workbook to the snapshot in ``folder``.

    Rows that are marked accept or mend go to observations.csv as their cells now stand, rows marked reject to rejects.csv with
    their reason; rows without a decision nowhere. What the same source has at the same place already is not added twice.

    Raises:
        HanyangError: if nothing is decided, a rejection has no reason, a figure is not plausible and no reason says why it is
            right, or a row breaks the contract; then nothing is changed.
    """
    place = Path(folder)
    before = open_dataset(place)
    if before.oddities:  # rows are appended to the files as they stand
        raise HanyangError(f"{before.oddities[0]}: run hanyang audit --fix {place} first")
    rows, source_rows = read(Path(workbook))
    taken = rows[rows["decision"].isin(["accept", "mend"])]
    refused = rows[rows["decision"] == "reject"]
    if taken.empty and refused.empty:
        raise HanyangError(f"{Path(workbook).name}: no row has a decision; write accept, mend or reject into the first column")
    if len(bare := refused[refused["reason"].str.strip() == ""]):
        raise HanyangError(f"{Path(workbook).name}, row {bare.index[0] + 2}: a rejection needs its reason")
    fresh, known = _fresh(taken[OBSERVATION], before)
    fresh = _answered(fresh, taken["reason"], before)
    used = source_rows[
        source_rows["source_id"].isin(set(fresh["source_id"])) & ~source_rows["source_id"].isin(before.sources.index)
    ]
    with tempfile.TemporaryDirectory() as scratch:
        trial = Path(shutil.copytree(place, Path(scratch) / "trial", ignore=shutil.ignore_patterns(KEPT)))
        _append(trial / "observations.csv", OBSERVATION, fresh)
        _append(trial / "sources.csv", SOURCE, used)
        _append(trial / "rejects.csv", COLUMNS["rejects.csv"], _rejects(refused, source_rows))
        after = open_dataset(trial)
        _put(trial, place)
    return Accepted(
        rows=len(fresh),
        rejected=len(refused),
        known=known,
        sources=sorted(set(fresh["source_id"])),
        doubts=_doubts(before, after),
        new_years=_new_years(before, after),
        left=int((rows["decision"] == "").sum()),
        mended=int((taken.loc[fresh.index, "decision"] == "mend").sum()),
        touched=sorted(set(zip(fresh["region"], fresh["indicator"], strict=True))),
    )


def undo(folder: str | Path) -> int:
    """Take back the last acceptance; returns how many figures went.

    Raises:
        HanyangError: if there is none, or the files were changed since.
    """
    place = Path(folder)
    kept = place / KEPT
    if not kept.is_dir():
        raise HanyangError(f"{place} has no acceptance to take back")
    then = json.loads((kept / "after.json").read_text(encoding="utf-8"))
    if changed := [name for name in then if _digest(place / name) != then[name]]:
        raise HanyangError(
            f"{place / changed[0]} was changed since the acceptance: take its rows out by hand, or restore it first"
        )
    count = _rows(place / "observations.csv") - _rows(kept / "observations.csv")
    for name in CHANGED:
        if (kept / name).exists():
            with fresh(place / name) as part:
                shutil.copy2(kept / name, part)
        else:
            (place / name).unlink(missing_ok=True)
    shutil.rmtree(kept)
    return count


def _fresh(taken: pd.DataFrame, before: Dataset) -> tuple[pd.DataFrame, int]:
    key = ["source_id", "locator", "region", "indicator", "year", "period", "concept", "measure", "vintage", "token"]
    there = set(before.printed[key].astype(str).itertuples(index=False, name=None))
    new = [row not in there for row in taken[key].itertuples(index=False, name=None)]
    return taken[new].drop_duplicates(key).copy(), len(new) - sum(new)


def _answered(fresh: pd.DataFrame, reasons: pd.Series[str], before: Dataset) -> pd.DataFrame:
    """The rows, those that had to be asked about with the answer in their note."""
    asked = questions(fresh, before)
    if unanswered := [q for q in asked if not reasons[q.row].strip()]:
        lines = [
            f"  row {q.row + 2}, {cell['indicator']} of {cell['region']} in {cell['year']} ({cell['measure']}): {q.text.en}"
            for q in unanswered
            for cell in [fresh.loc[q.row]]
        ]
        wrong = f"{len(lines)} of the accepted figures look{'s' * (len(lines) == 1)} wrong and nothing was taken in"
        head = f"{wrong}: mend or reject, or say in the column reason why it is right"
        raise HanyangError("\n".join([head, *lines]))
    for q in asked:
        note = f"{fresh.at[q.row, 'note']}; checked: {reasons[q.row].strip()}"
        fresh.loc[q.row, "note"] = note.removeprefix("; ")
    return fresh


def _rejects(refused: pd.DataFrame, source_rows: pd.DataFrame) -> pd.DataFrame:
    texts = source_rows.drop_duplicates("source_id").set_index("source_id")
    told = refused.assign(
        publisher=refused["source_id"].map(texts["publisher"]), title=refused["source_id"].map(texts["title_zh"]),
        published_on=refused["source_id"].map(texts["published_on"]), url=refused["source_id"].map(texts["url"]), reason_zh="",
    )  # fmt: skip
    return told[COLUMNS["rejects.csv"]].fillna("")


def _append(file: Path, columns: list[str], rows: pd.DataFrame) -> None:
    """Add rows at the end of a file, in the order of its own head."""
    if rows.empty:
        return
    if file.exists():
        text = file.read_text(encoding="utf-8-sig")
        head = next((row for row in csv.reader(text.splitlines()) if row and not row[0].startswith("#")), columns)
    else:
        text, head = ",".join(columns) + "\n", columns
    with file.open("w", encoding="utf-8", newline="") as handle:
        handle.write(text if text.endswith("\n") else text + "\n")
        writer = csv.DictWriter(handle, head, extrasaction="ignore", restval="", lineterminator="\n")
        writer.writerows(rows.to_dict("records"))


def _put(trial: Path, place: Path) -> None:
    """Keep the files as they are, then put the new ones in their place."""
    kept = place / KEPT
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir()
    for name in CHANGED:
        if (place / name).exists():
            shutil.copy2(place / name, kept / name)
        if (trial / name).exists():
            with fresh(place / name) as part:
                shutil.copy2(trial / name, part)
    after = {name: _digest(place / name) for name in CHANGED if (place / name).exists()}
    (kept / "after.json").write_text(json.dumps(after), encoding="utf-8")


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() else ""


def _rows(file: Path) -> int:
    with file.open(encoding="utf-8", newline="") as handle:
        return sum(1 for _ in csv.reader(handle))


def _doubts(before: Dataset, after: Dataset) -> list[str]:
    """Identities that do not hold since, and that discrepancies.csv does not explain."""
    keys = ["check", "region", "indicator", "year", "measure"]
    old = set(findings(before)[keys].itertuples(index=False, name=None))
    found = findings(after)
    new = found[(found["known"] == "") & ~found[keys].apply(tuple, axis=1).isin(old)] if len(found) else found
    return [f"{r.check}: {r.indicator} of {r.region} in {r.year} ({r.measure}): {r.detail}" for r in new.itertuples()]


def _new_years(before: Dataset, after: Dataset) -> list[str]:
    """Series of annual figures that have a year since that they did not have."""

    def years(data: Dataset) -> dict[tuple[str, ...], set[int]]:
        annual = data.observations[data.observations["period"] == "annual"]
        return {key: set(part["year"]) for key, part in annual.groupby(SERIES, sort=False)}

    old = years(before)
    gained = {key: sorted(now - old.get(key, set())) for key, now in years(after).items()}
    return [f"{' '.join(key)}: {', '.join(map(str, new))}" for key, new in gained.items() if new]
