"""Snapshot folders written: their Frictionless Data Package descriptor, a commented folder to start from, and one written clean.

``python -m hanyang_data.record.datapackage FOLDER`` writes ``FOLDER/datapackage.json``, so that tools that know nothing of this
project (frictionless, R, DuckDB, data portals) can read the types, check the cells and follow the references. The same files
always give the same bytes: there is no date in it.
"""

import hashlib
import json
import re
import sys
from pathlib import Path
from typing import Any

from hanyang_data.errors import HanyangError, ParameterError, SnapshotError
from hanyang_data.files import fresh, writing
from hanyang_data.record import contract
from hanyang_data.record.contract import COLUMNS, CORRECTIONS, DESCRIPTIONS, DESCRIPTOR, KEYS, ONE_ROW_PER, REFERENCES, VOCABULARY
from hanyang_data.record.lenient import decoded, read_sheet
from hanyang_data.record.observations import Dataset, open_dataset
from hanyang_data.record.snapshot_files import Oddity, odd_text, read_tables, sentence, write_clean

# what people say about their own data is theirs: taken over from the file that is there
KEPT = ("name", "title", "version", "homepage", "licenses", "contributors")
STARTER = Path(__file__).parent / "starter"
README = "README.md"
TITLE = "Economic figures as printed, each with its source"
CORRECTED = "What is done about printed figures that are wrong, and why; the printed figures are not touched"


def descriptor(folder: str | Path | Dataset) -> dict[str, Any]:
    """Describe a snapshot as a Data Package (version 1 of the standard).

    The descriptor: one resource per CSV file that is present, with the types, descriptions, constraints and keys of its
    columns, its size and sha256, and ``corrections.yaml`` as a plain file. Name, title, licences and contributors are those of
    the ``datapackage.json`` in the folder, if there is one.
    """
    data = folder if isinstance(folder, Dataset) else open_dataset(folder)
    if data.oddities:  # other tools read the files as they stand
        raise SnapshotError(f"{sentence(data.oddities)}: run hanyang audit --fix {data.path} first")
    resources = [_table(data.path / name) for name in COLUMNS if (data.path / name).exists()]
    file = data.path / CORRECTIONS
    other = [_file(file, "data-resource", "application/yaml", CORRECTED)] if file.exists() else []
    texts = data.printed["source_id"].nunique()
    return {
        # the tabular profile admits tables only
        "profile": "data-package" if other else "tabular-data-package",
        "name": "printed-figures",
        "title": TITLE,
        **{key: value for key, value in contract.described(data.path).items() if key in KEPT},
        "description": (
            f"{len(data.printed)} figures on {data.printed['region'].nunique()} regions, "
            f"{data.printed['year'].min()} to {data.printed['year'].max()}, as printed in {texts} texts, nothing computed. "
            "Levels are at current prices and published growth of GDP is real: the ratio of two levels is not the growth."
        ),
        "sources": [{"title": f"{len(data.sources)} texts, listed in sources.csv", "path": "sources.csv"}],
        "resources": resources + other,
    }


def write_descriptor(folder: str | Path) -> Path:
    """Write ``datapackage.json`` into a snapshot folder and return its path."""
    file = Path(folder) / DESCRIPTOR
    text = json.dumps(descriptor(folder), ensure_ascii=False, indent=1) + "\n"
    with fresh(file) as part:
        part.write_text(text, encoding="utf-8", newline="\n")
    return file


def _table(file: Path) -> dict[str, Any]:
    """The resource of one CSV file; its fields are the columns that the file has, in its order."""
    name, sheet = file.name, read_sheet(file, COLUMNS[file.name])
    (number, head), *_ = sheet.rows
    # what a reader must be told of: comment lines, and a header that stands below some
    dialect = ({"commentChar": "#"} if sheet.comments else {}) | ({"headerRows": [number]} if number > 1 else {})
    keys = [
        {"fields": [column], "reference": {"resource": Path(target).stem, "fields": KEYS[target]}}
        for column, target in REFERENCES.get(name, {}).items()
    ]
    schema: dict[str, Any] = {"fields": [_field(name, column) for column in head], "missingValues": [""]}
    schema |= {"primaryKey": KEYS[name]} if KEYS[name] else {}
    schema |= {"foreignKeys": keys} if keys else {}
    return {
        **_file(file, "tabular-data-resource", "text/csv", f"One row per {ONE_ROW_PER[name]}"),
        **({"dialect": dialect} if dialect else {}),
        "schema": schema,
    }


def _file(file: Path, profile: str, mediatype: str, description: str) -> dict[str, Any]:
    content = file.read_bytes()
    return {
        "name": file.stem, "path": file.name, "profile": profile, "format": file.suffix[1:], "mediatype": mediatype,
        "encoding": "utf-8-sig" if content.startswith(b"\xef\xbb\xbf") else "utf-8", "description": description,
        "bytes": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }  # fmt: skip


