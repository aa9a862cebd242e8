"""The ``hanyang`` command. It parses, calls and prints; exit 0 done, 1 a run or an audit failed, 2 the user's mistake."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from hanyang_data.cli import EXIT, INTERRUPTED, batch, layout, reader
from hanyang_data.cli.report import report
from hanyang_data.cli.terminal import DATA, EXAMPLE, JSON, PATH, as_text, degrade, tell
from hanyang_data.errors import HanyangError, NoDataError, ParameterError, RunError, nearest, short
from hanyang_data.extras import wanted
from hanyang_data.record.contract import version

if TYPE_CHECKING:
    from collections.abc import Callable

    from hanyang_data.record.observations import Dataset

FIX = click.option("--fix", "folder", default=None, type=PATH, metavar="DIR",
                   help="First write the files of this snapshot folder clean: encoding, separators, signs, dates; no figure is "
                        "changed.")  # fmt: skip


class Group(click.Group):
    """Turns a user's mistake into one sentence and an exit code, in signs that the terminal has."""

    def make_context(
        self, info_name: str | None, args: list[str], parent: click.Context | None = None, **extra: Any
    ) -> click.Context:
        """Read the command line; what is printed from now on fits the terminal."""
        degrade(json="--json" in args)
        return super().make_context(info_name, args, parent, **extra)

    def invoke(self, ctx: click.Context) -> object:
        """Call the command."""
        try:
            return super().invoke(ctx)
        except ModuleNotFoundError as error:
            if not (needed := wanted(str(error.name))):
                raise
            click.echo(f"error: {needed}", err=True)
            ctx.exit(2)
        except HanyangError as error:
            click.echo(f"error: {short(error)}", err=True)
            ctx.exit(1 if isinstance(error, RunError) else 2)
        except KeyboardInterrupt:
            click.echo(INTERRUPTED, err=True)
            ctx.exit(EXIT)


