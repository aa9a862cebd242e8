"""From a question to what is said of targets: outturns judged, both readings, several regions, the path to a plan's level."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from hanyang_data.record import series
from hanyang_data.record.beside import target_objects, targets_set
from hanyang_data.record.frames import stated, stated_rows, states, window
from hanyang_data.record.targets import Target
from hanyang_data.statistics import interval, shortfall
from hanyang_data.statistics.shortfall import READINGS, Required, ShortfallResult
from hanyang_data.studies.scope import Scope, shared
from hanyang_data.words.wording import Text, messages, printed

SAYS = messages(__name__)


@dataclass(frozen=True)
class TargetStudy:
    """One indicator against its targets."""

    label: Text
    outturns: pd.DataFrame
    original: pd.DataFrame  # targets
    revised: pd.DataFrame  # those that the city handed down after COVID
    against_original: ShortfallResult
    against_revised: ShortfallResult

    @property
    def series(self) -> dict[str, str]:
        """Its ``indicator`` and ``measure``."""
        return {key: str(self.outturns.attrs[key]) for key in ("indicator", "measure")}

    @property
    def sets(self) -> tuple[tuple[pd.DataFrame, ShortfallResult], ...]:
        """Both sets of targets with what became of them."""
        return (self.original, self.against_original), (self.revised, self.against_revised)

    @property
    def results(self) -> dict[str, ShortfallResult]:
        """What became of both sets, by their vintage."""
        return {"original": self.against_original, "revised": self.against_revised}

    def rows_in(self, year: int) -> list[pd.DataFrame]:
        """The rows of one year: of the outturns, and of both sets."""
        return [frame[frame.index == year] for frame in (self.outturns, self.original, self.revised)]


@dataclass(frozen=True, eq=False)
class Vintages:
    """The first estimate and the latest outturn of each year, both against the original target."""

    first: pd.DataFrame
    latest: pd.DataFrame
    by_first: ShortfallResult
    by_latest: ShortfallResult
    later: list[int]  # years whose latest reading is not the first one, in value or vintage
    flips: dict[str, list[int]]  # reading of "about" → years judged on both readings whose verdict differs


@dataclass(frozen=True, eq=False)
class Ladder:
    """Several regions on the same indicator: who set the bar higher, who missed it by more.

    The table is indexed by the years in which two or more regions have a number for the target: ``bar_<region>``,
    ``error_<region>`` (pp for growth, % of the target for levels), ``highest`` and ``missed_most``: region ids joined by a blank
    where they are level, empty where fewer than two have the number or (``missed_most``) where none missed.
    ``short_<region>`` is how far the target was missed: 0 where it was met, also by a bound; missing where that cannot be said.
    """

    names: tuple[str, ...]  # the regions, the one studied first
    outturns: dict[str, pd.DataFrame]  # in the reading of the scope, as everywhere in the notebook
    targets: dict[str, pd.DataFrame]  # the original ones
    results: dict[str, ShortfallResult]
    table: pd.DataFrame


@dataclass(frozen=True, eq=False)
class PlanPath:
    """A level set for the end of a five-year plan, and what it needs from each level on record."""

    targets: pd.DataFrame  # rows of the plan target that is taken; empty where none has a number
    target: Target | None  # the same as an object
    end_year: int  # its year; 0 where there is none
    deflator_pct: float  # rise of prices assumed for real growth, percent a year
    levels: pd.DataFrame  # every level stated in the plan period on its basis, all vintages
    result: ShortfallResult  # the verdict, where an outturn of the end year is on record; else it is not evaluable

    @property
    def number(self) -> float:
        """The level aimed at."""
        assert self.target is not None
        return next(end for end in (self.target.low, self.target.high) if end is not None)

    @cached_property
    def needed(self) -> list[Required | None]:
        """What each row of the levels needs; None where no year is left."""
        to = {"end_year": self.end_year, "deflator_pct": self.deflator_pct}
        rows = self.levels["value"].items()
        return [shortfall.required(level=float(value), year=int(year), target=self.number, **to) for year, value in rows]  # type: ignore[arg-type]

    @cached_property
    def average_pct(self) -> list[float | None]:
        """Nominal growth a year from the latest level of the base year to each row; None without one."""
        start, levels = shortfall.base_year(self.end_year), self.levels["value"]
        if start not in levels.index:
            return [None] * len(levels)
        base = float(levels.loc[[start]].iloc[-1])
        return [shortfall.average_growth(first=base, last=float(v), years=int(y) - start) for y, v in levels.items()]

    @property
    def from_latest(self) -> int | None:
        """Position of the latest level that leaves a year to grow, the last reading of the last year."""
        open_rows = [place for place, item in enumerate(self.needed) if item is not None]
        return open_rows[-1] if open_rows else None


def not_evaluable(studies: Mapping[str, TargetStudy], lang: str) -> pd.DataFrame:
    """The years with a target or an outturn of which the other lacks a number, and why.

    One row an indicator and year: ``indicator, year, target, wording, outturn, reason``; target and outturn are numbers.
    """
    rows = [
        {
            "indicator": id_, "year": year, "reason": reason.to(lang), "outturn": s.outturns["value"].get(year),
            "target": s.original["value"].get(year), "wording": s.original["wording"].get(year, ""),
        }
        for id_, s in studies.items()
        for year, reason in s.against_original.not_evaluable.items()
        if year in s.original.index.union(s.outturns.index)
    ]  # fmt: skip
    table = pd.DataFrame(rows, columns=["indicator", "year", "target", "wording", "outturn", "reason"])
    return table.astype({"target": float, "outturn": float})


@shared
def shortfall_of(scope: Scope, indicator: str = "", *, measure: str = "growth") -> TargetStudy:
    """Outturns of one indicator against its original and its revised targets."""
    outturns, ceiling = scope.outturns(measure), scope.lower_is_better()
    original, revised = (scope.targets(v, measure) for v in ("original", "revised"))
    results = (judge(outturns, target_objects(targets, ceiling=ceiling)) for targets in (original, revised))
    return TargetStudy(scope.indicator_name, outturns, original, revised, *results)


def targets_in_year(scope: Scope, year: int) -> list[TargetStudy]:
    """Every target of the region on record for one year, growth and level of all indicators, judged."""
    data = scope.dataset
    rows = data.observations[["region", "concept", "period", "year", "indicator", "measure"]]
    ours = rows[(rows["region"] == scope.region) & (rows["concept"] == "target") & (rows["period"] == "annual")]
    listed = ours[ours["year"] == year][["indicator", "measure"]].drop_duplicates()
    known = [shortfall_of(scope, id_, measure=measure) for id_, measure in listed.itertuples(index=False)]
    return [study for study in known if year in study.original.index.union(study.revised.index)]


def judge(outturns: pd.DataFrame, targets: Mapping[int, Target]) -> ShortfallResult:
    """Set a frame of outturns against targets; bounds and wordings count as the numbers that they may stand for."""
    rows = zip(outturns.index.tolist(), outturns["qualifier"].tolist(), outturns["value"].tolist(), states(outturns), strict=True)
    bounds = {year: interval.printed(word, value) for year, word, value, known in rows if not known}
    return shortfall.analyse(stated(outturns), targets, bounds=bounds)


def words_of(frame: pd.DataFrame, year: int) -> Text | None:
    """A year of a frame of outturns or targets as it was printed; None where nothing is on record.

    That a table prints 无, none, is a statement of its own and not a missing one.
    """
    if year not in frame.index:
        return None
    row = frame.loc[year]
    if row.get("wording") == "无":
        return SAYS.none_set
    return printed(row["value"], row["qualifier"], row["unit"], row.get("value_high"), flag=row["flag"])


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
    """
    names = tuple(dict.fromkeys((scope.region, *regions)))
    outturns = {name: scope.outturns(measure, region=name) for name in names}
    targets = {name: scope.targets("original", measure, region=name) for name in names}
    ceiling = scope.lower_is_better()
    objects = {name: target_objects(frame, ceiling=ceiling) for name, frame in targets.items()}
    results = {name: judge(outturns[name], objects[name]) for name in names}
    aimed = {name: {year: _bar(aim) for year, aim in aims.items()} for name, aims in objects.items()}
    bars = pd.DataFrame({name: pd.Series(found, dtype=float).dropna() for name, found in aimed.items()})
    tables = {name: result.table for name, result in results.items()}
    errors = pd.DataFrame({name: t["error_pp"].fillna(t["error_pct"]) for name, t in tables.items()}).reindex(bars.index)
    several = bars.notna().sum(axis="columns") >= 2
    highest = [_leaders(row * (-1 if ceiling else 1)) for _, row in bars[several].iterrows()]
    most = [_leaders(-row, above=0.0) for _, row in errors[several].iterrows()]
    table = bars[several].add_prefix("bar_").join(errors.add_prefix("error_")).assign(highest=highest, missed_most=most)
    for name, result in results.items():
        short = {y: 0.0 if found == "met" else -errors.at[y, name] for y, found in result.judged.items() if y in table.index}
        table[f"short_{name}"] = pd.Series(short, dtype=float)
    return Ladder(names, outturns, targets, results, table)


