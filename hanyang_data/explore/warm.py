"""What every visitor's page needs and no visitor changes, done once in the process that the kernels are forked from.

Importing this module is the warming.
"""

from __future__ import annotations

import gc
import sys
from importlib import import_module
from typing import Any

gc.disable()  # what is imported stays
_modules: dict[str, Any] = sys.modules
_modules["debugpy"] = None  # nobody debugs a page: a tenth of a kernel's memory

# what a kernel and the figures import only when they come to it
MODULES = (
    "IPython.core.completerlib", "IPython.core.debugger", "IPython.core.oinspect", "IPython.extensions.storemagic", "faulthandler",
    "ipykernel.debugger", "ipykernel.kernelapp", "ipykernel.zmqshell", "matplotlib_inline.backend_inline",
    "pandas.io.formats.csvs", "pandas.io.formats.html", "pandas.io.formats.string", "scipy.stats", "statsmodels.regression.linear_model",
)  # fmt: skip


def _warm() -> None:
    """See what a visitor sees first of each analysis, and cut the letters for it."""
    for name in MODULES:
        import_module(name)
    import pandas as pd

    pd.set_option("display.max_columns", 20)  # as pandas sets it where it is imported in a kernel and not in a terminal
    from hanyang_data.charts.web import font_face
    from hanyang_data.explore.choices import shelf_of, start
    from hanyang_data.explore.look import everything_said
    from hanyang_data.explore.view import screen
    from hanyang_data.studies.registry import ANALYSES
    from hanyang_data.words.wording import LANGUAGES

    shelf = shelf_of("")
    for choice in (shelf.settle(start(lang, analysis)) for analysis in ANALYSES for lang in LANGUAGES):
        screen(choice, "")
        for name in choice.__dataclass_fields__:
            if name not in ("lang", "regions"):
                shelf.values(name, choice)
    font_face(everything_said(shelf.dataset))


_warm()
gc.enable()
gc.collect()
gc.freeze()  # a child that never looks at it shares its pages
