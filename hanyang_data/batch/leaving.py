"""A cell that says exit() ends its kernel, so the run fails there, with both engines.

An ordinary kernel lives on for a tenth of a second, in which the cells after it may or may not be run: no meaning at all.
"""

from __future__ import annotations

from typing import Any

from nbclient.exceptions import DeadKernelError
from papermill.clientwrap import PapermillNotebookClient
from papermill.engines import Engine, NotebookExecutionManager

START_TIMEOUT = 60  # seconds, as papermill has it


class ToldToExit(DeadKernelError):
    """A cell said exit()."""

    def __init__(self, number: int | None) -> None:
        super().__init__("a cell says exit()")
        self.number = number or "?"


class _Client(PapermillNotebookClient):  # type: ignore[misc]
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
        cls, nb_man: NotebookExecutionManager, kernel_name: str, log_output: bool = False, stdout_file: Any = None,
        stderr_file: Any = None, extra_arguments: list[str] | None = None, **_: Any,
    ) -> None:  # fmt: skip
        """Run the cells of a notebook in a kernel of its own."""
        client = _Client(
            nb_man, kernel_name=kernel_name, startup_timeout=START_TIMEOUT, timeout=None, log_output=log_output,
            stdout_file=stdout_file, stderr_file=stderr_file, extra_arguments=extra_arguments or [],
        )  # fmt: skip
        client.execute()
