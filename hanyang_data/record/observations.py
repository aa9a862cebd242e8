"""Read a snapshot folder, check it against the contract of its files, and keep what was answered about it.

A snapshot is a folder with ``observations.csv``, ``sources.csv``, ``indicators.csv``, ``regions.csv`` and ``breaks.csv``, and
where there is cause ``corrections.yaml``, ``discrepancies.csv`` and ``rejects.csv``. Everything is read as text first, so that a
fault can be named with the file, row and column in which it stands. Lines that start with # are comments. A snapshot does not
change, and a notebook asks for the same series many times: answers are kept with it.
"""

import re
from collections.abc import Callable
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cache, lru_cache, wraps
from inspect import signature
from pathlib import Path
from types import MappingProxyType
from typing import Any, Concatenate, ParamSpec, TypeVar, cast

import numpy as np
import pandas as pd

from hanyang_data.errors import SnapshotError
from hanyang_data.record import contract
from hanyang_data.record.contract import SNAPSHOT, snapshot_digest, stamps
from hanyang_data.record.corrections import apply_corrections, read_corrections
from hanyang_data.record.snapshot_files import Oddity, odd_text, read_tables
from hanyang_data.record.tokens import against_tokens
from hanyang_data.record.vintages import known_from, latest_day

P = ParamSpec("P")
T = TypeVar("T")


@dataclass(frozen=True, eq=False)
class Dataset:
    """A validated snapshot.

    ``observations`` has the columns of the contract with ``year`` as integer, ``value`` and ``value_high`` as float (NaN where
    the wording has no number), plus ``published_on`` of the source, ``known_from``, the first day on which the figure is
    certain to have been public (the last day of a month or year that is printed without a day), and ``correction``, what
    ``corrections.yaml`` did to it. ``printed`` are the same rows as they were printed, with those that were dropped; both and
    ``breaks``, which have ``known_from`` too, are indexed by the row of their file. ``corrections`` lists what was changed,
    before and after; ``rejects`` the figures that were found and not taken in; ``discrepancies`` the identities that are known
    not to hold (see :mod:`hanyang_data.record.identities`); ``oddities`` what the files write differently from the contract and
    was understood all the same, which ``hanyang audit --fix`` writes clean.
    """

    path: Path
    observations: pd.DataFrame
    printed: pd.DataFrame
    sources: pd.DataFrame
    indicators: pd.DataFrame
    regions: pd.DataFrame
    breaks: pd.DataFrame
    corrections: pd.DataFrame
    rejects: pd.DataFrame
    discrepancies: pd.DataFrame
    # (region, indicator, measure, concept, period) → the rows of a series: comparing a whole column of 60,000 costs more
    places: dict[tuple[str, ...], Any] = field(repr=False)
    broken: dict[tuple[str, ...], Any] = field(repr=False)  # (region, indicator) → the rows of its breaks
    digest: str
    oddities: tuple[Oddity, ...] = ()
    answers: dict[tuple[Any, ...], Any] = field(init=False, repr=False, default_factory=dict)  # of :func:`kept`

    def __getstate__(self) -> dict[str, Any]:
        return self.__dict__ | {"answers": {}}  # which can be asked again

    def series(self, region: str, indicator: str, measure: str, concept: str, period: str = "annual") -> pd.DataFrame:
        """The observations of one series, in the order of the file; none where nothing was printed."""
        return self.observations.take(self.places.get((region, indicator, measure, concept, period), []))


def open_dataset(path: str | Path) -> Dataset:
    """Read and validate the snapshot in the folder ``path``.

    Returns:
        The frames of the snapshot; ``sources``, ``indicators`` and ``regions`` are indexed by their id.

    Raises:
        SnapshotError: naming file, row and column of what does not fit, what was found and what was expected.

    Example:
        >>> from hanyang_data.record.contract import SNAPSHOT
        >>> open_dataset(SNAPSHOT).regions.loc["hanyang", "name_zh"]
        '汉阳区'
    """
    folder = Path(path)
    frames, oddities = read_tables(folder)
    oddities += odd_text(folder / contract.CORRECTIONS)
    entries = read_corrections(folder / contract.CORRECTIONS)
    faults = [fault for name, frame in frames.items() for fault in _faults(name, frame)]
    faults = faults or _crossing_faults(frames) or _to_come(frames["sources.csv"], folder)
    if faults:
        more = f" (and {len(faults) - 1} more: {'; '.join(faults[1:5])})" if len(faults) > 1 else ""
        raise SnapshotError(f"{faults[0]}{more}")
    sources = frames["sources.csv"].set_index("source_id")
    sources["known_from"] = known_from(sources["published_on"])
    dated = frames["breaks.csv"].join(sources["known_from"], on="source_id")
    obs = frames["observations.csv"]
    numbers = {column: pd.to_numeric(obs[column]).astype("float64") for column in ("value", "value_high")}
    printed = (
        obs.assign(year=obs["year"].astype("int64"), **numbers)
        .join(sources[["published_on", "known_from"]], on="source_id")
        .rename_axis("row")
    )
    observations, corrections = apply_corrections(printed, entries)
    return Dataset(
        path=folder, observations=observations, printed=printed, sources=sources, corrections=corrections,
        indicators=frames["indicators.csv"].set_index("id"), regions=frames["regions.csv"].set_index("id"),
        breaks=dated.astype({"first_year": "int64"}).rename_axis("row"), rejects=frames["rejects.csv"].reset_index(drop=True),
        discrepancies=frames["discrepancies.csv"].astype({"year": "int64"}).reset_index(drop=True),
        places=observations.groupby(["region", "indicator", "measure", "concept", "period"], sort=False).indices,
        broken=dated.groupby(["region", "indicator"], sort=False).indices,
        digest=snapshot_digest(folder), oddities=tuple(oddities),
    )  # fmt: skip


