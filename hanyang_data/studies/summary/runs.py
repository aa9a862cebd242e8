"""Finished runs side by side: what each was asked, and what it could say; and many regions, how what is estimated is spread."""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from hanyang_data.batch.collect import not_made
from hanyang_data.charts.formats import TABLE_FORMATS, check_formats, check_size
from hanyang_data.errors import HanyangError, ParameterError
from hanyang_data.files import whole
from hanyang_data.record.catalogue import check_region
from hanyang_data.record.observations import Dataset, dataset_in
from hanyang_data.statistics.small_sample import ranks
from hanyang_data.studies.frames import read_parquet, write_parquet
from hanyang_data.studies.registry import ANALYSES, label
from hanyang_data.studies.tables import headed
from hanyang_data.words.wording import LANGUAGES, NO_WORDS, Text, clauses, language, messages, year_list

SAYS = messages(__name__)
PARQUET = ".parquet"
ASKED = ("region", "indicator", "comparator", "lang", "vintage", "as_of")
SAID = [f"{part}_{lang}" for part in ("headline", "verdict") for lang in LANGUAGES]
COLUMNS = ["notebook", *ASKED, "window", "n", *SAID, "state", "missing", "folder", "question", "estimated", "estimate", "low",
           "high", "used", "data"]  # fmt: skip
OTHERS = "others"  # attribute of a frame of runs: how many of other data it leaves out
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
        table = read_parquet(root)
        if lacking := [name for name in COLUMNS if name not in table]:
            raise HanyangError(f"{root} is no table of runs (it lacks {', '.join(lacking)}): write it with hanyang runs export")
        known = [None if pd.isna(n) else int(n) for n in table["n"]]
        missing = [[int(year) for year in years] for years in table["missing"]]
        return table[COLUMNS].assign(n=pd.Series(known, dtype=object), missing=missing)
    files = [f for f in sorted(root.glob("*/*/results.json")) if not any(p.startswith(".") for p in f.relative_to(root).parts)]
    rows = [_row(file, root) for file in files if file.parts[-3] not in ("summary", "failed")]
    counts = pd.Series([row["n"] for row in rows], dtype=object)  # whole numbers beside None would turn into floats
    return pd.DataFrame(rows, columns=COLUMNS).assign(n=counts)


def write(root: Path, file: Path) -> int:
    """Write one Parquet file of all finished runs of a folder, for DuckDB, pandas and the summary; how many there are."""
    table = read(root).astype({"n": float})
    with whole(file) as part:
        write_parquet(table, part)
    return len(table)


def _row(file: Path, root: Path) -> dict[str, object]:
    try:
        content = json.loads(file.read_text(encoding="utf-8"))
        asked, said = content["scope"], {lang: content["answer"][lang] for lang in LANGUAGES}
        numbers, name, data = content["numbers"], str(content["notebook"]), str(content["data_sha256"])
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise HanyangError(f"{file} is no results.json of a run ({type(error).__name__}: {error}): run it again") from None
    found = list(_dicts(numbers))
    n = max((d["n"] for d in found if isinstance(d.get("n"), int)), default=None)
    question = [name, {**asked, "lang": ""}, numbers]
    row: dict[str, object] = {
        "notebook": name,
        "window": f"{asked['start_year']}–{asked['end_year']}" if {"start_year", "end_year"} <= asked.keys() else "",
        "n": n,
        "state": _state(found, n),
        "missing": _missing(asked, numbers, found),
        "folder": str(file.parent.relative_to(root)),
        "data": data,
        "question": hashlib.sha256(json.dumps(question, sort_keys=True).encode()).hexdigest()[:12],
    }
    for lang, texts in said.items():
        row[f"headline_{lang}"], row[f"verdict_{lang}"] = ([str(text) for text in texts] + ["", ""])[:2]
    return row | {key: str(asked.get(key, "")) for key in ASKED} | _estimate(name, numbers)


def _missing(asked: Mapping[str, Any], numbers: Any, found: list[dict[str, Any]]) -> list[int]:
    """The years of the window without growth, where the run lists those that have it; else what it says is missing in between."""
    stretches = list(_dicts(numbers.get("growth"))) if isinstance(numbers, dict) else []
    known = {year for d in stretches for year in d.get("years") or [] if isinstance(year, int)}
    window = range(asked.get("start_year", 0), asked.get("end_year", -1) + 1)
    if known and window:
        return [year for year in window if year not in known]
    return sorted({y for d in found for y in d.get("missing") or [] if isinstance(y, int)})


def _estimate(notebook: str, numbers: Any) -> dict[str, object]:
    """What a run estimates of its region, of its longest stretch of years; empty where it estimates nothing."""
    for kind, (where, name) in ESTIMATES.get(notebook, {}).items():
        held = numbers.get(where) if isinstance(numbers, dict) else None
        made = [d[name] for d in _dicts(held) if isinstance(d.get(name), dict) and d[name].get("low") is not None]
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


