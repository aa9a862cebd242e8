"""Execute one notebook with papermill: by a kernel (``papermill``) or in this process (``fork``, for a process of its own).

Both write the same notebook: injected cell, outputs, error banner, metadata, timings. What goes wrong comes back as one sentence.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import NoSuchKernel
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill import execute_notebook
from papermill.engines import NotebookExecutionManager, papermill_engines
from papermill.exceptions import PapermillException, PapermillExecutionError
from papermill.iorw import LocalHandler, papermill_io
from papermill.translators import PythonTranslator, papermill_translators

from hanyang_data.batch.leaving import KernelEngine, ToldToExit
from hanyang_data.batch.run import EXECUTED
from hanyang_data.batch.shell import ShellEngine
from hanyang_data.files import fresh

ENGINES = ("fork", "papermill")
QUIET_KERNEL = f"--log-level={logging.CRITICAL}"  # or every kernel warns of its sockets

Tell = Callable[[int, int], None]  # which cell starts, of how many


class ReadableTranslator(PythonTranslator):  # type: ignore[misc]
    """Writes parameters as a reader would: "汉阳区" and not its code points."""

    @classmethod
    def translate_escaped_str(cls, str_val: Any) -> str:
        """A text in double quotes; JSON's escapes are Python's as well."""
        return json.dumps(str(str_val), ensure_ascii=False)


class _FreshFile(LocalHandler):  # type: ignore[misc]
    """Writes the executed notebook whole and through no link: a cell may have put one where it goes."""

    def write(self, buf: str, path: str) -> None:
        """Write a notebook."""
        with fresh(Path(path)) as part:
            super().write(buf, str(part))


papermill_io.register(EXECUTED, _FreshFile())
papermill_translators.register("python", ReadableTranslator)
papermill_engines.register("hanyang-fork", ShellEngine)
papermill_engines.register("hanyang-papermill", KernelEngine)


def execute(source: Path, output: Path, parameters: dict[str, Any], *, engine: str, tell: Tell) -> str | None:
    """Execute a notebook in the working folder of this process.

    Args:
        source: the notebook.
        output: where the executed copy goes, also if it fails.
        parameters: name → value, injected after the ``parameters`` cell.
        engine: ``fork`` runs the cells in this process, which should end afterwards; ``papermill`` starts a kernel.
        tell: called with the number of each cell that starts, and of all cells.

    Returns:
        None, or the sentence that says what went wrong.
    """
    logging.getLogger("papermill").setLevel(logging.ERROR)
    options: dict[str, Any] = {"extra_arguments": [QUIET_KERNEL]}
    if engine == "fork":  # saves by itself, and not before and after every cell
        options = {"partial_path": str(output), "request_save_on_cell_execute": False}
    try:
        with _cells_told(tell):
            execute_notebook(
                str(source), str(output), parameters, engine_name=f"hanyang-{engine}", progress_bar=False, **options
            )
    except PapermillExecutionError as error:
        return f"cell [{error.exec_count}] of {source.name} failed: {error.ename}: {error.evalue}"
    except ToldToExit as error:
        return f"{source.name}: {error}"
    except DeadKernelError:
        return f"the kernel of {source.name} died (out of memory, or killed)"
    except NoSuchKernel as error:
        return (
            f"there is no kernel {error.name!r} for {source.name}: run make setup, or choose Python 3 in the notebook"
        )
    except (PapermillException, CellTimeoutError, RuntimeError) as error:
        return f"{source.name} could not be run: {error}"
    return None


@contextmanager
def _cells_told(tell: Tell) -> Iterator[None]:
    """papermill has no hook for a cell that starts; its keeper of the notebook hears of each."""
    original = NotebookExecutionManager.cell_start

    def cell_start(self: Any, cell: Any, cell_index: int | None = None, **kwargs: Any) -> Any:
        tell((cell_index or 0) + 1, len(self.nb.cells))
        return original(self, cell, cell_index, **kwargs)

    NotebookExecutionManager.cell_start = cell_start
    try:
        yield
    finally:
        NotebookExecutionManager.cell_start = original
