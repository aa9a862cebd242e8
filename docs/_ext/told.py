"""What a page tells its reader to type is typed when the page is built, and what it prints is shown.

A block ``{console}`` holds command lines that start with ``$``; a block ``{file} name`` a file that they read. The blocks of a
page are run from top to bottom in a fresh working folder (``hanyang init``), once for each state of the package: what they
printed is kept. A command that does not end as the page says is a warning, and warnings are errors.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, ClassVar, NamedTuple

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.application import Sphinx
from sphinx.config import Config
from sphinx.environment import BuildEnvironment
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from hanyang_data.cli.layout import lay_out

BLOCK = re.compile(r"^```\{(console|file)\} ?(\S*)\n((?::[^\n]*\n)*)(.*?)^```$", re.DOTALL | re.MULTILINE)
PROMPT, MORE, WIDTH, PATIENCE = "$ ", "…", "110", 600  # PATIENCE: seconds for a command
log = logging.getLogger(__name__)


class Block(NamedTuple):
    """A block of a page: commands with the way they must end, or a file."""

    kind: str
    name: str
    options: str
    text: str

    @property
    def exit(self) -> int:
        """The exit code of the last command."""
        said = re.search(r"^:exit: (\d+)$", self.options, re.MULTILINE)
        return int(said[1]) if said else 0

    @property
    def commands(self) -> list[str]:
        """Its command lines."""
        return [line.removeprefix(PROMPT) for line in self.text.splitlines() if line.startswith(PROMPT)]


def blocks(page: str) -> list[Block]:
    """The blocks of a page that are run, from top to bottom."""
    return [Block(*match.groups()) for match in BLOCK.finditer(page)]


class Told:
    """What the blocks of the pages printed.

    Args:
        build: folder for what is kept, and for the working folders.
        digest: the state of the package.
    """

    def __init__(self, build: Path, digest: str) -> None:
        self.build, self.digest = build, digest
        self.printed: dict[str, list[list[str]]] = {}

    def read(self, pages: dict[str, str]) -> None:
        """Run the blocks of pages, by name, as many pages at once as there are cores: a command is most of all its start."""
        found = {page: tuple(blocks(text)) for page, text in pages.items()}
        first = {told: page for page, told in found.items() if told}  # what two pages tell alike is run once
        with ThreadPoolExecutor(os.cpu_count()) as pool:
            printed = dict(zip(first, pool.map(self._printed, first, first.values()), strict=True))
        self.printed |= {page: list(printed[told]) for page, told in found.items() if told}

    def _printed(self, found: tuple[Block, ...], page: str) -> list[list[str]]:
        """What the blocks of a page print, or printed when they were run last."""
        key = hashlib.sha256(repr((self.digest, [*found])).encode()).hexdigest()[:16]
        kept = self.build / "told" / self.digest / f"{key}.json"
        if kept.is_file():
            known: list[list[str]] = json.loads(kept.read_text(encoding="utf-8"))
            return known
        folder = self.build / "work" / key
        shutil.rmtree(folder, ignore_errors=True)
        try:
            lay_out(folder)
            printed, well = self._run(found, folder, page)
        finally:
            shutil.rmtree(folder, ignore_errors=True)
        if well:
            kept.parent.mkdir(parents=True, exist_ok=True)
            kept.write_text(json.dumps(printed, ensure_ascii=False), encoding="utf-8")
        return printed

    def _run(self, found: Sequence[Block], folder: Path, page: str) -> tuple[list[list[str]], bool]:
        printed, well = [], True
        for block in found:
            if block.kind == "file":
                (folder / block.name).write_text(block.text, encoding="utf-8")
            outputs = []
            for number, command in enumerate(block.commands if block.kind == "console" else [], start=1):
                code, output = typed(command, folder)
                wanted = block.exit if number == len(block.commands) else 0
                if code != wanted:
                    log.warning("%s ends with %s and not with %s:\n%s", command, code, wanted, output, location=page)
                    well = False
                outputs.append(output)
            printed.append(outputs)
        return printed, well


def typed(command: str, folder: Path) -> tuple[int, str]:
    """Type a command line in a folder: its exit code, and what it prints without the place where this is built."""
    here = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": here, "COLUMNS": WIDTH, "NO_COLOR": "1", "MPLBACKEND": "agg"}
    done = subprocess.run(
        ["bash", "-c", command], cwd=folder, env=environment, capture_output=True, timeout=PATIENCE, check=False,
    )  # fmt: skip
    text = (done.stdout + done.stderr).decode("utf-8", "replace")
    return done.returncode, text.replace(f"{folder}/", "").replace(str(folder), ".").rstrip()


class Console(SphinxDirective):
    """Command lines with what they printed; ``:head: 5`` shows its first lines, ``:quiet:`` none."""

    has_content = True
    option_spec: ClassVar[dict[str, Any]] = {
        "head": directives.nonnegative_int,
        "quiet": directives.flag,
        "exit": directives.nonnegative_int,
    }

    def run(self) -> list[nodes.Node]:
        """The literal block."""
        outputs = self.env.app.told.printed[self.env.docname].pop(0)
        shown = []
        for command, output in zip([line for line in self.content if line.strip()], outputs, strict=True):
            shown += [command, *([] if "quiet" in self.options else self._cut(output.splitlines()))]
        return [nodes.literal_block("\n".join(shown), "\n".join(shown), language="console", classes=["told"])]

    def _cut(self, lines: list[str]) -> list[str]:
        most = self.options.get("head", len(lines))
        return lines if len(lines) <= most else [*lines[:most], MORE]


class File(SphinxDirective):
    """A file that the commands of the page read, as it is written."""

    has_content = True
    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """The literal block under its name."""
        self.env.app.told.printed[self.env.docname].pop(0)
        name, text = self.arguments[0], "\n".join(self.content)
        language = {"yaml": "yaml", "py": "python"}.get(name.rpartition(".")[2], "text")
        head = nodes.caption("", "", nodes.literal(name, name))
        return [nodes.container("", head, nodes.literal_block(text, text, language=language),
                                classes=["literal-block-wrapper"], literal_block=True)]  # fmt: skip


def forget(build: Path, digest: str) -> None:
    """Remove what earlier states of the package printed."""
    for kept in (*(build / "told").glob("*"), *(build / "cells").glob("*")):
        if kept.is_dir() and kept.name != digest:
            shutil.rmtree(kept)


def begin(app: Sphinx, config: Config) -> None:
    """Before anything is read."""
    build = Path(config.hanyang_build)
    forget(build, config.hanyang_digest)
    app.told = Told(build, config.hanyang_digest)


def before(app: Sphinx, env: BuildEnvironment, pages: list[str]) -> None:
    """Before the pages that changed are read."""
    app.told.read({page: Path(env.doc2path(page)).read_text(encoding="utf-8") for page in pages})


def setup(app: Sphinx) -> dict[str, bool]:
    """Register the blocks."""
    app.add_config_value("hanyang_build", "", "")
    app.add_config_value("hanyang_digest", "", "env")
    app.add_directive("console", Console)
    app.add_directive("file", File)
    app.connect("config-inited", begin)
    app.connect("env-before-read-docs", before)
    return {"parallel_read_safe": True}
