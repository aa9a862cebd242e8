"""Which files a run reads: a notebook may read more than its parameters say, and what it read decides its outcome too.

Python tells of every file that it opens (an audit hook). In a kernel this module is an IPython extension that writes down what
was opened, in the file that FILE_OF_KERNEL names; in the process of a forked run it is kept. What a library opens without
Python, what other programs read, and which names a folder holds is not seen.
"""

import hashlib
import importlib.util
import os
import site
import sys
import sysconfig
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

FILE_OF_KERNEL = "HANYANG_WITNESS"
READ, WRITTEN = "r", "w"
OPENED, CONNECTED = "open", "sqlite3.connect"
ELSEWHERE = "elsewhere"
_WRITING = os.O_WRONLY | os.O_RDWR
_SYSTEM = ("/proc", "/sys", "/dev", "/etc", "/usr", "/lib", "/lib64", "/bin", "/opt/conda")
_OF_TOOLS = (".ipython", ".jupyter", ".matplotlib", ".local/share/jupyter", ".config/matplotlib", ".cache/matplotlib",
             ".cache/fontconfig", "Library/Jupyter")  # fmt: skip
_seen: dict[tuple[str, str], None] = {}
_told: list[int] = []


def watch(file: str = "") -> None:
    """Keep from now on what this process opens; with ``file`` also write it there, line by line."""
    if file:
        _told.append(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND))
    sys.addaudithook(_heard)


def load_ipython_extension(_: Any) -> None:
    """In a kernel: watch, if the run says where to."""
    if file := os.environ.get(FILE_OF_KERNEL):
        watch(file)


def opened(file: Path | None = None) -> tuple[set[str], set[str]]:
    """What was opened for reading, and what for writing: by this process, or by the kernel that wrote ``file``."""
    told = list(_seen)
    if file is not None:
        text = file.read_text(encoding="utf-8", errors="surrogateescape") if file.is_file() else ""
        told = [(line[0], line[1:]) for line in text.splitlines() if line]
    return {name for kind, name in told if kind == READ}, {name for kind, name in told if kind == WRITTEN}


def reads(seen: tuple[set[str], set[str]], roots: Mapping[str, Path], aside: Iterable[Path]) -> dict[str, dict[str, Any]]:
    """What a run read, by where it lies: root → path below it → sha256, size and time; the rest under ``elsewhere``.

    What the run wrote itself, what lies in a folder of ``aside`` and what belongs to Python and the system are left out.
    """
    found: dict[str, dict[str, Any]] = {}
    read, written = seen
    files = sorted({_source_of(name) for name in read} - written)
    for file in map(Path, files):
        root = next((name for name, folder in roots.items() if file.is_relative_to(folder)), ELSEWHERE)
        within = roots.get(root)
        if any(file.is_relative_to(folder) for folder in aside) or _of_the_system(file, within) or not file.is_file():
            continue
        name = file.relative_to(within).as_posix() if within else _shown(file)
        found.setdefault(root, {})[name] = stamped(file)
    return found


def stamped(file: Path) -> list[Any]:
    """Hash, size and time of a file; empty if it cannot be read."""
    try:
        with file.open("rb") as handle:
            digest = hashlib.file_digest(handle, "sha256").hexdigest()
        return [digest, file.stat().st_size, file.stat().st_mtime_ns]
    except OSError:
        return []


def changed(before: Mapping[str, Mapping[str, Any]], roots: Mapping[str, Path]) -> str:
    """Which file that a run read below a root is not as it was, in words; empty if all are."""
    for root, folder in roots.items():
        for name, stamp in before.get(root, {}).items():
            try:
                stat = (folder / name).stat()
            except OSError:
                return f"{name}, which it reads, is gone"
            if [stat.st_size, stat.st_mtime_ns] != stamp[1:] and stamped(folder / name)[:1] != stamp[:1]:
                return f"{name}, which it reads, changed"
    return ""


def _heard(event: str, arguments: tuple[Any, ...]) -> None:
    if event not in (OPENED, CONNECTED) or not isinstance(arguments[0], str | bytes | os.PathLike):
        return
    name = os.path.abspath(os.fsdecode(arguments[0]))  # noqa: PTH100 (as it is, before links are followed)
    mode, flags = arguments[1:3] if event == OPENED else ("r", 0)
    writes = any(sign in (mode or "") for sign in "wax+") or bool((flags or 0) & _WRITING)
    key = (WRITTEN if writes else READ, name)
    # of a file that is read and then written the first counts: what was in it decided
    if key in _seen or "\n" in name or (writes and (READ, name) in _seen and "+" not in (mode or "")):
        return
    _seen[key] = None
    for descriptor in _told:
        os.write(descriptor, os.fsencode(f"{key[0]}{name}\n"))


def _source_of(name: str) -> str:
    """A module's file in place of what Python compiled it to."""
    try:
        return importlib.util.source_from_cache(name) if name.endswith(".pyc") else name
    except ValueError:
        return name


def _of_the_system(file: Path, root: Path | None) -> bool:
    """Whether a file belongs to Python, its packages or the system; a project inside of such a folder is none of it."""
    home = Path.home()
    places = {sys.prefix, sys.base_prefix, sys.exec_prefix, site.getusersitepackages(), *sysconfig.get_paths().values()}
    places |= {*_SYSTEM, *(str(home / name) for name in _OF_TOOLS)}
    return any(file.is_relative_to(place) and not (root and root.is_relative_to(place)) for place in places)


def _shown(file: Path) -> str:
    """A path that does not name its user."""
    home = Path.home()
    return f"~/{file.relative_to(home).as_posix()}" if file.is_relative_to(home) else file.as_posix()
