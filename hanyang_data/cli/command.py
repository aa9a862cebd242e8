"""Where the ``hanyang`` command starts: from here on Ctrl-C is one sentence and exit 130, also while the rest is imported."""

from __future__ import annotations

import signal
import sys
from typing import Any

from hanyang_data.cli import EXIT, INTERRUPTED

AGAIN = 0.05  # seconds after which an interrupt that was lost is heard again


class _Interrupts:
    """Raises KeyboardInterrupt as Python does, and knows it afterwards: an import may have made another error of it."""

    def __init__(self) -> None:
        self.heard = False

    def __call__(self, *_: Any) -> None:
        self.heard = True
        raise KeyboardInterrupt

    def not_lost(self, unraisable: sys.UnraisableHookArgs) -> None:
        """One that came while an object was being cleared away would be printed with its traceback and forgotten."""
        if not issubclass(unraisable.exc_type, KeyboardInterrupt):
            sys.__unraisablehook__(unraisable)
        elif hasattr(signal, "setitimer"):
            signal.signal(signal.SIGALRM, self)
            signal.setitimer(signal.ITIMER_REAL, AGAIN)


def main() -> None:
    """The command: its answer is the exit code."""
    interrupts = _Interrupts()
    if signal.getsignal(signal.SIGINT) != signal.SIG_IGN:  # as for what a shell runs in the background
        signal.signal(signal.SIGINT, interrupts)
    sys.unraisablehook = interrupts.not_lost
    try:
        from hanyang_data.cli.main import main as command

        command()
    except SystemExit as end:
        if not interrupts.heard or end.code == EXIT:
            raise
        _leave()
    except BaseException:
        if not interrupts.heard:
            raise
        _leave()


def _leave() -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    print(INTERRUPTED, file=sys.stderr)
    sys.exit(EXIT)
