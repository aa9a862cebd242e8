"""Where words stand in a plot so that none touches another, a mark, or the line of a break: boxes measured in points."""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from hanyang_data.charts.typeface import text_width

HEIGHT = 1.18  # of a line of text, in its size
TOUCH, APART = 0.4, 1.2  # points that two boxes may share in height, and that lie between words beside each other
GAP = 5.5  # points from the middle of a mark to the edge of its label


class Box(NamedTuple):
    """A rectangle in points from the lower left corner of the axes."""

    x0: float
    y0: float
    x1: float
    y1: float

    def meets(self, other: "Box") -> bool:
        """Whether the two share more than a hair of height, and stand closer than words do."""
        wide = min(self.x1, other.x1) - max(self.x0, other.x0)
        return wide > -APART and min(self.y1, other.y1) - max(self.y0, other.y0) > TOUCH

    def within(self, other: "Box") -> bool:
        """Whether it lies in another one, but for a hair."""
        low, high = self.x0 >= other.x0 - TOUCH and self.y0 >= other.y0 - TOUCH, self.x1 <= other.x1 + TOUCH
        return low and high and self.y1 <= other.y1 + TOUCH


class Label(NamedTuple):
    """A word for a point of the plot, and the side on which it stands first."""

    text: str
    x: float
    y: float
    below: bool = False
    gap: float = GAP


def around(x: float, y: float, radius: float) -> Box:
    """The box of a mark."""
    return Box(x - radius, y - radius, x + radius, y + radius)


def place(wanted: Sequence[Label], points: float, taken: Sequence[Box], inside: Box) -> list[Box | None]:
    """The place of each label, the first ones having the choice; None where there is no free one.

    None may cover what is ``taken``: marks, lines of breaks, other words; all stay ``inside``; ``points`` is the text's size.
    """
    full, found = list(taken), []
    for label in wanted:
        box = next((b for b in _tries(label, points, inside) if not any(map(b.meets, full))), None)
        full += [box] if box else []
        found.append(box)
    return found


def rows(spans: Sequence[tuple[float, float]]) -> list[int]:
    """For each span along the top the first row in which it touches none before it."""
    taken: list[list[tuple[float, float]]] = []
    found = []
    for low, high in spans:
        row = next((n for n, held in enumerate(taken) if all(high < a or b < low for a, b in held)), len(taken))
        taken += [[] for _ in range(row + 1 - len(taken))]
        taken[row].append((low, high))
        found.append(row)
    return found


def _tries(label: Label, points: float, inside: Box) -> Iterator[Box]:
    """Above or below, straight or to a side, then a line farther away, then beside the mark."""
    width, height = text_width(label.text, points), points * HEIGHT
    aside = width / 2 + 1
    for farther in (0.0, height):
        for below in (label.below, not label.below):
            for shift in (0.0, aside * 0.6, -aside * 0.6, aside, -aside):
                low, high = inside.x0 + width / 2, inside.x1 - width / 2
                x = min(max(label.x + shift, low), high)
                y = label.y - label.gap - farther - height if below else label.y + label.gap + farther
                if (box := Box(x - width / 2, y, x + width / 2, y + height)).within(inside):
                    yield box
    for x0 in (label.x + GAP, label.x - GAP - width):
        box = Box(x0, label.y - height / 2, x0 + width, label.y + height / 2)
        if box.within(inside):
            yield box
