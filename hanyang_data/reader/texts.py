"""Report files as lines: PDF, Word, web page or plain text, each line with its number and, where there are pages, its page.

The lines are what ``hanyang audit --sources`` finds again. Of a plain text in UTF-8 they are the file's own; of any other file
they are written out as a text of their own (:meth:`Text.save`).
"""

import hashlib
import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from hanyang_data.errors import HanyangError
from hanyang_data.reader.layout import CELL, in_order

MAGIC = {b"%PDF": "pdf", b"PK\x03\x04": "docx", b"\xd0\xcf\x11\xe0": "doc"}  # what such files begin with
BOM = b"\xef\xbb\xbf"
WEB = (".html", ".htm", ".shtml")
ENCODINGS = ("utf-8-sig", "gb18030", "big5", "utf-16")


@dataclass(frozen=True)
class Text:
    """The lines of a report, without line ends; ``pages`` has the page of each line, or is empty; ``own`` says that the file
    itself has these lines."""

    name: str
    lines: list[str]
    pages: list[int]
    own: bool

    def save(self, file: Path) -> str:
        """Write the lines and return the sha256 of what was written."""
        content = "\n".join(self.lines).encode("utf-8")
        file.write_bytes(content)
        return hashlib.sha256(content).hexdigest()


def read_text(file: str | Path) -> Text:
    """Read a report."""
    path = Path(file)
    try:
        content = path.read_bytes()
    except OSError as error:
        raise HanyangError(f"{path} cannot be read ({error.strerror}): name a PDF, DOCX, HTML or TXT file") from None
    marked = next((kind for magic, kind in MAGIC.items() if content.startswith(magic)), "txt")
    html = path.suffix.lower() in WEB or re.match(rb"\s*<(!doctype html|html)", content[:300].lower())
    kind = "html" if html and marked == "txt" else marked
    if kind == "doc":
        raise HanyangError(f"{path.name} is an old Office file (.doc, .wps): save it as DOCX, PDF or TXT")
    pages = KINDS[kind](path.name, content)
    lines = [line for page in pages for line in page]
    if sum("\u4e00" <= c <= "\u9fff" for line in lines for c in line) < 10:
        scan = "a scan? Run OCR on it and give the text" if kind == "pdf" else "give the text of a Chinese report"
        raise HanyangError(f"{path.name} holds no Chinese text: {scan}")
    numbers = [number for number, page in enumerate(pages, start=1) for _ in page] if kind == "pdf" else []
    own = kind == "txt" and not content.startswith(BOM) and decode(content, path.name)[1] == ENCODINGS[0]
    return Text(path.name, lines, numbers, own)


def _plain(name: str, content: bytes) -> list[list[str]]:
    lines = decode(content, name)[0].split("\n")  # lines end where an editor and the audit end them
    # of rows between bars the cells, every character in its place; a bar that begins most rows parts no cells
    rows = [line for line in lines if line.count("|") > 1]
    framed = sum(row.lstrip().startswith("|") for row in rows) > len(rows) / 2
    bare = [re.sub(r"^(\s*)\|", r"\1 ", line) if framed else line for line in lines]
    return [[new.replace("|", CELL) if old.count("|") > 1 else old for old, new in zip(lines, bare, strict=True)]]


def decode(content: bytes, name: str) -> tuple[str, str]:
    """The text and the encoding that fits."""
    for encoding in ENCODINGS:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if encoding == ENCODINGS[0] or not re.search("[\ue000-\uf8ff]", text):
            return text, encoding
    raise HanyangError(f"{name} is in no encoding that is known (UTF-8, GB18030, Big5, UTF-16): save it as UTF-8")


def _pdf(name: str, content: bytes) -> list[list[str]]:
    import pdfplumber

    try:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            return [_pdf_page(page) for page in pdf.pages]
    except Exception as error:  # pdfminer raises its own kinds, and plain ones, for damaged files
        raise HanyangError(
            f"{name} is a PDF that cannot be read ({type(error).__name__}): save it anew or give its text"
        ) from None


def _pdf_page(page: Any) -> list[str]:
    """The lines of a page; a ruled table gives its rows, cells apart, in place of its lines."""
    tables = [t for t in page.find_tables() if len(t.rows) > 1 and max(len(r.cells) for r in t.rows) > 1]
    placed: list[tuple[float, list[str]]] = [(t.bbox[1], _rows(t.extract())) for t in tables]
    lines = page.extract_text_lines(return_chars=True)
    page.close()
    outside = [line for line in lines if not any(t.bbox[1] <= (line["top"] + line["bottom"]) / 2 <= t.bbox[3] for t in tables)]
    placed += [(top, [text]) for top, text in in_order(outside)]
    return [text for _, texts in sorted(placed, key=lambda item: item[0]) for text in texts]


def _rows(rows: list[list[str | None]]) -> list[str]:
    return [CELL.join(re.sub(r"\s*\n\s*", "", cell or "") for cell in row) for row in rows]


def _docx(name: str, content: bytes) -> list[list[str]]:
    import docx
    from docx.opc.exceptions import PackageNotFoundError
    from docx.table import Table

    try:
        document = docx.Document(io.BytesIO(content))
    except (KeyError, ValueError, zipfile.BadZipFile, PackageNotFoundError):
        raise HanyangError(f"{name} is no Word document (.docx): save it as DOCX, PDF or TXT") from None
    lines: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            lines += _rows([[cell.text for cell in row.cells] for row in block.rows])
        else:
            lines += block.text.split("\n")
    return [lines]


def _html(_: str, content: bytes) -> list[list[str]]:
    from bs4 import BeautifulSoup

    soup = BeautifulSoup(content, "lxml")
    for tag in soup(["script", "style", "head", "noscript", "nav", "footer"]):
        tag.decompose()
    for table in soup.find_all("table"):
        if table.find("table") is None and len(table.find_all("td")) > 3:
            table.replace_with("\n" + "\n".join(_html_rows(table)) + "\n")
    for tag in soup(["p", "div", "br", "li", "tr", "h1", "h2", "h3", "h4", "section", "article"]):
        tag.insert_before("\n")
        tag.insert_after("\n")
    return [[line.strip(" \r\u3000\xa0") for line in soup.get_text().split("\n") if line.strip()]]


def _html_rows(table: Any) -> list[str]:
    """Rows of a table, merged cells repeated in every row and column that they cover."""
    below: dict[tuple[int, int], str] = {}
    lines = []
    for number, row in enumerate(table.find_all("tr")):
        cells: list[str] = []
        for cell in row.find_all(["td", "th"]):
            while (number, len(cells)) in below:
                cells.append(below[number, len(cells)])
            text = re.sub(r"\s+", "", cell.get_text())
            spans = [str(cell.get(key)) for key in ("colspan", "rowspan")]
            wide, deep = (min(int(span), 50) if span.isdigit() and span != "0" else 1 for span in spans)
            for _ in range(wide):
                below |= {(number + k, len(cells)): text for k in range(1, deep)}
                cells.append(text)
        while (number, len(cells)) in below:
            cells.append(below[number, len(cells)])
        lines.append(CELL.join(cells))
    return lines


KINDS = {"txt": _plain, "pdf": _pdf, "docx": _docx, "html": _html}  # each gives the lines of its pages, or of all as one page
