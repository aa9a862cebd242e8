"""Kinds of whole work reports of provinces and cities that the reader once got wrong; invented sentences."""

from __future__ import annotations

import pytest
from few_lines import reading, rows

HEAD = ["2026年临海省政府工作报告", "——2026年1月27日在临海省第十四届人民代表大会第四次会议上"]
ONE, FIVE, AHEAD = "一、2025年工作回顾", "一、“十四五”时期工作回顾", "二、2026年重点工作"
TIMED = "indicator year period concept value"
MEASURED = "indicator year period measure value qualifier"


def of_year(*lines: str, columns: str = "indicator measure value qualifier") -> set[tuple[str, ...]]:
    """What is read in a part on the year that is looked back on."""
    return rows(*HEAD, ONE, *lines, columns=columns)


# --- the place ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("title", "meeting", "place", "name"),
    [
        ("政府工作报告", "——2026年1月27日在湖北省第十四届人民代表大会第四次会议上", "湖北省", "全省"),
        ("2026年贵州省政府工作报告", "2026年1月29日在贵州省第十四届人民代表大会第四次会议上", "贵州省", "全省"),
        ("2026年广西壮族自治区政府工作报告", "来源：广西日报", "广西壮族自治区", "广西"),
        ("宁夏回族自治区政府工作报告", "2026-02-03", "宁夏回族自治区", "宁夏"),
        ("2026年新疆政府工作报告", "2026年1月25日在新疆维吾尔自治区第十四届人民代表大会上", "新疆维吾尔自治区", "全疆"),
    ],
)
def test_the_congress_that_met_names_the_place_and_a_city_of_the_first_lines_does_not(title, meeting, place, name):
    body = [f"{name}地区生产总值增长5.5%。武汉地区生产总值突破2万亿元。"]
    found = reading(title, meeting, "各位代表：", "现在，我代表自治区人民政府作报告。", ONE, *body, region="")
    assert found.documents[0].place == place
    assert [(c.row["indicator"], c.row["value"]) for c in found.candidates if c.row["region"] == place] == [("gdp", "5.5")]


def test_what_may_be_done_with_a_page_is_no_title():
    (doc,) = reading("下载", "打印", "【字号：", "减小", "】", *HEAD, ONE, "地区生产总值增长5%。").documents
    assert doc.title == HEAD[0]


def test_a_plan_report_that_speaks_of_the_nations_product_most_is_the_nations():
    title = "关于2019年国民经济和社会发展计划执行情况与2020年国民经济和社会发展计划草案的报告"
    lines = ["国内生产总值增长6.1%。国内生产总值达到99万亿元。", "全国一般公共预算收入增长3.8%，全省预算执行较好。"]
    found = reading(title, "2020-05-22", *lines, region="")
    assert found.documents[0].level == "nation"
    assert ("budget_revenue", "3.8") in {(c.row["indicator"], c.row["value"]) for c in found.candidates}


# --- the years ---------------------------------------------------------------


def test_headings_of_the_second_level_say_of_which_years_they_are():
    lines = [
        "一、过去五年工作回顾", "（一）2025年工作情况", "地区生产总值增长5.1%。",
        "（二）“十四五”时期主要成就", "城镇新增就业180万人。", "（三）2025年主要做了以下工作", "固定资产投资增长3.1%。",
        "二、今后五年目标任务", "城镇新增就业200万人以上。",
    ]  # fmt: skip
    assert rows(*HEAD, *lines, columns=TIMED) == {
        ("gdp", "2025", "annual", "outturn", "5.1"),
        ("new_urban_employment", "2025", "2021_2025", "outturn", "180"),
        ("fixed_asset_investment", "2025", "annual", "outturn", "3.1"),
        ("new_urban_employment", "2030", "2026_2030", "target", "200"),
    }


@pytest.mark.parametrize(
    ("sentence", "row"),
    [
        ("2021年至2025年，全省地区生产总值年均增长5.4%。", ("gdp", "2025", "2021_2025", "growth", "5.4", "point")),
        ("2021—2025年，规上工业增加值年均增长6%。", ("industrial_value_added", "2025", "2021_2025", "growth", "6", "point")),
        ("全省GDP年均增长6.5%。", ("gdp", "2025", "2021_2025", "growth", "6.5", "point")),
        ("2025年经济总量比2020年增长超过35%。", ("gdp", "2025", "2021_2025", "growth", "35", "over")),
        ("单位GDP能耗五年下降21%。", ("energy_intensity", "2025", "2021_2025", "growth", "21", "point")),
    ],
)
def test_several_years_are_told_in_the_sentence(sentence, row):
    assert rows(*HEAD, ONE, sentence, columns=MEASURED) == {row}


