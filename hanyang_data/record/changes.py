"""What became of a record between two states of it: which rows came, went, or changed, and which cells.

``python -m hanyang_data.record.changes OLD NEW`` prints it for two dataset folders, as Markdown for a change log. Rows are
matched by the keys of the contract: a row that only moved has not changed, and one whose place or token was mended went and came.
The states need not keep today's contract; what they must be is written clean (``hanyang audit --fix``).
"""

import sys
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd

from hanyang_data.errors import HanyangError, ParameterError, brief
from hanyang_data.record.contract import KEYS
from hanyang_data.words.messages import messages

SAYS = messages("hanyang_data.record.changes")  # also when it is called by its name
LONGEST = 60  # characters of a cell that is shown
Rows = dict[tuple[str, ...], dict[Any, Any]]


class Changes(NamedTuple):
    """What became of one table: the keys that came and went, and the cells that changed (key, column, old, new)."""

    came: list[tuple[str, ...]]
    went: list[tuple[str, ...]]
    changed: list[tuple[tuple[str, ...], str, str, str]]


def changes(old: str | Path, new: str | Path) -> dict[str, Changes]:
    """Compare two dataset folders table by table; file name → its changes; tables without any are left out.

    >>> from hanyang_data.record.contract import SNAPSHOT
    >>> changes(SNAPSHOT, SNAPSHOT)
    {}
    """
    for folder in (old, new):
        if not any((Path(folder) / name).is_file() for name in KEYS):
            raise ParameterError(f"{folder} holds no table of a dataset, such as observations.csv")
    found = {name: _compare(_rows(Path(old) / name), _rows(Path(new) / name)) for name in KEYS}
    return {name: change for name, change in found.items() if any(change)}


def change_log(old: str | Path, new: str | Path, lang: str = "en") -> str:
    """The same as Markdown: a line of counts a table, then every row."""
    lines = []
    for name, change in changes(old, new).items():
        rows = len({key for key, *_ in change.changed})
        counts = SAYS.counts.format(came=len(change.came), went=len(change.went), changed=rows)
        lines += [f"### {name}", "", counts.to(lang), ""]
        lines += [
            f"- {sign} {' '.join(filter(None, key))}" for sign, keys in (("+", change.came), ("−", change.went)) for key in keys
        ]
        for key, column, *cells in change.changed:
            before, after = (f"`{brief(text, LONGEST)}`" if text else "–" for text in cells)
            lines.append(f"- {' '.join(filter(None, key))}: {column} {before} → {after}")
        lines.append("")
    return "\n".join(lines).rstrip() or SAYS.nothing.to(lang)


def _rows(file: Path) -> Rows:
    """The rows of a table by their key; a table without one by all of its cells."""
    if not file.is_file():
        return {}
    try:
        table = pd.read_csv(file, dtype=str, keep_default_na=False, encoding="utf-8-sig")
        keys = table[KEYS[file.name] or list(table.columns)].itertuples(index=False, name=None)
        return dict(zip(keys, table.to_dict("records"), strict=True))
    except (ValueError, KeyError):
        raise ParameterError(f"{file} is not written clean: run hanyang audit --fix {file.parent} first") from None


def _compare(old: Rows, new: Rows) -> Changes:
    both = [(key, old[key], row) for key, row in new.items() if key in old]
    changed = [(key, c, was[c], row[c]) for key, was, row in both for c in row if c in was and was[c] != row[c]]
    return Changes([key for key in new if key not in old], [key for key in old if key not in new], changed)


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit("usage: python -m hanyang_data.record.changes OLD NEW")
    try:
        print(change_log(*sys.argv[1:]))
    except (HanyangError, OSError) as error:
        sys.exit(f"error: {error}")
