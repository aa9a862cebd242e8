"""Kinds of whole work reports of provinces, cities and counties that the reader once got wrong; invented sentences."""

from __future__ import annotations

import pytest
from few_lines import reading, rows

HEAD = ["2021年临海省政府工作报告", "——2021年1月27日在临海省第十三届人民代表大会第四次会议上"]
ONE, FIVE, AHEAD = "一、2020年工作回顾", "一、“十三五”时期工作回顾", "二、2021年重点工作"
MEASURED = "indicator year period measure value qualifier"


def of_year(*lines: str, columns: str = "indicator measure value qualifier") -> set[tuple[str, ...]]:
    """What is read in a part on the year that is looked back on."""
    return rows(*HEAD, ONE, *lines, columns=columns)


# --- units -------------------------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "value"),
    [
        ("全省实际利用外资1840亿元、增长13.6%。", "1840"),
        ("实际使用外资突破8000亿元、增长13.6%。", "8000"),
        ("实际利用外资5600万元，增长13.6%。", "0.56"),
    ],
)
def test_foreign_capital_in_yuan_is_shown_with_its_unit_and_is_never_sure(sentence, value):
    (level, growth) = reading(*HEAD, ONE, "2020年成绩显著。", sentence).candidates
    assert [(c.row["value"], c.row["unit"], c.sure) for c in (level, growth)] == [
        (value, "CNY_100M", False), ("13.6", "percent", True),
    ]  # fmt: skip
    assert level.reasons == ("in yuan, which the series is not",)


def test_a_table_too_shows_the_money_that_it_prints():
    lines = ["指标\t2020年完成", "进出口总额\t6.25亿美元", "实际利用外资\t18亿元"]
    read = reading("临海市2020年统计公报", "2021-03-01", *lines).candidates
    assert [(c.row["value"], c.row["unit"], c.sure) for c in read] == [("6.25", "USD_100M", False), ("18", "CNY_100M", False)]


def test_a_stock_before_its_noun_is_not_sure_where_it_may_be_aimed_at():
    (stock,) = reading(*HEAD, AHEAD, "我省有1.2亿人口、900万经营主体。").candidates
    assert (stock.row["value"], stock.sure) == ("9000000", False)


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        ("我省拥有150多万市场主体、1.27亿常住人口共同形成的市场。",
         {("market_entities", "2020", "outturn", "1500000"), ("permanent_population", "2020", "outturn", "12700")}),
        ("到2025年，拥有高新技术企业2万家。", {("high_tech_firms", "2025", "target", "20000")}),
        ("力争拥有高新技术企业2万家。", {("high_tech_firms", "2021", "target", "20000")}),
        ("为150多万市场主体减税。", set()),
    ],
)  # fmt: skip
def test_a_number_before_its_noun_is_what_there_is_also_in_a_part_that_looks_ahead(sentence, read):
    assert rows(*HEAD, AHEAD, sentence, columns="indicator year concept value") == read


# --- the years ---------------------------------------------------------------


@pytest.mark.parametrize(
    "sentence",
    [
        "回眸过去，这是综合实力显著提升的五年。全省生产总值从2.6万亿元增加到3.8万亿元。",
        "全省生产总值五年间从2.6万亿元增加到3.8万亿元。",
        "经过五年奋斗，全省生产总值从2.6万亿元跃升至3.8万亿元。",
        "回望五年，全省生产总值由2.6万亿元增加到3.8万亿元。",
    ],
)
def test_from_and_to_over_five_years_begin_before_them(sentence):
    assert of_year(sentence, columns="indicator year value") == {("gdp", "2015", "26000"), ("gdp", "2020", "38000")}