# what a run could say, from most to least
STATES = SAYS.each("states")
KINDS = SAYS.each("kinds")  # what a run estimates of its region
HEADS, READINGS, LOST_COUNTS = SAYS.each("heads"), SAYS.each("readings"), SAYS.each("lost_counts")
LOST_HEADS = {"notebook": HEADS["notebook"]} | SAYS.each("lost_heads")
CELL = ["notebook", "indicator", "estimated"]
HIDDEN = ["question", "estimated", "estimate", "low", "high", "used"]  # columns that the table of the runs leaves to the ranks
QUANTILES = {"lowest_twentieth": 0.05, "lowest_quarter": 0.25, "median": 0.5, "highest_quarter": 0.75, "highest_twentieth": 0.95}
WORDED: dict[str, Callable[[Any], Text]] = {  # columns that are said in words
    "notebook": label,
    "lang": lambda code: SAYS["language_names", code],
    "vintage": lambda reading: READINGS.get(reading, Text(reading, reading)),
    "state": STATES.__getitem__,
    "estimated": KINDS.__getitem__,
    "missing": year_list,
}
GROWTH = ("growth", "level")  # which are in percent a year; the others are differences


@dataclass(frozen=True)
class RunsFolder:
    """The question of the summary: which folder of runs, in which language; an error where there is no such folder or region."""

    runs_dir: str  # folder that holds <notebook>/<run>/results.json, or the Parquet file that was made of one
    lang: str = "en"
    data_dir: str | Dataset = ""  # of another snapshot: the one whose runs are looked at
    runs: tuple[str, ...] = ()  # looked at, such as trend/hanyang-gdp-…; empty for all of the folder
    ranks_of: str = ""  # the region whose ranks are shown, by id or name; empty for the highest and the lowest
    dataset: Dataset = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "dataset", dataset_in(self.data_dir))
        language(self.lang)
        if self.ranks_of:
            object.__setattr__(self, "ranks_of", check_region(self.ranks_of, self.dataset))
        place = Path(self.runs_dir)
        if not place.is_dir() and not (place.is_file() and place.suffix == PARQUET):
            raise ParameterError(
                f"runs_dir {self.runs_dir} is no folder: name the one that hanyang run wrote, such as build/runs"
            )

    @property
    def folder(self) -> Path:
        """Where the runs are, or the file that was made of them."""
        place = Path(self.runs_dir)
        return place if place.is_dir() else place.parent

    @classmethod
    def check(cls, parameters: Mapping[str, Any]) -> None:
        """Check the parameters of a run of the summary; an empty ``runs_dir`` is the folder that the run writes to."""
        ranks_of = parameters.get("ranks_of", "")
        cls(parameters["runs_dir"] or ".", parameters["lang"], parameters.get("data_dir", ""), ranks_of=ranks_of)
        check_formats(parameters["formats"], TABLE_FORMATS)
        check_size(parameters["size"])

    def looks_at(self, run: str) -> bool:
        """Whether a run, such as ``trend/hanyang-gdp-…``, is one of those asked for."""
        return not self.runs or run in self.runs


def gather(folder: RunsFolder) -> pd.DataFrame:
    """One row per finished run of this data in the folder, the summary's own left out; its attrs count those of ``others``.

    A frame with ``notebook, region, indicator, comparator, lang, vintage, as_of`` (as in results.json), ``window`` (the years
    asked for), ``n`` (the most observations of any one statistic or list of the run, fewer than its years with a figure where
    a break parts these; None where none counts any), ``headline`` and ``verdict`` (in the language of the folder, whichever
    the run was made in), ``state`` (key of STATES), ``missing`` (years of the window without growth; of a run that lists none,
    those missing inside what it analysed), ``folder``, ``question`` (the same for runs that differ in language, size or
    formats alone); and what the run estimates of its region: ``estimated`` (key of KINDS), ``estimate, low, high`` and from
    how many observations, ``used``.
    """
    found = read(Path(folder.runs_dir)).rename(columns=lambda name: name.removesuffix(f"_{folder.lang}"))
    asked = found[found["folder"].map(folder.looks_at).astype(bool)]
    ours = asked[asked["data"] == folder.dataset.digest].drop(columns=["data", *(name for name in SAID if name in found)])
    ours.attrs = {OTHERS: len(asked) - len(ours)}
    return ours.reset_index(drop=True)


def lost(folder: RunsFolder) -> pd.DataFrame:
    """What the last sweep into the folder could not make: ``notebook, slug, status, reason``; no row where there was no sweep."""
    rows = [row for row in not_made(folder.folder) if folder.looks_at(f"{row['notebook']}/{row['slug']}")]
    said = [{**row, "reason": row["reason_zh"] if folder.lang == "zh" else row["reason"]} for row in rows]
    return pd.DataFrame(said, columns=list(LOST_HEADS))


def lost_table(folder: RunsFolder, unmade: pd.DataFrame) -> pd.DataFrame:
    """The same for a reader; what a program says itself stays in its words."""
    named = unmade.assign(notebook=unmade["notebook"].map(label), status=[SAYS["lost_states", s] for s in unmade["status"]])
    return headed(folder, named, LOST_HEADS)


