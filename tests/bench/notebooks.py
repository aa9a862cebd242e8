"""Our notebooks beside the one that an economist would write without us.

PLAIN takes one series out of the record's CSV, fits a line, draws one figure and saves it in three formats; who wants more
figures does so with more series. Both are run as JupyterLab's Run All does, a cell after another in a fresh kernel, and as a
command: papermill for the one, ``hanyang run`` for ours.
"""

from __future__ import annotations

import statistics
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.manager import start_new_kernel
from table import BIN, PROJECT, ROUNDS, Row, hanyang, row, run, seconds

FIGURES = (1, 2, 4, 5)  # of the plain notebook, as many as ours have
NOTEBOOKS = ("trend", "growth_gap", "target_shortfall", "convergence", "data_audit", "backtest", "explore")
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
PARAMETERS = f'file = "{PROJECT / "hanyang_data/data/observations.csv"}"\nout_dir = "."\n'
SERIES = ("gdp", "budget_revenue", "retail_sales", "fixed_asset_investment", "industrial_value_added")
PLAIN = [  # thirty lines
    """
import matplotlib.pyplot as plt
import pandas as pd
import seaborn as sns
import statsmodels.api as sm
""",
    """
rows = pd.read_csv(file)
rows = rows[(rows["indicator"] == "gdp") & (rows["region"] == "wuhan") & (rows["measure"] == "growth")]
rows = rows[(rows["concept"] == "outturn") & (rows["period"] == "annual") & rows["value"].notna()]
rows = rows[rows["year"].between(2017, 2024)]
growth = rows.groupby("year")["value"].last().astype(float)
growth
""",
    """
fit = sm.OLS(growth, sm.add_constant(growth.index.to_numpy(dtype=float))).fit()
fit.summary()
""",
    """
sns.set_theme(style="whitegrid")
figure, ax = plt.subplots(figsize=(6.3, 4), layout="constrained")
sns.scatterplot(x=growth.index, y=growth, ax=ax)
ax.plot(growth.index, fit.fittedvalues, linestyle="--")
for year, value in growth.items():
    ax.annotate(f"{value:.1f}", (year, value), xytext=(0, 6), textcoords="offset points", ha="center")
ax.set(title="Growth of Wuhan's GDP", xlabel="", ylabel="%")
plt.show()
""",
    """
for kind in ("png", "svg", "pdf"):
    figure.savefig(f"{out_dir}/growth.{kind}", dpi=300)
growth.to_csv(f"{out_dir}/growth.csv")
""",
]
Times = dict[str, float]


def run_all(file: Path, out: Path) -> Times:
    """Seconds from the start of a kernel to its first figure, and to the end of the notebook; and how many files of figures."""
    first = None
    started = time.perf_counter()

    def seen(message: dict[str, Any]) -> None:
        nonlocal first
        assert message["msg_type"] != "error", message["content"]
        shows = {"image/png", "application/vnd.jupyter.widget-view+json"} & set(message["content"].get("data", ()))
        first = first or (time.perf_counter() - started if shows else None)

    manager, client = start_new_kernel(kernel_name="python3", extra_arguments=["--log-level=CRITICAL"], cwd=str(out))
    try:
        for cell in nbformat.read(file, as_version=4).cells:
            if cell.cell_type == "code":
                client.execute_interactive(cell.source, output_hook=seen)
                if "parameters" in cell.metadata.get("tags", ()):
                    client.execute_interactive("out_dir = '.'", output_hook=seen)
        ended = time.perf_counter()
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)
    pictures = [file for kind in ("png", "svg", "pdf") for file in out.rglob(f"*.{kind}")]
    return {"first figure": first or float("nan"), "run all": ended - started, "pictures": len(pictures)}


def plain(figures: int) -> Any:
    """The plain notebook, drawing so many figures."""
    series = [code.replace("gdp", of).replace("growth.{", f"{of}.{{") for of in SERIES[:figures] for code in PLAIN[1:]]
    cells = [nbformat.v4.new_code_cell(code.strip()) for code in (PARAMETERS, PLAIN[0], *series)]
    cells[0].metadata["tags"] = ["parameters"]
    return nbformat.v4.new_notebook(cells=cells, metadata=KERNEL)


def rows() -> Iterator[Row]:
    """First figure, whole notebook and command of each, over the plain one's; those with more figures also over a plain one with
    as many."""
    found: dict[str, list[Times]] = {}
    files = {name: PROJECT / "notebooks" / f"{name}.ipynb" for name in NOTEBOOKS}
    with tempfile.TemporaryDirectory() as folder:
        files |= {f"plain {number}": Path(folder) / f"plain{number}.ipynb" for number in FIGURES}
        for number in FIGURES:
            nbformat.write(plain(number), files[f"plain {number}"])
        for turn in range(ROUNDS):
            for name, file in files.items():
                out = Path(folder) / f"{name} {turn}"
                (out / "lab").mkdir(parents=True)
                times = run_all(file, out / "lab")
                if name == "plain 1":
                    made = (BIN / "papermill", file, out / "made.ipynb", "-p", "out_dir", out)
                    times["command"] = seconds(lambda words=made: run(*words))
                elif name in NOTEBOOKS and name != "explore":  # a page, which nobody runs in a batch
                    times["command"] = seconds(lambda n=name, o=out: hanyang("run", n, "--out", o))
                found.setdefault(name, []).append(times)
    middle = {name: {key: statistics.median(times[key] for times in of) for key in of[0]} for name, of in found.items()}
    for name in ("plain 1", *NOTEBOOKS):
        of, bound = middle[name], None if name == "plain 1" else 1
        for key in (key for key in of if key != "pictures"):
            yield row(f"{name}: {key}", of[key], over=("the plain notebook", middle["plain 1"][key]), most=bound, times=True)
        if (figures := round(of["pictures"] / 3)) > 1:
            theirs = (f"a plain one with {figures} figures", middle[f"plain {figures}"]["run all"])
            yield row(f"{name}: run all, {figures} figures saved", of["run all"], over=theirs, most=1, times=True)
