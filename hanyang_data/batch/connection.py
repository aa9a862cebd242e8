"""Whether a Dask cluster still does what it was given: a scheduler that is lost, and one that has lost all its workers."""

from __future__ import annotations

import time
from dataclasses import dataclass, field
from typing import Any

LOOK = 5.0  # seconds in which nothing came back, after which the scheduler is asked
SILENCE = 30.0  # seconds that it has to answer: one that is stopped, or beyond a broken line, keeps its connection
WITHOUT = 60.0  # seconds for which it may have no worker: some are started anew by themselves


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

    def lost(self, *, heard: bool) -> str:
        """Why nothing more is to be expected; empty as long as something is."""
        now = time.monotonic()
        if self.gone:
            return self._lost_scheduler()
        if heard:
            self.looked, self.alone = now, None
        if now - self.looked < LOOK:
            return ""
        workers = self._workers()
        self.looked = time.monotonic()
        if workers is None:
            return self._lost_scheduler()
        self.alone = None if workers else self.alone or now
        if self.alone is not None and self.looked - self.alone > WITHOUT:
            return f"the Dask scheduler at {self.scheduler} has lost all its workers: start some and say the same again"
        return ""

    def _workers(self) -> int | None:
        """How many workers there are; None where the scheduler does not answer."""
        try:
            return len(self.client.sync(self.client.scheduler.ncores, callback_timeout=SILENCE))
        except Exception:  # whatever Dask makes of it
            return None

    def _lost_scheduler(self) -> str:
        self.deaf = True
        return f"the Dask scheduler at {self.scheduler} was lost: start one and say the same again"