def lost_sentence(unmade: pd.DataFrame) -> Text:
    """How many runs of the last sweep failed or had no data; empty if none."""
    counts = unmade["status"].value_counts()
    parts = [LOST_COUNTS[status].format(k=int(counts[status])) for status in LOST_COUNTS if status in counts]
    return SAYS.lost.format(counts=clauses(parts)) if parts else NO_WORDS


def answer(runs: pd.DataFrame, unmade: Text = NO_WORDS) -> tuple[Text, ...]:
    """How many questions the runs answered and what could be said of them, which runs are not among them, the longest stretch."""
    others = [SAYS.others.format(k=k)] if (k := runs.attrs.get(OTHERS, 0)) else []
    if runs.empty:
        return (SAYS.none_of_these if others else SAYS.none, *others, unmade)
    counts = runs.drop_duplicates("question")["state"].value_counts()  # one asked in two languages is one
    n, tested = int(counts.sum()), int(counts.get("inference", 0))
    states = [SAYS.count.format(k=int(counts[s]), state=STATES[s]) for s in STATES if s != "inference" and s in counts]
    kind = "none" if not tested else "all" if tested == n else "some"
    title = (SAYS.one_tested if tested else SAYS.one_untested) if n == 1 else SAYS["counted", kind].format(n=n, k=tested)
    most = [SAYS.most.format(n=int(runs["n"].dropna().max()))] if runs["n"].notna().any() else []
    rest = [SAYS.rest.format(counts=clauses(states))] if states and n > 1 else []
    return (title, *rest, *others, unmade, *most)


def own(folder: RunsFolder, runs: pd.DataFrame) -> pd.DataFrame:
    """A row a question: of runs that differ in language, size or formats alone the first in the language of the folder."""
    others = runs["lang"].ne(folder.lang).sort_values(kind="stable").index
    return runs.loc[sorted(runs.loc[others, "question"].drop_duplicates().index)]


def table(folder: RunsFolder, frame: pd.DataFrame) -> pd.DataFrame:
    """Runs, ranks or how they are spread for a reader: words in the language of the folder, what was estimated to two places."""
    frame = frame.drop(columns=HIDDEN if "question" in frame else [])
    told = {key: [say(cell) for cell in frame[key]] for key, say in WORDED.items() if key in frame}
    return headed(folder, frame.round(2).assign(**told), HEADS)


def ranked(runs: pd.DataFrame) -> pd.DataFrame:
    """One row for each notebook, indicator and region that has an estimate, the highest first, with its rank among them.

    Of several runs of one region the one with the most observations counts; where some regions have an estimate of one kind
    and some of another, such as of growth and of the level, the kind that more of them have.

    ``notebook, indicator, estimated, region, estimate, low, high, regions`` (how many), ``rank, rank_low, rank_high``.
    """
    best = runs[runs["estimate"].notna()].sort_values("used", ascending=False, kind="stable")
    best = best.drop_duplicates([*CELL, "region"])
    counted = best.assign(regions=best.groupby(CELL)["region"].transform("size"))
    best = counted.sort_values("regions", ascending=False, kind="stable")
    best = best[best["estimated"].eq(best.groupby(CELL[:2])["estimated"].transform("first"))]
    columns, parts = [*CELL, "region", "estimate", "low", "high", "regions", "rank", "rank_low", "rank_high"], []
    for _, cell in best.astype(dict.fromkeys(["estimate", "low", "high"], float)).groupby(CELL, sort=False):
        found = ranks(cell["estimate"], cell["low"], cell["high"])
        parts.append(cell.assign(**{name: found[name].to_numpy() for name in found}).sort_values("rank", kind="stable"))
    return pd.concat(parts)[columns].reset_index(drop=True) if parts else pd.DataFrame(columns=columns)


def spread(ranks_: pd.DataFrame) -> pd.DataFrame:
    """One row a notebook and indicator: the number of regions and the quantiles of what was estimated of them."""
    rows = [
        dict(zip(CELL, key, strict=True))
        | {"regions": len(cell)}
        | {name: float(cell["estimate"].quantile(share)) for name, share in QUANTILES.items()}
        for key, cell in ranks_.groupby(CELL, sort=False)
    ]
    return pd.DataFrame(rows, columns=[*CELL, "regions", *QUANTILES])


def several(frame: pd.DataFrame) -> pd.DataFrame:
    """The rows of ranks or of how they are spread that are worth a table: of one region alone there is no rank."""
    return frame[frame["regions"] > 1].reset_index(drop=True)


def foremost(ranks_: pd.DataFrame, order: Sequence[str]) -> pd.DataFrame:
    """The rows of the notebook with estimates of the most regions: the indicators with the most of them first, then in order."""
    counts = ranks_.groupby(["notebook", "indicator"], sort=False)["regions"].first()
    most = counts.groupby("notebook").max()
    name = max(most.index, key=lambda notebook: (most[notebook], -[*ANALYSES, notebook].index(notebook)))
    ours = ranks_[ranks_["notebook"] == name]
    place = [[*order, indicator].index(indicator) for indicator in ours["indicator"]]
    return ours.assign(place=place).sort_values(["regions", "place", "rank"], ascending=[False, True, True], kind="stable")
