"""The studies there are, what must be on record for each, and how each declares its figures and tables; light, without pandas.

Menus, report titles, warm imports and checks follow from this list and from each declaration. Each study says in the front of its
folder what it needs, where that is not growth or level of its series; figures and tables are declared by name with what makes
each, and their words stand in the study's catalogue.
"""

from __future__ import annotations

import inspect
from abc import ABC
from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property
from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

from hanyang_data.words.wording import NO_WORDS, Text, messages

if TYPE_CHECKING:
    import pandas as pd

    from hanyang_data.studies.study import Study

ANALYSES = ("trend", "growth_gap", "target_shortfall", "convergence", "backtest", "data_audit")  # ask the record
STUDIES = (*ANALYSES, "summary")  # asks finished runs

Series = tuple[str, str, str, str]  # region, indicator, measure, concept
Needs = Callable[[Mapping[str, Any]], list[list[Series]]]  # of a question: of each list one series at least
Declared = tuple[str, str, dict[str, Any]]  # figure or table, its name, and the fields of its Part that are no words


def own_series(asked: Mapping[str, Any]) -> list[list[Series]]:
    """Growth or level of the indicator of the region."""
    return [[(asked["region"], asked["indicator"], measure, "outturn") for measure in ("growth", "level")]]


def needs_of(study: str) -> Needs:
    """What a study says that it needs."""
    found: Needs = getattr(import_module(f"{__package__}.{study}"), "needs", own_series)
    return found


def needs_like(parameters: Mapping[str, Any]) -> Needs:
    """What the study needs that alone asks for parameters which are among these: a copy of its notebook asks for them too."""
    fronts = (import_module(f"{__package__}.{study}") for study in ANALYSES)
    found: Needs = next((of.needs for of in fronts if hasattr(of, "ASKS") and parameters.keys() >= of.ASKS), own_series)
    return found


class Part(NamedTuple):
    """The words of a figure or a table: its name in menus, and for a table its title, notes and unit in a report."""

    label: Text
    title: Text = NO_WORDS
    note: Text = NO_WORDS
    unit: Text = NO_WORDS
    notes: Mapping[str, Text] = MappingProxyType({})  # more of its note, each said where a column of this key is shown
    beside: str = ""  # of a figure: the table that is read with it, where it is not the next one
    key: bool = False  # whether the brief of a report shows it
    columns: tuple[str, ...] = ()  # of a table: those that the brief shows; empty for all
    limits: bool = False  # of a table: whether it says what could not be computed
    make: Callable[[Any], Any] = lambda study: None  # of the study: the chart, or the frame with its heads

    @property
    def one_year(self) -> bool:
        """Whether the title says of which year it is, and no column does."""
        return "{year}" in self.title.en


class Words(NamedTuple):
    """What a study is called: in menus, and as a section of a report."""

    label: Text
    section: Text
    question: Text
    method: Text  # how it is answered; of a notebook of the user's own no words


def worded(study: str, declared: Sequence[Declared]) -> tuple[Words, dict[tuple[str, str], Part]]:
    """The words of a study and of its parts, from the rows ``parts`` of its catalogue."""
    says = messages(f"{__package__}.{study}.parts")
    told: dict[str, dict[str, Any]] = {kind: says.records(f"{kind}s") for kind in ("figure", "table")}
    parts = {(kind, n): Part(**told[kind][n], notes=told[kind].get(f"{n}.notes", {}), **how) for kind, n, how in declared}
    return Words(says.label, says.section, says.question, says.method), parts


def figure(name: str, make: Callable[[Any], Any], *, key: bool = False, beside: str = "") -> Declared:
    """A figure of a study; ``key`` and ``beside`` as of :class:`Part`."""
    return "figure", name, {"make": make, "key": key, "beside": beside}


def table(name: str, make: Callable[[Any], Any], *, key: bool | Sequence[str] = False, limits: bool = False) -> Declared:
    """A table of a study; ``key``: whether the brief of a report shows it, or the columns it shows."""
    columns = () if isinstance(key, bool) else tuple(key)
    return "table", name, {"make": make, "key": bool(key), "columns": columns, "limits": limits}


class frame(cached_property[Any]):
    """A frame of a study, found when it is first asked for and once only; whoever asks has a copy that is his to change."""

    def __set_name__(self, owner: type[Any], name: str) -> None:
        super().__set_name__(owner, f"_found_{name}")

    def __get__(self, study: Any, owner: type[Any] | None = None) -> pd.DataFrame:
        found = super().__get__(study, owner)
        return found if study is None else found.copy(deep=False)  # pandas copies on write


class Declaration(ABC):
    """A study as it is declared, and what is asked of it before it is made."""

    name: ClassVar[str] = ""
    words: ClassVar[Words]
    declared: ClassVar[Sequence[Declared]] = ()  # its figures and tables, in the order in which a reader meets them
    parts: ClassVar[dict[tuple[str, str], Part]] = {}  # the same with their words

    def __init_subclass__(cls) -> None:
        if cls.name:
            cls.words, cls.parts = worded(cls.name, cls.declared)

    @classmethod
    def named(cls, kind: str) -> list[str]:
        """Names of its figures or tables (``kind``), in reading order."""
        return [name for of, name in cls.parts if of == kind]

    @classmethod
    def table_beside(cls, figure: str) -> str:
        """The table that is read with a figure: the one declared, else the next, else the first."""
        names = list(cls.parts)
        after = [name for kind, name in names[names.index(("figure", figure)) :] if kind == "table"]
        return cls.parts["figure", figure].beside or [*after, *cls.named("table")][0]


def module(name: str) -> str:
    """Where a study is declared.

    Example:
        >>> module("trend")
        'hanyang_data.studies.trend.study'
    """
    return f"hanyang_data.studies.{name}.study"


@cache
def declared(name: str) -> type[Study]:
    """The class of a study, by the name of its notebook."""
    found: type[Study] = getattr(import_module(module(name)), name.title().replace("_", ""))
    return found


def asked(name: str, parameters: Mapping[str, Any]) -> Study:
    """The study of a notebook with the notebook's parameters; those of the place of its files are not the study's."""
    make = getattr(import_module(module(name)), name)
    known = inspect.signature(make).parameters
    study: Study = make(**{key: value for key, value in parameters.items() if key in known})
    return study


def label(name: str) -> Text:
    """What a study is called in menus; a notebook of the user's own by its file name."""
    return declared(name).words.label if name in STUDIES else Text(name, name)
