"""Targets beside one another: of several indicators a tone and a number a cell; of several regions a shape a tier."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_hex, to_rgb

from hanyang_data.charts import style
from hanyang_data.charts.cells import Cell, Room, sheet_of
from hanyang_data.charts.chart import Row, Table, on_one_scale
from hanyang_data.charts.export import Chart
from hanyang_data.charts.lines import ARROW, arrow
from hanyang_data.charts.style import FAINT, INK, MEET, MISS, RULE
from hanyang_data.record.catalogue import region_name
from hanyang_data.record.contract import BOUNDS
from hanyang_data.studies.captions import COMPUTED, caption, flag_words, series_title, vintage_words
from hanyang_data.studies.marks import ABOUT, answers
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.target_shortfall.evidence import TargetStudy, words_of
from hanyang_data.studies.target_shortfall.findings import NO_OTHERS, Studies, grid_title
from hanyang_data.studies.target_shortfall.ladder import Ladder, ladder_title
from hanyang_data.words.wording import NO_WORDS, NOT_ON_RECORD, Text, full_stop, listed, messages, named_years, number, within

SAYS = messages(__name__)
FULL_PP = 10.0  # a shortfall of this size has the full tone; larger ones the same
RULE_OF_ZERO = "#8c8c8c"  # an outturn on its target is white, and has an edge to be seen by
DARK = 0.55  # share of the full tone from which the number is printed in white
WORDED, KEYED = 0.2, 0.5  # tones of a verdict without a number, and of the key
ROOM = Room(9, 1.1, dense=False)


def grid(scope: Scope, studies: Studies, of: Studies = NO_OTHERS, *, size: str = "page") -> Chart | Text:
    """One row per indicator and one column per year of which something can be judged, against the original targets.

    The title says whether these are all those ``of`` the region.
    """
    title = grid_title(scope, studies, of)
    judged = {study.label: study for study in studies.values() if study.against_original.judged}
    years = [y for y in scope.years if any(y in study.against_original.judged for study in judged.values())]
    if not years:
        return title
    cells = {label.to(scope.lang): [_grid_cell(scope, study, y) for y in years] for label, study in judged.items()}
    worded = any(cell.face and not cell.word[-1:].isdigit() for row in cells.values() for cell in row)
    about = any(ABOUT in cell.word for row in cells.values() for cell in row)
    left_out = [within(study.label) for study in studies.values() if study.label not in judged]
    empty = [year for year in scope.years if year not in years]
    words = caption(
        scope,
        title=title,
        subtitle=SAYS.grid_subtitle.format(**scope.said),
        parts=[
            *[SAYS.no_year.format(years=named_years(empty))] * bool(empty),
            *[SAYS.left_out.format(names=listed(left_out, "and"))] * bool(left_out),
            *[SAYS.strictly] * about,
            *[SAYS.worded] * worded,
            SAYS.tone.format(n=number(FULL_PP)),
            COMPUTED,
        ],
        frames=[frame for study in studies.values() for frame in (study.outturns, study.original)],
        shows=[
            (label, [f"{year} {cell.word}" for year, cell in zip(years, row, strict=True) if cell.face])
            for label, row in cells.items()
        ],
    )
    key = {SAYS["key", state].to(scope.lang): _toned("", tone) for state, tone in (("met", KEYED), ("missed", -KEYED))}
    return sheet_of(cells, [str(year) for year in years], key, words, room=ROOM, size=size)


def _grid_cell(scope: Scope, study: TargetStudy, year: int) -> Cell:
    """The error of a year, or its verdict where the target has no number; a dash for what cannot be judged."""
    result = study.against_original
    verdict = result.judged.get(year)
    if verdict is None:
        return Cell(NOT_ON_RECORD, ink=FAINT)
    says = "\n".join(answers(scope, frame.loc[[year]])[year] for frame in (study.original, study.outturns))
    error, worded = float(result.table.loc[year, "error_pp"]), WORDED if verdict == "met" else -WORDED
    tone = max(-1.0, min(1.0, error / FULL_PP)) if error == error else worded  # NaN: without a number
    return _toned(study.error_words(year, scope.lang) or "", tone, says)


def _toned(word: str, tone: float, says: str = "") -> Cell:
    """A cell of a tone from −1, missed by much, to 1; what was missed has an edge."""
    weight = 0.08 + 0.92 * abs(tone) if tone else 0.0  # of the full tone, the rest white
    red, green, blue = (1 - (1 - part) * weight for part in to_rgb(MISS if tone < 0 else MEET))
    face = to_hex((red, green, blue))
    edge = INK if tone < 0 else RULE_OF_ZERO if tone == 0 else face
    return Cell(word, face, edge, "white" if abs(tone) > DARK else INK, says)


Cells = Mapping[str, list[str]]  # of the ladder: region → its cells
# tier → marker and its glyph in the head of the table
TIERS = {"nation": ("D", "◆"), "province": ("^", "▲"), "city": ("s", "■"), "district": ("o", "●"), "functional_zone": ("v", "▼")}


def ladder(scope: Scope, found: Ladder, *, size: str = "page") -> Chart | Text:
    """Targets and outturns of several regions, newest year on top, and both as printed; a sentence where none stands beside."""
    if len(found.studies) < 2 or found.table.empty:
        return full_stop(ladder_title(scope, found))
    years = [int(year) for year in reversed(found.table.index)]
    frames = {region: study.outturns[study.outturns.index.isin(years)] for region, study in found.studies.items()}
    cells = {region: [_cell(scope, found, region, year) for year in years] for region in found.studies}
    names = {region: region_name(region, scope.dataset) for region in found.studies}
    words = caption(
        scope,
        title=ladder_title(scope, found),
        subtitle=SAYS.subtitle.format(what=series_title(scope)),
        parts=[
            SAYS["read", scope.vintage],
            SAYS.order,
            *(SAYS.named.format(name=names[r], words=of) for r, f in frames.items() if (of := vintage_words(f)).en),
            SAYS.bar,
            *flag_words(scope, pd.concat(frames.values())),
            COMPUTED,
        ],
        frames=[*frames.values(), *(s.original[s.original.index.isin(years)] for s in found.studies.values())],
        shows=[
            (str(year), [f"{names[r].to(scope.lang)} {cells[r][y]}".replace("\n", " ") for r in found.studies])
            for y, year in enumerate(years)
        ],
    )
    return _draw(scope, found, years, cells, words, size)


def _draw(scope: Scope, found: Ladder, years: list[int], cells: Cells, words: style.Caption, size: str) -> Chart:
    tones = {region: style.colour(region, subject=region == scope.region) for region in found.studies}
    glyphs = {region: TIERS[scope.dataset.regions.loc[region, "level"]][1] for region in found.studies}
    heads = [(region_name(region, scope.dataset).to(scope.lang), region, glyph) for region, glyph in glyphs.items()]
    rows = [Row(str(year), {}, cells=[cells[r][y] for r in found.studies]) for y, year in enumerate(years)]
    n = len(found.studies)
    spread = 0.3 * n  # cm for the marks of a year

    def draw(ax: Axes, narrow: bool, points: float, height: float) -> None:
        for y in range(1, len(years)):
            ax.axhline(y - (0.74 if narrow else 0.5), color=RULE, linewidth=0.5, zorder=0)
        ax.axvline(0, color=RULE, linewidth=0.8, zorder=0)
        ax.margins(x=0.07)
        for y, year in enumerate(years):
            for place, region in enumerate(found.studies):  # about the middle of a year
                _mark(ax, scope, found, region, year, y + spread / height * (place - (n - 1) / 2) / n, tones[region])

    heights, lift = (0.7 + spread, 0.06 + max(spread, 0.6)), spread * (n - 1) / 2 / n + 0.1
    return on_one_scale(Table(rows, heads, tones), words, draw, size=size, heights=heights, lift=lift)


def _mark(ax: Axes, scope: Scope, found: Ladder, region: str, year: int, y: float, tone: str) -> None:
    bar, shape = found.table.loc[year, f"bar_{region}"], TIERS[scope.dataset.regions.loc[region, "level"]][0]
    frame, targets = found.studies[region].outturns, found.studies[region].original
    if pd.notna(bar):
        said = answers(scope, targets[targets.index == year]).get(year, "")
        style.mark(ax, bar, y, "white", tone, shape=shape, area=56, clip_on=False, says=said)
    if pd.isna(outturn := frame["value"].get(year)):
        return
    bound = frame.loc[year, "qualifier"] if frame.loc[year, "qualifier"] in BOUNDS else ""
    style.mark(ax, outturn, y, "white" if bound else tone, tone, shape=shape, area=22, line=1 if bound else 0, zorder=4,
         clip_on=False, says=answers(scope, frame.loc[[year]])[year])  # fmt: skip
    if bound:
        arrow(ax, (outturn, y), ((-1 if bound == "within" else 1) * ARROW, 0), tone, apart=2, annotation_clip=False)
    if pd.notna(bar):
        ax.plot([bar, outturn], [y, y], color=tone, linewidth=1.3, zorder=2)


def _cell(scope: Scope, found: Ladder, region: str, year: int) -> str:
    study = found.studies[region]
    target, outturn = (words_of(frame, year) or NOT_ON_RECORD for frame in (study.original, study.outturns))
    if target == outturn == NOT_ON_RECORD:
        return NOT_ON_RECORD
    bracket = NO_WORDS
    if pd.notna(found.table.loc[year, f"error_{region}"]):
        bracket = SAYS.cell_2.format(signed=study.error_words(year, scope.lang))
        if len(found.studies) > 2:  # a line of its own, or the table leaves no room for the plot
            bracket = Text("\n" + bracket.en.strip(), "\n" + bracket.zh)
    return SAYS.cell.format(target=target, outturn=outturn, error=bracket).to(scope.lang)
