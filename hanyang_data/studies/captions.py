"""What a figure says: under it basis, vintage, missing years, breaks and sources; and in words what it shows, as it is drawn."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

import pandas as pd

from hanyang_data.charts.chart import Row
from hanyang_data.charts.lines import Panel
from hanyang_data.charts.style import SIZES, Caption, small
from hanyang_data.charts.typeface import wrap
from hanyang_data.record.contract import OUTTURN_VINTAGES
from hanyang_data.record.coverage import conflicts
from hanyang_data.record.frames import records
from hanyang_data.record.observations import default_dataset
from hanyang_data.record.revisions import beyond_rounding, estimates_measured_later
from hanyang_data.record.vintages import known_on
from hanyang_data.studies.scope import Scope
from hanyang_data.words import wording
from hanyang_data.words.messages import LANGUAGES, Text, messages
from hanyang_data.words.wording import NO_WORDS, VINTAGES, bracketed, dated, join, listed, number, within, year_list

SAYS = messages(__name__)
BASIS = {
    "growth": SAYS.each("basis.growth"),
    "level": {"real": SAYS["basis.level.real"], "nominal": SAYS["basis.level.nominal"], "count": NO_WORDS, "rate": NO_WORDS},
}
READING = {"first": SAYS["reading.first"], "latest": NO_WORDS}
SERIES = ["indicator", "region", "measure"]
COMPUTED = SAYS.computed
PAGE, NOTE_LINES = SIZES["page"], 2  # how long a note may be, and where
SIGNS = ("*", wording.DAGGER, "≈")  # at the marks of figures
FEW, MAIN = 3, 2  # publishers that are all named; named where there are more
Shows = Iterable[tuple[Text | str, Iterable[Text | str]]]  # name of a row or a series, and the words at its marks


def series_words(scope: Scope, frames: Mapping[Text, pd.DataFrame]) -> list[Text]:
    """What must be said of the scope's series, the most important first; what is seen at the marks last."""
    drawn = pd.concat(list(frames.values()))
    measures = dict.fromkeys(frame.attrs["measure"] for frame in frames.values())
    return [
        *flag_words(scope, drawn),
        *conflict_words(scope, pd.concat([f.assign(**{key: f.attrs[key] for key in SERIES}) for f in frames.values()])),
        vintages_of(frames),
        *estimate_words(scope, list(frames.values())),
        *[BASIS[measure][scope.basis] for measure in measures],
        *break_words(scope, list(frames.values())),
        *missing_words(scope.years, frames),
        *dropped_words(scope, [tuple(f.attrs[key] for key in SERIES) for f in frames.values()], scope.years),
    ]


def estimate_words(scope: Scope, frames: Sequence[pd.DataFrame]) -> list[Text]:
    """How far such estimates of districts have been off, where growth of a district is drawn that is one."""
    levels = scope.dataset.regions["level"]
    drawn = [f.attrs for f in frames if f.attrs["measure"] == "growth" and f["vintage"].eq(OUTTURN_VINTAGES[0]).any()]
    estimated = [series["indicator"] for series in drawn if levels[series["region"]] != "city"]
    later = estimates_measured_later(estimated[0], **scope.known) if estimated else pd.DataFrame()
    if len(later) < 2:
        return []
    n, k = len(later), int((beyond_rounding(later) < 0).sum())
    low, high = (number(float(end), 1, sign=True) for end in (later["revision"].min(), later["revision"].max()))
    return [SAYS["estimates", "none" if not k else "all" if k == n else "some"].format(n=n, k=k, low=low, high=high)]


def break_words(scope: Scope, frames: Sequence[pd.DataFrame]) -> list[Text]:
    """What parts the series that are drawn, and what links growth over a break."""
    drawn = dict.fromkeys((frame.attrs["region"], frame.attrs["measure"]) for frame in frames)
    parted = [of for region, measure in drawn for of in scope.breaks(measure, region=region).items()]
    linked = [of for region, measure in drawn if measure == "growth" for of in scope.breaks(region=region, which="links").items()]
    return [  # of one year each region may have a reason of its own
        said.format(year=year, label=listed(dict.fromkeys(label for y, label in of if y == year), ";"))
        for said, of in ((SAYS["break"], parted), (SAYS.link, linked))
        for year in sorted({y for y, _ in of})
    ]


