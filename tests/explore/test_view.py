"""The page as its user clicks through it, without a browser."""

import re
from dataclasses import replace

import pytest

from hanyang_data.explore.choices import shelf_of, start
from hanyang_data.explore.screen import VOILA, screen
from hanyang_data.explore.view import Page
from hanyang_data.words.wording import LANGUAGES


def test_what_one_analysis_has_no_data_for_comes_back_with_the_next(tmp_path):
    page = Page("en", tmp_path / "saved", tmp_path / "runs", "")
    page.menus["analysis"].value = "convergence"  # of the districts of a city: Hanyang has none
    assert (page.choice.region, page.choice.start_year, page.choice.end_year) == ("wuhan", 2017, 2024)
    assert "Region: Wuhan" in page.told.value
    page.menus["lang"].value = "zh"
    page.menus["analysis"].value = "growth_gap"
    assert (page.choice.region, page.choice.comparator, page.choice.lang) == ("hanyang", "wuhan", "zh")


def test_what_the_user_chose_himself_stays(tmp_path):
    page = Page("en", tmp_path / "saved", tmp_path / "runs", "")
    page.menus["analysis"].value = "convergence"
    page.menus["start_year"].value = 2018
    page.menus["analysis"].value = "trend"
    assert (page.choice.region, page.choice.start_year) == ("wuhan", 2018)


def test_a_measure_that_had_to_follow_comes_back(tmp_path):
    page = Page("en", tmp_path / "saved", tmp_path / "runs", "")
    page.menus["analysis"].value = "target_shortfall"
    page.menus["indicator"].value = "new_urban_employment"  # its targets are levels
    assert (page.choice.measure, "Measure: level" in page.told.value) == ("level", True)
    page.menus["indicator"].value = "gdp"
    assert page.choice.measure == "growth"
    page.menus["measure"].value = "level"  # and what is chosen stays
    page.menus["indicator"].value = "retail_sales"
    assert page.choice.measure == "level"


@pytest.mark.parametrize(
    ("address", "said"),
    [("region=jianghan&indicator=retail_sales", "Indicator: GDP"), ("region=Mars", "Region: "),
     ("start_year=2024&end_year=2017", "From: 2015"), ("region=wuchang", ""),
     ("figure=pie&end_year=soon", "figure=pie, end_year=soon"), ("region=Mars&table=no", "table=no"),
     ("lang=fr", "lang=fr"), ("analysis=none", "analysis=none"), ("theme=dark", "")],
)  # fmt: skip
def test_an_address_that_cannot_be_shown_is_answered_with_a_word(tmp_path, address, said):
    page = Page("en", tmp_path / "saved", tmp_path / "runs", "")
    page.asked_for(f"analysis=trend&{address}")
    assert said in page.told.value
    assert bool(said) == bool(page.told.value)


def test_data_without_a_target_have_no_answer_on_targets(tmp_path, snapshot):
    rows = (snapshot / "observations.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    (snapshot / "observations.csv").write_text("".join(row for row in rows if ",target," not in row), encoding="utf-8")
    page = Page("en", tmp_path / "saved", tmp_path / "runs", str(snapshot))
    page.menus["analysis"].value = "target_shortfall"
    assert "has no annual series for target_shortfall" in page.told.value
    assert page.menus["analysis"].value == page.choice.analysis == "trend"


def test_a_served_page_has_a_first_look_without_widgets(tmp_path, monkeypatch):
    monkeypatch.setenv(VOILA, "True")
    box = Page("zh", tmp_path / "saved", tmp_path / "runs", "").box
    look = box._repr_mimebundle_()["text/html"]
    assert look.count('class="hy-figure"') == 1
    assert "汉阳区地区生产总值2017年增长7%" in look
    assert look.count("<select disabled>") == 10  # what the trend asks for, and the table
    monkeypatch.delenv(VOILA)
    assert "text/html" not in Page("zh", tmp_path / "saved", tmp_path / "runs", "").box._repr_mimebundle_()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_finding_stands_above_its_figure_and_not_in_it_once_more(lang):
    own, other = (shelf_of("").settle(replace(start(lang, "growth_gap"), figure=name)) for name in ("by_year", "by_indicator"))
    figure = screen(own).figure
    assert screen(own).subtitle
    assert not screen(other).subtitle
    top, height = map(float, re.search(r'viewBox="0 ([\d.]+) [\d.]+ ([\d.]+)"', figure).groups())
    assert 20 < top < height / 4, "what stands above the drawing is cut, and nothing of it"
    assert 'viewBox="0 0 ' in screen(other).figure, "the title of another figure says what it shows"


@pytest.mark.parametrize(("lang", "more"), [("en", "The saved table also has: "), ("zh", "保存的表另有：")])
def test_a_table_read_by_few_columns_stands_beside_the_figure_and_names_the_others(tmp_path, lang, more):
    page = Page(lang, tmp_path / "saved", tmp_path / "runs", "")
    heads = re.findall(r"<th [^>]*>(.*?)</th>", page.table.value)
    left = page.table.value.partition(more)[2].partition("<")[0]
    assert len(heads) <= 6
    assert sorted([*heads[1:], *re.split("[;；] ?", left.rstrip(".。"))]) == sorted(page.box.data)
    page.menus["table"].value = "implied"
    assert more not in page.table.value, "ten columns have the width of the page"
