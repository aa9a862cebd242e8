"""Kinds of whole work reports of cities that the reader once got wrong (2012 to 2023); invented sentences."""

from __future__ import annotations

import pytest
from few_lines import reading, rows

HEAD = ["2016年临海市政府工作报告", "各位代表：", "现在，我代表市人民政府作报告。"]
ONE, FIVE, AHEAD = "一、2015年工作回顾", "一、“十二五”时期工作回顾", "二、2016年重点工作"
MEASURED = "indicator year period measure value qualifier"


def of_year(*lines: str, columns: str = "indicator measure value qualifier") -> set[tuple[str, ...]]:
    """What is read in a part on the year that is looked back on."""
    return rows(*HEAD, ONE, *lines, columns=columns)


def test_a_title_names_the_city_and_no_county_that_keeps_an_honour():
    body = ["荔县蝉联三届全国文明县城称号，荔县、徽县联手发展。", "全市地区生产总值增长8%。"]
    found = reading(*HEAD, ONE, *body, region="")
    assert found.documents[0].place == "临海市"
    assert [(c.row["region"], c.row["value"]) for c in found.candidates] == [("临海市", "8")]


def test_a_level_in_dollars_is_shown_with_its_unit_and_is_never_sure():
    (level, growth) = reading(*HEAD, ONE, "外贸进出口总额6.25亿美元，增长13.8%。").candidates
    assert [(c.row["indicator"], c.row["value"], c.row["unit"]) for c in (level, growth)] == [
        ("foreign_trade", "6.25", "USD_100M"), ("foreign_trade", "13.8", "percent"),
    ]  # fmt: skip
    assert (level.sure, growth.sure) == (False, True)
    assert level.reasons == ("in dollars, which the series is not",)
    assert of_year("进出口总额1050万美元。", columns="value") == {("0.105",)}
    assert of_year("实际利用外资3亿美元。", columns="indicator value") == {("foreign_capital", "3")}


@pytest.mark.parametrize(
    ("sentence", "numbers"),
    [
        ("农民人均纯收入9984元，增长13.5%。", "9984元; 13.5%"),
        ("财政收入突破40亿元，达44.35亿元，增长26.3%。", "突破40亿元; 44.35亿元; 26.3%"),
    ],
)
def test_what_a_name_leaves_open_is_not_read_and_not_missed_silently(sentence, numbers):
    found = reading(*HEAD, ONE, sentence)
    assert found.candidates == []
    assert [missed.numbers for missed in found.uncovered] == [numbers]


def test_net_income_beside_disposable_income_takes_its_own_number():
    sentence = "城镇居民人均可支配收入、农民人均纯收入分别达到23303元、13692元，增长9%和12%。"
    assert ("disposable_income_urban", "level", "23303", "point") in of_year(sentence)
    assert not [row for row in of_year(sentence) if row[0] == "disposable_income_rural"]


@pytest.mark.parametrize(
    "sentence",
    [
        "实施园区三年提升计划，完成基础设施投资18亿元;开工项目130个;规上工业增加值106亿元、增长12%。",
        "全市产业园完成固定资产投资100亿元、其中基础设施12亿元，规上工业增加值增长10%。",
        "园区在全省综合排名第14位，预计主营业务收入突破600亿元，进出口总额1050万美元。",
    ],
)
def test_what_a_sentence_tells_of_a_park_is_not_the_citys(sentence):
    assert of_year(sentence) == set()


def test_behind_a_park_the_whole_citys_is_said():
    assert of_year("实施园区提升计划，全市规上工业增加值增长6%。") == {("industrial_value_added", "growth", "6", "point")}


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        ("2015年地区生产总值530亿元，“十二五”时期年均增长9.4%。",
         {("gdp", "2015", "annual", "level", "530", "point"), ("gdp", "2015", "2011_2015", "growth", "9.4", "point")}),
        ("年均城镇调查失业率4.7%左右。", {("surveyed_unemployment_rate", "2015", "2011_2015", "level", "4.7", "about")}),
        ("城镇调查失业率年均4.7%左右。", {("surveyed_unemployment_rate", "2015", "2011_2015", "level", "4.7", "about")}),
        ("五年累计新增就业20万人，城镇调查失业率4.7%。",
         {("new_urban_employment", "2015", "2011_2015", "level", "20", "point"),
          ("surveyed_unemployment_rate", "2015", "annual", "level", "4.7", "point")}),
        ("年均新增就业5万人。", set()),  # of what is summed up a five years' figure is the sum
        ("进出口总额五年累计达到18亿元，比上个五年增长28.1%。", {("foreign_trade", "2015", "2011_2015", "level", "18", "point")}),
    ],
)  # fmt: skip
def test_the_average_of_five_years_is_read_of_growth_and_of_rates(sentence, read):
    assert rows(*HEAD, FIVE, "过去的五年，综合实力增强。", sentence, columns=MEASURED) == read


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        ("新登记注册市场主体增长18%以上。", {("new_market_entities", "growth", "18", "at_least")}),
        ("成功举办绿博会、小交会等29个展会。", {("exhibitions_held", "level", "29", "point")}),
        ("全年招商到位资金639亿元。", {("investment_attraction_paid_in", "level", "639", "point")}),
        ("全年新签亿元以上项目120个，实际到位资金150亿元。", {("investment_attraction_paid_in", "level", "150", "point")}),
        ("争取上级资金项目120个，实际到位资金50亿元。", set()),
        ("全年新签项目到位资金131亿元。", {("investment_attraction_paid_in", "level", "131", "point")}),
        ("财政总收入145亿元、地方财政收入105亿元、公共财政预算收入64亿元，分别增长18%、20%和14%。",
         {("budget_total_revenue", "level", "145", "point"), ("budget_total_revenue", "growth", "18", "point"),
          ("budget_revenue", "level", "64", "point"), ("budget_revenue", "growth", "14", "point")}),
        ("规上工业增加值增长8.5%，第二产业增长8%。",
         {("industrial_value_added", "growth", "8.5", "point"), ("secondary_value_added", "growth", "8", "point")}),
    ],
)  # fmt: skip
def test_names_as_cities_write_them(sentence, read):
    assert of_year(sentence) == read


@pytest.mark.parametrize(
    "sentence",
    [
        "万元生产总值能耗、主要污染物排放总量控制在省政府下达目标以内。",
        "单位地区生产总值能耗、主要污染物排放控制在省下达指标内。",
        "万元GDP能耗控制在自治区要求范围内。",
    ],
)
def test_a_limit_that_others_set_is_a_wording(sentence):
    assert rows(*HEAD, AHEAD, sentence, columns="indicator concept value qualifier") == {
        ("energy_intensity", "target", "", "none"),
    }  # fmt: skip
