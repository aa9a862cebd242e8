"""What a visitor's kernel does in a child that ends with it: drawing takes much memory, and none is left behind."""

import os
import pickle
import signal
import warnings
from collections.abc import Callable
from multiprocessing import Pipe
from typing import TypeVar

from hanyang_data.errors import HanyangError

T = TypeVar("T")
VOILA = "VOILA_PREHEAT"  # Voilà says so to its kernels
PATIENCE = 30.0  # seconds for the child; a kernel has threads, and one may have held what the child needs when it was forked


def served() -> bool:
    """Whether this is the kernel of a visitor of the served page."""
    return VOILA in os.environ


def apart(work: Callable[[], T]) -> T:
    """What ``work()`` returns, done by a child of this process; by this process itself if the child does not answer.

    Raises:
        HanyangError: that of the work.

    Example:
        >>> apart(lambda: 1 + 1)
        2
    """
    if not hasattr(os, "fork"):
        return work()
    ours, theirs = Pipe(duplex=False)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)  # of threads: a child that they stop is given up
        pid = os.fork()
    if pid == 0:
        try:
            try:
                said: T | HanyangError = work()
            except HanyangError as error:
                said = error
            theirs.send_bytes(pickle.dumps(said))
        finally:
            os._exit(0)
    theirs.close()
    try:
        found = pickle.loads(ours.recv_bytes()) if ours.poll(PATIENCE) else work()
    except EOFError:  # it died
        found = work()
    finally:
        ours.close()
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
    if isinstance(found, HanyangError):
        raise found
    return found
