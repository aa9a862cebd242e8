"""A head that says target holds targets, each public in its own year; their words and ranges are those of targets."""

from datetime import date

import pytest
from made_tables import book

import hanyang_data as hd
from hanyang_data.errors import HanyangError

CELLS = {  # what a cell of targets holds: low, high, qualifier, token
    "6.5左右": (6.5, None, "about", "6.5%左右"),
    "约8": (8, None, "about", "约8%"),
    "7.5%以上": (7.5, None, "at_least", "7.5%以上"),
    "6-6.5": (6, 6.5, "range", "6%-6.5%"),
    "5.5%—6%": (5.5, 6, "range", "5.5%—6%"),
    "5至6": (5, 6, "range", "5%至6%"),
    "与经济增长同步": (None, None, "in_step_with_gdp", "与经济增长同步"),
    "正增长": (None, None, "positive", "正增长"),
    7: (7, None, "point", "7%"),
}
HEADS = ["GDP增速目标（%）", "GDP预期目标增速（%）", "GDP growth target (%)", "地区生产总值增长目标（%）"]


@pytest.mark.parametrize(("cell", "meant"), CELLS.items(), ids=map(str, CELLS))
def test_a_target_is_read_as_it_is_worded(tmp_path, cell, meant):
    file = book(tmp_path / "t.xlsx", ("S", [["年份", "GDP增速（%）", "GDP增速目标（%）"], [2023, 5.5, cell]]))
    data = hd.dataset_from_file(file, "汉阳", targets_published_on="1月15日")
    outturn, target = data.printed.to_dict("records")
    assert (outturn["concept"], outturn["value"]) == ("outturn", 5.5)
    found = tuple(None if end != end else end for end in (target["value"], target["value_high"]))
    assert (*found, target["qualifier"], target["token"]) == meant
    assert (target["concept"], target["vintage"], target["published_on"]) == ("target", "original", "2023-01-15")


@pytest.mark.parametrize("head", HEADS)
def test_a_head_of_targets_is_known_by_its_word(tmp_path, head):
    file = book(tmp_path / "t.xlsx", ("S", [["年份", head], [2022, 6], [2023, 5]]))
    data = hd.dataset_from_file(file, "汉阳", targets_published_on="01")
    assert hd.targets("gdp", "汉阳", dataset=data)["value"].to_dict() == {2022: 6, 2023: 5}
    assert hd.targets("gdp", "汉阳", dataset=data)["published_on"].tolist() == ["2022-01", "2023-01"]
    assert hd.load("gdp", "汉阳", dataset=data).empty


@pytest.mark.parametrize(
    ("table", "told", "says"),
    [
        ([["年份", "GDP增速（%）"], [2022, 6], [2023, 5]], {"published_on": "2022-03-01"},
         "S, cell B3: a figure of 2023 cannot be public since 2022-03-01: {say} --published-on {today} ("),
        ([["年份", "GDP增速（%）"], [2023, 5]], {"published_on": "2062"},
         "S, cell B2: a figure of 2023 cannot be public since 2062: {say} --published-on {today} ("),
        ([["年份", "GDP增速目标（%）"], [2063, 5]], {"targets_published_on": "01"},
         "S, cell B2: a target of 2063 cannot be public since 2063-01: {say} --targets-published-on {today} ("),
        ([["年份", "GDP增速（%）"], [2063, 5]], {},
         "S, cell B2: 2063 is still to come: take the figure out, or say in its head that it is a target (目标)"),
    ],
)  # fmt: skip
def test_a_day_that_cannot_be_is_refused_in_words_of_the_table(tmp_path, table, told, says):
    """Before its year has begun nothing is known of it, and what is to come nobody has printed."""
    file = book(tmp_path / "t.xlsx", ("S", table))
    with pytest.raises(HanyangError) as caught:
        hd.dataset_from_file(file, "汉阳", **told)
    assert str(caught.value).startswith(says.format(say="say since when it is, such as", today=date.today()))


def test_targets_of_an_indicator_of_ones_own(tmp_path):
    file = book(tmp_path / "t.xlsx", ("S", [["年份", "粮食（万元）", "粮食目标（万元）"], [2022, 6, 7]]))
    told = {"粮食（万元）": "grain", "粮食目标（万元）": "grain"}
    data = hd.dataset_from_file(file, "汉阳", indicators=told, targets_published_on="01")
    assert data.printed["concept"].tolist() == ["outturn", "target"]
    assert data.indicators.loc["grain", "name_zh"] == "粮食"


def test_targets_of_levels_and_of_one_publication(tmp_path):
    file = book(tmp_path / "t.xlsx", ("S", [["年份", "GDP目标（万亿元）"], [2023, "0.1-0.2"]]))
    data = hd.dataset_from_file(file, "汉阳", targets_published_on="2023/1/15")
    assert hd.targets("gdp", "汉阳", measure="level", dataset=data).loc[2023, ["value", "value_high"]].tolist() == [1000, 2000]
    with pytest.raises(HanyangError, match="^--targets-published-on is '13月'"):
        hd.dataset_from_file(file, "汉阳", targets_published_on="13月")
    asked = book(tmp_path / "u.xlsx", ("S", [["年份", "GDP增速目标（%）"], [2023, "很多"]]))
    with pytest.raises(HanyangError, match="cell B2: '很多' is no target wording that is known"):
        hd.dataset_from_file(asked, "汉阳", targets_published_on="01")
