"""A user's own notebook runs in a batch as it runs in JupyterLab, whatever it is made of; held against nbclient's execution."""

import json
import subprocess
import sys
from functools import cache
from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

pytestmark = pytest.mark.slow

PYTHON = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
VENV = {"kernelspec": {"name": ".venv", "display_name": ".venv (3.11)", "language": "python"}}
PARAMETERS = "# tagged\nfirst = 2017\nspan = 2024 - first\nname: 'Any thing' = 'x'\nimport math"
# name → metadata, cells; the first cell of "parameters" is the one that is tagged
OWN = {
    "magics": (PYTHON, ["%matplotlib inline\n%precision 3\n1 / 3", "%%capture got\nprint(1)", "got.stdout",
                        "%config InlineBackend.figure_format = 'svg'", "%env OWN=1\n!echo $OWN", "%%html\n<b>x</b>"]),
    "plots": (PYTHON, ["%matplotlib inline\nimport matplotlib.pyplot as plt\nplt.plot([1, 2]); plt.show()",
                       "fig, ax = plt.subplots()\nax.set_title('a')\nfig",
                       "import pandas as pd\npd.Series([1, 2]).plot(title='b');"]),
    "plots without a magic": (PYTHON, ["import hanyang_data as hd\nwith hd.style():\n    hd.load('gdp')['value'].plot();"]),
    "helper": (PYTHON, ["import helper\nhelper.double(2)", "from tools.inner import word\nword",
                        "%load_ext autoreload\n%autoreload 2\nhelper.double(3)"]),
    "files": (PYTHON, ["import pandas as pd\npd.read_csv('beside.csv')",
                       "from pathlib import Path\nPath('../data/other.txt').read_text(), Path.cwd().name"]),
    "no kernel named": ({}, ["1 + 1"]),
    "of a venv": (VENV, ["2 + 2"]),
    "parameters": (PYTHON, [PARAMETERS, "first, span, name, math.floor(2.5)"]),
    "script": (PYTHON, ["%run script.py", "made_by_script", "%%writefile left.txt\nwords", "open('left.txt').read()"]),
    "我的 分析": (PYTHON, ["'汉阳'", "print('武汉')"]),
    "objects": (PYTHON, ["class A:\n    pass\nimport pickle\npickle.loads(pickle.dumps(A())).__class__.__module__, __name__",
                         "import asyncio\nawait asyncio.sleep(0)\n'awaited'", "In[0], _, __doc__ and 1", "len?"]),
    "tables": (PYTHON, ["import pandas as pd\npd.DataFrame({'汉': [1, None]}).style.format('{:.1f}').set_uuid('u').to_html()",
                        "pd.options.display.max_rows = 2\npd.Series(range(5))"]),
    "record": (PYTHON, ["import hanyang_data as hd\nhd.load('gdp', 'wuhan')[['value', 'flag']]"]),
    "widgets": (PYTHON, ["import ipywidgets as w\nbox = w.IntSlider(value=3)\nbox.value = 4\nbox.value",
                         "from tqdm import tqdm\nimport sys\n[n for n in tqdm(range(2), disable=True)]"]),
    "shell": (PYTHON, ["%%bash\necho here; pwd | xargs basename", "%cd -q ..\n%pwd\n1", "open('data/other.txt').read()"]),
}  # fmt: skip
BESIDE = {
    "notebooks/helper.py": "def double(x):\n    return 2 * x\n",
    "notebooks/tools/__init__.py": "",
    "notebooks/tools/inner.py": "word = 'inner'\n",
    "notebooks/beside.csv": "year,value\n2020,1\n",
    "notebooks/script.py": "made_by_script = 7\n",
    "data/other.txt": "other",
}


def own(project: Path, name: str, metadata: dict, *code: str) -> Path:
    cells = [new_markdown_cell(f"# {name}"), *map(new_code_cell, code)]
    if name.startswith("parameters"):
        cells[1].metadata["tags"] = ["parameters"]
    file = project / "notebooks" / f"{name}.ipynb"
    nbformat.write(new_notebook(cells=cells, metadata=metadata), file)
    return file


@pytest.fixture(scope="module")
def project(tmp_path_factory):
    """A project of nothing but the user's own notebooks, in a folder as people name them."""
    folder = tmp_path_factory.mktemp("own") / "工作 folder"
    for name, text in BESIDE.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    for name, (metadata, code) in OWN.items():
        own(folder, name, metadata, *code)
    return folder


