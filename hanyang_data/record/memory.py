"""Answers about a snapshot, kept with it: a snapshot does not change, and a notebook asks for the same series many times."""

from collections.abc import Callable
from copy import deepcopy
from functools import wraps
from inspect import signature
from types import MappingProxyType
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import pandas as pd

from hanyang_data.record.observations import Dataset, default_dataset

P = ParamSpec("P")
T = TypeVar("T")


def kept(function: Callable[Concatenate[Dataset, P], T]) -> Callable[Concatenate[Dataset, P], T]:
    """Compute each answer of ``function(data, *arguments)`` once for a dataset, and hand out copies of it.

    The answer must follow from the arguments, which are given by position. What cannot be a key is passed on, so that the
    function says what is wrong with it.
    """

    @wraps(function)
    def ask(data: Dataset, /, *args: P.args, **kwargs: P.kwargs) -> T:
        key = (function, *args)
        try:
            known = key in data.answers
        except TypeError:
            return function(data, *args, **kwargs)
        if not known:
            data.answers[key] = function(data, *args, **kwargs)
        return cast(T, _copy(data.answers[key]))

    return ask


def answered(function: Callable[P, T]) -> Callable[P, T]:
    """The same for a function whose last parameter is ``dataset``, by default the snapshot of the package."""
    asks = signature(function)
    compute = kept(lambda data, *values: function(**dict(zip(asks.parameters, (*values, data), strict=True))))  # type: ignore[call-arg]

    @wraps(function)
    def ask(*args: P.args, **kwargs: P.kwargs) -> T:
        bound = asks.bind(*args, **kwargs)
        bound.apply_defaults()
        *values, dataset = bound.arguments.values()
        return compute(dataset or default_dataset(), *values)

    return ask


def _copy(answer: Any) -> Any:
    if isinstance(answer, MappingProxyType):
        return answer  # nobody can change it
    if isinstance(answer, list):
        return [_copy(part) for part in answer]
    # pandas copies on write: what a caller changes is his own
    return answer.copy(deep=False) if isinstance(answer, pd.DataFrame) else deepcopy(answer)
