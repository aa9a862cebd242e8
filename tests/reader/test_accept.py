"""From a report to the record and back, the way docs/add-a-report.md tells it."""

from __future__ import annotations

import filecmp
import re
import shlex
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from hanyang_data.cli.main import main
from hanyang_data.errors import HanyangError
from hanyang_data.reader.acceptance import accept
from hanyang_data.reader.taking_back import undo
from hanyang_data.record.audit import audit_sources
from hanyang_data.record.contract import COLUMNS
from hanyang_data.record.observations import open_dataset

PAGE = Path(__file__).parents[2] / "docs" / "add-a-report.md"
REPORT = """2026年汉阳区政府工作报告
2025年12月26日在武汉市汉阳区第十七届人民代表大会第一次会议上
各位代表：
一、2025年工作回顾
预计全年地区生产总值950亿元，增长6%；新增就业1.9万人。
二、2026年工作安排
2026年主要预期目标是：地区生产总值增长6.5%左右，居民收入与经济增长同步。
"""


def run(*args: str) -> str:
    result = CliRunner().invoke(main, args, catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return result.output


def decide(workbook: Path, decisions: dict[int, tuple[str, str]], default: str = "", **source: str) -> None:
    """Write decisions into rows (2 is the first) and cells into the sheet of sources."""
    book = openpyxl.load_workbook(workbook)
    sheet = book["candidates"]
    for number in range(2, sheet.max_row + 1):
        sheet.cell(number, 1).value, sheet.cell(number, 2).value = decisions.get(number, (default, ""))
    texts = book["sources"]
    head = [cell.value for cell in texts[1]]
    for name, value in {"title_en": "Government Work Report 2026", "publisher": "Hanyang District", **source}.items():
        texts.cell(2, head.index(name) + 1).value = value
    book.save(workbook)


@pytest.fixture
def workbook(tmp_path, snapshot, monkeypatch) -> Path:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    run("read", "report.txt", "-o", "candidates.xlsx", "--data", str(snapshot))
    return tmp_path / "candidates.xlsx"


def test_the_steps_of_the_page_work_as_they_are_told(tmp_path, snapshot, monkeypatch):
    monkeypatch.chdir(tmp_path)
    snapshot.rename(tmp_path / "mysnapshot")
    (tmp_path / "report.txt").write_text(REPORT, encoding="utf-8")
    commands = [
        line
        for block in re.findall(r"```bash\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL)
        for line in block.splitlines()
    ]
    assert [shlex.split(c)[1] for c in commands] == ["read", "accept", "audit", "accept"]
    assert "candidates 5, sure 5" in run(*shlex.split(commands[0])[1:])
    decide(
        Path("candidates.xlsx"),
        {},
        "accept",
        title_en="Government Work Report 2026",
        publisher="Hanyang District People's Government",
    )
    said = run(*shlex.split(commands[1])[1:])
    assert "0 of them mended (0%)" in said
    assert "new years:" in said
    run(*shlex.split(commands[2])[1:])
    assert "taken back" in run(*shlex.split(commands[3])[1:])


def test_accepted_rows_are_in_the_record_and_found_in_the_text_again(workbook, snapshot):
    before = len(open_dataset(snapshot).printed)
    decide(workbook, {3: ("reject", "a slip of the pen")}, "accept")
    report = accept(workbook, snapshot)
    data = open_dataset(snapshot)
    new = data.printed[data.printed["source_id"] == "hanyang_gwr_2026"]
    assert len(data.printed) == before + report.rows == before + 4
    assert set(new["indicator"]) == {"gdp", "new_urban_employment", "disposable_income"}
    assert data.rejects["reason"].iloc[-1] == "a slip of the pen"
    assert any("gdp outturn level: 2025" in line for line in report.new_years)
    lines = REPORT.split("\n")
    for row in new.itertuples():
        assert row.token in lines[int(re.match(r"L(\d+)", row.locator)[1]) - 1]


def test_hanyang_audit_finds_every_accepted_figure_again(workbook, snapshot, tmp_path):
    harder = REPORT + "".join(
        [
            "三、附记\n2025年固定资产投资下降2.4%，新增就业19000人，一般公共预算收入943000万元。\n",
            "2025年社会消费品零售总额迈上2000亿元台阶。\n",
            "指标名称\t单位\t2025年预计\t2026年目标\n城镇调查失业率\t%\t5.1\t5.5以内\n",
        ]
    )
    (tmp_path / "harder.txt").write_text(harder, encoding="utf-8")
    run("read", "harder.txt", "-o", "harder.xlsx", "--data", str(snapshot))
    decide(tmp_path / "harder.xlsx", {}, "accept")
    assert accept(tmp_path / "harder.xlsx", snapshot).rows >= 9
    assert audit_sources(tmp_path, open_dataset(snapshot)).faults == []


def test_undo_gives_the_files_back_byte_for_byte(workbook, snapshot, tmp_path):
    import shutil

    copy = shutil.copytree(snapshot, tmp_path / "copy")
    decide(workbook, {}, "accept")
    rows = accept(workbook, snapshot).rows
    assert undo(snapshot) == rows
    assert all(filecmp.cmp(copy / name, snapshot / name, shallow=False) for name in COLUMNS)
    with pytest.raises(HanyangError, match="no acceptance to take back"):
        undo(snapshot)


def test_undo_refuses_when_the_files_were_changed_since(workbook, snapshot):
    decide(workbook, {}, "accept")
    accept(workbook, snapshot)
    with (snapshot / "observations.csv").open("a", encoding="utf-8") as handle:
        handle.write("# a comment\n")
    with pytest.raises(HanyangError, match="was changed since"):
        undo(snapshot)


def test_nothing_is_taken_in_twice_or_by_halves(workbook, snapshot):
    with pytest.raises(HanyangError, match="no row has a decision"):
        accept(workbook, snapshot)
    decide(workbook, {2: ("reject", "")})
    with pytest.raises(HanyangError, match="needs its reason"):
        accept(workbook, snapshot)
    decide(workbook, {2: ("maybe", "")})
    with pytest.raises(HanyangError, match="is no decision"):
        accept(workbook, snapshot)
    decide(workbook, {}, "accept", published_on="soon")
    before = (snapshot / "observations.csv").read_bytes()
    with pytest.raises(HanyangError, match="published_on"):
        accept(workbook, snapshot)
    assert (snapshot / "observations.csv").read_bytes() == before
    decide(workbook, {}, "accept", published_on="2025-12-26")
    first = accept(workbook, snapshot)
    again = accept(workbook, snapshot)
    assert (again.rows, again.known) == (0, first.rows)


def test_a_users_mistake_is_one_sentence(tmp_path, snapshot):
    for args in (
        ["read", "missing.pdf"],
        ["accept", "missing.xlsx", "--data", str(snapshot)],
        ["accept", "--data", str(snapshot)],
    ):
        result = CliRunner().invoke(main, args)
        assert result.exit_code == 2
        assert "Traceback" not in result.output


def test_the_notebook_runs_as_it_is_committed(tmp_path):
    import nbformat
    from nbclient import NotebookClient

    notebook = nbformat.read(Path(__file__).parents[2] / "notebooks" / "read.ipynb", as_version=4)
    NotebookClient(notebook, kernel_name="python3", resources={"metadata": {"path": str(tmp_path)}}).execute()
    assert (tmp_path.parent / "build" / "lab" / "read" / "candidates.xlsx").exists()
    shown = "".join(str(cell.get("outputs", "")) for cell in notebook.cells)
    assert "【512.3亿元】" in shown
    assert "服务业增加值占地区生产总值比重达54%" in shown
