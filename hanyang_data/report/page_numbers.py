"""The page numbers of a Word document's contents: LibreOffice lays it out, and where each heading stands is written in."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path
from xml.sax.saxutils import escape

from hanyang_data.report import words
from hanyang_data.studies.frames import forget_the_time
from hanyang_data.words.wording import Text

SECONDS = 180  # that LibreOffice gets for all documents
# Chinese is laid out in the font that figures are set in: a character is as wide in all, and a machine may have none of Word's
FONTS = """<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig><dir>/usr/share/fonts</dir><dir>{folder}</dir><cachedir prefix="xdg">fontconfig</cachedir>{aliases}</fontconfig>"""
ALIAS = '<alias binding="same"><family>{name}</family><prefer><family>{real}</family></prefer></alias>'
SERIF, SANS = ("宋体", "SimSun"), ("黑体", "SimHei", "等线", "微软雅黑")
STANDS_IN = dict.fromkeys(SERIF, "Noto Serif SC") | dict.fromkeys(SANS, "Noto Sans SC")


def fill_in(files: Sequence[Path]) -> list[Text]:
    """Write page numbers into the contents of Word documents.

    What was left out and why, a sentence a document; empty if all is there.
    """
    if not files:
        return []
    office = shutil.which("soffice")
    why = words.SAYS.no_office if office is None else words.SAYS.no_reader if find_spec("pypdfium2") is None else None
    if office is None or why is not None:
        return [words.SAYS.no_numbers.format(file=file.name, why=why) for file in files]
    with tempfile.TemporaryDirectory() as folder:
        pages = _laid_out(office, files, Path(folder))
        missing = [file for file in files if file.name not in pages]
        for file in files:
            if file.name in pages:
                _write(file, pages[file.name])
    return [words.SAYS.no_numbers.format(file=file.name, why=words.SAYS.office_failed) for file in missing]


def _laid_out(office: str, files: Sequence[Path], folder: Path) -> dict[str, dict[str, int]]:
    """Heading → page of each document that LibreOffice could lay out."""
    import pypdfium2

    command = [office, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    try:
        where = os.environ | with_fonts(folder)
        subprocess.run([*command, "--outdir", folder, *files], capture_output=True, timeout=SECONDS, env=where)
    except (OSError, subprocess.TimeoutExpired):
        return {}
    found = {}
    for file in files:
        made = (folder / file.name).with_suffix(".pdf")
        if made.is_file():
            with closing(pypdfium2.PdfDocument(made)) as pdf:
                places = [(mark.get_title(), mark.get_dest()) for mark in pdf.get_toc()]
                found[file.name] = {_bare(title): dest.get_index() + 1 for title, dest in places if dest}
    return found


def with_fonts(folder: Path) -> dict[str, str]:
    """The environment in which a program finds Chinese fonts; a file in ``folder`` says where."""
    spec = find_spec("pylopdf_fonts_zh_cn")
    if spec is None or spec.origin is None:
        return {}
    file = folder / "fonts.conf"
    aliases = "".join(ALIAS.format(name=name, real=real) for name, real in STANDS_IN.items())
    file.write_text(FONTS.format(folder=escape(str(Path(spec.origin).parent)), aliases=aliases), encoding="utf-8")
    return {"FONTCONFIG_FILE": str(file)}


def _write(file: Path, pages: dict[str, int]) -> None:
    import docx
    from docx.oxml.ns import qn

    document = docx.Document(str(file))
    for paragraph in document.paragraphs:
        for link in paragraph._p.iter(qn("w:hyperlink")):  # which stand in the contents alone
            title, number = link.iter(qn("w:t"))
            number.text = str(pages.get(_bare(title.text), ""))
    document.save(str(file))
    forget_the_time(file)


def _bare(title: str) -> str:
    return re.sub(r"\s+", "", title)
