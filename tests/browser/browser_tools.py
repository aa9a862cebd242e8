"""What the browser tests and their servers share."""

from __future__ import annotations

import os
import secrets
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import psutil

PROJECT = Path(__file__).parents[2]
CHROMIUM = "/usr/bin/chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
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


def served(folder: Path, module: str, options: list[str], ready: str, cwd: Path | None = None) -> Iterator[Server]:
    """Start a server, yield it once it answers, and end it with all it started.

    Args:
        folder: for its log and its settings; it is started there unless ``cwd`` says otherwise.
        module: jupyterlab or voila.
        options: of the command; ``{token}`` stands for the token.
        ready: the path that answers when it is ready.
        cwd: another folder to start it in.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(8)
    own = {f"JUPYTER_{name}_DIR": str(folder / "jupyter" / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    command = [sys.executable, "-m", module, *(option.format(token=token) for option in options), f"--port={port}"]
    with (folder / f"{module}.log").open("w") as log:
        process = subprocess.Popen(
            command,
            cwd=cwd or folder,
            stdout=log,
            stderr=log,
            env=os.environ | own | {"JUPYTER_PATH": str(PROJECT / "serve")},
        )
    url = f"http://127.0.0.1:{port}"
    try:
        wait_for(
            lambda: process.poll() is not None or _answers(f"{url}/{ready}?token={token}"), f"{module} does not start"
        )
        assert process.poll() is None, (folder / f"{module}.log").read_text()
        yield Server(url, token, process.pid, folder)
    finally:
        family = [*psutil.Process(process.pid).children(recursive=True), psutil.Process(process.pid)]
        process.terminate()
        psutil.wait_procs(family, timeout=10)
        for member in family:
            with suppress(psutil.NoSuchProcess):
                member.kill()
        process.wait()


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