@cache
def default_dataset() -> Dataset:
    """The snapshot that comes with the package, read once."""
    return open_dataset(SNAPSHOT)


def dataset_in(folder: str | Path | Dataset = "") -> Dataset:
    """The dataset of a folder, read once while its files stay the same, or itself; that of the package where none is named.

    >>> dataset_in(SNAPSHOT) is dataset_in(SNAPSHOT)
    True
    """
    if isinstance(folder, Dataset):
        return folder
    return _read(Path(folder).absolute(), folder, stamps(Path(folder))) if folder else default_dataset()


@lru_cache(4)
def _read(_: Path, folder: str | Path, __: tuple[object, ...]) -> Dataset:
    """The dataset as its user names it, told apart by where that is and by what stands there."""
    return open_dataset(folder)


def _cells(name: str, frame: pd.DataFrame, bad: pd.Series | np.ndarray, column: str, expected: str) -> list[str]:
    """One sentence for each bad cell; rows are counted as a spreadsheet counts them, the header and comments included."""
    return [
        f"{name}, row {row}, column {column}: found {frame.at[row, column]!r}, expected {expected}"
        for row in frame.index[np.asarray(bad, dtype=bool)]
    ]


def _faults(name: str, frame: pd.DataFrame) -> list[str]:
    """What can be said of one file by itself."""
    faults: list[str] = []
    for column, words in contract.VOCABULARY.get(name, {}).items():
        faults += _cells(name, frame, ~frame[column].isin(words), column, f"one of {', '.join(words)}")
    for column, (pattern, expected) in contract.PATTERNS.get(name, {}).items():
        codes, words = pd.factorize(frame[column].to_numpy(dtype=object))  # each word once: of long columns few differ
        sound = np.array([re.fullmatch(pattern, word) is not None for word in words], dtype=bool)
        faults += _cells(name, frame, ~sound[codes], column, expected)
    if key := contract.KEYS[name]:
        faults += _cells(name, frame, frame.duplicated(key), key[-1], f"no second row with the same {', '.join(key)}")
    return faults


def _crossing_faults(frames: dict[str, pd.DataFrame]) -> list[str]:
    """What shows only across columns and files, once each cell by itself is sound."""
    obs, sources = frames["observations.csv"], frames["sources.csv"]
    faults = part_of_faults(frames["regions.csv"])
    faults += _cells("sources.csv", sources, known_from(sources["published_on"]).isna(), "published_on", "a real date")
    happened = obs[obs["concept"] == "outturn"].groupby("source_id")["year"].max()  # the latest year that each text reports on
    early = sources["published_on"].str[:4] < sources["source_id"].map(happened)
    begun = "a day not before the latest year whose outturn observations.csv takes from this text"
    faults += _cells("sources.csv", sources, early, "published_on", begun)
    for name, columns in contract.REFERENCES.items():
        for column, file in columns.items():
            known = frames[name][column].isin(frames[file][contract.KEYS[file][0]])
            faults += _cells(name, frames[name], ~known, column, f"an id listed in {file}")
    value, high = pd.to_numeric(obs["value"]), pd.to_numeric(obs["value_high"])
    numeric = obs["qualifier"].isin(contract.NUMERIC_QUALIFIERS)
    nature = frames["indicators.csv"].drop_duplicates("id").set_index("id")
    level_unit, growth_basis = (obs["indicator"].map(nature[column]) for column in ("level_unit", "growth_basis"))
    growth = obs["measure"] == "growth"
    outturns, targets = contract.OUTTURN_VINTAGES, contract.TARGET_VINTAGES
    own_vintage = obs["vintage"].isin(outturns).where(obs["concept"] == "outturn", obs["vintage"].isin(targets))
    spans = {word: word.split("_") for word in obs["period"].unique() if re.search(r"_[0-9]{4}$", word)}
    span_end = obs["period"].map({word: last for word, (_, last) in spans.items()})
    backward = [word for word, (first, last) in spans.items() if first >= last]
    rules = [
        (numeric & value.isna(), "value", "a number, because the qualifier says there is one"),
        (~numeric & value.notna(), "value", "nothing, because the qualifier says there is no number"),
        ((obs["qualifier"] == "range") & ~(high > value), "value_high", "a number above value, because the qualifier is range"),
        ((obs["qualifier"] != "range") & high.notna(), "value_high", "nothing, because the qualifier is not range"),
        (~own_vintage, "vintage", f"an outturn's {', '.join(outturns)} or a target's {', '.join(targets)}"),
        (growth & (obs["unit"] != "percent"), "unit", "percent, because the measure is growth"),
        (~growth & level_unit.notna() & (obs["unit"] != level_unit), "unit", "the level_unit of the indicator in indicators.csv"),
        (growth & numeric & ~value.between(*contract.GROWTH_RANGE), "value", "a growth rate between -70 and 300 percent"),
        (~growth & numeric & (value < 0), "value", "a level that is not negative"),
        (~growth & numeric & (obs["unit"] == "percent") & (value > 100), "value", "a share or rate up to 100 percent"),
        (~growth & obs["basis"].isin(["real", "nominal"]), "basis", "current_prices, comparable, count or rate for a level"),
        (growth & ~obs["basis"].eq("comparable") & growth_basis.notna() & (obs["basis"] != growth_basis), "basis",
         "comparable or the growth_basis of the indicator in indicators.csv; growth of another nature needs its own indicator"),
        (obs["period"].isin(backward), "period", "a first year before the last"),
        (span_end.notna() & (span_end != obs["year"]), "year", "the last year of the period"),
    ]  # fmt: skip
    for bad, column, expected in rules:
        faults += _cells("observations.csv", obs, bad, column, expected)
    faults += against_tokens(obs, value, high)
    figure = [c for c in contract.KEYS["observations.csv"] if c not in ("locator", "token")]
    first = obs.groupby(figure)["value"].transform("first")
    same = "the value that the same source prints elsewhere for the same figure; two readings need two vintages"
    return faults + _cells("observations.csv", obs, obs["value"] != first, "value", same)


