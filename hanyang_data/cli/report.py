"""The command ``report``: make what is missing, build the documents, say what is amiss."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hanyang_data.batch.job import is_own
from hanyang_data.cli.terminal import DATA, ENGINE, EXAMPLE, JOBS, OUT, PATH, refuse_files, telling
from hanyang_data.errors import ParameterError, RunError
from hanyang_data.studies.asked import check, written

if TYPE_CHECKING:
    from hanyang_data.batch.job import Run
    from hanyang_data.report import Entry, Spec


@click.command(epilog=EXAMPLE.format("hanyang report params/report.yaml -o build/report"))
@click.argument("file", type=PATH)
@click.option("-o", "folder", default="build/report", show_default=True, type=PATH, help="Folder for the report.")
@OUT
@DATA
@JOBS
@ENGINE
@click.option("--as-is", is_flag=True, help="Run nothing: report what is there, and say what is missing or out of date.")
def report(file: Path, folder: Path, out: Path, data_dir: str, jobs: int, engine: str, as_is: bool) -> None:
    """Build a brief and its annex from finished runs, running what is missing: HTML, Word, PowerPoint, Excel, LaTeX, CSV."""
    from hanyang_data.batch.job import among_themselves, refuse_clashes
    from hanyang_data.batch.plan import runs_of
    from hanyang_data.report import build, faults, read_spec

    refuse_files(out, folder)
    spec = read_spec(file)
    _refuse_own([block["notebook"] for block in spec.blocks], file)
    made = [runs_of({"runs": [block]}, file, data_dir=data_dir, written=written) for block in spec.blocks]
    shown = [says for says, found in zip(spec.shown, made, strict=True) for _ in found]
    runs = among_themselves([run for found in made for run in found])
    refuse_clashes(runs, figures=False)
    _refuse_missing(spec, runs, file)
    slides = _at_slide_size(runs, shown) if "pptx" in spec.formats else {}
    every = [*runs, *slides.values()]
    entries = _made(every, out, jobs, engine, as_is=as_is)
    of = {(entry.notebook, entry.slug): entry for entry in entries}
    drawn = {n: of[run.notebook.stem, run.slug].folder for n, run in slides.items()}
    of_runs = enumerate(zip(runs, shown, strict=True))
    entries = [replace(of[run.notebook.stem, run.slug], shown=says, slides=drawn.get(n)) for n, (run, says) in of_runs]
    files, left_out = build(spec, entries, folder)
    for place, number in Counter(file if file.parent == folder else file.parent for file in files).items():
        click.echo(f"{place} ({number} files)" if place not in files else place)
    for text in left_out:
        click.echo(text.en, err=True)
    if amiss := faults(entries):
        raise RunError("\n".join([*(fault.en for fault in amiss), "the report says so on its first page"]))


def _at_slide_size(runs: Sequence[Run], shown: Sequence[Mapping[str, Sequence[str]]]) -> dict[int, Run]:
    """The same runs with figures at the size of a slide, by the place of each that the brief shows."""
    from hanyang_data.batch.job import slug
    from hanyang_data.report.content import in_annex_alone

    asked = {"size": "slide", "formats": ["png"]}
    wanted = [n for n, run in enumerate(runs) if not in_annex_alone(shown[n]) and asked.keys() <= run.parameters.keys()]
    made = {n: runs[n].parameters | asked for n in wanted if runs[n].parameters["size"] != "slide"}
    return {n: replace(runs[n], parameters=values, slug=slug(values)) for n, values in made.items()}


def _refuse_own(notebooks: Sequence[str], file: Path) -> None:
    """A notebook of the user's own leaves pictures and no results that a report could number and cite."""
    from hanyang_data.batch.parameters import read_parameters
    from hanyang_data.batch.plan import notebooks_folder

    for name in notebooks:
        place = notebooks_folder() / f"{name}.ipynb"
        if place.is_file() and is_own(read_parameters(place)):
            mend = "let it take the parameter out_dir and end with study.save(out_dir)"
            raise ParameterError(f"{file}: {name} leaves no results.json for a report: {mend}")


def _refuse_missing(spec: Spec, runs: Sequence[Run], file: Path) -> None:
    """A report shows figures in formats of its own, which its runs must draw; slides have runs of their own."""
    from hanyang_data.charts.formats import NONE

    shows = {"html": "svg", "docx": "png", "xlsx": "png"}
    for run in runs:
        asked = run.parameters.get("formats", [NONE])
        for kind in [] if NONE in asked else [kind for kind in shows if kind in spec.formats and shows[kind] not in asked]:
            mend = "leave formats out of the block, or write formats: [png, svg]"
            raise ParameterError(f"{file}: {run.notebook.stem} draws no {shows[kind]}, which a report in {kind} shows: {mend}")


def _made(runs: Sequence[Run], out: Path, jobs: int, engine: str, *, as_is: bool) -> list[Entry]:
    """The runs as they are, or after making what is missing or out of date; for one that fails an earlier good one stands in."""
    from hanyang_data.batch.cache import Cache
    from hanyang_data.batch.progress import Progress
    from hanyang_data.batch.sweep import Options, sweep

    if as_is:
        cache = Cache(out)
        return [_entry(run, out, "stale" if (why := cache.stale(run, thorough=True)) else "done", why) for run in runs]
    with closing(Progress(len(runs), sys.stdout, quiet=True)) as progress:
        outcomes = sweep(runs, out, telling(check), Options(jobs=jobs, engine=engine), progress)
    return [_entry(o.run, out, "done" if o.status in ("done", "cached") else "failed", o.reason) for o in outcomes]


def _entry(run: Run, out: Path, status: str, reason: str) -> Entry:
    """What a run left; one that is stale and left nothing is missing."""
    from hanyang_data.report import Entry

    folder = run.within(out) if (run.within(out) / "results.json").is_file() else None
    status = "missing" if status == "stale" and folder is None else status
    return Entry(run.name, run.notebook.stem, run.slug, folder, status, "" if status == "done" else reason, run.parameters)
