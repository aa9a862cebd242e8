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
from hanyang_data.charts.export import Chart, export
from hanyang_data.charts.lines import Line, Panel
from hanyang_data.charts.panels import over_years
from hanyang_data.charts.style import MIN_TEXT, SIZES, Caption, small, theme
from hanyang_data.charts.typeface import wrap
from hanyang_data.errors import HanyangError, ParameterError
from hanyang_data.studies import scope as scope_module
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.trend import findings as trends
from hanyang_data.studies.trend import study as figure_trend

CAPTION = Caption("Title", "Subtitle", "Note: n", "Source: s", "alt")


def trend_with_slopes(s, **size):
    """Wuhan: eight figures in a row, so that the thin lines are drawn."""
    wuhan = Scope("wuhan", s.indicator, s.start_year, s.end_year, lang=s.lang)
    growth, level = wuhan.outturns("growth"), wuhan.outturns("level")
    found = {"growth": trends.trend_by_segment(growth, "rate"), "level": trends.trend_by_segment(level, "level")}
    return figure_trend.growth_and_level(wuhan, growth, level, results=found, **size)


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


def trend_with_break_beside_2020(s, **size):
    """Fixed-asset investment: the line of the break stands at the edge of the shaded year, whose name is wider in a column."""
    other = Scope("hanyang", "fixed_asset_investment", s.start_year, s.end_year, lang=s.lang)
    return figure_trend.growth_and_level(other, other.outturns("growth"), other.outturns("level"), **size)


EVERY = [*BUILDERS, trend_with_slopes, trend_with_break_beside_2020, by_year, grid, ladder, plan, chained_gap, gap_by_sector,
         growth_by_sector, coverage_of_city, vintages_of_city]  # fmt: skip
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


@each_language
def test_a_column_names_every_value_without_digits_that_nobody_needs(lang):
    printed = {text.get_text() for text in texts(trend_with_slopes(scope(lang), size="column"))}
    assert {"13,410", "14,929", "16,223", "15,616", "17,717", "18,866", "20,012", "21,106"} <= printed
    assert {"8", "7.4", "−4.7", "12.2", "4", "5.7", "5.2"} <= printed


def drawn_words(chart):
    """The words of each axes with their boxes and without those outside of any, and the boxes of the words around."""
    for ax in chart.figure.axes:
        ticks = [t for t in texts(chart) if t in {*ax.get_xticklabels(), *ax.get_yticklabels()} and ax.axison]
        yield ax, [t for t in [*ax.texts, *ticks, ax.title, ax._left_title] if t.get_text().strip() and t.get_visible()]


@pytest.mark.parametrize("build", [build for build in EVERY if build not in (by_year, ladder)], ids=lambda b: b.__name__)
@each_size
@each_language
def test_no_word_of_a_plot_touches_another_or_the_line_of_a_break(build, size, lang):
    """Labels at the marks, names of breaks and of 2020, words for what is missing, numbers at the axes, tables below."""
    chart = build(scope(lang), size=size)
    with theme(size):
        chart.figure.draw_without_rendering()
    for ax, shown in drawn_words(chart):
        boxes = [(text.get_text(), text.get_window_extent()) for text in shown]
        for (text, a), (other, b) in combinations(boxes, 2):
            wide, high = min(a.x1, b.x1) - max(a.x0, b.x0), min(a.y1, b.y1) - max(a.y0, b.y0)
            assert wide <= 1.5 or high <= 0.3 * min(a.height, b.height), (text, other)
        dashed = [line for line in ax.get_lines() if len(line.get_xdata()) == 2 and line.get_xdata()[0] == line.get_xdata()[1]
                  and line.get_linestyle() == "--"]  # fmt: skip
        for line in dashed:
            x, top = (ax.transData.transform((line.get_xdata()[0], 0))[0], ax.bbox.y0 + ax.bbox.height * line.get_ydata()[1])
            cut = [text for text, box in boxes if box.x0 + 1 < x < box.x1 - 1 and ax.bbox.y0 < box.y0 + 2 < top]
            assert not cut, line


@each_figure
@each_language
def test_a_note_takes_two_lines_at_the_size_of_a_page_and_what_it_leaves_out_is_kept(build, lang):
    caption = build(scope(lang)).caption
    page = SIZES["page"]
    assert len(wrap(caption.note, page.room, small(page.text))) <= 2
    assert len(wrap(caption.source, page.room, small(page.text))) <= 2
    assert "《" not in caption.source


@each_language
def test_the_subject_is_never_grey_also_where_it_is_the_city(lang):
    wuhan = Scope("wuhan", "gdp", 2017, 2024, lang=lang)
    chart = figure_trend.growth_and_level(wuhan, wuhan.outturns("growth"), wuhan.outturns("level"))
    assert {line.get_color() for ax in chart.figure.axes for line in ax.get_lines() if line.get_zorder() == 2} == {style.INK}


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
        (round(lightness(m.get_markerfacecolor()), 1), round(lightness(m.get_markeredgecolor()), 1), str(m.get_marker()))
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
    assert "in the order in which they are named" in chart.caption.said
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
    assert [(line.get_xdata()[0], line.get_xdata()[-1]) for line in thin] == [(2018, 2024)]  # that of growth may be zero
    assert "Theil–Sen slope of level 2018–2024, +1,095 a year (95% interval +881 to +1,373" in chart.caption.note
    assert "growth 2017–2024" not in chart.caption.said
    s = scope()
    growth, level = s.outturns("growth"), s.outturns("level")
    few = figure_trend.growth_and_level(
        s,
        growth,
        level,
        results={"growth": trends.trend_by_segment(growth, "rate"), "level": trends.trend_by_segment(level, "level")},
    )
    assert not [line for ax in few.figure.axes for line in ax.get_lines() if line.get_zorder() == 1.5]
    assert "Theil" not in few.caption.said


def test_2020_is_shaded_and_named_where_it_is_on_record():
    chart = trend_with_slopes(scope())
    for size in SIZES:
        assert "COVID-19" in {text.get_text() for text in texts(trend_with_slopes(scope(), size=size))}
    early = Scope("wuhan", "gdp", 2017, 2019)
    before = figure_trend.growth_and_level(early, early.outturns("growth"), early.outturns("level"))
    assert "COVID-19" not in {text.get_text() for text in texts(before)}
    assert "COVID-19" in {text.get_text() for text in texts(chart)}


def test_a_year_without_a_figure_gets_a_word_or_where_there_is_no_room_a_dash():
    line = Line("x", pd.Series({2017: 1.0, 2024: 2.0}), {2017: "1", 2024: "2"}, "#000000")
    words = {
        size: [t.get_text() for t in texts(over_years([Panel("p", [line], "no figure")], range(2017, 2025), CAPTION, size=size))]
        for size in SIZES
    }
    assert words["page"].count("no figure") == 6
    assert words["column"].count("no\nfigure") == 6
    many = over_years([Panel("p", [line], "no figure", breaks={})], range(2012, 2025), CAPTION, size="column")
    assert [text.get_text() for text in texts(many)].count("–") == 11
