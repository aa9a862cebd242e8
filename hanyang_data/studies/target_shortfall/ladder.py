"""The target ladder: who set the bar higher and who missed it by more, one row per year, one shape per tier."""

from collections.abc import Mapping

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from hanyang_data.charts.chart import Row, Words, fits_beside, in_lines, side_table, write_lines
from hanyang_data.charts.export import Chart
from hanyang_data.charts.lines import ARROW, NO_FIGURE
from hanyang_data.charts.style import FAINT, INK, RULE, Caption, Size, canvas, colour, mark, theme
from hanyang_data.record.catalogue import region_name
from hanyang_data.record.contract import BOUNDS
from hanyang_data.studies.captions import COMPUTED, caption, flag_words, series_title, vintage_words
from hanyang_data.studies.marks import answers, difference
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.target_shortfall.evidence import Ladder, words_of
from hanyang_data.studies.target_shortfall.findings import ladder_title
from hanyang_data.words.wording import NO_WORDS, NOT_ON_RECORD, Text, messages, number

SAYS = messages(__name__)

# tier → marker and its glyph in the head of the table
TIERS = {"nation": ("D", "◆"), "province": ("^", "▲"), "city": ("s", "■"), "district": ("o", "●"), "functional_zone": ("v", "▼")}


def ladder(scope: Scope, found: Ladder, *, size: str = "page") -> Chart:
    """Targets and outturns of several regions, newest year on top, and both as printed at the right."""
    years = [int(year) for year in reversed(found.table.index)]
    frames = {region: frame[frame.index.isin(years)] for region, frame in found.outturns.items()}
    cells = {region: [_cell(scope, found, region, year) for year in years] for region in found.names}
    names = {region: region_name(region, scope.dataset) for region in found.names}
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
        frames=[*frames.values(), *(t[t.index.isin(years)] for t in found.targets.values())],
        shows=[
            (str(year), [f"{names[r].to(scope.lang)} {cells[r][y]}".replace("\n", " ") for r in found.names])
            for y, year in enumerate(years)
        ],
    )
    return _draw(scope, found, years, cells, words, size)


def _draw(scope: Scope, found: Ladder, years: list[int], cells: Mapping[str, list[str]], words: Caption, size: str) -> Chart:
    tones = {region: colour(region, subject=region == scope.region) for region in found.names}
    heads = [(_head(scope, region), region) for region in found.names]
    table = [Row(str(year), {}, cells=[cells[r][y] for r in found.names]) for y, year in enumerate(years)]
    with theme(size) as chosen:
        beside = fits_beside(table, heads, chosen)
        key, lines = ([], []) if beside else _above(heads, cells, tones, years, chosen)
        spread = 0.3 * len(found.names)  # cm for the marks of a year
        step = 0.7 + 0.42 * max(map(len, lines), default=1) + spread if not beside else 0.06 + max(spread, 0.6)
        head = 0.9 + 0.5 * len(key) if not beside else 1.9
        figure, (ax,) = canvas(words, chosen, (head + step * max(len(years), 1)) * chosen.text / 8.5)
        n = len(found.names)  # where the marks of the regions stand about the middle of a year, in shares of its height
        places = [spread / step * (place - (n - 1) / 2) / n for place in range(n)]
        _axes(ax, years, narrow=not beside)
        for y, year in enumerate(years):
            for region, place in zip(found.names, places, strict=True):
                _mark(ax, scope, found, region, year, y + place, tones[region])
        if not years:
            ax.text(0.5, 0.5, NO_FIGURE.to(scope.lang), transform=ax.transAxes, ha="center", fontsize=chosen.text,
                    color=FAINT)  # fmt: skip
            ax.set_xticks([])
        if not beside:
            for y, (year, pieces) in enumerate(zip(years, lines, strict=True)):
                write_lines(ax, [[(str(year), INK)], *pieces], (0, y + places[0] - 0.1 / step), chosen.text)
            write_lines(ax, key, (0, 1), chosen.text, "axes fraction")
        else:
            side_table(ax, table, heads, tones, chosen.text)
    return Chart(figure, words, size)


