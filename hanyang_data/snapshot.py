"""Where the snapshot of the package is, and what tells one snapshot from another; without reading any."""

from __future__ import annotations

import hashlib
from pathlib import Path

from hanyang_data.contract import COLUMNS, CORRECTIONS

SNAPSHOT = Path(__file__).parent / "data"


def snapshot_digest(folder: Path) -> str:
    """The hash of a snapshot's tables and corrections: it changes with every figure."""
    files = [folder / name for name in (*COLUMNS, CORRECTIONS)]
    return hashlib.sha256(b"".join(f.read_bytes() for f in files if f.exists())).hexdigest()
