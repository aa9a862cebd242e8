"""What does not fit: identities of the record, and coded figures that do not stand in the text where they say they do.

Of an identity that fails is said in which rows it was printed, and which file takes the answer.
"""

import hashlib
import math
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from hanyang_data.errors import HanyangError, ParameterError
from hanyang_data.record.contract import BROKEN, NUMERIC_QUALIFIERS
from hanyang_data.record.identities import CHECKS, KEYS, findings
from hanyang_data.record.identities import SAYS as IDENTITIES
from hanyang_data.record.observations import Dataset
from hanyang_data.record.targets import CONVERSIONS, parted
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import Text

SAYS = messages(__name__)
PLAIN = re.compile(r"\d(?=(?:左右|以上|以内|以下)?$)")  # the unit stands in the head of the table, or on the next line
READ_AS = " read as "  # words by which a note says why token and coding differ
FALL = "read as minus"  # 下降3%: the token is 3%, the growth −3
PLACE = re.compile(r"L(\d+)(?::c(\d+))?")
# of each check that a break answers: the measures that it compares, how many years from its own they are (a level may be an
# earlier one, where that year has none), and how many the first year on a new basis is
COMPARED = {
    "level_against_growth": ([("level", -1), ("level", 0), ("growth", 0)], 0),
    "implied_against_printed": ([("level", 0), ("level", 1), ("growth", 1)], 1),
    "scale_jump": ([("level", -1), ("level", 0)], 0),
}


@dataclass
class Audit:
    """What was checked and what does not fit; ``checked`` counts rows, texts and breaks."""

    checked: Counter[str] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    absent: list[str] = field(default_factory=list)  # texts that are not there: not checked, and no fault

    def text(self) -> str:
        """The report for a terminal."""
        seen = ", ".join(f"{count} {what}" for what, count in self.checked.items())
        away = f"; not there, and not checked: {len(self.absent)} of its texts ({', '.join(self.absent)})" * bool(self.absent)
        return "\n".join([*self.faults, f"audit: {seen} checked, {len(self.faults)} do not fit{away}"])


def audit_record(dataset: Dataset) -> Audit:
    """Check the identities of the record; what discrepancies.csv documents is counted and no fault."""
    found = findings(dataset)
    known = found["known"] != ""
    report = Audit(Counter({"identities": len(CHECKS), "documented discrepancies": int(known.sum())}))
    report.faults += [text.en for text in remedies(found[~known], dataset)]
    return report


def remedies(found: pd.DataFrame, dataset: Dataset) -> list[Text]:
    """One sentence for each row of :func:`hanyang_data.record.identities.findings`: what, printed where, and what to do.

    >>> from hanyang_data.record.identities import findings
    >>> from hanyang_data.record.observations import default_dataset
    >>> data = default_dataset()
    >>> print(remedies(findings(data).query("check == 'vintage_out_of_order'").head(1), data)[0].en.split("; ")[-1])
    mend what is wrong, or add a row to discrepancies.csv: vintage_out_of_order,east_lake_htdz,gdp,2021,level,reason,reason_zh
    """
    return [_remedy(row._asdict(), dataset) for row in found.itertuples()]


def gone(found: pd.DataFrame) -> list[str]:
    """The rows of discrepancies.csv, as they begin, that explain figures which fit or are not there."""
    rows = found.loc[found["detail"] == IDENTITIES.gone.en, KEYS]
    return [",".join(map(str, row)) for row in rows.itertuples(index=False)]


def _remedy(cells: dict[str, object], dataset: Dataset) -> Text:
    check, year, measure = str(cells["check"]), int(str(cells["year"])), str(cells["measure"])
    compared, first = COMPARED.get(check, ([(measure, 0)], 0))
    series = dataset.observations
    series = series[(series["region"] == cells["region"]) & (series["indicator"] == cells["indicator"])]
    series = series[(series["period"] == "annual") | (check == "parts_over_total")]
    series = series[series["concept"] == ("target" if check == "target_after_its_year" else "outturn")]
    places = list(dict.fromkeys(place for of, offset in compared for place in _places(series, of, year + offset)))
    answer = SAYS.gone if cells["detail"] == IDENTITIES.gone.en else SAYS.broken if check in COMPARED else SAYS.other
    detail = Text(str(cells["detail"]), str(cells["detail_zh"]))
    return answer.format(**cells | {"detail": detail, "places": "; ".join(places), "first": year + first})


def _places(series: pd.DataFrame, measure: str, year: int) -> Iterator[str]:
    """Where the figures of a year stand; of a level that the year lacks, those of the last year that has one."""
    rows = series[(series["measure"] == measure) & (series["year"] <= year) & series["value"].notna()]
    last = rows["year"].max() if measure == "level" else year
    for row in rows[rows["year"] == last].itertuples():
        yield f"{row.token} ({row.source_id} {row.locator})"


