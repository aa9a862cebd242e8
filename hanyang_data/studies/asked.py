"""What is checked before a run starts: the values of this project's notebooks, and nothing of the user's own."""

from collections.abc import Mapping
from typing import Any

ASKED = ("region", "indicator", "start_year", "end_year")  # what every question about the record names


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
    """Check the values of a run; a HanyangError says the first thing that is wrong.

    What is up to date was checked when it was made, and needs no pandas now.
    """
    if not asks_the_record(parameters):
        return
    if "runs_dir" in parameters:  # asks about runs and not about a series
        from hanyang_data.studies.summary.runs import RunsFolder

        RunsFolder.check(parameters)
    else:
        from hanyang_data.studies.registry import needs_like
        from hanyang_data.studies.scope import Scope

        Scope.check(parameters, needs_like(parameters))
