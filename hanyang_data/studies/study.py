"""A study: one question put to the record, computed when it is first asked for and once only, to be worked with further.

A study is declared in one place, its class: name, titles, parameters, when it has data, and its figures and tables in the order
in which a reader meets them. Notebooks, the explore page, reports and batches ask nothing else.
"""

from __future__ import annotations

import html
import os
import tempfile
from abc import abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields, replace
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

import numpy as np
import pandas as pd

from hanyang_data.charts.export import Chart, export
from hanyang_data.charts.formats import FORMATS, NONE, PICTURES, check_size
from hanyang_data.charts.given import inside, say
from hanyang_data.charts.web import shown
from hanyang_data.errors import ParameterError, nearest
from hanyang_data.record.catalogue import cite
from hanyang_data.record.observations import Dataset
from hanyang_data.studies.captions import as_known, left_out
from hanyang_data.studies.registry import Declaration, Series, frame, needs_of
from hanyang_data.studies.results import Answer, Lines, Record, Sentence, Table, brief, shown_by
from hanyang_data.studies.scope import Scope, usual
from hanyang_data.studies.tables import columns_in, ids_in
from hanyang_data.words.wording import Text, join, messages

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

SAYS = messages(__name__)
NOT_ASKED_FOR = SAYS.not_asked_for
BUILT_OF = {"asked", "chart", "declared", "has_data", "name", "named", "of", "only_year", "parts", "record", "scope"}
BUILT_OF |= {"table_beside", "words"}
Held = frozenset[Series]