@pytest.mark.parametrize(
    ("lines", "row"),
    [
        (["这是治理水平显著提高的五年。", "单位生产总值能耗累计下降22%以上。"],
         ("energy_intensity", "2020", "2016_2020", "growth", "22", "at_least")),
        (["单位生产总值能耗累计下降22%。"], ("energy_intensity", "2020", "2016_2020", "growth", "22", "point")),
        (["注册市场主体五年新增43万家、达到79万家。"], ("new_market_entities", "2020", "2016_2020", "level", "430000", "point")),
        (["实施科技计划，两年新增高新技术企业近3000家。"],
         ("new_high_tech_firms", "2020", "2019_2020", "level", "3000", "about")),
        (["地区生产总值增长6%，为五年来最高。"], ("gdp", "2020", "annual", "growth", "6", "point")),
        (["经营主体突破500万户，比“十二五”末增长40%。"], ("market_entities", "2020", "2016_2020", "growth", "40", "point")),
        (["旅游总收入是“十二五”末的2.4倍、年均增长12%。"], ("tourism_revenue", "2020", "2016_2020", "growth", "12", "point")),
        (["进出口总额从“十二五”末的2000亿元增加到3000亿元。"], ("foreign_trade", "2015", "annual", "level", "2000", "point")),
        (["资本市场融资规模均为“十二五”时期的2倍。", "接待游客人数、旅游收入，较“十二五”末分别增长6%和71%。"],
         ("tourism_revenue", "2020", "2016_2020", "growth", "71", "point")),
        (["固定资产投资在2019年增长10%的基础上增长8%。"], ("fixed_asset_investment", "2020", "annual", "growth", "8", "point")),
        (["进出口总额在上年高基数基础上增长8%。"], ("foreign_trade", "2020", "annual", "growth", "8", "point")),
    ],
)  # fmt: skip
def test_which_years_a_sentence_tells_of_in_a_part_on_one(lines, row):
    assert row in of_year(*lines, columns=MEASURED)


@pytest.mark.parametrize(
    ("sentence", "row"),
    [
        ("城镇新增就业50万人，城镇登记失业率控制在4.5%以内。",
         ("registered_unemployment_rate", "2020", "2016_2020", "level", "4.5", "within")),
        ("实际利用外资43亿美元，进出口208.9亿美元。", ("foreign_trade", "2020", "2016_2020", "level", "208.9", "point")),
        ("进出口总额46亿美元，实际利用外资累计10亿美元。", ("foreign_trade", "2020", "2016_2020", "level", "46", "point")),
        ("城镇调查失业率保持在5.5%以内。", ("surveyed_unemployment_rate", "2020", "2016_2020", "level", "5.5", "within")),
        ("全年城镇调查失业率控制在5.5%以内。", ("surveyed_unemployment_rate", "2020", "annual", "level", "5.5", "within")),
        ("实际利用外资43亿美元，进出口达到208.9亿美元。", ("foreign_trade", "2020", "annual", "level", "208.9", "point")),
        ("居民人均可支配收入超过4.5万元、增速与经济增长基本同步。",
         ("disposable_income", "2020", "2016_2020", "growth", "", "in_step_with_gdp")),
    ],
)  # fmt: skip
def test_what_a_passage_on_five_years_sums_up(sentence, row):
    assert row in rows(*HEAD, FIVE, "五年来，综合实力增强。", sentence, columns=MEASURED)


def test_a_part_of_the_year_within_a_clause_is_that_part():
    sentence = "面对一季度全省生产总值大幅下降6.7%的困难局面，我们迎难而上，全年实现生产总值增长1.7%。"
    assert of_year(sentence, columns="indicator period value") == {("gdp", "q1", "-6.7"), ("gdp", "annual", "1.7")}


