"""The figures of the data audit: a matrix of what is known, and every published reading of a series."""

import re
import warnings
from itertools import pairwise

import matplotlib.text
import pandas as pd
import pytest
from matplotlib.colors import to_rgb
from matplotlib.patches import Rectangle
from page import off_the_page

from hanyang_data.charts.cells import Cell, Room, sheet_of
from hanyang_data.charts.export import Chart, export
from hanyang_data.charts.readings import OTHER, SHAPES, Mark, TableRow, readings
from hanyang_data.charts.style import COLOURS, INK, SIZES, Caption, plot_of, theme
from hanyang_data.record.coverage import COVERAGE, coverage
from hanyang_data.studies.data_audit import figure as figure_audit
from hanyang_data.studies.data_audit import tables as tables_audit
from hanyang_data.studies.data_audit.figure import LOOKS
from hanyang_data.studies.scope import Scope

CAPTION = Caption("Title", "Subtitle", "Note: n", "Source: s", "alt")


def side(region="hanyang", lang="en", indicator="gdp", start=2017, end=2024, **options):
    return Scope(region, indicator, start, end, lang=lang, **options)


def sheet(rows, years, key, size="page"):
    return sheet_of(rows, years, key, CAPTION, room=Room(), size=size)


def coverage_chart(s, **size):
    return figure_audit.coverage(
        s, coverage(s.region, s.years, as_of=s.as_of, dataset=s.dataset), tables_audit.rows_of(s), **size
    )


def vintage_chart(s, measure="growth", **size):
    return figure_audit.vintages(
        s, measure, tables_audit.distinct_readings(s, measure), tables_audit.revisions_of(s, measure), **size
    )


def level_chart(s, **size):
    return vintage_chart(s, "level", **size)


BUILDERS = [coverage_chart, vintage_chart, level_chart]
each_figure = pytest.mark.parametrize("build", BUILDERS, ids=lambda b: b.__name__)
each_region = pytest.mark.parametrize("region", ["hanyang", "wuhan", "wuchang", "hongshan", "caidian"])
each_language = pytest.mark.parametrize("lang", ["en", "zh"])


def words(chart: Chart) -> list[str]:
    return [t.get_text() for t in chart.figure.findobj(matplotlib.text.Text) if t.get_text().strip()]


def lightness(colour: str) -> float:
    """CIE L*, what is left of a colour on a grey printer."""
    linear = [x / 12.92 if x <= 0.04045 else ((x + 0.055) / 1.055) ** 2.4 for x in to_rgb(colour)]
    return 116 * (0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]) ** (1 / 3) - 16


@each_figure
@each_region
@each_language
def test_every_glyph_is_drawn_and_the_language_is_one(build, region, lang, tmp_path):
    chart = build(side(region, lang))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        (file,) = export(chart, tmp_path, "f", ["png"])
    assert file.stat().st_size > 10_000
    text = "\n".join([*words(chart), chart.caption.alt])
    assert bool(re.findall(r"[\u4e00-\u9fff“”]", text)) == (lang == "zh")
    assert "nan" not in text.lower().replace("finan", "")


@each_figure
@each_region
@each_language
@pytest.mark.parametrize("size", ["page", "slide"])
def test_nothing_is_drawn_outside_the_page(build, region, lang, size):
    chart = build(side(region, lang), size=size)
    assert chart.figure.get_figwidth() * 2.54 == pytest.approx(SIZES[size].width)
    assert off_the_page(chart, size) == []


@each_figure
@each_region
@pytest.mark.parametrize("window", [(2017, 2024), (2010, 2026), (2023, 2023)], ids=str)
def test_no_two_texts_overlap(build, region, window):
    chart = build(side(region, start=window[0], end=window[1]))
    with theme():
        chart.figure.draw_without_rendering()
    (ax,) = chart.figure.axes  # of the ticks those beyond the axis are objects too, and not drawn
    shown = [*chart.figure.texts, *ax.texts, *(ax.get_xticklabels() if ax.axison else [])]
    boxes = [(t.get_text(), t.get_window_extent()) for t in shown if t.get_text().strip()]
    for number, (text, one) in enumerate(boxes):
        for other, two in boxes[number + 1 :]:
            wide = min(one.x1, two.x1) - max(one.x0, two.x0)
            high = min(one.y1, two.y1) - max(one.y0, two.y0)
            # boxes of two lines of a paragraph touch: line height is less than the height of the box
            assert not (wide > 1 and high > 0.3 * min(one.height, two.height)), (text, other)


