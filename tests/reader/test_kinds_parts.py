"""Parts, shares and tables of local texts that the reader once got wrong; invented ones."""

from __future__ import annotations

import pytest
from few_lines import reading, rows

from hanyang_data.reader.reading import read_report
from hanyang_data.reader.texts import read_text

BULLETIN = ["临溪县2022年国民经济和社会发展统计公报", "一、综合"]


@pytest.mark.parametrize(
    ("sentence", "share"),
    [
        ("第三产业增加值25亿元，增长5%，占生产总值的比重为27.6%。", {("2022", "27.6")}),
        ("三次产业增加值占地区生产总值的比重分别为13%、52.1%和34.9%。", {("2022", "34.9")}),
        ("三次产业的比例为12.8:45.4:41.8。", {("2022", "41.8")}),
        ("三次产业增加值结构为9.3、41.0、49.7。", {("2022", "49.7")}),
        ("三次产业比例由7.3:53.5:39.2调整为7.0:53.7:39.3。", {("2021", "39.2"), ("2022", "39.3")}),
        ("三次产业对经济增长的贡献率分别为12%、19%和69%。", set()),
    ],
)
def test_the_tertiary_share_is_read_in_all_its_forms(sentence, share):
    found = reading(*BULLETIN, sentence).candidates
    assert {(c.row["year"], c.row["value"]) for c in found if c.row["indicator"] == "tertiary_share"} == share


def test_sectors_behind_gdp_are_value_added_and_behind_investment_they_are_not():
    told = rows(*BULLETIN, "地区生产总值增长12.6%达92.9亿元，第二产业增长18.2%达41亿元。", columns="indicator value")
    assert ("secondary_value_added", "41") in told
    invested = rows(*BULLETIN, "固定资产投资增长9.7%。分产业看，第二产业增长33.5%。", columns="indicator value")
    assert invested == {("fixed_asset_investment", "9.7")}


TABLE = ["表1 2022年地区生产总值", "指标 | 绝对量（亿元） | 比上年增长(%) | 比重(%) |", "地区生产总值 | 186.7 | 6.5 | 100.0 |",
         "第二产业 | 64.3 | 4.4 | 34.5 |", "工 业 | 43.7 | -2.7 | 23.4 |", "建筑业 | 20.6 | 7.8 | 11.1 |"]  # fmt: skip


@pytest.mark.parametrize("bar", ["|", " "], ids=["bars", "blanks"])
def test_a_table_of_gdp_by_sector(bar, tmp_path):
    lines = TABLE if bar == "|" else [line.replace("工 业", "工业").replace(" |", "") for line in TABLE]
    file = tmp_path / "t.txt"
    file.write_text("\n".join([*BULLETIN, *lines]), encoding="utf-8")
    assert read_text(file).own, "the file's own lines, its bars apart"
    found = {tuple(c.row[k] for k in ("indicator", "measure", "value")) for c in read_report(file, region="linxi").candidates}
    assert found == {
        ("gdp", "level", "186.7"), ("gdp", "growth", "6.5"),
        ("secondary_value_added", "level", "64.3"), ("secondary_value_added", "growth", "4.4"),
        ("industrial_value_added_all", "level", "43.7"), ("industrial_value_added_all", "growth", "-2.7"),
    }  # fmt: skip


def test_a_row_with_more_cells_than_its_head_is_not_sure_and_a_year_in_the_head_is_a_column(tmp_path):
    cells = [
        "指标 |",
        "单位 |",
        "2021年 |",
        "比上年增长(%) |",
        "地区生产总值 |",
        "亿元 |",
        "91.3 |",
        "7.5 |",
        "第二产业 |",
        "亿元 |",
        "22.7 |",
        "6.2 |",
    ]
    for head, right in ((cells, True), ([*cells[:2], *cells[3:]], False)):
        file = tmp_path / "t.txt"
        file.write_text("\n".join([*BULLETIN, *head]), encoding="utf-8")
        found = {
            (c.row["indicator"], c.row["measure"], c.row["value"]): c.sure for c in read_report(file, region="linxi").candidates
        }
        assert (("gdp", "level", "91.3") in found and ("gdp", "growth", "7.5") in found) == right
        assert right or not any(found.values())


