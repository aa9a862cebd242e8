"""From a question to what is said of targets: both readings of the outturn, the ladder of regions, the path to a plan's level."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import pandas as pd

from hanyang_data.record import series, target_series
from hanyang_data.record.frames import stated_rows, target_objects, window
from hanyang_data.record.targets import Target
from hanyang_data.statistics import plan
from hanyang_data.statistics.plan import Required
from hanyang_data.statistics.shortfall import READINGS, ShortfallResult
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.target_shortfall.judged import judge


@dataclass(frozen=True, eq=False)
class Vintages:
    """The first estimate and the latest outturn of each year, both against the original target.

    Args:
        first: frame of first readings.
        latest: frame of latest readings.
        by_first: the first readings judged.
        by_latest: the latest readings judged.
        later: years whose latest reading is not the first one, in value or vintage.
        flips: reading of "about" → years judged on both readings whose verdict differs.
    """

    first: pd.DataFrame
    latest: pd.DataFrame
    by_first: ShortfallResult
    by_latest: ShortfallResult
    later: list[int]
    flips: dict[str, list[int]]

    def both(self) -> pd.Index:
        """The years that can be judged on either reading."""
        return pd.Index(sorted(self.by_first.judged.keys() & self.by_latest.judged.keys()))


@dataclass(frozen=True, eq=False)
class Ladder:
    """Several regions on the same indicator: who set the bar higher, who missed it by more.

    Args:
        names: the regions, the one studied first.
        outturns: region → frame of outturns, in the reading of the scope, as everywhere in the notebook.
        targets: region → frame of original targets.
        results: region → outturns judged.
        table: indexed by the years in which two or more regions have a number for the target: ``bar_<region>``,
            ``error_<region>`` (pp for growth, % of the target for levels), ``highest`` and
            ``missed_most``: region ids joined by a blank where they are level, empty where fewer than two have the number or
            (``missed_most``) where none missed. ``short_<region>`` is how far the target was missed: 0 where it was met, also
            by a bound; missing where that cannot be said.
    """

    names: tuple[str, ...]
    outturns: dict[str, pd.DataFrame]
    targets: dict[str, pd.DataFrame]
    results: dict[str, ShortfallResult]
    table: pd.DataFrame


@dataclass(frozen=True, eq=False)
class PlanPath:
    """A level set for the end of a five-year plan, and what it needs from each level on record.

    Args:
        targets: rows of the plan target that is taken; empty where none has a number.
        target: the same as an object; None where there is none.
        end_year: its year; 0 where there is none.
        deflator_pct: rise of prices assumed for real growth, percent a year.
        levels: every level stated in the plan period on its basis, all vintages.
        needed: one Required per row of ``levels``; None where no year is left.
        average_pct: nominal growth a year from the latest level of the base year to each row; None without one.
        result: the verdict, where an outturn of the end year is on record; else it is not evaluable.
    """

    targets: pd.DataFrame
    target: Target | None
    end_year: int
    deflator_pct: float
    levels: pd.DataFrame
    needed: list[Required | None]
    average_pct: list[float | None]
    result: ShortfallResult

    @property
    def number(self) -> float:
        """The level aimed at."""
        assert self.target is not None
        return next(end for end in (self.target.low, self.target.high) if end is not None)

    @property
    def from_latest(self) -> int | None:
        """Position of the latest level that leaves a year to grow, the last reading of the last year."""
        open_rows = [place for place, item in enumerate(self.needed) if item is not None]
        return open_rows[-1] if open_rows else None


def vintages_of(scope: Scope, measure: str = "growth", indicator: str = "") -> Vintages:
    """Judge the first and the latest reading of each year against the original targets, and say where that differs."""
    targets = target_objects(scope.targets("original", measure, indicator=indicator), ceiling=scope.lower_is_better(indicator))
    frames = [scope.outturns(measure, indicator=indicator, vintage=v) for v in ("first", "latest")]
    first, latest = (judge(frame, targets) for frame in frames)
    common = sorted(first.judged.keys() & latest.judged.keys())
    columns = {name: f"verdict_{name}" for name in READINGS}
    flips = {
        name: [y for y in common if first.table.loc[y, column] != latest.table.loc[y, column]] for name, column in columns.items()
    }
    return Vintages(frames[0], frames[1], first, latest, _later(frames[0], frames[1]), flips)


def target_ladder(scope: Scope, regions: Sequence[str], measure: str = "growth") -> Ladder:
    """Set the targets and outturns of the scope's region beside those of others, year by year.

    The bar of a target is the number that has to be reached: the lower end of a range, the upper one of a ceiling. Of an
    indicator of which less is better the lower bar is the higher one. Each region is judged on the reading of the scope, as
    in the rest of the notebook.

    Raises:
        UnknownIdError: for an unknown region.
    """
    names = tuple(dict.fromkeys((scope.region, *regions)))
    outturns = {name: scope.outturns(measure, region=name) for name in names}
    targets = {name: scope.targets("original", measure, region=name) for name in names}
    ceiling = scope.lower_is_better()
    objects = {name: target_objects(frame, ceiling=ceiling) for name, frame in targets.items()}
    results = {name: judge(outturns[name], objects[name]) for name in names}
    bars = pd.DataFrame({name: pd.Series(_bars(aims), dtype=float) for name, aims in objects.items()})
    errors = pd.DataFrame({name: _errors(result) for name, result in results.items()}).reindex(bars.index)
    several = bars.notna().sum(axis="columns") >= 2
    table = _compared(bars[several], errors[several], -1 if ceiling else 1)
    for name, result in results.items():
        short = {y: 0.0 if found == "met" else -errors.at[y, name] for y, found in result.judged.items() if y in table.index}
        table[f"short_{name}"] = pd.Series(short, dtype=float)
    return Ladder(names, outturns, targets, results, table)


def required_path(scope: Scope, deflator_pct: float) -> PlanPath:
    """What the level set for the end of the latest five-year plan needs from each level on record in its period.

    The target is that of the scope's region and indicator, whatever the window; a level before a break within the period stands
    on another basis and is left out.

    Raises:
        ParameterError: for a deflator that is none.
    """
    plan.check_deflator(deflator_pct)
    of: dict[str, Any] = {"as_of": scope.as_of, "dataset": scope.dataset}
    rows = target_series.targets_set(scope.indicator, scope.region, vintage="plan", measure="level", **of)
    rows = rows[rows["value"].notna()].tail(1)
    aims = target_objects(rows, ceiling=scope.lower_is_better())
    levels = series.outturns(scope.indicator, scope.region, "level", vintage="all", **of)
    end = int(rows.index[0]) if len(rows) else 0
    outturn = series.outturns(scope.indicator, scope.region, "level", vintage=scope.vintage, **of)
    result = judge(outturn[outturn.index == end], aims)
    if not end:
        return PlanPath(rows, None, 0, deflator_pct, levels.iloc[:0], [], [], result)
    start = plan.base_year(end)
    levels = _in_period(scope, levels, start, end)
    path = PlanPath(rows, aims[end], end, deflator_pct, levels, [], [], result)
    path.needed.extend(_needed(path))
    path.average_pct.extend(_averages(levels, start))
    return path


def _in_period(scope: Scope, levels: pd.DataFrame, start: int, end: int) -> pd.DataFrame:
    """The readings from the base year on that state a level on its latest basis; of secondary pages those that speak alone."""
    parted = [year for year in levels.attrs["breaks"] if start < year <= end]
    levels = stated_rows(window(levels, max([start, *parted]), end))
    levels = levels.reset_index().drop_duplicates(["year", "value", "vintage"]).set_index("year")
    secondary = levels["flag"].str.contains("secondary")
    return levels[~levels.index.duplicated(keep=False) | ~secondary]


def _needed(path: PlanPath) -> list[Required | None]:
    return [
        plan.required(
            level=float(value), year=int(year), target=path.number, end_year=path.end_year, deflator_pct=path.deflator_pct
        )
        for year, value in zip(path.levels.index, path.levels["value"], strict=True)
    ]


def _averages(levels: pd.DataFrame, start: int) -> list[float | None]:
    base = levels.loc[[start], "value"].iloc[-1] if start in levels.index else None
    return [
        None if base is None else plan.average_growth(first=float(base), last=float(value), years=int(year) - start)
        for year, value in zip(levels.index, levels["value"], strict=True)
    ]


def _later(first: pd.DataFrame, latest: pd.DataFrame) -> list[int]:
    sides = ["value", "qualifier", "vintage"]
    one, other = (frame[sides].astype(object).fillna("") for frame in (first, latest))  # no number equals no number
    differ = (one.to_numpy() != other.to_numpy()).any(axis=1)
    return [int(year) for year in first.index[differ]]


def _errors(result: ShortfallResult) -> pd.Series:
    return result.table["error_pp"].fillna(result.table["error_pct"])


def _bars(aims: Mapping[int, Target]) -> dict[int, float]:
    """The number to be reached: of a ceiling the upper end."""
    ends = {year: (aim.high, aim.low) if aim.ceiling else (aim.low, aim.high) for year, aim in aims.items()}
    return {year: bar for year, pair in ends.items() if (bar := next((e for e in pair if e is not None), None)) is not None}


def _compared(bars: pd.DataFrame, errors: pd.DataFrame, sign: int) -> pd.DataFrame:
    highest = [_leaders(row * sign) for _, row in bars.iterrows()]
    most = [_leaders(-row, above=0.0) for _, row in errors.iterrows()]
    return bars.add_prefix("bar_").join(errors.add_prefix("error_")).assign(highest=highest, missed_most=most)


def _leaders(row: pd.Series, above: float = float("-inf")) -> str:
    """The columns with the largest number of a row, if two or more have one and it lies above a bound."""
    known = row.dropna().round(6)
    if len(known) < 2 or not known.max() > above:
        return ""
    return " ".join(str(name) for name in known.index[known == known.max()])
