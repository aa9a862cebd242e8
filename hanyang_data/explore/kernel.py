"""What a process forked from the warmed one does to be a visitor's kernel; what it imports, every kernel holds."""

import os
import sys

from ipykernel.kernelapp import IPKernelApp

from hanyang_data.batch.workers import afresh

QUIET = ("--HistoryManager.enabled=False", "--log-level=50")  # nobody types here: no history, and no word of how to join


def become_kernel(arguments: list[str], environment: dict[str, str], folder: str) -> None:
    """Be the kernel, to the end of this process: ``arguments`` are of ipykernel, ``environment`` is all of it."""
    afresh(environment)
    os.chdir(folder)
    sys.argv = ["ipykernel_launcher", *arguments, *QUIET]
    IPKernelApp.launch_instance()
    os._exit(0)
