"""Reading Chinese target wording, most of it as printed in the reports of Hanyang and Wuhan."""

import ast
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hanyang_data as hd
from hanyang_data.errors import ParameterError
from hanyang_data.record.targets import Target, parse

READ = [
    # wording, low, high, qualifier, unit
    ("7.2%", 7.2, 7.2, "point", "percent"),
    ("增长10%", 10, 10, "point", "percent"),
    ("- 16%", -16, -16, "point", "percent"),
    ("-8%", -8, -8, "point", "percent"),
    ("−8%", -8, -8, "point", "percent"),
    ("－25.5％", -25.5, -25.5, "point", "percent"),
    ("７．５％", 7.5, 7.5, "point", "percent"),
    ("规模以上工业增加值增长7%", 7, 7, "point", "percent"),  # 以上 belongs to the name
    ("2024年增长6%", 6, 6, "point", "percent"),
    ("2021—2025年年均增长6.5%", 6.5, 6.5, "point", "percent"),
    ("能耗降低率2.3%", 2.3, 2.3, "point", "percent"),  # the rate of a fall is itself the number
    ("6.5%左右", 6.5, 6.5, "about", "percent"),
    ("百分之六点五左右", 6.5, 6.5, "about", "percent"),
    ("完成百分之百", 100, 100, "point", "percent"),
    ("百分之五至六", 5, 6, "range", "percent"),
    ("百分之五到百分之六", 5, 6, "range", "percent"),
    ("6.5%（左右）", 6.5, 6.5, "about", "percent"),
    ("约7%", 7, 7, "about", "percent"),
    ("大约增长7%", 7, 7, "about", "percent"),
    ("6%以上", 6, None, "at_least", "percent"),
    ("不低于6%", 6, None, "at_least", "percent"),
    ("不少于30家", 30, None, "at_least", "count"),
    ("至少10个", 10, None, "at_least", "count"),
    ("25 万人以上", 25, None, "at_least", "10K_persons"),
    ("9000户以上", 9000, None, "at_least", "count"),
    ("增长6%以上，力争6.5%", 6, None, "at_least", "percent"),  # the stretch is not the target
    ("6%左右（力争6.5%）", 6, 6, "about", "percent"),
    ("超过6%", 6, None, "over", "percent"),
    ("超5%", 5, None, "over", "percent"),
    ("突破 650 亿元", 650, None, "over", "CNY_100M"),
    ("突破千亿元大关", 1000, None, "over", "CNY_100M"),
    ("破百亿", 100, None, "over", "CNY_100M"),
    ("8000余户", 8000, None, "over", "count"),
    ("超过 225 万户", 2_250_000, None, "over", "count"),
    ("3.6%以内", None, 3.6, "within", "percent"),
    ("控制在3.6%以内", None, 3.6, "within", "percent"),
    ("不超过5.5%", None, 5.5, "within", "percent"),
    ("5%—5.5%", 5, 5.5, "range", "percent"),
    ("6-6.5%", 6, 6.5, "range", "percent"),
    ("6%至6.5%", 6, 6.5, "range", "percent"),
    ("7.5％～7.8％", 7.5, 7.8, "range", "percent"),
    ("5% - 5.5%", 5, 5.5, "range", "percent"),
    ("-5%—-3%", -5, -3, "range", "percent"),
    ("700-750亿元", 700, 750, "range", "CNY_100M"),
    ("9000亿—1万亿元", 9000, 10000, "range", "CNY_100M"),
    ("正增长", None, None, "positive", "percent"),
    ("与经济增长同步", None, None, "in_step_with_gdp", "percent"),
    ("与经济增速同步", None, None, "in_step_with_gdp", "percent"),
    ("和经济同步增长", None, None, "in_step_with_gdp", "percent"),
    ("与ＧＤＰ同步", None, None, "in_step_with_gdp", "percent"),
    ("与经济增长基本同步", None, None, "in_step_with_gdp", "percent"),
    ("基本同步", None, None, "in_step_with_gdp", "percent"),
    ("达到省市下达目标", None, None, "none", "percent"),
    ("完成省下达的任务", None, None, "none", "percent"),
    ("基本完成", None, None, "none", "percent"),
    ("与全省同步", None, None, "none", "percent"),  # in step with a region, not with GDP
    ("不低于全省平均水平", None, None, "none", "percent"),
    ("稳步增长", None, None, "none", "percent"),
    ("无", None, None, "none", "percent"),
    ("1.45万家", 14500, 14500, "point", "count"),
    ("1.55 万家", 15500, 15500, "point", "count"),
    ("2万亿元", 20000, 20000, "point", "CNY_100M"),
    ("2万亿", 20000, 20000, "point", "CNY_100M"),
    ("千亿元", 1000, 1000, "point", "CNY_100M"),
    ("两千亿元", 2000, 2000, "point", "CNY_100M"),
    ("775 亿", 775, 775, "point", "CNY_100M"),
    ("80.84亿", 80.84, 80.84, "point", "CNY_100M"),
    ("700亿左右", 700, 700, "about", "CNY_100M"),
    ("7.9亿美元", 7.9, 7.9, "point", "USD_100M"),
    ("5000万美元", 0.5, 0.5, "point", "USD_100M"),
    ("12,500元", 12500, 12500, "point", "CNY"),
    ("5.5万元", 55000, 55000, "point", "CNY"),
    ("1.9万人", 1.9, 1.9, "point", "10K_persons"),
    ("1500人", 1500, 1500, "point", "count"),
]


