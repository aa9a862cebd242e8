"""The same tasks on a Dask cluster: each worker forks a process per run as this machine would, and returns its products.

A worker that is lost loses nothing: the scheduler gives its runs to another. One that is lost itself, or that has lost all of
them, is told, and what was not made is named. Both sides must have the same package, data and versions, which is checked first.
"""

import io
import logging
import tempfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field, replace
from itertools import chain
from multiprocessing.util import Finalize
from pathlib import Path
from typing import Any

from hanyang_data.batch import reasons
from hanyang_data.batch.cache import package_digest, versions
from hanyang_data.batch.parent import reads
from hanyang_data.batch.reasons import Reason, unwritable
from hanyang_data.batch.run import Task
from hanyang_data.batch.workers import Event, Slot, run_in
from hanyang_data.errors import HanyangError, ParameterError
from hanyang_data.extras import imported
from hanyang_data.record.contract import SNAPSHOT, snapshot_digest

PATIENCE = "10s"  # for a scheduler to answer
TICK = 1.0  # seconds between two looks at the connection
LOOK = 5.0  # seconds in which nothing came back, after which the scheduler is asked
SILENCE = 30.0  # seconds that it has to answer: one that is stopped, or beyond a broken line, keeps its connection
WITHOUT = 60.0  # seconds for which it may have no worker: some are started anew by themselves
LAST_WORD = 2  # seconds for a scheduler to take leave
_MINE = threading.local()  # what a thread of a worker keeps
AHEAD = 2  # tasks per core that are sent before one has come back


@dataclass
class Connection:
    """What is known of a cluster while it works."""

    client: Any  # of Dask
    scheduler: str  # the address it was called by
    looked: float = field(default_factory=time.monotonic)
    alone: float | None = None  # since when there is no worker
    deaf: bool = False  # whether the scheduler was found lost: it would be asked in vain, and waited for

    @property
    def gone(self) -> bool:
        """Whether the connection is down. Dask gives up all that was under way then, also where it can connect again."""
        return bool(self.client.status != "running")

    def lost(self, *, heard: bool) -> Reason:
        """Why nothing more is to be expected; empty as long as something is."""
        now = time.monotonic()
        if self.gone:
            return self._lost_scheduler()
        if heard:
            self.looked, self.alone = now, None
        if now - self.looked < LOOK:
            return Reason()
        try:  # how many workers there are
            workers = len(self.client.sync(self.client.scheduler.ncores, callback_timeout=SILENCE))
        except Exception:  # whatever Dask makes of a scheduler that does not answer
            workers = None
        self.looked = time.monotonic()
        if workers is None:
            return self._lost_scheduler()
        self.alone = None if workers else self.alone or now
        if self.alone is not None and self.looked - self.alone > WITHOUT:
            return Reason.of(reasons.SAYS.workers_lost.format(scheduler=self.scheduler))
        return Reason()

    def _lost_scheduler(self) -> Reason:
        self.deaf = True
        return Reason.of(reasons.SAYS.scheduler_lost.format(scheduler=self.scheduler))


def backend_of(
    scheduler: str, *, shared: bool = False, timeout: float | None = None
) -> Callable[[Iterator[Task]], Iterator[Event]]:
    """What does tasks on a cluster, for :class:`hanyang_data.batch.sweep.Options`."""
    if not scheduler:
        raise ParameterError("--executor dask needs --scheduler, such as --scheduler tcp://127.0.0.1:8786")
    distributed = imported("distributed", "--executor dask")
    try:
        client = distributed.Client(scheduler, timeout=PATIENCE, set_as_default=False)
    except (OSError, ValueError) as error:
        raise HanyangError(f"no Dask scheduler answers at {scheduler}: {error}") from None
    _check_workers(client)
    return lambda tasks: _events(client, tasks, scheduler, shared=shared, timeout=timeout)


def fingerprint() -> dict[str, Any]:
    """What must be the same on both sides."""
    return {"package": package_digest(), "data": snapshot_digest(SNAPSHOT), **versions()}


