"""Kinds of sentences of counties, districts and the press that the reader once got wrong, in invented sentences."""

from __future__ import annotations

import pytest
from few_lines import Row, reading

BULLETIN = ["临溪县2022年国民经济和社会发展统计公报", "临溪县统计局 2023年4月", "一、综合"]


def rows(*lines: str, head: list[str] = BULLETIN, columns: str = "indicator year value qualifier") -> set[Row]:
    """Cells of what is read in sentences of a bulletin."""
    return {tuple(c.row[k] for k in columns.split()) for c in reading(*head, *lines).candidates}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "第二产业实现增加值91.5亿元，增长6.1%；第三产业完成增加值88亿元，增长5.2%。",
            {
                ("secondary_value_added", "91.5"),
                ("secondary_value_added", "6.1"),
                ("tertiary_value_added", "88"),
                ("tertiary_value_added", "5.2"),
            },
        ),
        (
            "其中一、二、三产业现价增加值分别达到8亿元、5.5亿元、9.1亿元，分别增长2%、20%和8%。",
            {
                ("secondary_value_added", "5.5"),
                ("secondary_value_added", "20"),
                ("tertiary_value_added", "9.1"),
                ("tertiary_value_added", "8"),
            },
        ),
        ("实现现价地区生产总值31亿元，按2020年可比价格计算，增长7%。", {("gdp", "31"), ("gdp", "7")}),
        ("县市财政总收入达到3.2亿元。", {("budget_total_revenue", "3.2")}),
        ("全年居民消费价格总指数102.3%。", set()),
        ("全年居民消费价格指数为101.8，食品价格指数为103。", set()),
    ],
)
def test_what_such_a_sentence_prints(sentence, expected):
    found = rows(sentence, columns="indicator year value")
    assert found == {(indicator, "2022", value) for indicator, value in expected}


def test_two_ratios_of_named_years():
    sentence = "三次产业结构比由2021年的20：40：40调整到2022年的19：40.5：40.5。"
    assert rows(sentence) == {("tertiary_share", "2021", "40", "point"), ("tertiary_share", "2022", "40.5", "point")}


def test_a_district_within_a_city_is_the_place_of_the_text():
    found = reading("松江市南浦区2022年国民经济和社会发展统计公报", "全区规模以上工业增加值增长7.3%。", region="nanpu")
    assert (found.documents[0].place, found.documents[0].level) == ("南浦区", "district")
    assert [c.row["region"] for c in found.candidates] == ["nanpu"]


def test_years_of_a_plan_report_whose_title_names_none():
    lines = [
        "国民经济和社会发展计划执行情况和国民经济和社会发展计划草案的报告",
        "现将2019年国民经济和社会发展计划执行情况及2020年国民经济和社会发展计划草案提请审议。",
        "一、2019年国民经济和社会发展计划执行情况",
        "全县地区生产总值95亿元。",
    ]
    found = reading(*lines)
    assert (found.documents[0].review, found.documents[0].plan) == (2019, 2020)
    assert [c.row["year"] for c in found.candidates] == ["2019"]


def test_pinyin_that_a_copied_page_carries_is_no_part_of_the_text():
    head = ["临溪縣2022年國民經(jīng)濟和社會發(fā)展統(tǒng)計公報"]
    assert rows("全縣地區生產(chǎn)總值120億元，增長(zhǎng)5.5%。", head=head) == {
        ("gdp", "2022", "120", "point"),
        ("gdp", "2022", "5.5", "point"),
    }
    assert rows("修建公路（km）12公里，地区生产总值120亿元。") == {("gdp", "2022", "120", "point")}


def test_a_dash_before_a_list_of_targets_ends_what_stands_before_it():
    head = ["2022年临溪县政府工作报告", "2022年1月8日在临溪县第十八届人民代表大会第二次会议上"]
    sentence = "报告提出了临溪今年发展的主要预期目标——地区生产总值增长7.5%，进出口总额增长8%。"
    found = rows(sentence, head=head, columns="indicator year concept value")
    assert found == {("gdp", "2022", "target", "7.5"), ("foreign_trade", "2022", "target", "8")}


