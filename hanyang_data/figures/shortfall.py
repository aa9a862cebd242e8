"""The figures of the target-shortfall notebook: what was set, what happened, and the difference."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from hanyang_data.analysis.shortfall import ShortfallResult
from hanyang_data.figures.captions import COMPUTED, caption, flag_words, series_words, unit_name, vintage_words
from hanyang_data.figures.charts import NO_FIGURE, Row, dumbbell
from hanyang_data.figures.export import Chart
from hanyang_data.figures.gap import MIXED
from hanyang_data.figures.style import INK, SOFT, Caption, colour
from hanyang_data.figures.trend import GROWTH_TITLE
from hanyang_data.scope import Scope
from hanyang_data.studies import TargetStudy
from hanyang_data.wording import UNITS, Text, printed

ABOUT_BAND = 0.5  # pp on either side of "about": the widest of the three readings of the analysis
NOT_ON_RECORD = "–"
HEADS = {
    "original": Text("target", "目标"),
    "revised": Text("revised", "调整后"),
    "outturn": Text("outturn", "完成"),
}
DIFFERENCE = {
    "percent": (Text("to ○, pp", "较○（百分点）"), Text("to ◇, pp", "较◇（百分点）")),
    "other": (Text("to ○, %", "较○（%）"), Text("to ◇, %", "较◇（%）")),
}
VERDICTS = {"met": Text("met", "达到"), "missed": Text("missed", "未达到"), "about_met": Text("about met", "基本达到")}
HEADLINE = Text(
    "{region}, {indicator}: target met in {count} evaluable years", "{region}{indicator}：可评估的{count}达到目标"
)
COUNT_YEARS = (Text("none of {n}", "{n}年均未"), Text("{k} of {n}", "{n}年中{k}年"), Text("all {n}", "{n}年全部"))
ONE_EVALUABLE = Text(
    "{region}, {indicator}: target {verdict} in {year}, the one evaluable year",
    "{region}{indicator}：唯一可评估的{year}年{verdict}目标",
)
NONE_EVALUABLE = Text(
    "{region}, {indicator}: no year has both a target and an outturn",
    "{region}{indicator}：没有同时具备目标和完成数的年份",
)
IN_YEAR = Text("{region} {year}: {count} targets met", "{region}{year}年：{count}达到")
AGAINST_REVISED = Text(", {count} revised ones", "；调整后的{count}达到")
COUNT_TARGETS = (
    Text("none of {n}", "{n}项目标均未"),
    Text("{k} of {n}", "{n}项目标中{k}项"),
    Text("all {n}", "{n}项目标全部"),
)
SUBTITLE = Text(
    "{measure}, target and outturn, {start}–{end}; positive means better than the target",
    "{start}–{end}年目标与完成情况：{measure}；正值表示好于目标",
)
LEVEL_IN = Text("Level, {unit}", "总量（{unit}）")
YEAR_SUBTITLE = Text(
    "Growth on the year before, %, target and outturn, {year}; positive means better",
    "{year}年增速目标与完成情况（%）；正值表示好于目标",
)
ABOUT = Text(
    'Grey: 0.5 pp on either side of a target worded "about"; the shortfall is taken from its number.',
    "灰色为“左右”类目标上下0.5个百分点；差额按目标数值计算。",
)
REVISED = Text(
    "Revised targets were set by the city after the outbreak of COVID in 2020; the originals before.",
    "调整后目标为2020年疫后市级下达，年初目标为疫前确定。",
)
DASH = Text("A dash: not in the record.", "“–”表示资料中没有。")


def by_year(scope: Scope, study: TargetStudy, *, measure: str = "growth", size: str = "page") -> Chart:
    """Target and outturn of one indicator, newest year on top; years without either are rows too.

    Args:
        scope: the question.
        study: the frames and results of the scope's indicator.
        measure: ``growth`` or ``level``.
        size: a named size.
    """
    rows = [_row(scope, Text(*[str(year)] * 2), year, study) for year in reversed(scope.years)]
    has_revised = bool(len(study.revised))
    outturn = Text("outturn", "完成数")
    target_frames = [study.original, study.revised]
    extra = _extra(target_frames, rows)
    basis = str(scope.dataset.indicators.loc[scope.indicator, "growth_basis"])
    unit = unit_name(pd.concat([study.outturns, *target_frames]))
    what = GROWTH_TITLE[basis] if measure == "growth" else LEVEL_IN.format(unit=unit)
    words = caption(
        scope,
        title=headline(scope, study.against_original),
        subtitle=SUBTITLE.format(measure=what, start=scope.start_year, end=scope.end_year),
        parts=[*series_words(scope, {outturn: study.outturns}), *extra],
        frames=[study.outturns, *target_frames],
        alt=_alt(headline(scope, study.against_original), rows),
    )
    kind = "percent" if unit == UNITS["percent"] else "other"
    return _draw(scope, rows, words, kind, with_revised=has_revised, size=size)


def by_indicator(scope: Scope, year: int, studies: Mapping[str, TargetStudy], *, size: str = "page") -> Chart:
    """Targets and outturns of several indicators in one year.

    Args:
        scope: the question.
        year: the year shown.
        studies: indicator id → its frames and results.
        size: a named size.
    """
    shown = {id_: study for id_, study in studies.items() if year in {*study.original.index, *study.revised.index}}
    rows = [_row(scope, study.label, year, study) for study in shown.values()]
    title = year_headline(scope, year, shown)
    outturns = pd.concat(
        [i.outturns[i.outturns.index == year] for i in shown.values()] or [i.outturns.head(0) for i in studies.values()]
    )
    targets = [t[t.index == year] for i in shown.values() for t in (i.original, i.revised)]
    words = caption(
        scope,
        title=title,
        subtitle=YEAR_SUBTITLE.format(year=year),
        parts=[MIXED, vintage_words(outturns), *flag_words(outturns), *_extra(targets, rows)],
        frames=[outturns, *targets],
        alt=_alt(title, rows),
    )
    return _draw(
        scope, rows, words, "percent", with_revised=any(year in i.revised.index for i in shown.values()), size=size
    )


def headline(scope: Scope, result: ShortfallResult) -> Text:
    """The finding in a few words, on the original targets and the strict reading."""
    names = {"region": scope.region_name, "indicator": scope.indicator_name}
    verdicts = evaluable(result)
    if verdicts.empty:
        return NONE_EVALUABLE.format(**names)
    if len(verdicts) == 1:
        return ONE_EVALUABLE.format(**names, verdict=VERDICTS[verdicts.iloc[0]], year=verdicts.index[0])
    return HEADLINE.format(**names, count=_count(COUNT_YEARS, int((verdicts == "met").sum()), len(verdicts)))


def year_headline(scope: Scope, year: int, studies: Mapping[str, TargetStudy]) -> Text:
    """How many indicators met their original and their revised target in one year."""

    def verdicts(results: list[ShortfallResult]) -> list[str]:
        return [v for r in results if (v := evaluable(r).get(year)) is not None]

    original = verdicts([i.against_original for i in studies.values()])
    revised = verdicts([i.against_revised for i in studies.values()])
    title = IN_YEAR.format(
        region=scope.region_name, year=year, count=_count(COUNT_TARGETS, original.count("met"), len(original))
    )
    tail = (
        AGAINST_REVISED.format(count=_count(COUNT_TARGETS, revised.count("met"), len(revised)))
        if revised
        else Text("", "")
    )
    return Text(title.en + tail.en, title.zh + tail.zh)


def _count(wordings: tuple[Text, Text, Text], k: int, n: int) -> Text:
    """k of n in words, none and all being words of their own."""
    return wordings[0 if k == 0 else 2 if k == n else 1].format(k=k, n=n)


def evaluable(result: ShortfallResult) -> pd.Series:
    """The strict verdicts of the years that can be judged."""
    verdicts: pd.Series = result.table["verdict_strict"]
    return verdicts[verdicts != "not_evaluable"]


def _row(scope: Scope, label: Text, year: int, study: TargetStudy) -> Row:
    lang = scope.lang
    cells: list[str | float | None] = []
    marks: dict[str, float] = {}
    span = None
    for role, frame in (("original", study.original), ("revised", study.revised), ("outturn", study.outturns)):
        if year not in frame.index:
            cells.append("" if role == "revised" else NOT_ON_RECORD)
            continue
        row = frame.loc[year]
        high = row["value_high"] if role != "outturn" else None
        cells.append(printed(row["value"], row["qualifier"], row["unit"], high).to(lang))
        if pd.notna(row["value"]):
            marks[role] = float(row["value"])
        if role == "original" and row["qualifier"] == "range":
            span = (float(row["value"]), float(row["value_high"]))
        if role == "original" and row["qualifier"] == "about" and row["unit"] == "percent":
            span = (float(row["value"]) - ABOUT_BAND, float(row["value"]) + ABOUT_BAND)
    if set(cells) <= {"", NOT_ON_RECORD}:
        return Row(label.to(lang), {}, words=NO_FIGURE.to(lang), cells=[""] * 5)
    cells += [_difference(result, year, lang) for result in (study.against_original, study.against_revised)]
    return Row(label.to(lang), marks, span, cells=cells)


def _difference(result: ShortfallResult, year: int, lang: str) -> str | float | None:
    """The error of a year; the verdict alone where the target has no number."""
    if year not in result.table.index:
        return None
    row = result.table.loc[year]
    error = row["error_pp"] if pd.notna(row["error_pp"]) else row["error_pct"]
    if pd.notna(error):
        return float(error)
    return VERDICTS[row["verdict_strict"]].to(lang) if row["verdict_strict"] in VERDICTS else None


def _extra(targets: list[pd.DataFrame], rows: list[Row]) -> list[Text]:
    about = any((frame["qualifier"] == "about").any() for frame in targets)
    revised = any((frame["vintage"] == "revised").any() for frame in targets)
    return [COMPUTED] + [ABOUT] * about + [REVISED] * revised + [DASH] * any(NOT_ON_RECORD in row.cells for row in rows)


def _draw(scope: Scope, rows: list[Row], words: Caption, unit: str, *, with_revised: bool, size: str) -> Chart:
    lang = scope.lang
    heads = [(HEADS[role].to(lang), role) for role in ("original", "revised", "outturn")]
    heads += [(text.to(lang), "") for text in DIFFERENCE[unit]]
    keep = [0, 1, 2, 3, 4] if with_revised else [0, 2, 3]
    cut = [Row(r.label, r.marks, r.span, r.words, [r.cells[k] for k in keep]) for r in rows]
    roles = {"original": INK, "revised": SOFT, "outturn": colour(scope.region)}
    return dumbbell(cut, roles, [heads[k] for k in keep], words, size=size)


def _alt(title: Text, rows: list[Row]) -> Text:
    listed = "; ".join(
        f"{r.label}: " + ", ".join(str(c) for c in r.cells if c not in (None, "")) for r in rows if any(r.cells)
    )
    return Text(f"{title.en}. {listed}.", f"{title.zh}。{listed}。")
