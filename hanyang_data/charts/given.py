"""Figures in axes of somebody else's figure: their panels without title, note and source."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, TypeVar

from matplotlib import rcParams
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.text import Text

from hanyang_data.charts.style import GIVEN, SOFT
from hanyang_data.charts.typeface import SPARE, font_family, wrap
from hanyang_data.errors import ParameterError

Words = TypeVar("Words", bound=str)


@contextmanager
def inside(axes: Sequence[Axes]) -> Iterator[None]:
    """Draw in these axes what would be a figure of our own.

    Raises:
        ParameterError: where they are no axes.
    """
    if not axes or not all(isinstance(ax, Axes) for ax in axes):
        raise ParameterError(f"ax is {axes!r}: give axes of matplotlib, as plt.subplots() makes them")
    _figure_of(axes[0]).draw_without_rendering()  # a layout engine has them in their places then
    before = GIVEN.set(tuple(axes))
    try:
        yield
    finally:
        GIVEN.reset(before)
    for words in (words for ax in axes for words in ax.findobj(Text)):  # those from before can say 汉阳 too
        words.set_fontfamily([font_family(), SPARE])
    for ax in axes:
        _leave_titles(ax)


def say(axes: Sequence[Axes], words: Words) -> Words:
    """Write in axes that stay empty why they do."""
    for ax in axes:
        ax.set_axis_off()
    first, points = axes[0], float(rcParams["font.size"])
    room = first.get_window_extent().width / _figure_of(first).dpi * 72
    look: dict[str, Any] = {"color": SOFT, "fontsize": points, "fontfamily": [font_family(), SPARE]}
    first.text(0.5, 0.5, "\n".join(wrap(words, room, points)), transform=first.transAxes, ha="center", va="center", **look)
    return words


def _leave_titles(ax: Axes) -> None:
    """Leave the three titles of the axes to their owner: ours stays where it is as other words, and his come above it.

    A title knows no words above the axes, and setting one moves all of them; but it gives way to axes inside the axes.
    """
    ours = next((words for words in ax.findobj(Text) if words.get_text() and words.get_text() == ax.get_title("left")), None)
    if ours is None:
        return
    figure = _figure_of(ax)
    figure.draw_without_rendering()
    told, frame = ours.get_window_extent(), ax.get_window_extent()
    ax.inset_axes((0, 1, 1, (told.y1 - frame.y1) / frame.height)).set_axis_off()
    ax.annotate(ours.get_text(), (0, 1), xycoords="axes fraction", xytext=(0, (told.y0 - frame.y1) * 72 / figure.dpi),
                textcoords="offset points", va="bottom", color=ours.get_color(), fontsize=ours.get_fontsize(),
                fontfamily=[font_family(), SPARE])  # fmt: skip
    ax.set_title("", loc="left")


def _figure_of(ax: Axes) -> Figure:
    figure = ax.get_figure(root=True)
    assert figure is not None
    return figure
