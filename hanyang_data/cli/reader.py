"""The commands that take a report into the record: read, accept."""

from __future__ import annotations

import shutil
import tempfile
from pathlib import Path

import click

from hanyang_data.errors import HanyangError

EXAMPLE = "\b\nExample:\n  {}"
DATA = click.option("--data", "data_dir", default="", metavar="DIR", help="Snapshot folder; the one of the package if not given.")


@click.command("read", epilog=EXAMPLE.format("hanyang read report.pdf --region hanyang -o candidates.xlsx"))
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path))
@click.option("--region", default="", metavar="NAME", help="Whose report it is, by id or name; else taken from the title.")
@click.option("--source-id", default="", metavar="ID", help="Id of the source; else made from region, kind and years.")
@click.option("-o", "target", default="candidates.xlsx", show_default=True, type=click.Path(path_type=Path))
@DATA
def read_command(files: tuple[Path, ...], region: str, source_id: str, target: Path, data_dir: str) -> None:
    """Read reports (PDF, DOCX, HTML, TXT) into a workbook of candidate figures for a person to go through."""
    import pandas as pd

    from hanyang_data.reader.reading import read_report
    from hanyang_data.reader.review import frame, sources, write
    from hanyang_data.record.observations import default_dataset, open_dataset

    data = open_dataset(data_dir) if data_dir else default_dataset()
    if target.suffix.lower() != ".xlsx":
        raise HanyangError(f"{target} is no .xlsx file: name the workbook with -o candidates.xlsx")
    if not target.parent.is_dir():
        raise HanyangError(f"{target.parent} is no folder: make it first")
    readings = []
    for number, file in enumerate(files):
        given = f"{source_id}_{number + 1}" if source_id and len(files) > 1 else source_id
        readings.append((file, read_report(file, region=region, source_id=given, dataset=data)))
    tables = [frame(reading, data) for _, reading in readings]
    rows = [sources(reading, target.parent, file.read_bytes()) for file, reading in readings]
    missed = [sentence for _, reading in readings for sentence in reading.uncovered]
    write(target, pd.concat(tables, ignore_index=True), pd.concat(rows, ignore_index=True), missed)
    for file, reading in readings:
        sure = sum(c.sure for c in reading.candidates)
        click.echo(f"{file.name}: {len(reading.candidates)} candidates, {sure} of them sure")
        for doc in reading.documents:
            place, date = doc.place or "an unknown place", doc.published_on or "undated"
            click.echo(f"  {doc.source_id}: {doc.kind} of {place}, {date}, {doc.title}")
    unknown = sorted({doc.region for _, reading in readings for doc in reading.documents} - set(data.regions.index))
    if unknown:
        names = ", ".join(filter(None, unknown)) or "no region found, say --region"
        click.echo(f"not in regions.csv, add it there before you accept: {names}")
    told = f"{len(missed)} sentences and rows have a number by an indicator that gave no candidate (sheet: not read)"
    click.echo(f"wrote {target}; {told}")
    click.echo("Write accept, mend (and correct the cells) or reject (and say why) into the first column, then")
    click.echo(f"  hanyang accept {target} --data DIR")


@click.command("accept", epilog=EXAMPLE.format("hanyang accept candidates.xlsx --data mydistrict"))
@click.argument("workbook", required=False, type=click.Path(path_type=Path))
@click.option("--data", "data_dir", required=True, metavar="DIR", help="Snapshot folder that takes the figures in.")
@click.option("--lang", default="en", show_default=True, help="Language of what changes in the studies: en or zh.")
@click.option("--undo", "take_back", is_flag=True, help="Take the last acceptance back.")
def accept_command(workbook: Path | None, data_dir: str, lang: str, take_back: bool) -> None:
    """Take what was accepted in a workbook of candidates into a snapshot, or take the last acceptance back."""
    from hanyang_data.reader.accept import accept, undo
    from hanyang_data.record.observations import open_dataset
    from hanyang_data.studies.consequences import CHANGES, changes
    from hanyang_data.words.wording import language

    language(lang)
    if take_back:
        click.echo(f"taken back: {undo(data_dir)} figures")
        return
    if workbook is None:
        raise HanyangError("name the workbook that hanyang read wrote, or say --undo")
    open_dataset(data_dir)  # what is no snapshot is not copied
    with tempfile.TemporaryDirectory() as scratch:
        before = shutil.copytree(data_dir, Path(scratch) / "before")
        taken = accept(workbook, data_dir)
        click.echo(taken.text())
        click.echo(CHANGES.to(lang))
        for line in changes(before, data_dir, taken.touched):
            click.echo(f"  {line.to(lang)}")
    click.echo(f"to take it back: hanyang accept --undo --data {data_dir}")
