"""What the tables and sections of the notebooks are called in a report, as their studies declare it."""

from __future__ import annotations

from typing import NamedTuple

from hanyang_data.studies.registry import STUDIES, declared, part
from hanyang_data.words.wording import Text


class About(NamedTuple):
    """The words of one table; {region}, {comparator}, {indicator}, {start} and {end} are filled in from the run."""

    title: Text
    note: Text = Text("", "")
    unit: Text = Text("", "")


def about(notebook: str, table: str) -> About:
    """The words of a table; one that no study declares is called by its own name."""
    if known := part(notebook, "table", table):
        return About(known.title, known.note, known.unit)
    plain = table.replace("_", " ")
    return About(Text(plain[:1].upper() + plain[1:], plain))


def section(notebook: str) -> Text:
    """The heading of a run; of a notebook of the user's own its name."""
    if notebook in STUDIES:
        heading: Text = declared(notebook).words.SECTION
        return heading
    plain = notebook.replace("_", " ")
    return Text(plain[:1].upper() + plain[1:] + ", {start}–{end}", plain + "，{start}–{end}年")
