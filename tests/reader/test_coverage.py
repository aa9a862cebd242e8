"""The list of what was not read: complete, in the workbook, and no longer than it must be."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pandas as pd
import pytest
from click.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parent))

import gold_sets
from few_lines import reading
from helpers import NO_SOURCES

from hanyang_data.cli.main import main
from hanyang_data.reader.lexicon import mentions
from hanyang_data.reader.passages import plain
from hanyang_data.reader.reading import NOTHING, PARTLY, Reading, read_report

REPORT = """2026年汉阳区政府工作报告
2025年12月26日在武汉市汉阳区第十七届人民代表大会第一次会议上
一、2025年工作回顾
服务业增加值占地区生产总值比重达54%。
地区生产总值950亿元，其中经营主体贷款增加3亿元。
城乡居民收入差距缩小0.1个百分点。
指标名称  单位  2025年预计
1 地区生产总值（亿元）  950
2 固定资产投资  31万人
"""


def listed(reading: Reading) -> list[tuple[str, str, str]]:
    return [(m.locator, m.numbers, m.what) for m in reading.uncovered]


def test_a_number_by_an_indicators_word_is_read_or_listed(tmp_path):
    (tmp_path / "r.txt").write_text(REPORT, encoding="utf-8")
    found = listed(read_report(tmp_path / "r.txt"))
    assert ("L4", "54%", NOTHING) in found
    assert ("L5", "3亿元", PARTLY) in found
    assert not any(locator == "L6" for locator, *_ in found), "percentage points are no figure of the catalogue"
    assert any(locator == "L9" and "3" in numbers for locator, numbers, _ in found)


def test_a_sentence_is_listed_once_with_all_its_numbers_that_were_not_read():
    """Named beside an indicator that was read, in a name that other words stand in, or in the row of a table."""
    text = reading(
        "林溪县2024年政府工作报告", "2025年1月8日在林溪县第三次会议上", "一、2024年工作回顾",
        "全年新增创新平台12家、高新技术企业50家，科技型中小企业评价入库278家、", "培训82场。",
        "数字产业服务联盟正式成立，", "数字经济核心企业数量达70家。",
        "指标名称\t单位\t2024年预计完成\t占全市比重（%）", "地区生产总值\t亿元\t870\t4.3", "固定资产投资\t亿元\t290\t2.9",
        region="linxi",
    )  # fmt: skip
    assert listed(text) == [
        ("L4", "12家; 278家; 82场", PARTLY), ("L7", "70家", NOTHING), ("L9", "4.3", PARTLY), ("L10", "2.9", PARTLY),
    ]  # fmt: skip


AT_HAND = [coded for coded in gold_sets.kept("development") if coded.file.exists()]  # of most, the words are not kept


@pytest.mark.parametrize("coded", [*AT_HAND, *gold_sets.record()], ids=lambda c: c.name)
def test_no_line_of_a_real_text_is_missed_silently(coded):
    """Looked at anew, line by line: a line with an indicator's word and a number behind it has a candidate or an entry."""
    if coded not in AT_HAND and not gold_sets.SOURCES.is_dir():
        pytest.skip(NO_SOURCES)
    reading = read_report(coded.file, region=coded.region)
    told = "".join(c.sentence for c in reading.candidates) + "".join(m.sentence for m in reading.uncovered)
    seen = re.sub(r"[\s|]", "", told)
    for number, line in enumerate(reading.text.lines, start=1):
        for part in re.split("[。；！？，]", plain(line)[0]):
            marks = [m for m in mentions(part) if m.ids]
            if marks and re.match(r"(?:达|为|增长|完成)?\d+(?:\.\d+)?(?:%|亿元|万人)", part[marks[-1].end :]):
                assert part.rstrip("”’）") in seen, (number, part)


def test_the_workbook_holds_the_list(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Path("r.txt").write_text(REPORT, encoding="utf-8")
    result = CliRunner().invoke(main, ["read", "r.txt", "-o", "c.xlsx"], catch_exceptions=False)
    sheet = pd.read_excel("c.xlsx", sheet_name="not read", dtype=str)
    assert list(sheet.columns) == ["source_id", "locator", "page", "sentence", "numbers", "what"]
    assert f"gave no candidate: {len(sheet)} (sheet: not read)" in result.output
    assert {"L4", "L5", "L9"} <= set(sheet["locator"])