def test_years_in_a_row_of_which_a_report_tells():
    report = ["临溪市政府工作报告", "2017年2月14日在临溪市第五届人民代表大会第一次会议上", "一、过去六年工作回顾"]
    told = ["六年来，综合实力提升。生产总值年均增长12.2%，2016年达到1156亿元；财政总收入2016年达到105亿元、年均增长15.2%。",
            "今后五年，到2021年，生产总值突破2000亿元，年均增长8%。"]  # fmt: skip
    assert rows(*report, told[0], columns="indicator year period value") == {
        ("gdp", "2016", "2011_2016", "12.2"), ("gdp", "2016", "annual", "1156"),
        ("budget_total_revenue", "2016", "annual", "105"), ("budget_total_revenue", "2016", "2011_2016", "15.2"),
    }  # fmt: skip
    aimed = rows(*report[:2], "二、今后五年奋斗目标", told[1], columns="indicator period concept value")
    assert ("gdp", "2017_2021", "target", "8") in aimed


def test_a_year_said_once_holds_for_the_list_and_what_it_is_multiplied_by_does_not():
    told = (
        "到2017年底，预计地区生产总值达到259亿元，是2012年的1.2倍，年均增长6%；固定资产投资达到88亿元，五年累计完成投资400亿元。"
    )
    report = [
        "临溪旗政府工作报告",
        "2017年12月5日在临溪旗第十七届人民代表大会第一次会议上",
        "一、过去五年工作回顾",
        "五年来，成绩显著。",
    ]
    assert rows(*report, told, columns="indicator year period value") == {
        ("gdp", "2017", "annual", "259"), ("gdp", "2017", "2013_2017", "6"), ("fixed_asset_investment", "2017", "annual", "88"),
        ("fixed_asset_investment", "2017", "2013_2017", "400"),
    }  # fmt: skip
    last = rows(*report[:3], "五年来，固定资产投资250亿元，可比年均增长10%。", columns="year period value")
    assert ("2017", "annual", "250") in last, "what grew so much a year is no total"
    row = "五年来，全旗生产总值（预计，下同）、一般预算收入年均分别增长14.1%、20.6%。"
    assert rows(*report[:3], row, columns="indicator value") == {("gdp", "14.1"), ("budget_revenue", "20.6")}


def test_cut_lines_are_put_together_among_short_ones():
    short = ["政府工作报告", "各位代表:", "旗长", "一、工作回顾", "请审议。", "谢谢。", "二、目标", "三、任务"]
    cut = ["一年来,全旗经济总体平稳,质量和效益稳步提高,各项社会事业全面进步,固定资产投资",
           "完成15亿元,社会消费品零售总额完成16亿元,生态环境明显改善,城乡面貌焕然一新,城乡",
           "常住居民人均可支配收入分别达到37462元和17597元,脱贫攻坚成效显著,社会大局和谐稳",
           "定,民族团结进步事业不断发展,人民群众获得感幸福感安全感明显增强,圆满完成各项目"]  # fmt: skip
    found = rows(*BULLETIN, *short, *cut, columns="indicator value")
    assert {("fixed_asset_investment", "15"), ("disposable_income_urban", "37462")} <= found


