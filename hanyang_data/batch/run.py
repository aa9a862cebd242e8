"""Run one notebook through papermill so that its folder appears complete or not at all."""

from __future__ import annotations

import errno
import hashlib
import json
import logging
import os
import platform
import secrets
import shutil
import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

import psutil

from hanyang_data.batch.plan import OUT_DIR, RUNS_DIR, Run
from hanyang_data.errors import HanyangError, RunError
from hanyang_data.observations import default_dataset, open_dataset

EXECUTED, RECORD, RESULTS = "notebook.ipynb", "run.json", "results.json"
FAILED, OLD = "failed", ".old"
TRIES = 100
QUIET_KERNEL = f"--log-level={logging.CRITICAL}"  # or every kernel warns of its sockets
VERSIONS = ("hanyang-data", "ipykernel", "matplotlib", "pandas", "papermill", "scipy", "seaborn", "statsmodels")


@dataclass(frozen=True)
class Done:
    """A finished run: its folder, its files and how long it took."""

    run: Run
    folder: Path
    products: tuple[str, ...]
    seconds: float


def execute(run: Run, out: Path) -> Done:
    """Execute a run into ``out/<notebook>/<slug>/``.

    It works in a folder of its own beside the final one and moves it into place when notebook, results and all figures
    are there. If the notebook fails, its executed copy goes to ``out/failed/<notebook>/<slug>/`` and an earlier good
    folder of the same run stays as it was.

    Raises:
        RunError: if the notebook fails or leaves no results; names the error and the executed copy.
        HanyangError: if the folder cannot be written.
    """
    place = out / run.notebook.stem / run.slug
    started = time.perf_counter()
    try:
        place.parent.mkdir(parents=True, exist_ok=True)
        _tidy(place)
        work = place.with_name(f".{run.slug}.{os.getpid()}.{secrets.token_hex(4)}")
        work.mkdir()
    except OSError as error:
        raise HanyangError(f"{place} cannot be written: {error.strerror or error}") from None
    try:
        failure = _papermill(run, work) or _missing_products(work)
        if failure is not None:
            kept = _replace(work, out / FAILED / run.notebook.stem / run.slug)
            copy = kept / EXECUTED
            raise RunError(f"{run.name}: {failure}" + (f"\nthe executed copy: {copy}" if copy.is_file() else ""))
        seconds = time.perf_counter() - started
        _write_record(run, work, seconds)
        _replace(work, place)
        shutil.rmtree(out / FAILED / run.notebook.stem / run.slug, ignore_errors=True)  # what failed before is mended
    except OSError as error:
        raise HanyangError(f"{error.filename or place} cannot be written: {error.strerror or error}") from None
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return Done(run, place, tuple(sorted(p.name for p in place.iterdir())), seconds)


def copy_figures(done: Done, gallery: Path) -> list[Path]:
    """Copy the figures of a run into a gallery as ``<params file>_<figure>_<lang>.<format>``; return the copies.

    Raises:
        HanyangError: if the gallery cannot be written.
    """
    results = json.loads((done.folder / RESULTS).read_text(encoding="utf-8"))
    copies = []
    try:
        gallery.mkdir(parents=True, exist_ok=True)
        for file in (file for figure in results["figures"].values() for file in figure["files"]):
            stem, ending = file.rsplit(".", 1)
            copies.append(gallery / f"{done.run.name}_{stem}_{results['scope']['lang']}.{ending}")
            shutil.copyfile(done.folder / file, copies[-1])
    except OSError as error:
        raise HanyangError(f"{error.filename or gallery} cannot be written: {error.strerror or error}") from None
    return copies


def _papermill(run: Run, work: Path) -> str | None:
    """Execute the notebook in ``work``; the sentence that says what went wrong, or None."""
    with _interruptible():  # somebody's import swallows a Ctrl-C
        import papermill
        from jupyter_client.kernelspec import NoSuchKernel
        from nbclient.exceptions import DeadKernelError
        from papermill.exceptions import PapermillException, PapermillExecutionError

    logging.getLogger("papermill").setLevel(logging.ERROR)
    parameters: dict[str, Any] = run.parameters | ({OUT_DIR: "."} if OUT_DIR in run.parameters else {})
    if RUNS_DIR in parameters:  # relative to the run folder, which stands as deep as this one
        parameters[RUNS_DIR] = os.path.relpath(parameters[RUNS_DIR] or work.parents[1], work)
    if parameters.get("data_dir"):
        parameters["data_dir"] = str(Path(parameters["data_dir"]).resolve())
    # run beside a copy of its source, the executed notebook names no folder of this machine
    source = Path(shutil.copyfile(run.notebook, work / run.notebook.name))
    try:
        with _interruptible(), _inside(work):
            papermill.execute_notebook(
                source.name, EXECUTED, parameters, progress_bar=False, extra_arguments=[QUIET_KERNEL]
            )
    except PapermillExecutionError as error:
        return f"cell [{error.exec_count}] of {source.name} failed: {error.ename}: {error.evalue}"
    except DeadKernelError:
        return f"the kernel of {source.name} died (out of memory, or killed)"
    except NoSuchKernel as error:
        return (
            f"there is no kernel {error.name!r} for {source.name}: run make setup, or choose Python 3 in the notebook"
        )
    except (PapermillException, RuntimeError) as error:
        return f"{source.name} could not be run: {error}"
    finally:
        if source.name != EXECUTED:
            source.unlink(missing_ok=True)
    return None


