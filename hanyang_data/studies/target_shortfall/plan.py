"""The path to the level that a five-year plan set: what was printed, and the growth that is still needed."""

from __future__ import annotations

import pandas as pd

from hanyang_data.charts.export import Chart
from hanyang_data.charts.lines import DASHED, NO_FIGURE, Line, Panel, Path
from hanyang_data.charts.panels import over_years
from hanyang_data.charts.style import INK, MISS, SOFT
from hanyang_data.record.contract import BOUNDS
from hanyang_data.studies.captions import (
    COMPUTED,
    break_words,
    caption,
    flag_words,
    missing_words,
    of_panels,
    unit_name,
    vintage_words,
)
from hanyang_data.studies.marks import answers, at_mark, line
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.target_shortfall.evidence import PlanPath
from hanyang_data.studies.target_shortfall.findings import plan_title
from hanyang_data.words.messages import messages
from hanyang_data.words.wording import Text, listed, number

SAYS = messages(__name__)

GREY = "#8c8c8c"


def path(scope: Scope, found: PlanPath, *, size: str = "page") -> Chart | Text:
    """Levels on record, the target of the plan, and the paths that lead to it from its base year and from the latest level."""
    title = plan_title(scope, found)
    if found.target is None:
        return title
    frame = scope.outturns("level")
    panel = Panel(
        "",
        [_goal(scope, found), line(scope, frame), _others(scope, found, frame)],
        NO_FIGURE.to(scope.lang),
        from_zero=True,
        breaks={year: label.to(scope.lang) for year, label in scope.breaks("level").items()},
        paths=_paths(scope, found),
    )
    words = caption(
        scope,
        title=title,
        subtitle=SAYS.subtitle.format(unit=unit_name(pd.concat([found.targets, frame]))),
        parts=_note(scope, found, frame),
        frames=[frame, found.levels, found.targets],
        shows=of_panels([panel]),
    )
    return over_years(
        [panel], range(scope.start_year, max(scope.end_year, found.end_year) + 1), words, size=size, panel_height=5.0
    )


def _note(scope: Scope, found: PlanPath, frame: pd.DataFrame) -> list[Text]:
    need = found.needed[found.from_latest] if found.from_latest is not None else None
    reals = {"real": need.real_pct, "low": need.real_low_pct, "high": need.real_high_pct} if need else {}
    told = {key: number(value, 1) for key, value in reals.items()}
    other = _unshown(found, frame)["value"]
    said = listed((SAYS.note.format(what=number(v), year=year) for year, v in other.items()), ";")
    return [
        *([SAYS.assumed.format(d=number(found.deflator_pct), **told)] if need else []),
        *flag_words(scope, frame),
        vintage_words(frame),
        *[SAYS.other_readings.format(listed=said)] * bool(len(other)),
        *break_words(scope, [frame]),
        *missing_words(scope.years, {SAYS.level: frame}),
        COMPUTED,
    ]


def _unshown(found: PlanPath, frame: pd.DataFrame) -> pd.DataFrame:
    """The readings that are not the one of the series."""
    shown = frame["value"].reindex(found.levels.index).to_numpy()
    return found.levels[found.levels["value"].to_numpy() != shown]


def _others(scope: Scope, found: PlanPath, frame: pd.DataFrame) -> Line:
    """The readings that the series does not take: small, grey, without a word."""
    other = _unshown(found, frame)
    return Line("", other["value"], {}, GREY, "spare", says=answers(scope, other))


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


def _goal(scope: Scope, found: PlanPath) -> Line:
    target = found.targets.iloc[[-1]].set_axis([found.end_year])
    goal = target.assign(value=found.number)
    bounds = dict(zip(target.index, target["qualifier"], strict=True)) if target["qualifier"].isin(BOUNDS).all() else {}
    words = {found.end_year: at_mark(target.iloc[0])}
    return Line("", goal["value"], words, INK, "original", bounds=bounds, says=answers(scope, target))