def _axes(ax: Axes, years: list[int], *, narrow: bool) -> None:
    """Years from top to bottom with a rule between them; numbers on the axis below."""
    ax.set_ylim(max(len(years), 1) - (0.72 if narrow else 0.4), -0.9 if narrow else -0.6)
    ax.set_yticks([] if narrow else range(len(years)), [] if narrow else [str(year) for year in years], color=INK)
    ax.tick_params(axis="y", length=0)
    ax.spines["left"].set_visible(False)
    for y in range(1, len(years)):
        ax.axhline(y - (0.74 if narrow else 0.5), color=RULE, linewidth=0.5, zorder=0)
    ax.axvline(0, color=RULE, linewidth=0.8, zorder=0)
    ax.margins(x=0.07)
    ax.xaxis.set_major_locator(MaxNLocator(nbins=6, steps=[1, 2, 5, 10]))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda value, _: number(round(value, 6))))


def _above(
    heads: list[tuple[str, str]], cells: Mapping[str, list[str]], tones: Mapping[str, str], years: list[int], chosen: Size
) -> tuple[list[Words], list[list[Words]]]:
    """The key of the regions, and of each year its cells, as lines of words in their colours."""
    key = in_lines([(head, tones[region]) for head, region in heads], chosen.room, chosen.text)
    pieces: list[Words] = [
        [(f"{head.split()[0]} {cells[region][y]}".replace("\n", " "), tones[region]) for head, region in heads]
        for y in range(len(years))
    ]
    return key, [in_lines(row, chosen.room, chosen.text) for row in pieces]


def _mark(ax: Axes, scope: Scope, found: Ladder, region: str, year: int, y: float, tone: str) -> None:
    bar, shape = found.table.loc[year, f"bar_{region}"], TIERS[scope.dataset.regions.loc[region, "level"]][0]
    frame, targets = found.outturns[region], found.targets[region]
    known = year in frame.index and pd.notna(frame.loc[year, "value"])
    outturn = float(frame.loc[year, "value"]) if known else None
    if pd.notna(bar):
        said = answers(scope, targets[targets.index == year]).get(year, "")
        mark(ax, bar, y, "white", tone, shape=shape, area=56, clip_on=False, says=said)
    if outturn is None:
        return
    bound = frame.loc[year, "qualifier"] if frame.loc[year, "qualifier"] in BOUNDS else ""
    mark(ax, outturn, y, "white" if bound else tone, tone, shape=shape, area=22, line=1 if bound else 0, zorder=4,
         clip_on=False, says=answers(scope, frame.loc[[year]])[year])  # fmt: skip
    if bound:
        look = {"arrowstyle": "<-", "color": tone, "linewidth": 0.9, "shrinkB": 2}
        far = ((-1 if bound == "within" else 1) * ARROW, 0)
        ax.annotate("", (outturn, y), xytext=far, textcoords="offset points", annotation_clip=False, arrowprops=look)
    if pd.notna(bar):
        ax.plot([bar, outturn], [y, y], color=tone, linewidth=1.3, zorder=2)


def _cell(scope: Scope, found: Ladder, region: str, year: int) -> str:
    shown = [words_of(frame, year) for frame in (found.targets[region], found.outturns[region])]
    target, outturn = (NOT_ON_RECORD if words is None else words for words in shown)
    error = found.table.loc[year, f"error_{region}"]
    if target == outturn == NOT_ON_RECORD:
        return NOT_ON_RECORD
    bracket = NO_WORDS
    if pd.notna(error):
        sides = (found.targets[region].loc[year, "qualifier"], found.outturns[region].loc[year, "qualifier"])
        signed = difference(float(error), about="about" in sides)
        bracket = SAYS.cell_2.format(signed=signed)
        if len(found.names) > 2:  # a line of its own, or the table leaves no room for the plot
            bracket = Text("\n" + bracket.en.strip(), "\n" + bracket.zh)
    return SAYS.cell.format(target=target, outturn=outturn, error=bracket).to(scope.lang)


def _head(scope: Scope, region: str) -> str:
    glyph = TIERS[scope.dataset.regions.loc[region, "level"]][1]
    return f"{glyph} {region_name(region, scope.dataset).to(scope.lang)}"
