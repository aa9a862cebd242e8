"""Keep what was computed from a snapshot for as long as the snapshot lives: one run asks for the same series many times."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, TypeVar

import pandas as pd

from hanyang_data.observations import Dataset

P = ParamSpec("P")
Frames = TypeVar("Frames", pd.DataFrame, list[pd.DataFrame])


def remembered(function: Callable[Concatenate[Dataset, P], Frames]) -> Callable[Concatenate[Dataset, P], Frames]:
    """Compute ``function(dataset, …)`` once for the same arguments; every caller gets frames of its own.

    Nothing is kept of a call that raises. The arguments tell each other apart by their ``repr``, which has to hold all of them.
    """

    @wraps(function)
    def answer(dataset: Dataset, /, *args: P.args, **named: P.kwargs) -> Frames:
        key = f"{function.__module__}.{function.__qualname__} {args!r} {named!r}"
        if key not in dataset.memo:
            dataset.memo[key] = function(dataset, *args, **named)
        kept: Frames = dataset.memo[key]
        return [frame.copy() for frame in kept] if isinstance(kept, list) else kept.copy()

    return answer
