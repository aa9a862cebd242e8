"""The studies there are: menus, report titles, warm imports and checks follow from this list and from each declaration."""

import inspect
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any

from hanyang_data.studies.parts import ANALYSES, STUDIES
from hanyang_data.studies.study import Study
from hanyang_data.words.wording import Text

__all__ = ["ANALYSES", "STUDIES", "asked", "declared", "label", "module"]


def module(name: str) -> str:
    """Where a study is declared.

    Example:
        >>> module("trend")
        'hanyang_data.studies.trend.study'
    """
    return f"hanyang_data.studies.{name}.study"


@cache
def declared(name: str) -> type[Study]:
    """The class of a study, by the name of its notebook."""
    found: type[Study] = getattr(import_module(module(name)), name.title().replace("_", ""))
    return found


def asked(name: str, parameters: Mapping[str, Any]) -> Study:
    """The study of a notebook with the notebook's parameters; those of the place of its files are not the study's."""
    make = getattr(import_module(module(name)), name)
    known = inspect.signature(make).parameters
    study: Study = make(**{key: value for key, value in parameters.items() if key in known})
    return study


def label(name: str) -> Text:
    """What a study is called in menus; a notebook of the user's own by its file name."""
    return declared(name).words.label if name in STUDIES else Text(name, name)
