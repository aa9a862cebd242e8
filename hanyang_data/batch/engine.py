"""Execute one notebook with papermill: by a kernel (``papermill``) or in this process (``fork``, for a process of its own).

Both write the same notebook: injected cell, outputs, error banner, metadata, timings. What goes wrong comes back as one sentence.
"""

import json
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from nbclient.exceptions import CellTimeoutError, DeadKernelError
from papermill import execute_notebook
from papermill.engines import NotebookExecutionManager, papermill_engines
from papermill.exceptions import PapermillException, PapermillExecutionError
from papermill.iorw import LocalHandler, papermill_io
from papermill.translators import PythonTranslator, papermill_translators

from hanyang_data.batch import reasons
from hanyang_data.batch.folders import EXECUTED
from hanyang_data.batch.reasons import Reason
from hanyang_data.batch.shell import KERNELS, KernelEngine, ShellEngine, ToldToExit
from hanyang_data.batch.witness import load_ipython_extension
from hanyang_data.errors import brief
from hanyang_data.files import fresh

LONGEST = 900  # characters of an error; the executed copy has the whole
QUIET_KERNEL = f"--log-level={logging.CRITICAL}"  # or every kernel warns of its sockets
WITNESS = f"--ext={load_ipython_extension.__module__}"
PYTHON = {"kernel_name": KERNELS[0], "language": "python"}
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


def execute(
    source: Path, output: Path, parameters: dict[str, Any], *, engine: str, tell: Tell, cwd: Path | None = None
) -> Reason | None:
    """Execute a notebook: the sentence that says what went wrong, or None."""
    logging.getLogger("papermill").setLevel(logging.ERROR)
    python, kernel = _kernel(source)
    place = str(output.absolute())
    papermill_io.register(place, _FreshFile())
    options: dict[str, Any] = {"engine_name": f"hanyang-{engine}", "progress_bar": False, "cwd": cwd, **kernel}
    if engine == "fork":  # saves by itself, and not before and after every cell
        options |= {"partial_path": place, "request_save_on_cell_execute": False}
    else:
        options |= {"saves_to": place, "extra_arguments": [QUIET_KERNEL, *[WITNESS] * python]}
    try:
        with _cells_told(tell):
            execute_notebook(str(source), str(output), parameters, **options)
    except PapermillExecutionError as error:
        what = brief(f"{error.ename}: {error.evalue}", LONGEST)
        return Reason.of(reasons.SAYS.cell_failed.format(cell=error.exec_count, notebook=source.name, error=what))
    except ToldToExit as error:
        return Reason.of(reasons.SAYS.exits.format(notebook=source.name, cell=error.number))
    except DeadKernelError:
        return Reason.of(reasons.SAYS.died.format(notebook=source.name))
    except NoSuchKernel as error:
        return Reason.of(reasons.SAYS.no_kernel.format(kernel=repr(error.name), notebook=source.name))
    except (PapermillException, CellTimeoutError, RuntimeError) as error:
        return Reason.of(reasons.SAYS.not_run.format(notebook=source.name, error=brief(str(error), LONGEST)))
    return None


def _kernel(source: Path) -> tuple[bool, dict[str, str]]:
    """Whether a notebook is in Python, as where it does not say; and this Python, where the kernel it names is not here."""
    metadata = json.loads(source.read_text(encoding="utf-8")).get("metadata") or {}
    named, info = metadata.get("kernelspec") or {}, metadata.get("language_info") or {}
    python = str(named.get("language") or info.get("name") or "python").lower() == "python"
    name = named.get("name")
    if not python or name in KERNELS or name in KernelSpecManager().find_kernel_specs():
        return python, {}
    return python, PYTHON


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
