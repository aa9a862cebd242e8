"""The runs of a folder: list them, compare two, say why one is out of date, clear up."""

import json
import math
import shutil
from pathlib import Path
from typing import Any

import pandas as pd

from hanyang_data.batch import folders
from hanyang_data.batch.cache import Cache
from hanyang_data.batch.job import OUT_DIR, Run, is_own
from hanyang_data.batch.plan import notebooks_folder
from hanyang_data.batch.run import FAILED, RECORD, RESULTS, read_json
from hanyang_data.batch.underway import Unfinished
from hanyang_data.errors import HanyangError, ParameterError, nearest

FRESH, STALE, UNFINISHED = "up to date", "out of date", "not made"


def listing(out: Path, *, failed: bool = False) -> pd.DataFrame:
    """One row per run of a folder: ``notebook, run, status, finished, seconds, why``; with ``failed`` those that left nothing.

    A product is hashed where its size or time is another than the run left; :func:`explain` hashes them all.
    Runs that were planned and are not there, and that left no executed copy either, are listed as not made.
    """
    cache, notebooks = Cache(out), notebooks_folder()
    rows: list[tuple[Any, ...]] = []
    for folder in [] if failed else _folders(out):
        record = read_json(folder / RECORD)
        why = _why(cache, folder, record, notebooks)
        made = (record.get("finished", ""), record.get("seconds", math.nan))
        rows.append((folder.parent.name, folder.name, STALE if why else FRESH, *made, why))
    reasons = {(notebook, run): why for notebook, run, why in Unfinished(out).rows()}
    for folder in sorted((out / FAILED).glob("[!.]*/[!.]*")):
        place = (folder.parent.name, folder.name)
        rows.append((*place, FAILED, "", math.nan, reasons.pop(place, "")))
    standing = {row[:2] for row in rows}
    rows += [(*place, UNFINISHED, "", math.nan, why) for place, why in reasons.items() if place not in standing]
    return pd.DataFrame(rows, columns=["notebook", "run", "status", "finished", "seconds", "why"])


def _why(cache: Cache, folder: Path, record: dict[str, Any], notebooks: Path, *, thorough: bool = False) -> str:
    """Why a run is out of date; its notebook may be gone, or be none any more."""
    if not record:
        return "its record cannot be read"
    notebook = notebooks / f"{folder.parent.name}.ipynb"
    try:
        return cache.stale(Run(record.get("name", ""), notebook, record.get("parameters", {}), folder.name), thorough=thorough)
    except HanyangError as error:
        return str(error)


def compare(out: Path, one: str, other: str) -> pd.DataFrame:
    """Where two runs differ: ``what, one, other``, a row for each parameter, part of the key, result and figure that differs.

    Args:
        out: folder of the runs.
        one: name of a run, or enough of its beginning, with or without ``notebook/``.
        other: the same for the other.

    Raises:
        ParameterError: if a name fits no run or several.
        HanyangError: if a run has left no readable results.
    """
    a, b = find(out, one), find(out, other)
    sides = [_facts(folder) for folder in (a, b)]
    rows = [
        {"what": what, "one": _short(sides[0].get(what)), "other": _short(sides[1].get(what))}
        for what in dict.fromkeys([*sides[0], *sides[1]])
        if sides[0].get(what) != sides[1].get(what)
    ]
    return pd.DataFrame(rows, columns=["what", "one", "other"])


def explain(out: Path, name: str) -> str:
    """Why a run is out of date, or that it is not."""
    folder = find(out, name)
    why = _why(Cache(out), folder, read_json(folder / RECORD), notebooks_folder(), thorough=True)
    return f"{folder.parent.name} {folder.name} is {f'{STALE}: {why}' if why else FRESH}"


def prune(out: Path, *, dry_run: bool = False) -> list[Path]:
    """Remove runs that are out of date, copies of runs that failed, and what killed runs left."""
    table = listing(out)
    gone = [out / r.notebook / r.run for r in table.itertuples() if r.status == STALE]
    failed = [(r.notebook, r.run) for r in table.itertuples() if r.status == FAILED]
    gone += [out / FAILED / notebook / run for notebook, run in failed]
    if not dry_run:
        for folder in gone:
            shutil.rmtree(folder)
        for notebook, run in failed:
            Unfinished(out).settle(notebook, run)
    return gone + folders.sweep_up(out, dry_run=dry_run)


def find(out: Path, name: str) -> Path:
    """The folder of one run."""
    notebook, _, start = name.rpartition("/")
    known = [f for f in _folders(out) if not notebook or f.parent.name == notebook]
    found = [f for f in known if f.name == start] or [f for f in known if f.name.startswith(start)]
    if not found:
        raise ParameterError(f"no run {name!r} in {out}: {nearest(start, [f.name for f in known])}")
    if len(found) > 1:
        raise ParameterError(f"{name!r} fits {len(found)} runs in {out}, such as {found[0].name} and {found[1].name}: say more")
    return found[0]


def _folders(out: Path) -> list[Path]:
    return [f.parent for f in sorted(out.glob(f"*/*/{RECORD}")) if not f.parent.name.startswith(".")]


def _facts(folder: Path) -> dict[str, Any]:
    """Everything about a run that can differ, under a name of its own: what made it, its pictures, what it found."""
    record = read_json(folder / RECORD)
    key = record.get("key", {})
    flat: dict[str, Any] = {"notebook": folder.parent.name}
    flat |= {f"parameter {k}": v for k, v in record.get("parameters", {}).items()}
    flat |= {part: key.get(part) for part in ("data", "package")} | {"code cells": key.get("notebook")}
    flat |= {f"version {k}": v for k, v in key.get("versions", {}).items()}
    flat |= {f"figure {k}": v for k, v in record.get("products", {}).items() if k.endswith((".png", ".svg", ".pdf"))}
    if not (folder / RESULTS).exists() and is_own(record.get("parameters", {OUT_DIR: ""})):
        return flat
    try:
        results = json.loads((folder / RESULTS).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise HanyangError(f"{folder / RESULTS} cannot be read: {error}") from None
    for part in ("answer", "numbers"):
        _walk(results.get(part), part, flat)
    return flat


def _walk(value: Any, name: str, into: dict[str, Any]) -> None:
    if isinstance(value, dict):
        for key, item in value.items():
            _walk(item, f"{name}.{key}", into)
    elif isinstance(value, list) and value and isinstance(value[0], dict | list):
        for number, item in enumerate(value):
            _walk(item, f"{name}[{number}]", into)
    else:
        into[name] = value


def _short(value: Any) -> str:
    text = "–" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 60 else f"{text[:57]}…"
