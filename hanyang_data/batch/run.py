"""One run in its working folder: execute the notebook, see that it left what it declares, write down what made it."""

import base64
import hashlib
import json
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from hanyang_data.batch import reasons, witness
from hanyang_data.batch.folders import EXECUTED
from hanyang_data.batch.job import DATA, OUT_DIR, RUNS_DIR
from hanyang_data.batch.reasons import Reason
from hanyang_data.charts.formats import NONE, PICTURES
from hanyang_data.errors import brief
from hanyang_data.files import fresh
from hanyang_data.record.contract import COLUMNS, CORRECTIONS, DESCRIPTOR

PACKAGE = Path(__file__).parents[1]
RECORD, RESULTS = "run.json", "results.json"
PICTURES_SHOWN = {"image/png": "png", "image/svg+xml": "svg", "image/jpeg": "jpg"}  # of an output the first that it has
LONGEST_FAILURE = 1000  # characters; the executed copy has the whole
FAILED = "failed"  # beside the notebooks' folders: the executed copies of runs that failed


@dataclass(frozen=True)
class Task:
    """What a process needs to do one run; it can be sent to another machine."""

    notebook: str  # file name of the notebook, such as ``trend.ipynb``
    source: bytes  # its content
    parameters: dict[str, Any]  # name → value
    work: Path  # the folder to work in, which exists
    out: Path  # the folder of all runs, for a notebook that looks at finished ones
    record: dict[str, Any]  # what the record says besides the products: key, slug
    engine: str  # ``fork`` or ``papermill``
    home: Path | None = None  # the folder a notebook of the user's own works in; None for one that works in ``work``
    # name → folder whose files count for staleness if the run reads them
    roots: dict[str, Path] = field(default_factory=dict)
    shared: bool = False  # whether many runs are of this notebook: what they ask alike is asked once, before the first


def perform(task: Task, tell: Callable[[int, int], None]) -> Reason | None:
    """Do one run in this process, which changes its working folder and, with the engine ``fork``, should end afterwards.

    None if ``task.work`` now holds notebook, results, figures, tables and record; else the sentence that says why not.
    """
    from hanyang_data.batch.engine import execute

    started = time.perf_counter()
    if task.home and not task.home.is_dir():
        return Reason.of(reasons.SAYS.elsewhere.format(notebook=task.notebook))
    try:
        os.chdir(task.work)
        os.environ[PICTURES] = NONE if NONE in task.parameters.get("formats", ()) else ""
        parameters = task.parameters | ({OUT_DIR: "."} if OUT_DIR in task.parameters else {})
        if RUNS_DIR in parameters:  # relative to the run folder, which stands as deep as this one
            parameters[RUNS_DIR] = os.path.relpath(parameters[RUNS_DIR] or task.out, task.work)
        # run beside a copy of its source, the executed notebook names no folder of this machine
        source = Path(task.notebook)
        source.write_bytes(task.source)
        with _watched(task.engine) as seen:
            failure = execute(source, Path(EXECUTED), parameters, engine=task.engine, tell=tell, cwd=task.home)
            # of a dataset its tables count as the data already
            tables = [task.roots[DATA] / name for name in (*COLUMNS, CORRECTIONS, DESCRIPTOR)] if DATA in task.roots else []
            read = witness.reads(seen(), task.roots, [task.work, task.out, PACKAGE, *tables])
        if source.name != EXECUTED:
            source.unlink(missing_ok=True)
        failure = failure or (None if task.home else missing_products(Path()))
        if failure is None:
            _write_record(task, read, time.perf_counter() - started)
    except OSError as error:
        return reasons.unwritable(Path(str(error.filename or task.work)).name, error)
    return failure


