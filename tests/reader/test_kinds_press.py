"""Kinds of texts whose place, year or kind the reader once took wrongly: plans handed out, articles, releases; invented ones."""

from __future__ import annotations

from functools import partial

import few_lines
import pytest
from few_lines import reading

rows = partial(few_lines.rows, columns="indicator year concept value")


def test_a_plan_that_is_handed_out_names_the_year_it_plans():
    lines = [
        "临溪市人民政府关于印发《临溪市2023年国民经济和社会发展计划》的通知",
        "2023年2月21日",
        "一、2022年国民经济和社会发展计划执行情况",
        "面对复杂形势，全市上下真抓实干，经济总体平稳、稳中向好，初步核算，全市地区生产总值900亿元，增长4%。",
        "二、2023年总体要求",
        "主要预期目标是：生产总值增长6%左右，单位产品的质量稳步提高，生态环境持续改善，社会大局保持稳定。",
    ]
    assert rows(*lines) == {("gdp", "2022", "outturn", "900"), ("gdp", "2022", "outturn", "4"), ("gdp", "2023", "target", "6")}
    assert ("gdp", "2023", "target", "6") in rows(*lines[:2], lines[-1]), "without headings too"


def test_a_question_or_a_call_is_no_title():
    lines = [
        "2023年临溪两会将这样影响您的生活",
        "2023-01-10",
        "今年政府工作报告提出了一系列新目标,答案都在这里!",
        "主要预期目标",
        "地区生产总值增长5.5%以上",
        "新增公办学位1.2万个",
    ]
    assert reading(*lines).documents[0].kind == "article"
    assert rows(*lines) == {("gdp", "2023", "target", "5.5"), ("school_places", "2023", "target", "12000")}


def test_an_article_on_several_cities_gives_the_figures_of_its_own():
    lines = [
        "三座城市今年这么干",
        "2023-01-12",
        "1月9日，在临溪市第十六届人民代表大会第二次会议上，临溪市市长作政府工作报告，今年主要预期目标是，地区生产总值增长6.5%左右。",
        "1月8日，松江市第十七届人民代表大会召开，松江市市长说，今年全市主要预期目标是：地区生产总值增长6%以上。",
    ]
    found = reading(*lines)
    assert [c.row["value"] for c in found.candidates] == ["6.5"]
    assert any("6%以上" in missed.numbers for missed in found.uncovered), "said, not lost"


def test_a_verb_before_a_word_for_a_level_is_no_place():
    lines = [
        "2025年上半年全市经济运行情况",
        "2025年7月31日",
        "今年以来，全市上下深入落实省委、省政府部署，全市经济稳中向好。",
        "根据市级生产总值统一核算结果，2025年上半年，全市地区生产总值为302亿元。",
    ]
    document = reading(*lines).documents[0]
    assert (document.place, document.level) == ("", "city")
    assert rows(*lines, columns="indicator year period value") == {("gdp", "2025", "h1", "302")}


def test_a_list_behind_a_year_is_of_that_year():
    lines = [
        "临溪县2024年国民经济和社会发展统计公报",
        "2023年经济普查结果：生产总值296亿元，其中：第二产业增加值77亿元；第三产业增加值168亿元。",
        "全年地方财政总收入15亿元，其中公共财政预算收入完成13亿元。",
        "三次产业结构比例为16.5︰26.2︰57.3。",
    ]
    assert rows(*lines) == {
        ("gdp", "2023", "outturn", "296"),
        ("secondary_value_added", "2023", "outturn", "77"),
        ("tertiary_value_added", "2023", "outturn", "168"),
        ("budget_total_revenue", "2024", "outturn", "15"),
        ("budget_revenue", "2024", "outturn", "13"),
        ("tertiary_share", "2024", "outturn", "57.3"),
    }


def test_the_year_of_a_release_is_that_of_its_date_and_not_one_it_compares_with():
    lines = [
        "一季度临溪经济实现“开门红”",
        "2021-04-23",
        "一季度，全市GDP完成296亿元，增长18.4%，比2019年同期增长9.3%，两年平均增长4.5%。",
    ]
    found = rows(*lines, columns="indicator year period value")
    assert found == {("gdp", "2021", "q1", "296"), ("gdp", "2021", "q1", "18.4")}


def test_what_a_report_sets_out_in_an_article_is_aimed_at_and_what_follows_is_not_sure():
    lines = [
        "政府工作报告提出：2010年临溪市经济社会发展预期目标",
        "经济社会发展的主要预期目标是：地区生产总值增长13%；居民消费价格总水平涨幅控制在4%左右。",
        "城镇居民人均可支配收入实际增长8%。",
    ]
    found = reading(*lines)
    cells = {(c.row["indicator"], c.row["year"], c.row["concept"]): c.sure for c in found.candidates}
    assert cells.keys() >= {("gdp", "2010", "target"), ("consumer_prices", "2010", "target")}
    assert not any(cells.values()), "an article on targets says nothing for sure"