def test_a_column_of_which_the_head_says_nothing_is_not_sure(tmp_path):
    file = tmp_path / "t.txt"
    file.write_text("\n".join([*BULLETIN, "指标 | 某某 |", "地区生产总值 | 186.7 |", "财政总收入 | 9.7 |"]), encoding="utf-8")
    assert not any(c.sure for c in read_report(file, region="linxi").candidates)


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("表2 涨幅 单位:% 全年全县财政总收入22.2亿元。", {("budget_total_revenue", "22.2")}),
        ("全县实现地区生产总值105.5[1]亿元。", {("gdp", "105.5")}),
        ("从环比看，国内生产总值增长1.8%。", set()),
        ("城、乡居民人均可支配收入分别增长8%、9%。", {("disposable_income_urban", "8"), ("disposable_income_rural", "9")}),
        ("城乡居民收入分别增长5.8%、7.9%。", {("disposable_income_urban", "5.8"), ("disposable_income_rural", "7.9")}),
        (
            "城市居民人均可支配收入以及农民人均可支配收入持续增长，分别达到12452元和5347元。",
            {("disposable_income_urban", "12452"), ("disposable_income_rural", "5347")},
        ),
        ("固定资产投资价格上升2.7%。", set()),
        ("区属地区生产总值达到379亿元。", {("gdp", "379")}),
        ("全县实现增加值302亿元，可比增长5.8%。", {("gdp", "302"), ("gdp", "5.8")}),
        ("获批国家高新技术企业80家。", {("new_high_tech_firms", "80")}),
        ("登记在册的各类市场主体69800户。", {("market_entities", "69800")}),
        ("地区生产总值33亿元，比增9.2%，比全省（7.7%）和全国平均水平（7.0%）高。", {("gdp", "33"), ("gdp", "9.2")}),
        ("一般公共预算收入5亿元，比上年同期4亿元增收1亿元，增长25℅。", {("budget_revenue", "5"), ("budget_revenue", "25")}),
        ("城镇居民人均可支配收入高于全市平均水平6559元。", set()),
        ("城乡居民收入均增长7%。", {("disposable_income_urban", "7"), ("disposable_income_rural", "7")}),
        ("城乡居民收入27306元、8929元。", {("disposable_income_urban", "27306"), ("disposable_income_rural", "8929")}),
        ("三次产业结构为9:56:35，对增长的贡献率为6.1%、59.7%和34.2%。", {("tertiary_share", "35")}),
        ("三次产业结构由上年同期的9:56:35调整为9:55:36。", {("tertiary_share", "35"), ("tertiary_share", "36")}),
    ],
)
def test_what_such_a_sentence_prints(sentence, expected):
    assert rows(*BULLETIN, sentence, columns="indicator value") == expected


def test_the_parts_of_another_whole_are_not_those_of_gdp():
    lines = ["全年民营经济增加值122亿元。其中，第二产业增加值29亿元，增长9%。", "民营经济三次产业结构调整为36:24:40。"]
    assert rows(*BULLETIN, *lines) == set()
    told = rows(*BULLETIN, "地区生产总值330亿元。其中第一产业完成59亿元；第二产业完成118亿元。", columns="indicator value")
    assert told == {("gdp", "330"), ("secondary_value_added", "118")}


def test_a_name_or_a_verb_that_a_line_end_parts_is_put_together():
    lines = ["全县地区生产", "总值突破400亿元，固定资产投资增", "长11.5%。"]
    assert rows(*BULLETIN, *lines, columns="indicator value") == {("gdp", "400"), ("fixed_asset_investment", "11.5")}


def test_an_article_that_lists_cities_is_sure_of_nothing():
    lines = [
        "2023上半年全省生产总值60465亿元。",
        "苏州市11458亿元，南京市8316亿元，无锡市7105亿元，南通市地区生产总值增长12.9%。",
    ]
    assert not any(c.sure for c in reading(*lines).candidates)


def test_lines_of_a_list_are_not_joined_and_cut_lines_are():
    listed = ["新增城镇就业9.6万人，超额完成", "市场主体总数达14.4万户，再创历史新高", "全县财政总收入3亿元"]
    assert len(rows(*BULLETIN, *listed)) == 3
    cut = [
        "全县经济保持了平稳较快增长的态势，全年实现地区生产总值41.",
        "85亿元，按可比价格计算，比上年增长17.3%，居全市各县之首，其中第",
    ]
    assert ("gdp", "41.85") in rows(*BULLETIN, *cut, *cut, columns="indicator value")


def test_a_bound_that_is_told_as_an_outturn_is_not_sure():
    (bound,) = reading(*BULLETIN, "固定资产投资增长6%以上。").candidates
    assert not bound.sure
    (expected,) = reading(*BULLETIN, "预计固定资产投资增长6%以上。").candidates
    assert expected.sure