# --- what a number belongs to ---------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        ("一般公共预算收入在大规模减税降费的情况下下降1.7%。", {("budget_revenue", "growth", "-1.7", "point")}),
        ("城镇、乡村居民人均可支配收入分别达到3.4万元、1.7万元。",
         {("disposable_income_urban", "level", "34000", "point"), ("disposable_income_rural", "level", "17000", "point")}),
        ("城乡居民人均可支配收入分别增长7%以上，工业平稳。",
         {("disposable_income_urban", "growth", "7", "at_least"), ("disposable_income_rural", "growth", "7", "at_least")}),
        ("固定资产投资、进出口总额分别增长5%，8%。", set()),
        ("进出口总额、实际利用外资，同比分别增长5%、6%。",
         {("foreign_trade", "growth", "5", "point"), ("foreign_capital", "growth", "6", "point")}),
        ("截至2020年底，高新技术企业超过2.2万家，科技型中小企业超过1.5万家，分别增长24%和15%。",
         {("high_tech_firms", "level", "22000", "over"), ("high_tech_firms", "growth", "24", "point")}),
        ("城镇新增就业、农村劳动力转移就业分别达到250万人、1200万人次。", {("new_urban_employment", "level", "250", "point")}),
        ("一般公共预算收入3000亿元，扣除留抵退税因素增长6%。",
         {("budget_revenue", "level", "3000", "point"), ("budget_revenue", "growth", "6", "point")}),
        ("外贸进出口在复杂形势下逆势增长9.5%。", {("foreign_trade", "growth", "9.5", "point")}),
        ("开发区入驻企业达到144家，主营业务收入增长17%，固定资产投资实现翻番。", set()),
        ("全年净增市场主体3000家、达到3.3万家。",
         {("new_market_entities", "level", "3000", "point"), ("market_entities", "level", "33000", "point")}),
        ("新登记市场主体增长10%，达到3万户。",
         {("new_market_entities", "growth", "10", "point"), ("new_market_entities", "level", "30000", "point")}),
        ("单位生产总值能耗进一步下降，PM2.5年均浓度为27微克/立方米、下降15.6%。", set()),
        ("实际到位省外资金、利用境外资金分别增长6.8%、5.7%。", {("foreign_capital", "growth", "5.7", "point")}),
        ("临海新片区挂牌运行，规上工业总产值、固定资产投资分别增长22.5%和10.3%。", set()),
        ("增加公办学位约5万个。", {("school_places", "level", "50000", "about")}),
        ("义务教育扩容增位2万个。", {("school_places", "level", "20000", "point")}),
    ],
)  # fmt: skip
def test_names_and_lists_as_reports_write_them(sentence, read):
    assert of_year(sentence) == read


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        ("引进过亿元项目30个以上，到位资金42亿元。", {("investment_attraction_paid_in", "level", "42", "point")}),
        ("招商引资新签约项目215个，新开工项目88个，到位资金98.5亿元。",
         {("investment_attraction_paid_in", "level", "98.5", "point")}),
        ("招商引资“双千工程”项目认定37项，资金到位13.1亿元。", {("investment_attraction_paid_in", "level", "13.1", "point")}),
        ("签约引进省外项目37个，到位资金13.1亿元。", set()),
        ("招商引资有力，争取上级资金项目12个，到位资金3亿元。", set()),
    ],
)  # fmt: skip
def test_funds_in_place_are_those_of_projects_that_were_attracted(sentence, read):
    assert of_year(sentence) == read


def test_the_sum_of_the_projects_signed_is_listed_as_not_read():
    found = reading(*HEAD, ONE, "我市签约亿元以上项目242个，合同总投资1756.8亿元。")
    assert found.candidates == []
    assert "1756.8亿元" in found.uncovered[0].numbers


# --- aims ------------------------------------------------------------------------


@pytest.mark.parametrize("later", ["力争“十四五”末突破6万亿元", "到2025年突破6万亿元"])
def test_a_later_aim_behind_a_growth_leaves_that_to_the_year(later):
    read = rows(*HEAD, AHEAD, f"地区生产总值增长5%左右，{later}。", columns="indicator year measure value")
    assert read == {("gdp", "2021", "growth", "5"), ("gdp", "2025", "level", "60000")}


def test_a_comparison_with_an_aim_makes_the_next_figure_none():
    sentence = "居民消费价格上涨1.2%，城镇调查失业率明显低于年初预期目标，新增就业岗位63.5万个。"
    assert ("new_urban_employment", "outturn", "63.5") in of_year(sentence, columns="indicator concept value")


def test_a_task_that_others_handed_down_is_the_aim_of_that_year():
    sentence = "城镇新增就业132万人、超额完成国家下达的110万人就业任务，城镇调查失业率5.3%。"
    assert of_year(sentence, columns="indicator year concept value") == {
        ("new_urban_employment", "2020", "outturn", "132"), ("new_urban_employment", "2020", "target", "110"),
        ("surveyed_unemployment_rate", "2020", "outturn", "5.3"),
    }  # fmt: skip
