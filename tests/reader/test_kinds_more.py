"""Kinds of official texts that rounds 11 to 15 of first readings got wrong; invented sentences, lines and tables."""

from __future__ import annotations

import pytest
from few_lines import reading, rows

from hanyang_data.reader.reading import read_report
from hanyang_data.reader.texts import read_text

BULLETIN = ["临溪县2022年国民经济和社会发展统计公报", "一、综合"]
REPORT = ["临溪县政府工作报告", "——2022年1月10日在临溪县第十八届人民代表大会第一次会议上", "一、过去五年工作回顾"]
PLAN = "关于临溪县2022年国民经济和社会发展计划执行情况与2023年计划草案的报告"


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        (
            "居民人均可支配收入增长6.3%，其中城镇增长5.2%，农村增长7.4%。",
            {("disposable_income", "6.3"), ("disposable_income_urban", "5.2"), ("disposable_income_rural", "7.4")},
        ),
        ("居民人均消费支出2万元，其中城镇居民2.5万元。", set()),
        (
            "规上工业增长8.1%、社会消费品零售增长9.3%，社消零总额101亿元。",
            {("industrial_value_added", "8.1"), ("retail_sales", "9.3"), ("retail_sales", "101")},
        ),
        ("农村居民人均可支配收入9812元，净增1103元，增长12.6%。", {("disposable_income_rural", v) for v in ("9812", "12.6")}),
        ("进出口总额12.3亿元，占全市的7.1%，同比增长15.1%。", {("foreign_trade", "12.3"), ("foreign_trade", "15.1")}),
        ("固定资产投资17亿元，超额完成年度任务2亿元，增长20.6%。", {("fixed_asset_investment", v) for v in ("17", "20.6")}),
        ("一般公共预算收入剔除留抵退税因素后增长9.1%。", {("budget_revenue", "9.1")}),
        (
            "一般公共预算收入159亿元，增长3%，其中地方一般公共预算收入95亿元，增长8%。",
            {("budget_revenue", "95"), ("budget_revenue", "8")},
        ),
        (
            "规模以上工业企业36家，实现增加值8.1亿元，增长18.4%。",
            {("industrial_value_added", "8.1"), ("industrial_value_added", "18.4")},
        ),
        ("规模以上工业实现总产值110亿元；工业增加值增长11%。", {("industrial_value_added", "11")}),
        (
            "一般公共预算收入17亿元，增长9%；金融存贷款余额288亿元、219亿元，同比增长10.5%、14.8%。",
            {("budget_revenue", "17"), ("budget_revenue", "9")},
        ),
        (
            "地区生产总值突破千亿大关，实现1027亿元，是全省首个突破千亿的县，比上年增长8%。",
            {("gdp", "1000"), ("gdp", "1027"), ("gdp", "8")},
        ),
        ("居民消费价格（CPI）总指数为103.0，比上年上涨3.0%。", {("consumer_prices", "3")}),
        ("地区生产总值63亿元（主要是二产、三产未达预期目标），增长2.0%。", {("gdp", "63"), ("gdp", "2")}),
        ("城镇登记失业率≤4%。", {("registered_unemployment_rate", "4")}),
        ("固定资产投资增速由负转正，增长3%以上。", {("fixed_asset_investment", "3")}),
        (
            "二、财政 一般公共预算收入14亿元，下降3%，大税比（财政收入中税收的比重）为67.1%。",
            {("budget_revenue", "14"), ("budget_revenue", "-3")},
        ),
    ],
)  # fmt: skip
def test_what_such_a_sentence_prints(sentence, expected):
    assert rows(*BULLETIN, sentence, columns="indicator value") == expected


def test_an_average_without_its_years_is_of_those_that_the_sentence_or_the_part_names():
    five = ("gdp", "2021", "2017_2021", "outturn", "5.1")
    for told in ("比2016年增加104亿元", "是2016年的1.5倍", "由2016年的201亿元增加到305亿元"):
        assert five in rows(*REPORT, f"2021年，全县地区生产总值达到305亿元，{told}，年均增长5.1%。"), told
    lines = ["过去五年，全县经济稳中有进。", "2021年，全县地区生产总值305亿元，年均增长5.1%。"]
    assert rows(*REPORT, *lines) == {five, ("gdp", "2021", "annual", "outturn", "305")}
    (fund,) = rows(*REPORT, "五年来，累计完成投资90亿元，实际利用外资5.8亿美元。", columns="indicator period value")
    assert fund == ("foreign_capital", "2017_2021", "5.8")


