"""Which regions a table may name: those of the package, and the user's own, with what they are part of."""

import re
from collections.abc import Mapping

from hanyang_data.errors import AmbiguousNameError, SnapshotError
from hanyang_data.reader.lexicon import Patterns
from hanyang_data.reader.own_table.heads import option
from hanyang_data.record.catalogue import names_of
from hanyang_data.record.names import key
from hanyang_data.record.observations import Dataset

FORM = Patterns(__name__)
LEVELS = ((r"国|nation|china$", "nation"), (r"省|自治区|province$", "province"), (r"市|city$", "city"))
INSIDE = ("district", "city")  # what can be part of a city
ID = re.compile(r"[a-z][a-z0-9_]*")


class Regions:
    """The regions of one intake."""

    def __init__(self, data: Dataset, told: Mapping[str, str], part_of: str | Mapping[str, str] = "") -> None:
        self.data, self.names = data, names_of(data)["region"]
        self.part_of = {"": part_of} if isinstance(part_of, str) else dict(part_of)  # "": of all of one's own
        self.told = {key(name): (name, id_) for name, id_ in told.items()}
        self.new: dict[str, tuple[str, str]] = {}  # id → Chinese name, or the only one there is; level
        self.used: dict[str, None] = {}
        self.whole: dict[str, str] = {}  # id → id of what it is part of, of one's own or told
        for name, id_ in told.items():
            if not ID.fullmatch(id_):
                raise SnapshotError(f"--regions: {id_!r} of {name!r} is no id: write small letters, digits and _")

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
                raise SnapshotError(f"{place}: {text!r} is no region that is known: say {option('regions', {text: 'an_id'})}")
            id_ = plain
        if id_ not in self.names.ids and id_ not in self.new:
            level = (level for ending, level in LEVELS if re.search(rf"(?:{ending})$", name, re.IGNORECASE))
            self.new[id_] = (name, next(level, "district"))
        self.used[id_] = None
        return id_

    def nest(self) -> list[str]:
        """Find what the regions of one's own are part of, and say what was taken from their names alone."""
        cities = [id_ for id_, (_, level) in self.new.items() if level == "city"]
        there = list(self.used)
        for name, whole in sorted(self.part_of.items()):  # what is told of all comes first, so that a name outdoes it
            city = self.id_of(whole, "--part-of") if whole else ""
            own = [id_ for id_, (_, level) in self.new.items() if city and id_ != city and level in INSIDE]
            named = [self.id_of(name, "--part-of")] if name else own
            if name and named[0] not in there:
                raise SnapshotError(f"--part-of: no figure is of {name!r}: write a region as the table has it")
            self.whole |= dict.fromkeys(named, city)
        for id_ in self.whole.keys() & set(cities):  # a city inside another is one of its counties
            self.new[id_] = (self.new[id_][0], "district")
        names = {id_: name for id_, (name, _) in self.new.items() if FORM.district.search(name) and id_ not in self.whole}
        if not names or not cities:
            return []
        city, first, listed = self.new[cities[0]][0], next(iter(names.values())), "、".join(names.values())
        if len(cities) > 1:
            say = f"say {option('part_of', {first: city})}, or {option('part_of', city)} of all"
            return [f"{listed}: of which city they are part is not said, so that it has no districts: {say}"]
        self.whole |= dict.fromkeys(names, cities[0])
        return [f"{listed}: taken as part of {city}, by their names: --part-of {first}=another says otherwise"]

    def rows(self) -> list[dict[str, str]]:
        """The rows of ``regions.csv``: what was used, and what it is part of."""
        ids, known = list(self.used), self.data.regions
        for id_ in ids:
            whole = self.whole.get(id_) or str(known["part_of"].get(id_, ""))
            ids += [whole] * bool(whole and whole not in ids)
        rows = {id_: known.loc[id_].to_dict() for id_ in ids if id_ in known.index}
        for id_, (name, level) in self.new.items():
            rows[id_] = {"name_en": id_.replace("_", " ").title(), "name_zh": name, "level": level}
        return [rows[id_] | {"id": id_} | ({"part_of": self.whole[id_]} if id_ in self.whole else {}) for id_ in ids]
