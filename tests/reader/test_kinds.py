"""Kinds of sentences that reports of provinces print and that the reader once got wrong, each in a sentence of its own making."""

from __future__ import annotations

import pytest

from hanyang_data.reader.reading import read_report
from hanyang_data.reader.texts import Text

HEAD = [
    "2026年岭东省政府工作报告",
    "2026年1月20日在岭东省第十四届人民代表大会第四次会议上",
    "一、2025年和“十四五”时期工作回顾",
    "过去一年，我们做了以下工作。",
]
P = "2021_2025"


def rows(*lines: str) -> set[tuple[str, ...]]:
    """Indicator, year, period, value and qualifier of what is read."""
    found = read_report(Text("t.txt", [*HEAD, *lines], [], True), region="lingdong").candidates
    return {tuple(c.row[k] for k in ("indicator", "year", "period", "value", "qualifier")) for c in found}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "城镇和农村居民人均可支配收入分别超过8万元、4.5万元。",
            {("disposable_income_urban", "80000", "over"), ("disposable_income_rural", "45000", "over")},
        ),
        ("全省生产总值连续跨越7万亿、8万亿、9万亿三个大台阶。", {("gdp", "90000", "over")}),
        ("进出口总额连续两年过万亿元。", {("foreign_trade", "10000", "over")}),
        ("长岭都市圈建设走深走实，经济总量超9万亿元。", set()),
        ("长岭都市圈建设走深走实，全省经济总量超3万亿元。", {("gdp", "30000", "over")}),
        ("服务业支撑作用更加明显，增加值跨上3万亿元台阶。", {("services_value_added", "30000", "over")}),
        (
            "经营主体稳中培优。总量达146万户，新登记14万户。",
            {("market_entities", "1460000", "point"), ("new_market_entities", "140000", "point")},
        ),
        ("新增1个经济总量近千亿、4个过五百亿的县市。", set()),
        ("创新实施“信用代证”制度，为6.6万户经营主体重塑信用。", set()),
        ("高新技术企业数量实现翻番、达1.8万家。", {("high_tech_firms", "18000", "point")}),
        ("实际使用内外资分别增长10%、6.4%。", {("foreign_capital", "6.4", "point")}),
        (
            "接待游客5.2亿人次、旅游总收入6100亿元，分别增长11%、13.2%。",
            {("tourism_revenue", "6100", "point"), ("tourism_revenue", "13.2", "point")},
        ),
        (
            "地区生产总值增长5%，城镇化率提高0.9个百分点，达到63%。",
            {("gdp", "5", "point")},
        ),
        ("社会消费品零售总额增速高于全国1.2个百分点，达到5.6%。", {("retail_sales", "5.6", "point")}),
        (
            "进出口总额126.8亿元，其中出口98.1亿元，分别增长8.5%和10.2%。",
            {("foreign_trade", "126.8", "point"), ("foreign_trade", "8.5", "point")},
        ),
        ("固定资产投资增速由-8.2%回升至5.1%。", {("fixed_asset_investment", v, "point") for v in ("-8.2", "5.1")}),
        ("全省GDP5.5%的增速高于全国。", {("gdp", "5.5", "point")}),
        ("固定资产投资增速由负转正。", {("fixed_asset_investment", "", "positive")}),
        (
            "高新技术企业净增900家、总数突破1.1万家。",
            {("new_high_tech_firms", "900", "point"), ("high_tech_firms", "11000", "over")},
        ),
    ],
)  # fmt: skip
def test_what_such_a_sentence_prints(sentence, expected):
    assert {(row[0], row[3], row[4]) for row in rows(sentence)} == expected


def test_the_years_of_such_a_sentence():
    assert rows("五年累计新增城镇就业230万人。") == {("new_urban_employment", "2025", P, "230", "point")}
    assert rows("地区生产总值由2020年的2.5万亿元增加到2025年的3.6万亿元。") == {
        ("gdp", "2020", "annual", "25000", "point"),
        ("gdp", "2025", "annual", "36000", "point"),
    }
    assert rows("五年来，我们接续奋斗。五年累计使用外资846亿美元。") == {("foreign_capital", "2025", P, "846", "point")}