@click.group(cls=Group, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(package_name="hanyang-data", message=f"hanyang, version %(version)s, record {version()}")
def main() -> None:
    """Sourced annual series of Hanyang District and Wuhan, and notebooks that analyse them."""


@main.command("list", epilog=EXAMPLE.format("hanyang list indicators"))
@click.argument("what", default="", metavar="[notebooks|parameters|indicators|regions|series]")
@DATA
@JSON
def list_command(what: str, data_dir: str, as_json: bool) -> None:
    """List what exists: notebooks, their parameters, indicators, regions, or the series with their years."""
    import pandas as pd

    from hanyang_data.batch.parameters import batch_notebooks, read_parameters, title_of
    from hanyang_data.batch.plan import notebooks_folder
    from hanyang_data.record.catalogue import catalog

    files, amiss = batch_notebooks(notebooks_folder())
    titles = {file.stem: title_of(file) for file in files}
    titles |= {file.stem: f"cannot be used: {why}" for file, why in amiss.items()}
    lists: dict[str, Callable[[Dataset], pd.DataFrame]] = {
        "notebooks": lambda _: pd.DataFrame(titles.items(), columns=["notebook", "title"]),
        "parameters": lambda _: pd.DataFrame(
            {"notebook": file.stem, "parameter": p.name, "type": p.type, "default": "computed" if p.computed else repr(p.default),
             "help": p.help}
            for file in files
            for p in read_parameters(file).values()
        ),
        "indicators": lambda data: data.indicators.reset_index()[
            ["id", "name_en", "name_zh", "level_unit", "growth_basis", "note"]
        ],
        "regions": lambda data: data.regions.reset_index()[["id", "name_en", "name_zh", "level", "part_of"]],
        "series": catalog,
    }  # fmt: skip
    if what and what not in lists:
        raise ParameterError(f"nothing to list under {what!r}: {nearest(what, lists)}")
    data = _dataset(data_dir)
    tables = {name: table(data) for name, table in lists.items() if what in ("", name)}
    if as_json:
        click.echo(json.dumps({k: t.to_dict("records") for k, t in tables.items()}, ensure_ascii=False, indent=1))
        return
    for name, table in tables.items():
        if not what:
            click.secho(name, bold=True)
        click.echo(as_text(table) + "\n" * (not what))


@main.command(epilog=EXAMPLE.format("hanyang show gdp --region hanyang --measure level --as-of 2021-06-30"))
@click.argument("indicator")
@click.option("--region", default="hanyang", show_default=True, help="Region, by id or name.")
@click.option("--measure", default="growth", show_default=True, help="growth or level.")
@click.option("--targets", "target_vintage", default="", metavar="VINTAGE", help="Targets instead: original, revised or plan.")
@click.option("--vintage", default="latest", show_default=True, help="first, latest or all readings.")
@click.option("--as-of", default="", metavar="DAY", help="Only what was public on this day.")
@click.option("--revisions", "as_revisions", is_flag=True, help="Show first and latest reading of each year instead.")
@click.option("--period", default="annual", show_default=True, help="annual, or that part of each year: q1, h1 or q1_q3.")
@click.option("--derived", is_flag=True, help="Add years that a printed level and its growth imply.")
@click.option("--lang", default="en", show_default=True, help="Language of the sources: en or zh.")
@DATA
@JSON
def show(
    indicator: str, region: str, measure: str, target_vintage: str, vintage: str, as_of: str, as_revisions: bool,
    derived: bool, period: str, lang: str, data_dir: str, as_json: bool,
) -> None:  # fmt: skip
    """Show one series in the terminal, with vintage, date and source of every value."""
    import pandas as pd

    from hanyang_data.record.beside import targets_set
    from hanyang_data.record.catalogue import cite, held
    from hanyang_data.record.revisions import revisions
    from hanyang_data.record.series import WHOLE, check_period, outturns
    from hanyang_data.words.wording import language

    language(lang)
    data, period = _dataset(data_dir), check_period(period)
    if period != WHOLE and (as_revisions or target_vintage):
        raise ParameterError("--period is of outturns: leave --targets and --revisions out")
    if as_revisions:
        frame = revisions(indicator, region, measure, as_of=as_of, dataset=data)
    elif target_vintage:
        frame = targets_set(indicator, region, vintage=target_vintage, measure=measure, as_of=as_of, dataset=data)
    else:
        frame = outturns(indicator, region, measure, vintage=vintage, as_of=as_of, derived=derived, period=period, dataset=data)
    if frame.empty:
        what = f"{target_vintage} target" if target_vintage else "second reading" if as_revisions else "outturn"
        day = f" as known on {as_of}" if as_of else ""
        part = "" if period == WHOLE else f" of {period}"
        known = held(data, indicator, [region], as_of, period)
        raise NoDataError(f"no {measure} {what}{part} of {indicator} for {region}{day}: {known}")
    table = frame.reset_index()
    if as_json:
        click.echo(table.to_json(orient="records", force_ascii=False, indent=1))
        return
    click.echo(as_text(table))
    cited = pd.concat([frame[c] for c in frame if str(c).endswith("source_id")])
    click.echo("来源：" if lang == "zh" else "Source:")
    for line in dict.fromkeys(cite([id_], lang, data) for id_ in cited if id_):
        click.echo(f"  {line}")


@main.command(epilog=EXAMPLE.format("hanyang audit --sources ../shared/sources"))
@click.option("--sources", default=None, type=PATH, help="Folder with the source texts, or one text.")
@FIX
@DATA
@JSON
def audit(sources: Path | None, folder: Path | None, data_dir: str, as_json: bool) -> None:
    """Check the identities of the record; with --sources also find every coded figure at its place in the texts."""
    from hanyang_data.record.audit import audit_record, audit_sources

    if folder:
        from hanyang_data.record.datapackage import fix
        from hanyang_data.record.snapshot_files import sentence

        click.echo(sentence(fix(folder)).replace("read differently than written", "written clean") or "nothing to fix", err=True)
        data_dir = data_dir or str(folder)
    data = _dataset(data_dir)
    reports = [audit_record(data)] + ([audit_sources(sources, data)] if sources else [])
    faults = [fault for report in reports for fault in report.faults]
    click.echo(json.dumps(faults, ensure_ascii=False, indent=1) if as_json else "\n".join(report.text() for report in reports))
    if faults:
        sys.exit(1)


@main.command("new-dataset", epilog=EXAMPLE.format("hanyang new-dataset ../mydistrict"))
@click.argument("folder", metavar="DIR", type=PATH)
def new_dataset_command(folder: Path) -> None:
    """Start a snapshot of your own: a folder with a commented example of every file."""
    from hanyang_data.record.datapackage import new_dataset

    files = new_dataset(folder)
    click.echo(f"wrote {len(files)} files into {folder}: {', '.join(str(f.relative_to(folder)) for f in files)}")
    click.echo("Replace the example rows by yours (README.md says how). It works as it stands; next:")
    click.echo(f"  hanyang show gdp --region nation --data {quote(str(folder))}")
    click.echo(f"  hanyang run {quote(str(folder))}/params/*.yaml --data {quote(str(folder))}")


def _dataset(data_dir: str) -> Dataset:
    from hanyang_data.record.observations import default_dataset, open_dataset

    data = open_dataset(data_dir) if data_dir else default_dataset()
    tell(data, data_dir)
    return data


for _command in (layout.init, *batch.COMMANDS, report, reader.read_command, reader.accept_command, reader.import_command):
    main.add_command(_command)

if __name__ == "__main__":
    main()
