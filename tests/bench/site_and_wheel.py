"""What a user builds once, from a fresh clone of the project: the site and the wheel, their time and size."""

from __future__ import annotations

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from table import BIN, PROJECT, Row, row, run, seconds


def rows() -> Iterator[Row]:
    """The site where nothing was made before and again, the wheel."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "project"
        run("git", "clone", "--quiet", PROJECT, copy)
        site, trees = copy / "build" / "site", copy / "build" / "doctrees"
        build = (BIN / "sphinx-build", "-W", "--quiet", "-d", trees, "docs", site)
        first, again = (seconds(lambda: run(*build, cwd=copy)) for _ in range(2))
        yield row("site, nothing made before", first)
        yield row("site, nothing changed", again, over=("the first build", first))
        pip = (sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", folder, copy)
        yield row("wheel", seconds(lambda: run(*pip)))
        sizes = (
            sum(file.stat().st_size for file in site.rglob("*") if file.is_file()),
            next(Path(folder).glob("*.whl")).stat().st_size,
        )
        for name, size in zip(("site", "wheel"), sizes, strict=True):
            yield row(f"{name}, size", size / 1e6, "MB")
