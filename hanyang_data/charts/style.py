"""What a figure looks like, the project's or one's own: theme and size are apart, every series has one colour and one name."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, NamedTuple

import matplotlib as mpl
from cycler import cycler
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from hanyang_data.charts.formats import check_size
from hanyang_data.charts.typeface import SPARE, font_family, headline, text_width, wrap
from hanyang_data.errors import ParameterError
from hanyang_data.record.catalogue import check_region
from hanyang_data.record.observations import default_dataset

CM = 1 / 2.54  # inch
POINTS_PER_CM = 72 / 2.54
PLOT = "hanyang_plot"  # the attribute of a figure that says where between its words it is drawn
ANSWER = "answer: "  # the id of an artist that holds what it answers; the backend makes a title of it
MARGIN = 0.25  # cm, left and right of all text
NARROW = 12.0  # cm
LEAST = 0.7  # of the height a figure asks for: below, its words would lie on one another
RATIO = 0.6  # height of a figure of one's own to its width
TITLE = 1.32  # size of a title to that of the text
FOOT, NAMED = 1.9, 1.5  # below axes, in sizes of the text: for the numbers at the scale, and for its name
INK = "#1a1a1a"
SOFT = "#595959"  # notes, axis text: 7:1 on white
FAINT = "#767676"  # words for what is missing: 4.5:1 on white
RULE = "#d0d0d0"
BAND = "#e3e3e3"
SHADE = "#f1f1f1"  # a year that is no year like the others
MISS = "#b3400a"  # below target or behind the city
MEET = "#0b4f8a"  # at or above
# one colour per region: the subject dark, the city mid-grey, the others apart in lightness from both
COLOURS = {
    "hanyang": "#0b4f8a", "wuhan": "#808080", "wuchang": "#6a3d9a", "hongshan": "#00695c", "jiangan": "#8c510a",
    "jianghan": "#ad1457", "qiaokou": "#37474f", "qingshan": "#2e7d32", "dongxihu": "#4527a0", "caidian": "#795548",
    "jiangxia": "#00838f", "huangpi": "#9e6c00", "xinzhou": "#5d4037", "wuhan_etdz": "#283593", "east_lake_htdz": "#c62828",
    "hannan": "#1b5e20", "east_lake_scenic": "#4e6b00",
}  # fmt: skip


class Size(NamedTuple):
    """Width in cm and base text size in points, both at the size of the final page."""

    width: float
    text: float
    given: tuple[Axes, ...] = ()  # of somebody's own figure, to be drawn in; none where the figure is ours

    @property
    def room(self) -> float:
        """Points between the margins."""
        return (self.width - 2 * MARGIN) * POINTS_PER_CM

    @property
    def narrow(self) -> bool:
        """Whether there is no room for a table, or for names, beside the plot; they stand above its rows then."""
        return self.width < NARROW or bool(self.given)


SIZES = {"page": Size(16.0, 8.5), "column": Size(8.5, 8.0), "slide": Size(25.4, 14.0)}
MIN_TEXT = 8.0  # points at the size of the final page; asserted at export


class Caption(NamedTuple):
    """Everything a figure says in words, in one language, and the ids of its sources, which the words may sum up."""

    title: str
    subtitle: str
    note: str
    source: str
    alt: str
    source_ids: tuple[str, ...] = ()
    more: str = ""  # what two lines under a figure do not hold: for the annex, and for the file beside the picture
    undated: str = ""  # the title without the day on which no more was known

    @property
    def said(self) -> str:
        """The whole of what is said of the drawing: the note, and what it had no room for."""
        return f"{self.note} {self.more}".strip()


def colour(region: str, *, subject: bool = True) -> str:
    """The colour of a region: the subject dark, also where it is the city, and a comparator without a colour mid-grey."""
    own = COLOURS.get(region, MEET if subject else COLOURS["wuhan"])
    return INK if subject and own == COLOURS["wuhan"] else own


def small(points: float) -> float:
    """The size of notes and of words for what is missing: a little below the text, never below what is legible."""
    return max(MIN_TEXT, points * 0.94)


def size(name: str) -> Size:
    """A named size; a ParameterError for one that does not exist."""
    return SIZES[check_size(name)]


GIVEN: ContextVar[tuple[Axes, ...]] = ContextVar("given", default=())  # axes that a figure is to be drawn in: charts/given


def extent(ax: Axes) -> tuple[float, float]:
    """Width and height of axes, in points."""
    box, points = ax.get_window_extent(), 72 / ax.get_figure(root=True).dpi  # type: ignore[union-attr]
    return box.width * points, box.height * points


@contextmanager
def theme(size_name: str = "page") -> Iterator[Size]:
    """Draw with the theme in the named size, and leave matplotlib's settings as they were."""
    chosen = size(size_name)
    if given := GIVEN.get():
        chosen = Size(extent(given[0])[0] / POINTS_PER_CM + 2 * MARGIN, chosen.text, given)
    with mpl.rc_context(settings(chosen)):
        yield chosen


