"""Which regions and indicators a table may name: those of the package, and the user's own."""

import csv
import re
from collections.abc import Mapping
from pathlib import Path

from hanyang_data.errors import AmbiguousNameError, SnapshotError
from hanyang_data.intake.heads import RECORD, Natures, Reader, parse_unit
from hanyang_data.record.catalogue import names_of
from hanyang_data.record.names import key
from hanyang_data.record.observations import Dataset

TRAITS = Path(__file__).parents[1] / "reader" / "lexicon" / "traits.csv"
BASES = {"cny": "nominal", "usd": "nominal", "persons": "count", "count": "count", "percent": "rate"}
LEVELS = ((r"国|nation|china$", "nation"), (r"省|自治区|province$", "province"), (r"市|city$", "city"))
ID = re.compile(r"[a-z][a-z0-9_]*")


class Regions:
    """The regions of one intake."""

    def __init__(self, data: Dataset, told: Mapping[str, str]) -> None:
        self.data, self.names = data, names_of(data)["region"]
        self.told = {key(name): (name, id_) for name, id_ in told.items()}
        self.new: dict[str, tuple[str, str]] = {}  # id → Chinese name, or the only one there is; level
        self.used: dict[str, None] = {}
        for name, id_ in told.items():
            if not ID.fullmatch(id_):
                raise SnapshotError(f"regions: {id_!r} of {name!r} is no id: write small letters, digits and _")

    def knows(self, text: str) -> bool:
        """Whether a text names a region."""
        return key(text) in self.told or bool(self.names.ids_of(text))

    def id_of(self, text: str, place: str) -> str:
        """The id of a region."""
        name, id_ = self.told.get(key(text), (text, ""))
        try:
            id_ = id_ or (self.names.id_of(text) if self.names.ids_of(text) else "")
        except AmbiguousNameError as error:
            raise SnapshotError(f"{place}: {error}") from None
        if not id_:
            plain = re.sub(r"[^a-z0-9]+", "_", text.casefold()).strip("_")
            if not text.isascii() or not ID.fullmatch(plain):
                raise SnapshotError(f"{place}: {text!r} is no region that is known: say regions={{{text!r}: 'an_id'}}")
            id_ = plain
        if id_ not in self.names.ids:
            level = (level for ending, level in LEVELS if re.search(rf"(?:{ending})$", name, re.IGNORECASE))
            self.new[id_] = (name, next(level, "district"))
        self.used[id_] = None
        return id_

    def rows(self) -> list[dict[str, str]]:
        """The rows of ``regions.csv``: what was used, and what it is part of."""
        ids, known = list(self.used), self.data.regions
        for id_ in ids:
            whole = str(known["part_of"].get(id_, ""))
            ids += [whole] * bool(whole and whole not in ids)
        told = {id_: known.loc[id_].to_dict() | {"id": id_} for id_ in ids if id_ in known.index}
        new = {
            id_: {"id": id_, "name_en": id_.replace("_", " ").title(), "name_zh": name, "level": level}
            for id_, (name, level) in self.new.items()
        }
        return [(told | new)[id_] for id_ in ids]


class Indicators:
    """The indicators of one intake."""

    def __init__(self, data: Dataset, told: Mapping[str, str], units: Mapping[str, str]) -> None:
        self.data, self.names = data, names_of(data)["indicator"]
        with TRAITS.open(encoding="utf-8", newline="") as handle:
            traits = csv.DictReader(line for line in handle if not line.startswith("#"))
            growth = {row["indicator"] for row in traits if row["percent"] == "growth"}
        self.natures = {
            str(id_): Natures(row["level_unit"], row["growth_basis"], str(id_) in growth)
            for id_, row in data.indicators.iterrows()
        }
        self.new: dict[str, str] = {}  # id → head
        found = {head: self.names.ids_of(id_) for head, id_ in told.items()}
        known = {head: ids[0] if len(ids) == 1 else told[head] for head, ids in found.items()}
        for head, id_ in known.items():
            if id_ not in self.natures and not ID.fullmatch(id_):
                raise SnapshotError(f"indicators: {id_!r} of {head!r} is no id: write small letters, digits and _")
        self.reader = Reader(self.names, self.natures, known, units)
        for head, id_ in known.items():
            if id_ not in self.natures:
                self.natures[id_] = self.reader.natures[id_] = self._nature(head, id_, units)
                self.new[id_] = self.reader.parted(head)[0]

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
