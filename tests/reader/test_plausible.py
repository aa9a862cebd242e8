"""What is asked before a figure is taken in, and what a person then sees change in the studies."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import openpyxl
import pandas as pd
import pytest
from click.testing import CliRunner

from hanyang_data.cli.main import main
from hanyang_data.reader.plausible import questions
from hanyang_data.record.observations import default_dataset, open_dataset
from hanyang_data.studies.consequences import changes

HEAD = "2026年汉阳区政府工作报告\n2025年12月26日在武汉市汉阳区第十七届人民代表大会第一次会议上\n一、2025年工作回顾\n"


def figure(value: str, year: str = "2024", measure: str = "level", **other: str) -> pd.DataFrame:
    """One row that claims something."""
    row = {
        "region": "hanyang", "indicator": "gdp", "year": year, "period": "annual", "concept": "outturn",
        "measure": measure, "value": value, "qualifier": "point",
    }  # fmt: skip
    return pd.DataFrame([row | other], index=[7])


def asked(rows: pd.DataFrame) -> list[str]:
    return [q.text.en for q in questions(rows, default_dataset())]


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        (figure("8900"), "about 10 times the 860 of 2023"),
        (figure("89000"), "about 100 times"),
        (figure("8.9"), "about a 100th"),
        (figure("0.09"), "out of all proportion"),
        (figure("700", indicator="budget_revenue", year="2022"), "about 10 times the 86.58 of 2022"),
        (figure("30000", year="2023"), "30,000 against 860 in 2023: can it have changed so much"),
        (figure("500", measure="growth"), "out of all proportion"),
        (figure("600", region="wuhan", year="2023"), "600 against 20,000 in 2023"),
        (figure("45", measure="growth", indicator="budget_revenue", year="2016"), "make 15.9%, the growth printed is 45%"),
    ],
)
def test_what_looks_wrong_is_asked_about(rows, said):
    (question,) = asked(rows)
    assert said in question


def test_a_district_is_not_more_than_its_city_and_a_city_not_less_than_its_district():
    data = default_dataset()
    city = data.series("wuhan", "new_urban_employment", "level", "outturn").iloc[-1]
    year, whole = str(city["year"]), float(city["value"])
    over = figure(str(whole * 1.2), year, indicator="new_urban_employment", region="qingshan")
    assert "more than all of Wuhan has" in asked(over)[0]


def test_what_is_usual_is_not_asked_about():
    assert asked(figure("905")) == []
    assert asked(figure("5.2", measure="growth")) == []
    assert asked(figure("90", concept="target")) == []
    assert asked(figure("")) == []


def test_the_question_is_in_chinese_too():
    (question,) = questions(figure("8900"), default_dataset())
    assert question.row == 7
    assert question.text.zh == "8,900约为2023年860的10倍：单位是否有误？"


def test_the_record_itself_is_asked_about_rarely():
    """Each text against the others: what is asked about are figures known to be odd (docs/add-a-report.md says how many)."""
    data = default_dataset()
    count = 0
    for source, rows in data.printed.groupby("source_id"):
        others = replace(data, observations=data.observations[data.observations["source_id"] != source])
        count += len(questions(rows, others))
    assert count <= 0.01 * len(data.printed)


def run(*args: str, code: int = 0) -> str:
    result = CliRunner().invoke(main, args, catch_exceptions=False)
    assert result.exit_code == code, result.output
    return result.output


def decide(workbook: Path, reason: str = "") -> None:
    book = openpyxl.load_workbook(workbook)
    sheet = book["candidates"]
    for number in range(2, sheet.max_row + 1):
        sheet.cell(number, 1).value, sheet.cell(number, 2).value = "accept", reason
    book["sources"]["C2"], book["sources"]["D2"] = "Government Work Report 2026", "Hanyang District"
    book.save(workbook)


@pytest.fixture
def read(tmp_path, snapshot, monkeypatch):
    """Write a report, read it into a workbook, accept every row with one reason."""
    monkeypatch.chdir(tmp_path)

    def start(body: str, reason: str = "") -> Path:
        Path("report.txt").write_text(HEAD + body, encoding="utf-8")
        run("read", "report.txt", "-o", "c.xlsx", "--data", str(snapshot))
        decide(Path("c.xlsx"), reason)
        return snapshot

    return start


def test_an_implausible_figure_is_asked_about_and_taken_with_its_answer_alone(read):
    folder = read("预计全年地区生产总值9500亿元。\n")
    shown = pd.read_excel("c.xlsx", sheet_name="candidates")
    assert "about 10 times the 860 of 2023" in shown["why"][0]
    assert shown["confidence"][0] <= 0.5
    before = (folder / "observations.csv").read_bytes()
    said = run("accept", "c.xlsx", "--data", str(folder), code=2)
    assert "row 2, gdp of hanyang in 2025 (level): 9,500 is about 10 times the 860 of 2023" in said
    assert (folder / "observations.csv").read_bytes() == before
    decide(Path("c.xlsx"), "printed so, seen on paper")
    run("accept", "c.xlsx", "--data", str(folder))
    assert open_dataset(folder).printed["note"].iloc[-1] == "checked: printed so, seen on paper"


def test_accept_says_which_years_and_verdicts_of_the_studies_change(read):
    folder = read("2024年地区生产总值增长4%。预计全年地区生产总值增长6%。全市地区生产总值增长5%。\n")
    said = run("accept", "c.xlsx", "--data", str(folder))
    assert "Growth gap, GDP, Hanyang against Wuhan: 2024 is new: −1.2 pp, the district grew more slowly" in said
    assert "Target of Hanyang, GDP (growth, as first set): 2024 is new: missed (−2.0 pp)" in said
    assert 'Target of Wuhan, GDP (growth, as first set): 2025 flips from "met" to "missed"' in said
    run("accept", "--undo", "--data", str(folder))
    in_chinese = run("accept", "c.xlsx", "--data", str(folder), "--lang", "zh")
    assert "武汉市地区生产总值目标（增速，年初目标）：2025年由“达到”变为“未达到”" in in_chinese


def test_what_touches_no_study_says_so(read):
    folder = read("举办展会25场。\n")
    assert "no verdict of a growth gap or a target changes" in run("accept", "c.xlsx", "--data", str(folder))
    assert changes(folder, folder, [("nowhere", "gdp")])[0].zh == "增速差和目标的判断均无变化"
    run("accept", "c.xlsx", "--data", str(folder), "--lang", "fr", code=2)


@pytest.mark.parametrize(
    ("column", "cell"), [("year", "abc"), ("value", "1e400"), ("value", "x"), ("region", "nowhere"), ("measure", "")]
)
def test_a_spoiled_cell_is_named_in_a_sentence(read, column, cell):
    folder = read("全年地区生产总值950亿元。\n")
    book = openpyxl.load_workbook("c.xlsx")
    sheet = book["candidates"]
    sheet.cell(2, [c.value for c in sheet[1]].index(column) + 1).value = cell
    book.save("c.xlsx")
    assert f"column {column}: found {cell!r}" in run("accept", "c.xlsx", "--data", str(folder), code=2)


def test_a_rate_on_a_comparable_basis_need_not_fit_the_levels():
    rate = figure("45", measure="growth", indicator="budget_revenue", year="2016")
    assert len(asked(rate)) == 1
    assert asked(rate.assign(basis="comparable")) == []
