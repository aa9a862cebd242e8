"""Numbers that follow each other: which of them count, and what a bound at one end of the row says of the others.

``分别增长6%、8%以上`` and ``分别超过8万元、4.5万元`` print one bound for all; ``连续跨越7万亿、8万亿、9万亿三个大台阶``
prints milestones, of which only the last is the level that was reached.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from hanyang_data.reader.numbers import Quantity

REACHED = "跨越"  # what the last of several milestones begins with

_BEHIND = ("以上", "左右", "以内", "以下")
_BEFORE = re.compile(r"^(跨上|迈上|跃上|站上|跨过|跨越|迈过|不超过|不高于|不低于|不少于|突破|超过|超出|超|高于|大约|约|接近|近)")
_STEP = re.compile(r"(连续|相继|先后|接连)[^，。；、]{0,6}$|(迈上|跨越|跨过|突破|越过|站上|跃上|迈过)$")
_STEPS = re.compile(r"元?(这?[二两三四五六\d]个?)?(大?台阶|大?关口|大关)")


class Meant(NamedTuple):
    """A number of a row as it is meant, how sure that is, and why it is not sure."""

    quantity: Quantity
    sure: float = 1.0
    reason: str = ""


def groups(text: str, found: list[Quantity]) -> list[list[Quantity]]:
    """Numbers that follow each other with nothing but 、 or 和 between; of milestones only the last."""
    made: list[list[Quantity]] = []
    for quantity in found:
        if made and re.fullmatch(r"[、和与及]+", text[made[-1][-1].end : quantity.start]):
            made[-1].append(quantity)
        else:
            made.append([quantity])
    return [_reached(text, group) for group in made]


def _reached(text: str, group: list[Quantity]) -> list[Quantity]:
    first, last = group[0], group[-1]
    steps = _STEP.search(text[: first.start]) or re.match("迈上|跨越|跨过|突破|越过|站上|跃上|迈过", first.text)
    if len(group) > 1 and steps and _STEPS.match(text, last.end):
        return [last._replace(text=REACHED + last.text)]
    return group


def in_a_row(group: list[Quantity]) -> list[Meant]:
    """The numbers of several subjects, each with the bound that stands before the first or behind the last."""
    before, behind = _BEFORE.match(group[0].text), next((w for w in _BEHIND if group[-1].text.endswith(w)), "")
    meant = []
    for k, quantity in enumerate(group):
        if behind and k < len(group) - 1 and not quantity.text.endswith(_BEHIND):
            word, text = behind, quantity.text + behind
        elif before and k and not _BEFORE.match(quantity.text):
            word, text = before[0], before[0] + quantity.text
        else:
            meant.append(Meant(quantity))
            continue
        meant.append(Meant(quantity._replace(text=text), 0.85, f"{word} read for all numbers in the row"))
    return meant
