"""The figures of the target-shortfall notebook: what was set, what happened, and the difference."""

from collections.abc import Sequence
from dataclasses import replace

import pandas as pd

from hanyang_data.charts.chart import Row, dumbbell
from hanyang_data.charts.export import Chart
from hanyang_data.charts.lines import DASHED, NO_FIGURE, Line, Path
from hanyang_data.charts.panels import over_years
from hanyang_data.charts.style import INK, MISS, SOFT, Caption, colour
from hanyang_data.record.contract import BOUNDS
from hanyang_data.statistics.shortfall import READINGS
from hanyang_data.studies import captions
from hanyang_data.studies.growth_gap.figure import MIXED
from hanyang_data.studies.marks import answers, at_mark, line, panel
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.target_shortfall import bases, findings, unprinted
from hanyang_data.studies.target_shortfall.evidence import PlanPath, TargetStudy, Vintages, words_of
from hanyang_data.studies.unprinted import note
from hanyang_data.words.wording import NO_WORDS, NOT_ON_RECORD, UNITS, Text, full_stop, listed, messages, number, within

SAYS = messages(__name__)
ABOUT_BAND = float(max(READINGS.values()))  # pp on either side of "about": the widest reading of the analysis
SHORTFALL = SAYS.each("shortfall")
GREY = "#8c8c8c"


def by_year(
    scope: Scope, study: TargetStudy, vintages: Vintages | None = None, implied: Sequence[unprinted.ImpliedVerdict] = (), *,
    measure: str = "growth", size: str = "page",
) -> Chart | Text:  # fmt: skip
    """Target and outturn of one indicator, newest year on top; years without either are rows too; a sentence without a number."""
    other = pd.DataFrame(columns=["source_id"])  # the readings that the scope does not take, where there is another one
    if vintages is not None:
        readings = (vintages.latest if scope.vintage == "first" else vintages.first).outturns
        other = readings[readings.index.isin(vintages.later)]
    ours = {v.year: v for v in implied if v.vintage == "original" and v.indicator == study.series["indicator"]}
    rows = [
        unprinted.with_band(scope, _row(scope, Text(*[str(year)] * 2), year, study, other), ours.get(year))
        for year in reversed(scope.years)
    ]
    if not any(row.marks or row.span or row.open for row in rows):
        return full_stop(findings.shortfall(scope, study.against_original, measure))
    targets = [study.original, study.revised]
    unit = captions.unit_name(pd.concat([study.outturns, *targets]))
    kind = "ceiling" if scope.lower_is_better() else "percent" if unit == UNITS["percent"] else "other"
    what = captions.series_title(scope) if measure == "growth" else SAYS.level_in.format(unit=unit)
    words = captions.caption(
        scope,
        title=bases.on_pages(study, findings.shortfall(scope, study.against_original, measure)),
        subtitle=SAYS.subtitle.format(**scope.said, measure=what, unit=SHORTFALL[kind]),
        parts=[
            *bases.sentences(scope, study),
            *note([verdict.level for verdict in ours.values()]),
            *[SAYS["other", scope.vintage]] * bool(len(other)),
            *_extra(targets, rows),
            *captions.series_words(scope, {SAYS.outturn: study.outturns}),
        ],
        frames=[study.outturns, *targets, other, study.other],
        shows=captions.of_rows(rows),
    )
    return _draw(scope, rows, words, with_revised=bool(len(study.revised)), with_other=bool(len(other)), size=size)


def by_indicator(
    scope: Scope, year: int, studies: findings.Studies, of: findings.Studies = findings.NO_OTHERS, *, size: str = "page"
) -> Chart:
    """Targets and outturns of several indicators in one year; the title says whether these are all those ``of`` the region."""
    shown = {id_: study for id_, study in studies.items() if year in {*study.original.index, *study.revised.index}}
    rows = [_row(scope, study.label, year, study) for study in shown.values()]
    rows = rows or [Row("", {}, words=NO_FIGURE.to(scope.lang), cells=[""] * 6)]
    used = [study.rows_in(year) for study in shown.values()]
    outturns = pd.concat([of[0] for of in used] or [study.outturns.head(0) for study in studies.values()])
    targets = [frame for _, *sets in used for frame in sets]
    series = [tuple(study.outturns.attrs[key] for key in captions.SERIES) for study in shown.values()]
    left_out = [study.label for id_, study in studies.items() if id_ not in shown]
    words = captions.caption(
        scope,
        title=findings.shortfall_in_year(scope, year, shown, of=of),
        subtitle=SAYS.year_subtitle.format(year=year, unit=SHORTFALL["percent"]),
        parts=[
            *_extra(targets, rows),
            captions.vintage_words(outturns),
            MIXED,
            *captions.flag_words(scope, outturns),
            *captions.dropped_words(scope, series, [year]),
            *[SAYS.left_out.format(year=year, names=listed(map(within, left_out), "and"))] * bool(left_out),
        ],
        frames=[outturns, *targets],
        shows=captions.of_rows(rows),
    )
    return _draw(scope, rows, words, with_revised=any(year in study.revised.index for study in shown.values()), size=size)


