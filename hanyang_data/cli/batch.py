"""The commands that run notebooks: ``run``, ``sweep``, ``runs``, ``schema``."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hanyang_data.cli.terminal import DATA, ENGINE, EXAMPLE, JOBS, OUT, PATH, as_text, refuse_files, telling
from hanyang_data.errors import HanyangError, ParameterError, RunError
from hanyang_data.files import writing
from hanyang_data.studies.asked import check, written

if TYPE_CHECKING:
    from hanyang_data.batch.job import Run
    from hanyang_data.batch.sweep import Options

FILES = click.argument("files", nargs=-1, required=True, type=PATH)
HOW = (
    click.option("--figures", "gallery", default=None, type=PATH, metavar="DIR", help="Also copy the figures here."),
    click.option("--formats", default="", metavar="LIST",
                 help="Of the figures: svg, several such as png,svg, or none: answer and tables alone."),
    DATA,
    click.option("-p", "given", multiple=True, metavar="KEY=VALUE", help="A parameter over what the files say."),
    JOBS,
    ENGINE,
    click.option("--timeout", default=None, type=click.FloatRange(0, min_open=True), metavar="SECONDS",
                 help="Time for each run."),
    click.option("--force", is_flag=True, help="Make every run, also those that are up to date."),
    click.option("--failed", is_flag=True, help="Only runs that failed or were not reached."),
    click.option("--since", default="", metavar="DAY", help="What was made before this day counts as out of date."),
    click.option("--executor", default="local", show_default=True, type=click.Choice(["local", "dask"]), help="Where."),
    click.option("--scheduler", default="", metavar="ADDRESS", help="Of the Dask cluster, such as tcp://host:8786."),
    click.option("--shared", is_flag=True, help="The cluster sees --out under the same path: write there directly."),
    click.option("--dry-run", is_flag=True, help="Say what would be run and why, and run nothing."),
    click.option("--json", "as_json", is_flag=True, help="Print JSON instead of lines."),
)  # fmt: skip


def _how(command: Any) -> Any:
    for option in reversed((FILES, OUT, *HOW)):
        command = option(command)
    return command


@click.command(epilog=EXAMPLE.format("hanyang run params/trend.yaml\n  hanyang run trend -p region=wuhan"))
@_how
def run(files: Sequence[Path], **options: Any) -> None:
    """Run notebooks: of params files, or by name with their defaults. All are checked first; what sums up runs comes last."""
    _carry_out(files, matrix=False, **options)


@click.command(epilog=EXAMPLE.format("hanyang sweep params/sweeps/districts.yaml --dry-run"))
@_how
def sweep(files: Sequence[Path], **options: Any) -> None:
    """Run every combination that sweep files ask for. What is up to date is not made again; a matrix skips what has no data."""
    _carry_out(files, matrix=True, **options)


def _carry_out(
    files: Sequence[Path], *, matrix: bool, out: Path, data_dir: str, given: Sequence[str], dry_run: bool, as_json: bool,
    **how: Any,
) -> None:  # fmt: skip
    from hanyang_data.batch.collect import counted, rows
    from hanyang_data.batch.progress import Progress
    from hanyang_data.batch.sweep import decisions
    from hanyang_data.batch.sweep import sweep as carry_out
    from hanyang_data.words.messages import read_all

    read_all()
    refuse_files(out, how["gallery"])
    if formats := how.pop("formats"):
        given = (*given, f"formats=[{formats}]")
    runs = _planned(files, data_dir, given, matrix=matrix, figures=how["gallery"] is not None)
    options, checked = _options(table=matrix, **how), telling(check)
    if dry_run:
        for decision in decisions(runs, out, checked, options):
            click.echo(f"{decision.action:<8}{decision.run}: {decision.why}")
        return
    with closing(Progress(len(runs), sys.stderr if as_json else sys.stdout, quiet=matrix)) as progress:
        outcomes = carry_out(runs, out, checked, options, progress)
    if as_json:
        click.echo(json.dumps(rows(outcomes, out), ensure_ascii=False, indent=1))
    elif matrix:
        click.echo(f"{counted(outcomes)}; table: {out}/sweep.csv, sweep.json")
    if failures := [o for o in outcomes if o.status == "failed"]:
        told = [] if matrix else [o.sentence() for o in failures]  # the lines of a sweep have told them
        again = f"; --failed runs these again, hanyang runs --failed --out {out} says why" if matrix else ""
        raise RunError("\n".join([*told, f"{len(failures)} of {len(runs)} failed{again}"]))


def _planned(files: Sequence[Path], data_dir: str, given: Sequence[str], *, matrix: bool, figures: bool) -> list[Run]:
    """The runs of all files, or every mistake in them at once."""
    from hanyang_data.batch.job import refuse_clashes
    from hanyang_data.batch.plan import read_plan

    runs, mistakes = [], []
    for file in files:
        try:
            runs += read_plan(file, data_dir=data_dir, given=given, matrix=matrix, written=written)
        except HanyangError as error:
            mistakes.append(str(error))
    if mistakes:
        raise ParameterError("\n".join(mistakes))
    refuse_clashes(runs, figures=figures)
    return runs


def _options(*, executor: str, scheduler: str, shared: bool, since: str, **how: Any) -> Options:
    from hanyang_data.batch.sweep import Options

    try:
        if since:
            datetime.fromisoformat(since)
    except ValueError:
        raise ParameterError(f"--since is {since!r}: write a day such as 2026-11-01") from None
    backend = None
    if executor == "dask":
        from hanyang_data.batch.cluster import backend_of

        backend = backend_of(scheduler, shared=shared, timeout=how["timeout"])
    elif scheduler or shared:
        raise ParameterError("--scheduler and --shared go with --executor dask")
    return Options(backend=backend, since=since, **how)


@click.group("runs", invoke_without_command=True, epilog=EXAMPLE.format("hanyang runs explain trend/hanyang-gdp"))
@click.pass_context
@OUT
@click.option("--failed", is_flag=True, help="Only those that failed or were not made.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
def runs_group(context: click.Context, out: Path, failed: bool, as_json: bool) -> None:
    """List the runs of a folder with their state; or compare two, explain one, export all, prune."""
    if context.invoked_subcommand is None:
        from hanyang_data.batch.runs import listing

        table = listing(_there(out), failed=failed)
        click.echo(table.to_json(orient="records", force_ascii=False, indent=1) if as_json else as_text(table))


@runs_group.command(epilog=EXAMPLE.format("hanyang runs compare trend/hanyang-gdp trend/wuhan-gdp"))
@click.argument("one")
@click.argument("other")
@OUT
def compare(one: str, other: str, out: Path) -> None:
    """Show where two runs differ: parameters, data, code, results, figures. The beginning of a name is enough."""
    from hanyang_data.batch import runs

    table = runs.compare(_there(out), one, other)
    click.echo(as_text(table) if len(table) else "no difference")


@runs_group.command(epilog=EXAMPLE.format("hanyang runs explain trend/hanyang-gdp"))
@click.argument("name")
@OUT
def explain(name: str, out: Path) -> None:
    """Say why a run is out of date, or that it is not. The beginning of its name is enough."""
    from hanyang_data.batch import runs

    click.echo(runs.explain(_there(out), name))


@runs_group.command(epilog=EXAMPLE.format("hanyang runs prune --dry-run"))
@click.option("--dry-run", is_flag=True, help="Say what would be removed, and remove nothing.")
@OUT
def prune(dry_run: bool, out: Path) -> None:
    """Remove runs that are out of date, copies of failed ones, and what killed runs left."""
    from hanyang_data.batch import runs

    gone = runs.prune(_there(out), dry_run=dry_run)
    for folder in gone:
        click.echo(f"{'would remove' if dry_run else 'removed'} {folder}")
    click.echo(f"{len(gone)} folders")


@runs_group.command(epilog=EXAMPLE.format("hanyang runs export && hanyang run summary -p runs_dir=build/runs/runs.parquet"))
@click.argument("file", type=PATH, required=False)
@OUT
def export(file: Path | None, out: Path) -> None:
    """Write the finished runs as one Parquet FILE, a row a run, for DuckDB, pandas, summary; default: runs.parquet in --out."""
    from hanyang_data.studies.summary.runs import write

    place = file or _there(out) / "runs.parquet"
    count = write(_there(out), place)
    click.echo(f"{count:,} run{'s' * (count != 1)} in {place}")


def _there(out: Path) -> Path:
    if not out.is_dir():
        raise ParameterError(f"there is no folder {out}: name the one that hanyang run wrote with --out")
    return out


@click.command("schema", epilog=EXAMPLE.format("hanyang schema params/schema.json"))
@click.argument("file", type=PATH)
@DATA
def schema_command(file: Path, data_dir: str) -> None:
    """Write the JSON schema of params files, from the notebooks and the catalogue, for editors that complete and check."""
    from hanyang_data.batch import schema
    from hanyang_data.record.contract import SNAPSHOT
    from hanyang_data.record.observations import open_dataset
    from hanyang_data.studies.scope import words

    with writing(file):
        schema.write(file, words(open_dataset(data_dir or SNAPSHOT)))
    click.echo(f"wrote {file}")


COMMANDS = (run, sweep, runs_group, schema_command)
