"""The programs that some tests look at the products with: a browser, an office, a reader of PDF. The project itself needs none.

``python tests/programs.py`` brings what is missing where it may: on Debian or Ubuntu, as root or with sudo that asks no password.
"""

from __future__ import annotations

import ctypes
import os
import shutil
import subprocess
import sys

import pytest

LIBRARY = "libatomic.so.1"  # the program that drives the browser wants it, and no package of the browser brings it
PROGRAMS = {"chromium": "chromium", LIBRARY: "libatomic1", "soffice": "libreoffice-writer libreoffice-calc",
            "pdftotext": "poppler-utils", "pdftoppm": "poppler-utils"}  # fmt: skip
FONTS = "fonts-liberation"


def missing() -> list[str]:
    """The programs that are not here."""
    return [name for name in PROGRAMS if not (_loads(name) if name == LIBRARY else shutil.which(name))]


def _loads(library: str) -> bool:
    try:
        return sys.platform != "linux" or bool(ctypes.CDLL(library))
    except OSError:
        return False


def packages(names: list[str]) -> list[str]:
    """What to install for some programs."""
    return sorted({package for name in names for package in PROGRAMS[name].split()} | {FONTS})


def need(*names: str) -> None:
    """Leave a test out, with a word, where a program is missing."""
    if lacking := [name for name in names if name in missing()]:
        pytest.skip(f"without {', '.join(lacking)} (apt-get install {' '.join(packages(lacking))})")


def bring() -> None:
    """Install what is missing, if this machine lets us; the tests say what they left out otherwise."""
    lacking = missing()
    if not lacking or not shutil.which("apt-get"):
        return
    sudo = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if sudo and (not shutil.which("sudo") or subprocess.run([*sudo, "true"], capture_output=True).returncode):
        return
    print(f"installing {', '.join(packages(lacking))} for the tests (once)", flush=True)
    quiet = {"stdout": subprocess.DEVNULL, "env": os.environ | {"DEBIAN_FRONTEND": "noninteractive"}}
    subprocess.run([*sudo, "apt-get", "update", "-qq"], **quiet)
    install = [*sudo, "apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages(lacking)]
    if subprocess.run(install, **quiet).returncode:
        print("they could not be installed: the tests that need them are left out", file=sys.stderr)


if __name__ == "__main__":
    bring()
