"""Files and cells as people write them, brought to the one form of the contract where only one reading is possible.

Whichever encoding and separator Excel or an editor chose: UTF-8 and UTF-16 are certain; what is neither is taken for GBK
(GB18030) if it then is everyday Chinese; a file in a western code page would read as rare characters, and is refused.

Each way of writing is a row of a table: what it is called, and the function that takes it away. A cell is changed only if it
then is what its column must hold; one with two readings (10,2 may be ten or a hundred and two) stays, and is refused.
"""

import codecs
import csv
import io
import re
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import NamedTuple

from hanyang_data.errors import SnapshotError
from hanyang_data.record.contract import PATTERNS, REFERENCES, TYPES, VOCABULARY, refuse_odd
from hanyang_data.record.tokens import DASHES

BLANKS = " \t\r\n\u3000\u00a0\u200b\u2007\u202f\ufeff"
# the full-width forms of ASCII and nothing else: a raised ² is a footnote and no digit
HALF_WIDTH = {0xFEE0 + code: code for code in range(0x21, 0x7F)}
CHINESE_DIGITS = str.maketrans("〇零○一二三四五六七八九", "000123456789")
THOUSANDS = re.compile(r"([-+]?\d{1,3}(?:,\d{3})+)(\.\d+)?", re.ASCII)
_DAY = re.compile(
    r"(\d{4})(?:([-/.])(\d{1,2})\2(\d{1,2})|年(\d{1,2})月(\d{1,2})[日号])(?:[ T]0{1,2}:00(?::00)?(?:\.0+)?)?", re.ASCII
)
_MONTH = re.compile(r"(\d{4})(?:[-/](\d{1,2})|年(\d{1,2})月)", re.ASCII)
_YEAR = re.compile(r"(\d{4})(?:\.0+|年度?)?", re.ASCII)
_SPAN = re.compile(r"^(\d{4})[-~至](\d{4})年?$", re.ASCII)
DATES = {"sources.csv": ("published_on",), "rejects.csv": ("published_on",)}
PERIODS = {"全年": "annual", "年度": "annual", "一季度": "q1", "上半年": "h1", "前三季度": "q1_q3", "1-9月": "q1_q3"}


class Cell(NamedTuple):
    """A cell and what its meaning may hang on."""

    text: str
    percent: bool = False  # the unit of its row is percent
    comma: bool = True  # the cells of the file are parted by commas, so that a comma in a number is no decimal one


Step = tuple[str, Callable[[Cell], str]]


def _thousands(cell: Cell) -> str:
    match = THOUSANDS.fullmatch(cell.text)
    one_reading = match and (cell.comma or match[2] or match[1].count(",") > 1)
    return cell.text.replace(",", "") if one_reading else cell.text


def _day(cell: Cell) -> str:
    """2021/2/28, 2021年2月28日, 20210228, 2021年2月; never 2021.10, which Excel may have made of 2021.1."""
    if re.fullmatch(r"(?:19|20)\d{6}", cell.text, re.ASCII):
        return f"{cell.text[:4]}-{cell.text[4:6]}-{cell.text[6:]}"
    for pattern in (_DAY, _MONTH):
        if match := pattern.fullmatch(cell.text):
            year, *rest = [part for part in match.groups() if part and part.isdigit()]
            return "-".join([year, *(part.zfill(2) for part in rest)])
    return cell.text


def _year(cell: Cell) -> str:
    match = _YEAR.fullmatch(cell.text.translate(CHINESE_DIGITS))
    return match[1] if match else cell.text


