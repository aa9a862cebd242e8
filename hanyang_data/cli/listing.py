"""The lists behind ``hanyang list``: one frame each."""

from collections.abc import Callable
from pathlib import Path

import pandas as pd

from hanyang_data.batch.parameters import batch_notebooks, read_parameters, title_of
from hanyang_data.batch.plan import notebooks_folder
from hanyang_data.record.catalogue import catalog
from hanyang_data.record.observations import Dataset


def analyses() -> list[Path]:
    """The notebooks that can be run in batches, by name."""
    return batch_notebooks(notebooks_folder())[0]


def notebooks(_: Dataset) -> pd.DataFrame:
    """Notebooks with the first line of what they do; last those that cannot be used, and why."""
    files, amiss = batch_notebooks(notebooks_folder())
    titles = {file.stem: title_of(file) for file in files}
    titles |= {file.stem: f"cannot be used: {why}" for file, why in amiss.items()}
    return pd.DataFrame({"notebook": list(titles), "title": list(titles.values())})


def parameters(_: Dataset) -> pd.DataFrame:
    """Every parameter of every notebook with type, default and help."""
    rows = [
        {"notebook": file.stem, "parameter": p.name, "type": p.type, "default": "computed" if p.computed else repr(p.default),
         "help": p.help}
        for file in analyses()
        for p in read_parameters(file).values()
    ]  # fmt: skip
    return pd.DataFrame(rows)


def indicators(data: Dataset) -> pd.DataFrame:
    """Indicators with both names, the unit of their levels and the nature of their growth."""
    return data.indicators.reset_index()[["id", "name_en", "name_zh", "level_unit", "growth_basis", "note"]]


def regions(data: Dataset) -> pd.DataFrame:
    """Regions with both names."""
    return data.regions.reset_index()[["id", "name_en", "name_zh", "level", "part_of"]]


LISTS: dict[str, Callable[[Dataset], pd.DataFrame]] = {
    "notebooks": notebooks,
    "parameters": parameters,
    "indicators": indicators,
    "regions": regions,
    "series": catalog,
}
