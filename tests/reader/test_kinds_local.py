"""Kinds of local texts that the reader once got wrong (namesakes, untitled releases, lists of aims, bars); invented ones."""

from __future__ import annotations

import pytest
from few_lines import reading, rows

from hanyang_data.reader.reading import read_report
from hanyang_data.reader.texts import Text

BULLETIN = ["临溪县2022年国民经济和社会发展统计公报", "一、综合"]


# --- the place ---------------------------------------------------------------


@pytest.mark.parametrize("title", ["包头市青山区2022年国民经济和社会发展统计公报", "江夏县2022年国民经济和社会发展统计公报"])
def test_a_place_that_shares_the_name_of_a_district_on_record_is_another_place(title):
    text = Text("t.txt", [title, "全年青山区地区生产总值300亿元，增长5%。"], [], True)
    assert read_report(text).documents[0].region not in ("qingshan", "jiangxia")
    assert {c.row["region"] for c in read_report(text, region="elsewhere").candidates} <= {"elsewhere"}


def test_a_district_on_record_is_known_with_and_without_its_city():
    for title in ("青山区2022年国民经济和社会发展统计公报", "武汉市青山区2022年国民经济和社会发展统计公报"):
        assert read_report(Text("t.txt", [title, "地区生产总值300亿元。"], [], True)).documents[0].region == "qingshan"


def test_a_meeting_names_the_district_and_not_its_city():
    (doc,) = reading("2月19日，临溪市松江区第六届人民代表大会第四次会议隆重开幕，代区长作政府工作报告。").documents
    assert (doc.place, doc.level) == ("松江区", "district")


def test_a_heading_is_no_place():
    (doc,) = reading("2022-07-28", "上半年全县生产总值20亿元。", "四、消费品市场", "全县社会消费品零售总额9亿元。").documents
    assert (doc.place, doc.level) == ("", "county")


# --- the year and the part of it -----------------------------------------------


def test_a_release_without_a_title_is_of_the_part_of_the_year_that_it_begins_with():
    lines = [
        "2022-07-28",
        "今年以来，全县经济总体平稳。",
        "上半年全县实现地区生产总值20亿元，同比增长6%。分产业看，第二产业增加值9亿元，增长8%。",
    ]
    assert rows(*lines) == {
        ("gdp", "2022", "h1", "outturn", "20"),
        ("gdp", "2022", "h1", "outturn", "6"),
        ("secondary_value_added", "2022", "h1", "outturn", "9"),
        ("secondary_value_added", "2022", "h1", "outturn", "8"),
    }


def test_what_stands_under_其中_is_of_the_quarter_that_was_told():
    lines = ["2022-07-28", "今年上半年，全县平稳。", "一季度全县生产总值9亿元。其中，第三产业增加值4亿元。"]
    assert rows(*lines) == {("gdp", "2022", "q1", "outturn", "9"), ("tertiary_value_added", "2022", "q1", "outturn", "4")}


def test_a_rate_in_brackets_behind_a_quarter_is_that_of_the_quarter():
    lines = ["2022-07-28", "上半年，全县地区生产总值20亿元，增长5.7%，较一季度（4.8%）加快0.9个百分点。"]
    assert ("gdp", "2022", "q1", "outturn", "4.8") in rows(*lines)


def test_the_day_of_a_text_is_not_the_year_it_tells_of():
    lines = ["临溪市统计局", "（2018年4月16日）", "2017年，全市平稳。", "年末全市常住人口312.8万人。"]
    assert rows(*lines) == {("permanent_population", "2017", "annual", "outturn", "312.8")}


def test_an_average_between_two_named_years_is_of_the_years_between_them():
    lines = [
        "政府工作报告",
        "2017年1月7日在临溪市第五届人民代表大会第一次会议上",
        "过去五年，地区生产总值从2011年的1090亿元增加到2016年的1650亿元，年均增长9.3%。",
    ]
    assert ("gdp", "2016", "2012_2016", "outturn", "9.3") in rows(*lines)


def test_a_copy_without_line_ends_has_its_title_before_the_address():
    line = (
        "临溪县2023年政府工作报告各位代表：现在，我报告工作。一、2022年工作回顾2022年，平稳。"
        "预计全年：地区生产总值实现165亿元，同比下降12%。"
    )
    assert rows(line) == {("gdp", "2022", "annual", "outturn", "165"), ("gdp", "2022", "annual", "outturn", "-12")}


