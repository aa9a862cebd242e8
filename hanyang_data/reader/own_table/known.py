"""Which indicators a table may name: those of the package, and the user's own, with what is told of them."""

import re
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from hanyang_data.errors import SnapshotError
from hanyang_data.reader.lexicon import Patterns, rows
from hanyang_data.reader.own_table.heads import RECORD, Figure, Head, Natures, Unit, option, parse_unit
from hanyang_data.reader.own_table.regions import ID
from hanyang_data.record.catalogue import names_of
from hanyang_data.record.names import key
from hanyang_data.record.observations import Dataset

FORM = Patterns(__name__)
BASES = {"cny": "nominal", "usd": "nominal", "persons": "count", "count": "count", "percent": "rate"}
NATURES = {
    "real": re.compile(r"实际|可比价|\breal\b", re.IGNORECASE),
    "nominal": re.compile(r"名义|现价|\bnominal\b", re.IGNORECASE),
}
SMALL = 10**6  # yuan: amounts of one's own that are all smaller are kept in yuan
BETTER, REAL_OR_NOMINAL = ("higher", "lower"), ("real", "nominal")


class Own(NamedTuple):
    """What is told of an indicator: its id, and of one's own its names, which direction is better, the nature of its growth."""

    id: str
    name_en: str = ""
    name_zh: str = ""
    better: str = ""
    nature: str = ""

    @classmethod
    def of(cls, text: str) -> "Own":
        """Id and, in any order, what else is told.

        >>> Own.of("pm25, PM2.5 concentration, lower")
        Own(id='pm25', name_en='PM2.5 concentration', name_zh='', better='lower', nature='')
        """
        id_, *words = (word.strip() for word in re.split("[,，]", text))
        told: dict[str, str] = {}
        for word in filter(None, words):
            plain = "better" if word in BETTER else "nature" if word in REAL_OR_NOMINAL else ""
            what = plain or ("name_en" if word.isascii() else "name_zh")
            if what in told:
                meant = "an id, then an English and a Chinese name, lower or higher, real or nominal"
                raise SnapshotError(f"--indicators: {text!r} says {told[what]!r} and {word!r}: write {meant}, each once")
            told[what] = word
        return cls(id_, **told)