def _to_come(sources: pd.DataFrame, folder: Path) -> list[str]:
    """Texts of a day that has not come. The package holds whatever the clock says, and one behind its newest text is wrong."""
    days = sources["published_on"]
    if folder == SNAPSHOT or not (days > latest_day()).any():
        return []
    newest = max(latest_day(), *default_dataset().sources["published_on"])
    return _cells("sources.csv", sources, days > newest, "published_on", "a day that has come")


def part_of_faults(regions: pd.DataFrame) -> list[str]:
    """One sentence for each region that is part of none that is listed, or, by however many steps, of itself.

    >>> rows = pd.DataFrame({"id": ["a", "b"], "part_of": ["b", "a"]}, index=[2, 3])
    >>> part_of_faults(rows)[0]
    "regions.csv, row 2, column part_of: found 'b', expected a region that is not itself part of a (a → b → a)"
    """
    above = dict(zip(regions["id"], regions["part_of"], strict=True))
    faults = []
    for row, own, holder in zip(regions.index, regions["id"], regions["part_of"], strict=True):
        where = f"regions.csv, row {row}, column part_of: found {holder!r}, expected"
        if holder and holder not in above:
            faults.append(f"{where} an id listed in regions.csv, or nothing")
            continue
        way = [own]  # the regions that contain it, from the inside out, up to the last or to the first that comes again
        while above.get(way[-1]) in above and way[-1] not in way[:-1]:
            way.append(above[way[-1]])
        if len(way) > 1 and way[-1] == own:
            faults.append(f"{where} a region that is not itself part of {own} ({' → '.join(way)})")
    return faults


def kept(function: Callable[Concatenate[Dataset, P], T]) -> Callable[Concatenate[Dataset, P], T]:
    """Hand out copies of what ``function(data, *arguments)`` finds :func:`once`; it must follow from the arguments alone."""

    @wraps(function)
    def ask(data: Dataset, /, *args: P.args, **kwargs: P.kwargs) -> T:
        return cast(T, _copy(once(data, (function, *args), lambda: function(data, *args, **kwargs))))

    return ask


def once(data: Dataset, key: tuple[Any, ...], find: Callable[[], T]) -> T:
    """What is found under a key is kept with the snapshot; what cannot be one is passed on, which says what is wrong with it."""
    try:
        known = key in data.answers
    except TypeError:
        return find()
    if not known:
        data.answers[key] = find()
    return cast(T, data.answers[key])


def answered(function: Callable[P, T]) -> Callable[P, T]:
    """The same for a function whose last parameter is ``dataset``, by default the snapshot of the package."""
    asks = signature(function)
    compute = kept(lambda data, *values: function(**dict(zip(asks.parameters, (*values, data), strict=True))))  # type: ignore[call-arg]

    @wraps(function)
    def ask(*args: P.args, **kwargs: P.kwargs) -> T:
        bound = asks.bind(*args, **kwargs)
        bound.apply_defaults()
        *values, dataset = bound.arguments.values()
        return compute(dataset or default_dataset(), *values)

    return ask


def _copy(answer: Any) -> Any:
    if isinstance(answer, MappingProxyType):
        return answer  # nobody can change it
    if type(answer) in (list, tuple):
        return type(answer)(map(_copy, answer))
    # pandas copies on write: what a caller changes is his own
    return answer.copy(deep=False) if isinstance(answer, pd.DataFrame) else deepcopy(answer)
