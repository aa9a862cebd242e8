"""Who installs the wheel gets the notebooks too: the wheel in an empty environment, in a folder as people name them."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest
from click.testing import CliRunner
from helpers import PROJECT

from hanyang_data import __version__
from hanyang_data.cli.layout import CARRIED, OWN, lay_out
from hanyang_data.cli.main import main

BUILT = ("pyproject.toml", "setup.py", "MANIFEST.in", "README.md", "LICENSE", "hanyang_data", "notebooks", "params", "figures")


def laid_out(folder: Path) -> set[str]:
    return {file.relative_to(folder).as_posix() for file in folder.rglob("*") if file.is_file()}


def test_the_pages_install_the_wheel_that_a_release_builds():
    told = re.compile(r"pip install 'hanyang[^']*'")
    pages = [PROJECT / "README.md", *(PROJECT / "docs").rglob("*.md")]
    found = {page.stem: command for page in pages for command in told.findall(page.read_text(encoding="utf-8"))}
    assert found.keys() == {"README", "index", "cluster"}
    assert all(f"hanyang_data-{__version__}-py3-none-any.whl[" in command for command in found.values()), found


def test_nothing_that_is_there_is_overwritten_and_what_is_missing_comes_back(tmp_path):
    folder = tmp_path / "工作 folder"
    first = CliRunner().invoke(main, ["init", str(folder)])
    assert first.exit_code == 0, first.output
    assert f"cd '{folder}'" in first.output
    names = laid_out(folder)
    assert {*OWN, "notebooks/trend.ipynb", "params/zh/trend.yaml", "params/schema.json"} <= names
    (folder / "notebooks" / "trend.ipynb").write_text("mine")
    (folder / "params" / "trend.yaml").unlink()
    again = CliRunner().invoke(main, ["init", str(folder)])
    assert f"wrote 1 files into {folder}, left {len(names) - 1} that were there" in again.output
    assert (folder / "notebooks" / "trend.ipynb").read_text() == "mine"
    assert laid_out(folder) == names


def test_nothing_is_written_through_a_link_or_into_a_file(tmp_path):
    decoy = tmp_path / "decoy"
    decoy.mkdir()
    (tmp_path / "work").mkdir()
    (tmp_path / "work" / "notebooks").symlink_to(decoy)
    shown = CliRunner().invoke(main, ["init", str(tmp_path / "work")])
    assert shown.exit_code == 2
    assert "leads out of" in shown.output
    assert list(decoy.iterdir()) == []
    (tmp_path / "file").touch()
    shown = CliRunner().invoke(main, ["init", str(tmp_path / "file")])
    assert shown.exit_code == 2
    assert shown.output.count("\n") == 1


def test_the_pictures_and_links_of_the_start_page_are_laid_out(tmp_path):
    lay_out(tmp_path)
    page = (tmp_path / "notebooks" / "index.ipynb").read_text(encoding="utf-8")
    for name in re.findall(r'src=\\"([^"]+)\\"', page) + re.findall(r"\((\w+\.ipynb)\)", page):
        assert (tmp_path / "notebooks" / name).resolve().is_file(), name


@pytest.fixture(scope="module")
def installed(tmp_path_factory):
    """The bin folder of an environment that holds the wheel, and of the rest only what the wheel depends on."""
    folder = tmp_path_factory.mktemp("wheel")
    (folder / "src").mkdir()
    for name in BUILT:
        (shutil.copytree if (PROJECT / name).is_dir() else shutil.copy)(PROJECT / name, folder / "src" / name)
    pip = [sys.executable, "-m", "pip", "--quiet", "--disable-pip-version-check"]
    subprocess.run(
        [*pip, "wheel", "--no-deps", "--no-build-isolation", "--no-index", "-w", folder / "dist", folder / "src"], check=True
    )
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", folder / "env"], check=True)
    places = sysconfig.get_paths("venv", vars={"base": str(folder / "env"), "platbase": str(folder / "env")})
    (wheel,) = (folder / "dist").iterdir()
    python = Path(places["scripts"], Path(sys.executable).name)
    subprocess.run([*pip, "--python", python, "install", "--no-deps", "--no-index", wheel], check=True)
    # only now, so that the package of the checkout is not taken for one that the wheel replaces
    Path(places["purelib"], "dependencies.pth").write_text(sysconfig.get_paths()["purelib"])
    return python.parent


@pytest.mark.slow
def test_the_wheel_works_without_the_checkout_in_a_folder_with_spaces_and_chinese(installed, tmp_path):
    place = tmp_path / "我的 文件夹"
    place.mkdir()
    clean = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON")}
    clean["PATH"] = f"{installed}{os.pathsep}{os.environ['PATH']}"

    def call(*words: str, cwd: Path = place) -> str:
        done = subprocess.run(words, cwd=cwd, env=clean, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    where = call("python", "-c", "import hanyang_data; print(hanyang_data.__file__)")
    assert Path(where.strip()).is_relative_to(installed.parent), "the wheel and not the checkout"
    call("hanyang", "run", "trend", "-p", "formats=[png]")
    assert list(place.glob("build/runs/trend/*/growth_and_level.png")), "without init too, with the notebooks of the wheel"
    assert "wrote" in call("hanyang", "init", "工作")
    work = place / "工作"
    lay_out(tmp_path / "checkout")
    assert laid_out(work) == laid_out(tmp_path / "checkout"), CARRIED
    code = "from hanyang_data.batch.plan import notebooks_folder as folder; print(folder().resolve())"
    seen = call("python", "-c", code, cwd=work / "notebooks").strip()
    assert Path(seen) == (work / "notebooks").resolve(), "what the explore page shows is made by the notebooks beside it"
    call("hanyang", "run", "params/trend.yaml", "-p", "lang=zh", "--figures", "figures", cwd=work)
    assert (work / "figures" / "trend_growth_and_level_zh.svg").stat().st_size > 3000
    (work / "s.yaml").write_text("notebook: trend\nmatrix: {region: [hanyang, wuhan]}\nparameters: {formats: [png]}\n")
    assert "2 done" in call("hanyang", "sweep", "s.yaml", cwd=work)
    (work / "r.yaml").write_text("title: T\nlang: en\nformats: [html, docx, pptx, latex]\nruns: [{notebook: trend}]\n")
    call("hanyang", "report", "r.yaml", "-o", "report", cwd=work)
    assert {"report_en.html", "report_en.docx", "report_en.pptx", "report_en_latex"} <= {
        f.name for f in (work / "report").iterdir()
    }
    assert "params/report.yaml" not in call("make", "-n", "notebooks", cwd=work)
    assert "report params/report.yaml" in call("make", "-n", "report", cwd=work)


def test_a_chinese_folder_is_chinese(tmp_path):
    lay_out(tmp_path, "zh")
    for file in ("trend", "data_audit"):
        text = (tmp_path / "params" / f"{file}.yaml").read_text(encoding="utf-8")
        assert "lang: zh" in text
        assert "$schema=schema.json" in text
        assert "可用参数见" in text
    assert "工作文件夹" in (tmp_path / "README.md").read_text(encoding="utf-8")
    assert "lang: zh" not in (tmp_path / "params" / "report.yaml").read_text(encoding="utf-8")  # which is in both
