"""Pages of the reference that follow from the package: the record's tables, parameters, commands."""

from __future__ import annotations

import hashlib
import html
import inspect
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import click
import pandas as pd
from docutils import nodes
from docutils.statemachine import StringList
from sphinx.application import Sphinx
from sphinx.util.docutils import SphinxDirective

from hanyang_data.batch.parameters import batch_notebooks, read_parameters, title_of
from hanyang_data.batch.plan import notebooks_folder
from hanyang_data.cli.main import main
from hanyang_data.record.observations import default_dataset
from hanyang_data.record.strict_yaml import read_yaml

DECIDES = ("hanyang_data/**/*", "notebooks/*.ipynb", "params/**/*.yaml", "requirements.lock")


def digest(project: Path) -> str:
    """The state of everything that a page may show: the package with all it carries, notebooks, params files, libraries."""
    whole = hashlib.sha256()
    found = (file for pattern in DECIDES for file in project.glob(pattern) if file.is_file())
    for file in sorted(file for file in found if "__pycache__" not in file.parts):
        whole.update(file.relative_to(project).as_posix().encode() + file.read_bytes())
    return whole.hexdigest()[:16]


def counts() -> dict[str, str]:
    """What pages say of the size of the record: ``{{ figures }}`` and so on."""
    data = default_dataset()
    of = data.printed["reliability"].value_counts()
    return {
        "figures": f"{len(data.printed):,}", "texts": str(data.printed["source_id"].nunique()),
        "indicators": str(len(data.indicators)), "regions": str(len(data.regions)),
        **{kind: str(of.get(kind, 0)) for kind in ("official", "reprint", "secondary")},
    }  # fmt: skip


def tables() -> dict[str, Callable[[], pd.DataFrame]]:
    """The tables that a page may show, by name."""
    data = default_dataset()
    names = {
        "rejects": data.path / "rejects.csv",
        "discrepancies": data.path / "discrepancies.csv",
        "breaks": data.path / "breaks.csv",
    }
    return {
        "indicators": data.indicators.reset_index,
        "regions": data.regions.reset_index,
        "sources": lambda: _with_figures(data.sources.reset_index(), data.printed),
        "corrections": lambda: pd.DataFrame(read_yaml(data.path / "corrections.yaml")),
        **{name: lambda file=file: pd.read_csv(file, dtype=str, keep_default_na=False) for name, file in names.items()},
    }


def _with_figures(sources: pd.DataFrame, printed: pd.DataFrame) -> pd.DataFrame:
    """The sources with a link where there is an address, and the number of figures taken from each."""
    title = sources["title_en"] + "<br>" + sources["title_zh"]
    link = [f'<a href="{html.escape(url)}">{t}</a>' if url else t for url, t in zip(sources["url"], title, strict=True)]
    figures = sources["source_id"].map(printed["source_id"].value_counts()).fillna(0).astype(int)
    return sources.assign(title=link, figures=figures)


def _cell(value: object) -> str:
    """An id may break after an underscore, a list of names after each; what is a link already stays."""
    text = str(value)
    return text if text.startswith("<a ") else text.replace("_", "_<wbr>").replace("|", ", ")


class Frame(SphinxDirective):
    """A table of the record; the content names its columns, ``column: head`` a line."""

    has_content = True
    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The table in HTML: addresses are links, long cells wrap."""
        heads = dict(line.split(": ", 1) for line in self.content if line.strip())
        frame = tables()[self.arguments[0]]()
        shown = frame[list(heads)].rename(columns=heads).fillna("")
        body = shown.map(_cell).to_html(index=False, escape=False, border=0, classes=["table", "record"])
        return [nodes.raw("", f'<div class="pst-scrollable-table-container">{body}</div>', format="html")]


class Written(SphinxDirective):
    """Markdown that the package gives, read as if it stood on the page."""

    made: ClassVar[Callable[[], list[str]]]

    def run(self) -> list[nodes.Node]:
        """The nodes."""
        box = nodes.section()
        box.document = self.state.document
        self.state.nested_parse(StringList(type(self).made(), source=self.env.docname), 0, box, match_titles=True)
        return box.children


class Parameters(Written):
    """The parameters of every notebook, with type, default and what they mean."""

    @staticmethod
    def made() -> list[str]:
        """A section a notebook."""
        lines = []
        for notebook in batch_notebooks(notebooks_folder())[0]:
            lines += ["", f"## `{notebook.stem}`", "", title_of(notebook), "", "| | type | default | |", "|---|---|---|---|"]
            lines += [
                f"| `{p.name}` | `{p.type}` | `{p.default!r}` | {p.help.replace('|', '/')} |"
                for p in read_parameters(notebook).values()
            ]
        return [line.replace("`'", '`"').replace("'`", '"`') for line in lines]


class Commands(Written):
    """Every command as ``--help`` tells it."""

    @staticmethod
    def made() -> list[str]:
        """A section a command."""
        lines = []
        with click.Context(main, info_name="hanyang", max_content_width=100, terminal_width=100) as top:
            for name, command in sorted(main.commands.items()):
                with click.Context(command, parent=top, info_name=name, max_content_width=100, terminal_width=100) as here:
                    lines += ["", f"## `hanyang {name}`", "", "```text", *command.get_help(here).splitlines(), "```"]
        return lines


def called(app: Sphinx, what: str, name: str, found: Any, options: Any, lines: list[str]) -> None:
    """An object that is called, such as ``hd.targets``, says what its call says."""
    if what == "function" and not inspect.isroutine(found):
        lines += ["", *(inspect.getdoc(found.__call__) or "").splitlines()]


def setup(app: Sphinx) -> dict[str, Any]:
    """Register the directives."""
    app.connect("autodoc-process-docstring", called, priority=400)  # before napoleon reads it
    app.add_directive("frame", Frame)
    app.add_directive("parameters", Parameters)
    app.add_directive("commands", Commands)
    return {"parallel_read_safe": True}
