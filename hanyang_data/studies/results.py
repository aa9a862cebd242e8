"""What a study hands out, as Jupyter and a terminal show it; and what it leaves in a folder, whole or with an error."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import pandas as pd

from hanyang_data.charts.export import Chart, export
from hanyang_data.charts.formats import FORMATS, TABLE_FORMATS, check_formats
from hanyang_data.charts.style import plot_of
from hanyang_data.errors import HanyangError
from hanyang_data.files import whole
from hanyang_data.record.catalogue import cite
from hanyang_data.record.frames import records
from hanyang_data.studies.captions import BASIS
from hanyang_data.studies.frames import as_text
from hanyang_data.studies.frames import export as export_frame
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.tables import as_html, columns_in, for_print, ids_in, of_year
from hanyang_data.words.wording import LANGUAGES, Text, join, messages

if TYPE_CHECKING:
    from matplotlib.figure import Figure

    from hanyang_data.studies.summary.runs import RunsFolder

SAYS = messages(__name__)
# what Markdown, HTML or mathematics would read as markup
MARKUP = str.maketrans({"&": "&amp;", "<": "&lt;", ">": "&gt;"} | {mark: f"\\{mark}" for mark in "\\`*[]$"})
MOST_ROWS, LANG = 1000, "lang"  # of a table that a notebook shows; JupyterLab stands still at those of a nation
WORDS, CHARACTERS = 60, 110  # of an answer, in English and in Chinese: what is read in ten seconds


def markdown(text: str) -> str:
    """A text that a Markdown output shows as it is.

    Example:
        >>> markdown("<b>5% & [more]</b>")
        '&lt;b&gt;5% &amp; \\\\[more\\\\]&lt;/b&gt;'
    """
    return text.translate(MARKUP)


class Sentence(str):
    """Why there is nothing to draw; Jupyter shows it as text."""

    def _repr_markdown_(self) -> str:
        return markdown(str(self))


@dataclass(frozen=True)
class Answer:
    """The finding in one sentence, and what qualifies it."""

    finding: str
    sentences: tuple[str, ...]
    lang: str = "en"

    @property
    def paragraph(self) -> str:
        """What qualifies the finding, as one text; empty where nothing does."""
        return join([Text(text, text) for text in self.sentences]).to(self.lang)

    def __str__(self) -> str:
        return f"{self.finding}\n\n{self.paragraph}".strip()

    __repr__ = __str__

    def _repr_markdown_(self) -> str:
        return f"**{markdown(self.finding)}**\n\n{markdown(self.paragraph)}".strip()


def brief(texts: Sequence[Text]) -> tuple[Text, ...]:
    """The finding and at most three sentences, in the order given, as many as fit into an answer in both languages."""
    finding, *rest = (text for text in texts if text.en)
    kept = [finding]
    for text in rest:
        longer = [*kept, text]
        words, characters = (len(t) for t in (" ".join(x.en for x in longer).split(), "".join(x.zh for x in longer)))
        if words <= WORDS and characters <= CHARACTERS and len(longer) <= 4:
            kept = longer
    return tuple(kept)


class Lines(list[str]):
    """A list of texts that Jupyter shows as one."""

    def _repr_markdown_(self) -> str:
        return "\n".join(f"- {markdown(text)}" for text in self)

    def __repr__(self) -> str:
        return "\n".join(f"- {text}" for text in self)


class Table(pd.DataFrame):  # type: ignore[misc]
    """A table as a reader of the report meets it; it shows its numbers as printed, and computes as any frame does."""

    @classmethod
    def of(cls, frame: pd.DataFrame, lang: str = "en") -> Self:
        """A frame with the specification of its columns, and the language it is in."""
        table = cls(frame)
        table.attrs = frame.attrs | {LANG: lang}
        return table

    @property
    def _constructor(self) -> type[pd.DataFrame]:
        return pd.DataFrame  # type: ignore[no-any-return]

    def _repr_html_(self) -> str:
        first, told = self._first()
        return as_html(first) + f"\n<p>{told}</p>" * bool(told)

    def __repr__(self) -> str:
        first, told = self._first()
        return str(for_print(first).to_string(index=False)) + f"\n{told}" * bool(told)

    def _first(self) -> tuple[pd.DataFrame, str]:
        """What is shown, and the sentence on what is not."""
        if len(self) <= MOST_ROWS:
            return self, ""
        first = pd.DataFrame(self.iloc[:MOST_ROWS])
        first.attrs = self.attrs
        return first, SAYS.first_rows.format(most=f"{MOST_ROWS:,}", n=f"{len(self):,}").to(self.attrs[LANG])


class _Shown:
    """What Jupyter shows of a figure of a study; of a copy of that figure nothing, so that it is shown as any other."""

    def __init__(self, show: Callable[..., Any]) -> None:
        self.show = show

    def __call__(self, **_: object) -> Any:
        return self.show()

    def __reduce__(self) -> tuple[type[None], tuple[()]]:
        return type(None), ()


def shown_by(bundle: Callable[[], tuple[dict[str, Any], dict[str, Any]]], figure: Figure) -> Figure:
    """The figure, of which Jupyter shows what ``bundle`` makes: before anything else that it has for such an object.

    Once pyplot is at work, Jupyter draws every figure anew in its own way, without our words and size.
    """

    def display() -> None:
        from IPython.display import publish_display_data

        publish_display_data(*bundle())  # type: ignore[no-untyped-call]

    figure._repr_mimebundle_, figure._ipython_display_ = _Shown(bundle), _Shown(display)  # type: ignore[attr-defined]
    return figure


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
        self.found: dict[str, Any] = {"answer": None, "figures": {}, "not_drawn": {}, "tables": {}, "numbers": {}}
        self.found |= {"order": [], "says_finding": []}  # the second of figures whose title the answer begins with
        self.sources: dict[str, None] = {}
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise HanyangError(f"output folder {self.folder} cannot be made: {error.strerror or error}") from None

    def answer(self, *texts: Text) -> None:
        """State the answer, kept in both languages."""
        self.found["answer"] = {lang: [text.to(lang) for text in texts if text.en] for lang in LANGUAGES}

    def figure(self, name: str, chart: Chart | Text, picture: bytes | None = None, finding: str = "") -> str:
        """Export a chart, its ``picture`` the PNG where that is made; says in words what it shows, or why there is none.

        A ``finding``, without the day on which no more was known, may begin with the title of the figure.
        """
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
        self.found["says_finding"] += [name] * bool(finding and finding.startswith(chart.caption.undated))
        words = chart.caption._asdict()
        words["sources"] = list(words.pop("source_ids"))
        self.sources.update(dict.fromkeys(words["sources"]))  # whatever a figure cites is in the list of sources
        self.found["figures"][name] = {"files": [f.name for f in files], "plot": plot_of(chart.figure), **words}
        return chart.caption.alt

    def table(self, name: str, frame: pd.DataFrame, year: int = 0) -> None:
        """Write a table as CSV, with the mark that lets Excel read Chinese, and as else asked for; ``year``: its only one."""
        file, data = self.folder / f"{name}.csv", of_year(frame, year, self.scope.lang) if year and len(frame) else frame
        with whole(file) as part:
            as_text(data).to_csv(part, encoding="utf-8-sig", lineterminator="\n")
        also = [export_frame(data, self.folder / f"{name}.{kind}", lang=self.scope.lang).name for kind in self.also]
        columns = columns_in(frame)
        told = {"columns": [c._asdict() for c in columns], "rows": plain(frame), "sources": ids_in(columns)}
        self.sources.update(dict.fromkeys(told["sources"]))
        self.found["order"].append({"kind": "table", "name": name})
        self.found["tables"][name] = {"file": file.name, "also": also, **told}

    def save(self) -> Path:
        """Write ``results.json``: parameters, data hash, answer, figures, tables, numbers and sources."""
        if self.found["answer"] is None:
            raise HanyangError(f"notebook {self.notebook} states no answer: call record.answer() before record.save()")
        asked = [f.name for f in dataclasses.fields(self.scope) if f.name not in ("dataset", "data_dir")]
        texts = self.scope.dataset.sources.drop(columns="known_from")
        content = {
            "notebook": self.notebook,
            "scope": {name: getattr(self.scope, name) for name in asked},
            "names": called(self.scope) if isinstance(self.scope, Scope) else {},
            "data_sha256": self.scope.dataset.digest,
            **plain(self.found),
            "sources": [{"source_id": id_, **plain(texts.loc[id_])} for id_ in self.sources],
        }
        file = self.folder / "results.json"
        with whole(file) as part:
            part.write_text(json.dumps(content, ensure_ascii=False, indent=1, allow_nan=False) + "\n", "utf-8")
        return file


def called(scope: Scope) -> dict[str, Any]:
    """What region, indicator and, where there is one, comparator are called, and of which nature the indicator is."""
    beside = {"comparator": scope.pair_names["b"]} if scope.comparator else {}
    names = {"region": scope.region_name, "indicator": scope.indicator_name, **beside}
    return plain(names | {f"basis_{measure}": of[scope.basis] for measure, of in BASIS.items()})  # type: ignore[no-any-return]


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
        return [plain(row) for row in records(value.reset_index())]
    if isinstance(value, pd.Series):
        return plain(value.to_dict())
    if hasattr(value, "_asdict"):
        return plain(value._asdict())
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    value = value.item() if hasattr(value, "item") else float(value) if isinstance(value, Decimal) else value
    return None if value is pd.NA or (isinstance(value, float) and not math.isfinite(value)) else value