def settings(chosen: Size) -> Any:
    """What the theme sets in matplotlib."""
    look = {
        "axes.edgecolor": SOFT, "xtick.color": SOFT, "ytick.color": SOFT, "text.color": INK, "axes.labelcolor": INK,
        "axes.axisbelow": True, "axes.facecolor": "white", "figure.facecolor": "white", "axes.grid": False,
        "grid.color": RULE, "lines.solid_capstyle": "round", "patch.edgecolor": "w", "patch.force_edgecolor": True,
        "patch.linewidth": 0.8, "lines.markersize": 4.8, "grid.linewidth": 0.8,
    }  # fmt: skip
    words = dict.fromkeys(["font.size", "axes.labelsize", "xtick.labelsize", "ytick.labelsize", "legend.fontsize"], chosen.text)
    fixed = {
        "font.family": [font_family(), SPARE], "axes.unicode_minus": True, "axes.linewidth": 0.6, "lines.linewidth": 1.3,
        "xtick.major.width": 0.6, "ytick.major.width": 0.6, "xtick.major.size": 2.5, "ytick.major.size": 2.5,
        # the same figure is the same bytes: no random ids; text as outlines, so that it needs no font at the reader's
        "text.parse_math": False,  # a dollar in a title is a dollar
        "svg.hashsalt": "hanyang", "svg.fonttype": "path", "pdf.fonttype": 3, "savefig.bbox": None, "savefig.dpi": 300,
    }  # fmt: skip
    return {**look, **words, **fixed}


def canvas(caption: Caption, chosen: Size, plot_height: float, rows: int = 1) -> tuple[Figure, list[Axes]]:
    """A figure with its words set: title and subtitle above, note and source below, axes between.

    The size fixes the width, to which the words are wrapped; the height follows from them and from ``plot_height`` (cm), which
    the axes take: ``rows`` of them, one above the other, sharing the x axis. Axes that were given are taken as they are, with the
    subtitle above them.
    """
    if chosen.given:
        return _taken(caption, chosen, plot_height, rows)
    sizes = [chosen.text * TITLE, chosen.text, small(chosen.text), small(chosen.text)]
    below_it = zip((caption.subtitle, caption.note, caption.source), sizes[1:], strict=True)
    lines = [headline(caption.title, chosen.room, sizes[0]), *(wrap(text, chosen.room, points) for text, points in below_it)]
    line_heights = [points * 1.36 / 72 * 2.54 for points in sizes]
    block_heights = [len(part) * height for part, height in zip(lines, line_heights, strict=True)]
    gap = chosen.text / 72 * 2.54 * 0.6
    head, foot = sum(block_heights[:2]) + 2 * gap, sum(block_heights[2:]) + 2 * gap
    total = head + plot_height + foot
    figure = Figure(figsize=(chosen.width * CM, total * CM))
    setattr(figure, PLOT, (head / total, (head + plot_height) / total))
    tops = [gap * 0.7, gap + block_heights[0], head + plot_height + gap, head + plot_height + gap * 1.3 + block_heights[2]]
    for points, part, top, height, tone in zip(sizes, lines, tops, line_heights, (INK, SOFT, SOFT, SOFT), strict=True):
        for number, line in enumerate(part):
            y = 1 - (top + number * height) / total
            figure.text(MARGIN / chosen.width, y, line, fontsize=points, color=tone, va="top")
    axes = figure.subplots(rows, 1, sharex=rows > 1, squeeze=False)
    for ax in axes[:, 0]:
        ax.spines[["top", "right"]].set_visible(False)
    return figure, list(axes[:, 0])


def _taken(caption: Caption, chosen: Size, plot_height: float, rows: int) -> tuple[Figure, list[Axes]]:
    if len(chosen.given) != rows:
        raise ParameterError(f"this figure has {rows} panel{'s' * (rows > 1)}: give as many axes, in a list, or leave ax out")
    high = sum(extent(ax)[1] for ax in chosen.given) / POINTS_PER_CM
    if high < plot_height * LEAST:
        raise ParameterError(f"the axes are {high:.1f} cm high and this figure needs {plot_height:.1f}: make theirs higher")
    for ax in chosen.given:
        ax.spines[["top", "right"]].set_visible(False)
        ax.spines[:].set(color=SOFT, linewidth=0.6)
        ax.tick_params(color=SOFT, labelcolor=SOFT, width=0.6, length=2.5, labelsize=chosen.text, labelfontfamily=font_family())
        for axis in (ax.xaxis, ax.yaxis):
            axis.label.set_fontsize(chosen.text)
    title = "\n".join(wrap(caption.subtitle, chosen.room * 0.8, chosen.text))  # names may still push the axes to the right
    chosen.given[0].set_title(title, loc="left", fontsize=chosen.text, color=SOFT)
    figure = chosen.given[0].get_figure(root=True)
    assert isinstance(figure, Figure)
    return figure, list(chosen.given)