def test_a_share_of_the_plan_of_the_year_makes_no_part_of_a_year_whole():
    lines = ["2022年7月20日在临溪县人民代表大会常务委员会会议上", "今年上半年，完成GDP44亿元，完成全年计划目标的45%，增长3%。"]
    assert rows(*lines, columns="period concept value") == {("h1", "outturn", "44"), ("h1", "outturn", "3")}
    told = rows(*BULLETIN, "预计前6个月固定资产投资完成17.6亿元。", columns="period value")
    assert told == {("h1", "17.6")}


@pytest.mark.parametrize(
    ("lines", "year"),
    [
        (["2022临溪国民经济和社会发展统计公报"], 2022),
        (["首页>政务公开>政府工作报告", "2023年政府工作报告", "县长 张三"], 2022),
        (["政府工作报告", "各位代表：", "一、2022年工作回顾"], 2022),
        (["临溪县2022年国民经济和社会发展统计公报", "2022-07-12 00:00"], 2022),
    ],
)
def test_the_year_of_a_text_whose_head_is_poor(lines, year):
    found = reading(*lines, "全县地区生产总值完成110亿元。").candidates
    assert [(c.row["year"], c.row["concept"]) for c in found] == [(str(year), "outturn")]


def test_a_year_that_is_inferred_is_proposed_and_never_sure():
    (found,) = reading("政府工作报告", "各位代表：", "这是2022年。", "全县地区生产总值完成110亿元。").candidates
    assert (found.row["year"], found.sure) == ("2022", False)


def test_lines_that_were_cut_before_a_number_its_unit_or_a_mark():
    lines = ["预计全年地区生产总值增长", "3.5%", "左右。进出口总额 15.4", "亿元;地方一般公共预算收入增长", "2.1%", "。"]
    assert rows(*BULLETIN, *lines, columns="indicator value") == {
        ("gdp", "3.5"), ("foreign_trade", "15.4"), ("budget_revenue", "2.1"),
    }  # fmt: skip


def test_what_a_paragraph_is_about_is_no_part_of_its_first_sentence():
    told = rows(*BULLETIN, "财政收入 全县地方公共财政预算收入完成79亿元，增长4.4%。", columns="indicator value")
    assert told == {("budget_revenue", "79"), ("budget_revenue", "4.4")}


def test_the_place_is_the_one_whose_government_speaks_and_a_name_may_end_like_a_word():
    (doc,) = reading("政府工作报告", "我代表临溪县人民政府，向大会报告工作。", "75家上市企业增长。").documents
    assert (doc.place, doc.level) == ("临溪县", "county")
    (doc,) = reading("关于临水市荔城区2022年计划执行情况与2023年计划草案的报告").documents
    assert doc.place == "荔城区"


# --- tables ------------------------------------------------------------------------


def test_a_table_of_a_cell_a_line_without_a_head_of_its_own():
    head = ["2022年上半年临溪县生产总值", "总量", "(亿元)", "比上年同期", "增长(%)", "地区生产总值", "110.2", "-5.7"]
    lines = [*head, "第二产业", "44.5", "-13.7", "建筑业", "2.6", "-20.7", "第三产业", "60.1", "-3.1"]
    assert rows(*lines, columns="indicator period value") == {
        ("gdp", "h1", "110.2"), ("gdp", "h1", "-5.7"), ("secondary_value_added", "h1", "44.5"),
        ("secondary_value_added", "h1", "-13.7"), ("tertiary_value_added", "h1", "60.1"), ("tertiary_value_added", "h1", "-3.1"),
    }  # fmt: skip


TWO_LEVELS = {
    "totals and growth under each year": (
        "指标 | 单位 | 2022年计划 | | 2022年预计完成 | | 2023年计划 | |",
        " | | 绝对值 | 增长% | 绝对值 | 增长% | 绝对值 | 增长% |",
        "地区生产总值 | 亿元 | 105 | 6 | 110.2 | 6.2 | 118 | 6.5 |",
    ),
    "the same with its columns lost": (
        "主要指标 单位 2022年计划 2022年预计 2023年计划",
        "总量 增长（%） 总量 增长（%） 总量 增长（%）",
        "地区生产总值 亿元 105 6 110.2 6.2 118 6.5",
    ),
}


