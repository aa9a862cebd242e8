"""Each command line that README, the page for contributors and the site print really runs, in a copy of the project.

What stands in a block ``{console}`` of the site is typed when the site is built (``test_docs.py``), and not once more here.
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
from helpers import NO_SOURCES, PROJECT, SOURCES

pytestmark = pytest.mark.slow
PATIENCE = 900  # seconds for a command; the machine is shared
# what is tried by other tests, or by whoever runs these; nothing is listed here that no page prints
ELSEWHERE = {
    "make notebooks": ".ci/run",
    "make test": ".ci/run",
    "make lint": ".ci/run",
    ".venv/bin/pytest": ".ci/run",
    "make lab": "tests/browser/test_lab.py",
    "jupyter lab notebooks/index.ipynb": "tests/browser/test_lab.py",  # of the folder that init lays out
    "make serve": "tests/browser/test_served.py",
    "pip install 'hanyang_data-0.2.0-py3-none-any.whl[all]'": "tests/test_wheel.py",
    "pip install 'hanyang_data-0.2.0-py3-none-any.whl[cluster]'": "by hand",
    "dask scheduler --host 127.0.0.1": "tests/batch/test_cluster.py",
    "dask worker tcp://127.0.0.1:8786 --nthreads 2": "tests/batch/test_cluster.py",
    "hanyang sweep params/sweeps/districts.yaml --executor dask --scheduler tcp://127.0.0.1:8786": "tests/batch/test_cluster.py",
    "python -m hanyang_data.record.changes OLD NEW": "tests/record/test_changes.py",
    "make docs": "tests/test_docs.py",
    "make release": "by hand",
    "make bench": "by hand",
    "make lock": "by hand",
    "python tests/bench 24 where": "by hand",
    "python tests/reader/gold_sets.py": "tests/reader/test_gold.py",
}
SHORTER = {  # the same, of which one need not wait for all
    "hanyang sweep params/sweeps/everything.yaml": "hanyang sweep params/sweeps/everything.yaml --dry-run",
    "make figures": "make -n figures",
    "make schema figures": "make -n schema figures",
    "make record-log SINCE=HEAD": "make -n record-log SINCE=HEAD",
    "make serve PORT=8900": "make -n serve PORT=8900",
}
PAGES = ["README.md", "CONTRIBUTING.md"] + [
    page.relative_to(PROJECT).as_posix()
    for page in sorted((PROJECT / "docs").rglob("*.md"))
    if not {"made", "zh"} & set(page.relative_to(PROJECT / "docs").parts)  # the Chinese pages tell the same: test_docs.py
]
COMMAND = re.compile(r"make(?: .+)?|hanyang \w+ \S.*|(?:pip|python|papermill|jupyter|source) .+|\.venv/bin/\w+")
MADE = re.compile(r"^```\{.*?^```$", re.DOTALL | re.MULTILINE)
FENCED = re.compile(r"```(\w*)\n(.*?)```", re.DOTALL)
REPORT = ("2026年汉阳区政府工作报告", "预计全年地区生产总值950亿元，增长6%；新增就业1.9万人。")


def page(name: str) -> str:
    """The text of a page, without what is run or made when the site is built."""
    return MADE.sub("", (PROJECT / name).read_text(encoding="utf-8"))


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
    for name in PAGES:
        text = page(name)
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
    (folder / "report.txt").write_text("\n".join(REPORT), encoding="utf-8")
    cells = [nbformat.v4.new_code_cell("1 + 1")]
    nbformat.write(nbformat.v4.new_notebook(cells=cells), folder / "notebooks" / "mine.ipynb")
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


BEFORE: dict[str, Callable[[Path], None]] = {"hanyang accept": everything_accepted}


def told(command: str, project: Path, folder: Path) -> tuple[str, Path]:
    """Run one of the pages' commands, after what a person does before it."""
    for beginning, prepare in BEFORE.items():
        if command.startswith(beginning):
            prepare(project)
    return typed(SHORTER.get(command, command), folder)


@pytest.mark.parametrize("name", [name for name in PAGES if blocks(name)])
def test_each_block_of_a_page_runs_line_by_line(project, name):
    folder = project
    for commands, params in blocks(name):
        if params:
            (project / "my.yaml").write_text(params, encoding="utf-8")
        for command in commands:
            if command not in ELSEWHERE:
                _, folder = told(command, project, folder)


def typed_by_the_site() -> set[str]:
    """The commands that are typed in a folder as ``hanyang init`` lays it out when the site is built."""
    made = "\n".join(block for name in PAGES for block in MADE.findall((PROJECT / name).read_text(encoding="utf-8")))
    return set(re.findall(r"^\$ (.+)$", made, re.MULTILINE))


def test_each_line_of_the_readme_of_a_laid_out_folder_runs_in_it(project):
    typed("hanyang init laid", project)
    commands = {command for block, _ in blocks("hanyang_data/working/README.md") for command in block}
    assert len(commands) > 3
    for command in commands - set(ELSEWHERE) - typed_by_the_site():
        typed(command, project / "laid")


@pytest.mark.parametrize("command", [c for c in inline() if c not in ELSEWHERE])
def test_each_command_within_a_sentence_runs(project, command):
    if "--sources" in command and not SOURCES.is_dir():
        pytest.skip(NO_SOURCES)
    own = SOURCES if "--sources" in command else project / "mysnapshot"
    told(re.sub(" (DIR|FOLDER)", f" '{own}'", command), project, project)


def test_the_python_of_the_readme_runs_from_top_to_bottom(project):
    script = "\n".join(content for kind, content in FENCED.findall(page("README.md")) if kind == "python")
    assert script.count("hd.") > 1
    (project / "told.py").write_text(script, encoding="utf-8")
    typed("python told.py", project)


def lines_of_all() -> set[str]:
    """Every command line that is told."""
    return {*inline(), *(line for name in PAGES for block, _ in blocks(name) for line in block)}


def test_each_target_of_make_that_is_told_is_there(project):
    names = {line for line in lines_of_all() if line.startswith("make ")}
    assert len(names) > 8
    for command in sorted(names):
        said, _ = typed(command.replace("make ", "make -n "), project)
        assert "pip install" not in said, command


def test_what_is_tried_elsewhere_is_told_and_is_tried_there():
    told_too = {line for block, _ in blocks("hanyang_data/working/README.md") for line in block}
    assert set(ELSEWHERE) | set(SHORTER) <= lines_of_all() | told_too
    for command, place in ELSEWHERE.items():
        assert place == "by hand" or (PROJECT / place).is_file(), command
