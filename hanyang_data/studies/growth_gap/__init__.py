"""Did the district grow faster than its city?"""

from collections.abc import Mapping
from typing import Any

from hanyang_data.studies.registry import Series

ASKS = {"comparator", "indicators"}  # what no other study asks for together


def needs(asked: Mapping[str, Any]) -> list[list[Series]]:
    """Growth of some indicator on either side, and of the one studied on one of them."""
    sides = (asked["region"], asked["comparator"])
    series = [[(side, id_, "growth", "outturn") for id_ in (asked["indicator"], *asked["indicators"])] for side in sides]
    return [*series, [of[0] for of in series]]
