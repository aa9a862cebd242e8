"""What a person accepted, appended to a snapshot: after the contract and the questions, with what it changes and does not fit.

The snapshot is changed as a whole or not at all: the new files are checked in a folder of their own and then put in place.
"""

import re
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

import pandas as pd

from hanyang_data.errors import HanyangError, SnapshotError
from hanyang_data.reader.plausible import questions
from hanyang_data.reader.review import CITED, CONFLICT, OBSERVATION, SOURCE, read, standing
from hanyang_data.reader.taking_back import append, copy, correct, put, rows_in
from hanyang_data.record.audit import place_fault, remedies, text_of
from hanyang_data.record.contract import COLUMNS
from hanyang_data.record.identities import KEYS, findings
from hanyang_data.record.observations import Dataset, open_dataset
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import Text

SAYS = messages(__name__)

BACK = SAYS.back  # of the command
SERIES = ["region", "indicator", "concept", "measure"]
FIGURE = ["source_id", "locator", "region", "indicator", "year", "period", "concept", "measure", "vintage", "token"]
READ = ["value", "value_high", "unit", "qualifier", "basis"]  # what is on record of a figure, else the same
REJECTED = COLUMNS["rejects.csv"]
SHOWN = 12  # rows that are named


@dataclass
class Accepted:
    """What an acceptance did: counts, what does not fit the rest of the record since, and the years that are new."""

    rows: int
    rejected: int
    known: int
    sources: list[str]
    corrected: dict[str, dict[str, str]] = field(default_factory=dict)  # cells of sources that were on record
    conflicts: list[Text] = field(default_factory=list)
    doubts: list[Text] = field(default_factory=list)
    unfit: int = 0  # figures that did not fit before either
    new_years: list[str] = field(default_factory=list)
    open: list[int] = field(default_factory=list)  # rows of the workbook without a decision
    mended: int = 0  # of the figures taken in
    touched: list[tuple[str, str]] = field(default_factory=list)  # region and indicator of what was taken in

    @property
    def changed(self) -> bool:
        """Whether anything is in the snapshot now that was not there before."""
        return bool(self.rows or self.rejected or self.corrected)

    def text(self, lang: str = "en") -> str:
        """The report for a terminal."""
        counts = {"rows": self.rows, "rejected": self.rejected, "known": self.known, "mended": self.mended}
        shares = {"sources": ", ".join(self.sources) or SAYS.no_source, "share": f"{self.mended / max(1, self.rows):.0%}"}
        said = [(SAYS.taken if self.changed else SAYS.nothing).format(**counts, **shares)]
        said += [SAYS.cells.format(source=id_, columns=_listed(cells)) for id_, cells in self.corrected.items()]
        named = [*map(str, self.open[:SHOWN]), *["…"] * (len(self.open) > SHOWN)]
        said += [SAYS.open.format(left=len(self.open), rows=_listed(named)) if self.open else SAYS.all_decided]
        years = [Text(line, line) for line in self.new_years]
        said += [SAYS.no_years] * (self.changed and not years)
        for head, lines in ((SAYS.years, years), (SAYS.conflicts, self.conflicts), (SAYS.doubts, self.doubts)):
            said += [head, *(Text(f"  {line.en}", f"  {line.zh}") for line in lines)] if lines else []
        said += [SAYS.before.format(n=self.unfit)] * bool(self.unfit)
        return "\n".join(text.to(lang) for text in said)


def _listed(words: Iterable[str]) -> Text:
    return Text(", ".join(words), "、".join(words))