def sheet(ax: Axes) -> tuple[float, float, float, float]:
    """The room of axes, in parts of the figure: between the words of ours, or where they were given."""
    figure = ax.get_figure(root=True)
    assert isinstance(figure, Figure)
    if (plot := getattr(figure, PLOT, None)) is None:
        return ax.get_position().bounds  # type: ignore[no-any-return]
    (top, bottom), side = plot, MARGIN * CM / figure.get_figwidth()
    return side, 1 - bottom, 1 - 2 * side, bottom - top


def place_axes(ax: Axes, points: float, *, above: float = 0.0, right: float = 0.0) -> None:
    """Put axes between the words of their figure, with room for what stands at their scales and, in points, at the other sides.

    To the point and at once: a layout engine would have to draw everything to find the same.
    """
    if GIVEN.get():
        return
    x, y, width, height = sheet(ax)
    figure_width, figure_height = ax.get_figure(root=True).get_size_inches() * 72  # type: ignore[union-attr]
    names = [line for name in ax.get_yticklabels() for line in name.get_text().split("\n")]
    left = max((text_width(line, points) for line in names), default=0.0)
    left = (left + points * 0.7 * (left > 0)) / figure_width
    below = points * (FOOT + NAMED * bool(ax.get_xlabel())) / figure_height
    ax.set_position((x + left, y + below, width - left - right / figure_width, height - below - above / figure_height))


def plot_of(figure: Figure) -> tuple[float, float] | None:
    """Where a figure of :func:`canvas` is drawn, without its words: top and bottom as parts of its height, from the top.

    A report sets the words as text and shows this part of the picture alone.
    """
    plot = getattr(figure, PLOT, None)
    return plot and (round(plot[0], 5), round(plot[1], 5))


def mark(
    ax: Axes, x: Any, y: Any, face: str, edge: str = "", *, shape: Any = "o", area: float = 36, line: float = 1.2,
    says: str = "", **more: Any,
) -> None:  # fmt: skip
    """Draw a mark, or several alike, as an artist that takes matplotlib a fifth of the time of a scatter.

    ``face`` and ``edge`` are the colours of inside and outline (the same if empty), ``area`` is in square points, ``line`` the
    outline's width; ``says`` is what the mark answers when it is asked, ``more`` is for the artist, such as ``zorder``.
    """
    look = {"marker": shape, "markersize": area**0.5, "markerfacecolor": face, "markeredgecolor": edge or face}
    (drawn,) = ax.plot(x, y, linestyle="none", markeredgewidth=line, **{"zorder": 3, **look, **more})
    answers(drawn, says)


def answers(artist: Artist, says: str) -> None:
    """Let a mark answer, in an SVG, with a text of its own when a reader points at it or comes to it with the keyboard."""
    if says:
        artist.set_gid(ANSWER + says)


class style:
    """Draw in the look of the project from now on, or within ``with`` alone.

    Chinese needs no font on the system; the width is that of the page, no text is below 8 points, and the first colours are
    those of the region studied and of its city.

    Args:
        size: ``page`` (16 cm), ``column`` (8.5 cm) or ``slide`` (25.4 cm).

    Raises:
        ParameterError: for a size that does not exist.

    Example:
        >>> import hanyang_data as hd
        >>> with hd.style() as look:
        ...     ax = hd.compare("gdp", ["汉阳", "武汉"]).plot(title="增速，%", color=[look.colour("汉阳"), look.colour("武汉")])
        >>> ax.title.get_fontname()
        'Noto Sans SC'
    """

    def __init__(self, size: str = "page") -> None:
        self.size = SIZES[check_size(size)]
        # the backend is Jupyter's business, also where it is chosen in between
        self._before: Any = {name: value for name, value in mpl.rcParams.copy().items() if name != "backend"}
        width = self.size.width * CM
        mpl.rcParams.update({  # the theme, with what figures of our own set one by one
            **settings(self.size), "figure.figsize": (width, width * RATIO), "figure.constrained_layout.use": True,
            "axes.prop_cycle": cycler(color=list(COLOURS.values())), "axes.spines.top": False, "axes.spines.right": False,
            "axes.titlesize": self.size.text * TITLE, "figure.titlesize": self.size.text * TITLE, "axes.titlelocation": "left",
            "axes.labelcolor": INK, "legend.title_fontsize": self.size.text, "legend.frameon": False,
            "xtick.minor.size": 0, "ytick.minor.size": 0,
        })  # fmt: skip

    def colour(self, region: str) -> str:
        """The colour that a region has in all figures; the region by id or name."""
        return COLOURS.get(check_region(region, default_dataset()), MEET)

    def undo(self) -> None:
        """Leave matplotlib as it was before."""
        mpl.rcParams.update(self._before)

    def __enter__(self) -> "style":
        return self

    def __exit__(self, *_: object) -> None:
        self.undo()