@pytest.mark.parametrize(
    ("sentence", "row"),
    [
        ("实有经营主体712万户、同比增长5.6%。", ("market_entities", "2025", "annual", "growth", "5.6", "point")),
        ("全年城镇新增就业50万人。", ("new_urban_employment", "2025", "annual", "level", "50", "point")),
        ("技术合同成交额突破6000亿元。", ("technology_contracts", "2025", "annual", "level", "6000", "over")),
        ("进出口总额五年翻番，突破5000亿元。", ("foreign_trade", "2025", "annual", "level", "5000", "over")),
        ("城镇登记失业率始终控制在4%以内。", ("registered_unemployment_rate", "2025", "2021_2025", "level", "4", "within")),
    ],
)
def test_within_the_five_years_some_figures_are_of_one(sentence, row):
    assert row in rows(*HEAD, FIVE, "五年来，综合实力显著增强。", sentence, columns=MEASURED)


def test_a_list_goes_on_with_the_year_it_began_with():
    sentence = "地区生产总值从2015年的2.6万亿元增长到2020年的3.6万亿元，一般公共预算收入从2649亿元增长到3826亿元。"
    read = rows("2021年临海省政府工作报告", "2021-02-19", "一、2020年工作回顾", sentence, columns="indicator year value")
    assert {("budget_revenue", "2015", "2649"), ("budget_revenue", "2020", "3826")} <= read


def test_a_year_in_passing_and_a_month_before_the_whole_year_date_no_figure():
    assert of_year("3月份企业复工率达到99%，全年规上工业增加值增长4.7%。") == {
        ("industrial_value_added", "growth", "4.7", "point")
    }
    sentence = "到2030年，主城区改造工作2028年全部完成，全市GDP超过5000亿元。"
    assert {year for _, year in rows(*HEAD, AHEAD, sentence, columns="indicator year")} == {"2030"}


def test_a_later_year_is_that_of_its_sentence_and_a_plan_before_is_a_reason():
    lines = ["到2030年，社会消费品零售总额达到6000亿元。固定资产投资增长3%。"]
    lines += ["主要考虑：“十四五”时期年均增长5.3%，与“十五五”时期目标相衔接。", "——规模以上工业增加值增长6%。"]
    assert rows(*HEAD, AHEAD, *lines, columns="indicator year value") == {
        ("retail_sales", "2030", "6000"), ("fixed_asset_investment", "2026", "3"), ("industrial_value_added", "2026", "6"),
    }  # fmt: skip


def test_the_day_on_which_a_page_was_changed_does_not_date_its_report():
    (doc,) = reading("2021年临海省政府工作报告", "2023-05-12", "地区生产总值增长5%。").documents
    assert (doc.review, doc.plan) == (2020, 2021)


# --- what a number belongs to ---------------------------------------------------