def _row(scope: Scope, label: Text, year: int, study: TargetStudy, other: pd.DataFrame | None = None) -> Row:
    lang = scope.lang
    cells, marks, bounds, says = list[str | float | None](), dict[str, float](), dict[str, str](), dict[str, str]()
    frames = {"original": study.original, "revised": study.revised, "outturn": study.outturns}
    frames["other"] = study.outturns.head(0) if other is None else other
    for role, frame in frames.items():
        words = words_of(frame, year)
        if words is None:
            cells.append("" if role in ("revised", "other") else NOT_ON_RECORD)
            continue
        row = frame.loc[year]
        cells.append(words.to(lang))
        if pd.notna(row["value"]):
            marks[role] = float(row["value"])
            bounds |= {role: row["qualifier"]} if row["qualifier"] in BOUNDS and role in ("outturn", "other") else {}
            says[role] = answers(scope, frame.loc[[year]])[year]
    if set(cells) <= {"", NOT_ON_RECORD}:
        return Row(label.to(lang), {}, words=NO_FIGURE.to(lang), cells=[""] * 6)
    cells += [study.error_words(year, lang, which) for which in ("original", "revised")]
    return Row(label.to(lang), marks, _span(study.original, year), cells=cells, bounds=bounds, says=says)


def _span(targets: pd.DataFrame, year: int) -> tuple[float, float] | None:
    """The ends of a range target, or of what "about" may mean."""
    if year not in targets.index:
        return None
    row = targets.loc[year]
    if row["qualifier"] == "range":
        return float(row["value"]), float(row["value_high"])
    about = row["qualifier"] == "about" and row["unit"] == "percent"
    return (float(row["value"]) - ABOUT_BAND, float(row["value"]) + ABOUT_BAND) if about else None


def _extra(targets: list[pd.DataFrame], rows: list[Row]) -> list[Text]:
    about = any((frame["qualifier"] == "about").any() for frame in targets)
    revised = any((frame["vintage"] == "revised").any() for frame in targets)
    dashed = any(NOT_ON_RECORD in row.cells for row in rows)
    return [SAYS.revised] * revised + [SAYS.about] * about + [SAYS.dash] * dashed + [captions.COMPUTED]


def _draw(scope: Scope, rows: list[Row], words: Caption, *, with_revised: bool, with_other: bool = False, size: str) -> Chart:
    lang = scope.lang
    heads = [(SAYS["heads", role].to(lang), role) for role in ("original", "revised", "outturn")]
    heads += [(SAYS["other_heads", scope.vintage].to(lang), "other")] + [(text.to(lang), "") for text in SAYS.row("against")]
    keep = [0, *[1] * with_revised, 2, *[3] * with_other, 4, *[5] * with_revised]
    cut = [replace(row, cells=[row.cells[k] for k in keep]) for row in rows]
    roles = {"original": INK, "revised": SOFT, "outturn": colour(scope.region), "other": colour(scope.region)}
    return dumbbell(cut, roles, [heads[k] for k in keep], words, size=size)


def plan(scope: Scope, found: PlanPath, *, size: str = "page") -> Chart | Text:
    """Levels on record, the target of the plan, and the paths that lead to it from its base year and from the latest level."""
    title = findings.plan_title(scope, found)
    if found.targets.empty:
        return title
    frame = scope.outturns("level")
    shown = frame["value"].reindex(found.levels.index).to_numpy()
    other = found.levels[found.levels["value"].to_numpy() != shown]  # readings that the series does not take: small, grey
    spare = Line("", other["value"], {}, GREY, "spare", says=answers(scope, other))
    aim, (word,) = found.targets, found.targets["qualifier"]
    bounds, marks = {found.end_year: word} if word in BOUNDS else {}, {found.end_year: at_mark(aim.iloc[0])}
    goal = Line("", aim["value"], marks, INK, "original", bounds=bounds, says=answers(scope, aim))
    lines = [goal, line(scope, frame), spare]
    drawn = panel(scope, NO_WORDS, lines, "level", from_zero=True, paths=_paths(scope, found))
    need = found.needed[found.from_latest] if found.from_latest is not None else None
    reals = {"real": need.real_pct, "low": need.real_low_pct, "high": need.real_high_pct} if need else {}
    told = {"d": number(found.deflator_pct)} | {key: number(value, 1) for key, value in reals.items()}
    readings = listed((SAYS.reading.format(what=number(v), year=year) for year, v in other["value"].items()), ";")
    words = captions.caption(
        scope,
        title=title,
        subtitle=SAYS.plan_subtitle.format(unit=captions.unit_name(pd.concat([found.targets, frame]))),
        parts=[
            *([SAYS.assumed.format(**told)] if need else []),
            *captions.flag_words(scope, frame),
            captions.vintage_words(frame),
            *[SAYS.other_readings.format(listed=readings)] * bool(len(other)),
            *captions.break_words(scope, [frame]),
            *captions.missing_words(scope.years, {SAYS.level: frame}),
            captions.COMPUTED,
        ],
        frames=[frame, found.levels, found.targets],
        shows=captions.of_panels([drawn]),
    )
    years = range(scope.start_year, max(scope.end_year, found.end_year) + 1)
    return over_years([drawn], years, words, size=size, panel_height=5.0)


def _paths(scope: Scope, found: PlanPath) -> list[Path]:
    """From the latest level, and from the base year for comparison; the rate in words at each."""
    paths = []
    for place in sorted({0, found.from_latest} if found.from_latest is not None else ()):
        if need := found.needed[place]:
            year, level = int(found.levels.index[place]), float(found.levels["value"].iloc[place])
            values = {y: level * (1 + need.nominal_pct / 100) ** (y - year) for y in range(year, found.end_year + 1)}
            text, latest = SAYS.rate.format(r=number(need.nominal_pct, 1)).to(scope.lang), place == found.from_latest
            paths.append(Path(pd.Series(values), MISS if latest else SOFT, text, 1.4 if latest else 0.9, DASHED))
    return paths