def perform_here(task: Task, work: str, timeout: float | None) -> tuple[str | None, float, bytes]:
    """On a worker: do a task in a process of its own, forked from one that this thread keeps, as this machine would.

    The failure or None, the seconds it took, and what it left as a zip archive (empty if the folder is shared).
    """
    reads([task.parameters["data_dir"]] if task.parameters.get("data_dir") else [])
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(work or scratch)
        (end,) = [e for e in run_in([_slot(timeout)], iter([replace(task, work=folder)])) if e.kind == "end"]
        archive = io.BytesIO()
        if not work:
            with zipfile.ZipFile(archive, "w") as file:
                for product in sorted(folder.iterdir()):
                    file.write(product, product.name)
        return end.failure, end.seconds, archive.getvalue()


def _slot(timeout: float | None) -> Slot:
    """The process that this thread of the worker gives its tasks to, and that ends with the worker."""
    if not hasattr(_MINE, "slot"):
        _MINE.slot = Slot(timeout)
        Finalize(None, _MINE.slot.kill, exitpriority=0)  # Dask's nanny does not let Python end as it would
    slot: Slot = _MINE.slot
    if slot.task:  # of a task that ended in an error of our own
        slot.kill()
    slot.task, slot.timeout = None, timeout
    return slot


def _events(client: Any, tasks: Iterator[Task], scheduler: str, *, shared: bool, timeout: float | None) -> Iterator[Event]:
    executor = client.get_executor(retries=1)
    room = AHEAD * sum(client.nthreads().values())
    live: dict[Future[Any], Task] = {}
    connection = Connection(client, scheduler)
    try:
        task = next(tasks, None)
        while task or live:
            while task and len(live) < max(room, 1) and not connection.gone:
                live[executor.submit(perform_here, task, str(task.work) if shared else "", timeout)] = task
                task = next(tasks, None)
            done = wait(live, TICK, FIRST_COMPLETED).done
            if lost := connection.lost(heard=bool(done)):
                yield from _lost(live, [task] if task else [], tasks, lost)
                return
            for future in done:
                yield _end(live.pop(future), future)
    finally:
        if not connection.deaf:
            for future in live:
                future.cancel()
            executor.shutdown(wait=False)
        client.close(timeout=LAST_WORD)


def _lost(live: dict[Future[Any], Task], asked: list[Task], more: Iterator[Task], why: Reason) -> Iterator[Event]:
    """What came before the cluster was lost, and everything else as not made."""
    for logger in ("distributed", "distributed.client", "distributed.core"):  # which would tell of it in a traceback
        logging.getLogger(logger).setLevel(logging.CRITICAL + 1)
    for future in [f for f in live if f.done() and not f.cancelled() and f.exception() is None]:
        yield _end(live.pop(future), future)
    for task in chain(live.values(), asked, more):
        yield Event(task, "end", failure=why)


def _end(task: Task, future: Future[Any]) -> Event:
    started = time.monotonic()
    try:
        failure, seconds, packed = future.result()
        if packed:
            with zipfile.ZipFile(io.BytesIO(packed)) as archive:
                archive.extractall(task.work)
    except OSError as error:
        failure, seconds = unwritable(task.work.name, error), time.monotonic() - started
    except Exception as error:  # a worker killed too often, an answer that cannot be read: this run's failure
        failure, seconds = Reason.of(reasons.SAYS.not_finished.format(error=f"{type(error).__name__}: {error}")), 0.0
    return Event(task, "end", failure=failure, seconds=seconds)


def _check_workers(client: Any) -> None:
    mine, theirs = fingerprint(), client.run(fingerprint)
    if not theirs:
        client.close()
        raise HanyangError("the Dask scheduler has no workers: start some with dask worker")
    for worker, found in theirs.items():
        differ = [f"{name} {found.get(name)} against {mine[name]} here" for name in mine if found.get(name) != mine[name]]
        if differ:
            client.close()
            raise HanyangError(f"worker {worker} differs from this machine: {'; '.join(differ)}: install the same on both")
