"""Which id is meant by a name: ids, English and Chinese names, long or short, and aliases are all understood.

Nothing is guessed: a name that stands for two ids is refused with both, and one that is only near is asked about.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, NamedTuple

from hanyang_data.errors import AmbiguousNameError, HanyangError, UnknownIdError
from hanyang_data.record.contract import SNAPSHOT
from hanyang_data.record.lenient import read_sheet

BETWEEN_ALIASES = "|"
# what people leave out of a region's name, or put into it
ENDINGS = re.compile(r"(?<=..)(?:区|市|县|省|district|city|county|province)$")
_SPACING = re.compile(r"[\s_\-,'’·、，]+")
# parameters that hold a name, or a list of names: what of
NAMED = {
    "region": "region", "comparator": "region", "regions": "region", "city": "region",
    "indicator": "indicator", "indicators": "indicator",
}  # fmt: skip


class Named(NamedTuple):
    """One row of ``indicators.csv`` or ``regions.csv``, as far as its names go."""

    id: str
    name_en: str
    name_zh: str
    aliases: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """All that it is called besides its id."""
        return (self.name_en, self.name_zh, *filter(None, self.aliases.split(BETWEEN_ALIASES)))


class Names:
    """The names of one kind of thing, region or indicator, and the ids they stand for.

    >>> names = Names("region", [Named("hanyang", "Hanyang", "汉阳区"), Named("wuhan", "Wuhan", "武汉市")])
    >>> names.id_of("汉阳"), names.id_of("Wuhan City")
    ('hanyang', 'wuhan')
    """

    def __init__(self, what: str, rows: Iterable[Named]) -> None:
        self.what, self.rows = what, list(rows)
        self.ids = {row.id for row in self.rows}

    # a name as it is listed goes before one that is cut short: 汉南 is short for 汉南区 and part of no other name
    @cached_property
    def _whole(self) -> dict[str, list[str]]:
        return _index((key(word), row.id) for row in self.rows for word in (row.id, *row.words))

    @cached_property
    def _short(self) -> dict[str, list[str]]:
        return _index((self._cut(word), row.id) for row in self.rows for word in (row.id, *row.words))

    @property
    def listed(self) -> list[str]:
        """The ids, then the names and aliases that stand for one of them alone, for whoever completes or checks them."""
        names = dict.fromkeys(word for row in self.rows for word in row.words if word and word not in self.ids)
        return sorted(self.ids) + [word for word in names if len(self.ids_of(word)) == 1]

    def id_of(self, given: object) -> str:
        """The id that is meant."""
        found = self.ids_of(given)
        if len(found) == 1:
            return found[0]
        if found:
            raise AmbiguousNameError(self.what, given, [f"{row.id} ({row.name_zh})" for row in self.rows if row.id in found])
        raise UnknownIdError(self.what, given, self.ids, self._near(str(given)))

    def ids_of(self, given: object) -> list[str]:
        """All ids that a name may stand for; none where it is unknown."""
        if not isinstance(given, str):
            return []
        if given in self.ids:
            return [given]
        return self._whole.get(key(given)) or self._short.get(self._cut(given)) or []

    def replaced(self, value: Any) -> Any:
        """The id for a name that stands for one alone, in a list too; everything else as it is."""
        if isinstance(value, list):
            return [self.replaced(item) for item in value]
        found = self.ids_of(value)
        return found[0] if len(found) == 1 else value

    def _cut(self, word: str) -> str:
        whole = key(word)
        return ENDINGS.sub("", whole) if self.what == "region" else whole

    def _near(self, given: str) -> list[str]:
        """Ids whose names are near to what was given, where no id is."""
        if get_close_matches(given.lower(), self.ids, n=1, cutoff=0.5):
            return []
        near = get_close_matches(key(given), list(self._whole), n=3, cutoff=0.5)
        return list(dict.fromkeys(id_ for word in near for id_ in self._whole[word]))[:3]


def key(word: str) -> str:
    """A name without what makes no other name of it: capitals, blanks, hyphens, full-width letters.

    >>> key(" Jiang'an "), key("ＧＤＰ"), key("Fixed-asset investment")
    ('jiangan', 'gdp', 'fixedassetinvestment')
    """
    return _SPACING.sub("", unicodedata.normalize("NFKC", word).casefold())


def ids_for(parameters: Mapping[str, Any], data_dir: str = "") -> dict[str, Any]:
    """Parameters of a notebook with ids in place of names, so that a run is the same run however it was asked for.

    What is no name, or not of one id alone, stays for the checks to refuse.

    >>> ids_for({"region": "汉阳", "indicator": "GDP", "start_year": 2019})
    {'region': 'hanyang', 'indicator': 'gdp', 'start_year': 2019}
    """
    folder = Path(data_dir) if data_dir else SNAPSHOT
    tables = (("region", folder / "regions.csv"), ("indicator", folder / "indicators.csv"))
    try:
        names = _read_names(tables, tuple(file.stat().st_mtime_ns for _, file in tables))
    except (OSError, HanyangError, ValueError):  # which is said when the files are read as data
        names = {}
    known = {name: names[NAMED[name]] for name in parameters if NAMED.get(name) in names}
    return {name: known[name].replaced(value) if name in known else value for name, value in parameters.items()}


@lru_cache(8)
def _read_names(tables: tuple[tuple[str, Path], ...], stamps: tuple[int, ...]) -> dict[str, Names]:
    """The names in some files as they are now, without pandas."""
    found = {}
    for what, file in tables:
        head, *rows = (cells for _, cells in read_sheet(file, Named._fields).rows)
        cells = [dict(zip(head, row, strict=False)) for row in rows]
        named = [Named(*(row.get(column, "") for column in Named._fields)) for row in cells if row.get("id")]
        found[what] = Names(what, named)
    return found


def _index(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for word, id_ in pairs:
        if word and id_ not in found.setdefault(word, []):
            found[word].append(id_)
    return found
