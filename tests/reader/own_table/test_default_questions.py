"""Each question may be put to an own table at its defaults: what these list and it lacks is left out, or said."""

import pandas as pd
import pytest
from click.testing import CliRunner

import hanyang_data as hd
from hanyang_data.cli.main import main
from hanyang_data.errors import UnknownIdError

ROW = ["地区", "年份", "GDP增速（%）"]
ROWS = {
    "alone": [("chengdu", 2021, 6.0), ("chengdu", 2022, 7.0)],
    "beside": [("汉阳", 2021, 6.0), ("汉阳", 2022, 7.0), ("武昌", 2021, 8.0), ("武昌", 2022, 8.0)],
}

SAID = {
    "chengdu": "comparator is 'wuhan', and the data hold no second region: take in a table with the city too",
    "hanyang": "no growth of gdp for wuhan in 2017–2024: the record holds nothing on it (see hanyang list series); hanyang has "
    "it for 2021–2022; name another comparator, such as wuchang",
}


@pytest.fixture(params=ROWS)
def own(request, tmp_path):
    """A folder, and its region."""
    frame = pd.DataFrame(ROWS[request.param], columns=ROW)
    hd.dataset_from_frame(frame, folder=tmp_path / "own")
    return tmp_path / "own", {"alone": "chengdu", "beside": "hanyang"}[request.param]


def asked(notebook, folder, *given):
    """What a run says that is planned and not made."""
    words = [word for pair in given for word in ("-p", pair)]
    return CliRunner().invoke(
        main, ["run", notebook, *words, "--data", str(folder), "--out", str(folder.parent / "runs"), "--dry-run"]
    )


def test_regions_and_indicators_that_a_default_lists_are_left_out_where_they_are_not_there(own):
    folder, region = own
    study = hd.target_shortfall("gdp", region, data_dir=str(folder))
    assert study.asked["regions"] == ["wuhan"] * (region == "hanyang") + ["wuchang"] * (region == "hanyang")
    assert hd.target_shortfall("gdp", region, dataset=hd.open_dataset(folder)).asked["regions"] == study.asked["regions"]
    for notebook in ("target_shortfall", "trend", "convergence"):
        assert asked(notebook, folder, f"region={region}").exit_code == 0
    said = asked("target_shortfall", folder, f"region={region}", "regions=[wuhn]")
    assert "-p: unknown region 'wuhn'" in said.output


def test_a_default_that_the_data_do_not_hold_is_named_with_what_to_give():
    rows = [(region, 2022, 6.0) for region in ("武侯区", "锦江区", "成都市")]
    ids = {"武侯区": "wuhou", "锦江区": "jinjiang", "成都市": "chengdu"}
    data = hd.dataset_from_frame(pd.DataFrame(rows, columns=ROW), regions=ids)
    for ask, of, parameter, default in (
        (hd.convergence, ["gdp"], "region", "wuhan"), (hd.backtest, ["gdp"], "region", "hanyang"),
        (hd.load, ["gdp"], "region", "hanyang"), (hd.growth_gap, ["gdp", "wuhou"], "comparator", "wuhan"),
        (hd.data_audit, ["wuhou"], "comparator", "wuhan"),
    ):  # fmt: skip
        with pytest.raises(UnknownIdError) as caught:
            ask(*of, dataset=data)
        said = f"{parameter} is {default!r} where none is named, and these data hold no such region: name one as {parameter}"
        assert str(caught.value).startswith(said)
    with pytest.raises(UnknownIdError, match=r"^unknown region 'nation': .*; a region of data of your own needs --data"):
        hd.trend("gdp", "nation")
    with pytest.raises(UnknownIdError, match=r"^unknown region 'wuhn': did you mean [^;]*$"):
        hd.trend("gdp", "wuhn")


def test_the_years_that_the_window_leaves_out_are_said_and_not_of_the_record_of_the_project():
    frame = pd.DataFrame({"年份": range(2005, 2026), "GDP（亿元）": range(100, 121), "GDP增速（%）": [7.5] * 21})
    data = hd.dataset_from_frame(frame, region="武侯区", regions={"武侯区": "wuhou"})
    said = "13 more years of Wuhou are on record, 2005–2016, 2025: start_year and end_year choose the window."
    for study in (hd.trend("gdp", "wuhou", dataset=data), hd.backtest("gdp", "wuhou", dataset=data)):
        assert study.answer().sentences[0] == said
        assert study.answer("zh").sentences[0].startswith("武侯区另有2005—2016、2025年（13年）的数据不在所选时段内")
    later = hd.trend("gdp", "wuhou", start_year=2005, dataset=data).answer()
    assert later.sentences[0] == "1 more year of Wuhou is on record, 2025: start_year and end_year choose the window."
    assert "on record" not in str(hd.trend("gdp", "wuhou", start_year=2005, end_year=2025, dataset=data).answer())
    assert "start_year" not in str(hd.trend("gdp", "hanyang").answer())  # of which the record has 2015 and 2016


def test_a_comparator_that_is_not_there_is_said_with_the_way_out_and_blamed_on_nothing_that_was_not_given(own):
    folder, region = own
    said = asked("growth_gap", folder, f"region={region}")
    assert said.exit_code == 2
    assert said.output == f"error: growth_gap: {SAID[region]}\n"
    if region == "hanyang":
        assert asked("growth_gap", folder, "comparator=wuchang").exit_code == 0
        said = asked("growth_gap", folder, "comparator=wuchan")
        assert said.output == "error: -p: unknown comparator 'wuchan': did you mean wuchang or wuhan?\n"
