"""All that the reader takes from the record: the contract, the catalogue, and the reading of one printed number."""

from __future__ import annotations

from hanyang_data.breaks import breaks
from hanyang_data.catalog import region_or_new
from hanyang_data.contract import COLUMNS, GROWTH_RANGE, UNMATCHED_GROWTH
from hanyang_data.errors import HanyangError, ParameterError, nearest
from hanyang_data.identities import findings
from hanyang_data.observations import Dataset, default_dataset, open_dataset
from hanyang_data.targets import CONVERSIONS, parse
from hanyang_data.wording import Text, number

__all__ = [
    "COLUMNS",
    "CONVERSIONS",
    "GROWTH_RANGE",
    "UNMATCHED_GROWTH",
    "Dataset",
    "HanyangError",
    "ParameterError",
    "Text",
    "breaks",
    "default_dataset",
    "findings",
    "nearest",
    "number",
    "open_dataset",
    "parse",
    "region_or_new",
]
