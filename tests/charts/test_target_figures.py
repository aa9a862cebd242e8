"""The figures of targets: the tick of the other reading, the heat table, the ladder, the path to a plan."""

import re
import warnings
from dataclasses import replace

import pytest
from test_figures import INDICATORS, words

import hanyang_data as hd
from hanyang_data.charts.export import export
from hanyang_data.charts.style import theme
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.target_shortfall import evidence as judged
from hanyang_data.studies.target_shortfall import evidence as studies_targets
from hanyang_data.studies.target_shortfall import figure as figure_plan
from hanyang_data.studies.target_shortfall import figure as figure_shortfall
from hanyang_data.studies.target_shortfall import ladder as steps
from hanyang_data.studies.target_shortfall import several as figure_heat
from hanyang_data.studies.target_shortfall import several as figure_ladder
from hanyang_data.words.wording import Text


def scope(region="hanyang", lang="en", indicator="gdp", **options):
    return Scope(region, indicator, 2017, 2024, lang=lang, **{"vintage": "first"} | options)


def by_year(s, **size):
    return figure_shortfall.by_year(s, judged.shortfall_of(s), studies_targets.vintages_of(s), **size)


def grid(s, **size):
    return figure_heat.grid(s, {i: judged.shortfall_of(s, i) for i in INDICATORS}, **size)


def ladder(s, **size):
    return figure_ladder.ladder(s, steps.target_ladder(s, ["wuhan", "wuchang"]), **size)


def plan(s, **size):
    s = replace(s, region="hanyang", comparator="")  # the one region whose plan sets a level
    return figure_plan.plan(s, studies_targets.required_path(s, 1.0), **size)


each = pytest.mark.parametrize("build", [by_year, grid, ladder, plan], ids=lambda b: b.__name__)


@each
@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("region", ["hanyang", "wuhan"])
def test_every_glyph_is_drawn_inside_the_page_in_one_language(build, region, lang, tmp_path):
    import matplotlib.text

    chart = build(scope(region, lang))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert export(chart, tmp_path, "f", ["png"])[0].stat().st_size > 10_000
    own = chart.caption.title + chart.caption.subtitle + chart.caption.said
    assert bool(re.findall(r"[\u4e00-\u9fff]", own)) == (lang == "zh")
    assert "nan" not in words(chart).lower().replace("finance", "").replace("financial", "")
    with theme():
        chart.figure.draw_without_rendering()
    page = chart.figure.bbox
    ticks = [label for ax in chart.figure.axes for label in ax.get_xticklabels()]  # those beyond the axis are not drawn
    for text in chart.figure.findobj(matplotlib.text.Text):
        if text.get_visible() and text.get_text().strip() and text not in ticks:
            box = text.get_window_extent()
            assert box.x0 >= -1, text
            assert box.x1 <= page.x1 + 1, text


@each
def test_two_exports_are_the_same_bytes(build, tmp_path):
    one, two = (export(build(scope("hanyang", "zh")), tmp_path / name, "f") for name in "ab")
    assert [f.read_bytes() for f in one] == [f.read_bytes() for f in two]


@each
@pytest.mark.parametrize("indicator", ["disposable_income", "surveyed_unemployment_rate", "new_urban_employment"])
def test_an_indicator_with_little_data_still_gives_the_figure(build, indicator, tmp_path):
    made = build(scope(indicator=indicator))
    none = (" on record.", " in no year.", " for the same year.")
    assert made.en.endswith(none) if isinstance(made, Text) else export(made, tmp_path, "f", ["svg"])


def test_the_other_reading_is_a_tick_and_has_its_column():
    text = words(by_year(scope("wuhan")))
    assert "| latest" in text
    assert "7.4%" in text
    assert "Tick: the latest figure" in by_year(scope("wuhan")).caption.said
    assert "| first" in words(by_year(scope("wuhan", vintage="latest")))
    assert "|" not in words(by_year(scope()))  # Hanyang's growth was published once


