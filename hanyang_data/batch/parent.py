"""The warmed process that runs are forked from: it is started once, again if it is lost, and no Ctrl-C reaches it."""

import atexit
import gc
import multiprocessing as mp
import os
import signal
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress
from importlib import import_module
from types import ModuleType
from typing import Any

from hanyang_data.errors import RunError

WARM = "hanyang_data.batch.warm"
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")
INLINE = {"MPLBACKEND": "module://matplotlib_inline.backend_inline"}  # as a kernel sets it
DATA = "HANYANG_WARM_DATA"  # the snapshot folders that runs will ask for: a nation's takes seconds to read, and is read once
ANEW = "the process that runs are forked from was lost and has been started anew; the sweep goes on"
# what a kernel, pandas and matplotlib import only when they come to it
NEEDED = (
    "IPython.core.application", "IPython.core.completerlib", "IPython.core.logger", "IPython.core.oinspect",
    "matplotlib_inline.backend_inline", "pandas.core.methods.to_dict", "pandas.core.reshape.reshape", "pandas.io.formats.csvs",
    "pandas.io.formats.html", "pandas.io.formats.string", "pandas.plotting._matplotlib", "scipy.stats", "sqlite3",
    "statsmodels.regression.linear_model",
)  # fmt: skip
TRIES = 2
LAST_BREATH = 5.0  # seconds for a parent that does not answer to be over
_folders: dict[str, None] = {}
_imports = [WARM]


def reads(folders: Iterable[str]) -> None:
    """Have these snapshot folders ready in the warmed parent, if it is not started yet."""
    _folders.update(dict.fromkeys(folders))


def imports(module: str) -> None:
    """Have this module imported in the warmed parent, in place of what runs need, if it is not started yet."""
    _imports[:] = [module]


@contextmanager
def warming(modules: Iterable[str]) -> Iterator[None]:
    """In the warmed parent: import what every child needs, and let it do what no child changes, as in a kernel.

    What is there stays: looking for garbage meanwhile takes a tenth of the time and finds none, and a child that never looks at
    it shares its pages.
    """
    gc.disable()
    for name in (*NEEDED, *modules):
        import_module(name)
    import_module("pandas").set_option("display.max_columns", 20)  # as where it is imported in a kernel and not in a terminal
    yield
    gc.enable()
    gc.freeze()


def can_fork() -> bool:
    """Whether runs are forked from a warmed parent here; where not, as on Windows, each starts afresh."""
    return "forkserver" in mp.get_all_start_methods()


def context() -> Any:
    """Start the warmed parent if it is not there yet, and return what starts processes from it; returns at once."""
    if not can_fork():
        return mp.get_context("spawn")
    from multiprocessing import forkserver, resource_tracker

    made = mp.get_context("forkserver")
    made.set_forkserver_preload(_imports)
    resource_tracker.ensure_running()  # which would let Ctrl-C through again
    with environment(ONE_THREAD | INLINE | {DATA: os.pathsep.join(_folders)}), _interrupts_held():
        forkserver.ensure_running()
    atexit.unregister(_end)
    atexit.register(_end)
    return made


def start(target: Callable[..., None], arguments: Callable[[], tuple[Any, ...]]) -> tuple[Any, bool]:
    """A process forked from the warmed parent, and whether that was lost before and had to be started anew."""
    before = _pid()
    with environment(ONE_THREAD | INLINE), _no_program():
        for attempt in range(1, TRIES + 1):
            process = context().Process(target=target, args=arguments())
            try:
                process.start()
            except (EOFError, OSError) as error:  # it ended, as a rule while it imported what it is to have ready
                if attempt == TRIES:
                    why = f"({type(error).__name__}): python -m {WARM} says why; finished runs stay"
                    raise RunError(f"the process that runs are forked from did not start {why}") from None
                _wait_for_end(_pid())
            else:
                break
    return process, attempt > 1 or (before is not None and _pid() != before)


@contextmanager
def _no_program() -> Iterator[None]:
    """A child is to do one thing of the package, and would import the program that starts it anew: Voilà with all its server."""
    program, sys.modules["__main__"] = sys.modules["__main__"], ModuleType("__main__")
    try:
        yield
    finally:
        sys.modules["__main__"] = program


@contextmanager
def environment(names: dict[str, str]) -> Iterator[None]:
    """Some variables of the environment, for a while."""
    before = dict(os.environ)
    os.environ.update(names)
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(before)


def _pid() -> int | None:
    """The process id of the warmed parent, None before it was started for the first time."""
    from multiprocessing import forkserver

    return getattr(forkserver._forkserver, "_forkserver_pid", None)


def _end() -> None:
    """It has nothing to put in order, and for the time that this takes it would hold our output open."""
    if pid := _pid():
        with suppress(OSError):
            os.kill(pid, signal.SIGKILL)
        _wait_for_end(pid)


def _wait_for_end(pid: int | None) -> None:
    """Wait until a parent that did not answer is over: its sockets go first, and until then it would be taken for alive."""
    deadline = time.monotonic() + LAST_BREATH
    with suppress(OSError):  # it is over, and somebody has asked for it
        while pid and time.monotonic() < deadline:
            if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOWAIT | os.WNOHANG):
                return
            time.sleep(0.01)


@contextmanager
def _interrupts_held() -> Iterator[None]:
    """A process started now never hears of Ctrl-C, which is for this one; it would print where its imports stand."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
