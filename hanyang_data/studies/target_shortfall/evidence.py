"""From a question to what is said of targets: outturns judged, both readings, several regions, the path to a plan's level."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from functools import cached_property
from types import MappingProxyType
from typing import NamedTuple

import pandas as pd

from hanyang_data.record import series
from hanyang_data.record.beside import judging, target_objects, targets_set
from hanyang_data.record.frames import stated, stated_rows, states, window
from hanyang_data.record.targets import Target
from hanyang_data.statistics import interval, shortfall
from hanyang_data.statistics.interval import Interval
from hanyang_data.statistics.shortfall import READINGS, Required, ShortfallResult
from hanyang_data.statistics.small_sample import exact
from hanyang_data.studies.marks import difference
from hanyang_data.studies.scope import Scope, shared
from hanyang_data.words.wording import VERDICTS, Text, messages, number, printed

SAYS = messages(__name__)
NONE: Mapping[int, Interval] = MappingProxyType({})


@dataclass(frozen=True)
class TargetStudy:
    """One indicator against its targets."""

    label: Text
    outturns: pd.DataFrame
    original: pd.DataFrame  # targets
    revised: pd.DataFrame  # those that the city handed down after COVID
    against_original: ShortfallResult
    against_revised: ShortfallResult
    other: pd.DataFrame  # outturns of years printed on two bases, on the one that is not judged (see :func:`judging`)
    against_other: ShortfallResult  # what became of the original targets by these

    @property
    def series(self) -> dict[str, str]:
        """Its ``indicator`` and ``measure``."""
        return {key: str(self.outturns.attrs[key]) for key in ("indicator", "measure")}

    @property
    def sets(self) -> dict[str, tuple[pd.DataFrame, ShortfallResult]]:
        """Both sets of targets with what became of them, by their vintage."""
        return {"original": (self.original, self.against_original), "revised": (self.revised, self.against_revised)}

    @property
    def results(self) -> dict[str, ShortfallResult]:
        """What became of both sets."""
        return {vintage: result for vintage, (_, result) in self.sets.items()}

    def error_words(self, year: int, lang: str, which: str = "original") -> str | None:
        """The error of a year with its sign, ≈ where a side is worded "about"; the verdict where the target has no number."""
        targets, result = self.sets[which]
        if year not in result.table.index:
            return None
        points, percent = result.table.loc[year, ["error_pp", "error_pct"]]
        if pd.notna(points):
            sides = [frame for frame in (targets, self.outturns) if year in frame.index]
            return difference(float(points), about=any(side.loc[year, "qualifier"] == "about" for side in sides))
        if pd.notna(percent):
            return number(float(percent), 1, sign=True)
        return VERDICTS[result.judged[year]].to(lang) if year in result.judged else None

    def rows_in(self, year: int) -> list[pd.DataFrame]:
        """The rows of one year: of the outturns, and of both sets."""
        return [frame[frame.index == year] for frame in (self.outturns, self.original, self.revised)]


class Vintages(NamedTuple):
    """The first estimate and the latest outturn of each year, both against the original target."""

    first: TargetStudy
    latest: TargetStudy
    later: list[int]  # years whose latest reading is not the first one, in value or vintage
    flips: dict[str, list[int]]  # reading of "about" → years judged on both readings whose verdict differs


@dataclass(frozen=True, eq=False)
class PlanPath:
    """A level set for the end of a five-year plan, and what it needs from each level on record."""

    targets: pd.DataFrame  # the row of the plan target that is taken; empty where none has a number
    end_year: int  # its year; 0 where there is none
    deflator_pct: float  # rise of prices assumed for real growth, percent a year
    levels: pd.DataFrame  # every level stated in the plan period on its basis, all vintages
    result: ShortfallResult  # the verdict, where an outturn of the end year is on record; else it is not evaluable

    @property
    def number(self) -> float:
        """The level aimed at."""
        return float(self.targets["value"].iloc[0])

    @cached_property
    def needed(self) -> list[Required | None]:
        """What each row of the levels needs; None where no year is left."""
        to = {"end_year": self.end_year, "deflator_pct": self.deflator_pct}
        rows = self.levels["value"].items()
        return [shortfall.required(level=float(value), year=int(year), target=self.number, **to) for year, value in rows]  # type: ignore[arg-type]

    @property
    def needs(self) -> pd.DataFrame:
        """The same as a frame: ``left, nominal_pct, real_pct, real_low_pct, real_high_pct``, empty where no year is left."""
        rows = [asdict(need) if need else {} for need in self.needed]
        names = [field.name for field in fields(Required)]
        return pd.DataFrame(rows, index=self.levels.index, columns=names).astype(dict.fromkeys(names[1:], float))

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


def several_judged(studies: Mapping[str, TargetStudy]) -> int:
    """The latest year in which two own targets or more can be judged; 0 where there is none."""
    years = Counter(year for study in studies.values() for year in study.against_original.judged)
    return max((year for year, n in years.items() if n > 1), default=0)


@shared
def shortfall_of(scope: Scope, indicator: str = "", *, measure: str = "growth") -> TargetStudy:
    """Outturns of one indicator against its original and its revised targets."""
    ceiling, of = scope.lower_is_better(), (scope.indicator, scope.region, measure)
    found = judging(*of, vintage=scope.vintage, **scope.known)
    outturns, other = (window(frame, scope.start_year, scope.end_year) for frame in found[:2])
    original, revised = (scope.targets(v, measure) for v in ("original", "revised"))
    either = {}  # of a year: both readings, and what lies between
    for year in found.open_years & {*other.index}:
        one, two = (interval.printed(row["qualifier"], row["value"]) for row in (outturns.loc[year], other.loc[year]))
        either[year] = Interval(min(one.low, two.low), max(one.high, two.high))
    aims = [target_objects(targets, ceiling=ceiling) for targets in (original, revised)]
    first, second = (judge(outturns, aim, either) for aim in aims)
    return TargetStudy(scope.indicator_name, outturns, original, revised, first, second, other, judge(other, aims[0]))


def targets_in_year(scope: Scope, year: int) -> list[TargetStudy]:
    """Every target of the region on record for one year, growth and level of all indicators, judged."""
    known = [shortfall_of(scope, id_, measure=measure) for id_, measure in _with_targets(scope, [year])]
    return [study for study in known if year in study.original.index.union(study.revised.index)]


def growth_targets(scope: Scope) -> dict[str, TargetStudy]:
    """By indicator, all growth of the region of which both a target and an outturn are on record, judged."""
    span = (scope.start_year, scope.end_year)
    ids = [id_ for id_, measure in _with_targets(scope, scope.years) if measure == "growth"]
    there = (id_ for id_ in ids if series.anything_printed(id_, scope.region, "growth", span, **scope.known))
    return {id_: shortfall_of(scope, id_) for id_ in there}


def _with_targets(scope: Scope, years: Sequence[int]) -> Iterator[tuple[str, str]]:
    """Indicators and measures of which a target of the region is on record for any of these years."""
    rows = scope.dataset.observations[["region", "concept", "period", "year", "indicator", "measure"]]
    ours = rows[(rows["region"] == scope.region) & (rows["concept"] == "target") & (rows["period"] == "annual")]
    yield from ours[ours["year"].isin(years)][["indicator", "measure"]].drop_duplicates().itertuples(index=False)


def judge(outturns: pd.DataFrame, targets: Mapping[int, Target], either: Mapping[int, Interval] = NONE) -> ShortfallResult:
    """Set a frame of outturns against targets; bounds and wordings count as the numbers that they may stand for.

    Of years in which it is open on which of two bases to judge, ``either`` holds both readings and what lies between.
    """
    rows = zip(outturns.index.tolist(), outturns["qualifier"].tolist(), outturns["value"].tolist(), states(outturns), strict=True)
    bounds = {year: interval.printed(word, value) for year, word, value, known in rows if not known}
    found = shortfall.analyse(stated(outturns).drop([*either], errors="ignore"), targets, bounds={**bounds, **either})
    apart = {year: shortfall.REASONS["bases"] for year in either if found.not_evaluable.get(year) == shortfall.REASONS["open"]}
    return replace(found, not_evaluable=found.not_evaluable | apart)


def with_margin(scope: Scope, study: TargetStudy) -> dict[int, str]:
    """Years judged that the widest margin of "about" would judge otherwise: met or open; of two sides with it the target's."""
    strict, near = study.against_original, dict[int, Interval]()
    about = [set(frame.index[frame["qualifier"].eq("about")]) for frame in (study.outturns, study.original)]
    for year in about[0] - about[1]:
        number = exact(study.outturns.at[year, "value"])
        slack = READINGS["about_050"] * (1 if strict.unit == "pp" else number / 100)
        near[int(year)] = Interval(number - slack, number + slack)
    aims = target_objects(study.original, ceiling=scope.lower_is_better(study.series["indicator"]))
    loose = judge(study.outturns, aims, near).table["verdict_about_050"].replace("about_met", "met")
    return {year: str(loose[year]) for year, verdict in strict.judged.items() if loose[year] != verdict}


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


