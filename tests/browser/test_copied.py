"""The copy that the browser tests start servers in never sets up the environment of these tests anew."""

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from browser_tools import PROJECT, READY, copied


@pytest.fixture
def project(tmp_path) -> Path:
    """A clone whose environment was made ready before its pyproject.toml was changed."""
    clone, environment = tmp_path / "clone", tmp_path / "environment"
    clone.mkdir()
    for name in ("notebooks", "figures", "params", "serve"):
        (clone / name).mkdir()
    for name in ("Makefile", "requirements.lock", "pyproject.toml"):
        (clone / name).write_bytes((PROJECT / name).read_bytes())
    (environment / "bin").mkdir(parents=True)
    (environment / "bin" / "python").symlink_to(sys.executable)
    (environment / READY).touch()
    os.utime(environment / READY, (time.time() - 3600,) * 2)
    return copied(_made(tmp_path / "copy"), clone, environment)


def _made(folder: Path) -> Path:
    folder.mkdir()
    return folder


@pytest.mark.parametrize("target", ["serve", "lab"])
def test_an_environment_older_than_pyproject_is_used_as_it_is(project, target):
    would = subprocess.run(["make", "-n", target], cwd=project, capture_output=True, text=True, check=True).stdout
    assert "pip" not in would
    assert f"{'voila' if target == 'serve' else 'jupyter'} " in would
