"""What every run needs and no run changes, done once in the process that all runs are forked from.

Importing this module is the warming. Nothing here may leave anything behind that a notebook could see: the tests compare
the outputs of forked runs with those of fresh kernels.
"""

from __future__ import annotations

import gc
import io

import statsmodels.api
import statsmodels.formula.api
import statsmodels.stats.weightstats  # noqa: F401
from matplotlib.figure import Figure

import hanyang_data.batch.engine
import hanyang_data.findings
import hanyang_data.findings_audit
import hanyang_data.results
import hanyang_data.studies
import hanyang_data.studies_gap
import hanyang_data.studies_targets
import hanyang_data.summary
import hanyang_data.tables
import hanyang_data.tables_audit
import hanyang_data.tables_gap
import hanyang_data.tables_targets
import hanyang_data.tables_trend  # noqa: F401
from hanyang_data.figures.style import theme
from hanyang_data.observations import default_dataset

default_dataset()
nbformat.validate(nbformat.v4.new_notebook())  # its validator is compiled once
with theme("page"):  # fonts and writers are set up at the first figure
    _figure = Figure()
    _figure.text(0.5, 0.5, "汉阳 Hanyang −1.0%")
    for _kind in ("png", "svg", "pdf"):
        _figure.savefig(io.BytesIO(), format=_kind)
del _figure, _kind
gc.collect()
gc.freeze()  # what is here stays, and a child that never looks at it shares its pages