class Indicators:
    """The indicators of one intake, and what the heads of its table say of them."""

    def __init__(self, data: Dataset, told: Mapping[str, str], units: Mapping[str, str]) -> None:
        self.data, self.names = data, names_of(data)["indicator"]
        growth = {row["indicator"] for row in rows("traits.csv") if row["percent"] == "growth"}
        self.natures = {
            str(id_): Natures(row["level_unit"], row["growth_basis"], str(id_) in growth)
            for id_, row in data.indicators.iterrows()
        }
        self.units = {key(head): unit for head, unit in units.items()}
        self.falls = {str(id_) for id_, name in data.indicators["name_zh"].items() if name.endswith("下降率")}
        self.new: dict[str, tuple[str, Own]] = {}  # id → head, and what is told of it
        self.told: dict[str, str] = {}
        bare: dict[str, set[str]] = {}
        says_unit = {head: (bool(FORM.growth.search(head)), not self.parted(head)[1]) for head in told}  # a level does
        for head in sorted(told, key=says_unit.__getitem__):
            own = Own.of(told[head])
            ids = self.names.ids_of(own.id)
            id_ = self.told[key(head)] = ids[0] if len(ids) == 1 else own.id
            bare.setdefault(key(self.bare(head)), set()).add(id_)
            if id_ in data.indicators.index:
                if any(own[1:]):
                    raise SnapshotError(
                        f"--indicators: {id_} is on record with its names and nature: say its id alone, or another"
                    )
            elif not ID.fullmatch(id_):
                raise SnapshotError(f"--indicators: {id_!r} of {head!r} is no id: write small letters, digits and _")
            else:
                first, before = self.new.get(id_) or (head, own)
                if differ := [both for both in zip(before, own, strict=True) if all(both) and len({*both}) > 1]:
                    both = " and ".join(map(repr, differ[0]))
                    raise SnapshotError(f"--indicators: {id_} is told to be {both}: say one of them")
                self.new[id_] = first, Own(*(old or more for old, more in zip(before, own, strict=True)))
                if id_ not in self.natures:
                    self.natures[id_] = self._nature(head, id_)
        self.unsettled = {id_ for id_ in self.new if self.natures[id_].level_unit == "CNY_100M"}
        for id_, (_, own) in self.new.items():  # growth of money is real or nominal, and which is asked where it stands
            basis = self.natures[id_].growth_basis
            self.natures[id_] = self.natures[id_]._replace(growth_basis=own.nature or ("" if basis == "nominal" else basis))
        self.told = {name: next(iter(ids)) for name, ids in bare.items() if name and len(ids) == 1} | self.told

    def _nature(self, head: str, id_: str) -> Natures:
        unit = self._told_unit(head, head) or self.parted(head)[1]
        if unit is None or not unit.base:
            say = f"{option('units', {head: '个'})}: 亿元, 亿美元, 元, 万人, 个 (a bare number) or %, and no other is taken in"
            raise SnapshotError(f"--indicators: {id_!r} is new and {head!r} names no unit: say {say}")
        of = next(name for name, (base, _) in RECORD.items() if base == unit.base)
        return Natures(of, BASES[unit.base], False)

    def settle(self, head: Head, figures: Sequence[Figure]) -> None:
        """Amounts of one's own that are small, as they are per head, are kept in yuan: in 亿元 nobody could read them."""
        nature = self.natures[head.indicator]
        if head.indicator in self.unsettled and head.measure == "level" and head.unit.factor(nature.level_unit):
            self.unsettled.discard(head.indicator)
            if all((figure.number or 0) * 10**head.unit.power < SMALL for figure in figures):
                self.natures[head.indicator] = nature._replace(level_unit="CNY")

    def head(self, text: str, place: str, *, left: Head | None = None, common: Unit | None = None) -> Head:
        """The series that a head names; one that says growth alone is that of the level to its left."""
        whole, unit = self.parted(text)
        name = FORM.target.sub("", whole).strip(" _,-:：")
        concept = "outturn" if name == whole else "target"
        bare = FORM.growth.sub("", name).strip(" _,-:：")
        growth = bare != name.strip(" _,-:：")
        id_ = left.indicator if growth and not bare and left else self._id(name, bare, text, place)
        if id_ in self.falls and (growth or not (key(text) in self.told or FORM.fall.search(name))):
            say = option("indicators", {text: "an_id, lower"})
            turn = "turn the signs and write 下降率 into the head, or make it one of your own"
            raise SnapshotError(f"{place}: {text!r} is a rise or a level, and {id_} is a fall: {turn}: {say}")
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
        for pattern in (FORM.brackets, FORM.parted):
            match = pattern.match(whole)
            if match and (unit := parse_unit(match[2])):
                return match[1].strip(), unit
        return whole, None

    def bare(self, text: str) -> str:
        """A head without its unit and the words of growth and target."""
        return FORM.growth.sub("", FORM.target.sub("", self.parted(text)[0])).strip(" _,-:：")

    def known(self, text: str) -> bool:
        """Whether a text names an indicator, or growth."""
        name, bare = self.parted(text)[0], self.bare(text)
        return bool(key(text) in self.told or key(name) in self.told or not bare or self.names.ids_of(bare))

    def _id(self, name: str, bare: str, text: str, place: str) -> str:
        for word in (text, name, bare):
            if key(word) in self.told:
                return self.told[key(word)]
        plain = NATURES["nominal"].sub("", bare)  # levels are at current prices: real ones are another quantity
        plain = (NATURES["real"].sub("", plain) if bare != name else plain).strip(" _,-:：")
        for word in (name, bare, plain, FORM.fall.sub("", name).strip(" _,-:：")):
            found = [id_ for id_ in self.names.ids_of(word) if word in (name, bare, plain) or id_ in self.falls]
            if len(found) > 1:
                one = " or ".join(found)
                raise SnapshotError(f"{place}: {text!r} may be {one}: say {option('indicators', {text: found[0]})}")
            if found:
                return found[0]
        say = f"say {option('indicators', {text: 'an_id'})}, or take it out"
        raise SnapshotError(f"{place}: {text!r} is no indicator that is known: {say}")

    def _of_nature(self, id_: str, growth: bool, text: str, place: str) -> str:
        """The indicator whose growth is of the nature that a head names: nominal growth of GDP is a series of its own."""
        said = [nature for nature, words in NATURES.items() if growth and words.search(text)]
        if growth and not self.natures[id_].growth_basis:
            if len(said) != 1:
                say = option("indicators", {self.new[id_][0]: f"{id_}, nominal"})
                raise SnapshotError(f"{place}: {text!r} may be real or nominal: say which, such as {say}")
            self.natures[id_] = self.natures[id_]._replace(growth_basis=said[0])
        basis = self.natures[id_].growth_basis
        if not said or said == [basis]:
            return id_
        if f"{id_}_{said[0]}" in self.natures:
            return f"{id_}_{said[0]}"
        raise SnapshotError(f"{place}: {text!r} is {said[0]} growth, and growth of {id_} is {basis}: name another indicator")

    def _told_unit(self, text: str, name: str) -> Unit | None:
        told = self.units.get(key(text)) or self.units.get(key(name)) or ""
        unit = parse_unit(told)
        if told and unit is None:
            raise SnapshotError(f"--units: {told!r} is no unit that is known: write one such as 亿元, 万人 or %")
        return unit

    def rows(self) -> list[dict[str, str]]:
        """The rows of ``indicators.csv``: all that are known, so that a list of usual ones is understood, and the new ones."""
        told = [row.to_dict() | {"id": str(id_)} for id_, row in self.data.indicators.iterrows()]
        new = [
            {
                "id": id_, "name_en": own.name_en or id_.replace("_", " ").capitalize(),
                "name_zh": own.name_zh or FORM.target.sub("", self.parted(head)[0]), "better": own.better or "higher",
                "level_unit": self.natures[id_].level_unit, "growth_basis": self.natures[id_].growth_basis or "nominal",
                "note": "of an own table" + "; that more is better is assumed" * (not own.better),
            }
            for id_, (head, own) in self.new.items()
        ]  # fmt: skip
        return told + new

    def assumed(self) -> list[str]:
        """What is to be said of indicators of one's own: that more is better was not told."""
        said = []
        for id_, (head, own) in self.new.items():
            if not own.better:
                say = option("indicators", {head: f"{id_}, {own.name_en or 'its English name'}, lower"})
                said.append(f"{id_}: more is taken as better; if less is, say {say}")
        return said
