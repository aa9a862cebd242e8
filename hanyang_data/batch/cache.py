"""When a run need not be made again: nothing that decides its outcome has changed, and its products are as it left them.

What decides is the key: the code cells of the notebook, the parameters, the data, the code of the package with its words, and
the versions of the libraries, and for a notebook that looks at finished runs, those runs; with it the files of the project and
of the dataset that the run read. Prose, comments and docstrings do not count.
"""

import ast
import hashlib
import json
import os
import platform
from collections.abc import Mapping, Sequence
from contextlib import suppress
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Any

from hanyang_data.batch import reasons, witness
from hanyang_data.batch.collect import not_made
from hanyang_data.batch.job import DATA, OUT_DIR, RUNS, RUNS_DIR, Run, roots
from hanyang_data.batch.parameters import code_cells
from hanyang_data.batch.reasons import Reason
from hanyang_data.batch.run import FAILED, RECORD, RESULTS, read_json, sha256
from hanyang_data.files import fresh
from hanyang_data.record.contract import SNAPSHOT, snapshot_digest
from hanyang_data.words.messages import CATALOGUE
from hanyang_data.words.wording import listed

PACKAGE = Path(__file__).parents[1]
# work with what runs left, or before them, and not in runs
ASIDE = ("cli", "explore", "report")
VERSIONS = ("ipykernel", "matplotlib", "numpy", "pandas", "papermill", "scipy", "seaborn", "statsmodels")
MEMORY = ".memory.json"  # what need not be computed again, beside the runs; may be deleted at any time
MARKS = ".unfinished"  # what is owed, beside the runs: of a run that failed a mark that says why
PARTS = reasons.SAYS.each("parts")


class Cache:
    """Keys and states of the runs of one folder."""

    def __init__(self, out: Path) -> None:
        self.out, self._before = out, read_json(out / MEMORY)
        self.skipped: dict[str, str] = {}
        # of each file once
        self._notebook_digest = cache(lambda notebook: _hash(_syntax(source) for source in code_cells(notebook)))
        self._data_digest = cache(snapshot_digest)
        self._roots = cache(lambda notebook, data_dir: roots(notebook, {DATA: data_dir}))
        self._looked: dict[tuple[str, str], tuple[str, dict[str, Any]]] = {}

    @cached_property
    def _package(self) -> str:
        """Found when it is first asked for: the code is read while the process that runs are forked from gets ready."""
        stamp, digest = self._before.get("package", ["", ""])
        return str(digest) if stamp == _stamp_of_package() else package_digest()

    def key(self, run: Run) -> dict[str, Any]:
        """What decides the outcome of a run, part by part (the names are those of PARTS)."""
        data_dir = run.parameters.get(DATA)
        parts = {
            "notebook": self._notebook_digest(run.notebook),
            "parameters": {k: v for k, v in run.parameters.items() if k != OUT_DIR},
            "data": self._data_digest(Path(data_dir) if data_dir else SNAPSHOT),
            "package": self._package,
            "versions": versions(),
        }
        if RUNS_DIR in run.parameters:
            folder = Path(run.parameters[RUNS_DIR] or self.out)
            parts["runs"] = _runs_digest(folder, run.notebook.stem, run.parameters.get(RUNS) or [])
        return parts

    def stale(self, run: Run, *, thorough: bool = False) -> str:
        """Why a run must be made (again); empty if it need not."""
        if thorough or RUNS_DIR in run.parameters:  # which looks at what changes meanwhile
            return self._look(run, thorough=thorough)[0]
        return self._seen(run)[0]

    def told(self, run: Run) -> dict[str, Any]:
        """What a run left: when it was ``finished`` (ISO form, UTC), its ``headline`` and the names of its ``figures``."""
        return self._seen(run)[1]

    def _seen(self, run: Run) -> tuple[str, dict[str, Any]]:
        """Each run is looked at once: of 28,000 it is asked several times, and their records are read from the disk."""
        place = (run.notebook.stem, run.slug)
        if place not in self._looked:
            self._looked[place] = self._look(run)
        return self._looked[place]

    def _look(self, run: Run, *, thorough: bool = False) -> tuple[str, dict[str, Any]]:
        """Why a run is stale, and what of its record is asked for later."""
        place = run.within(self.out)
        record = read_json(place / RECORD)
        if not record:
            mark = run.within(self.out / MARKS)
            failed = mark.is_file() and mark.stat().st_size
            return Reason.of(reasons.SAYS.failed if failed else reasons.SAYS.never_run), {}
        why = (
            changes(record.get("key", {}), self.key(run))
            or witness.changed(record.get("reads", {}), self._roots(run.notebook, str(run.parameters.get(DATA) or "")))
            or damage(place, record, thorough=thorough)
        )
        return why, {name: record[name] for name in ("finished", "headline", "figures") if name in record}

    def why_skipped(self, run: Run) -> str | None:
        """Why this run was found to be none, if it was and nothing has changed since."""
        skipped = self._before.get("skipped")
        reason: str | None = skipped.get(_digest(self.key(run))) if skipped else None
        if reason is not None:
            self.skip(run, reason)
        return reason

    def skip(self, run: Run, reason: str) -> None:
        """Remember that a run is none."""
        self.skipped[_digest(self.key(run))] = reason

    def remember(self) -> None:
        """Keep what was computed for the next time; a folder that cannot be written has no memory."""
        content = {"package": [_stamp_of_package(), self._package], "skipped": self.skipped}
        if content != self._before and self.out.is_dir():
            with suppress(OSError), fresh(self.out / MEMORY) as part:
                part.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def changes(before: Mapping[str, Any], now: Mapping[str, Any]) -> str:
    """Which parts of a key differ, in words; empty if none does."""
    changed = [part for part in PARTS if before.get(part) != now.get(part)]
    names = listed(PARTS[part] for part in changed)
    if changed == ["versions"]:
        old, new = before.get("versions", {}), now["versions"]
        told = ", ".join(f"{n} {old.get(n)} → {new[n]}" for n in new if old.get(n) != new[n])
        return Reason.of(reasons.SAYS.changed_versions.format(parts=names, versions=told))
    return Reason.of(reasons.SAYS.changed.format(parts=names)) if changed else ""


