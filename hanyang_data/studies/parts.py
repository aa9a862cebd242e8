"""How a study declares its figures and tables: a method each, whose words stand in the study's catalogue."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any, NamedTuple

from hanyang_data.words.messages import messages
from hanyang_data.words.wording import NO_WORDS, Text


class Part(NamedTuple):
    """The words of a figure or a table: its name in menus, and for a table its title, note and unit in a report."""

    label: Text
    title: Text = NO_WORDS
    note: Text = NO_WORDS
    unit: Text = NO_WORDS
    beside: str = ""  # of a figure: the table that is read with it, where it is not the next one
    key: bool = False  # whether the brief of a report shows it
    columns: tuple[str, ...] = ()  # of a table: those that the brief shows; empty for all
    limits: bool = False  # of a table: whether it says what could not be computed


class Words(NamedTuple):
    """What a study is called: in menus, and as a section of a report; figures and tables by name."""

    label: Text
    section: Text
    question: Text  # of a study that a brief may hold, and how it answers it; else no words
    method: Text
    figures: dict[str, dict[str, Text]]
    tables: dict[str, dict[str, Text]]


def words_of(study: str) -> Words:
    """The words of a study, from the rows ``parts`` of its catalogue.

    Example:
        >>> words_of("trend").figures["growth_and_level"]["label"].en
        'Growth and level'
    """
    says = messages(f"{__package__}.{study}.parts")
    question, method = (getattr(says, name, NO_WORDS) for name in ("question", "method"))
    return Words(says.label, says.section, question, method, says.records("figures"), says.records("tables"))


def figure(method: Any = None, *, key: bool = False, beside: str = "") -> Callable[[Any], Any]:
    """Declare a method of a study as one of its figures, under the method's name; ``key`` and ``beside`` as of :class:`Part`."""
    return _declared("figure", method, key=key, beside=beside)


def table(method: Any = None, *, key: bool | Sequence[str] = False, limits: bool = False) -> Callable[[Any], Any]:
    """Declare a method of a study as one of its tables, under the method's name less a leading underscore and ``_table``.

    ``key``: whether the brief of a report shows it, or the columns it shows.
    """
    columns = () if isinstance(key, bool) else tuple(key)
    return _declared("table", method, key=bool(key), columns=columns, limits=limits)


def _declared(kind: str, method: Any, **how: Any) -> Callable[[Any], Any]:
    if method is None:
        return partial(_declared, kind, **how)
    method.part = kind, method.__name__.strip("_").removesuffix("_table"), how
    made: Callable[[Any], Any] = method
    return made
