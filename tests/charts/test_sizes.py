"""Every figure in every named size: its width, its smallest text, that all of it is on the page and told apart in grey."""

from itertools import combinations

import pandas as pd
import pytest
from matplotlib.colors import to_rgb
from page import off_the_page, texts
from test_audit_figures import coverage_chart, vintage_chart
from test_figures import BUILDERS, scope
from test_gap_figures import chained, fall, own_fall
from test_target_figures import by_year, grid, ladder, plan

from hanyang_data.charts import style
from hanyang_data.charts.chart import Line, Panel, over_years
from hanyang_data.charts.export import Chart, export
from hanyang_data.charts.style import MIN_TEXT, SIZES, Caption, small, theme
from hanyang_data.errors import HanyangError, ParameterError
from hanyang_data.studies import scope as scope_module
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.trend import evidence as trends
from hanyang_data.studies.trend import figure as figure_trend

CAPTION = Caption("Title", "Subtitle", "Note: n", "Source: s", "alt")


def trend_with_slopes(s, **size):
    """Wuhan: eight figures in a row, so that the thin lines are drawn."""
    wuhan = Scope("wuhan", s.indicator, s.start_year, s.end_year, lang=s.lang)
    growth, level = wuhan.outturns("growth"), wuhan.outturns("level")
    found = {"growth_results": trends.trend_by_segment(growth, "rate"),
             "level_results": trends.trend_by_segment(level, "level")}  # fmt: skip
    return figure_trend.growth_and_level(wuhan, growth, level, **found, **size)


def chained_gap(s, **size):
    return chained(s.lang, **size)


def gap_by_sector(s, **size):
    return fall(s.lang, **size)


def growth_by_sector(s, **size):
    return own_fall(s.lang, **size)


def coverage_of_city(s, **size):
    return coverage_chart(Scope("wuhan", s.indicator, s.start_year, s.end_year, lang=s.lang), **size)


def vintages_of_city(s, **size):
    return vintage_chart(Scope("wuhan", s.indicator, s.start_year, s.end_year, lang=s.lang), **size)


EVERY = [*BUILDERS, trend_with_slopes, by_year, grid, ladder, plan, chained_gap, gap_by_sector, growth_by_sector,
         coverage_of_city, vintages_of_city]  # fmt: skip
each_figure = pytest.mark.parametrize("build", EVERY, ids=lambda b: b.__name__)
each_size = pytest.mark.parametrize("size", SIZES)
each_language = pytest.mark.parametrize("lang", ["en", "zh"])


@each_figure
@each_size
@each_language
def test_a_figure_is_exported_in_every_size_with_all_its_words_on_the_page(build, size, lang, tmp_path):
    chart = build(scope(lang), size=size)
    assert chart.figure.get_figwidth() * 2.54 == pytest.approx(SIZES[size].width)
    assert min(text.get_fontsize() for text in texts(chart)) >= MIN_TEXT - 0.01
    assert export(chart, tmp_path, "f", ["png"])
    assert off_the_page(chart, size) == []


@pytest.mark.parametrize("build", [BUILDERS[-1], by_year, ladder, grid, plan], ids=lambda b: b.__name__)
def test_in_a_column_nothing_of_the_plot_runs_into_title_or_note(build):
    chart = build(scope(), size="column")
    with theme("column"):
        chart.figure.draw_without_rendering()
    around = [text.get_window_extent() for text in chart.figure.texts]
    for text in (text for ax in chart.figure.axes for text in ax.texts if text.get_text().strip()):
        box = text.get_window_extent()
        for other in around:
            assert min(box.y1, other.y1) - max(box.y0, other.y0) <= box.height * 0.2, text


@pytest.mark.parametrize("build", [trend_with_slopes, *BUILDERS[:2]], ids=lambda b: b.__name__)
@each_size
@each_language
def test_values_are_not_printed_over_each_other(build, size, lang):
    """Two numbers of one panel over the years never share a place; in a column the last, first and extreme ones stand."""
    chart = build(scope(lang), size=size)
    with theme(size):
        chart.figure.draw_without_rendering()
    for ax in chart.figure.axes:
        boxes = [t.get_window_extent() for t in ax.texts if t.get_text().strip("−0123456789,.†") == "" and t.get_text()]
        for a, b in combinations(boxes, 2):
            wide = min(a.x1, b.x1) - max(a.x0, b.x0)
            high = min(a.y1, b.y1) - max(a.y0, b.y0)
            assert wide <= 1 or high <= a.height * 0.35


def test_a_column_keeps_the_last_and_the_first_value_where_not_all_fit():
    chart = trend_with_slopes(scope(), size="column")
    printed = {text.get_text() for text in texts(chart)}
    assert {"21,106.23", "13,410.34"} <= printed
    assert "16,223.21" not in printed


def test_a_figure_that_is_not_as_wide_as_it_says_is_not_written(tmp_path):
    chart = trend_with_slopes(scope())
    with pytest.raises(HanyangError, match="is 16.0 cm wide and says it is a column"):
        export(Chart(chart.figure, chart.caption, "column"), tmp_path, "f", ["png"])
    assert list(tmp_path.iterdir()) == []


def test_text_below_8_points_is_not_written(tmp_path):
    chart = trend_with_slopes(scope())
    chart.figure.axes[0].text(2018, 0, "tiny", fontsize=6)
    with pytest.raises(HanyangError, match="text below 8 points: 'tiny'"):
        export(chart, tmp_path, "f", ["png"])


