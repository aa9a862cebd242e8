"""The notebooks as executed by the batch engine, and the gallery: every declared figure with the lines that make it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from myst_nb.core.read import read_myst_markdown_notebook
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError

from hanyang_data.cli.layout import lay_out
from hanyang_data.studies.registry import STUDIES, declared, label

MADE, LANGUAGES = "made", ("en", "zh")
# what is asked for a figure that the default question has too few years for
ASKED = {("growth_gap", "cumulative"): 'region="wuchang"'}
# and what for figures of more regions than there are on record: runs of a nation that is made up, as the page says
ASKED |= dict.fromkeys([("summary", "spread"), ("summary", "ranks")], '"build/nation", data_dir="nation"')
COUNTIES = 60
GALLERY = "<!-- every figure: {} -->"
HEAD = "---\nfile_format: mystnb\nkernelspec: {name: python3}\n---\n"


def begin(app: Sphinx, config: Config) -> None:
    """Run every notebook in both languages, and every page that has cells, where anything that decides has changed."""
    lab = Path(config.hanyang_build) / "lab"
    for name in ("notebooks", "params"):
        shutil.rmtree(lab / name, ignore_errors=True)
    lay_out(lab)
    os.environ["HANYANG_LAB"] = str(lab)  # where the gallery finds finished runs
    _make_nation(lab)
    files = [str(f.relative_to(lab)) for f in sorted((lab / "params").rglob("*.yaml")) if f.stem in STUDIES]
    for run, executed in _run(lab, files, "build/runs"):
        place = Path(app.srcdir) / MADE / run["parameters"]["lang"] / f"{run['notebook']}.ipynb"
        if not place.is_file() or place.read_bytes() != executed.read_bytes():
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(executed, place)
    run_pages(Path(app.srcdir), lab, config.nb_execution_cache_path)


def _make_nation(lab: Path) -> None:
    """A run of every county of a small nation that is made up, numbers alone."""
    sys.path.insert(0, str(Path(__file__).parents[2] / "tests"))
    from nation import regions, write_nation

    if not (lab / "nation").is_dir():
        write_nation(lab / "nation", counties=COUNTIES)
    asked = {"notebook": "trend", "parameters": {"data_dir": "nation", "start_year": 2005, "formats": ["none"]}}
    asked["matrix"] = {"region": [id_ for id_ in regions(COUNTIES).ids if id_.startswith("d")]}
    (lab / "params" / "nation.yaml").write_text(json.dumps(asked), encoding="utf-8")
    list(_run(lab, ["params/nation.yaml"], "build/nation", "sweep"))


def run_pages(docs: Path, lab: Path, cache: str) -> None:
    """Run the pages that have cells as the notebooks they are, and give what they show to MyST-NB's cache.

    It finds them by their cells and starts no kernel: a run by the batch engine takes a fraction of that time.
    """
    pages = {}
    for page in sorted(docs.rglob("*.md")):
        text = page.read_text(encoding="utf-8")
        if text.startswith(HEAD):
            name = "page_" + "_".join(page.relative_to(docs).with_suffix("").parts).replace("-", "_")
            pages[name] = read_myst_markdown_notebook(filled(text))
            nbformat.write(pages[name], lab / "notebooks" / f"{name}.ipynb")
    shelf = get_cache(cache)
    for run, executed in _run(lab, list(pages), "build/pages"):
        page, done = pages[run["notebook"]], nbformat.read(executed, as_version=4)
        page.metadata["language_info"] = done.metadata["language_info"]
        shown = [cell for cell in done.cells if cell.cell_type == "code"]
        for cell, as_run in zip((c for c in page.cells if c.cell_type == "code"), shown, strict=True):
            cell["outputs"], cell["execution_count"] = as_run["outputs"], as_run["execution_count"]
        shelf.cache_notebook_bundle(CacheBundleIn(page, run["notebook"]), check_validity=False, overwrite=True)


def _run(lab: Path, what: list[str], out: str, command: str = "run") -> Iterator[tuple[dict[str, Any], Path]]:
    """Each run with the executed copy of its notebook."""
    words = [Path(sys.executable).parent / "hanyang", command, *what, "--out", out, "--json"]
    done = subprocess.run(words, cwd=lab, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ExtensionError(f"notebooks or pages do not run:\n{done.stdout}{done.stderr}")
    for run in json.loads(done.stdout):
        yield run, lab / out / run["folder"] / "notebook.ipynb"


def gallery(lang: str) -> str:
    """The figures of all studies: a heading, and the lines that draw each."""
    page = ["```{code-cell} python", ":tags: [remove-cell]", 'import os; os.chdir(os.environ["HANYANG_LAB"])', "```"]
    asked = "" if lang == "en" else f'lang="{lang}"'
    for study in STUDIES:
        page += ["", f"## {label(study).to(lang)}"]
        for name in declared(study).named("figure"):
            words = declared(study).parts["figure", name].label.to(lang)
            given = ", ".join(filter(None, (ASKED.get((study, name)), asked)))
            lines = ["import hanyang_data as hd", f"study = hd.{study}({given})", f'study.plot("{name}")']
            page += [
                "",
                f"### {words}",
                "",
                "```{code-cell} python",
                "---",
                f'mystnb: {{image: {{alt: "{words}"}}}}',
                "---",
                *lines,
                "```",
            ]
    return "\n".join(page)


def filled(text: str) -> str:
    """A page with the gallery in its place."""
    for lang in LANGUAGES:
        mark = GALLERY.format(lang)
        text = text.replace(mark, gallery(lang)) if mark in text else text
    return text


def read(app: Sphinx, page: str, source: list[str]) -> None:
    """A page as it is read; one that is written here is out of date when this has changed."""
    page_text, source[0] = source[0], filled(source[0])
    if page_text != source[0]:
        app.env.note_dependency(__file__, docname=page)


def setup(app: Sphinx) -> dict[str, bool | int]:
    """Before anything is read."""
    app.connect("config-inited", begin)
    app.connect("source-read", read)
    return {"parallel_read_safe": True, "env_version": 1}  # what was built before it holds a str for a path
