"""What the sections and tables of a report are called and what a brief shows of them, as the studies declare it."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hanyang_data.studies.registry import STUDIES, declared, part
from hanyang_data.words.wording import NO_WORDS, Text


class About(NamedTuple):
    """The words of one table; {region}, {comparator}, {indicator}, {start} and {end} are filled in from the run."""

    title: Text
    note: Text = NO_WORDS
    unit: Text = NO_WORDS


class Told(NamedTuple):
    """A study in a report: its heading, its question (empty: in the annex alone), its method, and its key parts."""

    section: Text
    question: Text
    method: Text = NO_WORDS
    declared: bool = False
    key: Mapping[str, Sequence[str]] = {"figure": (), "table": ()}  # kind → names
    columns: Mapping[str, Sequence[str]] = {}  # table → those that the brief shows
    limits: Sequence[str] = ()


def about(notebook: str, table: str) -> About:
    """The words of a table; one that no study declares is called by its own name."""
    if known := part(notebook, "table", table):
        return About(known.title, known.note, known.unit)
    plain = table.replace("_", " ")
    return About(Text(plain[:1].upper() + plain[1:], plain))


def told(notebook: str) -> Told:
    """What a study declares; a notebook of the user's own is called by its name, which is its question too."""
    if notebook not in STUDIES:
        plain = notebook.replace("_", " ")
        heading = Text(plain[:1].upper() + plain[1:] + ", {start}–{end}", plain + "，{start}—{end}年")
        return Told(heading, heading)
    study = declared(notebook)
    key = {kind: [n for (k, n), p in study.parts.items() if k == kind and p.key] for kind in ("figure", "table")}
    tables = {n: p for (kind, n), p in study.parts.items() if kind == "table"}
    columns = {name: p.columns for name, p in tables.items()}
    limits = [name for name, p in tables.items() if p.limits]
    return Told(study.words.section, study.words.question, study.words.method, True, key, columns, limits)
