"""Finished runs for the tests of the reports: the code of the notebooks, run here and not in a kernel."""

import json
from pathlib import Path

from helpers import PROJECT

from hanyang_data.batch.parameters import read_parameters
from hanyang_data.report import FORMATS, Entry, Spec
from hanyang_data.words.wording import Text

NOTEBOOKS: dict[str, dict[str, object]] = {
    "trend": {},
    "growth_gap": {"indicators": ["gdp", "retail_sales"], "regions": ["hanyang", "wuchang"]},
}
SPEC = Spec(
    Text("A report", "一份报告"),
    ("en", "zh"),
    FORMATS,
    (),
    question=Text("How did it go?", "情况如何？"),
    author=Text("Zhang & Co.", "张某"),
    date=Text("28 November 2026", "2026年11月28日"),
    recommendations={"en": ["Count again."], "zh": ["重新统计。"]},
)


def finished(notebook: str, lang: str, folder: Path, **parameters: object) -> Entry:
    """A run as the batch leaves it, without the executed copy."""
    source = PROJECT / "notebooks" / f"{notebook}.ipynb"
    values = {name: parameter.default for name, parameter in read_parameters(source).items()}
    values |= {"lang": lang, "formats": ["png", "svg"], "out_dir": str(folder)} | parameters
    names: dict[str, object] = {}
    for cell in json.loads(source.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)
            names |= values if "parameters" in cell["metadata"].get("tags", []) else {}
    record = {"notebook": notebook, "parameters": values, "code_sha256": "c0de" * 16}
    del record["parameters"]["out_dir"]
    (folder / "run.json").write_text(json.dumps(record), encoding="utf-8")
    return Entry(notebook, notebook, folder.name, folder, parameters=record["parameters"])


def all_finished(root: Path) -> list[Entry]:
    """Every notebook of NOTEBOOKS in both languages, asked for little."""
    return [finished(name, lang, root / f"{name}-{lang}", **asked) for name, asked in NOTEBOOKS.items() for lang in ("en", "zh")]
