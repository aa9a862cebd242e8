"""What the back-test says: whether the promise was kept, how wide that is, and whether simpler guesses do as well."""

from collections.abc import Mapping

import pandas as pd

from hanyang_data.statistics.conformal import FEWEST, Coverage
from hanyang_data.studies.calibration import Scheme, kept_promises
from hanyang_data.studies.scope import Scope
from hanyang_data.words.wording import NO_WORDS, Text, extent, listed, messages, number, within

SAYS = messages(__name__)

RULES, SCHEMES, KEPT, NONE = SAYS.each("rules"), SAYS.each("schemes"), SAYS.each("kept_by"), SAYS.each("none_by")


def title(scope: Scope, kept: Coverage, standing: Coverage) -> Text:
    """The finding: how the intervals of the window did; or how those did that switch the method off, ``standing``."""
    of = standing if standing.short else kept
    told = {"name": within(scope.indicator_name), "fewest": FEWEST}
    if not of.cells:
        return SAYS.untested.format(**told)
    return (SAYS.short if of.short and of is standing else SAYS.kept).format(
        **told, held=held(of.covered, of.cells), p=number(100 * of.promised, 0)
    )


def sentences(cells: Mapping[Scheme, pd.DataFrame]) -> list[Text]:
    """Width against the simpler guesses on the same estimates, and the two other tests."""
    yearly = {scheme: table[table["promised"].notna()] for scheme, table in cells.items()}
    own = yearly["district"]
    if not own["rule"].eq("implied").any():
        return []
    said = [SAYS.width.format(width=_width(own, "implied"), rivals=listed(_rivals(own), ";"))]
    for scheme in ("rolling", "district_year"):
        kept = kept_promises(yearly[scheme][yearly[scheme]["rule"].eq("implied")])
        without = cells[scheme][cells[scheme]["rule"].eq("implied") & cells[scheme]["promised"].isna()]
        told = {"hold": _hold(kept)} if kept.cells else {}
        rest = SAYS.without.format(n=len(without)) if scheme == "rolling" and len(without) else NO_WORDS
        said.append((KEPT if kept.cells else NONE)[scheme].format(**told, rest=rest))
    return said


def held(k: int, n: int) -> Text:
    """Of how many intervals how many held the printed growth."""
    return SAYS["held", extent(k, n)].format(k=k, n=n)


def _hold(kept: Coverage) -> Text:
    return SAYS["hold", extent(kept.covered, kept.cells)].format(k=kept.covered, n=kept.cells)


def _rivals(cells: pd.DataFrame) -> list[Text]:
    """How wide the simpler guesses are, where they can be held to the same estimates."""
    ours = set(_keys(cells, "implied"))
    found = []
    for rule in ("city", "last_year"):
        same = cells[cells["rule"].eq(rule) & pd.Series([key in ours for key in _keys(cells)], cells.index)]
        kept = kept_promises(same)
        if kept.cells:
            found.append(SAYS.rival.format(rule=RULES[rule], width=_width(same, rule), hold=_hold(kept)))
    return found or [SAYS.no_rival]


def _keys(cells: pd.DataFrame, rule: str = "") -> list[tuple[object, ...]]:
    part = cells[cells["rule"].eq(rule)] if rule else cells
    return list(part[["indicator", "region", "first_year", "last_year"]].itertuples(index=False, name=None))


def _width(cells: pd.DataFrame, rule: str) -> str:
    part = cells[cells["rule"].eq(rule)]
    return number(float((part["high"] - part["low"]).mean()), 1)
