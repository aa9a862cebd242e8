"""Each command line that README, tutorial and the page for contributors print really runs, in a copy of the project.

The tutorial's own commands, with what they show, are those of ``test_tutorial.py``.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import nbformat
import openpyxl
import pytest
from browser.browser_tools import copied
from helpers import PROJECT, SOURCES
from reader.made_files import Page, pdf

pytestmark = pytest.mark.slow
PATIENCE = 900  # seconds for a command; the machine is shared
# what is tried by other tests, or by whoever runs these; nothing is listed here that no page prints
ELSEWHERE = {
    "make notebooks": ".ci/run",
    "make test": ".ci/run",
    "make lint": ".ci/run",
    ".venv/bin/pytest": ".ci/run",
    "make lab": "tests/browser/test_lab.py",
    "jupyter lab notebooks/index.ipynb": "tests/browser/test_lab.py",
    "make serve": "tests/browser/test_served.py",
    "pip install 'hanyang-data[all]'": "tests/test_wheel.py",
    "make bench": "by hand",
    "make lock": "by hand",
    "python tests/bench_visitors.py": "by hand",
}
SHORTER = {  # the same, of which one need not wait for all
    "hanyang sweep params/sweeps/everything.yaml": "hanyang sweep params/sweeps/everything.yaml --dry-run",
    ".venv/bin/hanyang": ".venv/bin/hanyang --version",
    "make figures": "make -n figures",
    "make serve PORT=8900": "make -n serve PORT=8900",
}
COMMAND = re.compile(r"make(?: .+)?|hanyang \w+ \S.*|(?:pip|python|papermill|jupyter|source) .+|\.venv/bin/\w+")
FENCED = re.compile(r"```(\w*)\n(.*?)```", re.DOTALL)
REPORT = ("2026年汉阳区政府工作报告", "预计全年地区生产总值950亿元，增长6%；新增就业1.9万人。")


def page(name: str) -> str:
    """The text of a page, wherever it lies."""
    return next(f for f in (PROJECT / name, PROJECT / "docs" / name) if f.is_file()).read_text(encoding="utf-8")


def blocks(name: str) -> list[tuple[list[str], str]]:
    """The commands of each block of a page, with the params file above it, which they call ``my.yaml``."""
    text, found, params = page(name), [], ""
    indented = re.compile(r"((?:^    (?:hanyang|make|jupyter) .*\n)+)", re.MULTILINE)
    for kind, content in FENCED.findall(indented.sub(r"```\n\1```\n", text)):
        params = content if kind == "yaml" else params
        if kind in ("", "bash"):
            found.append(([line.split("  #")[0].strip() for line in content.splitlines() if line.strip()], params))
    return found


def inline() -> list[str]:
    """The commands that stand within sentences of the pages, or in a remark of a Python block."""
    found: dict[str, None] = {}
    for name in ("README.md", "TUTORIAL.md", "CONTRIBUTING.md"):
        text = page(name)
        found |= dict.fromkeys(re.findall(r"# (hanyang import .+?) keeps", text))
        found |= dict.fromkeys(c for c in re.findall(r"`([^`\n]+)`", FENCED.sub("", text)) if COMMAND.fullmatch(c))
    return list(found)


@pytest.fixture(scope="module")
def project(tmp_path_factory) -> Path:
    """A copy of the project, with the files of a reader's own that the pages speak of."""
    folder = tmp_path_factory.mktemp("told") / "project"
    folder.mkdir()
    copied(folder)
    shutil.copytree(PROJECT / "hanyang_data", folder / "hanyang_data", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(PROJECT / "hanyang_data" / "data", folder / "mysnapshot")
    pdf(folder / "report.pdf", Page(*((80, 80 + 30 * number, line) for number, line in enumerate(REPORT))))
    cells = [nbformat.v4.new_code_cell("1 + 1")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "notebooks" / "mine.ipynb")
    book = openpyxl.Workbook()
    for row in (["年份", "GDP（亿元）"], [2022, 1000], [2023, 1100]):
        book.active.append(row)
    book.save(folder / "my.xlsx")
    return folder


def typed(command: str, folder: Path) -> tuple[str, Path]:
    """Run a command line, which must end well; what it prints, and the folder one is in afterwards."""
    here = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    environment = os.environ | {"PATH": here, "MPLBACKEND": "agg"}
    done = subprocess.run(
        ["bash", "-ec", f"{command}\npwd"], cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8",
        timeout=PATIENCE, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"{command}\n{done.stdout}\n{done.stderr}"
    return done.stdout, Path(done.stdout.splitlines()[-1])


def everything_accepted(project: Path) -> None:
    """What a person does between reading and accepting."""
    book = openpyxl.load_workbook(project / "candidates.xlsx")
    for row in range(2, book["candidates"].max_row + 1):
        book["candidates"].cell(row, 1).value = "accept"
    head = [cell.value for cell in book["sources"][1]]
    for name, value in {"publisher": "Hanyang", "published_on": "2025-12-26", "title_en": "Work report"}.items():
        book["sources"].cell(2, head.index(name) + 1).value = value
    book.save(project / "candidates.xlsx")


def no_district(project: Path) -> None:
    """An import makes a new folder."""
    shutil.rmtree(project.parent / "mydistrict", ignore_errors=True)


BEFORE: dict[str, Callable[[Path], None]] = {"hanyang accept": everything_accepted, "hanyang import": no_district}


def told(command: str, project: Path, folder: Path) -> tuple[str, Path]:
    """Run one of the pages' commands, after what a person does before it."""
    for beginning, prepare in BEFORE.items():
        if command.startswith(beginning):
            prepare(project)
    return typed(SHORTER.get(command, command), folder)


@pytest.mark.parametrize("number", range(len(blocks("README.md"))))
def test_each_block_of_the_readme_runs_line_by_line(project, number):
    commands, params = blocks("README.md")[number]
    folder = project
    if params:
        (project / "my.yaml").write_text(params, encoding="utf-8")
    for command in commands:
        if command not in ELSEWHERE:
            _, folder = told(command, project, folder)


def test_each_line_of_the_readme_of_a_laid_out_folder_runs_in_it(project):
    typed("hanyang init laid", project)
    commands = [command for block, _ in blocks("hanyang_data/working/README.md") for command in block]
    assert len(commands) > 3
    for command in commands:
        if command not in ELSEWHERE:
            typed(command, project / "laid")


@pytest.mark.parametrize("command", [c for c in inline() if c not in ELSEWHERE])
def test_each_command_within_a_sentence_runs(project, command):
    if " DIR" in command and "--sources" in command and not SOURCES.is_dir():
        pytest.skip("the source texts are not at hand")
    own = SOURCES if "--sources" in command else project / "mysnapshot"
    told(command.replace(" DIR", f" '{own}'"), project, project)


def test_the_python_of_the_readme_runs_from_top_to_bottom(project):
    script = "\n".join(content for kind, content in FENCED.findall(page("README.md")) if kind == "python")
    assert script.count("hd.") > 12
    (project / "told.py").write_text(script, encoding="utf-8")
    typed("python told.py", project)
    assert (project / "gdp.xlsx").is_file()


def test_each_target_of_make_that_is_told_is_there(project):
    names = {
        c for c in (*inline(), *(line for block, _ in blocks("README.md") for line in block)) if c.startswith("make ")
    }
    assert len(names) > 8
    for command in sorted(names):
        said, _ = typed(command.replace("make ", "make -n "), project)
        assert "pip install" not in said, command


def test_what_is_tried_elsewhere_is_told_and_is_tried_there():
    lines = {*inline(), *(line for block, _ in blocks("README.md") for line in block)}
    assert set(ELSEWHERE) | set(SHORTER) <= lines
    for command, place in ELSEWHERE.items():
        assert place == "by hand" or (PROJECT / place).is_file(), command