BLANK: Step = ("blanks around", lambda cell: cell.text.strip(BLANKS))
WIDE: Step = ("full-width letters, digits or signs", lambda cell: cell.text.translate(HALF_WIDTH))
CASE: Step = ("capitals", lambda cell: cell.text.lower())
# kind of column → the ways of writing that are understood in it, in the order in which they are taken away
STEPS: dict[str, tuple[Step, ...]] = {
    "text": (BLANK,), "id": (BLANK, WIDE), "word": (BLANK, WIDE),
    "period": (
        BLANK, WIDE,
        ("periods in Chinese", lambda cell: PERIODS.get(cell.text, cell.text)),
        ("spans such as 2016-2020", lambda cell: _SPAN.sub(r"\1_\2", cell.text.translate(DASHES))),
        CASE,
    ),
    "number": (
        BLANK, WIDE,
        ("another minus sign", lambda cell: cell.text.translate(DASHES)),
        ("percent signs where the unit is percent", lambda c: c.text.removesuffix("%").rstrip(BLANKS) if c.percent else c.text),
        ("thousands commas", _thousands),
        ("plus signs", lambda cell: cell.text.removeprefix("+")),
    ),
    "year": (BLANK, WIDE, ("years such as 2020年", _year)),
    "day": (BLANK, WIDE, ("dates such as 2021/2/28", _day), ("years such as 2020年", _year)),
}  # fmt: skip
# the same for what is surely none of them
PLAIN = {"id": r"[!-~]*", "period": r"[a-z0-9_]*", "number": r"-?[0-9.]+|", "year": r"\d{4}",
         "day": r"\d{4}(-\d\d){0,2}|"}  # fmt: skip
OWN_IDS = {"id", "source_id", "part_of", "locator", "sha256"}


def kind_of(file: str, column: str) -> str:
    """What a column of a snapshot file holds: text, an id, a word of a list, a period, a number, a year or a day."""
    typed = TYPES.get(file, {}).get(column)
    if typed or column in DATES.get(file, ()):
        return typed or "day"
    if column == "period":
        return "period"
    if column in VOCABULARY.get(file, {}):
        return "word"
    return "id" if column in OWN_IDS or column in REFERENCES.get(file, {}) else "text"


def plain_in(file: str, column: str) -> Callable[[str], bool]:
    """What tells of a cell of a column that it surely is as the contract writes it; of others :func:`cleaned` decides.

    >>> plain = plain_in("observations.csv", "value")
    >>> plain("1234.5"), plain("1,234.5")
    (True, False)
    """
    kind = kind_of(file, column)
    if kind == "text":
        return lambda text: text.strip(BLANKS) == text
    if words := VOCABULARY.get(file, {}).get(column):
        return frozenset(words).__contains__
    plain = re.compile(PLAIN[kind], re.ASCII)
    return lambda text: plain.fullmatch(text) is not None


def cleaned(cell: Cell, file: str, column: str) -> tuple[str, list[str]]:
    """The cell as the contract wants it, and what was written differently; the cell itself where that does not lead there.

    >>> cleaned(Cell("－１，２３４．５"), "observations.csv", "value")
    ('-1234.5', ['full-width letters, digits or signs', 'thousands commas'])
    >>> cleaned(Cell("10,2"), "observations.csv", "value")
    ('10,2', [])
    """
    text = cell.text
    said: list[str] = []
    for what, step in STEPS[kind_of(file, column)]:
        changed = step(cell._replace(text=text))
        if changed != text:
            text, said = changed, [*said, what]
    words = VOCABULARY.get(file, {}).get(column, ())
    same = [word for word in words if word.lower() == text.lower()]
    if len(same) == 1 and same[0] != text:  # the word of a list, but for its capitals
        text, said = same[0], [*said, CASE[0]]
    pattern = PATTERNS.get(file, {}).get(column, ("(?s:.*)", ""))[0]
    fits = text in words if words else re.fullmatch(pattern, text)
    return (text, said) if said and fits else (cell.text, [])


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
    number = 0
    try:
        for number, row in enumerate(parsed, start=1):
            if row and row[0].startswith("#"):
                comments.append((number, parsed.dialect.delimiter.join(row)))  # type: ignore[attr-defined]
            elif row and number > told:
                yield number, row
    except csv.Error as error:
        quote = ": is a quotation mark not closed?" if "end of data" in str(error) else ""
        raise SnapshotError(f"{file}, row {number + 1}: cannot be read as CSV: {error}{quote}") from None


def _separator(head: str, columns: Collection[str]) -> tuple[str, int]:
    """The separator by the first line, and how many lines do nothing but tell it."""
    if told := _SEP_LINE.fullmatch(head.strip()):
        return told[1], 1
    parted = {mark: sum(cell.strip(' "\u3000\r\n').lower() in columns for cell in head.split(mark)) for mark in SEPARATORS}
    return max(parted, key=lambda mark: parted[mark]), 0