# --- aims ------------------------------------------------------------------------


def test_an_article_on_a_plan_report_tells_its_aims_for_the_second_year():
    lines = [
        "2021-01-14",
        "市发改委提交了《关于临溪市2020年国民经济和社会发展计划执行情况与2021年计划草案的报告》。",
        "报告提出了2021年全市指标体系安排，具体为：地区生产总值增长6.5%左右；固定资产投资增长6%以上；进出口总额保持正增长。",
        "民生指标方面，居民人均可支配收入与经济增长保持同步；城镇登记失业率控制在2%以内。",
    ]
    assert {(r[0], r[1], r[3]) for r in rows(*lines)} == {
        (indicator, "2021", "target")
        for indicator in (
            "gdp", "fixed_asset_investment", "foreign_trade", "disposable_income", "registered_unemployment_rate",
        )
    }  # fmt: skip


def test_a_list_of_the_press_is_of_the_year_before_until_the_aims_begin():
    lines = [
        "2023-01-14",
        "2022年，初步预计，地区生产总值增长4.7%左右，在经济大省中增速第一",
        "新增城镇就业91.6万人，超额完成年初目标",
        "2023年预期目标",
        "●地区生产总值增长6.5%左右，在实际工作中争取更好结果",
        "●城镇新增就业70万人以上",
    ]
    assert rows(*lines) == {
        ("gdp", "2022", "annual", "outturn", "4.7"),
        ("new_urban_employment", "2022", "annual", "outturn", "91.6"),
        ("gdp", "2023", "annual", "target", "6.5"),
        ("new_urban_employment", "2023", "annual", "target", "70"),
    }


def test_aims_of_a_year_are_those_of_this_year_where_what_is_told_of_a_year_is_over():
    told = "2021年，我国国内生产总值达到114万亿元，增长8.1%。报告提出，今年发展主要预期目标是：国内生产总值增长5.5%左右。"
    assert {r[1:4:2] for r in rows("大会开幕，总理作报告。", told)} == {("2021", "outturn"), ("2022", "target")}


def test_press_that_names_a_work_report_in_its_title_is_press():
    lines = [
        "政府工作报告“划重点”：临溪2018年预计地区生产总值突破5000亿元",
        "2019-01-22",
        "报告指出，一般公共预算收入完成385亿元，市长还阐述了2019年临溪市经济社会发展的预期目标建议。",
        "其中地区生产总值增长6.5%左右，固定资产投资增长6%左右。",
    ]
    found = reading(*lines)
    assert found.documents[0].kind == "article"
    assert {(c.row["indicator"], c.row["year"], c.row["concept"]) for c in found.candidates} == {
        ("budget_revenue", "2018", "outturn"),
        ("gdp", "2019", "target"), ("fixed_asset_investment", "2019", "target"),
    }  # fmt: skip


def test_last_year_in_a_dated_article_is_the_year_before_its_date():
    lines = ["2006-02-06", "经初步核算，去年我市实现生产总值2012亿元，增长17.6%，创1994年以来最高水平。"]
    assert {r[:2] for r in rows(*lines)} == {("gdp", "2005")}


def test_what_a_mayor_expects_in_january_was_the_year_before():
    lines = ["2018-01-24", "临溪区区长作政府工作报告，会议开幕。", "预计地区生产总值超过2100亿元，增长8.8%左右。"]
    found = reading(*lines).candidates
    assert {(c.row["year"], c.row["concept"]) for c in found} == {("2017", "outturn")}
    assert not any(c.sure for c in found), "told by others, and the year is inferred"


def test_a_ceiling_behind_an_outturn_is_an_aim():
    found = rows(*BULLETIN, "城镇登记失业率1.89%，低于2.5%的控制目标。", columns="concept value qualifier")
    assert found == {("outturn", "1.89", "point"), ("target", "2.5", "within")}


def test_one_wording_holds_for_all_that_it_stands_behind():
    lines = ["2025-01-17", "2024年成绩单", "规上工业增加值、固定资产投资增速均高于全国平均水平。"]
    assert rows(*lines, columns="indicator qualifier") == {
        ("industrial_value_added", "none"), ("fixed_asset_investment", "none"),
    }  # fmt: skip
