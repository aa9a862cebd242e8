"""``make release``: sdist and wheel of what is committed, looked into and installed where nothing else is, and the notes.

Nothing is uploaded. What is built stands in ``build/release``: two archives and ``notes.md``.
"""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import sys
import tarfile
import tempfile
import venv
import zipfile
from pathlib import Path

import yaml

import hanyang_data
from hanyang_data.record.contract import version as record_version

PROJECT = Path(__file__).parents[1]
PLACE = PROJECT / "build" / "release"
CARRIED = [  # what a wheel must have; globs
    "hanyang_data/py.typed",
    "hanyang_data/data/observations.csv",
    "hanyang_data/data/CHANGES.md",
    "hanyang_data/studies/trend/words.csv",
    "hanyang_data/working/notebooks/trend.ipynb",
    "hanyang_data/working/params/zh/trend.yaml",
    "hanyang_data/working/figures/trend_growth_and_level_zh.png",
    "*.dist-info/licenses/LICENSE",
]
UNWANTED = ("tests/", "build/", ".venv/", "__pycache__/", "docs/made/")


def stop(why: str) -> None:
    """End with one sentence."""
    sys.exit(f"error: {why}")


def notes(version: str, changelog: str) -> str:
    """The section of a version in the change log."""
    section = re.search(rf"^## {re.escape(version)}\b[^\n]*\n(.*?)(?=^## |\Z)", changelog, re.DOTALL | re.MULTILINE)
    if section is None or not section[1].strip():
        stop(f"CHANGELOG.md says nothing of {version}: write its section first")
    return section[1].strip()


def in_step(version: str) -> None:
    """CITATION.cff and the record's change log name the versions that are built."""
    cited = str(yaml.safe_load((PROJECT / "CITATION.cff").read_text(encoding="utf-8"))["version"])
    if cited != version:
        stop(f"CITATION.cff says {cited} and hanyang_data/__init__.py {version}: make them one")
    log = (PROJECT / "hanyang_data" / "data" / "CHANGES.md").read_text(encoding="utf-8")
    if f"## {record_version()} " not in log:
        stop(f"hanyang_data/data/CHANGES.md says nothing of record {record_version()}: see make record-log")


def committed(place: Path, project: Path = PROJECT) -> Path:
    """What is committed, by itself: notebooks, params and pictures of one's own in the checkout are nobody else's."""
    git = ("git", "-C", str(project))
    changed = subprocess.run([*git, "status", "--porcelain", "-uno"], check=True, capture_output=True, text=True).stdout
    if changed:
        stop(f"a release holds what is committed: commit {', '.join(line[3:] for line in changed.splitlines()[:5])} first")
    packed = subprocess.run([*git, "archive", "--format=zip", "HEAD"], check=True, capture_output=True).stdout
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        archive.extractall(place)
    return place


def build() -> tuple[Path, Path]:
    """Sdist and wheel, without a network: the build tools are those of .venv."""
    shutil.rmtree(PLACE, ignore_errors=True)
    with tempfile.TemporaryDirectory() as folder:
        tool = (sys.executable, "-m", "build", "--no-isolation", "--outdir", PLACE)
        subprocess.run([*tool, committed(Path(folder))], check=True, stdout=subprocess.DEVNULL)
    (sdist,), (wheel,) = PLACE.glob("*.tar.gz"), PLACE.glob("*.whl")
    subprocess.run([sys.executable, "-m", "twine", "check", "--strict", sdist, wheel], check=True)
    return sdist, wheel


def look_into(sdist: Path, wheel: Path) -> None:
    """Everything that is wanted is there, and nothing that is not."""
    with zipfile.ZipFile(wheel) as archive:
        carried = archive.namelist()
    with tarfile.open(sdist) as archive:
        packed = [name.partition("/")[2] for name in archive.getnames()]
    missing = [want for want in CARRIED if not any(Path(name).match(want) for name in carried)]
    missing += [want for want in ("pyproject.toml", "README.md", "LICENSE", "notebooks/trend.ipynb") if want not in packed]
    unwanted = [name for name in [*carried, *packed] if name.startswith(UNWANTED) or "__pycache__" in name]
    if missing or unwanted:
        stop(f"missing: {', '.join(missing) or 'nothing'}; not wanted: {', '.join(unwanted[:5]) or 'nothing'}")


def install(wheel: Path, version: str) -> None:
    """In an empty environment, with the dependencies of the wheel and no others, the command and a study answer."""
    place = PLACE / "env"
    venv.create(place, with_pip=True)
    python = place / "bin" / "python"
    subprocess.run([python, "-m", "pip", "--quiet", "--disable-pip-version-check", "install", wheel], check=True)
    asked = "import hanyang_data as hd; print(hd.__file__); print(hd.trend('gdp', 'wuhan').answer())"
    said = subprocess.run([python, "-c", asked], cwd=PLACE, check=True, capture_output=True, text=True, encoding="utf-8").stdout
    told = subprocess.run([place / "bin" / "hanyang", "--version"], check=True, capture_output=True, text=True).stdout
    if str(place) not in said or version not in told:
        stop(f"what was installed is not what was built: {said}{told}")
    shutil.rmtree(place)


def main() -> None:
    """All of it, or a sentence that says what to mend."""
    version = hanyang_data.__version__
    in_step(version)
    said = notes(version, (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8"))
    try:
        sdist, wheel = build()
        look_into(sdist, wheel)
        install(wheel, version)
    except subprocess.CalledProcessError as error:
        stop(f"{' '.join(map(str, error.cmd[:5]))} … ended with {error.returncode}")
    (PLACE / "notes.md").write_text(f"# {version}\n\nRecord {record_version()}.\n\n{said}\n", encoding="utf-8")
    for file in (sdist, wheel, PLACE / "notes.md"):
        print(f"{file.relative_to(PROJECT)}  {file.stat().st_size / 1e6:.2f} MB")


if __name__ == "__main__":
    main()
