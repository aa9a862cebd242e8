"""The commands that take figures in: a report by ``read`` and ``accept``, anybody's table by ``import``."""

import shutil
import tempfile
from collections.abc import Sequence
from pathlib import Path
from shlex import quote

import click

from hanyang_data.cli.terminal import DATA, EXAMPLE, PATH
from hanyang_data.errors import HanyangError, ParameterError


@click.command("read", epilog=EXAMPLE.format("hanyang read report.pdf --region hanyang -o candidates.xlsx"))
@click.argument("files", nargs=-1, required=True, metavar="FILE...", type=PATH)
@click.option("--region", default="", metavar="NAME", help="Whose report it is, by id or name; else taken from the title.")
@click.option("--source-id", default="", metavar="ID", help="Id of the source; else made from region, kind and years.")
@click.option("-o", "target", default="candidates.xlsx", show_default=True, type=PATH)
@DATA
def read_command(files: tuple[Path, ...], region: str, source_id: str, target: Path, data_dir: str) -> None:
    """Read reports (PDF, DOCX, HTML, TXT) into a workbook of candidate figures for a person to go through."""
    import pandas as pd

    from hanyang_data.reader.candidates import SURE
    from hanyang_data.reader.reading import read_report
    from hanyang_data.reader.review import review_frame, write_workbook
    from hanyang_data.record.observations import default_dataset, open_dataset

    data = open_dataset(data_dir) if data_dir else default_dataset()
    if target.suffix.lower() != ".xlsx":
        raise HanyangError(f"{target} is no .xlsx file: name the workbook with -o candidates.xlsx")
    if not target.parent.is_dir():
        raise HanyangError(f"{target.parent} is no folder: make it first")
    readings = []
    for number, file in enumerate(files):
        given = f"{source_id}_{number + 1}" if source_id and len(files) > 1 else source_id
        readings.append(read_report(file, region=region, source_id=given, dataset=data))
    tables = [review_frame(reading, dataset=data) for reading in readings]
    write_workbook(target, readings, pd.concat(tables, ignore_index=True), file=files, dataset=data)
    for file, reading, table in zip(files, readings, tables, strict=True):
        sure = int((table["confidence"] >= SURE).sum())
        click.echo(f"{file.name}: candidates {len(table)}, sure {sure}, yellow {len(table) - sure}")
        for doc in reading.documents:
            place, date = doc.place or "an unknown place", doc.published_on or "undated"
            click.echo(f"  {doc.source_id}: {doc.kind} of {place}, {date}, {doc.title}")
    unknown = sorted({doc.region for reading in readings for doc in reading.documents} - set(data.regions.index))
    if unknown:
        names = ", ".join(filter(None, unknown)) or "no region found, say --region"
        click.echo(f"not in regions.csv, add it there before you accept: {names}")
    missed = sum(len(reading.uncovered) for reading in readings)
    told = "sentences and rows with a number by an indicator that gave no candidate"
    click.echo(f"wrote {target}; {told}: {missed} (sheet: not read)")
    click.echo("Write accept, mend (and correct the cells) or reject (and say why) into the first column, then")
    click.echo(f"  hanyang accept {target} --data DIR")


@click.command("accept", epilog=EXAMPLE.format("hanyang accept candidates.xlsx --data mydistrict"))
@click.argument("workbook", required=False, type=PATH)
@click.option("--data", "data_dir", required=True, metavar="DIR", help="Snapshot folder that takes the figures in.")
@click.option("--lang", default="en", show_default=True, help="Language of what is said: en or zh.")
@click.option("--undo", "take_back", is_flag=True, help="Take the last acceptance back.")
def accept_command(workbook: Path | None, data_dir: str, lang: str, take_back: bool) -> None:
    """Take what was accepted in a workbook of candidates into a snapshot, or take the last acceptance back."""
    from hanyang_data.reader.acceptance import BACK, accept
    from hanyang_data.reader.taking_back import undo
    from hanyang_data.record.observations import open_dataset
    from hanyang_data.studies.consequences import CHANGES, changes
    from hanyang_data.words.wording import language

    language(lang)
    if take_back:
        click.echo(f"figures taken back: {undo(data_dir)}; the snapshot is as it was before the last acceptance")
        return
    if workbook is None:
        raise HanyangError("name the workbook that hanyang read wrote, or say --undo")
    open_dataset(data_dir)  # what is no snapshot is not copied
    with tempfile.TemporaryDirectory() as scratch:
        before = shutil.copytree(data_dir, Path(scratch) / "before")
        taken = accept(workbook, data_dir)
        click.echo(taken.text(lang))
        if not taken.changed:
            return
        click.echo(CHANGES.to(lang))
        for line in changes(before, data_dir, taken.touched):
            click.echo(f"  {line.to(lang)}")
    click.echo(BACK.format(folder=quote(data_dir)).to(lang))


