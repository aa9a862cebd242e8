"""Sourced annual series of Hanyang District and Wuhan.

>>> import hanyang_data as hd
>>> hd.load("gdp", "hanyang")        # one series: value, unit, qualifier, vintage, date, source, flag
>>> hd.targets("gdp", "hanyang")     # the targets set for it
>>> hd.compare("gdp", ["hanyang", "wuhan"])
>>> hd.segments(hd.load("gdp", "hanyang", "level"))  # cut where a break makes levels incomparable
>>> hd.breaks("gdp", "hanyang")      # and why
>>> hd.revisions("gdp", "wuhan")     # first and latest reading of each year
>>> hd.derived.chained_index("gdp", "wuhan", base_year=2019)  # computed, never stored
>>> hd.cite(hd.load("gdp"), "en")    # where it was printed
>>> hd.export(hd.load("gdp"), "gdp.xlsx")  # for who goes on in Excel, Stata (.dta) or Arrow (.parquet)
>>> hd.catalog()                     # what exists
>>> hd.style()                       # font, colours and size of the figures for plots of your own; or with hd.style():
>>> hd.dataset_from_file("my.xlsx", region="汉阳")  # your own table, for dataset= of all calls
"""

from __future__ import annotations

import sys
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hanyang_data import derived
    from hanyang_data.breaks import breaks
    from hanyang_data.catalog import catalog, cite
    from hanyang_data.exports import export
    from hanyang_data.frames import segments
    from hanyang_data.intake import dataset_from_file, dataset_from_frame
    from hanyang_data.look import style
    from hanyang_data.observations import Dataset, open_dataset
    from hanyang_data.revisions import revisions
    from hanyang_data.series import compare, load, targets

__version__ = "0.1.0"
__all__ = [
    "Dataset",
    "breaks",
    "catalog",
    "cite",
    "compare",
    "dataset_from_file",
    "dataset_from_frame",
    "derived",
    "export",
    "load",
    "open_dataset",
    "revisions",
    "segments",
    "style",
    "targets",
]

# where each name comes from; it is imported when it is first asked for, so that a command that finds all of its runs up to date
# does not wait for pandas
_HOMES = {
    "Dataset": "observations",
    "breaks": "breaks",
    "catalog": "catalog",
    "cite": "catalog",
    "compare": "series",
    "dataset_from_file": "intake",
    "dataset_from_frame": "intake",
    "export": "exports",
    "load": "series",
    "open_dataset": "observations",
    "revisions": "revisions",
    "segments": "frames",
    "style": "look",
    "targets": "series",
}


class _Package(ModuleType):
    """The package: a name of the API is what it says, also where a module is called the same (``breaks``, ``catalog``)."""

    def __dir__(self) -> list[str]:
        return sorted(__all__)  # what Tab offers after hd. is the API, and no module inside

    def __getattr__(self, name: str) -> Any:
        if name == "derived":
            return import_module("hanyang_data.derived")
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def _of(name: str, home: str) -> property:
    # the import system sets a module as an attribute of its package: nothing to keep here
    return property(lambda _: getattr(import_module(f"{__name__}.{home}"), name), lambda _, module: None)


for _name, _home in _HOMES.items():
    setattr(_Package, _name, _of(_name, _home))
sys.modules[__name__].__class__ = _Package
