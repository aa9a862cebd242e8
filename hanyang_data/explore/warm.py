"""What every visitor's page needs and no visitor changes, done once in the process that the kernels are forked from.

Importing this module is the warming, after that of :mod:`hanyang_data.batch.warm`.
"""

from __future__ import annotations

import gc

import ipykernel.ipkernel
import ipykernel.kernelapp
import ipykernel.zmqshell  # noqa: F401
from hanyang_data.charts.web import font_face
from hanyang_data.explore import view  # noqa: F401
from hanyang_data.explore.choices import shelf_of, start
from hanyang_data.explore.look import everything_said
from hanyang_data.explore.screen import screen
from hanyang_data.studies.registry import ANALYSES
from hanyang_data.words.wording import LANGUAGES


def _warm() -> None:
    """See what a visitor sees first of each analysis, and cut the letters for it."""
    shelf = shelf_of("")
    for choice in (shelf.settle(start(lang, analysis)) for analysis in ANALYSES for lang in LANGUAGES):
        screen(choice)
        for name in choice.__dataclass_fields__:
            if name not in ("lang", "regions"):
                shelf.values(name, choice)
    font_face(everything_said(shelf.dataset))


_warm()
gc.collect()
gc.freeze()  # a child that never looks at it shares its pages
