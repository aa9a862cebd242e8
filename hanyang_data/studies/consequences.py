"""What new figures change in the studies: the years that a growth gap or a target gains, and the verdicts that flip."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from hanyang_data.record.observations import Dataset, open_dataset
from hanyang_data.studies.growth_gap.yearly import gap_by_segment, yearly_gaps
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.target_shortfall.evidence import shortfall_of
from hanyang_data.words.wording import VERDICTS, Text, messages, points

SAYS = messages(__name__)

EVER = (1949, 2100)  # all years that a scope may hold
MEASURES = SAYS.each("measures")
YEAR = SAYS.year
CHANGES = SAYS.changes


class Verdict(NamedTuple):
    """What a study says of a year or of all years: the word that may flip, and the number with it."""

    word: Text
    shown: Text


Key = tuple[str, Text, Text]  # the order of ids and years; the study; the year, or the average


def changes(before: str | Path, after: str | Path, touched: Sequence[tuple[str, str]]) -> list[Text]:
    """The verdicts that differ between two snapshots: new, gone, or another word for the same year.

    Args:
        before: folder of the snapshot as it was.
        after: folder of the snapshot as it is.
        touched: region and indicator of the series in which something changed.

    Returns:
        One line each, gaps first and then targets, years in order; a line that says so where there is none.

    Example:
        >>> from hanyang_data.record.snapshot import SNAPSHOT
        >>> changes(SNAPSHOT, SNAPSHOT, [("hanyang", "gdp")])[0].en
        'no verdict of a growth gap or a target changes'
    """
    then, now = (verdicts(folder, touched) for folder in (before, after))
    lines = [line for key in sorted({*then, *now}) if (line := _line(key, then.get(key), now.get(key)))]
    return lines or [SAYS.nothing]


def verdicts(folder: str | Path, touched: Sequence[tuple[str, str]]) -> dict[Key, Verdict]:
    """What the gap and the target study say of the touched series, by study and year."""
    data = open_dataset(folder)
    found: dict[Key, Verdict] = {}
    for region, city, indicator in sorted(set(_pairs(data, touched))):
        found |= _gaps(_scope(folder, region, indicator, city))
    for region, indicator in sorted({t for t in touched if t[0] in data.regions.index}):
        found |= _targets(_scope(folder, region, indicator))
    return found


def _scope(folder: str | Path, region: str, indicator: str, comparator: str = "") -> Scope:
    return Scope(region, indicator, *EVER, comparator=comparator, data_dir=str(folder))


def _pairs(data: Dataset, touched: Sequence[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Each district with its city, where either is touched and both have growth of the indicator."""
    for region, indicator in touched:
        if region not in data.regions.index:
            continue
        inside = data.regions.index[data.regions["part_of"] == region]
        for part in (region, *map(str, inside)):
            city = str(data.regions.at[part, "part_of"])
            sides = [data.series(side, indicator, "growth", "outturn") for side in (part, city)]
            if city in data.regions.index and all(len(side) for side in sides):
                yield part, city, indicator


def _gaps(scope: Scope) -> Mapping[Key, Verdict]:
    """The sign of the gap in each year, and of its average where there are years enough for an interval."""
    study = SAYS.gap.format(indicator=scope.indicator_name, region=scope.region_name, city=scope.comparator_name)
    order = f"1 {scope.indicator} {scope.region}"
    results = gap_by_segment(scope)
    yearly = yearly_gaps(results).dropna(subset=["gap_pp"])
    made = {
        (f"{order} {year}", study, YEAR.format(year=year)): _signed(float(row["gap_pp"]), bool(row["within_rounding"]))
        for year, row in yearly.iterrows()
    }
    for years, result in results.items():
        if result.mean is not None:
            low, high, first = result.mean.low, result.mean.high, years[:4]
            made[f"{order} {first} average", study, SAYS.average.format(year=first)] = _signed(
                result.mean.value, low <= 0 <= high
            )
    return made


def _signed(gap: float, undecided: bool) -> Verdict:
    word = SAYS.level if undecided or gap == 0 else SAYS.faster if gap > 0 else SAYS.slower
    return Verdict(word, SAYS.signed.format(gap=points(gap), word=word))


def _targets(scope: Scope) -> Mapping[Key, Verdict]:
    """Met, missed or open, for each year with a target that an outturn can be set against."""
    made: dict[Key, Verdict] = {}
    for measure, name in MEASURES.items():
        study = shortfall_of(scope, measure)
        for which, result in (("original", study.against_original), ("revised", study.against_revised)):
            told = SAYS.target.format(
                region=scope.region_name, indicator=scope.indicator_name, measure=name, which=SAYS["which", which]
            )
            for year, word in result.judged.items():
                size = result.size(year)
                shown = SAYS.targets.format(verdict=VERDICTS[word], size=size)
                key = (f"2 {scope.indicator} {scope.region} {measure} {which} {year}", told, YEAR.format(year=year))
                made[key] = Verdict(VERDICTS[word], shown if size.en else VERDICTS[word])
    return made


def _line(key: Key, then: Verdict | None, now: Verdict | None) -> Text | None:
    _, study, year = key
    if now is None:
        return SAYS.gone.format(study=study, year=year, then=then.shown) if then else None
    if then is None:
        return SAYS.new.format(study=study, year=year, now=now.shown)
    return SAYS.flips.format(study=study, year=year, then=then.word, now=now.word) if then.word != now.word else None
