"""Were the targets met?"""

from collections.abc import Mapping
from typing import Any

from hanyang_data.studies.registry import Series

ASKS = {"measure", "indicators"}  # what no other study asks for together


def needs(asked: Mapping[str, Any]) -> list[list[Series]]:
    """An outturn or a target of the region."""
    return [[(asked["region"], asked["indicator"], asked["measure"], concept) for concept in ("outturn", "target")]]
