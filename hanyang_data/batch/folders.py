"""Folders that appear complete or not at all, whoever else writes beside them."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from contextlib import suppress
from pathlib import Path

import psutil

from hanyang_data.errors import HanyangError

OLD = ".old"
TRIES = 100


def work_folder(place: Path) -> Path:
    """A new folder beside ``place`` in which its content can be made; clears up after runs that were killed.

    Raises:
        OSError: if it cannot be made.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    tidy(place)
    work = place.with_name(f".{place.name}.{os.getpid()}.{secrets.token_hex(4)}")
    work.mkdir()
    return work


def put_in_place(work: Path, place: Path) -> Path:
    """Move a folder into place; what stood there goes only once the new one stands. The last of two runs at once wins.

    Raises:
        OSError: if it cannot be moved.
        HanyangError: if others write the same place all the time.
    """
    place.parent.mkdir(parents=True, exist_ok=True)
    old = work.with_name(f"{work.name}{OLD}")
    for _ in range(TRIES):
        with suppress(FileNotFoundError):  # nothing stands there, or another run has just put it aside
            place.rename(old)
        try:
            work.rename(place)
        except OSError as error:
            if error.errno in (errno.ENOTEMPTY, errno.EEXIST):  # another run came first: go over it
                shutil.rmtree(old, ignore_errors=True)
                continue
            if old.exists():
                old.rename(place)
            raise
        shutil.rmtree(old, ignore_errors=True)
        return place
    raise HanyangError(f"{place} is being written by others all the time: run it again when they are done")


def tidy(place: Path) -> list[Path]:
    """Clear up after runs of this place that were killed: bring back what they had put aside, drop what they left half done.

    Returns:
        What was cleared.
    """
    cleared = []
    for leftover in place.parent.glob(f".{place.name}.*"):
        pid = leftover.name.removeprefix(f".{place.name}.").split(".")[0]
        if pid.isdigit() and not _alive(int(pid)):
            cleared.append(leftover)
            if leftover.name.endswith(OLD) and not place.exists():
                leftover.rename(place)
            else:
                shutil.rmtree(leftover, ignore_errors=True)
    return cleared


def _alive(pid: int) -> bool:
    """Whether there is such a process; os.kill(pid, 0) would ask on POSIX, and end it on Windows."""
    try:
        return bool(psutil.pid_exists(pid))
    except OverflowError:  # no process has such a number
        return False
