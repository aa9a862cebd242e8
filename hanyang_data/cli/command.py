"""Where the ``hanyang`` command starts: from here on Ctrl-C is one sentence and exit 130, also while the rest is imported."""

import atexit
import os
import signal
import sys
from typing import Any

from hanyang_data.cli import EXIT, INTERRUPTED

AGAIN = 0.05  # seconds after which an interrupt that was lost is heard again


class _Interrupts:
    """Raises KeyboardInterrupt as Python does, and again until it is acted on: an import may have made another error of it."""

    def __init__(self) -> None:
        self.heard = False

    def __call__(self, *_: Any) -> None:
        self.heard = True
        _again_after(AGAIN)
        raise KeyboardInterrupt

    def again(self, *_: Any) -> None:
        """One that is still being acted on is left in peace; one that was swallowed is raised once more."""
        error = sys.exc_info()[1]
        while error and not isinstance(error, KeyboardInterrupt):
            error = error.__context__
        if not error:
            self()
        _again_after(AGAIN)

    def not_lost(self, unraisable: "sys.UnraisableHookArgs") -> None:
        """One that came while an object was being cleared away would be printed with its traceback and forgotten."""
        if not issubclass(unraisable.exc_type, KeyboardInterrupt):
            sys.__unraisablehook__(unraisable)


def _again_after(seconds: float) -> None:
    if hasattr(signal, "setitimer"):
        signal.setitimer(signal.ITIMER_REAL, seconds)


def main() -> None:
    """The command: its answer is the exit code."""
    interrupts = _Interrupts()
    if signal.getsignal(signal.SIGINT) != signal.SIG_IGN:  # as for what a shell runs in the background
        signal.signal(signal.SIGINT, interrupts)
        if hasattr(signal, "SIGALRM"):
            signal.signal(signal.SIGALRM, interrupts.again)
    sys.unraisablehook = interrupts.not_lost
    try:
        from hanyang_data.cli.main import main as command

        command()
    except BaseException as end:
        if not interrupts.heard:
            raise
        _leave(said=isinstance(end, SystemExit) and end.code == EXIT)


def _leave(said: bool) -> None:
    """End at once: a module of another language whose import was cut short ends Python with a crash when it is cleared away."""
    _again_after(0)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    if not said:
        print(INTERRUPTED, file=sys.stderr)
    atexit._run_exitfuncs()
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(EXIT)
