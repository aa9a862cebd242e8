"""Which region a table, a sheet or a cell is about: one of the package's, or one of the user's own."""

from __future__ import annotations

import re
from collections.abc import Mapping

from hanyang_data.errors import AmbiguousNameError, SnapshotError
from hanyang_data.record.catalogue import names_of
from hanyang_data.record.names import key
from hanyang_data.record.observations import Dataset

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
