"""Which indicators a table may name: those of the package, and the user's own."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

from hanyang_data.errors import SnapshotError
from hanyang_data.intake.heads import Natures, Reader
from hanyang_data.intake.regions import ID
from hanyang_data.intake.units import RECORD, parse_unit
from hanyang_data.record.catalogue import names_of
from hanyang_data.record.names import key
from hanyang_data.record.observations import Dataset

TRAITS = Path(__file__).parents[1] / "reader" / "lexicon" / "traits.csv"
BASES = {"cny": "nominal", "usd": "nominal", "persons": "count", "count": "count", "percent": "rate"}


class Indicators:
    """The indicators of one intake."""

    def __init__(self, data: Dataset, told: Mapping[str, str], units: Mapping[str, str]) -> None:
        self.data, self.names = data, names_of(data)["indicator"]
        growth = _percent_is_growth()
        self.natures = {
            str(id_): Natures(row["level_unit"], row["growth_basis"], str(id_) in growth)
            for id_, row in data.indicators.iterrows()
        }
        self.new: dict[str, str] = {}  # id → head
        known = {head: self._known(head, id_) for head, id_ in told.items()}
        self.reader = Reader(self.names, self.natures, known, units)
        for head, id_ in known.items():
            if id_ not in self.natures:
                self.natures[id_] = self.reader.natures[id_] = self._nature(head, id_, units)
                self.new[id_] = self.reader.parted(head)[0]

    def _known(self, head: str, id_: str) -> str:
        found = self.names.ids_of(id_)
        if len(found) != 1 and not ID.fullmatch(id_):
            raise SnapshotError(f"indicators: {id_!r} of {head!r} is no id: write small letters, digits and _")
        return found[0] if len(found) == 1 else id_

    def _nature(self, head: str, id_: str, units: Mapping[str, str]) -> Natures:
        told = next((unit for name, unit in units.items() if key(name) == key(head)), "")
        unit = parse_unit(told) if told else self.reader.parted(head)[1]
        if unit is None or not unit.base:
            raise SnapshotError(f"indicators: {id_!r} is new and {head!r} names no unit: say units={{{head!r}: '亿元'}}")
        of = [name for name, (base, _) in RECORD.items() if base == unit.base]
        level_unit = "CNY" if unit.base == "cny" and unit.power == 0 else of[0]
        return Natures(level_unit, BASES[unit.base], False)

    def rows(self) -> list[dict[str, str]]:
        """The rows of ``indicators.csv``: all that are known, so that a list of usual ones is understood, and the new ones."""
        told = [row.to_dict() | {"id": str(id_)} for id_, row in self.data.indicators.iterrows()]
        new = [
            {
                "id": id_, "name_en": id_.replace("_", " ").capitalize(), "name_zh": name, "better": "higher",
                "level_unit": self.natures[id_].level_unit, "growth_basis": self.natures[id_].growth_basis,
                "note": "of an own table; that more is better is assumed",
            }
            for id_, name in self.new.items()
        ]  # fmt: skip
        return told + new


def _percent_is_growth() -> set[str]:
    """The indicators of which a number in percent is growth."""
    with TRAITS.open(encoding="utf-8", newline="") as handle:
        rows = csv.DictReader(line for line in handle if not line.startswith("#"))
        return {row["indicator"] for row in rows if row["percent"] == "growth"}
