"""Frames for Excel, Stata, Parquet and CSV: numbers stay numbers, text stays text, what is missing stays missing."""

import json
import sys

import duckdb
import numpy as np
import pandas as pd
import pytest
from openpyxl import load_workbook

import hanyang_data as hd
from hanyang_data.errors import HanyangError, ParameterError
from hanyang_data.studies.frames import read_parquet

READERS = {".xlsx": pd.read_excel, ".csv": pd.read_csv, ".dta": pd.read_stata, ".parquet": read_parquet}
ODD = pd.DataFrame(
    {
        "a": [1.5, None],
        "=1+1": ["=cmd()", "@x"],
        "增速，%": [3, 4],
        "1st": ["汉阳区", None],
        "if": [True, False],
        "long" * 20: ["x" * 3000, ""],
        "long" * 20 + "!": [1, 2],
    },
    index=pd.Index([2022, 2023], name="year"),
)


MIXED = pd.DataFrame(
    {
        "late text": pd.Series([1.5] * 30 + ["汉阳区", None], dtype=object),
        "lists": [[1, 2]] * 30 + ["x", None],
        "months": [*pd.period_range("2020-01", periods=31, freq="M"), pd.NaT],
        "days of a zone": [*pd.date_range("2023-01-01", periods=31, tz="Asia/Shanghai"), pd.NaT],
        "row": range(32),
    }
)


@pytest.mark.parametrize("ending", READERS)
def test_a_series_comes_back_as_it_went(tmp_path, ending):
    frame = hd.load("gdp", "hanyang")
    back = READERS[ending](hd.export(frame, tmp_path / f"gdp{ending}"))
    assert back["year"].tolist() == frame.index.tolist()
    assert back["value"].tolist() == pytest.approx(frame["value"].tolist(), nan_ok=True)
    assert back["source_id"].fillna("").tolist() == frame["source_id"].tolist()
    assert [file.name for file in tmp_path.iterdir()] == [f"gdp{ending}"]


def test_frames_of_studies_and_a_series_go_to_stata_and_excel_with_what_is_missing_or_open(tmp_path):
    gap, implied = hd.growth_gap("gdp", "hanyang", "wuhan"), hd.derived.implied("gdp", "hanyang")
    told = dict.fromkeys(("yearly", "by_indicator", "by_region"), "within_rounding")
    frames = [(getattr(gap, name), column) for name, column in told.items()]
    for frame, column in [*frames, (hd.backtest().estimates, "covered")]:
        back = pd.read_stata(hd.export(frame, tmp_path / "a.dta"))[column]
        assert frame[column].isna().any()
        assert back.isna().tolist() == frame[column].isna().tolist()
        assert back.dropna().tolist() == frame[column].dropna().astype(int).tolist()
    for ending in (".dta", ".xlsx"):
        back = READERS[ending](hd.export(implied, tmp_path / f"b{ending}"))
        assert back["high"].notna().tolist() == np.isfinite(implied["high"]).tolist()
    texts = [cell.value for cell in load_workbook(tmp_path / "b.xlsx")["sources"]["A"]]
    assert sum("Statistical Bulletin 2020 of Wuhan" in text for text in texts) == 1
    series = hd.stated(hd.load("gdp"))
    assert pd.read_stata(hd.export(series, tmp_path / "c.dta"))["value"].tolist() == series.tolist()


@pytest.mark.parametrize("ending", READERS)
def test_heads_and_texts_of_any_kind_are_kept(tmp_path, ending):
    back = READERS[ending](hd.export(ODD, tmp_path / f"odd{ending}"))
    assert back.shape == (2, 8)
    assert back["year"].tolist() == [2022, 2023]
    assert back["a"].isna().tolist() == [False, True]
    assert back.iloc[0, 2].lstrip("'") == "=cmd()"


