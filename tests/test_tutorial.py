"""Each command of the tutorial does what the tutorial shows, in a fresh copy of the project."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from helpers import PROJECT

pytestmark = pytest.mark.slow


def commands() -> list[tuple[str, list[str]]]:
    """Each command with the lines that must show in what it prints."""
    found: list[tuple[str, list[str]]] = []
    for block in re.findall(r"```console\n(.*?)```", (PROJECT / "TUTORIAL.md").read_text(encoding="utf-8"), re.DOTALL):
        for line in block.splitlines():
            if line.startswith("$ "):
                found.append((line[2:], []))
            elif line.strip():
                found[-1][1].append(line)
    return found


def test_every_command_does_what_is_shown(tmp_path):
    for name in ("notebooks", "params", "hanyang_data"):
        shutil.copytree(PROJECT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    environment = os.environ | {"PATH": f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"}
    assert len(commands()) > 12
    for command, lines in commands():
        done = subprocess.run(
            command, shell=True, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=300, check=False
        )
        shown = done.stdout + done.stderr
        mistake = any(line.startswith("error: ") for line in lines)
        assert done.returncode == (2 if mistake else 0), f"{command}\n{shown}"
        squeezed = re.sub(r"\s+", " ", shown)
        for line in lines:
            assert re.sub(r"\s+", " ", line).strip() in squeezed, f"{command}\n{shown}"