def flag_words(scope: Scope, frame: pd.DataFrame) -> list[Text]:
    """What the signs at the marks mean, with the reason of each correction, and which years stand on a basis of their own."""
    flags = frame["flag"].str.split()
    years = {word: sorted(set(frame.index[[word in words for words in flags]])) for word in ("secondary", "comparable")}
    said = [SAYS.secondary] * bool(years["secondary"])
    said += [SAYS.about] * bool(frame["qualifier"].eq("about").any())
    entries = scope.dataset.corrections
    marked = {(year, row["source_id"]) for year, row in frame.iterrows() if wording.MARKED & set(row["flag"].split())}
    used = entries[pd.MultiIndex.from_frame(entries[["year", "source_id"]]).isin(marked)]
    said += doubt_words(used.itertuples())
    return said + [SAYS.comparable.format(years=wording.named_years(years["comparable"]))] * bool(years["comparable"])


def conflict_words(scope: Scope, drawn: pd.DataFrame) -> list[Text]:
    """Where sources differ on what is drawn, growth first: a sentence a series; rows with ``indicator, region, measure``."""
    told: dict[tuple[str, str], list[Text]] = {}
    for of, others in also_printed(scope, drawn):
        words = SAYS.differ_in.format(year=of["year"], first=of["shown"], others=listed(others))
        told.setdefault((of["measure"], of["indicator"]), []).append(words)
    return [
        SAYS["differ", measure].format(indicator=within(scope.name_of(id_)), listed=listed(of, ";"))
        for (measure, id_), of in sorted(told.items(), key=lambda item: item[0][0])
    ]


def also_printed(scope: Scope, drawn: pd.DataFrame, unit: str = "") -> list[tuple[dict[str, Any], list[Text]]]:
    """The conflicts on rows that are drawn, by year, and what else is printed; one that rounding explains is none."""
    rows = zip(drawn.index, drawn.itertuples(), strict=True)
    taken = {(r.region, r.indicator, r.measure, year, r.vintage): r.value for year, r in rows}
    public, found = set(known_on(scope.dataset.sources, scope.as_of).index), []
    for of in records(conflicts(scope.dataset).sort_values("year", kind="stable")):
        shown = taken.get((of["region"], of["indicator"], of["measure"], of["year"], of["vintage"]))
        if shown is None or not public >= set(of["sources"]) or (of["concept"], of["period"]) != ("outturn", "annual"):
            continue
        bases, own = dict(zip(of["values"], of["bases"], strict=True)), number(shown)
        more = {number(v): basis for v, basis in bases.items() if not _same(number(v), own)}
        words = [SAYS["on", basis if basis == "comparable" else "own"].format(n=n + unit) for n, basis in more.items()]
        found += [({**of, "shown": own}, words)] if words else []
    return found


def _same(one: str, other: str) -> bool:
    """Whether two numbers are one in the fewer of their digits: 128.93 and 129."""
    digits = min(len(n.partition(".")[2]) for n in (one, other))
    values = [round(float(n.replace(",", "").replace("−", "-")), digits) for n in (one, other)]
    return values[0] == values[1]


def dropped_words(scope: Scope, series: Sequence[tuple[str, str, str]], years: Sequence[int]) -> list[Text]:
    """The printed figures of these years that corrections.yaml keeps out of the series, with the reason."""
    out = corrected(scope, series, years, dropped=True)
    return [SAYS.dropped.format(year=e.year, n=number(e.before), reason=Text(e.reason_en, e.reason_zh)) for e in out]


def doubt_words(entries: Iterable[Any]) -> list[Text]:
    """The reasons behind the daggers at marks, of entries of corrections.yaml."""
    return [SAYS.doubt.format(year=e.year, reason=Text(e.reason_en, e.reason_zh)) for e in entries]


def corrected(scope: Scope, series: Sequence[tuple[str, str, str]], years: Collection[int], *, dropped: bool) -> list[Any]:
    """What corrections.yaml says of annual figures of these series: of those it keeps out, or of those it marks."""
    entries = known_on(scope.dataset.corrections.join(scope.dataset.sources["known_from"], on="source_id"), scope.as_of)
    ours = pd.MultiIndex.from_frame(entries[SERIES]).isin(series) & entries["action"].eq("drop").eq(dropped)
    return list(entries[ours & entries["period"].eq("annual") & entries["year"].isin(years)].itertuples())


