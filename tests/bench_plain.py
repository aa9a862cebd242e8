"""Measure our notebooks beside the one that an economist would write without us: ``make bench``.

PLAIN takes one series out of the record's CSV, fits a line, draws one figure and saves it in three formats. Both are run as
JupyterLab's Run All does, a cell after another in a fresh kernel, and as a command: papermill for the one, ``hanyang run`` for
ours. In turns, medians of ROUNDS (default 3). Then what a user builds once: the site and the wheel, their time and size.
"""

from __future__ import annotations

import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.manager import start_new_kernel

PROJECT = Path(__file__).parents[1]
BIN = Path(sys.executable).parent
ROUNDS = int(os.environ.get("ROUNDS", "3"))
NOTEBOOKS = ("trend", "growth_gap", "target_shortfall", "convergence", "data_audit", "backtest", "explore")
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
PARAMETERS = f'file = "{PROJECT / "hanyang_data/data/observations.csv"}"\nout_dir = "."\n'
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
Row = dict[str, float]


def run_all(file: Path, out: Path) -> Row:
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
    return {"first figure": first or float("nan"), "run all": ended - started, "files": len(pictures)}


def command(*words: str | Path) -> float:
    """Wall time of a command that must succeed."""
    started = time.perf_counter()
    subprocess.run(words, check=True, cwd=PROJECT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return time.perf_counter() - started


def beside() -> None:
    """The table of notebooks."""
    rows: dict[str, list[Row]] = {}
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.ipynb"
        cells = [nbformat.v4.new_code_cell(code.strip()) for code in (PARAMETERS, *PLAIN)]
        cells[0].metadata["tags"] = ["parameters"]
        nbformat.write(nbformat.v4.new_notebook(cells=cells, metadata=KERNEL), plain)
        for number in range(ROUNDS):
            for name in ("plain", *NOTEBOOKS):
                out = Path(folder) / f"{name}{number}"
                (out / "lab").mkdir(parents=True)
                file = plain if name == "plain" else PROJECT / "notebooks" / f"{name}.ipynb"
                row = run_all(file, out / "lab")
                if name == "plain":
                    row["command"] = command(BIN / "papermill", file, out / "made.ipynb", "-p", "out_dir", out)
                elif name != "explore":  # a page, which nobody runs in a batch
                    row["command"] = command(BIN / "hanyang", "run", name, "--out", out)
                rows.setdefault(name, []).append(row)
    middle = {name: {key: statistics.median(row[key] for row in of) for key in of[0]} for name, of in rows.items()}
    print(f"fresh kernel, median of {ROUNDS}: seconds, and how many times the plain notebook's")
    for name, of in middle.items():
        told = [f"{key} {of[key]:5.2f} s {of[key] / middle['plain'][key]:5.2f} ×" for key in of if key != "files"]
        print(f"  {name:<17}{of['files']:3.0f} pictures, " + ", ".join(told))


def built() -> None:
    """The site and the wheel of a fresh copy of the project."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / "project"
        shutil.copytree(PROJECT, copy, ignore=shutil.ignore_patterns("build", ".venv", ".git", "*cache*", "*.egg-info"))
        site = copy / "build" / "site"
        for when in ("nothing made before", "nothing changed"):
            started = time.perf_counter()
            sphinx = [BIN / "sphinx-build", "-W", "--quiet", "-d", copy / "build" / "doctrees", "docs", site]
            subprocess.run(sphinx, check=True, cwd=copy)
            print(f"site, {when}: {time.perf_counter() - started:.0f} s")
        pip = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "-w", folder, copy]
        subprocess.run(pip, check=True)
        sizes = {
            "site": sum(file.stat().st_size for file in site.rglob("*") if file.is_file()),
            "wheel": next(Path(folder).glob("*.whl")).stat().st_size,
        }
        print(", ".join(f"{name} {size / 1e6:.1f} MB" for name, size in sizes.items()))


def main() -> None:
    """Print everything."""
    print(f"{platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {os.getloadavg()[0]:.1f}")
    beside()
    built()


if __name__ == "__main__":
    main()
