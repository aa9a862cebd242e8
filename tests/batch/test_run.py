"""A run's folder appears complete or not at all; what fails is named and kept apart."""

import json
from contextlib import suppress
from pathlib import Path

import helpers
import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from hanyang_data.batch import folders
from hanyang_data.batch.job import Run
from hanyang_data.batch.run import copy_figures
from hanyang_data.errors import RunError

pytestmark = pytest.mark.slow


def execute(run, out, **options):
    """Make a run whether it is up to date or not; its folder."""
    return helpers.execute(run, out, lambda parameters: None, force=True, **options)


GOOD = """
import json, pathlib
pathlib.Path("f.png").write_bytes(b"x" * size)
results = {"figures": {"f": {"files": ["f.png"]}}, "tables": {}, "scope": {"lang": "zh"}}
pathlib.Path("results.json").write_text(json.dumps(results))
"""


@pytest.fixture
def run_of(tmp_path):
    def build(code, **parameters):
        file = tmp_path / "nb.ipynb"
        cells = [new_code_cell("size: int = 3\nout_dir: str = ''", metadata={"tags": ["parameters"]}), new_code_cell(code)]
        kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
        nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), file)
        return Run("mine", file, {"size": 3, "out_dir": ""} | parameters, "slug")

    return build


def names(folder: Path) -> list[str]:
    files = (p for p in folder.rglob("*") if p.is_file() and not {".memory.json", ".unfinished"} & set(p.parts))
    return sorted(str(p.relative_to(folder)) for p in files)


def test_a_good_run_leaves_notebook_results_figures_and_record(run_of, tmp_path):
    done = execute(run_of(GOOD), tmp_path / "out")
    assert names(tmp_path / "out") == [f"nb/slug/{n}" for n in ("f.png", "notebook.ipynb", "results.json", "run.json")]
    record = json.loads((done / "run.json").read_text())
    assert record["status"] == "done"
    assert record["parameters"] == {"size": 3}
    assert set(record["products"]) == {"f.png", "notebook.ipynb", "results.json"}
    assert len(record["data_sha256"]) == len(record["code_sha256"]) == 64
    assert done.stat().st_mode & 0o055, "colleagues may look"
    copies = copy_figures(done, "mine", tmp_path / "gallery")
    assert [c.name for c in copies] == ["mine_f_zh.png"]


def test_a_failing_run_names_cell_error_and_copy_and_keeps_the_earlier_good_one(run_of, tmp_path):
    out = tmp_path / "out"
    execute(run_of(GOOD), out)
    before = (out / "nb" / "slug" / "run.json").read_bytes()
    with pytest.raises(RunError) as caught:
        execute(run_of("1 / 0"), out)
    assert "cell [3] of nb.ipynb failed: ZeroDivisionError: division by zero" in str(caught.value)
    copy = out / "failed" / "nb" / "slug" / "notebook.ipynb"
    assert str(copy) in str(caught.value)
    assert "ZeroDivisionError" in copy.read_text()
    assert (out / "nb" / "slug" / "run.json").read_bytes() == before
    execute(run_of(GOOD), out)
    assert not copy.exists(), "a good run clears what failed before"


def test_a_run_without_its_products_is_not_done(run_of, tmp_path):
    with pytest.raises(RunError, match=r"left no results\.json"):
        execute(run_of("pass"), tmp_path / "out")
    with pytest.raises(RunError, match=r"declares f\.png and did not write it"):
        execute(run_of(GOOD, size=0), tmp_path / "out")
    assert not (tmp_path / "out" / "nb" / "slug").exists()


def test_a_kernel_that_dies_is_named(run_of, tmp_path):
    with pytest.raises(RunError, match=r"the process of nb.ipynb exited with code 1 .* at cell 3 of 3"):
        execute(run_of("import os; os._exit(1)"), tmp_path / "out")
    assert names(tmp_path / "out") == ["failed/nb/slug/notebook.ipynb"]


def test_an_output_folder_that_cannot_be_written_is_named(run_of, tmp_path):
    (tmp_path / "out").write_text("a file")
    with pytest.raises(RunError, match=r"out.* cannot be written: (Not a directory|File exists)"):
        execute(run_of(GOOD), tmp_path / "out")


def test_two_runs_at_once_leave_one_whole_folder(run_of, tmp_path):
    from concurrent.futures import ThreadPoolExecutor

    out = tmp_path / "out"
    works = []
    for number in range(8):
        works.append(out / f".slug.{number}.x")
        works[-1].mkdir(parents=True)
        (works[-1] / "a").write_text(str(number))
        (works[-1] / "b").write_text(str(number))
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda work: folders.put_in_place(work, out / "slug"), works))
    assert [p.name for p in out.iterdir()] == ["slug"]
    assert (out / "slug" / "a").read_text() == (out / "slug" / "b").read_text()


