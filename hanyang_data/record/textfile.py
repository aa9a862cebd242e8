"""Text files as people have them: whichever encoding and separator Excel or an editor chose, where only one reading is possible.

UTF-8 and UTF-16 are certain. What is neither is taken for GBK (GB18030) if it then is everyday Chinese; a file in a western
code page would read as rare characters, and is refused.
"""

import codecs
import csv
import io
import re
from collections.abc import Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from hanyang_data.errors import SnapshotError
from hanyang_data.record.contract import refuse_odd

SEPARATORS = {",": "commas", ";": "semicolons", "\t": "tabs"}
MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
EVERYDAY = 0.8  # of the Chinese characters of a text that GB2312, the everyday ones, must hold
_SEP_LINE = re.compile(r'"?sep=([,;\t])"?', re.IGNORECASE)  # how Excel is told the separator


class Sheet(NamedTuple):
    """The cells of a file, with the number of each row as a spreadsheet counts them.

    ``rows`` are read as they are asked for, so that a long file is never in memory as cells; after the last of them ``comments``
    are whole.
    """

    rows: Iterator[tuple[int, list[str]]]
    comments: list[tuple[int, str]]
    separator: str
    encoding: str


def decoded(content: bytes) -> tuple[str, str]:
    """The text of a file and the encoding it is in.

    >>> decoded("汉阳区".encode("gbk"))
    ('汉阳区', 'gb18030')
    """
    for mark, encoding in MARKS:
        if content.startswith(mark):
            return content.decode(encoding), encoding
    try:
        return content.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        text = content.decode("gb18030")
    wide = "".join(character for character in text if ord(character) > 127)
    if "\0" in text or len(wide.encode("gb2312", "ignore").decode("gb2312")) < EVERYDAY * len(wide):
        raise UnicodeError("neither UTF-8, UTF-16 nor GBK")
    return text, "gb18030"


def read_sheet(file: Path, columns: Collection[str]) -> Sheet:
    """The rows of a CSV file; the separator is the one that parts its head into the most known columns."""
    try:
        content = refuse_odd(file).read_bytes()
        _, encoding = decoded(content)
    except FileNotFoundError:
        raise
    except NotADirectoryError:
        raise SnapshotError(f"{file.parent} is no folder: name the folder of a snapshot") from None
    except UnicodeError:
        raise SnapshotError(f"{file} is not in UTF-8, UTF-16 or GBK: save it as comma-separated CSV in UTF-8") from None
    except OSError as error:
        raise SnapshotError(f"{file} cannot be read as CSV: {error}") from None
    head = (line for line in _lines(content, encoding) if line.strip() and not line.startswith("#"))
    separator, told = _separator(next(head, ""), columns)
    comments: list[tuple[int, str]] = []
    parsed = csv.reader(_lines(content, encoding), strict=True, delimiter=separator)
    return Sheet(_rows(file, parsed, told, comments), comments, separator, encoding)


def _lines(content: bytes, encoding: str) -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(content), encoding, newline="")


def _rows(file: Path, parsed: Iterator[list[str]], told: int, comments: list[tuple[int, str]]) -> Iterator[tuple[int, list[str]]]:
    """The rows below the lines that tell the separator, without those that are empty; comments are put aside."""
    try:
        for number, row in enumerate(parsed, start=1):
            if row and row[0].startswith("#"):
                comments.append((number, parsed.dialect.delimiter.join(row)))  # type: ignore[attr-defined]
            elif row and number > told:
                yield number, row
    except csv.Error as error:
        raise SnapshotError(f"{file} cannot be read as CSV: {error}") from None


def _separator(head: str, columns: Collection[str]) -> tuple[str, int]:
    """The separator by the first line, and how many lines do nothing but tell it."""
    if told := _SEP_LINE.fullmatch(head.strip()):
        return told[1], 1
    parted = {mark: sum(cell.strip(' "\u3000\r\n').lower() in columns for cell in head.split(mark)) for mark in SEPARATORS}
    return max(parted, key=lambda mark: parted[mark]), 0
