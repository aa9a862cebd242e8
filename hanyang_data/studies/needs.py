"""The studies there are, and what must be on record for each: for menus, and before runs; light, without pandas.

Each study says in the front of its folder what it needs, where that is not growth or level of its series.
"""

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any

ANALYSES = ("trend", "growth_gap", "target_shortfall", "convergence", "backtest", "data_audit")  # ask the record
STUDIES = (*ANALYSES, "summary")  # asks finished runs

Series = tuple[str, str, str, str]  # region, indicator, measure, concept
Needs = Callable[[Mapping[str, Any]], list[list[Series]]]  # of a question: of each list one series at least


def own_series(asked: Mapping[str, Any]) -> list[list[Series]]:
    """Growth or level of the indicator of the region."""
    return [[(asked["region"], asked["indicator"], measure, "outturn") for measure in ("growth", "level")]]


def needs_of(study: str) -> Needs:
    """What a study says that it needs."""
    found: Needs = getattr(import_module(f"{__package__}.{study}"), "needs", own_series)
    return found


def needs_like(parameters: Mapping[str, Any]) -> Needs:
    """What the study needs that alone asks for parameters which are among these: a copy of its notebook asks for them too."""
    fronts = (import_module(f"{__package__}.{study}") for study in ANALYSES)
    found: Needs = next((of.needs for of in fronts if hasattr(of, "ASKS") and parameters.keys() >= of.ASKS), own_series)
    return found
