"""What is installed is what was locked: a line without a hash is refused, whoever installs it."""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from helpers import PROJECT

MAKEFILE = (PROJECT / "Makefile").read_text(encoding="utf-8")
INSTALLS = re.findall(r"pip install (.*?-r requirements\.lock)", MAKEFILE.replace("$(PIP)", "pip"))
UV = Path(sys.prefix) / "bin" / "uv"


def test_both_installers_of_the_makefile_want_hashes():
    assert len(INSTALLS) == 2
    assert all("--require-hashes" in words for words in INSTALLS)


@pytest.mark.skipif(not UV.exists(), reason="without uv (make setup)")
def test_a_line_without_a_hash_is_refused(tmp_path):
    shutil.copy2(PROJECT / "requirements.lock", tmp_path)
    with (tmp_path / "requirements.lock").open("a", encoding="utf-8") as lock:
        lock.write("decoy-that-does-not-exist==1.0\n")
    words = next(words for words in INSTALLS if "--quiet" in words).split()
    tried = subprocess.run(
        [UV, "pip", "install", "--dry-run", "--offline", *words],
        cwd=tmp_path, env=os.environ | {"VIRTUAL_ENV": sys.prefix}, capture_output=True, text=True,
    )  # fmt: skip
    assert tried.returncode
    assert "must have a hash, but none were provided for: decoy-that-does-not-exist" in " ".join(tried.stderr.split())
