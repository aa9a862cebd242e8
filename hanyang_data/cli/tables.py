"""The command that makes a snapshot folder of anybody's table."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import click

EXAMPLE = "\b\nExample:\n  {}"
PATH = click.Path(path_type=Path)


@click.command("import", epilog=EXAMPLE.format("hanyang import my.xlsx --region 汉阳 -o ../mydistrict"))
@click.argument("file", type=PATH)
@click.option("-o", "--output", "folder", required=True, type=PATH, metavar="DIR", help="New folder for the snapshot.")
@click.option("--region", default="", help="What the table is about, where it does not say.")
@click.option("--indicator", default="", metavar="HEAD", help="The same, such as GDP（亿元）.")
@click.option("--vintage", default="preliminary", show_default=True, help="What kind of figures these are.")
@click.option("--published-on", default="", metavar="DAY", help="Since when they are public; by default the file's day.")
@click.option("--title", default="", help="What figures cite as their source; by default the name of the file.")
@click.option("--indicators", multiple=True, metavar="HEAD=ID", help="Which indicator a head is.")
@click.option("--regions", multiple=True, metavar="NAME=ID", help="The id of a region of your own.")
@click.option("--units", multiple=True, metavar="HEAD=UNIT", help="The unit of a head without one.")
@click.option(
    "--as-written", multiple=True, metavar="HEAD", help="Its percentages are meant as they stand: no index, no fraction."
)
def import_command(
    file: Path, folder: Path, region: str, indicator: str, vintage: str, published_on: str, title: str,
    indicators: Sequence[str], regions: Sequence[str], units: Sequence[str], as_written: Sequence[str],
) -> None:  # fmt: skip
    """Turn an Excel, CSV or Stata table into a snapshot folder: years down or across, heads in Chinese or English."""
    from shlex import quote

    from hanyang_data.intake import dataset_from_file

    data = dataset_from_file(
        file, region, indicator=indicator, vintage=vintage, published_on=published_on, title=title, folder=folder,
        indicators=_pairs("--indicators", indicators), regions=_pairs("--regions", regions), units=_pairs("--units", units),
        as_written=as_written,
    )  # fmt: skip
    for said in data.oddities:
        click.echo(str(said))
    first = data.printed.iloc[0]
    asked = f"{first['indicator']} --region {first['region']} --measure {first['measure']}"
    click.echo(f"wrote {len(data.printed)} figures into {folder}; next:")
    click.echo(f"  hanyang show {asked} --data {quote(str(folder))}")


def _pairs(option: str, given: Sequence[str]) -> dict[str, str]:
    from hanyang_data.errors import ParameterError

    parted = [text.rpartition("=") for text in given]
    for text, (name, _, value) in zip(given, parted, strict=True):
        if not name or not value:
            raise ParameterError(f"{option} {text}: write what stands in the table, =, and what it is")
    return {name: value for name, _, value in parted}
