"""Runs in processes of their own, several at once: each is forked from one warmed parent, does one task and ends.

So nothing leaks from run to run: names, settings, environment, random state and threads die with the process. Forks come from
a server without threads (multiprocessing's); where the system has none, each process starts afresh, which is slower and the same.
"""

import multiprocessing as mp
import os
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path

import psutil

from hanyang_data.batch import reasons
from hanyang_data.batch.parent import start
from hanyang_data.batch.reasons import Reason
from hanyang_data.batch.run import Task, perform
from hanyang_data.errors import brief

TICK = 0.5  # seconds between two looks at the clock


@dataclass(frozen=True)
class Event:
    """What happens to a task: ``cell`` (number, of how many) while it runs, then ``end`` with the failure, None for none.

    ``anew`` comes before them where the warmed parent was lost and has been started again for this task.
    """

    task: Task
    kind: str
    number: int = 0
    of: int = 0
    failure: Reason | None = None
    seconds: float = 0.0


def run_local(tasks: Iterator[Task], *, jobs: int, timeout: float | None = None) -> Iterator[Event]:
    """Do all tasks, ``jobs`` at once, and tell what happens. A task that fails, hangs or dies stops no other."""
    live: list[_Child] = []
    told: list[tuple[_Child, Event]] = []
    task = next(tasks, None)
    try:
        while task or live:
            if live:
                wait([child.pipe for child in live], TICK)
                told = [(child, event) for child in live for event in child.events()]
            while task and sum(not child.over for child in live) < jobs:
                live.append(_Child(task, timeout))
                if live[-1].anew:
                    yield Event(task, "anew")
                task = next(tasks, None)
            for child, event in told:  # the next is at work while what ended is cleared away
                if event.kind == "end":
                    child.kill()
                    live.remove(child)
                yield event
    finally:
        for child in live:
            child.kill()


@dataclass
class _Child:
    """One process with one task."""

    task: Task
    timeout: float | None
    started: float = 0.0
    over: bool = False
    anew: bool = False
    cell: tuple[int, int] = (0, 0)
    alive: psutil.Process | None = None

    def __post_init__(self) -> None:
        self.pipe, theirs = mp.Pipe(duplex=False)
        with _may_have_children():
            self.process, self.anew = start(_work, lambda: (self.task, theirs, dict(os.environ)))
        with suppress(psutil.NoSuchProcess):
            # multiprocessing takes a child for dead once the warmed parent is; this knows it also then
            self.alive = psutil.Process(self.process.pid)
        theirs.close()

    def events(self) -> Iterator[Event]:
        """What has come since the last look; sets ``over`` with the last one."""
        try:
            while self.pipe.poll():
                said = self.pipe.recv()
                if isinstance(said, tuple):
                    self.started = self.started or time.monotonic()  # the first may have waited for the warmed parent
                    self.cell = said
                    yield Event(self.task, "cell", *said)
                else:
                    yield self._end(said or None)
                    return
        except EOFError:
            yield self._end(self._died())
            return
        if self.timeout is not None and self.started and self._seconds() > self.timeout:
            says = reasons.SAYS.too_long_at if self.cell[0] else reasons.SAYS.too_long
            yield self._end(Reason.of(says.format(seconds=f"{self.timeout:g}", cell=self.cell[0], of=self.cell[1])))

    def _end(self, failure: Reason | None) -> Event:
        self.over = True
        return Event(self.task, "end", *self.cell, failure=failure, seconds=self._seconds())

    def _seconds(self) -> float:
        return time.monotonic() - self.started if self.started else 0.0

    def _died(self) -> Reason:
        self.process.join(TICK)
        code = self.process.exitcode or 0
        killed = signal.Signals(-code).name if code < 0 else ""
        how = reasons.SAYS.ended_by.format(signal=killed) if killed else reasons.SAYS.exited.format(code=code)
        says = reasons.SAYS.process_died_at if self.cell[0] else reasons.SAYS.process_died
        return Reason.of(says.format(notebook=self.task.notebook, how=how, cell=self.cell[0], of=self.cell[1]))

    def kill(self) -> None:
        """End the process and all it started."""
        with suppress(psutil.NoSuchProcess):
            for process in [*self.alive.children(recursive=True), self.alive] if self.alive else []:
                with suppress(psutil.NoSuchProcess):
                    process.kill()
        self.process.join()
        self.pipe.close()


def _work(task: Task, pipe: Connection, environment: dict[str, str]) -> None:
    """In the process: do the task, tell of cells, end with the failure or an empty text."""
    afresh(environment)
    with suppress(BrokenPipeError):  # the parent was killed: nobody is there to be told
        pipe.send((0, 0))
        try:
            failure = perform(task, lambda number, of: pipe.send((number, of)))
        except Exception as error:  # told to the parent as this run's failure
            told = f"{type(error).__name__}: {brief(str(error))}"
            failure = Reason.of(reasons.SAYS.not_run.format(notebook=task.notebook, error=told))
        pipe.send(failure or "")
    os._exit(0)  # threads that a notebook left must not keep the process


def afresh(environment: dict[str, str]) -> None:
    """In a process just forked from the warmed parent: its own environment, group, signals, input and random numbers."""
    os.environ.clear()  # that of the server is from when it started
    os.environ.update(environment)
    if hasattr(os, "setsid"):
        os.setsid()  # the terminal's Ctrl-C is for the parent, which ends its children
    _end_with_parent()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # forgets one that came before
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})  # held back in the warmed parent
    signal.signal(signal.SIGINT, signal.default_int_handler)
    sys.stdin = Path(os.devnull).open(encoding="utf-8")  # noqa: SIM115
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()  # as in a process that starts afresh


def _end_with_parent() -> None:
    """Where the parent is killed and cannot end this process, Linux ends it with all it started; no thread has to watch."""
    parent = mp.parent_process()
    if parent and sys.platform == "linux":
        import fcntl

        pipe = parent.sentinel  # its other end is the parent's
        fcntl.fcntl(pipe, fcntl.F_SETOWN, -os.getpid())  # this process and its group
        fcntl.fcntl(pipe, fcntl.F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(pipe, fcntl.F_SETFL, fcntl.fcntl(pipe, fcntl.F_GETFL) | os.O_ASYNC)


@contextmanager
def _may_have_children() -> Iterator[None]:
    """A worker of Dask is a daemon, which may have no children; ours end with their task, or with the worker's machine."""
    config = mp.current_process()._config  # type: ignore[attr-defined]
    before = config.pop("daemon", None)
    try:
        yield
    finally:
        if before is not None:
            config["daemon"] = before