def test_the_sizes_a_parameter_may_name_are_those_that_exist():
    assert set(scope_module.SIZES) == set(SIZES)
    with pytest.raises(ParameterError, match="did you mean column"):
        scope_module.check_size("colum")
    assert all(small(size.text) >= MIN_TEXT for size in SIZES.values())


# --- in grey ---


def lightness(colour) -> float:
    """CIE L*, what is left of a colour on a grey printer."""
    linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in to_rgb(colour)]
    luminance = 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]
    return 116 * luminance ** (1 / 3) - 16 if luminance > 0.008856 else 903.3 * luminance


def marks_of(ax):
    """The marks at data: lines without a stroke."""
    return [line for line in ax.get_lines() if line.get_linestyle() == "None" and len(line.get_xdata())]


@pytest.mark.parametrize("build", [build for build in EVERY if build is not ladder], ids=lambda b: b.__name__)
def test_marks_that_mean_different_things_differ_in_grey(build):
    """Subject and comparator, target and outturn: another lightness, by at least 20 of 100, or another shape."""
    chart = build(scope())
    marks = {
        (
            round(lightness(m.get_markerfacecolor()), 1),
            round(lightness(m.get_markeredgecolor()), 1),
            str(m.get_marker()),
        )
        for ax in chart.figure.axes
        for m in marks_of(ax)
    }
    assert marks or build in (grid, gap_by_sector, growth_by_sector)  # cells and bars
    for (face, _, shape), (other, _, form) in combinations(sorted(marks), 2):
        assert abs(face - other) >= 20 or shape != form or face == other
    assert all(face <= 70 or edge <= 70 for face, edge, _ in marks)  # 3:1 on white, hollow marks by their edge


@each_size
def test_regions_of_one_tier_are_told_apart_by_their_order(size):
    """One shape per tier, some of one lightness: in grey it is the order in which they are named, and the note says so."""
    chart = ladder(scope(), size=size)
    assert "in the order in which they are named" in chart.caption.note
    ax = chart.figure.axes[0]
    marks = [m for m in marks_of(ax) if m.get_zorder() == 3]
    heights = {}
    for mark in marks:
        height = float(mark.get_ydata()[0])
        heights.setdefault(round(height), []).append((height, mark.get_markeredgecolor()))
    hanyang, wuhan, wuchang = (style.COLOURS[region] for region in ("hanyang", "wuhan", "wuchang"))
    for year in heights.values():
        downwards = [tone for _, tone in sorted(year)]
        assert downwards == [tone for tone in (hanyang, wuhan, wuchang) if tone in downwards]


@pytest.mark.parametrize("build", [build for build in EVERY if build is not ladder], ids=lambda b: b.__name__)
def test_lines_that_mean_different_things_differ_in_grey_or_stroke(build):
    chart = build(scope())
    for ax in chart.figure.axes:
        drawn = {(round(lightness(line.get_color())), line.get_linestyle(), line.get_linewidth() < 1.0)
                 for line in ax.get_lines() if line.get_zorder() >= 1 and line.get_linestyle() != "None"}  # fmt: skip
        for (tone, stroke, thin), (other, dashes, slim) in combinations(sorted(drawn), 2):
            assert abs(tone - other) >= 20 or stroke != dashes or thin != slim or tone == other


# --- the trend figure ---


def test_the_thin_line_is_drawn_from_five_observations_on_and_not_beyond_the_data():
    chart = trend_with_slopes(scope())
    thin = [line for ax in chart.figure.axes for line in ax.get_lines() if line.get_zorder() == 1.5]
    assert [tuple(line.get_xdata()) for line in thin] == [(2017, 2024), (2018, 2024)]
    assert "Theil–Sen slope of growth over 2017–2024, −0.4 pp a year (95% interval −2.3 to +1.7" in chart.caption.note
    s = scope()
    growth, level = s.outturns("growth"), s.outturns("level")
    few = figure_trend.growth_and_level(
        s, growth, level, growth_results=trends.trend_by_segment(growth, "rate"),
        level_results=trends.trend_by_segment(level, "level"),
    )  # fmt: skip
    assert not [line for ax in few.figure.axes for line in ax.get_lines() if line.get_zorder() == 1.5]
    assert "Theil" not in few.caption.note


def test_2020_is_shaded_and_named_where_it_is_on_record():
    chart = trend_with_slopes(scope())
    assert "Shaded: 2020 (COVID-19)." in chart.caption.note
    assert "COVID-19" in {text.get_text() for text in texts(chart)}
    early = Scope("wuhan", "gdp", 2017, 2019)
    before = figure_trend.growth_and_level(early, early.outturns("growth"), early.outturns("level"))
    assert "COVID" not in before.caption.note


def test_a_year_without_a_figure_gets_a_word_or_where_there_is_no_room_a_dash():
    line = Line("x", pd.Series({2017: 1.0, 2024: 2.0}), {2017: "1", 2024: "2"}, "#000000")
    words = {
        size: [
            t.get_text()
            for t in texts(over_years([Panel("p", [line], "no figure")], range(2017, 2025), CAPTION, size=size))
        ]
        for size in SIZES
    }
    assert words["page"].count("no figure") == 6
    assert words["column"].count("–") == 6
