"""What a notebook leaves behind: figures, tables and ``results.json``, complete or with an error that says why."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from hanyang_data.charts.export import Chart, export
from hanyang_data.charts.formats import FORMATS, TABLE_FORMATS, check_formats
from hanyang_data.charts.style import plot_of
from hanyang_data.errors import HanyangError
from hanyang_data.files import whole
from hanyang_data.record.catalogue import cite
from hanyang_data.studies.frames import as_text
from hanyang_data.studies.frames import export as export_frame
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.tables import columns_in, ids_in
from hanyang_data.words.wording import LANGUAGES, Text

if TYPE_CHECKING:
    from hanyang_data.studies.summary.runs import RunsFolder


class Record:
    """Collects what a notebook found, and writes it into a folder, which is created where it is missing.

    Without ``out_dir`` it is one of its own for what was asked, below ``build/lab`` of the project, or of the current folder
    outside of one. A ParameterError for an unknown format, a HanyangError if the folder cannot be created.
    """

    def __init__(
        self,
        notebook: str,
        scope: Scope | RunsFolder,
        out_dir: str | Path = "",
        formats: Sequence[str] = FORMATS,
        **asked: object,
    ) -> None:
        given = check_formats(formats, TABLE_FORMATS)
        self.notebook, self.scope = notebook, scope
        self.formats, self.also = [f for f in given if f in FORMATS], [f for f in given if f in TABLE_FORMATS]
        self.folder = Path(out_dir) if out_dir else own_folder(notebook, scope, asked)
        # the order of figures and tables is that in which a reader of the notebook meets them
        self.found: dict[str, Any] = {"answer": None, "figures": {}, "not_drawn": {}, "tables": {}, "numbers": {}, "order": []}
        self.sources: dict[str, None] = {}
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise HanyangError(f"output folder {self.folder} cannot be made: {error.strerror or error}") from None

    def answer(self, *texts: Text) -> None:
        """State the answer, kept in both languages."""
        self.found["answer"] = {lang: [text.to(lang) for text in texts if text.en] for lang in LANGUAGES}

    def figure(self, name: str, chart: Chart | Text, picture: bytes | None = None) -> str:
        """Export a chart, its ``picture`` the PNG where that is made; says in words what it shows, or why there is none."""
        self.found["order"].append({"kind": "figure", "name": name})
        if isinstance(chart, Text):
            self.found["not_drawn"][name] = chart
            return chart.to(self.scope.lang)
        files = export(chart, self.folder, name, self.formats, picture) if self.formats else []
        if "png" in self.formats:  # what goes with the picture wherever it is pasted, the sources in full
            said, dataset = chart.caption, self.scope.dataset
            cited = [cite([id_], self.scope.lang, dataset) for id_ in said.source_ids]
            files.append(self.folder / f"{name}.txt")
            with whole(files[-1]) as part:
                lines = [line for line in (said.title, said.subtitle, said.note, "", *cited) if line or cited]
                part.write_text("\n".join(lines) + "\n", encoding="utf-8")
        words = chart.caption._asdict()
        self.sources.update(dict.fromkeys(words.pop("source_ids")))  # whatever a figure cites is in the list of sources
        self.found["figures"][name] = {"files": [f.name for f in files], "plot": plot_of(chart.figure), **words}
        return chart.caption.alt

    def table(self, name: str, frame: pd.DataFrame) -> None:
        """Write a table as CSV, with the mark that lets Excel read Chinese, and as what else was asked for."""
        file = self.folder / f"{name}.csv"
        with whole(file) as part:
            as_text(frame).to_csv(part, encoding="utf-8-sig", lineterminator="\n")
        also = [export_frame(frame, self.folder / f"{name}.{kind}", lang=self.scope.lang).name for kind in self.also]
        columns = columns_in(frame)
        told = {"columns": [c._asdict() for c in columns], "rows": plain(frame), "sources": ids_in(columns)}
        self.sources.update(dict.fromkeys(told["sources"]))
        self.found["order"].append({"kind": "table", "name": name})
        self.found["tables"][name] = {"file": file.name, "also": also, **told}

    def numbers(self, **results: object) -> None:
        """Keep results of the analyses under their names."""
        self.found["numbers"].update(results)

    def used(self, *frames: pd.DataFrame) -> None:
        """Keep the sources of the rows that were used."""
        self.sources.update(dict.fromkeys(id_ for frame in frames for id_ in frame["source_id"]))

    def save(self) -> Path:
        """Write ``results.json``: parameters, data hash, answer, figures, tables, numbers and sources."""
        if self.found["answer"] is None:
            raise HanyangError(f"notebook {self.notebook} states no answer: call record.answer() before record.save()")
        asked = [f.name for f in dataclasses.fields(self.scope) if f.name not in ("dataset", "data_dir")]
        texts = self.scope.dataset.sources.drop(columns="known_from")
        content = {
            "notebook": self.notebook,
            "scope": {name: getattr(self.scope, name) for name in asked},
            "names": plain(self.scope.names) if isinstance(self.scope, Scope) else {},
            "data_sha256": self.scope.dataset.digest,
            **plain(self.found),
            "sources": [{"source_id": id_, **plain(texts.loc[id_])} for id_ in self.sources],
        }
        file = self.folder / "results.json"
        with whole(file) as part:
            part.write_text(json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n", "utf-8")
        return file


def own_folder(notebook: str, scope: Scope | RunsFolder, asked: Mapping[str, object]) -> Path:
    """Where a notebook that was told no folder writes: below the project it is run in, and never over another run's files.

    The project is the nearest folder upwards that holds ``notebooks/<notebook>.ipynb``; plain papermill may start anywhere.
    """
    here = Path.cwd()
    project = next((p for p in (here, *here.parents) if (p / "notebooks" / f"{notebook}.ipynb").is_file()), here)
    fields = {f.name: getattr(scope, f.name) for f in dataclasses.fields(scope) if f.init}
    words = [str(value) for name, value in fields.items() if value and not name.endswith("_dir")]
    told = json.dumps(plain({**fields, **asked}), sort_keys=True, ensure_ascii=False).encode()
    slug = re.sub(r"[^\w.-]+", "-", "-".join([*words, hashlib.sha256(told).hexdigest()[:6]]))
    return project / "build" / "lab" / notebook / slug


def plain(value: Any) -> Any:
    """Anything the analyses return as JSON can hold it; a missing number is null, never NaN or 0."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return plain({f.name: getattr(value, f.name) for f in dataclasses.fields(value)})
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, pd.DataFrame):
        return [plain(row) for row in value.reset_index().to_dict("records")]
    if isinstance(value, pd.Series):
        return plain(value.to_dict())
    if hasattr(value, "_asdict"):
        return plain(value._asdict())
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    value = value.item() if hasattr(value, "item") else float(value) if isinstance(value, Decimal) else value
    return None if isinstance(value, float) and not math.isfinite(value) else value
