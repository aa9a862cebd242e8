"""Frames that are asked for again and again in one question, built once."""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

import pandas as pd

P = ParamSpec("P")
Frames = TypeVar("Frames", pd.DataFrame, tuple[pd.DataFrame, pd.DataFrame])
KEPT = 2048  # results; a series is a few kilobytes


def remembered(build: Callable[P, Frames]) -> Callable[P, Frames]:
    """Keep what ``build`` returned for the same arguments, the snapshot being one of them; a snapshot never changes once read.

    Everybody gets a frame of their own: pandas copies it when somebody writes into it.
    """
    kept = lru_cache(maxsize=KEPT)(build)

    @wraps(build)
    def again(*args: P.args, **named: P.kwargs) -> Frames:
        found = kept(*args, **named)  # type: ignore[arg-type]
        if isinstance(found, tuple):
            return found[0].copy(deep=False), found[1].copy(deep=False)
        return found.copy(deep=False)

    return again