def _field(name: str, column: str) -> dict[str, Any]:
    """One column: a cell is required where the contract would refuse an empty one."""
    type_ = contract.TYPES.get(name, {}).get(column, "string")
    words = VOCABULARY.get(name, {}).get(column)
    pattern = contract.PATTERNS.get(name, {}).get(column, ("", ""))[0]
    constraints: dict[str, Any] = {}
    if words or column in REFERENCES.get(name, {}) or (pattern and not re.fullmatch(pattern, "")):
        constraints["required"] = True
    if KEYS[name] == [column]:
        constraints["unique"] = True
    if words:
        constraints["enum"] = words
    if pattern and type_ == "string":
        portable = re.sub(r"^\(\?s:\.(.*)\)$", r"[\\s\\S]\1", pattern)  # any character, as every engine reads it
        constraints["pattern"] = f"^(?:{portable})$"  # some tools search, some match: anchored, it is one
    field = {"name": column, "type": type_, "description": DESCRIPTIONS[name][column]}
    return field | ({"constraints": constraints} if constraints else {})


def new_dataset(folder: Path) -> list[Path]:
    """Write a folder that :func:`hanyang_data.open_dataset` accepts as it stands, with a comment on every column."""
    with writing(folder, SnapshotError):
        if folder.exists() and not folder.is_dir():
            raise SnapshotError(f"{folder} is a file: name a new folder")
        if folder.exists() and any(folder.iterdir()):
            raise SnapshotError(f"{folder} is not empty: name a new folder, so that nothing is overwritten")
        files = {folder / name: text for name, text in _texts().items()}
        for file, text in files.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            with fresh(file) as part:
                part.write_text(text, encoding="utf-8", newline="\n")
    return [*files, write_descriptor(folder)]


def fix(folder: Path) -> list[Oddity]:
    """Write the files of a snapshot in which something is odd anew, and its descriptor, where it has one.

    Files in which nothing is odd are not touched; no figure is changed. What was written differently before.

    >>> from hanyang_data.record.contract import SNAPSHOT
    >>> fix(SNAPSHOT)
    []
    """
    contract.refuse_odd(folder / DESCRIPTOR)  # before anything is written
    frames, oddities = read_tables(folder)
    text = odd_text(folder / CORRECTIONS)
    for name in dict.fromkeys(odd.file for odd in oddities):
        write_clean(folder / name, COLUMNS[name], frames[name])
    if text:
        with writing(folder / CORRECTIONS, SnapshotError):
            content, _ = decoded(contract.refuse_odd(folder / CORRECTIONS).read_bytes())
            with fresh(folder / CORRECTIONS) as part:
                part.write_text(content.removeprefix("\ufeff"), encoding="utf-8", newline="\n")
    open_dataset(folder)  # what cannot be mended is said
    if (oddities or text) and (folder / DESCRIPTOR).exists():
        write_descriptor(folder)
    return oddities + text


def codebook() -> str:
    """The files and columns of a snapshot as Markdown tables, with the words a cell may hold."""
    lines = []
    for name in COLUMNS:
        lines += [f"### {name}", "", f"One row per {ONE_ROW_PER[name]}.", "", "| column | meaning | allowed |", "|---|---|---|"]
        for column, text in DESCRIPTIONS[name].items():
            allowed = _words(name, column).strip(" []").removeprefix("one of: ").replace(" | ", ", ")
            lines.append(f"| `{column}` | {text} | {allowed} |")
        lines.append("")
    return "\n".join(lines)


def _texts() -> dict[str, str]:
    """What each file of the new folder says."""
    files = [file for file in sorted(STARTER.rglob("*.*")) if file.suffix in (".csv", ".md", ".yaml")]
    example = {file.relative_to(STARTER).as_posix(): file.read_text(encoding="utf-8") for file in files}
    # no rows where there is no honest example
    made = {README: example[README] + codebook()}
    for name in COLUMNS:  # the comments below the header, which so stays where spreadsheets and other tools look for it
        head, rows = example.get(name, f"{','.join(COLUMNS[name])}\n").split("\n", 1)
        notes = [f"# One row per {ONE_ROW_PER[name]}. Lines that start with # are comments and may be deleted."]
        notes += [f"# {column}: {text}{_words(name, column)}" for column, text in DESCRIPTIONS[name].items()]
        made[name] = "\n".join([head, *notes, rows])
    return example | made


def _words(name: str, column: str) -> str:
    """What a cell must be: one of some words, an id of another file, or different in every row."""
    if words := VOCABULARY.get(name, {}).get(column):
        return f" [one of: {' | '.join(words)}]"
    if target := REFERENCES.get(name, {}).get(column):
        return f" [an id of {target}]"
    return " [each once]" if KEYS[name] == [column] else ""


if __name__ == "__main__":
    try:
        if len(sys.argv) != 2:
            raise ParameterError("name one snapshot folder: python -m hanyang_data.record.datapackage hanyang_data/data")
        print(write_descriptor(sys.argv[1]))
    except HanyangError as error:
        print(f"error: {error}", file=sys.stderr)
        sys.exit(2)
