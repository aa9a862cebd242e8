"""The path to the level that a five-year plan set: what was printed, and the growth that is still needed."""

from __future__ import annotations

from itertools import pairwise

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter
from matplotlib.transforms import blended_transform_factory as blended

from hanyang_data.charts.export import Chart
from hanyang_data.charts.panels import AXIS_ROOM, NO_FIGURE, PAPER
from hanyang_data.charts.style import FAINT, INK, MISS, SOFT, canvas, colour, mark, small, theme
from hanyang_data.charts.typeface import text_width
from hanyang_data.record.frames import STATED
from hanyang_data.statistics.plan import Required
from hanyang_data.studies.captions import (
    BOUND,
    COMPUTED,
    break_words,
    caption,
    flag_words,
    missing_words,
    unit_name,
    vintage_words,
)
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.target_shortfall import findings as findings_targets
from hanyang_data.studies.target_shortfall.evidence import PlanPath
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import NOT_ON_RECORD, Text, listed, number, printed

SAYS = messages(__name__)


def path(scope: Scope, found: PlanPath, *, size: str = "page") -> Chart | Text:
    """Levels on record, the target of the plan, and the paths that lead to it from its base year and from the latest level.

    Args:
        scope: the question.
        found: the plan.
        size: a named size.

    Returns:
        The figure, or the sentence that there is no target on record.
    """
    if found.target is None:
        return findings_targets.plan_title(scope, found)
    frame = scope.outturns("level")
    end = max(scope.end_year, found.end_year)
    title = findings_targets.plan_title(scope, found)
    unit = unit_name(pd.concat([found.targets, frame]))
    words = caption(
        scope,
        title=title,
        subtitle=SAYS.subtitle.format(unit=unit),
        parts=_note(scope, found, frame),
        frames=[frame, found.levels, found.targets],
        alt=_alt(title, findings_targets.plan(scope, found), frame),
    )
    years = range(scope.start_year, end + 1)
    with theme(size) as chosen:
        figure, (ax,) = canvas(words, chosen, 6.2 * chosen.text / 8.5)
        slot = (chosen.room - AXIS_ROOM) / (len(years) + 0.2)
        _levels(ax, scope, frame, chosen.text)
        _others(ax, found, frame)
        _paths(ax, scope, found, chosen.text, slot)
        _goal(ax, scope, found, chosen.text)
        for year in years:
            if year not in {*frame.index, *found.levels.index, found.end_year}:
                word = NO_FIGURE.to(scope.lang)
                word = word if text_width(word, small(chosen.text)) < slot else NOT_ON_RECORD
                ax.text(year, 0.03, word, transform=blended(ax.transData, ax.transAxes), ha="center",
                        va="bottom", fontsize=small(chosen.text), color=FAINT)  # fmt: skip
        top = max([found.number, *frame["value"].dropna(), *found.levels["value"]], default=0)
        ax.set_ylim(0, top * 1.3 or 1)
        _breaks(ax, scope, chosen.text)
        step = -int(-text_width("2000 ", chosen.text) // slot)
        ax.set_xticks(list(years)[::step], [str(year) for year in years][::step])
        ax.set_xlim(min(years) - 0.6, max(years) + 0.6)
        ax.locator_params(axis="y", nbins=5)
        if not top:
            ax.set_yticks([])
        ax.yaxis.set_major_formatter(FuncFormatter(lambda value, _: number(round(value, 6))))
    return Chart(figure, words, size)


def _note(scope: Scope, found: PlanPath, frame: pd.DataFrame) -> list[Text]:
    parts = [vintage_words(frame), *missing_words(scope.years, {SAYS.level: frame})]
    parts += [*break_words(scope, [frame]), *flag_words(scope, frame)]
    parts += [BOUND] * bool(set(frame["qualifier"]) - set(STATED))
    other = _unshown(found, frame)["value"]
    listed = [SAYS.note.format(what=number(v), year=year) for year, v in other.items()]
    said = Text("; ".join(t.en for t in listed), "；".join(t.zh for t in listed))
    parts += [SAYS.other_readings.format(listed=said)] * bool(listed)
    place = found.from_latest
    need = found.needed[place] if place is not None else None
    if need is not None:
        reals = {key: number(value, 1) for key, value in _reals(need).items()}
        parts.append(SAYS.assumed.format(d=number(found.deflator_pct), **reals))
    return [*parts, COMPUTED]


def _reals(need: Required) -> dict[str, float]:
    return {"real": need.real_pct, "low": need.real_low_pct, "high": need.real_high_pct}


def _levels(ax: Axes, scope: Scope, frame: pd.DataFrame, points: float) -> None:
    tone = colour(scope.region)
    breaks = scope.breaks("level")
    known = [int(year) for year in frame.index[frame["value"].notna()]]
    bounds = {year for year in known if frame.loc[year, "qualifier"] not in STATED}
    for a, b in pairwise(known):
        if b == a + 1 and b not in breaks and not {a, b} & bounds:
            ax.plot([a, b], frame.loc[[a, b], "value"], color=tone, zorder=2)
    for year in known:
        row = frame.loc[year]
        mark(ax, year, row["value"], "white" if year in bounds else tone, tone, zorder=4)
        if year in bounds:
            up = -1 if row["qualifier"] == "within" else 1
            ax.annotate("", (year, row["value"]), xytext=(0, 17 * up), textcoords="offset points", zorder=1,
                        arrowprops={"arrowstyle": "<-", "color": tone, "linewidth": 0.9, "shrinkB": 3})  # fmt: skip
        words = printed(row["value"], row["qualifier"], row["unit"], flag=row["flag"]).to(scope.lang)
        before = year + 1 in breaks  # its label keeps clear of the line of the break
        over = year in bounds and row["qualifier"] != "within"  # above its arrow, clear of the figures beside it
        ax.annotate(words, (year, row["value"]), xytext=(points * 1.2 * before, 19 if over else -8),
                    textcoords="offset points", ha="right" if before else "center", va="bottom" if over else "top",
                    fontsize=points, color=tone, bbox=PAPER, zorder=3)  # fmt: skip


def _unshown(found: PlanPath, frame: pd.DataFrame) -> pd.DataFrame:
    """The readings that are not the one of the series."""
    shown = frame["value"].reindex(found.levels.index).to_numpy()
    return found.levels[found.levels["value"].to_numpy() != shown]


def _others(ax: Axes, found: PlanPath, frame: pd.DataFrame) -> None:
    other = _unshown(found, frame)
    mark(ax, other.index, other["value"], "#8c8c8c", area=14)


def _paths(ax: Axes, scope: Scope, found: PlanPath, points: float, slot: float) -> None:
    """From the latest level, and from the base year for comparison; the rate in words beside each."""
    last = found.from_latest
    if last is None:
        return
    for place in sorted({0, last}):
        need = found.needed[place]
        assert need is not None
        year, level = int(found.levels.index[place]), float(found.levels["value"].iloc[place])
        ends = range(year, found.end_year + 1)
        values = [level * (1 + need.nominal_pct / 100) ** (at - year) for at in ends]
        tone = MISS if place == last else SOFT
        ax.plot(
            list(ends), values, color=tone, linewidth=1.4 if place == last else 0.9, linestyle=(0, (4, 2)), zorder=1.8
        )
        text = SAYS.rate.format(r=number(need.nominal_pct, 1)).to(scope.lang)
        if place == last:
            beside = text_width(text, points) < (found.end_year - year) * slot  # else below the figure of that year
            middle = (year + found.end_year) / 2
            value = level * (1 + need.nominal_pct / 100) ** (middle - year) if beside else level
            ax.annotate(text, (found.end_year + 0.55, value), xytext=(0, -points * 1.1 - (8 + 0.4 * points) * (not beside)),
                        textcoords="offset points", ha="right", va="top", fontsize=points, color=tone, bbox=PAPER,
                        zorder=2.5)  # fmt: skip
        else:
            at = year + 1
            ax.annotate(text, (at, values[1]), xytext=(-points * 0.4, points * 1.1), textcoords="offset points", ha="center",
                        va="bottom", fontsize=points, color=tone, bbox=PAPER, zorder=2.5)  # fmt: skip


def _goal(ax: Axes, scope: Scope, found: PlanPath, points: float) -> None:
    row = found.targets.iloc[-1]
    words = printed(row["value"], row["qualifier"], row["unit"], row["value_high"], flag=row["flag"]).to(scope.lang)
    mark(ax, found.end_year, found.number, "white", INK, area=78, line=1.3, zorder=4)
    up = -1 if row["qualifier"] == "within" else 1
    if row["qualifier"] in ("over", "at_least", "within"):
        ax.annotate("", (found.end_year, found.number), xytext=(0, 19 * up), textcoords="offset points", zorder=1,
                    arrowprops={"arrowstyle": "<-", "color": INK, "linewidth": 0.9, "shrinkB": 5})  # fmt: skip
    ax.annotate(words, (found.end_year, found.number), xytext=(-points * 0.8, points * 0.9), textcoords="offset points",
                ha="right", va="bottom", fontsize=points, color=INK, bbox=PAPER, zorder=3)  # fmt: skip


def _breaks(ax: Axes, scope: Scope, points: float) -> None:
    for first_year, label in scope.breaks("level").items():
        ax.axvline(first_year - 0.5, color=SOFT, linewidth=0.9, linestyle=(0, (4, 2)), zorder=1)
        ax.text(first_year - 0.44, 1.0, label.to(scope.lang), transform=blended(ax.transData, ax.transAxes), va="top",
                ha="left", fontsize=small(points), color=SOFT, bbox=PAPER)  # fmt: skip


def _alt(title: Text, sentence: Text, frame: pd.DataFrame) -> Text:
    rows = [(int(year), printed(r["value"], r["qualifier"], r["unit"])) for year, r in frame.iterrows()]
    if not rows:
        return SAYS.alt.format(title=title, sentence=sentence)
    values = listed((SAYS.alt_2.format(year=year, words=words) for year, words in rows), ";")
    return SAYS.on_record.format(title=title, sentence=sentence, values=values)
