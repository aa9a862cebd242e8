"""What a report is asked to be: a YAML file with title, language, formats and the runs it stands on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from shlex import quote
from typing import Any
from zipfile import is_zipfile

from hanyang_data.batch.plan import BLOCK_KEYS, check_keys
from hanyang_data.errors import ParameterError, nearest, shown
from hanyang_data.record.strict_yaml import read_yaml
from hanyang_data.report.content import SHOWN
from hanyang_data.studies.registry import STUDIES, declared
from hanyang_data.words.wording import LANGUAGES, NO_WORDS, Lang, Text

TEXTS = ("title", "question", "institution", "author", "date")  # on the first page
KEYS = (*TEXTS, "lang", "formats", "annex", "template", "recommendations", "runs")
FORMATS = ("html", "docx", "pptx", "xlsx", "latex", "csv")
ANNEX = ("same", "file", "none")
BOTH = "both"
FOR_BOTH = ("author", "institution", "date")  # one wording will do for both languages


@dataclass(frozen=True)
class Spec:
    """A report as asked for."""

    # in the languages of the report; a language it is not in may be empty. Likewise the next four, which may be empty
    title: Text
    languages: tuple[Lang, ...]  # one document is written per language
    formats: tuple[str, ...]  # of FORMATS
    blocks: tuple[dict[str, Any], ...]
    # of each block, what the brief shows of its runs: ``figures`` and ``tables``; without, what the study declares
    shown: tuple[dict[str, list[str]], ...] = ()
    question: Text = NO_WORDS  # that the report answers
    institution: Text = NO_WORDS  # that issues it
    author: Text = NO_WORDS  # who wrote it
    date: Text = NO_WORDS  # as printed
    annex: str = "same"  # in the same file, a file of its own, or none
    template: Path | None = None  # a Word file whose styles the report takes; None for those of the package
    recommendations: dict[str, list[str]] | None = None  # of each language; None where the report has no place for them


def read_spec(file: Path) -> Spec:
    """Read a report file and check all of it that does not need the notebooks."""
    content = read_yaml(file)
    if not isinstance(content, dict):
        raise ParameterError(f"{file} holds no `title:` and `runs:`")
    if "title" not in content and any(key in content for key in BLOCK_KEYS):
        command = "run" if "notebook" in content and "matrix" not in content else "sweep"
        raise ParameterError(f"{file} is a params file: hanyang {command} {quote(str(file))}")
    check_keys(content, KEYS, str(file))
    asked = _one_of(content.get("lang", "en"), "lang", (*LANGUAGES, BOTH), file)
    languages = tuple(lang for lang in LANGUAGES if asked in (lang, BOTH))
    texts = {key: _text(content[key], key, languages, file) for key in TEXTS if content.get(key) or key == "title"}
    blocks = _blocks(content.get("runs"), languages, file)
    return Spec(
        **texts | ({"date": _date(texts["date"])} if "date" in texts else {}),
        languages=languages,
        formats=_formats(content.get("formats", list(FORMATS)), file),
        blocks=tuple({key: block[key] for key in BLOCK_KEYS if key in block} for block in blocks),
        shown=tuple({key: list(block[key]) for key in SHOWN if key in block} for block in blocks),
        annex=_one_of(content.get("annex", "same"), "annex", ANNEX, file),
        template=_template(content.get("template"), file),
        recommendations=_recommended(content, languages, file),
    )


def _one_of(found: object, key: str, known: Sequence[str], file: Path) -> str:
    if found not in known:
        raise ParameterError(f"{file}: {key} is {shown(found)}: {nearest(found, known)}")
    return str(found)


def _date(given: Text) -> Text:
    """A day such as 2026-11-28 as each language writes it; other wordings as they are."""
    try:
        day = date.fromisoformat(given.en or given.zh)
    except ValueError:
        return given
    return Text(f"{day.day} {day:%B %Y}", f"{day.year}年{day.month}月{day.day}日")


def _template(found: object, file: Path) -> Path | None:
    if not found:
        return None
    place = file.parent / str(found)
    if place.suffix.lower() != ".docx" or not is_zipfile(place):
        raise ParameterError(f"{file}: template {shown(found)} is no Word file beside the report file: name a .docx")
    return place


def _recommended(content: dict[Any, Any], languages: Sequence[Lang], file: Path) -> dict[str, list[str]] | None:
    if "recommendations" not in content:
        return None
    found = content["recommendations"] or {}
    if isinstance(found, list) and len(languages) == 1:
        found = {languages[0]: found}
    good = isinstance(found, dict) and all(
        isinstance(lines, list) and all(isinstance(line, str) for line in lines) for lines in found.values()
    )
    if not good:
        raise ParameterError(f"{file}: recommendations is {shown(found)}, expected lists such as `en: [Build.]`")
    check_keys(found, LANGUAGES, f"{file}: recommendations")
    return {lang: found.get(lang, []) for lang in languages}


def _text(found: object, key: str, languages: Sequence[Lang], file: Path) -> Text:
    """Words in the languages of the report; one wording for both will do for a name or a day."""
    if key == "date" and isinstance(found, date):
        found = found.isoformat()
    if isinstance(found, str) and found.strip() and (key in FOR_BOTH or len(languages) == 1):
        return Text(found.strip(), found.strip())
    if isinstance(found, dict):
        check_keys(found, LANGUAGES, f"{file}: {key}")
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
        check_keys(block, (*BLOCK_KEYS, *SHOWN), where)
        if not isinstance(block.get("notebook"), str):
            raise ParameterError(f"{where}: notebook is {shown(block.get('notebook'))}, expected a name such as trend")
        for key in ("parameters", "matrix"):
            given = block.get(key) or {}
            if not isinstance(given, dict):
                raise ParameterError(f"{where}: {key} is {shown(given)}, expected lines such as `region: hanyang`")
            if "lang" in given:
                raise ParameterError(f"{where}: {key} sets lang, which is the report's `lang:` to say; drop it here")
        _known_parts(block, where)
        blocks += [block | {"parameters": {**(block.get("parameters") or {}), "lang": lang}} for lang in languages]
    return tuple(blocks)


def _known_parts(block: dict[str, Any], where: str) -> None:
    """What the brief is to show must be of the study."""
    for key in SHOWN:
        given, name = block.get(key, []), block["notebook"]
        if not isinstance(given, list):
            raise ParameterError(f"{where}: {key} is {shown(given)}, expected a list of names")
        known = declared(name).named(key.removesuffix("s")) if name in STUDIES else given
        for each in given:
            if each not in known:
                raise ParameterError(f"{where}: {name} has no {key.removesuffix('s')} {shown(each)}: {nearest(each, known)}")