def missing_products(folder: Path) -> Reason | None:
    """A notebook that ends without error must also have left what it declares: the sentence that says what is not there."""
    try:
        content = json.loads((folder / RESULTS).read_text(encoding="utf-8"))
        declared = [file for figure in content["figures"].values() for file in figure["files"]]
        declared += [table["file"] for table in content["tables"].values()]
    except FileNotFoundError:
        return Reason.of(reasons.SAYS.nothing_left.format(file=RESULTS, parameter=OUT_DIR))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        return Reason.of(reasons.SAYS.odd_results.format(file=RESULTS, error=brief(f"{type(error).__name__}: {error}")))
    strayed = {name for name in declared if Path(name).name != name} | {p.name for p in folder.iterdir() if p.is_symlink()}
    if strayed:
        files = brief(", ".join(sorted(strayed)), LONGEST_FAILURE)
        return Reason.of(reasons.SAYS.strayed.format(files=files, parameter=OUT_DIR))
    empty = [name for name in declared if not (folder / name).is_file() or not (folder / name).stat().st_size]
    return Reason.of(reasons.SAYS.not_written.format(files=", ".join(empty))) if empty else None


def sha256(file: Path) -> str:
    """The hash of a file."""
    with file.open("rb") as handle:
        return hashlib.file_digest(handle, "sha256").hexdigest()


def read_json(file: Path) -> dict[str, Any]:
    """The content of a file that a run left; nothing where it cannot be read."""
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return content if isinstance(content, dict) else {}


@contextmanager
def _watched(engine: str) -> Iterator[Callable[[], tuple[set[str], set[str]]]]:
    """See what the cells open: in this process, or in the kernel that is started meanwhile."""
    if engine == "fork":
        witness.watch()
        yield witness.opened
        return
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "opened"
        os.environ[witness.FILE_OF_KERNEL] = str(file)
        yield lambda: witness.opened(file)


def _write_record(task: Task, read: dict[str, Any], seconds: float) -> None:
    if task.home:
        said = {"headline": "", "figures": save_pictures(Path(EXECUTED), Path())}
    else:
        results = json.loads(Path(RESULTS).read_text(encoding="utf-8"))
        answer, lang = results.get("answer") or {}, results["scope"]["lang"]
        said = {"headline": next(iter(answer.get(lang) or []), ""), "figures": list(results["figures"])}
    products = sorted(Path().iterdir())
    record = task.record | said | {
        "status": "done", "reads": read, "engine": task.engine, "seconds": round(seconds, 2),
        "finished": datetime.now(UTC).isoformat(timespec="seconds"),
        "products": {p.name: sha256(p) for p in products},
        "stamps": {p.name: [p.stat().st_size, p.stat().st_mtime_ns] for p in products},
    }  # fmt: skip
    with fresh(Path(RECORD)) as part:
        part.write_text(json.dumps(record, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def save_pictures(executed: Path, folder: Path) -> list[str]:
    """Save the pictures that an executed notebook shows as ``figure_01.png`` and so on; return their names."""
    names: list[str] = []
    for cell in json.loads(executed.read_text(encoding="utf-8"))["cells"]:
        for data in (output.get("data", {}) for output in cell.get("outputs", [])):
            if kind := next((kind for kind in PICTURES_SHOWN if kind in data), None):
                names.append(f"figure_{len(names) + 1:02d}.{PICTURES_SHOWN[kind]}")
                text = "".join(data[kind])  # in one piece or in lines
                (folder / names[-1]).write_bytes(text.encode() if kind.endswith("xml") else base64.b64decode(text))
    return names


def copy_figures(folder: Path, name: str, gallery: Path) -> list[Path]:
    """Copy the figures of a finished run into a gallery as ``<name>_<figure>_<lang>.<format>``; return the copies."""
    copies = []
    if (folder / RESULTS).is_file():
        results = json.loads((folder / RESULTS).read_text(encoding="utf-8"))
        files = [file for figure in results["figures"].values() for file in figure["files"]]
        suffix = f"_{results['scope']['lang']}"
    else:  # a notebook of the user's own knows no language
        files, suffix = json.loads((folder / RECORD).read_text(encoding="utf-8"))["figures"], ""
    gallery.mkdir(parents=True, exist_ok=True)
    for file in files:
        stem, ending = file.rsplit(".", 1)
        copies.append(gallery / f"{name}_{stem}{suffix}.{ending}")
        with fresh(copies[-1]) as part:
            shutil.copyfile(folder / file, part)
    return copies
