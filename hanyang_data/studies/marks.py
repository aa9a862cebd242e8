"""What stands at a mark of a figure, and what the mark answers when a reader asks it: the figure as printed, and where."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from types import MappingProxyType
from typing import Any

import pandas as pd

from hanyang_data.charts.lines import NO_FIGURE, Line, Panel
from hanyang_data.charts.style import colour
from hanyang_data.record.catalogue import indicator_name, region_name
from hanyang_data.record.contract import BOUNDS, HALF_DIGIT
from hanyang_data.record.frames import records
from hanyang_data.record.observations import Dataset, kept
from hanyang_data.studies.captions import SERIES
from hanyang_data.studies.implied import Within
from hanyang_data.studies.scope import Scope
from hanyang_data.words import wording
from hanyang_data.words.messages import Text, messages
from hanyang_data.words.wording import NO_WORDS, TARGET_VINTAGES, UNITS, VINTAGES, bracketed, named_years, number, printed, within

SAYS = messages(__name__)
ABOUT = "≈"
SIGNS = {"about": ABOUT, "over": ">", "at_least": "≥", "within": "≤"}
ABOUT_PP = 0.5  # what a rate printed as "about" may be off by: the widest reading of METHODS 0(5)
DIGITS = 3  # of a number beside its mark, or as many as stand before its point
WORDING_ONLY = SAYS.wording_only


def at_mark(row: pd.Series) -> str:
    """A figure beside its mark, short and in no language: ≈6.5, >1,000, 4†, 3.7* from a secondary source."""
    low, high = float(row["value"]), row.get("value_high")
    ranged = row["qualifier"] == "range" and high is not None and high == high
    shown = f"{shortened(low)}–{shortened(float(high))}" if ranged else SIGNS.get(row["qualifier"], "") + shortened(low)
    return shown + wording.signs(str(row["flag"]))


def in_sentence(row: pd.Series) -> Text:
    """A printed figure inside a sentence, with its qualifier and its unit: over CNY 100 billion, about 7%."""
    if pd.isna(row["value"]) or row["unit"] == "percent":
        return printed(row["value"], row["qualifier"], row["unit"])
    return wording.QUALIFIERS[row["qualifier"]].format(n=wording.quantity(row["value"], row["unit"]))


def resting(text: Text, *flags: str, years: Sequence[int] = ()) -> Text:
    """A text, and in brackets that it rests on a secondary page: on such alone, or for some of its ``years``, one a flag."""
    second = [wording.SECONDARY in str(flag).split() for flag in flags]
    if not any(second) or not (all(second) or years):
        return text
    told = [] if all(second) else sorted({year for year, on in zip(years, second, strict=True) if on})
    return bracketed(text, SAYS.secondary_in.format(years=named_years(told)) if told else SAYS.secondary)


def shortened(value: float, *, sign: bool = False) -> str:
    """A number without digits that nobody needs: three, or as many as stand before its point.

    >>> shortened(13410.4), shortened(6.54321), shortened(0.0012), shortened(0.0)
    ('13,410', '6.54', '0.0012', '0')
    """
    text = number(value, max(0, DIGITS - 1 - Decimal(str(value)).adjusted()), sign=sign)
    return text.rstrip("0").rstrip(".") if "." in text else text


def difference(value: float, *, about: bool) -> str:
    """A difference with its sign: ≈ where a side is printed as "about" and may be off by as much."""
    shown = number(value, 1, sign=True)
    return ABOUT + (shown if shown != "0.0" else "0") if about and abs(value) <= ABOUT_PP + HALF_DIGIT else shown


def answers(scope: Scope, frame: pd.DataFrame) -> dict[int, str]:
    """What each mark of a series answers: the figure as printed, its vintage, day and publisher, and the line of the text."""
    if frame.empty:
        return {}
    series = [frame.attrs.get(key) or frame[key].iloc[0] for key in SERIES]
    return {int(str(year)): text for year, text in zip(frame.index, answers_of(scope, frame, series), strict=True)}


def answers_of(scope: Scope, frame: pd.DataFrame, series: Sequence[str]) -> list[str]:
    """The same for rows of which a year may have several; ``series`` is their indicator, region and measure."""
    sources, places = scope.dataset.sources, _places(scope.dataset, *series)
    indicator = scope.dataset.indicators.loc[series[0]]
    unit = "percent" if series[2] == "growth" else str(indicator["level_unit"])
    sentence = SAYS.growth_of if series[2] == "growth" else SAYS.level_of
    beside = NO_WORDS if unit == "percent" else Text(f" {UNITS[unit].en}", UNITS[unit].zh)
    region, name = region_name(series[1], scope.dataset), indicator_name(series[0], scope.dataset, series[1])
    names = {"region": region, "name": within(name), "unit": beside}
    told, vintages = [], TARGET_VINTAGES if "wording" in frame else VINTAGES  # revised is a kind of either
    for year, row in zip(frame.index, records(frame), strict=True):
        words = printed(row["value"], row["qualifier"], unit, row.get("value_high"), flag=str(row.get("flag", "")))
        said = sentence.format(**names, year=year, n=words, vintage=vintages[row["vintage"]])
        publisher = sources.at[row["source_id"], "publisher"]
        by = Text(publisher, sources.at[row["source_id"], "publisher_zh"] or publisher)
        token, place = places.get((row["source_id"], year, row["vintage"], str(row["value"])), ("", ""))
        where = SAYS.place.format(token=token, place=place) if token else NO_WORDS
        told.append(SAYS.origin.format(said=said, publisher=by, day=row["published_on"], place=where).to(scope.lang))
    return told


@kept
def _places(data: Dataset, *series: str) -> Mapping[tuple[Any, ...], tuple[str, str]]:
    """How each figure of a series is printed and where: token and locator by source, year, vintage and value."""
    rows = data.observations
    same = [rows[key].eq(value) for key, value in zip(SERIES, series, strict=True)]
    ours = rows[same[0] & same[1] & same[2]]
    columns = (ours[key] for key in ("source_id", "year", "vintage", "value", "token", "locator"))
    return MappingProxyType({(i, y, v, str(n)): (token, place) for i, y, v, n, token, place in zip(*columns, strict=True)})


def open_bands(lang: str, label: str, found: Sequence[Within], tone: str, *, sign: bool = False) -> Line:
    """What was not printed as open bands of a panel, which join nothing and answer on what they stand: 7.3–16.7, >17.5."""
    spans, words, bounds = dict[int, tuple[float, float]](), dict[int, str](), dict[int, str]()
    for year, interval in ((of.year, of.interval) for of in found):
        ends = [float(end) for end in interval[:2] if end.is_finite()]
        spans[year] = (ends[0], ends[-1])
        shown = [shortened(wording.rounded(end, 1), sign=sign) for end in ends]
        words[year] = "–".join(dict.fromkeys(shown))
        if shown[0] != shown[-1] and (sign or ends[0] < 0):  # a dash would run into the sign
            words[year] = wording.SAYS.to.format(first=shown[0], last=shown[-1]).to(lang)
        if len(ends) == 1:
            over = interval.low.is_finite()
            bounds[year], words[year] = "over" if over else "within", (">" if over else "<") + shown[0]
    values = pd.Series({year: high for year, (_, high) in spans.items()}, dtype=float)
    return Line(label, values, words, tone, "open", bounds, spans=spans, says={of.year: of.how.to(lang) for of in found})


def line(scope: Scope, frame: pd.DataFrame) -> Line:
    """A series as a line of a panel: its numbers short, their bounds with an arrow, what each mark answers."""
    numbers, region, measure = frame[frame["value"].notna()], frame.attrs["region"], frame.attrs["measure"]
    return Line(
        region_name(region, scope.dataset).to(scope.lang),
        numbers["value"],
        {int(y): at_mark(row) for y, row in numbers.iterrows()},
        colour(region, subject=region == scope.region),
        "outturn" if region == scope.region else "comparator",
        bounds={int(y): q for y, q in numbers["qualifier"].items() if q in BOUNDS},
        worded={int(y): WORDING_ONLY.to(scope.lang) for y in frame.index[frame["value"].isna()]},
        cuts=frozenset(scope.breaks(measure, region=region)),
        says=answers(scope, numbers),
    )


def panel(scope: Scope, title: Text, lines: Sequence[Line], measure: str = "growth", **look: Any) -> Panel:
    """Lines over the years, with the breaks of the region and of its comparator, if any."""
    cuts = {year: label for region in filter(None, scope.sides) for year, label in scope.breaks(measure, region=region).items()}
    named, breaks = title.format(**scope.pair_names), {year: cuts[year].to(scope.lang) for year in sorted(cuts)}
    return Panel(named.to(scope.lang), lines, NO_FIGURE.to(scope.lang), breaks=breaks, **look)
