"""What is told of a snapshot folder beside the answer: what its files write differently and was understood, once a command."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

import click

from hanyang_data.errors import HanyangError

if TYPE_CHECKING:
    from hanyang_data.record.observations import Dataset

Check = Callable[[dict[str, Any]], None]


def tell(data: Dataset, folder: str) -> None:
    """Say on stderr in one line what was read differently than written and how it is written clean; else nothing."""
    from shlex import quote

    from hanyang_data.record.snapshot_files import sentence

    if data.oddities:
        click.echo(f"{sentence(data.oddities)}; hanyang audit --fix {quote(folder)} writes it clean", err=True)


def telling(check: Check) -> Check:
    """The same check of a run's values, which tells of each folder once when the first run that needs it has passed.

    Runs that are up to date are not checked: what their data write differently was told when they were made.
    """
    told: set[str] = set()

    def checked(parameters: dict[str, Any]) -> None:
        check(parameters)
        folder = parameters.get("data_dir")
        if isinstance(folder, str) and folder and folder not in told:
            told.add(folder)
            _tell_of(folder)

    return checked


def _tell_of(folder: str) -> None:
    from hanyang_data.record.observations import dataset_in

    with suppress(HanyangError):  # a notebook of the user's own may mean any folder
        tell(dataset_in(folder), folder)
