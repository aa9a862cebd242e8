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
>>> hd.catalog()                     # what exists
"""

from hanyang_data import derived
from hanyang_data.breaks import breaks
from hanyang_data.catalog import catalog, cite
from hanyang_data.frames import segments
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
    "derived",
    "load",
    "open_dataset",
    "revisions",
    "segments",
    "targets",
]
