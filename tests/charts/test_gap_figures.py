"""The chained gap and the waterfall: drawn whole, in one language, the same bytes twice, the residual never left out."""

import re
import warnings

import pytest
from page import texts

import hanyang_data as hd
from hanyang_data.charts.export import Chart, export
from hanyang_data.studies.growth_gap import evidence as yearly_of
from hanyang_data.studies.growth_gap import figure as figure_cumulative
from hanyang_data.studies.growth_gap import sectors, waterfall
from hanyang_data.studies.scope import Scope
from hanyang_data.words.wording import Text


def scope(region, lang="en", **options):
    return Scope(region, options.pop("indicator", "gdp"), 2017, 2024, comparator="wuhan", lang=lang, **options)


def chained(lang="en", region="wuchang", **size):
    s = scope(region, lang)
    return figure_cumulative.cumulative(s, s.pair(), yearly_of.gap_by_segment(s), **size)


def fall(lang="en", region="hongshan", **size):
    s = scope(region, lang)
    own = sectors.of_both(s)
    measured = sectors.measured_of(s, own[region])
    between = sectors.attributed(own[region], own["wuhan"])
    return waterfall.waterfall(s, own, between, measured=measured, **size)


def own_fall(lang="en", **size):
    return fall(lang, "hanyang", **size)


each = pytest.mark.parametrize("build", [chained, fall, own_fall], ids=lambda b: b.__name__)


@each
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_drawn_whole_in_one_language(build, lang, tmp_path):
    chart = build(lang)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert export(chart, tmp_path, "f", ["png"])[0].stat().st_size > 20_000
    words = "\n".join(t.get_text() for t in texts(chart))
    assert bool(re.findall(r"[\u4e00-\u9fff]", words)) == (lang == "zh")
    if lang == "zh":
        assert not re.findall(r"[A-Za-z]{4,}", re.sub(r"《[^》]*》", "", words))


@each
def test_two_exports_are_the_same_bytes(build, tmp_path):
    one, two = (export(build("zh"), tmp_path / name, "f") for name in "ab")
    assert [f.read_bytes() for f in one] == [f.read_bytes() for f in two]


def test_the_waterfall_draws_every_part_and_the_residual():
    chart = fall()
    labels = [t.get_text() for t in chart.figure.axes[0].get_yticklabels()]
    assert labels == [
        "Growth of Wuhan", "Structure", "Within: secondary-sector value added", "Within: tertiary-sector value added",
        "Residual", "Growth of Hongshan",
    ]  # fmt: skip
    bars = [p for p in chart.figure.axes[0].patches if p.get_height() == pytest.approx(0.56)]
    assert len(bars) == 6
    assert sum(b.get_width() for b in bars[:5]) == pytest.approx(bars[5].get_width())
    assert bars[4].get_hatch()


def test_a_large_residual_is_drawn_and_said():
    chart = own_fall()
    assert "The residual is beyond 0.3 pp" in chart.caption.said
    assert "the printed −8% is an estimate of 2020-12 and the weaker measurement" in chart.caption.note
    assert "Residual: +0.33" in chart.caption.alt
    assert chart.caption.title == "The sectors leave 0.33 points of Hanyang's growth (−8.0% in 2020) unexplained"


def test_the_chain_starts_at_100_and_ends_with_its_band():
    chart = chained()
    words = [t.get_text() for t in texts(chart)]
    assert "+2.1% (0.0 to +4.3)" in words
    marks = [a for a in chart.figure.axes[0].get_lines() if a.get_marker() == "o"]
    assert [a.get_xdata()[0] for a in marks] == [2019, 2020, 2021, 2022, 2023]  # nothing over the break of 2019
    assert (marks[0].get_ydata()[0], marks[0].get_markerfacecolor()) == (100, "white")
    assert len(chart.figure.axes[0].collections) == 4  # the band, from year to year
    assert "up to about 4%" in chart.caption.title


@pytest.mark.parametrize("build", [lambda: chained(region="jiangxia"), lambda: fall(region="jiangxia")])
def test_where_nothing_can_be_drawn_a_sentence_says_why(build):
    told = build()
    assert isinstance(told, Text)
    assert not isinstance(told, Chart)
    assert told.en.startswith("No ")
    assert told.zh


def test_the_note_says_where_sources_differ_on_what_is_drawn():
    """Hanyang 2023: investment 23.6 in the plan report, 26.3 in the work report; GDP alike in both."""
    for study, figure in (
        (hd.growth_gap, "by_indicator"),
        (lambda **k: hd.trend("fixed_asset_investment", **k), "growth_and_level"),
    ):
        note = study(lang="en").chart(figure).caption.note
        assert "Sources differ on fixed-asset investment of 2023: 23.6 is shown, 26.3 also printed." in note
        assert "GDP of" not in note


def test_where_two_regions_break_in_one_year_the_note_has_both_reasons():
    said = hd.growth_gap("gdp", "hanyang", "wuchang").chart("by_year").caption.said
    assert "Not comparable before and from 2019 on (tobacco plant left; probably census 2018)." in said
