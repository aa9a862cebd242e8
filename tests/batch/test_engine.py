"""The fork engine leaves what papermill with a kernel leaves, and nothing leaks from run to run."""

import json
from pathlib import Path

import nbformat
import pytest
from helpers import PROJECT
from nbformat.v4 import new_code_cell, new_notebook

from hanyang_data.batch.job import Run
from hanyang_data.batch.plan import read_plan
from hanyang_data.batch.sweep import Options, sweep
from hanyang_data.studies.asked import check

pytestmark = pytest.mark.slow

# what a notebook may do with its outputs, a cell each
FEATURES = [
    "print(size, name); import sys; print('careful', file=sys.stderr); 1 + 1",
    "import matplotlib.pyplot as plt; plt.plot([1, 2]);",
    "fig, ax = plt.subplots(layout='constrained'); fig.colorbar(ax.imshow([[1, 20000]])); ax.set_title('a title');",
    "from IPython.display import Markdown, clear_output, display\nh = display('x', display_id=True); h.update('y')\n"
    "display(Markdown('**m**'))",
    "print('gone'); clear_output(); print('kept')",
    # a kernel hears what is written below Python from a thread of its own, which this cell waits for
    "print('before'); import os, time; _ = os.system('echo below'); time.sleep(2); print('after')",
    "!echo from the shell",
    "import asyncio; await asyncio.sleep(0.01); 'awaited'",
    "%%html\n<b>x</b>",
    "import pandas as pd; pd.DataFrame({'汉': [1]})",
    "class A: pass\nimport pickle; pickle.loads(pickle.dumps(A())).__class__.__module__, __name__",
    "import os, sys; os.path.basename(sys.argv[0]), '' in sys.path, sorted(k for k in os.environ if 'COLOR' in k)",
    "In[1][:20], _, Out.keys() != None",
]
SAVE = """
import json, pathlib
pathlib.Path("f.png").write_bytes(b"x" * size)
results = {"figures": {"f": {"files": ["f.png"]}}, "tables": {}, "scope": {"lang": "zh"}}
pathlib.Path("results.json").write_text(json.dumps(results));
"""
LANGUAGES = {"trend": "zh", "growth_gap": "en", "target_shortfall": "zh", "data_audit": "en", "summary": "zh"}
KERNEL = {"name": "python3", "display_name": "Python 3", "language": "python"}


def notebook_of(folder: Path, *code: str, name: str = "nb") -> Path:
    parameters = new_code_cell("size: int = 3\nname: str = 'a'\nout_dir: str = ''", metadata={"tags": ["parameters"]})
    cells = [parameters, *map(new_code_cell, code), new_code_cell(SAVE)]
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": KERNEL}), folder / f"{name}.ipynb")
    return folder / f"{name}.ipynb"


def outputs_of(folder: Path) -> list:
    """Outputs with their counts, neighbouring pieces of one stream joined: a kernel sends them as they come."""
    shown = []
    for cell in nbformat.read(folder / "notebook.ipynb", as_version=4).cells:
        if cell.cell_type == "code":
            joined = []
            for output in cell.outputs:
                if joined and output.output_type == "stream" and joined[-1].get("name") == output.name:
                    joined[-1]["text"] += output.text
                else:
                    joined.append(output)
            shown.append((cell.execution_count, cell.source, joined))
    return shown


def run_by(engine: str, runs: list[Run], out: Path, check=lambda parameters: None, **options) -> list:
    return sweep(runs, out, check, Options(engine=engine, jobs=2, **options))


def test_both_engines_show_the_same_for_whatever_a_notebook_does(tmp_path, monkeypatch):
    monkeypatch.delenv("PYTEST_CURRENT_TEST")  # a kernel that sees it does not look at what other processes print
    run = Run("mine", notebook_of(tmp_path, *FEATURES), {"size": 3, "name": "汉阳“区”\n\\", "out_dir": ""}, "slug")
    for engine in ("fork", "papermill"):
        assert [o.reason for o in run_by(engine, [run], tmp_path / engine)] == [""]
    shown = {engine: outputs_of(tmp_path / engine / "nb" / "slug") for engine in ("fork", "papermill")}
    for forked, kernel in zip(shown["fork"], shown["papermill"], strict=True):
        assert forked == kernel
    assert 'name = "汉阳“区”\\n\\\\"' in shown["fork"][1][1], "Chinese is readable in the injected cell"


