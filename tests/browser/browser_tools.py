"""What the browser tests and their servers share."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

import psutil

PROJECT = Path(__file__).parents[2]
CHROMIUM = shutil.which("chromium") or "chromium"
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]  # fmt: skip
READY = ".ready"  # what `make setup` leaves when all is installed
PATIENCE = 120_000  # ms; the machine is shared


class Server(NamedTuple):
    """A server that runs: where, with which token, the page it opens, its process and the folder it shows.

    ``file`` is what it starts the browser with, a page that leads to the one it opens.
    """

    url: str
    token: str
    opens: str
    file: str
    pid: int
    folder: Path


def kernels_of(server: Server) -> list[psutil.Process]:
    """The kernels that a server has started."""
    family = psutil.Process(server.pid).children(recursive=True)
    forked = {child.pid for child in family if any("forkserver" in word for word in _words(child))}
    warmed = {child.pid for child in family if child.pid in forked and _parent(child) not in forked}
    launched = [child for child in family if any("ipykernel_launcher" in word for word in _words(child))]  # by JupyterLab
    return launched + [child for child in family if _parent(child) in warmed]


def kernel_of(server: Server, kernel_id: str) -> psutil.Process:
    """The process of one kernel of a served page: it listens where its connection file says."""
    (file,) = Path(tempfile.gettempdir()).glob(f"voila_*/kernel-{kernel_id}.json")  # where Voilà keeps them
    port = json.loads(file.read_text())["shell_port"]
    return next(k for k in kernels_of(server) if any(c.laddr.port == port for c in k.net_connections("tcp4")))


def _parent(process: psutil.Process) -> int:
    """The id of the parent of a process; 0 of one that ends meanwhile."""
    try:
        return int(process.ppid())
    except psutil.NoSuchProcess:
        return 0


def _words(process: psutil.Process) -> list[str]:
    """The command of a process; nothing of one that ends meanwhile."""
    try:
        return process.cmdline()
    except psutil.NoSuchProcess:
        return []


def wait_for(condition, what: str) -> None:
    """Wait until ``condition()`` is true, or fail naming what did not come."""
    end = time.monotonic() + PATIENCE / 1000
    while not condition():
        assert time.monotonic() < end, what
        time.sleep(0.2)


def served(project: Path, target: str, ready: str) -> Iterator[Server]:
    """Start a server as the README tells, yield it once it answers, and end it with all it started.

    Args:
        project: a copy of the project's folder, where it is started.
        target: of make: lab or serve.
        ready: the path that answers when it is ready.
    """
    own = {f"JUPYTER_{name}_DIR": str(project / "jupyter" / name) for name in ("CONFIG", "DATA", "RUNTIME")}
    own |= {f"JUPYTERLAB_{name}_DIR": str(project / name.lower()) for name in ("SETTINGS", "WORKSPACES")}
    own |= {"BROWSER": "echo opens %s"}  # instead of a browser
    log = project / f"{target}.log"
    with log.open("w") as said:
        process = subprocess.Popen(["make", target], cwd=project, stdout=said, stderr=said, env=os.environ | own)
    try:
        wait_for(lambda: process.poll() is not None or _opened(log), f"make {target} opens no page")
        assert process.poll() is None, log.read_text()
        page = _opened(log)
        url, token = re.findall(r"(http://[^/]+).*[?&]token=(\w+)", page)[0]
        wait_for(lambda: _answers(f"{url}/{ready}?token={token}"), f"make {target} does not answer")
        yield Server(url, token, page, _started_with(log), process.pid, project)
    finally:
        family = [*psutil.Process(process.pid).children(recursive=True), psutil.Process(process.pid)]
        process.terminate()
        psutil.wait_procs(family, timeout=10)
        for member in family:
            with suppress(psutil.NoSuchProcess):
                member.kill()
        process.wait()


def _opened(log: Path) -> str:
    """The address with its token that a browser is led to; nothing as long as none is started."""
    file = _started_with(log)
    page = Path(urllib.request.url2pathname(file.removeprefix("file://"))).read_text(encoding="utf-8") if file else ""
    found = re.search(r"http://[^\s\"<>]+[?&]token=\w+", page)
    return found[0] if found else ""


def _started_with(log: Path) -> str:
    """The address of the file that a server starts the browser with."""
    found = re.search(r"^opens (file://\S+)$", log.read_text(), flags=re.MULTILINE)
    return found[1] if found else ""


def copied(place: Path, project: Path = PROJECT, environment: Path = Path(sys.prefix)) -> Path:
    """What a clone holds, to be written into, with the environment of these tests.

    The environment is ready, however old it is: made anew from here, it would hold this copy in place of the project.
    """
    for name in ("notebooks", "figures", "params", "serve"):
        shutil.copytree(project / name, place / name, ignore=shutil.ignore_patterns(".ipynb_checkpoints"))
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        shutil.copy2(project / name, place / name)
    (place / ".venv").mkdir()
    for entry in environment.iterdir():
        if entry.name != READY:
            (place / ".venv" / entry.name).symlink_to(entry)
    (place / ".venv" / READY).touch()  # of its own, newer than what it is made of
    return place


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except OSError:
        return False
