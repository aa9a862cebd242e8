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
>>> hd.trend("gdp", "wuhan")         # a study: answer, figures, tables and frames to go on with
>>> hd.growth_gap("gdp").yearly      # so are hd.target_shortfall, hd.data_audit and hd.summary
>>> hd.style()                       # font, colours and size of the figures for plots of your own; or with hd.style():
>>> hd.dataset_from_file("my.xlsx", region="汉阳")  # your own table, for dataset= of all calls
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import lazy_loader

if TYPE_CHECKING:
    from hanyang_data.charts.style import style
    from hanyang_data.reader.own_table import dataset_from_file, dataset_from_frame
    from hanyang_data.record.beside import compare, targets
    from hanyang_data.record.catalogue import catalog, cite
    from hanyang_data.record.frames import segments, stated
    from hanyang_data.record.observations import Dataset, open_dataset
    from hanyang_data.record.revisions import revisions
    from hanyang_data.record.series import breaks, load
    from hanyang_data.studies import derived
    from hanyang_data.studies.backtest.study import backtest
    from hanyang_data.studies.convergence.study import convergence
    from hanyang_data.studies.data_audit.study import data_audit
    from hanyang_data.studies.frames import export
    from hanyang_data.studies.growth_gap.study import growth_gap
    from hanyang_data.studies.summary.study import summary
    from hanyang_data.studies.target_shortfall.study import target_shortfall
    from hanyang_data.studies.trend.study import trend

__version__ = "0.2.0"
# where each name comes from (SPEC 1): it is imported when it is first asked for, so that a command that finds all of its
# runs up to date does not wait for pandas
__getattr__, __dir__, __all__ = lazy_loader.attach(
    __name__,
    submod_attrs={
        "charts.style": ["style"],
        "reader.own_table": ["dataset_from_file", "dataset_from_frame"],
        "studies": ["derived"],
        "record.catalogue": ["catalog", "cite"],
        "studies.frames": ["export"],
        "record.frames": ["segments", "stated"],
        "record.observations": ["Dataset", "open_dataset"],
        "record.revisions": ["revisions"],
        "record.series": ["breaks", "load"],
        "record.beside": ["compare", "targets"],
        "studies.backtest.study": ["backtest"],
        "studies.convergence.study": ["convergence"],
        "studies.data_audit.study": ["data_audit"],
        "studies.growth_gap.study": ["growth_gap"],
        "studies.summary.study": ["summary"],
        "studies.target_shortfall.study": ["target_shortfall"],
        "studies.trend.study": ["trend"],
    },
)