def accept(workbook: str | Path, folder: str | Path) -> Accepted:
    """Append the accepted rows of a workbook to the snapshot in ``folder``.

    Rows that are marked accept or mend go to observations.csv as their cells now stand, rows marked reject to rejects.csv with
    their reason; rows without a decision nowhere. What the same source has at the same place already is not added twice. Cells
    of a source on record that the workbook has otherwise are corrected.

    Raises:
        HanyangError: if nothing is decided, a rejection has no reason, a source has no title or publisher, a token does not
            stand at its locator in the text beside the workbook, a figure is not plausible and no reason says why it is right,
            or a row breaks the contract; then nothing is changed.
    """
    place, book = Path(folder), Path(workbook)
    before = open_dataset(place)
    if before.oddities:  # rows are appended to the files as they stand
        raise HanyangError(f"{before.oddities[0]}: run hanyang audit --fix {place} first")
    rows, source_rows = read(book)
    taken = rows[rows["decision"].isin(["accept", "mend"])]
    refused = rows[rows["decision"] == "reject"]
    if taken.empty and refused.empty:
        raise HanyangError(f"{book.name}: no row has a decision; write accept, mend or reject into the first column")
    if len(bare := refused[refused["reason"].str.strip() == ""]):
        raise HanyangError(f"{book.name}, row {bare.index[0] + 2}: a rejection needs its reason")
    used = source_rows[source_rows["source_id"].isin(set(taken["source_id"]))].drop_duplicates("source_id")
    _named(used, book.name)
    fresh = _fresh(taken, before, book.name)
    _stand_there(fresh, used, book)
    _plausible(fresh, taken["reason"], before)
    checked = ("checked: " + taken["reason"].str.strip()).where(taken["reason"].str.strip() != "", "")
    fresh["note"] = ["; ".join(filter(None, [note, checked[row]])) for row, note in fresh["note"].items()]
    new, corrected = used[~used["source_id"].isin(before.sources.index)], _corrected(used, before)
    rejects = _rejects(refused, source_rows, before)
    report = Accepted(len(fresh), len(rejects), len(taken) - len(fresh), sorted(set(fresh["source_id"])), corrected)
    report.open = [int(row) + 2 for row in rows.index[rows["decision"] == ""]]
    if not report.changed:
        return report
    with tempfile.TemporaryDirectory() as scratch:
        trial = copy(place, scratch)
        added = {"observations.csv": fresh, "sources.csv": new, "rejects.csv": rejects}
        starts = {name: rows_in(trial / name) + 1 for name in added}
        for name, table in added.items():
            append(trial / name, COLUMNS[name], table)
        correct(trial / "sources.csv", corrected)
        try:
            after = open_dataset(trial)
        except SnapshotError as error:
            raise HanyangError(_in_workbook(str(error), added, starts, book.name)) from None
        put(trial, place)
    for label, row in fresh.to_dict("index").items():
        word, there = standing(row, before)
        if word == CONFLICT:
            report.conflicts.append(SAYS.conflict.format(**row, row=int(label) + 2, record=there))
    report.doubts, report.unfit = _doubts(before, after)
    report.new_years = _new_years(before, after)
    report.mended = int((taken.loc[fresh.index, "decision"] == "mend").sum())
    report.touched = sorted(set(zip(fresh["region"], fresh["indicator"], strict=True)))
    return report


def _named(used: pd.DataFrame, name: str) -> None:
    for column in (column for column in CITED if column != "publisher_zh"):  # where there is none the other one is shown
        if len(bare := used[used[column].str.strip() == ""]):
            why = "is empty and nothing was taken in; a figure is shown with title, publisher and date of its source"
            raise HanyangError(f"{name}, sheet sources, row {bare.index[0] + 2}: {column} {why}")


def _fresh(taken: pd.DataFrame, before: Dataset, name: str) -> pd.DataFrame:
    """The rows that are not in the record; refused if one is there with another value."""
    there = {tuple(row[: len(FIGURE)]): row[len(FIGURE) :] for row in _as_text(before.printed).itertuples(index=False, name=None)}
    keys, cells = [tuple(row) for row in taken[FIGURE].to_numpy()], _as_text(taken)[READ]
    for key, row, *own in zip(keys, cells.index, *(cells[column] for column in READ), strict=True):
        for column, old, mine in zip(READ, there.get(key, own), own, strict=True):
            if old != mine:
                told = f"{name}, row {row + 2}: the record has this figure already, with {column} {old!r} and not {mine!r}"
                raise HanyangError(f"{told}; take that acceptance back (--undo) or mend observations.csv first")
    return taken.loc[[key not in there for key in keys], OBSERVATION].drop_duplicates(FIGURE).copy()


def _as_text(rows: pd.DataFrame) -> pd.DataFrame:
    numbers = {column: pd.to_numeric(rows[column], errors="coerce") for column in ("value", "value_high")}
    shown = {column: cells.map(lambda cell: "" if pd.isna(cell) else f"{cell:.12g}") for column, cells in numbers.items()}
    return rows.assign(**shown)[[*FIGURE, *READ]].astype(str)


