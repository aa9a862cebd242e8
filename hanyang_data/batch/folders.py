"""Folders that appear complete or not at all, whoever else writes beside them."""

import errno
import glob
import os
import re
import secrets
import shutil
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from hanyang_data.errors import HanyangError

EXECUTED = "notebook.ipynb"  # in a run folder, the executed copy
OLD = ".old"
# what a process is making, a folder or a file: its name, the process, eight random digits
LEFT = re.compile(r"\.(?P<name>.+?)\.(?P<pid>\d+)\.[0-9a-f]{8}(?P<old>\.old)?")
LEVELS = ("", "*/", "failed/*/")  # beside the runs of all notebooks, of one, and of those that failed
TRIES = 100


def work_folder(place: Path) -> Path:
    """A new folder beside ``place`` in which its content can be made; clears up after runs that were killed."""
    place.parent.mkdir(parents=True, exist_ok=True)
    tidy(place)
    work = place.with_name(f".{place.name}.{os.getpid()}.{secrets.token_hex(4)}")
    work.mkdir()
    return work


def put_in_place(work: Path, place: Path) -> Path:
    """Move a folder into place; what stood there goes only once the new one stands. The last of two runs at once wins."""
    place.parent.mkdir(parents=True, exist_ok=True)
    old = work.with_name(f"{work.name}{OLD}")
    for _ in range(TRIES):
        with suppress(FileNotFoundError):  # nothing stands there, or another run has just put it aside
            place.rename(old)
        try:
            work.rename(place)
        except OSError as error:
            if error.errno in (errno.ENOTEMPTY, errno.EEXIST):  # another run came first: go over it
                _remove(old)
                continue
            if old.exists():
                old.rename(place)
            raise
        _remove(old)
        return place
    raise HanyangError(f"{place} is being written by others all the time: run it again when they are done")


def tidy(place: Path) -> list[Path]:
    """Clear up after runs of this place that were killed: bring back what they had put aside, drop what they left half done."""
    return [_clear(left) for left in _left(place.parent.glob(f".{glob.escape(place.name)}.*"), place.name)]


def sweep_up(out: Path, *, dry_run: bool = False) -> list[Path]:
    """The same for all that killed commands left in a folder of runs: working folders, and files beside the runs."""
    found = [left for level in LEVELS for left in _left(out.glob(f"{level}.*.*"))]
    return found if dry_run else [_clear(left) for left in found]


def others_at_work(out: Path) -> bool:
    """Whether a run of another living process is being made in a folder of runs."""
    made = (LEFT.fullmatch(path.name) for path in out.glob("*/.*.*"))
    return any(m and not m["old"] and int(m["pid"]) != os.getpid() and _alive(int(m["pid"])) for m in made)


def _left(candidates: Iterable[Path], name: str = "") -> list[Path]:
    """Those that a process was making that is no more."""
    matches = [(path, LEFT.fullmatch(path.name)) for path in candidates]
    return [p for p, m in matches if m and name in ("", m["name"]) and not _alive(int(m["pid"]))]


def _clear(leftover: Path) -> Path:
    match = LEFT.fullmatch(leftover.name)
    with suppress(OSError):
        if match and match["old"] and not (place := leftover.with_name(match["name"])).exists():
            leftover.rename(place)
        else:
            _remove(leftover)
    return leftover


def _remove(path: Path) -> None:
    """Drop a folder with what is in it, or a file; of a link the link alone."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path, ignore_errors=True)
    else:
        with suppress(OSError):
            path.unlink()


def _alive(pid: int) -> bool:
    """Whether there is such a process; os.kill(pid, 0) would ask on POSIX, and end it on Windows."""
    import psutil  # of an extra that reading finished runs does without

    try:
        return bool(psutil.pid_exists(pid))
    except OverflowError:  # no process has such a number
        return False