@each_figure
def test_two_exports_are_the_same_bytes(build, tmp_path):
    one, two = (export(build(side("wuhan", "zh")), tmp_path / name, "f") for name in "ab")
    assert [f.read_bytes() for f in one] == [f.read_bytes() for f in two]


def test_the_states_are_told_apart_in_greyscale():
    assert list(LOOKS) == COVERAGE
    steps = [lightness(LOOKS[state].face) for state in COVERAGE[1:]]
    assert all(light - dark > 5 for light, dark in pairwise(steps))
    assert {LOOKS[s].sign for s in ("nothing", "target_only")} == {"cross", "hatch"}
    assert all(lightness(tone) + 15 < lightness(OTHER) for tone in (COLOURS["hanyang"], INK))
    assert len({marker for marker, _ in SHAPES.values()}) == len({glyph for _, glyph in SHAPES.values()}) == 4


def test_the_matrix_draws_the_table_it_is_given():
    s = side()
    table = coverage("hanyang", s.years)
    chart = coverage_chart(s)
    cells = [p for p in chart.figure.axes[0].patches if isinstance(p, Rectangle)]
    key = {state for state in COVERAGE if table.eq(state).to_numpy().any()}
    assert len(cells) == table.size + len(key)
    assert "Tourism revenue" in words(chart)  # a target alone is on record: figure, table and count have one list
    from matplotlib.colors import to_hex

    faces = pd.Series([to_hex(p.get_facecolor()) for p in cells[len(key) :]]).value_counts()
    for state in ("bounded", "initial_estimate", "preliminary", "revised"):
        assert faces[LOOKS[state].face] == table.eq(state).to_numpy().sum()
    text = words(chart)
    assert text.count("bound") == table.eq("bounded").to_numpy().sum() + 1
    assert "final" not in text  # does not occur, so it is not in the key


def test_the_matrix_names_its_gaps():
    caption = coverage_chart(side()).caption
    assert (
        caption.title == "37 of 240 yearly figures for Hanyang (30 indicators) are known as numbers, 30 of them initial estimates"
    )
    for part in ("No number in 2018–2019 and 2024.", "In 2021 only GDP.", "In secondary sources alone: GDP 2021"):
        assert part in caption.said
    assert "GDP: preliminary 2020, initial estimate 2017, 2021, 2023, bound 2018" in caption.alt
    assert "In 2019 only GDP and new urban employment." in coverage_chart(side("wuhan")).caption.said
    assert coverage_chart(side(as_of="2021-06-30")).caption.title.endswith(" (as known on 2021-06-30)")
    assert coverage_chart(side(lang="zh")).caption.title == "汉阳区30项指标240个数据中37个有具体数值，其中30个为预计数"


def test_publishers_are_named_and_many_of_them_counted():
    assert "Communique" not in coverage_chart(side("caidian")).caption.source
    assert re.search(r"and \d+ other publishers, 2018–2026\.", coverage_chart(side("wuhan")).caption.source)
    assert vintage_chart(side("caidian")).caption.source == "Source: no row was drawn."


def test_a_region_without_anything_says_so():
    chart = coverage_chart(side("caidian", start=2010, end=2012))
    assert chart.caption.title == "No yearly figure for Caidian is on record in 2010–2012"
    assert "no figure" in words(chart)
    assert vintage_chart(side("caidian")).caption.title == "No GDP growth of Caidian is on record"


def test_the_matrix_grows_with_its_rows_and_drops_words_that_do_not_fit():
    bound = LOOKS["bounded"]._replace(word="bound")
    few, many = (sheet({str(n): [LOOKS["bounded"]] for n in range(k)}, ["2020"], {}) for k in (2, 12))
    assert many.figure.get_figheight() > 2 * few.figure.get_figheight()
    wide = sheet({"a": [bound]}, ["2020"], {"bound": LOOKS["bounded"]})
    narrow = sheet({"a": [bound] * 40}, ["2020"] * 40, {"bound": LOOKS["bounded"]})
    assert words(wide).count("bound") == 2
    assert words(narrow).count("bound") == 1


