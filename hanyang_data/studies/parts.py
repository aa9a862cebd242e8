"""How a study declares its figures and tables, each by name with what makes it; their words stand in the study's catalogue."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from hanyang_data.words.wording import NO_WORDS, Text, messages

Declared = tuple[str, str, dict[str, Any]]  # figure or table, its name, and the fields of its Part that are no words


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
    make: Callable[[Any], Any] = lambda study: None  # of the study: the chart, or the frame with its heads


class Words(NamedTuple):
    """What a study is called: in menus, and as a section of a report."""

    label: Text
    section: Text
    question: Text  # of a study that a brief may hold, and how it answers it; else no words
    method: Text


def worded(study: str, declared: Sequence[Declared]) -> tuple[Words, dict[tuple[str, str], Part]]:
    """The words of a study and of its parts, from the rows ``parts`` of its catalogue."""
    says = messages(f"{__package__}.{study}.parts")
    told: dict[str, dict[str, Any]] = {kind: says.records(f"{kind}s") for kind in ("figure", "table")}
    parts = {(kind, name): Part(**told[kind][name], **how) for kind, name, how in declared}
    question, method = (getattr(says, name, NO_WORDS) for name in ("question", "method"))
    return Words(says.label, says.section, question, method), parts


def figure(name: str, make: Callable[[Any], Any], *, key: bool = False, beside: str = "") -> Declared:
    """A figure of a study; ``key`` and ``beside`` as of :class:`Part`."""
    return "figure", name, {"make": make, "key": key, "beside": beside}


def table(name: str, make: Callable[[Any], Any], *, key: bool | Sequence[str] = False, limits: bool = False) -> Declared:
    """A table of a study; ``key``: whether the brief of a report shows it, or the columns it shows."""
    columns = () if isinstance(key, bool) else tuple(key)
    return "table", name, {"make": make, "key": bool(key), "columns": columns, "limits": limits}