def test_both_engines_leave_the_same_metadata_and_the_same_error(tmp_path):
    run = Run("mine", notebook_of(tmp_path, "x = 1", "1 / 0", "never = 1"), {"size": 3, "name": "a", "out_dir": ""}, "slug")
    left = {}
    for engine in ("fork", "papermill"):
        (outcome,) = run_by(engine, [run], tmp_path / engine)
        assert outcome.reason == "cell [4] of nb.ipynb failed: ZeroDivisionError: division by zero"
        content = nbformat.read(tmp_path / engine / "failed" / "nb" / "slug" / "notebook.ipynb", as_version=4)
        left[engine] = (
            [(c.cell_type, c.source, sorted(c.metadata.papermill), c.metadata.papermill.get("status")) for c in content.cells
             if "papermill" in c.metadata],
            sorted(content.metadata), content.metadata.language_info, sorted(content.metadata.papermill),
            [c.source for c in content.cells if "papermill-error" in str(c.metadata.get("tags"))],
            [(o.ename, o.evalue) for c in content.cells if c.cell_type == "code" for o in c.outputs],
        )  # fmt: skip
    assert left["fork"] == left["papermill"]


def test_nothing_leaks_from_one_run_to_the_next(tmp_path):
    spoil = (
        "import matplotlib, os, pandas as pd, random, sys, json, numpy as np, threading, time\n"
        "matplotlib.rcParams['font.size'] = 99; os.environ['LEAK'] = '1'; pd.set_option('display.precision', 1)\n"
        "sys.modules['leak'] = json; json.leak = 1; leak = 1\n"
        "threading.Thread(target=time.sleep, args=(600,)).start()"
    )
    look = (
        "import matplotlib, os, pandas as pd, sys, json, threading\n"
        "assert matplotlib.rcParams['font.size'] != 99 and 'LEAK' not in os.environ and 'leak' not in sys.modules\n"
        "assert not hasattr(json, 'leak') and 'leak' not in globals() and pd.get_option('display.precision') == 6\n"
        "assert threading.active_count() == 1"
    )
    draw = "import numpy as np; print(np.random.rand(), __import__('random').random())"
    books = [notebook_of(tmp_path, code, name=n) for n, code in (("a", spoil), ("b", look), ("c", draw), ("d", draw))]
    outcomes = sweep(
        [Run(b.stem, b, {"size": 3, "name": "a", "out_dir": ""}, "slug") for b in books],
        tmp_path / "out",
        lambda p: None,
        Options(jobs=1),
    )
    assert [o.reason for o in outcomes] == [""] * 4
    drawn = [outputs_of(tmp_path / "out" / n / "slug")[2][2] for n in ("c", "d")]
    assert drawn[0] != drawn[1], "random numbers are drawn anew in each run"


def test_all_notebooks_come_out_the_same_of_both_engines(tmp_path, monkeypatch):
    monkeypatch.chdir(PROJECT)
    runs = [
        run for name, lang in LANGUAGES.items() for run in read_plan(PROJECT / "params" / f"{name}.yaml", given=[f"lang={lang}"])
    ]
    for engine in ("fork", "papermill"):
        outcomes = run_by(engine, runs, tmp_path / engine, check)
        assert [o.reason for o in outcomes if o.status != "done"] == []
    for run in runs:
        forked, kernel = (tmp_path / engine / run.notebook.stem / run.slug for engine in ("fork", "papermill"))
        assert outputs_of(forked) == outputs_of(kernel)
        names = {p.name for p in kernel.iterdir()}
        assert {p.name for p in forked.iterdir()} == names
        for name in names - {"notebook.ipynb", "run.json"}:
            assert (forked / name).read_bytes() == (kernel / name).read_bytes(), f"{run.name} {name}"
        records = [json.loads((folder / "run.json").read_text()) for folder in (forked, kernel)]
        assert records[0]["key"] == records[1]["key"]


@pytest.mark.parametrize("engine", ["fork", "papermill"])
def test_a_cell_that_says_exit_ends_the_run_there_with_both_engines(tmp_path, engine):
    books = [
        notebook_of(tmp_path, "exit()", "x = 1", name="before"),
        notebook_of(tmp_path, "quit", SAVE, name="word"),
        notebook_of(tmp_path, SAVE + "\nexit()", name="after"),
    ]
    outcomes = run_by(engine, [Run(b.stem, b, {"size": 3, "name": "a"}, "slug") for b in books], tmp_path / engine)
    assert [(o.status, o.reason) for o in outcomes] == [
        ("failed", f"{b.name}: cell [3] says exit(), which ends the kernel: leave it out") for b in books
    ]
    assert sorted(file.name for file in tmp_path.glob("*.ipynb")) == ["after.ipynb", "before.ipynb", "word.ipynb"]
    for outcome in outcomes:
        cells = nbformat.read(outcome.folder / "notebook.ipynb", as_version=4).cells
        assert [c.execution_count for c in cells[3:] if c.cell_type == "code"] == [None] * (len(cells) - 3)