class Study(Declaration):
    """What all studies can do; see :class:`hanyang_data.studies.trend.Trend` and its siblings for what each finds.

    Args:
        scope: the question.
        size: of the figures: page, column or slide.
        asked: what else was asked.
    """

    def __init__(self, scope: Any, size: str = "page", **asked: Any) -> None:
        self.scope: Scope = scope
        self.size, self.asked = check_size(size), asked
        self._drawn: dict[tuple[str, str], Any] = {}
        self._pictures: dict[str, bytes] = {}

    def __reduce__(self) -> tuple[Any, ...]:
        """A copy, also for another process, is the same question, answered when it is asked."""
        question = {field.name: getattr(self.scope, field.name) for field in fields(self.scope) if field.init}
        return _again, (type(self), type(self.scope), question, self.size, self.asked)

    @classmethod
    def of(cls, parameters: Mapping[str, Any]) -> Self:
        """The study that a notebook asks for with these parameters, checked.

        Raises:
            HanyangError: the first thing that is wrong, in one sentence.
        """
        asked = usual(parameters)
        scope = Scope.check(asked, needs_of(cls.name))
        own = {field.name for field in fields(scope)}
        return cls(scope, **{name: value for name, value in asked.items() if name not in own})

    @classmethod
    def has_data(cls, held: Held, asked: Mapping[str, Any], dataset: Dataset) -> bool:
        """Whether a snapshot that holds ``held`` has anything to show for these parameters; quick, for menus."""
        return all(any(series in held for series in one_of) for one_of in needs_of(cls.name)(asked))

    # what each study says itself

    @abstractmethod
    def _answer(self) -> Sequence[Text]:
        """The finding, and what comes next, most important first: the comparison that matters, how sure, what is missing."""

    @abstractmethod
    def _used(self) -> Iterator[pd.DataFrame]:
        """The rows that were used, with their ``source_id``."""

    @abstractmethod
    def _numbers(self) -> Mapping[str, object]:
        """The results, for ``results.json``."""

    # what one does with a study

    @property
    def figures(self) -> list[str]:
        """Names of the figures, in reading order."""
        return self.named("figure")

    @property
    def tables(self) -> list[str]:
        """Names of the tables, in reading order."""
        return self.named("table")

    def answer(self, lang: str = "") -> Answer:
        """The finding in one sentence, and what qualifies it; ``en`` or ``zh``, by default the language of the study."""
        finding, *sentences = [text.to(lang or self.scope.lang) for text in self._texts]
        return Answer(finding, tuple(sentences), lang or self.scope.lang)

    def plot(
        self, name: str = "", *, lang: str = "", size: str = "", ax: Axes | Sequence[Axes] | None = None
    ) -> Figure | Sentence:
        """A figure of the study, its title, note and source line included; it is the caller's to change.

        Args:
            name: one of :attr:`figures`; by default the first.
            lang: ``en`` or ``zh``; by default the language of the study.
            size: page (16 cm), column (8.5 cm) or slide (25.4 cm); by default that of the study. With ``ax`` that of the text.
            ax: axes of a figure of your own to draw in, as many as the figure has panels; its subtitle stands above them,
                and title, note and source (:attr:`sources`) are yours to set.

        Returns:
            A matplotlib figure; where there is nothing to draw, the sentence that says why, in ``ax`` too.

        Raises:
            ParameterError: for a figure, language or size that there is not, and axes that are too few or too small.
        """
        study = self._as(lang or self.scope.lang, size or self.size)
        name = name or study.figures[0]
        if ax is not None:
            return study._inside(list(np.ravel(np.asarray(ax, dtype=object))), name)
        chart = study.chart(name)
        if isinstance(chart, Text):
            return Sentence(chart.to(study.scope.lang))
        return shown_by(partial(study._bundle, name), chart.figure)

    def table(self, name: str = "", *, lang: str = "") -> Table:
        """A table as a report prints it, heads and words in ``lang``.

        Raises:
            ParameterError: for a table or a language that there is not.
        """
        study = self._as(lang or self.scope.lang, self.size)
        return Table.of(study._once("table", name or study.tables[0]), study.scope.lang)

    @frame
    def sources(self) -> pd.DataFrame:
        """The texts behind figures and tables, indexed by id, by date: ``published_on, publisher, title, kind, url``."""
        ids = {**self._ids}
        for kind, name in self.parts:
            made = self.chart(name) if kind == "figure" else self._once(kind, name)
            ids |= dict.fromkeys(made.caption.source_ids if isinstance(made, Chart) else [])
            ids |= dict.fromkeys(ids_in(columns_in(made)) if kind == "table" else [])
        texts = self.scope.dataset.sources.loc[list(ids)].sort_values("known_from", kind="stable")
        title, publisher = ("title_zh", "publisher_zh") if self.scope.lang == "zh" else ("title_en", "publisher")
        wanted = {"published_on": "published_on", publisher: "publisher", title: "title", "kind": "kind", "url": "url"}
        return texts[list(wanted)].rename(columns=wanted)

    def cited(self, lang: str = "") -> Lines:
        """The same as a list of references, one a line."""
        return Lines(cite([str(id_)], lang or self.scope.lang, self.scope.dataset) for id_ in self.sources.index)

    def save(self, folder: str | Path = "", formats: Sequence[str] = FORMATS) -> Path:
        """Write figures, tables and ``results.json``.

        Args:
            folder: where to; by default one of its own below ``build/lab`` of the project, or of the current folder.
            formats: of figures png, svg and pdf, or none; of tables, which are written as CSV, also xlsx, parquet and dta.

        Returns:
            The folder.

        Raises:
            ParameterError: for an unknown format.
            HanyangError: if the folder cannot be written.
        """
        record = self.record(folder, formats)
        record.sources |= self._ids
        record.found["numbers"] = self._numbers()
        finding, *sentences = self._texts
        record.answer(finding, join(sentences))
        for kind, name in self.parts:
            if kind == "figure":
                chart = NOT_ASKED_FOR if NONE in formats else self._untouched(name)
                record.figure(name, chart, self._pictures.get(name), self._said[0].to(self.scope.lang))
            else:
                record.table(name, self._once("table", name), self.only_year(name))
        return record.save().parent

    def record(self, folder: str | Path = "", formats: Sequence[str] = FORMATS) -> Record:
        """What writes the files of this study into a folder; :meth:`save` writes them all."""
        return Record(self.name, self.scope, folder, formats, **self.asked, size=self.size)

    def only_year(self, table: str) -> int:
        """The year of a table of one year, which its title says and no column; 0 of others."""
        return getattr(self, "year", 0) if self.parts["table", table].one_year else 0

    # how it shows itself

    def __dir__(self) -> list[str]:
        """What Tab offers: what one does with a study, and not what it is built of."""
        return [name for name in super().__dir__() if name not in BUILT_OF]

    def __repr__(self) -> str:
        return f"{self.answer()}\n\nfigures: {', '.join(self.figures)}\ntables: {', '.join(self.tables)}"

    def _repr_mimebundle_(self, **_: object) -> dict[str, Any]:
        answer = self.answer()
        parts = [f"<p><b>{html.escape(answer.finding)}</b></p>"]
        parts += [f"<p>{html.escape(answer.paragraph)}</p>"] * bool(answer.sentences)
        drawn = self.plot()
        if isinstance(drawn, Sentence):
            parts.append(f"<p>{html.escape(drawn)}</p>")
        else:
            parts.append(self._bundle(self.figures[0])[0]["text/html"])
        return {"text/html": "\n".join(parts), "text/plain": repr(self)}

    # inside

    _said = cached_property[Sequence[Text]](lambda s: s._answer())

    @cached_property
    def _ids(self) -> dict[str, None]:
        return dict.fromkeys(str(id_) for frame in self._used() for id_ in frame["source_id"] if id_)

    @cached_property
    def _texts(self) -> tuple[Text, ...]:
        if not isinstance(self.scope, Scope):  # a summary has no such day, and no window
            return brief(self._said)
        return brief([as_known(self._said[0], self.scope.as_of), left_out(self.scope), *self._said[1:]])

    def chart(self, name: str) -> Chart | Text:
        """A figure with its caption, or the sentence on why there is none; drawn once, and not in a run that is to draw none."""
        return NOT_ASKED_FOR if os.environ.get(PICTURES) == NONE else self._once("figure", name)

    def _inside(self, axes: Sequence[Axes], name: str) -> Figure | Sentence:
        with inside(axes):
            made = NOT_ASKED_FOR if os.environ.get(PICTURES) == NONE else self._made("figure", name)
        return say(axes, Sentence(made.to(self.scope.lang))) if isinstance(made, Text) else made.figure

    def _once(self, kind: str, name: str) -> Any:
        if (kind, name) not in self._drawn:
            self._drawn[kind, name] = self._made(kind, name)
        return self._drawn[kind, name]

    def _made(self, kind: str, name: str) -> Any:
        if (kind, name) not in self.parts:
            known = self.figures if kind == "figure" else self.tables
            raise ParameterError(f"{self.name} has no {kind} {name!r}: {nearest(name, known)}")
        return self.parts[kind, name].make(self)

    def _as(self, lang: str, size: str) -> Self:
        """The same study in another language or size."""
        same = (lang, size) == (self.scope.lang, self.size)
        return self if same else type(self)(replace(self.scope, lang=lang), size, **self.asked)

    def _untouched(self, name: str) -> Chart | Text:
        """The figure as the study draws it: one that its caller changed after it was shown or plotted is drawn anew."""
        chart = self.chart(name)
        if isinstance(chart, Text) or not hasattr(chart.figure, "_repr_mimebundle_"):
            return chart
        if name in self._pictures and not chart.figure.stale:
            return chart
        self._pictures.pop(name, None)
        return self._made("figure", name)  # type: ignore[no-any-return]

    def _bundle(self, name: str, **_: object) -> tuple[dict[str, Any], dict[str, Any]]:
        """What Jupyter shows of a figure: the picture as it would be exported, its marks in reach, with its alt text."""
        chart = self.chart(name)
        assert isinstance(chart, Chart)
        if name not in self._pictures or chart.figure.stale:
            with tempfile.TemporaryDirectory() as folder:
                (file,) = export(chart, Path(folder), name, ["png"])
                self._pictures[name] = file.read_bytes()
        page = shown(self._pictures[name], chart.figure, chart.caption.alt)
        chart.figure.stale = False  # its caller has not changed it
        return page


def _again(kind: type[Study], question: type[Any], own: Mapping[str, Any], size: str, asked: Mapping[str, Any]) -> Study:
    """The study of a question that was taken along."""
    return kind(question(**own), size, **asked)
