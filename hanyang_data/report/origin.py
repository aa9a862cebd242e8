"""The map of a report: which figures and tables a run gave, with its name, parameters and data hash."""

import re
from itertools import groupby

from hanyang_data.report.content import Document, Section, label
from hanyang_data.words.wording import runs


def origins(document: Document) -> list[list[str]]:
    """A row a run, in the order of the report: its figures and tables, its name, its parameters, the hash of its data."""
    return [[_items(document, s) or "–", s.entry.run, s.parameters, s.data or "–"] for s in document.sections]


def _items(document: Document, section: Section) -> str:
    """Figures 1–2; Tables 3, A5: what has one label stands under it once, runs of numbers shortened."""
    english = document.lang == "en"
    items = sorted(section.items, key=lambda item: label(item).en)
    found = []
    for _, same in groupby(items, key=lambda item: label(item).to(document.lang)):
        together = list(same)
        brief = runs([int(item.number) for item in together if item.number.isdigit()])
        annex = runs([int(item.number[1:]) for item in together if not item.number.isdigit()])
        numbers = [*brief, *(re.sub(r"\d+", r"A\g<0>" if english else r"\g<0>", run) for run in annex)]
        found.append(document.say(label(together[0])) + (" " if english else "") + (", " if english else "、").join(numbers))
    return ("; " if english else "；").join(found)
