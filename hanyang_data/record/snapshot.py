"""Where the snapshot of the package is, and what tells one snapshot from another; without reading any."""

import hashlib
import json
from pathlib import Path
from typing import Any

from hanyang_data.errors import SnapshotError
from hanyang_data.record.contract import COLUMNS, CORRECTIONS

DESCRIPTOR = "datapackage.json"
SNAPSHOT = Path(__file__).parents[1] / "data"


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
