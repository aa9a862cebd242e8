"""Two papermill engines: one with a kernel, and one that runs the cells in its own process, in the kernel's shell alone.

In both a cell that says exit() ends the run there: an ordinary kernel lives on for a tenth of a second, in which the cells after
it may or may not be run.

In the shell what a cell shows goes through the same code as with a kernel: ipykernel's shell makes the messages, nbclient's
client turns them into outputs. Only what lies between, a second process and five sockets, is left out. The engine leaves its
process changed (modules, settings, working folder), so each process runs one notebook and ends; :mod:`hanyang_data.batch.workers`
sees to that. Unlike a kernel it stores no widget state, reads no start-up files of the user's IPython and cannot interrupt a
cell: a time limit ends the process.
"""

import builtins
import io
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

from ipykernel.eventloops import enable_gui
from ipykernel.ipkernel import IPythonKernel
from ipykernel.zmqshell import ZMQInteractiveShell
from IPython.core.error import StdinNotImplementedError, UsageError
from jupyter_client.session import Session
from nbclient.exceptions import CellExecutionError, DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NotebookExecutionManager
from papermill.exceptions import PapermillException
from traitlets.config import Config

from hanyang_data.files import fresh

KERNELS = ("python3", "python")
SAVE_EVERY = 0.5  # seconds: what a process that dies may have shown and not kept
START_TIMEOUT = 60  # seconds for a kernel, as papermill has it


class ToldToExit(DeadKernelError):
    """A cell said exit()."""

    def __init__(self, number: int | None) -> None:
        super().__init__("a cell says exit()")
        self.number = number or "?"


class _KernelClient(PapermillNotebookClient):  # type: ignore[misc]
    """papermill's client, which hears of exit() and does not listen."""

    async def _check_raise_for_error(self, cell: Any, cell_index: int, exec_reply: dict[str, Any] | None) -> None:
        payload = ((exec_reply or {}).get("content") or {}).get("payload") or []
        if any(part.get("source") == "ask_exit" for part in payload):
            raise ToldToExit(cell.execution_count)
        await super()._check_raise_for_error(cell, cell_index, exec_reply)


class KernelEngine(Engine):  # type: ignore[misc]
    """papermill's own engine with this client.

    It saves where it is told: papermill goes into the folder of the cells first, and would leave its copies there.
    """

    @classmethod
    def execute_notebook(cls, nb: Any, kernel_name: str, output_path: Any = None, **options: Any) -> Any:
        """Run a notebook; ``saves_to`` is where its copies go meanwhile."""
        return super().execute_notebook(nb, kernel_name, output_path=options.pop("saves_to", output_path), **options)

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, extra_arguments: list[str], **_: Any
    ) -> None:
        """Run the cells of a notebook in a kernel of its own."""
        times = {"startup_timeout": START_TIMEOUT, "timeout": None}
        _KernelClient(nb_man, kernel_name=kernel_name, extra_arguments=extra_arguments, **times).execute()


class _Messages(Session):
    """Where the shell believes its sockets are: messages are handed on as they come."""

    hand_on: Callable[[dict[str, Any]], None]

    def send(  # type: ignore[override]
        self, stream: Any, msg_or_type: Any, content: Any = None, parent: Any = None, **_: Any
    ) -> Any:
        """Hand on a message, or one made of its type and content."""
        msg = msg_or_type if isinstance(msg_or_type, dict) else self.msg(msg_or_type, content=content, parent=parent)
        self.hand_on(msg)
        return msg


class _Stream(io.TextIOBase):
    """sys.stdout or sys.stderr of a cell; what other processes write to the descriptor comes in between, where it belongs."""

    encoding = "utf-8"

    def __init__(self, name: str, descriptor: int, messages: _Messages) -> None:
        self.name, self._messages = name, messages
        self._parts: list[str] = []
        self._below = tempfile.TemporaryFile()  # noqa: SIM115 (open as long as the process)
        os.dup2(self._below.fileno(), descriptor)

    def write(self, text: str) -> int:
        self._drain()
        self._parts.append(text)
        return len(text)

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return self._below.fileno()

    def flush(self) -> None:
        self._drain()
        text, self._parts = "".join(self._parts), []
        if text:
            self._messages.send(None, "stream", {"name": self.name, "text": text})

    def _drain(self) -> None:
        if os.fstat(self._below.fileno()).st_size:
            self._below.seek(0)
            self._parts.append(self._below.read().decode("utf-8", "replace"))
            self._below.seek(0)
            self._below.truncate()


class _ZMQShell(ZMQInteractiveShell):
    """The kernel's shell, told which kernel it belongs to where it would look for the application of one."""

    def enable_gui(self, gui: Any = None) -> None:
        """What ``%matplotlib inline`` and the like ask for."""
        try:
            enable_gui(gui, kernel=self.kernel)  # type: ignore[no-untyped-call]
        except ValueError as error:
            raise UsageError(str(error)) from error
        self.active_eventloop = gui


