"""What the analyses show of figures that were not printed: the implied ones of the window, their table and their sentence."""

from collections.abc import Collection, Iterable, Mapping, Sequence

import pandas as pd

from hanyang_data.charts.lines import Line
from hanyang_data.charts.style import colour
from hanyang_data.record.catalogue import region_name
from hanyang_data.statistics.interval import EVERY, Interval
from hanyang_data.studies.implied import Implied, ImpliedSeries
from hanyang_data.studies.marks import open_bands
from hanyang_data.studies.relations import Reading, priced_by
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.tables import headed
from hanyang_data.words.wording import NO_WORDS, UNITS, Text, messages, number

SAYS = messages(__name__)
HEADS = SAYS.each("heads")
ENDS = SAYS.each("ends")
NONE: dict[str, list[Implied]] = {"growth": [], "level": [], "average": []}  # where they are not asked for
COLUMNS = ["measure", "implied", "low", "high", "promised_pct", "pairs", "method", "why", "source"]


def implied_in(scope: Scope, *of: str, indicator: str = "", region: str = "") -> dict[str, list[Implied]]:
    """The implied figures of the window: ``growth``, ``level``, ``average`` (growth over several years), or those asked for.

    They follow from the latest readings, whichever the scope takes: an implied figure is nobody's first estimate.
    """
    series = ImpliedSeries(scope.dataset, indicator or scope.indicator, region or scope.region, Reading(as_of=scope.as_of))
    ways = {"growth": series.growth, "level": series.levels, "average": series.averages}
    first, last = scope.start_year, scope.end_year
    return {name: [of for of in ways[name]() if first <= of.first_year and of.year <= last] for name in of or ways}


def frame_of(found: Mapping[str, Sequence[Implied]]) -> pd.DataFrame:
    """The implied figures one below the other, apart from all that is printed.

    Indexed by ``year``: ``measure`` (growth, level, average), ``first_year`` of an average, ``implied``, ``low``, ``high``
    (empty where nothing bounds it), ``promised_pct``, ``pairs``, ``method``, ``why`` there is none,
    ``source``, a list of ids.
    """
    rows = []
    for measure, of in ((measure, of) for measure, figures in found.items() for of in figures):
        ends, grounds = (of.interval or EVERY).ends, (of.how, of.why, of.sources)
        rows.append((of.year, of.first_year, measure, of.point, *ends, 100 * of.level, of.pairs, *grounds))
    return pd.DataFrame(rows, columns=["year", "first_year", *COLUMNS]).set_index("year")


def table_of(scope: Scope, found: Mapping[str, Sequence[Implied]]) -> pd.DataFrame:
    """The same as a report prints it."""
    frame, unit = frame_of(found), UNITS[scope.unit]
    years = [str(y) if first == y else f"{first}–{y}" for y, first in zip(frame.index, frame["first_year"], strict=True)]
    shown = frame[COLUMNS].round(dict.fromkeys(("implied", "low", "high", "promised_pct"), 1))
    told = shown.assign(measure=[SAYS["of", measure].format(unit=unit) for measure in frame["measure"]])
    return headed(scope, told.set_axis(pd.Index(years, name="year")), HEADS)


def bands(scope: Scope, figures: Sequence[Implied]) -> Line:
    """The intervals as open bands of a panel, in the colour of the region; each answers on what it stands."""
    known = {of.year: of.interval for of in figures if of.interval}
    says = {of.year: of.how.to(scope.lang) for of in figures}
    return open_bands(SAYS.implied.to(scope.lang), known, says, colour(scope.region))


def note(levels: Collection[float]) -> list[Text]:
    """What the open bands of a figure are, with the lowest of their promises; nothing where there is none."""
    return [SAYS.note.format(p=number(100 * min(levels), 0))] if levels else []


def span_words(interval: Interval, unit: str = "percent") -> Text:
    """An interval in words: 7.3% to 16.7%, over 17.5%, below 1.1%; of a level 776.0 to 843.8."""
    kind = "both" if interval.two_sided else "over" if interval.low.is_finite() else "below"
    low, high = (number(end, 1) + "%" * (unit == "percent") if end == end else "" for end in interval.ends)
    return ENDS[kind].format(low=low, high=high)


def sentence(scope: Scope, figures: Sequence[Implied]) -> Text:
    """What levels imply for the latest year of which they say most, with its promise and its assumption; empty where nothing."""
    known = [of for of in figures if of.interval]
    if not known:
        return NO_WORDS
    of = max(known, key=lambda of: (bool(of.interval and of.interval.two_sided), of.year))
    return SAYS.sentence.format(year=of.year, **told(scope, of.interval, of.level, sources=of.sources))


def beside(said: Iterable[Text], implied: Text, *, decided: bool) -> list[Text]:
    """The sentences of an answer with that on an interval among them: first where it decides, else after the first."""
    sentences, place = [text for text in said if text.en], 0 if decided else 1
    return [*sentences[:place], implied, *sentences[place:]]


def told(
    scope: Scope, interval: Interval | None, level: float, unit: str = "percent", *, sources: Sequence[str] = ()
) -> dict[str, Text | str]:
    """The parts of a sentence on an implied figure: its ends, its promise in percent and what was assumed."""
    whole = priced_by(scope.dataset, scope.indicator, scope.region, Reading(as_of=scope.as_of))
    real = scope.basis == "real" and whole
    assumed = SAYS.prices.format(region=region_name(whole, scope.dataset)) if real else SAYS.basis
    if _secondary(scope, sources):
        assumed = SAYS.and_secondary.format(assumed=assumed)
    return {"ends": span_words(interval or EVERY, unit), "p": number(100 * level, 0), "assumed": assumed}


def _secondary(scope: Scope, sources: Sequence[str]) -> bool:
    """Whether a figure of the region stands on a page that is neither official nor a reprint."""
    obs = scope.dataset.observations
    of = obs["source_id"].isin(sources) & obs["region"].eq(scope.region) & obs["indicator"].eq(scope.indicator)
    return bool((of & obs["concept"].eq("outturn") & obs["reliability"].eq("secondary")).any())