def test_the_heat_table_prints_every_number_and_frames_what_was_missed():
    from matplotlib.colors import to_hex
    from matplotlib.patches import Rectangle

    chart = grid(scope())
    assert chart.caption.title == "In 2017–2024 Hanyang met 3 of the 10 growth targets that can be judged"
    for printed in ("−15.0", "−0.5", "+13.6", "+1.5", "missed", "2020", "2023"):
        assert printed in words(chart)
    boxes = [box for box in chart.figure.axes[0].patches if isinstance(box, Rectangle)]
    assert len(boxes) == 10 + 2  # those that can be judged, and the key
    assert "#ffffff" not in {to_hex(box.get_facecolor()) for box in boxes}
    assert "2021" not in {
        text.get_text() for text in chart.figure.axes[0].texts
    }  # a year without anything to judge has no column
    assert "No target of these years can be judged: 2017–2019, 2021–2022 and 2024." in chart.caption.said
    assert "Without a year that can be judged: disposable income." in chart.caption.said


def test_about_is_seen_at_a_difference_that_it_may_turn():
    assert "≈−0.2" in words(grid(scope("wuhan")))
    assert "≈−0.2" in words(by_year(scope("wuhan")))
    assert "−15.0" in words(by_year(scope())).split("\n")  # from about 7% to −8%: no doubt


def test_a_bound_is_drawn_with_an_arrow_and_hollow():
    """Wuhan's growth of 2021 was estimated at "at least 12%"."""
    ax = by_year(scope("wuhan")).figure.axes[0]
    hollow = [line for line in ax.get_lines() if list(line.get_xdata()) == [12] and line.get_markersize() == 6]
    assert [line.get_markerfacecolor() for line in hollow] == ["white"]
    assert len([text for text in ax.texts if getattr(text, "arrow_patch", None)]) == 1


def test_nothing_to_judge_is_a_sentence():
    none = figure_heat.grid(
        scope(indicator="disposable_income"), {"disposable_income": judged.shortfall_of(scope(indicator="disposable_income"))}
    )
    assert isinstance(none, Text)


def test_the_ladder_names_each_tier_by_its_shape():
    chart = ladder(scope())
    for printed in ("● Hanyang", "■ Wuhan", "● Wuchang", "about 7% → −8%", "7.5–7.8% → −4.7%"):
        assert printed in words(chart)
    assert "(−12.2)" in words(chart)
    assert "2020: Hanyang about 7% → −8% (−15.0)" in chart.caption.alt


def test_the_plan_shows_the_rate_the_break_and_the_assumption():
    chart = plan(scope())
    assert "over CNY 110 billion in 2025" in chart.caption.title
    assert "13.1% a year in 2024–2025" in chart.caption.title
    for printed in ("13.1% a year needed", "9.5% a year needed", "tobacco plant left", ">1,100", ">1,000"):
        assert printed in words(chart)
    assert "with prices rising 1% a year (an assumption)" in chart.caption.said
    assert "699 (2020)" in chart.caption.said
    none = figure_plan.plan(scope("wuhan"), studies_targets.required_path(scope("wuhan"), 1.0))
    assert none.en == "No five-year-plan target for the level of GDP of Wuhan is on record."  # no empty axes


def test_names_too_long_to_stand_beside_the_plot_stand_above_it(tmp_path):
    """Three zones with names of a line each left no room for the plot at all."""
    s = scope("wuhan_etdz")
    chart = figure_ladder.ladder(s, steps.target_ladder(s, ["wuhan", "east_lake_htdz"]))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert export(chart, tmp_path, "f", ["png"])
    with theme():
        chart.figure.draw_without_rendering()
    assert chart.figure.axes[0].get_window_extent().width > chart.figure.bbox.width * 0.8


def test_targets_without_a_number_are_a_sentence_and_no_empty_picture():
    """Wuhan's income is to grow in step with GDP; of a rate there is neither growth nor level to speak of."""
    income = hd.target_shortfall("disposable_income", "wuhan")
    assert income.plot("by_year") == "Wuhan's growth target for disposable income can be judged in no year."
    assert income.plot("ladder") == "Wuhan and Wuchang never set a disposable income target in numbers for the same year."
    cut = hd.target_shortfall("energy_intensity", lang="zh").plot("plan")
    assert cut == "资料中没有汉阳区单位生产总值能耗下降率的五年规划目标。"
    alone = hd.growth_gap("energy_intensity", lang="zh").answer().finding
    assert alone == "2017—2024年汉阳区与武汉市的单位生产总值能耗下降率没有可比年份"
