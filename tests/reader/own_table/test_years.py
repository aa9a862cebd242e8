"""Years as tables have them: read with the word beside them, and no figure without a year is left out in silence."""

import pandas as pd
import pytest
from click.testing import CliRunner
from made_tables import GDP, book, read

import hanyang_data as hd
from hanyang_data.cli.main import main
from hanyang_data.errors import SnapshotError

DOWN = [["年份", "GDP（亿元）"], [2023, 1100], [2022, 1000]]
ODD = ["2019*", "2019①", "2019E", "2O19", 2019.12, 20199, pd.Timestamp("2019-06-30"), "2019年预计"]
EMPTY = "is empty {} figures: write the year"


@pytest.mark.parametrize("cell", ODD, ids=map(str, ODD))
@pytest.mark.parametrize("at", [1, 2, 3], ids=["first", "middle", "last"])
def test_a_year_that_is_none_is_asked_about_wherever_it_stands(tmp_path, cell, at):
    rows = [list(row) for row in DOWN]
    rows.insert(at, [cell, 900])
    across = [["指标", *[row[0] for row in rows[1:]]], ["GDP（亿元）", *[row[1] for row in rows[1:]]]]
    long = [["指标", "年份", "数值"], *[["GDP（亿元）", *row] for row in rows[1:]]]
    for table in (rows, across, long):
        with pytest.raises(SnapshotError, match="stands among years and is none: a table holds whole years"):
            hd.dataset_from_file(book(tmp_path / "t.xlsx", ("S", table)), region="汉阳")
        text = "\n".join(",".join(map(str, row)) for row in table)
        (tmp_path / "t.csv").write_text(text, encoding="utf-8")
        with pytest.raises(SnapshotError, match="stands among years and is none: a table holds whole years"):
            hd.dataset_from_file(tmp_path / "t.csv", region="汉阳")


MARKED = {"2024（快报）": "initial_estimate", "2024年(初步核算数)": "preliminary", "2024 final": "final"}


@pytest.mark.parametrize(("cell", "vintage"), MARKED.items())
def test_a_word_beside_a_year_is_its_vintage_and_is_said(tmp_path, cell, vintage):
    down = [DOWN[0], [cell, 1200], *DOWN[1:]]
    across = [["指标", *[row[0] for row in down[1:]]], ["GDP（亿元）", *[row[1] for row in down[1:]]]]
    for rows, place in ((down, "A2"), (across, "B1")):
        data = hd.dataset_from_file(book(tmp_path / "t.xlsx", ("汉阳", rows)), vintage="revised")
        assert read(data) == GDP | {("hanyang", "gdp", "l", 2024): 1200}
        assert dict(zip(data.printed["year"], data.printed["vintage"], strict=True)) == {2024: vintage} | dict.fromkeys(
            (2022, 2023), "revised"
        )
        assert f"汉阳, cell {place}: {cell!r} is read as 2024, {vintage}" in map(str, data.oddities)


DATELESS = {
    "a year that is empty": ([["年份", "GDP（亿元）"], [2020, 1], [None, 2], [2022, 3]], "A3.*" + EMPTY.format("beside")),
    "the last year empty": ([["年份", "GDP（亿元）"], [2020, 1], [None, 2]], "A3.*" + EMPTY.format("beside")),
    "the first year empty": ([["年份", "GDP（亿元）"], [None, "约2"], [2020, 1]], "A2.*" + EMPTY.format("beside")),
    "a year for two regions": (
        [["地区", "年份", "GDP（亿元）"], ["汉阳", 2020, 1], ["武昌", None, 2]], "B3.*" + EMPTY.format("beside")
    ),
    "an empty head among years": ([["指标", 2020, None, 2022], ["GDP（亿元）", 1, 2, 3]], "C1.*" + EMPTY.format("above")),
    "an empty head before years": ([["指标", None, 2022], ["GDP（亿元）", 1, 3]], "B1.*" + EMPTY.format("above")),
    "words below a year that is none": (
        [["指标", "2020*", 2021], ["GDP增速目标（%）", "正增长", 6]], r"B1: '2020\*' stands among years and is none"
    ),
    "words beside a year that is none": (
        [["年份", "GDP增速目标（%）"], ["2020*", "正增长"], [2021, 6]], "B2: '正增长' is no indicator"
    ),
    "another table above": (
        [["年份", "GDP（亿元）"], ["2021Q1", 1], [None, None], ["年份", "GDP（亿元）"], [2021, 5]],
        "B2: '1' stands above the table that is read",
    ),
    "a second column of values": (
        [["指标", "年份", "数值", "增速（%）"], ["GDP（亿元）", 2021, 5, 6]], "D1: '增速（%）' stands beside a column of values"
    ),
}  # fmt: skip


@pytest.mark.parametrize(("rows", "asks"), DATELESS.values(), ids=DATELESS)
def test_figures_without_a_year_are_asked_about(tmp_path, rows, asks):
    with pytest.raises(SnapshotError, match=asks):
        hd.dataset_from_file(book(tmp_path / "t.xlsx", ("S", rows)), region="汉阳")


QUARTERS = pd.DataFrame({"GDP（亿元）": [290, 330, 500, 900]})
ENDS = pd.to_datetime(["2021-03-31", "2021-06-30", "2021-09-30", "2021-12-31"])
OF_QUARTERS = {
    "index": QUARTERS.set_index(ENDS), "column": QUARTERS.assign(日期=ENDS), "periods": QUARTERS.set_index(ENDS.to_period("Q")),
    "texts": QUARTERS.set_index(ENDS.to_period("Q").astype(str)),
}  # fmt: skip


@pytest.mark.parametrize("frame", OF_QUARTERS.values(), ids=OF_QUARTERS)
def test_quarters_are_no_year(frame):
    with pytest.raises(SnapshotError, match="row 1, column '(year|日期|index)': .* stands among years and is none"):
        hd.dataset_from_frame(frame, region="汉阳")


def test_the_command_says_so_too(tmp_path):
    (tmp_path / "a.csv").write_text("指标,2023*,2022,2021\nGDP（亿元）,1410,1330,1290\n", encoding="utf-8")
    shown = CliRunner().invoke(main, ["import", str(tmp_path / "a.csv"), "--region", "汉阳", "-o", str(tmp_path / "a")])
    assert (shown.exit_code, (tmp_path / "a").exists()) == (2, False)
    assert shown.output == "error: a, cell B1: '2023*' stands among years and is none: a table holds whole years, such as 2020\n"
