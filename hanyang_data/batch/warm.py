"""What every run needs and no run changes, done once in the process that all runs are forked from.

Importing this module is the warming. Nothing here may leave anything behind that a notebook could see: the tests compare
the outputs of forked runs with those of fresh kernels.
"""

from __future__ import annotations

import gc
import tempfile
from importlib import import_module
from pathlib import Path

import nbformat.v4
from matplotlib.figure import Figure

from hanyang_data import identities, record
from hanyang_data.figures.export import Chart, export
from hanyang_data.figures.style import CM, Caption, theme
from hanyang_data.figures.style import size as named_size
from hanyang_data.observations import default_dataset

# what the notebooks import, and what matplotlib, papermill and the package import only when they come to it
MODULES = (
    "IPython.core.completer", "matplotlib.backends.backend_agg", "matplotlib.backends.backend_pdf",
    "matplotlib.backends.backend_svg", "matplotlib_inline.backend_inline", "scipy.stats", "statsmodels.api",
    "statsmodels.formula.api", "statsmodels.stats.weightstats", "hanyang_data.batch.engine", "hanyang_data.findings",
    "hanyang_data.findings_audit", "hanyang_data.results", "hanyang_data.studies", "hanyang_data.studies_gap",
    "hanyang_data.studies_targets", "hanyang_data.summary", "hanyang_data.tables", "hanyang_data.tables_audit",
    "hanyang_data.tables_gap", "hanyang_data.tables_targets", "hanyang_data.tables_trend",
)  # fmt: skip

for _name in MODULES:
    import_module(_name)
default_dataset()
nbformat.validate(nbformat.v4.new_notebook())  # type: ignore[no-untyped-call]  # its validator is compiled once
identities.findings(default_dataset())  # of the whole record, the same in every run
record.conflicts(default_dataset())
with (
    theme("page"),
    tempfile.TemporaryDirectory() as _folder,
):  # fonts, layout and writers are set up at the first figure
    _figure = Figure(figsize=(named_size("page").width * CM, 1), layout="constrained")
    _figure.add_subplot().set_title("汉阳 Hanyang −1.0%", fontsize=9)
    export(Chart(_figure, Caption("a", "b", "c", "d", "e")), Path(_folder), "warm")
del _figure, _folder, _name
gc.collect()
gc.set_threshold(50_000, 20, 100)  # a run is short: looking for cycles every 700 objects costs it more than they hold
gc.freeze()  # what is here stays, and a child that never looks at it shares its pages
