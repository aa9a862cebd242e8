"""The visitors of the served page: how many there may be, and their kernels, forked from one process that is warm."""

import asyncio
import os
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from typing import Any

from jupyter_client.provisioning import LocalProvisioner  # type: ignore[attr-defined]
from jupyter_server._tz import utcnow
from jupyter_server.services.kernels.kernelmanager import AsyncMappingKernelManager, ServerKernelManager
from traitlets import Integer

from hanyang_data.batch import parent
from hanyang_data.explore.kernel import become_kernel


class Visitors(AsyncMappingKernelManager):
    """A kernel for each visitor, forked; Voilà adds those that wait for one (``serve/voila.json``)."""

    most = Integer(20, config=True, help="visitors at once; the next one is told to wait")
    gone_timeout = Integer(120, config=True, help="seconds until the kernel of a page ends that no browser shows any more")

    def _kernel_manager_class_default(self) -> str:
        return "hanyang_data.explore.visitors.ForkedKernelManager"

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


WARM = "hanyang_data.explore.warm"


class ForkedKernelManager(ServerKernelManager):
    """One kernel of a visitor; started by a command of its own where the system cannot fork."""

    async def _async_pre_start_kernel(self, **named: Any) -> Any:
        self.kernel_id = self.kernel_id or named.pop("kernel_id")
        if self.provisioner is None and parent.can_fork():
            self.provisioner = ForkedProvisioner(kernel_id=self.kernel_id, kernel_spec=self.kernel_spec, parent=self)
        return await super()._async_pre_start_kernel(**named)

    pre_start_kernel = _async_pre_start_kernel  # type: ignore[assignment]


class ForkedProvisioner(LocalProvisioner):
    """Forks a kernel where Jupyter would start a Python; all else, from ports to signals, is Jupyter's."""

    async def launch_kernel(self, cmd: list[str], **named: Any) -> Any:
        """Fork the kernel that a command would start; what it listens on."""
        self.cwd = named.get("cwd") or Path.cwd()
        # Voilà names variables by members of an enumeration of its own: as they are, each kernel would import the whole server
        own = {str.__str__(name): value for name, value in named["env"].items()} | parent.ONE_THREAD | parent.INLINE
        arguments = cmd[cmd.index("ipykernel_launcher") + 1 :]
        parent.imports(WARM)
        process, _ = parent.start(become_kernel, lambda: (arguments, own, str(self.cwd)))
        self.process = _Popened(process)  # type: ignore[assignment]
        self.pid = self.pgid = process.pid  # it leads a group of its own, at once; that of the server is not its
        return self.connection_info


class _Popened:
    """A process of multiprocessing, asked as one of subprocess."""

    stdin = stdout = stderr = None

    def __init__(self, process: Any) -> None:
        self.pid, self.poll, self.kill, self.terminate = (process.pid, lambda: process.exitcode, process.kill, process.terminate)
        self._process = process

    def wait(self) -> Any:
        """Wait for its end; its exit code."""
        self._process.join()
        return self._process.exitcode

    def send_signal(self, number: int) -> None:
        """Send it a signal, if it has not ended."""
        with suppress(ProcessLookupError):
            os.kill(self.pid, number)
