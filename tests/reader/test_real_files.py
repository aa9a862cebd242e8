"""Real files with tables in columns, read back with page and line; a scan is refused in a sentence."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from click.testing import CliRunner

sys.path.insert(0, str(Path(__file__).parent))

from made_files import Page, pdf, word

from hanyang_data.cli.main import main
from hanyang_data.reader.candidates import Candidate
from hanyang_data.reader.reading import read_report
from hanyang_data.reader.texts import Text, read_text

TITLE = "汉阳区2023年国民经济和社会发展计划执行情况与2024年国民经济和社会发展计划（草案）的报告"
GIVEN = "2023年12月在武汉市汉阳区第十六届人民代表大会第三次会议上"
PROSE = "一、2023年国民经济和社会发展计划执行情况"
ROWS = [
    ["指标名称", "2023年计划", "2023年完成（亿元）", "2023年增幅（%）", "2024年计划"],
    ["地区生产总值", "6.5%左右", "860", "6", "6.5%"],
    ["固定资产投资", "10%", "280", "23.6", "8%以上"],
    ["社会消费品零售总额", "8%", "590", "6.5", "7%"],
    ["一般公共预算收入", "6%", "94.3", "6.6", "与经济增长同步"],
]
TABLE = {
    ("gdp", "2023", "target", "growth", "6.5"), ("gdp", "2023", "outturn", "level", "860"),
    ("gdp", "2023", "outturn", "growth", "6"), ("gdp", "2024", "target", "growth", "6.5"),
    ("fixed_asset_investment", "2023", "target", "growth", "10"), ("fixed_asset_investment", "2023", "outturn", "level", "280"),
    ("fixed_asset_investment", "2023", "outturn", "growth", "23.6"), ("fixed_asset_investment", "2024", "target", "growth", "8"),
    ("retail_sales", "2023", "target", "growth", "8"), ("retail_sales", "2023", "outturn", "level", "590"),
    ("retail_sales", "2023", "outturn", "growth", "6.5"), ("retail_sales", "2024", "target", "growth", "7"),
    ("budget_revenue", "2023", "target", "growth", "6"), ("budget_revenue", "2023", "outturn", "level", "94.3"),
    ("budget_revenue", "2023", "outturn", "growth", "6.6"), ("budget_revenue", "2024", "target", "growth", ""),
}  # fmt: skip
COLUMNS = """一、2023年国民经济和社会发展计划执
行情况。全年地区生产总值突破860亿元，
增长6%，区域经济保持平稳运行的态势。
固定资产投资完成280亿元，较上年增长
23.6%，重大项目建设持续加快推进中。
社会消费品零售总额完成590亿元，较上

