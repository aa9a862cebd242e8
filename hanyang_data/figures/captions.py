"""What a figure says under it: basis, vintage, missing years, breaks and sources, computed from the rows that are drawn."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import pandas as pd

from hanyang_data.catalog import cite
from hanyang_data.figures.style import Caption
from hanyang_data.scope import Scope
from hanyang_data.wording import UNITS, VINTAGES, Text, join, year_list

BASIS = {
    "real": Text(
        "Growth is real (constant prices); levels are at current prices.", "增速按可比价格计算，总量按现价计算。"
    ),
    "nominal": Text(
        "Growth as published, not deflated; levels are at current prices.",
        "增速为公布数，未扣除价格因素；总量按现价计算。",
    ),
    "count": Text("Growth and levels as published.", "增速与总量均为公布数。"),
    "rate": Text("Rates as published.", "为公布的比率。"),
}
ONE_VINTAGE = Text("All outturns are {v}s.", "完成数均为{v}。")
MANY_VINTAGES = Text("Outturns: {v}.", "完成数：{v}。")
ONE_OF = Text("{v} {years}", "{years}为{v}")
AS_OF = Text("As known on {day}.", "截至{day}已公布的资料。")
READING = {"first": Text("First reading of each year.", "各年取首次公布数。"), "latest": Text("", "")}
MISSING = Text("Not in the record: {listed}.", "资料中缺：{listed}。")
MISSING_OF = Text("{what} {years}", "{years}{what}")
BREAK = Text("From {year} on another basis ({label}): not comparable with the years before and not joined to them.",
             "{year}年起口径改变（{label}），与此前年份不可比，不连线。")  # fmt: skip
BOUND = Text("Hollow marks with an arrow are bounds as printed.", "带箭头的空心点为原文所述界限。")
ABOUT = Text('Printed as "about": {years}.', "原文为“左右”：{years}。")
SECONDARY = Text("From secondary pages: {years}.", "来自二手资料：{years}。")
SOURCE = Text("Source: {cited}.", "资料来源：{cited}。")
COMPUTED = Text("Differences are own calculations.", "差额由作者计算。")
NO_SOURCE = Text("Source: no row was drawn.", "资料来源：无数据。")
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
    basis = str(scope.dataset.indicators.loc[scope.indicator, "growth_basis"])
    drawn = pd.concat(list(frames.values()))
    breaks = [BREAK.format(year=year, label=label) for year, label in scope.breaks().items()]
    return [BASIS[basis], vintage_words(drawn), missing_words(scope.years, frames), *breaks, *flag_words(drawn)]


def flag_words(frame: pd.DataFrame) -> list[Text]:
    """What the flags of the rows oblige us to say."""
    flags = frame["flag"].str.split()
    secondary = frame.index[flags.map(lambda words: "secondary" in words).astype(bool)]
    bounds = [BOUND] if flags.map(lambda words: "bound" in words).any() else []
    about = frame.index[frame["qualifier"] == "about"]
    bounds += [ABOUT.format(years=year_list(sorted(set(about))))] * bool(len(about))
    return bounds + [SECONDARY.format(years=year_list(sorted(set(secondary))))] * bool(len(secondary))


def vintage_words(frame: pd.DataFrame) -> Text:
    """Which vintage the outturns of a frame are, year by year where they differ."""
    years_of = {v: sorted(set(frame.index[frame["vintage"] == v])) for v in VINTAGES}
    used = {v: years for v, years in years_of.items() if years}
    if not used:
        return Text("", "")
    if len(used) == 1:
        name = VINTAGES[next(iter(used))]
        return ONE_VINTAGE.format(v=Text(name.en if name.en.endswith("e") else f"{name.en} figure", name.zh))
    listed = [ONE_OF.format(v=VINTAGES[v], years=year_list(years)) for v, years in used.items()]
    return MANY_VINTAGES.format(v=Text("; ".join(t.en for t in listed), "；".join(t.zh for t in listed)))


def missing_words(years: Sequence[int], frames: Mapping[Text, pd.DataFrame]) -> Text:
    """The years without a number, for each frame under its name."""
    gaps = {name: [y for y in years if y not in frame.index[frame["value"].notna()]] for name, frame in frames.items()}
    listed = {name: missing for name, missing in gaps.items() if missing}
    if not listed:
        return Text("", "")
    parts = [MISSING_OF.format(what=name, years=year_list(missing)) for name, missing in listed.items()]
    return MISSING.format(listed=Text("; ".join(t.en for t in parts), "；".join(t.zh for t in parts)))


def source(scope: Scope, frames: Sequence[pd.DataFrame]) -> str:
    """The source line, computed from the rows that are drawn."""
    ids = [id_ for frame in frames for id_ in frame["source_id"]]
    if not ids:
        return NO_SOURCE.to(scope.lang)
    return SOURCE.format(cited=cite(ids, scope.lang, scope.dataset)).to(scope.lang)


def unit_name(frame: pd.DataFrame) -> Text:
    """The unit of the first row of a frame; empty for an empty frame."""
    return UNITS[str(frame["unit"].iloc[0])] if len(frame) else Text("", "")


def caption(
    scope: Scope, title: Text, subtitle: Text, parts: Sequence[Text], frames: Sequence[pd.DataFrame], alt: Text
) -> Caption:
    """Put the words of a figure together in the language of the scope; ``parts`` are the sentences of its note."""
    lang = scope.lang
    return Caption(title.to(lang), subtitle.to(lang), note(scope, *parts), source(scope, frames), alt.to(lang))