def vintages_of(frames: Mapping[Text, pd.DataFrame]) -> Text:
    """The same of several frames under their names (growth and level, two sides), apart where they differ in a year."""
    whole = pd.concat(list(frames.values()))
    if whole.groupby(level=0)["vintage"].nunique().le(1).all():
        return vintage_words(whole)
    told = [
        SAYS.vintage_of.format(name=name, v=listed((_one_of(v, frame.index[frame["vintage"] == v]) for v in used), "，"))
        for name, frame in frames.items()
        if (used := [v for v in VINTAGES if frame["vintage"].eq(v).any()])
    ]
    return SAYS.many_vintages.format(v=listed(told, ";"))


def _one_of(vintage: str, years: Iterable[int]) -> Text:
    return SAYS.one_of.format(v=VINTAGES[vintage], years=year_list(sorted(set(years))))


def vintage_words(frame: pd.DataFrame) -> Text:
    """Which vintage the outturns of a frame are, year by year where they differ."""
    years_of = {v: sorted(set(frame.index[frame["vintage"] == v])) for v in VINTAGES}
    used = {v: years for v, years in years_of.items() if years}
    if not used:
        return NO_WORDS
    if len(used) == 1:
        name = VINTAGES[next(iter(used))]
        return SAYS.one_vintage.format(v=Text(name.en if name.en.endswith("e") else f"{name.en} figure", name.zh))
    if sum(map(len, used.values())) > len(set().union(*used.values())):  # a year of two would tell nothing apart
        return SAYS.mixed.format(v=listed([VINTAGES[v] for v in used], "and"))
    named = [_one_of(v, years) for v, years in used.items()]
    return SAYS.many_vintages.format(v=listed(named, ";"))


def missing_words(years: Sequence[int], frames: Mapping[Text, pd.DataFrame]) -> list[Text]:
    """The years without any figure, and those with a wording only, for each frame under its name."""
    absent = {name: [y for y in years if y not in frame.index] for name, frame in frames.items()}
    worded = {name: frame.index[frame["value"].isna()].unique().tolist() for name, frame in frames.items()}
    said = []
    for sentence, years_of in ((SAYS.missing, absent), (SAYS.unnumbered, worded)):
        parts = [SAYS.missing_of.format(what=name, years=year_list(of)) for name, of in years_of.items() if of]
        said += [sentence.format(listed=listed(parts, ";"))] if parts else []
    return said


def series_title(scope: Scope, measure: str = "growth", unit: Text = NO_WORDS) -> Text:
    """What a panel of growth or of levels shows: its basis, and the unit of levels."""
    return SAYS["title", f"{measure}.{scope.basis}"].format(unit=unit)


def unit_name(frame: pd.DataFrame) -> Text:
    """The unit of the first row of a frame; empty for an empty frame."""
    return wording.UNITS[str(frame["unit"].iloc[0])] if len(frame) else NO_WORDS


def caption(
    scope: Scope, title: Text, subtitle: Text, parts: Sequence[Text], frames: Sequence[pd.DataFrame], shows: Shows
) -> Caption:
    """Put the words of a figure together in the language of the scope.

    The title is the finding, the subtitle what is drawn and its unit; the note is made of the ``parts`` for which its two lines
    have room, the source follows from the ``frames`` that are drawn, and what the figure ``shows`` is said for those who cannot
    see it.
    """
    lang, kept = scope.lang, list[Text]()
    dated = as_known(title, scope.as_of)
    alt = in_words(dated, shows)
    signs = {words: words.en[0] in alt.en for words in (SAYS.secondary, SAYS.about)}
    unsaid = [words for words, seen in signs.items() if seen and not any(words.en[0] in of.en for of in parts)]
    parts = [*unsaid, *(part for part in parts if signs.get(part, True))]  # nothing of a sign that is not there
    parts = [*parts, READING[scope.vintage]]
    for part in sorted(parts, key=lambda part: not part.en.startswith(SIGNS)):  # a sign at a mark is never left unsaid
        longer = [one for one in parts if one in (*kept, part)]
        texts = [SAYS.note.format(text=join(longer)).to(lang_) for lang_ in LANGUAGES]
        kept = longer if all(len(wrap(text, PAGE.room, small(PAGE.text))) <= NOTE_LINES for text in texts) else kept
    rest = [part for part in parts if part not in kept]
    said = SAYS.note.format(text=join(kept)).to(lang) if join(kept).en else ""
    ids = tuple(dict.fromkeys(str(id_) for frame in frames for id_ in frame["source_id"]))
    named = _source(scope, list(ids)).to(lang)
    return Caption(dated.to(lang), subtitle.to(lang), said, named, alt.to(lang), ids, join(rest).to(lang), title.to(lang))


