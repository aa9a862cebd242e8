"""One sentence at a time: which indicator, year, concept and number it prints, and what is none."""

from __future__ import annotations

import pytest

from hanyang_data.reader.reading import read_report
from hanyang_data.reader.texts import Text

HEAD = ["2021年汉阳区政府工作报告", "2020年12月28日在汉阳区第十五届人民代表大会第六次会议上", "一、2020年工作回顾"]


def read(*lines: str, head: list[str] = HEAD) -> list[tuple[str, ...]]:
    """Indicator, year, period, concept, measure, value, qualifier of each candidate."""
    found = read_report(Text("t.txt", [*head, *lines], [], True), region="hanyang").candidates
    columns = ("indicator", "year", "period", "concept", "measure", "value", "qualifier")
    return [tuple(c.row[column] for column in columns) for c in found]


@pytest.mark.parametrize(
    "number",
    [
        "948亿元",
        "９４８亿元",
        "948 亿元",
        "948.0亿元",
        "948亿",
        "0.0948万亿元",
        "9480000万元",
        "94,800,000,000元",
        "948億元",
        "948亿元人民币",
    ],
)
def test_a_number_written_ten_ways_reads_the_same(number):
    assert read(f"全年实现地区生产总值{number}，增长7%。")[0] == ("gdp", "2020", "annual", "outturn", "level", "948", "point")


@pytest.mark.parametrize("rate", ["6.5%", "６.５％", "6.5 %", "百分之六点五", "6.50%"])
def test_a_rate_written_five_ways_reads_the_same(rate):
    assert read(f"社会消费品零售总额增长{rate}。")[0][-2:] == ("6.5", "point")


@pytest.mark.parametrize(
    ("words", "rate"),
    [("百", "100"), ("一百零五", "105"), ("一百二十点五", "120.5"), ("二十", "20"), ("零点五", "0.5"), ("12点5", "12.5")],
)
def test_a_rate_in_words_is_read_above_a_hundred_too(words, rate):
    assert read(f"社会消费品零售总额增长百分之{words}。")[0][-2:] == (rate, "point")


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("固定资产投资同比下降8.6%。", [("fixed_asset_investment", "growth", "-8.6")]),
        ("固定资产投资增长- 8.6%。", [("fixed_asset_investment", "growth", "-8.6")]),
        (
            "地区生产总值、社会消费品零售总额、固定资产投资分别增长6%、8.5%和7%。",
            [("gdp", "growth", "6"), ("retail_sales", "growth", "8.5"), ("fixed_asset_investment", "growth", "7")],
        ),
        ("城镇登记失业率下降0.3个百分点。", []),
        ("民间投资增长5%，三大综保区进出口总额增长12.5%。", []),
        ("服务业增加值占地区生产总值比重达54%。", []),
        ("新增就业1.7万人，比上年增加5938人。", [("new_urban_employment", "level", "1.7")]),
        ("单位GDP能耗下降2.3%。", [("energy_intensity", "growth", "2.3")]),
        ("地区生产总值居全市第3位，空气质量优良率80%。", []),
    ],
)
def test_what_a_sentence_prints_and_what_is_no_figure(sentence, expected):
    assert [(row[0], row[4], row[5]) for row in read(sentence)] == expected


def test_headings_openings_and_words_say_year_and_concept():
    found = read(
        "地区生产总值700亿元。一季度地区生产总值增长4.5%。2019年地区生产总值760亿元。",
        "五年来，我们接续奋斗。固定资产投资累计完成2000亿元。",
        "二、2021年工作安排",
        "主要预期目标是：地区生产总值增长10%左右，居民收入与经济增长同步。到2025年，地区生产总值突破1100亿元。",
    )
    assert {row[:5] + row[6:] for row in found} == {
        ("gdp", "2020", "annual", "outturn", "level", "point"),
        ("gdp", "2020", "q1", "outturn", "growth", "point"),
        ("gdp", "2019", "annual", "outturn", "level", "point"),
        ("fixed_asset_investment", "2020", "2016_2020", "outturn", "level", "point"),
        ("gdp", "2021", "annual", "target", "growth", "about"),
        ("gdp", "2025", "annual", "target", "level", "over"),
        ("disposable_income", "2021", "annual", "target", "growth", "in_step_with_gdp"),
    }


def test_a_bound_for_the_last_number_of_a_row_is_read_for_all_and_said():
    found = read_report(
        Text("t", [*HEAD, "地区生产总值、零售总额分别增长6%、8%以上。".replace("零售", "社会消费品零售")], [], True)
    )
    first, last = found.candidates
    assert (first.row["qualifier"], last.row["qualifier"]) == ("at_least", "at_least")
    assert not first.sure
    assert "read for all numbers" in first.reasons[0]


def test_a_sentence_that_gives_nothing_is_listed():
    found = read_report(Text("t", [*HEAD, "服务业增加值占地区生产总值比重达54%。"], [], True))
    assert [missed.sentence for missed in found.uncovered] == ["服务业增加值占地区生产总值比重达54%。"]


@pytest.mark.parametrize(
    ("wording", "reasons", "sure"),
    [
        ("6%-6.5%左右", ("a range with 左右 beside it, which is not kept",), False),
        ("约6%—6.5%", ("a range with 约 beside it, which is not kept",), False),
        ("6%-6.5%", (), True),
    ],
)
def test_a_range_worded_about_is_left_to_a_person(wording, reasons, sure):
    """6% to 6.5%, and a little less would do: the record has a word for the one or for the other."""
    lines = [*HEAD, "二、2021年工作安排", f"2021年主要预期目标是：地区生产总值增长{wording}。"]
    (found,) = read_report(Text("t.txt", lines, [], True), region="hanyang").candidates
    assert [found.row[k] for k in ("concept", "value", "value_high", "qualifier")] == ["target", "6", "6.5", "range"]
    assert (found.reasons, found.sure) == (reasons, sure)
