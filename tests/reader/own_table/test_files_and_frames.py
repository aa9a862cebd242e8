"""CSV in any coat, Stata files and frames are tables too; the source is said, and a file that is none leaves nothing."""

import re
from datetime import date

import pandas as pd
import pytest
from click.testing import CliRunner
from made_tables import GDP, GROWTH, book, read

import hanyang_data as hd
from hanyang_data.cli.main import main
from hanyang_data.errors import HanyangError, SnapshotError
from hanyang_data.studies.scope import Scope

LEVELS = [["年份", "地区生产总值（亿元）"], ["2022年", 1000], ["2023年", 1100]]
BESIDE = [["年", "GDP（亿元）", "增速（%）"], [2022, 1000, 3.5], [2023, 1100, 7]]
TEXTS = {
    "GBK": ('年份,GDP（亿元）\n2022年,"1,000"\n2023年,1100\n', "gb18030"),
    "semicolons": ("年份;GDP（亿元）\n2022;1000\n2023;1100\n", "utf-8"),
    "UTF-16 with tabs": ("年份\tGDP（亿元）\n2022\t1000\n2023\t1100\n", "utf-16"),
}


@pytest.mark.parametrize(("text", "encoding"), TEXTS.values(), ids=TEXTS)
def test_csv_in_any_coat(tmp_path, text, encoding):
    file = tmp_path / "汉阳 的表.csv"
    file.write_bytes(text.encode(encoding))
    assert read(hd.dataset_from_file(file, region="汉阳")) == GDP


def test_stata_with_labels_and_short_floats(tmp_path):
    frame = pd.DataFrame({"year": [2022, 2023], "y": pd.Series([0.1, 0.11], dtype="float32"), "g": [3.5, 7.0]})
    labels = {"y": "GDP（万亿元）", "g": "GDP增速（%）"}
    frame.to_stata(tmp_path / "t.dta", write_index=False, variable_labels=labels, version=118)
    assert read(hd.dataset_from_file(tmp_path / "t.dta", region="汉阳")) == pytest.approx(GDP | GROWTH)


@pytest.mark.parametrize(
    "frame",
    [
        pd.DataFrame({"年份": [2022, 2023], "GDP（亿元）": [1000, 1100.0]}),
        pd.DataFrame({"GDP（亿元）": [1000, 1100.0]}, index=pd.Index([2022, 2023], name="year")),
        pd.DataFrame({"GDP（亿元）": [1000, 1100.0]}, index=[2022, 2023]),
        pd.DataFrame({"GDP（亿元）": [1000, 1100.0]}, index=pd.to_datetime(["2022", "2023"])),
        pd.DataFrame({"GDP（亿元）": [1000, 1100.0]}, index=pd.PeriodIndex(["2022", "2023"], freq="Y")),
        pd.DataFrame({2022: [1000], 2023: [1100]}, index=pd.Index(["GDP（亿元）"], name="指标")),
    ],
    ids=["column", "index", "index without a name", "days", "periods", "across"],
)
def test_a_frame_with_its_years_wherever_pandas_keeps_them(frame):
    assert read(hd.dataset_from_frame(frame, region="汉阳")) == GDP


def test_a_frame_is_asked_about_by_row_and_column():
    frame = pd.DataFrame({"年份": [2022, 2023], "GDP（亿元）": [1000, "很多"]})
    with pytest.raises(SnapshotError, match=r"row 2, column 'GDP（亿元）': '很多' is no number"):
        hd.dataset_from_frame(frame, region="汉阳")
    with pytest.raises(SnapshotError, match="heads in several rows"):
        hd.dataset_from_frame(pd.concat({"a": frame}, axis="columns"))


@pytest.mark.parametrize(("table", "says"), [
    (pd.Series([1, 2], index=[2021, 2022]), r"the table is a Series: give a frame, such as of series.to_frame\('GDP（亿元）'\)"),
    (pd.DataFrame([[2021, 1, 2]], columns=["年份", *["GDP（亿元）"] * 2]), "two columns 'GDP（亿元）': rename or drop one"),
])  # fmt: skip
def test_what_is_no_frame_and_a_name_that_stands_twice_are_one_sentence(table, says):
    with pytest.raises(SnapshotError, match=says):
        hd.dataset_from_frame(table, region="武汉")