年增长6.5%，消费市场持续恢复向好中。
一般公共预算收入完成94.3亿元，增长了
6.6%，收入质量在全市各城区居于前列。
二、2024年国民经济和社会发展计划安排
主要预期目标是：地区生产总值增长6.5%，
固定资产投资增长8%以上，就业1.7万人。"""


def rows(candidates: list[Candidate]) -> set[tuple[str, ...]]:
    return {tuple(c.row[k] for k in ("indicator", "year", "concept", "measure", "value")) for c in candidates}


def stands_there(text: Text, candidate: Candidate) -> bool:
    """Whether the token stands in the line that the locator names."""
    line = int(re.match(r"L(\d+)", candidate.row["locator"])[1])  # type: ignore[index]
    return candidate.row["token"] in text.lines[line - 1]


def test_a_pdf_with_ruled_tables_on_two_pages(tmp_path):
    first = Page((60, 60, TITLE), (60, 80, GIVEN), (60, 100, PROSE), (60, 120, "新增就业1.9万人。"), size=8)
    second = Page((60, 60, "续表"), (60, 400, "实际利用外资7.9亿美元。"))
    file = pdf(tmp_path / "r.pdf", first.table(ROWS[:3], 160, 90), second.table([ROWS[0], *ROWS[3:]], 90, 90))
    reading = read_report(file)
    assert rows(reading.candidates) >= TABLE
    pages = {c.row["indicator"]: c.page for c in reading.candidates}
    assert (pages["gdp"], pages["retail_sales"], pages["foreign_capital"], pages["new_urban_employment"]) == (1, 2, 2, 1)
    assert all(stands_there(reading.text, c) for c in reading.candidates)


def test_a_pdf_with_a_table_without_rules(tmp_path):
    places = (60, 180, 260, 370, 470)
    cells = [(x, 140 + 18 * k, text) for k, row in enumerate(ROWS) for x, text in zip(places, row, strict=True)]
    file = pdf(tmp_path / "r.pdf", Page((60, 60, TITLE), (60, 80, GIVEN), (60, 100, PROSE), *cells, size=8))
    reading = read_report(file)
    assert rows(reading.candidates) >= TABLE
    assert all(c.page == 1 and stands_there(reading.text, c) for c in reading.candidates)


def test_an_empty_cell_of_a_table_without_rules_stays_empty(tmp_path):
    places = (60, 180, 260, 370, 470)
    table = [ROWS[0], ROWS[1], ["实际利用外资（亿美元）", "", "7.9", "", "8%"], *ROWS[3:]]
    cells = [(x, 140 + 18 * k, text) for k, row in enumerate(table) for x, text in zip(places, row, strict=True) if text]
    file = pdf(tmp_path / "r.pdf", Page((60, 60, TITLE), (60, 80, GIVEN), (60, 100, PROSE), *cells, size=8))
    found = {row for row in rows(read_report(file).candidates) if row[0] == "foreign_capital"}
    assert found == {("foreign_capital", "2023", "outturn", "level", "7.9"), ("foreign_capital", "2024", "target", "growth", "8")}


def test_a_pdf_in_two_columns_of_prose_is_read_column_by_column(tmp_path):
    left, right = (part.split("\n") for part in COLUMNS.split("\n\n"))
    words = [(x, 140 + 20 * k, text) for x, lines in ((60, left), (315, right)) for k, text in enumerate(lines)]
    file = pdf(tmp_path / "r.pdf", Page((60, 60, TITLE), (60, 80, GIVEN), *words, size=8))
    reading = read_report(file)
    assert rows(reading.candidates) == {
        ("gdp", "2023", "outturn", "level", "860"), ("gdp", "2023", "outturn", "growth", "6"),
        ("fixed_asset_investment", "2023", "outturn", "level", "280"),
        ("fixed_asset_investment", "2023", "outturn", "growth", "23.6"),
        ("retail_sales", "2023", "outturn", "level", "590"), ("retail_sales", "2023", "outturn", "growth", "6.5"),
        ("budget_revenue", "2023", "outturn", "level", "94.3"), ("budget_revenue", "2023", "outturn", "growth", "6.6"),
        ("gdp", "2024", "target", "growth", "6.5"), ("fixed_asset_investment", "2024", "target", "growth", "8"),
    }  # fmt: skip
    assert reading.text.lines[2:4] == left[:2]


def test_a_word_file_with_groups_of_columns_and_merged_cells(tmp_path):
    head = ["指标名称", "2023年计划", "2023年完成", "", "2024年计划"]
    under = ["", "", "总量（亿元）", "增幅（%）", ""]
    merged = [(0, 0, 1, 0), (0, 1, 1, 1), (0, 2, 0, 3), (0, 4, 1, 4)]
    file = word(tmp_path / "r.docx", [TITLE, GIVEN, PROSE, "新增就业1.9万人。"], [head, under, *ROWS[1:]], merged)
    reading = read_report(file)
    assert rows(reading.candidates) >= TABLE
    assert all(stands_there(reading.text, c) for c in reading.candidates)


def test_a_scan_is_refused_in_a_sentence(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    pdf(tmp_path / "scan.pdf", Page().picture())
    result = CliRunner().invoke(main, ["read", "scan.pdf"])
    assert result.exit_code == 2
    assert result.output == "error: scan.pdf holds no Chinese text: a scan? Run OCR on it and give the text\n"
    assert not Path("candidates.xlsx").exists()


def test_a_page_with_text_before_a_scanned_one_keeps_its_number(tmp_path):
    file = pdf(tmp_path / "r.pdf", Page().picture(), Page((60, 60, TITLE), (60, 80, "新增就业1.9万人。"), size=8))
    assert set(read_text(file).pages) == {2}
