"""The files of a snapshot, changed as a whole or not at all, with one step back."""

import csv
import hashlib
import io
import json
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

import pandas as pd

from hanyang_data.errors import HanyangError, SnapshotError
from hanyang_data.files import fresh
from hanyang_data.record.audit import gone
from hanyang_data.record.identities import findings
from hanyang_data.record.observations import open_dataset

CHANGED = ("observations.csv", "sources.csv", "rejects.csv")
KEPT = ".before_accept"  # in the snapshot folder: its files as they were before the last acceptance


def undo(folder: str | Path) -> int:
    """Take back the last acceptance; returns how many figures went.

    Raises:
        HanyangError: if there is none, the files were changed since, or a row of another file needs what would go.
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
    if needed := _needed(place, kept):
        raise HanyangError(f"nothing was taken back, for {needed}: take that row out first")
    count = rows_in(place / "observations.csv") - rows_in(kept / "observations.csv")
    _bring(kept, place)
    shutil.rmtree(kept)
    return count


def _needed(place: Path, kept: Path) -> str:
    """The row of another file that would name what is gone, or explain what is no more; nothing where there is none."""
    with tempfile.TemporaryDirectory() as scratch:
        trial = copy(place, scratch)
        _bring(kept, trial)
        try:
            before = findings(open_dataset(trial))
        except SnapshotError as error:
            return str(error)
    now = gone(findings(open_dataset(place)))
    lines = [line for line in gone(before) if line not in now]
    return f"discrepancies.csv explains in the row {lines[0]} what only these figures show" if lines else ""


def _bring(source: Path, place: Path) -> None:
    for name in CHANGED:
        if (source / name).exists():
            with fresh(place / name) as part:
                shutil.copy2(source / name, part)
        else:
            (place / name).unlink(missing_ok=True)


def copy(place: Path, scratch: str) -> Path:
    """The snapshot in a folder of its own, to try on."""
    return Path(shutil.copytree(place, Path(scratch) / "trial", ignore=shutil.ignore_patterns(KEPT)))


def put(trial: Path, place: Path) -> None:
    """Keep the files as they are, then put the new ones in their place."""
    kept = place / KEPT
    shutil.rmtree(kept, ignore_errors=True)
    kept.mkdir()
    _bring(place, kept)
    _bring(trial, place)
    after = {name: _digest(place / name) for name in CHANGED if (place / name).exists()}
    (kept / "after.json").write_text(json.dumps(after), encoding="utf-8")


def append(file: Path, columns: list[str], rows: pd.DataFrame) -> None:
    """Add rows at the end of a file, in the order of its own head."""
    if rows.empty:
        return
    if file.exists():
        text = file.read_text(encoding="utf-8-sig")
        head = next((row for row in csv.reader(text.splitlines()) if row and not row[0].startswith("#")), columns)
    else:
        text, head = ",".join(columns) + "\n", columns
    new = rows.reindex(columns=head, fill_value="").to_csv(header=False, index=False, lineterminator="\n")
    file.write_text(text.removesuffix("\n") + "\n" + new, encoding="utf-8", newline="")


def correct(file: Path, cells: Mapping[str, dict[str, str]]) -> None:
    """Other cells in the rows of sources.csv that have an id of ``cells``; the lines of all other rows stay as they are."""
    lines = list(io.StringIO(file.read_text(encoding="utf-8-sig"), newline=""))
    reader, head, written, start = csv.reader(lines), list[str](), io.StringIO(), 0
    for row in reader:
        own = "".join(lines[start : reader.line_num])
        start = reader.line_num
        named = dict(zip(head, row, strict=False))
        if row and not head and not row[0].startswith("#"):
            head = row
        elif new := cells.get(named.get("source_id", "")):
            csv.writer(written, lineterminator="\n").writerow((named | new).values())
            continue
        written.write(own)
    file.write_text(written.getvalue(), encoding="utf-8", newline="")


def rows_in(file: Path) -> int:
    """Rows as a spreadsheet counts them, head and comments included."""
    if not file.exists():
        return 1  # the head that it will have
    with file.open(encoding="utf-8", newline="") as handle:
        return sum(1 for _ in csv.reader(handle))


def _digest(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest() if file.exists() else ""
