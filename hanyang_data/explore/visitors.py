"""The visitors of the served page: how many there may be, and when a kernel that nobody needs ends."""

import asyncio
from datetime import timedelta
from typing import Any

from jupyter_server._tz import utcnow
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager
from traitlets import Integer


class Visitors(AsyncMappingKernelManager):
    """A kernel for each visitor, forked; Voilà adds those that wait for one (``serve/voila.json``)."""

    most = Integer(20, config=True, help="visitors at once; the next one is told to wait")
    gone_timeout = Integer(120, config=True, help="seconds until the kernel of a page ends that no browser shows any more")

    def _kernel_manager_class_default(self) -> str:
        return "hanyang_data.explore.forked.ForkedKernelManager"

    async def cull_kernel_if_idle(self, kernel_id: str) -> None:
        """End a kernel that was idle for too long; one that waits for a visitor is not asked about here."""
        kernel: Any = self.get_kernel(kernel_id)
        if not getattr(kernel, "visited", False):  # it may have waited for long: its time counts from the visit
            kernel.visited, kernel.last_activity = True, utcnow()
        gone = not self._kernel_connections.get(kernel_id)
        if gone and utcnow() - kernel.last_activity > timedelta(seconds=self.gone_timeout):
            await self.shutdown_kernel(kernel_id)  # type: ignore[no-untyped-call]
        else:
            await super().cull_kernel_if_idle(kernel_id)  # type: ignore[no-untyped-call]

    async def full(self) -> bool:
        """Whether there are as many visitors as there may be."""
        pooled: list[asyncio.Task[Any]] = [task for pool in getattr(self, "_pools", {}).values() for task in pool]
        if len(self.list_kernel_ids()) - _ready(pooled) >= self.most:
            await asyncio.gather(*pooled, return_exceptions=True)  # one that is being started is no visitor's
        return bool(len(self.list_kernel_ids()) - _ready(pooled) >= self.most)


def _ready(pooled: list[asyncio.Task[Any]]) -> int:
    return sum(task.done() and not task.cancelled() and task.exception() is None for task in pooled)
