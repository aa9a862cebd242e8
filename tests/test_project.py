"""What keeps the project in step with itself: versions, notebooks, words in both languages."""

import csv
import importlib.util
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import nbformat
import pytest
import yaml
from helpers import PROJECT, departures

import hanyang_data
from hanyang_data.batch.parameters import batch_notebooks, read_parameters, title_of
from hanyang_data.batch.plan import notebooks_folder
from hanyang_data.record.contract import version
from hanyang_data.record.observations import default_dataset

ANALYSES = batch_notebooks(notebooks_folder())[0]
NOTEBOOKS = sorted((PROJECT / "notebooks").glob("*.ipynb"))
CONDA_NAMES = {
    "matplotlib-base": "matplotlib",
    "python-duckdb": "duckdb",
    "seaborn-base": "seaborn",
    "python-build": "build",
}  # without the toolkits the project does not use


def project_floors() -> dict[str, str]:
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    extras = project["optional-dependencies"]
    groups = [project["dependencies"], *(extras[name] for name in ("lab", "report", "explore", "reader", "docs", "dev"))]
    wanted = [item for group in groups for item in group if ">=" in item]
    return {"python": project["requires-python"].lstrip(">=")} | dict(w.lower().split(">=") for w in wanted)


def lock_pins() -> dict[str, str]:
    text = (PROJECT / "requirements.lock").read_text()
    return dict(re.findall(r"^([a-z0-9_.-]+)==([^\s;\\]+)", text, flags=re.MULTILINE))


def as_numbers(version: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", version))


def test_environment_has_the_floors_of_the_project():
    listed = yaml.safe_load((PROJECT / "environment.yml").read_text())["dependencies"]
    flat = [item for entry in listed for item in (entry["pip"] if isinstance(entry, dict) else [entry]) if ">=" in item]
    floors = {CONDA_NAMES.get(name, name): floor for name, floor in (item.split(">=") for item in flat)}
    assert floors == project_floors()


def test_the_metadata_name_each_python_from_the_oldest_on():
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    said = re.findall(r"Python :: (3\.\d+)", " ".join(project["classifiers"]))
    assert said == ["3.11", "3.12", "3.13"], "those on which the fast tests were passed"
    assert project["requires-python"] == f">={said[0]}"


def test_the_lock_pins_every_dependency_at_or_above_its_floor():
    pins = lock_pins()
    for name, floor in project_floors().items():
        if name != "python":
            assert as_numbers(pins[name]) >= as_numbers(floor), name


def test_the_lock_names_no_registry():
    text = (PROJECT / "requirements.lock").read_text()
    assert "://" not in text
    assert "--index" not in text
    assert "--hash=sha256:" in text


def test_what_is_installed_is_what_is_pinned():
    from importlib.metadata import version as installed

    assert {n: installed(n) for n in ("pandas", "matplotlib", "papermill")} == {
        n: lock_pins()[n] for n in ("pandas", "matplotlib", "papermill")
    }


def test_the_version_stands_in_one_place_and_is_repeated_rightly():
    assert tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["dynamic"] == ["version"]
    cited = yaml.safe_load((PROJECT / "CITATION.cff").read_text(encoding="utf-8"))
    assert cited["version"] == hanyang_data.__version__
    assert f"\n## {hanyang_data.__version__}" in (PROJECT / "CHANGELOG.md").read_text(encoding="utf-8")
    log = (PROJECT / "hanyang_data" / "data" / "CHANGES.md").read_text(encoding="utf-8")
    assert re.search(r"^## (\S+)", log, re.MULTILINE)[1] == version(), "what changed in the record stands in its change log"


def test_the_citation_has_what_its_standard_asks_for():
    cited = yaml.safe_load((PROJECT / "CITATION.cff").read_text(encoding="utf-8"))
    wanted = {"cff-version": str, "message": str, "title": str, "authors": list}  # of version 1.2.0
    assert {key: type(cited[key]) for key in wanted} == wanted
    assert cited["cff-version"] == "1.2.0"
    assert set(cited) - set(wanted) <= {"type", "version", "license", "keywords", "abstract", "date-released", "url"}
    assert cited["type"] in ("software", "dataset")
    assert all(set(author) <= {"name", "website"} for author in cited["authors"]), "an entity and no person"


def test_what_a_public_repository_has_is_there_and_can_be_read():
    place = PROJECT / ".github"
    steps = yaml.safe_load((place / "workflows" / "ci.yml").read_text(encoding="utf-8"))["jobs"]["run"]
    assert {"run": ".ci/run"} in steps["steps"]
    classifiers = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]["classifiers"]
    assert all(f"Programming Language :: Python :: {each}" in classifiers for each in steps["strategy"]["matrix"]["python"])
    for name in ("wrong-figure", "new-report", "fault"):
        form = yaml.safe_load((place / "ISSUE_TEMPLATE" / f"{name}.yml").read_text(encoding="utf-8"))
        assert {"name", "description", "body"} <= set(form)
    for name in ("SECURITY.md", "CODE_OF_CONDUCT.md", "pull_request_template.md"):
        assert (place / name).stat().st_size > 300
    assert "make floors" in (PROJECT / ".ci" / "run").read_text(encoding="utf-8")