HALF = [
    "松江市南浦区人民政府关于南浦区2023年上半年国民经济和社会发展计划执行情况的报告",
    "——2023年8月30日在区第十七届人大常委会第十五次会议上",
    "一、2023年上半年国民经济和社会发展计划执行情况",
]


def test_a_report_on_half_a_year_of_a_plan_is_about_that_half():
    lines = [
        "全区实现地区生产总值806亿元，同比增长3.2%，低于目标1.8个百分点；规模以上工业增加值增长10.1%。",
        "二、下半年工作安排",
        "确保全年地区生产总值增长5%。",
    ]
    found = rows(*lines, head=HALF, columns="indicator year period concept value")
    assert found == {
        ("gdp", "2023", "h1", "outturn", "806"),
        ("gdp", "2023", "h1", "outturn", "3.2"),
        ("industrial_value_added", "2023", "h1", "outturn", "10.1"),
        ("gdp", "2023", "annual", "target", "5"),
    }


def test_a_year_that_the_text_does_not_name_is_not_sure():
    lines = ["临溪县政府工作报告", "在临溪县第十八届人民代表大会第二次会议上", "2020-01-12", "一、工作回顾"]
    silent = reading(*lines, "全县地区生产总值90亿元。")
    assert [(c.row["year"], c.sure) for c in silent.candidates] == [("2019", False)]
    named = reading(*lines, "2019年是收获的一年。", "全县地区生产总值90亿元。")
    assert [(c.row["year"], c.sure) for c in named.candidates] == [("2019", True)]


def test_one_number_for_each_of_two_incomes():
    head = ["2022年临溪县政府工作报告", "2022年1月8日在临溪县第十八届人民代表大会第二次会议上", "二、2022年主要预期目标"]
    assert rows("城镇居民人均可支配收入和农民人均可支配收入均增长10%左右。", head=head) == {
        ("disposable_income_urban", "2022", "10", "about"),
        ("disposable_income_rural", "2022", "10", "about"),
    }


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("年内新增城镇就业人员6156人。", {("new_urban_employment", "2022", "annual", "0.6156")}),
        ("城镇新增就业4.53*万人，比上年增长7.7%*。", {("new_urban_employment", "2022", "annual", v) for v in ("4.53", "7.7")}),
        (
            "地区生产总值50亿元，增长6%，两年平均增长5.1%。",
            {("gdp", "2022", "annual", "50"), ("gdp", "2022", "annual", "6"), ("gdp", "2022", "2021_2022", "5.1")},
        ),
        ("上半年地区生产总值25亿元，两年平均增长5.1%。", {("gdp", "2022", "h1", "25")}),
        (
            "三次产业增加值结构为6:47:47。最终核实2021年全县生产总值现价总量为972846万元，三次产业增加值结构为5.5:50.6:43.9。",
            {
                ("tertiary_share", "2022", "annual", "47"),
                ("gdp", "2021", "annual", "97.2846"),
                ("tertiary_share", "2021", "annual", "43.9"),
            },
        ),
        (
            "一般公共预算全口径收入完成20.7亿元，全口径税收收入14亿元。",
            {("total_fiscal_revenue", "2022", "annual", "20.7")},
        ),
        ("会展经济带动作用明显，承办国际桥梁博览会等大中型展会35场。", {("exhibitions_held", "2022", "annual", "35")}),
        ("成功举办区域车展等各类展会27场。", {("exhibitions_held", "2022", "annual", "27")}),
        ("临溪国际博览中心举办展会98场。", {("exhibitions_held", "2022", "annual", "98")}),
        ("2018年临溪成为全市第四个地区生产总值破千亿的县。", {("gdp", "2018", "annual", "1000")}),
        ("及时审核发放各类就业创业补贴1036.5万元。", {("employment_subsidies", "2022", "annual", "0.10365")}),
        (
            "累计发放各类就业创业补贴3.1万余人、1.7亿余元。",
            {
                ("employment_subsidy_recipients", "2022", "annual", "3.1"),
                ("employment_subsidies", "2022", "annual", "1.7"),
            },
        ),
    ],
)  # fmt: skip
def test_the_period_and_number_of_such_a_sentence(sentence, expected):
    assert rows(sentence, columns="indicator year period value") == expected
