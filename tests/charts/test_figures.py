"""The figures of the three notebooks: what they draw, what they say, and that their files are stable."""

import re
import warnings
from dataclasses import replace

import pandas as pd
import pytest

from hanyang_data.charts.chart import Row, dumbbell
from hanyang_data.charts.export import METADATA, Chart, export
from hanyang_data.charts.formats import FORMATS, check_formats
from hanyang_data.charts.lines import Line, Panel
from hanyang_data.charts.panels import over_years
from hanyang_data.charts.style import Caption
from hanyang_data.errors import HanyangError, ParameterError
from hanyang_data.studies.growth_gap import evidence as yearly_of
from hanyang_data.studies.growth_gap import figure as figure_gap
from hanyang_data.studies.growth_gap import findings as gap_titles
from hanyang_data.studies.scope import Scope
from hanyang_data.studies.target_shortfall import evidence as judged
from hanyang_data.studies.target_shortfall import figure as figure_shortfall
from hanyang_data.studies.trend import study as figure_trend
from hanyang_data.words.wording import Text

INDICATORS = ["gdp", "industrial_value_added", "fixed_asset_investment", "retail_sales", "budget_revenue", "disposable_income"]
CAPTION = Caption("Title", "Subtitle", "Note: n", "Source: s", "alt")


def scope(lang="en", indicator="gdp", **options):
    return Scope("hanyang", indicator, 2017, 2024, comparator="wuhan", lang=lang, **options)


def trend_chart(s, **size):
    s = replace(s, comparator="")  # as no trend has one: its panels would name the breaks of both
    return figure_trend.growth_and_level(s, s.outturns("growth"), s.outturns("level"), **size)


def gap_by_year(s, **size):
    return figure_gap.by_year(s, s.pair(), **size)


def rows_in_2023(s, indicators):
    return yearly_of.rows_behind(s, pd.DataFrame({"indicator": indicators, "year": 2023}), "growth")


def gap_by_indicator(s, **size):
    return figure_gap.by_indicator(s, 2023, yearly_of.gaps_in_year(s, INDICATORS, 2023), rows_in_2023(s, INDICATORS), **size)


def shortfall_by_year(s, **size):
    return figure_shortfall.by_year(s, judged.shortfall_of(s), **size)


def shortfall_by_indicator(s, **size):
    return figure_shortfall.by_indicator(s, 2020, {i: judged.shortfall_of(s, i) for i in INDICATORS}, **size)


BUILDERS = [trend_chart, gap_by_year, gap_by_indicator, shortfall_by_year, shortfall_by_indicator]
each_figure = pytest.mark.parametrize("build", BUILDERS, ids=lambda b: b.__name__)


def words(chart: Chart) -> str:
    """Every text of a figure."""
    import matplotlib.text

    return "\n".join(t.get_text() for t in chart.figure.findobj(matplotlib.text.Text))


@each_figure
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_glyph_is_drawn_and_the_language_is_one(build, lang, tmp_path):
    chart = build(scope(lang))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        files = export(chart, tmp_path, "f", ["png"])
    assert files[0].stat().st_size > 20_000
    chinese = re.findall(r"[\u4e00-\u9fff]", words(chart))
    assert bool(chinese) == (lang == "zh")
    if lang == "zh":
        # addresses of publishers known by nothing else, and titles as printed: a text in Italian has an Italian one
        without_addresses = re.sub(r"\w+\.\s?com|《[^》]*》", "", words(chart))
        assert not re.findall(r"[A-Za-z]{4,}", without_addresses)


@each_figure
def test_two_exports_are_the_same_bytes(build, tmp_path):
    one, two = (export(build(scope("zh")), tmp_path / name, "f") for name in "ab")
    assert [f.suffix for f in one] == [".png", ".svg", ".pdf"]
    assert [f.read_bytes() for f in one] == [f.read_bytes() for f in two]


def test_the_source_line_is_made_of_the_rows_that_are_drawn():
    s = scope()
    growth, level = s.outturns("growth"), s.outturns("level")
    chart = figure_trend.growth_and_level(s, growth, level)
    assert chart.caption.source == (
        "Source: Hanyang District People's Government; Hanyang District Development and Reform Bureau; wenada.com, 2017–2023."
    )
    assert set(chart.caption.source_ids) == {*growth["source_id"], *level["source_id"]}
    fewer = figure_trend.growth_and_level(s, growth.loc[[2017]], level.loc[[2017]])
    assert fewer.caption.source == "Source: Hanyang District People's Government, 2017."


