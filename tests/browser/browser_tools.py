"""What the browser tests and their servers share."""

from __future__ import annotations

import time
from pathlib import Path
from typing import NamedTuple

import psutil

PROJECT = Path(__file__).parents[2]
PATIENCE = 120_000  # ms; the machine is shared


class Server(NamedTuple):
    """A server that runs: where, with which token, its process and the folder it shows."""

    url: str
    token: str
    pid: int
    folder: Path


def kernels_of(server: Server) -> list[psutil.Process]:
    """The kernels that a server has started."""
    children = psutil.Process(server.pid).children(recursive=True)
    return [child for child in children if any("ipykernel_launcher" in word for word in child.cmdline())]


def wait_for(condition, what: str) -> None:
    """Wait until ``condition()`` is true, or fail naming what did not come."""
    end = time.monotonic() + PATIENCE / 1000
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.2)
