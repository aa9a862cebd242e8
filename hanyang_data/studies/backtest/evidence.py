"""Every estimate of the back-test, and how often each rule kept its promise: by indicator, span and what was left out."""

from collections.abc import Iterator

import pandas as pd

from hanyang_data.statistics.conformal import Reliable, reliability
from hanyang_data.studies.calibration import RULES, SCHEMES, Scheme, kept_promises, left_out
from hanyang_data.studies.relations import Peers, Reading, kind_of, pairs, peers_of
from hanyang_data.studies.scope import Scope

WISHED = (0.5, 0.6, 0.7, 0.8, 0.9)
COVERAGE = ["indicator", "years", "left_out", "rule", "estimates", "without_interval", "covered", "covered_pct", "promised_pct",
            "p_value", "width_pp", "error_pp"]  # fmt: skip


def asked_of(scope: Scope) -> tuple[Peers, Reading]:
    """The regions that calibrate one another, and the reading of the record."""
    return peers_of(scope.dataset, scope.region), Reading(scope.vintage, scope.as_of)


def estimates(scope: Scope, indicator: str = "", scheme: Scheme = "district") -> pd.DataFrame:
    """Every figure of the window estimated without itself, by each rule, as of :func:`hanyang_data.studies.calibration.left_out`.

    Regions of the level of the scope's are estimated, and all indicators of the kind of the one that is asked for.
    """
    cells = left_out(scope.dataset, indicator or scope.indicator, *asked_of(scope), scheme)
    return cells[cells["first_year"].ge(scope.start_year - 1) & cells["last_year"].le(scope.end_year)]


def coverage_table(scope: Scope) -> pd.DataFrame:
    """How each rule did, one row an indicator, span, scheme and rule; the indicator that is asked comes first.

    ``indicator, years, left_out`` (district, district_year, rolling), ``rule`` (implied, city, last_year), ``estimates`` with
    an interval and those ``without_interval``, ``covered``, ``covered_pct``, ``promised_pct``, ``p_value`` of so few or
    fewer, ``width_pp`` of the intervals on average, ``error_pp``, the median of the absolute errors in % a year.
    """
    rows = sorted(_rows(scope), key=lambda row: (row["indicator"] != scope.indicator, row["indicator"], row["years"]))
    return pd.DataFrame(rows, columns=COVERAGE)


def _rows(scope: Scope) -> Iterator[dict[str, object]]:
    first_of_kind = {kind_of(scope.dataset, id_): id_ for id_ in reversed(scope.dataset.indicators.index)}
    for kind, indicator in first_of_kind.items():
        for scheme in SCHEMES if kind else ():
            cells = estimates(scope, indicator, scheme)
            for (id_, years, rule), part in cells.groupby(["indicator", "years", "rule"], sort=False):
                kept, tried = kept_promises(part), part["promised"].notna()
                yield {
                    "indicator": id_, "years": years, "left_out": scheme, "rule": rule, "estimates": kept.cells,
                    "without_interval": int((~tried).sum()), "covered": kept.covered,
                    "covered_pct": 100 * kept.covered / kept.cells if kept.cells else None,
                    "promised_pct": 100 * kept.promised, "p_value": kept.p_value if kept.cells else None,
                    "width_pp": float((part["high"] - part["low"]).mean()),
                    "error_pp": float((part["estimate_pct"] - part["printed_pct"]).abs().median()),
                }  # fmt: skip


def reliable(cells: pd.DataFrame) -> dict[str, list[Reliable]]:
    """Rule → how intervals of several levels did, where five pairs or more calibrated them."""
    tried = cells[cells["promised"].notna()]
    by_rule = {rule: tried[tried["rule"].eq(rule)] for rule in RULES}
    return {rule: reliability(part["place"].tolist(), part["pairs"].tolist(), WISHED) for rule, part in by_rule.items()}


def pairs_of(scope: Scope) -> pd.DataFrame:
    """The pairs of the indicator in the window."""
    table = pairs(scope.dataset, scope.indicator, *asked_of(scope))
    inside = table["first_year"].ge(scope.start_year - 1) & table["last_year"].le(scope.end_year)
    return table[inside & table["indicator"].eq(scope.indicator)].reset_index(drop=True)


def texts_behind(pairs: pd.DataFrame) -> pd.DataFrame:
    """The texts behind pairs, one a row."""
    ids = dict.fromkeys(id_ for cell in pairs["sources"] for id_ in cell.split(", "))
    return pd.DataFrame({"source_id": list(ids)}, dtype="str")
