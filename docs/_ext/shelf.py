"""The notebooks as executed by the batch engine, and the gallery: every declared figure with the lines that make it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.errors import ExtensionError

from hanyang_data.cli.layout import lay_out
from hanyang_data.studies.registry import STUDIES, declared, label

MADE, LANGUAGES = "made", ("en", "zh")
GALLERY = "<!-- every figure: {} -->"
HEAD = "---\nfile_format: mystnb\nkernelspec: {name: python3}\n---\n"


def run_notebooks(app: Sphinx, config: Config) -> None:
    """Run every notebook in both languages, where anything that decides has changed, and lay the executed copies on the shelf."""
    folder = Path(config.hanyang_build) / "lab"
    shutil.rmtree(folder / "notebooks", ignore_errors=True)
    shutil.rmtree(folder / "params", ignore_errors=True)
    lay_out(folder)
    os.environ["HANYANG_LAB"] = str(folder)  # where the gallery finds finished runs
    files = [f for f in sorted((folder / "params").rglob("*.yaml")) if f.stem in STUDIES]
    command = [Path(sys.executable).parent / "hanyang", "run", *files, "--json"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    if done.returncode:
        raise ExtensionError(f"the notebooks do not run:\n{done.stdout}{done.stderr}")
    for run in json.loads(done.stdout):
        executed = folder / "build" / "runs" / run["folder"] / "notebook.ipynb"
        place = Path(app.srcdir) / MADE / run["parameters"]["lang"] / f"{run['notebook']}.ipynb"
        if not place.is_file() or place.read_bytes() != executed.read_bytes():
            place.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(executed, place)


def gallery(lang: str) -> str:
    """The figures of all studies: a heading, and the lines that draw each."""
    page = ["```{code-cell} python", ":tags: [remove-cell]", 'import os; os.chdir(os.environ["HANYANG_LAB"])', "```"]
    asked = "" if lang == "en" else f'lang="{lang}"'
    for study in STUDIES:
        page += ["", f"## {label(study).to(lang)}"]
        for name in declared(study).named("figure"):
            words = declared(study).parts["figure", name].label.to(lang)
            lines = ["import hanyang_data as hd", f"study = hd.{study}({asked})", f'study.plot("{name}")']
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


def read(app: Sphinx, page: str, source: list[str]) -> None:
    """Put the gallery in its place."""
    for lang in LANGUAGES:
        source[0] = source[0].replace(GALLERY.format(lang), gallery(lang) if GALLERY.format(lang) in source[0] else "")


def setup(app: Sphinx) -> dict[str, bool]:
    """Before anything is read."""
    app.connect("config-inited", run_notebooks)
    app.connect("source-read", read)
    return {"parallel_read_safe": True}
