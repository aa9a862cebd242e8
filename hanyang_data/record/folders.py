"""Snapshot folders written: a commented one to start from, the example files of ``starter/`` explained; and one written clean."""

from pathlib import Path

from hanyang_data.errors import SnapshotError
from hanyang_data.files import fresh
from hanyang_data.record.contract import COLUMNS, CORRECTIONS, DESCRIPTIONS, KEYS, ONE_ROW_PER, REFERENCES, VOCABULARY
from hanyang_data.record.datapackage import DESCRIPTOR, write_descriptor
from hanyang_data.record.observations import open_dataset
from hanyang_data.record.snapshot import refuse_odd
from hanyang_data.record.snapshot_files import Oddity, odd_text, read_tables, write_clean
from hanyang_data.record.textfile import decoded

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


def fix(folder: Path) -> list[Oddity]:
    """Write the files of a snapshot in which something is odd anew, and its descriptor, where it has one.

    Files in which nothing is odd are not touched; no figure is changed. What was written differently before.

    >>> from hanyang_data.record.snapshot import SNAPSHOT
    >>> fix(SNAPSHOT)
    []
    """
    refuse_odd(folder / DESCRIPTOR)  # before anything is written
    frames, oddities = read_tables(folder)
    text = odd_text(folder / CORRECTIONS)
    for name in dict.fromkeys(odd.file for odd in oddities):
        write_clean(folder / name, COLUMNS[name], frames[name])
    if text:
        try:
            content, _ = decoded(refuse_odd(folder / CORRECTIONS).read_bytes())
            with fresh(folder / CORRECTIONS) as part:
                part.write_text(content.removeprefix("\ufeff"), encoding="utf-8", newline="\n")
        except OSError as error:
            raise SnapshotError(f"{folder / CORRECTIONS} cannot be written: {error.strerror or error}") from None
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
