"""What did a batch of runs find? One row a run, and a figure of how much each could use."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

import pandas as pd

from hanyang_data.studies.parts import figure, table
from hanyang_data.studies.study import Study
from hanyang_data.studies.summary import figure as drawing
from hanyang_data.studies.summary import runs as found
from hanyang_data.words.wording import Text


class Summary(Study):
    """The finished runs of a folder side by side; made by :func:`hanyang_data.summary`."""

    scope: found.RunsFolder  # type: ignore[assignment]
    name = "summary"
    declared = (
        figure("observations", lambda s: drawing.observations(s.scope, s.runs, size=s.size)),
        table("runs", lambda s: found.table(s.scope, s.runs)),
        figure("spread", lambda s: drawing.spread_of(s.scope, s.ranks, size=s.size), beside="spread"),
        table("spread", lambda s: found.table(s.scope, s.spread)),
        figure("ranks", lambda s: drawing.ranks_of(s.scope, s.ranks, size=s.size), beside="ranks"),
        table("ranks", lambda s: found.table(s.scope, s.ranks)),
        table("not_made", lambda s: found.lost_table(s.scope, s.not_computed)),
    )

    @cached_property
    def runs(self) -> pd.DataFrame:
        """One row a finished run: what was asked, how many observations it could use, and its finding."""
        return found.gather(self.scope)

    @cached_property
    def not_computed(self) -> pd.DataFrame:
        """The runs that a sweep planned and that left nothing: what became of each, and why."""
        return found.lost(self.scope)

    @cached_property
    def ranks(self) -> pd.DataFrame:
        """One row for each notebook, indicator and region: its estimate, its rank, and the ranks between which it lies."""
        return found.ranked(self.runs)

    @cached_property
    def spread(self) -> pd.DataFrame:
        """One row for each notebook and indicator: the quantiles of the estimates over the regions."""
        return found.spread(self.ranks)

    def _answer(self) -> Sequence[Text]:
        return (*found.answer(self.runs), found.lost_sentence(self.not_computed))

    def _used(self) -> Iterator[pd.DataFrame]:
        yield from ()

    def _numbers(self) -> Mapping[str, object]:
        return {"spread": self.spread, "not_made": self.not_computed}  # the runs themselves are a table


def summary(
    runs_dir: str | Path = "build/runs", *, runs: Sequence[str] = (), ranks_of: str = "", lang: str = "en", size: str = "page",
    data_dir: str = "",
) -> Summary:  # fmt: skip
    """What the finished runs of a folder found, side by side.

    Args:
        runs_dir: the folder that ``hanyang run`` wrote, or the Parquet file that ``hanyang runs export`` made of it.
        runs: those looked at, such as ``trend/hanyang-gdp-2017-2024-latest-en-page-1a2b3c``; empty for all of the folder.
        ranks_of: the region whose ranks are shown, by id or name; empty for the highest and the lowest.
        lang: ``en`` or ``zh``.
        size: of the figure: page, column or slide.
        data_dir: folder of another snapshot, for the names of its regions and indicators.

    Returns:
        A study with the frames ``runs, spread, ranks, not_computed``.

    Raises:
        UnknownIdError: for an unknown region, with the nearest ids.
        ParameterError: if there is no such folder.
        HanyangError: for a results.json, or a Parquet file, that is none, naming it.

    Example:
        >>> import tempfile
        >>> summary(tempfile.mkdtemp()).answer().finding
        'No finished run in the folder: run some notebooks first'
    """
    return Summary(found.RunsFolder(str(runs_dir), lang, data_dir, tuple(runs), ranks_of), size)