def test_the_note_names_basis_vintage_missing_years_break_and_bound():
    chart = trend_chart(scope())
    note = chart.caption.said
    assert "initial estimate 2017" in chart.caption.note  # what a reader would get wrong without it
    for part in (
        "Growth is real (constant prices). Levels are at current prices.",
        "growth: initial estimate 2017, 2020, 2023; level: initial estimate 2017, 2021, 2023, preliminary 2020, final 2018",
        "Not in the record: growth 2018–2019, 2021–2022, 2024; level 2019, 2022, 2024.",
        "*: from a secondary source.",
        "Not comparable before and from 2019 on (tobacco plant left).",
    ):
        assert part in note
    assert trend_chart(scope(as_of="2020-12-31")).caption.title.endswith(" (as known on 2020-12-31)")


def test_nothing_is_joined_over_a_missing_year_a_bound_or_a_break():
    joined = {
        tuple(line.get_xdata())
        for ax in trend_chart(scope()).figure.axes
        for line in ax.get_lines()
        if len(line.get_xdata()) == 2 and line.get_linestyle() == "-" and line.get_zorder() == 2
    }
    assert joined == {(2020, 2021)}  # the levels on the new basis, and no growth at all


def test_only_neighbouring_years_without_a_break_are_joined():
    values = pd.Series({2017: 1.0, 2018: 2.0, 2019: 3.0, 2021: 4.0, 2022: 5.0})
    line = Line("x", values, {}, "#000000", bounds={2022: "over"}, cuts=frozenset({2019}))
    chart = over_years([Panel("p", [line], "no figure", breaks={2019: "break"})], range(2017, 2023), CAPTION)
    drawn = [tuple(artist.get_xdata()) for artist in chart.figure.axes[0].get_lines() if artist.get_zorder() == 2]
    assert drawn == [(2017, 2018)]
    assert words(chart).count("no figure") == 1


def test_a_break_of_one_region_does_not_cut_the_line_of_the_other():
    """The plant left Hanyang in 2019; Wuhan's growth is joined over that year."""
    chart = gap_by_year(scope())
    joined = {
        tuple(line.get_xdata())
        for line in chart.figure.axes[0].get_lines()
        if len(line.get_xdata()) == 2 and line.get_linestyle() == "-" and line.get_zorder() == 2
    }
    assert (2018, 2019) in joined


def test_2020_stands_against_both_target_sets():
    chart = shortfall_by_indicator(scope())
    text = words(chart)
    assert "none of its 5 assessable growth targets for 2020, nor any of the city's 5" in chart.caption.title
    for printed in ("about 7%", "positive growth", "0.5%", "−8%", "−15.0", "−8.5", "−28.5", "−5.5", "in step with GDP"):
        assert printed in text


def test_levels_are_judged_in_percent_of_the_target_and_name_their_unit():
    s = scope(indicator="new_urban_employment")
    chart = figure_shortfall.by_year(s, judged.shortfall_of(s, measure="level"), measure="level")
    assert chart.caption.subtitle.startswith("Level, 10,000 persons")
    assert "outturn minus target in % of the target" in chart.caption.subtitle
    assert "−5.6" in words(chart)
    assert "−5.6" in chart.caption.alt
    assert "5.555" not in chart.caption.alt


def test_a_bound_is_printed_and_drawn_as_what_it_is():
    s = scope()
    chart = figure_shortfall.by_year(s, judged.shortfall_of(s, measure="level"), measure="level")
    assert words(chart).count("over 1,000") == 2  # the target and the outturn of 2018
    assert len([text for text in chart.figure.axes[0].texts if getattr(text, "arrow_patch", None)]) == 1


def test_titles_follow_the_parameters():
    assert trend_chart(scope()).caption.title == "Hanyang's GDP grew 7% in 2017, fell 8% in 2020 and grew 6% in 2023"
    assert trend_chart(scope("zh")).caption.title == "汉阳区地区生产总值2017年增长7%，2020年下降8%，2023年增长6%"
    assert trend_chart(scope(as_of="2018-01-01")).caption.title.startswith("Hanyang's GDP grew 7% in 2017, the only year of")
    assert gap_by_indicator(scope()).caption.title == "In 2023 Hanyang grew faster than Wuhan on 1 of 4 indicators"
    swapped = Scope("wuhan", "retail_sales", 2023, 2024, comparator="hanyang")
    assert (
        gap_titles.gap(swapped, yearly_of.by_year(swapped)).en
        == "Compared with Hanyang, growth of Wuhan's retail sales was 2.1 pp higher in 2023"
    )