def test_excel_holds_texts_no_formulas_and_says_the_sources(tmp_path):
    book = load_workbook(hd.export(ODD, tmp_path / "odd.xlsx"))
    assert all(cell.data_type != "f" for row in book["data"] for cell in row)
    assert book["data"]["C2"].value == "=cmd()"
    sources = load_workbook(hd.export(hd.load("gdp"), tmp_path / "gdp.xlsx"))["sources"]
    cells = [cell.value for row in sources for cell in row]
    assert {"gdp", "hanyang", "growth"} <= set(cells)
    assert any("Government Work Report" in str(cell) for cell in cells)


@pytest.mark.parametrize("ending", READERS)
def test_what_a_format_has_no_kind_for_is_a_text_and_what_is_missing_stays_missing(tmp_path, ending):
    back = READERS[ending](hd.export(MIXED, tmp_path / f"mixed{ending}"))
    shown = back.drop(columns="row").astype(object).where(back.notna(), "").map(lambda cell: str(cell)[:10])
    assert shown.iloc[0].tolist() == ["1.5", "[1, 2]", "2020-01", "2023-01-01"]
    assert shown.iloc[30].tolist() == ["汉阳区", "x", "2022-07", "2023-01-31"]
    assert shown.iloc[31].tolist() == [""] * 4


def test_stata_gets_names_it_allows_and_the_heads_as_labels(tmp_path):
    with pd.read_stata(hd.export(ODD, tmp_path / "odd.dta"), iterator=True) as reader:
        labels = reader.variable_labels()
    assert all(name.isidentifier() and len(name) <= 32 for name in labels)
    assert "增速，%" in labels.values()
    assert len(labels) == 8


def test_parquet_says_what_the_frame_is_of_where_pandas_looks_for_it(tmp_path):
    file = hd.export(hd.load("gdp"), tmp_path / "it's gdp.parquet")
    ((key, value),) = duckdb.execute("select decode(key), decode(value) from parquet_kv_metadata($1)", [str(file)]).fetchall()
    assert (key, json.loads(value)) == ("PANDAS_ATTRS", {"indicator": "gdp", "region": "hanyang", "measure": "growth"})


def test_the_same_frame_is_the_same_bytes_in_excel(tmp_path):
    files = [hd.export(hd.load("gdp"), tmp_path / f"{name}.xlsx").read_bytes() for name in "ab"]
    assert files[0] == files[1]


def test_a_comparison_and_a_level_with_units_go_too(tmp_path):
    both = hd.compare("gdp", ["hanyang", "wuhan"], measure="level")
    back = pd.read_stata(hd.export(both, tmp_path / "both.dta"))
    assert back.columns.tolist() == ["year", "hanyang", "wuhan"]
    assert back["wuhan"].tolist() == pytest.approx(both["wuhan"].tolist(), nan_ok=True)


def test_mistakes_are_one_sentence_and_leave_what_was_there(tmp_path, monkeypatch):
    frame = hd.load("gdp")
    with pytest.raises(ParameterError, match=r"ends in none of .xlsx"):
        hd.export(frame, tmp_path / "gdp.xls")
    with pytest.raises(ParameterError, match=r"export\(\) takes a frame, such as hd.load\(\) returns it, and not \[1\]"):
        hd.export([1], tmp_path / "gdp.csv")
    with pytest.raises(HanyangError, match="cannot be written"):
        hd.export(frame, tmp_path / "no" / "gdp.csv")
    with pytest.raises(ParameterError, match="two columns of the same name"):
        hd.export(pd.concat([frame, frame], axis="columns"), tmp_path / "gdp.csv")
    monkeypatch.setitem(sys.modules, "duckdb", None)
    (tmp_path / "gdp.parquet").write_text("before")
    with pytest.raises(HanyangError, match="Parquet needs duckdb, which is not installed: pip install"):
        hd.export(frame, tmp_path / "gdp.parquet")
    assert (tmp_path / "gdp.parquet").read_text() == "before"


