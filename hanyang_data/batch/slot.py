"""The other side of a batch: a process forked from the warmed one that is given tasks, and does each in a fork of its own.

Many runs of one notebook ask alike: that is asked once, before the first of them, and each fork finds it answered. Nothing else
leaks from run to run, as names, settings, environment, random state and threads die with the fork.
"""

import multiprocessing as mp
import os
import signal
import sys
from contextlib import suppress
from multiprocessing.connection import Connection, wait
from pathlib import Path
from typing import Any

import psutil

from hanyang_data.batch import reasons
from hanyang_data.batch.job import DATA
from hanyang_data.batch.parent import can_fork
from hanyang_data.batch.reasons import Reason
from hanyang_data.batch.run import Task, perform
from hanyang_data.errors import brief

CELL, END, OVER = "cell", "end", "over"  # what a slot says: number and of how many, the failure, the task's number and exit code


def serve(pipe: Connection, environment: dict[str, str]) -> None:
    """Do the tasks that come, one after the other, until nobody is there to give any."""
    afresh(environment)
    number, forks, known = 0, dict[int, tuple[int, Any]](), set[tuple[str, str]]()
    with suppress(EOFError, BrokenPipeError, ConnectionResetError):
        while True:
            ready = wait([pipe, *forks])
            for sentinel in forks.keys() & {*ready}:
                which, process = forks.pop(sentinel)
                process.join()
                pipe.send((OVER, which, process.exitcode))
            if pipe in ready:  # a fork that has told its end is cleared away by the system meanwhile
                task, number = pipe.recv(), number + 1
                if not can_fork():
                    _work(task, pipe)
                if task.shared and (asked := (task.notebook, str(task.parameters.get(DATA)))) not in known:
                    from hanyang_data.batch.warm import share  # whose import is the warming, done where this was forked from

                    known.add(asked)
                    share(Path(task.notebook).stem, task.parameters)
                process = mp.get_context("fork").Process(target=_work, args=(task, pipe))
                process.start()
                forks[process.sentinel] = number, process


def _work(task: Task, pipe: Connection) -> None:
    """In the fork: do the task, tell of cells, end with the failure or None."""
    _reseed()
    with suppress(BrokenPipeError):  # nobody is there to be told
        pipe.send((CELL, 0, 0))
        try:
            failure = perform(task, lambda number, of: pipe.send((CELL, number, of)))
        except Exception as error:  # told as this run's failure
            told = f"{type(error).__name__}: {brief(str(error))}"
            failure = Reason.of(reasons.SAYS.not_run.format(notebook=task.notebook, error=told))
        for left in psutil.Process().children(recursive=True):  # that the notebook started and did not end
            with suppress(psutil.NoSuchProcess):
                left.kill()
        pipe.send((END, failure))
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
    _reseed()


def _reseed() -> None:
    """Random numbers as in a process that starts afresh; Python's own see to themselves."""
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed()


def _end_with_parent() -> None:
    """Where the parent is killed and cannot end this process, Linux ends it with all it started; no thread has to watch."""
    parent = mp.parent_process()
    if parent and sys.platform == "linux":
        import fcntl

        pipe = parent.sentinel  # its other end is the parent's
        fcntl.fcntl(pipe, fcntl.F_SETOWN, -os.getpid())  # this process and its group
        fcntl.fcntl(pipe, fcntl.F_SETSIG, signal.SIGKILL)
        fcntl.fcntl(pipe, fcntl.F_SETFL, fcntl.fcntl(pipe, fcntl.F_GETFL) | os.O_ASYNC)