def test_alt_text_holds_the_values():
    assert "Real growth, % on the year before, Hanyang: 2017 7, 2020 −8, 2023 6" in trend_chart(scope()).caption.alt
    assert "2018 >1,000" in trend_chart(scope()).caption.alt
    assert "Retail sales" in gap_by_indicator(scope()).caption.alt


def test_title_and_alt_text_are_in_the_files(tmp_path):
    png, svg, pdf = export(trend_chart(scope()), tmp_path, "f")
    assert b"fell 8% in 2020" in png.read_bytes()
    assert "fell 8% in 2020" in svg.read_text(encoding="utf-8")
    assert b"/Title" in pdf.read_bytes()


@pytest.mark.parametrize("lang", ["en", "zh"])
@pytest.mark.parametrize("indicator", ["disposable_income", "consumer_prices", "foreign_capital", "surveyed_unemployment_rate"])
@pytest.mark.parametrize("region", ["hanyang", "wuhan"])
def test_an_indicator_with_little_data_still_gives_every_figure(region, indicator, lang, tmp_path):
    s = Scope(region, indicator, 2017, 2024, comparator={"hanyang": "wuhan", "wuhan": "hanyang"}[region], lang=lang)
    level = figure_shortfall.by_year(s, judged.shortfall_of(s, measure="level"), measure="level")
    pairs = yearly_of.gaps_in_year(s, [indicator], 2023)
    one_row = figure_gap.by_indicator(s, 2023, pairs, rows_in_2023(s, [indicator]))
    none = figure_shortfall.by_indicator(s, 2019, {indicator: judged.shortfall_of(s)})
    for number, chart in enumerate([trend_chart(s), gap_by_year(s), shortfall_by_year(s), level, one_row, none]):
        if isinstance(chart, Text):  # no target and no outturn in numbers
            assert "nan" not in chart.en.lower()
            continue
        assert export(chart, tmp_path, str(number), ["svg"])
        assert "nan" not in words(chart).lower()
        assert "0 of 0" not in words(chart)


def test_a_missing_glyph_is_an_error_and_leaves_no_file(tmp_path):
    chart = dumbbell([Row("\N{MUSICAL SYMBOL G CLEF}", {"outturn": 1.0})], {"outturn": "#000000"}, [], CAPTION)
    with pytest.raises(HanyangError, match=r"figure f: the font cannot draw .*U\+1D11E"):
        export(chart, tmp_path, "f", ["png"])
    assert list(tmp_path.iterdir()) == []


def test_a_missing_font_package_says_what_to_do(monkeypatch):
    from hanyang_data.charts import typeface

    typeface.font_file.cache_clear()
    typeface.font_family.cache_clear()
    monkeypatch.setattr(typeface, "FONT_PACKAGE", "no_such_font_package")
    with pytest.raises(HanyangError, match="run make setup"):
        typeface.font_family()


def test_a_folder_that_cannot_be_written_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(HanyangError, match="cannot be written"):
        export(trend_chart(scope()), tmp_path / "file" / "below", "f", ["png"])


def test_unknown_formats_name_the_nearest():
    assert check_formats(["png", "png", "svg"]) == ["png", "svg"]
    assert list(FORMATS) == list(METADATA)
    with pytest.raises(ParameterError, match="did you mean"):
        check_formats(["pgn"])
    assert check_formats("['svg', \"png\"]") == ["svg", "png"]
    for text in ("pgn", "[pgn, svg]"):
        with pytest.raises(ParameterError, match="'pgn': did you mean png"):
            check_formats(text)
    with pytest.raises(ParameterError, match="give a list"):
        check_formats([])


def test_a_format_is_the_same_whatever_else_is_written(tmp_path):
    alone = export(gap_by_year(scope()), tmp_path / "a", "f", ["svg"])
    beside = export(gap_by_year(scope()), tmp_path / "b", "f", ["png", "svg"])
    assert alone[0].read_bytes() == beside[1].read_bytes()
