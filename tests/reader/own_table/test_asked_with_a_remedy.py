"""What cannot be read says what to do: all such cells at once, the units there are, the sheet to hide, whole years alone."""

import pandas as pd
import pytest
from made_tables import GDP, book, read

import hanyang_data as hd
from hanyang_data.errors import HanyangError, SnapshotError

LEVELS = [["年份", "GDP（亿元）"], [2022, 1000], [2023, 1100]]
ASKED = {
    "a word": ([["年份", "GDP（亿元）"], [2022, "持平"]], "'持平' is no number: write it with at most one word such as 约 or"),
    "several cells": (
        [["年份", "GDP（亿元）", "社零（亿元）"], [2022, "1400*", 5], [2023, 1, "#DIV/0!"]],
        r"cell B2: '1400\*' is no number: .* the cell empty; and so on in 1 more: cell C3$",
    ),
    "quarters": ([["年份", "GDP（亿元）"], ["2023Q1", 1]], "A2: '2023Q1' stands among years and is none: a table holds"),
    "quarters under another head": ([["期", "GDP（亿元）"], ["2023年上半年", 1]], "A2: '2023年上半年' stands among years"),
    "quarters across": ([["指标", "2023年一季度"], ["GDP（亿元）", 1]], "B1: '2023年一季度' stands among years and is none"),
    "a column of quarters": ([["年份", "季度", "GDP（亿元）"], [2023, 1, 5]], "B1: '季度' stands beside years: a table"),
    "two columns of years": ([["年份", "年份", "GDP（亿元）"], [2023, 2022, 5]], "B1: '年份' stands beside years: a table"),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "asks"), ASKED.values(), ids=ASKED)
def test_what_cannot_be_read_says_what_to_do(tmp_path, rows, asks):
    with pytest.raises(SnapshotError, match=asks):
        hd.dataset_from_file(book(tmp_path / "t.xlsx", ("汉阳", rows)))


def test_a_comma_with_one_reading_is_read_and_another_is_asked(tmp_path):
    (tmp_path / "t.csv").write_text("年份;GDP（万元）\n2022;10,000,000\n2023;11,000,000\n", encoding="utf-8")
    assert read(hd.dataset_from_file(tmp_path / "t.csv", region="汉阳")) == GDP
    (tmp_path / "t.csv").write_text("年份;GDP（亿元）\n2022;1,500\n", encoding="utf-8")
    with pytest.raises(SnapshotError, match="cell B2: '1,500' may be 1500 or 1.500: write it without the comma"):
        hd.dataset_from_file(tmp_path / "t.csv", region="汉阳")


def test_units_that_are_taken_in_are_named():
    frame = pd.DataFrame({"年份": [2022], "PM2.5（微克/立方米）": [46]})
    asks = r"names no unit: say --units .*=个' .*: 亿元, 亿美元, 元, 万人, 个 \(a bare number\) or %, and no other is taken in"
    with pytest.raises(SnapshotError, match=asks):
        hd.dataset_from_frame(frame, region="汉阳", indicators={"PM2.5（微克/立方米）": "pm25"})


def test_a_sheet_of_words_is_left_out_and_one_of_figures_is_asked_about(tmp_path):
    words = book(tmp_path / "t.xlsx", ("汉阳", LEVELS), ("说明", [["数据来自年鉴", "2020年起为新口径"]]))
    data = hd.dataset_from_file(words)
    assert read(data) == GDP
    assert "说明: holds no figures and is left out" in map(str, data.oddities)
    figures = book(tmp_path / "t.xlsx", ("汉阳", LEVELS), ("换算", [["万元", 10000]]))
    with pytest.raises(SnapshotError, match="^换算: no row and no column of years .*; hide the sheet if it holds no table$"):
        hd.dataset_from_file(figures)
    with pytest.raises(SnapshotError, match=r"^t.xlsx: holds no figure$"):
        hd.dataset_from_file(book(tmp_path / "t.xlsx", ("a", [["x"]]), ("b", [["y"]])))


def test_each_sheet_may_be_an_indicator(tmp_path):
    sheets = [
        (name, [["年份", "汉阳", "武汉"], [2022, value, 10 * value]]) for name, value in (("GDP", 1000), ("社零（亿元）", 300))
    ]
    data = hd.dataset_from_file(book(tmp_path / "t.xlsx", *sheets), units={"GDP": "亿元"})
    assert read(data) == {
        (region, indicator, "l", 2022): value * (1 if region == "hanyang" else 10)
        for indicator, value in (("gdp", 1000), ("retail_sales", 300))
        for region in ("hanyang", "wuhan")
    }


@pytest.mark.parametrize("head", ["GDP增速计划（%）", "GDP预期增速（%）", "GDP计划增长（%）", "Planned GDP growth (%)"])
def test_a_plan_is_a_target(head):
    frame = pd.DataFrame({"年份": [2022], head: [6]})
    with pytest.raises(HanyangError, match="is a target: say since when it was public"):
        hd.dataset_from_frame(frame, region="汉阳")
    data = hd.dataset_from_frame(frame, region="汉阳", targets_published_on="2021")
    assert data.printed[["concept", "published_on"]].values.tolist() == [["target", "2021"]]
    told = hd.dataset_from_frame(frame, region="汉阳", indicators={head: "gdp"}, targets_published_on="01")
    assert told.printed[["concept", "published_on"]].values.tolist() == [["target", "2022-01"]]


def test_a_quotation_mark_that_is_not_closed_is_named_with_its_row(tmp_path):
    data = hd.dataset_from_frame(
        pd.DataFrame({"年份": [2021, 2022], "GDP（亿元）": [1, 2]}), region="汉阳", folder=tmp_path / "d"
    )
    file = data.path / "observations.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("A3", '"A3').replace("B3", '"B3'), encoding="utf-8")
    with pytest.raises(SnapshotError, match=r"observations.csv, row 3: cannot be read as CSV: .* quotation mark not closed\?$"):
        hd.open_dataset(data.path)