def committed(file: Path) -> str:
    """A file as git has it: JupyterLab saves what a user only looks at. Without git, as it stands here."""
    name = file.relative_to(PROJECT).as_posix()
    if shutil.which("git"):
        kept = subprocess.run(["git", "show", f":{name}"], cwd=PROJECT, capture_output=True, check=False)
        if kept.returncode == 0:
            return kept.stdout.decode()
    return file.read_text(encoding="utf-8")


@pytest.mark.parametrize("notebook", NOTEBOOKS, ids=lambda path: path.stem)
def test_notebooks_are_committed_clean(notebook):
    content = nbformat.reads(committed(notebook), as_version=4)
    nbformat.validate(content)
    assert set(content.metadata) == {"kernelspec", "language_info"}
    assert set(content.metadata.language_info) == {"name"}
    assert len({cell.id for cell in content.cells}) == len(content.cells)
    for cell in content.cells:
        assert cell.id.startswith(f"{notebook.stem.replace('_', '-')}-")  # said once: a cell put between renames no other
        assert set(cell.metadata) <= {"tags"}
        if cell.cell_type == "code":
            assert not cell.outputs
            assert cell.execution_count is None
            assert not re.search(r"^\s*(def|class|lambda)\b", cell.source, flags=re.MULTILINE)


@pytest.mark.parametrize("notebook", ANALYSES, ids=lambda path: path.stem)
def test_every_parameter_is_explained_and_used(notebook):
    assert departures(notebook) == []
    code = [cell.source for cell in nbformat.read(notebook, as_version=4).cells if cell.cell_type == "code"]
    for name, parameter in read_parameters(notebook).items():
        assert parameter.help or name == "end_year", name  # the years share a comment
        assert any(re.search(rf"\b{name}\b", source) for source in code[1:]), name


def test_regions_and_indicators_have_both_names():
    data = default_dataset()
    for frame in (data.regions, data.indicators, data.breaks):
        for column in frame.columns[frame.columns.str.match("(name|label)_")]:
            assert (frame[column].str.strip() != "").all()


def test_make_alone_lists_the_targets():
    shown = subprocess.run(["make", "-C", str(PROJECT), "--no-print-directory"], capture_output=True, text=True, check=True)
    for target in ("setup", "notebooks", "figures", "lab", "serve", "test", "lint", "audit"):
        assert re.search(rf"^  make {target} +\w", shown.stdout, flags=re.MULTILINE), target


def test_the_gallery_in_the_readme_exists():
    readme = (PROJECT / "README.md").read_text(encoding="utf-8")
    shown = re.findall(r"\((figures/[^)]+)\)", readme)
    assert shown
    assert all(Path(PROJECT / file).is_file() for file in shown)


def test_the_start_page_shows_every_notebook_with_its_title_and_its_figure():
    text = "\n".join(cell.source for cell in nbformat.read(PROJECT / "notebooks" / "index.ipynb", as_version=4).cells)
    for notebook in ANALYSES:
        assert f"[{title_of(notebook)}]({notebook.name})" in text
        for lang in ("en", "zh"):
            figure = re.search(rf'<a href="{notebook.name}"><img src="(\.\./figures/\w+_{lang}\.png)"', text)
            assert figure, (notebook.stem, lang)
            assert (PROJECT / "notebooks" / figure[1]).is_file()
    assert "(explore.ipynb)" in text
    assert "(read.ipynb)" in text
    assert {path.stem for path in NOTEBOOKS} == {path.stem for path in ANALYSES} | {"index", "explore", "read"}


@pytest.mark.parametrize("file", sorted((PROJECT / "hanyang_data").rglob("*.csv")), ids=lambda file: file.stem)
def test_no_row_of_a_table_of_the_package_has_more_cells_than_heads(file):
    """A comma outside its quotation marks would cut a text without a word."""
    with file.open(encoding="utf-8-sig", newline="") as lines:
        head, *rows = (row for row in csv.reader(lines) if row and not row[0].startswith("# "))  # a comment
    assert [row for row in rows if len(row) > len(head)] == []


@pytest.mark.skipif(not shutil.which("git"), reason="needs git")
def test_a_release_holds_what_is_committed_and_nothing_else(tmp_path):
    """A notebook of one's own in the checkout went into the wheel."""
    spec = importlib.util.spec_from_file_location("release", PROJECT / ".ci" / "release.py")
    release = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(release)
    project = tmp_path / "project"
    (project / "notebooks").mkdir(parents=True)
    (project / "notebooks" / "trend.ipynb").write_text("{}")
    git = ("git", "-C", str(project), "-c", "user.name=a", "-c", "user.email=a@b")
    for words in (["init", "-q"], ["add", "."], ["commit", "-qm", "all"]):
        subprocess.run([*git, *words], check=True)
    (project / "notebooks" / "mine.ipynb").write_text("{}")
    place = release.committed(tmp_path / "packed", project)
    assert [file.name for file in place.rglob("*") if file.is_file()] == ["trend.ipynb"]
    (project / "notebooks" / "trend.ipynb").write_text("[]")
    with pytest.raises(SystemExit, match="holds what is committed: commit notebooks/trend.ipynb first"):
        release.committed(tmp_path / "packed", project)
