"""What a reader sees, from the catalogues ``words.csv`` beside the code: English and Chinese in one row.

A catalogue is a table ``key,en,zh`` with a byte order mark, so that Excel opens its Chinese as Chinese; who corrects a
sentence saves it as "CSV UTF-8" and leaves keys, {placeholders} and the order of the rows as they are. A key begins with the
module that says it. English counts have two forms, the one for 1 first: ``{n} {n:year|years}``; Chinese has one.

No library: Fluent has a file for each language, gettext keys the Chinese by the English sentence (who mends the English
loses the Chinese, and neither opens in Excel), and of Babel's plural rules our two languages need "is it 1?".
"""

import csv
import string
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Literal, NamedTuple, get_args

from hanyang_data.errors import HanyangError, ParameterError, brief, nearest

Lang = Literal["en", "zh"]
LANGUAGES: tuple[Lang, ...] = get_args(Lang)
CALLED = {  # what else a language is called
    "zh": ("cn", "chinese", "中文", "汉语", "zh-cn", "zh-hans", "chs"),
    "en": ("english", "英文", "英语", "en-us", "en-gb"),
}
CATALOGUE, COLUMNS = "words.csv", ["key", "en", "zh"]
LEXICON = "lexicon"  # of the reader: the words of reports, in columns of their own
PACKAGE = Path(__file__).parents[1]


class Text(NamedTuple):
    """One sentence or label in both languages."""

    en: str
    zh: str

    def to(self, lang: str) -> str:
        """The text in ``lang``."""
        return self.en if language(lang) == "en" else self.zh

    def format(self, **values: object) -> "Text":
        """Fill both templates; a value that is itself a Text is put in in the language of the template.

        >>> Text("{n} {n:year|years}", "{n}年").format(n=1)
        Text(en='1 year', zh='1年')
        """
        fill = _PLURAL.format if "|" in self.en else str.format
        fills = [{k: v[i] if isinstance(v, Text) else v for k, v in values.items()} for i in (0, 1)]
        try:
            return Text(fill(self.en, **fills[0]), self.zh.format(**fills[1]))
        except (LookupError, ValueError, AttributeError) as error:
            raise WordsError(f"the words {brief(self.en)!r}, {brief(self.zh)!r} cannot be filled in: {error}") from None


class WordsError(HanyangError, AttributeError):
    """A catalogue that somebody edited and that cannot be read, or lacks what the code says."""


class _Plural(string.Formatter):
    """Knows ``{n:year|years}``."""

    def format_field(self, value: object, format_spec: str) -> str:
        one, mark, other = format_spec.partition("|")
        if not mark:
            return format(value, format_spec)
        return one if str(value) == "1" else other


_PLURAL = _Plural()


class Messages:
    """The words of one module: ``SAYS.covered`` is a Text, ``SAYS["titles", basis]`` one of a group, ``each`` a whole group.

    Read when the first is asked for, once.
    """

    def __init__(self, room: Path, module: str) -> None:
        self._room, self._module = room, module

    def __getattr__(self, key: str) -> Text:
        if key.startswith("__"):  # what Python asks any object for
            raise AttributeError(key)
        text = self.__dict__[key] = self[key]
        return text

    def __getitem__(self, key: str | tuple[str, str]) -> Text:
        row = ".".join((self._module, *([key] if isinstance(key, str) else key)))
        try:
            return catalogue(self._room)[row]
        except KeyError:
            raise WordsError(f"{_shown(self._room / CATALOGUE)} has no row {row}") from None

    def each(self, group: str) -> dict[str, Text]:
        """The texts of a group by the rest of their keys, in the order of the catalogue."""
        start = f"{self._module}.{group}."
        found = {key.removeprefix(start): text for key, text in catalogue(self._room).items() if key.startswith(start)}
        if not found:
            raise WordsError(f"{_shown(self._room / CATALOGUE)} has no rows {start}…")
        return found

    def row(self, group: str) -> tuple[Text, ...]:
        """The texts of a group, in the order of the catalogue."""
        return tuple(self.each(group).values())

    def records(self, group: str) -> dict[str, dict[str, Text]]:
        """The texts of a group of groups: what ``each`` would say of each."""
        found: dict[str, dict[str, Text]] = {}
        for key, text in self.each(group).items():
            name, _, field = key.rpartition(".")
            found.setdefault(name, {})[field] = text
        return found


def messages(module: str) -> Messages:
    """The words of a module, by its ``__name__``; its catalogue lies in its folder.

    >>> messages("hanyang_data.words.wording").growth
    Text(en='growth', zh='增速')
    """
    *room, name = module.split(".")[1:]
    return Messages(PACKAGE.joinpath(*room), name)


@cache
def catalogue(room: Path) -> dict[str, Text]:
    """The rows of the catalogue of a folder, by key; a WordsError names the file, and the line that is no row."""
    file = room / CATALOGUE
    try:
        with file.open(encoding="utf-8-sig", newline="") as stream:
            rows = csv.reader(stream, strict=True)
            head = next(rows, [])
            if head != COLUMNS:
                raise WordsError(f"{_shown(file)} begins with {brief(','.join(head))!r} and not with {','.join(COLUMNS)}")
            return _read(rows, file)
    except OSError as error:
        raise WordsError(f"{_shown(file)} cannot be read: {error.strerror}") from None
    except UnicodeDecodeError:
        raise WordsError(f'{_shown(file)} is not in UTF-8: save it as "CSV UTF-8"') from None
    except csv.Error as error:
        raise WordsError(f"{_shown(file)} is no CSV file: {error}") from None


def read_all() -> None:
    """Read every catalogue: a batch must not come to a broken one when it is half done, in a process of its own."""
    for file in sorted(PACKAGE.rglob(CATALOGUE)):
        if file.parent.name != LEXICON:
            catalogue(file.parent)


def language(lang: str) -> Lang:
    """``lang`` itself if it is one we write, else a ParameterError."""
    if lang not in LANGUAGES:
        meant = next((id_ for id_, names in CALLED.items() if str(lang).lower().replace("_", "-") in names), lang)
        if meant != lang:
            raise ParameterError(f"unknown language {lang!r}: did you mean {meant}?")
        raise ParameterError(f"unknown language {lang!r}: {nearest(lang, LANGUAGES)}")
    return lang


def _read(rows: Iterator[list[str]], file: Path) -> dict[str, Text]:
    found: dict[str, Text] = {}
    for line, row in enumerate(rows, start=2):
        if not any(row):  # a spreadsheet leaves some at the end
            continue
        if len(row) != len(COLUMNS) or not all(row):
            raise WordsError(f"{_shown(file)}, row {line}: {brief(','.join(row))!r} is not a key, its English and its Chinese")
        key, en, zh = row
        if key in found:
            raise WordsError(f"{_shown(file)}, row {line}: {key} stands twice")
        found[key] = Text(en, zh)
    return found


def _shown(file: Path) -> str:
    return str(file.relative_to(PACKAGE.parent)) if file.is_relative_to(PACKAGE.parent) else str(file)
