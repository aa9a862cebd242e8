"""All that the reader takes from the record: the contract, the catalogue, and the reading of one printed number."""

from __future__ import annotations

from hanyang_data.errors import HanyangError, ParameterError, nearest
from hanyang_data.record.catalogue import region_or_new
from hanyang_data.record.contract import COLUMNS, GROWTH_RANGE, UNMATCHED_GROWTH
from hanyang_data.record.identities import findings
from hanyang_data.record.observations import Dataset, default_dataset, open_dataset
from hanyang_data.record.series import breaks
from hanyang_data.record.targets import CONVERSIONS, parse
from hanyang_data.words.wording import Text, number

__all__ = [
    "COLUMNS", "CONVERSIONS", "GROWTH_RANGE", "UNMATCHED_GROWTH", "Dataset", "HanyangError", "ParameterError", "Text", "breaks",
    "default_dataset", "findings", "nearest", "number", "open_dataset", "parse", "region_or_new",
]  # fmt: skip