@pytest.mark.parametrize("name", TWO_LEVELS)
def test_a_table_with_two_levels_of_heads(name, tmp_path):
    head, sub, row = TWO_LEVELS[name]
    other = row.replace("地区生产总值", "固定资产投资")
    (tmp_path / "t.txt").write_text("\n".join([PLAN, "2022年12月20日", head, sub, row, other]), encoding="utf-8")
    found = [c for c in read_report(tmp_path / "t.txt", region="linxi").candidates if c.row["indicator"] == "gdp"]
    assert {tuple(c.row[k] for k in ("year", "concept", "measure", "value")) for c in found} == {
        ("2022", "target", "level", "105"), ("2022", "target", "growth", "6"), ("2022", "outturn", "level", "110.2"),
        ("2022", "outturn", "growth", "6.2"), ("2023", "target", "level", "118"), ("2023", "target", "growth", "6.5"),
    }  # fmt: skip


def test_plan_and_outturn_under_one_year_and_a_bar_before_an_empty_cell(tmp_path):
    lines = [PLAN, "2022年12月20日", "序号 | 指标 | 单位 | 2022年 | | 2023年预期目标 |", "| | | 计划 | 完成 | |",
             "1 | 地区生产总值增长 | % | 6 | 6.2 | 6.5左右 |", "2 | 居民消费价格涨幅 | % | 3左右 | 0.4 | 3左右 |"]  # fmt: skip
    (tmp_path / "t.txt").write_text("\n".join(lines), encoding="utf-8")
    text = read_text(tmp_path / "t.txt")
    assert text.lines[3].startswith("\t") and len(text.lines[3]) == len(lines[3])
    found = read_report(text, region="linxi").candidates
    assert {tuple(c.row[k] for k in ("indicator", "year", "concept", "measure", "value")) for c in found} == {
        ("gdp", "2022", "target", "growth", "6"), ("gdp", "2022", "outturn", "growth", "6.2"),
        ("gdp", "2023", "target", "growth", "6.5"), ("consumer_prices", "2022", "target", "growth", "3"),
        ("consumer_prices", "2022", "outturn", "growth", "0.4"), ("consumer_prices", "2023", "target", "growth", "3"),
    }  # fmt: skip


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("长岭市区生产总值105亿元，增长6%。", set()),  # the districts alone
        ("地区生产总值305亿元，比上一年增长6.1%。", {("gdp", "305"), ("gdp", "6.1")}),
        ("地区生产总值305亿元，增长6.1%；与2019年相比，两年平均增长4.2%。", {("gdp", "305"), ("gdp", "6.1"), ("gdp", "4.2")}),
    ],
)
def test_what_bulletins_say(sentence, expected, tmp_path):
    lines = ["长岭市2021年国民经济和社会发展统计公报", "长岭市统计局", "2022年3月20日", "一、综合", sentence]
    (tmp_path / "t.txt").write_text("\n".join(lines), encoding="utf-8")
    found = read_report(tmp_path / "t.txt").candidates
    assert {(c.row["indicator"], c.row["value"]) for c in found} == expected
    assert {c.row["period"] for c in found if c.row["value"] == "4.2"} <= {"2020_2021"}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("500万元以上固定资产投资305亿元，增长6%。", {("fixed_asset_investment", "2021", "annual", v) for v in ("305", "6")}),
        (
            "生产总值由2013年的140亿元增加到2017年的243亿元、年均增长8.8%。固定资产投资年均增长16%。",
            {("gdp", "2013", "annual", "140"), ("gdp", "2017", "annual", "243"), ("gdp", "2017", "2014_2017", "8.8"),
             ("fixed_asset_investment", "2017", "2014_2017", "16")},
        ),
        ("新增创新主体368家；其中，高新技术企业169家。", {("new_high_tech_firms", "2021", "annual", "169")}),
    ],
)  # fmt: skip
def test_what_the_seventeenth_round_found(sentence, expected, tmp_path):
    lines = ["长岭市政府工作报告", "——2022年1月20日在长岭市第五届人民代表大会第二次会议上", "一、2021年工作回顾", sentence]
    (tmp_path / "t.txt").write_text("\n".join(lines), encoding="utf-8")
    found = read_report(tmp_path / "t.txt").candidates
    assert {tuple(c.row[k] for k in ("indicator", "year", "period", "value")) for c in found} == expected
