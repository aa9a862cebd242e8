"""What the buttons do: files of a choice that a batch run reproduces. Nothing that is there and differs is overwritten."""

import asyncio
import inspect
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from importlib import import_module
from itertools import count
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from hanyang_data.batch.job import Run
from hanyang_data.batch.plan import read_plan
from hanyang_data.charts.formats import FORMATS
from hanyang_data.errors import HanyangError, RunError
from hanyang_data.explore.choices import Choice, defaults, name_of, parameters_of
from hanyang_data.explore.screen import write
from hanyang_data.files import writing
from hanyang_data.studies.asked import check
from hanyang_data.studies.registry import module

HEAD = "# Written by notebooks/explore.ipynb. What may stand here: hanyang list parameters\n"


class Saved(NamedTuple):
    """Files that hold what was asked for, and whether they were written just now or had been there already."""

    files: list[Path]
    new: bool


def export(choice: Choice, gallery: Path, data_dir: str = "") -> Saved:
    """Save the figure (PNG, SVG, PDF, its words) and the table (CSV) of a choice, to the byte what a batch run of it writes.

    They are called as ``hanyang run --figures`` calls them: ``<params file>_<figure>_<language>.<format>``. Where a file of that
    name holds something else, a number is added to the name of all.
    """
    with tempfile.TemporaryDirectory() as folder:
        write(choice, Path(folder), FORMATS, data_dir)
        wanted = [*(f"{choice.figure}.{kind}" for kind in (*FORMATS, "txt")), f"{choice.table}.csv"]
        contents = {name: (Path(folder) / name).read_bytes() for name in wanted if (Path(folder) / name).exists()}
    return _save(gallery, name_of(choice), {f"_{n.replace('.', f'_{choice.lang}.')}": c for n, c in contents.items()})


def write_params(choice: Choice, folder: Path, data_dir: str = "") -> Saved:
    """Write a choice as a params file; Chinese ones into ``zh/``, as those that come with the project."""
    place = folder / "zh" if choice.lang == "zh" else folder
    text = HEAD + yaml.safe_dump(params_of(choice, data_dir), allow_unicode=True, sort_keys=False)
    return _save(place, name_of(choice), {".yaml": text.encode()}, lambda file, _: _means(file, choice, data_dir))


def params_of(choice: Choice, data_dir: str = "") -> dict[str, Any]:
    """The content of a params file: what can be chosen, and what else is not the notebook's default."""
    known = defaults(choice.analysis)
    values = parameters_of(choice) | ({"data_dir": str(Path(data_dir).resolve())} if data_dir else {})
    chosen = {n: v for n, v in values.items() if (hasattr(choice, n) and v not in ("", [])) or v != known[n]}
    return {"notebook": choice.analysis, "parameters": chosen}


def as_code(choice: Choice, data_dir: str = "") -> str:
    """The lines that make in a cell what is on screen: what differs from the defaults, the figure and the table.

    >>> print(as_code(Choice(figure="growth_and_level", table="statistics", region="wuhan")))
    import hanyang_data as hd
    study = hd.trend("gdp", "wuhan")
    study.plot("growth_and_level")
    study.table("statistics")
    """
    known = inspect.signature(getattr(import_module(module(choice.analysis)), choice.analysis)).parameters
    values = {name: value for name, value in parameters_of(choice).items() if name in known} | {"data_dir": data_dir}
    usual = {n: list(p.default) if isinstance(p.default, tuple) else p.default for n, p in known.items()}
    places = [n for n, p in known.items() if p.kind is p.POSITIONAL_OR_KEYWORD]
    told = [json.dumps(values[n], ensure_ascii=False) for n in places]
    told += [f"{n}={json.dumps(v, ensure_ascii=False)}" for n, v in values.items() if n not in places and v != usual[n]]
    asks = ("import hanyang_data as hd", f"study = hd.{choice.analysis}({', '.join(told)})")
    return "\n".join([*asks, f'study.plot("{choice.figure}")', f'study.table("{choice.table}")'])


async def execute(choice: Choice, runs: Path, data_dir: str = "") -> tuple[Path, float]:
    """Run the whole notebook of a choice with ``hanyang run`` in a process of its own; its executed copy, and the seconds."""
    started = time.perf_counter()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / f"{choice.analysis}.yaml"
        file.write_text(yaml.safe_dump(params_of(choice, data_dir), allow_unicode=True), encoding="utf-8")
        run = _asked(file)
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "hanyang_data.cli.main", "run", str(file), "--out", str(runs)),
            stdout=asyncio.subprocess.DEVNULL,
            stderr=asyncio.subprocess.PIPE,
            env={name: value for name, value in os.environ.items() if name != "MPLBACKEND"},  # that of a kernel with a screen
        )
        _, told = await process.communicate()
    if process.returncode:
        raise RunError(told.decode(errors="replace").strip().removeprefix("error: "))
    return runs / choice.analysis / run.slug / "notebook.ipynb", time.perf_counter() - started


def _asked(file: Path) -> Run:
    """The run that a params file asks for, its values checked."""
    (run,) = read_plan(file, matrix=False)
    check(run.parameters)
    return run


def _save(
    folder: Path, name: str, contents: Mapping[str, bytes],
    same: Callable[[Path, bytes], bool] = lambda file, content: file.read_bytes() == content,
) -> Saved:  # fmt: skip
    """Write files under the first name, with a number behind it if need be, of which each is free or holds the same already."""
    with writing(folder):
        folder.mkdir(parents=True, exist_ok=True)
        for number in count(1):
            stem = name if number == 1 else f"{name}-{number}"
            files = {folder / f"{stem}{ending}": content for ending, content in contents.items()}
            if all(not file.exists() or same(file, content) for file, content in files.items()):
                break
        missing = {file: content for file, content in files.items() if not file.exists()}
        for file, content in missing.items():
            with file.open("xb") as handle:  # somebody else may have written it in between
                handle.write(content)
    return Saved(list(files), bool(missing))


def _means(file: Path, choice: Choice, data_dir: str) -> bool:
    """Whether a params file asks for this choice, whatever its wording."""
    try:
        run = _asked(file)
    except HanyangError:  # it is somebody else's and broken: not this choice
        return False
    asked = defaults(choice.analysis) | params_of(choice, data_dir)["parameters"]
    return run.notebook.stem == choice.analysis and run.parameters == asked
