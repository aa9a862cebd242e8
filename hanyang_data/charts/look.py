"""The look of the project's figures for one's own: font, colours and sizes for plots of pandas, seaborn and matplotlib."""

from __future__ import annotations

from types import TracebackType
from typing import Any

import matplotlib as mpl
from cycler import cycler

from hanyang_data.charts.style import CM, COLOURS, INK, MEET, Size, settings
from hanyang_data.charts.style import size as size_of
from hanyang_data.record.catalogue import check_region
from hanyang_data.record.observations import default_dataset

RATIO = 0.6  # height of a figure to its width
TITLE = 1.32  # size of a title to that of the text


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
        self.size: Size = size_of(size)
        # the backend is Jupyter's business, also where it is chosen in between
        self._before: Any = {name: value for name, value in mpl.rcParams.copy().items() if name != "backend"}
        mpl.rcParams.update(_own(self.size))

    def colour(self, region: str) -> str:
        """The colour that a region has in all figures; the region by id or name."""
        return COLOURS.get(check_region(region, default_dataset()), MEET)

    def undo(self) -> None:
        """Leave matplotlib as it was before."""
        mpl.rcParams.update(self._before)

    def __enter__(self) -> style:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.undo()


def _own(chosen: Size) -> Any:
    """The theme, with what figures of our own set one by one."""
    return {
        **settings(chosen),
        "figure.figsize": (chosen.width * CM, chosen.width * CM * RATIO), "figure.constrained_layout.use": True,
        "axes.prop_cycle": cycler(color=list(COLOURS.values())), "axes.spines.top": False, "axes.spines.right": False,
        "axes.titlesize": chosen.text * TITLE, "figure.titlesize": chosen.text * TITLE, "axes.titlelocation": "left",
        "axes.labelcolor": INK, "legend.title_fontsize": chosen.text, "legend.frameon": False,
        "xtick.minor.size": 0, "ytick.minor.size": 0,
    }  # fmt: skip
