"""Which runs a folder still owes: planned and not known to be made, whatever ended the sweep that planned them.

A mark for each, a small file that is made before anything runs and goes when the run is in its place. So a sweep that is killed,
or for which the disk is full, leaves the marks behind, and two sweeps into one folder do not disturb each other's.
"""

import os
from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from hanyang_data.batch.job import Run
from hanyang_data.errors import RunError

MARKS = ".unfinished"  # beside the notebooks' folders
NOT_REACHED = "not reached the last time"


class Unfinished:
    """The marks of one folder of runs.

    >>> import tempfile
    >>> one = Run("mine", Path("trend.ipynb"), {}, "hanyang-gdp")
    >>> marks = Unfinished(Path(tempfile.mkdtemp()))
    >>> marks.plan([one])
    >>> marks.why(one)
    'not reached the last time'
    >>> marks.failed(one, "cell [3] failed")
    >>> marks.why(one)
    'failed the last time'
    >>> marks.settle("trend", "hanyang-gdp")
    >>> marks.why(one)
    ''
    """

    def __init__(self, out: Path) -> None:
        self.folder = out / MARKS

    def plan(self, runs: Sequence[Run]) -> None:
        """Mark runs that are about to be made."""
        try:
            for run in runs:
                mark = run.within(self.folder)
                mark.parent.mkdir(parents=True, exist_ok=True)
                _write(mark, "")
        except OSError as error:
            raise RunError(f"{self.folder.parent} cannot be written: {error.strerror or error}") from None

    def failed(self, run: Run, reason: str) -> None:
        """Note why a run failed; where that cannot be written the mark stays as it is."""
        with suppress(OSError):
            _write(run.within(self.folder), reason)

    def settle(self, notebook: str, run: str) -> None:
        """Take the mark of a run away, by the names of its folders: it is made, or need not be."""
        with suppress(OSError):
            (self.folder / notebook / run).unlink()

    def why(self, run: Run, finished: str = "") -> str:
        """Why a run is owed, in a few words; empty if it is not."""
        try:
            stat = run.within(self.folder).stat()
        except OSError:
            return ""
        if stat.st_size:
            return "failed the last time"
        planned = datetime.fromtimestamp(stat.st_mtime, UTC).isoformat(timespec="seconds")
        return "" if finished > planned else NOT_REACHED  # in doubt it is made again

    def rows(self) -> Iterator[tuple[str, str, str]]:
        """Notebook, run folder and reason of what is owed."""
        for mark in sorted(self.folder.glob("*/*")):
            with suppress(OSError):
                yield mark.parent.name, mark.name, mark.read_text(encoding="utf-8") or NOT_REACHED


def _write(mark: Path, text: str) -> None:
    """Write into the mark itself and through no link."""
    handle = os.open(mark, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_NOFOLLOW", 0), 0o666)
    with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
        file.write(text)
    if not text:
        os.utime(mark)  # the moment of this plan, also where an earlier one had marked it
