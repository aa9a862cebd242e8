"""Runs in processes of their own, several at once: this side of a batch, which hands out tasks and hears what becomes of them.

The processes come from a server without threads (multiprocessing's); where the system has none, each starts afresh, which is
slower and the same.
"""

import multiprocessing as mp
import os
import signal
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import islice
from multiprocessing.connection import wait
from typing import Any

import psutil

from hanyang_data.batch import reasons
from hanyang_data.batch.parent import can_fork, start
from hanyang_data.batch.reasons import Reason
from hanyang_data.batch.run import Task
from hanyang_data.batch.slot import CELL, END, serve

TICK = 0.5  # seconds between two looks at the clock
AHEAD = 4  # tasks a process may choose from, so that it keeps to the notebook whose questions it has asked


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
    slots = [Slot(timeout) for _ in range(jobs)]
    try:
        yield from run_in(slots, tasks)
    finally:
        for slot in slots:
            slot.kill()


def run_in(slots: Sequence["Slot"], tasks: Iterator[Task]) -> Iterator[Event]:
    """The same in processes that stay for the tasks to come."""
    told: list[Event] = []
    ahead = [*islice(tasks, AHEAD * len(slots))]
    while ahead or any(slot.task for slot in slots):
        if busy := [slot for slot in slots if slot.task]:
            wait([slot.pipe for slot in busy], TICK)
            told = [event for slot in busy for event in slot.events()]
        for slot in slots:
            if ahead and not slot.task:
                task = next((of for of in ahead if of.notebook == slot.notebook), ahead[0])
                ahead.remove(task)
                if slot.give(task):
                    yield Event(task, "anew")
                ahead += islice(tasks, 1)
        yield from told  # the next is at work while what ended is put in its place


@dataclass
class Slot:
    """A process that does one task after the other, each in a fork of its own; started with the first, and again if it ended."""

    timeout: float | None
    task: Task | None = None
    notebook: str = ""  # of its last task
    number: int = 0  # of the task, counted as the process counts
    started: float = 0.0
    cell: tuple[int, int] = (0, 0)
    process: Any = None
    alive: psutil.Process | None = None

    def give(self, task: Task) -> bool:
        """Have a task done; whether the warmed parent was lost and has been started anew for it."""
        if self.alive and not self.alive.is_running():  # it was killed while it had nothing to do
            self.kill()
        anew = self.process is None and self._open()
        self.task, self.notebook, self.number, self.started, self.cell = task, task.notebook, self.number + 1, 0.0, (0, 0)
        with suppress(OSError):  # killed in this moment, which is heard as its end
            self.pipe.send(task)
        return anew

    def _open(self) -> bool:
        self.number = 0
        self.pipe, theirs = mp.Pipe()
        with _may_have_children():
            self.process, anew = start(serve, lambda: (theirs, dict(os.environ)))
        with suppress(psutil.NoSuchProcess):
            # multiprocessing takes a child for dead once the warmed parent is; this knows it also then
            self.alive = psutil.Process(self.process.pid)
        theirs.close()
        return anew

    def events(self) -> Iterator[Event]:
        """What has come since the last look."""
        try:
            while self.task and self.pipe.poll():
                kind, *said = self.pipe.recv()
                if kind == CELL:
                    self.started = self.started or time.monotonic()  # the first may have waited for the warmed parent
                    self.cell = (said[0], said[1])
                    yield Event(self.task, "cell", *self.cell)
                elif kind == END:
                    yield self._end(said[0])
                elif said[0] == self.number:  # over, and it has not told its end
                    yield self._end(self._died(said[1]))
        except (EOFError, OSError):
            self.process.join(TICK)
            yield self._end(self._died(self.process.exitcode or 0))
            self.kill()
        if self.task and self.timeout is not None and self.started and self._seconds() > self.timeout:
            says = reasons.SAYS.too_long_at if self.cell[0] else reasons.SAYS.too_long
            yield self._end(Reason.of(says.format(seconds=f"{self.timeout:g}", cell=self.cell[0], of=self.cell[1])))
            self.kill()

    def _end(self, failure: Reason | None) -> Event:
        assert self.task
        event = Event(self.task, "end", *self.cell, failure=failure, seconds=self._seconds())
        self.task = None
        if not can_fork():
            self.kill()
        return event

    def _seconds(self) -> float:
        return time.monotonic() - self.started if self.started else 0.0

    def _died(self, code: int) -> Reason:
        assert self.task
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
        if self.process:
            self.process.join()
            self.pipe.close()
        self.process = self.alive = None


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
