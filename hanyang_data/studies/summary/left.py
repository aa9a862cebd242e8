"""What finished runs left, one row a run: from the results.json of each, or from the one Parquet file that was made of them."""

import hashlib
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from hanyang_data.errors import HanyangError
from hanyang_data.files import whole
from hanyang_data.studies.frames import read_parquet, write_parquet
from hanyang_data.words.wording import LANGUAGES

NOTEBOOK = "summary"
RESULTS = "results.json"
PARQUET = ".parquet"
ASKED = ("region", "indicator", "comparator", "lang", "vintage")
SAID = [f"{part}_{lang}" for part in ("headline", "verdict") for lang in LANGUAGES]
COLUMNS = ["notebook", *ASKED, "n", *SAID, "state", "missing", "folder", "question", "estimated", "estimate", "low", "high",
           "used"]  # fmt: skip
# what the runs of a notebook estimate of a region, the first that one has: where it stands among their numbers
ESTIMATES = {
    "trend": {"growth": ("growth", "mean_log_growth"), "level": ("level", "mean_log_growth")},
    "growth_gap": {"gap": ("gap", "mean")},
    "target_shortfall": {"shortfall": ("original", "mean_error")},
}


def read(root: Path) -> pd.DataFrame:
    """One row a finished run of a folder, or of a file that :func:`write` made; the summary's own runs are left out.

    A HanyangError names a results.json that is none, or a Parquet file of other making.
    """
    if root.is_file():
        return _from_parquet(root)
    files = [f for f in sorted(root.glob(f"*/*/{RESULTS}")) if not any(p.startswith(".") for p in f.relative_to(root).parts)]
    rows = [_row(file, root) for file in files if file.parts[-3] not in (NOTEBOOK, "failed")]
    counts = pd.Series([row["n"] for row in rows], dtype=object)  # whole numbers beside None would turn into floats
    return pd.DataFrame(rows, columns=COLUMNS).assign(n=counts)


def write(root: Path, file: Path) -> int:
    """Write one Parquet file of all finished runs of a folder, for DuckDB, pandas and the summary; how many there are."""
    table = read(root).astype({"n": float})
    with whole(file) as part:
        write_parquet(table, part)
    return len(table)


def _from_parquet(file: Path) -> pd.DataFrame:
    table = read_parquet(file)
    if lacking := [name for name in COLUMNS if name not in table]:
        raise HanyangError(f"{file} is no table of runs (it lacks {', '.join(lacking)}): write it with hanyang runs export")
    counts = [None if pd.isna(n) else int(n) for n in table["n"]]
    missing = [[int(year) for year in years] for years in table["missing"]]
    return table[COLUMNS].assign(n=pd.Series(counts, dtype=object), missing=missing)


def _row(file: Path, root: Path) -> dict[str, object]:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        asked, said = content["scope"], {lang: content["answer"][lang] for lang in LANGUAGES}
        numbers, name = content["numbers"], str(content["notebook"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise HanyangError(f"{file} is no results.json of a run ({type(error).__name__}: {error}): run it again") from None
    found = list(_dicts(numbers))
    n = max((d["n"] for d in found if isinstance(d.get("n"), int)), default=None)
    question = [name, {**asked, "lang": ""}, numbers]
    row: dict[str, object] = {
        "notebook": name,
        "n": n,
        "state": _state(found, n),
        "missing": sorted({y for d in found for y in d.get("missing") or [] if isinstance(y, int)}),
        "folder": str(file.parent.relative_to(root)),
        "question": hashlib.sha256(json.dumps(question, sort_keys=True).encode()).hexdigest()[:12],
    }
    for lang, texts in said.items():
        row[f"headline_{lang}"], row[f"verdict_{lang}"] = ([str(text) for text in texts] + ["", ""])[:2]
    return row | {key: str(asked.get(key, "")) for key in ASKED} | _estimate(name, numbers)


def _estimate(notebook: str, numbers: Any) -> dict[str, object]:
    """What a run estimates of its region, of its longest stretch of years; empty where it estimates nothing."""
    for kind, (where, field) in ESTIMATES.get(notebook, {}).items():
        held = numbers.get(where) if isinstance(numbers, dict) else None
        made = [d[field] for d in _dicts(held) if isinstance(d.get(field), dict) and d[field].get("low") is not None]
        if made:
            best = max(made, key=lambda one: one["n"])
            return {"estimated": kind, "estimate": best["value"], "low": best["low"], "high": best["high"], "used": best["n"]}
    return {"estimated": "", "estimate": None, "low": None, "high": None, "used": None}


def _state(found: list[dict[str, Any]], n: int | None) -> str:
    """Whether anything was estimated with an interval or tested, or figures were listed only; or no series was analysed."""
    if n is None:
        return "described"
    # of n observations: what printed figures imply for another year has a method and an interval too, and is no inference
    estimates = [d for d in found if {"n", "method"} <= set(d)]
    inferred = any(d.get("p_value") is not None or d.get("low") is not None for d in estimates)
    return "inference" if inferred else "listed" if n else "nothing"


def _dicts(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a JSON value, at any depth."""
    if isinstance(value, dict):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _dicts(item)
