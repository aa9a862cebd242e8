"""What is known, in which vintage, and what is not?"""

from collections.abc import Mapping
from typing import Any

from hanyang_data.studies.registry import Series

ASKS = {"measure", "comparator"}  # what no other study asks for together


def needs(asked: Mapping[str, Any]) -> list[list[Series]]:
    """Outturns of either region."""
    return [[(side, asked["indicator"], asked["measure"], "outturn") for side in (asked["region"], asked["comparator"])]]
