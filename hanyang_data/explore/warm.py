"""What every visitor's page needs and no visitor changes, done once in the process that the kernels are forked from.

Importing this module is the warming.
"""

import gc
import sys
from typing import Any

from hanyang_data.batch.parent import warming

_modules: dict[str, Any] = sys.modules
_modules["debugpy"] = None  # nobody debugs a page: a tenth of a kernel's memory

# what a kernel and the page import only when they come to it
MODULES = (
    "IPython.core.debugger", "IPython.extensions.storemagic", "faulthandler", "hanyang_data.explore.kernel",
    "hanyang_data.explore.view", "ipykernel.debugger", "ipykernel.zmqshell", "tornado.platform.asyncio", "zmq.utils.garbage",
)  # fmt: skip


def _warm() -> None:
    """See what a visitor sees first of each analysis, cut the letters for it, and read a command as a kernel does."""
    from ipykernel.kernelapp import IPKernelApp

    from hanyang_data.charts.web import font_face
    from hanyang_data.explore.choices import shelf_of, start
    from hanyang_data.explore.screen import everything_said, screen
    from hanyang_data.studies.registry import ANALYSES
    from hanyang_data.words.wording import LANGUAGES

    shelf = shelf_of("")
    for choice in (shelf.settle(start(lang, analysis)) for analysis in ANALYSES for lang in LANGUAGES):
        screen(choice, "")
        for name in choice.__dataclass_fields__:
            if name not in ("lang", "regions"):
                shelf.values(name, choice)
    font_face(everything_said(shelf.dataset))
    IPKernelApp().parse_command_line(["-f", "connection.json"])  # type: ignore[no-untyped-call]


with warming(MODULES):
    _warm()
    gc.collect()