def test_every_reading_of_wuhans_growth_is_printed_with_its_revision():
    chart = vintage_chart(side("wuhan"))
    assert chart.caption.title == "Wuhan's GDP growth was revised down in 3 of 5 years with a later figure, never up"
    text = words(chart)
    for printed in ("about 7.8", "7.4", "−0.4", "−4.7*", "(+0.2)", "about 4.5", "−0.5", "about 6", "5.7", "−0.3"):
        assert printed in text
    assert "2022: initial estimate about 4.5, preliminary 4, revision −0.5" in chart.caption.alt
    for part in (
        "Revision: latest minus first published.",
        "In brackets",
        "Hollow and *",
        "Arrow: a bound",
        "Dark: used in series",
    ):
        assert part in chart.caption.said


def test_levels_are_revised_in_percent_and_start_at_zero():
    chart = level_chart(side("wuhan"))
    assert {"14,847.29", "14,928.72", "+0.5", "revision, %"} <= set(words(chart))
    assert chart.figure.axes[0].get_ylim()[0] == 0
    assert "Not comparable before and from 2018 on (economic census 2018)." in chart.caption.said


def test_a_conflict_within_a_vintage_shows_both_values():
    chart = vintage_chart(side(indicator="fixed_asset_investment"))
    assert {"23.6", "26.3"} <= set(words(chart))
    assert "fixed-asset investment" in chart.caption.title


def test_the_taken_reading_is_dark_and_large_the_others_grey_secondary_ones_hollow():
    marks = [
        Mark(2020, 1.0, "initial_estimate", taken=False, hollow=True),
        Mark(2020, 2.0, "preliminary", taken=True),
        Mark(2021, 3.0, "preliminary", taken=True, bound="over"),
    ]
    chart = readings(marks, [TableRow("x", "preliminary", {2020: [Cell("2")]})], [2020, 2021], CAPTION, tone=INK)
    dots = [line for line in chart.figure.axes[0].get_lines() if line.get_linestyle() == "None"]
    assert [to_rgb(d.get_markerfacecolor()) for d in dots] == [(1, 1, 1), to_rgb(INK), to_rgb(INK)]
    assert dots[0].get_markeredgecolor() == OTHER
    assert dots[1].get_markersize() > dots[0].get_markersize()
    assert dots[0].get_xdata()[0] < 2020 < dots[1].get_xdata()[0]


def test_a_corrected_reading_has_a_dagger_and_its_reason(snapshot):
    file = snapshot / "corrections.yaml"
    entry = (
        "- {source_id: wuhan_bulletin_2022, region: wuhan, indicator: gdp, year: 2022, measure: growth, action: flag,\n"
        "   expect: 4, reason_en: A test., reason_zh: 测试。}\n"
    )
    file.write_text(file.read_text(encoding="utf-8") + entry, encoding="utf-8")
    chart = vintage_chart(side("wuhan", data_dir=str(snapshot)))
    assert "† 2022: A test." in chart.caption.said
    assert "4†" in words(chart)


@pytest.mark.parametrize(("size", "start", "end"), [("column", 2017, 2024), ("page", 2010, 2026)])
def test_where_numbers_do_not_fit_under_their_year_the_table_has_a_row_a_year_and_no_text_is_turned(size, start, end):
    chart = level_chart(side("wuhan", start=start, end=end), size=size)
    drawn = chart.figure.findobj(matplotlib.text.Text)
    assert {"21,106.23", "14,847.29"} <= {text.get_text() for text in drawn}
    assert {text.get_rotation() for text in drawn if text.get_text()} == {0}
    years = [text.get_text() for text in chart.figure.axes[0].texts if text.get_text().isdigit()]
    assert set(map(str, range(2017, 2025))) <= set(years)


@each_language
@pytest.mark.parametrize("region", ["hanyang", "wuhan"])
def test_on_a_slide_the_rows_stand_in_two_blocks_and_can_be_read(region, lang):
    """A slide of 19 cm has 13 for a figure below its title: in one column of rows the text would be of 6 points."""
    figure = coverage_chart(side(region, lang), size="slide").figure
    top, bottom = plot_of(figure)
    assert 13 / (figure.get_figheight() * 2.54 * (bottom - top)) * SIZES["slide"].text >= 10
    rows = {f"indicator {number}": [LOOKS["final"], LOOKS["revised"]] for number in range(30)}
    shown = words(sheet(rows, ["2017", "2018"], {state: LOOKS[state] for state in ("final", "revised")}, "slide"))
    assert set(rows) <= set(shown)
    assert shown.count("2017") == 2
