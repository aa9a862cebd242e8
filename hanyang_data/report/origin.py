"""The last table of a report: of each figure and table its notebook, parameters and data hash."""

from __future__ import annotations

from typing import NamedTuple

from hanyang_data.report.content import Document, Section


class Origin(NamedTuple):
    """The figures and tables of one run: number and title of each; what the run was is the same for all of them."""

    section: Section
    items: list[tuple[str, str]]


def origins(document: Document) -> list[Origin]:
    """Run by run, in the order of the report; a run that left nothing has a row that says so."""
    return [
        Origin(section, [(document.number_of(item), item.title) for item in section.numbered] or [("–", section.title)])
        for section in document.sections
    ]
