"""What new figures change in the studies: the years that a growth gap or a target gains, and the verdicts that flip."""

from collections.abc import Iterator, Sequence
from pathlib import Path

from hanyang_data.record.observations import Dataset, open_dataset
from hanyang_data.studies.growth_gap.evidence import by_year, gap_by_segment
from hanyang_data.studies.scope import EVER, Scope
from hanyang_data.studies.target_shortfall.evidence import shortfall_of
from hanyang_data.words.wording import VERDICTS, Text, messages, points

SAYS = messages(__name__)
CHANGES = SAYS.changes
Key = tuple[str, Text, Text]  # the order of ids and years; the study; the year, or the average
Verdict = tuple[Text, Text]  # what a study says of it: the word that may flip, and the same with its number


def changes(before: str | Path, after: str | Path, touched: Sequence[tuple[str, str]]) -> list[Text]:
    """The verdicts that differ between the snapshots of two folders: new, gone, or another word for the same year.

    One line each for the regions and indicators that were ``touched``, gaps before targets; a line that says so where none is.

    Example:
        >>> from hanyang_data.record.contract import SNAPSHOT
        >>> changes(SNAPSHOT, SNAPSHOT, [("hanyang", "gdp")])[0].en
        'no verdict of a growth gap or a target changes'
    """
    then, now = (verdicts(folder, touched) for folder in (before, after))
    lines = []
    for key in sorted({*then, *now}):
        (_, study, year), was, is_ = key, then.get(key), now.get(key)
        if not (was and is_):
            lines.append((SAYS.new if is_ else SAYS.gone).format(study=study, year=year, verdict=(now.get(key) or then[key])[1]))
        elif was[0] != is_[0]:
            lines.append(SAYS.flips.format(study=study, year=year, then=was[0], now=is_[0]))
    return lines or [SAYS.nothing]


def verdicts(folder: str | Path, touched: Sequence[tuple[str, str]]) -> dict[Key, Verdict]:
    """What the gap and the target study say of the touched series, by study and year."""
    data, found = open_dataset(folder), dict[Key, Verdict]()
    for region, city, indicator in sorted(set(_pairs(data, touched))):
        found |= _gaps(Scope(region, indicator, *EVER, comparator=city, data_dir=str(folder)))
    for region, indicator in sorted({of for of in touched if of[0] in data.regions.index}):
        found |= _targets(Scope(region, indicator, *EVER, data_dir=str(folder)))
    return found


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


def _gaps(scope: Scope) -> dict[Key, Verdict]:
    """The sign of the gap in each year, and of its average where there are years enough for an interval."""
    study = SAYS.gap.format(indicator=scope.indicator_name, region=scope.region_name, city=scope.pair_names["b"])
    order, results = f"1 {scope.indicator} {scope.region}", gap_by_segment(scope)
    made = {
        (f"{order} {year}", study, SAYS.year.format(year=year)): _signed(float(row["gap_pp"]), bool(row["within_rounding"]))
        for year, row in by_year(scope).dropna(subset=["gap_pp"]).iterrows()
    }
    for years, result in results.items():
        if mean := result.mean:
            key = (f"{order} {years[:4]} average", study, SAYS.average.format(year=years[:4]))
            made[key] = _signed(mean.value, mean.low <= 0 <= mean.high)
    return made


def _signed(gap: float, undecided: bool) -> Verdict:
    word = SAYS.level if undecided or gap == 0 else SAYS.faster if gap > 0 else SAYS.slower
    return word, SAYS.signed.format(gap=points(gap), word=word)


def _targets(scope: Scope) -> dict[Key, Verdict]:
    """Met, missed or open, for each year with a target that an outturn can be set against."""
    made: dict[Key, Verdict] = {}
    names = {"region": scope.region_name, "indicator": scope.indicator_name}
    for measure, name in SAYS.each("measures").items():
        for which, result in shortfall_of(scope, measure=measure).results.items():
            told = SAYS.target.format(**names, measure=name, which=SAYS["which", which])
            for year, word in result.judged.items():
                verdict, size = VERDICTS[word], result.size(year)
                shown = SAYS.targets.format(verdict=verdict, size=size) if size.en else verdict
                order = f"2 {scope.indicator} {scope.region} {measure} {which} {year}"
                made[order, told, SAYS.year.format(year=year)] = verdict, shown
    return made