def test_what_a_killed_run_left_is_cleared_and_what_it_put_aside_comes_back(run_of, tmp_path):
    folder = tmp_path / "out" / "nb"
    dead = 2**22 + 1  # above the largest process id
    for name in (f".slug.{dead}.0123456a", f".slug.{dead}.0123456b.old"):
        (folder / name).mkdir(parents=True)
        (folder / name / "run.json").write_text(name)
    with pytest.raises(RunError):
        execute(run_of("1 / 0"), tmp_path / "out")
    assert [p.name for p in folder.iterdir()] == ["slug"]
    assert (folder / "slug" / "run.json").read_text() == f".slug.{dead}.0123456b.old"


@pytest.mark.parametrize("left", ["{", "{}", '{"figures": 3}'])
def test_results_that_are_none_are_named(run_of, tmp_path, left):
    code = f"import pathlib; pathlib.Path('results.json').write_text({left!r})"
    with pytest.raises(RunError, match=r"left a results\.json that study\.save\(\) would not write"):
        execute(run_of(code), tmp_path / "out")


def test_a_kernel_that_does_not_exist_is_named(run_of, tmp_path):
    run = run_of(GOOD)
    run.notebook.write_text(
        run.notebook.read_text().replace('"language": "python"', '"language": "julia"').replace('"python3"', '"julia"')
    )
    with pytest.raises(RunError, match="its kernel is 'julia'"):
        execute(run, tmp_path / "out")


def test_a_folder_with_braces_is_a_folder(run_of, tmp_path):
    assert execute(run_of(GOOD), tmp_path / "{x}").is_dir()


def test_a_full_disk_is_named_and_the_earlier_run_stays(run_of, tmp_path):
    out = tmp_path / "out"
    execute(run_of(GOOD), out)
    before = (out / "nb" / "slug" / "run.json").read_bytes()
    full = "import errno, os, pathlib\nraise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), 'f.png')"
    with pytest.raises(RunError, match="No space left on device"):
        execute(run_of(full), out)
    small = (
        "import resource, signal\nsignal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
        "resource.setrlimit(resource.RLIMIT_FSIZE, (10, 10))"
    )
    with pytest.raises(RunError, match=r"cannot be written: File too large"):
        execute(run_of(small), out)
    assert (out / "nb" / "slug" / "run.json").read_bytes() == before
    assert names(out / "nb") == ["slug/f.png", "slug/notebook.ipynb", "slug/results.json", "slug/run.json"]


@pytest.mark.parametrize("engine", ["fork", "papermill"])
def test_a_link_that_a_cell_puts_where_the_executed_notebook_goes_is_replaced(run_of, tmp_path, engine):
    decoy = tmp_path / "elsewhere" / "decoy"
    decoy.parent.mkdir()
    decoy.write_text("mine")
    link = (
        "import os, time\nif os.path.lexists('notebook.ipynb'): os.unlink('notebook.ipynb')\n"
        f"os.symlink({str(decoy)!r}, 'notebook.ipynb')\ntime.sleep(0.6)"  # longer than between two savings
    )
    for code in (f"{link}\n{GOOD}", f"{link}\n1 / 0"):
        run, out = run_of(code), tmp_path / "out"
        with suppress(RunError):
            execute(run, out, engine=engine)
        assert decoy.read_text() == "mine"
        assert list(decoy.parent.iterdir()) == [decoy]
    for folder in (out / "nb" / "slug", out / "failed" / "nb" / "slug"):
        assert (folder / "notebook.ipynb").is_file()
        assert not [p for p in folder.iterdir() if p.is_symlink() or p.name.startswith(".")]


def test_a_link_in_the_place_of_a_run_folder_is_replaced(run_of, tmp_path):
    decoy, place = tmp_path / "elsewhere", tmp_path / "out" / "nb" / "slug"
    decoy.mkdir()
    (decoy / "run.json").write_text("mine")
    place.parent.mkdir(parents=True)
    place.symlink_to(decoy)
    assert execute(run_of(GOOD), tmp_path / "out") == place
    assert not place.is_symlink()
    assert [p.name for p in place.parent.iterdir()] == ["slug"]
    assert [(p.name, p.read_text()) for p in decoy.iterdir()] == [("run.json", "mine")]