def vintages_of(scope: Scope, measure: str = "growth") -> Vintages:
    """Judge the first and the latest reading of each year against the original targets, and say where that differs."""
    first, latest = (shortfall_of(replace(scope, vintage=v, comparator=""), measure=measure) for v in ("first", "latest"))
    one, other = first.against_original, latest.against_original
    common = sorted(one.judged.keys() & other.judged.keys())
    columns = {name: f"verdict_{name}" for name in READINGS}
    flips = {name: [y for y in common if one.table.loc[y, of] != other.table.loc[y, of]] for name, of in columns.items()}
    sides = ["value", "qualifier", "vintage"]
    cells = [study.outturns[sides].astype(object).fillna("").to_numpy() for study in (first, latest)]  # no number is no number
    later = [int(year) for year in first.outturns.index[(cells[0] != cells[1]).any(axis=1)]]
    return Vintages(first, latest, later, flips)


def required_path(scope: Scope, deflator_pct: float) -> PlanPath:
    """What the level set for the end of the latest five-year plan needs from each level on record in its period.

    The target is that of the scope's region and indicator, whatever the window; a level before a break within the period stands
    on another basis and is left out.
    """
    own = (scope.indicator, scope.region)
    rows = targets_set(*own, vintage="plan", measure="level", **scope.known)
    rows = rows[rows["value"].notna()].tail(1)
    aims = target_objects(rows, ceiling=scope.lower_is_better())
    end = int(rows.index[0]) if len(rows) else 0
    outturn = series.outturns(*own, "level", vintage=scope.vintage, **scope.known)
    levels, start = series.outturns(*own, "level", vintage="all", **scope.known), shortfall.base_year(end)
    parted = [year for year in levels.attrs["breaks"] if start < year <= end]
    levels = stated_rows(window(levels, max([start, *parted]), end))
    levels = levels.reset_index().drop_duplicates(["year", "value", "vintage"]).set_index("year")
    levels = levels[~levels.index.duplicated(keep=False) | ~levels["flag"].str.contains("secondary")]  # or it speaks alone
    return PlanPath(rows, end, deflator_pct, levels, judge(outturn[outturn.index == end], aims))
