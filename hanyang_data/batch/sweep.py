"""Do what a plan asks for: decide for each run whether it is needed, make those that are, put them in place, tell how it went.

Runs that look at finished runs come after all others. A run that fails stops no other.
"""

import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path

from hanyang_data.batch import folders
from hanyang_data.batch.cache import Cache
from hanyang_data.batch.collect import Outcome, write_summary
from hanyang_data.batch.job import RUNS_DIR, Check, Run, in_order, in_turns
from hanyang_data.batch.parent import ANEW, context, reads
from hanyang_data.batch.reasons import no_data
from hanyang_data.batch.run import FAILED, Task
from hanyang_data.batch.underway import Underway, Unfinished, with_figures
from hanyang_data.batch.workers import Event, run_local
from hanyang_data.errors import HanyangError, NoDataError, ParameterError, SnapshotError

ENDING = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
OTHERS = "another command is at work in {out}: both leave their runs, and the table of a sweep is of the one that ends last"
MAX_MISTAKES = 50  # that are told at once
Backend = Callable[[Iterator[Task]], Iterator[Event]]


@dataclass(frozen=True)
class Options:
    """How a sweep is done."""

    jobs: int = 1  # runs at once
    engine: str = "fork"  # ``fork`` or ``papermill``
    timeout: float | None = None  # seconds a run may take, or None
    force: bool = False  # make every run, also those that are up to date
    failed: bool = False  # make only runs that failed the last time or were not reached
    since: str = ""  # a day or moment in ISO form: what was made before counts as out of date
    table: bool = False  # leave ``sweep.csv`` and ``sweep.json`` beside the runs
    gallery: Path | None = None  # folder that gets copies of the figures, or None
    backend: Backend | None = None  # what does the tasks; None for this machine


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

    def say(self, sentence: str) -> None:
        """Something that concerns no run alone."""


def decide(runs: Sequence[Run], out: Path, check: Check, options: Options, cache: Cache | None = None) -> list[Decision]:
    """Decide about each run, without starting anything."""
    return list(decisions(runs, out, check, options, cache))


def decisions(runs: Sequence[Run], out: Path, check: Check, options: Options, cache: Cache | None = None) -> Iterator[Decision]:
    """The same one by one; what is wrong is said at the end, or as soon as there is more of it than anybody reads."""
    cache, mistakes = cache or Cache(out), dict[str, None]()
    for run in runs:
        try:
            decision = _decide(run, out, check, options, cache)
        except SnapshotError:
            raise
        except HanyangError as error:
            mistakes[f"{_blamed(run, check, str(error))}: {error}"] = None
            if len(mistakes) == MAX_MISTAKES:
                raise ParameterError("\n".join([*mistakes, "these are the first mistakes, and not all was read"])) from None
        else:
            yield decision
    if mistakes:
        raise ParameterError("\n".join(mistakes))


def sweep(
    runs: Sequence[Run], out: Path, check: Check, options: Options | None = None, watcher: Watcher | None = None
) -> list[Outcome]:
    """Do all runs that are needed; one outcome a run, in the order in which they were decided."""
    options, watcher, cache, owed = options or Options(), watcher or Watcher(), Cache(out), Unfinished(out)
    folders.sweep_up(out)
    if folders.others_at_work(out):
        watcher.say(OTHERS.format(out=out))
    ordered = in_order(runs)
    first = [run for run in ordered if RUNS_DIR not in run.parameters]
    last = [run for run in ordered if RUNS_DIR in run.parameters]
    due = [run for run in first if options.backend is None and cache.stale(run) and cache.why_skipped(run) is None]
    if due:
        reads(str(Path(run.parameters["data_dir"]).resolve()) for run in due if run.parameters.get("data_dir"))
        context()  # the warmed parent gets ready while the runs are checked
    decide(last, out, check, options, cache)  # a mistake in them is said before anything runs
    outcomes, places = list[Outcome](), {(d.notebook.stem, d.slug): number for number, d in enumerate(ordered)}
    with _ended_like_interrupted():
        for part in filter(None, (first, last)):
            decisions = decide(part, out, check, options, cache)
            if planned := [decision.run for decision in decisions if decision.action == "run"]:
                # with what will be made after them: it looks at these runs, so that it changes with them
                owed.plan([*planned, *(last if part is first and not options.failed else [])])
            watcher.start(decisions)
            try:
                # what looks at the runs of this machine runs on it
                how = replace(options, backend=None) if part is last else options
                for outcome in _carry_out(decisions, out, how, cache, watcher):
                    outcomes.append(outcome)
                    if outcome.status == FAILED:
                        owed.failed(outcome.run, outcome.reason)
                    else:
                        owed.settle(outcome.run.notebook.stem, outcome.run.slug)
                    watcher.end(outcome)
            finally:
                cache.remember()
                outcomes.sort(key=lambda o: places[o.run.notebook.stem, o.run.slug])
                if options.table:
                    write_summary(outcomes, out)
    return outcomes