def as_known(text: Text, day: str) -> Text:
    """What is read first, with the day on which no more was known; without a day as it is."""
    return bracketed(text, SAYS.as_of.format(day=dated(day))) if day else text


def left_out(scope: Scope) -> Text:
    """How many years of the series lie outside the window, if several do or the latest one: nobody may have typed its ends.

    Nothing is said of the package's own record, whose period the default is, nor of a year or two before.
    """
    if scope.dataset is default_dataset():
        return NO_WORDS
    printed = (scope.dataset.series(scope.region, scope.indicator, measure, "outturn") for measure in BASIS)
    numbers = (known_on(rows[rows["value"].notna()], scope.as_of)["year"] for rows in printed)
    years = sorted({int(year) for of in numbers for year in of} - {*scope.years})
    names = {"region": scope.region_name, "k": len(years), "years": year_list(years)}
    return SAYS.left_out.format(**names) if len(years) > 2 or max(years, default=0) > scope.end_year else NO_WORDS


def in_words(title: Text, shows: Shows) -> Text:
    """A figure for those who cannot see it: its title, and of each row or series the name and the words at its marks."""
    told = [
        SAYS.alt_row.format(name=name, words=words) if name else words
        for name, marks in shows
        if (words := listed((Text(m, m) if isinstance(m, str) else m for m in marks if m), "，")).en
    ]
    return SAYS.alt.format(title=title, told=listed(told, ";")) if told else SAYS.alt_bare.format(title=title)


def of_rows(rows: Sequence[Row]) -> Shows:
    """What the rows of a figure show: their cells; a float is a difference."""
    return [(row.label, [number(c, 1, sign=True) if isinstance(c, float) else c for c in row.cells if c]) for row in rows]


def of_panels(panels: Sequence[Panel]) -> Shows:
    """What panels over the years show: the word at each mark, and at each path."""
    for panel in panels:
        for line in panel.lines:
            words = {**line.words, **line.worded}
            name = listed((Text(n, n) for n in (panel.title, line.label) if n), "，")
            yield name if name.en else "", [f"{year} {words[year]}" for year in sorted(words)]
        yield "", [f"{path.values.index[0]}–{path.values.index[-1]} {path.label}" for path in panel.paths if path.label]


def _source(scope: Scope, ids: list[str]) -> Text:
    """The publishers in a line, those of most texts first, and from when to when; the titles stand in the list of sources."""
    if not ids:
        return SAYS.no_source
    used = scope.dataset.sources.loc[ids].sort_values("known_from", kind="stable")
    chinese = used["publisher_zh"].where(used["publisher_zh"] != "", used["publisher"])
    ranked = used.assign(zh=chinese).groupby(["publisher", "zh"], sort=False).size()
    named = list(ranked.sort_values(ascending=False, kind="stable").index)
    shown = named if len(named) <= FEW else named[:MAIN]
    # one publisher in English may be two in Chinese, which names the page that carried the text
    names = Text("; ".join(dict.fromkeys(en for en, _ in shown)), "、".join(dict.fromkeys(zh for _, zh in shown)))
    first, last = (str(day)[:4] for day in used["published_on"].iloc[[0, -1]])
    years = wording.spanned(first if first == last else f"{first}–{last}")
    rest = len(named) - len(shown)
    fills = {"names": names, "years": Text(years.en, f"{years.zh}年")}
    return SAYS.many.format(**fills, k=rest) if rest else SAYS.source.format(**fills)