def test_an_outturn_in_an_article_of_january_is_of_the_year_before():
    lines = [
        "临溪2023年预期目标GDP增长6%以上",
        "2023-01-13",
        "临溪市地区生产总值预计从2017年的201亿元（人民币，下同）增加到290亿元以上。",
        "预计全年地区生产总值增长2%左右，临溪市市长作报告时说。",
    ]
    assert rows(*lines) >= {("gdp", "2017", "outturn", "201"), ("gdp", "2022", "outturn", "290"), ("gdp", "2022", "outturn", "2")}


def test_other_forms_of_shares_and_comparisons():
    lines = [
        "临溪市2023年国民经济和社会发展统计公报",
        "地区生产总值221亿元，比上年同期增长5.0%。",
        "产业结构构成由上年的22.3%、28.6%和49.1%调整为21.4%、27.9%和50.7%。",
        "第三产业增加值占全市生产总值的比重为50.7%。",
        "新增就业岗位5.2万个。",
    ]
    assert rows(*lines) == {
        ("gdp", "2023", "outturn", "221"),
        ("gdp", "2023", "outturn", "5"),
        ("tertiary_share", "2022", "outturn", "49.1"),
        ("tertiary_share", "2023", "outturn", "50.7"),
        ("new_urban_employment", "2023", "outturn", "5.2"),
    }


def test_what_an_article_tells_of_cities_without_the_word_for_a_city_is_theirs():
    lines = [
        "临溪市2023年GDP增长目标定在6.5%以上",
        "2023-01-05",
        "报告显示，2022年临溪市地区生产总值增长4.5%左右。记者梳理省会城市的报告发现，多地未达成目标，临溪市也是如此。",
        "2022年松江全市生产总值预计增长2%左右，规模以上工业增加值增长3.5%。2023年松江的主要预期目标是投资增长9%，社会消费品零售总额增长8%。",
        "长浦2022年预计地区生产总值增长4.8%，社会消费品零售总额增长7%。",
    ]
    found = reading(*lines).candidates
    assert {(c.row["indicator"], c.row["value"]) for c in found} == {("gdp", "6.5"), ("gdp", "4.5")}
    assert not any(c.sure for c in found)


def test_headings_of_a_list_say_of_which_years_it_is():
    lines = ["1月26日，临溪市市长作政府工作报告。", "2020年成就：", "生产总值2620亿元", "“十三五”成就：", "生产总值年均增长6.3%",
             "2021年目标：", "生产总值增长6.5%左右", "地方财政收入保持上年水平", "城镇新增就业40万人"]  # fmt: skip
    assert rows(*lines, columns="indicator year period concept value") == {
        ("gdp", "2020", "annual", "outturn", "2620"), ("gdp", "2020", "2016_2020", "outturn", "6.3"),
        ("gdp", "2021", "annual", "target", "6.5"), ("new_urban_employment", "2021", "annual", "target", "40"),
    }  # fmt: skip


def test_an_article_turns_back_from_aims_to_what_was():
    lines = [
        "2012-01-12",
        "预计2011年全市生产总值2060亿元。报告提出今年的预期目标是生产总值增长11%。",
        "过去五年，实力大增。",
        "固定资产投资900亿元。",
    ]
    found = rows(*lines)
    assert found >= {("gdp", "2012", "target", "11"), ("gdp", "2011", "outturn", "2060")}
    assert {(row[1], row[2]) for row in found if row[3] == "900"} == {("2011", "outturn")}


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ("1月12日，省发展和改革委员会以书面形式向省第十三届人民代表大会作报告", ""),
        ("快读!千字极简版海南省政府工作报告来了", "海南省"),
        ("在19日开幕的临溪市第八届人民代表大会第五次会议上，市长作报告", "临溪市"),
        ("市政府较好完成了市第十六届人民代表大会第一次会议的任务", ""),
    ],
)
def test_what_ends_like_a_place_is_one_only_if_it_can_be(line, place):
    assert reading(line, "地区生产总值增长5%。", region="").documents[0].place == place


@pytest.mark.parametrize(("place", "whole"), [("广西壮族自治区", "全区"), ("临溪藏族自治州", "全州"), ("临溪市", "全市")])
def test_what_a_place_calls_the_whole_of_itself(place, whole):
    found = reading(f"{place}2022年统计公报", f"{whole}固定资产投资增长8%。", region="").candidates
    assert [(c.row["region"], c.row["value"]) for c in found] == [(place, "8")]


def test_a_footnote_within_a_name_is_no_part_of_it():
    lines = ["临溪市2024年国民经济和社会发展统计公报", "第三产业[3]增加值131亿元，增长5.2%。"]
    assert {row[3] for row in rows(*lines)} == {"131", "5.2"}
