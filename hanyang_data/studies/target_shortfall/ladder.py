"""Targets of several regions beside one another: who set the bar higher, and who missed it by more."""

from collections.abc import Sequence
from dataclasses import replace
from typing import NamedTuple

import pandas as pd

from hanyang_data.record.catalogue import region_name
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.tables import headed
from hanyang_data.studies.target_shortfall.evidence import TargetStudy, shortfall_of, words_of
from hanyang_data.words.wording import Text, clauses, listed, messages, named_years, within

SAYS = messages(__name__)
HEADS, RUNGS, NEVER = SAYS.each("heads"), SAYS.each("rungs"), SAYS.each("never")
ONE_RUNG, BOTH, ALWAYS = SAYS.each("one_rung"), SAYS.each("both"), SAYS.each("always")


class Ladder(NamedTuple):
    """Several regions on the same indicator: who set the bar higher, who missed it by more.

    The table has the years in which two or more have a number for the target. ``highest`` and ``missed_most`` are ids joined by a
    blank where they are level, empty where fewer than two have the number or (``missed_most``) where none missed.
    """

    studies: dict[str, TargetStudy]  # by region, the one studied first; in the reading of the scope
    table: pd.DataFrame
    aims: pd.DataFrame  # by year and region: the larger the number, the higher the bar
    words: pd.DataFrame  # by year and region: point, about, at_least … of the same number


def target_ladder(scope: Scope, regions: Sequence[str], measure: str = "growth") -> Ladder:
    """Set the targets and outturns of the scope's region beside those of others, year by year.

    The bar of a target is the number that has to be reached: the lower end of a range, the upper one of a ceiling; of two alike
    the range that goes further is the higher one; "about 7%" and "7% and more" are as high as 7%, read strictly, and said to be
    worded differently. Of an indicator of which less is better the lower bar is the higher one. Each region is judged on the
    reading of the scope, as in the rest of the notebook.
    """
    names = dict.fromkeys((scope.region, *regions))
    studies = {name: shortfall_of(replace(scope, region=name, comparator=""), measure=measure) for name in names}
    tables, ceiling = {name: study.against_original.table for name, study in studies.items()}, scope.lower_is_better()
    ends = ("target_high", "target_low") if ceiling else ("target_low", "target_high")
    bars, tops = (
        pd.DataFrame({name: table[end].fillna(table[else_]).dropna() for name, table in tables.items()})
        for end, else_ in (ends, ends[::-1])
    )
    first, then = (numbers.round(6).rank(axis="columns", method="dense", ascending=not ceiling) for numbers in (bars, tops))
    aims = first + then / (len(names) + 1)
    errors = pd.DataFrame({name: t["error_pp"].fillna(t["error_pct"]) for name, t in tables.items()}).reindex(bars.index)
    several = bars.notna().sum(axis="columns") >= 2
    highest = [_leaders(row) for _, row in aims[several].iterrows()]
    most = [_leaders(-row, above=0.0) for _, row in errors[several].iterrows()]
    table = bars[several].add_prefix("bar_").join(errors.add_prefix("error_")).assign(highest=highest, missed_most=most)
    for name, study in studies.items():
        judged = study.against_original.judged
        short = {y: 0.0 if found == "met" else -errors.at[y, name] for y, found in judged.items() if y in table.index}
        table[f"short_{name}"] = pd.Series(short, dtype=float)
    words = pd.DataFrame({name: of["qualifier"] for name, of in tables.items()}).where(bars.notna())
    return Ladder(studies, table, aims[several], words)


def _leaders(row: pd.Series, above: float = float("-inf")) -> str:
    """The columns with the largest number of a row, if two or more have one and it lies above a bound."""
    known = row.dropna().round(6)
    if len(known) < 2 or not known.max() > above:
        return ""
    return " ".join(str(name) for name in known.index[known == known.max()])


def ladder_title(scope: Scope, found: Ladder, name: Text | None = None) -> Text:
    """Whether the region, called ``name`` where one is given, aimed higher or lower than the first one beside it.

    In which of the years with the same number one said "about" or "and more" and the other did not, is said at the end.
    """
    words: dict[str, object] = {"a": name or scope.region_name, "indicator": within(scope.indicator_name)}
    if len(found.studies) < 2:
        return SAYS.no_other.format(**words)
    a, b = list(found.studies)[:2]
    words["b"] = region_name(b, scope.dataset)
    difference = (found.aims[a] - found.aims[b]).dropna()
    if difference.empty:
        return SAYS.no_rung.format(**words)
    sides = {int(y): "higher" if value > 0 else "lower" if value < 0 else "same" for y, value in difference.items()}
    years = {side: [year for year in sides if sides[year] == side] for side in RUNGS if side in sides.values()}
    only, n = next(iter(years)), len(sides)
    if len(years) == 1:
        words |= {"year": min(sides), "years": named_years(years[only])}
        said = (ONE_RUNG if n == 1 else BOTH if n == 2 else ALWAYS)[only]
    elif n > 2 and (never := next((NEVER[side] for side in NEVER if side not in years), None)):
        said, words["k"] = never, len(years["same"])
    else:
        said = SAYS.mixed
        words["facts"] = clauses([RUNGS[of].format(years=named_years(y)) for of, y in sorted(years.items(), key=lambda x: x[1])])
    apart = [year for year in years.get("same", []) if found.words.at[year, a] != found.words.at[year, b]]
    said = said.format(**words, n=n)
    return SAYS["apart", "some" if len(apart) < n else "all"].format(said=said, years=named_years(apart)) if apart else said


def ladder(scope: Scope, found: Ladder) -> pd.DataFrame:
    """One row a year: target, outturn and shortfall of each region, who set the bar higher and who missed by more."""
    names = {region: region_name(region, scope.dataset) for region in found.studies}
    rows = []
    for year, row in found.table.iterrows():
        cells: dict[str, object] = {"year": year}
        for region in names:
            cells[f"target_of_{region}"] = words_of(found.studies[region].original, int(year))
            cells[f"outturn_of_{region}"] = words_of(found.studies[region].outturns, int(year))
            cells[f"error_of_{region}"] = round(row[f"error_{region}"], 1)
        held, judged = (int(row[[f"{of}_{region}" for region in names]].notna().sum()) for of in ("bar", "error"))
        leaders, missed = ([names[id_] for id_ in row[of].split()] for of in ("highest", "missed_most"))
        level = SAYS["level_tie", "same" if len({*found.words.loc[year].dropna()}) == 1 else "apart"]
        cells["higher"] = level if held and len(leaders) == held else listed(leaders)
        # with one error alone nobody can be said to have missed by more
        cells["missed"] = listed(missed) if missed or judged < 2 else SAYS.nobody
        rows.append(cells)
    own = {f"{of}_{r}": HEADS[of].format(name=n) for r, n in names.items() for of in ("target_of", "outturn_of", "error_of")}
    return headed(scope, pd.DataFrame(rows, columns=None if rows else ["year", "higher", "missed"]), HEADS | own)
