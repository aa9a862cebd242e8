"""What holds of every number, every order of sentences and every text, however odd."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hanyang_data.errors import HanyangError
from hanyang_data.reader.reading import read_report
from hanyang_data.reader.texts import Text

HEAD = ["2021年汉阳区政府工作报告", "2020年12月28日在汉阳区第十五届人民代表大会第六次会议上", "一、2020年工作回顾"]
PAGE = 1500  # characters of a printed page
SECONDS = 1.0  # that a page may take
WIDE = str.maketrans("0123456789.%", "０１２３４５６７８９．％")
KEYS = ("indicator", "year", "period", "concept", "measure", "value", "value_high", "unit", "qualifier")


def keys(lines: list[str]) -> list[tuple[str, ...]]:
    found = read_report(Text("t.txt", [*HEAD, *lines], [], True), region="hanyang").candidates
    return sorted(tuple(c.row[k] for k in KEYS) for c in found)


def spellings(value: float) -> list[str]:
    """An amount in 亿元 in the ways that these texts write it."""
    return [
        f"{value:.2f}亿元", f"{value:.2f} 亿元", f"{value:.2f}亿元".translate(WIDE), f"{value:.2f}亿", f"{value:.2f}億元",
        f"{value:.2f}亿元人民币", f"{value * 10_000:.0f}万元", f"{value * 10_000:,.0f}万元", f"{value / 10_000:.6f}万亿元",
        f"{value * 1e8:.0f}元", f"{value * 1e8:,.0f}元", f"{value:.4f}亿元",
    ]  # fmt: skip


@given(st.integers(min_value=2_000, max_value=90_000_00).map(lambda n: n / 100))
@settings(max_examples=40, deadline=None)
def test_an_amount_reads_the_same_however_it_is_written(value):
    read = {tuple(keys([f"全年实现地区生产总值{words}，增长7%。"])) for words in spellings(value)}
    assert len(read) == 1
    (found,) = read
    assert [float(row[5]) for row in found if row[4] == "level"] == [value]


@given(
    st.integers(min_value=1, max_value=399).map(lambda n: n / 10), st.sampled_from(["增长", "同比增长", "比上年增长", "增速为"])
)
@settings(max_examples=40, deadline=None)
def test_a_rate_reads_the_same_however_it_is_written(rate, word):
    ways = [f"{rate}%", f"{rate} %", f"{rate:.2f}%", f"{rate}％", f"{rate}%".translate(WIDE), f"{rate}﹪", f"百分之{rate}"]
    read = {tuple(keys([f"社会消费品零售总额{word}{way}。"])) for way in ways}
    assert len(read) == 1
    assert [float(row[5]) for row in next(iter(read))] == [rate]


SENTENCES = [
    "地区生产总值700亿元，下降8%。",
    "固定资产投资438亿元，下降20.4%。",
    "社会消费品零售总额、外贸进出口总额分别下降19%、3.5%。",
    "新增就业1.7万人，城镇登记失业率3.2%。",
    "实际利用外资7.9亿美元。",
    "城乡居民人均可支配收入分别增长1.2%、3.4%。",
    "2019年一般公共预算收入101亿元。",
    "上半年规模以上工业增加值下降12%。",
    "拥有高新技术企业211家。",
    "服务业增加值占地区生产总值比重达54%。",
]
EXPECTED = keys(["".join(SENTENCES)])


@given(st.permutations(SENTENCES), st.lists(st.integers(min_value=1, max_value=9), max_size=4))
@settings(max_examples=60, deadline=None)
def test_sentences_shuffled_between_paragraphs_change_nothing(sentences, cuts):
    edges = [0, *sorted(set(cuts)), len(sentences)]
    assert keys(["".join(sentences[a:b]) for a, b in pairwise(edges)]) == EXPECTED


@given(st.lists(st.text(max_size=80), max_size=15), st.booleans())
@settings(max_examples=150, deadline=None)
def test_no_text_ends_in_a_traceback(lines, headed):
    read_report(Text("t.txt", [*(HEAD if headed else []), *lines], [], True), region="hanyang" if headed else "")


PRINTED = """地区生产总值 固定资产投资 分别 增长 下降 从 提高到 和 、 ， ； 。 ： （ ） “ ” 6.5% 860亿元 1.7万人 — ～ 2020年
2025年 上半年 五年累计 全市 武汉市 其中 与经济增长同步 正增长 左右 以上 百分之 十五五 各位代表 指标名称 单位 0 一、 2026年目标
万亿 个百分点 ١٢٣ ½ ①"""
WORDS = [*PRINTED.split(), "\t", "\u3000", "9" * 40, "地区生产总值\t860"]


@given(st.lists(st.lists(st.sampled_from(WORDS), max_size=40).map("".join), max_size=30))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_words_of_reports_in_any_order_end_in_no_traceback_and_take_no_second_a_page(lines):
    start = time.process_time()
    read_report(Text("t.txt", [*HEAD, *lines], [], True), region="hanyang")
    pages = max(1.0, sum(map(len, lines)) / PAGE)
    assert time.process_time() - start < SECONDS * pages


OVER = ["增长6.5%、", "从1亿元提高到", "地区生产总值、", "（增长", "1-", "经营主体稳中培优。总量达", "((((", "是", "的"]


@pytest.mark.parametrize("word", [*WORDS, *OVER])
@pytest.mark.parametrize("shape", ["one line", "one sentence", "many lines"])
def test_one_thing_said_over_and_over_takes_no_second_a_page(word, shape):
    times = max(1, 3 * PAGE // len(word))
    lines = [word] * times if shape == "many lines" else [f"全年地区生产总值{word * times}{'' if shape == 'one line' else '。'}"]
    start = time.process_time()
    read_report(Text("t.txt", [*HEAD, *lines], [], True), region="hanyang")
    assert time.process_time() - start < SECONDS * max(1.0, sum(map(len, lines)) / PAGE)


@given(
    st.binary(max_size=400),
    st.sampled_from(["txt", "html", "pdf", "docx", "doc"]),
    st.sampled_from(["", "%PDF-1.7\n", "PK\x03\x04", "<html>"]),
)
@settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_a_file_of_any_bytes_is_read_or_refused_in_a_sentence(tmp_path, content, kind, start):
    file = tmp_path / f"odd.{kind}"
    file.write_bytes(start.encode("latin-1") + content)
    try:
        read_report(file)
    except HanyangError as error:
        assert "\n" not in str(error)
