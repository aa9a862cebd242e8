"""What a sweep has begun: runs on their way from a working folder to their place, and those that it still owes.

What a run leaves appears whole or not at all. What was planned and is not known to be made, whatever ended the sweep that planned
it, has a mark, a small file that is made before anything runs and goes when the run is in its place. So a sweep that is killed,
or for which the disk is full, leaves the marks behind, and two sweeps into one folder do not disturb each other's.
"""

import json
import os
import shutil
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

from hanyang_data.batch import folders
from hanyang_data.batch.cache import MARKS, Cache
from hanyang_data.batch.collect import Outcome
from hanyang_data.batch.folders import EXECUTED
from hanyang_data.batch.job import RUNS_DIR, Run, is_own, roots
from hanyang_data.batch.reasons import unwritable
from hanyang_data.batch.run import FAILED, Task, copy_figures
from hanyang_data.batch.workers import Event
from hanyang_data.errors import RunError
from hanyang_data.words.prose import in_chinese

MANY = 4  # runs of a notebook: from so many on it pays to ask what they share before the first of them
NOT_REACHED = "not reached the last time"


@dataclass
class Underway:
    """The runs of one part of a sweep, from the task that is made of each to the outcome."""

    runs: Sequence[Run]
    out: Path
    engine: str
    cache: Cache
    working: dict[Path, Run] = field(default_factory=dict)
    failures: list[Outcome] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.counted = Counter(run.notebook for run in self.runs)

    def tasks(self) -> Iterator[Task]:
        """A task for each run, its folder made when it is its turn."""
        for run in self.runs:
            try:
                work = folders.work_folder(run.within(self.out)).resolve()
            except OSError as error:
                self.failures.append(Outcome(run, FAILED, None, 0.0, unwritable(run.within(self.out), error)))
                continue
            self.working[work] = run
            yield self._task(run, work)

    def refused(self) -> Iterator[Outcome]:
        """Runs for which no folder could be made."""
        while self.failures:
            yield self.failures.pop()

    def finish(self, event: Event) -> Outcome:
        """Put what a task left where it belongs."""
        work = event.task.work
        run = self.working.pop(work)
        failed = run.within(self.out / FAILED)
        try:
            if event.failure is None:
                place = folders.put_in_place(work, run.within(self.out))
                shutil.rmtree(failed, ignore_errors=True)  # what failed before is mended
                return Outcome(run, "done", place, event.seconds)
            if event.task.notebook != EXECUTED:
                (work / event.task.notebook).unlink(missing_ok=True)  # the copy of a source whose process died
            folders.tidy(work / EXECUTED)  # half of it, where the process died as it wrote
            kept = folders.put_in_place(work, failed) if (work / EXECUTED).is_file() else None
            return Outcome(run, FAILED, kept, event.seconds, event.failure)
        except OSError as error:
            return Outcome(run, FAILED, None, event.seconds, event.failure or unwritable(error.filename or work.name, error))
        finally:
            shutil.rmtree(work, ignore_errors=True)

    def clear(self) -> None:
        """Leave nothing half done behind."""
        for work in self.working:
            shutil.rmtree(work, ignore_errors=True)

    def _task(self, run: Run, work: Path) -> Task:
        key = self.cache.key(run)
        record = {"notebook": run.notebook.stem, "slug": run.slug, "name": run.name, "parameters": key["parameters"],
                  "data_sha256": key["data"], "code_sha256": key["package"], "key": key}  # fmt: skip
        parameters = dict(run.parameters)
        for name in {"data_dir", RUNS_DIR} & set(parameters):
            if parameters[name]:
                parameters[name] = str(Path(parameters[name]).resolve())
        source = run.notebook.read_bytes()
        source = in_chinese(source) if run.parameters.get("lang") == "zh" else source
        home = run.notebook.resolve().parent if is_own(run.parameters) else None
        where, shared = roots(run.notebook, run.parameters), self.counted[run.notebook] >= MANY
        return Task(run.notebook.name, source, parameters, work, self.out.resolve(), record, self.engine, home, where, shared)


def with_figures(outcome: Outcome, gallery: Path | None) -> Outcome:
    """Copy the figures of a finished run; a gallery that cannot be written is a failure of that run."""
    if gallery is None or outcome.folder is None or outcome.status == FAILED:
        return outcome
    try:
        return replace(outcome, copies=len(copy_figures(outcome.folder, outcome.run.name, gallery)))
    except (OSError, json.JSONDecodeError) as error:
        said = error if isinstance(error, OSError) else OSError(str(error))
        return replace(outcome, status=FAILED, reason=unwritable(gallery, said))


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