def test_own_regions_indicators_and_units_are_taken_as_told():
    frame = pd.DataFrame({"年份": [2022], "粮食": [5.0], "GDP": [2.08]})
    data = hd.dataset_from_frame(
        frame, region="成都市", regions={"成都市": "chengdu"}, indicators={"粮食": "grain"},
        units={"粮食": "万元", "GDP": "万亿元"},
    )  # fmt: skip
    assert read(data) == {("chengdu", "grain", "l", 2022): 50000, ("chengdu", "gdp", "l", 2022): 20800}
    assert data.regions.loc["chengdu", ["name_en", "name_zh", "level"]].tolist() == ["Chengdu", "成都市", "city"]
    assert hd.load("粮食", "成都", "level", dataset=data).attrs["indicator"] == "grain"
    assert [str(said).partition(":")[0] for said in data.oddities] == ["column '粮食'", "column 'GDP'", "grain"]


def test_where_a_figure_comes_from_is_said_honestly(tmp_path):
    file = book(tmp_path / "my.xlsx", ("Sheet1", LEVELS))
    data = hd.dataset_from_file(file, region="汉阳", vintage="final", reliability="secondary", published_on="2024年3月1日")
    row = data.printed.iloc[0]
    assert row[["locator", "reliability", "vintage", "published_on"]].tolist() == ["B2", "secondary", "final", "2024-03-01"]
    assert hd.cite(data.printed, "en", data) == "own compilation, my.xlsx, Sheet1 (2024-03-01)"
    of_own = hd.load("gdp", "汉阳", "level", dataset=data)
    for ask in (lambda: hd.cite(of_own), lambda: hd.export(of_own, tmp_path / "own.xlsx")):
        with pytest.raises(
            HanyangError, match="^unknown source 'own_table': .*; if the frame is of data of your own, say dataset=$"
        ):
            ask()
    typed = hd.dataset_from_file(file, region="汉阳")  # as from a yearbook: no mark on any figure
    assert hd.load("gdp", "汉阳", "level", dataset=typed)["flag"].tolist() == ["", ""]
    (tmp_path / "长.csv").write_text("年份,GDP（亿元）\n2022,1\n", encoding="utf-8")
    named = hd.dataset_from_file(tmp_path / "长.csv", region="汉阳").sources.iloc[0]
    assert named[["title_en", "title_zh"]].tolist() == ["长.csv", "长.csv"]
    assert hd.load("gdp", "汉阳", "level", dataset=data)["flag"].tolist() == ["secondary", "secondary"]
    with pytest.raises(HanyangError, match="vintage is 'finl': did you mean final"):
        hd.dataset_from_file(file, region="汉阳", vintage="finl")
    for day in ("2024年13月", "last spring", "2024-02-30"):
        with pytest.raises(HanyangError, match=f"^--published-on is '{day}': write a day such as 2024-03-01$"):
            hd.dataset_from_file(file, region="汉阳", published_on=day)


def test_import_makes_a_folder_that_all_commands_take(tmp_path):
    file = book(tmp_path / "我的 表.xlsx", ("Sheet1", BESIDE))
    folder = tmp_path / "my folder"
    shown = CliRunner().invoke(main, ["import", str(file), "--region", "汉阳", "-o", str(folder)])
    assert shown.exit_code == 0, shown.output
    assert "wrote 4 figures" in shown.output
    told = rf"taken as preliminary, reprint, public since {date.today()}: --vintage, --reliability and --published-on say"
    assert told in shown.output
    assert hd.open_dataset(folder).oddities == ()
    assert CliRunner().invoke(main, ["show", "gdp", "--region", "汉阳", "--data", str(folder)]).exit_code == 0
    Scope("汉阳", "GDP", 2022, 2023, data_dir=str(folder))
    again = CliRunner().invoke(main, ["import", str(file), "--region", "汉阳", "-o", str(folder)])
    assert again.exit_code == 2
    assert re.fullmatch(r"error: .*not empty: name a new folder\n", again.output)


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("t.xlsx", b"no workbook", "t.xlsx cannot be read"),
        ("t.xls", b"", "none of .xlsx"),
        ("t.dta", b"nothing", "t.dta cannot be read"),
        ("t.csv", b"", "holds no table"),
        ("t.csv", "a,b\nStra\xdfe,1\n".encode("latin-1"), "not in UTF-8, UTF-16 or GBK"),
        ("t.csv", "年份,GDP（亿元）\n2022,1\n".encode(), "does not say which region it is about: say --region "),
    ],
)
def test_a_file_that_is_none_is_one_sentence_and_leaves_nothing(tmp_path, name, content, says):
    file, folder = tmp_path / name, tmp_path / "out"
    file.write_bytes(content)
    shown = CliRunner().invoke(main, ["import", str(file), "-o", str(folder)])
    assert shown.exit_code == 2
    assert says in shown.output
    assert shown.output.count("\n") == 1
    assert not folder.exists()
