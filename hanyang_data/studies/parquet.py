"""Parquet, written and read by DuckDB: pandas alone writes none, and with pyarrow beside it takes half as much memory again."""

from __future__ import annotations

import json
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from hanyang_data.errors import HanyangError

if TYPE_CHECKING:
    import pandas as pd

ATTRS = "PANDAS_ATTRS"  # where pandas looks for what a frame is of


def write(table: pd.DataFrame, file: Path, attrs: dict[str, str] | None = None) -> None:
    """Write a frame; ``attrs`` come back as those of the frame where pandas reads it.

    Raises:
        HanyangError: if DuckDB is not installed.
    """
    _there()
    import duckdb

    texts = table.select_dtypes("str").astype(object)  # which an older DuckDB knows
    table = table.copy()
    table[texts.columns] = texts.where(texts.notna(), None)
    # the type of a column is that of all its cells, and not of the first thousand
    with duckdb.connect(config={"pandas_analyze_sample": max(len(table), 1)}) as base:
        base.register("data", table)
        told = {"file": str(file), "told": json.dumps(attrs or {})}
        base.execute(f"COPY data TO $file (FORMAT parquet, KV_METADATA {{{ATTRS}: $told}})", told)


def read(file: Path) -> pd.DataFrame:
    """Read a file as a frame.

    Raises:
        HanyangError: if it is none of Parquet, or DuckDB is not installed.
    """
    _there()
    import duckdb

    try:
        return duckdb.read_parquet(str(file)).df()
    except duckdb.Error as error:
        raise HanyangError(f"{file} cannot be read as Parquet: {str(error).splitlines()[0]}") from None


def _there() -> None:
    if find_spec("duckdb") is None:
        raise HanyangError("Parquet needs DuckDB: pip install 'hanyang-data[duckdb]'")
