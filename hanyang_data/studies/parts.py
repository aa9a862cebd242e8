"""How a study declares its figures and tables: a method each, whose words stand in the study's catalogue."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from hanyang_data.words.messages import Messages
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


def parts(
    says: Messages,
    group: str,
    *,
    key: Mapping[str, Sequence[str]] | Sequence[str] = (),
    limits: Sequence[str] = (),
    beside: Mapping[str, str] | None = None,
) -> dict[str, Part]:
    """The declarations of the figures or tables of a study, from its catalogue: ``figures.by_year.label`` and so on.

    Args:
        says: the words of the study.
        group: ``figures`` or ``tables``.
        key: those that the brief of a report shows; of tables with the columns it shows, none for all.
        limits: tables that say what could not be computed.
        beside: figure → the table that is read with it.

    Example:
        >>> from hanyang_data.words.messages import messages
        >>> parts(messages("hanyang_data.studies.trend.parts"), "figures")["growth_and_level"].label.en
        'Growth and level'
    """
    columns = {name: tuple(key[name]) for name in key} if isinstance(key, Mapping) else dict.fromkeys(key, ())
    return {
        name: Part(
            **words,
            beside=(beside or {}).get(name, ""),
            key=name in columns,
            columns=columns.get(name, ()),
            limits=name in limits,
        )
        for name, words in says.records(group).items()
    }


def figure(method: Any) -> Any:
    """Declare a method of a study as one of its figures, under the method's name."""
    method.part = ("figure", method.__name__.strip("_"))
    return method


def table(method: Any) -> Any:
    """Declare a method of a study as one of its tables, under the method's name less a leading underscore and ``_table``."""
    method.part = ("table", method.__name__.strip("_").removesuffix("_table"))
    return method
