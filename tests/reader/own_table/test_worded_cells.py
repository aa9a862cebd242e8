"""A word beside a number is kept, and a percentage with two readings is confirmed before it is taken."""

import re
import shlex

import pytest
from click.testing import CliRunner
from made_tables import book

import hanyang_data as hd
from hanyang_data.cli.main import main
from hanyang_data.errors import HanyangError

WORDED = {  # a cell: its number and what is said of it
    "约1000": (1000, "about"),
    "大约 1,000": (1000, "about"),
    "接近1000": (1000, "about"),
    "1000左右": (1000, "about"),
    "about 1,000": (1000, "about"),
    "突破1000": (1000, "over"),
    "超过１０００": (1000, "over"),
    "1000多": (1000, "over"),
    "more than 1000": (1000, "over"),
    "1000以上": (1000, "at_least"),
    "不低于1000.5": (1000.5, "at_least"),
    "≥1000": (1000, "at_least"),
    "1000以内": (1000, "within"),
    "1000": (1000, "point"),
}


@pytest.mark.parametrize(("cell", "meant"), WORDED.items(), ids=list(WORDED))
def test_a_word_beside_a_number_is_its_qualifier_and_is_said(tmp_path, cell, meant):
    rows = [["年份", "GDP（万亿元）"], [2022, cell], [2023, 1100]]
    data = hd.dataset_from_file(book(tmp_path / "t.xlsx", ("Sheet1", rows)), region="汉阳")
    value, qualifier = meant
    row = data.printed.iloc[0]
    assert (row["value"], row["qualifier"]) == (value * 10_000, qualifier)
    said = [str(odd) for odd in data.oddities if "is read as" in str(odd)]
    assert said == ([] if qualifier == "point" else [f"Sheet1, cell B2: {cell!r} is read as {qualifier}"])
    assert ("cell as written" in row["note"]) == (qualifier != "point")
    flag = hd.load("gdp", "汉阳", "level", dataset=data)["flag"]
    assert ("bound" in flag[2022]) == (qualifier in ("over", "at_least", "within"))
    assert "bound" not in flag[2023]


def test_worded_percentages_and_several_of_them(tmp_path):
    rows = [["年份", "GDP增速（%）"], [2021, "6.5%左右"], [2022, "约3"], [2023, "7以上"]]
    data = hd.dataset_from_file(book(tmp_path / "t.xlsx", ("S", rows)), region="汉阳")
    assert data.printed[["value", "qualifier"]].values.tolist() == [[6.5, "about"], [3, "about"], [7, "at_least"]]
    assert list(map(str, data.oddities)) == [
        "S, cell B2: '6.5%左右' is read as about, and so are 1 more below this head",
        "S, cell B4: '7以上' is read as at_least",
    ]


def test_a_growth_rate_whose_sign_is_a_word(tmp_path):
    rows = [["年份", "GDP增速（%）"], [2020, "下降6.2"], [2021, "增长12.1%"], [2022, "减少 0.5"], [2023, "约3"]]
    data = hd.dataset_from_file(book(tmp_path / "t.xlsx", ("S", rows)), region="汉阳")
    assert data.printed["value"].tolist() == [-6.2, 12.1, -0.5, 3]
    assert data.printed["token"].tolist() == ["下降6.2%", "增长12.1%", "减少 0.5%", "约3%"]
    assert list(map(str, data.oddities)) == [
        "S, cell B2: '下降6.2' is read as -6.2, and so are 1 more below this head",
        "S, cell B3: '增长12.1%' is read as 12.1",
        "S, cell B5: '约3' is read as about",
    ]


CONFIRMED = {
    "growth that looks like an index": ([["年份", "GDP增速（%）"], [2022, 103], [2023, 95]], "GDP增速（%）", [103, 95]),
    "a small share": ([["年份", "三产占比（%）"], [2022, 0.4]], "三产占比（%）", [0.4]),
    "little growth below a percent sign": ([["年份", "GDP增速（%）"], [2022, 0.3], [2023, -0.5]], "GDP增速（%）", [0.3, -0.5]),
    "growth without a unit": ([["年份", "GDP增速"], [2022, 0.3], [2023, 0.5]], "GDP增速", [0.3, 0.5]),
}


@pytest.mark.parametrize(("rows", "head", "meant"), CONFIRMED.values(), ids=CONFIRMED)
def test_a_percentage_with_two_readings_is_confirmed_by_the_option_that_its_question_names(tmp_path, rows, head, meant):
    file, folder = book(tmp_path / "t.xlsx", ("S", rows)), tmp_path / "out"
    words = ["import", str(file), "--region", "汉阳", "-o", str(folder)]
    asked = CliRunner().invoke(main, words)
    assert asked.exit_code == 2
    assert not folder.exists()
    option = re.search(r"confirm it with (--as-written .+?) \(as_written=\[(.+?)\]\)", asked.output)
    assert option[2] == repr(head)
    shown = CliRunner().invoke(main, [*words, *shlex.split(option[1])])
    assert shown.exit_code == 0, shown.output
    assert hd.open_dataset(folder).printed["value"].tolist() == meant
    assert hd.dataset_from_file(file, "汉阳", as_written=[head]).printed["value"].tolist() == meant


def test_what_is_confirmed_must_stand_in_the_table(tmp_path):
    file = book(tmp_path / "t.xlsx", ("S", [["年份", "GDP增速（%）"], [2022, 3]]))
    with pytest.raises(HanyangError, match="--as-written GDP增: no figures stand under this head: did you mean GDP增速（%）"):
        hd.dataset_from_file(file, "汉阳", as_written=["GDP增"])