@pytest.mark.parametrize(("wording", "low", "high", "qualifier", "unit"), READ)
def test_reads(wording, low, high, qualifier, unit):
    found = parse(wording)
    assert (found.low, found.high, found.qualifier, found.unit) == (low, high, qualifier, unit)
    assert found.wording == wording
    assert all(end is None or isinstance(end, float) for end in (found.low, found.high))


@pytest.mark.parametrize(
    ("wording", "ceiling"),
    [("控制在3%左右", True), ("控制在5.5%", True), ("3.6%以内", True), ("不超过5%", True), ("3%左右", False), ("6%以上", False)],
)
def test_what_is_held_down_is_a_ceiling(wording, ceiling):
    assert parse(wording).ceiling is ceiling


@pytest.mark.parametrize(
    ("wording", "words"),
    [
        ("", "no target wording"),
        ("  ", "no target wording"),
        ("胡说八道", "no target wording"),
        ("负增长", "no target wording"),
        ("6.5", "without a unit"),
        ("6.5左右", "without a unit"),
        ("3.3亿人次", "without a unit"),
        ("0.5个百分点", "without a unit"),
        ("增长7.2%、突破千亿元大关", "more than one"),
        ("6%，其中工业7%", "more than one"),
        ("6%~6.5", "more than one"),
        ("6%以上，居民收入与经济增长同步", "more than one"),
        ("下降3%", "speaks of a fall"),
        ("能耗降低3%左右", "speaks of a fall"),
        ("低于3%", "speaks of a fall"),
        ("6%-6.5%左右", "a range with 左右 beside it: give the range alone, or one number with 左右"),
        ("约6%—6.5%", "a range with 约"),
        ("6%—7%以上", "a range with 以上"),
        ("6%—6%", "do not make a target 'range'"),
        (6.5, "is text"),
        (None, "is text"),
    ],
)
def test_refuses(wording, words):
    with pytest.raises(ParameterError, match=words):
        parse(wording)


def test_targets_are_equal_whatever_their_source():
    assert parse("6.5%左右") == Target(low=6.5, high=6.5, qualifier="about")
    assert parse("约6.5%") == parse("6.5%左右")
    assert hash(parse("约6.5%")) == hash(parse("6.5%左右"))
    assert parse("6.5%") != parse("6.5%左右")
    assert Target(6.5, 6.5, "point", vintage="revised", source_id="a") == Target(6.5, 6.5, "point", published_on="2021-01-24")


@pytest.mark.parametrize(
    ("low", "high", "qualifier", "words"),
    [
        (6.5, None, "point", "needs low and high"),
        (6.5, 6.5, "at_least", "needs low"),
        (6.5, None, "within", "needs high"),
        (0, None, "positive", "needs no number"),
        (None, None, "about", "needs low and high"),
        (6.5, 6.0, "range", "do not make"),
        (6.0, 6.5, "point", "do not make"),
        (float("nan"), float("nan"), "point", "do not make"),
        (6.5, 6.5, "aboot", "did you mean about"),
    ],
)
def test_a_target_has_the_numbers_that_its_qualifier_needs(low, high, qualifier, words):
    with pytest.raises(ParameterError, match=words):
        Target(low, high, qualifier)


def test_a_target_has_a_unit_that_is_known():
    with pytest.raises(ParameterError, match="unknown unit"):
        Target(6.5, 6.5, "point", unit="%")


numbers = st.integers(-300, 300).map(lambda k: k / 10)


@given(numbers, st.sampled_from(["{}%", "增长{}%", "{} %", "{}％", "为{}%"]))
def test_any_rate_is_read_back(value, template):
    assert parse(template.format(value)) == Target(value, value, "point")


@given(numbers, numbers, st.sampled_from(["—", "～", "至", "~", "——", "〜"]))
def test_any_range_is_read_back(a, b, mark):
    if a != b:
        assert parse(f"{a}%{mark}{b}%") == Target(min(a, b), max(a, b), "range")


@given(st.text(max_size=12))
def test_any_text_is_read_or_refused_in_one_sentence(text):
    try:
        assert isinstance(parse(text), Target)
    except ParameterError as refusal:
        assert "\n" not in str(refusal)


def test_reading_a_target_loads_no_statistics():
    tree = ast.parse(Path(find_spec("hanyang_data.record.targets").origin).read_text(encoding="utf-8"))
    imported = {node.module for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    assert not {name.split(".")[0] for name in imported} & {"pandas", "numpy", "scipy", "statsmodels"}


def test_a_cell_broken_over_two_lines_is_worded_whole():
    assert hd.targets("disposable_income").loc[2020, "wording"] == "与经济增长同步"