def required_path(scope: Scope, deflator_pct: float) -> PlanPath:
    """What the level set for the end of the latest five-year plan needs from each level on record in its period.

    The target is that of the scope's region and indicator, whatever the window; a level before a break within the period stands
    on another basis and is left out.
    """
    shortfall.check_deflator(deflator_pct)
    own = (scope.indicator, scope.region)
    rows = targets_set(*own, vintage="plan", measure="level", **scope.known)
    rows = rows[rows["value"].notna()].tail(1)
    aims = target_objects(rows, ceiling=scope.lower_is_better())
    end = int(rows.index[0]) if len(rows) else 0
    outturn = series.outturns(*own, "level", vintage=scope.vintage, **scope.known)
    levels = _in_period(series.outturns(*own, "level", vintage="all", **scope.known), shortfall.base_year(end), end)
    return PlanPath(rows, aims.get(end), end, deflator_pct, levels, judge(outturn[outturn.index == end], aims))


def _in_period(levels: pd.DataFrame, start: int, end: int) -> pd.DataFrame:
    """The readings from the base year on that state a level on its latest basis; of secondary pages those that speak alone."""
    if not end:
        return levels.iloc[:0]
    parted = [year for year in levels.attrs["breaks"] if start < year <= end]
    levels = stated_rows(window(levels, max([start, *parted]), end))
    levels = levels.reset_index().drop_duplicates(["year", "value", "vintage"]).set_index("year")
    secondary = levels["flag"].str.contains("secondary")
    return levels[~levels.index.duplicated(keep=False) | ~secondary]


def _later(first: pd.DataFrame, latest: pd.DataFrame) -> list[int]:
    sides = ["value", "qualifier", "vintage"]
    one, other = (frame[sides].astype(object).fillna("") for frame in (first, latest))  # no number equals no number
    differ = (one.to_numpy() != other.to_numpy()).any(axis=1)
    return [int(year) for year in first.index[differ]]


def _bar(aim: Target) -> float | None:
    """The number to be reached: of a ceiling the upper end."""
    ends = (aim.high, aim.low) if aim.ceiling else (aim.low, aim.high)
    return next((end for end in ends if end is not None), None)


def _leaders(row: pd.Series, above: float = float("-inf")) -> str:
    """The columns with the largest number of a row, if two or more have one and it lies above a bound."""
    known = row.dropna().round(6)
    if len(known) < 2 or not known.max() > above:
        return ""
    return " ".join(str(name) for name in known.index[known == known.max()])
