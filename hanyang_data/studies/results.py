"""What a notebook leaves behind: figures, tables and ``results.json``, complete or with an error that says why."""

from __future__ import annotations

import base64
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
from hanyang_data.charts.formats import FORMATS, check_formats
from hanyang_data.charts.style import plot_of
from hanyang_data.errors import HanyangError
from hanyang_data.files import fresh
from hanyang_data.record.observations import Dataset
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.tables import for_print
from hanyang_data.words.wording import Text

if TYPE_CHECKING:
    from hanyang_data.studies.summary.runs import RunsFolder

# what Markdown, HTML or mathematics would read as markup
MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"} | {mark: f"\\{mark}" for mark in "\\`*[]$"})
FORMULA = re.compile(r"[=@\t\r]|[+-](?![\d.,]+[ %]*[^\W\d]*$)")  # how a cell begins that a spreadsheet computes
BETWEEN_IDS = re.compile(r", |; |、|；")
SCREEN_WIDTH = 840  # pixels, about half of what a page-wide PNG holds: sharp on any screen


@dataclasses.dataclass(frozen=True)
class Shown:
    """What Jupyter displays: Markdown, an image with its alt text, or a table, whose frame goes with it."""

    bundle: dict[str, Any]
    metadata: dict[str, Any] = dataclasses.field(default_factory=dict)
    frame: pd.DataFrame | None = dataclasses.field(default=None, repr=False, compare=False)

    def _repr_mimebundle_(self, **_: object) -> tuple[dict[str, Any], dict[str, Any]]:
        return self.bundle, self.metadata


class Record:
    """Collects what a notebook found, writes it, and gives back what the notebook shows.

    Args:
        notebook: name of the notebook, such as ``trend``.
        scope: the question it answers.
        out_dir: folder for figures, tables and ``results.json``; created where missing. Empty: one of its own for what was
            asked, below ``build/lab`` of the project, or of the current folder outside of one.
        asked: what else the notebook was asked, so that two runs do not write into one folder.
        formats: figure formats, of png, svg and pdf.

    Raises:
        ParameterError: for an unknown format.
        HanyangError: if the folder cannot be created.
    """

    def __init__(
        self,
        notebook: str,
        scope: Scope | RunsFolder,
        out_dir: str | Path = "",
        formats: Sequence[str] = FORMATS,
        **asked: object,
    ) -> None:
        self.notebook, self.scope, self.formats = notebook, scope, check_formats(formats)
        self.folder = Path(out_dir) if out_dir else own_folder(notebook, scope, asked)
        self.found: dict[str, Any] = {"answer": None, "figures": {}, "not_drawn": {}, "tables": {}, "numbers": {}}
        self.found["order"] = []  # of figures and tables, as a reader of the notebook meets them
        self.sources: dict[str, None] = {}
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise HanyangError(f"output folder {self.folder} cannot be made: {error.strerror or error}") from None

    def answer(self, *texts: Text) -> Shown:
        """State the answer; the notebook shows it in the language of the scope, ``results.json`` keeps both."""
        both = Text("\n\n".join(t.en for t in texts if t.en), "\n\n".join(t.zh for t in texts if t.zh))
        self.found["answer"] = both
        shown = both.to(self.scope.lang)
        finding, _, rest = markdown(shown).partition("\n\n")
        return Shown({"text/markdown": f"**{finding}**\n\n{rest}", "text/plain": shown})

    def figure(self, name: str, chart: Chart | Text, picture: bytes | None = None) -> Shown:
        """Export a chart in all formats and show it as it was exported; a sentence on why there is none is shown as it is.

        Args:
            name: of the figure.
            chart: the drawing and its words.
            picture: the same as PNG, where it was made already.
        """
        self.found["order"].append({"kind": "figure", "name": name})
        if isinstance(chart, Text):
            self.found["not_drawn"][name] = chart
            why = chart.to(self.scope.lang)
            return Shown({"text/markdown": markdown(why), "text/plain": why})
        files = export(chart, self.folder, name, self.formats, picture)
        words = chart.caption._asdict()
        self.sources.update(dict.fromkeys(words.pop("source_ids")))  # whatever a figure cites is in the list of sources
        place = plot_of(chart.figure)
        self.found["figures"][name] = {"files": [f.name for f in files], "plot": place, **words}
        if "png" not in self.formats:
            return Shown({"text/plain": words["alt"]})
        image = base64.b64encode((self.folder / f"{name}.png").read_bytes()).decode()
        return Shown({"image/png": image, "text/plain": words["alt"]}, {"image/png": {"width": SCREEN_WIDTH}})

    def table(self, name: str, frame: pd.DataFrame) -> Shown:
        """Write a table as CSV (with the mark that lets Excel read Chinese) and show it with its numbers as printed."""
        file = self.folder / f"{name}.csv"
        try:
            with fresh(file) as part:
                as_text(frame).to_csv(part, encoding="utf-8-sig", lineterminator="\n")
        except OSError as error:
            raise HanyangError(f"{file} cannot be written: {error.strerror or error}") from None
        cited = cited_in(frame, self.scope.dataset)
        self.sources.update(dict.fromkeys(cited))
        self.found["order"].append({"kind": "table", "name": name})
        self.found["tables"][name] = {"file": file.name, "rows": plain(frame), "sources": cited}
        text = for_print(frame)
        bundle = {"text/html": text.to_html(index=False, border=0), "text/plain": text.to_string(index=False)}
        return Shown(bundle, frame=frame)

    def numbers(self, **results: object) -> None:
        """Keep results of the analyses under their names."""
        self.found["numbers"].update(results)

    def used(self, *frames: pd.DataFrame) -> None:
        """Keep the sources of the rows that were used."""
        self.sources.update(dict.fromkeys(id_ for frame in frames for id_ in frame["source_id"]))

    def save(self) -> Path:
        """Write ``results.json``: parameters, data hash, answer, figures, tables, numbers and sources.

        Raises:
            HanyangError: if no answer was given, or the file cannot be written.
        """
        if self.found["answer"] is None:
            raise HanyangError(f"notebook {self.notebook} states no answer: call record.answer() before record.save()")
        scope = {
            f.name: getattr(self.scope, f.name)
            for f in dataclasses.fields(self.scope)
            if f.name not in ("dataset", "data_dir")
        }
        content = {
            "notebook": self.notebook,
            "scope": scope,
            "names": plain(self.scope.names) if isinstance(self.scope, Scope) else {},
            "data_sha256": self.scope.dataset.digest,
            **plain(self.found),
            "sources": [
                {"source_id": id_, **plain(self.scope.dataset.sources.loc[id_].drop("known_from"))}
                for id_ in self.sources
            ],
        }
        file = self.folder / "results.json"
        try:
            with fresh(file) as part:
                part.write_text(json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n", "utf-8")
        except OSError as error:
            raise HanyangError(f"{file} cannot be written: {error.strerror or error}") from None
        return file


def cited_in(frame: pd.DataFrame, dataset: Dataset) -> list[str]:
    """The source ids that stand in the cells of a table, each once, in the order they are met."""
    known = dataset.sources.index
    texts = [cell for row in plain(frame) for cell in row.values() if isinstance(cell, str)]
    return list(dict.fromkeys(id_ for text in texts for id_ in BETWEEN_IDS.split(text) if id_ in known))


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


def markdown(text: str) -> str:
    """A text that a Markdown output shows as it is.

    Example:
        >>> markdown("<b>5% & [more]</b>")
        '&lt;b&gt;5% &amp; \\\\[more\\\\]&lt;/b&gt;'
    """
    return text.translate(MARKUP)


def as_text(frame: pd.DataFrame) -> pd.DataFrame:
    """A table for CSV: a text that a spreadsheet would compute gets the apostrophe that keeps it a text."""
    kept = frame.map(_kept).rename(columns=_kept)
    return kept.set_axis(pd.Index([_kept(label) for label in frame.index], name=frame.index.name))


def _kept(cell: Any) -> Any:
    return f"'{cell}" if isinstance(cell, str) and FORMULA.match(cell) else cell


def plain(value: Any) -> Any:
    """Anything the analyses return as JSON can hold it; a missing number is null, never NaN or 0."""
    if isinstance(value, Text) or (dataclasses.is_dataclass(value) and not isinstance(value, type)):
        fields = (
            value._asdict()
            if isinstance(value, Text)
            else {f.name: getattr(value, f.name) for f in dataclasses.fields(value)}
        )
        return plain(fields)
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
    if hasattr(value, "item"):
        value = value.item()
    if isinstance(value, Decimal):
        value = float(value)
    if isinstance(value, float) and not math.isfinite(value):
        return None
    return value
