"""What every run needs and no run changes, done once in the process that all runs are forked from.

Importing this module is the warming. Nothing here may leave anything behind that a notebook could see: the tests compare
the outputs of forked runs with those of fresh kernels.
"""

import gc
import os
import sys
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import Any

from hanyang_data.batch.parent import DATA, warming
from hanyang_data.errors import HanyangError

# jsonschema, which nbformat imports, would compile a grammar of web addresses for a second and a half; no notebook file has one
_GRAMMAR = "rfc3987_syntax"
_modules: dict[str, Any] = sys.modules
_modules.setdefault(_GRAMMAR, None)

# what the notebooks and papermill import only when they come to it; not above, where garbage is still looked for
MODULES = ("matplotlib.pyplot", "nbformat.v4", "seaborn", "hanyang_data.batch.engine", "hanyang_data.studies.registry")


def _warm() -> None:
    """Read the record, and set up at the first notebook and the first figure what later ones find there."""
    from nbformat import v4, validate

    from hanyang_data.charts.export import export
    from hanyang_data.record.observations import dataset_in
    from hanyang_data.record.revisions import estimates_measured_later
    from hanyang_data.studies.registry import STUDIES, declared
    from hanyang_data.studies.scope import Scope
    from hanyang_data.studies.trend import study as figure_trend

    for study in STUDIES:
        declared(study)
    validate(v4.new_notebook())  # type: ignore[no-untyped-call]  # its validator is compiled once
    with tempfile.TemporaryDirectory() as folder:
        # in one language: drawing the other too would keep every start longer than it helps its runs
        scope = Scope("hanyang", "gdp", 2017, 2024, lang="zh")
        growth, level = scope.outturns("growth"), scope.outturns("level")
        export(figure_trend.growth_and_level(scope, growth, level), Path(folder), "figure")
    for folder in filter(None, os.environ.get(DATA, "").split(os.pathsep)):
        with suppress(HanyangError):  # said where the runs are checked
            data = dataset_in(folder)
            for indicator in data.indicators.index:  # what every run asks of the whole of it
                estimates_measured_later(indicator, as_of="", dataset=data)


def share(notebook: str, parameters: dict[str, Any]) -> None:
    """Ask what the runs of a notebook have in common: the series that all of them need are read then, and stay."""
    from hanyang_data.charts.formats import NONE
    from hanyang_data.studies.registry import STUDIES, asked

    if notebook in STUDIES:
        with suppress(Exception), tempfile.TemporaryDirectory() as folder:  # what is wrong is said by the run itself
            asked(notebook, parameters).save(folder, [NONE])
        gc.freeze()


with warming(MODULES):
    _warm()
if _modules[_GRAMMAR] is None:
    del _modules[_GRAMMAR]
gc.set_threshold(50_000, 20, 100)  # a run is short: looking for cycles every 700 objects costs it more than they hold
