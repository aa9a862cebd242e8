"""What is asked, and what must be on record for it: checked before a run starts, for the notebooks of this project alone.

Each study says in the front of its folder what it needs, where that is not growth or level of its series; light, without pandas.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from types import ModuleType
from typing import Any

ANALYSES = ("trend", "growth_gap", "target_shortfall", "convergence", "backtest", "data_audit")  # ask the record
STUDIES = (*ANALYSES, "summary")  # asks finished runs
ASKED = ("region", "indicator", "start_year", "end_year")  # what every question about the record names

Series = tuple[str, str, str, str]  # region, indicator, measure, concept
Needs = Callable[[Mapping[str, Any]], list[list[Series]]]  # of a question: of each list one series at least


def own_series(asked: Mapping[str, Any]) -> list[list[Series]]:
    """Growth or level of the indicator of the region."""
    return [[(asked["region"], asked["indicator"], measure, "outturn") for measure in ("growth", "level")]]


def front(study: str) -> ModuleType:
    """The front of the folder of a study."""
    return import_module(f"{__package__}.{study}")


def needs_of(study: str) -> Needs:
    """What a study says that it needs."""
    found: Needs = getattr(front(study), "needs", own_series)
    return found


def asks_the_record(parameters: Mapping[str, Any]) -> bool:
    """Whether these are the parameters of a notebook of this project; what a user's own asks is its own affair.

    Example:
        >>> asks_the_record({"region": "Bayern", "year": 2020})
        False
    """
    return "out_dir" in parameters and ("runs_dir" in parameters or all(name in parameters for name in ASKED))


def written(parameters: Mapping[str, Any], data_dir: str = "") -> dict[str, Any]:
    """The same values with ids in place of names, for this project's notebooks; without pandas."""
    if not asks_the_record(parameters):
        return dict(parameters)
    from hanyang_data.record.names import ids_for

    return ids_for(parameters, data_dir)


def check(parameters: Mapping[str, Any]) -> None:
    """Check the values of a run; what is up to date was checked when it was made, and needs no pandas now.

    A notebook of the user's own that has the parameters which only one study asks for, as a copy has, needs what that one needs.

    Raises:
        HanyangError: the first thing that is wrong, in one sentence.
    """
    if not asks_the_record(parameters):
        return
    if "runs_dir" in parameters:  # asks about runs and not about a series
        from hanyang_data.studies.summary.runs import RunsFolder

        RunsFolder.check(parameters)
    else:
        from hanyang_data.studies.scope import Scope

        known = [study for study in ANALYSES if hasattr(front(study), "ASKS") and parameters.keys() >= front(study).ASKS]
        Scope.check(parameters, needs_of(known[0]) if known else own_series)
