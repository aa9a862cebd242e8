"""Corrections as data: what is wrong with a printed figure, what is done about it, and when the entry is out of date.

``corrections.yaml`` holds a list of entries; the printed figures themselves are never touched. Each entry names one printed
figure and the value that is expected there: once the snapshot no longer shows it, the entry has outlived its fault and loading
fails until somebody takes it out.
"""

import math
from pathlib import Path
from typing import Any

import pandas as pd

from hanyang_data.errors import HanyangError, SnapshotError, nearest, shown
from hanyang_data.record.contract import GROWTH_RANGE, refuse_odd

ACTIONS = {
    "drop": "the figure takes no part in any series",
    "override": "another value is used in its place",
    "flag": "the figure is used, with a mark and a sentence",
}
PLACE = ["source_id", "region", "indicator", "year", "period", "concept", "measure"]
DEFAULTS = {"period": "annual", "concept": "outturn", "value": None}
KEYS = [*PLACE, "action", "expect", "value", "reason_en", "reason_zh"]
AUDIT = [*PLACE, "action", "before", "after", "reason_en", "reason_zh"]


def read_corrections(file: Path) -> list[dict[str, Any]]:
    """The entries of ``file``, an empty list if it does not exist."""
    if not file.exists():
        return []
    # only where there is a file: the import of the package stays with pandas
    from hanyang_data.record.strict_yaml import read_yaml

    try:
        entries = read_yaml(refuse_odd(file))
    except HanyangError as error:
        raise SnapshotError(str(error)) from None
    if not isinstance(entries, list | None):
        raise SnapshotError(f"{file.name} holds no list: each correction starts with a dash")
    checked = [_entry(f"{file.name}, entry {number}", entry) for number, entry in enumerate(entries or [], start=1)]
    places = [[entry[key] for key in PLACE] for entry in checked]
    for number, place in enumerate(places, start=1):
        if place in places[: number - 1]:
            raise SnapshotError(f"{file.name}, entry {number}: the figure has an entry already, number {places.index(place) + 1}")
    return checked


def apply_corrections(printed: pd.DataFrame, entries: list[dict[str, Any]]) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The observations that series are made of, and the audit table of what was changed.

    ``printed`` with a column ``correction`` (empty, flag or override), without the dropped rows; and a frame with one row per
    entry: where it applies, ``action``, the number ``before`` and ``after`` (NaN where it was dropped), and the reason.
    """
    corrected = printed.assign(correction="")
    dropped: list[int] = []
    rows = []
    for number, entry in enumerate(entries, start=1):
        hit = printed.index[(printed[PLACE] == pd.Series({key: entry[key] for key in PLACE})).all(axis="columns")]
        shown = printed.loc[hit, "value"]
        if not len(hit) or not shown.eq(entry["expect"]).all():
            found = ", ".join(f"{value:g}" for value in shown) or "no such figure"
            raise SnapshotError(
                f"corrections.yaml, entry {number}: expected {entry['expect']:g} for {entry['indicator']} of "
                f"{entry['region']} in {entry['year']} ({entry['source_id']}), found {found}; the fault it corrects is gone, "
                "so take the entry out or write it anew"
            )
        after = {"drop": None, "override": entry["value"], "flag": entry["expect"]}[entry["action"]]
        if entry["action"] == "drop":
            dropped += list(hit)
        else:
            corrected.loc[hit, ["value", "correction"]] = [after, entry["action"]]
        rows.append({**entry, "before": entry["expect"], "after": after})
    audit = pd.DataFrame(rows, columns=AUDIT).astype({"before": "float64", "after": "float64", "year": "int64"})
    return corrected.drop(index=dropped), audit


def _entry(where: str, given: Any) -> dict[str, Any]:
    if not isinstance(given, dict):
        raise SnapshotError(f"{where}: found {shown(given)}, expected lines such as `region: hanyang`")
    for key in given:
        if key not in KEYS:
            raise SnapshotError(f"{where}: unknown key {shown(key)}: {nearest(str(key), KEYS)}")
    entry: dict[str, Any] = DEFAULTS | given
    if missing := [key for key in KEYS if key not in entry]:
        raise SnapshotError(f"{where}: lacks {', '.join(missing)}")
    if str(entry["action"]) not in ACTIONS:
        raise SnapshotError(f"{where}: action is {shown(entry['action'])}: {nearest(str(entry['action']), ACTIONS)}")
    numbers = ["year", "expect", *["value"] * (entry["action"] == "override")]
    for key in numbers:
        if isinstance(entry[key], bool) or not isinstance(entry[key], int | float) or not math.isfinite(entry[key]):
            raise SnapshotError(f"{where}: {key} is {shown(entry[key])}, expected a number")
    low, high = GROWTH_RANGE if entry["measure"] == "growth" else (0, math.inf)
    if entry["action"] == "override" and not low <= entry["value"] <= high:
        raise SnapshotError(f"{where}: value is {entry['value']}, expected {low:g} to {high:g} for a {entry['measure']}")
    if entry["action"] != "override" and entry["value"] is not None:
        raise SnapshotError(f"{where}: value goes with the action override only; {entry['action']} takes none")
    for key in ("reason_en", "reason_zh"):
        if not isinstance(entry[key], str) or not entry[key].strip():
            raise SnapshotError(f"{where}: {key} is {shown(entry[key])}, expected a sentence for the note of the figure")
    return entry
