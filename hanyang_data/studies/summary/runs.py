"""Finished runs side by side: what each was asked, how many observations it had, and what it could say."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from hanyang_data.batch.collect import not_made
from hanyang_data.errors import HanyangError, ParameterError
from hanyang_data.record.kept import dataset_in
from hanyang_data.record.observations import Dataset
from hanyang_data.studies.registry import label
from hanyang_data.studies.tables import headed
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import NO_WORDS, Text, clauses, language, year_list

SAYS = messages(__name__)

NOTEBOOK = "summary"
RESULTS = "results.json"
COLUMNS = ["notebook", "region", "indicator", "comparator", "lang", "vintage",
           "n", "headline", "verdict", "state", "missing", "folder", "question"]  # fmt: skip

# what a run could say, from most to least
STATES = SAYS.each("states")
HEADS = SAYS.each("heads")
READINGS = SAYS.each("readings")
LOST_COUNTS = SAYS.each("lost_counts")
LOST_HEADS = {
    "notebook": HEADS["notebook"],
    "slug": SAYS["lost_heads.slug"],
    "status": SAYS["lost_heads.status"],
    "reason": SAYS["lost_heads.reason"],
}


@dataclass(frozen=True)
class RunsFolder:
    """The question of the summary: which folder of runs, in which language.

    Args:
        runs_dir: folder that holds ``<notebook>/<run>/results.json``.
        runs: the runs looked at, such as ``trend/hanyang-gdp-…``; empty for all of the folder.
        lang: ``en`` or ``zh``.
        data_dir: folder of another snapshot, for the names of its regions and indicators.

    Raises:
        ParameterError: if there is no such folder, or for an unknown language.
    """

    runs_dir: str
    lang: str = "en"
    data_dir: str = ""
    runs: tuple[str, ...] = ()
    dataset: Dataset = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "dataset", dataset_in(self.data_dir))
        language(self.lang)
        if not Path(self.runs_dir).is_dir():
            raise ParameterError(
                f"runs_dir {self.runs_dir} is no folder: name the one that hanyang run wrote, such as build/runs"
            )

    @classmethod
    def check(cls, parameters: Mapping[str, Any]) -> None:
        """Check the parameters of a run of the summary; an empty ``runs_dir`` is the folder that the run writes to.

        Raises:
            HanyangError: the first thing that is wrong, in one sentence.
        """
        cls(parameters["runs_dir"] or ".", parameters["lang"], parameters.get("data_dir", ""))

    def looks_at(self, run: str) -> bool:
        """Whether a run, such as ``trend/hanyang-gdp-…``, is one of those asked for."""
        return not self.runs or run in self.runs


def gather(folder: RunsFolder) -> pd.DataFrame:
    """One row per finished run of the folder, the summary's own left out; no row where nothing was run.

    Returns:
        A frame with ``notebook, region, indicator, comparator, lang, vintage`` (ids as in results.json), ``n`` (the most
        observations of any statistic or list of the run, None where none counts any), ``headline`` and ``verdict`` (in the
        language of the folder), ``state`` (key of STATES), ``missing`` (years), ``folder`` and ``question`` (the same for runs
        that differ in language, size or formats alone).

    Raises:
        HanyangError: for a results.json that is none, naming it.
    """
    root = Path(folder.runs_dir)
    files = [f for f in sorted(root.glob(f"*/*/{RESULTS}")) if not any(p.startswith(".") for p in f.relative_to(root).parts)]
    ours = [f for f in files if folder.looks_at("/".join(f.parts[-3:-1]))]
    rows = [_row(file, folder) for file in ours if file.parts[-3] not in (NOTEBOOK, "failed")]
    counts = pd.Series([row["n"] for row in rows], dtype=object)  # whole numbers beside None would turn into floats
    return pd.DataFrame(rows, columns=COLUMNS).assign(n=counts)


def lost(folder: RunsFolder) -> pd.DataFrame:
    """What the last sweep into the folder could not make: ``notebook, slug, status, reason``; no row where there was no sweep.

    Raises:
        HanyangError: for a ``sweep.json`` that is none.
    """
    rows = [row for row in not_made(Path(folder.runs_dir)) if folder.looks_at(f"{row['notebook']}/{row['slug']}")]
    return pd.DataFrame(rows, columns=list(LOST_HEADS))


def lost_table(folder: RunsFolder, unmade: pd.DataFrame) -> pd.DataFrame:
    """The same for a reader; the reason is in the words of the command."""
    lang = folder.lang
    named = unmade.assign(
        notebook=[label(n).to(lang) for n in unmade["notebook"]],
        status=[SAYS["lost_states", s].to(lang) for s in unmade["status"]],
    )
    return headed(named, LOST_HEADS, lang)


def lost_sentence(unmade: pd.DataFrame) -> Text:
    """How many runs of the last sweep failed or had no data; empty if none."""
    counts = unmade["status"].value_counts()
    parts = [LOST_COUNTS[status].format(k=int(counts[status])) for status in LOST_COUNTS if status in counts]
    return SAYS.lost.format(counts=clauses(parts)) if parts else NO_WORDS


def answer(runs: pd.DataFrame) -> tuple[Text, ...]:
    """How many questions the runs answered and what could be said of them; and the most observations any of them had."""
    if runs.empty:
        return (SAYS.none,)
    counts = questions(runs)["state"].value_counts()
    n, tested = int(counts.sum()), int(counts.get("inference", 0))
    others = [SAYS.count.format(k=int(counts[s]), state=STATES[s]) for s in STATES if s != "inference" and s in counts]
    kind = "none" if not tested else "all" if tested == n else "some"
    title = (SAYS.one_tested if tested else SAYS.one_untested) if n == 1 else SAYS["counted", kind].format(n=n, k=tested)
    most = [SAYS.most.format(n=int(runs["n"].dropna().max()))] if runs["n"].notna().any() else []
    rest = [SAYS.rest.format(counts=clauses(others))] if others and n > 1 else []
    return (title, *rest, *most)


def questions(runs: pd.DataFrame) -> pd.DataFrame:
    """One run of each question: a question asked in two languages is one."""
    return runs.drop_duplicates("question")


def table(folder: RunsFolder, runs: pd.DataFrame) -> pd.DataFrame:
    """The runs for a reader: names and words in the language of the folder."""
    lang = folder.lang
    named = runs.drop(columns="question").assign(
        notebook=[label(n).to(lang) for n in runs["notebook"]],
        region=[name_of(folder, "regions", r).to(lang) for r in runs["region"]],
        comparator=[name_of(folder, "regions", r).to(lang) for r in runs["comparator"]],
        indicator=[name_of(folder, "indicators", i).to(lang) for i in runs["indicator"]],
        lang=[SAYS["language_names", code].to(lang) for code in runs["lang"]],
        vintage=[READINGS.get(v, Text(v, v)).to(lang) for v in runs["vintage"]],
        state=[STATES[s].to(lang) for s in runs["state"]],
        missing=[year_list(years).to(lang) for years in runs["missing"]],
    )
    return headed(named, HEADS, lang)


def name_of(folder: RunsFolder, kind: str, id_: str) -> Text:
    """The name of a region or an indicator; the id itself where the snapshot does not know it."""
    known: pd.DataFrame = getattr(folder.dataset, kind)
    return Text(known.loc[id_, "name_en"], known.loc[id_, "name_zh"]) if id_ in known.index else Text(id_, id_)


def _row(file: Path, folder: RunsFolder) -> dict[str, object]:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        asked, said = content["scope"], content["answer"][folder.lang]
        numbers, name = content["numbers"], str(content["notebook"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise HanyangError(f"{file} is no results.json of a run ({type(error).__name__}: {error}): run it again") from None
    headline, *rest = [str(text) for text in said] or [""]
    found = list(_dicts(numbers))
    n = max((d["n"] for d in found if isinstance(d.get("n"), int)), default=None)
    asked_for = {key: str(asked.get(key, "")) for key in ("region", "indicator", "comparator", "lang", "vintage")}
    return asked_for | {
        "notebook": name,
        "n": n,
        "headline": headline,
        "verdict": next(iter(rest), ""),
        "state": _state(found, n),
        "missing": sorted({y for d in found for y in d.get("missing") or [] if isinstance(y, int)}),
        "folder": str(file.parent.relative_to(folder.runs_dir)),
        "question": _digest([name, {**asked, "lang": ""}, numbers]),
    }


def _digest(value: object) -> str:
    return hashlib.sha256(json.dumps(value, sort_keys=True).encode()).hexdigest()[:12]


def _state(found: list[dict[str, Any]], n: int | None) -> str:
    """Whether anything was estimated with an interval or tested, or figures were listed only; or no series was analysed."""
    if n is None:
        return "described"
    inferred = any("method" in d and (d.get("p_value") is not None or d.get("low") is not None) for d in found)
    return "inference" if inferred else "listed" if n else "nothing"


def _dicts(value: Any) -> Iterator[dict[str, Any]]:
    """Every object in a JSON value, at any depth."""
    if isinstance(value, dict):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _dicts(item)
