"""Importing the package against importing pandas; a nation's snapshot of 780,000 rows against a bare frame and a mask over it."""

from __future__ import annotations

import gc
import resource
import statistics
import sys
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any

from nation import regions, write_nation
from table import Row, in_turns, row, run, seconds

COUNTIES = [id_ for id_ in regions().ids if id_.startswith("d")]
IMPORTS = {"import pandas": "import pandas", "import hanyang_data": "import hanyang_data"}


def rows() -> Iterator[Row]:
    """The import and the nation."""
    took = in_turns({name: lambda c=code: seconds(lambda: run(sys.executable, "-c", c)) for name, code in IMPORTS.items()}, 9)
    for name, found in took.items():
        yield row(name, found, over=("import pandas", took["import pandas"]))
    with tempfile.TemporaryDirectory() as folder:
        yield from _nation(Path(folder))


def _nation(folder: Path) -> Iterator[Row]:
    import pandas as pd

    import hanyang_data as hd

    file, kept = write_nation(folder) / "observations.csv", dict[str, Any]()
    ours = seconds(lambda: kept.update(data=hd.open_dataset(folder)))
    theirs = seconds(lambda: kept.update(bare=pd.read_csv(file, dtype=str)))
    data, bare = kept["data"], kept["bare"]
    yield row(f"nation of {len(data.printed):,} rows: load and check", ours, over=("pandas.read_csv", theirs), most=10)
    gc.collect()  # what loading left, which is no matter of a series
    series = partial(hd.load, "gdp", measure="level", dataset=data)
    first, *later = [1000 * seconds(partial(series, county)) for county in COUNTIES[:51]]
    masked = statistics.median(1000 * seconds(partial(_mask, bare, county)) for county in COUNTIES[:50])
    for name, took in {"first series": first, "later series": statistics.median(later)}.items():
        yield row(f"nation: {name}", took, "ms", over=("a boolean mask", masked), most=20)
    yield row("nation: catalogue of all series", seconds(lambda: kept.update(table=hd.catalog(data))))
    yield row("nation: memory, the bare frame with it", _memory(), "MB", most=1000)


def _mask(frame: Any, county: str) -> Any:
    """What one would write without the package."""
    level = (frame["measure"] == "level") & (frame["concept"] == "outturn")
    return frame[(frame["region"] == county) & (frame["indicator"] == "gdp") & level]


def _memory() -> float:
    """The most this process has held so far, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / (1e6 if sys.platform == "darwin" else 1e3)