class ShellClient(PapermillNotebookClient):  # type: ignore[misc]
    """papermill's client with a shell in this process where it has a kernel in another."""

    def execute(self, **_: Any) -> Any:
        """Run all cells of the notebook, as the client of a kernel would."""
        self.reset_execution_trackers()
        self._saved = 0.0
        messages = _Messages(key=b"")
        self._shell: Any = _start_shell(messages)
        self._streams = (_Stream("stdout", 1, messages), _Stream("stderr", 2, messages))
        sys.stdout, sys.stderr = self._streams
        self._messages = messages
        self.papermill_execute_cells()
        self.nb.metadata["language_info"] = dict(IPythonKernel.language_info)
        return self.nb

    def execute_cell(self, cell: Any, cell_index: int, *_: Any, **__: Any) -> Any:
        """Run one cell and keep what it shows."""
        self._save()
        if cell.cell_type != "code" or not cell.source.strip():
            return cell
        if self.skip_cells_with_tag in cell.metadata.get("tags", []):
            return cell
        cell.outputs = []
        self.clear_before_next_output = False
        self._messages.hand_on = lambda msg: self.process_message(msg, cell, cell_index)
        number = self._shell.execution_count
        self._shell.displayhook.set_parent({})
        result = self._shell.run_cell(cell.source, store_history=True, cell_id=cell.get("id"))
        for stream in self._streams:
            stream.flush()
        cell.execution_count = number
        self.code_cells_executed += 1
        if self._shell.exit_now:
            self._saved = 0.0
            self._save()
            raise ToldToExit(number)
        error = result.error_before_exec or result.error_in_exec
        unshown = getattr(self._shell, "_last_traceback_during_displayhook", False)  # what it shows cannot be shown
        broken = error is not None or unshown
        tagged = "raises-exception" in cell.metadata.get("tags", [])
        allowed = self.allow_errors or type(error).__name__ in self.allow_error_names or tagged
        if broken and (self.force_raise_errors or not allowed):
            said = {"ename": type(error).__name__, "evalue": str(error), "traceback": self._shell._last_traceback or []}
            raise CellExecutionError.from_cell_and_msg(cell, said)
        return cell

    def _save(self) -> None:
        """Keep what is there before a cell starts, for the case that it takes the process with it; cheap and not validated."""
        path, now = getattr(self.nb_man, "partial_path", None), time.monotonic()
        if path and now - self._saved > SAVE_EVERY:
            with fresh(Path(path)) as part:
                part.write_text(json.dumps(self.nb, ensure_ascii=False), encoding="utf-8")
            self._saved = now


class ShellEngine(Engine):  # type: ignore[misc]
    """The engine ``shell``: see the module."""

    @classmethod
    def execute_managed_notebook(
        cls, nb_man: NotebookExecutionManager, kernel_name: str, log_output: bool = False, stdout_file: Any = None,
        stderr_file: Any = None, partial_path: str | None = None, **_: Any,
    ) -> None:  # fmt: skip
        """Run the cells of a notebook in this process."""
        if kernel_name not in KERNELS:
            raise PapermillException(f"its kernel is {kernel_name!r}: use --engine papermill, or choose Python 3 in it")
        nb_man.partial_path = partial_path
        client = ShellClient(nb_man, log_output=log_output, stdout_file=stdout_file, stderr_file=stderr_file)
        client.execute()


def _start_shell(messages: _Messages) -> Any:
    """A fresh shell whose namespace is ``__main__``, as in a kernel."""
    sys.argv = ["ipykernel_launcher.py"]
    sys.path.insert(0, "")
    _ZMQShell.clear_instance()
    messages.hand_on = lambda msg: None
    config = Config(HistoryManager={"hist_file": ":memory:"})  # or it opens a database and a thread
    kernel = SimpleNamespace(eventloop=None)  # all that the shell asks of it, when a cell says exit()
    shell: Any = _ZMQShell.instance(kernel=kernel, config=config)
    shell.displayhook.session = shell.display_pub.session = messages
    shell.displayhook.pub_socket = shell.display_pub.pub_socket = None
    shell.displayhook.topic = b"execute_result"
    builtins.input = _no_input
    if "matplotlib.pyplot" in sys.modules:  # what its import does in a kernel, where it comes after the shell
        from matplotlib_inline.backend_inline import _enable_matplotlib_integration

        shell.events.register("post_execute", _place)
        _enable_matplotlib_integration()  # type: ignore[no-untyped-call]
        sys.modules["matplotlib.pyplot"].uninstall_repl_displayhook()
    return shell


def _place() -> None:
    """Find where all stands in the figures of a cell, before they are shown and as often as in a kernel.

    There pyplot draws them at the end of the cell, as for a window, and then Jupyter draws them once more to show them.
    """
    from matplotlib._pylab_helpers import Gcf

    for manager in Gcf.get_all_fig_managers():
        figure = manager.canvas.figure
        if figure.stale and (engine := figure.get_layout_engine()):
            engine.execute(figure)


def _no_input(prompt: object = "") -> str:
    raise StdinNotImplementedError("raw_input was called, but this frontend does not support input requests.")
