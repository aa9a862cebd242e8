"""What a figure says under it: basis, vintage, missing years, breaks and sources, computed from the rows that are drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from hanyang_data.charts.style import Caption
from hanyang_data.record.contract import OUTTURN_VINTAGES
from hanyang_data.record.revisions import estimates_measured_later
from hanyang_data.record.vintages import known_on
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.sources import source, source_ids
from hanyang_data.words.wording import MARKED, UNITS, VINTAGES, Text, join, number, year_list

BASIS = {
    "growth": {
        "real": Text("Growth is real (constant prices).", "增速按可比价格计算。"),
        "nominal": Text("Growth is as published, not deflated.", "增速为公布数，未扣除价格因素。"),
        "count": Text("Growth is as published.", "增速为公布数。"),
        "rate": Text("The change is as published.", "为公布的变动率。"),
    },
    "level": {
        "real": Text("Levels are at current prices.", "总量按现价计算。"),
        "nominal": Text("Levels are at current prices.", "总量按现价计算。"),
        "count": Text("", ""),
        "rate": Text("", ""),
    },
}
COMPARABLE = Text("On a comparable basis as adjusted: {years}.", "{years}为调整后可比口径。")
ONE_VINTAGE = Text("All outturns are {v}s.", "完成数均为{v}。")
MANY_VINTAGES = Text("Outturns: {v}.", "完成数：{v}。")
ONE_OF = Text("{v} {years}", "{years}为{v}")
AS_OF = Text("As known on {day}.", "截至{day}已公布的资料。")
READING = {"first": Text("Outturns are the figures first published.", "完成数取首次公布数。"), "latest": Text("", "")}
MISSING = Text("Not in the record: {listed}.", "资料中缺：{listed}。")
MISSING_OF = Text("{what} {years}", "{years}{what}")
UNNUMBERED = Text("Wording without a number: {listed}.", "只有文字表述：{listed}。")
BREAK = Text(
    "Years before {year} and from {year} on are not comparable ({label}) and not joined.",
    "{year}年前后不可比（{label}），不连线。",
)
LINK = Text(
    "Growth is joined over {year} ({label}): the published rate is on a comparable basis.",
    "{year}年（{label}）公布增速为可比口径，增速前后相连。",
)
BOUND = Text("Hollow marks with an arrow are bounds as printed.", "带箭头的空心点为原文所述界限。")
ABOUT = Text('Printed as "about": {years}.', "原文为“左右”：{years}。")
DOUBT = Text("† {year}: {reason}", "†{year}年：{reason}")
DROPPED = Text("Left out of {year}: {n}. {reason}", "{year}年未采用{n}：{reason}")
ESTIMATES = Text(
    "Of {n} estimates by districts that were measured later {k} proved too high (revisions {low} to {high} pp).",
    "各区预计数中后来有核定数的{n}个，其中{k}个偏高（修订{low}至{high}个百分点）。",
)
SERIES = ["indicator", "region", "measure"]
SECONDARY = Text("From secondary pages: {years}.", "来自二手资料：{years}。")
COMPUTED = Text("Differences are own calculations.", "差额由作者计算。")
NOTE = Text("Note: {text}", "注：{text}")


def note(scope: Scope, *parts: Text) -> str:
    """Sentences as the note of a figure, with the reading and the day up to which publications count."""
    day = [AS_OF.format(day=scope.as_of)] if scope.as_of else []
    return NOTE.format(text=join([*parts, READING[scope.vintage], *day])).to(scope.lang)


def series_words(scope: Scope, frames: Mapping[Text, pd.DataFrame]) -> list[Text]:
    """What must be said of the scope's series: basis, vintage, missing years, breaks, bounds, secondary sources.

    Args:
        scope: the question.
        frames: what each frame is called where its missing years are listed → the outturns that are drawn.
    """
    kind = str(scope.dataset.indicators.loc[scope.indicator, "growth_basis"])
    drawn = pd.concat(list(frames.values()))
    basis = [BASIS[measure][kind] for measure in dict.fromkeys(frame.attrs["measure"] for frame in frames.values())]
    breaks = break_words(scope, list(frames.values()))
    return [
        *basis,
        vintage_words(drawn),
        *estimate_words(scope, list(frames.values())),
        *missing_words(scope.years, frames),
        *breaks,
        *flag_words(scope, drawn),
        *dropped_words(scope, [tuple(f.attrs[key] for key in SERIES) for f in frames.values()], scope.years),
    ]


def estimate_words(scope: Scope, frames: Sequence[pd.DataFrame]) -> list[Text]:
    """How far such estimates of districts have been off, where growth of a district is drawn that is one."""
    levels = scope.dataset.regions["level"]
    estimated = [
        frame.attrs["indicator"]
        for frame in frames
        if frame.attrs["measure"] == "growth"
        and levels[frame.attrs["region"]] != "city"
        and frame["vintage"].eq(OUTTURN_VINTAGES[0]).any()
    ]
    if not estimated:
        return []
    change = estimates_measured_later(estimated[0], as_of=scope.as_of, dataset=scope.dataset)["revision"]
    if len(change) < 2:
        return []
    low, high = (number(float(end), 1, sign=True) for end in (change.min(), change.max()))
    return [ESTIMATES.format(n=len(change), k=int((change < 0).sum()), low=low, high=high)]


def break_words(scope: Scope, frames: Sequence[pd.DataFrame]) -> list[Text]:
    """What parts the series that are drawn, and what links growth over a break."""
    drawn = {(frame.attrs["region"], frame.attrs["measure"]) for frame in frames}
    parted = {year: label for region, measure in drawn for year, label in scope.breaks(measure, region=region).items()}
    linked = {
        y: label for region, measure in drawn if measure == "growth" for y, label in scope.links(region=region).items()
    }
    apart = [BREAK.format(year=year, label=label) for year, label in sorted(parted.items())]
    return apart + [LINK.format(year=year, label=label) for year, label in sorted(linked.items())]


def flag_words(scope: Scope, frame: pd.DataFrame) -> list[Text]:
    """What qualifiers and flags of the rows oblige us to say, with the reason of each correction."""
    flags = frame["flag"].str.split()
    years = {word: sorted(set(frame.index[[word in words for words in flags]])) for word in ("comparable", "secondary")}
    years["about"] = sorted(set(frame.index[frame["qualifier"] == "about"]))
    sentences = {"about": ABOUT, "comparable": COMPARABLE, "secondary": SECONDARY}
    said = [sentence.format(years=year_list(years[word])) for word, sentence in sentences.items() if years[word]]
    entries = scope.dataset.corrections
    marked = {(year, row["source_id"]) for year, row in frame.iterrows() if MARKED & set(row["flag"].split())}
    used = entries[pd.MultiIndex.from_frame(entries[["year", "source_id"]]).isin(marked)]
    return said + [DOUBT.format(year=e.year, reason=Text(e.reason_en, e.reason_zh)) for e in used.itertuples()]


def dropped_words(scope: Scope, series: Sequence[tuple[str, str, str]], years: Sequence[int]) -> list[Text]:
    """The printed figures of these years that corrections.yaml keeps out of the series, with the reason.

    Args:
        scope: the question.
        series: indicator, region and measure of each series that is drawn.
        years: the years that are drawn.
    """
    entries = known_on(scope.dataset.corrections.join(scope.dataset.sources["known_from"], on="source_id"), scope.as_of)
    ours = pd.MultiIndex.from_frame(entries[SERIES]).isin(series)
    out = entries[ours & entries["action"].eq("drop") & entries["period"].eq("annual") & entries["year"].isin(years)]
    return [
        DROPPED.format(year=e.year, n=number(e.before), reason=Text(e.reason_en, e.reason_zh)) for e in out.itertuples()
    ]


def vintage_words(frame: pd.DataFrame) -> Text:
    """Which vintage the outturns of a frame are, year by year where they differ."""
    years_of = {v: sorted(set(frame.index[frame["vintage"] == v])) for v in VINTAGES}
    used = {v: years for v, years in years_of.items() if years}
    if not used:
        return Text("", "")
    if len(used) == 1:
        name = VINTAGES[next(iter(used))]
        return ONE_VINTAGE.format(v=Text(name.en if name.en.endswith("e") else f"{name.en} figure", name.zh))
    if len({tuple(years) for years in used.values()}) == 1:  # the years would tell nothing apart
        listed = [VINTAGES[v] for v in used]
    else:
        listed = [ONE_OF.format(v=VINTAGES[v], years=year_list(years)) for v, years in used.items()]
    return MANY_VINTAGES.format(v=Text("; ".join(t.en for t in listed), "；".join(t.zh for t in listed)))


def missing_words(years: Sequence[int], frames: Mapping[Text, pd.DataFrame]) -> list[Text]:
    """The years without any figure, and those with a wording only, for each frame under its name."""
    absent = {name: [y for y in years if y not in frame.index] for name, frame in frames.items()}
    worded = {name: frame.index[frame["value"].isna()].unique().tolist() for name, frame in frames.items()}
    return [*_listed(MISSING, absent), *_listed(UNNUMBERED, worded)]


def _listed(sentence: Text, years_of: Mapping[Text, Sequence[int]]) -> list[Text]:
    parts = [MISSING_OF.format(what=name, years=year_list(years)) for name, years in years_of.items() if years]
    listed = Text("; ".join(t.en for t in parts), "；".join(t.zh for t in parts))
    return [sentence.format(listed=listed)] if parts else []


def unit_name(frame: pd.DataFrame) -> Text:
    """The unit of the first row of a frame; empty for an empty frame."""
    return UNITS[str(frame["unit"].iloc[0])] if len(frame) else Text("", "")


def caption(
    scope: Scope, title: Text, subtitle: Text, parts: Sequence[Text], frames: Sequence[pd.DataFrame], alt: Text
) -> Caption:
    """Put the words of a figure together in the language of the scope; ``parts`` are the sentences of its note."""
    lang = scope.lang
    said = source(scope, frames).to(lang)
    return Caption(title.to(lang), subtitle.to(lang), note(scope, *parts), said, alt.to(lang), source_ids(frames))