def damage(place: Path, record: Mapping[str, Any], *, thorough: bool = False) -> str:
    """Which products of a run are no longer as it left them, in words; empty if all are.

    Size and time of a file are looked at first; where they differ, its hash decides.
    """
    for name, digest in record.get("products", {}).items():
        try:
            stat = os.stat(f"{place}/{name}")  # noqa: PTH116 (200,000 files of a nation's runs: a Path each takes as long again)
        except OSError:
            return Reason.of(reasons.SAYS.gone.format(file=name))
        if not stat.st_size:
            return Reason.of(reasons.SAYS.no_content.format(file=name))
        if not thorough and [stat.st_size, stat.st_mtime_ns] == record.get("stamps", {}).get(name):
            continue
        if sha256(place / name) != digest:
            return Reason.of(reasons.SAYS.altered.format(file=name))
    return "" if record.get("products") else Reason.of(reasons.SAYS.no_products)


@cache
def versions() -> dict[str, str]:
    """The versions that matter."""
    return {"python": platform.python_version()} | {name: version(name) for name in VERSIONS}


@cache
def package_digest() -> str:
    """One hash over the syntax of the package's modules, and over what they say."""
    texts = ((file, file.read_text(encoding="utf-8")) for file in _modules())
    return _hash(text if file.name == CATALOGUE else _syntax(text) for file, text in texts)


def _runs_digest(folder: Path, own: str, asked: Sequence[str]) -> str:
    """What a notebook sees of the runs of others: their results, or the file made of them, and what the last sweep left out."""
    files, within = [folder], folder.parent
    if not folder.is_file():
        found = [f for f in sorted(folder.glob(f"*/*/{RESULTS}")) if not f.parent.name.startswith(".")]
        files = [f for f in found if f.parts[-3] not in (own, FAILED) and (not asked or "/".join(f.parts[-3:-1]) in asked)]
        within = folder
    unmade = [row for row in not_made(within) if not asked or f"{row['notebook']}/{row['slug']}" in asked]
    lost = [json.dumps(row, ensure_ascii=False) for row in unmade]
    return _hash([text for f in files for text in (str(f.relative_to(within)), sha256(f))] + lost)


def _modules() -> list[Path]:
    files = sorted([*PACKAGE.rglob("*.py"), *PACKAGE.rglob(CATALOGUE)])
    return [f for f in files if f.relative_to(PACKAGE).parts[0] not in ASIDE]


def _stamp_of_package() -> str:
    return _hash(f"{f}{f.stat().st_size}{f.stat().st_mtime_ns}" for f in _modules())


def _syntax(source: str) -> str:
    """What Python makes of a text, without comments, layout and docstrings; a cell with magics stays as it is."""
    try:
        tree = ast.parse(source)
    except SyntaxError:
        return source
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef) and ast.get_docstring(node, clean=False):
            del node.body[0]
    return ast.dump(tree)


def _hash(texts: Any) -> str:
    return hashlib.sha256("\0".join(texts).encode()).hexdigest()


def _digest(key: Mapping[str, Any]) -> str:
    return hashlib.sha256(json.dumps(key, sort_keys=True).encode()).hexdigest()[:24]
