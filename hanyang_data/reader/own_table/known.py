"""Which regions and indicators a table may name: those of the package, and the user's own."""

import re
from collections.abc import Mapping

from hanyang_data.errors import AmbiguousNameError, SnapshotError
from hanyang_data.reader.lexicon import traits
from hanyang_data.reader.own_table.heads import RECORD, Head, Natures, Unit, option, parse_unit
from hanyang_data.record.catalogue import names_of
from hanyang_data.record.names import key
from hanyang_data.record.observations import Dataset

BASES = {"cny": "nominal", "usd": "nominal", "persons": "count", "count": "count", "percent": "rate"}
BRACKETS = re.compile(r"^(.*?)\s*[(\[【（]([^()\[\]【】（）]*)[)\]】）]\s*$", re.DOTALL)
PARTED = re.compile(r"^(.*?)\s*[/，,:：_\-\s]\s*([^/，,:：]+)$", re.DOTALL)
GROWTH = re.compile(
    r"(?:比上年|较上年|同比)?(?:实际|名义)?(?:增长速度|增长率|增速|增幅|增长|涨幅|涨跌幅|同比)|"
    r"[\s_,-]*\b(?:annual |real |nominal |yoy )*(?:growth(?: rate)?|yoy|y/y|percent(?:age)? change|% change)\b|_growth\b|_yoy\b",
    re.IGNORECASE,
)
TARGET = re.compile(r"(?:年初)?(?:预期|计划)?目标(?:值|数)?|[\s_-]*\btargets?\b|_target\b", re.IGNORECASE)
NATURES = {
    "real": re.compile(r"实际|可比价|\breal\b", re.IGNORECASE),
    "nominal": re.compile(r"名义|现价|\bnominal\b", re.IGNORECASE),
}
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
    """The indicators of one intake, and what the heads of its table say of them."""

    def __init__(self, data: Dataset, told: Mapping[str, str], units: Mapping[str, str]) -> None:
        self.data, self.names = data, names_of(data)["indicator"]
        growth = {id_ for id_, trait in traits().items() if trait.percent == "growth"}
        self.natures = {
            str(id_): Natures(row["level_unit"], row["growth_basis"], str(id_) in growth)
            for id_, row in data.indicators.iterrows()
        }
        self.units = {key(head): unit for head, unit in units.items()}
        found = {head: self.names.ids_of(id_) for head, id_ in told.items()}
        known = {head: ids[0] if len(ids) == 1 else told[head] for head, ids in found.items()}
        self.told = {key(head): id_ for head, id_ in known.items()}
        self.new: dict[str, str] = {}  # id → head
        for head, id_ in known.items():
            if id_ not in self.natures:
                if not ID.fullmatch(id_):
                    raise SnapshotError(f"--indicators: {id_!r} of {head!r} is no id: write small letters, digits and _")
                self.natures[id_], self.new[id_] = self._nature(head, id_), TARGET.sub("", self.parted(head)[0])

    def _nature(self, head: str, id_: str) -> Natures:
        unit = self._told_unit(head, head) or self.parted(head)[1]
        if unit is None or not unit.base:
            raise SnapshotError(f"--indicators: {id_!r} is new and {head!r} names no unit: say {option('units', {head: '亿元'})}")
        of = [name for name, (base, _) in RECORD.items() if base == unit.base]
        level_unit = "CNY" if unit.base == "cny" and unit.power == 0 else of[0]
        return Natures(level_unit, BASES[unit.base], False)

    def head(self, text: str, place: str, *, left: Head | None = None, common: Unit | None = None) -> Head:
        """The series that a head names; one that says growth alone is that of the level to its left."""
        whole, unit = self.parted(text)
        name = TARGET.sub("", whole).strip(" _,-:：")
        concept = "outturn" if name == whole else "target"
        bare = GROWTH.sub("", name).strip(" _,-:：")
        growth = bare != name.strip(" _,-:：")
        id_ = left.indicator if growth and not bare and left else self._id(name, bare, text, place)
        id_ = self._of_nature(id_, growth, text, place)
        nature = self.natures[id_]
        unit = unit or self._told_unit(text, name) or (Unit("percent", 0, "%" * ("%" in text)) if growth else common)
        if unit is None:
            raise SnapshotError(f"{place}: {text!r} has no unit: write it in brackets, or say {option('units', {text: '亿元'})}")
        if growth or (unit.base == "percent" and nature.percent_is_growth):
            if unit.base != "percent":
                raise SnapshotError(f"{place}: {text!r} is growth in {unit.written}: growth is in %")
            if not growth and nature.level_unit != "percent":
                raise SnapshotError(f"{place}: {text!r} in % may be growth or a share: write 增速 or growth into the head")
            return Head(id_, "growth", unit, text, concept)
        if unit.factor(nature.level_unit) is None:
            raise SnapshotError(f"{place}: {text!r} is in {unit.written}, which cannot be {nature.level_unit} of {id_}")
        return Head(id_, "level", unit, text, concept)

    def parted(self, text: str) -> tuple[str, Unit | None]:
        """A head without its unit, and the unit where it names one."""
        whole = text.strip()
        for pattern in (BRACKETS, PARTED):
            match = pattern.match(whole)
            if match and (unit := parse_unit(match[2])):
                return match[1].strip(), unit
        return whole, None

    def bare(self, text: str) -> str:
        """A head without its unit and the words of growth and target."""
        return GROWTH.sub("", TARGET.sub("", self.parted(text)[0])).strip(" _,-:：")

    def known(self, text: str) -> bool:
        """Whether a text names an indicator, or growth."""
        name, bare = self.parted(text)[0], self.bare(text)
        return bool(key(text) in self.told or key(name) in self.told or not bare or self.names.ids_of(bare))

    def _id(self, name: str, bare: str, text: str, place: str) -> str:
        for word in (text, name, bare):
            if key(word) in self.told:
                return self.told[key(word)]
        plain = bare
        for words in NATURES.values():
            plain = words.sub("", plain).strip(" _,-:：")
        for word in (name, bare, plain):
            found = [id_ for id_ in self.names.ids_of(word) if word]
            if len(found) == 1:
                return found[0]
            if found:
                one = " or ".join(found)
                raise SnapshotError(f"{place}: {text!r} may be {one}: say {option('indicators', {text: found[0]})}")
        say = f"say {option('indicators', {text: 'an_id'})}, or take it out"
        raise SnapshotError(f"{place}: {text!r} is no indicator that is known: {say}")

    def _of_nature(self, id_: str, growth: bool, text: str, place: str) -> str:
        """The indicator whose growth is of the nature that a head names: nominal growth of GDP is a series of its own."""
        said = [nature for nature, words in NATURES.items() if growth and words.search(text)]
        basis = self.natures[id_].growth_basis
        if not said or said == [basis]:
            return id_
        if f"{id_}_{said[0]}" in self.natures:
            return f"{id_}_{said[0]}"
        raise SnapshotError(f"{place}: {text!r} is {said[0]} growth, and growth of {id_} is {basis}: name another indicator")

    def _told_unit(self, text: str, name: str) -> Unit | None:
        told = self.units.get(key(text)) or self.units.get(key(name))
        unit = parse_unit(told) if told else None
        if told and unit is None:
            raise SnapshotError(f"--units: {told!r} is no unit that is known: write one such as 亿元, 万人 or %")
        return unit

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
