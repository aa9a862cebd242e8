"""The workbook that a person goes through: what each row shows, what is yellow, what stands where."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from few_lines import reading

from hanyang_data.reader.review import review_frame, write_workbook
from hanyang_data.record.observations import default_dataset

HEAD = ("汉阳区2023年国民经济和社会发展计划执行情况与2024年国民经济和社会发展计划（草案）的报告", "2023年12月在大会上")
TABLE = (
    "指标名称 年度计划", "2023年完成情况（预计）", "总量（亿元） 增幅（%）", "地区生产总值 6.5% 870 6.2",
    "固定资产投资 9% 290 23.1", "地方一般公共预算收入 5%", "94.1（按财政部调", "整后可比口径）", "6.4",
)  # fmt: skip
CELLS = (
    "指标名称\t单位\t2023年完成情况（预计）\t2024年预期目标",
    "地区生产总值\t亿元\t870\t920",
    "社会消费品零售总额\t亿元\t590\t630",
)


def shown(*lines: str) -> pd.DataFrame:
    return review_frame(reading(*HEAD, *lines, region="hanyang"))


def test_a_row_in_conflict_with_the_record_is_doubted_and_says_what_the_record_has():
    table = shown(*TABLE)
    growth = table[(table["indicator"] == "budget_revenue") & (table["value"] == "6.4")].iloc[0]
    assert growth["record"].startswith("conflict (6.6 initial_estimate hanyang_plan_2023_2024 L76")
    assert "the record has another value of this vintage: 6.6 initial_estimate hanyang_plan_2023_2024 L76" in growth["why"]
    assert growth["confidence"] == 0.5
    told = table["record"].str.startswith("conflict")
    assert (table[told]["confidence"] == 0.5).all()
    assert (table[~told & (table["why"] == "")]["confidence"] >= 0.9).all()


def test_a_cell_is_shown_with_its_row_and_the_head_of_its_column():
    table = shown(*TABLE).set_index("value")
    assert table.loc["6.4", "sentence"] == "地方一般公共预算收入, 2023年完成情况（预计） 增幅: 【6.4】"
    assert table.loc["870", "sentence"] == "2023年完成情况（预计） 总量: 地区生产总值 6.5% 【870】 6.2"
    assert table.loc["6.5", "sentence"] == "年度计划: 地区生产总值 【6.5%】 870 6.2"
    assert table.loc["6.5", "note"] == "table, column 年度计划"
    assert table.loc["6.4", "note"] == "table, column 2023年完成情况（预计） 增幅"
    cells = shown(*CELLS).set_index("value")
    assert cells.loc["630", "sentence"] == "2024年预期目标: 社会消费品零售总额|亿元|590|【630】"
    assert cells.loc["590", "note"] == "table, column 2023年完成情况（预计）"


def test_what_a_person_checks_stands_beside_the_sentence_and_ids_behind(tmp_path):
    file = write_workbook(tmp_path / "c.xlsx", reading(*HEAD, *TABLE, region="hanyang"))
    book = openpyxl.load_workbook(file)
    sheet = book["candidates"]
    head = [cell.value for cell in sheet[1]]
    assert head[:6] == ["decision", "reason", "sentence", "indicator", "value", "unit"]
    assert set(head[6:12]) == {"year", "concept", "measure", "qualifier", "token", "locator"}
    behind = [sheet.column_dimensions[cell.column_letter] for cell in sheet[1] if cell.value in ("source_id", "basis", "page")]
    assert behind[0].outlineLevel == 1
    assert sheet.column_dimensions["G"].width <= 10 < sheet.column_dimensions["D"].width, "as wide as year and indicator are"
    texts = pd.read_excel(file, sheet_name=None, dtype=str, keep_default_na=False)
    assert set(texts["candidates"]["page"]) == {""}
    yellow = [row[0].row for row in sheet.iter_rows(min_row=2) if row[0].fill.fgColor.rgb == "00FFE699"]
    assert yellow == [n for n, why in enumerate(texts["candidates"]["why"], start=2) if why]


def test_what_is_to_be_filled_of_a_source_is_yellow(tmp_path):
    text = reading("青岚区2023年统计公报", "全年地区生产总值870亿元。", "2024年4月2日")
    sources = openpyxl.load_workbook(write_workbook(tmp_path / "c.xlsx", text))["sources"]
    to_fill = [cell.column_letter for cell in sources[2] if cell.fill.fgColor.rgb == "00FFE699"]
    assert [sources[f"{letter}1"].value for letter in to_fill] == ["title_en", "publisher", "publisher_zh"]


def test_a_source_on_record_is_shown_as_it_is_there(tmp_path):
    file = write_workbook(tmp_path / "c.xlsx", reading(*HEAD, *TABLE, region="hanyang"))
    row = pd.read_excel(file, sheet_name="sources", dtype=str, keep_default_na=False).iloc[0]
    there = default_dataset().sources.loc["hanyang_plan_2023_2024"]
    assert {column: row[column] for column in ("title_en", "publisher", "file")} == dict(there[["title_en", "publisher", "file"]])


@pytest.mark.parametrize(
    ("lines", "publisher"),
    [
        (("在青岚区第三次会议上", "青岚区发展和改革局局长　张三", "受区人民政府委托，"), "青岚区发展和改革局"),
        (("青岚市统计局 国家统计局青岚调查队", "2024年4月2日"), "青岚市统计局"),
        (("国家统计局青岚调查队",), "国家统计局青岚调查队"),
        (("青岚市人民政府市长 李四", "各位代表：现在，我代表市人民政府向大会报告工作。"), "青岚市人民政府"),
        (("各位代表：", "现在，我代表青岚县人民政府向大会报告工作，请予审议。"), "青岚县人民政府"),
        (("发布机构：青岚区财政局",), "青岚区财政局"),
        (("区长 王五", "各位代表：现在，我代表区人民政府，向大会报告工作。"), ""),
        (("各位代表：", "受市人民政府委托，现将计划执行情况提请审议。"), ""),
        (("初步核算，全年地区生产总值增长6%。市统计局数据显示，市场活跃。",), ""),
    ],
)  # fmt: skip
def test_the_publisher_is_the_body_that_the_text_prints_near_its_title(lines, publisher):
    assert reading("青岚区2023年报告", *lines, "一、2023年工作回顾").documents[0].publisher == publisher


def test_the_command_says_how_many_are_sure_with_the_record_in_view(tmp_path, monkeypatch):
    from click.testing import CliRunner

    from hanyang_data.cli.main import main

    monkeypatch.chdir(tmp_path)
    Path("r.txt").write_text("\n".join([*HEAD, *TABLE]), encoding="utf-8")
    said = CliRunner().invoke(main, ["read", "r.txt", "--region", "hanyang"], catch_exceptions=False).output
    table = pd.read_excel("candidates.xlsx", sheet_name="candidates")
    sure = int((table["confidence"] >= 0.9).sum())
    assert 0 < sure < len(table)
    assert f"candidates {len(table)}, sure {sure}, yellow {len(table) - sure}" in said
