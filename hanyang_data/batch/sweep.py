"""Do what a plan asks for: decide for each run whether it is needed, make those that are, put them in place, tell how it went.

Runs that look at finished runs come after all others. A run that fails stops no other.
"""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from signal import SIGTERM, getsignal, signal
from typing import Any

from hanyang_data.batch import folders
from hanyang_data.batch.cache import Cache
from hanyang_data.batch.collect import Outcome, write_summary
from hanyang_data.batch.named import blamed
from hanyang_data.batch.own import standing
from hanyang_data.batch.plan import RUNS_DIR, Check, Run, in_order
from hanyang_data.batch.run import EXECUTED, FAILED, Task, copy_figures
from hanyang_data.batch.workers import Event, context, run_local
from hanyang_data.errors import HanyangError, NoDataError, ParameterError, RunError, SnapshotError

Backend = Callable[[Iterator[Task]], Iterator[Event]]


@dataclass(frozen=True)
class Options:
    """How a sweep is done.

    Args:
        jobs: runs at once.
        engine: ``fork`` or ``papermill``.
        timeout: seconds a run may take, or None.
        force: make every run, also those that are up to date.
        failed: make only runs that failed the last time.
        since: a day or moment in ISO form: what was made before counts as out of date.
        table: leave ``sweep.csv`` and ``sweep.json`` beside the runs.
        gallery: folder that gets copies of the figures, or None.
        backend: what does the tasks; None for this machine.
    """

    jobs: int = 1
    engine: str = "fork"
    timeout: float | None = None
    force: bool = False
    failed: bool = False
    since: str = ""
    table: bool = False
    gallery: Path | None = None
    backend: Backend | None = None


@dataclass(frozen=True)
class Decision:
    """What is to be done about a run: ``run``, ``cached``, ``skipped``; and why."""

    run: Run
    action: str
    why: str


class Watcher:
    """Hears how a sweep goes on; this one says nothing."""

    def start(self, decisions: Sequence[Decision]) -> None:
        """What is going to be done about the next runs."""

    def cell(self, run: Run, number: int, of: int) -> None:
        """A cell of a run starts."""

    def end(self, outcome: Outcome) -> None:
        """A run is over."""


def decide(
    runs: Sequence[Run], out: Path, check: Check, options: Options, cache: Cache | None = None
) -> list[Decision]:
    """Decide about each run, without starting anything.

    Raises:
        HanyangError: what is wrong with the values of any run, each in one sentence; a run of a matrix without data is skipped.
    """
    cache = cache or Cache(out)
    decisions, mistakes = [], []
    for run in runs:
        try:
            decisions.append(_decide(run, out, check, options, cache))
        except SnapshotError:
            raise
        except HanyangError as error:
            mistakes.append(f"{blamed(run, check)}: {error}")
    if mistakes:
        raise ParameterError("\n".join(dict.fromkeys(mistakes)))
    return decisions


def sweep(
    runs: Sequence[Run], out: Path, check: Check, options: Options | None = None, watcher: Watcher | None = None
) -> list[Outcome]:
    """Do all runs that are needed.

    Args:
        runs: what is asked, as of :func:`hanyang_data.batch.plan.read_plan`.
        out: folder of all runs.
        check: raises a HanyangError if the values of a run make no sense for what the notebooks are about.
        options: how.
        watcher: hears how it goes on.

    Returns:
        One outcome a run, in the order in which they were decided.

    Raises:
        HanyangError: before anything is run, for values that make no sense.
        KeyboardInterrupt: when interrupted or told to end; finished runs stay, what was under way leaves nothing.
    """
    options, watcher, cache = options or Options(), watcher or Watcher(), Cache(out)
    ordered = in_order(runs)
    first = [run for run in ordered if RUNS_DIR not in run.parameters]
    last = [run for run in ordered if RUNS_DIR in run.parameters]
    if options.backend is None and any(cache.stale(run) and cache.why_skipped(run) is None for run in first):
        context()  # the warmed parent gets ready while the runs are checked
    decide(last, out, check, options, cache)  # a mistake in them is said before anything runs
    outcomes: list[Outcome] = []
    with _ended_like_interrupted():
        for part in (first, last):
            decisions = decide(part, out, check, options, cache)
            watcher.start(decisions)
            try:
                # what looks at the runs of this machine runs on it
                how = replace(options, backend=None) if part is last else options
                for outcome in _carry_out(decisions, out, how, cache):
                    if isinstance(outcome, tuple):
                        watcher.cell(*outcome)
                        continue
                    outcomes.append(outcome)
                    watcher.end(outcome)
            finally:
                cache.remember()
                if options.table:
                    write_summary(outcomes, out)
    places = {(d.notebook.stem, d.slug): number for number, d in enumerate(ordered)}
    return sorted(outcomes, key=lambda o: places[o.run.notebook.stem, o.run.slug])


def run_one(run: Run, out: Path, check: Check, **options: Any) -> Path:
    """Do one run, unless it is up to date.

    Returns:
        Its folder.

    Raises:
        RunError: if it fails; names error, cell and the executed copy.
        HanyangError: for values that make no sense.
    """
    outcome = sweep([run], out, check, Options(**options))[0]
    if outcome.folder is None or outcome.status == FAILED:
        raise RunError(outcome.sentence())
    return outcome.folder