def test_an_evaluation_that_names_no_period_is_undated():
    text = Text(
        "t.txt",
        ["汉阳区国民经济和社会发展第十四个五年规划纲要实施中期评估报告", "一、重大任务推进情况", "新增就业5.41万人。"],
        [],
        True,
    )
    (found,) = read_report(text, region="hanyang").candidates
    assert found.row["period"] == "undated"


def test_a_yearly_average_without_its_years_is_not_sure():
    text = Text("t.txt", [*HEAD, "规上工业增加值、服务业增加值年均分别增长7%、6%。"], [], True)
    assert not any(c.sure for c in read_report(text, region="lingdong").candidates)


def test_figures_that_exclude_each_other_are_not_sure_and_those_that_agree_are():
    lines = [*HEAD, "地区生产总值67665亿元。", "经济总量超9万亿元。", "全省经济总量超6万亿元。"]
    found = read_report(Text("t.txt", lines, [], True), region="lingdong").candidates
    assert {c.row["value"]: c.sure for c in found} == {"67665": False, "90000": False, "60000": True}
    found = read_report(Text("t.txt", [*lines[:-2], lines[-1]], [], True), region="lingdong").candidates
    assert {c.row["value"]: c.sure for c in found} == {"67665": True, "60000": True}


def press(*lines: str) -> set[tuple[str, ...]]:
    """What an article of April 2022 on a place that the record does not know gives."""
    head = ["深圳临江区如何稳住制造业基本盘", "2022-04-12"]
    found = read_report(Text("t.txt", [*head, *lines], [], True), region="linjiang").candidates
    return {tuple(c.row[k] for k in ("indicator", "year", "period", "concept", "value")) for c in found}


def test_an_annual_figure_of_a_year_that_is_not_over_is_a_target():
    assert press("政府工作报告提出，临江区2022年规模以上工业增加值增长5%。") == {
        ("industrial_value_added", "2022", "annual", "target", "5")
    }
    assert press("2022年临江区地区生产总值预期增长目标6%左右。") == {("gdp", "2022", "annual", "target", "6")}
    assert press("临江区2021年全年地区生产总值3.07万亿元。") == {("gdp", "2021", "annual", "outturn", "30700")}
    assert press("2022年一季度临江区固定资产投资增长18%。") == {("fixed_asset_investment", "2022", "q1", "outturn", "18")}


def test_a_place_without_its_suffix_in_the_title_is_the_place_of_the_text():
    lines = [
        "临江上半年GDP增长3%，领跑一线城市",
        "2022-07-27",
        "上半年，临江GDP为1.5万亿元，同比增长3%。临江市统计局发布了数据。",
        "上半年，临江全市规模以上工业增加值同比增长5.9%。临江固定资产投资同比增长14.7%。",
        "今年6月份，临江的市场销售快速反弹，社会消费品零售总额同比增长13.0%。",
    ]
    reading = read_report(Text("t.txt", lines, [], True), region="linjiang")
    assert (reading.documents[0].place, reading.documents[0].level) == ("临江市", "city")
    found = {(c.row["indicator"], c.row["period"], c.row["value"]) for c in reading.candidates}
    assert found == {
        ("gdp", "h1", "15000"),
        ("gdp", "h1", "3"),
        ("industrial_value_added", "h1", "5.9"),
        ("fixed_asset_investment", "h1", "14.7"),
    }, "a figure of a month is none of the contract"
    assert any("13.0%" in missed.sentence for missed in reading.uncovered)


def test_a_list_of_targets_is_one_to_its_end():
    sentence = "2024年主要预期目标：地区生产总值增长7%，固定资产投资增长9%，社零增长8%，居民收入增长6%。"
    found = read_report(Text("t.txt", [*HEAD, sentence], [], True), region="lingdong").candidates
    assert [c.row["concept"] for c in found] == ["target"] * 4
    assert not any(c.sure for c in found), "targets of another year in a part that looks back"
