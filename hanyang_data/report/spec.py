"""What a report is asked to be: a YAML file with title, language, formats and the runs it stands on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from shlex import quote
from typing import Any

from hanyang_data.errors import ParameterError, nearest, shown
from hanyang_data.record.strict_yaml import read_yaml
from hanyang_data.words.wording import LANGUAGES, Lang, Text

KEYS = ("title", "author", "lang", "formats", "runs")
BLOCK_KEYS = ("notebook", "parameters", "matrix", "exclude")
PARAMS_KEYS = ("notebook", "parameters", "matrix", "exclude")  # that a file of runs has, and a report's not
FORMATS = ("html", "docx", "xlsx", "latex", "csv")
BOTH = "both"


@dataclass(frozen=True)
class Spec:
    """A report as asked for.

    Args:
        title: in the languages of the report; a language it is not in may be empty.
        author: likewise; empty if none is named.
        languages: one document is written per language.
        formats: of FORMATS.
        blocks: the runs, one block per block of the file and language, as a params file holds them: ``notebook``,
            ``parameters`` (with ``lang`` set), and ``matrix`` and ``exclude`` where the file has them.
    """

    title: Text
    author: Text
    languages: tuple[Lang, ...]
    formats: tuple[str, ...]
    blocks: tuple[dict[str, Any], ...]


def read_spec(file: Path) -> Spec:
    """Read a report file and check all of it that does not need the notebooks.

    Raises:
        ParameterError: one sentence that names the file, the key and the nearest right word.
    """
    content = read_yaml(file)
    if not isinstance(content, dict):
        raise ParameterError(f"{file} holds no `title:` and `runs:`")
    if "title" not in content and any(key in content for key in PARAMS_KEYS):
        command = "run" if "notebook" in content and "matrix" not in content else "sweep"
        raise ParameterError(f"{file} is a params file: hanyang {command} {quote(str(file))}")
    _known(content, KEYS, str(file))
    languages = _languages(content.get("lang", "en"), file)
    return Spec(
        title=_text(content.get("title"), "title", languages, file),
        author=_text(content["author"], "author", languages, file) if content.get("author") else Text("", ""),
        languages=languages,
        formats=_formats(content.get("formats", list(FORMATS)), file),
        blocks=_blocks(content.get("runs"), languages, file),
    )


def _languages(found: object, file: Path) -> tuple[Lang, ...]:
    if found == BOTH:
        return LANGUAGES
    for lang in LANGUAGES:
        if found == lang:
            return (lang,)
    raise ParameterError(f"{file}: lang is {shown(found)}: {nearest(found, (*LANGUAGES, BOTH))}")


def _text(found: object, key: str, languages: Sequence[Lang], file: Path) -> Text:
    """Words in the languages of the report; one name for both will do for an author."""
    if isinstance(found, str) and found.strip() and (key == "author" or len(languages) == 1):
        return Text(found.strip(), found.strip())
    if isinstance(found, dict):
        _known(found, LANGUAGES, f"{file}: {key}")
        if all(isinstance(found.get(lang), str) and found[lang].strip() for lang in languages):
            return Text(*(str(found.get(lang) or "").strip() for lang in LANGUAGES))
    wanted = " and ".join(f"`{lang}: …`" for lang in languages)
    raise ParameterError(f"{file}: {key} is {shown(found)}, expected the lines {wanted}")


def _formats(found: object, file: Path) -> tuple[str, ...]:
    if not isinstance(found, list) or not found:
        raise ParameterError(f"{file}: formats is {shown(found)}, expected a list such as [html, docx]")
    for name in found:
        if name not in FORMATS:
            raise ParameterError(f"{file}: unknown format {shown(name)}: {nearest(name, FORMATS)}")
    return tuple(dict.fromkeys(found))


def _blocks(found: object, languages: Sequence[Lang], file: Path) -> tuple[dict[str, Any], ...]:
    """Every block in every language, in the order of the file."""
    if not isinstance(found, list) or not found:
        raise ParameterError(f"{file}: runs is {shown(found)}, expected a list of blocks such as `- notebook: trend`")
    blocks = []
    for number, block in enumerate(found, start=1):
        where = f"{file}: block {number} of runs"
        if not isinstance(block, dict):
            raise ParameterError(f"{where} is {shown(block)}, expected lines such as `notebook: trend`")
        _known(block, BLOCK_KEYS, where)
        if not isinstance(block.get("notebook"), str):
            raise ParameterError(f"{where}: notebook is {shown(block.get('notebook'))}, expected a name such as trend")
        for key in ("parameters", "matrix"):
            given = block.get(key) or {}
            if not isinstance(given, dict):
                raise ParameterError(f"{where}: {key} is {shown(given)}, expected lines such as `region: hanyang`")
            if "lang" in given:
                raise ParameterError(f"{where}: {key} sets lang, which is the report's `lang:` to say; drop it here")
        blocks += [block | {"parameters": {**(block.get("parameters") or {}), "lang": lang}} for lang in languages]
    return tuple(blocks)


def _known(found: dict[Any, Any], keys: Sequence[str], where: str) -> None:
    for key in found:
        if key not in keys:
            raise ParameterError(f"{where}: unknown key {shown(key)}: {nearest(key, keys)}")
