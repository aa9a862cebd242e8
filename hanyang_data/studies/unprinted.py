"""What the analyses show of figures that were not printed: the implied ones of the window, their table and their sentence."""

from collections.abc import Collection, Mapping, Sequence

import pandas as pd

from hanyang_data.charts.lines import Line
from hanyang_data.charts.style import colour
from hanyang_data.record.catalogue import region_name
from hanyang_data.statistics.interval import Interval, between
from hanyang_data.studies.implied import Implied, ImpliedSeries, Within
from hanyang_data.studies.marks import open_bands
from hanyang_data.studies.relations import Reading, priced_by
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.tables import headed
from hanyang_data.words.wording import NO_WORDS, UNITS, Text, clauses, messages, named_years, number, rounded

SAYS = messages(__name__)
COMPUTED = 4  # so many computed rates a sentence lists, the last of them
TENTH = 0.1  # pp: rates are said with one decimal
HEADS = SAYS.each("heads")
ENDS = SAYS.each("ends")
NONE: dict[str, list[Implied]] = {"growth": [], "level": [], "average": []}  # where they are not asked for
COLUMNS = ["measure", "unit", "implied", "low", "high", "promised_pct", "pairs", "method", "why", "source"]
DTYPES = dict.fromkeys(("year", "first_year", "pairs"), int) | dict.fromkeys(("implied", "low", "high", "promised_pct"), float)


def implied_in(scope: Scope, *of: str, indicator: str = "", region: str = "") -> dict[str, list[Implied]]:
    """The implied figures of the window: ``growth``, ``level``, ``average`` (growth over several years), or those asked for.

    They follow from the latest readings, whichever the scope takes: an implied figure is nobody's first estimate.
    """
    series = ImpliedSeries(scope.dataset, indicator or scope.indicator, region or scope.region, Reading(as_of=scope.as_of))
    ways = {"growth": series.growth, "level": series.levels, "average": series.averages}
    first, last = scope.start_year, scope.end_year
    return {name: [of for of in ways[name]() if first <= of.first_year and of.year <= last] for name in of or ways}


def frame_of(scope: Scope, found: Mapping[str, Sequence[Implied]]) -> pd.DataFrame:
    """The implied figures one below the other by ``year``, apart from all that is printed; what they promise is as of Implied."""
    rows = []
    for measure, of in ((measure, of) for measure, figures in found.items() for of in figures):
        unit = scope.unit if measure == "level" else "percent"
        grounds = (of.promised_pct, of.pairs, of.how, of.why, list(of.sources))
        rows.append((of.year, of.first_year, measure, unit, of.point, *of.interval.ends, *grounds))
    table = pd.DataFrame(rows, columns=["year", "first_year", *COLUMNS]).astype(DTYPES)
    return table.sort_values(["year", "first_year"], kind="stable").set_index("year")


def table_of(scope: Scope, found: Mapping[str, Sequence[Implied]]) -> pd.DataFrame:
    """The same as a report prints it."""
    frame, unit = frame_of(scope, found), UNITS[scope.unit]
    years = [str(y) if first == y else f"{first}–{y}" for y, first in zip(frame.index, frame["first_year"], strict=True)]
    shown = frame[COLUMNS].drop(columns="unit").round({"promised_pct": 1})
    numbers = {name: [rounded(value, 1) for value in frame[name]] for name in ("implied", "low", "high")}
    told = shown.assign(**numbers, measure=[SAYS["of", measure].format(unit=unit) for measure in frame["measure"]])
    return headed(scope, told.set_axis(pd.Index(years, name="year")), HEADS)


def telling(figures: Sequence[Implied]) -> list[Implied]:
    """Those of which figure and answer speak: "over −9.2%" tells nobody anything, and stands in the table alone."""
    return [of for of in figures if of.interval.telling]


def bands(scope: Scope, figures: Sequence[Implied]) -> Line:
    """The intervals as open bands of a panel, in the colour of the region."""
    return open_bands(scope.lang, SAYS.implied.to(scope.lang), telling(figures), colour(scope.region))


def note(levels: Collection[float]) -> list[Text]:
    """What the open bands of a figure are, with the lowest of their promises (1 is computed); nothing where there is none."""
    calibrated = [level for level in levels if level < 1]
    said = [SAYS.note.format(p=number(100 * min(calibrated), 0))] if calibrated else []
    return said + [SAYS.note_computed] * (len(calibrated) < len(levels))


def missed_words(missed: Mapping[int, Sequence[int]]) -> list[Text]:
    """Of which years an interval of the same series would have missed others, as the note of a figure says it."""
    found: dict[tuple[int, ...], list[int]] = {}
    for year, others in missed.items():
        found.setdefault(tuple(others), []).append(year)
    return [SAYS.missed.format(years=named_years(of), others=named_years(others)) for others, of in found.items() if others]


def span_words(interval: Interval, unit: str = "percent") -> Text:
    """An interval in words: 7.3% to 16.7%, over 17.5%, below 1.1%; of a level 776.0 to 843.8."""
    kind = "both" if interval.two_sided else "over" if interval.low.is_finite() else "below"
    low, high = (number(end, 1) + "%" * (unit == "percent") if end == end else "" for end in interval.ends)
    if low == high:
        return Text(low, low)
    return ENDS[kind].format(low=low, high=high)


def sentence(scope: Scope, figures: Sequence[Implied]) -> Text:
    """What levels imply for the latest year of which they say most, with its promise and its assumption; empty where nothing."""
    known = telling(figures)
    if computed := [of for of in known if of.computed][-COMPUTED:]:
        rates = (SAYS.rate.format(year=of.year, ends=span_words(_shown(of))) for of in computed)
        return SAYS.computed.format(listed=clauses(list(rates)))
    if not known:
        return NO_WORDS
    of = max(known, key=lambda of: (of.interval.two_sided, of.year))
    return SAYS.sentence.format(year=of.year, **told(scope, of))


def _shown(of: Implied) -> Interval:
    """What is computed, as its point where rounding leaves no other tenth."""
    low, high = of.interval.ends
    return between(of.point, of.point) if high - low < TENTH else of.interval


def told(scope: Scope, of: Within, unit: str = "percent") -> dict[str, Text | str]:
    """The parts of a sentence on an implied figure: its ends, and its grounds: promise, assumption, and years that it missed.

    A text of the region that is neither official nor a reprint is said to be among its grounds.
    """
    whole = priced_by(scope.dataset, scope.indicator, scope.region, Reading(as_of=scope.as_of))
    real = scope.basis == "real" and whole
    assumed = SAYS.prices.format(region=region_name(whole, scope.dataset)) if real else SAYS.basis
    obs = scope.dataset.observations
    ours = obs["source_id"].isin(of.sources) & obs["region"].eq(scope.region) & obs["indicator"].eq(scope.indicator)
    if (ours & obs["concept"].eq("outturn") & obs["reliability"].eq("secondary")).any():
        assumed = SAYS.and_secondary.format(assumed=assumed)
    grounds = SAYS["grounds", "computed" if of.level == 1 else "missed" if of.missed else "calibrated"]
    cells = {"p": number(100 * of.level, 0), "assumed": assumed, "years": named_years(of.missed)}
    return {"ends": span_words(of.interval, unit), "grounds": grounds.format(**cells)}
