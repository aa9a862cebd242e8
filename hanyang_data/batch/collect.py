"""What a sweep found, as one table: for the terminal, as CSV and as JSON."""

import csv
import io
import json
import os
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from hanyang_data.batch.folders import EXECUTED
from hanyang_data.batch.job import OUT_DIR, Run
from hanyang_data.batch.reasons import in_both
from hanyang_data.batch.run import FAILED, RECORD, read_json
from hanyang_data.errors import HanyangError
from hanyang_data.files import fresh

STATUSES = ("done", "cached", FAILED, "skipped")
SUMMARY = "sweep"
COLUMNS = ("notebook", "slug", "status", "seconds", "headline", "figures", "folder", "reason")
BESIDE = ("parameters", "reason_zh")  # of the JSON alone


@dataclass(frozen=True)
class Outcome:
    """How a run ended."""

    run: Run
    status: str  # one of STATUSES
    folder: Path | None  # where it stands; of a failed run the executed copy, if there is one
    seconds: float = 0.0  # how long it took now
    reason: str = ""  # why it failed, was skipped, or was not made again
    copies: int = 0  # figure files copied into the gallery
    told: Mapping[str, Any] | None = None  # ``headline`` and ``figures`` of its record, where they are known already

    def sentence(self) -> str:
        """What went wrong, with the executed copy where there is one."""
        copy = f"\nthe executed copy: {self.folder / EXECUTED}" if self.folder and self.status == FAILED else ""
        return f"{self.run}: {self.reason}{copy}"


def counted(outcomes: Sequence[Outcome]) -> str:
    """How many ended how, such as ``21 done, 3 cached``."""
    counts = Counter(outcome.status for outcome in outcomes)
    return ", ".join(f"{counts[status]} {status}" for status in STATUSES if counts[status]) or "nothing to do"


def rows(outcomes: Sequence[Outcome], out: Path) -> list[dict[str, Any]]:
    """One row a run: COLUMNS, then the reason in Chinese and its parameters."""
    found = []
    for outcome in outcomes:
        record: Mapping[str, Any] = outcome.told or {}
        if outcome.told is None and outcome.folder and outcome.status != FAILED:
            record = read_json(outcome.folder / RECORD)
        found.append({
            "notebook": outcome.run.notebook.stem, "slug": outcome.run.slug, "status": outcome.status,
            "seconds": round(outcome.seconds, 2), "headline": record.get("headline", ""), "figures": record.get("figures", []),
            "folder": os.path.relpath(outcome.folder, out) if outcome.folder else "", "reason": outcome.reason,
            "reason_zh": in_both(outcome.reason).zh,
            "parameters": {k: v for k, v in outcome.run.parameters.items() if k != OUT_DIR},
        })  # fmt: skip
    return found


def write_summary(outcomes: Sequence[Outcome], out: Path) -> None:
    """Write ``sweep.json``, ``sweep.csv`` and, where DuckDB is installed, ``sweep.parquet`` into the folder of the runs.

    Each appears whole; nothing is written where there is no folder.
    """
    if not out.is_dir():
        return
    table = rows(outcomes, out)
    flat = [{**row, **row["parameters"]} for row in table]
    plain = [{k: " ".join(map(str, v)) if isinstance(v, list) else v for k, v in r.items() if k not in BESIDE} for r in flat]
    text = io.StringIO()
    writer = csv.DictWriter(text, list(dict.fromkeys(k for row in plain for k in row)) or COLUMNS, lineterminator="\n")
    writer.writeheader()
    writer.writerows(plain)
    with suppress(OSError):  # the outcomes have been told; a full disk must not hide them
        # a row a line: of 28,000 the encoder that indents takes seconds
        lines = f"[{','.join(chr(10) + json.dumps(row, ensure_ascii=False) for row in table)}\n]\n"
        for ending, content in (("json", lines), ("csv", "\ufeff" + text.getvalue())):  # the mark lets Excel read Chinese
            with fresh(out / f"{SUMMARY}.{ending}") as part:
                part.write_text(content, encoding="utf-8")
        if table and find_spec("duckdb"):  # one file with typed columns: the runs of a nation are asked with SQL
            import duckdb

            with fresh(out / f"{SUMMARY}.parquet") as part:
                duckdb.read_csv(str(out / f"{SUMMARY}.csv"), sample_size=-1).write_parquet(str(part))


def not_made(out: Path) -> list[dict[str, str]]:
    """What the last sweep into a folder could not make, failed or skipped: ``notebook, slug, status, reason, reason_zh``."""
    file = out / f"{SUMMARY}.json"
    if not file.is_file():
        return []
    try:
        table = json.loads(file.read_text(encoding="utf-8"))
        told = [{"reason_zh": row["reason"], **row} for row in table]  # an earlier version wrote English alone
        found = [{k: str(row[k]) for k in ("notebook", "slug", "status", "reason", "reason_zh")} for row in told]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise HanyangError(f"{file} is no table of a sweep ({type(error).__name__}): sweep again, or delete it") from None
    return [row for row in found if row["status"] in (FAILED, "skipped")]