def hanyang(project: Path, *words: str, **options) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "hanyang_data.cli.main", *words]
    return subprocess.run(command, cwd=project, capture_output=True, text=True, check=False, encoding="utf-8", **options)


def shown(content: nbformat.NotebookNode) -> dict[str, list]:
    """Source → outputs, without what names a folder or an object of one process."""
    seen = {}
    for cell in content.cells:
        if cell.cell_type == "code" and "injected-parameters" not in cell.metadata.get("tags", []):
            joined = []
            for output in cell.outputs:
                if joined and output.output_type == "stream" and joined[-1].get("name") == output.name:
                    joined[-1]["text"] += output.text
                else:
                    joined.append({k: v for k, v in output.items() if k != "execution_count"})
            seen[cell.source] = joined
    return seen


@pytest.fixture(scope="module", params=["fork", "papermill"])
def engine(request, project):
    (project / "all.yaml").write_text("runs:\n" + "".join(f"- notebook: {name}\n" for name in OWN), encoding="utf-8")
    (project / "notebooks" / "left.txt").unlink(missing_ok=True)
    done = hanyang(project, "sweep", "all.yaml", "--engine", request.param, "--out", f"out/{request.param}", "-j", "2",
                   env=_environment())  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    return request.param


def _environment():
    import os

    # a kernel that sees it does not look at what other processes print
    return {key: value for key, value in os.environ.items() if key != "PYTEST_CURRENT_TEST"}


@cache
def in_jupyterlab(project: Path, name: str) -> nbformat.NotebookNode:
    """A notebook as JupyterLab executes it; once for both engines."""
    (project / "notebooks" / "left.txt").unlink(missing_ok=True)
    content = nbformat.read(project / "notebooks" / f"{name}.ipynb", as_version=4)
    folder = {"metadata": {"path": str(project / "notebooks")}}
    return NotebookClient(content, kernel_name="python3", timeout=120, resources=folder).execute()


@pytest.mark.parametrize("name", OWN)
def test_it_shows_what_jupyterlab_shows(project, engine, name, monkeypatch):
    monkeypatch.delenv("PYTEST_CURRENT_TEST")
    content = in_jupyterlab(project, name)
    (folder,) = (project / "out" / engine / name).iterdir()
    executed = nbformat.read(folder / "notebook.ipynb", as_version=4)
    assert shown(executed) == shown(content)
    for file in (folder / "notebook.ipynb", folder / "run.json"):
        assert str(project) not in file.read_text(encoding="utf-8"), "it names no folder of this machine"
    pictures = [o for c in content.cells for o in c.get("outputs", []) if "image/png" in o.get("data", {})]
    names = sorted(file.name for file in folder.glob("figure_*"))
    assert names == [f"figure_{number + 1:02d}.png" for number in range(len(pictures))]


def test_what_they_read_is_known_and_counts(project, engine):
    out = f"out/{engine}"
    reads = {}
    for name in OWN:
        (folder,) = (project / out / name).iterdir()
        reads[name] = json.loads((folder / "run.json").read_text(encoding="utf-8"))["reads"]
    found = {name: {root: sorted(files) for root, files in of.items()} for name, of in reads.items()}
    assert found["helper"] == {"project": ["notebooks/helper.py", "notebooks/tools/__init__.py", "notebooks/tools/inner.py"]}
    assert found["files"] == {"project": ["data/other.txt", "notebooks/beside.csv"]}
    assert found["script"] == {"project": ["notebooks/script.py"]}, "what it wrote itself is not an input"
    assert found["shell"] == {"project": ["data/other.txt"]}, "wherever it has gone meanwhile"
    assert all(not of for name, of in found.items() if name not in ("helper", "files", "script", "shell"))
    again = hanyang(project, "sweep", "all.yaml", "--dry-run", "--engine", engine, "--out", out)
    assert again.stdout.count("cached") == len(OWN)
    for file, why in (("notebooks/helper.py", "helper"), ("notebooks/beside.csv", "files")):
        place = project / file
        before = place.read_text()
        place.write_text(before + "\n")
        changed = hanyang(project, "sweep", "all.yaml", "--dry-run", "--out", out).stdout.splitlines()
        place.write_text(before)
        (line,) = [line for line in changed if not line.startswith("cached")]
        assert line.startswith(f"run     {why} ")
        assert line.endswith(f"{file}, which it reads, changed")
