"""What is named on the command line: a params file, or a notebook by its name or file, for which no params file is asked."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hanyang_data.batch.job import Check, Run
from hanyang_data.batch.plan import Written, as_given, notebooks_folder, read_plan, runs_of
from hanyang_data.errors import HanyangError, ParameterError, nearest, shown

PARAMS = (".yaml", ".yml", ".json")


def runs_named(
    file: Path, *, data_dir: str = "", given: Sequence[str] = (), matrix: bool = True, written: Written = as_given
) -> list[Run]:
    """The runs that a params file asks for, or the one of a notebook with its defaults and what ``given`` changes."""
    name = notebook_named(file)
    if name is None:
        return read_plan(file, data_dir=data_dir, given=given, matrix=matrix, written=written)
    return runs_of({"notebook": name}, file, data_dir=data_dir, given=given, matrix=matrix, written=written)


def notebook_named(file: Path) -> str | None:
    """The name of the notebook that is meant, or None for a params file."""
    if file.suffix == ".ipynb":
        folder = notebooks_folder()
        if file.is_file() and file.resolve().parent != folder.resolve():
            raise ParameterError(f"{file} does not lie in {folder}: put it there to run it")
        return file.stem
    if file.suffix in PARAMS or file.is_file() or len(file.parts) > 1:
        return None
    known = [notebook.stem for notebook in notebooks_folder().glob("[!.]*.ipynb")]
    if str(file) not in known:
        raise ParameterError(
            f"there is no params file {shown(str(file))} here and no notebook of that name: {nearest(file, known)}"
        )
    return str(file)


def blamed(run: Run, check: Check) -> str:
    """What to name for a mistake in the values of a run: ``-p`` where the values without it are right, else its file."""
    if run.before is not None:
        try:
            check(run.before)
        except HanyangError:
            pass
        else:
            return "-p"
    return str(run.file)