def _decide(run: Run, out: Path, check: Check, options: Options, cache: Cache) -> Decision:
    stale = cache.stale(run)
    if not stale and options.since and cache.finished(run) < options.since:
        stale = f"made before {options.since}"
    if options.failed and not (out / FAILED / run.notebook.stem / run.slug).is_dir():
        return Decision(run, "cached" if not stale else "skipped", stale or "did not fail")
    if not stale and not options.force:
        return Decision(run, "cached", "up to date")
    if run.swept and (reason := cache.why_skipped(run)):
        return Decision(run, "skipped", reason)
    try:
        check(run.parameters)
    except NoDataError as error:
        if not run.swept:
            raise
        cache.skip(run, str(error))
        return Decision(run, "skipped", str(error))
    return Decision(run, "run", stale or "asked for again")


def _carry_out(
    decisions: Sequence[Decision], out: Path, options: Options, cache: Cache
) -> Iterator[Outcome | tuple[Run, int, int]]:
    """Outcomes as they come; between them run, number and count of each cell that starts."""
    for decision in decisions:
        if decision.action != "run":
            place = out / decision.run.notebook.stem / decision.run.slug
            cached = decision.action == "cached"
            outcome = Outcome(decision.run, decision.action, place if cached else None, 0.0, decision.why)
            yield _with_figures(outcome, options.gallery) if cached else outcome
    underway = _Underway([d.run for d in decisions if d.action == "run"], out, options.engine, cache)
    backend = options.backend or (lambda tasks: run_local(tasks, jobs=options.jobs, timeout=options.timeout))
    try:
        with closing(backend(underway.tasks())) as events:  # type: ignore[type-var]
            for event in events:
                yield from underway.refused()
                if event.kind == "end":
                    yield _with_figures(underway.finish(event), options.gallery)
                else:
                    yield underway.working[event.task.work], event.number, event.of
        yield from underway.refused()
    finally:
        underway.clear()


@dataclass
class _Underway:
    """The runs of one part of a sweep on their way from a working folder to their place."""

    runs: Sequence[Run]
    out: Path
    engine: str
    cache: Cache
    working: dict[Path, Run] = field(default_factory=dict)
    failures: list[Outcome] = field(default_factory=list)

    def tasks(self) -> Iterator[Task]:
        """A task for each run, its folder made when it is its turn."""
        for run in self.runs:
            try:
                work = folders.work_folder(self._place(run)).resolve()
            except OSError as error:
                reason = f"{self._place(run)} cannot be written: {error.strerror or error}"
                self.failures.append(Outcome(run, FAILED, None, 0.0, reason))
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
        failed = self.out / FAILED / run.notebook.stem / run.slug
        try:
            if event.failure is None:
                place = folders.put_in_place(work, self._place(run))
                shutil.rmtree(failed, ignore_errors=True)  # what failed before is mended
                return Outcome(run, "done", place, event.seconds)
            if event.task.notebook != EXECUTED:
                (work / event.task.notebook).unlink(missing_ok=True)  # the copy of a source whose process died
            kept = folders.put_in_place(work, failed) if (work / EXECUTED).is_file() else None
            return Outcome(run, FAILED, kept, event.seconds, event.failure)
        except OSError as error:
            reason = event.failure or f"{error.filename or work.name} cannot be written: {error.strerror or error}"
            return Outcome(run, FAILED, None, event.seconds, reason)
        finally:
            shutil.rmtree(work, ignore_errors=True)

    def clear(self) -> None:
        """Leave nothing half done behind."""
        for work in self.working:
            shutil.rmtree(work, ignore_errors=True)

    def _place(self, run: Run) -> Path:
        return self.out / run.notebook.stem / run.slug

    def _task(self, run: Run, work: Path) -> Task:
        key = self.cache.key(run)
        record = {"notebook": run.notebook.stem, "slug": run.slug, "name": run.name, "parameters": key["parameters"],
                  "data_sha256": key["data"], "code_sha256": key["package"], "key": key}  # fmt: skip
        parameters = dict(run.parameters)
        for name in {"data_dir", RUNS_DIR} & set(parameters):
            if parameters[name]:
                parameters[name] = str(Path(parameters[name]).resolve())
        source = run.notebook.read_bytes()
        where = standing(run.notebook, run.parameters)
        return Task(run.notebook.name, source, parameters, work, self.out.resolve(), record, self.engine, *where)


def _with_figures(outcome: Outcome, gallery: Path | None) -> Outcome:
    """Copy the figures of a finished run; a gallery that cannot be written is a failure of that run."""
    if gallery is None or outcome.folder is None or outcome.status == FAILED:
        return outcome
    try:
        return replace(outcome, copies=len(copy_figures(outcome.folder, outcome.run.name, gallery)))
    except (OSError, json.JSONDecodeError) as error:
        return replace(
            outcome, status=FAILED, reason=f"{gallery} cannot be written: {getattr(error, 'strerror', error)}"
        )


@contextmanager
def _ended_like_interrupted() -> Iterator[None]:
    """SIGTERM ends a sweep as Ctrl-C does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(*_: object) -> None:
        raise KeyboardInterrupt

    before = getsignal(SIGTERM)
    signal(SIGTERM, end)
    try:
        yield
    finally:
        signal(SIGTERM, before)