@click.command("import", epilog=EXAMPLE.format("hanyang import my.xlsx --region 汉阳 -o ../mytable"))
@click.argument("file", type=PATH)
@click.option("-o", "--output", "folder", required=True, type=PATH, metavar="DIR", help="New folder for the snapshot.")
@click.option("--region", default="", help="What the table is about, where it does not say.")
@click.option("--indicator", default="", metavar="HEAD", help="The same, such as GDP（亿元）.")
@click.option("--vintage", default="preliminary", show_default=True, help="What kind of figures these are.")
@click.option("--reliability", default="reprint", show_default=True, help="official, reprint (of an official text), secondary.")
@click.option("--published-on", default="", metavar="DAY", help="Since when they are public; by default the file's day.")
@click.option("--targets-published-on", default="", metavar="DAY", help="The same of targets; 01-15: of the year of each.")
@click.option("--title", default="", help="What figures cite as their source; by default the name of the file.")
@click.option(
    "--indicators",
    multiple=True,
    metavar="HEAD=ID",
    help="Which indicator a head is; of your own: 'HEAD=id, English name, lower, real'.",
)
@click.option("--regions", multiple=True, metavar="NAME=ID", help="The id of a region of your own.")
@click.option("--part-of", multiple=True, metavar="[NAME=]CITY", help="The city that a region, or that all, are part of.")
@click.option("--units", multiple=True, metavar="HEAD=UNIT", help="The unit of a head without one.")
@click.option("--as-written", multiple=True, metavar="HEAD", help="Its percentages stand as meant: no index, no fraction.")
def import_command(
    file: Path, folder: Path, region: str, indicator: str, vintage: str, reliability: str, published_on: str,
    targets_published_on: str, title: str, indicators: Sequence[str], regions: Sequence[str], part_of: Sequence[str],
    units: Sequence[str], as_written: Sequence[str],
) -> None:  # fmt: skip
    """Turn an Excel, CSV or Stata table into a snapshot folder: years down or across, heads in Chinese or English."""
    from hanyang_data.reader.own_table import dataset_from_file

    data = dataset_from_file(
        file, region, indicator=indicator, vintage=vintage, reliability=reliability, published_on=published_on,
        targets_published_on=targets_published_on, title=title, folder=folder, as_written=as_written,
        indicators=_pairs("--indicators", indicators), regions=_pairs("--regions", regions), units=_pairs("--units", units),
        part_of=_pairs("--part-of", [text if "=" in text else f"={text}" for text in part_of], bare=True),
    )  # fmt: skip
    for said in data.oddities:
        click.echo(str(said))
    first = data.printed.iloc[0]
    for day in dict.fromkeys(data.printed["published_on"][data.printed["concept"] == "outturn"]):
        told = f"taken as {vintage}, {reliability}, public since {day}"
        click.echo(f"{told}: --vintage, --reliability and --published-on say otherwise")
    asked = f"{first['indicator']} --region {first['region']} --measure {first['measure']}"
    click.echo(f"wrote {len(data.printed)} figures into {folder}; next:")
    click.echo(f"  hanyang show {asked} --data {quote(str(folder))}")


def _pairs(option: str, given: Sequence[str], *, bare: bool = False) -> dict[str, str]:
    """What is told of names; ``bare`` where it may be told of none."""
    parted = [text.rpartition("=") for text in given]
    for text, (name, _, value) in zip(given, parted, strict=True):
        if not value or not (name or bare):
            raise ParameterError(f"{option} {text}: write what stands in the table, =, and what it is")
    return {name: value for name, _, value in parted}