@pytest.mark.parametrize("kind", ["xlsx", "dta", "parquet"])
def test_a_study_saves_its_tables_for_who_goes_on_elsewhere(tmp_path, kind):
    hd.target_shortfall("gdp", "wuhan").save(tmp_path, ["png", kind])
    table = READERS[f".{kind}"](tmp_path / f"by_year.{kind}")
    assert len(table) == 8
    if kind == "xlsx":
        assert "Target" in table.columns  # as the report heads it
    else:
        aimed = table.set_index("year")["target"]
        assert aimed[2019] == 8  # printed as "about 8%"
        assert pd.isna(aimed[2020])  # a range
        assert table.set_index("year")["target_worded"][2019] == "about 8%"


def test_a_file_for_stata_does_not_say_when_it_was_written(tmp_path):
    with pd.read_stata(hd.export(hd.load("gdp"), tmp_path / "a.dta"), iterator=True) as reader:
        assert reader.time_stamp == "01 Jan 1980 00:00"  # equal content is equal bytes


def test_the_words_of_a_figure_lie_beside_its_picture(tmp_path):
    study = hd.trend("gdp", lang="zh")
    study.save(tmp_path, ["png"])
    text = (tmp_path / "growth_and_level.txt").read_text(encoding="utf-8")
    assert text.startswith(study.chart("growth_and_level").caption.title)
    assert all(line in text for line in study.cited("zh")[:1])
    assert not list((study.save(tmp_path / "svg", ["svg"])).glob("*.txt"))


def test_a_format_that_there_is_not_is_one_sentence(tmp_path):
    with pytest.raises(ParameterError, match="xls"):
        hd.trend("gdp").save(tmp_path, ["xls"])


def test_the_frames_of_what_is_implied_hold_plain_cells_and_say_their_unit(tmp_path):
    """A frame that goes to Excel holds a text where it has words, and sources in a row: no pair of languages, no list."""
    gap, shortfall = hd.growth_gap("gdp", "jiangxia"), hd.target_shortfall("budget_revenue")
    for frame in (hd.trend("budget_revenue").implied, gap.intervals, shortfall.implied):
        words = frame.select_dtypes(exclude="number")
        assert words.map(lambda cell: type(cell) is str).all(axis=None)
    assert shortfall.implied["unit"].eq("percent").all()
    found = hd.trend("budget_revenue").implied
    assert found.index.is_monotonic_increasing
    assert found.groupby("measure")["unit"].unique().str[0].to_dict() == {
        "average": "percent", "growth": "percent", "level": "CNY_100M",
    }  # fmt: skip
    assert "2017年83.9" in hd.trend("budget_revenue", lang="zh").implied["method"].iloc[0]
    hd.export(gap.intervals, tmp_path / "i.xlsx")
    assert "Text(" not in str(pd.read_excel(tmp_path / "i.xlsx").to_dict())


def test_a_frame_without_a_row_has_the_types_of_one_with_rows():
    empty, filled = (hd.trend("gdp", implied=implied).implied for implied in (False, True))
    assert empty.dtypes.drop(["measure", "unit", "method", "why", "source"]).equals(
        filled.dtypes.drop(["measure", "unit", "method", "why", "source"])
    )


def test_statistics_say_the_unit_of_each_and_keep_their_digits():
    found = hd.trend("gdp", "wuhan").statistics.set_index(["series", "statistic"])
    assert found["unit"].to_dict()["level", "Theil–Sen slope, rank interval"] == "CNY_100M_a_year"
    growth = found.loc["growth"]
    assert growth["unit"].tolist() == ["percent_a_year", "percent_a_year", "pp_a_year", "S"]  # the average stands once
    rates = hd.load("gdp", "wuhan")["value"].loc[2017:2024]
    average = 100 * ((1 + rates / 100).prod() ** (1 / len(rates)) - 1)
    assert growth["value"].iloc[0] == pytest.approx(average, abs=1e-9)


def test_the_levels_of_a_plan_say_their_unit():
    assert hd.target_shortfall().plan["unit"].unique().tolist() == ["CNY_100M"]
