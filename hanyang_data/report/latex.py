"""LaTeX tables for a paper: one file per table, booktabs rules, and a document that shows them all."""

import re
import shutil
from pathlib import Path
from urllib.parse import quote

from hanyang_data.report import words
from hanyang_data.report.content import Document, Table
from hanyang_data.report.layout import LANDSCAPE, PORTRAIT, turned, widths
from hanyang_data.words.wording import MINUS

ESCAPES = {
    "\\": r"\textbackslash{}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_", "{": r"\{", "}": r"\}",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "<": r"\textless{}", ">": r"\textgreater{}", MINUS: "$-$",
    "\n": " ", "†": r"\dag{}", "[": "{[}", "]": "{]}", "≥": r"$\geq$", "÷": r"$\div$",
}  # fmt: skip
UNSAFE = re.compile(r"[\\{}^`|<>\"\s\x00-\x1f]+")
PACKAGES = ("booktabs", "longtable", "array", "pdflscape", "url")
PREAMBLE = {"en": r"\documentclass[11pt,a4paper]{article}", "zh": r"\documentclass[UTF8,11pt,a4paper]{ctexart}"}
SET_CHINESE = r"\usepackage[scheme=plain]{ctex} % wordings are quoted in Chinese"
# the font that TeX brings along lacks characters of names, such as the 硚 of 硚口区
FONTS = ("Noto Serif SC", "Noto Serif CJK SC", "SimSun")
HOW = {
    "en": "% compile with xelatex; needs {packages} and a Chinese font for quoted wordings (ctex)\n",
    "zh": "% 用 xelatex 编译；需要 {packages} 与 ctex\n",
}


def write_latex(document: Document, folder: Path) -> list[Path]:
    """Write ``report_<lang>_latex/`` with a file per table and ``tables.tex``, which includes them; return the files."""
    place = folder / f"report_{document.lang}_latex"
    place.mkdir()
    files = []
    for table in document.tables:
        files.append(place / f"{table.stem}.tex")
        files[-1].write_text(latex_table(table, document), encoding="utf-8")
    files.append(place / "tables.tex")
    files[-1].write_text(_main(document, files[:-1]), encoding="utf-8")
    return files


def write_csv(document: Document, folder: Path) -> list[Path]:
    """Copy the CSV of every table into ``report_<lang>_csv/`` under its number; return the copies."""
    place = folder / f"report_{document.lang}_csv"
    place.mkdir()
    return [Path(shutil.copyfile(t.csv, place / f"{t.stem}.csv")) for t in document.tables]


def latex_table(table: Table, document: Document) -> str:
    """One table as a longtable of booktabs, with caption, note, source and run."""
    below = [table.printed_note, table.source, document.say(words.SAYS.run, run=table.run)]
    notes = [rf"\par\noindent{{{escape(line)}\par}}" for line in below if line]
    unit = f" ({table.unit})" if table.unit and document.lang == "en" else f"（{table.unit}）" if table.unit else ""
    caption = rf"\caption{{{escape(table.title + unit)}}}\label{{tab:{table.stem}}}"
    body = _longtable(table, caption)
    lines = [
        "\\begingroup\\fontsize{7.5}{9}\\selectfont\\setlength{\\tabcolsep}{3pt}\\setlength{\\LTpost}{3pt}",
        *body,
        *notes,
        "\\endgroup",
    ]
    if turned(table):
        lines = ["\\begin{landscape}", *lines, "\\end{landscape}"]
    return "\n".join(lines) + "\n"


def escape(text: str) -> str:
    """A text with the characters that LaTeX reads as commands made harmless."""
    return "".join(ESCAPES.get(character, character) for character in text)


def _longtable(table: Table, caption: str) -> list[str]:
    sides = [r"\raggedleft" if right else r"\raggedright" for right in table.right]
    wide = [f"{width - 0.22:.2f}cm" for width in widths(table, LANDSCAPE if turned(table) else PORTRAIT)]
    spec = "".join(rf">{{{side}\arraybackslash}}p{{{w}}}" for side, w in zip(sides, wide, strict=True))
    head = " & ".join(escape(column.head) for column in table.columns) + r" \\"
    rows = [" & ".join(escape(cell) for cell in row) + r" \\" for row in table.shown]
    return [
        rf"\begin{{longtable}}{{@{{}}{spec}@{{}}}}",
        rf"{caption}\\",
        r"\toprule", head, r"\midrule", r"\endfirsthead",
        r"\toprule", head, r"\midrule", r"\endhead",
        r"\bottomrule", r"\endfoot",
        *rows,
        r"\end{longtable}",
    ]  # fmt: skip


def _main(document: Document, files: list[Path]) -> str:
    """A document that shows every table, so that each can be tried before it goes into a paper."""
    warnings = [rf"\par\noindent\textbf{{{escape(w)}}}\par" for w in document.warnings]
    references = [
        rf"\item[{{[{s.number}]}}] {escape(s.reference(document.lang))}" + (rf" \url{{{_address(s.url)}}}" if s.url else "")
        for s in document.sources
    ]
    listed = [r"\begin{description}", *references, r"\end{description}"] if references else []
    lines = [
        PREAMBLE[document.lang],
        *([SET_CHINESE] if document.lang == "en" else []),
        *(rf"\IfFontExistsTF{{{name}}}{{\setCJKmainfont{{{name}}}}}{{}}" for name in reversed(FONTS)),
        r"\usepackage[margin=2.5cm]{geometry}",
        *(rf"\usepackage{{{name}}}" for name in PACKAGES),
        rf"\title{{{escape(document.title)}}}",
        rf"\author{{{escape(document.author)}}}",
        r"\date{}",
        r"\begin{document}",
        r"\maketitle",
        *warnings,
        rf"\noindent {escape(document.state)}",
        *(rf"\input{{{file.stem}}}" for file in files),
        rf"\section*{{{escape(document.say(words.SAYS.sources))}}}",
        *listed,
        r"\end{document}",
    ]
    return HOW[document.lang].format(packages=", ".join(PACKAGES)) + "\n".join(lines) + "\n"


def _address(url: str) -> str:
    """An address inside ``\\url``: what would end it, or no address may hold, is written as browsers write it."""
    safe = UNSAFE.sub(lambda found: quote(found[0], safe=""), url)
    return "".join(f"\\{c}" if c in "%#&_" else c for c in safe)
