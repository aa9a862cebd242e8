"""A notebook of the user's own: without the parameter ``out_dir`` it works where it stands, as in JupyterLab.

It finds the modules and files beside it and leaves there what it writes; its run folder holds the executed copy and the pictures
it showed. One that has ``out_dir`` works in the run folder and leaves ``results.json``, as ``study.save(out_dir)`` does.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from hanyang_data.record.contract import COLUMNS, CORRECTIONS

OUT_DIR = "out_dir"  # set by the runner: the run folder
PICTURES = {"image/png": "png", "image/svg+xml": "svg", "image/jpeg": "jpg"}  # of an output the first that it has
ROOT, DATA = "project", "data_dir"  # where a file lies that a run reads, in its record
_TABLES = (*COLUMNS, CORRECTIONS, "datapackage.json")


def is_own(parameters: Mapping[str, Any]) -> bool:
    """Whether a notebook with these parameters works where it stands.

    >>> is_own({"year": 2020}), is_own({"out_dir": ""})
    (True, False)
    """
    return OUT_DIR not in parameters


def roots(notebook: Path, parameters: Mapping[str, Any]) -> dict[str, Path]:
    """The folders whose files count for staleness: the project that the notebook belongs to, and the user's dataset."""
    folder = notebook.resolve().parent
    found = {ROOT: folder.parent if folder.name == "notebooks" else folder}
    data_dir = parameters.get(DATA)
    return ({DATA: Path(data_dir).resolve()} if isinstance(data_dir, str) and data_dir else {}) | found


def standing(notebook: Path, parameters: Mapping[str, Any]) -> tuple[Path | None, dict[str, Path]]:
    """The folder a notebook of the user's own works in (None for another), and the roots of what it reads."""
    return notebook.resolve().parent if is_own(parameters) else None, roots(notebook, parameters)


def tables_of(places: Mapping[str, Path]) -> list[Path]:
    """The files of a dataset that count as the data already."""
    return [places[DATA] / name for name in _TABLES] if DATA in places else []


def save_pictures(executed: Path, folder: Path) -> list[str]:
    """Save the pictures that an executed notebook shows as ``figure_01.png`` and so on; return their names."""
    names: list[str] = []
    for cell in json.loads(executed.read_text(encoding="utf-8"))["cells"]:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            kind = next((kind for kind in PICTURES if kind in data), None)
            if kind:
                names.append(f"figure_{len(names) + 1:02d}.{PICTURES[kind]}")
                text = data[kind] if isinstance(data[kind], str) else "".join(data[kind])
                content = text.encode() if kind.endswith("xml") else base64.b64decode(text)
                (folder / names[-1]).write_bytes(content)
    return names
