"""What a process forked from the warmed one does to be a visitor's kernel; what it imports, every kernel holds."""

import os
import sys
from typing import Any, ClassVar

from ipykernel import ipkernel
from ipykernel.kernelapp import IPKernelApp

from hanyang_data.batch.slot import afresh

QUIET = ("--HistoryManager.enabled=False", "--log-level=50")  # nobody types here: no history, and no word of how to join


class _NoModules:
    """The module sys, as far as a kernel asks it while it is made, without the modules there are."""

    modules: ClassVar[dict[str, Any]] = {}

    def __getattr__(self, name: str) -> Any:
        return getattr(sys, name)


class VisitorsKernel(ipkernel.IPythonKernel):
    """A kernel that nobody debugs: it lists no file of each module for a debugger, which copies a sixth of what kernels share."""

    def __init__(self, **named: Any) -> None:
        ipkernel.sys = _NoModules()  # type: ignore[assignment, attr-defined]
        try:
            super().__init__(**named)  # type: ignore[no-untyped-call]
        finally:
            ipkernel.sys = sys  # type: ignore[attr-defined]


def become_kernel(arguments: list[str], environment: dict[str, str], folder: str) -> None:
    """Be the kernel, to the end of this process: ``arguments`` are of ipykernel, ``environment`` is all of it."""
    afresh(environment)
    os.chdir(folder)
    sys.argv = ["ipykernel_launcher", *arguments, *QUIET]
    IPKernelApp.launch_instance(kernel_class=VisitorsKernel)
    os._exit(0)
