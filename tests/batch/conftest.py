"""What the tests of sweeps share: a project that takes no time to run."""

import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell
from small_project import LOOK, WORK, write


@pytest.fixture
def project(tmp_path, monkeypatch):
    """A project of two small notebooks: one that works (n) in some way (how), one that looks at its runs."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "notebooks").mkdir()
    write(
        tmp_path / "notebooks" / "work.ipynb",
        'n: int = 0\nhow: str = "well"\nout_dir: str = ""',
        new_markdown_cell("prose"),
        new_code_cell(WORK),
    )
    write(tmp_path / "notebooks" / "look.ipynb", 'runs_dir: str = ""\nout_dir: str = ""', new_code_cell(LOOK))
    return tmp_path