def _stand_there(fresh: pd.DataFrame, used: pd.DataFrame, book: Path) -> None:
    """Each token at its locator, where the text that was read lies beside the workbook."""
    lines = {row.source_id: text_of(book.parent / row.file, row.sha256) for row in used.itertuples() if row.file}
    faults = [
        f"  row {row.Index + 2}: {fault}"
        for row in fresh.itertuples()
        if (text := lines.get(row.source_id)) and row.token and (fault := place_fault(text, row.locator, row.token))
    ]
    if faults:
        raise HanyangError("\n".join([f"{book.name}: nothing was taken in; correct token or locator by the text", *faults]))


def _plausible(fresh: pd.DataFrame, reasons: "pd.Series[str]", before: Dataset) -> None:
    """Refused if a row that had to be asked about has no answer."""
    if unanswered := [q for q in questions(fresh, before) if not reasons[q.row].strip()]:
        lines = [
            f"  row {q.row + 2}, {cell['indicator']} of {cell['region']} in {cell['year']} ({cell['measure']}): {q.text.en}"
            for q in unanswered
            for cell in [fresh.loc[q.row]]
        ]
        wrong = f"{len(lines)} of the accepted figures look{'s' * (len(lines) == 1)} wrong and nothing was taken in"
        head = f"{wrong}: mend or reject, or say in the column reason why it is right"
        raise HanyangError("\n".join([head, *lines]))


def _corrected(used: pd.DataFrame, before: Dataset) -> dict[str, dict[str, str]]:
    """The cells of sources on record that the workbook fills otherwise."""
    there = before.sources[[column for column in SOURCE if column in before.sources]]
    found = {
        row["source_id"]: {c: row[c] for c in there if row[c].strip() and row[c] != there.at[row["source_id"], c]}
        for row in used[used["source_id"].isin(there.index)].to_dict("records")
    }
    return {id_: cells for id_, cells in found.items() if cells}


def _rejects(refused: pd.DataFrame, source_rows: pd.DataFrame, before: Dataset) -> pd.DataFrame:
    """Rows of rejects.csv, those left out that it has."""
    texts = source_rows.drop_duplicates("source_id").set_index("source_id")
    named = {column: refused["source_id"].map(texts[column]) for column in ("publisher", "title_zh", "published_on", "url")}
    told = refused.assign(**named, reason_zh="").rename(columns={"title_zh": "title"})[REJECTED].fillna("")
    key = [column for column in REJECTED if not column.startswith(("reason", "publish", "url"))]
    there = set(before.rejects[key].itertuples(index=False, name=None))
    return told[[row not in there for row in told[key].itertuples(index=False, name=None)]]


def _in_workbook(fault: str, added: dict[str, pd.DataFrame], starts: dict[str, int], name: str) -> str:
    """A fault of the files with the rows that were to be appended as the workbook counts them."""

    def row(found: re.Match[str]) -> str:
        at = int(found[2]) - starts[found[1]]
        sheet = ", sheet sources" if found[1] == "sources.csv" else ""
        return f"{name}{sheet}, row {added[found[1]].index[at] + 2}" if 0 <= at < len(added[found[1]]) else found[0]

    return re.sub(rf"({'|'.join(map(re.escape, added))}), row (\d+)", row, fault)


def _doubts(before: Dataset, after: Dataset) -> tuple[list[Text], int]:
    """What does not fit since, and the number of figures that did not fit before."""
    old, found = (data[data["known"] == ""] for data in (findings(before), findings(after)))
    known = set(old[KEYS].itertuples(index=False, name=None))
    is_old = [key in known for key in found[KEYS].itertuples(index=False, name=None)]
    return remedies(found[[not one for one in is_old]], after), sum(is_old)


def _new_years(before: Dataset, after: Dataset) -> list[str]:
    """Series of annual figures that have a year since that they did not have."""

    def years(data: Dataset) -> dict[tuple[str, ...], set[int]]:
        annual = data.observations[data.observations["period"] == "annual"]
        return {key: set(part["year"]) for key, part in annual.groupby(SERIES, sort=False)}

    old = years(before)
    gained = {key: sorted(now - old.get(key, set())) for key, now in years(after).items()}
    return [f"{' '.join(key)}: {', '.join(map(str, new))}" for key, new in gained.items() if new]
