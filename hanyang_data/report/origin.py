"""The map of a report: which figures and tables a run gave, with its name, parameters and data hash."""

from __future__ import annotations

from itertools import groupby

from hanyang_data.report.content import Document, Section, label


def origins(document: Document) -> list[list[str]]:
    """A row a run, in the order of the report: its figures and tables, its name, its parameters, the hash of its data."""
    return [[_items(document, s) or "–", s.entry.run, s.parameters, s.data or "–"] for s in document.sections]


def _items(document: Document, section: Section) -> str:
    """Figures 1–2; Tables 3, A5: what has one label stands under it once, runs of numbers shortened."""
    items = sorted(section.items, key=lambda item: label(item).en)
    found = []
    for _, same in groupby(items, key=lambda item: label(item).to(document.lang)):
        listed = list(same)
        numbers = (", " if document.lang == "en" else "、").join(
            _short([i.number.removeprefix("A" * (document.lang == "zh")) for i in listed])
        )
        found.append(document.say(label(listed[0])) + (" " if document.lang == "en" else "") + numbers)
    return ("; " if document.lang == "en" else "；").join(found)


def _short(numbers: list[str]) -> list[str]:
    """A1, A2, A3, A5 as A1–A3, A5."""
    runs: list[list[str]] = []
    for number in numbers:
        prefix, digits = ("A", number[1:]) if number.startswith("A") else ("", number)
        if runs and runs[-1][-1] == f"{prefix}{int(digits) - 1}":
            runs[-1].append(number)
        else:
            runs.append([number])
    return [run[0] if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs]
