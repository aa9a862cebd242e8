"""The page as its user clicks through it, without a browser."""

from hanyang_data.explore.screen import VOILA
from hanyang_data.explore.view import Page


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


def test_a_served_page_has_a_first_look_without_widgets(tmp_path, monkeypatch):
    monkeypatch.setenv(VOILA, "True")
    box = Page("zh", tmp_path / "saved", tmp_path / "runs", "").box
    look = box._repr_mimebundle_()["text/html"]
    assert look.count('class="hy-figure"') == 1
    assert "汉阳区地区生产总值2017年增长7%" in look
    assert look.count("<select disabled>") == 10  # what the trend asks for, and the table
    monkeypatch.delenv(VOILA)
    assert "text/html" not in Page("zh", tmp_path / "saved", tmp_path / "runs", "").box._repr_mimebundle_()