def _blamed(run: Run, check: Check, mistake: str) -> str:
    """What to name for a mistake in the values of a run: ``-p`` where it names one of those or is not there without them."""
    before = run.parameters if run.before is None else run.before
    given = [value for name, value in run.parameters.items() if before.get(name) != value]
    with suppress(HanyangError):
        if given and not any(str(value) in mistake for value in given):
            check(before)
        return "-p" if given else str(run.file)
    return str(run.file)


def _decide(run: Run, out: Path, check: Check, options: Options, cache: Cache) -> Decision:
    stale = cache.stale(run)
    if not stale and options.since and cache.told(run).get("finished", "") < options.since:
        stale = f"made before {options.since}"
    owed = _owed(run, out, stale, cache) if options.failed else ""
    if options.failed and not owed:
        return Decision(run, "cached" if not stale else "skipped", "did not fail")
    if not stale and not owed and not options.force:
        return Decision(run, "cached", "up to date")
    if run.swept and (reason := cache.why_skipped(run)):
        return Decision(run, "skipped", no_data(reason))
    try:
        check(run.parameters)
    except NoDataError as error:
        if not run.swept:
            raise
        cache.skip(run, str(error))
        return Decision(run, "skipped", no_data(error))
    return Decision(run, "run", owed or stale or "asked for again")


def _owed(run: Run, out: Path, stale: str, cache: Cache) -> str:
    """Why ``failed`` makes this run; empty if it does not."""
    finished = cache.told(run).get("finished", "")
    copy = stale and run.within(out / FAILED).is_dir()
    return Unfinished(out).why(run, finished) or ("failed the last time" if copy else "" if finished else stale)


def _carry_out(decisions: Sequence[Decision], out: Path, options: Options, cache: Cache, watcher: Watcher) -> Iterator[Outcome]:
    """Outcomes as they come; the watcher hears of each cell that starts between them."""
    for decision in decisions:
        if decision.action != "run":
            run, cached = decision.run, decision.action == "cached"
            place, told = (run.within(out), cache.told(run)) if cached else (None, None)
            yield with_figures(Outcome(run, decision.action, place, 0.0, decision.why, told=told), options.gallery)
    due = in_turns([d.run for d in decisions if d.action == "run"], options.jobs)
    underway = Underway(due, out, options.engine, cache)
    backend = options.backend or (lambda tasks: run_local(tasks, jobs=options.jobs, timeout=options.timeout))
    try:
        with closing(backend(underway.tasks())) as events:  # type: ignore[type-var]
            for event in events:
                yield from underway.refused()
                if event.kind == "end":
                    yield with_figures(underway.finish(event), options.gallery)
                elif event.kind == "anew":
                    watcher.say(ANEW)
                else:
                    watcher.cell(underway.working[event.task.work], event.number, event.of)
        yield from underway.refused()
    finally:
        underway.clear()


@contextmanager
def _ended_like_interrupted() -> Iterator[None]:
    """SIGTERM, and a terminal that is closed, end a sweep as Ctrl-C does; what is told to outlive its terminal does."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def end(*_: object) -> None:
        raise KeyboardInterrupt

    before = {number: signal.getsignal(number) for number in ENDING if signal.getsignal(number) != signal.SIG_IGN}
    for number in before:
        signal.signal(number, end)
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
