"""What all commands share: options, tables, what is told of a folder beside the answer, and signs that the terminal has."""

from __future__ import annotations

import codecs
import os
import sys
import unicodedata
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hanyang_data.errors import HanyangError, ParameterError

if TYPE_CHECKING:
    import pandas as pd

    from hanyang_data.record.observations import Dataset

EXAMPLE = "\b\nExample:\n  {}"
PATH = click.Path(path_type=Path)
DATA = click.option("--data", "data_dir", default="", metavar="DIR", help="Another snapshot folder.")
OUT = click.option("--out", default="build/runs", show_default=True, type=PATH, help="Folder of the runs.")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
JOBS = click.option("-j", "jobs", default=os.cpu_count() or 1, show_default=True, type=click.IntRange(1), help="Runs at once.")
ENGINE = click.option("--engine", default="fork", show_default=True, type=click.Choice(["fork", "papermill"]),
                      help="fork: warmed processes; papermill: ordinary kernels.")  # fmt: skip
OWN_ASCII = "hanyang_ascii"
PLAIN, ESCAPED = "hanyang.plain", "hanyang.escaped"
# in place of the signs that the project's own lines hold
INSTEAD = {"→": "->", "–": "-", "—": "-", "−": "-", "…": "...", "“": '"', "”": '"', "‘": "'", "’": "'", "·": "-", "×": "x",
           "†": "+", "█": "#", "▸": ">", "（": "(", "）": ")", "，": ", ", "：": ": ", "。": ". ", "、": ", "}  # fmt: skip


def refuse_files(*folders: Path | None) -> None:
    """Stop before any work where what is to be a folder is a file, or lies below one."""
    for folder in filter(None, folders):
        for place in (folder, *folder.parents):
            if place.exists() and not place.is_dir():
                raise ParameterError(f"{place} is a file: name a folder")


def as_text(table: pd.DataFrame) -> str:
    """A frame as aligned text, words to the left and numbers to the right; Chinese characters take two columns."""
    columns = [_column(table.iloc[:, place]) for place in range(table.shape[1])]
    return "\n".join(" ".join(cells).rstrip() for cells in zip(*columns, strict=True))


def _column(column: pd.Series) -> list[str]:
    """Its head and cells, all of one width; pandas makes words of numbers, and would take half a minute to align a nation."""
    from pandas.api.types import is_numeric_dtype

    from hanyang_data.words.wording import display_width

    numeric, head = is_numeric_dtype(column), str(column.name)
    if numeric and len(column):
        cells = [cell.strip() for cell in column.to_string(index=False, header=False, na_rep="–").split("\n")]
    else:
        cells = list(column.fillna("").astype(str))
    width = max(map(display_width, [*cells, head])) + numeric
    gaps = [" " * (width - display_width(cell)) for cell in [head, *cells]]
    return [gap + cell if numeric else cell + gap for gap, cell in zip(gaps, [head, *cells], strict=True)]


def tell(data: Dataset, folder: str) -> None:
    """Say on stderr in one line what was read differently than written and how it is written clean; else nothing."""
    from shlex import quote

    from hanyang_data.record.snapshot_files import sentence

    if data.oddities:
        click.echo(f"{sentence(data.oddities)}; hanyang audit --fix {quote(folder)} writes it clean", err=True)


def telling(check: Callable[[dict[str, Any]], None]) -> Callable[[dict[str, Any]], None]:
    """The same check of a run's values, which tells of each folder once when the first run that needs it has passed.

    Runs that are up to date are not checked: what their data write differently was told when they were made.
    """
    told: set[str] = set()

    def checked(parameters: dict[str, Any]) -> None:
        from hanyang_data.record.observations import dataset_in

        check(parameters)
        folder = parameters.get("data_dir")
        if isinstance(folder, str) and folder and folder not in told:
            told.add(folder)
            with suppress(HanyangError):  # a notebook of the user's own may mean any folder
                tell(dataset_in(folder), folder)

    return checked


def plain(sign: str) -> str:
    """A sign in ASCII: a near one, the letter without its accent, or a question mark.

    >>> plain("→"), plain("é"), plain("汉")
    ('->', 'e', '?')
    """
    letters = unicodedata.normalize("NFKD", sign).encode("ascii", "ignore").decode()
    return INSTEAD.get(sign) or letters or "?"


def escaped(sign: str) -> str:
    """A sign as JSON escapes it, so that what reads the output gets it back.

    >>> escaped("汉")
    '\\\\u6c49'
    """
    units = sign.encode("utf-16-be", "surrogatepass").hex()
    return "".join(f"\\u{units[start : start + 4]}" for start in range(0, len(units), 4))


def degrade(*, json: bool = False) -> None:
    """Let stdout and stderr write what their encoding lacks in other signs; of JSON nothing is lost."""
    for name, sign in ((PLAIN, plain), (ESCAPED, escaped)):
        codecs.register_error(name, partial(_instead, sign))
    codecs.register(_own_ascii)
    for stream, handler in ((sys.stdout, ESCAPED if json else PLAIN), (sys.stderr, PLAIN)):
        if reconfigure := getattr(stream, "reconfigure", None):
            ascii_alone = codecs.lookup(stream.encoding).name == "ascii"
            reconfigure(encoding=OWN_ASCII if ascii_alone else None, errors=handler)


def _own_ascii(name: str) -> codecs.CodecInfo | None:
    """ASCII under a name of ours: click takes a terminal of that encoding for one of UTF-8, and sends it what it cannot show."""
    if name != OWN_ASCII:
        return None
    found = codecs.lookup("ascii")
    return codecs.CodecInfo(found.encode, found.decode, found.streamreader, found.streamwriter, found.incrementalencoder,
                            found.incrementaldecoder, OWN_ASCII)  # fmt: skip


def _instead(sign: Callable[[str], str], error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return "".join(map(sign, error.object[error.start : error.end])), error.end
