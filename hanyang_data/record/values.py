"""What may be written for a list of names, a year or a switch: what can mean one thing alone is read, all else refused."""

import operator
from typing import Any

from hanyang_data.errors import ParameterError, shown


def several(parameter: str, given: Any) -> list[Any]:
    """The names of a list; one alone is a list of one, and None or an empty text one of none.

    >>> several("regions", "wuchang"), several("regions", ("wuhan", "wuchang"))
    (['wuchang'], ['wuhan', 'wuchang'])
    """
    if given is None or isinstance(given, str):
        return [given] if given else []
    try:
        return list(given)
    except TypeError:
        raise ParameterError(f"{parameter} is {shown(given)}: give a list of names") from None


def whole_year(name: str, value: object) -> int:
    """A year as an integer, that of numpy too; a ParameterError for what is no whole number."""
    try:
        return operator.index(value)  # type: ignore[arg-type]
    except TypeError:
        raise ParameterError(f"{name} is {shown(value)}: a year is a whole number such as 2017, without quotes") from None


def check_implied(value: object) -> object:
    """True or False, also those of numpy; a word for it would be taken for True, whatever it says."""
    if isinstance(value, str) or value not in (True, False):
        raise ParameterError(f"implied is {shown(value)}: give True or False")
    return value