@pytest.mark.parametrize(
    ("sentence", "read"),
    [
        ("城镇调查失业率均值为4.2%。", {("surveyed_unemployment_rate", "level", "4.2", "point")}),
        ("居民年人均可支配收入5万元，扣除价格因素实际增长4.8%。",
         {("disposable_income", "level", "50000", "point"), ("disposable_income", "growth", "4.8", "point")}),
        ("城镇和农村居民收入增长9%。",
         {("disposable_income_urban", "growth", "9", "point"), ("disposable_income_rural", "growth", "9", "point")}),
        ("货物贸易、服务贸易进出口分别增长6.8%、22%。", {("foreign_trade", "growth", "6.8", "point")}),
        ("农业、规上工业、服务业增加值分别增长4%、7.6%、6.1%。",
         {("industrial_value_added", "growth", "7.6", "point"), ("services_value_added", "growth", "6.1", "point")}),
        ("城镇和农村居民收入分别跨上6万元、3万元台阶。",
         {("disposable_income_urban", "level", "60000", "over"), ("disposable_income_rural", "level", "30000", "over")}),
        ("市场主体达39万户，新增3万户，增长8%。",
         {("market_entities", "level", "390000", "point"), ("new_market_entities", "level", "30000", "point"),
          ("market_entities", "growth", "8", "point")}),
        ("新增36家科技型中小企业、5家高新技术企业。", {("new_high_tech_firms", "level", "5", "point")}),
        (
            "全省城乡居民人均可支配收入分别增长4.7%、6.6%。",
            {("disposable_income_urban", "growth", "4.7", "point"), ("disposable_income_rural", "growth", "6.6", "point")},
        ),
        ("盘活三资，带动一般公共预算收入增长6.6%、居全国前列。", {("budget_revenue", "growth", "6.6", "point")}),
        ("城镇和农村居民人均可支配收入分别为78251和42786元。",
         {("disposable_income_urban", "level", "78251", "point"), ("disposable_income_rural", "level", "42786", "point")}),
        ("居民人均可支配收入名义增长5%，扣除价格因素实际增长4.7%。", {("disposable_income", "growth", "5", "point")}),
        ("装备制造业、汽车产业、战略性新兴产业增加值比上年分别增长9.4%、9.2%、8.2%。", set()),
        ("生产总值②5.5万亿元，固定资产投资〔3〕增长4%。",
         {("gdp", "level", "55000", "point"), ("fixed_asset_investment", "growth", "4", "point")}),
        ("地区生产总值突破十万亿元。", {("gdp", "level", "100000", "over")}),
        ("经济年均增长5.6%。", {("gdp", "growth", "5.6", "point")}),
        ("固定资产投资增长2%，其中固定资产投资（不含房地产开发投资）增长6%。",
         {("fixed_asset_investment", "growth", "2", "point")}),
    ],
)  # fmt: skip
def test_names_and_lists_as_provinces_write_them(sentence, read):
    assert of_year(sentence) == read


@pytest.mark.parametrize(
    "sentence",
    [
        "经济增速连续三年保持在5%以上。", "申报高新技术企业35家。", "全省县市一般公共预算收入平均12.6亿元。",
        "开发区营业收入增长65%，实际利用外资增长91.6%。", "引进省外到位资金326.9亿元。", "外来常住人口980万人。",
        "进出口增速高于全国平均水平8.3个百分点。",
        "高新技术企业、科技型中小企业贷款分别增长27.7%、31.1%。",
        "市场主体投诉举报回应率等10个关键性指标达到100%。", "截至年末，累计实际使用外资360亿美元。",
    ],
)  # fmt: skip
def test_what_is_of_no_year_or_of_others_is_not_read(sentence):
    assert of_year(sentence) == set()


# --- aims ------------------------------------------------------------------------


def test_an_aim_within_an_outturn_makes_the_next_figure_none():
    sentence = "地区生产总值增长4.7%，与年度预期目标6%左右相差1.3个百分点；规上工业增加值增长6.1%。"
    told = of_year(sentence, columns="indicator concept value")
    assert told == {("gdp", "outturn", "4.7"), ("gdp", "target", "6"), ("industrial_value_added", "outturn", "6.1")}
    missed = of_year("一般公共预算收入预期目标为增长5%，实际增长3.8%。", columns="concept value")
    assert ("outturn", "3.8") in missed


def test_a_plan_in_brackets_or_before_what_came_of_it_is_the_aim_of_that_year():
    title = "关于临海省2025年国民经济和社会发展计划执行情况与2026年计划草案的报告"
    lines = [
        "固定资产投资增长1.2%（计划5%左右），城镇新增就业75万人（年度目标68万人）。",
        "一般公共预算收入计划增长4%，实际完成1337亿元，增长5.1%。",
    ]
    assert rows(title, "2026-01-28", "一、2025年计划执行情况", *lines, columns="indicator year concept value") == {
        ("fixed_asset_investment", "2025", "outturn", "1.2"), ("fixed_asset_investment", "2025", "target", "5"),
        ("new_urban_employment", "2025", "outturn", "75"), ("new_urban_employment", "2025", "target", "68"),
        ("budget_revenue", "2025", "target", "4"), ("budget_revenue", "2025", "outturn", "1337"),
        ("budget_revenue", "2025", "outturn", "5.1"),
    }  # fmt: skip


def test_a_county_calls_its_own_product_that_of_the_county():
    lines = ["临溪县2025年政府工作报告", "2025-01-14", "一、2024年工作回顾", "县域生产总值达到167亿元。"]
    assert rows(*lines, columns="indicator value") == {("gdp", "167")}


def test_slightly_above_is_a_wording():
    assert rows(*HEAD, AHEAD, "居民收入增速略高于经济增速。", columns="indicator qualifier") == {("disposable_income", "none")}