@contextmanager
def _interruptible() -> Iterator[None]:
    """Let Ctrl-C end the run as Ctrl-C, whatever the kernel's sockets throw while they are torn down."""
    asked = False
    main = threading.current_thread() is threading.main_thread()
    before = signal.getsignal(signal.SIGINT)

    def interrupt(*_: object) -> None:
        nonlocal asked
        asked = True
        raise KeyboardInterrupt

    if main:
        signal.signal(signal.SIGINT, interrupt)
    try:
        yield
    except BaseException:
        if not asked:
            raise
    finally:
        if main:
            signal.signal(signal.SIGINT, before)
    if asked:
        _end_children()
        raise KeyboardInterrupt


def _end_children() -> None:
    """A kernel that is still starting would complain about the working folder that is about to go."""
    logging.getLogger("asyncio").setLevel(logging.CRITICAL)  # the tasks that waited for that kernel
    children = psutil.Process().children(recursive=True)
    for child in children:
        with suppress(psutil.NoSuchProcess):
            child.kill()
    psutil.wait_procs(children, timeout=5)


@contextmanager
def _inside(folder: Path) -> Iterator[None]:
    before = Path.cwd()
    os.chdir(folder)
    try:
        yield
    finally:
        os.chdir(before)


def _missing_products(work: Path) -> str | None:
    """A notebook that ends without error must also have left what it declares."""
    try:
        content = json.loads((work / RESULTS).read_text(encoding="utf-8"))
        declared = [file for figure in content["figures"].values() for file in figure["files"]]
        declared += [table["file"] for table in content["tables"].values()]
    except FileNotFoundError:
        return f"the notebook left no {RESULTS}: its last cell must be record.save()"
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return f"the notebook left a {RESULTS} that record.save() would not write ({type(error).__name__}: {error})"
    empty = [name for name in declared if not (work / name).is_file() or not (work / name).stat().st_size]
    return f"the notebook declares {', '.join(empty)} and did not write it" if empty else None


def _write_record(run: Run, work: Path, seconds: float) -> None:
    data_dir = run.parameters.get("data_dir")
    record = {
        "notebook": run.notebook.stem,
        "slug": run.slug,
        "status": "done",
        "parameters": {k: v for k, v in run.parameters.items() if k != OUT_DIR},
        "data_sha256": (open_dataset(data_dir) if data_dir else default_dataset()).digest,
        "code_sha256": code_digest(run.notebook),
        "versions": {"python": platform.python_version()} | {name: version(name) for name in VERSIONS},
        "products": {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in sorted(work.iterdir())},
        "seconds": round(seconds, 2),
    }
    (work / RECORD).write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def code_digest(notebook: Path) -> str:
    """One hash over the code cells of a notebook and the modules of the package; prose does not count."""
    cells = json.loads(notebook.read_text(encoding="utf-8"))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    package = Path(__file__).parents[1]
    modules = [path.read_text(encoding="utf-8") for path in sorted(package.rglob("*.py"))]
    return hashlib.sha256("\0".join([*code, *modules]).encode()).hexdigest()


def _replace(work: Path, place: Path) -> Path:
    """Move a folder into place; what stood there goes only once the new one stands. The last of two runs at once wins."""
    place.parent.mkdir(parents=True, exist_ok=True)
    old = work.with_name(f"{work.name}{OLD}")
    for _ in range(TRIES):
        with suppress(FileNotFoundError):  # nothing stands there, or another run has just put it aside
            place.rename(old)
        try:
            work.rename(place)
        except OSError as error:
            if error.errno in (errno.ENOTEMPTY, errno.EEXIST):  # another run came first: go over it
                shutil.rmtree(old, ignore_errors=True)
                continue
            if old.exists():
                old.rename(place)
            raise
        shutil.rmtree(old, ignore_errors=True)
        return place
    raise HanyangError(f"{place} is being written by others all the time: run it again when they are done")


def _tidy(place: Path) -> None:
    """Clear up after runs of this slug that were killed: bring back what they had put aside, drop what they left half done."""
    for leftover in place.parent.glob(f".{place.name}.*"):
        pid = leftover.name.removeprefix(f".{place.name}.").split(".")[0]
        if pid.isdigit() and not _alive(int(pid)):
            if leftover.name.endswith(OLD) and not place.exists():
                leftover.rename(place)
            else:
                shutil.rmtree(leftover, ignore_errors=True)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