def audit_sources(folder: Path, dataset: Dataset) -> Audit:
    """Check the snapshot against the source texts in ``folder``, or against the one text that is named.

    Each text that is there must have its sha256; each figure and each break that cites one must stand at its locator, not as
    part of a longer number, and read as the value and qualifier it was coded with.
    """
    report = Audit()
    texts = {
        file: _read(place, set(dataset.sources.loc[dataset.sources["file"] == file, "sha256"]), report)
        for file, place in _files(folder, dataset).items()
    }
    if report.absent and not report.checked["texts"]:
        raise HanyangError(f"none of the texts that sources.csv names is in {folder}: {', '.join(report.absent)}")
    lines = {id_: texts[row["file"]] for id_, row in dataset.sources.iterrows() if row["file"] in texts}
    for what, file, rows in (("figures", "observations.csv", dataset.printed), ("breaks", "breaks.csv", dataset.breaks)):
        for row in rows.itertuples():
            if (text := lines.get(row.source_id)) is not None:
                report.checked[what] += 1
                fault = place_fault(text, row.locator, row.token) or ("" if what == "breaks" else _value_fault(row))
                report.faults += [f"{file}, row {row.Index}: {fault}"] * bool(fault)
    return report


def _files(place: Path, dataset: Dataset) -> dict[str, Path]:
    """The source texts to look at, by the name that sources.csv has for them."""
    named = sorted(file for file in dataset.sources["file"].unique() if file)
    if place.is_dir():
        return {file: place / file for file in named}
    if not place.is_file():
        raise HanyangError(f"{place} is not a folder: name the folder of the source texts, or one of them, with --sources")
    if place.name not in named:
        digest = hashlib.sha256(place.read_bytes()).hexdigest()
        raise HanyangError(f"no source is in a file {place.name}: write file {place.name} and sha256 {digest} into sources.csv")
    return {place.name: place}


def _read(file: Path, sha256: set[str], report: Audit) -> list[str] | None:
    try:
        content = file.read_bytes()
    except FileNotFoundError:
        report.absent.append(file.name)
        return None
    except OSError as error:
        report.faults.append(f"{file.name}: cannot be read ({error.strerror}), its figures were not looked for")
        return None
    report.checked["texts"] += 1
    if {digest := hashlib.sha256(content).hexdigest()} != sha256:
        report.faults.append(
            f"{file.name}: its sha256 is not the one in sources.csv, another edition of the text? If not, write {digest} there"
        )
    return content.decode("utf-8", errors="replace").split("\n")  # as an editor counts lines, not at form feeds


def text_of(file: Path, sha256: str) -> list[str]:
    """The lines of a text; none where it is not there, or in another edition."""
    content = file.read_bytes() if file.is_file() else b""
    same = hashlib.sha256(content).hexdigest() == sha256
    return content.decode("utf-8", errors="replace").split("\n") if same else []


def place_fault(lines: list[str], locator: str, token: str) -> str:
    """What is wrong with a token at its place in a text; nothing where it stands there, and not within a longer number."""
    place = PLACE.fullmatch(locator)
    if place is None or not 0 < int(place[1]) <= len(lines):
        return f"there is no line {locator} in the text"
    # 6 is not found in 860, nor 0.4 in 10.4
    before, after = r"(?<!\d)(?<!\d\.)" * token[0].isdigit(), r"(?!\d|\.\d)" * token[-1].isdigit()
    whole, line = re.compile(before + re.escape(token) + after), lines[int(place[1]) - 1]
    there = whole.match(line, int(place[2])) if place[2] else whole.search(line)
    return "" if there else f"{token!r} does not stand at {locator}"


def _value_fault(row: Any) -> str:
    """Whether the token, read by itself, gives the coded number, unit and qualifier."""
    explained = BROKEN in row.note or READ_AS in row.note
    if explained and row.qualifier not in NUMERIC_QUALIFIERS:
        return ""
    bare = PLAIN.search(row.token)
    try:
        read, _ = parted(f"{row.token[: bare.end()]}%{row.token[bare.end() :]}" if bare else row.token)
    except ParameterError as error:
        return str(error)
    low = read.high if read.low is None else read.low
    factor = -1.0 if FALL in row.note else 1.0
    if not bare:
        factor *= CONVERSIONS.get((read.unit, row.unit), 1.0)
    unit = row.unit if bare or low is None or (read.unit, row.unit) in CONVERSIONS else read.unit
    found = (_scaled(low, factor), _scaled(read.high if read.qualifier == "range" else None, factor), unit)
    coded = (*(None if math.isnan(number) else number for number in (row.value, row.value_high)), row.unit)
    if found != coded:
        return f"{row.token!r} reads as {found}, coded as {coded}"
    # where the extraction broke a cell, the word that makes the qualifier stands on another line
    if read.qualifier != row.qualifier and not explained:
        return f"{row.token!r} reads as {read.qualifier!r}, coded as {row.qualifier!r}"
    return ""


def _scaled(value: float | None, factor: float) -> float | None:
    return value if value is None or factor == 1 else round(value * factor, 8)
