"""A commented snapshot folder to start from: the example files of ``starter/``, explained by the tables of the contract."""

from __future__ import annotations

from pathlib import Path

from hanyang_data.errors import SnapshotError
from hanyang_data.files import fresh
from hanyang_data.record.contract import COLUMNS, DESCRIPTIONS, KEYS, ONE_ROW_PER, REFERENCES, VOCABULARY
from hanyang_data.record.datapackage import write_descriptor

STARTER = Path(__file__).parent / "starter"
README = "README.md"


def new_dataset(folder: Path) -> list[Path]:
    """Write a folder that :func:`hanyang_data.open_dataset` accepts as it stands, with a comment on every column."""
    try:
        if folder.exists() and not folder.is_dir():
            raise SnapshotError(f"{folder} is a file: name a new folder")
        if folder.exists() and any(folder.iterdir()):
            raise SnapshotError(f"{folder} is not empty: name a new folder, so that nothing is overwritten")
        files = {folder / name: text for name, text in _texts().items()}
        for file, text in files.items():
            file.parent.mkdir(parents=True, exist_ok=True)
            with fresh(file) as part:
                part.write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise SnapshotError(f"{error.filename or folder} cannot be written: {error.strerror}") from None
    return [*files, write_descriptor(folder)]


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
    tables = {name: _commented(name, example.get(name, f"{','.join(COLUMNS[name])}\n")) for name in COLUMNS}
    return example | tables | {README: example[README] + codebook()}


def _commented(name: str, table: str) -> str:
    """The comments go below the header, which so stays where spreadsheets and other tools look for it."""
    head, rows = table.split("\n", 1)
    notes = [f"# One row per {ONE_ROW_PER[name]}. Lines that start with # are comments and may be deleted."]
    notes += [f"# {column}: {text}{_words(name, column)}" for column, text in DESCRIPTIONS[name].items()]
    return "\n".join([head, *notes, rows])


def _words(name: str, column: str) -> str:
    """What a cell must be: one of some words, an id of another file, or different in every row."""
    if words := VOCABULARY.get(name, {}).get(column):
        return f" [one of: {' | '.join(words)}]"
    if target := REFERENCES.get(name, {}).get(column):
        return f" [an id of {target}]"
    return " [each once]" if KEYS[name] == [column] else ""
